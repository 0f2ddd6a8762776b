//! Reading a document in the background: in a child process, under limits, with the result kept or the reason told.

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use db::{BlobHash, Db, Entry, Job, JobHandler, Lane, mask, mask_json};
use kernel::{Ctx, Indicators, PlanId, Problem, Resolution};
use plan_reader::{Reading, Task};
use webkit::{App, Handlers, heavy};

use crate::{
    BodiesPort, Error, ReadingPort,
    daily::{Daily, Place},
    deadlines::Recount,
    files::usecase::look::LookAtFile,
    plans::{
        self,
        model::{
            head,
            read_target::{ReadTarget, milli},
            row::{Bullets, ReadTask},
        },
        store::{finding::Finding, plan::Read},
        usecase::{
            head::of_head,
            names::{self, Names},
            plan_import::READ_PLAN,
            plan_read::Stored,
        },
    },
    ports::is_busy,
    reporting::usecase::{outside_remind::Remind, period::OpenPeriod, report_compare::CompareSigned},
};

/// Tasks and targets of one document. The largest plan of a province has some hundreds.
pub const MOST_ROWS: usize = 20_000;
/// Lines of one document: each is a passage to search.
pub const MOST_LINES: usize = 100_000;

/// A document that would hold everybody up is not taken. One without orders is: its review says so.
pub fn within_limits(reading: Reading) -> Result<Reading, Error> {
    let refused = |code, detail| Err(Error::FileRefused { code, detail });
    let rows = reading.plan.tasks.len() + reading.plan.targets.len();
    let lines = reading.text.lines().count();
    match () {
        () if rows > MOST_ROWS => refused("plan-too-many-rows", rows.to_string()),
        () if lines > MOST_LINES => refused("plan-too-many-lines", lines.to_string()),
        () => Ok(reading),
    }
}

/// A document keeps its bytes; what was read from it is shown, searched, exported and made public, and so holds no
/// personal number. No byte changes its place, so spans stay what they are.
fn masked(reading: Reading) -> Result<Reading, Problem> {
    let mut plan = serde_json::to_value(&reading.plan).map_err(Problem::internal)?;
    mask_json(&mut plan);
    let plan = serde_json::from_value(plan).map_err(Problem::internal)?;
    Ok(Reading { plan, text: mask(&reading.text).into_owned(), ..reading })
}

pub fn handlers(app: &App) -> Result<Handlers, Problem> {
    let (reading, bodies) = (Arc::clone(app.get::<ReadingPort>()?), Arc::clone(app.bodies()));
    let (indicators, times) = (Arc::clone(app.indicators()), Arc::clone(app.times()));
    let open = OpenPeriod { bodies: Arc::clone(&bodies) };
    Ok(vec![
        Arc::new(open),
        Arc::new(Daily { bodies: Arc::clone(&bodies) }),
        Arc::new(Place { bodies: Arc::clone(&bodies) }),
        Arc::new(LookAtFile { reading: Arc::clone(&reading) }),
        Arc::new(ReadPlan { reading, bodies, indicators }),
        Arc::new(Recount { times }),
        Arc::new(CompareSigned { app: app.clone() }),
        Arc::new(Remind { app: app.clone() }),
    ])
}

#[derive(Debug)]
struct ReadPlan {
    reading: ReadingPort,
    bodies: BodiesPort,
    indicators: Arc<dyn Indicators>,
}

fn plan_of(job: &Job) -> Result<PlanId, Problem> {
    job.payload["plan"].as_str().and_then(|text| text.parse().ok()).ok_or_else(|| Problem::internal("job without plan"))
}

