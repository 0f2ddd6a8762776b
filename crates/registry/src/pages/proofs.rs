//! Kept files as the pages of a system, of a step and of a dossier show them.

use axum::extract::Path;
use minijinja::{Value, context};
use webkit::{Acted, Outcome, Req, attachment, view};

use crate::{
    model::{Proof, ProofId, ProofLook},
    usecase::proofs::{is_closed, proof_file},
};

/// Each with who brought it; of one that is closed to the reader only that there is one.
pub async fn shown(req: &Req, all: &[Proof]) -> Result<Vec<Value>, kernel::Problem> {
    let acts: Vec<Acted> = all.iter().map(|one| Acted::new(&one.brought_by, one.at, None)).collect();
    let who = req.app.who(&acts).await?;
    let row = |(one, who): (&Proof, &webkit::Who)| {
        context! {
            id => one.id.to_string(), name => one.file_name.as_str(), at => one.at, who => view(who),
            step => one.step_id.map(|step| step.to_string()),
            control => one.control_id.map(|control| control.to_string()),
            is_closed => is_closed(&req.ctx, one), is_unread => one.look != ProofLook::Clear,
        }
    };
    Ok(all.iter().zip(&who).map(row).collect())
}

/// A file as an attachment, for who may read what it proves.
pub async fn file(req: Req, Path(id): Path<ProofId>) -> Outcome {
    let (name, hash) = proof_file(&req.app, &req.ctx, id).await?;
    attachment(&req, name.as_str(), &hash).await
}
