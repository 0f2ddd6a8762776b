//! Links of bodies without accounts, and what is known of the people behind them.

use std::collections::HashSet;

use db::{DbError, FromQueryResult, Personal, Reader, Words, Writer, vals};
use kernel::{OutsideId, UnitId};
use uuid::Uuid;

use crate::{
    ids::{DutyId, PeriodId, ReportId},
    reporting::model::outside::Standing,
};

#[derive(Debug, Clone, FromQueryResult)]
pub struct OutsideRow {
    pub id: Uuid,
    pub period_id: Uuid,
    /// The body whose report it opens, and who stood for it when the link was sent.
    pub unit_id: Uuid,
    pub body_id: Uuid,
    /// What that body was called then.
    pub name: Words,
    pub token_hash: String,
    /// `live`, `replaced`, or `revoked`.
    pub state: String,
    pub until: i64,
    pub at: i64,
    pub ended_at: Option<i64>,
    pub by_mail: bool,
    /// Whose hand made it; none of before that was kept.
    pub maker: Option<String>,
}

impl OutsideRow {
    pub fn id(&self) -> OutsideId {
        OutsideId::from_uuid(self.id)
    }

    pub fn period(&self) -> PeriodId {
        PeriodId::from_uuid(self.period_id)
    }

    pub fn unit(&self) -> UnitId {
        UnitId::from_uuid(self.unit_id)
    }

    pub fn body(&self) -> UnitId {
        UnitId::from_uuid(self.body_id)
    }

    /// By which a letter that reminds of its report is known: it carries no secret, and is called off with the link.
    pub fn reminder(&self) -> String {
        format!("remind:{}", self.token_hash)
    }

    /// Where it stands, when its body is this one today, and people of it have posts or none has.
    pub fn standing(&self, today: UnitId, is_staffed: bool) -> Standing<'_> {
        let is_merged = today != self.body();
        Standing { state: &self.state, at: self.at, until: self.until, is_merged, is_staffed }
    }
}

const LINK: &str = "id, period_id, unit_id, body_id, name, token_hash, state, until, at, ended_at, by_mail, maker";

