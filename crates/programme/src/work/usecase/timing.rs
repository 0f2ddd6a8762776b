//! When a part starts and falls due, from words about time.

use kernel::{Ctx, Problem, UnitId, text};
use plan_reader::Time;
use uuid::Uuid;
use webkit::Core;

use crate::{
    plans::model::frame,
    work::{
        model::{
            amend::PartImage,
            clock::{self, Clock},
        },
        store::part::NewPart,
        usecase::change::Standing,
    },
};

/// When a part starts and falls due.
#[derive(Debug, Clone)]
pub(crate) struct Timing {
    time: Time,
    clock: Option<Clock>,
}

impl Timing {
    pub fn read(ctx: &Ctx, typed: &str) -> Result<Self, Problem> {
        let typed = typed.trim();
        let time = plan_reader::parse_time(typed);
        let clock = clock::read(typed, ctx.today().at(8, 0, 0, 0));
        if !typed.is_empty() && clock.is_none() && time.kind.is_none() {
            return Err(Problem::bad_input("due-unclear").with("words", typed).field("time", "due-unclear"));
        }
        Ok(Self { time, clock })
    }

    /// Of words that a plan has: what says nothing of a day stays without one.
    pub fn of(ctx: &Ctx, words: &str) -> Self {
        Self::read(ctx, words).unwrap_or_else(|_| Self { time: plan_reader::parse_time(words.trim()), clock: None })
    }

    pub fn kind(&self) -> &'static str {
        if self.clock.is_some() && self.time.kind.is_none() { "month" } else { frame::kind_code(&self.time) }
    }

    fn due(&self, core: &Core, unit: UnitId) -> Option<String> {
        let times = core.times();
        self.clock.map(|clock| clock.deadline(&times.calendar(), times.hours(unit)).due.to_string())
    }

    fn start(&self) -> Option<String> {
        frame::start(&self.time).map(|day| day.to_string())
    }

    /// The part with these days.
    pub fn on(&self, core: &Core, part: &PartImage) -> PartImage {
        let (clock_from, clock_days) = match self.clock {
            Some(Clock::Within { from, days }) => (Some(from.to_string()), Some(i64::from(days))),
            Some(Clock::Before(_) | Clock::By(_)) | None => (None, None),
        };
        PartImage {
            time_kind: self.kind().to_owned(),
            start_on: self.start(),
            due_on: self.due(core, part.unit()),
            clock: self.clock.map(|clock| clock.code().to_owned()),
            clock_from,
            clock_days,
            ..part.clone()
        }
    }
}

/// A part for a body, in its place in the plan.
pub(crate) fn new_part(
    core: &Core,
    ctx: &Ctx,
    of: &Standing,
    task: Uuid,
    position: i64,
    unit: UnitId,
    timing: &Timing,
) -> NewPart {
    let unit_sort = core.bodies().body(unit).map(|body| body.sort).unwrap_or_default();
    NewPart {
        id: ctx.new_id::<crate::ids::Part>(),
        task,
        plan: of.plan.id,
        unit,
        sort_plan: format!("{:016}-{position:06}-{}", of.plan.created_at, text::fold(&unit_sort)),
        unit_sort,
        time_kind: timing.kind().to_owned(),
        start_on: timing.start(),
        due_on: timing.due(core, unit),
        clock: timing.clock,
    }
}
