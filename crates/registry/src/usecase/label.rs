//! The label of a platform: what its owner says of each minimum requirement, with evidence, and whether it is public. Who
//! says something in it does not make it public, and what is public stays as it was read by who made it that.

use db::{Entry, LedgerRow, Reader, Row as _, Tx, Words};
use jiff::civil::Date;
use kernel::{Code as _, Ctx, Problem, ProblemKind};
use serde_json::json;
use webkit::{Answers, Core, Kept as _};

use super::{assess::check_assessed, hand::hand};
use crate::{
    model::{
        System, SystemId, SystemState,
        evidence::is_evidence,
        label::{Label, LabelId, LabelLine, LabelLineId, PUBLISH, requirements, standing},
        level::ControlState,
    },
    store::label,
};

const MOST: usize = 500;

/// Of a system that the actor may see.
pub async fn label_of(
    core: &Core,
    ctx: &Ctx,
    conn: &Reader,
    id: SystemId,
) -> Result<(System, Option<Label>, Vec<LabelLine>), Problem> {
    let system = System::seen(core, ctx, conn, id).await?;
    if check_assessed(&system).is_err() {
        return Err(Problem::not_found());
    }
    Ok((system, label::of(conn, id).await?, label::lines(conn, id).await?))
}

/// Writes what a form says: `state-KEY` and `evidence-KEY`; what is not sent stays, and evidence that is sent empty goes. What
/// changes is public no longer. Over the revision of the label that was read (0 where there was none).
pub async fn label_say(core: &Core, ctx: &Ctx, (id, rev): (SystemId, i64), sent: &Answers) -> Result<Label, Problem> {
    let system = System::seen(core, ctx, &core.db().read(), id).await?;
    system.check(core, ctx)?;
    check_assessed(&system)?;
    if !sent.text("publish").is_empty() {
        return Err(Problem::bad_input("label-publish-apart").field("publish", "label-publish-apart"));
    }
    let hand = &hand(&ctx.actor);
    let new: LabelId = ctx.new_id();
    let ids: &Vec<LabelLineId> = &requirements().requirements.iter().map(|_| ctx.new_id()).collect();
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            check_assessed(&system)?;
            let there = label::held(&tx, id).await?;
            Problem::stale_unless(there.as_ref().map_or(0, |row| row.rev) == rev)?;
            let kept = label::lines(&tx, id).await?;
            let mut changed = 0;
            for (requirement, new) in requirements().requirements.iter().zip(ids) {
                let old = kept.iter().find(|line| line.requirement == requirement.key).cloned();
                let is_new = old.is_none();
                let was = old.unwrap_or_else(|| LabelLine {
                    id: *new,
                    system_id: id,
                    requirement: requirement.key.clone(),
                    state: ControlState::Unsaid,
                    evidence: None,
                    on_day: ctx.today(),
                    state_by: None,
                    evidence_by: None,
                    rev: 1,
                });
                let line = said(&was, sent, ctx.today())?;
                if line != was {
                    let line = line.by(&was, hand);
                    (if is_new { line.add(&tx).await } else { line.keep(&tx).await })?;
                    changed += 1;
                }
            }
            let is_there = there.is_some();
            let none = Label { id: new, system_id: id, published_on: None, published_by: None, rev: 1 };
            let row = there.unwrap_or(none);
            let row = if changed > 0 { Label { published_on: None, published_by: None, ..row } } else { row };
            (if is_there { row.keep(&tx).await } else { row.add(&tx).await })?;
            let detail = json!({ "changed": changed, "is_public": row.published_on.is_some() });
            tx.ledger(Entry::new("system.label", id).unit(system.owner_id).detail(detail));
            Ok(Label { rev: row.rev + i64::from(is_there), ..row })
        })
        .await
}

fn said(was: &LabelLine, sent: &Answers, today: Date) -> Result<LabelLine, Problem> {
    let [state, evidence] = ["state", "evidence"].map(|part| format!("{part}-{}", was.requirement));
    let wrong = |field: &str, code| Problem::bad_input(code).field(field, code);
    let now = match sent.text(&state) {
        "" => was.state,
        code => ControlState::parse(code).ok_or_else(|| wrong(&state, "unknown-choice").with("text", code))?,
    };
    if now == ControlState::NotApplied {
        return Err(wrong(&state, "label-applies"));
    }
    let kept = was.evidence.as_deref().unwrap_or_default();
    let words = match Answers::default().with(&evidence, kept).over(sent).text(&evidence) {
        text if text == kept => was.evidence.clone(),
        text if text.chars().count() > MOST => return Err(wrong(&evidence, "field-too-long").with("most", MOST)),
        text if !is_evidence(text) => return Err(wrong(&evidence, "label-evidence-address")),
        text => Words::some(text),
    };
    if now == ControlState::Met && words.is_none() {
        return Err(wrong(&evidence, "label-no-evidence"));
    }
    let line = LabelLine { state: now, evidence: words, ..was.clone() };
    let on_day = if line == *was { was.on_day } else { today };
    Ok(LabelLine { on_day, ..line })
}

