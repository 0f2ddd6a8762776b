//! The pages of migrations; their register is in `store::moves`, and what their forms do is in `api::moves`.

use axum::extract::Path;
use db::Row as _;
use kernel::{Code as _, Colleague, Lang, Problem};
use minijinja::{Value, context};
use webkit::{Acted, Ask, Confirm, FormPage, Kept as _, Outcome, Record as _, Req, view};

use super::{availability::since_cut_over, proofs};
use crate::{
    model::{
        System, SystemId,
        moves::{
            Checklists, Migration, MigrationAct, MigrationId, Plan, Proof, Said, Step, StepId, StepPart, StepState,
            Strategy, is_ran_by, latest_notice,
        },
    },
    store::level::is_renewed,
    usecase::{
        hand::hand,
        moves::{
            act::may,
            lead::{is_led_by, people, units},
            open::{may_move, may_open},
            seen::{Whole, migration_seen},
            step::step_seen,
            wave::wave_of,
        },
        proofs::{of_migration, of_step},
    },
};

fn words(req: &Req, key: &str) -> String {
    req.app.locales().text(req.ctx.lang, key, &[])
}

/// The form by which a project is opened; what the classification proposes and the first open days of its wave
/// stand in it.
pub async fn open_form(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let system = System::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    may_open(&req.app, &req.ctx, &system)?;
    may_move(&system)?;
    let strategy = system.strategy.as_deref().and_then(Strategy::parse).unwrap_or(Strategy::Rehost);
    let now = webkit::Answers::default().with("strategy", strategy.code()).with("to_hosting", "provincial_cloud");
    let mut now = now.with_some("runner", system.operator_id);
    // Days that are over are no window.
    if let Some((wave, window)) = wave_of(&req.app.db().read(), id, req.ctx.today()).await? {
        now = now.with("wave", wave.to_string());
        let (begins, ends) = window.unzip();
        now = now.with_some("window_begins", begins).with_some("window_ends", ends);
    }
    let above = (format!("/systems/{id}"), system.name.to_string());
    let near = Some(system.owner_id);
    FormPage { fields: Plan::FIELDS, now, title: "migration-open", above, rev: None, near }.show(&req).await
}

pub async fn edit_form(req: Req, Path(id): Path<MigrationId>) -> Outcome {
    let row = Migration::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    row.check(&req.app, &req.ctx)?;
    let (now, above) = (Plan::of(&row).answers(), (format!("/migrations/{id}"), row.name.to_string()));
    let (rev, near) = (Some(row.rev), Some(row.owner_id));
    FormPage { fields: Plan::FIELDS, now, title: "migration-edit", above, rev, near }.show(&req).await
}

async fn steps_shown(req: &Req, whole: &Whole, people: &[Colleague]) -> Result<Vec<Value>, Problem> {
    let acts = whole.steps.iter().map(|step| {
        let at = step.done_on.and_then(|on| on.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok());
        let at = at.map_or(0, |at| at.timestamp().as_microsecond());
        Acted::new(step.done_by.as_deref().unwrap_or_default(), at, step.unit_id)
    });
    let who = req.app.who(&acts.collect::<Vec<_>>()).await?;
    let files = of_migration(&req.app, &req.ctx, whole.migration.id).await?;
    let files = files.iter().zip(proofs::shown(req, &files).await?).collect::<Vec<_>>();
    let shown = |(step, who): (&Step, &webkit::Who)| {
        let is_late = step.state == StepState::Open && step.due_on.is_some_and(|due| due < req.ctx.today());
        let person = people.iter().find(|one| Some(one.person) == step.person_id).map(|one| one.name.clone());
        let unit = step.unit_id.and_then(|unit| req.app.bodies().body(unit)).map(|body| body.short_name);
        context! {
            step => view(step), words => step.said(req.ctx.lang), look => step.state.look(),
            state => step.state.words(), need => step.need.words(),
            is_late, person, unit, who => step.done_by.as_ref().map(|_| view(who)),
            proofs => files.iter().filter(|(file, _)| file.step_id == Some(step.id)).map(|(_, shown)| shown.clone())
                .collect::<Vec<Value>>(),
        }
    };
    Ok(whole.steps.iter().zip(&who).map(shown).collect())
}

