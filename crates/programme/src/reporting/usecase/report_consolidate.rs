//! The consolidated report: made of the bodies' approved reports only, every figure and sentence leading back to its own.

use crate::ids::ReportId;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use db::Reader;
use kernel::{Problem, UnitId, text::fold};
use uuid::Uuid;
use webkit::{Core, heavy};

use crate::{
    BodiesPort,
    reporting::{
        model::content::{BodyCounts, Content, Gap, Measured, Said, Work, no_values},
        store::{
            self,
            duty::DutyRole,
            report::{LineRow, ReportRow},
        },
        usecase::{report_about::plans_about, report_notes},
    },
    targets::{
        self,
        model::rollup::{Measure, Rollup, roll_up},
        store::target::TargetRow,
    },
    work::{self, model::counts::Counts},
};

struct Child {
    unit: UnitId,
    name: String,
    report: ReportRow,
    content: Content,
}

/// A late body does not block: what has come is counted, what has not is named.
pub(crate) async fn content(core: &Core, conn: &Reader, report: &ReportRow) -> Result<Content, Problem> {
    let bodies = Arc::clone(core.bodies());
    let (mut rows, mut expected) = (Vec::new(), HashSet::new());
    let periods = store::duty::periods_of_report(conn, report.id).await?;
    let plans = plans_about(conn, &periods).await?;
    for period in periods {
        let units = store::duty::bodies(conn, period.duty(), DutyRole::Reports).await?;
        expected.extend(units.into_iter().map(|unit| bodies.today(unit)));
        rows.extend(store::report::sealed_of_period(conn, period.id()).await?);
    }
    let units: Vec<Uuid> = expected.iter().map(|unit| unit.uuid()).collect();
    let given = work::store::part::given(conn, &units, &plans).await?;
    let lines = store::report::lines(conn, report.id()).await?;
    let (report, names) = (report.clone(), Arc::clone(&bodies));
    // A province's reports are read and added up where that holds nobody.
    let children = heavy(move || children(&names, rows)).await??;
    let mut ids: Vec<Uuid> =
        children.iter().flat_map(|child| child.content.values.iter().map(|value| value.id)).collect();
    ids.sort_unstable();
    ids.dedup();
    let targets = targets::store::target::by_ids(conn, &ids).await?;
    let work = move || added_up(&bodies, &report, &children, (&expected, &given), &lines, targets);
    let mut content = heavy(work).await?;
    content.cited = report_notes::cited(core, conn, &content).await?;
    Ok(content)
}

fn children(bodies: &BodiesPort, rows: Vec<ReportRow>) -> Result<Vec<Child>, Problem> {
    let (mut out, mut known) = (Vec::<Child>::new(), HashSet::new());
    for row in rows {
        if known.insert(row.id) {
            let unit = bodies.today(row.unit());
            let name = bodies.body(unit).map(|body| body.name).unwrap_or_default();
            let content = serde_json::from_str(row.sealed.as_deref().unwrap_or_default()).map_err(Problem::internal)?;
            out.push(Child { unit, name, report: row, content });
        }
    }
    out.sort_by_cached_key(|child| bodies.body(child.unit).map(|body| body.sort));
    Ok(out)
}

fn added_up(
    bodies: &BodiesPort,
    report: &ReportRow,
    children: &[Child],
    (expected, given): (&HashSet<UnitId>, &HashMap<Uuid, i64>),
    lines: &[LineRow],
    targets: Vec<TargetRow>,
) -> Content {
    let mut content = report_notes::begun(report);
    for child in children {
        content.counts.add(child.content.counts);
    }
    content.works = works(children);
    let own: HashMap<Uuid, &LineRow> =
        lines.iter().filter(|line| line.kind == "work").map(|line| (line.subject_id, line)).collect();
    for work in &mut content.works {
        if let Some(line) = own.get(&work.id) {
            work.suggested = line.words.is_empty();
            work.words = line.words.to_string();
        }
    }
    content.values = values(targets, children, expected.len());
    content.difficulties = children.iter().flat_map(|child| child.content.difficulties.iter().cloned()).collect();
    content.bodies = all_bodies(bodies, children, expected, given);
    let missing = content.bodies.iter().filter(|body| body.href.is_none());
    content.gaps = missing.map(|body| Gap::NoReport { unit: body.unit.clone(), name: body.name.clone() }).collect();
    content.gaps.extend(no_values(&content.values));
    content.ahead = ahead(children);
    report_notes::put(&mut content, lines);
    content
}

/// Tasks in the plans' own order, each with what every body says about it.
fn works(children: &[Child]) -> Vec<Work> {
    let mut by_task: HashMap<Uuid, Work> = HashMap::new();
    let mut order: BTreeMap<(String, Vec<String>), Vec<Uuid>> = BTreeMap::new();
    for child in children {
        for work in &child.content.works {
            let place = by_task.entry(work.task).or_insert_with(|| {
                order.entry((work.plan.clone(), numbered(&work.section))).or_default().push(work.task);
                Work {
                    id: work.task,
                    counts: Counts::default(),
                    percent: None,
                    words: String::new(),
                    suggested: true,
                    nothing: false,
                    evidence: vec![],
                    href: format!("/tasks/{}", crate::ids::TaskId::from_uuid(work.task)),
                    said: vec![],
                    ..work.clone()
                }
            });
            place.counts.add(work.counts);
            let words = if work.nothing { String::new() } else { work.words.clone() };
            if !words.is_empty() {
                let href = line_href(child.report.id(), work.id);
                place.said.push(Said { unit: child.unit.to_string(), name: child.name.clone(), text: words, href });
            }
        }
    }
    order.into_values().flatten().filter_map(|task| by_task.remove(&task)).collect()
}

