//! What a person must decide before the plan counts.

use std::{collections::BTreeSet, sync::LazyLock};

use grammar::number;
use regex::Regex;

use crate::{
    Bound, Form, Place, Placed, Plan, Problem, ProblemKind as Kind, Reason, Recognised, SURE, Span, Target, Task,
    marker::{self, Level},
    order::{self, Via},
    paragraph::Paragraph,
};

/// A task, though it may not be said of it who leads.
const LIKELY: u8 = 75;

#[derive(Default)]
struct Found(Vec<Problem>);

/// What a problem is about.
#[derive(Default)]
struct About {
    source: Option<Span>,
    task: Option<String>,
    target: Option<String>,
}

impl From<&Task> for About {
    fn from(task: &Task) -> Self {
        Self { source: Some(task.source), task: Some(task.id.clone()), target: None }
    }
}

impl From<&Target> for About {
    fn from(target: &Target) -> Self {
        Self { source: Some(target.source), task: None, target: Some(target.id.clone()) }
    }
}

impl From<Span> for About {
    fn from(span: Span) -> Self {
        Self { source: Some(span), ..Self::default() }
    }
}

impl Found {
    fn say(&mut self, kind: Kind, about: impl Into<About>, vi: impl Into<String>, en: impl Into<String>) {
        let About { source, task, target } = about.into();
        self.0.push(Problem { kind, message_vi: vi.into(), message_en: en.into(), source, task, target });
    }
}

/// `unread`: sentences that a table of targets holds without a figure.
pub fn problems(
    plan: &Plan,
    paragraphs: &[Paragraph],
    recognised: &[Recognised],
    unread: &[(String, Span)],
) -> Vec<Problem> {
    let mut found = Found::default();
    document(plan, paragraphs, &mut found);
    plan.tasks.iter().for_each(|task| of_task(task, &mut found));
    order(&plan.tasks, &mut found);
    let appendix = appendix(paragraphs);
    plan.targets.iter().for_each(|target| of_target(target, &plan.targets, appendix, &mut found));
    for (text, span) in unread {
        let text: String = text.chars().take(120).collect();
        let (vi, en) =
            (format!("Chưa rõ giá trị của chỉ tiêu “{text}”."), format!("The target “{text}” has no figure."));
        found.say(Kind::NoFigure, *span, vi, en);
    }
    scanned(plan, recognised, &mut found);
    found.0
}

/// Sentences beside each other that found no place are asked about together, up to so many bytes.
const TOGETHER: usize = 1_500;

/// Sentences that found no place are asked about, and whatever looks like an order is said to.
pub fn unplaced(text: &str, places: &[Placed], problems: &mut Vec<Problem>) {
    let mut found = Found::default();
    let mut open: Option<(Span, usize)> = None;
    for placed in places.iter().filter(|placed| placed.reason != Some(Reason::Layout)) {
        let sentence = text.get(placed.source.start..placed.source.end).unwrap_or_default().trim();
        let asked = matches!(placed.place, Place::Unplaced | Place::Receivers | Place::Signature);
        // A whole sentence before the body.
        let before = matches!(placed.place, Place::Head | Place::Ground) && sentence.ends_with('.');
        let is_told = |order: order::Order| asked || order.via == Via::Given;
        let is_order = (asked || before) && placed.row.is_none() && order::order(sentence).is_some_and(is_told);
        let is_unplaced = placed.place == Place::Unplaced && !is_order;
        let joins = open.is_some_and(|(span, _)| placed.source.end - span.start <= TOGETHER);
        match open {
            Some((span, count)) if is_unplaced && joins => open = Some((span.to(placed.source), count + 1)),
            _ => {
                together(text, open.take(), &mut found);
                open = is_unplaced.then_some((placed.source, 1));
            }
        }
        if is_order {
            let short: String = sentence.chars().take(120).collect();
            let (vi, en) =
                (format!("Câu này có vẻ giao việc: “{short}”."), format!("This may be an order: “{short}”."));
            found.say(Kind::MaybeTask, placed.source, vi, en);
        }
    }
    together(text, open, &mut found);
    problems.extend(found.0);
}

