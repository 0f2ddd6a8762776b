use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;

use super::*;

const START: Date = date(2027, 1, 4);

fn day(count: i64) -> Date {
    START.checked_add(count.days()).unwrap()
}

fn terms() -> Terms {
    Terms {
        start: START,
        days: 30,
        most_systems: 2,
        most_effort: 100,
        most_waves: 20,
        free_days: 10,
        blackouts: Vec::new(),
    }
}

fn one(system: u32, effort: u32, priority: i64) -> Candidate {
    Candidate { system, effort, priority, earliest: None, blackouts: Vec::new() }
}

fn plan(terms: Terms, candidates: Vec<Candidate>, needs: &[(u32, u32)]) -> Plan {
    Order::new(terms, candidates, needs).unwrap().plan()
}

fn why(plan: &Plan, system: u32) -> (u32, Vec<Why>) {
    let placed = plan.placed.iter().find(|one| one.system == system).unwrap();
    (placed.wave, placed.why.clone())
}

#[test]
fn the_urgent_go_first_and_the_rest_where_there_is_room() {
    let plan = plan(terms(), vec![one(1, 40, 1), one(2, 70, 9), one(3, 50, 5), one(4, 10, 0)], &[]);
    let waves: Vec<_> = plan.waves.iter().map(|wave| (wave.number, wave.systems.clone(), wave.effort)).collect();
    assert_eq!(waves, [(1, vec![2, 4], 80), (2, vec![1, 3], 90)]);
    assert_eq!((plan.waves[1].from, plan.waves[1].to), (day(30), day(59)));
    assert_eq!(why(&plan, 2), (1, vec![Why::Free]));
    assert_eq!(why(&plan, 3), (2, vec![Why::Full { from: 1, to: 1 }]));
}

#[test]
fn what_is_needed_goes_first_and_is_as_urgent_as_who_needs_it() {
    let plan = plan(terms(), vec![one(1, 60, 0), one(2, 60, 5), one(3, 60, 9)], &[(3, 1), (3, 99), (98, 1)]);
    assert_eq!(why(&plan, 1), (1, vec![Why::NeededBy { system: 3 }]));
    assert_eq!(why(&plan, 3), (2, vec![Why::After { system: 1, wave: 1 }]));
    assert_eq!(why(&plan, 2), (3, vec![Why::Full { from: 1, to: 2 }]));
}

#[test]
fn a_ring_goes_together_and_alone_where_it_is_too_large() {
    let ring = [(1, 2), (2, 3), (3, 1), (4, 2)];
    let candidates = vec![one(1, 50, 5), one(2, 50, 0), one(3, 50, 0), one(4, 5, 0), one(5, 5, 9)];
    let plan = plan(terms(), candidates, &ring);
    assert_eq!(plan.waves[1].systems, [1, 2, 3]);
    assert!(plan.waves[1].is_over && !plan.waves[0].is_over);
    assert_eq!(
        why(&plan, 2),
        (
            2,
            vec![
                Why::Together { systems: vec![1, 2, 3] },
                Why::TooLarge { systems: 3, effort: 150 },
                Why::Full { from: 1, to: 1 },
            ]
        )
    );
    assert_eq!(why(&plan, 4), (3, vec![Why::After { system: 2, wave: 2 }]));
}

#[test]
fn closed_days_and_earliest_days_hold_back() {
    let own = Candidate { blackouts: vec![Span { from: day(5), to: day(24) }], ..one(1, 10, 5) };
    let late = Candidate { earliest: Some(day(51)), ..one(2, 10, 5) };
    let soon = Candidate { earliest: Some(day(50)), ..one(3, 10, 5) };
    let all = Terms { blackouts: vec![Span { from: day(30), to: day(52) }], ..terms() };
    let first = plan(terms(), vec![own.clone(), late, soon], &[]);
    assert_eq!(why(&first, 1), (2, vec![Why::Closed { by: Closed::Blackout, from: 1, to: 1 }]));
    let by = Closed::NotYet { earliest: day(51) };
    assert_eq!(why(&first, 2), (3, vec![Why::Closed { by, from: 1, to: 2 }]));
    assert_eq!(why(&first, 3).0, 2);
    assert_eq!(why(&plan(all.clone(), vec![own.clone()], &[]), 1).0, 3);
    // Ten open days are left at the end of the wave when the blackout is one day shorter.
    let shorter = Candidate { blackouts: vec![Span { from: day(5), to: day(19) }], ..own };
    assert_eq!(why(&plan(all, vec![shorter], &[]), 1), (1, vec![Why::Free]));
}

