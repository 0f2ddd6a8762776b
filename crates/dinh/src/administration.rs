//! The page of those who keep the installation running: how the house is.

use kernel::Lang;
use minijinja::context;
use webkit::{Access, Area, Module, NavItem, Outcome, Req, Route, check::Level};

use crate::{doctor, setup};

pub fn module() -> Module {
    Module {
        routes: || {
            let own = vec![
                Route::get("/administration", Access::Action("system.read"), home),
                Route::get("/setup", Access::Action("system.read"), setup::show),
                Route::get("/jump", Access::SignedIn, webkit::jump),
            ];
            [own, webkit::saved_routes()].concat()
        },
        actions: &[("system.read", "Installation")],
        roles: &[kernel::Role::SYSTEM_ADMIN],
        policies: r#"
// The state of the house is for system administrators.
permit (principal, action == Action::"system.read", resource)
when { resource has unit && resource.unit in principal.systemAdminOf };
"#,
        nav: &[
            NavItem {
                href: "/administration",
                area: Area::Administration,
                action: "system.read",
                pages: &[],
                daily: &[],
            },
            NavItem { href: "/setup", area: Area::Administration, action: "system.read", pages: &[], daily: &[] },
        ],
        templates: &[
            ("administration/home.html", include_str!("../templates/administration.html")),
            ("administration/setup.html", include_str!("../templates/setup.html")),
        ],
        locales: &[(Lang::Vi, include_str!("../locales/vi.ftl")), (Lang::En, include_str!("../locales/en.ftl"))],
        checks: doctor::CHECKS,
        openapi: webkit::saved_document,
        ..Module::new("administration")
    }
}

async fn home(req: Req) -> Outcome {
    let found = doctor::examine(&req.app, &req.ctx, true).await?;
    let many = |level| found.iter().filter(|(_, finding)| finding.level == level).count();
    let (faults, cautions) = (many(Level::Fault), many(Level::Warning));
    let lines: Vec<_> = found
        .iter()
        .map(|(name, finding)| {
            context! { name => *name, level => finding.level.code(), words => finding.words(req.app.locales(), req.ctx.lang) }
        })
        .collect();
    req.page("administration/home.html", context! { lines, faults, cautions }).await
}
