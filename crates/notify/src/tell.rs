//! Telling people that something about their account has changed: in the program, and by letter to a proved address.

use async_trait::async_trait;
use db::{Db, Job, JobHandler};
use kernel::{
    Ctx, Problem,
    notices::{TELL, Tell as Told},
};
use webkit::App;

use crate::{
    Channels,
    digest::outgoing,
    ids::notice_id,
    outbox::wake,
    store::{self, NoticeRow, OutboxRow, PersonRow},
};

#[derive(Debug)]
pub(crate) struct Tell {
    pub app: App,
}

pub(crate) fn notice(app: &App, ctx: &Ctx, person: &PersonRow, what: &str, href: &str, by_mail: bool) -> NoticeRow {
    let day = ctx.today().to_string();
    NoticeRow {
        id: notice_id(ctx),
        person_id: person.person_id,
        day: day.clone(),
        kind: "security".into(),
        subject: what.into(),
        words: app.locales().text(person.lang(), &format!("told-{what}"), &[]),
        href: href.into(),
        due_on: day,
        days: 0,
        by_mail,
        is_read: false,
    }
}

/// Of work that somebody else changed: the sentence that the domain said.
fn of_work(
    app: &App,
    ctx: &Ctx,
    person: &PersonRow,
    told: &Told,
    words: &str,
    by_mail: bool,
) -> (NoticeRow, OutboxRow) {
    let row = notice(app, ctx, person, &told.what, &told.href, by_mail);
    let lang = person.lang();
    let url = format!("{}{}", app.config().base_url, told.href);
    let text = app.locales().text(lang, "mail-changed", &[("words", words.into()), ("url", url.into())]);
    let subject = app.locales().text(lang, "mail-changed-subject", &[]);
    let letter = outgoing(ctx, "mail", Some(person), &person.address, (subject, text, String::new()));
    (NoticeRow { kind: "change".into(), words: words.to_owned(), ..row }, letter)
}

/// What has changed and where to look, and nothing that helps whoever reads other people's letters.
pub(crate) fn letter(app: &App, ctx: &Ctx, person: &PersonRow, what: &str, href: &str) -> OutboxRow {
    let lang = person.lang();
    let told = app.locales().text(lang, &format!("told-{what}"), &[]);
    let at = kernel::day::show_instant(ctx.now(), lang);
    let url = format!("{}{href}", app.config().base_url);
    let text = app.locales().text(lang, "mail-told", &[("told", told.into()), ("at", at.into()), ("url", url.into())]);
    let subject = app.locales().text(lang, "mail-told-subject", &[]);
    outgoing(ctx, "mail", Some(person), &person.address, (subject, text, String::new()))
}

#[async_trait]
impl JobHandler for Tell {
    fn kind(&self) -> &'static str {
        TELL
    }

    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem> {
        let told: Told = serde_json::from_value(job.payload.clone()).map_err(Problem::internal)?;
        let person = store::person(&db.read(), told.person).await?;
        let by_mail = person.takes_letters() && self.app.get::<Channels>()?.has("mail");
        let (notice, letter) = &match &told.words {
            Some(words) => of_work(&self.app, ctx, &person, &told, words, by_mail),
            None => (
                notice(&self.app, ctx, &person, &told.what, &told.href, by_mail),
                letter(&self.app, ctx, &person, &told.what, &told.href),
            ),
        };
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            store::notices_insert(&tx, std::slice::from_ref(notice)).await?;
            if by_mail {
                store::outbox_insert(&tx, letter).await?;
                wake(&tx, ctx.now()).await?;
            }
            Ok(())
        })
        .await
    }
}
