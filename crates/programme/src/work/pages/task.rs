//! The page of one task: its sentence, its parts, what was done on the one in focus, its source and history.

use crate::ids::{PartId, TaskId};
use axum::extract::Path;
use kernel::{PlanId, Problem, UnitId};
use minijinja::{Value, context};
use webkit::{Acted, Outcome, Req, view};

use crate::{
    BodiesPort,
    plans::{
        self,
        model::authority::is_unconfirmed,
        usecase::{behalf, names::issuer},
    },
    work::{
        model::outcome::{kind, missing},
        pages::{changed, difficulties, questions, register::line},
        store::{self, entry::EntryRow, evidence::EvidenceRow, extension::ExtensionRow, held::Held, part::PartRow},
        usecase::{
            authority::names,
            contact::contact,
            evidence::{evidence_of, figures},
            part_act::{resource, second_person},
            part_undo::{may_undo, right},
        },
    },
};

const ENTRIES: u64 = 50;

pub async fn show(req: Req, Path(id): Path<TaskId>) -> Outcome {
    let wanted = req.query("part").and_then(|id| id.parse().ok());
    let page = page(&req, id, wanted).await?;
    let names_somebody = page.get_attr("contact").is_ok_and(|contact| contact.is_true());
    let shown = req.page("programme/task.html", page).await?;
    // A telephone is kept by no browser and no proxy.
    if names_somebody { Req::not_kept(shown) } else { Ok(shown) }
}

pub(crate) async fn page(req: &Req, id: TaskId, wanted: Option<PartId>) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let task = store::task::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = plans::store::plan::get(&conn, PlanId::from_uuid(task.plan_id)).await?.ok_or_else(Problem::not_found)?;
    let helpers = store::task::helpers(&conn, id).await?;
    let roles = plans::store::role::list(&conn, plan.id()).await?;
    let parts = store::part::of_task(&conn, task.id).await?;
    let authorizer = req.app.authorizer();
    let visible: Vec<&PartRow> = parts
        .iter()
        .filter(|part| authorizer.check(&req.ctx, "task.read", &resource(part, &helpers, &roles)).is_ok())
        .collect();
    if visible.is_empty() && !parts.is_empty() {
        return Err(Problem::forbidden());
    }
    let is_over = plan.state != "live";
    let may = |part: &PartRow, action: &'static str| {
        let over = is_over && action.starts_with("part.");
        !over && authorizer.check(&req.ctx, action, &resource(part, &[], &roles)).is_ok()
    };
    let focus = wanted
        .and_then(|id| visible.iter().find(|part| part.id == id.uuid()))
        .or_else(|| visible.iter().find(|part| may(part, "part.finish")))
        .or(visible.first().filter(|_| visible.len() == 1));
    let work = match focus {
        Some(part) => work(req, bodies, part, task.result.as_deref().unwrap_or_default()).await?,
        None => context! {},
    };
    let rights = focus.map(|part| {
        context! { finish => may(part, "part.finish"), check => may(part, "part.check"), ask => may(part, "question.ask") }
    });
    let changed = changed::of_task(req, &plan, &task).await?;
    // Parts that end with their plan end as it did: withdrawn, or disowned by the body in whose name it stood.
    let stopped = focus.and_then(|part| part.stop_kind.as_deref());
    let stopped = stopped.map(|kind| if kind == "withdrawn" && plan.is_disowned() { "disowned" } else { kind });
    let held: Vec<UnitId> = store::held::of_task(&conn, id).await?.iter().map(Held::unit).collect();
    let page = context! {
        held => names(&req.app, &held), issuer => issuer(bodies, &plan), unconfirmed => is_unconfirmed(bodies.as_ref(), &plan.standing()),
        task => context! {
            id => id.to_string(), text => task.text, section => task.section, time => task.time_raw, result => task.result, quote => task.quote,
            coordinating => task.coordinating, start => task.source_start,
        },
        plan => context! { id => plan.id().to_string(), label => plan.short_label() },
        follower => bodies.body(plan.follower()).map(|body| body.name), today => req.ctx.today().to_string(),
        focus => focus.map(|part| line(req, bodies, part)), stopped, may => rights, removed => req.query("removed"),
        parts => visible.iter().map(|part| line(req, bodies, part)).collect::<Vec<_>>(), hidden => parts.len() - visible.len(),
    };
    Ok(context! { ..page, ..work, ..changed })
}

