//! "Yêu cầu giải trình" on a line, and one question to many bodies: asked, answered, closed.

use crate::ids::{PartId, QuestionId};
use db::{Entry, Reader, Row as _, Words};
use jiff::civil::Date;
use kernel::{Ctx, Problem, Resource, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        self,
        model::{
            authority::{may_bring_in, may_give},
            hands,
            role::PlanRole,
        },
        usecase::behalf,
    },
    work::{
        model::question::{Question, READ},
        store::{
            self,
            part::PartRow,
            question::{Answer, AnswerRow},
        },
        usecase::{
            authority::{first_beyond, speaking},
            part_act::part_for,
        },
    },
};

/// Working days to explain in where nothing is said.
const DAYS: i32 = 3;

/// May the actor ask in the name of this unit, and close what it asked?
fn may_ask(core: &Core, ctx: &Ctx, own: UnitId) -> Result<(), Problem> {
    let resource = Resource { kind: "Task", followed_by: vec![own], ..Resource::unit(own) };
    core.authorizer().check(ctx, "question.ask", &resource)
}

fn may_answer(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<(), Problem> {
    core.authorizer().check(ctx, "question.answer", &Resource { kind: "Task", ..Resource::unit(unit) })
}

/// The first of these bodies that a unit may not ask; all where no post of the actor asks for that unit.
pub(crate) async fn beyond(core: &Core, ctx: &Ctx, own: UnitId, units: &[UnitId]) -> Result<Option<UnitId>, Problem> {
    if may_ask(core, ctx, own).is_err() {
        return Ok(units.first().copied());
    }
    first_beyond(core, own, units).await
}

/// A question as the actor sees it.
pub(crate) struct Seen {
    pub question: Question,
    /// All of them for who asked, one's own otherwise.
    pub answers: Vec<AnswerRow>,
    /// Bodies for which the actor answers.
    pub own: Vec<UnitId>,
    pub is_asker: bool,
    /// The reader asked it themselves, and therefore does not answer.
    pub is_by_reader: bool,
}

/// A question that the actor may read.
pub(crate) async fn seen(core: &Core, ctx: &Ctx, conn: &Reader, id: QuestionId) -> Result<Seen, Problem> {
    let question = Question::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, READ.action, &store::question::resource(conn, &question).await?)?;
    let is_asker = may_ask(core, ctx, question.asked_by).is_ok();
    let mut answers = store::question::answers(conn, id).await?;
    let asked = answers.iter().map(AnswerRow::unit);
    let own: Vec<UnitId> = asked.filter(|unit| may_answer(core, ctx, *unit).is_ok()).collect();
    answers.retain(|answer| is_asker || own.contains(&answer.unit()));
    let is_by_reader = hands::is_own(&ctx.actor, question.hand.as_deref(), &question.actor);
    Ok(Seen { question, answers, own, is_asker, is_by_reader })
}

/// The unit in whose name the actor asks: the first that may ask all of them.
async fn asker(core: &Core, ctx: &Ctx, units: &[UnitId]) -> Result<UnitId, Problem> {
    if ctx.actor.is_trusted() {
        return units.first().copied().ok_or_else(|| Error::Empty("units").into());
    }
    for own in speaking(ctx) {
        if beyond(core, ctx, own, units).await?.is_none() {
            return Ok(own);
        }
    }
    Err(Problem::new(kernel::ProblemKind::Forbidden, "not-under"))
}

/// The unit in whose name the actor asks about a line: that of the post that gives the right, above the body or with a
/// role in the plan.
pub(crate) async fn explainer(core: &Core, ctx: &Ctx, part: &PartRow) -> Result<UnitId, Problem> {
    if ctx.actor.is_trusted() {
        return Ok(UnitId::from_uuid(part.follower_id));
    }
    let bodies = core.bodies().as_ref();
    let plan = part.standing();
    let roles = plans::store::role::list(&core.db().read(), part.plan()).await?;
    let follows =
        |own: &UnitId| roles.contains(&(*own, PlanRole::Follows)) && may_bring_in(bodies, *own, part.unit(), &plan);
    let mut posts = speaking(ctx);
    let asks = posts.find(|own| may_give(bodies, *own, part.unit(), Some(&plan)) || follows(own));
    asks.ok_or_else(|| Problem::new(kernel::ProblemKind::Forbidden, "not-under"))
}

fn row(core: &Core, ctx: &Ctx, asked_by: UnitId, text: &str, due: Option<Date>) -> Result<Question, Problem> {
    if text.trim().is_empty() {
        return Err(Error::Empty("text").into());
    }
    if due.is_some_and(|due| due < ctx.today()) {
        return Err(Problem::bad_input("past-day").field("due_on", "past-day"));
    }
    let usual = core.times().calendar().add(ctx.today(), DAYS);
    Ok(Question {
        id: ctx.new_id::<crate::ids::Question>(),
        plan: None,
        part: None,
        asked_by,
        actor: ctx.actor.pseudonym(),
        hand: Some(hands::hand(&ctx.actor)),
        text: Words::new(text),
        due_on: Some(due.unwrap_or(usual)),
        asked_at: ctx.now().as_microsecond(),
        closed_at: None,
        rev: 1,
    })
}

