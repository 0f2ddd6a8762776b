//! What figures, frozen lists, the map and the catalogue give to the module: their places, templates and words.

use kernel::Lang;
use webkit::{Area, NavItem};

pub const NAV: [NavItem; 3] = [
    NavItem { pages: &["/systems/baselines"], ..entry("/systems/figures", "registry.read") },
    entry("/systems/map", "registry.map"),
    entry("/systems/catalogue", "registry.read"),
];

const fn entry(href: &'static str, action: &'static str) -> NavItem {
    NavItem { href, area: Area::Infrastructure, action, pages: &[], daily: &[] }
}

pub const TEMPLATES: [(&str, &str); 7] = [
    ("registry/figures.html", include_str!("../templates/figures.html")),
    ("registry/figure.html", include_str!("../templates/figure.html")),
    ("registry/baselines.html", include_str!("../templates/baselines.html")),
    ("registry/baseline.html", include_str!("../templates/baseline.html")),
    ("registry/map.html", include_str!("../templates/map.html")),
    ("registry/catalogue.html", include_str!("../templates/catalogue.html")),
    ("registry/public_catalogue.html", include_str!("../templates/public_catalogue.html")),
];

pub const LOCALES: [(Lang, &str); 2] =
    [(Lang::Vi, include_str!("../locales/figures.vi.ftl")), (Lang::En, include_str!("../locales/figures.en.ftl"))];
