//! The act of taking a list in, as a page and as the console ask for it.

use std::{path::Path, pin::Pin};

use async_trait::async_trait;
use axum::extract::Multipart;
use kernel::{Ctx, Problem};
use serde_json::Value as Json;

use super::{Field, ImportPage, Preview, Record};
use crate::{Access, Bytes, Core, Outcome, Req, Route, Upload, read_upload};

type Done<'a, T> = Pin<Box<dyn Future<Output = Result<T, Problem>> + Send + 'a>>;

/// A head, with the name of the field that it means.
type Meant = (String, String);

/// How it is asked about heads that nobody knew.
#[derive(Clone, Copy)]
pub struct ImportHeads {
    /// Columns beside the fields of the row that a head may mean.
    pub beside: &'static [Field],
    /// Remembers what heads mean.
    pub remember: for<'a> fn(&'a Core, &'a Ctx, &'a [Meant]) -> Done<'a, ()>,
}

/// Its page, and the domain's acts behind it: first the list is shown line by line, then it is sent again and carried out.
pub struct ImportAct<R: 'static> {
    pub path: &'static str,
    pub action: &'static str,
    pub page: ImportPage<'static>,
    /// The key of what is said once the list is taken in.
    pub done: &'static str,
    /// What the list would do.
    pub preview: for<'a> fn(&'a Core, &'a Ctx, Bytes) -> Done<'a, Preview<R>>,
    pub take: for<'a> fn(&'a Core, &'a Ctx, &'a Preview<R>) -> Done<'a, ()>,
    /// Without it no head is asked about.
    pub call: Option<ImportHeads>,
}

/// What a form says of heads that nobody knew.
fn called(upload: &Upload) -> Vec<Meant> {
    let of = |(name, head): &(String, String)| {
        let field = upload.field(&format!("field-{}", name.strip_prefix("head-")?))?;
        Some((head.clone(), field.to_owned()))
    };
    upload.fields.iter().filter_map(of).collect()
}

impl<R: Record + Send + Sync> ImportAct<R> {
    pub fn routes(&'static self) -> [Route; 2] {
        let access = Access::Action(self.action);
        let look = move |req: Req| async move { self.page.seen::<R>(&req, None, self.asked()).await };
        let send = move |req: Req, form: Multipart| async move { self.answer(&req, form).await };
        [Route::get(self.path, access, look), Route::post(self.path, access, send).body_limit(ImportPage::LIMIT)]
    }

    fn asked(&self) -> Option<&'static [Field]> {
        self.call.map(|call| call.beside)
    }

    async fn answer(&self, req: &Req, form: Multipart) -> Outcome {
        let upload = read_upload(req, form, ImportPage::LIMIT as u64).await?;
        // What is confirmed was seen as it is.
        let called = if upload.is_confirmed() { vec![] } else { called(&upload) };
        if let Some(call) = self.call.filter(|_| !called.is_empty()) {
            (call.remember)(&req.app, &req.ctx, &called).await?;
        }
        match (self.carried(req, &upload).await, self.asked()) {
            (Err(problem), Some(beside)) if problem.code == "sheet-heads" => {
                self.page.unread::<R>(req, &upload, &problem, beside).await
            }
            (preview, asked) => self.page.answer(req, &upload, &preview?, (self.done, asked)).await,
        }
    }

    /// The same for a program: what the list would do, or what it did where the form says `confirm`.
    ///
    /// # Errors
    /// Where the file is no such list, or nothing of it can be taken in.
    pub async fn api(&self, req: &Req, form: Multipart) -> Outcome {
        let upload = read_upload(req, form, ImportPage::LIMIT as u64).await?;
        let preview = self.carried(req, &upload).await?;
        if let Some(problem) = preview.refused(&req.app, &req.ctx).filter(|_| upload.is_confirmed()) {
            return Err(problem.into());
        }
        Req::json(&preview.list_told(&req.app, &req.ctx, upload.is_confirmed()))
    }

    /// The list that was sent, carried out where that is confirmed.
    async fn carried(&self, req: &Req, upload: &Upload) -> Result<Preview<R>, Problem> {
        let preview = (self.preview)(&req.app, &req.ctx, upload.bytes().await?).await?;
        if upload.is_confirmed() {
            (self.take)(&req.app, &req.ctx, &preview).await?;
        }
        Ok(preview)
    }
}

/// What the console takes a list in by, whatever its rows.
#[async_trait]
pub trait ImportFile: Send + Sync {
    /// Takes the list of a file in, or only says what it would do.
    async fn file(&self, core: &Core, ctx: &Ctx, file: &Path, is_preview: bool) -> Result<Json, Problem>;
}

#[async_trait]
impl<R: Record + Send + Sync> ImportFile for ImportAct<R> {
    async fn file(&self, core: &Core, ctx: &Ctx, file: &Path, is_preview: bool) -> Result<Json, Problem> {
        let unusable = |error| Problem::bad_input("file-unusable").with("file", file.display()).because(error);
        let bytes = std::fs::read(file).map_err(|error: std::io::Error| unusable(error))?;
        let preview = (self.preview)(core, ctx, bytes.into()).await?;
        if !is_preview {
            (self.take)(core, ctx, &preview).await?;
        }
        Ok(preview.told(core, ctx))
    }
}
