//! The waves beside each other in time: each a lane, which takes a system that is dragged to it.

use std::ops::RangeInclusive;

use kernel::day::show;
use minijinja::{Value, context};
use portfolio::waves::Wave;

use super::{
    gantt::{Gantt, Line, closed_words},
    wave_told::Told,
};
use crate::model::wave::WavePlan;

/// Lanes of a picture.
const LANES: u32 = 24;

/// The waves of the page and what lies beside them, as far as there are any; of one wave alone more of those before it.
/// `end` is the last that has a lane.
fn numbers((first, last): (u32, u32), end: u32) -> RangeInclusive<u32> {
    let before = if first == last { LANES / 3 } else { 1 };
    let from = first.saturating_sub(before).max(1);
    from..=from.saturating_add(LANES - 1).min(end)
}

fn lane(told: &Told<'_>, plan: &WavePlan, number: u32, wave: Option<&Wave>, is_here: bool) -> Option<Line> {
    let days = plan.days_of(i64::from(number))?;
    let (count, effort) = wave.map_or((0, 0), |wave| (wave.systems.len(), wave.effort));
    let mut says = told.text("wave-holds", &[("count", count.into()), ("effort", effort.into())]);
    let is_over = wave.is_some_and(|wave| wave.is_over);
    if is_over {
        says = format!("{says}: {}", told.text("wave-over", &[]));
    }
    let day = |day| show(day, told.req.ctx.lang);
    let args = [("wave", number.into()), ("from", day(days.0).into()), ("to", day(days.1).into())];
    let href = if is_here { format!("#wave-{number}") } else { format!("/systems/waves?wave={number}") };
    Some(Line {
        name: told.text("wave-number", &[("wave", number.into())]),
        // Of an empty one there is no page.
        href: wave.map(|_| href),
        says,
        days,
        heard: told.text("wave-days", &args),
        way: None,
        look: match (count, is_over) {
            (0, _) => "none whole",
            (_, true) => "soon",
            (_, false) => "run",
        },
        closed: Vec::new(),
        takes: Some(number),
    })
}

/// Of all waves those about the ones that are shown, and one behind the last, which is empty as yet, or up to the first that
/// is open; none where nothing is placed. `takes`: whether the reader may place systems.
pub fn lanes(told: &Told<'_>, plan: &WavePlan, (all, shown): (&[Wave], &[&Wave]), takes: bool) -> Option<Value> {
    let of = |waves: &[&Wave]| {
        let numbers = || waves.iter().map(|wave| wave.number);
        numbers().min().zip(numbers().max()).unwrap_or((1, 1))
    };
    let most = u32::try_from(plan.most_waves).unwrap_or(u32::MAX);
    let open = plan.first_open(told.req.ctx.today());
    let last = all.iter().map(|wave| wave.number).max()?.saturating_add(1);
    let end = last.max(u32::try_from(open).unwrap_or(last)).min(most);
    let numbers = numbers(of(shown), end);
    let line = |number: u32| {
        let wave = all.iter().find(|wave| wave.number == number);
        let is_here = shown.iter().any(|wave| wave.number == number);
        let line = lane(told, plan, number, wave, is_here)?;
        // What is over takes nothing more.
        Some(Line { takes: line.takes.filter(|wave| takes && i64::from(*wave) >= open), ..line })
    };
    let lines: Vec<Line> = numbers.clone().filter_map(line).collect();
    let days = (lines.first()?.days.0, lines.last()?.days.1);
    let (closed, title) = (plan.spans(), told.text("waves-gantt", &[]));
    let drawn = all.iter().filter(|wave| numbers.contains(&wave.number)).count();
    let picture = Gantt { title: &title, days, today: told.req.ctx.today(), closed: &closed, lines: &lines }.svg();
    Some(context! {
        picture => Value::from_safe_string(picture), closed => closed_words(told.req, &closed, days),
        more => all.len() - drawn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lanes_are_those_of_the_page_with_what_is_beside_them() {
        assert_eq!(numbers((1, 1), 2), 1..=2);
        assert_eq!(numbers((1, 5), 6), 1..=6);
        assert_eq!(numbers((1, 20), 46), 1..=24);
        assert_eq!(numbers((21, 40), 46), 20..=43);
        // Of one wave alone, a third of the lanes before it.
        assert_eq!(numbers((20, 20), 46), 12..=35);
        assert_eq!(numbers((46, 46), 46), 38..=46);
    }
}
