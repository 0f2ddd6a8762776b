//! Who is who: units, people, posts, accounts, and what a post allows.
//!
//! Owns the tables `directory_*`, the tree of units in memory and the policy engine. Other domains reach it through
//! the ports of `kernel` ([`kernel::Bodies`], [`kernel::Authorizer`]) and never through its tables.
//! Start with [`module`] and [`Directory`].

mod api;
mod colleagues;
mod error;
mod identity;
pub mod model;
pub mod oidc;
mod pages;
mod policy;
mod schema;
mod store;
mod tree;
pub mod usecase;

pub use error::Error;
pub use policy::Engine;
pub use tree::{Directory, Tree};

use webkit::{Module, NavGroup, NavItem};

/// The module's value for `dinh`.
pub fn module() -> Module {
    Module {
        name: "directory",
        routes,
        migrations: schema::MIGRATIONS,
        actions: &[
            ("unit.read", "Installation"),
            ("unit.edit", "Unit"),
            ("unit.import", "Installation"),
            ("person.edit", "Unit"),
            ("token.add", "Installation"),
            ("ledger.read", "Installation"),
            ("calendar.read", "Installation"),
            ("calendar.edit", "Installation"),
        ],
        policies: include_str!("policies.cedar"),
        facts: schema::FACTS,
        nav: &[
            NavItem { key: "units", href: "/units", group: NavGroup::Administration, action: "unit.read" },
            NavItem { key: "people", href: "/people", group: NavGroup::Administration, action: "person.edit" },
            NavItem { key: "calendar", href: "/calendar", group: NavGroup::Administration, action: "calendar.read" },
            NavItem { key: "ledger", href: "/ledger", group: NavGroup::Administration, action: "ledger.read" },
        ],
        templates: pages::TEMPLATES,
        locales: &[
            (kernel::Lang::Vi, include_str!("../locales/vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/en.ftl")),
        ],
        jobs: |_| vec![],
        daily: &[],
        checks: &[],
        openapi: api::document,
        demo: Some(|app, ctx| Box::pin(usecase::demo::fill(app, ctx))),
    }
}

fn routes() -> Vec<webkit::Route> {
    [pages::routes(), api::routes()].concat()
}
