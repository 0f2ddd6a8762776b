//! Pages.

pub(crate) mod asked;
pub(crate) mod chase;
pub(crate) mod duties;
pub(crate) mod outside;
pub(crate) mod outside_links;
pub(crate) mod received;
pub(crate) mod report_form;
pub(crate) mod report_page;
pub(crate) mod reports;
