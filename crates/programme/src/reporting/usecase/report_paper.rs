//! A report's content as an official paper, in the order offices write it. Official papers are Vietnamese.

use kernel::{Ctx, Lang, Problem, UnitId, day};
use nd30::{Block, Kind, Level, Paper, Run, Signer, Table};
use webkit::Core;

use crate::{
    plans::{self, model::read_target::written},
    reporting::{
        model::content::{Content, Measured},
        store::{self, duty::DutyRole, report::ReportRow},
        usecase::report_paper_all as all,
    },
    targets::model::period::label_words,
    work::{
        model::counts::Counts,
        usecase::paper::{place, superior, symbol, trace},
    },
};

/// Whom the report goes to, through whom, and what it is about.
struct Head {
    to: Vec<String>,
    about: Vec<String>,
}

async fn head(core: &Core, report: &ReportRow) -> Result<Head, Problem> {
    let (conn, bodies) = (core.db().read(), core.bodies());
    let name = |unit: UnitId| bodies.body(unit).map(|body| body.name).unwrap_or_default();
    let mut head = Head { to: vec![], about: vec![] };
    for period in store::duty::periods_of_report(&conn, report.id).await? {
        let duty = store::duty::get(&conn, period.duty()).await?.ok_or_else(Problem::not_found)?;
        let receivers = store::duty::bodies(&conn, duty.id, DutyRole::Receives).await?;
        let via = store::duty::bodies(&conn, duty.id, DutyRole::Via).await?;
        let through = via.first().map(|unit| format!(" (qua {})", name(*unit))).unwrap_or_default();
        let receivers = if receivers.is_empty() { vec![duty.owner] } else { receivers };
        let own = report.unit();
        for unit in receivers.into_iter().filter(|unit| *unit != own) {
            let through = if via.first() == Some(&own) { "" } else { through.as_str() };
            let words = format!("{}{through}", name(unit));
            if !head.to.contains(&words) {
                head.to.push(words);
            }
        }
        if let Some(plan) = duty.plan {
            let plan = plans::store::plan::get(&conn, plan).await?.ok_or_else(Problem::not_found)?;
            let words = match plan.number.as_deref().filter(|number| !number.is_empty() && !number.starts_with('/')) {
                Some(number) => format!("Kế hoạch số {number}"),
                None => plan.label(),
            };
            if !head.about.contains(&words) {
                head.about.push(words);
            }
        }
    }
    Ok(head)
}

/// The paper; its number and day stay blank until the records clerk gives them.
pub async fn paper(core: &Core, ctx: &Ctx, report: &ReportRow, content: &Content) -> Result<Paper, Problem> {
    let unit = core.bodies().today(report.unit());
    let body = core.bodies().body(unit);
    let name = body.as_ref().map(|body| body.name.clone()).unwrap_or_default();
    let short = body.map(|body| body.short_name).unwrap_or_default();
    let head = head(core, report).await?;
    let own = report.number.as_deref().and_then(|number| number.split_once('/'));
    let about = if head.about.is_empty() { "nhiệm vụ được giao".into() } else { head.about.join(", ") };
    let title = format!("Kết quả thực hiện {about} {}", label_words(&report.label));
    Ok(Paper {
        superior: superior(core, unit)?,
        issuer: name.clone(),
        number: own.and_then(|(number, _)| number.trim().parse().ok()),
        symbol: own.map_or_else(|| symbol(Some("BC"), &name, &short), |(_, symbol)| symbol.to_owned()),
        place: place(core)?,
        issued: report.issued_on.as_deref().and_then(|day| day.parse().ok()),
        drafted: Some(ctx.today()),
        kind: Kind::Named { name: "Báo cáo".into(), about: title },
        to: head.to,
        body: body_of(report, content, &name, &about),
        signer: Signer { authority: authority(&name), name: None },
        copies: vec![],
        kept: "VT".into(),
        appendices: if report.consolidated { all::appendices(content) } else { vec![] },
        trace: trace(core, ctx, Lang::Vi).await?,
    })
}

fn authority(name: &str) -> Vec<String> {
    if name.starts_with("UBND") || name.starts_with("Ủy ban nhân dân") {
        vec!["TM. Ủy ban nhân dân".into(), "Chủ tịch".into()]
    } else if name.starts_with("Sở") {
        vec!["Giám đốc".into()]
    } else {
        vec!["Thủ trưởng cơ quan".into()]
    }
}

fn day_words(text: &str) -> String {
    text.parse().map(|date| day::show(date, Lang::Vi)).unwrap_or_default()
}

fn paragraph(runs: Vec<Run>) -> Block {
    Block::Paragraph(runs)
}

