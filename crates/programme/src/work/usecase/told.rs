//! Who is told that their work was changed by somebody else: the people of the bodies concerned.

use std::collections::BTreeSet;

use db::Tx;
use kernel::{
    Actor, Ctx, PersonId, Problem, Role, UnitId,
    notices::{TELL, Tell},
};
use webkit::Core;

/// One act tells no more people than these.
const MOST: usize = 2000;

/// A person and what they are told.
#[derive(Debug, Clone)]
pub(crate) struct Told(Tell);

impl Told {
    /// Inside the act.
    pub async fn enqueue(&self, tx: &Tx) -> Result<(), Problem> {
        tx.enqueue(TELL, &serde_json::to_value(&self.0).map_err(Problem::internal)?).await?;
        Ok(())
    }
}

/// Everybody who works for one of these bodies today, but for who does it.
pub(crate) async fn people(
    core: &Core,
    ctx: &Ctx,
    units: &[UnitId],
    words: &str,
    href: &str,
) -> Result<Vec<Told>, Problem> {
    let bodies = core.bodies();
    let units: BTreeSet<UnitId> = units.iter().map(|unit| bodies.today(*unit)).collect();
    let units: Vec<UnitId> = units.into_iter().collect();
    let works = |role: Role| matches!(role, Role::LEADER | Role::HEAD | Role::PROGRAMME | Role::OFFICER);
    let own = match &ctx.actor {
        Actor::Person { person, .. } => Some(*person),
        _ => None,
    };
    let words = db::mask(words);
    let tell = |person: PersonId| {
        Told(Tell { person, what: "work".into(), href: href.to_owned(), words: Some(words.to_string()) })
    };
    let there = core.colleagues().in_units(ctx.today(), &units).await?.into_iter();
    let there = there.filter(|one| one.posts.iter().any(|post| works(post.role)));
    Ok(there.map(|one| one.person).filter(|person| Some(*person) != own).take(MOST).map(tell).collect())
}
