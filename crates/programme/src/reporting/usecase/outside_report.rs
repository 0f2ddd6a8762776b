//! A body without accounts writes its report by its link, and sends it: nobody of it checks or approves here, so it arrives
//! as sent, at all of its receivers at once.

use db::{BlobHash, Entry, Words};
use kernel::{Ctx, Problem, ProblemKind, UnitId};
use serde_json::json;
use webkit::{Bytes, Core, LettersPort};

use crate::{
    Error,
    plans::model::hands::Hands,
    reporting::{
        model::content::Content,
        store::{
            self,
            outside::{ContactRow, OutsideRow},
            reception::ReceptionRow,
            report::ReportRow,
        },
        usecase::{
            outside_door::{Visit, ended, receivers, revision, visit},
            outside_letters::report_came,
            report_compare::compare_later,
            report_content::{content, content_of},
            report_correct::{corrected, correction_begun},
            report_edit::{Edit, checked, edit_as_before, edited},
            report_sheet,
            report_sheet_read::CellProblem,
        },
    },
    targets::usecase::value_row::CheckedValue,
    work::{
        model::contact::is_telephone,
        usecase::evidence::{Kept, check_paper, name_blob, seen_through},
    },
};

/// Largest file that comes with a report, in bytes.
pub const LIMIT: u64 = 20 * 1024 * 1024;
const LONGEST_NAME: usize = 100;
const LONGEST_NUMBER: usize = 60;

/// What somebody says of who they are.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    pub name: String,
    pub post: String,
    pub phone: String,
}

/// What somebody filled in, over the revision that they saw ([`revision`]).
#[derive(Debug, Clone, Default)]
pub struct Filled {
    pub rev: i64,
    pub edit: Edit,
    pub contact: Contact,
    /// The number that its body gave the paper; perhaps none.
    pub number: String,
}

/// The file that goes with a report, by its name.
pub type Enclosed = Option<(String, Bytes)>;

/// Beside a report that its link opens for writing: what it says now. Of what was returned, what it would say anew.
///
/// # Errors
/// Of the database.
pub async fn open_content(core: &Core, ctx: &Ctx, of: &Visit) -> Result<Content, Problem> {
    if of.is_open() && of.report.sealed.is_some() {
        let anew = ReportRow { sealed: None, ..of.report.clone() };
        return content(core, ctx, &anew).await;
    }
    content(core, ctx, &of.report).await
}

fn said(contact: &Contact, is_sent: bool) -> Result<ContactRow, Problem> {
    let name = contact.name.trim();
    if is_sent && name.is_empty() {
        return Err(Error::Empty("name").into());
    }
    for (field, text) in [("name", name), ("post", contact.post.trim())] {
        if text.chars().count() > LONGEST_NAME {
            return Err(Problem::bad_input("field-too-long").with("most", LONGEST_NAME).field(field, "field-too-long"));
        }
    }
    let phone = contact.phone.trim();
    if !phone.is_empty() && !is_telephone(phone) {
        return Err(Problem::bad_input("contact-phone-wrong").field("phone", "contact-phone-wrong"));
    }
    Ok(ContactRow {
        name: Words::new(name),
        post: Words::new(&contact.post),
        phone: contact.phone.trim().to_owned(),
        ..ContactRow::default()
    })
}

fn number(typed: &str) -> Result<Option<String>, Problem> {
    let number = typed.trim();
    if number.chars().count() > LONGEST_NUMBER {
        let problem = Problem::bad_input("field-too-long").with("most", LONGEST_NUMBER);
        return Err(problem.field("number", "field-too-long"));
    }
    // Kept as it will be compared: without numbers by which people are known.
    Ok(Some(Words::new(number).into_string()).filter(|number| !number.is_empty()))
}

/// The row into which is written: the draft, or the version that takes the place of what was returned.
fn draft(ctx: &Ctx, of: &Visit) -> Result<(ReportRow, Option<String>), Problem> {
    if !of.is_open() {
        return Err(Error::WrongState.into());
    }
    if of.report.state == "draft" {
        return Ok((of.report.clone(), None));
    }
    let reasons: Vec<String> = of.returned().into_iter().map(|(_, why)| why).filter(|why| !why.is_empty()).collect();
    let reason = Words::new(reasons.join("; ")).into_string();
    Ok((corrected(ctx, &of.report, &reason, None)?, Some(reason)))
}

