//! The waves: which systems move when and why, what a change by hand would break, and the same as a workbook.

use std::collections::BTreeMap;

use axum::response::Response;
use kernel::{Code as _, Problem};
use minijinja::{Value, context};
use portfolio::waves::{Fault, Wave};
use webkit::{
    Confirm, Outcome, Req,
    book::{Page, Value as Cell, book},
    url_encode, view,
};

use super::{
    wave_cut::{Cut, TOLD},
    wave_lanes::lanes,
    wave_told::told,
};
use crate::{
    api::waves::asked,
    model::{
        closed_days,
        wave::{UsualTerms, WaveItem, WavePlan},
    },
    store::wave,
    usecase::{
        classify::may_plan,
        wave_hand as hand,
        waves::{self as acts, NUMBERS, Standing},
    },
};

pub async fn show(req: Req) -> Outcome {
    let may = may_plan(&req.app, &req.ctx).is_ok();
    let Some(standing) = acts::standing(&req.app).await? else {
        let none: [(); 0] = [];
        let page = context! { plan => false, waves => none, may_plan => may };
        return req.page("registry/waves.html", page).await;
    };
    let told = told(&req, &standing).await?;
    let (cut, waves) = (Cut::asked(&req)?, standing.waves());
    let (mut faults, mut rings) = (standing.faults(), standing.order.rings());
    faults.retain(|one| told.sees_fault(one));
    rings.retain(|ring| told.sees_one(ring));
    let is_seen = |item: &&WaveItem| told.seen.has(item.system_id);
    let mut held: BTreeMap<Option<i64>, Vec<&WaveItem>> = BTreeMap::new();
    for (item, wave) in standing.moving().filter(|(item, _)| is_seen(item)) {
        held.entry(wave).or_default().push(item);
    }
    let (mut by_hand, mut left) = (by_hand(&standing), left_over(&req, &standing));
    by_hand.retain(is_seen);
    left.retain(is_seen);
    let list = |all: &[&WaveItem]| {
        let items: Vec<Value> = cut.part(all).iter().map(|item| told.row(item)).collect();
        context! { more => cut.more(all.len()), items }
    };
    let of = |wave: Option<i64>| list(held.get(&wave).map(Vec::as_slice).unwrap_or_default());
    let shown = cut.waves(&waves).ok_or_else(Problem::not_found)?;
    let lanes = lanes(&told, &standing.plan, (&waves, &shown), may);
    let wave = |wave: &Wave| {
        context! {
            number => wave.number, from => wave.from.to_string(), to => wave.to.to_string(), effort => wave.effort,
            count => wave.systems.len(), is_over => wave.is_over, list => of(Some(i64::from(wave.number))),
            is_ended => standing.plan.is_over(i64::from(wave.number), req.ctx.today()),
        }
    };
    let ring = |ring: &Vec<u32>| ring.iter().map(|place| told.at(*place)).collect::<Vec<_>>().join(", ");
    let many = |wave: Option<i64>| held.get(&wave).map_or(0, Vec::len);
    let counts = (many(None), by_hand.len(), left.len());
    let whole = shown.first().map_or(0, |wave| many(Some(i64::from(wave.number))));
    // What was typed for a system and is no wave, or one that is over.
    let wrong_at = req.query("system").filter(|_| may).unwrap_or_default();
    let (most, open) = (standing.plan.most_waves, standing.plan.first_open(req.ctx.today()));
    let to = req.query("to").unwrap_or_default();
    let is_over = to.parse().is_ok_and(|wave: i64| standing.plan.is_over(wave, req.ctx.today()));
    let args = [("text", to.into()), ("first", open.into()), ("most", most.into())];
    let wrong_key = match () {
        () if open > most => "wave-all-over",
        () if is_over => "move-wave-ended",
        () => "move-no-such-wave",
    };
    let wrong_words = told.text(wrong_key, &args);
    let history = webkit::history(&req.app, &req.ctx, &standing.plan.id.to_string(), 20).await?;
    let page = context! {
        plan => plan(&standing.plan), first_open => open, lanes, is_list => cut.is_list(),
        waves => shown.into_iter().map(wave).collect::<Vec<_>>(),
        without => cut.shows_without().then(|| of(None)), hands => cut.shows_hands().then(|| list(&by_hand)),
        left_over => cut.shows_left().then(|| list(&left)), left_count => left.len(),
        by_hand => by_hand.len(), next => cut.next((waves.len(), whole), counts), unseen => told.unseen(),
        faults => faults.iter().take(TOLD).map(|one| told.fault(one)).collect::<Vec<_>>(), fault_count => faults.len(),
        rings => rings.iter().take(TOLD).map(ring).collect::<Vec<_>>(), ring_count => rings.len(),
        wrong_at, wrong_words, wrong_to => req.query("to"),
        out => standing.efforts.len() - standing.moving().count(), may_plan => may, history => view(history),
    };
    req.page("registry/waves.html", page).await
}

