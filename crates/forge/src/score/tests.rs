//! A reading that is right in everything, and readings that are not.

use plan_reader::{
    Bound, Document, Duty, DutyKind as ReadDuty, Form as ReadForm, Period, Plan, Problem, ProblemKind, Reading, Span,
    Target, Task, Time, TimeKind,
};

use crate::{
    DutyKind, Forged, Tally, When, document,
    fold::{Folded, fold},
    score,
};

fn time(when: &When) -> Time {
    let text = |text: &String| Some(Bound::Text(text.clone()));
    let (from, to) = match when {
        When::Until(to) => (None, text(to)),
        When::Within(from, to) => (text(from), text(to)),
        When::From(from) => (text(from), None),
        _ => (None, None),
    };
    let kind = match when {
        When::Continuous => Some(TimeKind::Continuous),
        When::Until(_) => Some(TimeKind::Month),
        _ => None,
    };
    Time { raw: String::new(), kind, from, to }
}

fn doubt(kind: ProblemKind, source: Option<Span>, task: Option<String>) -> Problem {
    Problem { kind, message_vi: String::new(), message_en: String::new(), source, task, target: None }
}

/// What a reader without a fault would hand back.
fn right(forged: &Forged) -> Reading {
    let answer = &forged.answer;
    let mut plan = Plan {
        document: Document {
            number: answer.number.clone(),
            date: answer.date.clone(),
            kind: Some(answer.kind.clone()),
            issuer: answer.issuer.clone(),
            title: Some(answer.title.clone()),
            ..Document::default()
        },
        ..Plan::default()
    };
    for (at, task) in answer.tasks.iter().enumerate() {
        let unclear = matches!(
            task.when,
            When::Monthly | When::Quarterly | When::HalfYearly | When::Yearly | When::Event | When::Impossible
        );
        plan.problems.extend(unclear.then(|| doubt(ProblemKind::TimeUnclear, None, Some(at.to_string()))));
        plan.tasks.push(Task {
            id: at.to_string(),
            section: vec![],
            form: ReadForm::Block,
            text: task.text.clone(),
            lead: task.lead.clone(),
            coordinating: task.coord.clone(),
            time: time(&task.when),
            confidence: 100,
            result: None,
            embedded_targets: vec![],
            source: Span::default(),
        });
    }
    plan.targets = answer.targets.iter().map(target).collect();
    plan.duties = answer.duties.iter().map(duty).collect();
    Reading { plan, text: forged.text.clone(), ..Reading::default() }
}

fn target(target: &crate::Target) -> Target {
    Target {
        id: String::new(),
        text: target.text.clone(),
        value: target.value,
        unit: target.unit.clone(),
        comparator: target.comparator,
        period: Period { from: None, to: target.year },
        stretch: None,
        lead: target.lead.clone(),
        implementers: vec![],
        mirrors: vec![],
        source: Span::default(),
    }
}

fn duty(duty: &crate::Duty) -> Duty {
    Duty {
        kind: if duty.kind == DutyKind::Report { ReadDuty::Report } else { ReadDuty::Assignment },
        who: duty.who.clone(),
        to: duty.to.clone(),
        via: vec![],
        period: None,
        due: None,
        text: duty.text.clone(),
        source: Span::default(),
    }
}

#[test]
fn a_reading_that_is_right_scores_in_full() {
    let mut tally = Tally::default();
    for seed in 0..200 {
        let forged = document(seed);
        let score = score(&forged, Some(&right(&forged)));
        assert_eq!(score.told, Vec::<String>::new(), "seed {seed}");
        tally.add(seed, forged.kind, &score);
    }
    let all = (tally.items(), tally.fields(), tally.lost(), tally.false_tasks());
    assert_eq!(format!("{all:?}"), "(1.0, 1.0, 0, 0.0)", "{}", tally.told());
}

/// One with tasks enough to spoil one.
fn spoilable() -> Forged {
    (0..10_000)
        .map(document)
        .find(|forged| forged.answer.tasks.len() > 3 && forged.answer.duties.is_empty())
        .expect("some seed")
}

#[test]
fn what_is_missing_is_lost_unless_it_is_doubted() {
    let forged = spoilable();
    let mut reading = right(&forged);
    let lost = reading.plan.tasks.remove(1);
    let found = score(&forged, Some(&reading));
    assert_eq!((found.tasks.asked - found.tasks.found, found.tasks.silent), (1, 1));
    let place = Folded::new(&reading.text, &forged.furniture).find(&lost.text).expect("its place");
    reading.plan.problems.push(doubt(ProblemKind::NoLead, Some(Span::new(place.start, place.end)), None));
    let found = score(&forged, Some(&reading));
    assert_eq!((found.tasks.asked - found.tasks.found, found.tasks.silent), (1, 0));
    // A doubt about the whole document points nowhere.
    reading.plan.problems.last_mut().unwrap().source = Some(Span::new(0, 100_000));
    assert_eq!(score(&forged, Some(&reading)).tasks.silent, 1);
    assert_eq!(score(&forged, None).tasks.silent, 0);
}

#[test]
fn what_is_made_up_or_cut_wrongly_counts_against_the_reading() {
    let forged = spoilable();
    let mut reading = right(&forged);
    reading.plan.tasks.push(Task { text: forged.answer.none[0].clone(), ..reading.plan.tasks[0].clone() });
    assert_eq!(score(&forged, Some(&reading)).wrong[0], 1);
    let mut reading = right(&forged);
    let cut: String = fold(&forged.answer.tasks[0].core).chars().skip(3).collect();
    reading.plan.tasks[0].text = cut;
    let found = score(&forged, Some(&reading));
    assert_eq!((found.tasks.asked - found.tasks.found, found.wrong[0]), (1, 1));
    let mut reading = right(&forged);
    reading.plan.tasks[0].lead.push("Sở Mẫu".into());
    assert_eq!(
        score(&forged, Some(&reading)).fields["lead"],
        (forged.answer.tasks.len() - 1, forged.answer.tasks.len())
    );
}
