use jiff::civil::{Date, date};
use kernel::{Calendar, Id};
use portfolio::{Status, level::CycleText};
use uuid::Uuid;

use super::{act::holds_until, *};
use crate::model::SystemState;

fn dossier(state: DossierState) -> Dossier {
    Dossier {
        id: Id::from_uuid(Uuid::from_u128(1)),
        system_id: Id::from_uuid(Uuid::from_u128(2)),
        owner_id: Id::from_uuid(Uuid::from_u128(3)),
        name: "Hồ sơ thử".into(),
        proposed: 2,
        level: 2,
        rule: "public".into(),
        edition: "security-level/1".into(),
        facts: "{}".into(),
        state,
        reviewer_id: None,
        sent_on: None,
        returned_on: None,
        appraised_on: None,
        appraisal: None,
        reason: None,
        number: None,
        approved_on: None,
        recorded_on: None,
        operating_on: None,
        valid_through: None,
        checked_on: None,
        check_note: None,
        check_by: None,
        sent_by: None,
        appraised_by: None,
        rev: 1,
    }
}

fn said(today: Date, hand: &str) -> Said<'_> {
    Said {
        today,
        hand,
        is_trusted: false,
        reviewer: None,
        number: None,
        on_day: None,
        level: None,
        valid_through: None,
        reason: None,
        operating_on: None,
    }
}

fn known(state: SystemState, operating_since: Option<Date>) -> Known {
    Known {
        id: Id::from_uuid(Uuid::from_u128(2)),
        owner_id: Id::from_uuid(Uuid::from_u128(3)),
        name: "Hệ thống thử".into(),
        kind: crate::model::SystemKind::InformationSystem,
        state,
        since: None,
        operating_since,
        overruled: 0,
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, kernel::Problem>) -> &'static str {
    result.unwrap_err().code
}

#[test]
fn an_approval_keeps_the_day_of_the_decision_and_the_day_it_was_entered() {
    let today = date(2026, 11, 20);
    let sent = Dossier {
        sent_on: Some(date(2026, 11, 2)),
        sent_by: Some("a".into()),
        appraised_by: Some("b".into()),
        ..dossier(DossierState::Appraised)
    };
    let say = |on| Said { number: Some("12/QĐ".into()), on_day: Some(on), ..said(today, "c") };
    let row = acted(sent.clone(), &[], DossierAct::Approve, &say(date(2026, 11, 18))).unwrap();
    assert_eq!((row.approved_on, row.recorded_on), (Some(date(2026, 11, 18)), Some(today)));
    assert_eq!((row.valid_through, row.check_by), (Some(date(2029, 11, 18)), Some(date(2027, 11, 18))));
    // Neither before it was sent nor on a day to come.
    assert_eq!(code(acted(sent.clone(), &[], DossierAct::Approve, &say(date(2026, 11, 1)))), "level-day-before-sent");
    assert_eq!(code(acted(sent.clone(), &[], DossierAct::Approve, &say(date(2026, 11, 21)))), "day-to-come");
    let over = Said { valid_through: Some(date(2026, 11, 17)), ..say(date(2026, 11, 18)) };
    assert_eq!(code(acted(sent.clone(), &[], DossierAct::Approve, &over)), "level-valid-backwards");
    for hand in ["a", "b"] {
        let own = Said { hand, ..say(today) };
        assert_eq!(code(acted(sent.clone(), &[], DossierAct::Approve, &own)), "level-two-hands");
    }
    // Another level than the rules propose has its reason.
    let other = Said { level: Some(3), ..say(today) };
    assert_eq!(code(acted(sent.clone(), &[], DossierAct::Approve, &other)), "level-other");
    let why = Said { reason: Some("Có dịch vụ toàn trình".into()), ..other };
    assert_eq!(acted(sent, &[], DossierAct::Approve, &why).unwrap().level, 3);
}

#[test]
fn a_decision_holds_as_long_as_it_says_but_where_a_rule_that_was_read_forbids_it() {
    let (on, last) = (date(2015, 1, 5), date(2018, 1, 5));
    let longer = Some(date(2029, 1, 1));
    let cycle = |status| CycleText { status, ..rules().cycle(2).unwrap().clone() };
    for status in [Status::Proposal, Status::Cited, Status::Read] {
        assert_eq!(holds_until(&cycle(status), on, None).unwrap(), last);
        assert_eq!(holds_until(&cycle(status), on, Some(date(2016, 1, 1))).unwrap(), date(2016, 1, 1));
    }
    assert_eq!(holds_until(&cycle(Status::Proposal), on, longer).unwrap(), date(2029, 1, 1));
    assert_eq!(code(holds_until(&cycle(Status::Read), on, longer)), "level-valid-long");
    let row = |valid_through| Dossier { approved_on: Some(on), valid_through, ..dossier(DossierState::Approved) };
    assert!(beyond_cycle(&row(longer)).is_some() && beyond_cycle(&row(Some(last))).is_none());
}

