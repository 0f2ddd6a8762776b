//! The request as handlers see it: who, in which language, and how to answer with a page, JSON or a way on.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    body::Body,
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use kernel::{Actor, Ctx, PersonId, Problem, ProblemKind, code::words_key};
use minijinja::{Value, context};
use serde::Serialize;

use crate::{
    App, ClientAddr, NavItem, Outcome, Session, WebProblem, Written,
    again::{Again, MINE, Place, RESUME, Resumed},
    changed::changed,
    counts::AllCounts,
    hidden,
    kept_words::{self, COOKIE, Found},
    large, local_path,
    nav::{Nav, Reader},
    page_fields::{Beside, with_fields},
    refused::{Refused, StillThere, Typed, is_for_another_try},
    sent::Sent,
    view,
};

/// The action of those who keep the installation running.
const ADMINISTRATION: &str = "system.read";

/// Everything a handler needs of its request. The guard has already settled who asks.
#[derive(Debug, Clone)]
pub struct Req {
    pub app: App,
    pub ctx: Ctx,
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    /// The browser's session; none for tokens and strangers.
    pub session: Option<Session>,
    pub address: ClientAddr,
    /// What is filled in a form of this request.
    pub(crate) typed: Typed,
    /// The form for whose refusal this page is shown once more.
    pub(crate) refused: Option<Arc<Refused>>,
    /// The link by which the form of its page is written.
    pub(crate) written: Option<Written>,
}

impl FromRequestParts<App> for Req {
    type Rejection = WebProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebProblem> {
        let ctx =
            parts.extensions.get::<Ctx>().cloned().ok_or_else(|| Problem::internal("a route outside the guard"))?;
        Ok(Self {
            app: app.clone(),
            ctx,
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            headers: parts.headers.clone(),
            session: parts.extensions.get().cloned(),
            address: parts.extensions.get().copied().unwrap_or_default(),
            typed: parts.extensions.get().cloned().unwrap_or_default(),
            refused: parts.extensions.get().cloned(),
            written: None,
        })
    }
}

impl Req {
    /// The same request, whose page offers what was written by a link and not sent.
    #[must_use]
    pub fn written_by(self, written: Written) -> Self {
        Self { written: Some(written), ..self }
    }

    /// Whose drafts its page offers.
    fn writer(&self) -> Option<PersonId> {
        match (&self.written, &self.ctx.actor) {
            (Some(written), _) => Some(written.writer()),
            (None, Actor::Person { person, .. }) => Some(*person),
            (None, _) => None,
        }
    }

    /// Renders a page inside the layout.
    pub async fn page(&self, template: &str, page: Value) -> Outcome {
        let html = Html(self.render(template, page, self.refused.clone()).await?).into_response();
        let is_own = self.refused.is_some() || self.query(RESUME).is_some();
        if is_own { Self::not_kept(html) } else { Ok(html) }
    }

    /// A page that answers a refused form: same page, status 422.
    pub async fn page_with_status(&self, status: StatusCode, template: &str, page: Value) -> Outcome {
        Ok((status, Html(self.render(template, page, self.refused.clone()).await?)).into_response())
    }

    /// The page again with `message` saying why its form was refused; other problems go their own way.
    pub async fn refused(&self, template: &str, problem: Problem, page: Value) -> Outcome {
        if !is_for_another_try(&problem) {
            return Err(problem.into());
        }
        self.said_why(template, &problem, page).await
    }

    /// The same of any problem, for pages that show what is there now beside what was typed.
    pub async fn said_why(&self, template: &str, problem: &Problem, page: Value) -> Outcome {
        let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let refused = Some(self.refusal(problem).await?);
        Self::not_kept((status, Html(self.render(template, page, refused).await?)).into_response())
    }

