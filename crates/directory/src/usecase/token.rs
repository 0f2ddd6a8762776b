//! API tokens: they act with their owner's posts, may be read-only, and always end.

use db::Entry;
use jiff::civil::Date;
use kernel::{AccountId, Authorizer, Ctx, Problem, Resource, ids::kinds};
use serde_json::json;

use crate::{
    Directory, Error,
    model::secret,
    store::{self, account::NewToken},
};

/// Creates a token for an account and returns its text, which is shown this once.
pub async fn token_add(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    login: &str,
    name: &str,
    read_only: bool,
    valid_to: Date,
) -> Result<String, Problem> {
    authorizer.check(ctx, "token.add", &Resource::installation())?;
    if valid_to < ctx.today() {
        return Err(Error::EndBeforeStart.into());
    }
    let owner = store::account::by_login(&directory.db().read(), login).await?.ok_or_else(Problem::not_found)?;
    let (text, id, account) = (secret::fresh("dinh_")?, ctx.new_id::<kinds::Token>(), AccountId::from_uuid(owner.id));
    let token =
        &NewToken { id, account, name, secret_hash: secret::hash(&text), read_only, valid_to: valid_to.to_string() };
    directory
        .db()
        .write(ctx, |tx| async move {
            store::account::token_insert(&tx, token).await?;
            tx.ledger(
                Entry::new("token.add", id).detail(
                    json!({ "account": account.to_string(), "read_only": read_only, "valid_to": token.valid_to }),
                ),
            );
            Ok(())
        })
        .await?;
    Ok(text)
}