#[async_trait]
impl JobHandler for ReadPlan {
    fn kind(&self) -> &'static str {
        READ_PLAN
    }

    fn lane(&self) -> Lane {
        Lane::Long
    }

    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem> {
        let id = plan_of(job)?;
        let plan = plans::store::plan::any(&db.read(), id).await?.ok_or_else(Problem::not_found)?;
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
        let reading = within_limits(reading)?;
        let prepare = move || {
            let mut reading = masked(reading)?;
            names::capped(&mut reading.plan);
            let stored = Stored { plan: &reading.plan, places: &reading.places };
            let json = serde_json::to_string(&stored).map_err(Problem::internal)?;
            let bullets = Bullets::of(&reading.text);
            Ok::<_, Problem>((reading, json, bullets))
        };
        let (reading, json, bullets) = heavy(prepare).await??;
        self.store(db, ctx, id, &reading, &json, &bullets).await
    }

    fn is_uncounted(&self, problem: &Problem) -> bool {
        is_busy(problem)
    }

    async fn failed(&self, db: &Db, ctx: &Ctx, job: &Job, problem: &Problem) -> Result<(), Problem> {
        let id = plan_of(job)?;
        let detail = problem.args.first().map(|(_, value)| value.clone()).unwrap_or_default();
        let plan = plans::store::plan::any(&db.read(), id).await?.ok_or_else(Problem::not_found)?;
        let refusal = &match called(&plan.file_name).filter(|_| problem.code == "plan-not-text") {
            // What begins as no file of its kind was taken for text.
            Some(kind) => format!("plan-damaged|{kind}"),
            None => format!("{}|{detail}", problem.code),
        };
        let Some(hash) = &BlobHash::parse(&plan.blob_hash) else { return Ok(()) };
        let refused = db
            .write(ctx, |tx| async move {
                let refused = plans::store::plan_end::refused_set(&tx, id, refusal).await?;
                if refused {
                    tx.ledger(Entry::new("plan.refused", id).reason(refusal.as_str()));
                }
                Ok(refused)
            })
            .await?;
        if !refused {
            return Ok(());
        }
        // What was refused is not kept, least of all what bears a mark of secrecy; but the same bytes may be another's.
        db::release(db, ctx, hash).await?;
        Ok(())
    }
}

