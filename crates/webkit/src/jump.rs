//! The jump box: one field that finds pages, bodies, work, people, and whatever registers hold.

use std::pin::Pin;

use kernel::{
    Problem,
    text::{begins_all, fold},
};
use minijinja::context;
use serde::Serialize;

use crate::{Hit, Listed, Outcome, Req, saved, url_encode, view};

/// How many of each kind are shown.
pub const EACH: usize = 5;
/// Fewer letters find everything.
const FEWEST: usize = 2;

pub type Find = for<'a> fn(&'a Req, &'a str) -> Pin<Box<dyn Future<Output = Result<Vec<Hit>, Problem>> + Send + 'a>>;

/// What a domain finds besides its registers.
#[derive(Debug, Clone, Copy)]
pub struct Finder {
    /// Asked by whom this action is open.
    pub action: &'static str,
    /// The key of what stands over its hits.
    pub label: &'static str,
    pub find: Find,
    /// The page that lists all of them, with `{}` for the words.
    pub all: &'static str,
    /// Registers whose rows it finds better.
    pub instead_of: &'static [&'static str],
}

/// Where all modules look.
pub(crate) struct Finders {
    pub finders: Vec<Finder>,
    pub registers: Vec<&'static dyn Listed>,
}

#[derive(Debug, Serialize)]
struct Group {
    label: String,
    hits: Vec<Hit>,
    /// The list of all that were found, where there may be more.
    all: Option<String>,
}

/// A page of its own, from which a script takes what stands below the field in the head.
pub async fn jump(req: Req) -> Outcome {
    let words = req.query("q").unwrap_or_default();
    let is_short = fold(&words).chars().filter(|letter| *letter != ' ').count() < FEWEST;
    let groups = if is_short { vec![] } else { groups(&req, &words).await? };
    req.page("webkit/jump.html", context! { words, groups => view(groups), is_short }).await
}

async fn groups(req: &Req, words: &str) -> Result<Vec<Group>, Problem> {
    let known_ways = req.app.get::<Finders>()?;
    let may = |action: &'static str| req.app.authorizer().check_route(&req.ctx, action).is_ok();
    let mut out = vec![Group { label: "jump-pages".into(), hits: pages(req, words), all: None }];
    out.push(group("views-title".to_owned(), saved::found(req, words).await?, "/views".to_owned()));
    let mut known: Vec<&str> = Vec::new();
    for finder in known_ways.finders.iter().filter(|finder| may(finder.action)) {
        known.extend(finder.instead_of);
        let hits = (finder.find)(req, words).await?;
        out.push(group(finder.label.to_owned(), hits, finder.all.replace("{}", &url_encode(words))));
    }
    for register in known_ways.registers.iter().filter(|one| may(one.action()) && !known.contains(&one.path())) {
        let hits = register.find(req, words, EACH + 1).await?;
        let label = format!("nav{}", register.path().replace('/', "-"));
        out.push(group(label, hits, format!("{}?q={}", register.path(), url_encode(words))));
    }
    out.retain(|group| !group.hits.is_empty());
    Ok(out)
}

fn group(label: String, mut hits: Vec<Hit>, all: String) -> Group {
    let is_more = hits.len() > EACH;
    hits.truncate(EACH);
    Group { label, hits, all: is_more.then_some(all) }
}

/// Entries of the navigation whose words hold those that are looked for.
fn pages(req: &Req, words: &str) -> Vec<Hit> {
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let hit = |item: &&crate::NavItem| {
        let (name, area) = (text(&item.label()), text(&item.area.label()));
        let is_meant = begins_all(&format!("{name} {area}"), words);
        is_meant.then(|| Hit { text: name, note: area, href: item.href.to_owned() })
    };
    req.nav_items().iter().filter_map(hit).take(EACH).collect()
}