    /// What was sent and refused, with who changed its thing meanwhile, and with its file where that need not be chosen again.
    pub(crate) async fn refusal(&self, problem: &Problem) -> Result<Arc<Refused>, Problem> {
        let mut refused = Refused::new(self.typed.sent(&self.uri), problem);
        if refused.is_stale() {
            let page = self.typed.page();
            refused.changed = changed(&self.app, &self.ctx, &refused.sent.action, page.as_deref()).await?;
        }
        refused.file = self.still_there(problem);
        Ok(Arc::new(refused))
    }

    /// Keeps the file of a form that is refused for something else.
    fn still_there(&self, problem: &Problem) -> Option<StillThere> {
        const MOST: u64 = 20 * 1024 * 1024;
        let is_of_words = !problem.fields.is_empty() && problem.fields.iter().all(|one| one.field != "file");
        let is_of_file = matches!(problem.kind, ProblemKind::BadInput | ProblemKind::TooLarge) && !is_of_words;
        let file = self.typed.take_file().filter(|file| !is_of_file && file.size <= MOST)?;
        let mark = self.app.kept().keep(&self.ctx, self.uri.path(), &file)?;
        Some(StillThere { mark, name: file.file_name })
    }

    /// What the reader asks to take up again of what they wrote: a draft of theirs, or what they sent from this browser when
    /// their session had ended.
    async fn resumed(&self) -> Result<Option<Again>, Problem> {
        let (Some(key), Some(writer)) = (self.query(RESUME), self.writer()) else { return Ok(None) };
        let is_mine = self.query(MINE).is_some();
        let browser = self.cookie(COOKIE).unwrap_or_default();
        let account = self.ctx.actor.account().filter(|_| self.written.is_none());
        if let Some(found) = account.and_then(|own| self.app.words().of(&key, &browser, own, self.ctx.now())) {
            let Found { at, sent, is_whole } = found;
            // Another process may have forgotten what it is about.
            if sent.is_forgotten(&self.app.db().read()).await? {
                return Ok(None);
            }
            let (at, is_draft, is_asked) = (at.as_microsecond(), false, true);
            return Ok(Some(Again::Resumed(Resumed { key, is_draft, sent, at, is_whole, is_mine, is_asked })));
        }
        let row = db::draft(&self.app.db().read(), writer, &key).await?;
        Ok(row.map(|row| {
            let sent = Sent { typed: row.fields, ..Sent::default() };
            let (at, is_draft, is_whole, is_asked) = (row.at, true, true, true);
            Again::Resumed(Resumed { key, is_draft, sent, at, is_whole, is_mine, is_asked })
        }))
    }

