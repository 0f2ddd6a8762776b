//! Plans, tasks and what each body has to do: from a document to a register that always tells the truth of today.
//!
//! Owns the tables `programme_*`. A task led by several bodies or a group becomes one *part* per body; the state of a
//! part is computed from its days and never stored. Bodies are known by id through [`kernel::Bodies`].
//! Start with [`module`]; folders in their order: [`files`], [`plans`], [`targets`], [`work`], [`reporting`],
//! [`overview`], [`approve`].

mod api;
pub mod approve;
mod daily;
mod deadlines;
pub mod demo;
mod erasing;
mod error;
pub mod files;
pub mod ids;
mod jobs;
pub mod overview;
mod pages;
pub mod plans;
mod ports;
mod reminders;
pub mod reporting;
mod schema;
pub mod targets;
mod undo;
pub mod work;

pub use deadlines::OpenDeadlines;
pub use erasing::Charges;
pub use error::{Error, unread};
pub use files::usecase::look::LookAtFile;
pub use jobs::within_limits;
use kernel::Role;
pub use plans::usecase::places::gives_no_orders;
pub use ports::{BodiesPort, CalendarPort, Glimpse, PapersPort, PlanReading, Progress, ReadingPort};
pub use reminders::OpenDues;
pub use targets::usecase::stated::OwnTargets;
use webkit::{Area, DraftDoor, LettersPort, Module, NavItem, Need, Scanner, Viewed};

use crate::{
    overview::usecase::{
        board::Boards,
        glance::Glances,
        waiting::{Waits, waiting},
    },
    plans::usecase::{cascade::Pairs, plan_read::Briefs},
    reporting::{
        model::rights::{DUTY_READ, REPORT_READ},
        store::{duty_register::DUTIES, report_register::REPORTS},
        usecase::outside_door::Doors,
    },
    work::{
        model::{difficulty, letter, question, task},
        store::{
            lists::{DIFFICULTIES, LETTERS, QUESTIONS},
            unled::{self, UNLED},
        },
        usecase::remembered::{FirstParts, FirstTasks},
    },
};

const NEEDS: &[Need] = &[
    Need::of::<PapersPort>(),
    Need::of::<ReadingPort>(),
    Need::of::<Scanner>(),
    Need::of::<Boards>(),
    Need::of::<Glances>(),
    Need::of::<FirstParts>(),
    Need::of::<FirstTasks>(),
    Need::of::<Waits>(),
    Need::of::<Briefs>(),
    Need::of::<Pairs>(),
    Need::of::<Doors>(),
    Need::of::<LettersPort>(),
];