async fn store_it(core: &Core, ctx: &Ctx, row: Question, units: &[UnitId]) -> Result<QuestionId, Problem> {
    let (id, row) = (row.id, &row);
    core.db()
        .write(ctx, |tx| async move {
            store::question::insert(&tx, row, units).await.map_err(|error| error.or_taken("question-open"))?;
            let detail = json!({ "part": row.part, "units": units.len(), "due_on": row.due_on });
            tx.ledger(Entry::new("question.ask", id).unit(row.asked_by).detail(detail));
            Ok(())
        })
        .await?;
    Ok(id)
}

/// Asks the body of a line to explain it.
pub async fn explain_ask(
    core: &Core,
    ctx: &Ctx,
    part: PartId,
    text: &str,
    due: Option<Date>,
) -> Result<QuestionId, Problem> {
    let part = part_for(core, ctx, part, "question.ask").await?;
    let own = explainer(core, ctx, &part).await?;
    let row = Question { plan: Some(part.plan()), part: Some(part.id()), ..row(core, ctx, own, text, due)? };
    store_it(core, ctx, row, &[part.unit()]).await
}

/// Asks one question of many bodies.
pub async fn question_ask(
    core: &Core,
    ctx: &Ctx,
    units: &[UnitId],
    text: &str,
    due: Option<Date>,
) -> Result<QuestionId, Problem> {
    let mut units = units.to_vec();
    units.sort_unstable();
    units.dedup();
    if units.is_empty() {
        return Err(Error::Empty("units").into());
    }
    let asked_by = asker(core, ctx, &units).await?;
    store_it(core, ctx, row(core, ctx, asked_by, text, due)?, &units).await
}

/// A body answers, or with no words takes its answer back.
pub async fn question_answer(
    core: &Core,
    ctx: &Ctx,
    id: QuestionId,
    unit: UnitId,
    text: &str,
    on_behalf: bool,
) -> Result<(), Problem> {
    let asked = Question::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    may_answer(core, ctx, unit)?;
    if hands::is_own(&ctx.actor, asked.hand.as_deref(), &asked.actor) {
        return Err(Error::FourEyes("four-eyes-answer").into());
    }
    match Words::some(text) {
        Some(text) => answer_give(core, ctx, id, unit, text, on_behalf).await,
        None => answer_take_back(core, ctx, id, unit).await,
    }
}

async fn answer_give(
    core: &Core,
    ctx: &Ctx,
    id: QuestionId,
    unit: UnitId,
    text: Words,
    on_behalf: bool,
) -> Result<(), Problem> {
    let acted_by = behalf::chosen(core, ctx, unit, on_behalf)?;
    let at = ctx.now().as_microsecond();
    let (actor, hand) = (ctx.actor.pseudonym(), hands::hand(&ctx.actor));
    let answer = &Answer { text, at, actor, hand, acted_by };
    core.db()
        .write(ctx, |tx| async move {
            still_open(&tx, id).await?;
            if !store::question::answer_set(&tx, id, unit, Some(answer)).await? {
                return Err(Problem::forbidden());
            }
            tx.ledger(Entry::new("question.answer", id).unit(unit).detail(json!({ "acted_by": acted_by })));
            Ok(())
        })
        .await
}

/// Only who gave an answer takes it back: nobody above empties what a body said.
async fn answer_take_back(core: &Core, ctx: &Ctx, id: QuestionId, unit: UnitId) -> Result<(), Problem> {
    let acted_by = behalf::acting(core, ctx, unit);
    core.db()
        .write(ctx, |tx| async move {
            still_open(&tx, id).await?;
            let given = store::question::answer_held(&tx, id, unit).await?.ok_or_else(Problem::forbidden)?;
            if given.answered_at.is_none() {
                return Err(Error::Empty("text").into());
            }
            if !hands::is_taker(&ctx.actor, given.hand.as_deref(), given.actor.as_deref().unwrap_or_default()) {
                return Err(Error::FourEyes("undo-not-yours").into());
            }
            store::question::answer_set(&tx, id, unit, None).await?;
            tx.ledger(Entry::new("question.take_back", id).unit(unit).detail(json!({ "acted_by": acted_by })));
            Ok(())
        })
        .await
}

async fn still_open(tx: &db::Tx, id: QuestionId) -> Result<(), Problem> {
    if store::question::is_open(tx, id).await? { Ok(()) } else { Err(Error::AlreadyAnswered.into()) }
}

/// Who asked closes the question, or opens it again.
pub async fn question_close(core: &Core, ctx: &Ctx, id: QuestionId, rev: i64, close: bool) -> Result<(), Problem> {
    let asked = Question::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    may_ask(core, ctx, asked.asked_by)?;
    Problem::stale_unless(asked.rev == rev)?;
    let closed = &Question { closed_at: close.then(|| ctx.now().as_microsecond()), ..asked };
    core.db()
        .write(ctx, |tx| async move {
            closed.keep(&tx).await?;
            tx.ledger(Entry::new(if close { "question.close" } else { "question.reopen" }, id).unit(closed.asked_by));
            Ok(())
        })
        .await
}