fn together(text: &str, open: Option<(Span, usize)>, found: &mut Found) {
    let Some((span, count)) = open else { return };
    let short: String = text.get(span.start..span.end).unwrap_or_default().trim().chars().take(120).collect();
    let (vi, en) = if count == 1 {
        (format!("Chưa rõ câu này thuộc phần nào: “{short}”."), format!("This sentence found no place: “{short}”."))
    } else {
        (
            format!("Chưa rõ {count} câu này thuộc phần nào, từ: “{short}”."),
            format!("These {count} sentences found no place, from: “{short}”."),
        )
    };
    found.say(Kind::Unplaced, span, vi, en);
}

fn document(plan: &Plan, paragraphs: &[Paragraph], found: &mut Found) {
    if plan.tasks.is_empty() {
        found.say(
            Kind::NoTask,
            About::default(),
            "Không tìm thấy nhiệm vụ nào có cơ quan chủ trì trong văn bản.",
            "No task with a lead agency was found in the document.",
        );
    }
    if plan.document.number.as_ref().is_none_or(|number| number.starts_with('/')) {
        found.say(
            Kind::NumberBlank,
            About::default(),
            "Văn bản chưa có số; có thể là dự thảo.",
            "The document has no number; it may be a draft.",
        );
    }
    for (name, span) in missing_appendices(paragraphs) {
        found.say(
            Kind::NoSuchSection,
            span,
            format!("Văn bản dẫn tới {name} nhưng tệp không có phần này."),
            format!("The text refers to {name}, which is not in the file."),
        );
    }
    for (name, title, span) in wrong_parts(paragraphs) {
        let (vi, en) = match title {
            Some(title) => (
                format!("Văn bản nói nhiệm vụ ở {name}, nhưng phần đó là “{title}”."),
                format!("The text says that the tasks are in {name}, but that part is “{title}”."),
            ),
            None => (
                format!("Văn bản dẫn tới {name} nhưng không có phần này."),
                format!("The text refers to {name}, which is not there."),
            ),
        };
        found.say(Kind::NoSuchSection, span, vi, en);
    }
    let mottos = paragraphs.iter().filter(|paragraph| paragraph.text.len() < MOTTO).filter(|paragraph| {
        if !says_union(&paragraph.text) {
            return false;
        }
        let text = paragraph.text.to_uppercase();
        text.contains("CỘNG HÒA XÃ HỘI") || text.contains("CỘNG HOÀ XÃ HỘI") || text.contains("ĐẢNG CỘNG SẢN VIỆT NAM")
    });
    if let Some(second) = mottos.skip(1).find(|second| second.span.start > 3_000) {
        found.say(
            Kind::TwoDocuments,
            second.span,
            "Tệp có vẻ chứa hai văn bản: từ đây có một quốc hiệu nữa. Hãy tách tệp, mỗi văn bản nhập riêng.",
            "The file seems to hold two documents: another letterhead begins here. Take each in on its own.",
        );
    }
}

/// A motto, with what stands beside it, has fewer bytes than this.
const MOTTO: usize = 400;

/// Whether a text says "cộng" in any letters, as every motto does: most do not, and are looked at no further.
fn says_union(text: &str) -> bool {
    let ends = |at: usize| text.as_bytes().get(at..at + 2).is_some_and(|behind| behind.eq_ignore_ascii_case(b"ng"));
    text.match_indices(['ộ', 'Ộ']).any(|(at, vowel)| ends(at + vowel.len()))
}

/// "nhiệm vụ … tại Phần III của Kế hoạch này" where part III is missing or is not the one with the tasks.
fn wrong_parts(paragraphs: &[Paragraph]) -> Vec<(String, Option<String>, Span)> {
    static CITED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"nhiệm vụ[^.;]{0,120}?tại\s+((?:Phần|Mục|phần|mục)\s+([IVX]+))\s+(?:của\s+)?(?:Kế hoạch|kế hoạch) này",
        )
        .ok()
    });
    let Some(cited) = CITED.as_ref() else { return vec![] };
    let parts: Vec<(String, &str)> = paragraphs
        .iter()
        .filter(|paragraph| marker::level(&paragraph.text) == Some(Level::Roman))
        .filter_map(|paragraph| marker::marker(&paragraph.text))
        .map(|(mark, title)| (mark.label, title))
        .collect();
    if parts.len() < 2 {
        return vec![];
    }
    let mut told = BTreeSet::new();
    let mut out = Vec::new();
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.text.contains("ế hoạch này")) {
        for found in cited.captures_iter(&paragraph.text) {
            let title = parts.iter().find(|(label, _)| *label == found[2]).map(|(_, title)| *title);
            let right = title.is_some_and(|title| {
                let title = title.to_lowercase();
                ["nhiệm vụ", "giải pháp", "nội dung"].iter().any(|word| title.contains(word))
            });
            if !right && told.insert(found[2].to_owned()) {
                out.push((found[1].to_owned(), title.map(str::to_owned), paragraph.span));
            }
        }
    }
    out
}

