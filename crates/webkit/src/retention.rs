//! The daily deleting of what need not be kept: one list from all modules, with the installation's own numbers of days.

use std::collections::BTreeMap;

use async_trait::async_trait;
use db::{Db, Job, JobHandler, Retention};
use kernel::{Ctx, Problem};

use crate::Core;

pub(crate) const RETAIN: &str = "web.retention";

const OWN: &[Retention] = &[
    Retention {
        name: "sessions",
        table: "web_session",
        key: "token_hash",
        old: "until < $1",
        age: db::Age::Instant,
        days: 1,
    },
    Retention {
        name: "refusals",
        table: "web_refusal",
        key: "hour, who, what, place, address",
        old: "hour * 3600000000 < $1",
        age: db::Age::Instant,
        days: 90,
    },
    Retention {
        name: "uploads",
        table: "web_upload",
        key: "day, account_id",
        old: "day < $1",
        age: db::Age::Day,
        days: 7,
    },
];

/// The rules of an installation, as a service.
#[derive(Debug, Clone)]
pub struct Retentions(pub Vec<Retention>);

impl Retentions {
    /// The floors' rules and these, `days` in the place of their own where it names them; an unknown name is refused.
    pub fn new<'a>(
        more: impl IntoIterator<Item = &'a Retention>,
        days: &BTreeMap<String, u32>,
    ) -> Result<Self, Problem> {
        let all = db::OWN_RETENTION.iter().chain(OWN).chain(more);
        let mut rules: Vec<Retention> = all.copied().collect();
        for (name, days) in days {
            let known = rules.iter_mut().find(|rule| rule.name == name).filter(|_| *days > 0);
            let Some(rule) = known else {
                let names = rules.iter().map(|rule| rule.name).collect::<Vec<_>>().join(", ");
                return Err(Problem::bad_input("retention-unknown").with("name", name).with("names", names));
            };
            rule.days = *days;
        }
        Ok(Self(rules))
    }
}

#[derive(Debug)]
pub(crate) struct Retain {
    pub core: Core,
}

#[async_trait]
impl JobHandler for Retain {
    fn kind(&self) -> &'static str {
        RETAIN
    }

    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        db::purge(db, ctx, &self.core.get::<Retentions>()?.0).await.map(|_| ())
    }
}
