//! A report's figures as a workbook to reckon with and to print.

use kernel::Problem;
use webkit::{
    Core,
    book::{Page, Value, book, milli},
    heavy,
};

use crate::{
    plans::model::naming::full_name,
    reporting::{
        model::{
            content::{BodyCounts, Content, Measured, Said, Work},
            similar::{Alike, alike},
        },
        store::report::ReportRow,
        usecase::report_paper_all::{HEADS, UNKNOWN, figures},
    },
    targets::model::period::label_words,
    work::{model::counts::Counts, usecase::paper::official},
};

/// Tasks, values and, of many, the bodies: a sheet each.
pub async fn workbook(core: &Core, report: &ReportRow, content: Content) -> Result<Vec<u8>, Problem> {
    let unit = core.bodies().today(report.unit());
    let name = core.bodies().body(unit).map(|body| body.name).unwrap_or_default();
    let notes = notes(report, official(core, &name));
    let (label, consolidated) = (label_words(&report.label), report.consolidated);
    heavy(move || book(&pages(&content, consolidated, &label, &notes))).await?
}

/// Whose it is, its number and day, and whether anybody approved it.
fn notes(report: &ReportRow, issuer: String) -> Vec<String> {
    let number = report.number.as_ref().map(|number| format!("Số: {number}"));
    let draft = report.is_draft().then(|| nd30::DRAFT.to_owned());
    [issuer].into_iter().chain(number).chain(draft).collect()
}

fn pages(content: &Content, consolidated: bool, label: &str, notes: &[String]) -> Vec<Page> {
    let page = |name: &str, title: &str, heads: Vec<&str>, rows, total| Page {
        name: name.to_owned(),
        title: format!("{title} {label}"),
        notes: notes.to_vec(),
        heads: heads.into_iter().map(str::to_owned).collect(),
        rows,
        total,
    };
    let mut heads = vec!["STT", "Kế hoạch", "Mục", "Nhiệm vụ", "Tổng số", "Hoàn thành", "Quá hạn", "Kết quả trong kỳ"];
    heads.extend(consolidated.then_some("Đánh giá của cơ quan tổng hợp"));
    let works = (1..).zip(&content.works).map(|(number, work)| work_row(number, work, consolidated)).collect();
    let mut tasks =
        page("Nhiệm vụ", "Kết quả thực hiện nhiệm vụ", heads, works, Some(sum(&content.counts, consolidated)));
    let own = content.assessment.lines().filter(|line| !line.trim().is_empty());
    tasks.notes.extend(own.map(|line| format!("Đánh giá chung: {}", line.trim())));
    let heads = vec![
        "STT",
        "Kế hoạch",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Kế hoạch năm",
        "Kỳ này",
        "Lũy kế",
        "Cùng kỳ",
        "% kế hoạch",
        "Đơn vị đã báo cáo",
        "Đơn vị phải báo cáo",
    ];
    let values = (1..).zip(&content.values).map(|(number, value)| value_row(number, value)).collect();
    let mut out = vec![tasks, page("Chỉ tiêu", "Kết quả thực hiện chỉ tiêu", heads, values, None)];
    if !content.bodies.is_empty() {
        let heads = ["STT", "Cơ quan, đơn vị"].into_iter().chain(HEADS).collect();
        let bodies = (1..).zip(&content.bodies).map(|(number, body)| body_row(number, body)).collect();
        out.push(page("Cơ quan, đơn vị", "Kết quả thực hiện theo cơ quan, đơn vị", heads, bodies, None));
        let heads = vec!["STT", "Nhiệm vụ", "Cơ quan, đơn vị", "Nội dung báo cáo"];
        out.push(page(
            "Nội dung báo cáo",
            "Nội dung báo cáo của từng cơ quan, đơn vị",
            heads,
            said_rows(content),
            None,
        ));
    }
    out
}

fn count(count: i64) -> Value {
    milli(Some(count.saturating_mul(1000)), "")
}

fn order(number: usize) -> Value {
    count(i64::try_from(number).unwrap_or(i64::MAX))
}

fn done(counts: &Counts) -> [Value; 3] {
    [counts.total, counts.finished(), counts.late].map(count)
}

fn work_row(number: usize, work: &Work, consolidated: bool) -> Vec<Value> {
    let result = if consolidated {
        folded(work)
    } else if work.nothing {
        "Không phát sinh".to_owned()
    } else {
        work.words.clone()
    };
    let mut row: Vec<Value> =
        vec![order(number), work.plan.clone().into(), work.section.clone().into(), work.text.clone().into()];
    row.extend(done(&work.counts));
    row.push(result.into());
    row.extend(consolidated.then(|| Value::from(work.words.clone())));
    row
}

/// What many say, a line for each thing said; who said it stands on a sheet of its own.
fn folded(work: &Work) -> String {
    let said: Vec<(&str, &str)> = work.said.iter().map(Said::words).collect();
    let line = |group: &Alike| format!("{}/{}: {}", group.members.len(), said.len(), group.text);
    alike(&said).iter().map(line).collect::<Vec<_>>().join("\n")
}

fn said_rows(content: &Content) -> Vec<Vec<Value>> {
    let works = (1..).zip(&content.works);
    let rows = works.flat_map(|(number, work)| work.said.iter().map(move |said| (number, work, said)));
    let row = |(number, work, said): (usize, &Work, &Said)| {
        vec![order(number), work.text.clone().into(), full_name(&said.name).into(), said.text.clone().into()]
    };
    rows.map(row).collect()
}

fn sum(counts: &Counts, consolidated: bool) -> Vec<Value> {
    let mut row: Vec<Value> = vec!["".into(), "".into(), "".into(), "Tổng cộng".into()];
    row.extend(done(counts));
    row.push("".into());
    row.extend(consolidated.then(|| Value::from("")));
    row
}

fn value_row(number: usize, value: &Measured) -> Vec<Value> {
    let figure = |of: Option<i64>| milli(of, &value.unit);
    let share = value.share_of_plan().map(|share| share.saturating_mul(1000));
    vec![
        order(number),
        value.plan.clone().into(),
        value.text.clone().into(),
        value.unit.clone().into(),
        figure(value.planned),
        figure(value.this),
        figure(value.total),
        figure(value.year_ago),
        milli(share, "%"),
        order(value.reported),
        order(value.expected),
    ]
}

/// Of a body whose report has not come only what it was given is known.
fn body_row(number: usize, body: &BodyCounts) -> Vec<Value> {
    let cells: [Value; 8] = match body.reported() {
        Some(counts) => figures(&counts).map(count),
        None => {
            let given = body.given.map_or_else(|| Value::from(UNKNOWN), count);
            std::array::from_fn(|at| if at == 0 { given.clone() } else { UNKNOWN.into() })
        }
    };
    [order(number), full_name(&body.name).into()].into_iter().chain(cells).collect()
}
