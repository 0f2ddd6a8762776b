//! Who comes with the link of a body without accounts: how often, whether it opens anything, and what it opens.

use std::collections::HashSet;

use db::{Reader, Words};
use kernel::{Actor, Ctx, OutsideId, Problem, ProblemKind, UnitId};
use webkit::{ClientAddr, Core, Pace, secret};

use crate::{
    ids::ReportId,
    reporting::{
        model::outside::Ended,
        store::{
            self,
            duty::{DutyRole, DutyRow, PeriodRow},
            outside::OutsideRow,
            reception::ReceptionRow,
            report::ReportRow,
        },
    },
};

/// In a minute: of one link, of one address, and of links that nobody was sent.
const OF_LINK: u32 = 90;
const OF_ADDRESS: u32 = 240;
const WRONG: u32 = 20;

/// What stands before the pages of bodies without accounts.
#[derive(Debug)]
pub struct Doors {
    links: Pace<OutsideId>,
    addresses: Pace<String>,
    wrong: Pace<String>,
}

impl Default for Doors {
    fn default() -> Self {
        Self { links: Pace::new(OF_LINK), addresses: Pace::new(OF_ADDRESS), wrong: Pace::new(WRONG) }
    }
}

fn too_often() -> Problem {
    Problem::new(ProblemKind::Throttled, "outside-too-often")
}

/// The same whether there is no such link or the secret is another one: nobody learns which links there are.
pub fn unknown() -> Problem {
    Problem::new(ProblemKind::NotFound, "outside-unknown")
}

impl Doors {
    /// One more from this address. Where no address can be known nobody waits for the others.
    fn address(&self, ctx: &Ctx, from: ClientAddr) -> Result<(), Problem> {
        let key = from.text();
        if key.is_empty() || self.addresses.step(key, ctx.now()) { Ok(()) } else { Err(too_often()) }
    }

    fn link(&self, ctx: &Ctx, link: OutsideId) -> Result<(), Problem> {
        if self.links.step(link, ctx.now()) { Ok(()) } else { Err(too_often()) }
    }

    /// A link that nobody was sent. Who guesses waits; a good link from the same address opens: many come from one.
    fn wrong(&self, ctx: &Ctx, from: ClientAddr) -> Problem {
        let key = from.text();
        if !key.is_empty() && self.wrong.is_over(&key, ctx.now()) {
            return too_often();
        }
        self.wrong.step(key, ctx.now());
        unknown()
    }
}

/// A link whose secret somebody has.
#[derive(Debug)]
pub struct Known {
    pub link: OutsideRow,
    /// None while it opens its report.
    pub ended: Option<Ended>,
}

/// The link of this secret.
///
/// # Errors
/// Where there is none, or somebody comes too often.
pub async fn link_of(core: &Core, ctx: &Ctx, from: ClientAddr, text: &str) -> Result<Known, Problem> {
    let doors = core.get::<Doors>()?;
    doors.address(ctx, from)?;
    let row = store::outside::by_hash(&core.db().read(), &secret::hash(text)).await?;
    let link = row.ok_or_else(|| doors.wrong(ctx, from))?;
    doors.link(ctx, link.id())?;
    known(core, ctx, link).await
}

/// The link of this id, for who brings its secret.
///
/// # Errors
/// As of [`link_of`].
pub async fn link_kept(
    core: &Core,
    ctx: &Ctx,
    from: ClientAddr,
    id: OutsideId,
    text: Option<&str>,
) -> Result<Known, Problem> {
    let doors = core.get::<Doors>()?;
    doors.address(ctx, from)?;
    // A page that was open for too long brings nothing, and guesses nothing either.
    let text = text.ok_or_else(unknown)?;
    let row = store::outside::get(&core.db().read(), id).await?;
    let link = row.filter(|row| row.token_hash == secret::hash(text)).ok_or_else(|| doors.wrong(ctx, from))?;
    doors.link(ctx, id)?;
    known(core, ctx, link).await
}

async fn known(core: &Core, ctx: &Ctx, link: OutsideRow) -> Result<Known, Problem> {
    let ended = ended(core, ctx, &link).await?;
    Ok(Known { link, ended })
}

/// Why a link opens nothing, where it does not.
pub(crate) async fn ended(core: &Core, ctx: &Ctx, link: &OutsideRow) -> Result<Option<Ended>, Problem> {
    let today = core.bodies().today(link.body());
    let is_staffed = staffed(core, ctx, &[today]).await?.contains(&today);
    Ok(link.standing(today, is_staffed).ended(ctx))
}

/// Those of these bodies in which somebody has a post: they report inside, through their own four eyes.
pub(crate) async fn staffed(core: &Core, ctx: &Ctx, units: &[UnitId]) -> Result<HashSet<UnitId>, Problem> {
    let people = core.colleagues().in_units(ctx.today(), units).await?;
    Ok(people.iter().flat_map(|one| one.posts.iter().map(|post| post.unit)).collect())
}

