//! The pages of level dossiers; their register is in `store::level`, and what their forms do is in `api::level`.

use axum::extract::Path;
use kernel::{Code as _, Ctx, Lang, Problem, ProblemKind, Resource, UnitId};
use minijinja::{Value, context};
use portfolio::{level::GroupText, table::FactKind};
use webkit::{Ask, Confirm, Kept as _, Outcome, Req, view};

use super::proofs::shown;
use crate::{
    api::paged,
    model::{
        System, SystemId,
        level::{
            Control, ControlState, Dossier, DossierAct, DossierId, DossierState, LevelFault, beyond_cycle, due_on,
            is_operating, late_one, newest, rules,
        },
    },
    store::level::{controls, of_system},
    usecase::{
        level::{
            act::may,
            check::{by_owner, standing},
            controls::{controls_seen, may_know},
            guard::may_overrule,
            known,
            propose::{of_level, open_one},
        },
        proofs::of_dossier,
    },
};

fn words(req: &Req, key: &str) -> String {
    req.app.locales().text(req.ctx.lang, key, &[])
}

fn said(ctx: &Ctx, words: &portfolio::Words) -> String {
    if ctx.lang == Lang::En { words.en.clone() } else { words.vi.clone() }
}

/// A system that the actor may see, and at whose owner this right over dossiers is held.
async fn system_of(req: &Req, id: SystemId, action: &'static str) -> Result<System, Problem> {
    let system = System::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    req.app.check_today(&req.ctx, action, Resource::kept("Dossier", system.owner_id))?;
    Ok(system)
}

/// The questions from which a level is proposed; what the inventory or the dossier says stands in them, for whom keeps it.
pub async fn facts(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let system = system_of(&req, id, "level.keep").await?;
    let conn = req.app.db().read();
    let row = open_one(of_system(&conn, id).await?);
    let now = match &row {
        Some(row) => known::levels().table().write_facts(&known::kept(&row.facts)),
        None => known::prefilled(&system),
    };
    let now = known::answers(&now);
    let table = known::levels().table();
    let yes_no = || vec![("yes".to_owned(), words(&req, "level-yes")), ("no".to_owned(), words(&req, "level-no"))];
    let field = |fact: &portfolio::table::FactText| {
        let options: Vec<(String, String)> = match fact.kind {
            FactKind::Bool => yes_no(),
            FactKind::Choice => fact.values.iter().map(|one| (one.code.clone(), said(&req.ctx, &one.say))).collect(),
            FactKind::Number => vec![],
        };
        let options: Vec<Value> = options.into_iter().map(|(value, text)| context! { value, text }).collect();
        let value = now.text(&fact.key);
        context! { key => &fact.key, label => said(&req.ctx, &fact.say), options, value, is_number => fact.kind == FactKind::Number }
    };
    let edition = table.edition();
    let page = context! {
        system => view(&system), fields => table.facts().iter().map(field).collect::<Vec<Value>>(),
        source => said(&req.ctx, &edition.source), note => said(&req.ctx, &edition.note), edition => view(edition),
        rev => row.map_or(0, |row| row.rev),
    };
    req.page("registry/level_facts.html", page).await
}

fn group_of(one: &Control) -> Option<&'static GroupText> {
    let text = rules().text();
    let control = text.controls.iter().find(|text| text.key == one.code)?;
    text.groups.iter().find(|group| group.key == control.group)
}

fn control_shown(req: &Req, one: &Control) -> Value {
    let control = rules().text().controls.iter().find(|text| text.key == one.code);
    let group = group_of(one);
    context! {
        code => &one.code, words => control.map(|control| said(&req.ctx, &control.say)),
        group => group.map(|group| said(&req.ctx, &group.say)), state => one.state.words(), look => one.state.look(),
        id => one.id.to_string(), value => one.state.code(), evidence => one.evidence.as_deref(), on_day => one.on_day.map(|day| day.to_string()),
    }
}

fn control_choice(req: &Req, one: &Control) -> Value {
    let control = rules().text().controls.iter().find(|text| text.key == one.code);
    context! { value => &one.code, text => control.map_or_else(|| one.code.clone(), |text| said(&req.ctx, &text.say)) }
}

