//! Whom to call about a part; forms and programs are answered by the same handlers.

use axum::extract::Path;
use kernel::Problem;
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::{
    ids::PartId,
    work::{
        model::contact::Given,
        pages::part::address,
        store::part::PartRow,
        usecase::contact::{Contact, contact, contact_clear, contact_set},
    },
};

/// Somebody to call.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ContactJson {
    /// A colleague with an account.
    person: Option<String>,
    name: String,
    phone: String,
    /// Over which it is changed.
    rev: i64,
    /// The colleague who was named holds no post there any more: nobody is shown.
    has_left: bool,
}

impl From<Contact> for ContactJson {
    fn from(contact: Contact) -> Self {
        let Contact { person, name, phone, rev, has_left } = contact;
        Self { person, name, phone, rev, has_left }
    }
}

/// Whom to call about a part.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PartContact {
    part: String,
    contact: Option<ContactJson>,
}

/// A colleague, or a name and a telephone.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ContactInput {
    /// As it was read; 0 where nobody is named.
    #[serde(default)]
    rev: i64,
    /// The id of somebody who works for the body of the part.
    #[serde(default)]
    person: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
    /// The caller chooses to act for a body in which they hold no post.
    #[serde(default)]
    on_behalf: bool,
}

async fn answered(req: &Req, part: &PartRow, done: &str) -> Outcome {
    let contact = contact(&req.app, &req.ctx, part.id()).await?.map(ContactJson::from);
    Req::not_kept(req.done(&PartContact { part: part.id().to_string(), contact }, &address(part), done)?)
}

/// Names whom to call about a part; for who does its work. A telephone is shown to who may see the part, and erased with its
/// person.
#[utoipa::path(post, path = "/api/v1/parts/{id}/contact", params(("id" = String, Path)), request_body = ContactInput, responses((status = 200, body = PartContact), (status = 412)))]
pub async fn set(req: Req, Path(id): Path<PartId>, Form(input): Form<ContactInput>) -> Outcome {
    let elsewhere = |_| Problem::bad_input("contact-elsewhere").field("person", "contact-elsewhere");
    let person = Some(input.person.trim()).filter(|text| !text.is_empty());
    let person = person.map(|text| text.parse().map_err(elsewhere)).transpose()?;
    let given = Given { person, name: input.name, phone: input.phone };
    let part = contact_set(&req.app, &req.ctx, (id, input.rev), &given, input.on_behalf).await?;
    answered(&req, &part, "contact-saved").await
}

/// The revision of what is taken away.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ContactClear {
    rev: i64,
    /// The caller chooses to act for a body in which they hold no post.
    #[serde(default)]
    on_behalf: bool,
}

/// Nobody is to be called about the part any more.
#[utoipa::path(post, path = "/api/v1/parts/{id}/contact/remove", params(("id" = String, Path)), request_body = ContactClear, responses((status = 200, body = PartContact), (status = 412)))]
pub async fn remove(req: Req, Path(id): Path<PartId>, Form(input): Form<ContactClear>) -> Outcome {
    let part = contact_clear(&req.app, &req.ctx, (id, input.rev), input.on_behalf).await?;
    answered(&req, &part, "contact-cleared").await
}
