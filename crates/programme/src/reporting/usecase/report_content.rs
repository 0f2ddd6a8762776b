//! What a body's report says: its parts as they stood, what was done in the period, its values, its difficulties.

use crate::ids::{DifficultyId, EntryId, TargetId};
use std::collections::HashMap;

use db::Reader;
use jiff::civil::Date;
use kernel::{Ctx, Problem, UnitId};
use uuid::Uuid;
use webkit::Core;

use crate::{
    plans,
    reporting::{
        model::content::{Content, Gap, Hindrance, Measured, Said, Work, no_values},
        store::{
            self,
            report::{LineRow, ReportRow},
        },
        usecase::{report_about::plans_about, report_notes},
    },
    targets::{
        self,
        model::{period::Label, rollup::Rollup},
        store::{target::TargetRow, value::ValueRow},
    },
    work::{
        self,
        model::{
            counts::Counts,
            state::{State, state},
        },
        store::{entry::EntryRow, part::PartRow},
    },
};

/// The content as it was approved; computed anew while it is a draft, of one moment.
pub async fn content(core: &Core, ctx: &Ctx, report: &ReportRow) -> Result<Content, Problem> {
    content_of(core, &core.db().snapshot().await?, ctx, report).await
}

/// The same of the moment that a snapshot sees.
pub async fn content_of(core: &Core, moment: &Reader, ctx: &Ctx, report: &ReportRow) -> Result<Content, Problem> {
    if let Some(sealed) = &report.sealed {
        return serde_json::from_str(sealed).map_err(Problem::internal);
    }
    if report.consolidated {
        return crate::reporting::usecase::report_consolidate::content(core, moment, report).await;
    }
    unit_content(core, moment, ctx, report).await
}

/// Microseconds of the first moment of a day in Vietnam.
pub(crate) fn micros(day: Date) -> i64 {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));
    day.to_zoned(zone).map_or(0, |start| start.timestamp().as_microsecond())
}

pub(crate) fn days(report: &ReportRow) -> (Date, Date) {
    let day = |text: &str| text.parse().unwrap_or(Date::MIN);
    (day(&report.from_on), day(&report.to_on))
}

/// How a part stood at the end of a day: what came later does not count.
pub(crate) fn counts(part: &PartRow, as_of: Date) -> Counts {
    let mut counts = Counts { total: 1, ..Counts::default() };
    match state(part.days().as_of(as_of), &part.time_kind, as_of) {
        State::DoneInTime => counts.done = 1,
        State::DoneLate => counts.done_late = 1,
        State::Reported => counts.reported = 1,
        State::Late(_) => counts.late = 1,
        State::NotYet => counts.not_yet = 1,
        State::Stopped => counts.stopped = 1,
        State::Running | State::Soon(_) | State::Continuous | State::Annual | State::Waiting => counts.running = 1,
    }
    counts
}

async fn unit_content(core: &Core, conn: &Reader, ctx: &Ctx, report: &ReportRow) -> Result<Content, Problem> {
    let (from, to) = days(report);
    let unit = core.bodies().today(report.unit());
    let plans = plans_about(conn, &store::duty::periods_of_report(conn, report.id).await?).await?;
    let parts = work::store::part::of_unit(conn, unit, &plans).await?;
    let entries = work::store::entry::between(conn, unit, micros(from), micros(to.tomorrow().unwrap_or(to))).await?;
    let evidence = work::store::evidence::of_unit(conn, unit).await?;
    let lines = store::report::lines(conn, report.id()).await?;
    let as_of = to.min(ctx.today());
    let mut content = report_notes::begun(report);
    for part in &parts {
        let counts = counts(part, as_of);
        content.counts.add(counts);
        let done_before = part.done_on.as_deref().is_some_and(|done| done < report.from_on.as_str());
        if done_before || counts.stopped + counts.not_yet > 0 {
            continue;
        }
        let labels = evidence.iter().filter(|row| row.part_id == part.id).map(|row| row.label.to_string()).collect();
        content.works.push(work(part, counts, &entries, labels, &lines));
    }
    // Plan by plan, each in its own order.
    content.works.sort_by(|a, b| a.plan.cmp(&b.plan));
    content.values = values(conn, unit, report, &plans).await?;
    content.difficulties = difficulties(core, conn, unit, from, to).await?;
    content.ahead = ahead(&parts, to, report);
    content.gaps = gaps(&content);
    content.cited = report_notes::cited(core, conn, &content).await?;
    report_notes::put(&mut content, &lines);
    Ok(content)
}

fn words_on<'a>(lines: &'a [LineRow], kind: &str, id: Uuid) -> Option<&'a LineRow> {
    lines.iter().find(|line| line.kind == kind && line.subject_id == id)
}

fn work(part: &PartRow, counts: Counts, entries: &[EntryRow], evidence: Vec<String>, lines: &[LineRow]) -> Work {
    let own = words_on(lines, "work", part.id);
    let said: Vec<&EntryRow> =
        entries.iter().filter(|entry| entry.part_id == part.id && !entry.text.is_empty()).collect();
    let suggested = said.iter().map(|entry| entry.text.trim_end_matches('.')).collect::<Vec<_>>().join("; ");
    let written = own.map(|line| line.words.clone()).filter(|words| !words.is_empty());
    let percent = entries.iter().rev().find(|e| e.part_id == part.id && e.percent.is_some()).and_then(|e| e.percent);
    let href = format!("/parts/{}", part.id());
    let sources = said.iter().map(|entry| Said {
        unit: part.unit().to_string(),
        name: String::new(),
        text: entry.text.clone().into_string(),
        href: format!("{href}#{}", EntryId::from_uuid(entry.id)),
    });
    Work {
        id: part.id,
        task: part.task_id,
        plan: part.plan_number.clone().or_else(|| part.plan_title.clone()).unwrap_or_default(),
        plan_id: Some(part.plan_id),
        section: part.section.clone(),
        text: part.text.clone(),
        counts,
        percent: percent.or(part.percent),
        suggested: written.is_none(),
        words: written.map_or(suggested, db::Words::into_string),
        nothing: own.is_some_and(|line| line.is_nothing),
        evidence,
        said: sources.collect(),
        href,
    }
}

