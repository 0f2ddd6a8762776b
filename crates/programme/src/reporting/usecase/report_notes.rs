//! The words of a report that are about no line of it, read from where they are kept.

use db::{Reader, Words};
use kernel::{Problem, UnitId};
use uuid::Uuid;
use webkit::Core;

use crate::{
    plans::{self, model::cite::Cited},
    reporting::{
        model::{
            content::Content,
            note::{Note, SectionWords},
        },
        store::report::{LineRow, ReportRow},
    },
};

/// A content of which nothing is said but what stands at the head and the foot of the report.
pub(crate) fn begun(report: &ReportRow) -> Content {
    Content {
        intro: report.intro.clone().into_string(),
        plans_ahead: report.plans_ahead.clone().into_string(),
        nothing: report.is_nothing,
        ..Content::default()
    }
}

/// Puts into the content what was written about all of it.
pub(crate) fn put(content: &mut Content, lines: &[LineRow]) {
    for line in lines {
        let words = line.words.to_string();
        if let Some(part) = line.kind.strip_prefix("section:") {
            let is_said = !words.trim().is_empty();
            content.sections.extend(is_said.then(|| SectionWords {
                plan: line.subject_id,
                part: part.to_owned(),
                words,
            }));
            continue;
        }
        match Note::parse(&line.kind) {
            Some(Note::Overall) => content.assessment = words,
            Some(Note::Paper(field)) => content.paper.set(field, words),
            Some(Note::Section { .. }) | None => {}
        }
    }
}

/// What was written of it before.
pub(crate) fn get<'a>(content: &'a Content, note: &Note) -> &'a str {
    match note {
        Note::Overall => &content.assessment,
        Note::Paper(field) => content.paper.get(*field),
        Note::Section { plan, part } => {
            let known = content.sections.iter().find(|one| one.plan == *plan && one.part == *part);
            known.map_or("", |one| &one.words)
        }
    }
}

/// A note as a line of the report.
pub(crate) fn line(report: Uuid, note: &Note, words: &str) -> LineRow {
    let (kind, subject_id) = note.line(report);
    LineRow { report_id: report, kind, subject_id, words: Words::new(words), is_nothing: false }
}

/// The plans of the works, as papers cite them.
pub(crate) async fn cited(core: &Core, conn: &Reader, content: &Content) -> Result<Vec<Cited>, Problem> {
    let ids: Vec<Uuid> = content.works.iter().filter_map(|work| work.plan_id).collect();
    let plans = plans::store::plan::by_ids(conn, &ids).await?;
    Ok(plans.iter().map(|plan| cite(core, plan)).collect())
}

/// A plan as papers cite it: its issuer by the name that it bears in the tree.
pub(crate) fn cite(core: &Core, plan: &plans::store::plan::PlanRow) -> Cited {
    let issuer = plan.issuer_id.and_then(|unit| core.bodies().body(UnitId::from_uuid(unit)));
    Cited::of(plan, issuer.as_ref().map(|body| body.name.as_str()))
}
