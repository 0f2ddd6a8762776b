//! The account page.

use kernel::Problem;
use minijinja::context;
use webkit::{Outcome, Req, view};

use super::{own, safety};
use crate::Directory;

pub async fn account(req: Req) -> Outcome {
    account_page(&req, None).await
}

/// The account page, saying why its form was refused if it was.
pub(super) async fn account_page(req: &Req, problem: Option<Problem>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let tree = directory.tree();
    let posts = req.ctx.actor.posts().iter();
    let posts: Vec<_> = posts
        .map(|post| context! { unit => tree.unit(post.unit).map(|unit| unit.name.clone()), role => post.role.code() })
        .collect();
    let page = context! { posts => view(posts), mine => own::of(req).await?, ..safety::overview(req).await? };
    let response = match problem {
        Some(problem) => req.refused("directory/account.html", problem, page).await,
        None => req.page("directory/account.html", page).await,
    };
    Req::not_kept(response?)
}
