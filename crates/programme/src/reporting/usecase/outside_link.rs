//! Links by which bodies without accounts report: whom of a period they can be sent to, sent, and taken back.

use std::collections::HashSet;

use db::{Entry, Reader};
use kernel::{Ctx, OutsideId, Problem, ProblemKind, UnitId, day};
use serde_json::json;
use webkit::{Core, Letter, LettersPort, secret};

use crate::{
    Error,
    ids::PeriodId,
    plans::model::hands::hand,
    reporting::{
        model::outside::{Ended, MOST_DAYS, OutsideStage, is_address, stage, unless_lost, until},
        store::{
            self,
            duty::{DutyRow, PeriodRow},
            outside::{ContactRow, OutsideRow, ShownContact},
            report::ReportRow,
        },
        usecase::{duty::resource, outside_door::staffed, outside_letters::link_over},
    },
    targets::model::period::label_words,
};

/// Links that are sent in one act.
const MOST: usize = 500;

/// A body of a period that has nobody with an account, and its link.
#[derive(Debug)]
pub struct Listed {
    pub report: ReportRow,
    pub name: String,
    pub sort: String,
    /// The newest; none where none was sent yet.
    pub link: Option<OutsideRow>,
    pub ended: Option<Ended>,
    pub contact: Option<ShownContact>,
    /// Where the last link of any period went.
    pub last: Option<ShownContact>,
    /// The newest link of this period behind which somebody is known.
    pub known: Option<OutsideId>,
    /// People of the body have posts here by now; it is listed for a link that was good before, or for who is known behind it.
    pub is_staffed: bool,
    /// Its letter came back, or was given up.
    pub is_lost: bool,
}

impl Listed {
    pub fn stage(&self) -> OutsideStage {
        let opened = self.contact.as_ref().is_some_and(|contact| contact.opened_at.is_some());
        let stage = stage(self.link.as_ref().map(|_| (self.ended, opened)), self.report.is_sent());
        unless_lost(stage, self.is_lost)
    }

    pub fn is_live(&self) -> bool {
        self.link.is_some() && self.ended.is_none()
    }

    /// It opens something, or would again.
    pub fn is_revocable(&self) -> bool {
        self.link.is_some() && matches!(self.ended, None | Some(Ended::Staffed))
    }
}

/// A period with its bodies without accounts.
#[derive(Debug)]
pub struct Outsiders {
    pub period: PeriodRow,
    pub duty: DutyRow,
    pub rows: Vec<Listed>,
    /// Bodies of the period whose people have accounts.
    pub inside: usize,
}

/// Of the reports of a period those that come by a link, and the bodies of all of them in which somebody has a post.
pub(crate) struct Outside {
    pub reports: Vec<ReportRow>,
    pub links: Vec<OutsideRow>,
    /// Links behind which somebody is known.
    known: HashSet<OutsideId>,
    staffed: HashSet<UnitId>,
    inside: usize,
}

/// The hashes of those of these links whose letter came back, or was given up.
pub(crate) async fn lost(core: &Core, conn: &Reader, links: &[OutsideRow]) -> Result<HashSet<String>, Problem> {
    let mailed = links.iter().filter(|link| link.by_mail && link.state == "live");
    let mailed: Vec<String> = mailed.map(|link| link.token_hash.clone()).collect();
    Ok(core.get::<LettersPort>()?.lost(conn, &mailed).await?.into_iter().collect())
}