#[test]
fn what_goes_back_is_appraised_anew() {
    let appraised = Dossier {
        appraisal: Some("8/KHCN".into()),
        appraised_on: Some(date(2026, 11, 18)),
        appraised_by: Some("b".into()),
        ..dossier(DossierState::Appraised)
    };
    let why = Said { reason: Some("Thiếu sơ đồ".into()), ..said(date(2026, 11, 20), "b") };
    let row = acted(appraised, &[], DossierAct::Return, &why).unwrap();
    assert_eq!((row.state, row.returned_on), (DossierState::Returned, Some(date(2026, 11, 20))));
    assert_eq!((row.appraisal, row.appraised_on, row.appraised_by), (None, None, None));
}

#[test]
fn what_is_late_is_late_for_good_and_a_renewal_is_not() {
    let (calendar, today) = (Calendar::built_in(), date(2026, 11, 20));
    let approved = |on: Date| Dossier {
        approved_on: Some(on),
        valid_through: Some(on.saturating_add(jiff::Span::new().months(36))),
        check_by: Some(on.saturating_add(jiff::Span::new().months(12))),
        ..dossier(DossierState::Approved)
    };
    let of = |operating, rows: &[Dossier]| {
        let found = faults(&known(SystemState::Operating, operating), rows, &calendar, today);
        found.into_iter().map(|one| (one.fault, one.days)).collect::<Vec<_>>()
    };
    let began = Some(date(2026, 6, 1));
    assert_eq!(of(began, &[]), [(LevelFault::Unapproved, Some(172))]);
    assert_eq!(of(None, &[]), [(LevelFault::Unapproved, None)], "it operates, whoever knows since when");
    assert!(of(began, &[approved(date(2026, 5, 1))]).is_empty());
    assert_eq!(of(began, &[approved(date(2026, 6, 11))]), [(LevelFault::Late, Some(10))]);
    assert!(of(began, &[approved(date(2026, 5, 1)), approved(date(2026, 10, 1))]).is_empty());
    // Of the dossiers themselves the first alone says so.
    let by = |id, on| Dossier { id: Id::from_uuid(Uuid::from_u128(id)), operating_on: began, ..approved(on) };
    let (late, renewal) = (by(1, date(2026, 6, 11)), by(2, date(2026, 11, 2)));
    assert_eq!(late_one(&[renewal.clone(), late.clone()]), Some(late.id));
    assert_eq!(late_one(&[renewal.clone(), by(3, date(2026, 5, 1))]), None);
    let mended = by(4, date(2026, 11, 2));
    assert_eq!(newest(&[mended.clone(), renewal, late]).map(|row| row.id), Some(mended.id));
    let old = date(2023, 1, 1);
    assert_eq!(of(Some(date(2023, 2, 1)), &[approved(old)])[0].0, LevelFault::Expired);
    assert_eq!(of(Some(date(2025, 9, 1)), &[approved(date(2025, 8, 1))])[0].0, LevelFault::CheckOverdue);
    let planned = faults(&known(SystemState::Building, began), &[], &calendar, today);
    assert!(planned.is_empty(), "what does not operate needs none yet");
    assert_eq!(operating_on(None, Some(2021)), Some(date(2021, 12, 31)));
}

#[test]
fn a_check_moves_the_next_one_on_and_never_back() {
    let today = date(2028, 1, 20);
    let row = Dossier { approved_on: Some(date(2026, 11, 18)), ..dossier(DossierState::Approved) };
    let say = |on| Said { number: Some("9/BB".into()), on_day: Some(on), ..said(today, "a") };
    let check = |row: &Dossier, on| acted(row.clone(), &[], DossierAct::Check, &say(on));
    assert_eq!(code(check(&row, date(2026, 11, 17))), "level-check-early");
    let row = check(&row, date(2027, 11, 16)).unwrap();
    assert_eq!((row.checked_on, row.check_by), (Some(date(2027, 11, 16)), Some(date(2028, 11, 16))));
    assert_eq!(
        code(check(&row, date(2027, 3, 1))),
        "level-check-early",
        "one that is entered late undoes no later one"
    );
    assert_eq!(code(check(&row, date(2028, 1, 21))), "day-to-come");
}

#[test]
fn clocks_run_in_working_days() {
    let calendar = Calendar::built_in();
    let sent = Dossier { sent_on: Some(date(2026, 11, 2)), ..dossier(DossierState::Sent) };
    assert_eq!(due_on(&sent, &calendar), Some(calendar.add(date(2026, 11, 2), 15)));
    let hard = Dossier { level: 4, ..sent.clone() };
    assert_eq!(due_on(&hard, &calendar), Some(calendar.add(date(2026, 11, 2), 30)));
    let found = faults(&known(SystemState::Building, None), &[sent], &calendar, date(2026, 12, 28));
    assert_eq!(found.iter().map(|one| one.fault).collect::<Vec<_>>(), [LevelFault::AppraisalOverdue]);
    assert_eq!(due_on(&dossier(DossierState::Draft), &calendar), None);
}
