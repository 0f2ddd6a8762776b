//! The label of a platform: what its owner says of each minimum requirement, with evidence, and whether it is public.

use db::{Entry, Reader, Row as _, Words};
use jiff::civil::Date;
use kernel::{Code as _, Ctx, Problem};
use serde_json::json;
use webkit::{Answers, Core, Kept as _};

use super::assess::check_assessed;
use crate::{
    model::{
        System, SystemId,
        label::{Label, LabelId, LabelLine, LabelLineId, requirements, standing},
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

/// Writes what a form says: `state-KEY`, `evidence-KEY`, and `publish` as yes or no; what is not sent stays. Over the
/// revision of the label that was read (0 where there was none).
pub async fn label_say(core: &Core, ctx: &Ctx, (id, rev): (SystemId, i64), sent: &Answers) -> Result<Label, Problem> {
    let system = System::seen(core, ctx, &core.db().read(), id).await?;
    system.check(core, ctx)?;
    check_assessed(&system)?;
    let new: LabelId = ctx.new_id();
    let ids: &Vec<LabelLineId> = &requirements().requirements.iter().map(|_| ctx.new_id()).collect();
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            check_assessed(&system)?;
            let there = label::held(&tx, id).await?;
            Problem::stale_unless(there.as_ref().map_or(0, |row| row.rev) == rev)?;
            let kept = label::lines(&tx, id).await?;
            let (mut lines, mut changed) = (Vec::new(), 0);
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
                    rev: 1,
                });
                let line = said(&was, sent, ctx.today())?;
                if line != was {
                    (if is_new { line.add(&tx).await } else { line.keep(&tx).await })?;
                    changed += 1;
                }
                lines.push(line);
            }
            let published_on = published(there.as_ref(), sent.text("publish"), ctx.today())?;
            if published_on.is_some() && standing(&lines).1 > 0 {
                return Err(Problem::bad_input("label-not-whole").field("publish", "label-not-whole"));
            }
            let is_there = there.is_some();
            let row = there.unwrap_or(Label { id: new, system_id: id, published_on, rev: 1 });
            let row = Label { published_on, ..row };
            (if is_there { row.keep(&tx).await } else { row.add(&tx).await })?;
            let detail = json!({ "changed": changed, "is_public": published_on.is_some() });
            tx.ledger(Entry::new("system.label", id).unit(system.owner_id).detail(detail));
            Ok(Label { rev: row.rev + i64::from(is_there), ..row })
        })
        .await
}

/// Since when it is public then.
fn published(there: Option<&Label>, sent: &str, today: Date) -> Result<Option<Date>, Problem> {
    let now = there.and_then(|row| row.published_on);
    match sent {
        "" => Ok(now),
        "yes" => Ok(now.or(Some(today))),
        "no" => Ok(None),
        other => Err(Problem::bad_input("unknown-choice").with("text", other).field("publish", "unknown-choice")),
    }
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
    let words = match sent.text(&evidence) {
        "" => was.evidence.clone(),
        text if text.chars().count() > MOST => return Err(wrong(&evidence, "field-too-long").with("most", MOST)),
        text => Words::some(text),
    };
    if now == ControlState::Met && words.is_none() {
        return Err(wrong(&evidence, "label-no-evidence"));
    }
    let line = LabelLine { state: now, evidence: words, ..was.clone() };
    let on_day = if line == *was { was.on_day } else { today };
    Ok(LabelLine { on_day, ..line })
}

/// Fills what nobody has said yet; it publishes nothing. Returns the requirements of which something is said then.
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