fn by_hand(standing: &Standing) -> Vec<&WaveItem> {
    standing.moving().map(|(item, _)| item).filter(|item| item.by_hand).collect()
}

/// What stands in waves that are over and has not moved.
fn left_over<'a>(req: &Req, standing: &'a Standing) -> Vec<&'a WaveItem> {
    let today = req.ctx.today();
    standing.moving().map(|(item, _)| item).filter(|item| standing.is_left_over(item, today)).collect()
}

fn plan(plan: &WavePlan) -> Value {
    context! {
        start_on => plan.start_on.to_string(), days => plan.days, most_systems => plan.most_systems,
        most_effort => plan.most_effort, most_waves => plan.most_waves, usual_effort => plan.usual_effort,
        planned_on => plan.planned_on.map(|day| day.to_string()), is_outdated => plan.is_outdated(), rev => plan.rev,
    }
}

pub async fn terms_form(req: Req) -> Outcome {
    may_plan(&req.app, &req.ctx)?;
    let kept = wave::plan(&req.app.db().read()).await?;
    let rev = kept.as_ref().map_or(0, |plan| plan.rev);
    let usual = UsualTerms::shipped();
    let now = kept.unwrap_or_else(|| usual.plan(req.ctx.new_id(), req.ctx.today()));
    let numbers = [now.days, now.most_systems, now.most_effort, now.most_waves, now.free_days, now.usual_effort];
    let lang = req.ctx.lang;
    let spans = closed_days::typed(&now.spans());
    let numbers = NUMBERS.iter().zip(numbers).map(|(name, value)| context! { name => *name, value });
    let page = context! {
        rev, start_on => now.start_on.to_string(), numbers => numbers.collect::<Vec<_>>(), blackouts => spans.join("\n"),
        usual_note => (rev == 0).then(|| crate::usecase::rule_words::say(lang, &usual.edition.source)),
    };
    req.page("registry/wave_terms.html", page).await
}

/// The page of the waves from which somebody came, with what they typed and why that is no wave.
fn again(req: &Req, system: &str, to: &str) -> Response {
    let page = req.referer().filter(|page| page.split('?').next() == Some("/systems/waves")).unwrap_or_default();
    let query = page.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let is_said = |part: &&str| !part.is_empty() && !part.starts_with("system=") && !part.starts_with("to=");
    let (system, to) = (url_encode(system), url_encode(to));
    let said = [format!("system={system}"), format!("to={to}")];
    let kept: Vec<&str> = query.split('&').filter(is_said).chain(said.iter().map(String::as_str)).collect();
    Req::go(&format!("/systems/waves?{}#to-{system}", kept.join("&")), "")
}

