//! Reading a document in the background: in a child process, under limits, with the result kept or the reason told.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use db::{BlobHash, Db, Entry, Job, JobHandler};
use kernel::{Ctx, PlanId, Problem, UnitId, ids::kinds};
use plan_reader::{Reading, Task, secrecy::Look};
use webkit::App;

use crate::{
    BodiesPort, CalendarPort, Error, IndicatorsPort,
    deadlines::Recount,
    model::{
        read_target::{ReadTarget, milli},
        row::{Named, ReadTask},
    },
    store::{self, finding::Finding, plan::Read},
    usecase::{daily::Daily, look::LookAtFile, period::OpenPeriod},
};

/// Reads foreign bytes where they can do no harm. `dinh` runs itself as a child process with limits.
#[async_trait]
pub trait PlanReading: Send + Sync + fmt::Debug {
    async fn read(&self, bytes: Vec<u8>, progress: Progress<'_>) -> Result<Reading, Error>;

    /// Looks for a mark of secrecy in the text of a file of any kind.
    async fn look(&self, bytes: Vec<u8>) -> Result<Look, Error>;
}

/// A plan without tasks is none. Other documents are read too: a signed report has none and is none the worse for it.
pub fn with_tasks(reading: Reading) -> Result<Reading, Error> {
    if reading.plan.tasks.is_empty() {
        return Err(Error::FileRefused { code: "plan-no-task", detail: String::new() });
    }
    Ok(reading)
}

/// Told how many pages are done, of how many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Send + Sync);

pub type ReadingPort = Arc<dyn PlanReading>;

pub(crate) const READ_PLAN: &str = "programme.read_plan";

pub fn handlers(app: &App) -> Vec<Arc<dyn JobHandler>> {
    let ports =
        (app.get::<ReadingPort>(), app.get::<BodiesPort>(), app.get::<IndicatorsPort>(), app.get::<CalendarPort>());
    let (Ok(reading), Ok(bodies), Ok(indicators), Ok(times)) = ports else { return vec![] };
    let (reading, bodies, indicators) = (Arc::clone(reading), Arc::clone(bodies), Arc::clone(indicators));
    let open = OpenPeriod { bodies: Arc::clone(&bodies) };
    vec![
        Arc::new(open),
        Arc::new(Daily { bodies: Arc::clone(&bodies) }),
        Arc::new(LookAtFile { reading: Arc::clone(&reading) }),
        Arc::new(ReadPlan { reading, bodies, indicators }),
        Arc::new(Recount { times: Arc::clone(times) }),
    ]
}

#[derive(Debug)]
struct ReadPlan {
    reading: ReadingPort,
    bodies: BodiesPort,
    indicators: IndicatorsPort,
}

fn plan_of(job: &Job) -> Result<PlanId, Problem> {
    job.payload["plan"].as_str().and_then(|text| text.parse().ok()).ok_or_else(|| Problem::internal("job without plan"))
}

#[async_trait]
impl JobHandler for ReadPlan {
    fn kind(&self) -> &'static str {
        READ_PLAN
    }

    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem> {
        let id = plan_of(job)?;
        let plan = store::plan::any(&db.read(), id).await?.ok_or_else(Problem::not_found)?;
        if plan.state != "reading" {
            return Ok(());
        }
        let hash = BlobHash::parse(&plan.blob_hash).ok_or_else(|| Problem::internal("bad blob hash"))?;
        let bytes = db.blobs().get(&hash).await?;
        let (pages, told) = tokio::sync::watch::channel((0, 0));
        let progress = |done, total| {
            pages.send_replace((done, total));
        };
        let reading = tokio::select! {
            reading = self.reading.read(bytes, &progress) => reading?,
            () = tell(db, ctx, job, told) => return Err(Problem::internal("telling ends with the reading")),
        };
        self.store(db, ctx, id, &with_tasks(reading)?).await
    }

    async fn failed(&self, db: &Db, ctx: &Ctx, job: &Job, problem: &Problem) -> Result<(), Problem> {
        let id = plan_of(job)?;
        let detail = problem.args.first().map(|(_, value)| value.clone()).unwrap_or_default();
        let refusal = &format!("{}|{detail}", problem.code);
        let plan = store::plan::any(&db.read(), id).await?.ok_or_else(Problem::not_found)?;
        let hash = &BlobHash::parse(&plan.blob_hash).ok_or_else(|| Problem::internal("bad blob hash"))?;
        db.write(ctx, |tx| async move {
            store::plan::refused_set(&tx, id, refusal).await?;
            tx.forget_blob(hash).await?;
            tx.ledger(Entry::new("plan.refused", id).reason(refusal.as_str()));
            Ok(())
        })
        .await?;
        // What was refused is not kept, least of all what bears a mark of secrecy.
        db.blobs().delete(hash).await
    }
}

/// Keeps the count of pages where the page that waits for them can see it.
async fn tell(db: &Db, ctx: &Ctx, job: &Job, mut told: tokio::sync::watch::Receiver<(usize, usize)>) {
    while told.changed().await.is_ok() {
        let (done, total) = *told.borrow_and_update();
        if let Err(problem) = db::progress(db, ctx, job.id, done, total).await {
            tracing::warn!(%problem, "progress is not kept");
        }
    }
    std::future::pending::<()>().await;
}