/// Nobody has a post in their bodies, or a link of before somebody had is still good, or somebody is known behind one: whoever
/// gathers them must see it, to take it back and to have that person forgotten.
pub(crate) async fn outside_of(
    core: &Core,
    ctx: &Ctx,
    id: PeriodId,
    mut reports: Vec<ReportRow>,
) -> Result<Outside, Problem> {
    let bodies = core.bodies();
    let units: Vec<UnitId> = reports.iter().map(|row| bodies.today(row.unit())).collect();
    let staffed = staffed(core, ctx, &units).await?;
    let conn = core.db().read();
    let links = store::outside::of_period(&conn, id).await?;
    let known = store::outside::known(&conn, id).await?;
    let inside = units.iter().filter(|unit| staffed.contains(unit)).count();
    let is_good = |link: &OutsideRow| link.standing(bodies.today(link.body()), false).ended(ctx).is_none();
    let concerns = |link: &OutsideRow| known.contains(&link.id()) || is_good(link);
    reports.retain(|row| {
        !staffed.contains(&bodies.today(row.unit()))
            || links.iter().any(|link| link.unit_id == row.unit_id && concerns(link))
    });
    Ok(Outside { reports, links, known, staffed, inside })
}

pub(crate) async fn period_for(
    core: &Core,
    ctx: &Ctx,
    conn: &Reader,
    id: PeriodId,
) -> Result<(PeriodRow, DutyRow), Problem> {
    let period = store::duty::period(conn, id).await?.ok_or_else(Problem::not_found)?;
    let duty = store::duty::get(conn, period.duty()).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "duty.edit", &resource(core.bodies().today(duty.owner)))?;
    Ok((period, duty))
}

/// Who of a period reports by a link, for who gathers its reports. Addresses and names are closed until it is noted that they
/// are shown.
///
/// # Errors
/// Where the period is not the actor's.
pub async fn outsiders(core: &Core, ctx: &Ctx, id: PeriodId) -> Result<Outsiders, Problem> {
    let conn = core.db().read();
    let (period, duty) = period_for(core, ctx, &conn, id).await?;
    let all = store::report::counted(&conn, id).await?;
    let Outside { reports, links, known, staffed, inside } = outside_of(core, ctx, id, all).await?;
    let units: Vec<UnitId> = reports.iter().map(ReportRow::unit).collect();
    let lost = lost(core, &conn, &links).await?;
    let contacts = store::outside::contacts(&conn, id).await?;
    let last = store::outside::last_contacts(&conn, &units).await?;
    let bodies = core.bodies();
    let listed = |report: ReportRow| {
        let today = bodies.today(report.unit());
        let body = bodies.body(today);
        let mut own = links.iter().filter(|link| link.unit_id == report.unit_id);
        let known = own.clone().map(OutsideRow::id).find(|link| known.contains(link));
        let link = own.next().cloned();
        let is_staffed = staffed.contains(&today);
        let ended = link.as_ref().and_then(|link| link.standing(bodies.today(link.body()), is_staffed).ended(ctx));
        let of_link = |contact: &&ShownContact| link.as_ref().is_some_and(|link| link.id == contact.link_id);
        Listed {
            name: body.as_ref().map(|body| body.name.clone()).unwrap_or_default(),
            sort: body.map(|body| body.sort).unwrap_or_default(),
            contact: contacts.iter().find(of_link).cloned(),
            last: last.iter().find(|contact| contact.unit_id == report.unit_id).cloned(),
            known,
            is_staffed,
            is_lost: link.as_ref().is_some_and(|link| lost.contains(&link.token_hash)),
            ended,
            link,
            report,
        }
    };
    let mut rows: Vec<Listed> = reports.into_iter().map(listed).collect();
    rows.sort_by(|a, b| a.sort.cmp(&b.sort));
    Ok(Outsiders { period, duty, rows, inside })
}

/// To whom a link goes.
#[derive(Debug, Clone)]
pub struct To {
    /// The body of the report.
    pub unit: UnitId,
    pub address: String,
}

/// A link that was made. Its address is told here and by the letter, and nowhere again.
#[derive(Debug, Clone)]
pub struct Made {
    pub id: OutsideId,
    pub name: String,
    pub url: String,
    pub address: String,
    /// It waits in the outbox; else whoever made it passes it on.
    pub by_mail: bool,
}

/// Whether this installation sends letters.
///
/// # Errors
/// Where the port is not wired in.
pub fn has_mail(core: &Core) -> Result<bool, Problem> {
    Ok(core.get::<LettersPort>()?.are_sent())
}