pub async fn show(req: Req, Path(id): Path<MigrationId>) -> Outcome {
    let whole = migration_seen(&req.app, &req.ctx, id).await?;
    let row = &whole.migration;
    let conn = req.app.db().read();
    let system = System::get(&conn, row.system_id).await?.ok_or_else(Problem::not_found)?;
    let people = people(&req.app, &req.ctx, row).await?;
    let leader = people.iter().find(|one| Some(one.person) == row.leader_id).map(|one| one.name.clone());
    let choices: Vec<Value> =
        people.iter().map(|one| context! { value => one.person.to_string(), text => &one.name }).collect();
    let acts: Vec<Value> = MigrationAct::ALL
        .iter()
        .filter(|act| act.is_open_to(row.state) && may(&req.app, &req.ctx, row, &system, **act).is_ok())
        .map(|act| context! { act => act.code(), words => act.words() })
        .collect();
    let name = |unit| req.app.bodies().body(unit).map(|body| body.name);
    let steps = steps_shown(&req, &whole, &people).await?;
    let of = |part| {
        let shown = whole.steps.iter().zip(&steps).filter(|(step, _)| step.part == part);
        shown.map(|(_, shown)| shown.clone()).collect::<Vec<Value>>()
    };
    let (work, back) = (of(StepPart::Work), of(StepPart::Return));
    let latest = row.window_begins.map(|day| latest_notice(day, Checklists::shipped(), &req.app.times().calendar()));
    // Which step an entry is about.
    let about = |detail: &serde_json::Value| {
        let code = detail["step"].as_str()?;
        whole.steps.iter().find(|step| step.code == code).map(|step| step.said(req.ctx.lang).to_owned())
    };
    let history = webkit::history_of_parts(&req.app, &req.ctx, &id.to_string(), 20, about).await?;
    let page = context! {
        row => view(row), look => row.state.look(), state => row.state.words(), strategy => row.strategy.words(),
        from => row.from_hosting.words(), to => row.to_hosting.words(), owner => name(row.owner_id),
        runner => name(row.runner()), leader, people => choices, acts, work, back,
        latest => latest.map(|day| day.to_string()),
        measured => since_cut_over(&req, &conn, row).await?,
        is_copy_same => row.is_copy_same(), is_open => row.state.is_open(),
        may_run => row.check(&req.app, &req.ctx).is_ok(),
        history => view(history),
    };
    req.page("registry/migration.html", page).await
}

/// The page before an act, at the act's own address: what it will do, and what speaks against it.
pub async fn ask(req: Req, Path(id): Path<MigrationId>) -> Outcome {
    let Some(act) = req.query("act") else { return Ok(Req::go(&format!("/migrations/{id}"), "")) };
    let act = MigrationAct::parse(&act.replace('-', "_")).ok_or_else(Problem::not_found)?;
    let Whole { migration: row, steps } = migration_seen(&req.app, &req.ctx, id).await?;
    let system = System::get(&req.app.db().read(), row.system_id).await?.ok_or_else(Problem::not_found)?;
    may(&req.app, &req.ctx, &row, &system, act)?;
    if !act.is_open_to(row.state) {
        return Err(Problem::new(kernel::ProblemKind::Conflict, "migration-state").into());
    }
    let (calendar, hand) = (req.app.times().calendar(), hand(&req.ctx.actor));
    let said = Said {
        today: req.ctx.today(),
        lang: req.ctx.lang,
        calendar: &calendar,
        is_renewed: is_renewed(&req.app.db().read(), row.system_id, row.opened_at()).await?,
        hand: &hand,
        is_leader: is_led_by(&req.app, &req.ctx, &row).await?,
        is_trusted: req.ctx.actor.is_trusted(),
        reason: Some("…".into()),
    };
    let refusal = crate::model::moves::acted(row.clone(), &steps, act, &said).err();
    let two = act == MigrationAct::Accept && is_ran_by(&row, &steps, &said);
    let warns = refusal.map(|problem| req.app.locales().problem(req.ctx.lang, &problem)).into_iter();
    let (hosting, state) = (row.stands_at(system.hosting), row.leads_to(system.state));
    let says = |key: &str| {
        let hosting = words(&req, &hosting.words());
        let args = [
            ("name", row.name.as_str().into()),
            ("hosting", hosting.into()),
            ("state", words(&req, &state.words()).into()),
        ];
        req.app.locales().text(req.ctx.lang, key, &args)
    };
    let key = format!("migration-ask-{}", act.code().replace('_', "-"));
    let open: Vec<String> = steps
        .iter()
        .filter(|step| step.part == StepPart::Work && step.state == StepState::Open)
        .map(|step| step.said(req.ctx.lang).to_owned())
        .collect();
    let reason = Ask { name: "reason", kind: "words", label: words(&req, "migration-reason"), ..Ask::default() };
    let measured = since_cut_over(&req, &req.app.db().read(), &row).await?.filter(|_| act == MigrationAct::Accept);
    let confirm = Confirm {
        title: words(&req, &act.words()),
        above: format!("/migrations/{id}"),
        above_name: row.name.to_string(),
        says: std::iter::once(says(&key)).chain(measured).collect(),
        warns: warns.collect(),
        carried: vec![("rev", row.rev.to_string()), ("act", act.code().to_owned())],
        asks: if act.needs_reason() { vec![reason] } else { vec![] },
        button: words(&req, &act.words()),
        after: words(&req, if two { "migration-after-two" } else { "migration-after" }),
        ..Confirm::default()
    };
    confirm.list(words(&req, "migration-open-steps"), open).show(&req).await
}

