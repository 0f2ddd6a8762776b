//! A receiver beside the one that gathers enters a report, accepts or returns it; what the others do stays theirs.

use db::{Entry, Words};
use kernel::{Colleague, Ctx, Problem, Resource, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    ids::ReportId,
    plans::model::hands::{self, Hands},
    reporting::{
        model::{
            desk::{Desk, Turn},
            reception::{ReceptionAct, next},
        },
        store::{
            self,
            reception::{ReceptionRow, WaitingRow},
            report::ReportRow,
        },
        usecase::report_act::not_replaced,
    },
};

/// The report as one of its receivers has it: where that was merged away, its successor.
fn resource(core: &Core, report: ReportId, receiver: UnitId) -> Resource {
    let followed_by = vec![core.bodies().today(receiver)];
    Resource { kind: "Report", id: report.to_string(), followed_by, ..Resource::default() }
}

/// Does the actor take in or accept reports at one of the bodies to which this one went?
pub(crate) fn receives(core: &Core, ctx: &Ctx, report: &ReportRow, others: &[UnitId]) -> bool {
    let may = |unit: UnitId| {
        let of = resource(core, report.id(), unit);
        ["report.receive", "report.take_in"].iter().any(|action| core.authorizer().check(ctx, action, &of).is_ok())
    };
    report.receiver().into_iter().chain(others.iter().copied()).any(may)
}

/// Whose step it is at that receiver.
pub(crate) async fn turn(
    core: &Core,
    ctx: &Ctx,
    report: &ReportRow,
    receiver: UnitId,
    desk: Desk,
) -> Result<Turn, Problem> {
    let unit = core.bodies().today(receiver);
    let people = core.colleagues().in_units(ctx.today(), &[unit]).await?;
    Ok(Turn::new(desk, unit, &people, &Hands::read(report.hands.as_deref())))
}

fn desk(act: &ReceptionAct) -> Desk {
    if matches!(act, ReceptionAct::TakeIn { .. }) { Desk::TakeIn } else { Desk::Receive }
}

/// Why the actor does not take this step there; an error where it is not their body at all.
pub(crate) async fn may(
    core: &Core,
    ctx: &Ctx,
    report: &ReportRow,
    row: &ReceptionRow,
    act: &ReceptionAct,
) -> Result<(), Problem> {
    core.authorizer().check(ctx, act.right(), &resource(core, report.id(), row.unit()))?;
    if *act == ReceptionAct::Reconsider {
        let is_taker = hands::is_taker(&ctx.actor, row.hand.as_deref(), "");
        return if is_taker { Ok(()) } else { Err(Error::FourEyes("undo-not-yours").into()) };
    }
    let turn = turn(core, ctx, report, row.unit(), desk(act)).await?;
    match turn.refusal(&ctx.actor, &Hands::read(report.hands.as_deref())) {
        Some(code) => Err(Problem::from(Error::FourEyes(code)).with("names", turn.names().0.join(", "))),
        None => Ok(()),
    }
}

/// Which step at its receiver a report waits for that the actor takes; none where others take it. `people`: of that body.
pub(crate) fn desk_open(core: &Core, ctx: &Ctx, row: &WaitingRow, people: &[Colleague]) -> Option<Desk> {
    let (report, receiver) = (ReportId::from_uuid(row.report_id), UnitId::from_uuid(row.unit_id));
    let (unit, of) = (core.bodies().today(receiver), resource(core, report, receiver));
    let hands = Hands::read(row.hands.as_deref());
    let is_open = |desk: &Desk| {
        core.authorizer().check(ctx, desk.right(), &of).is_ok()
            && Turn::new(*desk, unit, people, &hands).refusal(&ctx.actor, &hands).is_none()
    };
    let entering = Some(Desk::TakeIn).filter(|_| row.received_on.is_none());
    entering.into_iter().chain([Desk::Receive]).find(is_open)
}

/// Takes a step at one receiver, over the revision that its reader saw.
///
/// # Errors
/// Where the report did not go there, the actor may not, or the step does not follow.
pub async fn reception_act(
    core: &Core,
    ctx: &Ctx,
    id: ReportId,
    receiver: UnitId,
    rev: i64,
    act: &ReceptionAct,
) -> Result<(), Problem> {
    let conn = core.db().read();
    let report = store::report::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let rows = store::reception::of_report(&conn, id).await?;
    let mut row = rows.into_iter().find(|row| row.unit() == receiver).ok_or_else(Problem::not_found)?;
    may(core, ctx, &report, &row, act).await?;
    let state = next(&row.state, act).ok_or(Error::WrongState)?;
    Problem::stale_unless(row.rev == rev)?;
    match act {
        ReceptionAct::TakeIn { number } if number.is_empty() => return Err(Error::Empty("number").into()),
        ReceptionAct::Return { remarks } if remarks.is_empty() => return Err(Error::Empty("remarks").into()),
        ReceptionAct::TakeIn { number } => {
            (row.number, row.received_on) = (Words::some(number), Some(ctx.today().to_string()));
        }
        ReceptionAct::Return { remarks } => row.remarks = Words::some(remarks),
        ReceptionAct::Accept | ReceptionAct::Reconsider => row.remarks = None,
    }
    if !matches!(act, ReceptionAct::TakeIn { .. }) {
        row.hand = Some(hands::hand(&ctx.actor));
    }
    (row.state, row.at) = (state.to_owned(), ctx.now().as_microsecond());
    let row = &row;
    core.db()
        .write(ctx, |tx| async move {
            not_replaced(&tx, id).await?;
            if !store::reception::save(&tx, row, rev).await? {
                return Err(Problem::stale());
            }
            let detail = json!({ "receiver": receiver.to_string(), "state": row.state, "received": row.number });
            tx.ledger(Entry::new(act.ledger(), id).unit(receiver).detail(detail));
            Ok(())
        })
        .await
}
