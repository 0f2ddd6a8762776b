//! Reports, their lines, and which periods they answer.

use crate::ids::{PeriodId, ReportId};
use db::{DbError, FromQueryResult, Insert, Reader, Value, Words, Writer, vals};
use kernel::{Code as _, UnitId, text::fold};
use serde::Serialize;
use uuid::Uuid;

use super::reception::IS_SENT;
use crate::{reporting::model::states::ReportState, targets::model::period::label_words};

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct ReportRow {
    pub id: Uuid,
    pub unit_id: Uuid,
    /// The body that follows the duties it answers; for a consolidated one, the unit itself.
    pub owner_id: Uuid,
    pub label: String,
    pub consolidated: bool,
    pub from_on: String,
    pub to_on: String,
    pub due_on: String,
    /// `draft`, `checking`, `approving`, `approved`, `issued`, `accepted`, or `returned`.
    pub state: String,
    pub intro: Words,
    pub plans_ahead: Words,
    /// "Không phát sinh".
    pub is_nothing: bool,
    pub version: i64,
    pub replaces_id: Option<Uuid>,
    pub number: Option<String>,
    pub issued_on: Option<String>,
    pub issued_at: Option<i64>,
    pub file_name: Option<Words>,
    pub blob_hash: Option<String>,
    /// What was seen of a signature in that file; none before anybody looked.
    pub file_signed: Option<String>,
    /// In how many places that file may hold a number by which somebody is identified; none where nobody looked. Steps do not
    /// write it: the job that looks at pictures adds to it.
    pub file_identities: Option<i64>,
    /// The content as it was approved.
    pub sealed: Option<String>,
    /// By whose hand it was written and took its steps.
    pub hands: Option<String>,
    /// The day on which it was issued here, whatever day the paper bears: punctuality counts by it.
    pub sent_on: Option<String>,
    /// The day on which the receiver's records clerk entered it, and under which number of theirs.
    pub received_on: Option<String>,
    pub received_number: Option<String>,
    /// Words of who sent it back or asked for a new version.
    pub remarks: Option<Words>,
    pub opened_at: i64,
    pub rev: i64,
    /// Where its body stands among the others.
    pub unit_sort: Option<String>,
}

impl ReportRow {
    pub fn is_on_time(&self) -> bool {
        self.is_sent() && self.sent_on.as_ref().or(self.issued_on.as_ref()).is_some_and(|day| *day <= self.due_on)
    }

    pub fn id(&self) -> ReportId {
        ReportId::from_uuid(self.id)
    }

    pub fn unit(&self) -> UnitId {
        UnitId::from_uuid(self.unit_id)
    }

    pub fn owner(&self) -> UnitId {
        UnitId::from_uuid(self.owner_id)
    }

    /// The body to which it is sent; none for a consolidated one, which its owner makes for itself.
    pub fn receiver(&self) -> Option<UnitId> {
        (!self.consolidated).then(|| self.owner())
    }

    /// Its period, as it is written and as people say it, and its number.
    fn fold(&self) -> String {
        let number = self.number.as_deref().map(Words::new).unwrap_or_default();
        fold(&format!("{} {} {number}", self.label, label_words(&self.label)))
    }

    pub fn is_draft(&self) -> bool {
        matches!(self.state.as_str(), "draft" | "checking" | "approving")
    }

    /// So many numbers of people may be read in the file that came back signed.
    pub fn personal(&self) -> Option<i64> {
        self.file_identities.filter(|places| *places > 0 && self.blob_hash.is_some())
    }

    /// Nobody can say whether such numbers stand in it: not all of it could be read, or nobody looked.
    pub fn is_unread(&self) -> bool {
        self.file_identities.is_none() && self.blob_hash.is_some()
    }

    /// The body has sent it off.
    pub fn is_sent(&self) -> bool {
        ReportState::parse(&self.state).is_some_and(ReportState::is_sent)
    }
}

/// All but the sealed content, which only its own page needs.
const BRIEF: &str = "id, unit_id, owner_id, label, consolidated, from_on, to_on, due_on, state, intro, plans_ahead, is_nothing, version, replaces_id, number, issued_on, issued_at, file_name, blob_hash, file_signed, file_identities, CAST(NULL AS text) AS sealed, hands, sent_on, received_on, received_number, remarks, opened_at, rev, unit_sort";
const WHOLE: &str = "id, unit_id, owner_id, label, consolidated, from_on, to_on, due_on, state, intro, plans_ahead, is_nothing, version, replaces_id, number, issued_on, issued_at, file_name, blob_hash, file_signed, file_identities, sealed, hands, sent_on, received_on, received_number, remarks, opened_at, rev, unit_sort";

fn values(row: &ReportRow) -> Vec<Value> {
    vals![
        row.id,
        row.unit_id,
        row.owner_id,
        Words::new(&row.label),
        row.consolidated,
        row.from_on.as_str(),
        row.to_on.as_str(),
        row.due_on.as_str(),
        row.state.as_str(),
        row.intro.as_str(),
        row.plans_ahead.as_str(),
        row.is_nothing,
        row.version,
        row.replaces_id,
        row.remarks.clone(),
        row.opened_at,
        row.rev,
        row.fold(),
        row.unit_sort.clone(),
    ]
}

