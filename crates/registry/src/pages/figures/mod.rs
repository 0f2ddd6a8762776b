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

/// Templates and their sources.
pub const TEMPLATES: [(&str, &str); 7] = [
    ("registry/figures.html", include_str!("../../../templates/figures.html")),
    ("registry/figure.html", include_str!("../../../templates/figure.html")),
    ("registry/baselines.html", include_str!("../../../templates/baselines.html")),
    ("registry/baseline.html", include_str!("../../../templates/baseline.html")),
    ("registry/map.html", include_str!("../../../templates/map.html")),
    ("registry/catalogue.html", include_str!("../../../templates/catalogue.html")),
    ("registry/public_catalogue.html", include_str!("../../../templates/public_catalogue.html")),
];
