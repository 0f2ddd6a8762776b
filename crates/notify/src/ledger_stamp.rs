//! A time-stamp of the ledger's head a day, by an authority outside (RFC 3161): what was there then is proved to people
//! who trust neither this program nor who runs it.

use std::{path::Path, time::Duration};

use async_trait::async_trait;
use db::{Db, Job, JobHandler, Lane, SignedHead};
use kernel::{Ctx, Problem, ProblemKind};
use reqwest::{Client, Url};
use serde_json::Value as Json;
use timestamp::{Anchors, Refusal, Stamp};
use webkit::App;

use crate::ids::notice_id;

/// The job, whose failures the check of administrators shows.
pub const DAILY: &str = "notify.ledger_stamp";

const PATIENCE: Duration = Duration::from_secs(20);
/// After a round of attempts that were of no use.
const AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// The authority, as this module finds it among the services; none unless configured.
#[derive(Debug, Default)]
pub struct Stamping(Option<Authority>);

#[derive(Debug)]
struct Authority {
    client: Client,
    url: Url,
    anchors: Anchors,
}

impl Stamping {
    /// From the settings `timestamp_url` and `timestamp_ca`; half of them is refused.
    pub fn new(url: Option<&str>, ca: Option<&Path>) -> Result<Self, Problem> {
        let (url, ca) = match (url, ca) {
            (None, None) => return Ok(Self(None)),
            (Some(url), Some(ca)) => (url, ca),
            _ => return Err(Problem::bad_input("timestamp-incomplete")),
        };
        let wrong = || Problem::bad_input("timestamp-url").with("url", url);
        let parsed: Url = url.parse().map_err(|_| wrong())?;
        if !(parsed.scheme() == "https" || parsed.scheme() == "http" && is_here(&parsed)) {
            return Err(wrong());
        }
        let pem = std::fs::read(ca)
            .map_err(|error| Problem::bad_input("file-unusable").with("file", ca.display()).because(error))?;
        let anchors = Anchors::from_pem(&pem)
            .map_err(|refusal| Problem::bad_input("timestamp-ca").with("file", ca.display()).because(refusal))?;
        let policy = reqwest::redirect::Policy::none();
        let client = Client::builder().timeout(PATIENCE).redirect(policy).build().map_err(Problem::internal)?;
        Ok(Self(Some(Authority { client, url: parsed, anchors })))
    }

    pub fn anchors(&self) -> Option<&Anchors> {
        self.0.as_ref().map(|authority| &authority.anchors)
    }
}

fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Authority {
    async fn stamp(&self, ctx: &Ctx, head: &SignedHead) -> Result<Stamp, Problem> {
        let digest = head.digest()?;
        // The random half of an id.
        let nonce = notice_id(ctx).as_u64_pair().1;
        let query = timestamp::request(&digest, nonce).map_err(Problem::internal)?;
        let answer = self.ask(query).await?;
        timestamp::check(&answer, &digest, nonce, &self.anchors).map_err(|refusal| match refusal {
            Refusal::Rejected { .. } | Refusal::WithMods | Refusal::NoToken => {
                unavailable("timestamp-refused", refusal)
            }
            other => unavailable("timestamp-unproven", other),
        })
    }

    async fn ask(&self, query: Vec<u8>) -> Result<Vec<u8>, Problem> {
        // The address may hold a key: it stays out of what is shown.
        let silent = |error: reqwest::Error| unavailable("timestamp-silent", error.without_url());
        let request = self.client.post(self.url.clone()).header("content-type", "application/timestamp-query");
        let mut answer = request.body(query).send().await.map_err(silent)?;
        if !answer.status().is_success() {
            return Err(unavailable("timestamp-silent", answer.status()));
        }
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(silent)? {
            if bytes.len() + part.len() > timestamp::MOST {
                return Err(unavailable("timestamp-unproven", Refusal::TooLong));
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes)
    }
}

fn unavailable(code: &'static str, why: impl std::fmt::Display) -> Problem {
    Problem::new(ProblemKind::Unavailable, code).because(why)
}

#[derive(Debug)]
pub(crate) struct Take {
    pub app: App,
}

#[async_trait]
impl JobHandler for Take {
    fn kind(&self) -> &'static str {
        DAILY
    }

    /// An authority that does not answer holds up no letters.
    fn lane(&self) -> Lane {
        Lane::Long
    }

    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let Some(authority) = &self.app.get::<Stamping>()?.0 else { return Ok(()) };
        let Some(head) = db::signed_head(db).await? else { return Ok(()) };
        let stamp = authority.stamp(ctx, &head).await?;
        db::keep_stamp(db, ctx, &head, &stamp).await
    }

    /// Attempts close together were of no use; the next ones are in an hour.
    async fn failed(&self, db: &Db, ctx: &Ctx, _job: &Job, _problem: &Problem) -> Result<(), Problem> {
        let at = ctx.now().saturating_add(AGAIN).map_err(Problem::internal)?;
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            if db::queued_at(&tx, DAILY).await?.is_none() {
                tx.enqueue_at(DAILY, &Json::Null, at).await?;
            }
            Ok(())
        })
        .await
    }
}
