//! Which time a figure is for, where its sentence says one.

use std::ops::Range;

use super::scan::Read;
use crate::{
    time::{Piece, Role, Time},
    token::Tokens,
};

/// How many words may stand between a figure and the time behind it.
const NEAR: usize = 10;
/// What is taken for one sentence at most, in words: tables have no full stops.
const LONGEST: usize = 300;

/// Gives each figure the time of its sentence that is said for it: the one behind it in its clause, else the last before.
pub fn tell(tokens: &Tokens, times: &[Piece], figures: &mut [Read]) {
    let times: Vec<&Piece> =
        times.iter().filter(|time| time.found.role == Role::Said && time.found.time.first_day().is_some()).collect();
    let (mut start, mut times, mut figures) = (0, times.as_slice(), figures);
    while start < tokens.len() && !figures.is_empty() {
        let end = end_of_sentence(tokens, start);
        let (own_times, later) = times.split_at(times.partition_point(|time| time.tokens.start < end));
        let (own, others) = figures.split_at_mut(figures.partition_point(|read| read.tokens.start < end));
        sentence(tokens, own_times, own);
        (start, times, figures) = (end, later, others);
    }
}

/// A semicolon ends none: it parts what each has its own time.
fn end_of_sentence(tokens: &Tokens, start: usize) -> usize {
    let limit = tokens.len().min(start + LONGEST);
    let stop = (start..limit).find(|at| tokens.sign(*at) == Some('.') && tokens.ends_sentence(*at));
    stop.map_or(limit, |stop| stop + 1)
}

fn sentence(tokens: &Tokens, times: &[&Piece], figures: &mut [Read]) {
    if let Some(each) = respectively(tokens, times, figures) {
        figures.iter_mut().zip(each).for_each(|(read, time)| read.figure.at = Some(time));
        return;
    }
    let mut taken = vec![false; times.len()];
    let nexts: Vec<usize> = figures.iter().skip(1).map(|next| next.tokens.start).chain([tokens.len()]).collect();
    for (read, next) in figures.iter_mut().zip(nexts) {
        let behind = times.iter().position(|time| is_behind(tokens, &read.tokens, time, next));
        let before = || times.iter().rposition(|time| time.tokens.end <= read.tokens.start);
        let at = behind.or_else(|| before().filter(|at| taken.get(*at) == Some(&false)));
        if let (Some(at), true) = (behind, at.is_some()) {
            taken.iter_mut().skip(at).take(1).for_each(|taken| *taken = true);
        }
        read.figure.at = at.and_then(|at| times.get(at)).map(|time| time.found.time.clone());
    }
}

/// "60%, 80% và 100% tương ứng các năm 2026, 2028 và 2030": as many times as figures, in their order.
fn respectively(tokens: &Tokens, times: &[&Piece], figures: &[Read]) -> Option<Vec<Time>> {
    let start = figures.first()?.tokens.start.min(times.first()?.tokens.start);
    let end = figures.last()?.tokens.end.max(times.last()?.tokens.end);
    let said = (start..end + 4).any(|at| tokens.any(at, &["tương ứng", "lần lượt"]).is_some())
        || (1..=4).any(|back| tokens.any(start.saturating_sub(back), &["tương ứng", "lần lượt"]).is_some());
    let each: Vec<Time> = times.iter().flat_map(|time| years(&time.found.time)).collect();
    (said && figures.len() > 1 && each.len() == figures.len()).then_some(each)
}

/// The years of a list that was read as one range.
fn years(time: &Time) -> Vec<Time> {
    let ends = match time {
        Time::Range { from, to } => match (from.as_ref(), to.as_ref()) {
            (Time::Year(from), Time::Year(to)) if to > from && to - from < 12 => Some((*from, *to)),
            _ => None,
        },
        _ => None,
    };
    ends.map_or_else(|| vec![time.clone()], |(from, to)| (from..=to).map(Time::Year).collect())
}

/// Close behind a figure, before the next and in the same clause.
fn is_behind(tokens: &Tokens, figure: &Range<usize>, time: &Piece, next: usize) -> bool {
    let between = figure.end..time.tokens.start;
    let parts = |at: usize| matches!(tokens.sign(at), Some(',' | ';')) || tokens.word(at) == "và";
    time.tokens.start >= figure.end && time.tokens.end <= next && between.len() <= NEAR && !between.clone().any(parts)
}
