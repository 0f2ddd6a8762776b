//! Request bodies: forms, JSON and uploads, refused in words when they are not what the handler takes.

use std::io::Write as _;

use axum::{
    RequestExt as _,
    body::{Body, to_bytes},
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header::CONTENT_TYPE},
};
use kernel::{Problem, ProblemKind};
use serde::de::DeserializeOwned;

use crate::{
    App, Req, Upload, WebProblem, allowance,
    body::{BODY_TOO_SLOW, SCRATCH, causes, disk, refused_body},
    choices, input,
    kept_files::KEPT,
    page_fields::KEY as DRAFT,
    refused::Typed,
    route::BODY_LIMIT,
    upload::CONFIRM,
    words,
};

/// A form or JSON body, by its content type.
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = WebProblem;

    async fn from_request(request: Request, app: &App) -> Result<Self, WebProblem> {
        let json = request
            .headers()
            .get("content-type")
            .is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
        let typed: Typed = request.extensions().get().cloned().unwrap_or_default();
        let (parts, body) = request.with_limited_body().into_parts();
        let bytes = to_bytes(body, usize::MAX).await.map_err(|error| refused_body(&error))?;
        let bytes = if json { bytes } else { choices::taken(bytes) };
        if json {
            input::check_json(&bytes)?;
        } else {
            typed.note(form_urlencoded::parse(&bytes).into_owned());
            input::check_form(&bytes)?;
        }
        words::refuse_marked_in(&bytes)?;
        let request = Request::from_parts(parts, Body::from(bytes));
        if json {
            let parsed = axum::Json::from_request(request, app).await;
            return parsed.map(|axum::Json(value)| Self(value)).map_err(|error| refused(&error.body_text()));
        }
        let parsed = axum_extra::extract::Form::from_request(request, app).await;
        parsed.map(|axum_extra::extract::Form(value)| Self(value)).map_err(|error| refused(&error.to_string()))
    }
}

fn refused(cause: &str) -> WebProblem {
    WebProblem(Problem::bad_input("bad-form").because(cause))
}

/// The fields of a multipart form, and its file if one was chosen.
#[derive(Debug)]
pub struct Parts {
    pub file: Option<Upload>,
    pub fields: Vec<(String, String)>,
}

