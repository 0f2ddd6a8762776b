//! Accounts and tokens: closing, opening, listing, revoking.

use axum::extract::Path;
use kernel::{AccountId, PersonId, ids::TokenId};
use serde::Serialize;
use webkit::{Outcome, Req};

use crate::{
    Directory,
    store::token::ListedToken,
    usecase::{close, token},
};

/// A token in force, without its text, which is shown once only.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TokenJson {
    id: String,
    account: String,
    person: String,
    name: String,
    read_only: bool,
    /// Last day in force.
    #[schema(format = Date)]
    valid_to: String,
    /// Microseconds since 1970; none for tokens of earlier versions.
    made_at: Option<i64>,
    /// The ledger's pseudonym of who made it.
    made_by: Option<String>,
    /// The last day on which it was used.
    #[schema(format = Date)]
    used_on: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TokenList {
    items: Vec<TokenJson>,
}

impl From<&ListedToken> for TokenJson {
    fn from(row: &ListedToken) -> Self {
        Self {
            id: TokenId::from_uuid(row.id).to_string(),
            account: AccountId::from_uuid(row.account_id).to_string(),
            person: PersonId::from_uuid(row.person_id).to_string(),
            name: row.name.clone(),
            read_only: row.read_only,
            valid_to: row.valid_to.clone(),
            made_at: row.made_at,
            made_by: row.made_by.clone(),
            used_on: row.used_on.clone(),
        }
    }
}

/// Tokens in force of the people that the caller administers.
#[utoipa::path(get, path = "/api/v1/tokens", responses((status = 200, body = TokenList)))]
pub async fn tokens(req: Req) -> Outcome {
    let rows = token::list(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx).await?;
    req.app.db().note_access(&req.ctx, "tokens.list", "", rows.len()).await?;
    Req::not_kept(Req::json(&TokenList { items: rows.iter().map(TokenJson::from).collect() })?)
}

/// A token as an act left it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EndedToken {
    token: String,
    state: TokenState,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    Revoked,
}

/// Ends a token at once; also the caller's own.
#[utoipa::path(post, path = "/api/v1/tokens/{id}/revoke", params(("id" = String, Path)), responses((status = 200, body = EndedToken)))]
pub async fn revoke(req: Req, Path(id): Path<TokenId>) -> Outcome {
    token::revoke(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await?;
    Req::json(&EndedToken { token: id.to_string(), state: TokenState::Revoked })
}

/// An account as an act left it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AccountJson {
    account: String,
    state: AccountState,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    Open,
    Closed,
}

/// Closes an account: sessions, tokens, ties and links end at once.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/close", params(("id" = String, Path)), responses((status = 200, body = AccountJson)))]
pub async fn close(req: Req, Path(id): Path<AccountId>) -> Outcome {
    close::account_close(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await?;
    Req::json(&AccountJson { account: id.to_string(), state: AccountState::Closed })
}

/// Opens a closed account.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/open", params(("id" = String, Path)), responses((status = 200, body = AccountJson)))]
pub async fn open(req: Req, Path(id): Path<AccountId>) -> Outcome {
    close::account_open(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await?;
    Req::json(&AccountJson { account: id.to_string(), state: AccountState::Open })
}
