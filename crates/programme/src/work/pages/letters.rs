//! A letter that was drafted for an officer to release; their register is `store::lists`.

use crate::ids::LetterId;
use axum::extract::Path;
use kernel::{Code as _, Problem, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    plans::usecase::behalf,
    work::{
        model::letter::{Letter, LetterState, release_refusal},
        pages::part::day,
        usecase::{
            chase::{letter_receive, may_receive, receivers},
            letter::{LetterAct, clerks, letter_act, may_be_draft, paper, seen},
            paper::{self as forms, written},
        },
    },
};

/// A body for which the reader may say that the letter has come, and by which of their own, where they hold no post there.
fn to_receive(req: &Req, unit: UnitId) -> Value {
    let bodies = req.app.bodies();
    let short = |unit| bodies.body(unit).map(|body| body.short_name);
    context! {
        unit => unit.to_string(), name => bodies.body(unit).map(|body| body.name), short => short(unit),
        behalf => behalf::acting(&req.app, &req.ctx, unit).and_then(short),
    }
}

async fn page(req: &Req, row: &Letter) -> Result<Value, Problem> {
    let history = webkit::history(&req.app, &req.ctx, &row.id.to_string(), 20).await?;
    let sheet = nd30::html(&paper(&req.app, &req.ctx, row)?);
    let sent = receivers(&req.app, row.id).await?;
    let name = |unit| req.app.bodies().body(unit).map(|body| body.name);
    let waiting = sent.iter().filter(|to| to.received_at.is_none() && may_receive(&req.app, &req.ctx, row, to.unit()));
    let own: Vec<Value> = waiting.map(|to| to_receive(req, to.unit())).collect();
    // Who has read it is for the house that wrote it.
    let may = |action| req.app.authorizer().check(&req.ctx, action, &row.resource()).is_ok();
    let (is_ours, may_write) = (may("letter.release"), may("letter.write"));
    let sent = sent.iter().filter(|_| is_ours);
    let sent: Vec<Value> = sent.map(|to| context! { name => name(to.unit()), received_at => to.received_at }).collect();
    let received = sent.iter().filter(|to| to.get_attr("received_at").is_ok_and(|at| !at.is_none())).count();
    let clerks = clerks(&req.app, &req.ctx, row).await?;
    let may_release = is_ours && release_refusal(&clerks, &req.ctx.actor).is_none();
    let clerks = clerks.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
    let is_back_by_writer = row.state != LetterState::Dropped || may_write;
    Ok(context! {
        own, sent, received, is_ours, may_write, may_release, clerks,
        row => webkit::view(row), history => webkit::view(history), kind => row.kind.words(), state => row.state.words(), is_draft => row.state == LetterState::Draft,
        sheet => Value::from_safe_string(sheet), today => req.ctx.today().to_string(),
        may_be_draft => row.state != LetterState::Draft && is_back_by_writer && received == 0 && may_be_draft(&req.ctx, row),
    })
}

pub async fn show(req: Req, Path(id): Path<LetterId>) -> Outcome {
    let row = seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    let page = page(&req, &row).await?;
    req.page("programme/letter.html", page).await
}

#[derive(Deserialize)]
pub struct ReceivedForm {
    unit: UnitId,
    #[serde(default)]
    on_behalf: bool,
}

pub async fn receive(req: Req, Path(id): Path<LetterId>, Form(form): Form<ReceivedForm>) -> Outcome {
    letter_receive(&req.app, &req.ctx, id, form.unit, form.on_behalf).await?;
    Ok(Req::go(&format!("/letters/{id}"), "letter-received"))
}

/// What is done with a drafted letter, as forms and the API send it.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct LetterStep {
    pub rev: i64,
    /// `edit`, `hand` to the records clerk, `fetch` from there, `release`, `drop`, or `draft`: back to a draft.
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
            "hand" => LetterAct::Hand,
            "fetch" => LetterAct::Fetch,
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
    let row = seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    let kind = forms::Form::parse(&form).ok_or_else(Problem::not_found)?;
    let bytes = written(&req.app, paper(&req.app, &req.ctx, &row)?, kind).await?;
    let name = format!("{}.{form}", kernel::text::file_stem(&row.about));
    Req::file(&name, kind.media_type(), bytes)
}