/// The address of a report's line, for figures and sentences that lead there.
fn line_href(report: ReportId, id: Uuid) -> String {
    format!("/reports/{report}#{id}")
}

/// Sorts "II.10" after "II.9": numbers padded, Roman parts as numbers.
fn numbered(section: &str) -> Vec<String> {
    let part = |part: &str| match part.parse::<u32>() {
        Ok(number) => format!("{number:06}"),
        Err(_) => {
            (1..40).find(|number| roman(*number) == part).map_or_else(|| fold(part), |number| format!("{number:06}"))
        }
    };
    // "gạch đầu dòng thứ 10" comes after the ninth, whether a number stands above it or not.
    let nth = |piece: &str| part(piece.rsplit_once(" thứ ").map_or(piece, |(_, nth)| nth));
    section.split(['.', ',']).map(nth).collect()
}

fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 5] = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let (mut left, mut out) = (number, String::new());
    for (value, sign) in STEPS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// Values by the target's own rule, with how many bodies gave one.
fn values(targets: Vec<TargetRow>, children: &[Child], bodies: usize) -> Vec<Measured> {
    let mut given: HashMap<Uuid, Vec<(&Child, &Measured)>> = HashMap::new();
    for child in children {
        for value in &child.content.values {
            given.entry(value.id).or_default().push((child, value));
        }
    }
    let mut out = Vec::new();
    for target in targets {
        let found = given.remove(&target.id).unwrap_or_default();
        let Some((_, first)) = found.first() else { continue };
        let rule = target.rollup.as_deref().and_then(Rollup::parse).unwrap_or_else(|| Rollup::usual(&target.unit));
        let threshold = target.threshold_milli.unwrap_or(target.value_milli);
        let whole = |of: fn(&Measured) -> Option<i64>| {
            let measures: Vec<Measure> = found
                .iter()
                .filter_map(|(_, value)| {
                    let parts = (value.numerator, value.denominator);
                    of(value).map(|value| Measure { numerator: parts.0, denominator: parts.1, value })
                })
                .collect();
            roll_up(rule, &measures, threshold)
        };
        let reporting = found.iter().filter(|(_, value)| value.this.is_some());
        let said = reporting.clone().map(|(child, value)| Said {
            unit: child.unit.to_string(),
            name: child.name.clone(),
            text: value.this.map(crate::plans::model::read_target::written).unwrap_or_default(),
            href: line_href(child.report.id(), value.id),
        });
        let sum =
            |of: fn(&Measured) -> Option<i64>| found.iter().filter_map(|(_, value)| of(value)).reduce(|a, b| a + b);
        out.push(Measured {
            numerator: sum(|value| value.numerator),
            denominator: sum(|value| value.denominator),
            this: whole(|value| value.this),
            total: if rule == Rollup::Sum { whole(|value| value.total) } else { whole(|value| value.this) },
            year_ago: if rule == Rollup::Sum { whole(|value| value.year_ago) } else { None },
            status: worst(found.iter().map(|(_, value)| value.status.as_str())),
            evidence: String::new(),
            reported: reporting.clone().count(),
            expected: found.len().max(if found.len() == children.len() { bodies } else { 0 }),
            said: said.collect(),
            ..(*first).clone()
        });
    }
    out
}

/// A whole is no surer than its least sure part.
fn worst<'a>(statuses: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = statuses.filter(|status| !status.is_empty()).collect();
    let found = ["estimate", "preliminary", "official"].into_iter().find(|status| all.contains(status));
    found.unwrap_or_default().to_owned()
}

fn all_bodies(
    bodies: &BodiesPort,
    children: &[Child],
    expected: &HashSet<UnitId>,
    given: &HashMap<Uuid, i64>,
) -> Vec<BodyCounts> {
    let line = |unit: UnitId| {
        let child = children.iter().find(|child| child.unit == unit);
        let body = bodies.body(unit);
        let counts = BodyCounts {
            unit: unit.to_string(),
            name: body.as_ref().map(|body| body.name.clone()).unwrap_or_default(),
            counts: child.map(|child| child.content.counts),
            given: Some(given.get(&unit.uuid()).copied().unwrap_or(0)),
            href: child.map(|child| format!("/reports/{}", child.report.id())),
        };
        (body.map(|body| body.sort).unwrap_or_default(), counts)
    };
    let mut all: Vec<(String, BodyCounts)> = expected.iter().map(|unit| line(*unit)).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.into_iter().map(|(_, counts)| counts).collect()
}

fn ahead(children: &[Child]) -> Vec<String> {
    let mut seen = HashSet::new();
    let all = children.iter().flat_map(|child| child.content.ahead.iter());
    all.filter(|text| seen.insert(fold(text))).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_in_the_order_of_their_numbers() {
        let mut sections = ["II.10", "IX.1", "II.9", "X.1", "I.2.a"];
        sections.sort_by_key(|section| numbered(section));
        assert_eq!(sections, ["I.2.a", "II.9", "II.10", "IX.1", "X.1"]);
        let [nine, ten] = ["gạch đầu dòng thứ 9", "gạch đầu dòng thứ 10"];
        assert!(numbered(nine) < numbered(ten));
        assert!(numbered(&format!("3, {nine}")) < numbered(&format!("3, {ten}")));
    }

    #[test]
    fn the_whole_is_no_surer_than_its_parts() {
        assert_eq!(worst(["official", "estimate", ""].into_iter()), "estimate");
        assert_eq!(worst(["official"].into_iter()), "official");
    }
}