/// A lock binds every version that is written by a link, but what a receiver asks for by returning what was sent. Asked inside
/// the act: whoever returned it may have taken that back, and a correction that `is_new` is one of nothing then.
async fn still_open(tx: &db::Tx, row: &ReportRow, is_new: bool) -> Result<(), Problem> {
    if let Some(before) = row.replaces_id
        && store::reception::is_returned(tx, before).await?
    {
        return Ok(());
    }
    if is_new {
        return Err(Problem::stale());
    }
    let periods = store::duty::kept_periods(tx, row.id).await?;
    if !periods.is_empty() && periods.iter().all(|period| period.state == "locked") {
        return Err(Error::PeriodClosed.into());
    }
    Ok(())
}

/// It may end between the moment when its page was shown and this one.
async fn still_live(core: &Core, tx: &db::Tx, link: &OutsideRow) -> Result<(), Problem> {
    let is_live = store::outside::is_live(tx, link.id(), tx.ctx().now().as_microsecond()).await?;
    if is_live && ended(core, tx.ctx(), link).await?.is_none() {
        Ok(())
    } else {
        Err(Problem::new(ProblemKind::Conflict, "outside-over"))
    }
}

/// Saves what was filled in. Returns the revision that it is now.
///
/// # Errors
/// Where it is wrong, was changed meanwhile by the same link from elsewhere, or the link has ended.
pub async fn outside_save(core: &Core, ctx: &Ctx, of: &Visit, filled: &Filled) -> Result<i64, Problem> {
    save(core, ctx, of, filled, &ready(core, ctx, of, filled, false).await?).await
}

/// What was filled in, where all of it can be saved.
struct Ready {
    row: ReportRow,
    /// Why it takes the place of another version.
    anew: Option<String>,
    contact: ContactRow,
    values: Vec<CheckedValue>,
}

/// `come` is the context of who came with the link, signed in or not.
async fn ready(core: &Core, come: &Ctx, of: &Visit, filled: &Filled, is_sent: bool) -> Result<Ready, Problem> {
    let ctx = &of.ctx(come);
    Problem::stale_unless(revision(&of.report) == filled.rev)?;
    let contact = said(&filled.contact, is_sent)?;
    let (mut row, anew) = draft(ctx, of)?;
    row.number = number(&filled.number)?;
    let values = checked(core, ctx, &mut row, &filled.edit, None).await?;
    wrote_too(&mut row, of.hands(come))?;
    Ok(Ready { row, anew, contact, values })
}

