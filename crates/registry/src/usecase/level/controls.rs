//! What is said of the controls of a dossier: state, evidence, day. All of one form are one act.

use db::{Row as _, Words};
use kernel::{Code as _, Ctx, FieldProblem, Lang, Problem, ProblemKind};
use serde_json::json;
use webkit::{Answers, Core, Kept as _};

use super::propose::of_level;
use crate::{
    model::level::{Control, ControlState, Dossier, DossierId, DossierState, rules},
    store::level,
};

/// Characters of what shows how a control stands.
const LONGEST: usize = 500;

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
    let (mut changed, mut wrong) = (Vec::new(), Vec::new());
    for one in there {
        match said(&one, sent, ctx) {
            Ok(said) if said != one => changed.push(said),
            Ok(_) => {}
            Err(faults) => wrong.extend(faults),
        }
    }
    if let Some(first) = wrong.first() {
        let (code, args) = (first.code, first.args.clone());
        return Err(Problem { args, fields: wrong, ..Problem::bad_input(code) });
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

/// A control in the reader's language.
fn named(code: &str, lang: Lang) -> String {
    let control = rules().text().controls.iter().find(|control| control.key == code);
    let say = control.map(|control| if lang == Lang::En { &control.say.en } else { &control.say.vi });
    say.map_or(code, String::as_str).to_owned()
}

/// What is said of one; else all that is wrong with it, and of which control that is: a page holds dozens of them.
fn said(one: &Control, sent: &Answers, ctx: &Ctx) -> Result<Control, Vec<FieldProblem>> {
    let [state, evidence, day] = ["state", "evidence", "day"].map(|part| format!("{part}-{}", one.code));
    let mut faults = Vec::new();
    let mut wrong = |field: &str, code| {
        let args = vec![("control", named(&one.code, ctx.lang))];
        faults.push(FieldProblem { args, ..FieldProblem::new(field, code) });
    };
    let state_now = match sent.text(&state) {
        "" => one.state,
        code => ControlState::parse(code).unwrap_or_else(|| {
            wrong(&state, "level-control-state");
            one.state
        }),
    };
    let words = match sent.text(&evidence) {
        "" => one.evidence.clone(),
        text => Words::some(text),
    };
    if sent.text(&evidence).chars().count() > LONGEST {
        wrong(&evidence, "level-evidence-long");
    }
    let on_day = match sent.text(&day) {
        "" => one.on_day,
        text => kernel::day::read(text),
    };
    let is_met = state_now == ControlState::Met;
    if (is_met || state_now == ControlState::NotApplied) && words.is_none() {
        wrong(&evidence, "level-no-evidence");
    }
    match on_day {
        None if !sent.text(&day).is_empty() => wrong(&day, "level-control-day"),
        None if is_met => wrong(&day, "level-no-day"),
        Some(on) if is_met && on > ctx.today() => wrong(&day, "level-control-to-come"),
        _ => {}
    }
    if faults.is_empty() {
        Ok(Control { state: state_now, evidence: words, on_day, ..one.clone() })
    } else {
        Err(faults)
    }
}
