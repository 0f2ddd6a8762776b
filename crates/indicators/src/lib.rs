//! Indicators: the catalogue of what plans measure. Other domains reach it through [`kernel::Indicators`].
//!
//! No tables yet; definitions with formulas, values and evidence follow. Start with [`catalogue`].

pub mod catalogue;

pub use catalogue::Catalogue;
use kernel::{Indicators, Lang};
use minijinja::{Value, context};
use serde::Serialize;
use utoipa::OpenApi;
use webkit::{Access, Area, Module, NavItem, Outcome, Req, Route};

/// The module's value for `dinh`.
pub fn module() -> Module {
    Module {
        routes,
        actions: &[("indicators.read", "Installation")],
        policies: include_str!("policies.cedar"),
        nav: &[NavItem { href: "/indicators", area: Area::Targets, action: "indicators.read", pages: &[], daily: &[] }],
        templates: &[("indicators/list.html", include_str!("../templates/list.html"))],
        locales: &[(Lang::Vi, include_str!("../locales/vi.ftl")), (Lang::En, include_str!("../locales/en.ftl"))],
        openapi: Documented::openapi,
        ..Module::new("indicators")
    }
}

const READ: Access = Access::Action("indicators.read");

fn routes() -> Vec<Route> {
    vec![Route::get("/indicators", READ, page), Route::get("/api/v1/indicators", READ, list)]
}

#[derive(OpenApi)]
#[openapi(paths(list))]
struct Documented;

webkit::codes! {
    /// What an indicator is counted in.
    IndicatorUnit = ["%", "level"];
    /// What decides a value.
    SourceClass = {
        use kernel::SourceClass::{Extract, Official, Platform, Register, Staff, Survey};
        [Platform, Register, Extract, Staff, Survey, Official].map(kernel::SourceClass::code)
    };
}

/// An indicator on the wire.
#[derive(Serialize, utoipa::ToSchema)]
struct IndicatorJson {
    code: &'static str,
    name_vi: &'static str,
    name_en: &'static str,
    #[schema(value_type = IndicatorUnit)]
    unit: &'static str,
    higher_is_better: bool,
    #[schema(value_type = Vec<SourceClass>)]
    sources: Vec<&'static str>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct IndicatorList {
    items: Vec<IndicatorJson>,
}

/// The catalogue of indicators.
#[utoipa::path(get, path = "/api/v1/indicators", responses((status = 200, body = IndicatorList)))]
async fn list(_: Req) -> Outcome {
    let items = Catalogue.all().iter().map(|indicator| IndicatorJson {
        code: indicator.code,
        name_vi: indicator.name_vi,
        name_en: indicator.name_en,
        unit: indicator.unit,
        higher_is_better: indicator.higher_is_better,
        sources: indicator.sources.iter().map(|source| source.code()).collect(),
    });
    Req::json(&IndicatorList { items: items.collect() })
}

async fn page(req: Req) -> Outcome {
    let vi = req.ctx.lang == Lang::Vi;
    let rows = Catalogue.all().iter().map(|indicator| {
        let sources = indicator.sources.iter().map(|source| source.code());
        context! {
            code => indicator.code, name => if vi { indicator.name_vi } else { indicator.name_en },
            unit => indicator.unit, sources => sources.collect::<Vec<_>>(),
        }
    });
    req.page("indicators/list.html", context! { rows => rows.collect::<Vec<Value>>() }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_name_only_declared_actions() {
        for route in routes() {
            let Access::Action(action) = route.access else { panic!("{}", route.path) };
            assert!(module().actions.iter().any(|(known, _)| *known == action));
        }
    }
}
