//! Duties of bodies: what the chapter on organisation assigns, who reports to whom, and where difficulties go.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Duty, DutyKind, Span, addressed,
    marker::Level,
    order::{self, Via},
    outline::{Block, Chapter},
    sentence, who, work,
};

/// `is_listed` where the document lists its tasks with labels or in a table: then its chapter on organisation assigns
/// duties; else what it says there is the work itself.
pub fn duties(blocks: &[Block], is_listed: bool) -> Vec<Duty> {
    let mut out = Vec::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.fields.is_empty()) {
        match block.chapter() {
            Chapter::Organisation | Chapter::Reporting if organisation(blocks, at, &mut out) == Body::Ended => break,
            Chapter::Funding => out.extend(funding(block)),
            _ => {}
        }
    }
    let reports: Vec<Duty> = out.iter().filter_map(report).collect();
    out.retain(|duty| is_listed && !is_closing(&duty.text));
    out.extend(reports);
    out
}

#[derive(PartialEq, Eq)]
enum Body {
    GoesOn,
    Ended,
}

fn funding(block: &Block) -> impl Iterator<Item = Duty> {
    let duties = block.texts.iter().filter(|text| text.text.contains("có trách nhiệm"));
    duties.map(|text| assignment(who(block, text.text), text.text, text.span))
}

fn organisation(blocks: &[Block], at: usize, out: &mut Vec<Duty>) -> Body {
    let block = &blocks[at];
    let chapter = block.mark.as_ref().is_some_and(|mark| mark.level <= Level::Roman);
    let under = blocks.get(at + 1).is_some_and(|next| next.above.len() > block.above.len());
    for (index, text) in block.texts.iter().enumerate() {
        if text.text.to_lowercase().starts_with("nơi nhận") {
            return Body::Ended;
        }
        let below = under || block.texts.len() > 1;
        let addressed = below && addressed::addressed(text.text).is_some();
        let title = index == 0 && (chapter || addressed || block.is_heading() && below);
        let is_duty = !title && !work::is_dated(text.text, || who(block, text.text));
        for (nth, part) in parts(text.text, text.span).into_iter().enumerate().filter(|_| is_duty) {
            let named = Some(index + nth).filter(|first| *first == 0).and_then(|_| named(block, part));
            let (who, text_of) = match named {
                Some((who, rest)) => (who, rest),
                None if is_closing(part) => (subject(part), part),
                None => (who(block, part), part),
            };
            out.push(assignment(who, text_of, text.span));
        }
        if is_closing(text.text) {
            return Body::Ended;
        }
    }
    Body::GoesOn
}

/// The last sentence of the body is no part of a duty to report before it, wherever its line was wrapped.
fn parts(text: &str, span: Span) -> Vec<&str> {
    let last = sentence::sentences(text).pop().filter(|last| last.start > 0 && is_closing(text));
    match last.and_then(|last| text.split_at_checked(last.start)) {
        Some((before, last)) if reporting(before, span).is_some() => vec![before.trim_end(), last],
        _ => vec![text],
    }
}

/// A sentence that asks bodies to report, or to say what stands in the way: "Định kỳ hằng quý, các sở báo cáo UBND tỉnh …".
pub fn reporting(sentence: &str, span: Span) -> Option<Duty> {
    static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:định kỳ|(?:hằng|hàng) (?:tuần|tháng|quý|năm)|6 tháng|đột xuất)[^.]{0,160}báo cáo|báo cáo[^.]{0,200}(?:định kỳ|(?:hằng|hàng) (?:tuần|tháng|quý|năm)|của tháng cuối)|vướng mắc[^.]{0,160}(?:phản ánh|báo cáo)").ok()
    });
    let asks = ASKS.as_ref().is_some_and(|asks| asks.is_match(sentence));
    let order = order::order(sentence).filter(|order| asks && order.via != Via::Inside)?;
    let rest = order::predicate(sentence)?.to_lowercase();
    let main = [
        "báo cáo",
        "gửi báo cáo",
        "phản ánh",
        "kịp thời phản ánh",
        "kịp thời báo cáo",
        "tổng hợp, báo cáo",
        "định kỳ",
        "hằng",
        "hàng",
    ];
    let reports = main.iter().any(|words| rest.starts_with(words))
        && ["báo cáo", "phản ánh"].iter().any(|verb| rest.find(verb).is_some_and(|at| at < 80));
    let duty = assignment(order.lead, sentence.trim(), span);
    report(&duty).filter(|_| reports)
}