impl ReadPlan {
    async fn store(&self, db: &Db, ctx: &Ctx, id: PlanId, reading: &Reading) -> Result<(), Problem> {
        let issuer = reading.plan.document.issuer.as_deref().and_then(|name| self.one(name));
        let rows = &reading
            .plan
            .tasks
            .iter()
            .map(|task| (ctx.new_id::<kinds::ReadRow>(), self.resolved(task, issuer)))
            .collect::<Vec<_>>();
        let targets = &self.targets(&reading.plan, issuer);
        let findings = &findings(ctx, id, &reading.plan);
        let json = &serde_json::to_string(&reading.plan).map_err(Problem::internal)?;
        db.write(ctx, |tx| async move {
            let read = Read { document: &reading.plan.document, issuer, text: &reading.text, reading: json.clone() };
            store::plan::read_set(&tx, id, &read).await?;
            for (position, (row, task)) in (1..).zip(rows) {
                store::read_row::insert(&tx, *row, id, position, task).await?;
            }
            for (position, target) in (1..).zip(targets) {
                store::read_target::insert(&tx, ctx.new_id(), id, position, target).await?;
            }
            for (position, finding) in (1..).zip(findings) {
                store::finding::insert(&tx, position, finding).await?;
            }
            let detail = serde_json::json!({ "tasks": rows.len(), "targets": reading.plan.targets.len(), "duties": reading.plan.duties.len() });
            tx.ledger(Entry::new("plan.read", id).detail(detail));
            Ok(())
        })
        .await
    }

    fn targets(&self, plan: &plan_reader::Plan, issuer: Option<UnitId>) -> Vec<ReadTarget> {
        let position = |id: &String| plan.targets.iter().position(|target| target.id == *id);
        let target = |target: &plan_reader::Target| {
            let suggested = self.indicators.suggest(&target.text);
            let first = suggested.first();
            ReadTarget {
                text: target.text.clone(),
                value_milli: milli(target.value),
                unit: target.unit.clone(),
                comparator: target.comparator,
                from: target.period.from,
                to: target.period.to,
                stretch_milli: target.stretch.map(milli),
                owners: self.named(&target.lead, issuer),
                implementers: self.named(&target.implementers, issuer),
                twin: target.mirrors.first().and_then(position).and_then(|at| i64::try_from(at + 1).ok()),
                indicator: first.map(|found| found.code.to_owned()),
                indicator_open: first.is_some_and(|found| !found.certain),
                start: target.source.start,
                end: target.source.end,
            }
        };
        plan.targets.iter().map(target).collect()
    }

    fn named(&self, names: &[String], issuer: Option<UnitId>) -> Vec<Named> {
        names.iter().map(|text| Named { text: text.clone(), means: self.bodies.resolve(text, issuer) }).collect()
    }

    fn one(&self, name: &str) -> Option<UnitId> {
        match self.bodies.resolve(name, None) {
            kernel::Resolution::Unit { unit, .. } => Some(unit),
            kernel::Resolution::Group { .. } | kernel::Resolution::Unknown => None,
        }
    }

    fn resolved(&self, task: &Task, issuer: Option<UnitId>) -> ReadTask {
        ReadTask {
            section: task.section.clone(),
            text: task.text.clone(),
            lead: self.named(&task.lead, issuer),
            coordinating: self.named(&task.coordinating, issuer),
            time: task.time.clone(),
            result: task.result.clone(),
            start: task.source.start,
            end: task.source.end,
            set_aside: None,
        }
    }
}

/// What the reader doubts, without the questions that a row answers for itself.
fn findings(ctx: &Ctx, plan: PlanId, read: &plan_reader::Plan) -> Vec<Finding> {
    use plan_reader::ProblemKind as Kind;
    let at = |position: Option<usize>| position.and_then(|at| i64::try_from(at + 1).ok());
    let byte = |byte: usize| i64::try_from(byte).ok();
    let own = |kind: Kind| {
        !matches!(kind, Kind::NoLead | Kind::NoTime | Kind::TimeUnclear | Kind::EndBeforeStart | Kind::WhoIsConcerned)
    };
    let finding = |problem: &plan_reader::Problem| Finding {
        id: ctx.new_id::<kinds::Finding>().uuid(),
        plan_id: plan.uuid(),
        kind: serde_json::to_value(problem.kind)
            .ok()
            .and_then(|kind| Some(kind.as_str()?.to_owned()))
            .unwrap_or_default(),
        message_vi: problem.message_vi.clone(),
        message_en: problem.message_en.clone(),
        task_at: at(problem.task.as_ref().and_then(|id| read.tasks.iter().position(|task| task.id == *id))),
        target_at: at(problem.target.as_ref().and_then(|id| read.targets.iter().position(|target| target.id == *id))),
        span_start: problem.source.and_then(|span| byte(span.start)),
        span_end: problem.source.and_then(|span| byte(span.end)),
        state: "open".into(),
        reason: None,
        rev: 1,
    };
    read.problems.iter().filter(|problem| own(problem.kind)).map(finding).collect()
}
