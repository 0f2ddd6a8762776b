//! Which of the times of a clause is when its work must be done: by its place, not by its order.

use super::{
    model::{Bound, Found, Role, Time},
    scan::{Piece, pieces},
};
use crate::token::Tokens;

const DONE: [&str; 12] = [
    "hoàn thành",
    "hoàn thành việc này",
    "xong",
    "thời hạn",
    "thời hạn hoàn thành",
    "thời gian hoàn thành",
    "thời gian thực hiện",
    "thời gian",
    "tiến độ",
    "kết thúc",
    "lộ trình",
    "hoàn thiện",
];
/// How far before a time the word stands that it is the end of.
const NEAR: usize = 6;

/// The time by which a clause wants its work done; none where all that it names belong to laws, names or comparisons.
///
/// Of two that are bound alike the one behind "hoàn thành" comes first, then that of the first part that a semicolon ends,
/// then the last.
pub fn deadline(clause: &str) -> Option<Found> {
    let tokens = Tokens::of(clause);
    let mut part = Part::default();
    let ranked = pieces(&tokens).into_iter().filter_map(|piece| {
        part.go_to(&tokens, piece.tokens.start);
        let recurs = matches!(piece.found.time, Time::Recurring { .. });
        let rank = rank(&tokens, &piece).filter(|_| !(recurs && part.reports(&tokens)))?;
        Some(Ranked { rank, part: part.start, found: piece.found })
    });
    ranked.reduce(best).map(|best| best.found)
}

struct Ranked {
    rank: u8,
    /// Where the part begins that it stands in.
    part: usize,
    found: Found,
}

/// Of equals the later, but the first where both only say how often, and where they stand in two parts.
fn best(best: Ranked, next: Ranked) -> Ranked {
    let is_apart = best.part != next.part || !next.found.time.is_dated();
    if best.rank > next.rank || best.rank == next.rank && is_apart { best } else { next }
}

/// What a semicolon parts from what stands before it. Only forward, so that a text of any length is read once.
#[derive(Default)]
struct Part {
    start: usize,
    at: usize,
    /// Who watches over something reports what he sees: in this part, or in one before it.
    watches: bool,
    watched: bool,
}

impl Part {
    fn go_to(&mut self, tokens: &Tokens, place: usize) {
        for at in self.at..place {
            self.watches |= tokens.any(at, &["theo dõi", "tổng hợp", "đôn đốc"]).is_some();
            if tokens.sign(at) == Some(';') {
                (self.start, self.watched) = (at + 1, self.watches);
            }
        }
        self.at = place.max(self.at);
    }

    /// "…; định kỳ báo cáo UBND tỉnh trước ngày 25 hằng tháng": the day is of the report that a later part asks for.
    fn reports(&self, tokens: &Tokens) -> bool {
        const FIRST: [&str; 6] = ["báo cáo", "gửi báo cáo", "định kỳ", "hằng", "kịp thời báo cáo", "trước ngày"];
        let behind = self.start..tokens.len().min(self.start + 2 * NEAR);
        let mut behind = behind.take_while(|at| tokens.sign(*at) != Some(';'));
        let is_first = self.start == 0 || tokens.any(self.start, &FIRST).is_none();
        !is_first && !self.watched && behind.any(|at| tokens.phrase(at, "báo cáo").is_some())
    }
}

fn rank(tokens: &Tokens, piece: &Piece) -> Option<u8> {
    let found = &piece.found;
    if found.role != Role::Said {
        return None;
    }
    if is_condition(tokens, piece) {
        return None;
    }
    let is_done = is_behind_done(tokens, piece.tokens.start);
    let base = match (&found.time, found.bound) {
        (Time::Event(_), Bound::Before) if !is_done && is_procedure(tokens, piece) => return None,
        (Time::Continuous, _) => continuous(tokens, piece)?,
        (Time::Recurring { on, .. }, _) if !on.is_empty() => 4,
        // "hằng năm" inside a sentence may only say of what.
        (Time::Recurring { .. }, _) if is_of_name(tokens, piece) => return None,
        (Time::Recurring { .. }, _) if edges(tokens, piece) == (false, false) => 1,
        // "(khi có yêu cầu)" in a sentence is a condition.
        (Time::Event(_), Bound::In) if tokens.word(piece.tokens.start) == "khi" => {
            Some(3).filter(|_| edges(tokens, piece) == (true, true) && piece.tokens.start == 0)?
        }
        // "chợ dịp Tết" names something, "mở lớp dịp hè;" says when.
        (Time::Event(_), Bound::In) if tokens.word(piece.tokens.start) == "dịp" && !edges(tokens, piece).1 => {
            return None;
        }
        (Time::Relative { from: None, .. }, Bound::In) | (Time::Event(_) | Time::Recurring { .. }, _) => 3,
        // "đến hết năm 2026 có 70% số hộ": when the figure is reached.
        (_, Bound::Before | Bound::By) if is_of_figure(tokens, piece.tokens.end) && !is_done => 2,
        (_, Bound::Before | Bound::By) => 6,
        (_, Bound::In) => 4,
        (_, Bound::From) => 1,
        (time, Bound::Bare) => bare(tokens, piece, time, is_done)?,
    };
    Some(base + if is_done { 4 } else { 0 })
}

