//! What waits for a word of the acting person, whatever their hat.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use kernel::{Actor, Ctx, Lang, Problem, UnitId};
use moka::future::Cache;
use webkit::Core;

use crate::{
    plans::{
        self,
        model::hands::{Hands, hand, is_own},
        usecase::{
            confirmation::{is_waiting, may_confirm},
            names::issuer,
        },
    },
    reporting::{
        self,
        model::desk::Desk,
        usecase::{
            reception::desk_open,
            report_turn::{bodies_of, turn_among},
        },
    },
    targets::model::period::label_key,
    work::{self, store::part::PartRow},
};

/// Lines of one kind that are listed; where there are more this is said.
const MOST: u64 = 400;

/// One thing to do.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Item {
    /// Its words stand under `todo-` and this.
    pub kind: String,
    pub text: String,
    pub due: Option<String>,
    pub href: String,
}

#[derive(Debug, Default)]
pub struct Waiting {
    pub items: Vec<Item>,
    /// Parts that their bodies reported done, in the order in which they were.
    pub accept: Vec<PartRow>,
    /// There are more than are listed.
    pub is_cut: bool,
}

impl Waiting {
    pub fn count(&self) -> usize {
        self.items.len() + self.accept.len()
    }

    /// How many of it each entry of the navigation leads to.
    pub fn by_page(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::from([("/work", self.count())]);
        for item in &self.items {
            let page = match item.kind.as_str() {
                "difficulty" => "/difficulties",
                "question" => "/questions",
                "letter" | "letter-release" => "/letters",
                "unled" => "/unled",
                kind if kind.starts_with("report-") => "/reports",
                _ => continue,
            };
            *counts.entry(page).or_default() += 1;
        }
        counts
    }
}

/// The newest entry that changed such rows, who asks, by which posts, and in which language.
type Key = (i64, jiff::civil::Date, Actor, Lang);

/// What was found, kept while nothing changes.
#[derive(Debug)]
pub struct Waits(Cache<Key, Arc<Waiting>>);

impl Default for Waits {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(2000).time_to_idle(Duration::from_mins(5)).build())
    }
}

/// Whose rows may wait for somebody.
const OF: [&str; 3] = ["programme", "directory", "registry"];

pub async fn waiting(core: &Core, ctx: &Ctx) -> Result<Arc<Waiting>, Problem> {
    let number = db::change_number(&core.db().read(), &OF).await?;
    let key = (number, ctx.today(), ctx.actor.clone(), ctx.lang);
    let kept = core.get::<Waits>()?;
    let found = async { found(core, ctx).await.map(Arc::new) };
    kept.0.try_get_with(key, found).await.map_err(Problem::internal)
}

async fn found(core: &Core, ctx: &Ctx) -> Result<Waiting, Problem> {
    let mut out = Waiting::default();
    for port in core.waiting() {
        for own in port.waiting(ctx).await? {
            out.add(own.kind, own.words, Some(own.until.to_string()), own.href);
        }
    }
    talk(core, ctx, &mut out).await?;
    confirmations(core, ctx, &mut out).await?;
    unled(core, ctx, &mut out).await?;
    reports(core, ctx, &mut out).await?;
    late_periods(core, ctx, &mut out).await?;
    receptions(core, ctx, &mut out).await?;
    checks(core, ctx, &mut out).await?;
    Ok(out)
}

impl Waiting {
    fn add(&mut self, kind: &str, text: String, due: Option<String>, href: String) {
        self.items.push(Item { kind: kind.to_owned(), text, due, href });
    }

    fn listed(&mut self, count: usize) {
        self.is_cut |= u64::try_from(count).is_ok_and(|count| count >= MOST);
    }
}

/// Difficulties to answer, explanations to give: by others than who raised or asked them.
async fn talk(core: &Core, ctx: &Ctx, out: &mut Waiting) -> Result<(), Problem> {
    let conn = core.db().read();
    let own = core.authorizer().scope(ctx).own;
    let rows = work::store::difficulty::held_by(&conn, &own, MOST).await?;
    out.listed(rows.len());
    for row in rows.into_iter().filter(|row| !is_own(&ctx.actor, row.hand.as_deref(), &row.actor)) {
        let due = row.due_on.map(|due| due.to_string());
        out.add("difficulty", row.text.into_string(), due, format!("/difficulties/{}", row.id));
    }
    let answering = core.authorizer().reach(ctx, work::model::question::ANSWERING).own;
    let rows = work::store::question::waiting_for(&conn, &answering, MOST).await?;
    out.listed(rows.len());
    for row in rows.into_iter().filter(|row| !is_own(&ctx.actor, row.hand.as_deref(), &row.actor)) {
        let due = row.due_on.map(|due| due.to_string());
        out.add("question", row.text.into_string(), due, format!("/questions/{}", row.id));
    }
    letters(core, ctx, out).await
}

