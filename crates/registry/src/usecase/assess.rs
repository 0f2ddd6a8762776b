//! What people answer about a system, and the decision that follows at once.

use std::collections::BTreeMap;

use db::{Entry, Row as _};
use jiff::civil::Date;
use kernel::{Ctx, FieldProblem, Problem};
use portfolio::table::FactKind;
use serde_json::{Value as Json, json};
use webkit::{Core, Kept as _};

use super::{in_force::appraiser, sources};
use crate::{
    model::{
        System, SystemId,
        appraiser::{Appraiser, Asking, Fields, fields},
        assessment::{Assessment, ReviewState},
        closed_days,
        landscape::Landscape,
        proposed::Proposed,
    },
    store::{assessment, landscape},
};

/// Person-days that a form takes.
const MOST_EFFORT: i64 = 100_000;
/// Spans of closed days that a form takes: each wave is asked about each of them.
const MOST_SPANS: usize = 20;

/// What was sent: of each question its answer as text, empty where it is to be open again.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub answers: BTreeMap<String, String>,
    /// None where nothing was said of it; empty where it is not known any more.
    pub effort: Option<String>,
    /// The same of the first day on which it may be cut over.
    pub earliest: Option<String>,
    /// And of the days on which it may not, a line each.
    pub closed_days: Option<String>,
}

/// Of a system that nobody has assessed: as the inventory alone has it.
pub fn blank(ctx: &Ctx, system: SystemId) -> Assessment {
    Assessment {
        id: ctx.new_id(),
        system_id: system,
        questionnaire: String::new(),
        answers: "{}".to_owned(),
        answered: 0,
        facts: "{}".to_owned(),
        rules: String::new(),
        strategy: crate::model::assessment::MoveStrategy::Retain,
        eligible: false,
        ground: String::new(),
        reasons: "[]".to_owned(),
        score: 0,
        effort: None,
        earliest: None,
        closed_days: None,
        review: ReviewState::Open,
        overruled: None,
        reason: None,
        reviewed_by: None,
        reviewed_at: None,
        rev: 1,
    }
}

/// Whether it is one of those that are assessed; of the others nothing is asked.
pub fn check_assessed(system: &System) -> Result<(), Problem> {
    if system.kind.is_main() && !system.is_veiled() { Ok(()) } else { Err(Problem::bad_input("not-assessed")) }
}

/// Writes answers, over the revision that was read (0 where there was none), and what the rules say then.
pub async fn assessment_answer(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (SystemId, i64),
    sent: &Sent,
) -> Result<Assessment, Problem> {
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
                let found = assessment::held(&tx, id).await?;
                Problem::stale_unless(found.as_ref().map_or(0, |row| row.rev) == rev)?;
                let appraiser = appraiser(&tx).await?;
                let around = landscape::around(&tx, id).await?.hearing(beside);
                let inventory = inventory(&around, id, ctx);
                let row = found.clone().unwrap_or(made);
                let effort = effort(row.effort, sent)?;
                let closed_days = closed(row.closed_days.as_deref(), sent)?;
                let earliest = earliest(row.earliest, sent)?;
                let given = answered(&appraiser, &inventory, fields(&row.answers), sent)?;
                let answered = i64::try_from(given.len()).unwrap_or(i64::MAX);
                let edition = appraiser.questionnaire.edition();
                let row = Assessment {
                    questionnaire: format!("{} {}", edition.id, edition.version),
                    answers: Json::Object(given.clone()).to_string(),
                    answered,
                    effort,
                    earliest,
                    closed_days,
                    ..row
                };
                let is_carried_out = around.is_carried_out(id, row.decided(), row.reviewed_at);
                let asking = Asking { inventory: &inventory, given: &given, effort };
                let row = appraiser.decide(row, asking, is_carried_out)?;
                let said = json!({ "answered": answered, "strategy": row.decided(), "rules": row.rules });
                let entry = Entry::new("assessment.answer", id).unit(system.owner_id).detail(said);
                let row = keep(&tx, found.is_some(), row, &system).await?;
                tx.ledger(entry);
                Ok(row)
            }
        })
        .await
}

/// What is known of the system, and by whom.
pub fn proposed(around: &Landscape, id: SystemId, ctx: &Ctx) -> Proposed {
    around.place(id).map(|place| around.proposed(place, ctx.today())).unwrap_or_default()
}

/// The same, whoever knows it.
pub fn inventory(around: &Landscape, id: SystemId, ctx: &Ctx) -> Fields {
    proposed(around, id, ctx).fields()
}

/// Writes the assessment, and on the system how it is to move where that changed.
pub async fn keep(tx: &db::Tx, is_there: bool, row: Assessment, system: &System) -> Result<Assessment, Problem> {
    (if is_there { row.keep(tx).await } else { row.add(tx).await })?;
    let decided = row.decided();
    if system.strategy.as_deref() != Some(kernel::Code::code(decided)) {
        Problem::stale_unless(assessment::write_strategy(tx, Some(decided), (system.rev, &[system.id])).await?)?;
    }
    Ok(Assessment { rev: row.rev + i64::from(is_there), ..row })
}

