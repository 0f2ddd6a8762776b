//! Names of bodies as documents and forms write them: each is looked up once, away from the threads that answer
//! requests, and of no document more than a bounded number.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use jiff::civil::Date;
use kernel::{Ctx, Problem, Resolution, UnitId};
use plan_reader::{Plan, ProblemKind};
use webkit::heavy;

use crate::{
    BodiesPort,
    plans::{model::row::Named, store::plan::PlanRow},
};

/// Bodies of one task, one target or one field.
pub const MOST_OF_ONE: usize = 200;
/// Different names in one document.
pub const MOST_NAMES: usize = 3000;

/// What the names of a document mean.
#[derive(Debug, Default)]
pub(crate) struct Names(HashMap<String, Resolution>);

impl Names {
    pub async fn of<'a>(
        bodies: &BodiesPort,
        texts: impl Iterator<Item = &'a String>,
        issuer: Option<UnitId>,
    ) -> Result<Self, Problem> {
        Self::of_document(bodies, texts, issuer, None).await
    }

    /// The same in a document of this kind: some words are explained for those of one kind only.
    pub async fn of_document<'a>(
        bodies: &BodiesPort,
        texts: impl Iterator<Item = &'a String>,
        issuer: Option<UnitId>,
        kind: Option<&str>,
    ) -> Result<Self, Problem> {
        let texts: BTreeSet<String> = texts.cloned().collect();
        let (bodies, kind) = (Arc::clone(bodies), kind.map(str::to_owned));
        let known = heavy(move || {
            let means = |text: String| {
                let means = bodies.resolve_in(&text, issuer, kind.as_deref());
                (text, means)
            };
            texts.into_iter().take(MOST_NAMES).map(means).collect()
        });
        known.await.map(Self)
    }

    /// Unknown where it was not looked up.
    pub fn means(&self, text: &str) -> Resolution {
        self.0.get(text).cloned().unwrap_or(Resolution::Unknown)
    }

    pub fn named(&self, texts: &[String]) -> Vec<Named> {
        texts.iter().map(|text| Named { text: text.clone(), means: self.means(text) }).collect()
    }
}

/// What people typed into fields, each name looked up once, with what is wrong with it.
#[derive(Debug, Default)]
pub(crate) struct TypedNames(HashMap<String, Result<Resolution, Problem>>);

impl TypedNames {
    pub async fn of(
        bodies: &BodiesPort,
        texts: impl Iterator<Item = String>,
        issuer: Option<UnitId>,
        day: Date,
    ) -> Result<Self, Problem> {
        let texts: BTreeSet<String> = texts.collect();
        let bodies = Arc::clone(bodies);
        let understood = heavy(move || {
            let means = |text: String| {
                let means = bodies.understood(&text, issuer, day);
                (text, means)
            };
            texts.into_iter().take(MOST_NAMES).map(means).collect()
        });
        understood.await.map(Self)
    }

    pub fn means(&self, text: &str) -> Result<Resolution, Problem> {
        self.0.get(text).cloned().unwrap_or_else(|| Err(Problem::bad_input("unknown-unit").with("name", text)))
    }
}

/// What somebody means by words in a field of a document of this issuer. Where there is no issuer, a group that the
/// field proposed as it stands around who types is meant so.
pub(crate) fn understood(
    bodies: &BodiesPort,
    ctx: &Ctx,
    issuer: Option<UnitId>,
    text: &str,
) -> Result<Resolution, Problem> {
    let found = bodies.understood(text, issuer, ctx.today());
    let (None, Err(_), Some(post)) = (issuer, &found, ctx.actor.posts().first()) else { return found };
    match bodies.understood(text, Some(post.unit), ctx.today()) {
        Ok(group @ Resolution::Group { .. }) => Ok(group),
        _ => found,
    }
}

/// The problem at the field in which the words stand.
pub(crate) fn at(field: &str, problem: Problem) -> Problem {
    let code = problem.code;
    problem.field(field, code)
}

/// The names that a person typed into a field, parted by `parts`; more than a field may have are refused.
pub(crate) fn bounded(names: Vec<String>) -> Result<Vec<String>, Problem> {
    if names.len() > MOST_OF_ONE {
        return Err(Problem::bad_input("too-many-names").with("limit", MOST_OF_ONE).with("count", names.len()));
    }
    Ok(names)
}

/// Shortens lists of bodies that no plan has, and says so as doubts of the reader.
pub(crate) fn capped(plan: &mut Plan) {
    let mut doubts = Vec::new();
    for task in &mut plan.tasks {
        let count = task.lead.len().max(task.coordinating.len());
        if count > MOST_OF_ONE {
            task.lead.truncate(MOST_OF_ONE);
            task.coordinating.truncate(MOST_OF_ONE);
            doubts.push((Some(task.id.clone()), None, Some(task.source), count));
        }
    }
    for target in &mut plan.targets {
        let count = target.lead.len().max(target.implementers.len());
        if count > MOST_OF_ONE {
            target.lead.truncate(MOST_OF_ONE);
            target.implementers.truncate(MOST_OF_ONE);
            doubts.push((None, Some(target.id.clone()), Some(target.source), count));
        }
    }
    plan.problems.extend(doubts.into_iter().map(|(task, target, source, count)| plan_reader::Problem {
        kind: ProblemKind::TooManyBodies,
        message_vi: format!(
            "Có {count} tên cơ quan ở một chỗ; chỉ giữ {MOST_OF_ONE} tên đầu. Hãy so lại với văn bản gốc."
        ),
        message_en: format!(
            "{count} bodies in one place; only the first {MOST_OF_ONE} are kept. Compare with the document."
        ),
        source,
        task,
        target,
    }));
    for duty in &mut plan.duties {
        for list in [&mut duty.who, &mut duty.to, &mut duty.via] {
            list.truncate(MOST_OF_ONE);
        }
    }
    let count = of_plan(plan).collect::<BTreeSet<_>>().len();
    if count > MOST_NAMES {
        plan.problems.push(plan_reader::Problem {
            kind: ProblemKind::TooManyBodies,
            message_vi: format!("Văn bản có {count} tên cơ quan khác nhau; chỉ tra cứu {MOST_NAMES} tên, các tên còn lại để trống. Có thể tệp không phải là kế hoạch."),
            message_en: format!("The document has {count} different names of bodies; only {MOST_NAMES} were looked up, the others are left open. Perhaps the file is no plan."),
            source: None,
            task: None,
            target: None,
        });
    }
}

/// Every name of a body in tasks and targets.
pub(crate) fn of_plan(plan: &Plan) -> impl Iterator<Item = &String> {
    let tasks = plan.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.coordinating));
    tasks.chain(plan.targets.iter().flat_map(|target| target.lead.iter().chain(&target.implementers)))
}

/// Every name of a body in the duties.
pub(crate) fn of_duties(plan: &Plan) -> impl Iterator<Item = &String> {
    plan.duties.iter().flat_map(|duty| duty.who.iter().chain(&duty.to).chain(&duty.via)).take(MOST_NAMES)
}

/// The issuer as the tree names it today; one that is not known there as its document does, often in capitals.
pub(crate) fn issuer(bodies: &BodiesPort, plan: &PlanRow) -> Option<String> {
    let known = plan.issuer_id.and_then(|unit| bodies.body(UnitId::from_uuid(unit))).map(|body| body.name);
    known.or_else(|| plan.issuer.clone())
}