fn not_there() -> Problem {
    Problem::bad_input("outside-not-there").field("part", "outside-not-there")
}

/// What is refused before anything is made; addresses are asked for only where letters go out.
fn checked(listed: &Outsiders, to: &[To], by_mail: bool, days: i64) -> Result<(), Problem> {
    if to.is_empty() {
        return Err(Problem::bad_input("none-chosen").field("part", "none-chosen"));
    }
    if to.len() > MOST {
        return Err(Problem::bad_input("too-many-names").with("limit", MOST).with("count", to.len()));
    }
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Problem::bad_input("outside-days").with("most", MOST_DAYS).field("days", "outside-days"));
    }
    if listed.period.state != "open" {
        return Err(Error::WrongState.into());
    }
    for one in to {
        let known = listed.rows.iter().find(|row| row.report.unit() == one.unit && !row.is_staffed);
        let known = known.ok_or_else(not_there)?;
        let is_wanted = by_mail || !one.address.is_empty();
        if is_wanted && !is_address(&one.address) {
            let problem = Problem::bad_input("outside-address").with("name", &known.name);
            let mut problem = problem.field("address", "outside-address");
            for field in &mut problem.fields {
                field.args.push(("row", one.unit.to_string()));
            }
            return Err(problem);
        }
    }
    Ok(())
}

/// Sends links, or makes them to be passed on by hand: an older one of the same body opens nothing from then on.
///
/// # Errors
/// Where the period is not the actor's or not open, where an address cannot be one, or a body reports by its own people.
pub async fn outside_send(
    core: &Core,
    ctx: &Ctx,
    id: PeriodId,
    to: &[To],
    days: i64,
    by_mail: bool,
) -> Result<Vec<Made>, Problem> {
    let listed = &outsiders(core, ctx, id).await?;
    let letters = core.get::<LettersPort>()?;
    let by_mail = by_mail && letters.are_sent();
    checked(listed, to, by_mail, days)?;
    let until = until(listed.period.due_on.parse().ok(), ctx.today(), days);
    let mut new = Vec::new();
    for one in to {
        let Some(row) = listed.rows.iter().find(|row| row.report.unit() == one.unit) else { continue };
        new.push(new_link(core, ctx, listed, row, one, until, by_mail).await?);
    }
    let new = &new;
    core.db()
        .write(ctx, |tx| async move {
            if !store::outside::is_period_open(&tx, id).await? {
                return Err(Error::WrongState.into());
            }
            // Somebody may have got a post meanwhile.
            let bodies: Vec<UnitId> = new.iter().map(|one| one.row.body()).collect();
            let staffed = staffed(core, ctx, &bodies).await?;
            if bodies.iter().any(|body| staffed.contains(body)) {
                return Err(not_there());
            }
            for one in new {
                one.write(&tx, letters).await?;
            }
            Ok(())
        })
        .await
        // Of two who send at once one is first: the other reads again what is there.
        .map_err(|problem| if problem.code == "outside-meanwhile" { Problem::stale() } else { problem })?;
    Ok(new.iter().map(|one| one.made.clone()).collect())
}

/// What is to be written of one link.
struct New {
    row: OutsideRow,
    contact: ContactRow,
    letter: Option<Letter>,
    made: Made,
}

