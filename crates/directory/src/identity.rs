//! Who stands behind a session or a token, with the posts of today.

use std::collections::HashMap;

use async_trait::async_trait;
use kernel::{AccountId, Actor, Ctx, PersonId, Problem, ids::TokenId};
use webkit::{Identity, Known};

use crate::{Directory, model::secret, store, usecase};

#[async_trait]
impl Identity for Directory {
    async fn person(&self, ctx: &Ctx, account: AccountId, epoch: i64) -> Result<Option<Actor>, Problem> {
        let conn = self.db().read();
        let Some(row) = store::account::get(&conn, account).await? else { return Ok(None) };
        if row.disabled || row.epoch != epoch {
            return Ok(None);
        }
        let person = PersonId::from_uuid(row.person_id);
        let posts = store::person::posts(&conn, self.roles(), person, &ctx.today().to_string()).await?;
        Ok(Some(Actor::Person { account, person, posts }))
    }

    async fn token(&self, ctx: &Ctx, text: &str) -> Result<Option<Actor>, Problem> {
        let conn = self.db().read();
        let today = ctx.today().to_string();
        let latest = usecase::token::latest(ctx.today()).to_string();
        let found = store::token::find(&conn, &secret::hash(text), &today, &latest).await?;
        let Some(row) = found else { return Ok(None) };
        let account = AccountId::from_uuid(row.account_id);
        let Some(owner) = store::account::get(&conn, account).await?.filter(|owner| !owner.disabled) else {
            return Ok(None);
        };
        let posts = store::person::posts(&conn, self.roles(), PersonId::from_uuid(owner.person_id), &today).await?;
        if row.used_on.as_ref() != Some(&today) {
            self.db()
                .write(ctx, |tx| {
                    let today = today.clone();
                    async move {
                        tx.bookkeeping();
                        Ok(store::token::used(&tx, row.id, &today).await?)
                    }
                })
                .await?;
        }
        Ok(Some(Actor::Token { token: TokenId::from_uuid(row.id), account, posts, read_only: row.read_only }))
    }

    async fn display_name(&self, actor: &Actor) -> Result<(String, String), Problem> {
        let Actor::Person { person, posts, .. } = actor else { return Ok(Default::default()) };
        let name = store::person::name(&self.db().read(), *person).await?.unwrap_or_default();
        let tree = self.tree();
        let unit =
            posts.first().and_then(|post| tree.unit(post.unit)).map(|unit| unit.name.clone()).unwrap_or_default();
        Ok((name, unit))
    }

    async fn people(&self, marks: &[String]) -> Result<HashMap<String, Known>, Problem> {
        Ok(usecase::known::people(self, marks).await?)
    }

    /// Units that are no tree are told to every administrator on every page, until they are mended.
    async fn warnings(&self, ctx: &Ctx) -> Result<Vec<Problem>, Problem> {
        if !ctx.actor.posts().iter().any(|post| post.role.administers()) {
            return Ok(vec![]);
        }
        Ok(self.whole().err().into_iter().collect())
    }

    async fn installation_name(&self) -> Result<String, Problem> {
        Ok(self.tree().root().map(|unit| unit.name.clone()).unwrap_or_default())
    }
}
