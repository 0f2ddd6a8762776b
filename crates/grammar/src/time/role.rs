//! What a time is there for, by the words before it.

use super::model::{Bound, Found, Role, Time};
use crate::token::{Kind, Tokens};

const KINDS: [&str; 12] = [
    "luật",
    "bộ luật",
    "pháp lệnh",
    "nghị định",
    "thông tư",
    "nghị quyết",
    "quyết định",
    "chỉ thị",
    "kết luận",
    "thông báo",
    "công văn",
    "công điện",
];

/// How far back a name or a citation may begin.
const FAR: usize = 18;
const LAWS: [&str; 8] =
    ["luật", "bộ luật", "hiến pháp", "pháp lệnh", "nghị định", "thông tư", "thông tư liên tịch", "quy chuẩn"];
const DOCUMENTS: [&str; 18] = [
    "nghị quyết",
    "quyết định",
    "chỉ thị",
    "kế hoạch",
    "kết luận",
    "thông báo",
    "công văn",
    "công điện",
    "tờ trình",
    "báo cáo",
    "hướng dẫn",
    "quy định",
    "nghị định",
    "thông tư",
    "luật",
    "văn bản",
    "chương trình",
    "đề án",
];
const MEETINGS: [&str; 8] = ["họp", "hội nghị", "làm việc", "phiên họp", "kỳ họp", "giao ban", "ký", "hội thảo"];
const NAMED: [&str; 14] = [
    "kế hoạch",
    "chương trình",
    "đề án",
    "quy hoạch",
    "chiến lược",
    "dự án",
    "nghị quyết",
    "quyết định",
    "dự toán",
    "báo cáo",
    "danh mục",
    "phương án",
    "chỉ thị",
    "mục tiêu",
];
/// Words behind which a time belongs to the work, not to a name before them.
const TURNS: [&str; 12] = [
    "hoàn thành",
    "xong",
    "trình",
    "trong",
    "trước",
    "đến",
    "thời hạn",
    "chậm nhất",
    "vào",
    "thời gian",
    "báo cáo",
    "thực hiện",
];

pub fn of(tokens: &Tokens, start: usize, found: &Found) -> Role {
    let looks_far = tokens.ends_with_any(start, &["tầm nhìn", "định hướng"]);
    let turns_to = tokens.ends_with(start, "hướng") && tokens.word(start) == "đến";
    if (looks_far || turns_to) && found.time.is_dated() {
        return Role::Vision;
    }
    if is_baseline(tokens, start) {
        return Role::Baseline;
    }
    if is_of_effect(tokens, start, found.bound) {
        return Role::Citation;
    }
    match (found.bound, &found.time) {
        (Bound::Bare, Time::Day { .. } | Time::Month { .. }) if is_of_document(tokens, start) => Role::Citation,
        (Bound::By, Time::Year(_)) if is_end_in_a_name(tokens, start, found) => Role::Name,
        (Bound::Bare, Time::Year(_) | Time::Stage { .. } | Time::Range { .. }) => of_name(tokens, start),
        _ => Role::Said,
    }
}

fn is_baseline(tokens: &Tokens, start: usize) -> bool {
    let compared = ["so với", "so với cùng kỳ", "cùng kỳ", "so với thực hiện", "so với kế hoạch", "so với bình quân"];
    let counted = tokens.ends_with(start, "tính") && matches!(tokens.word(start), "đến" | "hết");
    // "tính từ đầu năm 2026 đến nay"
    let opened = tokens.any(start, &["tính đến", "tính từ đầu"]).is_some();
    tokens.ends_with_any(start, &compared) || counted || opened
}

/// "có hiệu lực (thi hành) kể từ ngày"
fn is_of_effect(tokens: &Tokens, start: usize, bound: Bound) -> bool {
    matches!(bound, Bound::From | Bound::Bare | Bound::In) && tokens.ends_with_any(start, &["hiệu lực", "thi hành"])
}

