//! The steps of a report: drafted, checked, approved (and so sealed), issued with a number, accepted or returned.

use crate::ids::ReportId;

use db::{Entry, Words};
use kernel::{Actor, Ctx, Problem, ProblemKind, Resource};
use serde_json::json;
use webkit::{Core, LettersPort};

use crate::{
    Error,
    plans::{
        model::{hands::Hands, meanwhile::is_as_before},
        usecase::{behalf, meanwhile},
    },
    reporting::{
        model::{
            desk::{Desk, Turn},
            step::{ReportAct, next},
        },
        store::{self, report::ReportRow},
        usecase::{
            outside_letters::report_came, report_compare::compare_later, report_content::content_of,
            report_turn::turn_at,
        },
    },
    work::usecase::evidence::{LIMIT, check_paper, keep, name_blob},
};

/// A report as the policies see it.
pub(crate) fn resource(core: &Core, row: &ReportRow) -> Resource {
    store::report_register::resource(core, row.id(), row.unit(), row.receiver())
}

pub(crate) async fn report_for(
    core: &Core,
    ctx: &Ctx,
    id: ReportId,
    action: &'static str,
) -> Result<ReportRow, Problem> {
    let conn = core.db().read();
    let row = store::report::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let mut of = resource(core, &row);
    // To read it is given to each of its receivers; its steps on the receiving side are those of the one that gathers.
    if action == "report.read" {
        of = store::report_register::with_others(core, of, &store::reception::receivers(&conn, id).await?);
    }
    core.authorizer().check(ctx, action, &of)?;
    Ok(row)
}

/// The first version is bound by the lock of its period; a correction was asked for after it. Asked inside the act, which
/// then keeps the period as it is.
pub(crate) async fn not_locked(tx: &db::Tx, row: &ReportRow) -> Result<(), Problem> {
    let periods = store::duty::kept_periods(tx, row.id).await?;
    let locked = !row.consolidated && row.version == 1 && !periods.is_empty();
    if locked && periods.iter().all(|period| period.state == "locked") {
        return Err(Error::PeriodClosed.into());
    }
    Ok(())
}

/// What is said of an older version would reach nobody: its sender is shown the newest that they sent. Nobody sends that
/// before the act is over.
pub(crate) async fn not_replaced(tx: &db::Tx, id: ReportId) -> Result<(), Problem> {
    store::reception::hold_newer(tx, id).await?;
    if store::reception::is_replaced(tx, id).await? {
        return Err(Problem::new(ProblemKind::Conflict, "reception-replaced"));
    }
    Ok(())
}

/// Whether an act leads back from the last step, and who asks is the one who took that.
pub(crate) fn is_own_step_back(actor: &Actor, row: &ReportRow, hands: &Hands, act: &ReportAct) -> bool {
    next(&row.state, act).is_some() && hands.is_taker(&row.state, actor)
}

/// Takes a step over revision `rev`. `on_behalf`: who hands the report in chose to do so for a body in which they hold no
/// post; the other steps are their takers' own right.
pub async fn report_act(
    core: &Core,
    ctx: &Ctx,
    id: ReportId,
    rev: i64,
    act: &ReportAct,
    on_behalf: bool,
) -> Result<(), Problem> {
    let mut row = report_for(core, ctx, id, act.right()).await?;
    let acted_by = match act {
        ReportAct::Submit => behalf::chosen(core, ctx, row.unit(), on_behalf)?,
        _ => None,
    };
    let state = next(&row.state, act).ok_or(Error::WrongState)?;
    let mut hands = Hands::read(row.hands.as_deref());
    by_whom(core, ctx, &row, act, &mut hands).await?;
    meanwhile::seen(&core.db().read(), ctx, &id.to_string(), (rev, row.rev), is_as_meant).await?;
    let rev = row.rev;
    let (mut blob, mut sealed_at) = (None, None);
    if matches!(act, ReportAct::Submit) {
        hands.wrote(&ctx.actor);
        hands.wrote_for(acted_by);
    }
    match act {
        ReportAct::SendBack { remarks } | ReportAct::Return { remarks } if remarks.trim().is_empty() => {
            return Err(Error::Empty("remarks").into());
        }
        ReportAct::SendBack { remarks } | ReportAct::Return { remarks } => row.remarks = Some(Words::new(remarks)),
        ReportAct::Approve => {
            // All of it is of one moment: what the ledger says up to this entry.
            let moment = core.db().snapshot().await?;
            sealed_at = Some(db::ledger_number(&moment).await?);
            let sealed = content_of(core, &moment, ctx, &row).await?;
            row.sealed = Some(serde_json::to_string(&sealed).map_err(Problem::internal)?);
        }
        ReportAct::Issue { number, day, file } => {
            if number.trim().is_empty() {
                return Err(Error::Empty("number").into());
            }
            if *day > ctx.today() {
                return Err(Error::FutureDay.into());
            }
            if day.to_string() < row.from_on {
                return Err(Problem::bad_input("issued-before-period").field("issued_on", "issued-before-period"));
            }
            (row.number, row.issued_on) = (Some(number.trim().to_owned()), Some(day.to_string()));
            row.sent_on = Some(ctx.today().to_string());
            row.issued_at = Some(ctx.now().as_microsecond());
            if let Some((name, bytes)) = file {
                check_paper(name, bytes)?;
                let kept = keep(core, name, bytes, LIMIT).await?;
                (row.file_name, row.blob_hash) = (Some(Words::new(name)), Some(kept.hash.to_string()));
                row.file_signed = Some(kept.signature.code().to_owned());
                blob = Some(kept);
            }
        }
        ReportAct::TakeIn { number } => {
            if number.trim().is_empty() {
                return Err(Error::Empty("number").into());
            }
            row.received_number = Some(number.trim().to_owned());
            row.received_on = Some(ctx.today().to_string());
        }
        ReportAct::Submit | ReportAct::Check | ReportAct::Recall | ReportAct::Accept | ReportAct::Reconsider => {}
    }
    let to_draft = matches!(act, ReportAct::SendBack { .. });
    let unseal = to_draft || (matches!(act, ReportAct::Recall) && row.state == "approved");
    if unseal {
        row.sealed = None;
    }
    if unseal {
        (hands.is_checked_alone, hands.is_approved_alone) = (false, false);
    }
    // Who enters it among what came in does not take the step of who issued it.
    hands.took(if matches!(act, ReportAct::TakeIn { .. }) { "taken_in" } else { state }, &ctx.actor);
    row.hands = Some(serde_json::to_string(&hands).map_err(Problem::internal)?);
    state.clone_into(&mut row.state);
    let (row, blob, letters) = (&row, &blob, core.get::<LettersPort>()?);
    core.db()
        .write(ctx, |tx| async move {
            if let Some(kept) = blob {
                name_blob(&tx, kept, "report", row.id).await?;
                compare_later(&tx, id, kept.hash.as_str()).await?;
            }
            // A lock binds the body that reports, not who receives.
            let is_received = matches!(act.right(), "report.receive" | "report.take_in");
            if !is_received {
                not_locked(&tx, row).await?;
            }
            if !store::report::save(&tx, row, rev).await? {
                return Err(Problem::stale());
            }
            if is_received {
                not_replaced(&tx, id).await?;
            }
            if matches!(act, ReportAct::Issue { .. }) {
                report_came(&tx, letters, row).await?;
            }
            let identities = blob.as_ref().and_then(|kept| kept.identities);
            if let Some(places) = identities {
                store::report::file_identities_set(&tx, row.id, places).await?;
            }
            let detail =
                json!({ "state": row.state, "number": row.number, "received": row.received_number, "sha256": row.blob_hash, "identities": identities, "as_of_entry": sealed_at, "acted_by": acted_by, "rev": rev + 1 });
            tx.ledger(Entry::new(act.ledger(), id).unit(row.unit()).detail(detail));
            Ok(())
        })
        .await
}