pub async fn get(conn: &Reader, id: OutsideId) -> Result<Option<OutsideRow>, DbError> {
    conn.one(&format!("SELECT {LINK} FROM programme_outside WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn by_hash(conn: &Reader, hash: &str) -> Result<Option<OutsideRow>, DbError> {
    conn.one(&format!("SELECT {LINK} FROM programme_outside WHERE token_hash = $1"), vals![hash]).await
}

/// All of a period, the newest first.
pub async fn of_period(conn: &Reader, period: PeriodId) -> Result<Vec<OutsideRow>, DbError> {
    let sql = format!("SELECT {LINK} FROM programme_outside WHERE period_id = $1 ORDER BY unit_id, at DESC, id DESC");
    conn.all(&sql, vals![period.uuid()]).await
}

/// The newest by which a report is written.
pub async fn of_report(conn: &Reader, report: ReportId, unit: UnitId) -> Result<Option<OutsideRow>, DbError> {
    let sql = format!(
        "SELECT {LINK} FROM programme_outside WHERE unit_id = $2 AND period_id IN \
         (SELECT period_id FROM programme_report_period WHERE report_id = $1) ORDER BY at DESC, id DESC LIMIT 1"
    );
    conn.one(&sql, vals![report.uuid(), unit.uuid()]).await
}

pub async fn insert(conn: &Writer, row: &OutsideRow) -> Result<(), DbError> {
    let sql =
        format!("INSERT INTO programme_outside ({LINK}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
    let values = vals![
        row.id,
        row.period_id,
        row.unit_id,
        row.body_id,
        row.name.as_str(),
        row.token_hash.as_str(),
        row.state.as_str(),
        row.until,
        row.at,
        row.ended_at,
        row.by_mail,
        row.maker.clone(),
    ];
    conn.exec(&sql, values).await?;
    Ok(())
}

/// The link of a body that is good; none where there is none.
pub async fn live(conn: &Reader, period: PeriodId, unit: UnitId) -> Result<Option<OutsideRow>, DbError> {
    let sql = format!("SELECT {LINK} FROM programme_outside WHERE period_id = $1 AND unit_id = $2 AND state = 'live'");
    conn.one(&sql, vals![period.uuid(), unit.uuid()]).await
}

/// All of a report that are good: one that answers several duties may have as many.
pub async fn live_of_report(conn: &Reader, report: ReportId, unit: UnitId) -> Result<Vec<OutsideRow>, DbError> {
    let sql = format!(
        "SELECT {LINK} FROM programme_outside WHERE unit_id = $2 AND state = 'live' AND period_id IN \
         (SELECT period_id FROM programme_report_period WHERE report_id = $1) ORDER BY id"
    );
    conn.all(&sql, vals![report.uuid(), unit.uuid()]).await
}

/// Ends the link of a body that is good; false where none is.
pub async fn end(conn: &Writer, period: PeriodId, unit: UnitId, state: &str, at: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_outside SET state = $3, ended_at = $4 \
        WHERE period_id = $1 AND unit_id = $2 AND state = 'live'";
    Ok(conn.exec(sql, vals![period.uuid(), unit.uuid(), state, at]).await? == 1)
}

/// Whether it opens something, and stays so until the act is over.
pub async fn is_live(conn: &Writer, id: OutsideId, now: i64) -> Result<bool, DbError> {
    conn.keep("programme_outside", "id = $1 AND state = 'live' AND until > $2", vals![id.uuid(), now]).await
}

/// Whether a period takes reports, and stays so until the act is over.
pub async fn is_period_open(conn: &Writer, period: PeriodId) -> Result<bool, DbError> {
    conn.keep("programme_period", "id = $1 AND state = 'open'", vals![period.uuid()]).await
}

/// The people behind a link, as its own page shows them to themselves.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub struct ContactRow {
    pub link_id: Uuid,
    pub address: String,
    pub name: Words,
    pub post: Words,
    pub phone: String,
    pub opened_at: Option<i64>,
    /// The day of the last reminder.
    pub reminded_on: Option<String>,
}

impl ContactRow {
    pub fn link(&self) -> OutsideId {
        OutsideId::from_uuid(self.link_id)
    }
}

/// The same as officers are shown it: closed until it is noted.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ShownContact {
    pub link_id: Uuid,
    pub unit_id: Uuid,
    pub address: Personal,
    pub name: Personal,
    pub post: Personal,
    pub phone: Personal,
    pub opened_at: Option<i64>,
    pub reminded_on: Option<String>,
}

const CONTACT: &str = "c.link_id, c.address, c.name, c.post, c.phone, c.opened_at, c.reminded_on";

pub async fn contact(conn: &Reader, link: OutsideId) -> Result<Option<ContactRow>, DbError> {
    let sql = format!("SELECT {CONTACT} FROM programme_outside_contact c WHERE c.link_id = $1");
    conn.one(&sql, vals![link.uuid()]).await
}

/// Of all links of a period.
pub async fn contacts(conn: &Reader, period: PeriodId) -> Result<Vec<ShownContact>, DbError> {
    let sql = format!(
        "SELECT {CONTACT}, o.unit_id FROM programme_outside_contact c JOIN programme_outside o ON o.id = c.link_id \
         WHERE o.period_id = $1 ORDER BY o.at DESC, o.id DESC"
    );
    conn.all(&sql, vals![period.uuid()]).await
}

/// Who filled in a version that was sent, closed until it is noted that it is shown.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ShownFiller {
    pub name: Personal,
    pub post: Personal,
    pub phone: Personal,
}

/// Behind these links.
pub async fn shown_contacts(conn: &Reader, links: &[OutsideId]) -> Result<Vec<ShownContact>, DbError> {
    if links.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {CONTACT}, o.unit_id FROM programme_outside_contact c JOIN programme_outside o ON o.id = c.link_id \
         WHERE c.link_id IN ({}) ORDER BY o.at DESC, o.id DESC",
        db::marks(1, links.len())
    );
    conn.all(&sql, links.iter().map(|link| link.uuid().into()).collect()).await
}

