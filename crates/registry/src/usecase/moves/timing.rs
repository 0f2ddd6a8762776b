//! The days of a project: when its steps are due, and whether it was announced early enough.

use jiff::civil::Date;
use kernel::{Calendar, Ctx, Problem};
use webkit::Core;

use crate::model::moves::{Anchor, Checklists, Migration, Plan, StepText, latest_notice, notice_refused};

/// When a step is due in a project whose system stops in this window; `back` is the day on which it went back.
pub fn due(
    step: &StepText,
    window: (Option<Date>, Option<Date>),
    back: Option<Date>,
    calendar: &Calendar,
) -> Option<Date> {
    let from = match step.due.from {
        Anchor::Begins => window.0,
        Anchor::Ends => window.1.or(window.0),
        Anchor::Return => back,
    };
    from.map(|day| calendar.add(day, step.due.working_days))
}

/// When a step of the work of a project is due. A day before the project was opened is none: nobody could have kept it.
pub fn due_in(step: &StepText, row: &Migration, calendar: &Calendar) -> Option<Date> {
    let day = due(step, (row.window_begins, row.window_ends), None, calendar)?;
    row.opened_on().is_none_or(|opened| day >= opened).then_some(day)
}

/// Refuses an announcement of a day to come, and one that comes too late for its window.
pub fn check_notice(core: &Core, ctx: &Ctx, plan: &Plan) -> Result<(), Problem> {
    let Some(on) = plan.announced_on else { return Ok(()) };
    if on > ctx.today() {
        return Err(
            Problem::bad_input("migration-announced-to-come").field("announced_on", "migration-announced-to-come")
        );
    }
    let Some(begins) = plan.window_begins else { return Ok(()) };
    let calendar = &core.times().calendar();
    if on > latest_notice(begins, Checklists::shipped(), calendar) {
        let problem = Problem::bad_input("migration-notice-late");
        let problem = notice_refused(problem, plan.window_begins, calendar, ctx.lang);
        return Err(problem.field("announced_on", "migration-notice-late"));
    }
    Ok(())
}
