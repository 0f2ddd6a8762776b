//! A body asks for more time; who follows the plan grants or refuses it.

use crate::ids::{ExtensionId, PartId};
use db::{Entry, Words};
use jiff::civil::Date;
use kernel::{Ctx, Problem};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{model::hands, usecase::behalf},
    work::{
        model::change::{Act, apply},
        store::{self, extension::ExtensionRow, part::PartRow},
        usecase::part_act::{due_row, entry, in_force, part_for, write},
    },
};

pub async fn extension_ask(
    core: &Core,
    ctx: &Ctx,
    part: PartId,
    due: Date,
    reason: &str,
    on_behalf: bool,
) -> Result<ExtensionId, Problem> {
    let part = &part_for(core, ctx, part, "part.finish").await?;
    let acted_by = behalf::chosen(core, ctx, part.unit(), on_behalf)?;
    if reason.trim().is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let old: Option<Date> = part.due_on.as_deref().and_then(|day| day.parse().ok());
    if old.is_some_and(|old| due <= old) || due < ctx.today() {
        return Err(Problem::bad_input("extension-day").field("due", "extension-day"));
    }
    if part.done_on.is_some() || part.stopped_on.is_some() {
        return Err(Error::NotOpen.into());
    }
    let open = store::extension::list(&core.db().read(), part.id()).await?;
    if open.iter().any(|row| row.state == "asked") {
        return Err(Problem::new(kernel::ProblemKind::Conflict, "extension-asked"));
    }
    let row = &ExtensionRow {
        id: ctx.new_id::<crate::ids::Extension>().uuid(),
        part_id: part.id,
        asked_due: due.to_string(),
        reason: Words::new(reason),
        asked_at: ctx.now().as_microsecond(),
        hand: Some(hands::hand(&ctx.actor)),
        acted_by: acted_by.map(|unit| unit.uuid()),
        state: "asked".into(),
        answer: None,
        answered_at: None,
        rev: 1,
    };
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, part.plan()).await?;
            let now = store::part::held(&tx, part.id()).await?;
            if now.is_none_or(|part| part.done_on.is_some() || part.stopped_on.is_some()) {
                return Err(Error::NotOpen.into());
            }
            store::extension::insert(&tx, row).await.map_err(|error| error.or_taken("extension-asked"))?;
            let detail = json!({ "due_on": row.asked_due, "acted_by": acted_by.map(|unit| unit.to_string()) });
            tx.ledger(Entry::new("extension.ask", part.id()).unit(part.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(ExtensionId::from_uuid(row.id))
}

/// What becomes of a request. The body may withdraw it; the rest is for who follows the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Grant,
    Refuse,
    Withdraw,
}

pub async fn extension_answer(
    core: &Core,
    ctx: &Ctx,
    id: ExtensionId,
    rev: i64,
    answer: Answer,
    words: &str,
) -> Result<PartRow, Problem> {
    let asked = &store::extension::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let action = if answer == Answer::Withdraw { "part.finish" } else { "part.check" };
    let part = part_for(core, ctx, PartId::from_uuid(asked.part_id), action).await?;
    if asked.state != "asked" {
        return Err(Error::AlreadyAnswered.into());
    }
    if answer == Answer::Grant && hands::is_own(&ctx.actor, asked.hand.as_deref(), "") {
        return Err(Error::FourEyes("four-eyes-extension").into());
    }
    if answer == Answer::Refuse && words.trim().is_empty() {
        return Err(Error::Empty("answer").into());
    }
    let day: Date = asked.asked_due.parse().map_err(Problem::internal)?;
    let act = &Act::Due { day, reason: asked.reason.clone().into_string() };
    let after = &if answer == Answer::Grant { Some(apply(&part.fields(), act, ctx.today())?) } else { None };
    let (subject, state) = match answer {
        Answer::Grant => (&part, "granted"),
        Answer::Refuse => (&part, "refused"),
        Answer::Withdraw => (&part, "withdrawn"),
    };
    let line = &entry(core, ctx, subject, act, &subject.fields())?;
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, subject.plan()).await?;
            // Whoever asks or answers holds the part first: what is read of the request stays.
            store::part::held(&tx, subject.id()).await?;
            let now = store::extension::get(&tx, id).await?;
            if now.is_none_or(|asked| asked.state != "asked") {
                return Err(Error::AlreadyAnswered.into());
            }
            let words = Some(words.trim()).filter(|words| !words.is_empty());
            if !store::extension::answer_set(&tx, id, rev, state, words, Some(ctx.now().as_microsecond())).await? {
                return Err(Problem::stale());
            }
            if let Some(after) = after {
                write(&tx, subject, subject.rev, after).await?;
                store::entry::insert(&tx, line).await?;
                store::step::due_insert(&tx, &due_row(ctx, subject, after, &asked.reason)).await?;
            }
            let rev = after.as_ref().map(|_| subject.rev + 1);
            let detail = json!({ "state": state, "due_on": asked.asked_due, "rev": rev });
            tx.ledger(Entry::new("extension.answer", subject.id()).unit(subject.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(part)
}
