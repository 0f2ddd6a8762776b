//! The working calendar: its special days with their sources, a deadline worked out, and amending a day.

use jiff::civil::{Date, DateTime};
use kernel::{Hours, Problem, UnitId, WorkCalendar};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    Directory,
    usecase::calendar::{Amendment, calendar_amend, calendar_preview, calendar_restore, hours_set, kind_of},
};

/// Where a rule cuts the day off when nothing else is said.
pub const CUTOFF: jiff::civil::Time = jiff::civil::time(15, 0, 0, 0);

fn weekday(req: &Req, day: Date) -> String {
    req.app.locales().text(req.ctx.lang, &format!("weekday-{}", day.weekday().to_monday_one_offset()), &[])
}

/// The answer to "received then, so many working days": the same for page, API and command line.
pub fn within(req: &Req) -> Result<Option<(DateTime, i32, kernel::Deadline)>, Problem> {
    let (Some(from), Some(days)) = (req.query("from"), req.query("days")) else { return Ok(None) };
    let from = kernel::day::read_moment(&from).ok_or_else(|| Problem::bad_input("bad-day"))?;
    let days: i32 = days.parse().map_err(|_| Problem::bad_input("days-wrong"))?;
    if !(1..=1000).contains(&days) {
        return Err(Problem::bad_input("days-wrong"));
    }
    let cutoff = match req.query("cutoff").as_deref() {
        Some("none") => None,
        Some(text) => Some(text.parse().map_err(|_| Problem::bad_input("bad-day"))?),
        None => Some(CUTOFF),
    };
    let deadline = req.app.get::<Directory>()?.calendar().within(from, days, cutoff);
    Ok(Some((from, days, deadline)))
}

fn page(req: &Req) -> Result<Value, Problem> {
    let directory = req.app.get::<Directory>()?;
    let calendar = directory.calendar();
    let this = req.ctx.today().year();
    let year = req.query("year").and_then(|year| year.parse().ok()).unwrap_or(this);
    let rows: Vec<Value> = calendar
        .year(year)
        .map(|(day, row)| {
            let name = if req.ctx.lang == kernel::Lang::Vi { &row.name_vi } else { &row.name_en };
            context! { day => day.to_string(), weekday => weekday(req, day), kind => row.kind.code(), name, source => row.source.clone(), status => row.status.clone() }
        })
        .collect();
    let root = directory.tree().root().map(|root| root.id);
    let resource = kernel::Resource { unit: root, ..kernel::Resource::installation() };
    let may_edit = req.app.authorizer().check(&req.ctx, "calendar.edit", &resource).is_ok();
    let (answer, problem) = match within(req) {
        Ok(found) => (found, String::new()),
        Err(problem) => (None, req.app.locales().problem(req.ctx.lang, &problem)),
    };
    let answer = answer.map(|(_, days, deadline)| {
        context! { days, due => deadline.due.to_string(), weekday => weekday(req, deadline.due), received => deadline.received.map(|day| day.to_string()) }
    });
    Ok(context! {
        rows, year, years => (this - 1..=this + 1).collect::<Vec<_>>(), may_edit, answer, problem, known => calendar.knows(year),
        from => req.query("from").unwrap_or_else(|| req.ctx.now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).strftime("%d/%m/%Y %H:%M").to_string()),
        days => req.query("days").unwrap_or_else(|| "3".into()), form => context! {}, moved => Value::from(()),
    })
}

pub async fn show(req: Req) -> Outcome {
    let page = page(&req)?;
    req.page("directory/calendar.html", page).await
}

#[derive(Deserialize)]
pub struct DayForm {
    day: String,
    /// `holiday`, `off`, `work`, or `usual`: what its weekday says.
    #[serde(default)]
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    source: String,
    /// Shown first what it moves, then sent again with this.
    #[serde(default)]
    confirm: bool,
    #[serde(default)]
    undo: bool,
}

/// Tells what an amendment would move, and with `confirm` makes it; with `undo` takes one back.
pub async fn amend(req: Req, Form(form): Form<DayForm>) -> Outcome {
    let day = kernel::day::read(&form.day).ok_or_else(|| Problem::bad_input("bad-day").field("day", "bad-day"))?;
    let there = format!("/calendar?year={}", day.year());
    if form.undo {
        calendar_restore(&req.app, &req.ctx, day).await?;
        return Ok(Req::go(&there, "calendar-restored"));
    }
    let amendment = amendment(&form, day)?;
    if form.confirm {
        calendar_amend(&req.app, &req.ctx, &amendment).await?;
        return Ok(Req::go(&there, "calendar-amended"));
    }
    let moved = calendar_preview(&req.app, &req.ctx, &amendment).await?;
    let form = context! { day => form.day, kind => form.kind, name => form.name, source => form.source };
    req.page("directory/calendar.html", context! { form, moved, ..page(&req)? }).await
}

fn amendment(form: &DayForm, day: Date) -> Result<Amendment, Problem> {
    Ok(Amendment { day, kind: kind_of(&form.kind)?, name: form.name.clone(), source: form.source.clone() })
}

#[derive(Deserialize)]
pub struct HoursForm {
    opens: String,
    closes: String,
}

/// When the office of a unit takes papers in.
pub async fn hours(
    req: Req,
    axum::extract::Path(id): axum::extract::Path<UnitId>,
    Form(form): Form<HoursForm>,
) -> Outcome {
    let time = |text: &str| text.parse().map_err(|_| Problem::bad_input("hours-wrong"));
    hours_set(&req.app, &req.ctx, id, Hours { opens: time(&form.opens)?, closes: time(&form.closes)? }).await?;
    Ok(Req::go(&format!("/units/{id}"), "hours-set"))
}
