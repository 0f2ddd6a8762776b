//! What is asked before anything is entered: whether it holds state secrets. Of one that does only the number is kept.

use minijinja::context;
use webkit::{Ask, Confirm, Outcome, Req};

/// The question at entry, before a name is typed.
pub async fn question(req: Req) -> Outcome {
    req.page("registry/add.html", context! {}).await
}

/// The page before a body's systems with state secrets are counted.
pub async fn secret(req: Req) -> Outcome {
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let bodies = req.app.bodies();
    let owner = req.ctx.actor.posts().first().map(|post| bodies.written(post.unit, req.ctx.today()));
    let ask =
        |name, label: &str, value: String| Ask { name, kind: "text", label: text(label), value, ..Ask::default() };
    let page = Confirm {
        title: text("secret-title"),
        above: "/systems/add".into(),
        above_name: text("system-add"),
        says: ["secret-says", "secret-why"].map(text).to_vec(),
        warns: vec![text("secret-warning")],
        asks: vec![ask("owner", "owner", owner.unwrap_or_default()), ask("count", "secret-count", "1".into())],
        button: text("secret-button"),
        after: text("secret-after"),
        ..Confirm::default()
    };
    page.show(&req).await
}
