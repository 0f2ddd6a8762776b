//! Kept files for programs and forms: where a system stands, what proves a step or a control.

use axum::extract::{Multipart, Path};
use kernel::Problem;
use webkit::{LARGEST_FILE, Outcome, Parts, Req, read_parts};

use crate::{
    model::{Proof, ProofId, SystemId, level::DossierId, moves::StepId},
    pages::proofs as shown,
    usecase::proofs::{self, About},
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(of_system, system, of_step, step, of_level, level, file))]
pub struct Documented;

/// A file, or one that is to go.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct ProofForm {
    #[schema(value_type = String, format = Binary)]
    file: Option<Vec<u8>>,
    /// Of a level dossier: the key of the control that the file proves.
    control: Option<String>,
    /// The id of a file that is to go.
    remove: Option<String>,
}

async fn read(req: &Req, form: Multipart) -> Result<Parts, Problem> {
    read_parts(req, form, LARGEST_FILE as u64).await
}

/// Keeps the file that was sent, or takes one away.
async fn act(req: &Req, about: About, parts: &Parts) -> Result<&'static str, Problem> {
    match (parts.field("remove"), &parts.file) {
        ("", None) => Err(Problem::bad_input("no-file").field("file", "no-file")),
        ("", Some(file)) => {
            let sent = (file.file_name.as_str(), file.bytes().await?);
            proofs::proof_add(&req.app, &req.ctx, about, sent).await.map(|_| "proof-kept")
        }
        (id, _) => proofs::proof_remove(&req.app, &req.ctx, about, id).await.map(|()| "proof-removed"),
    }
}

/// Files that prove where a system stands, the oldest first.
#[utoipa::path(get, path = "/api/v1/systems/{id}/proofs", params(("id" = String, Path)), responses((status = 200, body = Vec<Proof>)))]
pub async fn of_system(req: Req, Path(id): Path<SystemId>) -> Outcome {
    Req::json(&proofs::of_system(&req.app, &req.ctx, id).await?)
}

/// Keeps a file that proves where a system stands, or takes one away. Answers all that there are then.
#[utoipa::path(post, path = "/api/v1/systems/{id}/proofs", params(("id" = String, Path)), request_body(content = ProofForm, content_type = "multipart/form-data"), responses((status = 200, body = Vec<Proof>)))]
pub async fn system(req: Req, Path(id): Path<SystemId>, form: Multipart) -> Outcome {
    let about = About::system(&req.app, &req.ctx, id).await?;
    let done = act(&req, about, &read(&req, form).await?).await?;
    let all = proofs::of_system(&req.app, &req.ctx, id).await?;
    req.done(&all, &format!("/systems/{id}#proofs"), done)
}

/// Files that prove a step of a migration, the oldest first.
#[utoipa::path(get, path = "/api/v1/migration-steps/{id}/proofs", params(("id" = String, Path)), responses((status = 200, body = Vec<Proof>)))]
pub async fn of_step(req: Req, Path(id): Path<StepId>) -> Outcome {
    Req::json(&proofs::of_step(&req.app, &req.ctx, id).await?)
}

/// Keeps a file that proves an open step, or takes one away. Answers all that there are then.
#[utoipa::path(post, path = "/api/v1/migration-steps/{id}/proofs", params(("id" = String, Path)), request_body(content = ProofForm, content_type = "multipart/form-data"), responses((status = 200, body = Vec<Proof>)))]
pub async fn step(req: Req, Path(id): Path<StepId>, form: Multipart) -> Outcome {
    let about = About::step(&req.app, &req.ctx, id).await?;
    let done = act(&req, about, &read(&req, form).await?).await?;
    let all = proofs::of_step(&req.app, &req.ctx, id).await?;
    req.done(&all, &format!("/migration-steps/{id}#proofs"), done)
}

/// Files that prove the controls of a level dossier, for whom may know how they stand.
#[utoipa::path(get, path = "/api/v1/levels/{id}/proofs", params(("id" = String, Path)), responses((status = 200, body = Vec<Proof>)))]
pub async fn of_level(req: Req, Path(id): Path<DossierId>) -> Outcome {
    Req::json(&proofs::of_dossier(&req.app, &req.ctx, id).await?)
}

/// Keeps a file that proves a control of a level dossier, or takes one away. Answers all that there are then.
#[utoipa::path(post, path = "/api/v1/levels/{id}/proofs", params(("id" = String, Path)), request_body(content = ProofForm, content_type = "multipart/form-data"), responses((status = 200, body = Vec<Proof>)))]
pub async fn level(req: Req, Path(id): Path<DossierId>, form: Multipart) -> Outcome {
    let parts = read(&req, form).await?;
    let which = (parts.field("control"), parts.field("remove"));
    let about = About::control(&req.app, &req.ctx, id, which).await?;
    let done = act(&req, about, &parts).await?;
    let all = proofs::of_dossier(&req.app, &req.ctx, id).await?;
    req.done(&all, &format!("/levels/{id}#proofs"), done)
}

/// The bytes of a kept file, for who may read what it proves.
#[utoipa::path(get, path = "/api/v1/proofs/{id}/file", params(("id" = String, Path)), responses((status = 200, description = "The file's bytes.", content_type = "application/octet-stream"), (status = 409)))]
pub async fn file(req: Req, Path(id): Path<ProofId>) -> Outcome {
    shown::file(req, Path(id)).await
}