/// Fills what nobody has said yet in a label that is not public; it publishes nothing. Returns the requirements of which something is said then.
pub async fn label_fill(
    core: &Core,
    ctx: &Ctx,
    id: SystemId,
    known: &[(&'static str, ControlState, String)],
) -> Result<Vec<&'static str>, Problem> {
    let (_, there, lines) = label_of(core, ctx, &core.db().read(), id).await?;
    let is_open = |key: &str| {
        let line = lines.iter().find(|line| line.requirement == key);
        line.is_none_or(|line| line.state == ControlState::Unsaid)
    };
    if there.as_ref().is_some_and(|row| row.published_on.is_some()) {
        return Ok(vec![]);
    }
    let (mut sent, mut filled) = (Answers::default(), Vec::new());
    for (key, state, why) in known.iter().filter(|(key, ..)| is_open(key)) {
        sent.set(&format!("state-{key}"), state.code());
        sent.set(&format!("evidence-{key}"), Words::new(why).into_string());
        filled.push(*key);
    }
    if !filled.is_empty() {
        label_say(core, ctx, (id, there.map_or(0, |row| row.rev)), &sent).await?;
    }
    Ok(filled)
}

/// Whether the actor may make the label of a system public, or take that back.
pub fn may_publish(core: &Core, ctx: &Ctx, system: &System) -> Result<(), Problem> {
    core.check_today(ctx, PUBLISH.action, system.kept())
}

/// All for which a label would not become public by this hand.
pub fn stops(ctx: &Ctx, system: &System, lines: &[LabelLine]) -> Vec<Problem> {
    let conflict = |code| Problem::new(ProblemKind::Conflict, code).field("publish", code);
    let mut out = Vec::new();
    if standing(lines).1 > 0 {
        out.push(Problem::bad_input("label-not-whole").field("publish", "label-not-whole"));
    }
    if system.state == SystemState::Retiring {
        out.push(conflict("label-retiring"));
    }
    let hand = hand(&ctx.actor);
    if !ctx.actor.is_trusted() && lines.iter().any(|line| line.is_by(&hand)) {
        out.push(conflict("label-two-hands"));
    }
    out
}

/// What is asked of a label that becomes public.
fn check_published(ctx: &Ctx, system: &System, lines: &[LabelLine]) -> Result<(), Problem> {
    stops(ctx, system, lines).into_iter().next().map_or(Ok(()), Err)
}

/// Makes a label public (`yes`), or takes that back or says no to it (`no`), over the revision that was read.
pub async fn label_publish(core: &Core, ctx: &Ctx, (id, rev): (SystemId, i64), sent: &str) -> Result<Label, Problem> {
    let publish = match sent.trim() {
        "yes" => true,
        "no" => false,
        text => {
            return Err(Problem::bad_input("unknown-choice").with("text", text).field("publish", "unknown-choice"));
        }
    };
    let system = System::seen(core, ctx, &core.db().read(), id).await?;
    may_publish(core, ctx, &system)?;
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            may_publish(core, ctx, &system)?;
            check_assessed(&system)?;
            let row = label::held(&tx, id).await?;
            let row = row.ok_or_else(|| Problem::bad_input("label-not-whole").field("publish", "label-not-whole"))?;
            Problem::stale_unless(row.rev == rev)?;
            let act = match (publish, row.published_on) {
                (true, _) => "system.label_publish",
                (false, Some(_)) => "system.label_unpublish",
                (false, None) => "system.label_decline",
            };
            let row = if publish {
                check_published(ctx, &system, &label::lines(&tx, id).await?)?;
                let (on, by) = (row.published_on.unwrap_or_else(|| ctx.today()), hand(&ctx.actor));
                Label { published_on: Some(on), published_by: Some(by), ..row }
            } else {
                Label { published_on: None, published_by: Some(hand(&ctx.actor)), ..row }
            };
            row.keep(&tx).await?;
            let detail = json!({ "is_public": publish });
            tx.ledger(Entry::new(act, id).unit(system.owner_id).detail(detail));
            Ok(Label { rev: row.rev + 1, ..row })
        })
        .await
}

pub async fn may_undo_publish(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let id: SystemId = subject.parse().map_err(|_| Problem::not_found())?;
    let system = System::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    may_publish(core, ctx, &system).map(|()| format!("/systems/{id}/label"))
}

/// The label that an act which goes back makes public, with its system.
async fn made_public(tx: &Tx, entry: &LedgerRow) -> Result<Option<(System, Label)>, Problem> {
    let id: SystemId = entry.subject.parse().map_err(|_| Problem::not_found())?;
    let is_public = |row: &Label| row.published_on.is_some();
    let was = label::of(tx, id).await?.filter(is_public);
    db::undo(tx, entry).await?;
    let Some(row) = label::of(tx, id).await?.filter(is_public).filter(|_| was.is_none()) else { return Ok(None) };
    let system = System::get(tx, id).await?.ok_or_else(Problem::not_found)?;
    check_assessed(&system)?;
    Ok(Some((system, row)))
}

/// Takes the publishing back, or publishes again: as it is asked of who publishes.
pub async fn back_publish(tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    match made_public(tx, entry).await? {
        Some((system, _)) => check_published(tx.ctx(), &system, &label::lines(tx, system.id).await?),
        None => Ok(()),
    }
}

/// Takes back what was said. What a leader had read and made public is public again; what one hand had made public is not.
pub async fn back_label(tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let conflict = |code| Err(Problem::new(ProblemKind::Conflict, code));
    match made_public(tx, entry).await? {
        Some((system, _)) if system.state == SystemState::Retiring => conflict("label-retiring"),
        Some((_, row)) if row.published_by.is_none() && !tx.ctx().actor.is_trusted() => conflict("label-two-hands"),
        _ => Ok(()),
    }
}