/// Letters that came, to be acknowledged; drafts that were passed to the records clerk, to be numbered and issued.
async fn letters(core: &Core, ctx: &Ctx, out: &mut Waiting) -> Result<(), Problem> {
    let conn = core.db().read();
    let own = |held| core.authorizer().reach(ctx, held).own;
    for row in work::store::letter::handed(&conn, &own(work::model::letter::CLERKS), MOST).await? {
        out.add("letter-release", row.about.into_string(), None, format!("/letters/{}", row.id));
    }
    let carrying = own(work::model::letter::CARRYING);
    let rows = work::store::letter::unreceived(&conn, &carrying, MOST).await?;
    // Who released one is not asked whether it has come.
    for row in rows.into_iter().filter(|row| !is_own(&ctx.actor, row.released_hand.as_deref(), "")) {
        let from = core.bodies().body(UnitId::from_uuid(row.from_id)).map(|body| body.short_name).unwrap_or_default();
        let text = format!("{from}, {}: {}", row.number.as_deref().unwrap_or_default(), row.about);
        out.add("letter", text, row.issued_on, format!("/letters/{}", crate::ids::LetterId::from_uuid(row.letter_id)));
    }
    Ok(())
}

/// Plans that stand in the name of one's own house, or of the body that one's office serves.
async fn confirmations(core: &Core, ctx: &Ctx, out: &mut Waiting) -> Result<(), Problem> {
    if core.authorizer().check_route(ctx, "plan.confirm").is_err() {
        return Ok(());
    }
    let (bodies, scope) = (core.bodies(), core.authorizer().scope(ctx));
    let served = scope.own.iter().filter_map(|unit| bodies.above(*unit));
    let issuers: Vec<UnitId> = scope.subtree.iter().copied().chain(served).collect();
    let issuers = bodies.answer_for(&issuers);
    for plan in plans::store::confirmation::unconfirmed(&core.db().read(), &issuers, MOST).await? {
        if is_waiting(bodies, &plan) && may_confirm(core, ctx, &plan) {
            let issuer = issuer(bodies, &plan).unwrap_or_default();
            let day = plan.issued_on.clone().filter(|day| day.len() == 10);
            out.add("confirm", format!("{issuer}: {}", plan.label()), day, format!("/plans/{}#confirm", plan.id()));
        }
    }
    Ok(())
}

/// Tasks that no body has yet, of the plans that one follows.
async fn unled(core: &Core, ctx: &Ctx, out: &mut Waiting) -> Result<(), Problem> {
    if core.authorizer().check_route(ctx, "plan.approve").is_err() {
        return Ok(());
    }
    let own = core.authorizer().scope(ctx).own;
    for (_, plan, tasks) in work::store::unled::followed(&core.db().read(), &own, MOST).await? {
        let count = core.locales().text(ctx.lang, "unled-count", &[("count", tasks.into())]);
        out.add("unled", format!("{plan}: {count}"), None, format!("/unled?plan={}", webkit::url_encode(&plan)));
    }
    Ok(())
}

