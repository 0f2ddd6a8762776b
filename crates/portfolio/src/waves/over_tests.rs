//! Plans that are made while some of their waves are over.

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;

use super::*;

const START: Date = date(2027, 1, 4);
const WAVES: u16 = 20;

fn day(count: i64) -> Date {
    START.checked_add(count.days()).unwrap()
}

fn order(candidates: Vec<Candidate>, needs: &[(u32, u32)]) -> Order {
    let terms = Terms {
        start: START,
        days: 30,
        most_systems: 2,
        most_effort: 100,
        most_waves: WAVES,
        free_days: 10,
        blackouts: Vec::new(),
    };
    Order::new(terms, candidates, needs).unwrap()
}

fn one(system: u32, effort: u32) -> Candidate {
    Candidate { system, effort, priority: 0, earliest: None, blackouts: Vec::new() }
}

/// As somebody plans it on this day.
fn on(today: i64, pins: &[(u32, Option<u32>)], under_way: &[(u32, u32)]) -> Given {
    let (pins, under_way) = (pins.iter().copied().collect(), under_way.iter().copied().collect());
    Given { pins, under_way, today: Some(day(today)) }
}

fn waves(plan: &Plan) -> Vec<(u32, u32)> {
    plan.placed.iter().map(|one| (one.system, one.wave)).collect()
}

fn why(plan: &Plan, system: u32) -> Vec<Why> {
    plan.placed.iter().find(|one| one.system == system).unwrap().why.clone()
}

#[test]
fn the_first_open_wave_is_the_one_that_holds_the_day() {
    let order = order(vec![one(1, 10)], &[]);
    for (today, wave) in [(-400, 1), (0, 1), (29, 1), (30, 2), (59, 2), (60, 3)] {
        let plan = order.plan_round(&on(today, &[], &[]));
        assert_eq!((waves(&plan), why(&plan, 1)), (vec![(1, wave)], vec![Why::Free]), "{today}");
    }
    let plan = order.plan_round(&on(600, &[], &[]));
    assert_eq!(plan.unplaced, [Unplaced { system: 1, why: NotPlaced::Over }]);
}

#[test]
fn what_is_under_way_stays_and_what_was_said_of_a_wave_that_is_over_holds_no_more() {
    let order = order(vec![one(1, 10), one(2, 10), one(3, 10), one(4, 10)], &[(2, 1)]);
    let plan = order.plan_round(&on(65, &[(3, Some(1)), (4, Some(5))], &[(1, 2)]));
    assert_eq!(waves(&plan), [(1, 2), (2, 3), (3, 3), (4, 5)]);
    // What it needs moves in a wave that is over: nothing of the plan holds it back.
    assert_eq!((why(&plan, 1), why(&plan, 2)), (vec![Why::UnderWay], vec![Why::Free]));
    assert_eq!((why(&plan, 3), why(&plan, 4)), (vec![Why::Free], vec![Why::Pinned]));
}

#[test]
fn who_goes_along_with_what_is_under_way_goes_in_a_wave_that_is_open() {
    let order = order(vec![one(1, 10), one(2, 10), one(3, 10)], &[(1, 2), (2, 1), (3, 1)]);
    let plan = order.plan_round(&on(65, &[], &[(1, 1)]));
    assert_eq!(waves(&plan), [(1, 1), (2, 3), (3, 4)]);
    let over = order.plan_round(&on(600, &[], &[(1, 1)]));
    assert_eq!(waves(&over), [(1, 1)]);
    let unplaced: Vec<_> = over.unplaced.into_iter().map(|one| (one.system, one.why)).collect();
    assert_eq!(unplaced, [(2, NotPlaced::Over), (3, NotPlaced::Waits { system: 1 })]);
}

proptest! {
    #[test]
    fn nothing_but_what_is_under_way_stands_in_a_wave_that_is_over(
        efforts in prop::collection::vec(1u32..130, 0..14),
        needs in prop::collection::vec((0u32..14, 0u32..14), 0..16),
        pins in prop::collection::btree_map(0u32..14, prop::option::of(1u32..20), 0..5),
        under_way in prop::collection::btree_map(0u32..14, 1u32..20, 0..4),
        today in -40i64..700,
    ) {
        let candidates: Vec<Candidate> = (0u32..).zip(efforts).map(|(system, effort)| one(system, effort)).collect();
        let count = candidates.len();
        let order = order(candidates, &needs);
        let given = Given { pins: pins.clone(), under_way: under_way.clone(), today: Some(day(today)) };
        let plan = order.plan_round(&given);
        let over = u32::try_from(today.max(0) / 30).unwrap();
        prop_assert_eq!(plan.placed.len() + plan.unplaced.len(), count);
        let now = plan.assignment();
        let is_there = |system: u32| (system as usize) < count;
        for (system, wave) in under_way.iter().filter(|(system, _)| is_there(**system)) {
            prop_assert_eq!(now.get(system), Some(wave));
        }
        for (system, wave) in now.iter().filter(|(system, _)| !under_way.contains_key(*system)) {
            prop_assert!(*wave > over, "{} in {} of {}", system, wave, over);
        }
        let is_open = |wave: &Option<u32>| wave.is_none_or(|wave| wave > over);
        for (system, wave) in pins.iter().filter(|(system, wave)| is_there(**system) && is_open(wave)) {
            prop_assert!(under_way.contains_key(system) || now.get(system) == wave.as_ref());
        }
        // Who has no wave says something that holds.
        for one in &plan.unplaced {
            prop_assert_ne!(&one.why, &NotPlaced::NoWave { closed: 0, full: 0 });
            prop_assert!(one.why != NotPlaced::Over || over >= u32::from(WAVES));
        }
    }
}
