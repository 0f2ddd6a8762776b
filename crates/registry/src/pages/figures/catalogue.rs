//! What the province shares: a page for officers, one for everybody, a workbook, and a decision with it as appendix.

use kernel::{Code as _, Problem};
use minijinja::{Value, context};
use webkit::{ListPage, Outcome, Req, book};

use super::{files::as_xlsx, shown::words};
use crate::{
    api::paged,
    store::figures::catalogue::Shared,
    usecase::{
        figures::catalogue::{catalogue, paper, waiting},
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

/// A page of them, and where the next one is.
async fn some(req: &Req) -> Result<(Vec<Value>, Option<String>), Problem> {
    let ListPage { items, next } = paged::page(req, catalogue(&req.app).await?)?;
    if items.is_empty() && paged::after(req)? > 0 {
        return Err(Problem::not_found());
    }
    Ok((rows(req, &items), next.map(|after| format!("{}?after={after}", req.uri.path()))))
}

pub async fn page(req: Req) -> Outcome {
    let (rows_now, next) = some(&req).await?;
    let waiting = waiting(&req.app, &req.ctx).await?;
    let unconfirmed = rows(&req, waiting.get(..paged::AT_ONCE).unwrap_or(&waiting));
    let is_more = unconfirmed.len() < waiting.len();
    let page = context! { rows => rows_now, next, unconfirmed, is_more, most => paged::AT_ONCE };
    req.page("registry/catalogue.html", page).await
}

/// For whoever wants to know what there is.
pub async fn public(req: Req) -> Outcome {
    let (rows, next) = some(&req).await?;
    req.page("registry/public_catalogue.html", context! { rows, next }).await
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