/// The module's value for `dinh`.
pub fn module() -> Module {
    Module {
        routes,
        migrations: schema::MIGRATIONS,
        actions: &[
            ("plan.read", "Plan"),
            ("plan.import", "Plan"),
            ("plan.approve", "Plan"),
            ("plan.confirm", "Plan"),
            ("task.assign", "Task"),
            ("part.finish", "Task"),
            ("part.check", "Task"),
            ("question.ask", "Task"),
            ("question.answer", "Task"),
            ("difficulty.answer", "Difficulty"),
            ("letter.write", "Letter"),
            ("letter.release", "Letter"),
            ("letter.receive", "Letter"),
            ("value.enter", "Target"),
            ("duty.edit", "Duty"),
            ("report.write", "Report"),
            ("report.check", "Report"),
            ("report.approve", "Report"),
            ("report.issue", "Report"),
            ("report.take_in", "Report"),
            ("report.receive", "Report"),
        ],
        roles: &[Role::LEADER, Role::HEAD, Role::OFFICER, Role::CLERK, Role::PROGRAMME, Role::UNIT_ADMIN],
        rules: &[task::READ, unled::READ, REPORT_READ, DUTY_READ, difficulty::READ, letter::READ, question::READ],
        registers: || vec![&UNLED, &REPORTS, &DUTIES, &DIFFICULTIES, &QUESTIONS, &LETTERS],
        views: &[
            Viewed { path: "/tasks", action: "task.read", knows: work::pages::register::knows },
            Viewed { path: "/plans", action: "plan.read", knows: approve::pages::plan_order::knows },
            Viewed { path: "/targets", action: "plan.read", knows: targets::pages::targets::knows },
        ],
        drafts: &[DraftDoor {
            keep: "/outside/{id}/draft",
            drop: "/outside/{id}/draft/drop",
            unkept: &["phone"],
            whose: reporting::pages::outside::whose,
        }],
        policies: include_str!("policies.cedar"),
        nav: &[
            NavItem {
                href: "/work",
                area: Area::Work,
                action: "task.read",
                pages: &[],
                daily: &[Role::OFFICER, Role::HEAD, Role::CLERK, Role::LEADER, Role::PROGRAMME],
            },
            NavItem {
                href: "/board",
                area: Area::Work,
                action: "task.read",
                pages: &[],
                daily: &[Role::HEAD, Role::LEADER, Role::PROGRAMME],
            },
            NavItem {
                href: "/tasks",
                area: Area::Work,
                action: "task.read",
                pages: &["/parts", "/agencies"],
                daily: &[Role::HEAD, Role::LEADER, Role::PROGRAMME],
            },
            NavItem { href: "/plans", area: Area::Work, action: "plan.read", pages: &[], daily: &[Role::PROGRAMME] },
            NavItem {
                href: "/assign",
                area: Area::Work,
                action: "plan.import",
                pages: &["/tracking"],
                daily: &[Role::PROGRAMME],
            },
            NavItem {
                href: "/difficulties",
                area: Area::Work,
                action: "difficulty.read",
                pages: &[],
                daily: &[Role::OFFICER, Role::HEAD, Role::PROGRAMME],
            },
            NavItem {
                href: "/questions",
                area: Area::Work,
                action: "question.read",
                pages: &[],
                daily: &[Role::PROGRAMME],
            },
            NavItem { href: "/letters", area: Area::Work, action: "letter.read", pages: &[], daily: &[Role::CLERK] },
            NavItem { href: "/search", area: Area::Work, action: "plan.read", pages: &[], daily: &[] },
            NavItem { href: "/unled", area: Area::Work, action: "unled.read", pages: &[], daily: &[] },
            NavItem {
                href: "/reports",
                area: Area::Reports,
                action: "report.read",
                pages: &[],
                daily: &[Role::OFFICER, Role::HEAD, Role::CLERK, Role::LEADER],
            },
            NavItem {
                href: "/duties",
                area: Area::Reports,
                action: "duty.read",
                pages: &["/periods", "/regimes"],
                daily: &[],
            },
            NavItem { href: "/targets", area: Area::Targets, action: "plan.read", pages: &[], daily: &[] },
        ],
        counts: Some(|core, ctx| Box::pin(async { Ok(waiting(core, ctx).await?.by_page()) })),
        finders: overview::pages::jump::FINDERS,
        templates: pages::TEMPLATES,
        locales: &[
            (kernel::Lang::Vi, include_str!("../locales/words.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/words.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/compare.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/compare.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/names.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/names.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/review.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/review.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/work.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/work.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/amend.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/amend.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/contacts.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/contacts.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/inbox.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/inbox.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/board.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/board.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/numbers.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/numbers.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/reports.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/reports.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/papers.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/papers.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/outside.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/outside.en.ftl")),
            (kernel::Lang::Vi, include_str!("../locales/who.vi.ftl")),
            (kernel::Lang::En, include_str!("../locales/who.en.ftl")),
        ],
        needs: NEEDS,
        jobs: jobs::handlers,
        daily: &[daily::DAILY, daily::PLACE],
        undo: undo::UNDO,
        things: overview::store::things::THINGS,
        retention: schema::outside::RETENTION,
        openapi: api::document,
        demo: Some(|app, ctx| Box::pin(demo::examples::fill(app, ctx))),
        ..Module::new("programme")
    }
}

fn routes() -> Vec<webkit::Route> {
    let lists = [
        UNLED.routes(),
        REPORTS.routes(),
        DUTIES.routes(),
        DIFFICULTIES.routes(),
        QUESTIONS.routes(),
        LETTERS.routes(),
    ]
    .concat();
    [pages::routes(), lists, api::routes()].concat()
}