fn assignment(who: Vec<String>, text: &str, span: Span) -> Duty {
    Duty {
        kind: DutyKind::Assignment,
        who,
        to: vec![],
        via: vec![],
        period: None,
        due: None,
        text: text.to_owned(),
        source: span,
    }
}

/// "3. Sở Tài chính: Trên cơ sở …": the body before the colon has the duty behind it.
fn named<'a>(block: &Block, text: &'a str) -> Option<(Vec<String>, &'a str)> {
    static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(?:Giao|Đề nghị|Yêu cầu)\s+").ok());
    let numbered = block.mark.as_ref().is_some_and(|mark| !mark.is_item());
    let (name, rest) = text.split_once(':').filter(|(name, rest)| numbered && name.len() < 200 && !rest.is_empty())?;
    let name = ADDRESS.as_ref().map_or(name.into(), |address| address.replace(name, ""));
    who::begins(&name).then(|| (who::names(&name), rest.trim_start()))
}

/// The body that the heading above names, else whom the sentence tells.
pub fn who(block: &Block, text: &str) -> Vec<String> {
    if let Some(order) = order::order(text).filter(|order| order.via != Via::Inside) {
        return order.lead;
    }
    let above = block.above.iter().rev().find_map(|heading| addressed::addressed(&heading.text));
    let own =
        || block.texts.first().filter(|_| block.texts.len() > 1).and_then(|first| addressed::addressed(first.text));
    above.or_else(own).or_else(|| who::at(text).map(|who| who.names)).unwrap_or_default()
}

fn subject(text: &str) -> Vec<String> {
    order::order(text).map(|order| order.lead).or_else(|| who::at(text).map(|who| who.names)).unwrap_or_default()
}

/// The last paragraph of the body ends with "./." and speaks to all; what follows is the signature.
fn is_closing(text: &str) -> bool {
    text.ends_with("./.")
}

/// "báo cáo UBND tỉnh", "gửi báo cáo kết quả về Sở A", "báo cáo về Văn phòng Sở".
fn reported_to(text: &str) -> Vec<String> {
    static REPORTS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)báo cáo\s+(?:(?:về|cho|với)\s+)?").ok());
    let reports = REPORTS.as_ref().into_iter().flat_map(|reports| reports.find_iter(text));
    let direct = reports.filter_map(|found| text.get(found.end()..)).find_map(who::at).map(|who| who.names);
    direct.or_else(|| behind(text, &[" về ", " gửi "])).unwrap_or_default()
}

/// "(qua Sở A)", "phản ánh về Sở A để tổng hợp, báo cáo …"
fn reported_via(text: &str) -> Vec<String> {
    let through = behind(text, &["(qua ", " qua ", "thông qua "]);
    let told = || {
        behind(text, &["phản ánh về ", "phản ánh đến ", "gửi về ", "báo về "]).filter(|told| *told != reported_to(text))
    };
    through.or_else(told).unwrap_or_default()
}

/// The bodies behind the first of these words that bodies follow.
fn behind(text: &str, words: &[&str]) -> Option<Vec<String>> {
    words.iter().find_map(|word| {
        text.match_indices(word).find_map(|(at, word)| who::at(text.get(at + word.len()..)?)).map(|who| who.names)
    })
}

fn report(duty: &Duty) -> Option<Duty> {
    let lower = duty.text.to_lowercase();
    if !lower.contains("báo cáo") {
        return None;
    }
    let to = reported_to(&duty.text);
    let via = reported_via(&duty.text);
    let escalation = lower.contains("khó khăn") && lower.contains("vướng mắc") && !to.is_empty();
    let words = [
        ("hàng năm", "year"),
        ("hằng năm", "year"),
        ("hàng quý", "quarter"),
        ("hằng quý", "quarter"),
        ("hàng tháng", "month"),
        ("hằng tháng", "month"),
        ("6 tháng", "half_year"),
        ("định kỳ", "periodic"),
        ("đột xuất", "ad_hoc"),
        ("khi có yêu cầu", "ad_hoc"),
    ];
    let period = words.iter().find(|(word, _)| lower.contains(word)).map(|(_, period)| (*period).to_owned());
    let due = due(&duty.text);
    (escalation || period.is_some() || !to.is_empty()).then(|| Duty {
        kind: if escalation { DutyKind::Escalation } else { DutyKind::Report },
        to,
        via,
        period,
        due,
        ..duty.clone()
    })
}

fn due(text: &str) -> Option<String> {
    static DUE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"trước(?: ngày)? \d{1,2}/\d{1,2}(?:/\d{4})?").ok());
    DUE.as_ref()?.find(text).map(|found| found.as_str().to_owned())
}
