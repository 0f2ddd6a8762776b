//! What only a consolidated report has: many bodies' words on one task, who is missing, the tables by body and by task.

use nd30::{Appendix, Block, Level, Run, Table};

use crate::{
    reporting::model::content::{Content, Gap, Said},
    work::model::counts::Counts,
};

/// Columns of figures in the appendices, and what stands where nobody knows.
const COUNTS: usize = 8;
pub(crate) const UNKNOWN: &str = "–";

/// Named, so that nobody takes silence for nothing.
pub(crate) fn missing(content: &Content, out: &mut Vec<Block>) {
    let names: Vec<&str> = content
        .gaps
        .iter()
        .filter_map(|gap| match gap {
            Gap::NoReport { name, .. } => Some(name.as_str()),
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

/// Many bodies: each task with how many did it, and what they say, each sentence leading to its report.
pub(crate) fn said_by_all(content: &Content, out: &mut Vec<Block>) {
    let mut last = String::new();
    for (number, work) in (1..).zip(&content.works) {
        let section = work.chapter();
        if section != last {
            out.push(Block::Heading(Level::Section, vec![section.clone().into()]));
            last = section;
        }
        let Counts { total, reported, late, .. } = work.counts;
        let mut runs = vec![
            Run::new(format!("{number}. ")),
            Run::link(work.text.trim_end_matches(['.', ';']), work.href.clone()),
            Run::new(format!(": {}/{total} cơ quan, đơn vị hoàn thành", work.counts.finished())),
        ];
        if reported > 0 {
            runs.push(Run::new(format!(", {reported} đã báo hoàn thành, chờ nghiệm thu")));
        }
        if late > 0 {
            runs.push(Run::new(format!(", {late} quá hạn")));
        }
        runs.push(". ".into());
        if !work.words.is_empty() {
            runs.push(Run::new(format!("{} ", work.words)));
        }
        out.push(Block::Paragraph(runs));
        if work.words.is_empty() {
            out.extend(together(&work.said).into_iter().map(Block::Item));
        }
    }
}

/// Bodies that say the same stand together; each name leads to its own report.
fn together(said: &[Said]) -> Vec<Vec<Run>> {
    let mut groups: Vec<(String, Vec<&Said>)> = Vec::new();
    for one in said {
        let key = kernel::text::fold(&one.text);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    let line = |(_, group): &(String, Vec<&Said>)| {
        let text = group[0].text.trim_end_matches('.');
        if let [one] = group.as_slice() {
            return vec![Run::new(format!("{}: ", one.name)), Run::link(format!("{text}."), one.href.clone())];
        }
        let mut runs = vec![Run::new(format!("{text} ({} cơ quan, đơn vị: ", group.len()))];
        for (at, one) in group.iter().enumerate() {
            runs.push(Run::link(one.name.clone(), one.href.clone()));
            runs.push(Run::new(if at + 1 < group.len() { "; " } else { ")." }));
        }
        runs
    };
    groups.iter().map(line).collect()
}

pub(crate) fn appendices(content: &Content) -> Vec<Appendix> {
    let counted = [
        "Tổng số",
        "Hoàn thành đúng hạn",
        "Hoàn thành quá hạn",
        "Chờ nghiệm thu",
        "Đang thực hiện, trong hạn",
        "Đang thực hiện, quá hạn",
        "Chưa đến hạn",
        "Tạm dừng, thôi theo dõi",
    ];
    let cells = |counts: &Counts| {
        let Counts { total, done, done_late, reported, running, late, not_yet, stopped } = *counts;
        [total, done, done_late, reported, running, late, not_yet, stopped].map(|count| Run::new(count.to_string()))
    };
    // Of a body that did not report, only what it was given is known.
    let unknown = |given: Option<i64>| {
        let given = given.map_or_else(|| UNKNOWN.to_owned(), |given| given.to_string());
        [Run::new(given)].into_iter().chain(vec![Run::new(UNKNOWN); COUNTS - 1])
    };
    let table = |first: &str, rows: Vec<Vec<Run>>| Table {
        head: ["STT", first].into_iter().chain(counted).map(str::to_owned).collect(),
        widths: [1, 8].into_iter().chain([2; COUNTS]).collect(),
        numeric: [true, false].into_iter().chain([true; COUNTS]).collect(),
        rows,
    };
    if content.bodies.is_empty() {
        return vec![];
    }
    let by_body = (1..).zip(&content.bodies).map(|(number, body): (usize, _)| {
        let name = match &body.href {
            Some(href) => Run::link(body.name.clone(), href.clone()),
            None => Run::new(format!("{} (chưa báo cáo)", body.name)).gap(),
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
    vec![
        annex("Kết quả thực hiện theo cơ quan, đơn vị", table("Cơ quan, đơn vị", by_body)),
        annex("Kết quả thực hiện theo nhiệm vụ", table("Nhiệm vụ", by_task.collect())),
    ]
}
