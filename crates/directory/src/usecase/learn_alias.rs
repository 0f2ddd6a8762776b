//! Remembers what words of a plan mean, and forgets it again. Words that name a body mean that body and no other.

use crate::ids::AliasId;
use db::Entry;
use jiff::civil::Date;
use kernel::{Actor, Authorizer, Ctx, Learned, Problem, Reach, Resource};
use serde_json::json;

use crate::{
    Directory, Error,
    store::{
        self,
        alias::{AliasRow, delete, insert, removed_set},
    },
};

/// What words mean, as the command line lists it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Explained {
    pub id: String,
    pub words: String,
    pub unit: String,
    /// `plan`, `issuer`, or `all`.
    pub reach: String,
}

/// The oldest first.
pub async fn alias_list(directory: &Directory) -> Result<Vec<Explained>, Problem> {
    let tree = directory.tree();
    let rows = store::alias::all(&directory.db().read()).await?;
    let explained = |row: &AliasRow| Explained {
        id: row.id().to_string(),
        words: row.alias.clone(),
        unit: tree.unit(row.unit()).map(|unit| unit.name.clone()).unwrap_or_default(),
        reach: row.reach().to_owned(),
    };
    Ok(rows.iter().filter(|row| row.removed_at.is_none()).map(explained).collect())
}

/// Longest words that are remembered.
const LONGEST: usize = 200;

/// As far as words and body allow: what would not be understood so elsewhere is of that plan.
fn reach(directory: &Directory, learned: &Learned) -> Reach {
    let holds = |issuer| directory.tree().may_be_explained(&learned.words, issuer, learned.unit);
    match learned.reach {
        Reach::All if holds(None) => Reach::All,
        Reach::Issuer(issuer) if holds(Some(issuer)) => learned.reach,
        Reach::All | Reach::Issuer(_) | Reach::Plan => Reach::Plan,
    }
}

/// How far these words would be remembered; refused where they are another body's name on this day.
pub fn learnable(directory: &Directory, learned: &Learned, day: Date) -> Result<Reach, Problem> {
    let words = learned.words.trim();
    if words.is_empty() || words.chars().count() > LONGEST {
        return Err(Error::Empty("words").into());
    }
    match directory.tree().named_otherwise(words, learned.unit, day) {
        Some(name) => Err(Problem::bad_input("alias-shadows").with("words", words).with("name", name)),
        None => Ok(reach(directory, learned)),
    }
}

pub async fn learn_alias(directory: &Directory, ctx: &Ctx, learned: &Learned) -> Result<Reach, Problem> {
    let reach = learnable(directory, learned, ctx.today())?;
    let words = learned.words.trim();
    let (person, account) = match &ctx.actor {
        Actor::Person { person, account, .. } => (Some(person.uuid()), Some(account.uuid())),
        Actor::Token { account, .. } => (None, Some(account.uuid())),
        Actor::Anonymous | Actor::System(_) | Actor::Cli(_) | Actor::Outside { .. } => (None, None),
    };
    let row = &AliasRow {
        id: ctx.new_id::<crate::ids::Alias>().uuid(),
        unit_id: learned.unit.uuid(),
        alias: words.to_owned(),
        reach: Some(reach.code().to_owned()),
        issuer_id: match reach {
            Reach::Issuer(issuer) => Some(issuer.uuid()),
            Reach::Plan | Reach::All => None,
        },
        plan_id: Some(learned.plan.uuid()),
        person_id: person,
        account_id: account,
        at: Some(ctx.now().as_microsecond()),
        kind: learned.kind.clone().filter(|_| matches!(reach, Reach::Issuer(_))),
        removed_at: None,
        removed_by: None,
    };
    directory
        .db()
        .write(ctx, |tx| async move {
            insert(&tx, row).await?;
            store::unit::stamp_bump(&tx).await?;
            let detail = json!({ "alias": words, "reach": reach.code(), "plan": learned.plan.to_string() });
            tx.ledger(Entry::new("unit.alias", learned.unit).unit(learned.unit).detail(detail));
            Ok(())
        })
        .await?;
    directory.reload().await?;
    Ok(reach)
}

