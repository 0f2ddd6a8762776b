//! The morning round: who is reminded of what today, in the program and in one letter.

use std::collections::HashMap;

use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler};
use jiff::{
    civil::{Date, Time, time},
    tz::TimeZone,
};
use kernel::{
    Calling, Colleague, Ctx, Due, Problem, UnitId,
    day::{days_left, show_due},
    notices::{due_days, working_days_left},
};
use minijinja::{Value, context};
use serde_json::{Value as Json, json};
use webkit::App;

use crate::{
    Channels,
    outbox::wake,
    store::{self, NoticeRow, OutboxRow, PersonRow},
};

/// Queued at the first moment of a day, to start the round at the hour of offices.
pub(crate) const DAILY: &str = "notify.daily";
pub(crate) const ROUND: &str = "notify.round";

const MORNING: Time = time(7, 0, 0, 0);
/// People whose notices are written in one act.
const AT_ONCE: usize = 200;
/// Lines of a letter; the rest is a number and a link.
const LINES: usize = 20;
/// Leaders hear of what is this late, in working days.
const ESCALATES: i32 = 5;

#[derive(Debug)]
pub(crate) struct Daily;

#[async_trait]
impl JobHandler for Daily {
    fn kind(&self) -> &'static str {
        DAILY
    }

    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let vietnam = TimeZone::fixed(jiff::tz::offset(7));
        let morning = ctx.today().to_datetime(MORNING).to_zoned(vietnam).map_err(Problem::internal)?.timestamp();
        let at = morning.max(ctx.now());
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            tx.enqueue_at(ROUND, &Json::Null, at).await?;
            Ok(())
        })
        .await
    }
}

#[derive(Debug)]
pub(crate) struct Round {
    pub app: App,
}

/// What one person is told today.
struct Digest<'a> {
    person: &'a Colleague,
    settings: PersonRow,
    dues: Vec<(&'a Due, i32)>,
}

impl Digest<'_> {
    fn by_mail(&self, channels: &Channels) -> bool {
        self.settings.digest && self.settings.takes_letters() && channels.has("mail") && !self.dues.is_empty()
    }

    fn by_text(&self, channels: &Channels) -> bool {
        let wanted = self.settings.digest && !self.settings.phone.is_empty();
        wanted && channels.has("text") && !self.dues.is_empty()
    }
}

#[async_trait]
impl JobHandler for Round {
    fn kind(&self) -> &'static str {
        ROUND
    }

    /// Nobody is told twice on a day, however often this runs; a round that was missed is made up for.
    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let (today, calendar) = (ctx.today(), self.app.times().calendar());
        if !calendar.is_working(today) {
            return Ok(());
        }
        let last = store::last_round(&db.read(), &today.to_string()).await?.and_then(|day| day.parse().ok());
        let since: Date = last.unwrap_or_else(|| today.saturating_sub(jiff::ToSpan::days(1)));
        let days = due_days(&calendar, since, today);
        let mut dues = Vec::new();
        for port in self.app.dues() {
            dues.extend(port.due_on(&days).await?);
        }
        let mut by_unit: HashMap<UnitId, Vec<(&Due, i32)>> = HashMap::new();
        for due in &dues {
            by_unit.entry(due.unit).or_default().push((due, working_days_left(&calendar, due.due, today)));
        }
        let mut settings: HashMap<_, _> =
            store::people(&db.read()).await?.into_iter().map(|row| (row.person_id, row)).collect();
        let people = self.app.colleagues().at_work(today).await?;
        let digests: Vec<Digest<'_>> = people
            .iter()
            .map(|person| {
                let settings = settings.remove(&person.person.uuid());
                let settings = settings.unwrap_or_else(|| PersonRow::of(person.person));
                Digest { dues: concerns(person, &by_unit), person, settings }
            })
            .filter(|digest| !digest.dues.is_empty())
            .collect();
        for digests in digests.chunks(AT_ONCE) {
            self.tell(db, ctx, today, digests).await?;
        }
        let day = &today.to_string();
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            store::round_insert(&tx, day).await?;
            Ok(())
        })
        .await
    }
}

/// What of the dues of a person's bodies is for this person, worst first.
fn concerns<'a>(person: &Colleague, by_unit: &HashMap<UnitId, Vec<(&'a Due, i32)>>) -> Vec<(&'a Due, i32)> {
    let mut out: Vec<(&Due, i32)> = Vec::new();
    for post in &person.posts {
        let wanted = |left: i32| match post.role.calling() {
            Calling::Works => true,
            Calling::Decides => left <= -ESCALATES,
            Calling::Watches | Calling::Keeps => false,
        };
        let is_told = |(due, left): &&(&Due, i32)| wanted(*left) && due.is_for(post.role);
        let dues = by_unit.get(&post.unit).into_iter().flatten().filter(is_told);
        for (due, left) in dues {
            if !out.iter().any(|(known, _)| known.subject == due.subject) {
                out.push((due, *left));
            }
        }
    }
    out.sort_by(|a, b| (a.1, &a.0.due, &a.0.subject).cmp(&(b.1, &b.0.due, &b.0.subject)));
    out
}

