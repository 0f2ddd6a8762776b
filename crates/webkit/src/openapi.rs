//! The OpenAPI document, gathered from the modules' handlers.

use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};

use crate::Module;

/// The document of all modules together.
pub fn document(modules: &[Module]) -> OpenApi {
    let info = InfoBuilder::new().title("Đình").version(env!("CARGO_PKG_VERSION")).build();
    let mut whole = OpenApiBuilder::new().info(info).build();
    for module in modules {
        whole.merge((module.openapi)());
    }
    whole
}
