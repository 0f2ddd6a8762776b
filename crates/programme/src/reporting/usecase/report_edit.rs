//! What an officer writes into the draft of a report.

use crate::ids::{ReportId, TargetId};
use std::collections::HashSet;

use db::{Entry, Words};
use kernel::{Ctx, Faults, Problem, ProblemKind, UnitId};
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    Error,
    plans::{model::hands::Hands, usecase::behalf},
    reporting::{
        model::{
            content::Content,
            note::{Note, PaperField},
        },
        store::{
            self,
            report::{LineRow, ReportRow},
        },
        usecase::{
            report_act::{not_locked, report_for},
            report_content::content,
            report_notes,
        },
    },
    targets::{
        self,
        model::period::Label,
        usecase::{
            value_row::{self, CheckedValue},
            value_set::{self, Entered},
        },
    },
};

/// What an officer writes in a draft: words, not numbers; and the values of targets that no system gives.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    pub intro: String,
    pub plans_ahead: String,
    pub nothing: bool,
    /// Part or task, words, "không phát sinh".
    pub works: Vec<(Uuid, String, bool)>,
    pub values: Vec<(TargetId, Entered)>,
    /// What is about the whole of it, a part, or its head and foot.
    pub notes: Vec<(Note, String)>,
    /// Chosen by who writes for a body in which they hold no post.
    pub on_behalf: bool,
}

/// Saves a draft over revision `rev`: all of it, or nothing with the reason.
pub async fn report_edit(core: &Core, ctx: &Ctx, id: ReportId, rev: i64, edit: &Edit) -> Result<(), Problem> {
    let mut row = report_for(core, ctx, id, "report.write").await?;
    let acted_by = behalf::chosen(core, ctx, row.unit(), edit.on_behalf)?;
    // What was returned is sealed: it is corrected by a new version.
    if row.state != "draft" {
        return Err(Error::WrongState.into());
    }
    if !edit.values.is_empty() {
        let unit = core.bodies().today(row.unit());
        core.authorizer().check(ctx, "value.enter", &value_row::resource(unit))?;
    }
    let values = &checked(core, ctx, &mut row, edit, acted_by).await?;
    Problem::stale_unless(row.rev == rev)?;
    let row = &row;
    core.db()
        .write(ctx, |tx| async move {
            not_locked(&tx, row).await?;
            edited(&tx, row, rev, edit, values, acted_by).await
        })
        .await
}

/// Puts what is written into the row of a draft; the values that come with it, where all of it can be.
pub(crate) async fn checked(
    core: &Core,
    ctx: &Ctx,
    row: &mut ReportRow,
    edit: &Edit,
    acted_by: Option<UnitId>,
) -> Result<Vec<CheckedValue>, Problem> {
    let label = Label::parse(&row.label).ok_or_else(|| Problem::internal("a report without a label"))?;
    let values = checked_values(core, ctx, core.bodies().today(row.unit()), label, &edit.values).await?;
    let values = values.into_iter().map(|value| value.given_by(acted_by)).collect();
    own_lines(core, ctx, row, edit).await?;
    let mut hands = Hands::read(row.hands.as_deref());
    hands.wrote(&ctx.actor);
    hands.wrote_for(acted_by);
    row.hands = Some(serde_json::to_string(&hands).map_err(Problem::internal)?);
    (row.intro, row.plans_ahead) = (Words::new(&edit.intro), Words::new(&edit.plans_ahead));
    row.is_nothing = edit.nothing;
    Ok(values)
}

/// Writes what was checked, inside the open act, over revision `rev`.
pub(crate) async fn edited(
    tx: &db::Tx,
    row: &ReportRow,
    rev: i64,
    edit: &Edit,
    values: &[CheckedValue],
    acted_by: Option<UnitId>,
) -> Result<(), Problem> {
    if !store::report::save(tx, row, rev).await? {
        return Err(Problem::stale());
    }
    for (subject, words, nothing) in &edit.works {
        let line = LineRow {
            report_id: row.id,
            kind: "work".into(),
            subject_id: *subject,
            words: Words::new(words),
            is_nothing: *nothing,
        };
        store::report::line_set(tx, &line).await?;
    }
    for (note, words) in &edit.notes {
        store::report::line_set(tx, &report_notes::line(row.id, note, words)).await?;
    }
    for value in values {
        let written = targets::store::value_write::insert(tx, value).await;
        written.map_err(|error| error.or_taken("value-meanwhile"))?;
        tx.ledger(value_set::entry(value.row(), acted_by));
    }
    let detail = json!({ "lines": edit.works.len(), "values": values.len(), "acted_by": acted_by, "rev": rev + 1 });
    tx.ledger(Entry::new("report.edit", row.id()).unit(row.unit()).detail(detail));
    Ok(())
}