impl Round {
    async fn tell(&self, db: &Db, ctx: &Ctx, today: Date, digests: &[Digest<'_>]) -> Result<(), Problem> {
        let channels = self.app.get::<Channels>()?;
        let (day, calendar) = (&today.to_string(), &self.app.times().calendar());
        let mut ready = Vec::with_capacity(digests.len());
        for digest in digests {
            let told =
                |(due, _): &(&Due, i32)| notice(ctx, digest, (due, days_left(calendar, due.due, today)), day, channels);
            let notices: Vec<NoticeRow> = digest.dues.iter().map(told).collect();
            let mut out = Vec::new();
            if digest.by_mail(channels) {
                out.push(self.letter(ctx, digest, today)?);
            }
            if digest.by_text(channels) {
                out.push(self.short(ctx, digest));
            }
            ready.push((digest.person.person, notices, out));
        }
        let ready = &ready;
        db.write(ctx, |tx| async move {
            let (mut people, mut letters) = (0, 0);
            for (person, notices, out) in ready {
                if !store::digest_insert(&tx, *person, day).await? {
                    continue;
                }
                people += 1;
                store::notices_insert(&tx, notices).await?;
                for row in out {
                    letters += 1;
                    store::outbox_insert(&tx, row).await?;
                }
            }
            if letters > 0 {
                wake(&tx, ctx.now()).await?;
            }
            tx.ledger(Entry::new("notify.round", day).detail(json!({ "people": people, "letters": letters })));
            Ok(())
        })
        .await
    }

    fn letter(&self, ctx: &Ctx, digest: &Digest<'_>, today: Date) -> Result<OutboxRow, Problem> {
        let lang = digest.settings.lang();
        let (late, ahead): (Vec<_>, Vec<_>) = digest.dues.iter().partition(|(_, left)| *left < 0);
        let calendar = self.app.times().calendar();
        let line = |(due, _): &&(&Due, i32)| {
            let (shown, left) =
                (show_due(due.due, due.is_before, &calendar, lang), days_left(&calendar, due.due, today));
            context! { kind => due.kind, words => due.words.clone(), due => shown, days => left.abs(), href => due.href.clone() }
        };
        let lines = |dues: &[&(&Due, i32)]| dues.iter().take(LINES).map(line).collect::<Vec<Value>>();
        let page = context! {
            lang => lang.code(), base => self.app.config().base_url.clone(), name => digest.person.name.clone(), today => today.to_string(),
            late => lines(&late), ahead => lines(&ahead), late_count => late.len(), ahead_count => ahead.len(),
        };
        let args = [("late", late.len().into()), ("count", digest.dues.len().into())];
        let subject =
            self.app.locales().text(lang, if late.is_empty() { "mail-digest" } else { "mail-digest-late" }, &args);
        let text = self.app.templates().render("notify/digest.txt", &page)?;
        let html = self.app.templates().render("notify/digest.html", &page)?;
        Ok(outgoing(ctx, "mail", Some(&digest.settings), &digest.settings.address, (subject, text, html)))
    }

    /// For a gateway that others run: how much waits and where, never what.
    fn short(&self, ctx: &Ctx, digest: &Digest<'_>) -> OutboxRow {
        let late = digest.dues.iter().filter(|(_, left)| *left < 0).count();
        let url = format!("{}/work", self.app.config().base_url);
        let args = [("late", late.into()), ("count", digest.dues.len().into()), ("url", url.into())];
        let text = self.app.locales().text(digest.settings.lang(), "text-digest", &args);
        outgoing(ctx, "text", Some(&digest.settings), &digest.settings.phone, (String::new(), text, String::new()))
    }
}

/// A row of the outbox, to be tried at once.
pub(crate) fn outgoing(
    ctx: &Ctx,
    channel: &str,
    person: Option<&PersonRow>,
    address: &str,
    (subject, text, html): (String, String, String),
) -> OutboxRow {
    let now = ctx.now().as_microsecond();
    OutboxRow {
        id: ctx.new_id::<crate::ids::Mail>().uuid(),
        person_id: person.map(|person| person.person_id),
        channel: channel.into(),
        address: address.into(),
        subject,
        text,
        html,
        state: "waiting".into(),
        attempts: 0,
        next_at: now,
        error: None,
        created_at: now,
        sent_at: None,
        carries: None,
    }
}

fn notice(ctx: &Ctx, digest: &Digest<'_>, (due, left): (&Due, i64), day: &str, channels: &Channels) -> NoticeRow {
    NoticeRow {
        id: ctx.new_id::<crate::ids::Notice>().uuid(),
        person_id: digest.person.person.uuid(),
        day: day.into(),
        kind: due.kind.into(),
        subject: due.subject.clone(),
        words: due.words.clone(),
        href: due.href.clone(),
        due_on: due.due.to_string(),
        days: left,
        by_mail: digest.by_mail(channels),
        is_read: false,
    }
}