/// Everything that happened on one part.
async fn work(req: &Req, bodies: &BodiesPort, part: &PartRow, result: &str) -> Result<Value, Problem> {
    let conn = req.app.db().read();
    let entries = store::entry::list(&conn, part.id(), ENTRIES).await?;
    let short = |unit| bodies.body(UnitId::from_uuid(unit)).map(|body| body.short_name);
    let own = bodies.body(part.unit()).map(|body| body.short_name);
    let behalf = behalf::acting(&req.app, &req.ctx, part.unit()).and_then(|unit| short(unit.uuid()));
    let standing = store::evidence::list(&conn, part.id()).await?;
    let ids: Vec<uuid::Uuid> = standing.iter().map(|row| row.id).collect();
    // The last act, where the reader may undo it: by which right.
    let last = entries.iter().find(|entry| entry.undone_at.is_none());
    let last = match last {
        Some(last) if may_undo(&req.ctx, part, last, &ids)? => Some((last.id, right(last))),
        _ => None,
    };
    let kind = kind(result);
    let missing = missing(kind, &standing);
    let evidence = evidence_of(&conn, &req.ctx, part.id()).await?;
    let extensions = store::extension::list(&conn, part.id()).await?;
    let acts = acts(part, &entries, &evidence, &extensions);
    let mut who = req.app.who(&acts).await?.into_iter();
    let entries: Vec<Value> = entries
        .iter()
        .zip(who.by_ref())
        .map(|(entry, who)| {
            let id = crate::ids::EntryId::from_uuid(entry.id).to_string();
            context! { id, who => view(who), kind => entry.kind.clone(), at => entry.at, percent => entry.percent, text => entry.text.as_str(), acted_by => entry.acted_by.and_then(short), undone => entry.undone_at.is_some(), undo => last.filter(|(id, _)| *id == entry.id).map(|(_, right)| right.trim_start_matches("part.")) }
        })
        .collect();
    let evidence: Vec<Value> = evidence
        .iter()
        .zip(who.by_ref())
        .map(|(row, who)| {
            let id = crate::ids::EvidenceId::from_uuid(row.id).to_string();
            context! { id, who => view(who), at => row.at, kind => row.kind.clone(), label => row.label.as_str(), number => row.number.as_deref(), day => row.day.clone(), link => row.link.clone(), file_name => row.file_name.as_deref(), unchecked => row.unchecked, signed => row.number.as_ref().and(row.signed.as_deref()), identities => row.personal(), unread => row.is_unread(), acted_by => row.acted_by.and_then(short) }
        })
        .collect();
    let steps = store::step::list(&conn, part.id()).await?;
    let steps_done = steps.iter().filter(|step| step.done_on.is_some()).count();
    let steps: Vec<Value> = steps
        .iter()
        .map(|step| context! { id => crate::ids::StepId::from_uuid(step.id).to_string(), ..view(step.clone()) })
        .collect();
    let extensions: Vec<Value> = extensions
        .iter()
        .zip(who)
        .map(|(row, who)| {
            let id = crate::ids::ExtensionId::from_uuid(row.id).to_string();
            context! { id, who => view(who), by => row.acted_by.and_then(short), ..view(row.clone()) }
        })
        .collect();
    let difficulties = store::difficulty::of_part(&conn, part.id()).await?;
    let questions = store::question::of_part(&conn, part.id()).await?;
    let history = webkit::history(&req.app, &req.ctx, &part.id().to_string(), 20).await?;
    let is_own = second_person(&req.ctx, &conn, part.id(), "four-eyes-part").await.is_err();
    let figures = figures(&req.app, part, req.ctx.today()).await?;
    let figures = figures.into_iter().map(|(id, text)| context! { value => id.to_string(), text });
    let helpers = store::task::own_helpers(&conn, part.id()).await?;
    let contact = contact(&req.app, &req.ctx, part.id()).await?.map(view);
    let told = req.app.reminded().told(&[part.id().to_string()]).await?;
    Ok(context! {
        is_own, contact, done_more => behalf_done(req, behalf.as_deref(), own.as_deref()), behalf, own_short => own, told => view(told), figures => figures.collect::<Vec<_>>(), helpers => helpers.iter().map(|unit| context! { id => unit.to_string(), name => bodies.body(*unit).map(|body| body.name) }).collect::<Vec<_>>(),
        entries, evidence, steps, steps_done, extensions, missing, result_kind => kind.code(), dues => view(store::step::due_list(&conn, part.id()).await?),
        difficulties => difficulties.iter().map(|row| difficulties::line(req, bodies, row)).collect::<Vec<_>>(),
        questions => questions.iter().map(|row| questions::line(req, bodies, row)).collect::<Vec<_>>(), history => view(history),
    })
}

/// Messages of acts that are a body's own work.
const OWN_WORK: [&str; 6] =
    ["progress-noted", "part-done", "part-reopened", "evidence-added", "evidence-personal", "extension-asked"];

/// What the message of an act adds where it was done for another body.
fn behalf_done(req: &Req, by: Option<&str>, own: Option<&str>) -> String {
    let is_own_work = req.query("done").is_some_and(|done| OWN_WORK.contains(&done.as_str()));
    let Some((by, own)) = by.zip(own).filter(|_| is_own_work) else { return String::new() };
    req.app.locales().text(req.ctx.lang, "behalf-done", &[("by", by.into()), ("own", own.into())])
}

/// What is asked to say who made each entry, brought each piece of evidence and asked for more time.
fn acts(part: &PartRow, entries: &[EntryRow], evidence: &[EvidenceRow], extensions: &[ExtensionRow]) -> Vec<Acted> {
    let of =
        |mark: &str, at, by: Option<uuid::Uuid>| Acted::new(mark, at, Some(by.map_or(part.unit(), UnitId::from_uuid)));
    let entries = entries.iter().map(|row| of(&row.actor, row.at, row.acted_by));
    let evidence = evidence.iter().map(|row| of(&row.actor, row.at, row.acted_by));
    let extensions =
        extensions.iter().map(|row| of(row.hand.as_deref().unwrap_or("unknown"), row.asked_at, row.acted_by));
    entries.chain(evidence).chain(extensions).collect()
}

/// The unit of the acting person's first post.
pub fn own_unit(req: &Req) -> Option<UnitId> {
    req.ctx.actor.posts().first().map(|post| post.unit)
}
