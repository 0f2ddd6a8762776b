//! "Giao nhiệm vụ từ văn bản": six fields on one page.

use minijinja::context;
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req, view};

use crate::work::{
    pages::part::day,
    usecase::task_assign::{Assignment, task_assign},
};

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AssignForm {
    number: String,
    issued_on: String,
    giver: String,
    text: String,
    leads: String,
    due: String,
    result: String,
}

pub async fn form(req: Req) -> Outcome {
    // The next task of the same document: its head is filled in already.
    let form = AssignForm {
        number: req.query("number").unwrap_or_default(),
        issued_on: req.query("issued_on").unwrap_or_default(),
        giver: req.query("giver").unwrap_or_default(),
        ..AssignForm::default()
    };
    req.page("programme/assign.html", context! { form => view(form.clone()) }).await
}

pub async fn assign(req: Req, Form(form): Form<AssignForm>) -> Outcome {
    let given = Assignment {
        number: form.number,
        issued_on: day("issued_on", &form.issued_on)?,
        giver: form.giver,
        text: form.text,
        leads: form.leads,
        due: form.due,
        result: form.result,
    };
    let task = task_assign(&req.app, &req.ctx, &given).await?;
    Ok(Req::go(&format!("/tasks/{task}"), "task-assigned"))
}