#[test]
fn what_has_no_place_says_why_and_so_does_who_waits_for_it() {
    let always = Span { from: day(-10), to: day(10_000) };
    let never = Candidate { blackouts: vec![always], ..one(1, 10, 5) };
    let plan = plan(terms(), vec![never, one(2, 10, 5), one(3, 10, 0)], &[(2, 1)]);
    assert_eq!(
        plan.unplaced,
        [
            Unplaced { system: 1, why: NotPlaced::NoWave { closed: 20, full: 0 } },
            Unplaced { system: 2, why: NotPlaced::Waits { system: 1 } },
        ]
    );
    assert_eq!(why(&plan, 3).0, 1);
}

#[test]
fn what_needs_one_of_the_last_wave_says_which() {
    let last = Terms { most_waves: 2, ..terms() };
    let needs = [(2, 1), (3, 2)];
    let plan = plan(last.clone(), vec![one(1, 10, 5), one(2, 10, 5), one(3, 10, 5)], &needs);
    let why = NotPlaced::NoWaveAfter { system: 2, wave: 2, closed: 0, full: 0 };
    assert_eq!(plan.unplaced, [Unplaced { system: 3, why }]);
    // What lies behind it is counted.
    let shut = Candidate { blackouts: vec![Span { from: day(30), to: day(59) }], ..one(2, 10, 5) };
    let plan = Order::new(last, vec![one(1, 10, 5), shut], &[(2, 1)]).unwrap().plan();
    let why = NotPlaced::NoWaveAfter { system: 1, wave: 1, closed: 1, full: 0 };
    assert_eq!(plan.unplaced, [Unplaced { system: 2, why }]);
}

#[test]
fn terms_that_make_no_sense_are_refused() {
    let refused = |terms: Terms, candidates| Order::new(terms, candidates, &[]).err().unwrap();
    assert_eq!(refused(Terms { most_effort: 0, ..terms() }, vec![]), Refused::NoRoom);
    assert_eq!(refused(Terms { free_days: 31, ..terms() }, vec![]), Refused::NoRoom);
    assert_eq!(refused(Terms { most_waves: 2_001, ..terms() }, vec![]), Refused::TooLong);
    assert_eq!(refused(Terms { start: date(9999, 12, 1), ..terms() }, vec![]), Refused::TooLong);
    assert_eq!(refused(terms(), vec![one(1, 1, 1), one(1, 2, 2)]), Refused::TwiceNamed { system: 1 });
    let (from, to) = (day(3), day(2));
    let backward = Candidate { blackouts: vec![Span { from, to }], ..one(1, 1, 1) };
    assert_eq!(refused(terms(), vec![backward]), Refused::BackwardSpan { from, to });
}

#[test]
fn what_was_broken_before_is_neither_broken_anew_nor_mended_by_half() {
    let order = Order::new(terms(), vec![one(1, 60, 9), one(2, 60, 5), one(3, 30, 0)], &[]).unwrap();
    let all = [(1, 2), (2, 2), (3, 2)].into_iter().collect();
    let less = order.moved(&all, 3, Some(1)).unwrap();
    let many = Fault::TooManySystems { wave: 2, systems: 3, most: 2 };
    assert_eq!((less.breaks, less.mends), (vec![], vec![many.clone()]));
    let more = order.moved(&less.assignment, 3, Some(2)).unwrap();
    let burst = Fault::TooMuchEffort { wave: 2, effort: 150, most: 100 };
    assert_eq!((more.breaks, more.mends), (vec![many, burst], vec![]));
}

#[test]
fn a_change_by_hand_shows_what_it_breaks_and_what_it_mends() {
    let order = Order::new(terms(), vec![one(1, 60, 9), one(2, 60, 5), one(3, 30, 0)], &[(2, 1)]).unwrap();
    let now = order.plan().assignment();
    assert_eq!(now.values().copied().collect::<Vec<_>>(), [1, 2, 1]);
    let moved = order.moved(&now, 1, Some(2)).unwrap();
    let broken = Fault::BeforeNeeded { system: 2, needs: 1 };
    let burst = Fault::TooMuchEffort { wave: 2, effort: 120, most: 100 };
    assert_eq!(
        (moved.before, moved.breaks.clone(), moved.mends.clone()),
        (Some(1), vec![broken.clone(), burst.clone()], vec![])
    );
    assert_eq!(moved.waves.iter().map(|wave| wave.systems.clone()).collect::<Vec<_>>(), [vec![3], vec![1, 2]]);
    let back = order.moved(&moved.assignment, 1, Some(1)).unwrap();
    assert_eq!((back.breaks, back.mends), (vec![], vec![broken.clone(), burst]));
    assert_eq!(order.moved(&now, 1, None).unwrap().breaks, [broken]);
    assert_eq!(order.moved(&now, 9, Some(1)), Err(NoSuchMove));
    assert_eq!(order.moved(&now, 1, Some(21)), Err(NoSuchMove));
    assert_eq!(order.moved(&now, 1, Some(0)), Err(NoSuchMove));
}

