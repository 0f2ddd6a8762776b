//! What is said of the controls of a dossier: state, evidence, day. All of one form are one act.

use db::{Row as _, Words};
use jiff::civil::Date;
use kernel::{Code as _, Ctx, Problem, ProblemKind};
use serde_json::json;
use webkit::{Answers, Core, Kept as _};

use super::propose::of_level;
use crate::{
    model::level::{Control, ControlState, Dossier, DossierId, DossierState},
    store::level,
};

/// Whether the actor may know how the controls of a dossier stand.
pub fn may_know(core: &Core, ctx: &Ctx, row: &Dossier) -> Result<(), Problem> {
    core.check_today(ctx, "level.controls", row.kept())
}

/// The controls of its level, for whom may know how they stand.
pub async fn controls_seen(core: &Core, ctx: &Ctx, id: DossierId) -> Result<(Dossier, Vec<Control>), Problem> {
    let conn = core.db().read();
    let row = Dossier::seen(core, ctx, &conn, id).await?;
    may_know(core, ctx, &row)?;
    let said = level::controls(&conn, id).await?;
    Ok((row.clone(), of_level(&row, said)))
}

/// Writes what a form says of them: `state-KEY`, `evidence-KEY`, `day-KEY`; what is not sent stays. Over the revision of the
/// dossier that was read.
pub async fn controls_say(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (DossierId, i64),
    sent: &Answers,
) -> Result<Dossier, Problem> {
    let (row, there) = controls_seen(core, ctx, id).await?;
    row.check(core, ctx)?;
    let mut changed = Vec::new();
    for one in there {
        let said = said(&one, sent, ctx.today())?;
        if said != one {
            changed.push(said);
        }
    }
    let changed = &changed;
    core.db()
        .write(ctx, |tx| async move {
            let row = Dossier::held_by(core, ctx, &tx, id).await?;
            Problem::stale_unless(row.rev == rev)?;
            // With the body that appraises it nothing is changed under its eyes; after the approval states go on changing.
            if matches!(row.state, DossierState::Sent | DossierState::Appraised) {
                return Err(Problem::new(ProblemKind::Conflict, "level-state"));
            }
            for one in changed {
                one.keep(&tx).await?;
            }
            row.keep(&tx).await?;
            tx.ledger(row.entry("level.controls").detail(json!({ "changed": changed.len() })));
            Dossier::get(&tx, id).await?.ok_or_else(Problem::not_found)
        })
        .await
}

fn said(one: &Control, sent: &Answers, today: Date) -> Result<Control, Problem> {
    let [state, evidence, day] = ["state", "evidence", "day"].map(|part| format!("{part}-{}", one.code));
    let wrong = |field: &str, code| Problem::bad_input(code).field(field, code);
    let text = sent.text(&state);
    let state_now = match text {
        "" => one.state,
        code => ControlState::parse(code).ok_or_else(|| wrong(&state, "unknown-choice").with("text", text))?,
    };
    let words = match sent.text(&evidence) {
        "" => one.evidence.clone(),
        text if text.chars().count() > 500 => return Err(wrong(&evidence, "field-too-long").with("most", 500)),
        text => Words::some(text),
    };
    let on_day = match sent.text(&day) {
        "" => one.on_day,
        text => Some(kernel::day::read(text).ok_or_else(|| wrong(&day, "bad-day"))?),
    };
    let needs_words = matches!(state_now, ControlState::Met | ControlState::NotApplied);
    if needs_words && words.is_none() {
        return Err(wrong(&evidence, "level-no-evidence"));
    }
    if state_now == ControlState::Met && on_day.is_none() {
        return Err(wrong(&day, "level-no-day"));
    }
    if state_now == ControlState::Met && on_day.is_some_and(|on| on > today) {
        return Err(wrong(&day, "level-day-to-come"));
    }
    Ok(Control { state: state_now, evidence: words, on_day, ..one.clone() })
}
