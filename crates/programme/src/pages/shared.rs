//! What pages of several folders share.

use kernel::{Problem, UnitId};
pub(crate) use webkit::export::XLSX;
use webkit::{FluentValue, Req};

use crate::{Error, plans::usecase::names::at, targets::model::period::label_key, work::usecase::naming::meant};

/// The body that a field of a form names: by its id, or in words.
pub(crate) fn unit(req: &Req, field: &'static str, name: &str) -> Result<UnitId, Problem> {
    if name.trim().is_empty() {
        return Err(Error::Empty(field).into());
    }
    req.app.bodies().meant(name, req.ctx.today()).map_err(|problem| at(field, problem))
}

/// The bodies that a field with several names, in a document of this issuer; a group is its members.
pub(crate) fn units(
    req: &Req,
    issuer: Option<UnitId>,
    field: &'static str,
    names: &str,
) -> Result<Vec<UnitId>, Problem> {
    meant(req.app.bodies(), &req.ctx, issuer, field, names, &[])
}

/// A period as the reader says it.
pub(crate) fn period_words(req: &Req, label: &str) -> String {
    let words = label_key(label).map(|(key, args)| req.app.locales().text(req.ctx.lang, key, &args));
    words.unwrap_or_else(|| label.to_owned())
}

/// A sentence in the reader's language.
pub(crate) fn words(req: &Req, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
    req.app.locales().text(req.ctx.lang, key, args)
}
