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
/// Of two that are bound alike the one behind "hoàn thành" comes first, then the last.
pub fn deadline(clause: &str) -> Option<Found> {
    let tokens = Tokens::of(clause);
    let ranked = pieces(&tokens).into_iter().filter_map(|piece| Some((rank(&tokens, &piece)?, piece.found)));
    ranked.reduce(best).map(|(_, found)| found)
}

type Ranked = (u8, Found);

/// Of equals the later, but the first where both only say how often.
fn best(best: Ranked, next: Ranked) -> Ranked {
    let stays = best.0 > next.0 || (best.0 == next.0 && !next.1.time.is_dated());
    if stays { best } else { next }
}

fn rank(tokens: &Tokens, piece: &Piece) -> Option<u8> {
    let found = &piece.found;
    if found.role != Role::Said {
        return None;
    }
    let is_done = is_behind_done(tokens, piece.tokens.start);
    let base = match (&found.time, found.bound) {
        (Time::Event(_), Bound::Before) if !is_done && tokens.ends_with(piece.core.end + 1, "trước khi") => {
            return None;
        }
        (Time::Continuous, _) => continuous(tokens, piece)?,
        (Time::Recurring { on, .. }, _) if !on.is_empty() => 4,
        // "hằng năm" inside a sentence may only say of what.
        (Time::Recurring { .. }, _) if edges(tokens, piece) == (false, false) => 1,
        // "(khi có yêu cầu)" in a sentence is a condition.
        (Time::Event(_), Bound::In) => {
            Some(3).filter(|_| edges(tokens, piece) == (true, true) && piece.tokens.start == 0)?
        }
        (Time::Relative { from: None, .. }, Bound::In) | (Time::Event(_) | Time::Recurring { .. }, _) => 3,
        (_, Bound::Before | Bound::By) => 6,
        (_, Bound::In) => 4,
        (_, Bound::From) => 1,
        (time, Bound::Bare) => bare(tokens, piece, time, is_done)?,
    };
    Some(base + if is_done { 4 } else { 0 })
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
    if is_past(tokens, piece.tokens.start) {
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