/// The targets that the body reports on, each with the four columns.
async fn values(conn: &Reader, unit: UnitId, report: &ReportRow, plans: &[Uuid]) -> Result<Vec<Measured>, Problem> {
    let Some(label) = Label::parse(&report.label) else { return Ok(vec![]) };
    let targets = targets::store::target::by_ids(conn, &targets::store::value::targets_of(conn, unit).await?).await?;
    let values = targets::store::value::of_unit(conn, unit, label.year - 1).await?;
    let planned: HashMap<Uuid, i64> = targets::store::value::planned_in(conn, label.year)
        .await?
        .into_iter()
        .map(|row| (row.target_id, row.value_milli))
        .collect();
    let about = |target: &&TargetRow| {
        let to = target.to_year.unwrap_or(9999);
        let from = target.from_year.unwrap_or(0);
        (plans.is_empty() || plans.contains(&target.plan_id)) && (from.min(to)..=9999).contains(&i64::from(label.year))
    };
    let names: HashMap<Uuid, String> =
        plans::store::plan::by_ids(conn, &targets.iter().map(|target| target.plan_id).collect::<Vec<_>>())
            .await?
            .into_iter()
            .map(|plan| (plan.id, plan.label()))
            .collect();
    Ok(targets.iter().filter(about).map(|target| measured(target, label, &values, &planned, &names)).collect())
}

fn measured(
    target: &TargetRow,
    label: Label,
    values: &[ValueRow],
    planned: &HashMap<Uuid, i64>,
    plans: &HashMap<Uuid, String>,
) -> Measured {
    let of = |label: Label| values.iter().find(|row| row.target_id == target.id && row.period == label.to_string());
    let this = of(label);
    let rule = target.rollup.as_deref().and_then(Rollup::parse).unwrap_or_else(|| Rollup::usual(&target.unit));
    let total = if rule == Rollup::Sum {
        let all: Vec<i64> = label.so_far().filter_map(of).map(|row| row.value_milli).collect();
        (!all.is_empty()).then(|| all.iter().sum())
    } else {
        // A share or a level does not add up over months: the newest stands for the year so far.
        label.so_far().filter_map(of).last().map(|row| row.value_milli)
    };
    let goal_year = target.to_year.is_none_or(|year| year == i64::from(label.year));
    Measured {
        id: target.id,
        plan: plans.get(&target.plan_id).cloned().unwrap_or_default(),
        text: target.text.clone(),
        unit: target.unit.clone(),
        goal: target.value_milli,
        comparator: target.comparator.clone(),
        numerator: this.and_then(|row| row.numerator_milli),
        denominator: this.and_then(|row| row.denominator_milli),
        this: this.map(|row| row.value_milli),
        total,
        year_ago: of(label.of_year(label.year - 1)).map(|row| row.value_milli),
        planned: planned.get(&target.id).copied().or(goal_year.then_some(target.value_milli)),
        status: this.map(|row| row.status.clone()).unwrap_or_default(),
        evidence: this.map(|row| row.evidence.clone()).unwrap_or_default().into_string(),
        href: format!("/targets/{}", TargetId::from_uuid(target.id)),
        reported: usize::from(this.is_some()),
        expected: 1,
        said: vec![],
    }
}

async fn difficulties(
    core: &Core,
    conn: &Reader,
    unit: UnitId,
    from: Date,
    to: Date,
) -> Result<Vec<Hindrance>, Problem> {
    let until = micros(to.tomorrow().unwrap_or(to));
    let rows = work::store::difficulty::of_unit(conn, unit, micros(from), until).await?;
    let name = core.bodies().body(unit).map(|body| body.name).unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|row| Hindrance {
            id: row.id,
            unit: unit.to_string(),
            name: name.clone(),
            text: row.text.into_string(),
            proposal: row.proposal.into_string(),
            answer: row.answer.map(db::Words::into_string),
            href: format!("/difficulties/{}", DifficultyId::from_uuid(row.id)),
        })
        .collect())
}

/// What falls due before the next period of the same kind ends.
fn ahead(parts: &[PartRow], to: Date, report: &ReportRow) -> Vec<String> {
    let (from, _) = days(report);
    let length = from.until(to).map_or(30, |span| span.get_days());
    let until = to.saturating_add(jiff::Span::new().days(length + 1)).to_string();
    let open = |part: &&PartRow| {
        part.done_on.is_none()
            && part.stopped_on.is_none()
            && part.due_on.as_deref().is_some_and(|due| due > report.to_on.as_str() && due <= until.as_str())
    };
    parts.iter().filter(open).map(|part| part.text.clone()).collect()
}

fn gaps(content: &Content) -> Vec<Gap> {
    let late = content.works.iter().filter(|work| work.counts.late > 0 && work.words.is_empty() && !work.nothing);
    let late = late.map(|work| Gap::LateUnsaid { text: work.text.clone(), href: work.href.clone() });
    late.chain(no_values(&content.values)).collect()
}