/// Steps of reports of one's own bodies, and not of all that one may read: what others write waits for them.
async fn reports(core: &Core, ctx: &Ctx, out: &mut Waiting) -> Result<(), Problem> {
    let (bodies, authorizer) = (core.bodies(), core.authorizer());
    let scope = authorizer.scope(ctx);
    let conn = core.db().read();
    let mut rows = reporting::store::report::waiting(&conn, &scope.today(&scope.own), MOST).await?;
    out.listed(rows.len());
    let arrived = reporting::store::report::arrived(&conn, &scope.today(&scope.own), MOST).await?;
    out.listed(arrived.len());
    rows.extend(arrived);
    let mut of: Vec<UnitId> = rows.iter().flat_map(|row| bodies_of(core, row)).collect();
    of.sort_unstable();
    of.dedup();
    let people = core.colleagues().in_units(ctx.today(), &of).await?;
    for row in rows {
        let Some(turn) = turn_among(core, &row, &people) else { continue };
        let of = reporting::usecase::report_act::resource(core, &row);
        let hands = Hands::read(row.hands.as_deref());
        let is_open = turn.refusal(&ctx.actor, &hands).is_none();
        if is_open && authorizer.check(ctx, turn.desk.right(), &of).is_ok() {
            let name = bodies.body(row.unit()).map(|body| body.short_name).unwrap_or_default();
            let period = label_key(&row.label).map(|(key, args)| core.locales().text(ctx.lang, key, &args));
            let text = format!("{name}, {}", period.unwrap_or_else(|| row.label.clone()));
            let kind = match turn.desk {
                Desk::TakeIn | Desk::Receive => turn.desk.code(),
                _ => row.state.as_str(),
            };
            out.add(&format!("report-{kind}"), text, Some(row.due_on.clone()), format!("/reports/{}", row.id()));
        }
    }
    Ok(())
}

/// Periods of the duties that one keeps, with reports that have not come.
async fn late_periods(core: &Core, ctx: &Ctx, out: &mut Waiting) -> Result<(), Problem> {
    if core.authorizer().check_route(ctx, "duty.edit").is_err() {
        return Ok(());
    }
    let (scope, today) = (core.authorizer().scope(ctx), ctx.today().to_string());
    let owners = scope.today(&scope.own);
    for row in reporting::store::duty::late_periods(&core.db().read(), &owners, &today, MOST).await? {
        let period = label_key(&row.label).map(|(key, args)| core.locales().text(ctx.lang, key, &args));
        let args = [("period", period.unwrap_or(row.label).into()), ("count", row.late.into())];
        let text = core.locales().text(ctx.lang, "reports-late-count", &args);
        let href = format!("/periods/{}?all=1", crate::ids::PeriodId::from_uuid(row.id));
        out.add("late-reports", text, Some(row.due_on), href);
    }
    Ok(())
}

/// Reports that came to one's own body beside the one that gathers them.
async fn receptions(core: &Core, ctx: &Ctx, out: &mut Waiting) -> Result<(), Problem> {
    let scope = core.authorizer().scope(ctx);
    let rows = reporting::store::reception::waiting(&core.db().read(), &scope.today(&scope.own), MOST).await?;
    out.listed(rows.len());
    if rows.is_empty() {
        return Ok(());
    }
    let people = core.colleagues().in_units(ctx.today(), &scope.own).await?;
    for row in rows {
        let Some(desk) = desk_open(core, ctx, &row, &people) else { continue };
        let sender = UnitId::from_uuid(row.sender_id);
        let name = core.bodies().body(sender).map(|body| body.short_name).unwrap_or_default();
        let period = label_key(&row.label).map(|(key, args)| core.locales().text(ctx.lang, key, &args));
        let text = format!("{name}, {}", period.unwrap_or(row.label));
        let href = format!("/reports/{}", crate::ids::ReportId::from_uuid(row.report_id));
        out.add(&format!("report-{}", desk.code()), text, Some(row.due_on), href);
    }
    Ok(())
}

/// What the plans that one follows wait for: more time that was asked for, work that was reported done.
async fn checks(core: &Core, ctx: &Ctx, out: &mut Waiting) -> Result<(), Problem> {
    if core.authorizer().check_route(ctx, "part.check").is_err() {
        return Ok(());
    }
    let (conn, own) = (core.db().read(), core.authorizer().scope(ctx).own);
    let rows = work::store::extension::waiting(&conn, &own, MOST).await?;
    out.listed(rows.len());
    // Nobody grants what they asked for themselves.
    for row in rows.into_iter().filter(|row| !is_own(&ctx.actor, row.hand.as_deref(), "")) {
        let part = crate::ids::PartId::from_uuid(row.part_id);
        out.add("extension", row.reason.into_string(), Some(row.asked_due), format!("/parts/{part}"));
    }
    out.accept = work::store::register::unaccepted(&conn, &own, MOST).await?;
    out.listed(out.accept.len());
    // What the reader reported waits for somebody else.
    let ids: Vec<uuid::Uuid> = out.accept.iter().map(|row| row.id).collect();
    let reported = work::store::entry::own_among(&conn, &ids, &hand(&ctx.actor)).await?;
    out.accept.retain(|row| !reported.contains(&row.id));
    Ok(())
}
