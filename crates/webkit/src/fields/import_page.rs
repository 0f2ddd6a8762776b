//! The page on which a list is looked at and taken in.

use axum::http::StatusCode;
use kernel::{Problem, code::words_key};
use minijinja::{Value, context};

use super::{Field, FieldKind, Preview, Record, sheet::UNKNOWN};
use crate::{
    Outcome, Req, Upload,
    kept_files::{KEPT, LONGEST},
};

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

/// Keeps a list for a while, for who looked at it.
fn keep(req: &Req, upload: &Upload) -> Option<String> {
    let kept = req.app.kept().keep(&req.ctx, req.uri.path(), upload)?;
    let (app, ctx) = (req.app.clone(), req.ctx.clone());
    tokio::spawn(async move {
        tokio::time::sleep(LONGEST.unsigned_abs()).await;
        app.kept().let_go(ctx.now());
    });
    Some(kept)
}

impl ImportPage<'_> {
    /// Largest file in bytes.
    pub const LIMIT: usize = 10 * 1024 * 1024;

    /// The page; with what a list that was sent would do, and why nothing of it, where one line keeps out the whole. What
    /// would be written is kept, so that it need not be sent twice.
    pub async fn show<R: Record>(&self, req: &Req, looked_at: Option<(&Upload, &Preview<R>)>) -> Outcome {
        self.seen(req, looked_at, None).await
    }

    /// The same, asking what heads mean that nobody knows, where these columns may stand beside the fields of the row.
    pub(super) async fn seen<R: Record>(
        &self,
        req: &Req,
        looked_at: Option<(&Upload, &Preview<R>)>,
        asked: Option<&[Field]>,
    ) -> Outcome {
        let preview = looked_at.map(|(_, preview)| preview);
        let unknown = preview.filter(|_| asked.is_some()).map(|preview| preview.unknown.as_slice());
        let whole = preview.map_or(Ok(()), |preview| preview.whole(&req.app, &req.ctx));
        let kept = looked_at.filter(|_| whole.is_ok()).and_then(|(upload, _)| keep(req, upload));
        let page = self.page(req, preview, (kept, unknown.unwrap_or_default()), asked.unwrap_or_default());
        match whole {
            Ok(()) => req.page("webkit/import.html", page).await,
            Err(problem) => req.refused("webkit/import.html", problem, page).await,
        }
    }

    /// After a list was sent that lacks heads: it is kept, and the page asks what those mean that nobody knows.
    pub(super) async fn unread<R: Record>(
        &self,
        req: &Req,
        upload: &Upload,
        problem: &Problem,
        beside: &[Field],
    ) -> Outcome {
        let unknown = problem.args.iter().filter(|(name, _)| *name == UNKNOWN).flat_map(|(_, heads)| heads.lines());
        let unknown: Vec<String> = unknown.map(str::to_owned).collect();
        let page = self.page::<R>(req, None, (keep(req, upload), unknown.as_slice()), beside);
        if upload.field(KEPT).is_none() {
            return req.said_why("webkit/import.html", problem, page).await;
        }
        // The form asks of other heads than the one that was sent: nothing of that is filled into it.
        let page = context! { unread => req.app.locales().problem(req.ctx.lang, problem), ..page };
        Req::not_kept(req.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, "webkit/import.html", page).await?)
    }

    fn page<R: Record>(
        &self,
        req: &Req,
        preview: Option<&Preview<R>>,
        (kept, unknown): (Option<String>, &[String]),
        beside: &[Field],
    ) -> Value {
        let columns = || R::FIELDS.iter().chain(beside);
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
        let choice = |field: &Field| context! { value => field.name, text => text(field.label) };
        context! {
            fields => columns().map(field).collect::<Vec<_>>(),
            preview => preview.map(|preview| preview.shown(&req.app, &req.ctx)),
            hint => hint.map(|key| text(&key)), unit, units,
            title => text(self.title), above, above_name => text(name), kept,
            more_href => more, more_words => more_name.map(text), unknown => unknown.to_vec(), unread => (),
            choices => columns().map(choice).collect::<Vec<_>>(),
        }
    }

    /// After a list was sent: what it would do and, where it is asked, which heads nobody knows; or the page above once it was
    /// confirmed and taken in.
    pub(super) async fn answer<R: Record>(
        &self,
        req: &Req,
        upload: &Upload,
        preview: &Preview<R>,
        (done, asked): (&str, Option<&[Field]>),
    ) -> Outcome {
        if !upload.is_confirmed() {
            return self.seen(req, Some((upload, preview)), asked).await;
        }
        match preview.refused(&req.app, &req.ctx) {
            Some(problem) => Err(problem.into()),
            None => Ok(Req::go(self.above.0, done)),
        }
    }
}
