//! Pauses a task, ends it, or has it followed again, for all its bodies at once.

use jiff::civil::Date;
use kernel::{Ctx, Problem};
use webkit::Core;

use crate::{
    Error,
    ids::{ChangeId, TaskId},
    work::{
        model::amend::{PartImage, Stop},
        usecase::{
            change::{Making, make, standing},
            told::people,
        },
    },
};

#[derive(Debug, Clone)]
pub struct Stopping {
    /// The revision that was read.
    pub rev: i64,
    pub act: Stop,
    /// Why.
    pub reason: String,
    /// The day from which it holds; today where none is said.
    pub day: Option<Date>,
    /// Number of the document that says so, where there is one.
    pub number: String,
}

/// The day of an official act: not one that is to come.
pub(crate) fn held_from(ctx: &Ctx, day: Option<Date>) -> Result<Date, Problem> {
    let day = day.unwrap_or_else(|| ctx.today());
    if day > ctx.today() { Err(Problem::bad_input("future-day").field("day", "future-day")) } else { Ok(day) }
}

pub async fn task_stop(core: &Core, ctx: &Ctx, id: TaskId, given: &Stopping) -> Result<ChangeId, Problem> {
    let of = standing(core, ctx, id).await?;
    Problem::stale_unless(of.rev == given.rev)?;
    let (reason, day) = (given.reason.trim(), held_from(ctx, given.day)?);
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let steps = given.act.steps(&of.parts, &day.to_string());
    if steps.is_empty() {
        return Err(if given.act == Stop::Resume { Error::NotStopped } else { Error::NotOpen }.into());
    }
    let concerned: Vec<_> = steps.iter().map(|(part, _)| PartImage::unit(part)).chain([of.plan.follower()]).collect();
    let short: String = of.task.text.chars().take(160).collect();
    let key = format!("told-task-{}", given.act.code());
    let words = core.locales().text(kernel::Lang::Vi, &key, &[("text", short.into()), ("reason", reason.into())]);
    let making = Making {
        kind: given.act.code(),
        reason: reason.to_owned(),
        day: Some(day.to_string()),
        number: Some(given.number.trim().to_owned()).filter(|number| !number.is_empty()),
        parts: steps.into_iter().map(|step| (step, reason.to_owned())).collect(),
        told: people(core, ctx, &concerned, &words, &format!("/tasks/{id}")).await?,
        ..Making::default()
    };
    make(core, ctx, &of, &making).await
}
