//! What pages of several folders share.

use kernel::{Problem, Resolution, UnitId};
pub(crate) use webkit::export::XLSX;
use webkit::{FluentValue, Req};

use crate::targets::model::period::label_key;

/// The unit that a form names by its id or in words.
pub(crate) fn unknown_unit(field: &str, name: &str) -> Problem {
    Problem::bad_input("unknown-unit").with("name", name).field(field, "unknown-unit")
}

/// The body that a field of a form names.
pub(crate) fn unit(req: &Req, field: &str, name: &str) -> Result<UnitId, Problem> {
    if let Ok(id) = name.parse() {
        return Ok(id);
    }
    match req.app.bodies().resolve(name, None) {
        Resolution::Unit { unit, .. } => Ok(unit),
        Resolution::Group { .. } | Resolution::Unknown => Err(unknown_unit(field, name)),
    }
}

/// A period as the reader says it.
pub(crate) fn period_words(req: &Req, label: &str) -> String {
    let words = label_key(label).map(|(key, args)| req.app.locales().text(req.ctx.lang, key, &args));
    words.unwrap_or_else(|| label.to_owned())
}

/// A stored file as an attachment, under a name that every system accepts.
pub(crate) async fn attachment(req: &Req, file_name: &str, hash: &db::BlobHash) -> webkit::Outcome {
    let file = req.app.db().blobs().open(hash).await?;
    let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, "txt"));
    let name = format!("{}.{}", kernel::text::file_stem(stem), kernel::text::file_stem(extension));
    Req::stored_file(&name, "application/octet-stream", file)
}

/// A sentence in the reader's language.
pub(crate) fn words(req: &Req, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
    req.app.locales().text(req.ctx.lang, key, args)
}
