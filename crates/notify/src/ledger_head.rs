//! A letter a day with the ledger's signed head, to people outside this machine: whoever puts the whole folder back to
//! an older day cannot put their letters back.

use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler, SignedHead};
use jiff::Timestamp;
use kernel::{Ctx, Lang, Problem};
use lettre::message::Mailbox;
use serde_json::json;
use webkit::App;

use crate::{Channels, digest::outgoing, outbox::wake, store};

pub(crate) const DAILY: &str = "notify.ledger_head";

/// Who gets the letter, as this module finds it among the services.
#[derive(Debug, Default)]
pub struct HeadTo(Vec<String>);

impl HeadTo {
    /// From the setting `head_to`.
    pub fn new(addresses: &[String], channels: &Channels) -> Result<Self, Problem> {
        if !addresses.is_empty() && !channels.has("mail") {
            return Err(Problem::bad_input("head-to-without-mail"));
        }
        if let Some(wrong) = addresses.iter().find(|address| address.parse::<Mailbox>().is_err()) {
            return Err(Problem::bad_input("head-to-address").with("address", wrong));
        }
        Ok(Self(addresses.to_vec()))
    }
}

#[derive(Debug)]
pub(crate) struct Letter {
    pub app: App,
}

#[async_trait]
impl JobHandler for Letter {
    fn kind(&self) -> &'static str {
        DAILY
    }

    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let to = &self.app.get::<HeadTo>()?.0;
        let Some(head) = db::signed_head(db).await?.filter(|_| !to.is_empty()) else { return Ok(()) };
        let letters: Vec<_> = to
            .iter()
            .map(|address| outgoing(ctx, "mail", None, address, (self.subject(&head), self.text(&head), String::new())))
            .collect();
        let (letters, head) = (&letters, &head);
        db.write(ctx, |tx| async move {
            for row in letters {
                store::outbox_insert(&tx, row).await?;
            }
            wake(&tx, ctx.now()).await?;
            let detail = json!({ "seq": head.seq, "letters": letters.len() });
            tx.ledger(Entry::new("ledger.head_sent", "ledger").detail(detail));
            Ok(())
        })
        .await
    }
}

impl Letter {
    fn subject(&self, head: &SignedHead) -> String {
        self.app.locales().text(Lang::Vi, "mail-ledger-head-subject", &[("seq", head.seq.to_string().into())])
    }

    /// In both languages: it is read years later, by whoever then looks.
    fn text(&self, head: &SignedHead) -> String {
        let at = head.at.and_then(|at| Timestamp::from_microsecond(at).ok()).map(|at| at.to_string());
        let words = |lang| {
            let args = [("url", self.app.config().base_url.clone().into()), ("named", head.named().into())];
            self.app.locales().text(lang, "mail-ledger-head", &args)
        };
        let facts = [
            ("seq", head.seq.to_string()),
            ("hash", head.hash.clone()),
            ("at", at.unwrap_or_else(|| "-".into())),
            ("signature", head.signature.clone()),
            ("key", head.key.clone()),
        ];
        let facts: Vec<String> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        [words(Lang::Vi), words(Lang::En), facts.join("\n")].join("\n\n")
    }
}