pub async fn show(req: Req, Path(id): Path<DossierId>) -> Outcome {
    let conn = req.app.db().read();
    let row = Dossier::seen(&req.app, &req.ctx, &conn, id).await?;
    let knows = may_know(&req.app, &req.ctx, &row).is_ok();
    let lines = if knows { of_level(&row, controls(&conn, id).await?) } else { vec![] };
    let files = if knows { of_dossier(&req.app, &req.ctx, id).await? } else { vec![] };
    let files = files.iter().zip(shown(&req, &files).await?).collect::<Vec<_>>();
    let with_files = |one: &Control| {
        let own = files.iter().filter(|(file, _)| file.control_id == Some(one.id)).map(|(_, shown)| shown.clone());
        context! { proofs => own.collect::<Vec<Value>>(), ..control_shown(&req, one) }
    };
    let count = |state: ControlState| lines.iter().filter(|one| one.state == state).count();
    let counts: Vec<Value> = ControlState::ALL
        .iter()
        .map(|state| context! { words => state.words(), look => state.look(), count => count(*state) })
        .collect();
    let table = known::levels().table();
    let facts = known::kept(&row.facts);
    // What was decided on paper no rule of this table decided.
    let proposal = known::proposed(&facts).ok().filter(|_| !row.rule.is_empty());
    let verdict = proposal.as_ref().and_then(|proposal| proposal.decision.verdicts.get(known::levels().part()));
    let reasons = verdict.map(|verdict| table.reasons(verdict, &facts)).unwrap_or_default();
    let unknown = verdict.map(|verdict| verdict.unknown.as_slice()).unwrap_or_default();
    let unknown: Vec<String> = unknown.iter().map(|at| said(&req.ctx, &table.facts()[*at].say)).collect();
    let acts: Vec<Value> = DossierAct::ALL
        .iter()
        .filter(|act| act.is_open_to(row.state) && may(&req.app, &req.ctx, &row, **act).is_ok())
        .map(|act| context! { act => act.code(), words => act.words() })
        .collect();
    let name = |unit: UnitId| req.app.bodies().body(unit).map(|body| body.name);
    let today = req.ctx.today();
    let rows = of_system(&conn, row.system_id).await?;
    let is_late = late_one(&rows) == Some(id);
    // What a newer one replaced neither runs out nor is checked.
    let holds = newest(&rows).is_some_and(|newest| newest.id == id);
    let due = due_on(&row, &req.app.times().calendar());
    let answers_words = match row.state {
        DossierState::Draft | DossierState::Returned => Some("level-answers"),
        DossierState::Approved if holds => Some("level-anew"),
        _ => None,
    };
    let page = context! {
        row => view(&row), look => row.state.look(), state => row.state.words(), owner => name(row.owner_id),
        reviewer => row.reviewer_id.and_then(name), knows, counts, acts, is_late,
        due => due.map(|day| day.to_string()),
        longer => beyond_cycle(&row).map(|cycle| context! { months => cycle.valid_months, status => view(cycle.status) }),
        is_overdue => due.is_some_and(|due| due < today),
        is_expired => holds && row.valid_through.is_some_and(|last| last < today),
        is_unchecked => holds && row.check_by.is_some_and(|by| by < today),
        reasons => reasons.iter().map(|reason| said(&req.ctx, reason.say)).collect::<Vec<_>>(), unknown,
        controls => lines.iter().map(with_files).collect::<Vec<Value>>(),
        choices => lines.iter().map(|one| control_choice(&req, one)).collect::<Vec<Value>>(),
        may_bring => knows && row.check(&req.app, &req.ctx).is_ok()
            && !matches!(row.state, DossierState::Sent | DossierState::Appraised),
        source => said(&req.ctx, &rules().text().edition.source), note => said(&req.ctx, &rules().text().edition.note),
        may_keep => row.check(&req.app, &req.ctx).is_ok(), answers_words,
        history => view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?),
    };
    req.page("registry/dossier.html", page).await
}

/// All controls of a dossier as one form.
pub async fn controls_form(req: Req, Path(id): Path<DossierId>) -> Outcome {
    let (row, lines) = controls_seen(&req.app, &req.ctx, id).await?;
    row.check(&req.app, &req.ctx)?;
    let mut control_groups: Vec<Value> = Vec::new();
    for group in &rules().text().groups {
        let of_group = |one: &&Control| group_of(one).is_some_and(|own| own.key == group.key);
        let controls: Vec<Value> = lines.iter().filter(of_group).map(|one| control_shown(&req, one)).collect();
        if !controls.is_empty() {
            control_groups.push(context! { key => &group.key, title => said(&req.ctx, &group.say), controls });
        }
    }
    let page = context! {
        row => view(&row), control_groups,
        states => req.choices(ControlState::KEY, ControlState::CODES.iter().copied()),
    };
    req.page("registry/level_controls.html", page).await
}

fn ask(req: &Req, name: &'static str, kind: &'static str, label: &str, is_free: bool) -> Ask {
    Ask { name, kind, label: words(req, label), is_free, ..Ask::default() }
}

