//! The page on which a list is looked at and taken in.

use kernel::code::words_key;
use minijinja::{Value, context};

use super::{FieldKind, Preview, Record};
use crate::{Outcome, Req};

pub struct ImportPage<'a> {
    /// The key of the title.
    pub title: &'a str,
    /// The page above it, and the key of its name.
    pub above: (String, String),
}

impl ImportPage<'_> {
    pub async fn show<R: Record>(self, req: &Req, preview: Option<&Preview<R>>) -> Outcome {
        let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
        let field = |field: &super::Field| {
            let options: Vec<String> = match field.kind {
                FieldKind::Code(codes, key) => codes.iter().map(|code| text(&words_key(key, code))).collect(),
                _ => vec![],
            };
            context! { label => field.label, options, required => field.is_required }
        };
        let shown: Option<Value> = preview.map(|preview| preview.shown(&req.app, &req.ctx));
        let (above, name) = self.above;
        let page = context! {
            fields => R::FIELDS.iter().map(field).collect::<Vec<_>>(), preview => shown,
            title => text(self.title), above, above_name => text(&name),
        };
        req.page("webkit/import.html", page).await
    }
}