/// What a change by hand would break and mend, before it is made.
pub async fn ask_move(req: Req) -> Outcome {
    may_plan(&req.app, &req.ctx)?;
    let (system, to) = (req.query("system").unwrap_or_default(), req.query("to").unwrap_or_default());
    let standing = acts::standing(&req.app).await?.ok_or_else(Problem::not_found)?;
    let is_open = |wave: i64| standing.plan.days_of(wave).is_some() && !standing.plan.is_over(wave, req.ctx.today());
    let is_wave = to.parse().is_ok_and(is_open);
    if !is_wave && !to.is_empty() {
        return Ok(again(&req, &system, &to));
    }
    let (id, wave) = asked(&system, &to)?;
    let shift = hand::shift(&standing, id, wave, req.ctx.today())?;
    let told = told(&req, &standing).await?;
    let said = |wave: Option<u32>| match wave {
        Some(wave) => told.text("wave-number", &[("wave", wave.into())]),
        None => told.text("wave-no-place", &[]),
    };
    let names: Vec<String> = shift.systems.iter().map(|place| told.at(*place)).collect();
    let faults = |faults: &[Fault]| faults.iter().map(|one| told.fault(one)).collect::<Vec<String>>();
    let mut says = vec![told.text("move-what", &[("from", said(shift.from).into()), ("to", said(shift.to).into())])];
    if shift.systems.len() > 1 {
        says.push(told.text("move-together", &[("systems", names.join(", ").into())]));
    }
    let of = |wave: &Wave| {
        let args =
            [("wave", wave.number.into()), ("systems", wave.systems.len().into()), ("effort", wave.effort.into())];
        told.text("move-wave", &args)
    };
    says.extend(shift.waves.iter().map(of));
    says.push(told.text(if shift.breaks.is_empty() { "move-breaks-nothing" } else { "move-breaks" }, &[]));
    let confirm = Confirm {
        title: told.text("move-title", &[("name", told.name(id).into())]),
        above: "/systems/waves".into(),
        above_name: told.text("nav-systems-waves", &[]),
        says,
        warns: faults(&shift.breaks),
        carried: vec![("system", id.to_string()), ("to", to), ("rev", standing.plan.rev.to_string())],
        button: told.text("move-now", &[]),
        after: told.text("move-after", &[]),
        ..Confirm::default()
    };
    confirm.list(told.text("move-mends", &[("count", shift.mends.len().into())]), faults(&shift.mends)).show(&req).await
}

/// The same as a workbook: waves on one sheet, systems on the other.
pub async fn workbook(req: Req) -> Outcome {
    let standing = acts::standing(&req.app).await?.ok_or_else(Problem::not_found)?;
    let told = told(&req, &standing).await?;
    let text = |key: &str| told.text(key, &[]);
    let heads = |keys: &[&str]| keys.iter().map(|key| text(key)).collect::<Vec<String>>();
    #[expect(clippy::cast_precision_loss, reason = "small figures")]
    let number = |number: u64| Cell::Number(number as f64);
    let waves = standing.waves();
    let wave_rows = waves.iter().map(|wave| {
        let (systems, number_of) = (number(wave.systems.len() as u64), number(u64::from(wave.number)));
        vec![number_of, Cell::Day(wave.from), Cell::Day(wave.to), systems, number(wave.effort)]
    });
    let is_seen = |item: &&WaveItem| told.seen.has(item.system_id);
    let system_rows = standing.moving().filter(|(item, _)| is_seen(item)).map(|(item, wave)| {
        let strategy = standing.decision(item.system_id).map(|row| text(&row.decided().words())).unwrap_or_default();
        let wave = wave.map_or_else(|| Cell::Text(text("wave-no-place")), |wave| number(wave.unsigned_abs()));
        let effort = standing.efforts.get(&item.system_id).map_or(0, |effort| effort.unsigned_abs());
        vec![wave, told.name(item.system_id).into(), strategy.into(), number(effort), told.why(item).into()]
    });
    let faults = standing.faults();
    let faults = faults.iter().filter(|one| told.sees_fault(one));
    let outdated = standing.plan.is_outdated().then(|| text("waves-outdated"));
    let left = left_over(&req, &standing).into_iter().filter(is_seen).count();
    let left = (left > 0).then(|| told.text("waves-left", &[("count", left.into())]));
    let unseen = told.unseen();
    let unseen = (unseen > 0).then(|| told.text("waves-unseen", &[("count", unseen.into())]));
    let pages = [
        Page {
            name: text("waves-sheet"),
            title: text("waves-title"),
            notes: outdated.into_iter().chain(left).chain(unseen).chain([text("waves-note")]).collect(),
            heads: heads(&["wave-one", "wave-from", "wave-to", "wave-systems", "wave-effort"]),
            rows: wave_rows.collect(),
            total: None,
        },
        Page {
            name: text("wave-systems"),
            title: text("waves-title"),
            notes: Vec::new(),
            heads: heads(&["wave-one", "system-name", "system-strategy", "wave-effort", "wave-why"]),
            rows: system_rows.collect(),
            total: None,
        },
        Page {
            name: text("waves-faults-sheet"),
            title: text("waves-title"),
            notes: Vec::new(),
            heads: heads(&["waves-fault"]),
            rows: faults.map(|one| vec![told.fault(one).into()]).collect(),
            total: None,
        },
    ];
    Req::file("dot-chuyen-doi.xlsx", webkit::export::XLSX, book(&pages)?)
}
