//! Who is who: units, people, posts, accounts, and what a post allows.
//!
//! Owns the tables `directory_*`, and the tree of units in memory. Other domains reach it through
//! the ports of `kernel` ([`kernel::Bodies`], [`kernel::UnitTree`]) and never through its tables.
//! Start with [`module`] and [`Directory`].

mod api;
mod bodies;
mod colleagues;
mod directory;
mod entrance;
mod error;
mod identity;
pub mod ids;
mod jobs;
mod ledger_check;
pub mod model;
pub mod oidc;
mod pages;
mod schema;
mod settings;
mod store;
mod tree;
pub mod usecase;

pub use directory::{Directory, end_ways_in, units_whole};
pub use entrance::{Entrance, SecondFactor};
pub use error::Error;
pub use settings::Settings;
pub use tree::Tree;

use std::sync::Arc;

use kernel::Role;
use webkit::{Area, May, Module, NavItem, Need, Undo, Viewed};

const NEEDS: &[Need] =
    &[Need::of::<Directory>(), Need::of::<Entrance>(), Need::of::<oidc::Oidc>(), Need::of::<Settings>()];

/// The module's value for `dinh`.
pub fn module() -> Module {
    Module {
        routes,
        migrations: schema::MIGRATIONS,
        actions: &[
            ("unit.edit", "Unit"),
            ("unit.import", "Installation"),
            ("person.edit", "Unit"),
            ("token.add", "Installation"),
            ("ledger.read", "Installation"),
            ("calendar.read", "Installation"),
            ("calendar.edit", "Installation"),
        ],
        rules: store::unit::RULES,
        roles: &[Role::LEADER, Role::OFFICER, Role::UNIT_ADMIN, Role::SYSTEM_ADMIN],
        policies: include_str!("policies.cedar"),
        registers: || vec![&store::unit::UNITS],
        views: &[Viewed { path: "/people", action: "person.edit", knows: pages::people::knows }],
        nav: &[
            NavItem {
                href: "/people",
                area: Area::Administration,
                action: "person.edit",
                pages: &["/posts", "/tokens"],
                daily: &[],
            },
            NavItem {
                href: "/units",
                area: Area::Administration,
                action: "unit.read",
                pages: &["/aliases", "/pick"],
                daily: &[],
            },
            NavItem { href: "/calendar", area: Area::Administration, action: "calendar.read", pages: &[], daily: &[] },
            NavItem { href: "/ledger", area: Area::Administration, action: "ledger.read", pages: &[], daily: &[] },
        ],
        finders: pages::FINDERS,
        templates: pages::TEMPLATES,
        locales: &[
            (kernel::Lang::Vi, include_str!("../locales/vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/accounts.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/accounts.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/bodies.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/bodies.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/people.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/people.en.ftl")),
        ],
        needs: NEEDS,
        jobs: |app| Ok(vec![jobs::Daily::handler(app), Arc::new(db::WeeklyScrub), Arc::new(ledger_check::Check)]),
        daily: &[jobs::DAILY, db::SCRUB, ledger_check::DAILY],
        undo: &[Undo {
            act: "post.edit",
            whole: None,
            may: May::Asked(|core, ctx, conn, subject| {
                Box::pin(usecase::post_edit::may_undo(core, ctx, conn, subject))
            }),
            back: Some(|core, tx, entry| Box::pin(usecase::post_edit::back(core, tx, entry))),
        }],
        things: store::things::THINGS,
        retention: schema::RETENTION,
        openapi: api::document,
        demo: Some(|app, ctx| Box::pin(usecase::demo::fill(app, ctx))),
        ..Module::new("directory")
    }
}

fn routes() -> Vec<webkit::Route> {
    [pages::routes(), api::routes(), store::unit::UNITS.routes().into()].concat()
}