/// Who filled in these versions, the newest first.
pub async fn shown_fillers(conn: &Reader, reports: &[ReportId]) -> Result<Vec<ShownFiller>, DbError> {
    if reports.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT name, post, phone FROM programme_outside_filler WHERE report_id IN ({}) ORDER BY at DESC, report_id DESC",
        db::marks(1, reports.len())
    );
    conn.all(&sql, reports.iter().map(|report| report.uuid().into()).collect()).await
}

/// Who filled in a version of a report that was sent by a link.
pub async fn filler(conn: &Reader, report: ReportId) -> Result<Option<ShownFiller>, DbError> {
    let sql = "SELECT name, post, phone FROM programme_outside_filler WHERE report_id = $1 AND name <> ''";
    conn.one(sql, vals![report.uuid()]).await
}

/// The same, as the page behind the link shows it to themselves.
pub async fn own_filler(conn: &Reader, report: ReportId) -> Result<Option<ContactRow>, DbError> {
    let sql = "SELECT f.link_id, '' AS address, f.name, f.post, f.phone, CAST(NULL AS bigint) AS opened_at, \
        CAST(NULL AS text) AS reminded_on \
        FROM programme_outside_filler f WHERE f.report_id = $1";
    conn.one(sql, vals![report.uuid()]).await
}

/// Keeps who filled in a version, as it is sent.
pub async fn filled(conn: &Writer, report: ReportId, who: &ContactRow, at: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_outside_filler (report_id, link_id, name, post, phone, at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vals![report.uuid(), who.link_id, who.name.as_str(), who.post.as_str(), who.phone.as_str(), at];
    conn.exec(sql, values).await?;
    Ok(())
}

/// Where the last link of these bodies went, whatever period it was for.
pub async fn last_contacts(conn: &Reader, units: &[UnitId]) -> Result<Vec<ShownContact>, DbError> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {CONTACT}, o.unit_id FROM programme_outside o JOIN programme_outside_contact c ON c.link_id = o.id \
         WHERE o.unit_id IN ({}) AND NOT EXISTS (SELECT 1 FROM programme_outside n \
         WHERE n.unit_id = o.unit_id AND n.at > o.at) ORDER BY o.id DESC",
        db::marks(1, units.len())
    );
    conn.all(&sql, units.iter().map(|unit| unit.uuid().into()).collect()).await
}