/// A day or a month behind the number of a document, its kind, or a meeting.
fn is_of_document(tokens: &Tokens, start: usize) -> bool {
    let start = behind_bracket(tokens, start);
    if tokens.ends_with_any(start, &MEETINGS) {
        return !is_given_at(tokens, start);
    }
    if tokens.ends_with_any(start, &DOCUMENTS) {
        return true;
    }
    for at in (start.saturating_sub(FAR)..start).rev() {
        let numbered = tokens.get(at).is_some_and(|token| {
            token.is_of_document || (token.kind == Kind::Digits && tokens.ends_with_any(at, &DOCUMENTS))
        });
        let is_kind = tokens.is_capital(at) && tokens.any(at, &KINDS).is_some();
        if numbered || is_kind || (tokens.word(at) == "số" && tokens.ends_with_any(at, &DOCUMENTS)) {
            return true;
        }
        if parts(tokens, at) || turns(tokens, at) {
            return false;
        }
    }
    false
}

/// "trình Ban Chấp hành tại Hội nghị tháng 3/2026": the meeting is when it must be there.
fn is_given_at(tokens: &Tokens, start: usize) -> bool {
    let mut before = (start.saturating_sub(FAR)..start).rev().take_while(|at| !parts(tokens, *at));
    let mut is_at = false;
    before.any(|at| {
        is_at |= tokens.word(at) == "tại";
        is_at && tokens.word(at) == "trình" && turns(tokens, at)
    })
}

fn behind_bracket(tokens: &Tokens, start: usize) -> usize {
    match start.checked_sub(1) {
        Some(before) if matches!(tokens.sign(before), Some('(' | ',')) => before,
        _ => start,
    }
}

/// A year or a stage in the name of a law or of a plan.
fn of_name(tokens: &Tokens, start: usize) -> Role {
    let first = start.saturating_sub(1);
    if matches!(tokens.sign(first), Some(',' | ';' | ':' | '(' | '.')) && start > 0 {
        return Role::Said;
    }
    for at in (start.saturating_sub(FAR)..start).rev() {
        if tokens.any(at, &LAWS).is_some() && tokens.is_capital(at) {
            return Role::Citation;
        }
        if tokens.any(at, &NAMED).is_some() {
            return Role::Name;
        }
        let counts = tokens.sign(at) == Some('%');
        if counts || parts(tokens, at) || turns(tokens, at) {
            return Role::Said;
        }
    }
    Role::Said
}

/// "Đề án phát triển nhà ở đến năm 2030", also before ", tầm nhìn đến năm 2045".
fn is_end_in_a_name(tokens: &Tokens, start: usize, found: &Found) -> bool {
    let end = (start..start + 6).find(|at| tokens.get(*at).is_none_or(|token| token.span.start >= found.span.end));
    let end = end.unwrap_or(start);
    let next = tokens.phrase(end, "và").unwrap_or(if tokens.sign(end) == Some(',') { end + 1 } else { end });
    let is_first = tokens.any(next, &["tầm nhìn", "định hướng"]).is_some();
    for at in (start.saturating_sub(FAR)..start).rev() {
        let kind = tokens.any(at, &NAMED).filter(|_| tokens.is_capital(at));
        if let Some(kind) = kind {
            let is_finished = tokens.ends_with_any(at, &["hoàn thành", "hoàn thiện", "xong"]);
            return is_first || (start >= kind + 2 && !is_finished && !tokens.is_outermost(at));
        }
        if parts(tokens, at) || (!is_first && (tokens.sign(at) == Some(',') || turns(tokens, at))) {
            return false;
        }
    }
    false
}

/// "trình" gives work in, but not that of "chương trình" and "lộ trình".
fn turns(tokens: &Tokens, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| tokens.word(before));
    let is_noun =
        tokens.word(at) == "trình" && matches!(before, "chương" | "lộ" | "quy" | "công" | "tờ" | "giáo" | "quá");
    !is_noun && tokens.any(at, &TURNS).is_some()
}

fn parts(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.sign(at), Some(';' | ':')) || (tokens.sign(at) == Some('.') && tokens.ends_sentence(at))
}