/// Forgets words of a plan that the actor explained: the undo of [`learn_alias`].
pub async fn unlearn_alias(directory: &Directory, ctx: &Ctx, learned: &Learned) -> Result<(), Problem> {
    let mut rows = store::alias::of_plan(&directory.db().read(), learned.plan, learned.words.trim()).await?;
    rows.retain(|row| row.unit_id == learned.unit.uuid() && is_own(ctx, row));
    if rows.is_empty() {
        return Err(Problem::not_found());
    }
    remove(directory, ctx, &rows).await
}

pub fn is_own(ctx: &Ctx, row: &AliasRow) -> bool {
    match &ctx.actor {
        Actor::Person { account, .. } | Actor::Token { account, .. } => row.account_id == Some(account.uuid()),
        Actor::Anonymous | Actor::System(_) | Actor::Cli(_) | Actor::Outside { .. } => ctx.actor.is_trusted(),
    }
}

/// Words that were explained, for whose they are to change, and for who keeps the tree.
async fn at_hand(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    id: AliasId,
    is_own: fn(&Ctx, &AliasRow) -> bool,
) -> Result<AliasRow, Problem> {
    let row = store::alias::get(&directory.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    if !is_own(ctx, &row) {
        keeps_the_tree(directory, authorizer, ctx)?;
    }
    Ok(row)
}

/// Who keeps the tree removes any, everybody else what they explained themselves.
pub async fn alias_remove(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    id: AliasId,
) -> Result<(), Problem> {
    let row = at_hand(directory, authorizer, ctx, id, is_own).await?;
    set_aside(directory, ctx, &row, Some(ctx.now().as_microsecond())).await
}

/// Whether who explained words puts them back where somebody took them out of use: in their own plan always; further only
/// where it was they who took them out. What the tree's keeper removed everywhere stays so.
pub fn is_own_to_restore(ctx: &Ctx, row: &AliasRow) -> bool {
    let by_own_hand = row.removed_by.is_some() && row.removed_by == ctx.actor.account().map(|account| account.uuid());
    is_own(ctx, row) && (row.reach() == "plan" || by_own_hand)
}

/// Puts back what was removed: the undo of [`alias_remove`].
pub async fn alias_restore(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    id: AliasId,
) -> Result<(), Problem> {
    let row = at_hand(directory, authorizer, ctx, id, is_own_to_restore).await?;
    if let Some(name) = directory.tree().named_otherwise(&row.alias, row.unit(), ctx.today()) {
        return Err(Problem::bad_input("alias-shadows").with("words", &row.alias).with("name", name));
    }
    set_aside(directory, ctx, &row, None).await
}

async fn set_aside(directory: &Directory, ctx: &Ctx, row: &AliasRow, at: Option<i64>) -> Result<(), Problem> {
    let by = at.and(ctx.actor.account()).map(|account| account.uuid());
    let action = if at.is_some() { "unit.alias_remove" } else { "unit.alias_restore" };
    directory
        .db()
        .write(ctx, |tx| async move {
            if !removed_set(&tx, row.id(), at, by).await? {
                return Err(Problem::stale());
            }
            let detail = json!({ "alias": row.alias, "id": row.id().to_string() });
            tx.ledger(Entry::new(action, row.unit()).unit(row.unit()).detail(detail));
            store::unit::stamp_bump(&tx).await?;
            Ok(())
        })
        .await?;
    directory.reload().await
}

pub fn keeps_the_tree(directory: &Directory, authorizer: &dyn Authorizer, ctx: &Ctx) -> Result<(), Problem> {
    let root = directory.tree().root().map(|unit| unit.id).ok_or_else(Problem::not_found)?;
    authorizer.check(ctx, "unit.edit", &Resource::unit(root))
}

async fn remove(directory: &Directory, ctx: &Ctx, rows: &[AliasRow]) -> Result<(), Problem> {
    directory
        .db()
        .write(ctx, |tx| async move {
            for row in rows {
                if !delete(&tx, row.id()).await? {
                    return Err(Problem::stale());
                }
                let detail = json!({ "alias": row.alias });
                tx.ledger(Entry::new("unit.alias_remove", row.unit()).unit(row.unit()).detail(detail));
            }
            store::unit::stamp_bump(&tx).await?;
            Ok(())
        })
        .await?;
    directory.reload().await
}
