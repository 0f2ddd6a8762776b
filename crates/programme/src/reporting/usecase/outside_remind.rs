//! Bodies without accounts are reminded of a report by letter, on the days on which people inside are, until it is sent.
//!
//! The letter holds no link: of a secret that was sent its hash is all that is left here. It says when the link went out, and who
//! sends another one.

use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler, Tx};
use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, Time, time},
    tz::TimeZone,
};
use kernel::{
    Calendar, Ctx, Lang, Problem, day,
    notices::{due_days, working_days_left},
};
use serde_json::{Value as Json, json};
use webkit::{App, Letter, LettersPort};

use crate::{
    reporting::{
        model::outside::{Reminder, reminder},
        store::{self, outside::OutsideRow, outside_remind::Awaited},
        usecase::{
            outside_door::ended,
            outside_link::{last_day, lost},
        },
    },
    targets::model::period::label_words,
};

pub(crate) const REMIND: &str = "programme.remind_outside";

/// When offices open: the round of people inside begins then too.
const MORNING: Time = time(7, 0, 0, 0);
/// A round that was missed is made up for no longer than this, in days; people inside have the same.
const MADE_UP: i64 = 14;

/// Queues the round of this day, once it is morning.
pub(crate) async fn remind_later(db: &Db, ctx: &Ctx) -> Result<(), Problem> {
    let vietnam = TimeZone::fixed(jiff::tz::offset(7));
    let morning = ctx.today().to_datetime(MORNING).to_zoned(vietnam).map_err(Problem::internal)?.timestamp();
    let at = morning.max(ctx.now());
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        tx.enqueue_at(REMIND, &Json::Null, at).await?;
        Ok(())
    })
    .await
}

#[derive(Debug)]
pub(crate) struct Remind {
    pub app: App,
}

/// The last day on which a body heard of its report: by its link, or by the last reminder.
fn heard(link: &OutsideRow, of: &Awaited) -> Option<Date> {
    let sent = Timestamp::from_microsecond(link.at).ok().map(kernel::ctx::vietnam)?;
    let reminded = of.reminded_on.as_deref().and_then(|day| day.parse().ok());
    Some(reminded.map_or(sent, |day: Date| day.max(sent)))
}

/// Whether a body is reminded of what is due that day, when it last heard of it on `since`.
fn is_turn(calendar: &Calendar, since: Date, today: Date, due: Date) -> bool {
    due_days(calendar, since, today).contains(&due)
}

#[async_trait]
impl JobHandler for Remind {
    fn kind(&self) -> &'static str {
        REMIND
    }

    /// Nobody is reminded twice on a day, however often this runs. Each letter is an act of its own.
    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let (today, calendar) = (ctx.today(), self.app.times().calendar());
        if !calendar.is_working(today) || !self.app.get::<LettersPort>()?.are_sent() {
            return Ok(());
        }
        let days = due_days(&calendar, today.saturating_sub(MADE_UP.days()), today);
        for of in store::outside_remind::awaited(&db.read(), &days).await? {
            self.remind(db, ctx, &calendar, &of).await?;
        }
        Ok(())
    }
}

impl Remind {
    async fn remind(&self, db: &Db, ctx: &Ctx, calendar: &Calendar, of: &Awaited) -> Result<(), Problem> {
        let (conn, today) = (db.read(), ctx.today());
        let Some(link) = store::outside::get(&conn, of.link()).await? else { return Ok(()) };
        let (Some(since), Ok(due)) = (heard(&link, of), of.due_on.parse::<Date>()) else { return Ok(()) };
        if !is_turn(calendar, since, today, due) || ended(&self.app, ctx, &link).await?.is_some() {
            return Ok(());
        }
        // What came back goes there no second time: who gathers is told to send anew.
        if !lost(&self.app, &conn, std::slice::from_ref(&link)).await?.is_empty() {
            return Ok(());
        }
        let left = working_days_left(calendar, due, today);
        let Some(told) = reminder(&of.state, of.sent_before.as_deref(), left < 0) else { return Ok(()) };
        let letter = self.letter(calendar, &link, of, due, told).await?;
        let letters = self.app.get::<LettersPort>()?;
        let (letter, link) = (&letter, &link);
        db.write(ctx, |tx| async move { put(&tx, letters, letter, link, of, left).await }).await
    }

    /// Official letters are Vietnamese.
    async fn letter(
        &self,
        calendar: &Calendar,
        link: &OutsideRow,
        of: &Awaited,
        due: Date,
        told: Reminder,
    ) -> Result<Letter, Problem> {
        let lang = Lang::Vi;
        let duty = store::duty::get(&self.app.db().read(), of.duty()).await?.ok_or_else(Problem::not_found)?;
        let bodies = self.app.bodies();
        let from = bodies.body(bodies.today(duty.owner)).map(|body| body.name).unwrap_or_default();
        let sent = Timestamp::from_microsecond(link.at).map(kernel::ctx::vietnam).map_err(Problem::internal)?;
        let args = [
            ("from", from.into()),
            ("name", link.name.to_string().into()),
            ("period", label_words(&of.label).into()),
            ("duty", duty.name.to_string().into()),
            ("due", day::show_due(due, false, calendar, lang).into()),
            ("sent", day::show(sent, lang).into()),
            ("until", last_day(link.until, lang).into()),
        ];
        let (subject, text) = match told {
            Reminder::Due => ("outside-remind-subject", "outside-remind-mail"),
            Reminder::Late => ("outside-late-subject", "outside-late-mail"),
            Reminder::Again => ("outside-returned-subject", "outside-returned-mail"),
        };
        let said = |key: &str| self.app.locales().text(lang, key, &args);
        Ok(Letter {
            address: of.address.clone(),
            subject: said(subject),
            text: said(text),
            carries: Some(link.reminder()),
        })
    }
}

/// The letter, where the link still opens something, the report has not come meanwhile and nobody else has just sent one: by
/// another link for the same report to the same address too.
async fn put(
    tx: &Tx,
    letters: &LettersPort,
    letter: &Letter,
    link: &OutsideRow,
    of: &Awaited,
    left: i32,
) -> Result<(), Problem> {
    let (ctx, id) = (tx.ctx(), link.id());
    let is_live = store::outside::is_live(tx, id, ctx.now().as_microsecond()).await?;
    if !is_live || !store::outside_remind::still_awaited(tx, of).await? {
        return Ok(());
    }
    store::outside_remind::reminded(tx, of, &ctx.today().to_string()).await?;
    letters.put(tx, letter).await?;
    let detail = json!({ "period": link.period().to_string(), "working_days_left": left });
    tx.ledger(Entry::new("outside.remind", id).unit(link.unit()).detail(detail));
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_body_hears_of_its_report_on_the_days_of_people_inside_and_not_on_the_day_of_its_link() {
        let calendar = Calendar::built_in();
        // Sunday: Friday the 27th is the last safe day.
        let due = date(2026, 11, 29);
        let mut since = date(2026, 11, 19);
        let mut days = Vec::new();
        for today in since.series(1.day()).take_while(|day| *day < date(2026, 12, 7)) {
            if is_turn(&calendar, since, today, due) {
                days.push(today);
                since = today;
            }
        }
        assert_eq!(days, [(11, 26), (11, 27), (11, 30), (12, 4)].map(|(month, day)| date(2026, month, day)));
    }
}
