//! The page on which a list is looked at and taken in.

use kernel::code::words_key;
use minijinja::context;

use super::{Field, FieldKind, Preview, Record};
use crate::{Outcome, Req, Upload, kept_files::LONGEST};

pub struct ImportPage<'a> {
    /// The key of the title; a hint of its own is the one with `-hint` behind it.
    pub title: &'a str,
    /// The page above it, and the key of its name.
    pub above: (&'a str, &'a str),
    /// A page behind the hint, and the key of its name.
    pub more: Option<(&'a str, &'a str)>,
    /// The unit of all lines as it was typed, and those that are offered, where the form asks for one.
    pub unit: Option<(&'a str, Vec<String>)>,
}

impl ImportPage<'_> {
    /// Largest file in bytes.
    pub const LIMIT: usize = 10 * 1024 * 1024;

    /// The page; with what a list that was sent would do, and why nothing of it, where one line keeps out the whole. What
    /// would be written is kept, so that it need not be sent twice.
    pub async fn show<R: Record>(&self, req: &Req, looked_at: Option<(&Upload, &Preview<R>)>) -> Outcome {
        let preview = looked_at.map(|(_, preview)| preview);
        let whole = preview.map_or(Ok(()), |preview| preview.whole(&req.app, &req.ctx));
        let kept = looked_at.filter(|_| whole.is_ok());
        let kept = kept.and_then(|(upload, _)| req.app.kept().keep(&req.ctx, req.uri.path(), upload));
        if kept.is_some() {
            let (app, ctx) = (req.app.clone(), req.ctx.clone());
            tokio::spawn(async move {
                tokio::time::sleep(LONGEST.unsigned_abs()).await;
                app.kept().let_go(ctx.now());
            });
        }
        let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
        let field = |field: &Field| {
            let options: Vec<String> = match field.kind {
                FieldKind::Code(codes, key) => codes.iter().map(|code| text(&words_key(key, code))).collect(),
                _ => vec![],
            };
            context! { label => field.label, options, required => field.is_required }
        };
        let hint = Some(format!("{}-hint", self.title)).filter(|key| req.app.locales().has(key));
        let (unit, units) = self.unit.clone().unzip();
        let ((above, name), (more, more_name)) = (self.above, self.more.unzip());
        let page = context! {
            fields => R::FIELDS.iter().map(field).collect::<Vec<_>>(),
            preview => preview.map(|preview| preview.shown(&req.app, &req.ctx)),
            hint => hint.map(|key| text(&key)), unit, units,
            title => text(self.title), above, above_name => text(name), kept,
            more, more_words => more_name.map(text),
        };
        match whole {
            Ok(()) => req.page("webkit/import.html", page).await,
            Err(problem) => req.refused("webkit/import.html", problem, page).await,
        }
    }

    /// After a list was sent: what it would do, or the page above once it was confirmed and taken in.
    pub async fn answer<R: Record>(&self, req: &Req, upload: &Upload, preview: &Preview<R>, done: &str) -> Outcome {
        if !upload.is_confirmed() {
            return self.show(req, Some((upload, preview))).await;
        }
        match preview.refused(&req.app, &req.ctx) {
            Some(problem) => Err(problem.into()),
            None => Ok(Req::go(self.above.0, done)),
        }
    }
}
