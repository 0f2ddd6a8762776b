//! The waves: which systems move when and why, what a change by hand would break, and the same as a workbook.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{Code as _, Problem, day::show as show_day};
use minijinja::{Value, context};
use portfolio::waves::{Fault, Wave};
use webkit::{
    Confirm, Outcome, Req,
    book::{Page, Value as Cell, book},
    chart, view,
};

use super::{
    wave_cut::{Cut, TOLD},
    wave_told::{Told, told},
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
        waves::{self as acts, NUMBERS},
    },
};

pub async fn show(req: Req) -> Outcome {
    let may = may_plan(&req.app, &req.ctx).is_ok();
    let Some(standing) = acts::standing(&req.app.db().read()).await? else {
        let none: [(); 0] = [];
        let page = context! { plan => false, waves => none, may_plan => may };
        return req.page("registry/waves.html", page).await;
    };
    let told = told(&req, &standing).await?;
    let (cut, waves, faults) = (Cut::asked(&req)?, standing.waves(), standing.faults());
    let (days, today, rings) = (acts::days_of(&waves), req.ctx.today(), standing.order.rings());
    let mut held: BTreeMap<Option<i64>, Vec<&WaveItem>> = BTreeMap::new();
    for (item, wave) in standing.moving() {
        held.entry(wave).or_default().push(item);
    }
    let by_hand: Vec<&WaveItem> = standing.moving().map(|(item, _)| item).filter(|item| item.by_hand).collect();
    let list = |all: &[&WaveItem]| {
        let items: Vec<Value> = cut.part(all).iter().map(|item| told.row(item)).collect();
        context! { more => cut.more(all.len()), items }
    };
    let of = |wave: Option<i64>| list(held.get(&wave).map(Vec::as_slice).unwrap_or_default());
    let shown = cut.waves(&waves).ok_or_else(Problem::not_found)?;
    let wave = |wave: &Wave| {
        context! {
            number => wave.number, from => wave.from.to_string(), to => wave.to.to_string(), effort => wave.effort,
            count => wave.systems.len(), is_over => wave.is_over, bar => bar(&told, wave, days, today),
            list => of(Some(i64::from(wave.number))),
        }
    };
    let ring = |ring: &Vec<u32>| ring.iter().map(|place| told.at(*place)).collect::<Vec<_>>().join(", ");
    let counts = (held.get(&None).map_or(0, Vec::len), by_hand.len());
    let history = webkit::history(&req.app, &req.ctx, &standing.plan.id.to_string(), 20).await?;
    let page = context! {
        plan => plan(&standing.plan), waves => shown.into_iter().map(wave).collect::<Vec<_>>(), is_list => cut.is_list(),
        without => cut.shows_without().then(|| of(None)), hands => cut.shows_hands().then(|| list(&by_hand)),
        by_hand => by_hand.len(), next => cut.next(&waves, counts),
        faults => faults.iter().take(TOLD).map(|one| told.fault(one)).collect::<Vec<_>>(), fault_count => faults.len(),
        rings => rings.iter().take(TOLD).map(ring).collect::<Vec<_>>(), ring_count => rings.len(),
        out => standing.efforts.len() - standing.moving().count(), may_plan => may, history => view(history),
    };
    req.page("registry/waves.html", page).await
}

fn plan(plan: &WavePlan) -> Value {
    context! {
        start_on => plan.start_on.to_string(), days => plan.days, most_systems => plan.most_systems,
        most_effort => plan.most_effort, most_waves => plan.most_waves, usual_effort => plan.usual_effort,
        planned_on => plan.planned_on.map(|day| day.to_string()), rev => plan.rev,
    }
}

/// The wave in the time of the whole plan.
fn bar(told: &Told<'_>, wave: &Wave, days: Option<(Date, Date)>, today: Date) -> Value {
    let Some((first, last)) = days else { return Value::from(()) };
    let length = |to: Date| f64::from(i32::try_from(kernel::day::days_until(first, to)).unwrap_or(i32::MAX));
    let whole = (length(last) + 1.0).max(1.0);
    let lang = told.req.ctx.lang;
    let args = [
        ("wave", wave.number.into()),
        ("from", show_day(wave.from, lang).into()),
        ("to", show_day(wave.to, lang).into()),
    ];
    let title = told.text("wave-days", &args);
    let (from, to, now) = (length(wave.from) / whole, (length(wave.to) + 1.0) / whole, length(today) / whole);
    Value::from_safe_string(chart::span(from, to, now, "run", &title))
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

/// What a change by hand would break and mend, before it is made.
pub async fn ask_move(req: Req) -> Outcome {
    may_plan(&req.app, &req.ctx)?;
    let (system, to) = (req.query("system").unwrap_or_default(), req.query("to").unwrap_or_default());
    let (id, wave) = asked(&system, &to)?;
    let standing = acts::standing(&req.app.db().read()).await?.ok_or_else(Problem::not_found)?;
    let told = told(&req, &standing).await?;
    let shift = hand::shift(&standing, id, wave)?;
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
    let standing = acts::standing(&req.app.db().read()).await?.ok_or_else(Problem::not_found)?;
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
    let system_rows = standing.moving().filter(|(item, _)| told.seen.has(item.system_id)).map(|(item, wave)| {
        let strategy = standing.decision(item.system_id).map(|row| text(&row.decided().words())).unwrap_or_default();
        let wave = wave.map_or_else(|| Cell::Text(text("wave-no-place")), |wave| number(wave.unsigned_abs()));
        let effort = standing.efforts.get(&item.system_id).map_or(0, |effort| effort.unsigned_abs());
        vec![wave, told.name(item.system_id).into(), strategy.into(), number(effort), told.why(item).into()]
    });
    let pages = [
        Page {
            name: text("waves-sheet"),
            title: text("waves-title"),
            notes: vec![text("waves-note")],
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
            rows: standing.faults().iter().map(|one| vec![told.fault(one).into()]).collect(),
            total: None,
        },
    ];
    Req::file("dot-chuyen-doi.xlsx", webkit::export::XLSX, book(&pages)?)
}