const INSERTED: &str = "id, unit_id, owner_id, label, consolidated, from_on, to_on, due_on, state, intro, plans_ahead, is_nothing, version, replaces_id, remarks, opened_at, rev, fold, unit_sort";

/// Writes many reports in few statements.
pub async fn insert_all(conn: &Writer, rows: &[ReportRow]) -> Result<(), DbError> {
    let mut insert = Insert::into("programme_report", INSERTED);
    for row in rows {
        insert.row(values(row));
    }
    insert.run(conn).await
}

/// Ties reports to their period.
pub async fn tie_all(conn: &Writer, reports: &[Uuid], period: PeriodId) -> Result<(), DbError> {
    let mut insert = Insert::into("programme_report_period", "report_id, period_id");
    for report in reports {
        insert.row(vals![*report, period.uuid()]);
    }
    insert.or("DO NOTHING");
    insert.run(conn).await
}

pub async fn get(conn: &Reader, id: ReportId) -> Result<Option<ReportRow>, DbError> {
    conn.one(&format!("SELECT {WHOLE} FROM programme_report WHERE id = $1"), vals![id.uuid()]).await
}

/// The newest versions to one owner under one label, of units or consolidated.
pub async fn labelled(
    conn: &Reader,
    owner: UnitId,
    label: &str,
    consolidated: bool,
) -> Result<Vec<ReportRow>, DbError> {
    let sql = format!(
        "SELECT {BRIEF} FROM programme_report r WHERE owner_id = $1 AND label = $2 AND consolidated = $3 AND NOT EXISTS \
        (SELECT 1 FROM programme_report n WHERE n.replaces_id = r.id) ORDER BY unit_id"
    );
    conn.all(&sql, vals![owner.uuid(), label, consolidated]).await
}

/// The newest versions of the reports that answer a period, sent or not: for who writes in them.
pub async fn of_period(conn: &Reader, period: PeriodId) -> Result<Vec<ReportRow>, DbError> {
    let sql = format!(
        "SELECT {BRIEF} FROM programme_report r WHERE consolidated = $2 AND id IN (SELECT report_id FROM programme_report_period WHERE period_id = $1) \
        AND NOT EXISTS (SELECT 1 FROM programme_report n WHERE n.replaces_id = r.id) ORDER BY unit_id"
    );
    conn.all(&sql, vals![period.uuid(), false]).await
}

/// The reports of a period as they are counted: of each body the newest version that was sent, with the day on which the first
/// was; else the newest. What one of its receivers returned, and is written anew, has come all the same.
/// What is late is counted by the same rule (`store/duty.rs`), and what came on time (`store/report_register.rs`).
pub async fn counted(conn: &Reader, period: PeriodId) -> Result<Vec<ReportRow>, DbError> {
    let sql = format!(
        "SELECT {BRIEF} FROM programme_report r WHERE consolidated = $2 AND id IN (SELECT report_id FROM programme_report_period WHERE period_id = $1) \
        ORDER BY unit_id, version"
    );
    let rows: Vec<ReportRow> = conn.all(&sql, vals![period.uuid(), false]).await?;
    Ok(rows.chunk_by(|a, b| a.unit_id == b.unit_id).filter_map(counting).collect())
}

/// The version of a report that counts, of all there are in their order. It is as punctual as the first that was sent, also
/// where that was returned by who gathers.
fn counting(versions: &[ReportRow]) -> Option<ReportRow> {
    let Some(newest) = versions.iter().rfind(|row| row.is_sent()) else { return versions.last().cloned() };
    let sent_on = versions.iter().filter_map(|row| row.sent_on.as_ref().or(row.issued_on.as_ref())).min().cloned();
    Some(ReportRow { sent_on, ..newest.clone() })
}

/// Sealed reports that a consolidated one is made of, with their content: the same for each of its readers. Of each body the
/// newest version that was sent, as [`counted`] chooses it: whatever stands between two of them, none is added up twice.
pub async fn sealed_of_period(conn: &Reader, period: PeriodId) -> Result<Vec<ReportRow>, DbError> {
    let sql = format!(
        "SELECT {WHOLE} FROM programme_report WHERE consolidated = $2 AND sealed IS NOT NULL AND state IN ('issued', 'accepted') \
        AND id IN (SELECT report_id FROM programme_report_period WHERE period_id = $1) ORDER BY unit_id, version DESC"
    );
    let mut rows: Vec<ReportRow> = conn.all(&sql, vals![period.uuid(), false]).await?;
    rows.dedup_by_key(|row| row.unit_id);
    Ok(rows)
}

/// Reports of these units in which somebody of them has to take a step, the newest first.
pub async fn waiting(conn: &Reader, units: &[UnitId], limit: u64) -> Result<Vec<ReportRow>, DbError> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {BRIEF} FROM programme_report WHERE unit_id IN ({}) \
         AND state IN ('draft', 'returned', 'checking', 'approving', 'approved') ORDER BY due_on DESC, id LIMIT {limit}",
        db::marks(1, units.len())
    );
    conn.all(&sql, units.iter().map(|unit| unit.uuid().into()).collect()).await
}