/// "Phụ lục III" is cited, as a part of this document, and no part has this name.
fn missing_appendices(paragraphs: &[Paragraph]) -> Vec<(String, Span)> {
    static CITED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:tại|theo|kèm theo|ở|trong)\s+Phụ lục\s+(?:số\s+)?([IVX]+|\d+)(?-u:\b)(\s+(?:Nghị định|Thông tư|Quyết định|Nghị quyết|Luật|ban hành|kèm theo (?:Nghị|Thông|Quyết)))?").ok()
    });
    let Some(cited) = CITED.as_ref() else { return vec![] };
    let label = |paragraph: &Paragraph| {
        let is_part = marker::level(&paragraph.text) == Some(Level::Part);
        let (mark, _) = is_part.then(|| marker::marker(&paragraph.text)).flatten()?;
        Some(mark.label.rsplit(' ').next().unwrap_or_default().to_uppercase())
    };
    let present: BTreeSet<String> = paragraphs.iter().filter_map(label).collect();
    let mut told = BTreeSet::new();
    let mut out = Vec::new();
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.text.contains("Phụ lục")) {
        for found in cited.captures_iter(&paragraph.text).filter(|found| found.get(2).is_none()) {
            let name = found[1].to_uppercase();
            if !present.contains(&name) && told.insert(name.clone()) {
                out.push((format!("Phụ lục {name}"), paragraph.span));
            }
        }
    }
    out
}

fn of_task(task: &Task, found: &mut Found) {
    if task.form == Form::Table && task.confidence >= LIKELY {
        // A row it is; where it names nobody that is asked below.
        if task.confidence < SURE && !task.lead.is_empty() {
            let (vi, en) = ("Hàng này chưa rõ cơ quan nào chủ trì.", "It is not clear which body leads in this row.");
            found.say(Kind::MaybeTask, task, vi, en);
        }
    } else if task.confidence < SURE {
        let percent = task.confidence;
        found.say(
            Kind::MaybeTask,
            task,
            format!("Có phải nhiệm vụ không? Chương trình chắc {percent} %."),
            format!("Is this a task? The program is {percent} % sure."),
        );
    }
    if task.lead.is_empty() {
        found.say(Kind::NoLead, task, "Nhiệm vụ chưa rõ cơ quan chủ trì.", "The task names no lead agency.");
    }
    if task.time.raw.is_empty() {
        found.say(Kind::NoTime, task, "Nhiệm vụ chưa rõ thời gian thực hiện.", "The task names no time frame.");
    } else if task.time.kind.is_none() {
        let raw = &task.time.raw;
        found.say(
            Kind::TimeUnclear,
            task,
            format!("Chưa rõ thời hạn “{raw}”."),
            format!("The time frame “{raw}” is unclear."),
        );
    }
    if let (Some(Bound::Year(from)), Some(Bound::Year(to))) = (&task.time.from, &task.time.to)
        && to < from
    {
        found.say(
            Kind::EndBeforeStart,
            task,
            format!("Năm kết thúc {to} trước năm bắt đầu {from}."),
            format!("The end {to} is before the start {from}."),
        );
    }
    for body in task.lead.iter().chain(&task.coordinating).filter(|body| body.contains("liên quan")) {
        found.say(
            Kind::WhoIsConcerned,
            task,
            format!("“{body}” là những cơ quan nào?"),
            format!("Which bodies are meant by “{body}”?"),
        );
    }
}