fn effort(now: Option<i64>, sent: &Sent) -> Result<Option<i64>, Problem> {
    let Some(text) = &sent.effort else { return Ok(now) };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = whole(text).filter(|number| (0..=MOST_EFFORT).contains(number));
    let refused = || Problem::bad_input("effort-number").with("most", MOST_EFFORT).field("effort", "effort-number");
    number.map(Some).ok_or_else(refused)
}

fn earliest(now: Option<Date>, sent: &Sent) -> Result<Option<Date>, Problem> {
    let Some(text) = &sent.earliest else { return Ok(now) };
    if text.trim().is_empty() {
        return Ok(None);
    }
    let refused = || Problem::bad_input("terms-day").field("earliest", "terms-day");
    kernel::day::read(text).map(Some).ok_or_else(refused)
}

fn closed(now: Option<&str>, sent: &Sent) -> Result<Option<String>, Problem> {
    let Some(text) = &sent.closed_days else { return Ok(now.map(str::to_owned)) };
    let spans = closed_days::read(text).map_err(|line| {
        let fault = FieldProblem::new("closed_days", "terms-span");
        let fault = FieldProblem { args: vec![("text", line.clone())], ..fault };
        Problem { fields: vec![fault], ..Problem::bad_input("terms-span").with("text", line) }
    })?;
    if spans.len() > MOST_SPANS {
        let refused = Problem::bad_input("closed-days-many").with("most", MOST_SPANS);
        return Err(refused.field("closed_days", "closed-days-many"));
    }
    if spans.is_empty() { Ok(None) } else { serde_json::to_string(&spans).map(Some).map_err(Problem::internal) }
}

/// The answers as they are kept then. What says the same as the inventory is not kept: the inventory goes on saying it.
fn answered(appraiser: &Appraiser, inventory: &Fields, now: Fields, sent: &Sent) -> Result<Fields, Problem> {
    let prefilled = appraiser.prefilled(inventory);
    let (mut given, mut wrong) = (now, Vec::new());
    for (key, text) in &sent.answers {
        let Some(at) = appraiser.questionnaire.question(key) else {
            wrong
                .push(FieldProblem { args: vec![("text", key.clone())], ..FieldProblem::new(key, "no-such-question") });
            continue;
        };
        let Some(value) = read(appraiser.questionnaire.questions()[at].kind, text) else {
            given.remove(key);
            continue;
        };
        let alone: Fields = [(key.clone(), value.clone())].into_iter().collect();
        if appraiser.questionnaire.read_answers(&alone).is_err() {
            let args = vec![("text", text.clone())];
            wrong.push(FieldProblem { args, ..FieldProblem::new(format!("q_{key}"), "no-such-answer") });
        } else if appraiser.is_secret(key, &value) {
            // It is marked as one first, and then nobody asks: what is only counted is not assessed.
            wrong.push(FieldProblem::new(format!("q_{key}"), "secret-mark-first"));
        } else if prefilled.get(key) != Some(&value) || given.contains_key(key) {
            given.insert(key.clone(), value);
        }
    }
    // Of questions that an edition no longer asks nothing is kept.
    given.retain(|key, _| appraiser.questionnaire.question(key).is_some());
    if wrong.is_empty() {
        return Ok(given);
    }
    Err(Problem { fields: wrong, ..Problem::bad_input("answers-wrong") })
}

/// An answer as text: a code, yes or no, a number; `unknown` is an answer too. None where it is to be open.
fn read(kind: FactKind, text: &str) -> Option<Json> {
    let text = text.trim();
    Some(match (kind, text) {
        (_, "") => return None,
        (_, "unknown") => Json::Null,
        (FactKind::Bool, "yes") => true.into(),
        (FactKind::Bool, "no") => false.into(),
        (FactKind::Number, text) => whole(text).map_or_else(|| text.into(), Json::from),
        (FactKind::Bool | FactKind::Choice, text) => text.into(),
    })
}

/// A whole number as people write it: `1200` or `1.200`. A dot that parts no thousands makes it none.
pub fn whole(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_whole = digits
        .split_once('.')
        .is_none_or(|(first, rest)| (1..=3).contains(&first.len()) && rest.split('.').all(|group| group.len() == 3));
    if is_whole { text.replace('.', "").parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_parts_thousands_and_nothing_else() {
        for (text, number) in [("0", 0), ("1200", 1200), ("1.200", 1200), ("-12.345.678", -12_345_678)] {
            assert_eq!(whole(text), Some(number), "{text}");
        }
        for text in ["", "1.5", "12.50", "1200.000", ".500", "1.200.", "1,5", "1.+20", "99999999999999999999"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