fn words(text: &str) -> impl Iterator<Item = Block> + '_ {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| paragraph(vec![Run::new(line.trim())]))
}

fn body_of(report: &ReportRow, content: &Content, name: &str, about: &str) -> Vec<Block> {
    let part = |text: &str| Block::Heading(Level::Part, vec![text.into()]);
    let mut out = Vec::new();
    if content.intro.trim().is_empty() {
        let from = (day_words(&report.from_on), day_words(&report.to_on));
        let text = format!("Thực hiện {about}, {name} báo cáo kết quả từ ngày {} đến ngày {} như sau:", from.0, from.1);
        out.push(paragraph(vec![text.into()]));
    } else {
        out.extend(words(&content.intro));
    }
    if content.nothing {
        out.push(paragraph(vec!["Trong kỳ không phát sinh nội dung báo cáo.".into()]));
    }
    out.push(part("I. TÌNH HÌNH THỰC HIỆN NHIỆM VỤ"));
    out.push(paragraph(counted(report, content)));
    if report.consolidated {
        all::said_by_all(content, &mut out);
    } else {
        said(content, &mut out);
    }
    out.push(part("II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU"));
    if content.values.is_empty() {
        out.push(paragraph(vec!["Không có chỉ tiêu phải báo cáo trong kỳ.".into()]));
    } else {
        out.push(Block::Table(values(content, report.consolidated)));
    }
    out.push(part("III. KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ"));
    hindrances(content, report.consolidated, &mut out);
    out.push(part("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI"));
    out.extend(words(&content.plans_ahead));
    if !content.ahead.is_empty() {
        out.push(paragraph(vec!["Các nhiệm vụ đến hạn trong kỳ tới:".into()]));
        out.extend(
            content
                .ahead
                .iter()
                .map(|text| Block::Item(vec![format!("{};", text.trim_end_matches(['.', ';'])).into()])),
        );
    } else if content.plans_ahead.trim().is_empty() {
        out.push(paragraph(vec![Run::new("Tiếp tục thực hiện các nhiệm vụ theo kế hoạch.")]));
    }
    if report.consolidated {
        all::missing(content, &mut out);
    }
    out
}

fn figure(report: &ReportRow, value: i64, state: &str) -> Run {
    let lead = if report.consolidated { String::new() } else { format!("&lead={}", report.unit()) };
    Run::link(value.to_string(), format!("/tasks?state={state}{lead}"))
}

fn counted(report: &ReportRow, content: &Content) -> Vec<Run> {
    let Counts { done, done_late, reported, running, late, not_yet, stopped, .. } = content.counts;
    let mut out = given(report, content);
    out.push("Trong đó: hoàn thành ".into());
    let figures = [
        ("", content.counts.finished(), "finished"),
        (" (đúng hạn ", done, "done"),
        (", quá hạn ", done_late, "done_late"),
        ("); đã báo hoàn thành, chờ nghiệm thu ", reported, "reported"),
        (&format!("; đang thực hiện {} (trong hạn ", running + late), running, "running"),
        (", quá hạn ", late, "late"),
        ("); chưa đến hạn ", not_yet, "not_yet"),
        ("; tạm dừng, thôi theo dõi ", stopped, "stopped"),
    ];
    out.extend(figures.into_iter().flat_map(|(words, value, state)| [words.into(), figure(report, value, state)]));
    out.push(".".into());
    out
}

/// How many tasks were given; whose stand is not known is said, and counted as neither.
fn given(report: &ReportRow, content: &Content) -> Vec<Run> {
    let known = content.counts.total;
    let mut out = vec!["Tổng số nhiệm vụ được giao: ".into(), figure(report, known + content.unreported(), "")];
    if !report.consolidated {
        out.push(". ".into());
        return out;
    }
    let came = content.bodies.iter().filter(|body| body.href.is_some()).count();
    let all = content.bodies.len();
    let missing = match all - came {
        0 => String::new(),
        count => {
            format!(
                ", trong đó {} nhiệm vụ của {count} cơ quan, đơn vị chưa gửi báo cáo nên chưa có số liệu",
                content.unreported()
            )
        }
    };
    out.push(Run::new(format!(
        " của {all} cơ quan, đơn vị{missing}. Số liệu dưới đây tổng hợp từ báo cáo của {came}/{all} cơ quan, đơn vị về {known} nhiệm vụ. "
    )));
    out
}

fn state_words(counts: Counts) -> &'static str {
    match counts {
        Counts { done: 1.., .. } => "hoàn thành đúng hạn",
        Counts { done_late: 1.., .. } => "hoàn thành quá hạn",
        Counts { reported: 1.., .. } => "đã báo hoàn thành, chờ nghiệm thu",
        Counts { late: 1.., .. } => "đang thực hiện, quá hạn",
        _ => "đang thực hiện",
    }
}

