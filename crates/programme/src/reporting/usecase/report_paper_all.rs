//! What only a consolidated report has: many bodies' words on one task, who is missing, the tables by body and by task.

use nd30::{Appendix, Block, Column, Run, Table};

use crate::{
    plans::model::naming::full_name,
    reporting::{
        model::content::{Content, Gap, Work},
        usecase::report_paper_said::Details,
    },
    work::model::counts::Counts,
};

/// Columns of figures, and what stands where nobody knows.
const COUNTS: usize = 8;
pub(crate) const UNKNOWN: &str = "–";

/// What stands above the columns, in the order of [`figures`].
pub(crate) const HEADS: [&str; COUNTS] = [
    "Tổng số",
    "Hoàn thành đúng hạn",
    "Hoàn thành quá hạn",
    "Chờ nghiệm thu",
    "Đang thực hiện, trong hạn",
    "Đang thực hiện, quá hạn",
    "Chưa đến hạn",
    "Tạm dừng, thôi theo dõi",
];

pub(crate) fn figures(counts: &Counts) -> [i64; COUNTS] {
    let Counts { total, done, done_late, reported, running, late, not_yet, stopped } = *counts;
    [total, done, done_late, reported, running, late, not_yet, stopped]
}

/// Named, so that nobody takes silence for nothing.
pub(crate) fn missing(content: &Content, out: &mut Vec<Block>) {
    let names: Vec<String> = content
        .gaps
        .iter()
        .filter_map(|gap| match gap {
            Gap::NoReport { name, .. } => Some(full_name(name)),
            Gap::LateUnsaid { .. } | Gap::NoValue { .. } => None,
        })
        .collect();
    if !names.is_empty() {
        let text = format!(
            "Đến thời điểm tổng hợp còn {} cơ quan, đơn vị chưa gửi báo cáo: {}. Số liệu nêu trên chưa bao gồm các cơ quan, đơn vị này.",
            names.len(),
            names.join("; ")
        );
        out.push(Block::Paragraph(vec![Run::new(text).gap()]));
    }
}

/// A task, and how many bodies have done it.
pub(crate) fn stand(number: usize, work: &Work) -> Vec<Run> {
    let Counts { total, reported, late, .. } = work.counts;
    let mut runs = vec![
        Run::new(format!("({number}) ")),
        Run::link(work.text.trim_end_matches(['.', ';']), work.href.clone()),
        Run::new(format!(": {}/{total} cơ quan, đơn vị hoàn thành", work.counts.finished())),
    ];
    if reported > 0 {
        runs.push(Run::new(format!(", {reported} đã báo hoàn thành, chờ nghiệm thu")));
    }
    if late > 0 {
        runs.push(Run::new(format!(", {late} quá hạn")));
    }
    runs.push(".".into());
    runs
}

/// Who did how much, how each task stands, and what only few say of it.
pub(crate) fn appendices(content: &Content, details: Details) -> Vec<Appendix> {
    let cells = |counts: &Counts| figures(counts).map(|count| Run::new(count.to_string()));
    // Of a body that did not report, only what it was given is known.
    let unknown = |given: Option<i64>| {
        let given = given.map_or_else(|| UNKNOWN.to_owned(), |given| given.to_string());
        [Run::new(given)].into_iter().chain(vec![Run::new(UNKNOWN); COUNTS - 1])
    };
    let table = |first: &str, rows: Vec<Vec<Run>>| Table {
        head: ["STT", first].into_iter().chain(HEADS).map(str::to_owned).collect(),
        columns: [Column::Order, Column::Words].into_iter().chain([Column::Numbers; COUNTS]).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(|run| vec![run]).collect()).collect(),
    };
    if content.bodies.is_empty() {
        return vec![];
    }
    let by_body = (1..).zip(&content.bodies).map(|(number, body): (usize, _)| {
        let name = full_name(&body.name);
        let name = match &body.href {
            Some(href) => Run::link(name, href.clone()),
            None => Run::new(format!("{name} (chưa báo cáo)")).gap(),
        };
        let counts: Vec<Run> = match body.reported() {
            Some(counts) => cells(&counts).into(),
            None => unknown(body.given).collect(),
        };
        [Run::new(number.to_string()), name].into_iter().chain(counts).collect()
    });
    let all = Counts { total: content.counts.total + content.unreported(), ..content.counts };
    let sum = [Run::new(""), Run { bold: true, ..Run::new("Tổng cộng") }].into_iter().chain(cells(&all));
    let by_body = by_body.chain([sum.collect()]).collect();
    let by_task = (1..).zip(&content.works).map(|(number, work): (usize, _)| {
        [Run::new(number.to_string()), Run::link(work.text.clone(), work.href.clone())]
            .into_iter()
            .chain(cells(&work.counts))
            .collect()
    });
    let annex = |title: &str, table| Appendix { title: title.into(), body: vec![Block::Table(table)], landscape: true };
    let counted = [
        annex("Kết quả thực hiện theo cơ quan, đơn vị", table("Cơ quan, đơn vị", by_body)),
        annex("Kết quả thực hiện theo nhiệm vụ", table("Nhiệm vụ", by_task.collect())),
    ];
    let said = details.table().map(|table| annex("Nội dung báo cáo của các cơ quan, đơn vị theo nhiệm vụ", table));
    counted.into_iter().chain(said).collect()
}
