//! To the province's single sign-on and back.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect},
};
use axum_extra::extract::CookieJar;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use minijinja::context;
use webkit::{Outcome, Req};

use super::access::{cookied, safe_next, secure, with_session};
use crate::{
    Directory,
    oidc::{Flow, Oidc},
    usecase::oidc::{Back, oidc_sign_in},
};

const COOKIE: &str = "dinh_oidc";
const MINUTES: u32 = 10;

pub async fn start(req: Req) -> Outcome {
    let next = req.query("next").unwrap_or_default();
    let (url, flow) = req.app.get::<Oidc>()?.start(safe_next(&next)).await?;
    let kept = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&flow).map_err(kernel::Problem::internal)?);
    let cookie = format!("{COOKIE}={kept}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}", MINUTES * 60, secure(&req));
    cookied(Redirect::to(&url).into_response(), &cookie)
}

fn flow(req: &Req) -> Option<Flow> {
    let jar = CookieJar::from_headers(&req.headers);
    let bytes = URL_SAFE_NO_PAD.decode(jar.get(COOKIE)?.value()).ok()?;
    serde_json::from_slice(&bytes).ok()
}

pub async fn back(req: Req) -> Outcome {
    let (directory, oidc) = (req.app.get::<Directory>()?, req.app.get::<Oidc>()?);
    let flow = flow(&req);
    let next = flow.as_ref().map(|flow| flow.next.clone()).unwrap_or_default();
    let back = Back {
        code: req.query("code"),
        state: req.query("state"),
        issuer: req.query("iss"),
        error: req.query("error"),
    };
    let response = match oidc_sign_in(directory, oidc, &req.ctx, flow, back).await {
        Ok(signed) => with_session(&req, &signed, safe_next(&next)).await?,
        Err(problem) if problem.kind.status() >= 500 => return Err(problem.into()),
        Err(problem) => {
            tracing::warn!(code = problem.code, cause = problem.cause, "a single sign-on was refused");
            let message = req.app.locales().problem(req.ctx.lang, &problem);
            let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::FORBIDDEN);
            let page = context! { login => "", next => safe_next(&next), message, provider => oidc.name() };
            req.page_with_status(status, "directory/sign_in.html", page).await?
        }
    };
    cookied(response, &format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}", secure(&req)))
}
