//! Help: a topic for each page of the program, and one page for each role. The texts are Markdown in `docs/guides`.

mod find;
pub mod topics;

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect},
};
use directory::{Directory, usecase::whom_to_ask};
use kernel::{Lang, Problem};
use minijinja::{Value, context};
use pulldown_cmark::{Options, Parser, html};
use webkit::{Access, Module, Outcome, Req, Route, view};

use topics::Topic;

pub fn module() -> Module {
    Module {
        routes: || vec![Route::get("/help", Access::Public, list), Route::get("/help/{topic}", Access::Public, topic)],
        templates: &[
            ("help/list.html", include_str!("../../templates/help_list.html")),
            ("help/topic.html", include_str!("../../templates/help_topic.html")),
        ],
        locales: &[
            (Lang::Vi, include_str!("../../locales/help.vi.ftl")),
            (Lang::En, include_str!("../../locales/help.en.ftl")),
        ],
        ..Module::new("help")
    }
}

/// All topics, or those with the words of `q`. With `at` the topic of the page at that address.
async fn list(req: Req) -> Outcome {
    let at = req.query("at").unwrap_or_default();
    let path = at.split(['?', '#']).next().unwrap_or_default();
    if let Some(topic) = topics::of_page(path).filter(|_| path.starts_with('/')) {
        return Ok(Redirect::to(&format!("/help/{}", topic.name)).into_response());
    }
    let (words, lang) = (req.query("q").unwrap_or_default(), req.ctx.lang);
    let named = |topic: &Topic| context! { name => topic.name, title => topic.title(lang) };
    let guides: Vec<Value> = topics::GUIDES.iter().map(named).collect();
    let topics: Vec<Value> = topics::TOPICS.iter().map(named).collect();
    let found = view(find::find(&words, lang));
    req.page("help/list.html", context! { guides, topics, found, words }).await
}

async fn topic(req: Req, Path(name): Path<String>) -> Outcome {
    let topic = topics::named(&name).ok_or_else(Problem::not_found)?;
    let lang = req.ctx.lang;
    let ask = view(whom_to_ask::whom_to_ask(req.app.get::<Directory>()?, &req.ctx).await?);
    let text = Value::from_safe_string(to_html(topic.text(lang)));
    req.page("help/topic.html", context! { text, title => topic.title(lang), is_guide => topic.is_guide(), ask }).await
}

/// Our own texts: what they hold is not escaped.
fn to_html(text: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(text, Options::ENABLE_TABLES));
    out
}
