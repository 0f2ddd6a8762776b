//! Pages of what is counted: values, what each opens, frozen lists, the map, the catalogue of what is shared.

mod baseline;
mod baselines;
mod catalogue;
mod figure;
mod files;
mod list;
mod map;
mod routes;
mod shown;

pub use self::routes::routes;

/// What programs are told of these.
#[derive(utoipa::OpenApi)]
#[openapi(paths(list::json, catalogue::json))]
pub struct Documented;
