//! A report's content as an official paper, in the order offices write it. Official papers are Vietnamese.

use kernel::{Ctx, Lang, Problem, UnitId, day};
use nd30::{Appendix, Block, Column, Kind, Level, Paper, Run, Signer, Table};
use webkit::{Core, heavy};

use crate::{
    plans::{
        self,
        model::{
            cite::Cited,
            naming::{authority, full_name},
            read_target::written,
        },
    },
    reporting::{
        model::content::{Content, Measured, Work},
        store::{self, duty::DutyRole, report::ReportRow},
        usecase::{
            report_notes::cite,
            report_paper_all as all,
            report_paper_said::{Chapters, Cites, Details, ended, of_all},
        },
    },
    targets::model::period::label_words,
    work::{
        model::counts::Counts,
        usecase::paper::{official, place, superior, symbol, trace},
    },
};

/// Whom the report goes to, through whom, and what it is about.
struct Head {
    to: Vec<String>,
    about: Vec<Cited>,
}

async fn head(core: &Core, report: &ReportRow) -> Result<Head, Problem> {
    let (conn, bodies) = (core.db().read(), core.bodies());
    let name = |unit: UnitId| bodies.body(unit).map(|body| official(core, &body.name)).unwrap_or_default();
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
            if head.about.iter().all(|known| known.id != plan.id) {
                head.about.push(cite(core, &plan));
            }
        }
    }
    Ok(head)
}

/// The paper; its number and day stay blank until the records clerk gives them.
pub async fn paper(core: &Core, ctx: &Ctx, report: &ReportRow, content: &Content) -> Result<Paper, Problem> {
    let unit = core.bodies().today(report.unit());
    let (name, short) = core.bodies().body(unit).map(|body| (body.name, body.short_name)).unwrap_or_default();
    let head = head(core, report).await?;
    let own = report.number.as_deref().and_then(|number| number.split_once('/'));
    let issuer = official(core, &name);
    // What many bodies say is compared sentence by sentence: how many there are nobody here decides.
    let (row, said, own_name) = (report.clone(), content.clone(), issuer.clone());
    let (head, body, appendices) = heavy(move || {
        let (body, appendices) = body_of(&row, &said, &own_name, &head);
        (head, body, appendices)
    })
    .await?;
    let words = &content.paper;
    Ok(Paper {
        superior: superior(core, unit),
        number: own.and_then(|(number, _)| number.trim().parse().ok()),
        symbol: own.map_or_else(|| symbol(Some("BC"), &name, &short), |(_, symbol)| symbol.to_owned()),
        place: place(core, unit),
        issued: report.issued_on.as_deref().and_then(|day| day.parse().ok()),
        drafted: Some(ctx.today()),
        kind: Kind::Named { name: "Báo cáo".into(), about: subject(report, &head) },
        body,
        signer: Signer { authority: authority(&name, &words.post), name: filled(&words.signer) },
        copies: copies(&words.copies),
        kept: kept(report, &words.kept),
        appendices,
        is_draft: report.is_draft(),
        trace: trace(core, ctx, Lang::Vi).await?,
        to: head.to,
        issuer,
    })
}

fn filled(words: &str) -> Option<String> {
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// A line each, without the marks that the layout sets.
fn copies(words: &str) -> Vec<String> {
    let bare = |line: &str| line.trim().trim_start_matches('-').trim().trim_end_matches([';', '.']).trim().to_owned();
    words.lines().map(bare).filter(|line| !line.is_empty()).collect()
}

/// Who keeps it. A draft leaves room for who drafted it.
fn kept(report: &ReportRow, words: &str) -> String {
    let own = words.trim().trim_start_matches("VT").trim_start_matches([',', ' ']).trim_end_matches('.').trim();
    match own {
        "" if report.is_draft() => "VT, ……".into(),
        "" => "VT".into(),
        own => format!("VT, {own}"),
    }
}

/// Trích yếu.
fn subject(report: &ReportRow, head: &Head) -> String {
    let about: Vec<String> = head.about.iter().map(Cited::short).collect();
    let about = if about.is_empty() { "nhiệm vụ được giao".into() } else { about.join(", ") };
    format!("Kết quả thực hiện {about} {}", label_words(&report.label))
}

fn day_words(text: &str) -> String {
    text.parse().map(|date| day::show(date, Lang::Vi)).unwrap_or_default()
}

fn paragraph(runs: Vec<Run>) -> Block {
    Block::Paragraph(runs)
}

fn words(text: &str) -> impl Iterator<Item = Block> + '_ {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| paragraph(vec![Run::new(ended(line))]))
}