/// The page before an act on a dossier, at the act's own address: a refused form comes back to it.
pub async fn act(req: Req, Path(id): Path<DossierId>) -> Outcome {
    let Some(act) = req.query("act") else { return Ok(Req::go(&format!("/levels/{id}"), "")) };
    let act = DossierAct::parse(&act).ok_or_else(Problem::not_found)?;
    let row = Dossier::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    may(&req.app, &req.ctx, &row, act)?;
    if !act.is_open_to(row.state) {
        return Err(Problem::new(ProblemKind::Conflict, "level-state").into());
    }
    let asks = match act {
        DossierAct::Send => {
            let unit = row.reviewer_id.map(|unit| req.app.bodies().written(unit, req.ctx.today()));
            vec![Ask { value: unit.unwrap_or_default(), ..ask(&req, "reviewer", "text", "level-reviewer", false) }]
        }
        DossierAct::Return => vec![ask(&req, "reason", "words", "migration-reason", false)],
        DossierAct::Appraise => vec![ask(&req, "number", "text", "level-appraisal", false)],
        DossierAct::Approve => vec![
            ask(&req, "number", "text", "level-decision", false),
            ask(&req, "on_day", "date", "level-approved-on", false),
            Ask { value: row.level.to_string(), ..ask(&req, "level", "text", "level-number", false) },
            Ask {
                hint: words(&req, "level-valid-hint"),
                ..ask(&req, "valid_through", "date", "level-valid-through", true)
            },
            Ask { hint: words(&req, "level-reason-hint"), ..ask(&req, "reason", "words", "migration-reason", true) },
        ],
        DossierAct::Check => vec![
            ask(&req, "on_day", "date", "level-checked-on", false),
            ask(&req, "number", "text", "level-check-note", false),
        ],
    };
    let args = [("name", row.name.as_str().into()), ("level", row.level.to_string().into())];
    let says = req.app.locales().text(req.ctx.lang, &format!("level-ask-{}", act.code()), &args);
    let confirm = Confirm {
        title: words(&req, &act.words()),
        above: format!("/levels/{id}"),
        above_name: row.name.to_string(),
        says: vec![says],
        carried: vec![("rev", row.rev.to_string()), ("act", act.code().to_owned())],
        asks,
        button: words(&req, &act.words()),
        after: words(&req, "level-after"),
        ..Confirm::default()
    };
    confirm.show(&req).await
}

/// The page before a decision is taken over from its paper.
pub async fn decision(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let system = system_of(&req, id, "level.approve").await?;
    let confirm = Confirm {
        title: words(&req, "level-record"),
        above: format!("/systems/{id}"),
        above_name: system.name.to_string(),
        says: vec![words(&req, "level-ask-record")],
        carried: vec![("rev", system.rev.to_string())],
        asks: vec![
            ask(&req, "number", "text", "level-decision", false),
            ask(&req, "on_day", "date", "level-approved-on", false),
            ask(&req, "level", "text", "level-number", false),
            Ask {
                hint: words(&req, "level-valid-hint"),
                ..ask(&req, "valid_through", "date", "level-valid-through", true)
            },
        ],
        button: words(&req, "level-record"),
        after: words(&req, "level-record-after"),
        ..Confirm::default()
    };
    confirm.show(&req).await
}

/// The page before a leader lets a system operate without an approved dossier, or one that operates be a new one.
pub async fn overrule(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let system = System::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    may_overrule(&req.app, &req.ctx, &system)?;
    let args = [("name", system.name.as_str().into())];
    let operates = is_operating(system.state);
    let (title, says) = if operates {
        ("level-overrule-day", "level-ask-overrule-day")
    } else {
        ("level-overrule", "level-ask-overrule")
    };
    let day = ask(&req, "operating_since", "date", "system-operating-since", false);
    let reason = ask(&req, "reason", "words", "migration-reason", false);
    let confirm = Confirm {
        title: words(&req, title),
        above: format!("/systems/{id}"),
        above_name: system.name.to_string(),
        says: vec![req.app.locales().text(req.ctx.lang, says, &args)],
        warns: vec![words(&req, "level-overrule-warns")],
        carried: vec![("rev", system.rev.to_string())],
        asks: if operates { vec![day, reason] } else { vec![reason] },
        button: words(&req, title),
        after: words(&req, "level-after"),
        ..Confirm::default()
    };
    confirm.show(&req).await
}

/// What is wrong today: how many of each kind by owner, and of one owner each.
pub async fn faults(req: Req) -> Outcome {
    let owner = req.query("owner").and_then(|text| text.parse::<UnitId>().ok());
    let found = standing(&req.app, &req.ctx, &req.app.db().read(), owner).await?;
    let count = found.violations.len();
    let (rows, violations) = if owner.is_some() { (vec![], found.violations) } else { (by_owner(&found), vec![]) };
    let (rows, violations) = (paged::page(&req, rows)?, paged::page(&req, violations)?);
    let of = owner.map(|owner| format!("owner={owner}&")).unwrap_or_default();
    let next = rows.next.or(violations.next).map(|after| format!("/levels/faults?{of}after={after}"));
    let name = |unit: UnitId| req.app.bodies().body(unit).map(|body| body.name).unwrap_or_default();
    let line = |(unit, counts, sum): (UnitId, Vec<usize>, usize)| {
        context! { unit => unit.to_string(), name => name(unit), counts, sum }
    };
    let one = |one: &crate::usecase::level::check::Violation| {
        context! { one => view(one), words => one.fault.words(), name => &one.name }
    };
    let page = context! {
        heads => LevelFault::ALL.iter().map(|fault| fault.words()).collect::<Vec<_>>(),
        rows => rows.items.into_iter().map(line).collect::<Vec<Value>>(), next, count, owner => owner.map(name),
        violations => owner.is_some().then(|| violations.items.iter().map(one).collect::<Vec<Value>>()),
        systems => found.systems, operating => found.operating,
        figured => found.counted, figured_late => found.counted_late, overruled => found.overruled,
    };
    req.page("registry/level_faults.html", page).await
}
