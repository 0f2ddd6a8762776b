//! A row on its own page, field by field.

use kernel::code::words_key;
use minijinja::{Value, context};

use super::{Field, FieldKind, Record};
use crate::Req;

/// What a row says, for `p.said` of `parts.html`: units by their names, codes by their words. What stands apart the page shows
/// by itself.
pub fn told<R: Record>(req: &Req, row: &R, apart: &[&str]) -> Vec<Value> {
    let (bodies, now) = (req.app.bodies(), row.answers());
    let one = |field: &Field| {
        let text = now.text(field.name);
        let text = match field.kind {
            _ if text.is_empty() => String::new(),
            FieldKind::Unit => {
                text.parse().ok().and_then(|unit| bodies.body(unit)).map(|body| body.name).unwrap_or_default()
            }
            FieldKind::Code(_, key) => req.app.locales().text(req.ctx.lang, &words_key(key, text), &[]),
            _ => text.to_owned(),
        };
        let kind = match field.kind {
            FieldKind::Lines(_) => "lines",
            FieldKind::Day => "day",
            _ => "text",
        };
        context! { label => field.label, kind, text }
    };
    R::FIELDS.iter().filter(|field| !apart.contains(&field.name)).map(one).collect()
}