/// The kind of file that a name says, where it is not plain text.
fn called(file_name: &str) -> Option<&'static str> {
    let end = file_name.rsplit_once('.')?.1.to_lowercase();
    let kinds = [("pdf", "PDF"), ("docx", "Word"), ("doc", "Word"), ("png", "PNG"), ("jpg", "JPEG"), ("jpeg", "JPEG")];
    kinds.into_iter().find(|(known, _)| *known == end).map(|(_, kind)| kind)
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
    async fn store(
        &self,
        db: &Db,
        ctx: &Ctx,
        id: PlanId,
        reading: &Reading,
        json: &str,
        bullets: &Bullets,
    ) -> Result<(), Problem> {
        let document = &reading.plan.document;
        let means = self.issuer(document.issuer.as_deref());
        let issuer = match &means {
            Resolution::Unit { unit, .. } => Some(*unit),
            Resolution::Group { .. } | Resolution::Unknown => None,
        };
        let texts = names::of_plan(&reading.plan);
        let names = &Names::of_document(&self.bodies, texts, issuer, document.kind.as_deref()).await?;
        let rows = (1..)
            .zip(&reading.plan.tasks)
            .map(|(position, task)| (ctx.new_id::<crate::ids::ReadRow>(), position, resolved(task, names, bullets)))
            .collect::<Vec<_>>();
        let rows = &heavy(move || plans::store::read_row::new_rows(id, &rows)).await??;
        let targets = self.targets(&reading.plan, names).await?.into_iter();
        let targets = targets.map(|target| (ctx.new_id(), target)).collect::<Vec<_>>();
        let targets = &heavy(move || plans::store::read_target::new_rows(id, &targets)).await??;
        let mut findings: Vec<Finding> =
            head::doubts(document, &means).iter().map(|doubt| of_head(ctx, id, doubt)).collect();
        findings.extend(self::findings(ctx, id, &reading.plan));
        let findings = &findings;
        db.write(ctx, |tx| async move {
            let read = Read { document: &reading.plan.document, issuer, text: &reading.text, reading: json };
            if !plans::store::plan::read_set(&tx, id, &read).await? {
                return Ok(());
            }
            rows.clone().run(&tx).await?;
            targets.clone().run(&tx).await?;
            plans::store::finding::insert_all(&tx, findings).await?;
            let detail = serde_json::json!({ "tasks": reading.plan.tasks.len(), "targets": reading.plan.targets.len(), "duties": reading.plan.duties.len() });
            tx.ledger(Entry::new("plan.read", id).detail(detail));
            Ok(())
        })
        .await
    }

    async fn targets(&self, plan: &plan_reader::Plan, names: &Names) -> Result<Vec<ReadTarget>, Problem> {
        let indicators = Arc::clone(&self.indicators);
        let texts: Vec<String> = plan.targets.iter().map(|target| target.text.clone()).collect();
        let about = plan.document.title.clone().unwrap_or_default();
        let suggest = move |text: &String| {
            let suggested = indicators.suggest(text, &about);
            suggested.first().map(|found| (found.code.to_owned(), found.certain))
        };
        let suggested = heavy(move || texts.iter().map(suggest).collect::<Vec<_>>()).await?;
        let positions: HashMap<&str, i64> =
            (1..).zip(&plan.targets).map(|(at, target)| (target.id.as_str(), at)).collect();
        let target = |(target, indicator): (&plan_reader::Target, Option<(String, bool)>)| ReadTarget {
            text: target.text.clone(),
            value_milli: milli(target.value),
            unit: target.unit.clone(),
            comparator: target.comparator,
            from: target.period.from,
            to: target.period.to,
            stretch_milli: target.stretch.map(milli),
            owners: names.named(&target.lead),
            implementers: names.named(&target.implementers),
            twin: target.mirrors.first().and_then(|id| positions.get(id.as_str()).copied()),
            indicator_open: indicator.as_ref().is_some_and(|(_, certain)| !certain),
            indicator: indicator.map(|(code, _)| code),
            start: target.source.start,
            end: target.source.end,
        };
        Ok(plan.targets.iter().zip(suggested).map(target).collect())
    }

    /// Whom the head of the document means; what has to be mended first is a likeness.
    fn issuer(&self, text: Option<&str>) -> Resolution {
        let means = |text: &str| self.bodies.resolve(text, None);
        match text.map_or(Resolution::Unknown, means) {
            Resolution::Unknown => {}
            known => return known,
        }
        match text.and_then(head::without_brackets).map_or(Resolution::Unknown, |bare| means(&bare)) {
            Resolution::Unit { unit, name, .. } => Resolution::Unit { unit, name, certain: false },
            other => other,
        }
    }
}

fn resolved(task: &Task, names: &Names, bullets: &Bullets) -> ReadTask {
    ReadTask {
        section: bullets.placed(task.section.clone(), task.source.start),
        text: task.text.clone(),
        lead: names.named(&task.lead),
        coordinating: names.named(&task.coordinating),
        time: task.time.clone(),
        result: task.result.clone(),
        start: task.source.start,
        end: task.source.end,
        set_aside: None,
    }
}