/// Rows of a table are numbered without a gap; where they are not, a row may be lost or two may be one.
fn order(tasks: &[Task], found: &mut Found) {
    let number = |task: &Task| task.section.last().and_then(|label| label.rsplit('.').next()?.parse::<u32>().ok());
    for pair in tasks.windows(2).filter(|pair| pair.iter().all(|task| task.form == Form::Table)) {
        let (before, task) = (&pair[0], &pair[1]);
        match (number(before), number(task)) {
            (Some(last), Some(next)) if next != last + 1 && next != 1 => found.say(
                Kind::NumberOutOfOrder,
                task,
                format!("Số thứ tự nhảy từ {last} đến {next}: kiểm tra hàng bị sót hoặc trùng."),
                format!("The number jumps from {last} to {next}: a row may be missing or doubled."),
            ),
            (Some(_), None) => {
                found.say(Kind::NumberOutOfOrder, task, "Hàng này không có số thứ tự.", "This row has no number.");
            }
            _ => {}
        }
    }
}

/// Where the first appendix begins.
fn appendix(paragraphs: &[Paragraph]) -> Option<usize> {
    let begins = |paragraph: &&Paragraph| {
        marker::level(&paragraph.text) == Some(Level::Part)
            && marker::marker(&paragraph.text).is_some_and(|(mark, _)| mark.label.to_uppercase().starts_with("PHỤ LỤC"))
    };
    paragraphs.iter().find(begins).map(|paragraph| paragraph.span.start)
}

fn of_target(target: &Target, all: &[Target], appendix: Option<usize>, found: &mut Found) {
    if target.unit == "%" && target.value > 100.0 {
        found.say(
            Kind::ShareAboveWhole,
            target,
            format!("Chỉ tiêu {} % vượt quá 100 %.", written(target.value)),
            format!("The target of {} % is above 100 %.", written(target.value)),
        );
    }
    if number::scan(&target.text).iter().any(|figure| figure.doubt.is_some()) {
        let value = written(target.value);
        found.say(
            Kind::FigureUnclear,
            target,
            format!("Con số có thể đọc theo hai cách; chương trình đọc là {value}."),
            format!("The figure can be read in two ways; the program reads {value}."),
        );
    }
    let twin = target.mirrors.iter().find_map(|id| all.iter().find(|other| other.id == *id));
    if let Some(twin) = twin.filter(|twin| twin.id > target.id && twin.value.total_cmp(&target.value).is_ne()) {
        let (here, there, unit) = (written(target.value), written(twin.value), &target.unit);
        let in_both = appendix.is_some_and(|at| target.source.start < at && at <= twin.source.start);
        let (vi, en) = if in_both {
            (
                format!("Phần thân và phụ lục nêu khác nhau: {here} và {there} ({unit})."),
                format!("The body and the appendix differ: {here} and {there} ({unit})."),
            )
        } else {
            (
                format!("Văn bản nêu chỉ tiêu này hai lần, số khác nhau: {here} và {there} ({unit})."),
                format!("The document states this target twice, and differs: {here} and {there} ({unit})."),
            )
        };
        found.say(Kind::BodyAndAppendixDiffer, target, vi, en);
    }
}

fn written(value: f64) -> String {
    value.to_string().replace('.', ",")
}

/// Everything that was recognised from a picture is compared with the original by a person.
fn scanned(plan: &Plan, recognised: &[Recognised], found: &mut Found) {
    let least = |span: Span| {
        // Lines stand in the order of the text, and apart.
        let first = recognised.partition_point(|line| line.source.end <= span.start);
        let inside = recognised.iter().skip(first).take_while(|line| line.source.start < span.end);
        inside.map(|line| line.confidence).min()
    };
    let vi = |percent: u8| format!("Đọc từ bản quét (chắc chắn ít nhất {percent} %): cần kiểm tra với bản gốc.");
    let en = |percent: u8| format!("Recognised from a scan (at least {percent} % sure): compare with the original.");
    for task in &plan.tasks {
        if let Some(percent) = least(task.source) {
            found.say(Kind::CheckScan, task, vi(percent), en(percent));
        }
    }
    for target in &plan.targets {
        if let Some(percent) = least(target.source) {
            found.say(Kind::CheckScan, target, vi(percent), en(percent));
        }
    }
}
