//! Tells people what waits for them: a round each working morning, notices in the program, one letter a day.
//!
//! Owns the tables `notify_*`: what each person chose, who was told of what and when, and the outbox. What falls due
//! it asks of the domains ([`kernel::Dues`]); who works where, of the directory ([`kernel::Colleagues`]).
//! Start with [`module`] and [`channel`].

mod acting;
mod api;
pub mod channel;
mod checks;
mod digest;
mod erasing;
pub mod ids;
mod ledger_head;
mod ledger_stamp;
mod letters;
mod live;
mod outbox;
mod pages;
mod proof;
mod schema;
mod settings;
mod store;
mod tell;

use std::sync::Arc;

use async_trait::async_trait;
pub use channel::Channels;
use db::Db;
pub use erasing::Addresses;
use kernel::{Problem, Reminded, Role, Told};
pub use ledger_head::HeadTo;
pub use ledger_stamp::{DAILY as STAMPING, Stamping};
pub use letters::Outbox;
pub use store::outbox_waiting as mail_waiting;
use webkit::{Area, Module, NavItem, Need};

/// Who was told of what, for the pages of other domains.
#[derive(Debug)]
pub struct Record {
    db: Db,
}

impl Record {
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[async_trait]
impl Reminded for Record {
    async fn told(&self, subjects: &[String]) -> Result<Vec<Told>, Problem> {
        Ok(store::told(&self.db.read(), subjects).await?)
    }
}

const NEEDS: &[Need] = &[Need::of::<Channels>(), Need::of::<HeadTo>(), Need::of::<Stamping>()];

/// The module's value for `dinh`.
pub fn module() -> Module {
    Module {
        routes: || [pages::routes(), api::routes()].concat(),
        migrations: schema::MIGRATIONS,
        actions: &[("mail.manage", "Installation")],
        roles: &[Role::SYSTEM_ADMIN],
        policies: include_str!("policies.cedar"),
        nav: &[
            NavItem { href: "/notices", area: Area::Work, action: "task.read", pages: &[], daily: &[] },
            NavItem { href: "/mail", area: Area::Administration, action: "mail.manage", pages: &[], daily: &[] },
        ],
        templates: pages::TEMPLATES,
        locales: &[
            (kernel::Lang::Vi, include_str!("../locales/vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/en.ftl")),
        ],
        needs: NEEDS,
        jobs: |app| {
            Ok(vec![
                Arc::new(digest::Daily),
                Arc::new(digest::Round { app: app.clone() }),
                Arc::new(outbox::Send { app: app.clone() }),
                Arc::new(ledger_head::Letter { app: app.clone() }),
                Arc::new(ledger_stamp::Take { app: app.clone() }),
                Arc::new(tell::Tell { app: app.clone() }),
            ])
        },
        daily: &[digest::DAILY, ledger_head::DAILY, ledger_stamp::DAILY],
        retention: schema::RETENTION,
        checks: checks::CHECKS,
        openapi: api::document,
        ..Module::new("notify")
    }
}