/// The values that the unit may give; of all that cannot be, what is wrong with each, in its own row.
async fn checked_values(
    core: &Core,
    ctx: &Ctx,
    unit: UnitId,
    label: Label,
    given: &[(TargetId, Entered)],
) -> Result<Vec<CheckedValue>, Problem> {
    let (mut values, mut wrong) = (Vec::new(), Faults::default());
    for (target, given) in given {
        match value_row::value_of(core, ctx, *target, unit, label, given).await {
            Ok(value) => values.push(value),
            Err(problem) if problem.kind == ProblemKind::BadInput => wrong.add(of_row(problem, *target, given)),
            Err(problem) => return Err(problem),
        }
    }
    wrong.done().map(|()| values)
}

/// What is wrong with a value, said in the row of its target; of a share, where its parts were typed.
fn of_row(mut problem: Problem, target: TargetId, given: &Entered) -> Problem {
    let args = problem.args.clone();
    for field in &mut problem.fields {
        field.args.extend(args.iter().cloned());
        field.args.push(("row", target.to_string()));
        if field.field == "value" && given.numerator.is_some() {
            "numerator".clone_into(&mut field.field);
        }
    }
    // What the sentence of one row names belongs to no other.
    problem.args.clear();
    problem
}

/// So many notes at once, and so many letters in one: no form has more.
const MOST_NOTES: usize = 500;
const LONGEST_NOTE: usize = 10_000;

fn few_notes(notes: &[(Note, String)]) -> Result<(), Problem> {
    if notes.len() > MOST_NOTES {
        return Err(Problem::bad_input("bad-form"));
    }
    if notes.iter().any(|(_, words)| words.chars().count() > LONGEST_NOTE) {
        let problem = Problem::bad_input("field-too-long").with("most", LONGEST_NOTE);
        return Err(problem.field("note_words", "field-too-long"));
    }
    Ok(())
}

/// The lines of a report are what its body leads; in a consolidated one the tasks of the bodies' reports, and the parts of
/// plans under which these stand.
async fn own_lines(core: &Core, ctx: &Ctx, row: &ReportRow, edit: &Edit) -> Result<(), Problem> {
    few_notes(&edit.notes)?;
    if edit.works.is_empty() && edit.notes.iter().all(|(note, _)| matches!(note, Note::Paper(_))) {
        return Ok(());
    }
    let content = content(core, ctx, row).await?;
    let own: HashSet<Uuid> = content.works.iter().map(|work| work.id).collect();
    if edit.works.iter().any(|(subject, ..)| !own.contains(subject)) {
        return Err(Problem::bad_input("work-not-yours").field("works", "work-not-yours"));
    }
    if edit.notes.iter().any(|(note, _)| !content.takes(note, row.consolidated)) {
        return Err(Problem::bad_input("note-not-there").field("note_words", "note-not-there"));
    }
    Ok(())
}

/// "Như kỳ trước": the words of the last report to the same owner, where this one has none of its own.
pub async fn as_before(core: &Core, ctx: &Ctx, id: ReportId, rev: i64, on_behalf: bool) -> Result<(), Problem> {
    let row = report_for(core, ctx, id, "report.write").await?;
    let edit = Edit { on_behalf, ..edit_as_before(core, ctx, &row).await? };
    report_edit(core, ctx, id, rev, &edit).await
}

/// What that would write.
pub(crate) async fn edit_as_before(core: &Core, ctx: &Ctx, row: &ReportRow) -> Result<Edit, Problem> {
    let before = store::report::before(&core.db().read(), row).await?;
    let before = before.ok_or_else(|| Problem::new(ProblemKind::Conflict, "no-report-before"))?;
    let old = content(core, ctx, &before).await?;
    let now = content(core, ctx, row).await?;
    let words = |id: Uuid| old.works.iter().find(|work| work.id == id).map(|work| work.words.clone());
    let empty = now.works.iter().filter(|work| work.words.is_empty() && !work.nothing);
    let works = empty.filter_map(|work| words(work.id).map(|words| (work.id, words, false))).collect();
    let kept = |own: &str, old: &str| if own.is_empty() { old.to_owned() } else { own.to_owned() };
    Ok(Edit {
        intro: kept(&row.intro, &old.intro),
        plans_ahead: kept(&row.plans_ahead, &old.plans_ahead),
        nothing: row.is_nothing,
        works,
        values: vec![],
        notes: foot_as_before(&old, &now),
        on_behalf: false,
    })
}

/// Who signs, who keeps and who else receives it changes seldom.
fn foot_as_before(old: &Content, now: &Content) -> Vec<(Note, String)> {
    let empty = PaperField::ALL.into_iter().filter(|field| now.paper.get(*field).is_empty());
    let known = empty.filter(|field| !old.paper.get(*field).is_empty());
    known.map(|field| (Note::Paper(field), old.paper.get(field).to_owned())).collect()
}
