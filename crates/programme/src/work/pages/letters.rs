//! Letters that were drafted for an officer to release.

use axum::extract::Path;
use kernel::{Problem, Resource, UnitId, ids::LetterId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    BodiesPort,
    work::{
        pages::part::day,
        store::{self, letter::LetterRow},
        usecase::{
            letter::{LetterAct, letter_act, may_be_draft, paper},
            paper::{self as forms, written},
        },
    },
};

const LISTED: u64 = 100;

fn line(bodies: &BodiesPort, row: &LetterRow) -> Value {
    let name = |unit: UnitId| bodies.body(unit).map(|body| body.name).unwrap_or_default();
    context! {
        id => LetterId::from_uuid(row.id).to_string(), kind => row.kind.clone(), about => row.about.as_str(), body => row.body.as_str(), state => row.state.clone(),
        from => name(UnitId::from_uuid(row.from_id)), to => row.to().into_iter().map(name).collect::<Vec<_>>().join("; "), number => row.number.as_deref(),
        issued_on => row.issued_on.clone(), drafted_at => row.drafted_at, rev => row.rev, subject => row.subject.clone(),
    }
}

pub async fn list(req: Req) -> Outcome {
    let bodies = req.app.get::<BodiesPort>()?;
    let scope = req.app.authorizer().scope(&req.ctx);
    let own = (!scope.everything).then_some(scope.subtree.as_slice());
    let rows = store::letter::list(&req.app.db().read(), own, LISTED).await?;
    let rows: Vec<Value> = rows.iter().map(|row| line(bodies, row)).collect();
    req.page("programme/letters.html", context! { rows }).await
}

async fn load(req: &Req, id: LetterId) -> Result<LetterRow, Problem> {
    let row = store::letter::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let resource = Resource { kind: "Letter", ..Resource::unit(UnitId::from_uuid(row.from_id)) };
    req.app.authorizer().check(&req.ctx, "letter.release", &resource)?;
    Ok(row)
}

fn page(req: &Req, row: &LetterRow) -> Result<Value, Problem> {
    let sheet = nd30::html(&paper(&req.app, &req.ctx, row)?);
    let bodies = req.app.get::<BodiesPort>()?;
    Ok(context! {
        row => line(bodies, row), sheet => Value::from_safe_string(sheet), today => req.ctx.today().to_string(),
        may_be_draft => row.state != "draft" && may_be_draft(&req.ctx, row),
    })
}

pub async fn show(req: Req, Path(id): Path<LetterId>) -> Outcome {
    let row = load(&req, id).await?;
    req.page("programme/letter.html", page(&req, &row)?).await
}

/// What is done with a drafted letter, as forms and the API send it.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct LetterStep {
    pub rev: i64,
    /// `edit`, `release`, `drop`, or `draft`: back to a draft.
    act: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    number: String,
    /// ISO day, today without it.
    #[serde(default)]
    issued_on: String,
}

impl LetterStep {
    pub fn act(self, today: jiff::civil::Date) -> Result<LetterAct, Problem> {
        Ok(match self.act.as_str() {
            "edit" => LetterAct::Edit { about: self.about, body: self.body },
            "release" => {
                LetterAct::Release { number: self.number, day: day("issued_on", &self.issued_on)?.unwrap_or(today) }
            }
            "drop" => LetterAct::Drop,
            "draft" => LetterAct::Draft,
            _ => return Err(Problem::bad_input("bad-form")),
        })
    }
}

pub async fn act(req: Req, Path(id): Path<LetterId>, Form(form): Form<LetterStep>) -> Outcome {
    let rev = form.rev;
    let act = form.act(req.ctx.today())?;
    letter_act(&req.app, &req.ctx, id, rev, &act).await?;
    Ok(Req::go(&format!("/letters/{id}"), "saved"))
}

/// The letter as a file: `docx`, `pdf`.
pub async fn file(req: Req, Path((id, form)): Path<(LetterId, String)>) -> Outcome {
    let row = load(&req, id).await?;
    let kind = forms::Form::parse(&form).ok_or_else(Problem::not_found)?;
    let bytes = written(&req.app, paper(&req.app, &req.ctx, &row)?, kind).await?;
    let name = format!("{}.{form}", kernel::text::file_stem(&row.about));
    Req::file(&name, kind.media_type(), bytes)
}