#[test]
fn what_goes_together_is_moved_in_one_step() {
    let order = Order::new(terms(), vec![one(1, 30, 9), one(2, 30, 5)], &[(1, 2), (2, 1)]).unwrap();
    let now = order.plan().assignment();
    let alone = order.moved(&now, 1, Some(2)).unwrap();
    assert!(matches!(alone.breaks[..], [Fault::Apart { .. }]), "{:?}", alone.breaks);
    let both = order.moved_all(&now, &[1, 2], Some(2)).unwrap();
    assert_eq!((both.before, both.breaks, both.mends), (Some(1), vec![], vec![]));
    let waves: Vec<_> = both.waves.iter().map(|wave| (wave.number, wave.systems.clone())).collect();
    assert_eq!(waves, [(2, vec![1, 2])]);
    assert_eq!(order.moved_all(&now, &[1, 9], Some(2)), Err(NoSuchMove));
}

fn round(order: &Order, pins: &[(u32, Option<u32>)]) -> Plan {
    order.plan_round(&Given { pins: pins.iter().copied().collect(), ..Given::default() })
}

#[test]
fn what_was_placed_by_hand_stays_and_the_rest_goes_round_it() {
    let candidates = vec![one(1, 60, 9), one(2, 60, 5), one(3, 30, 0)];
    let order = Order::new(terms(), candidates, &[(2, 1)]).unwrap();
    let late = round(&order, &[(1, Some(3))]);
    assert_eq!(why(&late, 1), (3, vec![Why::Pinned]));
    assert_eq!(why(&late, 2), (4, vec![Why::After { system: 1, wave: 3 }]));
    assert_eq!(why(&late, 3), (1, vec![Why::Free]));
    // It has its room before the more urgent, and says which need it breaks.
    let early = round(&order, &[(2, Some(1))]);
    assert_eq!(why(&early, 2), (1, vec![Why::Pinned, Why::PinnedBefore { system: 1 }]));
    assert_eq!(why(&early, 1), (2, vec![Why::Full { from: 1, to: 1 }]));
    assert_eq!(order.faults(&early.assignment()), [Fault::BeforeNeeded { system: 2, needs: 1 }]);
    // What is kept out, or in a wave that there is not, holds up who needs it.
    for nowhere in [None, Some(0), Some(21)] {
        let plan = round(&order, &[(1, nowhere)]);
        assert_eq!(
            plan.unplaced,
            [
                Unplaced { system: 1, why: NotPlaced::Pinned },
                Unplaced { system: 2, why: NotPlaced::Waits { system: 1 } },
            ]
        );
    }
    assert_eq!(round(&order, &[(99, Some(1))]), order.plan());
}

#[test]
fn what_was_placed_by_hand_over_room_or_on_closed_days_says_so() {
    let all = Terms { blackouts: vec![Span { from: day(30), to: day(59) }], ..terms() };
    let order = Order::new(all, vec![one(1, 60, 9), one(2, 60, 5), one(3, 30, 0)], &[]).unwrap();
    let plan = round(&order, &[(1, Some(3)), (2, Some(3)), (3, Some(2))]);
    assert_eq!(why(&plan, 1), (3, vec![Why::Pinned, Why::PinnedOver]));
    assert_eq!(why(&plan, 2), (3, vec![Why::Pinned, Why::PinnedOver]));
    assert_eq!(why(&plan, 3), (2, vec![Why::Pinned, Why::PinnedClosed { by: Closed::Blackout }]));
    assert!(plan.waves[1].is_over);
}

