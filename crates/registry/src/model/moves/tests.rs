use jiff::civil::{Date, date};
use kernel::{Calendar, Code as _, Id, Lang};
use uuid::Uuid;

use super::*;
use crate::model::{SystemHosting, SystemState};

fn migration(state: MigrationState) -> Migration {
    Migration {
        id: Id::from_uuid(Uuid::from_u128(1)),
        system_id: Id::from_uuid(Uuid::from_u128(2)),
        owner_id: Id::from_uuid(Uuid::from_u128(3)),
        runner_id: None,
        name: "Hệ thống thử".into(),
        strategy: Strategy::Rehost,
        wave: None,
        from_hosting: SystemHosting::OwnRoom,
        to_hosting: SystemHosting::ProvincialCloud,
        state,
        leader_id: None,
        edition: Checklists::shipped().mark(),
        announced_on: None,
        announcement: None,
        window_begins: Some(date(2026, 11, 20)),
        window_ends: Some(date(2026, 11, 21)),
        window_hours: None,
        checksum_given: None,
        checksum_verified: None,
        started_on: None,
        cut_over_on: None,
        ended_on: None,
        reason: None,
        left_hosting: None,
        left_state: None,
        left_since: None,
        left_operating_since: None,
        hands: String::new(),
        rev: 1,
    }
}

fn said<'a>(calendar: &'a Calendar, today: Date, hand: &'a str) -> Said<'a> {
    Said { today, lang: Lang::En, calendar, is_renewed: true, hand, is_leader: false, is_trusted: false, reason: None }
}

#[test]
fn every_strategy_has_steps_before_each_gate_and_a_way_back() {
    let lists = Checklists::shipped();
    for strategy in Strategy::ALL {
        let work: Vec<&StepText> = lists.of(*strategy, StepPart::Work).collect();
        for gate in [Gate::CutOver, Gate::Acceptance] {
            let is_there = work.iter().any(|step| step.gate == gate && step.need == Need::Mandatory);
            assert!(is_there, "{}: {}", strategy.code(), gate.code());
        }
        assert!(work.iter().any(|step| step.proof == Proof::Announcement), "{}", strategy.code());
        assert!(lists.of(*strategy, StepPart::Return).count() >= 2, "{}", strategy.code());
        let mut keys: Vec<&str> = work.iter().map(|step| step.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), work.len(), "each step once");
    }
    assert!(lists.steps.iter().all(|step| step.say.is_complete()));
    for step in &lists.steps {
        assert_eq!(lists.said(&step.key, "Như đã ghi", Lang::Vi), "Như đã ghi");
        assert_eq!(lists.said(&step.key, "Như đã ghi", Lang::En), step.say.en);
    }
    assert_eq!(lists.said("gone", "Như đã ghi", Lang::En), "Như đã ghi");
}

#[test]
fn seven_working_days_are_counted_by_the_working_calendar() {
    let (calendar, lists) = (Calendar::built_in(), Checklists::shipped());
    let latest = latest_notice(date(2026, 11, 20), lists, &calendar);
    assert_eq!(latest, date(2026, 11, 11), "a Friday: nine days with a weekend in between");
    let row = |announced_on| Migration {
        announced_on: Some(announced_on),
        announcement: Some("15/TB".into()),
        ..migration(MigrationState::Running)
    };
    let cut = |announced, today| {
        acted(row(announced), &[], MigrationAct::CutOver, &said(&calendar, today, "a")).map_err(|problem| problem.code)
    };
    let in_time = date(2026, 11, 11);
    assert_eq!(cut(date(2026, 11, 12), date(2026, 11, 20)).unwrap_err(), "migration-notice-late");
    assert_eq!(cut(in_time, date(2026, 11, 19)).unwrap_err(), "migration-outside-window");
    assert_eq!(cut(in_time, date(2026, 11, 20)).unwrap().state, MigrationState::CutOver);
}

#[test]
fn nothing_is_moved_to_a_place_that_nobody_named() {
    let (calendar, today) = (Calendar::built_in(), date(2026, 11, 20));
    let row = |strategy, state| Migration {
        strategy,
        to_hosting: SystemHosting::Unknown,
        announced_on: Some(date(2026, 11, 2)),
        announcement: Some("15/TB".into()),
        ..migration(state)
    };
    let done = |row, act| acted(row, &[], act, &said(&calendar, today, "a")).map_err(|problem| problem.code);
    for (state, act) in
        [(MigrationState::Planned, MigrationAct::Start), (MigrationState::Running, MigrationAct::CutOver)]
    {
        assert_eq!(done(row(Strategy::Rehost, state), act).unwrap_err(), "migration-whereto");
        assert!(done(row(Strategy::Retire, state), act).is_ok(), "what ends goes nowhere");
    }
}

#[test]
fn a_state_is_reached_from_where_it_may_be_and_from_nowhere_else() {
    use MigrationAct as Act;
    use MigrationState as State;
    let from = |act: Act| -> Vec<State> { State::ALL.iter().copied().filter(|state| act.is_open_to(*state)).collect() };
    assert_eq!(from(Act::Start), [State::Planned]);
    assert_eq!(from(Act::CutOver), [State::Running]);
    assert_eq!(from(Act::Accept), [State::CutOver]);
    assert_eq!(from(Act::RollBack), [State::Running, State::CutOver, State::Accepted]);
    assert_eq!(from(Act::Cancel), [State::Planned]);
}

#[test]
fn a_system_is_afterwards_where_and_what_it_should_be() {
    let row = migration(MigrationState::CutOver);
    assert_eq!(row.leads_to(SystemState::Building), SystemState::Operating);
    assert_eq!(row.leads_to(SystemState::Retiring), SystemState::Retiring);
    assert_eq!(row.stands_at(SystemHosting::OwnRoom), SystemHosting::ProvincialCloud);
    let end = Migration { strategy: Strategy::Retire, ..row };
    assert_eq!(end.leads_to(SystemState::Operating), SystemState::Retired);
    assert_eq!(end.stands_at(SystemHosting::OwnRoom), SystemHosting::OwnRoom);
}

#[test]
fn a_copy_is_the_same_where_both_sides_found_the_same() {
    let row = |given: &str, verified: &str| Migration {
        checksum_given: Some(given.into()),
        checksum_verified: Some(verified.into()),
        ..migration(MigrationState::Running)
    };
    assert!(row("sha256:AB12CD34", "ab12cd34 ").is_copy_same());
    assert!(!row("ab12cd34", "ab12cd35").is_copy_same());
    assert!(!row("x", "x").is_copy_same(), "too short to prove anything");
    assert!(!migration(MigrationState::Running).is_copy_same());
}
