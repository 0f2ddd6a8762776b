//! What the province shares: a page for officers, one for everybody, a workbook, and a decision with it as appendix.

use kernel::Code as _;
use minijinja::{Value, context};
use webkit::{Outcome, Req, book};

use super::{files::as_xlsx, shown::words};
use crate::{
    store::figures::catalogue::Shared,
    usecase::{
        figures::catalogue::{catalogue, paper},
        level::paper::{Form, written},
    },
};

fn rows(req: &Req, all: &[Shared]) -> Vec<Value> {
    let row = |one: &Shared| {
        let owner = req.app.bodies().body(one.owner_id).map(|body| body.name);
        context! {
            name => one.name.as_str(), kind => one.kind.words(), state => one.state.words(), look => one.state.look(), owner,
            purpose => one.purpose.as_deref(), interfaces => one.interfaces.words(),
        }
    };
    all.iter().map(row).collect()
}

pub async fn page(req: Req) -> Outcome {
    let all = catalogue(&req.app).await?;
    req.page("registry/catalogue.html", context! { rows => rows(&req, &all) }).await
}

/// For whoever wants to know what there is.
pub async fn public(req: Req) -> Outcome {
    let all = catalogue(&req.app).await?;
    req.page("registry/public_catalogue.html", context! { rows => rows(&req, &all) }).await
}

pub async fn xlsx(req: Req) -> Outcome {
    let heads = ["system-name", "system-kind", "owner", "system-purpose", "system-interfaces", "system-state"];
    let heads = heads.map(|key| words(&req, key)).to_vec();
    let line = |one: Shared| {
        let owner = req.app.bodies().body(one.owner_id).map(|body| body.name).unwrap_or_default();
        let cells = [
            one.name.to_string(),
            words(&req, &one.kind.words()),
            owner,
            one.purpose.as_deref().unwrap_or_default().to_owned(),
            words(&req, &one.interfaces.words()),
            words(&req, &one.state.words()),
        ];
        cells.into_iter().map(book::Value::from).collect()
    };
    let lines: Vec<Vec<book::Value>> = catalogue(&req.app).await?.into_iter().map(line).collect();
    as_xlsx(&req, "systems-catalogue", words(&req, "nav-systems-catalogue"), (heads, lines)).await
}

pub async fn docx(req: Req) -> Outcome {
    decision(&req, "quyet-dinh-danh-muc-dung-chung.docx", Form::Docx).await
}

pub async fn pdf(req: Req) -> Outcome {
    decision(&req, "quyet-dinh-danh-muc-dung-chung.pdf", Form::Pdf).await
}

async fn decision(req: &Req, name: &str, form: Form) -> Outcome {
    let all = catalogue(&req.app).await?;
    let bytes = written(&req.app, paper(&req.app, &req.ctx, &all), form).await?;
    Req::file(name, form.media_type(), bytes)
}