async fn new_link(
    core: &Core,
    ctx: &Ctx,
    listed: &Outsiders,
    of: &Listed,
    to: &To,
    until: i64,
    by_mail: bool,
) -> Result<New, Problem> {
    let text = secret::fresh_long("out_")?;
    let url = format!("{}/r/{text}", core.config().base_url);
    let at = ctx.now().as_microsecond();
    let id: OutsideId = ctx.new_id();
    let row = OutsideRow {
        id: id.uuid(),
        period_id: listed.period.id,
        unit_id: of.report.unit_id,
        body_id: core.bodies().today(of.report.unit()).uuid(),
        name: of.name.as_str().into(),
        token_hash: secret::hash(&text),
        state: "live".into(),
        until,
        at,
        ended_at: None,
        by_mail,
        maker: Some(hand(&ctx.actor)),
    };
    let before = match &of.link {
        Some(link) => store::outside::contact(&core.db().read(), link.id()).await?.unwrap_or_default(),
        None => ContactRow::default(),
    };
    // Who is behind another address is somebody else, as far as anybody knows.
    let is_same = !to.address.is_empty() && to.address.to_lowercase() == before.address.to_lowercase();
    let before = if is_same { before } else { ContactRow::default() };
    let contact = ContactRow { link_id: row.id, address: to.address.clone(), opened_at: None, ..before };
    let letter =
        by_mail.then(|| Letter { carries: Some(row.token_hash.clone()), ..letter(core, listed, of, to, &url, until) });
    let made = Made { id, name: of.name.clone(), url, address: to.address.clone(), by_mail };
    Ok(New { row, contact, letter, made })
}

impl New {
    async fn write(&self, tx: &db::Tx, letters: &LettersPort) -> Result<(), Problem> {
        let (row, at) = (&self.row, self.row.at);
        if let Some(before) = store::outside::live(tx, row.period(), row.unit()).await? {
            link_over(tx, letters, &before).await?;
        }
        let is_again = store::outside::end(tx, row.period(), row.unit(), "replaced", at).await?;
        store::outside::insert(tx, row).await.map_err(|error| error.or_taken("outside-meanwhile"))?;
        store::outside::contact_insert(tx, &self.contact, at).await?;
        if let Some(letter) = &self.letter {
            letters.put(tx, letter).await?;
        }
        let detail = json!({
            "period": row.period().to_string(), "by_mail": row.by_mail, "until": row.until, "again": is_again,
        });
        tx.ledger(Entry::new("outside.send", row.id()).unit(row.unit()).detail(detail));
        Ok(())
    }
}

/// Official letters are Vietnamese.
fn letter(core: &Core, listed: &Outsiders, of: &Listed, to: &To, url: &str, until: i64) -> Letter {
    let lang = kernel::Lang::Vi;
    let from = core.bodies().body(listed.duty.owner).map(|body| body.name).unwrap_or_default();
    let due = listed.period.due_on.parse().map(|due| day::show(due, lang)).unwrap_or_default();
    let args = [
        ("from", from.into()),
        ("name", of.name.clone().into()),
        ("period", label_words(&listed.period.label).into()),
        ("duty", listed.duty.name.to_string().into()),
        ("due", due.into()),
        ("until", last_day(until, lang).into()),
        ("url", url.to_owned().into()),
    ];
    Letter {
        address: to.address.clone(),
        subject: core.locales().text(lang, "outside-mail-subject", &args),
        text: core.locales().text(lang, "outside-mail", &args),
        carries: None,
    }
}

/// The last day on which a link is good.
pub fn last_day(until: i64, lang: kernel::Lang) -> String {
    let last = jiff::Timestamp::from_microsecond(until - 1).map(kernel::ctx::vietnam);
    last.map(|last| day::show(last, lang)).unwrap_or_default()
}

/// Takes a link back: it opens nothing from then on. A new one can be sent.
///
/// # Errors
/// Where its period is not the actor's, or it opens nothing any more.
pub async fn outside_revoke(core: &Core, ctx: &Ctx, id: OutsideId) -> Result<PeriodId, Problem> {
    let conn = core.db().read();
    let link = &store::outside::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    period_for(core, ctx, &conn, link.period()).await?;
    let letters = core.get::<LettersPort>()?;
    core.db()
        .write(ctx, |tx| async move {
            let now = ctx.now().as_microsecond();
            let is_this = store::outside::is_live(&tx, id, i64::MIN).await?;
            if !is_this || !store::outside::end(&tx, link.period(), link.unit(), "revoked", now).await? {
                return Err(Problem::new(ProblemKind::Conflict, "outside-over"));
            }
            link_over(&tx, letters, link).await?;
            let detail = json!({ "period": link.period().to_string() });
            tx.ledger(Entry::new("outside.revoke", id).unit(link.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(link.period())
}
