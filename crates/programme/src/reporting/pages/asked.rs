//! The pages before a period is opened or locked, before a regime ends, and before somebody is forgotten: whom it concerns and
//! what follows.

use axum::extract::Path;
use jiff::civil::Date;
use kernel::{Lang, OutsideId, Problem, UnitId, day};
use webkit::{Ask, Confirm, FluentValue, Outcome, Req};

use crate::{
    ids::{DutyId, PeriodId},
    pages::{period_words, words},
    reporting::{
        store::{
            self,
            duty::{DutyRole, DutyRow},
        },
        usecase::{
            duty::resource,
            outside_forget::{Behind, outside_behind},
            period::{Completeness, days},
        },
    },
    targets::model::period::Label,
    work::pages::part::day as typed_day,
};

async fn duty_for(req: &Req, id: DutyId) -> Result<DutyRow, Problem> {
    let duty = store::duty::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    req.app.authorizer().check(&req.ctx, "duty.edit", &resource(req.app.bodies().today(duty.owner)))?;
    Ok(duty)
}

fn names(req: &Req, units: &[UnitId]) -> Vec<String> {
    let bodies = req.app.bodies();
    let mut named: Vec<(String, String)> =
        units.iter().filter_map(|unit| bodies.body(*unit)).map(|body| (body.sort, body.name)).collect();
    named.sort();
    named.into_iter().map(|(_, name)| name).collect()
}

fn shown(day: Date, lang: Lang) -> FluentValue<'static> {
    day::show(day, lang).into()
}

fn counted(req: &Req, key: &str, count: usize) -> String {
    words(req, key, &[("count", count.into())])
}

/// From when to when, and until when, as far as what was typed can be read.
fn when(req: &Req, duty: &DutyRow, label: &str, due: &str) -> Result<(String, String), Problem> {
    let wrong = || Problem::bad_input("label-wrong").with("label", label).field("label", "label-wrong");
    let read = Label::parse(label.trim()).filter(|read| read.kind() == duty.period).ok_or_else(wrong)?;
    let (from, to, usual) = days(&req.app, duty, read)?;
    let (due, lang) = (typed_day("due_on", due)?.unwrap_or(usual), req.ctx.lang);
    let when = [("from", shown(from, lang)), ("to", shown(to, lang)), ("due", shown(due, lang))];
    Ok((period_words(req, &read.to_string()), words(req, "ask-open-days", &when)))
}

/// Who would get a report to write, and until when.
pub async fn open(req: Req, Path(id): Path<DutyId>) -> Outcome {
    let duty = duty_for(&req, id).await?;
    let (label, due) = (req.query("label").unwrap_or_default(), req.query("due_on").unwrap_or_default());
    let reports = store::duty::bodies(&req.app.db().read(), id, DutyRole::Reports).await?;
    let mut says = vec![counted(&req, "ask-open-makes", reports.len())];
    let (period, warns) = match when(&req, &duty, &label, &due) {
        Ok((period, days)) => {
            says.push(days);
            (period, vec![])
        }
        Err(problem) => (label.clone(), vec![req.app.locales().problem(req.ctx.lang, &problem)]),
    };
    let ask = |name, kind, key: &str, value: &str| Ask {
        name,
        kind,
        label: words(&req, key, &[]),
        value: value.to_owned(),
        is_free: kind == "date",
        ..Ask::default()
    };
    let confirm = Confirm {
        title: words(&req, "ask-open", &[("period", period.into())]),
        above: format!("/duties/{id}"),
        above_name: duty.name.to_string(),
        says,
        warns,
        asks: vec![ask("label", "text", "period-label", &label), ask("due_on", "date", "report-due", &due)],
        button: words(&req, "period-open", &[]),
        after: words(&req, "ask-open-after", &[]),
        ..Confirm::default()
    };
    confirm.list(counted(&req, "approve-list-bodies", reports.len()), names(&req, &reports)).show(&req).await
}