    /// A cookie of this site beside the session's.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let jar = CookieJar::from_headers(&self.headers);
        jar.get(&self.app.config().cookie(name)).map(|cookie| cookie.value().to_owned())
    }

    async fn render(&self, template: &str, page: Value, refused: Option<Arc<Refused>>) -> Result<String, Problem> {
        let frame = self.frame(refused.as_deref()).await?;
        if cfg!(debug_assertions) {
            hidden::refuse(hidden::by_page(template, &page, &frame))?;
        }
        let again = match refused {
            Some(refused) => Some(Again::Refused(refused)),
            None => self.resumed().await?,
        };
        let has_offers = again.is_none() && self.method == Method::GET;
        let place = Place {
            app: self.app.clone(),
            lang: self.ctx.lang,
            path: self.uri.path().to_owned(),
            here: self.here(),
            drop: self.written.as_ref().map(Written::drop),
        };
        let (template, mark, beside) = (template.to_owned(), self.mark(), self.beside());
        // A page of thousands of rows would hold the thread on which others wait for their answer.
        let html = move || {
            let html = place.app.templates().render(&template, &context! { ..page, ..frame })?;
            let html = match again {
                Some(again) => again.put(&place, &html)?,
                None => html,
            };
            Ok::<_, Problem>((html, place))
        };
        let (html, place) = tokio::task::spawn_blocking(html).await.map_err(Problem::internal)??;
        let html = if has_offers { place.offered(self.writer(), html).await? } else { html };
        Ok(with_fields(&html, &place.path, &mark, &beside))
    }

    /// Of which page a form is, and whose.
    fn mark(&self) -> String {
        match self.ctx.actor.account() {
            Some(account) => format!("{}.{}", self.ctx.request, kept_words::mark(account)),
            None => self.ctx.request.to_string(),
        }
    }

    /// What is said beside a form whose draft is kept.
    fn beside(&self) -> Beside {
        let text = |key: &str| self.app.locales().text(self.ctx.lang, key, &[]);
        Beside { saved: text("draft-saved"), unsaved: text("draft-unsaved") }
    }

    async fn frame(&self, refused: Option<&Refused>) -> Result<Value, Problem> {
        let identity = self.app.identity();
        let signed_in = matches!(self.ctx.actor, Actor::Person { .. });
        let (account_name, account_unit) =
            if signed_in { identity.display_name(&self.ctx.actor).await? } else { Default::default() };
        let warnings = identity.warnings(&self.ctx).await?;
        let warnings: Vec<String> =
            warnings.iter().map(|problem| self.app.locales().problem(self.ctx.lang, problem)).collect();
        let frame = context! {
            warnings,
            lang => self.ctx.lang.code(),
            path => self.uri.path(),
            here => self.here(),
            done => self.query("done").unwrap_or_default(),
            province => identity.installation_name().await?,
            signed_in, account_name, account_unit,
            training => self.app.config().is_training, training_url => self.app.config().training_url.clone(),
            insecure => self.app.config().insecure && self.app.authorizer().check_route(&self.ctx, ADMINISTRATION).is_ok(),
            nav => view(self.nav().await?),
            ledger_warning => self.ledger_warning(),
            now => self.ctx.now().as_microsecond(), failures => self.failures(),
        };
        Ok(match refused {
            Some(refused) => context! { refusal => view(refused.summary(self.app.locales(), self.ctx.lang)), ..frame },
            None => frame,
        })
    }

    /// The address that shows this page again: of the answer to a form, the page on which the form stood.
    fn here(&self) -> String {
        if self.method == Method::GET {
            return self.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        }
        self.way_back().unwrap_or_else(|| "/".into())
    }

    /// What is wrong with the ledger, for whom may read it.
    fn ledger_warning(&self) -> Option<&'static str> {
        let standing = self.app.db().standing()?;
        self.app.authorizer().check_route(&self.ctx, "ledger.read").is_ok().then(|| standing.code())
    }

    /// Wrong attempts before this sign-in, for as long as it is news.
    fn failures(&self) -> i64 {
        const NEWS: i64 = 5 * 60 * 1_000_000;
        let new = |session: &&Session| self.ctx.now().as_microsecond() - session.started_at < NEWS;
        self.session.as_ref().filter(new).map_or(0, |session| session.failures)
    }

    /// Pages that no cache and no back button is to show again: one-time links, personal data.
    pub fn not_kept(mut response: Response) -> Outcome {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }

    /// The navigation of this reader, with what waits for them.
    async fn nav(&self) -> Result<Option<Nav>, Problem> {
        let items = self.nav_items();
        let counts = if items.is_empty() { BTreeMap::new() } else { AllCounts::of(&self.app, &self.ctx).await? };
        let roles = self.ctx.actor.posts().iter().map(|post| post.role).collect();
        Ok(Nav::at(self.uri.path(), &items, &Reader { roles, counts }))
    }

    /// The entries that are for this reader.
    pub(crate) fn nav_items(&self) -> Vec<&NavItem> {
        let items = self.app.nav().iter();
        items.filter(|item| self.app.authorizer().check_route(&self.ctx, item.action).is_ok()).collect()
    }

    /// One value of the query string.
    pub fn query(&self, name: &str) -> Option<String> {
        self.queries(name).into_iter().next()
    }

    /// All values of one name in the query string, the empty ones left out.
    pub fn queries(&self, name: &str) -> Vec<String> {
        let query = self.uri.query().unwrap_or_default();
        form_urlencoded::parse(query.as_bytes())
            .filter(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.into_owned())
            .collect()
    }

    /// The way on after a form was accepted; `done` names the message shown there.
    pub fn go(path: &str, done: &str) -> Response {
        let (page, place) = path.split_once('#').map_or((path, String::new()), |(page, at)| (page, format!("#{at}")));
        let mark = if page.contains('?') { '&' } else { '?' };
        let target = if done.is_empty() { path.to_owned() } else { format!("{page}{mark}done={done}{place}") };
        Redirect::to(local_path(&target).as_deref().unwrap_or("/")).into_response()
    }

    pub fn json<T: Serialize>(value: &T) -> Outcome {
        Ok(Json(value).into_response())
    }

    /// JSON of an editable row, with its revision as ETag.
    pub fn json_rev<T: Serialize>(value: &T, rev: i64) -> Outcome {
        let etag = HeaderValue::from_str(&format!("\"{rev}\"")).map_err(Problem::internal)?;
        Ok(([(header::ETAG, etag)], Json(value)).into_response())
    }

    /// After an act that pages and programs ask for by one handler: to a program what came of it, to a person the way on.
    pub fn done<T: Serialize>(&self, value: &T, path: &str, done: &str) -> Outcome {
        if self.is_api() { Self::json(value) } else { Ok(Self::go(path, done)) }
    }

    /// The same of an editable row, with its revision.
    pub fn done_rev<T: Serialize>(&self, value: &T, rev: i64, path: &str, done: &str) -> Outcome {
        if self.is_api() { Self::json_rev(value, rev) } else { Ok(Self::go(path, done)) }
    }

    pub(crate) fn is_api(&self) -> bool {
        self.uri.path().starts_with("/api/")
    }

    /// Codes to choose from, each with its words.
    pub fn choices<'a>(&self, key: &str, codes: impl IntoIterator<Item = &'a str>) -> Vec<Value> {
        let words = |code| self.app.locales().text(self.ctx.lang, &words_key(key, code), &[]);
        codes.into_iter().map(|code| context! { value => code, text => words(code) }).collect()
    }

    /// The revision that the client read, from `If-Match`; required when a row is changed through the API.
    pub fn if_match(&self) -> Result<i64, Problem> {
        let sent = self.headers.get(header::IF_MATCH).ok_or_else(|| Problem::bad_input("if-match-missing"))?;
        let rev = sent.to_str().ok().and_then(|text| text.trim_matches('"').parse().ok());
        rev.ok_or_else(|| Problem::bad_input("if-match-unknown"))
    }

    /// The same where a program need not say it: what else was said stands in its place.
    pub fn if_match_or<T: From<i64>>(&self, said: T) -> Result<T, Problem> {
        if self.headers.contains_key(header::IF_MATCH) { self.if_match().map(T::from) } else { Ok(said) }
    }

    /// A file to save, under a name without diacritics.
    pub fn file(name: &str, media_type: &str, bytes: Vec<u8>) -> Outcome {
        Self::saved(name, media_type, Body::from(bytes))
    }

    /// The same with a file that is not in memory, from its beginning.
    pub fn stored_file(name: &str, media_type: &str, file: std::fs::File) -> Outcome {
        let size = file.metadata().map_err(Problem::internal)?.len();
        let mut response = Self::saved(name, media_type, large::body(file))?;
        response.headers_mut().insert(header::CONTENT_LENGTH, size.into());
        Ok(response)
    }

    fn saved(name: &str, media_type: &str, body: Body) -> Outcome {
        let disposition =
            HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Problem::internal)?;
        let media_type = HeaderValue::from_str(media_type).map_err(Problem::internal)?;
        Ok(([(header::CONTENT_DISPOSITION, disposition), (header::CONTENT_TYPE, media_type)], body).into_response())
    }
}

/// Text as one value of a query string.
pub fn url_encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
