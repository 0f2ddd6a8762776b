//! The links of a period's bodies without accounts: to whom one was sent, what became of it, sent anew, taken back.

use axum::extract::Path;
use kernel::{Code, OutsideId, Problem, UnitId};
use minijinja::{Value, context};
use webkit::{Form, Outcome, Req};

use crate::{
    ids::PeriodId,
    pages::{period_words, words},
    reporting::{
        model::outside::{MOST_DAYS, USUAL_DAYS},
        usecase::{
            outside_forget::outside_forget,
            outside_link::{Listed, Made, Outsiders, To, has_mail, last_day, outside_revoke, outside_send, outsiders},
        },
    },
};

fn line(req: &Req, row: &Listed) -> Value {
    let contact = row.contact.as_ref().or(row.last.as_ref());
    let link = row.link.as_ref();
    context! {
        unit => row.report.unit().to_string(), name => row.name.as_str(), report => row.report.id().to_string(),
        stage => row.stage().code(), is_live => row.is_live(), staffed => row.is_staffed,
        is_revocable => row.is_revocable(), link => link.map(|link| link.id().to_string()),
        at => link.map(|link| link.at), until => link.map(|link| last_day(link.until, req.ctx.lang)),
        opened => row.contact.as_ref().and_then(|contact| contact.opened_at),
        reminded => row.contact.as_ref().and_then(|contact| contact.reminded_on.as_deref()),
        address => contact.map(|contact| contact.address.text()).unwrap_or_default(),
        known => row.known.map(|link| link.to_string()),
        who => row.contact.as_ref().map(|contact| contact.name.text()),
    }
}

async fn shown(req: &Req, id: PeriodId) -> Result<Value, Problem> {
    let mut listed = outsiders(&req.app, &req.ctx, id).await?;
    let count = listed.rows.iter().filter(|row| row.contact.is_some() || row.last.is_some()).count();
    let seen = req.app.db().note_access(&req.ctx, "outside.list", id, count).await?;
    for contact in listed.rows.iter_mut().flat_map(|row| row.contact.iter_mut().chain(row.last.iter_mut())) {
        for field in [&mut contact.address, &mut contact.name] {
            field.open(&seen);
        }
    }
    let Outsiders { period, duty, rows, inside } = &listed;
    let due = period.due_on.parse();
    let due = due.map(|due| kernel::day::show_due(due, false, &req.app.times().calendar(), req.ctx.lang));
    Ok(context! {
        id => id.to_string(), words => period_words(req, &period.label), duty => duty.name.as_str(), inside,
        due => due.unwrap_or_default(), is_open => period.state == "open", has_mail => has_mail(&req.app)?,
        rows => rows.iter().map(|row| line(req, row)).collect::<Vec<_>>(), days => USUAL_DAYS.to_string(),
        most_days => MOST_DAYS,
    })
}

pub async fn list(req: Req, Path(id): Path<PeriodId>) -> Outcome {
    let page = shown(&req, id).await?;
    Req::not_kept(req.page("programme/outside_links.html", page).await?)
}

/// What was ticked, each with the address beside it.
fn chosen(form: &[(String, String)]) -> Vec<To> {
    let all = |name: &'static str| form.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str());
    let ticked: Vec<&str> = all("part").collect();
    let to = |(unit, address): (&str, &str)| {
        let unit: UnitId = ticked.contains(&unit).then(|| unit.parse().ok()).flatten()?;
        Some(To { unit, address: address.trim().to_owned() })
    };
    all("unit").zip(all("address")).filter_map(to).collect()
}

fn field<'a>(form: &'a [(String, String)], name: &str) -> &'a str {
    form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

/// Asks once more to whom, then makes the links: those that no letter carries are shown, once.
pub async fn send(req: Req, Path(id): Path<PeriodId>, Form(form): Form<Vec<(String, String)>>) -> Outcome {
    let (to, by_mail) = (chosen(&form), field(&form, "act") == "send");
    let days = match field(&form, "days").trim() {
        "" => USUAL_DAYS,
        text => text.parse().unwrap_or(0),
    };
    if field(&form, "confirm").is_empty() {
        return ask(&req, id, &to, by_mail, days).await;
    }
    // Read before: links that were made are shown once.
    let listed = outsiders(&req.app, &req.ctx, id).await?;
    let made = outside_send(&req.app, &req.ctx, id, &to, days, by_mail).await?;
    if made.iter().all(|one| one.by_mail) {
        return Ok(Req::go(&format!("/periods/{id}/outside"), "outside-links-sent"));
    }
    once(&req, id, &listed, &made).await
}

async fn ask(req: &Req, id: PeriodId, to: &[To], by_mail: bool, days: i64) -> Outcome {
    let listed = outsiders(&req.app, &req.ctx, id).await?;
    if to.is_empty() {
        return Err(Problem::bad_input("none-chosen").field("part", "none-chosen").into());
    }
    let by_mail = by_mail && has_mail(&req.app)?;
    let find = |unit: UnitId| listed.rows.iter().find(move |row| row.report.unit() == unit && !row.is_staffed);
    let known: Vec<(&To, &Listed)> = to.iter().filter_map(|one| Some((one, find(one.unit)?))).collect();
    let rows = known.iter().map(|(one, row)| {
        context! { unit => one.unit.to_string(), name => row.name.as_str(), address => one.address.as_str(), again => row.is_live() }
    });
    let due = listed.period.due_on.parse().ok();
    let until = crate::reporting::model::outside::until(due, req.ctx.today(), days);
    let page = context! {
        id => id.to_string(), words => period_words(req, &listed.period.label), rows => rows.collect::<Vec<_>>(), by_mail, days,
        again => known.iter().filter(|(_, row)| row.is_live()).count(), until => last_day(until, req.ctx.lang),
    };
    Req::not_kept(req.page("programme/outside_ask.html", page).await?)
}

/// The links themselves, to be passed on by hand. They are shown nowhere again.
async fn once(req: &Req, id: PeriodId, listed: &Outsiders, made: &[Made]) -> Outcome {
    let period = period_words(req, &listed.period.label);
    let due = listed.period.due_on.parse().map(|due| kernel::day::show(due, req.ctx.lang)).unwrap_or_default();
    let text = |one: &Made| {
        let args = [
            ("name", one.name.clone().into()),
            ("period", period.clone().into()),
            ("due", due.clone().into()),
            ("url", one.url.clone().into()),
        ];
        words(req, "outside-copy", &args)
    };
    let by_hand = made.iter().filter(|one| !one.by_mail);
    let rows: Vec<Value> = by_hand.map(|one| context! { name => one.name.as_str(), text => text(one) }).collect();
    let page = context! { id => id.to_string(), words => period, rows };
    Req::untold(req.page("programme/outside_once.html", page).await?)
}

/// Forgets who is behind a link.
pub async fn forget(req: Req, Path(id): Path<OutsideId>) -> Outcome {
    let period = outside_forget(&req.app, &req.ctx, id).await?;
    Ok(Req::go(&format!("/periods/{period}/outside"), "outside-forgotten"))
}

/// Takes a link back.
pub async fn revoke(req: Req, Path(id): Path<OutsideId>) -> Outcome {
    let period = outside_revoke(&req.app, &req.ctx, id).await?;
    Ok(Req::go(&format!("/periods/{period}/outside"), "outside-revoked"))
}
