//! Whom a report waits for.

use kernel::{Colleague, Ctx, Problem, UnitId};
use webkit::Core;

use crate::{
    plans::model::hands::Hands,
    reporting::{
        model::desk::{Desk, Turn, desk_of},
        store::report::ReportRow,
    },
};

/// The bodies whose people have something to do with a report: its own and its receiver.
pub(crate) fn bodies_of(core: &Core, row: &ReportRow) -> Vec<UnitId> {
    let bodies = core.bodies();
    std::iter::once(row.unit()).chain(row.receiver()).map(|unit| bodies.today(unit)).collect()
}

/// The next step, and whose it is; none where nothing is left to do.
pub(crate) fn turn_among(core: &Core, row: &ReportRow, people: &[Colleague]) -> Option<Turn> {
    let hands = Hands::read(row.hands.as_deref());
    let at = |desk, unit| Turn::new(desk, core.bodies().today(unit), people, &hands);
    if let Some(desk) = desk_of(&row.state) {
        return Some(at(desk, row.unit()));
    }
    let receiver = row.receiver().filter(|_| row.state == "issued")?;
    let entering = Some(at(Desk::TakeIn, receiver)).filter(|turn| row.received_on.is_none() && !turn.people.is_empty());
    Some(entering.unwrap_or_else(|| at(Desk::Receive, receiver)))
}

pub(crate) async fn turn(core: &Core, ctx: &Ctx, row: &ReportRow) -> Result<Option<Turn>, Problem> {
    let people = core.colleagues().in_units(ctx.today(), &bodies_of(core, row)).await?;
    Ok(turn_among(core, row, &people))
}

/// One step's turn, whichever it is that the report waits for.
pub(crate) async fn turn_at(core: &Core, ctx: &Ctx, row: &ReportRow, desk: Desk) -> Result<Turn, Problem> {
    let people = core.colleagues().in_units(ctx.today(), &bodies_of(core, row)).await?;
    let of_receiver = matches!(desk, Desk::TakeIn | Desk::Receive);
    let unit = if of_receiver { row.receiver().unwrap_or(row.unit()) } else { row.unit() };
    Ok(Turn::new(desk, core.bodies().today(unit), &people, &Hands::read(row.hands.as_deref())))
}
