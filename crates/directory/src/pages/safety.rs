//! One's own account: password, sessions, and proving again who one is.

use kernel::Problem;
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::SessionId;
use webkit::{Form, Outcome, Req, Session, view};

use super::access::{open_session, safe_next};
use crate::{
    Directory, Entrance,
    oidc::Oidc,
    usecase::{
        password, prove, second_factor,
        sign_in::{self, Which},
    },
};

fn own_session(req: &Req) -> Result<&Session, Problem> {
    req.session.as_ref().ok_or_else(Problem::forbidden)
}

/// `Firefox, Windows` of what a browser calls itself; empty where it says nothing that is known.
fn device_name(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("coc_coc", "Cốc Cốc"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let first = |names: &[(&str, &str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned())
    };
    [first(&BROWSERS), first(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the account page says of signing in.
pub(super) async fn overview(req: &Req) -> Result<Value, Problem> {
    let Some(own) = &req.session else { return Ok(context! { safety => (), sessions => Vec::<Value>::new() }) };
    let account = req.ctx.actor.account().ok_or_else(Problem::forbidden)?;
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    let rows = webkit::sessions(&req.app.db().read(), &req.ctx, account).await?;
    let sessions: Vec<Value> = rows
        .iter()
        .map(|row| {
            context! {
                id => row.id().to_string(), here => row.id() == own.id(), device => device_name(&row.agent),
                address => row.address.clone(), started_at => row.started_at, seen_at => row.seen_at,
            }
        })
        .collect();
    let safety = second_factor::own(directory, entrance, &req.ctx).await?;
    Ok(context! { safety => view(safety), sessions, last_failures => own.failures })
}

/// The page, with why its form was refused: also where somebody has to wait, which the floor does not show on a page.
async fn shown_with(req: &Req, template: &str, problem: Option<&Problem>, page: Value) -> Outcome {
    match problem {
        Some(problem) => req.said_why(template, problem, page).await,
        None => Req::not_kept(req.page(template, page).await?),
    }
}

fn shown(problem: &Problem) -> bool {
    matches!(problem.kind.status(), 409 | 422 | 429) || problem.code == "sign-in-busy"
}

async fn password_page(req: &Req, problem: Option<&Problem>) -> Outcome {
    let own = second_factor::own(req.app.get::<Directory>()?, req.app.get::<Entrance>()?, &req.ctx).await?;
    shown_with(req, "directory/account_password.html", problem, context! { has_password => own.has_password }).await
}

pub async fn password_form(req: Req) -> Outcome {
    own_session(&req)?;
    password_page(&req, None).await
}

#[derive(Deserialize)]
pub struct NewPassword {
    #[serde(default)]
    current: String,
    password: String,
    again: String,
}

pub async fn password(req: Req, Form(form): Form<NewPassword>) -> Outcome {
    own_session(&req)?;
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    match password::change(directory, entrance, &req.ctx, &form.current, &form.password, &form.again).await {
        Ok(signed) => open_session(&req, &signed, Req::go("/account", "password-changed")).await,
        Err(problem) if shown(&problem) => {
            if problem.code == "current-wrong" {
                let who = req.ctx.actor.pseudonym();
                req.app.refusals().note(&req.ctx, &who, problem.code, "/account/password", req.address);
            }
            password_page(&req, Some(&problem)).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn prove_page(req: &Req, next: &str, problem: Option<&Problem>) -> Outcome {
    let own = second_factor::own(req.app.get::<Directory>()?, req.app.get::<Entrance>()?, &req.ctx).await?;
    let page = context! {
        next => safe_next(next), has_password => own.has_password, has_second => own.since.is_some(),
        provider => req.app.get::<Oidc>()?.name(),
    };
    shown_with(req, "directory/prove.html", problem, page).await
}

pub async fn prove_form(req: Req) -> Outcome {
    own_session(&req)?;
    prove_page(&req, &req.query("next").unwrap_or_default(), None).await
}

#[derive(Deserialize)]
pub struct Prove {
    current: String,
    #[serde(default)]
    next: String,
}

pub async fn prove(req: Req, Form(form): Form<Prove>) -> Outcome {
    let session = own_session(&req)?.id();
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    match prove::prove(directory, entrance, &req.ctx, session, &form.current).await {
        Ok(()) => Ok(Req::go(safe_next(&form.next), "proved")),
        Err(problem) if shown(&problem) => {
            let who = req.ctx.actor.pseudonym();
            req.app.refusals().note(&req.ctx, &who, problem.code, "/account/prove", req.address);
            prove_page(&req, &form.next, Some(&problem)).await
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Says which sessions end and what that means there, and asks.
pub async fn end_sessions_form(req: Req) -> Outcome {
    let own = own_session(&req)?.id();
    let account = req.ctx.actor.account().ok_or_else(Problem::forbidden)?;
    let rows = webkit::sessions(&req.app.db().read(), &req.ctx, account).await?;
    let which = req.query("session").unwrap_or_default();
    let ends = rows.iter().filter(|row| match which.as_str() {
        "all" => true,
        "others" => row.id() != own,
        one => row.id().to_string() == one && row.id() != own,
    });
    let ends: Vec<Value> = ends
        .map(|row| context! { device => device_name(&row.agent), address => row.address.clone(), seen_at => row.seen_at })
        .collect();
    if ends.is_empty() {
        return Err(Problem::not_found().into());
    }
    Req::not_kept(req.page("directory/sessions_end.html", context! { which, ends }).await?)
}

#[derive(Deserialize)]
pub struct EndSessions {
    /// The id of one, or `others`.
    session: String,
}

pub async fn end_sessions(req: Req, Form(form): Form<EndSessions>) -> Outcome {
    let own = own_session(&req)?.id();
    let which = if form.session == "others" {
        Which::Others(own)
    } else {
        let id: SessionId = form.session.parse().map_err(|_| Problem::not_found())?;
        Which::One(id)
    };
    sign_in::end_sessions(req.app.get::<Directory>()?, &req.ctx, which).await?;
    Ok(Req::go("/account", "sessions-ended"))
}

#[cfg(test)]
mod tests {
    use super::device_name;

    #[test]
    fn a_device_is_named_in_two_words() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36 Edg/109.0";
        assert_eq!(device_name(edge), "Edge, Windows");
        let phone =
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36";
        assert_eq!(device_name(phone), "Chrome, Android");
        assert_eq!(device_name("curl/8.0 <script>"), "");
    }
}