/// "nếu đến 20/6 không huy động đủ", "dữ liệu trong 03 năm gần nhất": what something depends on, or is of.
fn is_condition(tokens: &Tokens, piece: &Piece) -> bool {
    const PAST: [&str; 6] = ["gần nhất", "gần đây", "vừa qua", "liên tiếp", "liền kề", "trước đó"];
    let start = piece.tokens.start;
    tokens.ends_with_any(start, &["nếu", "nếu như", "trường hợp"])
        || tokens.any(piece.tokens.end, &PAST).is_some()
        // "rút ngắn xuống còn không quá 02 ngày": how long it takes.
        || tokens.ends_with_any(start, &["còn", "xuống", "rút ngắn"]) && matches!(piece.found.time, Time::Relative { .. })
        || tokens.word(start) == "từng" && !tokens.is_outermost(start)
        || tokens.word(start) == "nhiệm"
}

/// "chi ngân sách hằng năm", "kế hoạch hằng năm của xã", "hằng ngày đối với khu vực chợ": the round of a thing, not of the
/// work.
fn is_of_name(tokens: &Tokens, piece: &Piece) -> bool {
    const THINGS: [&str; 5] = ["ngân sách", "công tác", "kế hoạch", "chương trình", "dự toán"];
    let (start, end) = (piece.tokens.start, piece.tokens.end);
    tokens.ends_with_any(start, &THINGS) || tokens.any(end, &["đối với", "của"]).is_some()
}

/// "lấy ý kiến trước khi trình" says in which order things are done; "trước khi xả ít nhất 06 giờ" and "trước khi có mưa
/// lớn" say when.
fn is_procedure(tokens: &Tokens, piece: &Piece) -> bool {
    const COMING: [&str; 9] = ["có mưa", "mưa", "có bão", "bão", "lũ", "nghỉ", "vào mùa", "vào năm học", "bước vào"];
    let Some(told) = tokens.phrase(piece.tokens.start, "trước khi") else { return false };
    let end = piece.tokens.end;
    let unit = if tokens.ends_with(end, "làm việc") { end - 2 } else { end };
    let is_measured = tokens.ends_with_any(unit, &["ngày", "giờ", "tuần", "tháng", "phút"])
        && unit.checked_sub(2).is_some_and(|count| !tokens.digits(count).is_empty());
    tokens.any(told, &COMING).is_none() && !is_measured
}

/// Whether a figure is said to be reached right behind a place.
fn is_of_figure(tokens: &Tokens, at: usize) -> bool {
    const REACHED: [&str; 14] = [
        "đạt",
        "có",
        "còn",
        "giảm",
        "tăng",
        "chiếm",
        "giải ngân",
        "tỷ lệ",
        "toàn tỉnh",
        "toàn xã",
        "tối thiểu",
        "ít nhất",
        "trên",
        "dưới",
    ];
    let behind = at..tokens.len().min(at + 2 * NEAR);
    let mut behind = behind.take_while(|at| !matches!(tokens.sign(*at), Some(',' | ';' | '.')));
    tokens.any(at, &REACHED).is_some() && behind.any(|at| !tokens.digits(at).is_empty())
}

/// "hoàn thành", "thời gian:" close before, with no other clause between.
fn is_behind_done(tokens: &Tokens, start: usize) -> bool {
    let from = start.saturating_sub(NEAR);
    let stop = (from..start).rev().find(|at| matches!(tokens.sign(*at), Some(',' | ';' | '.')));
    let from = stop.map_or(from, |stop| stop + 1);
    (from..start).any(|at| tokens.any(at, &DONE).is_some_and(|end| end <= start))
}

/// Nothing binds it: a time where it stands at the edge of the clause, or where it ends one and is no year.
fn bare(tokens: &Tokens, piece: &Piece, time: &Time, is_done: bool) -> Option<u8> {
    let (opens, closes) = edges(tokens, piece);
    // "mức độ hoàn thành nhiệm vụ năm 2026 của người đứng đầu"
    if is_past(tokens, piece.tokens.start) || tokens.word(piece.tokens.end) == "của" {
        return None;
    }
    let is_year = matches!(time, Time::Year(_) | Time::Stage { .. } | Time::Range { .. }) && piece.found.part.is_none();
    match (opens, closes) {
        (true, true) => Some(3),
        (true, false) => Some(2),
        _ if is_done => Some(2),
        (false, true) if !is_year || matches!(time, Time::Stage { .. }) => Some(2),
        _ => None,
    }
}

fn continuous(tokens: &Tokens, piece: &Piece) -> Option<u8> {
    let (opens, closes) = edges(tokens, piece);
    let again = tokens.word(piece.tokens.end) == "hằng";
    ((opens && (closes || again)) || (closes && tokens.ends_with(piece.tokens.start, "thực hiện"))).then_some(5)
}

fn edges(tokens: &Tokens, piece: &Piece) -> (bool, bool) {
    let before = piece.tokens.start.checked_sub(1);
    let opens = tokens.is_outermost(piece.tokens.start)
        || before.is_some_and(|before| matches!(tokens.sign(before), Some(',' | ';' | ':' | '(' | '-' | '–' | '.')));
    let end = piece.tokens.end;
    let closes = tokens.get(end).is_none()
        || matches!(tokens.sign(end), Some(',' | ';' | ')' | '.' | '\t' | '|'))
        || tokens.begins_line(end);
    (opens, closes)
}

/// What was done already: "đã" in its sentence.
fn is_past(tokens: &Tokens, start: usize) -> bool {
    let mut before = (0..start).rev().take(40).take_while(|at| !tokens.ends_sentence(*at));
    let mut behind = (start..tokens.len()).take(40).take_while(|at| !tokens.ends_sentence(*at));
    before.any(|at| tokens.word(at) == "đã") || behind.any(|at| tokens.word(at) == "đã")
}