/// Reports that came to these units and that nobody has accepted or returned yet, the oldest first; not what a newer version
/// took the place of.
pub async fn arrived(conn: &Reader, owners: &[UnitId], limit: u64) -> Result<Vec<ReportRow>, DbError> {
    if owners.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {BRIEF} FROM programme_report r WHERE owner_id IN ({}) AND state = 'issued' AND NOT consolidated \
         AND NOT EXISTS (SELECT 1 FROM programme_report n WHERE n.replaces_id = r.id AND {IS_SENT}) \
         ORDER BY due_on, id LIMIT {limit}",
        db::marks(1, owners.len())
    );
    conn.all(&sql, owners.iter().map(|unit| unit.uuid().into()).collect()).await
}

/// All there are, for the console.
pub async fn all(conn: &Reader) -> Result<Vec<ReportRow>, DbError> {
    conn.all(&format!("SELECT {BRIEF} FROM programme_report ORDER BY due_on DESC, id"), vals![]).await
}

/// All versions of all units under one label, or all consolidated ones; for the console.
pub async fn under(conn: &Reader, label: &str, consolidated: bool) -> Result<Vec<ReportRow>, DbError> {
    let sql = format!("SELECT {BRIEF} FROM programme_report WHERE label = $1 AND consolidated = $2 ORDER BY id");
    conn.all(&sql, vals![label, consolidated]).await
}

/// The report of the same unit to the same owner before this one.
pub async fn before(conn: &Reader, row: &ReportRow) -> Result<Option<ReportRow>, DbError> {
    let sql = format!(
        "SELECT {WHOLE} FROM programme_report WHERE unit_id = $1 AND owner_id = $2 AND consolidated = $3 AND to_on < $4 AND sealed IS NOT NULL ORDER BY to_on DESC, version DESC LIMIT 1"
    );
    conn.one(&sql, vals![row.unit_id, row.owner_id, row.consolidated, row.from_on.as_str()]).await
}

/// Writes everything that steps and editing change, over revision `rev`.
pub async fn save(conn: &Writer, row: &ReportRow, rev: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_report SET state = $3, intro = $4, plans_ahead = $5, is_nothing = $6, number = $7, issued_on = $8, issued_at = $9, \
        file_name = $10, blob_hash = $11, sealed = $12, remarks = $13, hands = $14, sent_on = $15, fold = $16, received_on = $17, received_number = $18, file_signed = $19, rev = rev + 1 WHERE id = $1 AND rev = $2";
    let values = vals![
        row.id,
        rev,
        row.state.as_str(),
        row.intro.as_str(),
        row.plans_ahead.as_str(),
        row.is_nothing,
        row.number.as_deref().map(Words::new),
        row.issued_on.clone(),
        row.issued_at,
        row.file_name.clone(),
        row.blob_hash.clone(),
        row.sealed.clone(),
        row.remarks.clone(),
        row.hands.clone(),
        row.sent_on.clone(),
        row.fold(),
        row.received_on.clone(),
        row.received_number.as_deref().map(Words::new),
        row.file_signed.clone(),
    ];
    Ok(conn.exec(sql, values).await? == 1)
}

/// What a look at the text of the file that came back found.
pub async fn file_identities_set(conn: &Writer, id: Uuid, places: i64) -> Result<(), DbError> {
    conn.exec("UPDATE programme_report SET file_identities = $2 WHERE id = $1", vals![id, places]).await?;
    Ok(())
}

/// Words on a line of a report.
#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct LineRow {
    pub report_id: Uuid,
    pub kind: String,
    pub subject_id: Uuid,
    pub words: Words,
    pub is_nothing: bool,
}

pub async fn lines(conn: &Reader, report: ReportId) -> Result<Vec<LineRow>, DbError> {
    let sql = "SELECT report_id, kind, subject_id, words, is_nothing FROM programme_report_line WHERE report_id = $1 ORDER BY kind, subject_id";
    conn.all(sql, vals![report.uuid()]).await
}

pub async fn line_set(conn: &Writer, row: &LineRow) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_report_line (report_id, kind, subject_id, words, is_nothing) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (report_id, kind, subject_id) DO UPDATE SET words = excluded.words, is_nothing = excluded.is_nothing";
    conn.exec(sql, vals![row.report_id, row.kind.as_str(), row.subject_id, row.words.as_str(), row.is_nothing]).await?;
    Ok(())
}

/// Which plan each report is about; none where it is about all work.
#[derive(Debug, Clone, FromQueryResult)]
pub struct AboutRow {
    pub report_id: Uuid,
    pub plan_id: Option<Uuid>,
}

pub async fn about(conn: &Reader) -> Result<Vec<AboutRow>, DbError> {
    let sql = "SELECT r.report_id, d.plan_id FROM programme_report_period r JOIN programme_period p ON p.id = r.period_id \
        JOIN programme_duty d ON d.id = p.duty_id ORDER BY r.report_id, d.plan_id";
    conn.all(sql, vals![]).await
}