impl Parts {
    /// A field's text; empty where the form has none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// Reads a multipart form with one file, or with the mark of the one that its sender just looked at; more than `limit` bytes are refused while they arrive.
pub async fn read_upload(req: &Req, form: Multipart, limit: u64) -> Result<Upload, Problem> {
    let Parts { file, fields } = read_parts(req, form, limit).await?;
    let upload = file.ok_or_else(|| Problem::bad_input("no-file").field("file", "no-file"))?;
    Ok(Upload { fields, ..upload })
}

/// Reads a multipart form that may have a file, or the mark of one that came before and need not be chosen again; more than
/// `limit` bytes are refused while they arrive, and whatever is beyond the sender's allowance of the day when it has arrived.
pub async fn read_parts(req: &Req, form: Multipart, limit: u64) -> Result<Parts, Problem> {
    let Parts { file, mut fields } = arriving(req, form, limit).await?;
    let mark = fields.iter().find(|(name, _)| name == KEPT).map(|(_, mark)| mark.clone());
    let file = match (file, mark) {
        (Some(file), mark) => {
            // What was confirmed is the list that was looked at, not one chosen in its place.
            if mark.is_some() {
                fields.retain(|(name, _)| name != CONFIRM);
            }
            Some(file)
        }
        (None, Some(mark)) => {
            let found = req.app.kept().looked_at(&req.ctx, req.uri.path(), &mark).filter(|one| one.size <= limit);
            let gone = || Problem::bad_input("list-not-kept").field("file", "list-not-kept");
            Some(found.ok_or_else(gone)?)
        }
        (None, None) => None,
    };
    req.typed.note_file(file.as_ref().and_then(Upload::again));
    Ok(Parts { file, fields })
}

async fn arriving(req: &Req, mut form: Multipart, limit: u64) -> Result<Parts, Problem> {
    let too_large = || Problem::new(ProblemKind::TooLarge, "file-too-large").with("limit", limit / 1024 / 1024);
    let too_long = || Problem::new(ProblemKind::TooLarge, "body-too-large");
    let bad = |error: MultipartError| {
        let large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        let chain = causes(&error);
        let code = if chain.contains(BODY_TOO_SLOW) { "body-too-slow" } else { "bad-form" };
        if large { too_large() } else { Problem::bad_input(code) }.because(chain)
    };
    let (mut fields, mut upload, mut left) = (Vec::new(), None, BODY_LIMIT);
    // What is wrong with one field is said when the others were heard, that they can be shown again.
    let mut wrong: Option<Problem> = None;
    while let Some(mut part) = form.next_field().await.map_err(bad)? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(str::to_owned) else {
            let text = words_of(&mut part, &name, &mut left).await.map_err(|error| error.map_or_else(too_long, bad))?;
            req.typed.note([(name.clone(), text.clone())]);
            // Of a form with a large file nobody has looked for it yet.
            if name == DRAFT && !text.is_empty() {
                req.ctx.takes_in(text.clone());
            }
            let found = input::check_text(&name, &text).and_then(|()| words::refuse_marked(&text));
            wrong = wrong.or(found.err());
            fields.push((name, text));
            continue;
        };
        let found = input::check_text(&name, &file_name);
        let file_name = kernel::text::without_invisible(&file_name);
        let found = found.and_then(|()| words::refuse_marked(&file_name));
        wrong = wrong.or(found.err());
        if wrong.is_some() {
            // Nobody takes it in: its bytes are passed over, and the fields behind it are heard.
            continue;
        }
        let mut file = tempfile::tempfile_in(req.app.db().data_dir().join(SCRATCH)).map_err(disk)?;
        let mut size = 0;
        while let Some(chunk) = part.chunk().await.map_err(bad)? {
            size += chunk.len() as u64;
            if size > limit {
                return Err(too_large());
            }
            file.write_all(&chunk).map_err(disk)?;
        }
        if !file_name.is_empty() {
            upload = Some(Upload { file_name, size, file, fields: vec![] });
        }
    }
    choices::take(&mut fields);
    if let Some(problem) = wrong {
        return Err(problem);
    }
    // Only now: a form that is refused for its words costs nothing of the day.
    if let Some(upload) = &upload {
        allowance::take(&req.app, &req.ctx, upload.size).await?;
    }
    Ok(Parts { file: upload, fields })
}

/// Notes what was typed into a form that no handler gets to see, so many bytes at most; files are passed over.
pub(crate) async fn overhear(request: Request, longest: usize) {
    let Some(typed) = request.extensions().get::<Typed>().cloned() else { return };
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        let Ok(mut form) = Multipart::from_request(request, &()).await else { return };
        let (mut fields, mut left) = (Vec::new(), longest);
        while let Ok(Some(mut part)) = form.next_field().await {
            let name = part.name().unwrap_or_default().to_owned();
            if part.file_name().is_some() {
                continue;
            }
            let Ok(text) = words_of(&mut part, &name, &mut left).await else { break };
            fields.push((name, text));
        }
        choices::take(&mut fields);
        typed.note(fields);
    } else if kind.starts_with("application/x-www-form-urlencoded")
        && let Ok(bytes) = to_bytes(request.into_body(), longest).await
    {
        typed.note(form_urlencoded::parse(&choices::taken(bytes)).into_owned());
    }
}

/// What a field costs beside its words.
const FIELD: usize = 64;

/// The words of a field, as long as all of them together are no longer than a form's; none: they are.
async fn words_of(part: &mut Field<'_>, name: &str, left: &mut usize) -> Result<String, Option<MultipartError>> {
    let mut take = |size: usize| left.checked_sub(size).map(|rest| *left = rest).ok_or(None);
    take(FIELD + name.len())?;
    let mut text = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(Some)? {
        take(chunk.len())?;
        text.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}