fn body_of(report: &ReportRow, content: &Content, name: &str, head: &Head) -> (Vec<Block>, Vec<Appendix>) {
    let part = |text: &str| Block::Heading(Level::Part, vec![text.into()]);
    let mut cites = Cites::new(&content.cited);
    let about: Vec<String> = head.about.iter().map(|cited| cites.name(cited)).collect();
    let about = if about.is_empty() { "nhiệm vụ được giao".into() } else { about.join(", ") };
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
    out.extend(words(&content.assessment));
    let details = said(report, content, cites, &mut out);
    out.push(part("II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU"));
    if content.values.is_empty() {
        out.push(paragraph(vec!["Không có chỉ tiêu phải báo cáo trong kỳ.".into()]));
    } else {
        out.push(Block::Table(values(content, report.consolidated)));
    }
    out.push(part("III. KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ"));
    hindrances(content, report.consolidated, &mut out);
    out.push(part("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI"));
    ahead(content, &mut out);
    let appendices = if report.consolidated { all::appendices(content, details) } else { vec![] };
    if report.consolidated {
        all::missing(content, &mut out);
    }
    out.push(paragraph(vec![closing(name, head, appendices.len()).into()]));
    (out, appendices)
}

fn ahead(content: &Content, out: &mut Vec<Block>) {
    out.extend(words(&content.plans_ahead));
    let last = content.ahead.len();
    if last > 0 {
        out.push(paragraph(vec!["Các nhiệm vụ đến hạn trong kỳ tới:".into()]));
        out.extend((1..).zip(&content.ahead).map(|(at, text)| {
            let end = if at == last { '.' } else { ';' };
            Block::Item(vec![format!("{}{end}", text.trim_end_matches(['.', ';'])).into()])
        }));
    } else if content.plans_ahead.trim().is_empty() {
        out.push(paragraph(vec![Run::new("Tiếp tục thực hiện các nhiệm vụ theo kế hoạch.")]));
    }
}

/// Says to whom it is reported, and which appendices belong to it.
fn closing(name: &str, head: &Head, appendices: usize) -> String {
    let annexes = match appendices {
        0 => String::new(),
        1 => " (kèm theo Phụ lục)".into(),
        count => format!(" (kèm theo {count} Phụ lục)"),
    };
    match head.to.as_slice() {
        [] => format!("Trên đây là báo cáo của {name}{annexes}."),
        to => format!("Trên đây là báo cáo của {name}{annexes}, kính báo cáo {}.", to.join(", ")),
    }
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

/// The tasks by the plans' own parts, each with what was done; what many bodies say only in few words.
fn said<'a>(report: &ReportRow, content: &'a Content, cites: Cites<'a>, out: &mut Vec<Block>) -> Details {
    let (mut chapters, mut details) = (Chapters::new(content, cites), Details::default());
    for (number, work) in (1..).zip(&content.works) {
        chapters.enter(work, out);
        if report.consolidated {
            out.push(paragraph(all::stand(number, work)));
            of_all(number, work, &mut details, out);
        } else {
            out.push(paragraph(said_of(number, work)));
        }
    }
    details
}

fn said_of(number: usize, work: &Work) -> Vec<Run> {
    let percent = work.percent.filter(|_| work.counts.finished() + work.counts.reported == 0);
    let percent = percent.map(|percent| format!(", đạt {percent}%")).unwrap_or_default();
    let mut runs = vec![
        Run::new(format!("({number}) ")),
        Run::link(work.text.trim_end_matches(['.', ';']), work.href.clone()),
        Run::new(format!(" ({}{percent}). ", state_words(work.counts))),
    ];
    if work.nothing {
        runs.push("Không phát sinh trong kỳ.".into());
    } else if work.words.is_empty() {
        runs.push(Run::new(if work.counts.late > 0 { "" } else { "Chưa có kết quả mới trong kỳ." }).gap());
    } else {
        runs.push(Run::new(ended(&work.words)));
    }
    if !work.evidence.is_empty() {
        runs.push(Run { italic: true, ..Run::new(format!(" Minh chứng: {}.", work.evidence.join("; "))) });
    }
    runs
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
    let mut columns = vec![Column::Order, Column::Words, Column::Words];
    columns.extend([Column::Numbers; 5]);
    columns.push(Column::Words);
    if consolidated {
        head.insert(8, "Số đơn vị báo cáo");
        columns.insert(8, Column::Numbers);
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
        cells.into_iter().map(|run| vec![run]).collect()
    };
    Table {
        head: head.into_iter().map(str::to_owned).collect(),
        columns,
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
            runs.push(Run::new(format!("{}: ", full_name(&row.name))));
        }
        runs.push(Run::link(ended(&row.text), row.href.clone()));
        if !row.proposal.is_empty() {
            runs.push(Run::new(format!(" Kiến nghị: {}", ended(&row.proposal))));
        }
        if let Some(answer) = &row.answer {
            runs.push(Run::new(format!(" Đã được trả lời: {}", ended(answer))));
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
