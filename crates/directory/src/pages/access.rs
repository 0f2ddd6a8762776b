//! Coming in: sign-in, one-time links, the account page.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use kernel::{Problem, Role};
use minijinja::context;
use serde::Deserialize;
use webkit::{Form, Outcome, Req, view};

use crate::{
    Directory,
    model::reference,
    oidc::Oidc,
    usecase::{
        account::{self, Link, NewAccount, SignedIn},
        init,
    },
};

#[derive(Deserialize)]
pub struct SignIn {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub async fn sign_in_form(req: Req) -> Outcome {
    let next = req.query("next").unwrap_or_default();
    let provider = req.app.get::<Oidc>()?.name();
    req.page("directory/sign_in.html", context! { login => "", next, message => "", provider }).await
}

/// Only a path of this site may follow the sign-in.
pub(super) fn safe_next(next: &str) -> &str {
    if webkit::local_path(next).is_some() { next } else { "/" }
}

pub async fn sign_in(req: Req, Form(form): Form<SignIn>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    match account::sign_in(directory, &req.ctx, &form.login, &form.password).await {
        Ok(signed) => with_session(&req, &signed, safe_next(&form.next)).await,
        Err(problem) if problem.code == "sign-in-refused" || problem.code == "too-many-attempts" => {
            let message = req.app.locales().problem(req.ctx.lang, &problem);
            let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            let provider = req.app.get::<Oidc>()?.name();
            let page = context! { login => form.login, next => form.next, message, provider };
            req.page_with_status(status, "directory/sign_in.html", page).await
        }
        Err(problem) => Err(problem.into()),
    }
}

pub(super) async fn with_session(req: &Req, signed: &SignedIn, next: &str) -> Outcome {
    let token = webkit::start_session(req.app.db(), &req.ctx, signed.account, signed.epoch).await?;
    let cookie =
        format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{}", req.app.config().session_cookie(), secure(req));
    cookied(Req::go(next, ""), &cookie)
}

/// Cookies never travel in the clear where the site is reached over https.
pub(super) fn secure(req: &Req) -> &'static str {
    if req.app.config().base_url.starts_with("https:") { "; Secure" } else { "" }
}

pub(super) fn cookied(mut response: Response, cookie: &str) -> Outcome {
    response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(cookie).map_err(Problem::internal)?);
    Ok(response)
}

pub async fn sign_out(req: Req) -> Outcome {
    account::sign_out_everywhere(req.app.get::<Directory>()?, &req.ctx).await?;
    cookied(
        Req::go("/sign-in", "signed-out"),
        &format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0", req.app.config().session_cookie()),
    )
}

#[derive(Deserialize, Default)]
pub struct LinkForm {
    #[serde(default)]
    province: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    login: String,
    password: String,
    again: String,
}

pub async fn link_form(req: Req, Path(secret): Path<String>) -> Outcome {
    show_link(&req, &secret, &LinkForm::default(), None).await
}

async fn show_link(req: &Req, secret: &str, form: &LinkForm, problem: Option<&Problem>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let link = account::link(directory, &req.ctx, secret).await?;
    let provinces: Vec<_> = if init::needs_setup(directory) {
        reference::areas()
            .into_iter()
            .filter(|area| area.level == "province")
            .map(|area| context! { value => area.code, text => area.name })
            .collect()
    } else {
        vec![]
    };
    let message = problem.map(|problem| req.app.locales().problem(req.ctx.lang, problem)).unwrap_or_default();
    let field = problem.and_then(|problem| problem.fields.first()).map(|field| field.field.clone()).unwrap_or_default();
    let page = context! {
        first => link == Link::First, provinces, province => form.province.clone(), person => form.name.clone(), login => form.login.clone(), message, field,
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    req.page_with_status(status, "directory/link.html", page).await
}

pub async fn link(req: Req, Path(secret): Path<String>, Form(form): Form<LinkForm>) -> Outcome {
    match use_link(&req, &secret, &form).await {
        Ok(signed) => with_session(&req, &signed, "/").await,
        Err(problem) if problem.kind.status() == 422 || problem.kind.status() == 409 => {
            show_link(&req, &secret, &form, Some(&problem)).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn use_link(req: &Req, secret: &str, form: &LinkForm) -> Result<SignedIn, Problem> {
    let (directory, ctx) = (req.app.get::<Directory>()?, &req.ctx);
    match account::link(directory, ctx, secret).await? {
        Link::Reset(_) => {
            let account = account::set_password(directory, ctx, secret, &form.password, &form.again).await?;
            let row =
                crate::store::account::get(&directory.db().read(), account).await?.ok_or_else(Problem::not_found)?;
            Ok(SignedIn { account, epoch: row.epoch })
        }
        Link::First => {
            crate::model::password::check(&form.password, &form.login)?;
            if init::needs_setup(directory) {
                init::init_province(directory, ctx, &form.province).await?;
            }
            let root = directory.tree().root().map(|unit| unit.id).ok_or_else(Problem::not_found)?;
            let new =
                NewAccount { name: &form.name, login: &form.login, unit: root, role: Role::SystemAdmin, title: "" };
            account::first_account(directory, ctx, secret, &new, &form.password, &form.again).await
        }
    }
}

pub async fn account(req: Req) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let tree = directory.tree();
    let posts = req.ctx.actor.posts().iter();
    let posts: Vec<_> = posts
        .map(|post| context! { unit => tree.unit(post.unit).map(|unit| unit.name.clone()), role => post.role.code() })
        .collect();
    req.page("directory/account.html", context! { posts => view(posts), provider => req.app.get::<Oidc>()?.name() })
        .await
}