/// What its writer wrote into it on another page goes with a step; and a step that was taken back is none.
fn is_as_meant(acts: &[&str]) -> bool {
    let steps: Vec<&str> = acts.iter().copied().filter(|act| *act != "report.edit").collect();
    is_as_before(&steps, |act| matches!(act, "report.recall" | "report.reconsider"))
}

/// What a step asks of the person beside the right: to have taken the step that it takes back; not to be the writer of
/// what is checked or approved, unless nobody else of the body may, nor of what is received; to have the post that the
/// step has by custom, where the body has it; not to undo what a leader approved.
async fn by_whom(core: &Core, ctx: &Ctx, row: &ReportRow, act: &ReportAct, hands: &mut Hands) -> Result<(), Problem> {
    match act {
        ReportAct::Recall if !hands.is_taker(&row.state, &ctx.actor) => Err(Error::FourEyes("recall-not-yours").into()),
        ReportAct::Check => {
            hands.is_checked_alone =
                of_desk(core, ctx, row, Desk::Check, hands).await?.is_alone && hands.is_writer(&ctx.actor);
            Ok(())
        }
        ReportAct::Approve => {
            hands.is_approved_alone =
                of_desk(core, ctx, row, Desk::Approve, hands).await?.is_alone && hands.is_writer(&ctx.actor);
            Ok(())
        }
        ReportAct::Issue { .. } => of_desk(core, ctx, row, Desk::Issue, hands).await.map(drop),
        ReportAct::TakeIn { .. } => of_desk(core, ctx, row, Desk::TakeIn, hands).await.map(drop),
        // A body may receive its own report, by another hand than the one that wrote it.
        ReportAct::Accept | ReportAct::Return { .. } => of_desk(core, ctx, row, Desk::Receive, hands).await.map(drop),
        ReportAct::Reconsider if hands.is_writer(&ctx.actor) => Err(Error::FourEyes("four-eyes-receive").into()),
        ReportAct::Reconsider if !hands.is_taker(&row.state, &ctx.actor) => {
            Err(Error::FourEyes("undo-not-yours").into())
        }
        ReportAct::SendBack { .. } if row.state == "approved" => {
            core.authorizer().check(ctx, "report.approve", &resource(core, row))
        }
        ReportAct::Submit | ReportAct::SendBack { .. } | ReportAct::Recall | ReportAct::Reconsider => Ok(()),
    }
}

/// The desk of a step, where the actor is not refused there.
async fn of_desk(core: &Core, ctx: &Ctx, row: &ReportRow, desk: Desk, hands: &Hands) -> Result<Turn, Problem> {
    let turn = turn_at(core, ctx, row, desk).await?;
    match turn.refusal(&ctx.actor, hands) {
        Some(code) => Err(Problem::from(Error::FourEyes(code)).with("names", turn.names().0.join(", "))),
        None => Ok(turn),
    }
}
