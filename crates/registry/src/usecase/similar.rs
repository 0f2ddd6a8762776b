//! Answers of a system that is alike, offered and taken over.

use db::{Entry, Reader};
use kernel::{Ctx, Problem};
use serde_json::{Value as Json, json};
use webkit::{Core, Kept as _};

use super::{
    assess::{blank, check_assessed, inventory, keep},
    in_force::appraiser,
    sources,
};
use crate::{
    model::{
        System, SystemId,
        appraiser::{Asking, fields},
        assessment::Assessment,
    },
    store::{
        assessment::{self, Answered},
        landscape, seen,
    },
};

/// How many are offered.
const OFFERED: usize = 3;

/// A system whose answers may do for this one too.
#[derive(Debug, Clone)]
pub struct Alike {
    pub system: SystemId,
    pub name: String,
    /// Of what is known of either.
    pub percent: usize,
    pub agree: usize,
    pub both_known: usize,
    /// Questions that it answers and that are open here.
    pub brings: usize,
}

/// The most alike first, of those that bring something.
pub async fn alike(core: &Core, ctx: &Ctx, conn: &Reader, system: &System) -> Result<Vec<Alike>, Problem> {
    let appraiser = appraiser(conn).await?;
    let beside = sources::beside(core, ctx, &[system.id]).await?;
    let around = landscape::around(conn, system.id).await?.hearing(beside);
    let own = assessment::of(conn, system.id).await?;
    let given = own.as_ref().map(|row| fields(&row.answers)).unwrap_or_default();
    let inventory = inventory(&around, system.id, ctx);
    let asking = Asking { inventory: &inventory, given: &given, effort: None };
    let (table, facts) = (appraiser.strategies.table(), appraiser.facts(asking));
    let there = appraiser.prefilled(&inventory);
    let seen = seen::condition(core, ctx, conn);
    let mut out = Vec::new();
    for Answered { id, name, answers, facts: other } in
        assessment::answered(conn, seen, (system.id, system.kind)).await?
    {
        let is_open = |key: &str| !given.contains_key(key) && !there.contains_key(key);
        let answers = fields(&answers);
        let brings = answers.iter().filter(|(key, value)| is_open(key) && !appraiser.is_secret(key, value)).count();
        let (other, _) = table.keep_facts(&fields(&other));
        let Ok(agreement) = table.alike(&facts, &other) else { continue };
        let (percent, agree, both_known) = (agreement.percent(), agreement.agree, agreement.both_known);
        out.push(Alike { system: id, name, percent, agree, both_known, brings });
    }
    out.retain(|one| one.brings > 0 && one.percent > 0);
    out.sort_by_key(|one| (std::cmp::Reverse(one.percent), one.system));
    out.truncate(OFFERED);
    Ok(out)
}

/// Takes over what the other system's people answered and is open here; what is answered here stays.
pub async fn assessment_copy(core: &Core, ctx: &Ctx, id: SystemId, from: SystemId) -> Result<Assessment, Problem> {
    let conn = core.db().read();
    let system = System::seen(core, ctx, &conn, id).await?;
    system.check(core, ctx)?;
    check_assessed(&system)?;
    let (made, beside) = (blank(ctx, id), sources::beside(core, ctx, &[id]).await?);
    core.db()
        .write(ctx, |tx| {
            let (made, beside) = (made.clone(), beside.clone());
            async move {
                let system = System::held_by(core, ctx, &tx, id).await?;
                check_assessed(&system)?;
                System::seen(core, ctx, &tx, from).await?;
                let found = assessment::held(&tx, id).await?;
                let other = assessment::of(&tx, from).await?.ok_or_else(Problem::not_found)?;
                let appraiser = appraiser(&tx).await?;
                let around = landscape::around(&tx, id).await?.hearing(beside);
                let inventory = inventory(&around, id, ctx);
                let row = found.clone().unwrap_or(made);
                let (mut given, there) = (fields(&row.answers), appraiser.prefilled(&inventory));
                let before = given.len();
                for (key, value) in fields(&other.answers) {
                    // What was answered of secrets before that was refused is taken nowhere.
                    if !there.contains_key(&key) && !appraiser.is_secret(&key, &value) {
                        given.entry(key).or_insert(value);
                    }
                }
                let taken = given.len() - before;
                if taken == 0 {
                    return Err(Problem::bad_input("nothing-to-take"));
                }
                let (answered, effort) = (super::classify::count(given.len()), row.effort);
                let answers = Json::Object(given.clone()).to_string();
                let row = Assessment { answers, answered, questionnaire: other.questionnaire, ..row };
                let is_carried_out = around.is_carried_out(id, row.decided(), row.reviewed_at);
                let asking = Asking { inventory: &inventory, given: &given, effort };
                let row = appraiser.decide(row, asking, is_carried_out)?;
                let row = keep(&tx, found.is_some(), row, &system).await?;
                let detail = json!({ "from": from.to_string(), "taken": taken });
                tx.ledger(Entry::new("assessment.copy", id).unit(system.owner_id).detail(detail));
                Ok(row)
            }
        })
        .await
}