/// A step on its own page, where its evidence is said.
pub async fn step(req: Req, Path(id): Path<StepId>) -> Outcome {
    let (step, row) = step_seen(&req.app, &req.ctx, id).await?;
    row.check(&req.app, &req.ctx)?;
    let bodies = req.app.bodies();
    let units: Vec<Value> = units(&req.app, &row)
        .into_iter()
        .map(|unit| context! { value => unit.to_string(), text => bodies.body(unit).map(|body| body.name) })
        .collect();
    let people: Vec<Value> = people(&req.app, &req.ctx, &row)
        .await?
        .iter()
        .map(|one| context! { value => one.person.to_string(), text => &one.name })
        .collect();
    let page = context! {
        step => view(&step), row => view(&row), words => step.said(req.ctx.lang), look => step.state.look(),
        state => step.state.words(), proof => step.asks().words(), is_mandatory => step.is_mandatory(), units, people,
        asks_dossier => step.asks() == Proof::Dossier,
        proofs => proofs::shown(&req, &of_step(&req.app, &req.ctx, id).await?).await?,
        may_bring => step.state == StepState::Open && step.is_live(&row),
        is_done => step.state != StepState::Open, unit => step.unit_id.map(|unit| bodies.today(unit).to_string()),
    };
    req.page("registry/migration_step.html", page).await
}

/// The checklists, with where they come from and how sure that is.
pub async fn checklists(req: Req) -> Outcome {
    let lists = Checklists::shipped();
    let say = |words: &portfolio::Words| if req.ctx.lang == Lang::En { words.en.clone() } else { words.vi.clone() };
    let due = |step: &crate::model::moves::StepText| {
        let count = step.due.working_days;
        let key = format!("{}-{}", step.due.from.words(), if count < 0 { "before" } else { "after" });
        req.app.locales().text(req.ctx.lang, &key, &[("days", count.abs().into())])
    };
    let line = |step: &crate::model::moves::StepText| {
        context! { words => say(&step.say), gate => step.gate.words(), need => step.need.words(),
        proof => step.proof.words(), due => due(step) }
    };
    let of = |strategy: &Strategy| {
        let part = |part| lists.of(*strategy, part).map(line).collect::<Vec<Value>>();
        context! { strategy => strategy.words(), work => part(StepPart::Work), back => part(StepPart::Return) }
    };
    let page = context! {
        lists => Strategy::ALL.iter().map(of).collect::<Vec<Value>>(), edition => view(&lists.edition),
        source => say(&lists.edition.source), note => say(&lists.edition.note),
        days => lists.notice.working_days,
    };
    req.page("registry/checklists.html", page).await
}
