//! The OpenAPI document, gathered from the modules' handlers and completed by what holds of every route.

mod codes;
mod complete;
mod lists;
mod problems;

use axum::http::Method;
pub use codes::code_schema;
use utoipa::{
    OpenApi as _,
    openapi::{InfoBuilder, OpenApi, OpenApiBuilder, path::Operation},
};

use crate::{Module, Route};

/// The document of all modules together.
pub fn document(modules: &[Module]) -> OpenApi {
    let info = InfoBuilder::new().title("Đình").version(env!("CARGO_PKG_VERSION")).build();
    let mut whole = OpenApiBuilder::new().info(info).build();
    whole.merge(problems::Shared::openapi());
    for module in modules {
        whole.merge((module.openapi)());
    }
    for route in modules.iter().flat_map(|module| (module.routes)()) {
        if let Some(operation) = operation(&mut whole, &route) {
            problems::tell(&mut operation.responses, &route);
        }
    }
    for register in modules.iter().flat_map(|module| (module.registers)()) {
        lists::tell(&mut whole, register);
    }
    problems::name(&mut whole);
    complete::complete(&mut whole);
    whole
}

fn operation<'a>(document: &'a mut OpenApi, route: &Route) -> Option<&'a mut Operation> {
    let item = document.paths.paths.get_mut(route.path)?;
    match route.method {
        Method::GET => item.get.as_mut(),
        Method::POST => item.post.as_mut(),
        Method::PATCH => item.patch.as_mut(),
        _ => None,
    }
}