/// The address of a link that takes the place of another, with what was known of the people behind that one.
pub async fn contact_insert(conn: &Writer, row: &ContactRow, at: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_outside_contact (link_id, address, name, post, phone, opened_at, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = vals![
        row.link_id,
        row.address.as_str(),
        row.name.as_str(),
        row.post.as_str(),
        row.phone.as_str(),
        row.opened_at,
        at,
    ];
    conn.exec(sql, values).await?;
    Ok(())
}

/// Who fills it in, as they said.
pub async fn contact_say(conn: &Writer, link: OutsideId, who: &ContactRow) -> Result<(), DbError> {
    let sql = "UPDATE programme_outside_contact SET name = $2, post = $3, phone = $4 WHERE link_id = $1";
    conn.exec(sql, vals![link.uuid(), who.name.as_str(), who.post.as_str(), who.phone.as_str()]).await?;
    Ok(())
}

/// Notes that it was opened, the first time.
pub async fn opened(conn: &Writer, link: OutsideId, at: i64) -> Result<(), DbError> {
    let sql = "UPDATE programme_outside_contact SET opened_at = $2 WHERE link_id = $1 AND opened_at IS NULL";
    conn.exec(sql, vals![link.uuid(), at]).await?;
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

async fn named(conn: &Reader, sql: &str) -> Result<Vec<(Uuid, String)>, DbError> {
    let rows: Vec<Named> = conn.all(sql, vals![]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Every name that somebody gave behind a link.
pub async fn names(conn: &Reader) -> Result<Vec<(OutsideId, String)>, DbError> {
    let sql = "SELECT link_id AS id, name FROM programme_outside_contact WHERE name <> '' ORDER BY link_id";
    Ok(named(conn, sql).await?.into_iter().map(|(id, name)| (OutsideId::from_uuid(id), name)).collect())
}

/// Every name under which a report was sent by a link.
pub async fn fillers(conn: &Reader) -> Result<Vec<(ReportId, String)>, DbError> {
    let sql = "SELECT report_id AS id, name FROM programme_outside_filler WHERE name <> '' ORDER BY report_id";
    Ok(named(conn, sql).await?.into_iter().map(|(id, name)| (ReportId::from_uuid(id), name)).collect())
}

/// A name under which a version was sent.
#[derive(Debug, Clone, FromQueryResult)]
pub struct FillerRow {
    pub report_id: Uuid,
    pub link_id: Uuid,
    pub name: Words,
}

impl FillerRow {
    pub fn report(&self) -> ReportId {
        ReportId::from_uuid(self.report_id)
    }
}

/// Under which names a body sent its versions to a duty; of who was forgotten nothing is left.
pub async fn fillers_of_duty(conn: &Reader, duty: DutyId, unit: UnitId) -> Result<Vec<FillerRow>, DbError> {
    let sql = "SELECT f.report_id, f.link_id, f.name FROM programme_outside o \
        JOIN programme_period p ON p.id = o.period_id JOIN programme_outside_filler f ON f.link_id = o.id \
        WHERE o.unit_id = $1 AND p.duty_id = $2 AND (f.name <> '' OR f.post <> '' OR f.phone <> '') ORDER BY f.report_id";
    conn.all(sql, vals![unit.uuid(), duty.uuid()]).await
}

/// The links of a period behind which somebody is known, by where a letter went or as who filled a version in.
pub async fn known(conn: &Reader, period: PeriodId) -> Result<HashSet<OutsideId>, DbError> {
    #[derive(FromQueryResult)]
    struct Link {
        id: Uuid,
    }
    let sql = "SELECT o.id FROM programme_outside o JOIN programme_outside_contact c ON c.link_id = o.id \
        WHERE o.period_id = $1 AND (c.address <> '' OR c.name <> '' OR c.post <> '' OR c.phone <> '') \
        UNION SELECT o.id FROM programme_outside o JOIN programme_outside_filler f ON f.link_id = o.id \
        WHERE o.period_id = $1 AND (f.name <> '' OR f.post <> '' OR f.phone <> '')";
    let rows: Vec<Link> = conn.all(sql, vals![period.uuid()]).await?;
    Ok(rows.into_iter().map(|row| OutsideId::from_uuid(row.id)).collect())
}

/// Forgets who was behind a link.
pub async fn forget(conn: &Writer, link: OutsideId) -> Result<(), DbError> {
    let sql = "UPDATE programme_outside_contact SET address = '', name = '', post = '', phone = '' WHERE link_id = $1";
    conn.exec(sql, vals![link.uuid()]).await?;
    Ok(())
}

/// What is known behind the links of a body to a duty.
pub async fn of_duty(conn: &Reader, duty: DutyId, unit: UnitId) -> Result<Vec<ContactRow>, DbError> {
    let sql = format!(
        "SELECT {CONTACT} FROM programme_outside o JOIN programme_period p ON p.id = o.period_id \
         JOIN programme_outside_contact c ON c.link_id = o.id WHERE o.unit_id = $1 AND p.duty_id = $2 \
         AND (c.address <> '' OR c.name <> '' OR c.post <> '' OR c.phone <> '') ORDER BY o.id"
    );
    conn.all(&sql, vals![unit.uuid(), duty.uuid()]).await
}

/// Forgets who filled in a version of a report.
pub async fn forget_filler(conn: &Writer, report: ReportId) -> Result<(), DbError> {
    let sql = "UPDATE programme_outside_filler SET name = '', post = '', phone = '' WHERE report_id = $1";
    conn.exec(sql, vals![report.uuid()]).await?;
    Ok(())
}
