//! Of a report that went to several receivers: what each made of it, and who filled it in.

use axum::extract::Path;
use kernel::{Code, Problem, UnitId};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::{
    ids::ReportId,
    reporting::{
        model::{
            outside::{stage, unless_lost},
            reception::ReceptionAct,
        },
        store::{self, report::ReportRow},
        usecase::{
            outside_door::ended,
            outside_link::{last_day, lost},
            reception::{may, receives, reception_act},
        },
    },
};

/// The receivers beside the one that gathers, each with the steps that the reader may take there.
pub(crate) async fn receptions(req: &Req, report: &ReportRow) -> Result<Vec<Value>, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let is_replaced = store::reception::is_replaced(&conn, report.id()).await?;
    let mut out = Vec::new();
    for row in store::reception::of_report(&conn, report.id()).await? {
        let mut open = Vec::new();
        for code in ["take_in", "accept", "return", "reconsider"] {
            let Some(act) = ReceptionAct::parse(code, "", "") else { continue };
            let follows = crate::reporting::model::reception::next(&row.state, &act).is_some();
            if follows && !is_replaced && may(&req.app, &req.ctx, report, &row, &act).await.is_ok() {
                open.push(code);
            }
        }
        out.push(context! {
            unit => row.unit().to_string(), name => bodies.body(bodies.today(row.unit())).map(|body| body.name), rev => row.rev,
            state => row.state.as_str(), number => row.number.as_deref(), day => row.received_on.as_deref(),
            remarks => row.remarks.as_deref(), open,
        });
    }
    Ok(out)
}

/// Who filled it in by a link, as they said: for those of its receivers who take it in or accept it. Nothing for others, and
/// where nobody did.
pub(crate) async fn contact_of(req: &Req, report: &ReportRow) -> Result<Value, Problem> {
    let conn = req.app.db().read();
    let others = store::reception::receivers(&conn, report.id()).await?;
    if !receives(&req.app, &req.ctx, report, &others) {
        return Ok(Value::from(()));
    }
    let found = store::outside::filler(&conn, report.id()).await?;
    let Some(mut contact) = found else { return Ok(Value::from(())) };
    let shown = req.app.db().note_access(&req.ctx, "outside.contact", report.id(), 1).await?;
    for field in [&mut contact.name, &mut contact.post, &mut contact.phone] {
        field.open(&shown);
    }
    Ok(context! { name => contact.name.text(), post => contact.post.text(), phone => contact.phone.text() })
}

/// Where the link stands by which a report is still to come; nothing where none was sent.
pub(crate) async fn link_of(req: &Req, report: &ReportRow) -> Result<Value, Problem> {
    let conn = req.app.db().read();
    let found = store::outside::of_report(&conn, report.id(), report.unit()).await?;
    let Some(link) = found.filter(|_| matches!(report.state.as_str(), "draft" | "returned")) else {
        return Ok(Value::from(()));
    };
    let opened = store::outside::contact(&conn, link.id()).await?.is_some_and(|contact| contact.opened_at.is_some());
    let ended = ended(&req.app, &req.ctx, &link).await?;
    let is_lost = !lost(&req.app, &conn, std::slice::from_ref(&link)).await?.is_empty();
    let stage = unless_lost(stage(Some((ended, opened)), false), is_lost);
    Ok(context! { stage => stage.code(), until => last_day(link.until, req.ctx.lang) })
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ReceptionForm {
    /// The receiver for which the step is taken.
    #[schema(value_type = String)]
    unit: UnitId,
    rev: i64,
    /// `take_in`, `accept`, `return`, or `reconsider`.
    act: String,
    /// Under which the receiver's records clerk enters it.
    #[serde(default)]
    number: String,
    #[serde(default)]
    remarks: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Received {
    report: String,
    unit: String,
    /// `waiting`, `accepted`, or `returned`.
    state: String,
    rev: i64,
}

/// Takes a step at one of the receivers beside the one that gathers: a report sent from outside goes to all of them at once.
#[utoipa::path(post, path = "/api/v1/reports/{id}/receptions", params(("id" = String, Path)), request_body = ReceptionForm, responses((status = 200, body = Received), (status = 412)))]
pub async fn act(req: Req, Path(id): Path<ReportId>, Form(form): Form<ReceptionForm>) -> Outcome {
    let act = ReceptionAct::parse(&form.act, &form.number, &form.remarks);
    let act = act.ok_or_else(|| Problem::bad_input("bad-form"))?;
    reception_act(&req.app, &req.ctx, id, form.unit, form.rev, &act).await?;
    let rows = store::reception::of_report(&req.app.db().read(), id).await?;
    let row = rows.into_iter().find(|row| row.unit() == form.unit).ok_or_else(Problem::not_found)?;
    let done = Received { report: id.to_string(), unit: form.unit.to_string(), state: row.state, rev: row.rev };
    req.done(&done, &format!("/reports/{id}"), &format!("reception-{}", form.act.replace('_', "-")))
}