async fn save(core: &Core, come: &Ctx, of: &Visit, filled: &Filled, ready: &Ready) -> Result<i64, Problem> {
    let (Ready { row, anew, contact, values }, edit, link) = (ready, &filled.edit, &of.link);
    core.db()
        .write(&of.ctx(come), |tx| async move {
            still_live(core, &tx, link).await?;
            still_open(&tx, row, anew.is_some()).await?;
            if let Some(reason) = anew {
                correction_begun(&tx, row, reason, None).await.map_err(meanwhile)?;
            }
            edited(&tx, row, row.rev, edit, values, None).await?;
            store::outside::contact_say(&tx, link.id(), contact).await?;
            let detail = json!({ "report": row.id().to_string(), "version": row.version });
            tx.ledger(Entry::new("outside.write", link.id()).unit(link.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(revision(row) + 1)
}

fn wrote_too(row: &mut ReportRow, hands: Vec<String>) -> Result<(), Problem> {
    let mut all = Hands::read(row.hands.as_deref());
    for hand in hands {
        all.wrote_too(hand);
    }
    row.hands = Some(serde_json::to_string(&all).map_err(Problem::internal)?);
    Ok(())
}

/// Two who begin the same correction at once: the second reads what the first wrote.
fn meanwhile(problem: Problem) -> Problem {
    if problem.code == "correction-there" { Problem::stale() } else { problem }
}

/// Saves what was filled in, then takes over what the last report said where this one says nothing.
///
/// # Errors
/// As of [`outside_save`]; and where there is no report before.
pub async fn outside_as_before(core: &Core, ctx: &Ctx, of: &Visit, filled: &Filled) -> Result<(), Problem> {
    // Before anything is saved: a form that is refused for this is not over what it saved itself.
    edit_as_before(core, &of.ctx(ctx), &of.report).await?;
    let rev = outside_save(core, ctx, of, filled).await?;
    let now = visit(core, of.link.clone()).await?;
    let edit = edit_as_before(core, &now.ctx(ctx), &now.report).await?;
    let again = Filled { rev, edit, ..filled.clone() };
    outside_save(core, ctx, &now, &again).await.map(drop)
}

async fn looked_at<'a>(core: &Core, file: &'a Enclosed) -> Result<Option<(Kept, &'a str)>, Problem> {
    let Some((name, bytes)) = file else { return Ok(None) };
    check_paper(name, bytes)?;
    Ok(Some((seen_through(core, name, bytes, LIMIT).await?, name.as_str())))
}

/// Saves what was filled in and sends it: sealed as it stands, to each of its receivers.
///
/// # Errors
/// As of [`outside_save`]; and where nobody says who they are.
pub async fn outside_send_in(
    core: &Core,
    come: &Ctx,
    of: &Visit,
    filled: &Filled,
    file: &Enclosed,
) -> Result<(), Problem> {
    let ctx = &of.ctx(come);
    let form = ready(core, come, of, filled, true).await?;
    // Before anything is saved: what is refused for its file leaves the report as it was.
    let kept = looked_at(core, file).await?;
    let rev = save(core, come, of, filled, &form).await?;
    // Only now: nobody fills the store with files of forms that are refused.
    if let Some((_, bytes)) = file {
        core.db().blobs().put(bytes.clone()).await?;
    }
    let mut now = visit(core, of.link.clone()).await?;
    Problem::stale_unless(revision(&now.report) == rev)?;
    let as_of = seal(core, ctx, &mut now.report).await?;
    let row = &mut now.report;
    row.issued_on = Some(ctx.today().to_string());
    row.sent_on.clone_from(&row.issued_on);
    row.issued_at = Some(ctx.now().as_microsecond());
    if let Some((kept, name)) = &kept {
        (row.file_name, row.blob_hash) = (Some(Words::new(name)), Some(kept.hash.to_string()));
        row.file_signed = Some(kept.signature.code().to_owned());
    }
    let others = receptions(ctx, &now.report, now.receivers.get(1..).unwrap_or_default());
    let who = &ContactRow { link_id: now.link.id, ..said(&filled.contact, true)? };
    let letters = core.get::<LettersPort>()?;
    let (row, others, link, kept, receivers_then) = (&now.report, &others, &now.link, &kept, &now.receivers);
    core.db()
        .write(ctx, |tx| async move {
            still_live(core, &tx, link).await?;
            still_open(&tx, row, false).await?;
            // Who is to receive it was said to who sends it.
            Problem::stale_unless(receivers(core, &tx, row).await? == *receivers_then)?;
            if let Some((kept, _)) = kept {
                name_blob(&tx, kept, "report", row.id).await?;
                compare_later(&tx, row.id(), kept.hash.as_str()).await?;
            }
            if !store::report::save(&tx, row, row.rev).await? {
                return Err(Problem::stale());
            }
            report_came(&tx, letters, row).await?;
            store::reception::insert_all(&tx, others).await?;
            store::outside::filled(&tx, row.id(), who, ctx.now().as_microsecond()).await?;
            let identities = kept.as_ref().and_then(|(kept, _)| kept.identities);
            if let Some(places) = identities {
                store::report::file_identities_set(&tx, row.id, places).await?;
            }
            let detail = json!({
                "link": link.id().to_string(), "number": row.number, "sha256": row.blob_hash, "as_of_entry": as_of,
                "receivers": others.len() + 1, "identities": identities,
            });
            tx.ledger(Entry::new("report.send", row.id()).unit(row.unit()).detail(detail));
            Ok(())
        })
        .await
}

/// The report as it stands at one moment is what is sent; of which one it is, the ledger says.
async fn seal(core: &Core, ctx: &Ctx, row: &mut ReportRow) -> Result<i64, Problem> {
    let moment = core.db().snapshot().await?;
    let as_of = db::ledger_number(&moment).await?;
    let content = content_of(core, &moment, ctx, row).await?;
    row.sealed = Some(serde_json::to_string(&content).map_err(Problem::internal)?);
    let mut hands = Hands::read(row.hands.as_deref());
    hands.took("issued", &ctx.actor);
    row.hands = Some(serde_json::to_string(&hands).map_err(Problem::internal)?);
    "issued".clone_into(&mut row.state);
    Ok(as_of)
}

fn receptions(ctx: &Ctx, report: &ReportRow, others: &[UnitId]) -> Vec<ReceptionRow> {
    let row = |unit: &UnitId| ReceptionRow {
        id: ctx.new_id::<crate::ids::Reception>().uuid(),
        report_id: report.id,
        unit_id: unit.uuid(),
        state: "waiting".into(),
        number: None,
        received_on: None,
        remarks: None,
        hand: None,
        at: ctx.now().as_microsecond(),
        rev: 1,
    };
    others.iter().map(row).collect()
}

/// Whether what was filled in is what was sent: who presses twice has sent it once. A number or a file that comes only now was
/// not.
pub fn is_sent_already(of: &Visit, content: &Content, filled: &Filled, file: &Enclosed) -> bool {
    let number = Words::new(&filled.number).into_string();
    let is_numbered = number.is_empty() || of.report.number.as_ref() == Some(&number);
    let is_kept = |(_, bytes): &(String, Bytes)| of.report.blob_hash.as_deref() == Some(BlobHash::of(bytes).as_str());
    is_numbered && file.as_ref().is_none_or(is_kept) && is_same(of, content, &filled.edit)
}

fn is_same(of: &Visit, content: &Content, edit: &Edit) -> bool {
    let same = |typed: &str, kept: &str| Words::new(typed).as_str() == kept.trim();
    let of_work = |id: uuid::Uuid| content.works.iter().find(|work| work.id == id);
    let words = edit.works.iter().all(|(id, words, nothing)| {
        of_work(*id).is_some_and(|work| work.nothing == *nothing && (*nothing || same(words, &work.words)))
    });
    let values = edit.values.iter().all(|(id, given)| {
        let kept = content.values.iter().find(|value| value.id == id.uuid());
        kept.is_some_and(|kept| {
            let is_value = given.value.is_none_or(|value| kept.this == Some(value));
            (given.numerator, given.denominator) == (kept.numerator, kept.denominator)
                && is_value
                && given.status == kept.status
                && same(&given.evidence, &kept.evidence)
        })
    });
    of.report.is_sent()
        && words
        && values
        && edit.nothing == content.nothing
        && same(&edit.intro, &content.intro)
        && same(&edit.plans_ahead, &content.plans_ahead)
}

/// Takes a filled sheet in, or says which of its cells are wrong.
///
/// # Errors
/// As of [`outside_save`].
pub async fn outside_sheet(
    core: &Core,
    ctx: &Ctx,
    of: &Visit,
    bytes: Bytes,
) -> Result<Result<usize, Vec<CellProblem>>, Problem> {
    if !of.is_open() {
        return Err(Error::WrongState.into());
    }
    let content = open_content(core, ctx, of).await?;
    let (rev, edit) = match report_sheet::edit_of(core, &of.report, &content, bytes).await? {
        Ok(read) => read,
        Err(faults) => return Ok(Err(faults)),
    };
    let count = edit.works.len() + edit.values.len();
    // The sheet says of which version it is, and over which revision of it.
    let rev = revision(&ReportRow { rev, ..of.report.clone() });
    let known = store::outside::contact(&core.db().read(), of.link.id()).await?.unwrap_or_default();
    let contact = Contact { name: known.name.into_string(), post: known.post.into_string(), phone: known.phone };
    let filled = Filled { rev, edit, contact, number: of.number().to_owned() };
    outside_save(core, ctx, of, &filled).await?;
    Ok(Ok(count))
}