/// One body: its tasks by the plan's own parts, each with what was done.
fn said(content: &Content, out: &mut Vec<Block>) {
    let mut last = String::new();
    for (number, work) in (1..).zip(&content.works) {
        let section = work.chapter();
        if section != last {
            out.push(Block::Heading(Level::Section, vec![Run::link(section.clone(), "/plans")]));
            last = section;
        }
        let percent = work.percent.filter(|_| work.counts.finished() + work.counts.reported == 0);
        let percent = percent.map(|percent| format!(", đạt {percent}%")).unwrap_or_default();
        let mut runs = vec![
            Run::new(format!("{number}. ")),
            Run::link(work.text.trim_end_matches(['.', ';']), work.href.clone()),
            Run::new(format!(" ({}{percent}). ", state_words(work.counts))),
        ];
        if work.nothing {
            runs.push("Không phát sinh trong kỳ.".into());
        } else if work.words.is_empty() {
            runs.push(Run::new(if work.counts.late > 0 { "" } else { "Chưa có kết quả mới trong kỳ." }).gap());
        } else {
            runs.push(Run::new(format!("{}.", work.words.trim_end_matches('.'))));
        }
        if !work.evidence.is_empty() {
            runs.push(Run { italic: true, ..Run::new(format!(" Minh chứng: {}.", work.evidence.join("; "))) });
        }
        out.push(paragraph(runs));
    }
}

fn status_words(status: &str) -> &'static str {
    match status {
        "estimate" => "ước",
        "preliminary" => "sơ bộ",
        "official" => "chính thức",
        _ => "",
    }
}

/// Kỳ này, lũy kế, cùng kỳ, % kế hoạch; beside each how sure it is and how complete.
fn values(content: &Content, consolidated: bool) -> Table {
    let mut head: Vec<&str> =
        vec!["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Kỳ này", "Lũy kế", "Cùng kỳ", "% kế hoạch", "Ghi chú"];
    let mut widths = vec![1, 6, 2, 2, 2, 2, 2, 2, 3];
    let mut numeric = vec![true, false, false, true, true, true, true, true, false];
    if consolidated {
        head.insert(8, "Số đơn vị báo cáo");
        widths.insert(8, 2);
        numeric.insert(8, true);
    }
    // What nobody gave is not nothing.
    let cell = |value: Option<i64>| value.map_or_else(|| all::UNKNOWN.to_owned(), written);
    let row = |(number, value): (usize, &Measured)| {
        let this = match value.this {
            Some(this) => Run::link(written(this), value.href.clone()),
            None => Run::new(all::UNKNOWN).gap(),
        };
        let mut cells = vec![
            Run::new(number.to_string()),
            Run::new(value.text.clone()),
            Run::new(value.unit.clone()),
            Run::new(cell(value.planned)),
            this,
            Run::new(cell(value.total)),
            Run::new(cell(value.year_ago)),
            Run::new(value.share_of_plan().map_or_else(|| all::UNKNOWN.to_owned(), |share| share.to_string())),
            Run::new(status_words(&value.status)),
        ];
        if consolidated {
            cells.insert(8, Run::new(format!("{}/{}", value.reported, value.expected)));
        }
        cells
    };
    Table {
        head: head.into_iter().map(str::to_owned).collect(),
        widths,
        numeric,
        rows: (1..).zip(&content.values).map(row).collect(),
    }
}

fn hindrances(content: &Content, consolidated: bool, out: &mut Vec<Block>) {
    if content.difficulties.is_empty() {
        out.push(paragraph(vec!["Không có khó khăn, vướng mắc.".into()]));
    }
    for row in &content.difficulties {
        let mut runs = Vec::new();
        if consolidated {
            runs.push(Run::new(format!("{}: ", row.name)));
        }
        runs.push(Run::link(format!("{}.", row.text.trim_end_matches('.')), row.href.clone()));
        if !row.proposal.is_empty() {
            runs.push(Run::new(format!(" Kiến nghị: {}.", row.proposal.trim_end_matches('.'))));
        }
        if let Some(answer) = &row.answer {
            runs.push(Run::new(format!(" Đã được trả lời: {}.", answer.trim_end_matches('.'))));
        }
        out.push(Block::Item(runs));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_named_as_offices_do() {
        for (label, words) in [
            ("2026-M11", "tháng 11 năm 2026"),
            ("2026-Q4", "quý IV năm 2026"),
            ("2026-H1", "6 tháng đầu năm 2026"),
            ("2026", "năm 2026"),
        ] {
            assert_eq!(label_words(label), words);
        }
    }
}
