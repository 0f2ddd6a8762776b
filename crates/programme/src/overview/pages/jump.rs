//! What the jump box finds of the programme besides its registers: bodies with their work, tasks, plans.

use kernel::Problem;
use webkit::{Finder, Hit, JUMP_EACH, Req};

use crate::{
    files::model::seen,
    plans::{self, store::plan::PlanRow},
    work::{
        self,
        pages::register::{plan_label, state_words},
        store::register::Filter,
    },
};

pub const FINDERS: &[Finder] = &[
    Finder {
        action: "task.read",
        label: "jump-bodies",
        find: |req, words| Box::pin(async move { Ok(bodies(req, words)) }),
        all: "/units?q={}",
        instead_of: &["/units"],
    },
    Finder {
        action: "task.read",
        label: "nav-tasks",
        find: |req, words| Box::pin(tasks(req, words)),
        all: "/tasks?q={}",
        instead_of: &[],
    },
    Finder {
        action: "plan.read",
        label: "nav-plans",
        find: |req, words| Box::pin(plans(req, words)),
        all: "/search?q={}",
        instead_of: &[],
    },
];

fn bodies(req: &Req, words: &str) -> Vec<Hit> {
    let bodies = req.app.bodies();
    let hit = |body: kernel::Body| Hit {
        note: bodies
            .above(body.unit)
            .and_then(|above| bodies.body(above))
            .map(|above| above.short_name)
            .unwrap_or_default(),
        text: body.name,
        href: format!("/agencies/{}", body.unit),
    };
    bodies.find(words, JUMP_EACH + 1).into_iter().map(hit).collect()
}

async fn tasks(req: &Req, words: &str) -> Result<Vec<Hit>, Problem> {
    let filter = Filter { words: words.to_owned(), ..Filter::default() };
    let scope = req.app.authorizer().scope(&req.ctx);
    let most = u64::try_from(JUMP_EACH).unwrap_or(u64::MAX);
    let parts = work::store::register::page(&req.app.db().read(), &filter, &scope, req.ctx.today(), None, most).await?;
    let hit = |part: &work::store::part::PartRow| {
        let unit = req.app.bodies().body(part.unit()).map(|body| body.short_name);
        let said = [unit, plan_label(part), Some(state_words(req, part))];
        Hit {
            text: format!("{} {}", part.section, part.text).trim().to_owned(),
            note: said.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            href: format!("/parts/{}", part.id()),
        }
    };
    Ok(parts.iter().map(hit).collect())
}

async fn plans(req: &Req, words: &str) -> Result<Vec<Hit>, Problem> {
    let most = u64::try_from(JUMP_EACH + 1).unwrap_or(u64::MAX);
    let rows = plans::store::plan::found(&req.app.db().read(), seen::account(&req.ctx), words, most).await?;
    let hit = |plan: &PlanRow| Hit {
        text: plan.title.clone().unwrap_or_else(|| plan.label()),
        note: plan.number.clone().unwrap_or_default(),
        href: format!("/plans/{}", plan.id()),
    };
    Ok(rows.iter().map(hit).collect())
}