#[test]
fn a_ring_goes_where_one_of_it_was_placed_by_hand() {
    let candidates = vec![one(1, 30, 9), one(2, 30, 5), one(3, 30, 0)];
    let order = Order::new(terms(), candidates, &[(1, 2), (2, 1), (3, 1)]).unwrap();
    let together = Why::Together { systems: vec![1, 2] };
    let plan = round(&order, &[(1, Some(4))]);
    assert_eq!(why(&plan, 1), (4, vec![together.clone(), Why::Pinned]));
    assert_eq!(why(&plan, 2), (4, vec![together]));
    assert_eq!(why(&plan, 3).0, 5);
    let apart = round(&order, &[(1, Some(4)), (2, Some(2))]);
    assert_eq!((why(&apart, 1).0, why(&apart, 2).0, why(&apart, 3).0), (4, 2, 5));
    assert_eq!(order.faults(&apart.assignment()), [Fault::Apart { systems: vec![1, 2] }]);
}

fn some_candidate() -> impl Strategy<Value = (u32, i64, Option<i64>, Vec<(i64, i64)>)> {
    let spans = prop::collection::vec((0i64..200, 0i64..40), 0..3);
    (1u32..130, 0i64..5, prop::option::weighted(0.3, 0i64..120), spans)
}

proptest! {
    #[test]
    fn what_was_placed_by_hand_is_moved_by_nothing_and_breaks_alone_what_is_broken(
        candidates in prop::collection::vec(some_candidate(), 0..14),
        needs in prop::collection::vec((0u32..14, 0u32..14), 0..16),
        pins in prop::collection::btree_map(0u32..14, prop::option::of(1u32..20), 0..5),
    ) {
        let candidate = |(system, (effort, priority, _, _))| one(system, effort, priority);
        let candidates: Vec<Candidate> = (0u32..).zip(candidates).map(candidate).collect();
        let order = Order::new(terms(), candidates.clone(), &needs).unwrap();
        let plan = order.plan_round(&Given { pins: pins.clone(), ..Given::default() });
        let now = plan.assignment();
        prop_assert_eq!(plan.placed.len() + plan.unplaced.len(), candidates.len());
        for (system, wave) in pins.iter().filter(|(system, _)| (**system as usize) < candidates.len()) {
            prop_assert_eq!(now.get(system), wave.as_ref());
        }
        let in_ring = |system: &u32| order.rings().iter().any(|ring| ring.contains(system));
        for fault in order.faults(&now) {
            if let Fault::BeforeNeeded { system, .. } = fault {
                prop_assert!(pins.contains_key(&system) || in_ring(&system), "{:?}", fault);
            }
        }
    }

    #[test]
    fn a_plan_keeps_its_own_rules_and_does_not_hang_on_the_order_of_its_input(
        candidates in prop::collection::vec(some_candidate(), 0..14),
        needs in prop::collection::vec((0u32..14, 0u32..14), 0..16),
    ) {
        let candidates: Vec<Candidate> = (0u32..).zip(candidates).map(|(system, (effort, priority, earliest, spans))| {
            let blackouts = spans.into_iter().map(|(from, more)| Span { from: day(from), to: day(from + more) });
            Candidate { system, effort, priority, earliest: earliest.map(day), blackouts: blackouts.collect() }
        }).collect();
        let order = Order::new(terms(), candidates.clone(), &needs).unwrap();
        let plan = order.plan();
        let (mut turned, mut other_needs) = (candidates.clone(), needs.clone());
        turned.reverse();
        other_needs.reverse();
        prop_assert_eq!(&Order::new(terms(), turned, &other_needs).unwrap().plan(), &plan);
        prop_assert_eq!(plan.placed.len() + plan.unplaced.len(), candidates.len());
        let over: Vec<u32> = plan.waves.iter().filter(|wave| wave.is_over).map(|wave| wave.number).collect();
        for fault in order.faults(&plan.assignment()) {
            let (Fault::TooManySystems { wave, .. } | Fault::TooMuchEffort { wave, .. }) = fault else {
                return Err(TestCaseError::fail(format!("{fault:?}")));
            };
            prop_assert!(over.contains(&wave));
        }
        // What is over is one ring or one large system, alone in its wave.
        for wave in plan.waves.iter().filter(|wave| wave.is_over) {
            prop_assert!(wave.systems.len() == 1 || order.rings().contains(&wave.systems), "{:?}", wave);
        }
        // Nobody could stand one wave earlier without breaking something.
        let now = plan.assignment();
        let alone = |system: &u32| !order.rings().iter().any(|ring| ring.contains(system));
        for (system, wave) in now.iter().filter(|(system, wave)| **wave > 1 && alone(system) && !over.contains(wave)) {
            prop_assert!(!order.moved(&now, *system, Some(wave - 1)).unwrap().breaks.is_empty());
        }
    }
}
