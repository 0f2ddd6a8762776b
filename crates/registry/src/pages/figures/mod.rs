//! Pages of what is counted: values, what each opens, frozen lists, the map, who shares with whom, the catalogue of what is shared.

mod baseline;
mod baselines;
mod catalogue;
pub mod figure;
mod files;
pub mod list;
pub mod map;
mod routes;
mod sharing;
pub mod shown;
mod stated;

pub use self::routes::routes;