/// What the reader doubts, without what rows say for themselves: what each of them asks, and that there is none.
fn findings(ctx: &Ctx, plan: PlanId, read: &plan_reader::Plan) -> Vec<Finding> {
    use plan_reader::ProblemKind as Kind;
    let at = |position: Option<usize>| position.and_then(|at| i64::try_from(at + 1).ok());
    let byte = |byte: usize| i64::try_from(byte).ok();
    let own = |kind: Kind| {
        let of_row = matches!(
            kind,
            Kind::NoLead | Kind::NoTime | Kind::TimeUnclear | Kind::EndBeforeStart | Kind::WhoIsConcerned
        );
        !of_row && kind != Kind::NoTask
    };
    let tasks: HashMap<&str, usize> = read.tasks.iter().zip(0..).map(|(task, at)| (task.id.as_str(), at)).collect();
    let targets: HashMap<&str, usize> =
        read.targets.iter().zip(0..).map(|(target, at)| (target.id.as_str(), at)).collect();
    let finding = |problem: &plan_reader::Problem| Finding {
        id: ctx.new_id::<crate::ids::Finding>().uuid(),
        plan_id: plan.uuid(),
        kind: serde_json::to_value(problem.kind)
            .ok()
            .and_then(|kind| Some(kind.as_str()?.to_owned()))
            .unwrap_or_default(),
        message_vi: problem.message_vi.clone(),
        message_en: problem.message_en.clone(),
        task_at: at(problem.task.as_ref().and_then(|id| tasks.get(id.as_str()).copied())),
        target_at: at(problem.target.as_ref().and_then(|id| targets.get(id.as_str()).copied())),
        span_start: problem.source.and_then(|span| byte(span.start)),
        span_end: problem.source.and_then(|span| byte(span.end)),
        state: "open".into(),
        reason: None,
        rev: 1,
    };
    read.problems.iter().filter(|problem| own(problem.kind)).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Reading {
        plan_reader::read(include_bytes!("../../../examples/plans/dam-may.txt")).unwrap()
    }

    fn code(reading: Reading) -> &'static str {
        match within_limits(reading) {
            Err(Error::FileRefused { code, .. }) => code,
            Ok(_) => "",
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_document_of_more_rows_or_lines_than_a_plan_has_is_refused() {
        let (mut rows, mut lines) = (small(), small());
        rows.plan.tasks = vec![rows.plan.tasks[0].clone(); MOST_ROWS - rows.plan.targets.len()];
        assert_eq!(code(rows.clone()), "");
        rows.plan.tasks.push(rows.plan.tasks[0].clone());
        assert_eq!(code(rows), "plan-too-many-rows");
        lines.text = "x\n".repeat(MOST_LINES + 1);
        assert_eq!(code(lines), "plan-too-many-lines");
        assert_eq!(code(small()), "");
    }

    #[test]
    fn a_document_without_orders_is_taken_and_that_it_has_none_is_no_doubt_to_settle() {
        let read = plan_reader::read("BÁO CÁO\nKết quả năm 2026\nĐã mở hai lớp.".as_bytes()).unwrap();
        let says_so = |problem: &plan_reader::Problem| problem.kind == plan_reader::ProblemKind::NoTask;
        assert!(read.plan.tasks.is_empty() && read.plan.problems.iter().any(says_so));
        assert!(crate::gives_no_orders(&read.plan) && !crate::gives_no_orders(&small().plan));
        assert_eq!(code(read), "");
    }

    #[test]
    fn what_is_masked_of_a_reading_leaves_its_places_and_figures() {
        let text =
            include_str!("../../../examples/plans/dam-may.txt").replace("dịch vụ số.", "dịch vụ số, ĐT.0905123456.");
        let read = plan_reader::read(text.as_bytes()).unwrap();
        let masked = masked(read.clone()).unwrap();
        assert_eq!((masked.text.len(), masked.plan.tasks.len()), (read.text.len(), read.plan.tasks.len()));
        assert!(read.text.contains("0905123456") && !masked.text.contains("0905123456"));
        let of = |reading: &Reading| serde_json::to_string(&reading.plan).unwrap();
        assert_eq!(of(&masked), of(&read).replace("0905123456", "090*******"));
    }

    #[test]
    fn only_busy_readers_are_no_attempt() {
        assert!(is_busy(&Error::ReadersBusy.into()));
        assert!(!is_busy(&Error::FileRefused { code: "plan-needs-ocr", detail: String::new() }.into()));
    }
}