/// What an end of the regime leaves behind.
pub async fn end(req: Req, Path(id): Path<DutyId>) -> Outcome {
    let duty = duty_for(&req, id).await?;
    let conn = req.app.db().read();
    let reports = store::duty::bodies(&conn, id, DutyRole::Reports).await?;
    let open = store::duty::periods(&conn, id).await?.iter().filter(|period| period.state != "locked").count();
    let mut says = vec![counted(&req, "ask-end-bodies", reports.len())];
    says.extend((open > 0).then(|| counted(&req, "ask-end-open", open)));
    let confirm = Confirm {
        title: words(&req, "ask-end", &[]),
        above: format!("/duties/{id}"),
        above_name: duty.name.to_string(),
        says,
        action: format!("/duties/{id}"),
        carried: vec![("rev", duty.rev.to_string()), ("act", "end".into())],
        button: words(&req, "duty-end", &[]),
        after: words(&req, "ask-end-after", &[]),
        ..Confirm::default()
    };
    confirm.list(counted(&req, "approve-list-bodies", reports.len()), names(&req, &reports)).show(&req).await
}

/// Who has not sent a report of the period that would be locked.
pub async fn lock(req: Req, Path(id): Path<PeriodId>) -> Outcome {
    let conn = req.app.db().read();
    let period = store::duty::period(&conn, id).await?.ok_or_else(Problem::not_found)?;
    duty_for(&req, period.duty()).await?;
    let reports = store::report::counted(&conn, id).await?;
    let counts = Completeness::of(&reports);
    let missing: Vec<UnitId> = reports.iter().filter(|row| !row.is_sent()).map(|row| row.unit()).collect();
    let sent = [("sent", counts.actual.into()), ("expected", counts.expected.into())];
    let warns = (!missing.is_empty()).then(|| counted(&req, "ask-lock-missing", missing.len()));
    let confirm = Confirm {
        title: words(&req, "ask-lock", &[("period", period_words(&req, &period.label).into())]),
        above: format!("/periods/{id}"),
        above_name: period_words(&req, &period.label),
        says: vec![words(&req, "ask-lock-sent", &sent), words(&req, "ask-lock-what", &[])],
        warns: warns.into_iter().collect(),
        action: format!("/periods/{id}"),
        carried: vec![("act", "lock".into())],
        button: words(&req, "period-lock", &[]),
        after: words(&req, "ask-lock-after", &[]),
        ..Confirm::default()
    };
    confirm.list(counted(&req, "ask-lock-list", missing.len()), names(&req, &missing)).show(&req).await
}

/// The names and addresses of all who would be forgotten; that they are shown is noted.
async fn behind(req: &Req, link: OutsideId, all: &Behind) -> Result<String, Problem> {
    let conn = req.app.db().read();
    let contacts = store::outside::shown_contacts(&conn, &all.links).await?.into_iter();
    let fillers = store::outside::shown_fillers(&conn, &all.reports).await?;
    let told = contacts.flat_map(|contact| [contact.name, contact.address]);
    let mut told: Vec<_> = told.chain(fillers.into_iter().map(|filler| filler.name)).collect();
    let seen = req.app.db().note_access(&req.ctx, "outside.contact", link, told.len()).await?;
    for one in &mut told {
        one.open(&seen);
    }
    let mut people: Vec<&str> = Vec::new();
    for text in told.iter().map(db::Personal::text) {
        if !text.is_empty() && !people.contains(&text) {
            people.push(text);
        }
    }
    Ok(people.join("; "))
}

/// Who is forgotten with a link, and in how many places.
pub async fn forget(req: Req, Path(id): Path<OutsideId>) -> Outcome {
    let (link, all) = outside_behind(&req.app, &req.ctx, id).await?;
    let people = behind(&req, id, &all).await?;
    let places = [("links", all.links.len().into()), ("reports", all.reports.len().into())];
    let bodies = req.app.bodies();
    let name = bodies.body(bodies.today(link.unit())).map_or_else(|| link.name.to_string(), |body| body.name);
    let mut says = vec![words(&req, "ask-forget-what", &places)];
    says.extend((!people.is_empty()).then(|| words(&req, "ask-forget-who", &[("people", people.into())])));
    let confirm = Confirm {
        title: words(&req, "ask-forget", &[("name", name.into())]),
        above: format!("/periods/{}/outside", link.period()),
        above_name: words(&req, "outside-links", &[]),
        says,
        button: words(&req, "outside-forget", &[]),
        after: words(&req, "ask-forget-after", &[]),
        ..Confirm::default()
    };
    Req::not_kept(confirm.show(&req).await?)
}