/// What a link opens, as it is now.
#[derive(Debug)]
pub struct Visit {
    pub link: OutsideRow,
    pub period: PeriodRow,
    pub duty: DutyRow,
    /// The newest version.
    pub report: ReportRow,
    pub receptions: Vec<ReceptionRow>,
    /// Of a version that takes the place of another: that one, and what its receivers make of it.
    pub before: Option<(ReportRow, Vec<ReceptionRow>)>,
    /// Who receives it: the body that gathers first.
    pub receivers: Vec<UnitId>,
}

impl Visit {
    /// Why it was returned, by whom; empty where it was not. While the newer version is written for that, still why.
    pub fn returned(&self) -> Vec<(UnitId, String)> {
        if self.report.state != "draft" {
            return returned(&self.report, &self.receptions);
        }
        self.before.as_ref().map(|(report, receptions)| returned(report, receptions)).unwrap_or_default()
    }

    /// The number of the paper that was saved to be sent. What was returned had its own.
    pub fn number(&self) -> &str {
        self.report.number.as_deref().filter(|_| self.report.state == "draft").unwrap_or_default()
    }

    /// Whether something can be written: a draft, or what was returned; of a period that is not locked, but for what a
    /// receiver asks for by returning it.
    pub fn is_open(&self) -> bool {
        !self.returned().is_empty() || (self.report.state == "draft" && self.period.state == "open")
    }

    pub fn report(&self) -> ReportId {
        self.report.id()
    }

    /// Whose hands write beside the link itself: who made it to be passed on had its secret, and whoever comes with it may
    /// be signed in. Neither receives what they may have written. Whose mailbox a letter went to nobody asks.
    pub fn hands(&self, ctx: &Ctx) -> Vec<String> {
        let maker = self.link.maker.clone().filter(|_| !self.link.by_mail);
        maker.into_iter().chain(ctx.actor.account().map(|account| account.to_string())).collect()
    }

    /// The context in which its bearer acts.
    pub fn ctx(&self, ctx: &Ctx) -> Ctx {
        ctx.with_actor(Actor::Outside { link: self.link.id(), unit: self.link.body() })
    }
}

/// Who returned a version that was sent, and why.
fn returned(report: &ReportRow, receptions: &[ReceptionRow]) -> Vec<(UnitId, String)> {
    let own = (report.state == "returned").then_some((report.owner(), &report.remarks));
    let others = receptions.iter().filter(|row| row.state == "returned").map(|row| (row.unit(), &row.remarks));
    let said = |(unit, why): (UnitId, &Option<Words>)| (unit, why.clone().unwrap_or_default().into_string());
    own.into_iter().chain(others).map(said).collect()
}

/// The bodies to which the reports of a period's duty go, the one that gathers them first.
pub(crate) async fn receivers(core: &Core, conn: &Reader, report: &ReportRow) -> Result<Vec<UnitId>, Problem> {
    let bodies = core.bodies();
    let mut out = vec![bodies.today(report.owner())];
    for period in store::duty::periods_of_report(conn, report.id).await? {
        for unit in store::duty::bodies(conn, period.duty(), DutyRole::Receives).await? {
            let unit = bodies.today(unit);
            if !out.contains(&unit) && unit != bodies.today(report.unit()) {
                out.push(unit);
            }
        }
    }
    Ok(out)
}

/// Of which version and revision a form is, in one number: a version that came meanwhile is a change like any other.
pub fn revision(report: &ReportRow) -> i64 {
    report.version * 1_000_000 + report.rev
}

/// What the link opens.
///
/// # Errors
/// Where its report is not there.
pub async fn visit(core: &Core, link: OutsideRow) -> Result<Visit, Problem> {
    let conn = core.db().read();
    let period = store::duty::period(&conn, link.period()).await?.ok_or_else(unknown)?;
    let duty = store::duty::get(&conn, period.duty()).await?.ok_or_else(unknown)?;
    let reports = store::report::of_period(&conn, link.period()).await?;
    let brief = reports.into_iter().find(|row| row.unit_id == link.unit_id).ok_or_else(unknown)?;
    let report = store::report::get(&conn, brief.id()).await?.ok_or_else(unknown)?;
    let receptions = store::reception::of_report(&conn, report.id()).await?;
    let before = before(&conn, &report).await?;
    let receivers = receivers(core, &conn, &report).await?;
    Ok(Visit { link, period, duty, report, receptions, before, receivers })
}

async fn before(conn: &Reader, report: &ReportRow) -> Result<Option<(ReportRow, Vec<ReceptionRow>)>, Problem> {
    let Some(id) = report.replaces_id.map(ReportId::from_uuid) else { return Ok(None) };
    let Some(before) = store::report::get(conn, id).await? else { return Ok(None) };
    Ok(Some((before, store::reception::of_report(conn, id).await?)))
}

/// Notes that it was opened. Nothing else comes of looking: what reads letters for their receivers opens links too.
///
/// # Errors
/// Of the database.
pub async fn note_opened(core: &Core, ctx: &Ctx, link: OutsideId) -> Result<(), Problem> {
    let known = store::outside::contact(&core.db().read(), link).await?;
    if known.is_none_or(|contact| contact.opened_at.is_some()) {
        return Ok(());
    }
    core.db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            store::outside::opened(&tx, link, ctx.now().as_microsecond()).await?;
            Ok(())
        })
        .await
}
