//! Plans.

use db::{DbError, FromQueryResult, JobId, Reader, Where, Words, Writer, mask, vals, words};
use kernel::{Ctx, PlanId, UnitId};
use uuid::Uuid;

use crate::{files::model::seen, plans::model::authority::Standing};

#[derive(Debug, Clone, FromQueryResult, serde::Serialize)]
pub struct PlanRow {
    pub id: Uuid,
    /// reading, review, live, filed, replaced, withdrawn or refused
    pub state: String,
    pub file_name: Words,
    pub blob_hash: String,
    pub job_id: Option<Uuid>,
    pub refusal: Option<String>,
    pub number: Option<String>,
    pub issued_on: Option<String>,
    pub kind: Option<String>,
    pub issuer: Option<String>,
    pub issuer_id: Option<Uuid>,
    pub title: Option<String>,
    pub draft: bool,
    pub follower_id: Uuid,
    pub created_at: i64,
    pub approved_at: Option<i64>,
    /// The account that took the document in.
    pub importer: Option<Uuid>,
    /// `confirmed` or `refused` by the body in whose name it stands; none while it has said nothing.
    pub confirmation: Option<String>,
    pub confirmed_by: Option<Uuid>,
    pub confirmed_at: Option<i64>,
    pub confirmation_note: Option<String>,
    /// The account that said so.
    #[serde(skip)]
    pub confirmed_hand: Option<String>,
    /// Since when it says something that its confirmation did not see.
    pub changed_at: Option<i64>,
    /// The act by which it was withdrawn; none where its body disowned it.
    pub withdrawal: Option<Uuid>,
    /// Since when its head was compared with the document; none while nobody did.
    pub head_seen: Option<i64>,
    /// Since when it is filed as ordering nothing, and by whom, as the ledger knows them.
    pub filed_at: Option<i64>,
    pub filed_by: Option<String>,
    pub rev: i64,
}

impl PlanRow {
    pub fn is_confirmed(&self) -> bool {
        self.confirmation.as_deref() == Some("confirmed")
    }

    /// Confirmed, and more was written into it since.
    pub fn is_added_to(&self) -> bool {
        self.is_confirmed() && self.changed_at.is_some()
    }

    /// Its body may say a word on it: it has said none, or not of all that is in it.
    pub fn is_open_to_a_word(&self) -> bool {
        matches!(self.state.as_str(), "review" | "live") && (self.confirmation.is_none() || self.is_added_to())
    }

    /// A word was said on it that can be taken back; what was replaced stays so, what was filed is opened again first.
    pub fn has_word_to_take_back(&self) -> bool {
        let stays = matches!(self.state.as_str(), "replaced" | "filed");
        self.confirmation.is_some() && !stays && self.withdrawal.is_none()
    }

    /// Its body said that it is not theirs: it ended by that word, and not because somebody withdrew it.
    pub fn is_disowned(&self) -> bool {
        self.state == "withdrawn" && self.withdrawal.is_none()
    }

    /// The end of the key of its state's words.
    pub fn state_words(&self) -> &str {
        if self.is_disowned() { "disowned" } else { &self.state }
    }

    /// It was confirmed, and then something else was written into it.
    pub fn has_lapsed(&self) -> bool {
        self.confirmation.is_none() && self.changed_at.is_some()
    }

    pub fn standing(&self) -> Standing {
        standing(self.follower_id, self.issuer_id, self.confirmation.as_deref(), self.confirmed_by)
    }

    pub fn is_read(&self) -> bool {
        !matches!(self.state.as_str(), "reading" | "refused")
    }

    /// What was not read and cleared is there for who took it in, and for nobody else.
    pub fn is_seen_by(&self, ctx: &Ctx) -> bool {
        self.is_read() || seen::is_own(ctx, self.importer)
    }

    pub fn id(&self) -> PlanId {
        PlanId::from_uuid(self.id)
    }

    pub fn follower(&self) -> UnitId {
        UnitId::from_uuid(self.follower_id)
    }

    /// Its number, else its file: short enough for a breadcrumb.
    pub fn short_label(&self) -> String {
        self.number
            .clone()
            .filter(|number| !number.starts_with('/') && !number.is_empty())
            .unwrap_or_else(|| self.file_name.clone().into_string())
    }

    /// What people call it: its number, else its title, else its file.
    pub fn label(&self) -> String {
        let numbered = self.number.clone().filter(|number| !number.starts_with('/') && !number.is_empty());
        numbered.or_else(|| self.title.clone()).unwrap_or_else(|| self.file_name.clone().into_string())
    }
}

/// What rights come from, from its columns.
pub(crate) fn standing(
    follower: Uuid,
    issuer: Option<Uuid>,
    confirmation: Option<&str>,
    confirmed_by: Option<Uuid>,
) -> Standing {
    Standing {
        follower: UnitId::from_uuid(follower),
        issuer: issuer.map(UnitId::from_uuid),
        confirmed_by: confirmed_by.filter(|_| confirmation == Some("confirmed")).map(UnitId::from_uuid),
        is_refused: confirmation == Some("refused"),
    }
}

pub(crate) const COLUMNS: &str = "id, state, file_name, blob_hash, job_id, refusal, number, issued_on, kind, issuer, issuer_id, title, draft, follower_id, created_at, approved_at, importer, confirmation, confirmed_by, confirmed_at, confirmation_note, confirmed_hand, changed_at, withdrawal, head_seen, filed_at, filed_by, rev";

/// The words by which a plan is found: its number and title, once they are read, and its file. The step of the schema that
/// began with it (`schema::plan_words`) joins the same.
fn folded(file_name: &str, number: &str, title: &str) -> String {
    kernel::text::fold(&[number, title, file_name].map(|words| mask(words).into_owned()).join(" "))
}

pub async fn insert(
    conn: &Writer,
    id: PlanId,
    file_name: &str,
    blob_hash: &str,
    follower: UnitId,
    ctx: &Ctx,
) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_plan (id, state, file_name, blob_hash, draft, follower_id, created_at, importer, fold, rev) VALUES ($1, 'reading', $2, $3, $4, $5, $6, $7, $8, 1)";
    let (now, importer) = (ctx.now().as_microsecond(), seen::account(ctx));
    let (file, fold) = (Words::new(file_name), folded(file_name, "", ""));
    conn.exec(sql, vals![id.uuid(), file, blob_hash, false, follower.uuid(), now, importer, fold]).await?;
    Ok(())
}

pub async fn job_set(conn: &Writer, id: PlanId, job: JobId) -> Result<(), DbError> {
    conn.exec("UPDATE programme_plan SET job_id = $2 WHERE id = $1", vals![id.uuid(), job.uuid()]).await?;
    Ok(())
}

pub async fn by_hash(conn: &Reader, hash: &str) -> Result<Option<PlanRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_plan WHERE blob_hash = $1 AND state <> 'refused'"), vals![hash])
        .await
}

/// Forgets a refused attempt, so that the same bytes may be tried again.
pub async fn refused_drop(conn: &Writer, hash: &str) -> Result<(), DbError> {
    let sql = "DELETE FROM programme_plan WHERE blob_hash = $1 AND state = 'refused'";
    conn.exec(sql, vals![format!("refused:{hash}")]).await?;
    Ok(())
}

/// A plan that was read and cleared. Others are not there, but for [`seen`] and [`any`].
pub async fn get(conn: &Reader, id: PlanId) -> Result<Option<PlanRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_plan WHERE id = $1 AND {CLEARED}");
    conn.one(&sql, vals![id.uuid()]).await
}

/// The same, and what the actor took in.
pub async fn seen(conn: &Reader, ctx: &Ctx, id: PlanId) -> Result<Option<PlanRow>, DbError> {
    Ok(any(conn, id).await?.filter(|plan| plan.is_seen_by(ctx)))
}

/// In whatever state: for the program itself, never for a page.
pub async fn any(conn: &Reader, id: PlanId) -> Result<Option<PlanRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_plan WHERE id = $1"), vals![id.uuid()]).await
}

const CLEARED: &str = "state NOT IN ('reading', 'refused')";

/// The newest plans, without the documents of which only single tasks are known. Those that are not cleared are in the
/// list of `importer` only.
pub async fn list(conn: &Reader, importer: Option<Uuid>) -> Result<Vec<PlanRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_plan WHERE (kind IS NULL OR kind <> 'assigned') AND ({CLEARED} OR importer = $1) ORDER BY created_at DESC, id LIMIT 500"
    );
    conn.all(&sql, vals![importer]).await
}

/// Of the same plans those that have these words, so many at most.
pub async fn found(conn: &Reader, importer: Option<Uuid>, asked: &str, most: u64) -> Result<Vec<PlanRow>, DbError> {
    let mut list = Where::default();
    let importer = list.bind(importer);
    list.and("kind IS NULL OR kind <> 'assigned'");
    list.and(&format!("{CLEARED} OR importer = {importer}"));
    for word in words(asked) {
        let word = list.bind(format!("%{word}%"));
        list.and(&format!("fold LIKE {word}"));
    }
    let sql = format!("SELECT {COLUMNS} FROM programme_plan{} ORDER BY created_at DESC, id LIMIT {most}", list.sql());
    conn.all(&sql, list.values).await
}

/// Plans by id, in no order, each once.
pub async fn by_ids(conn: &Reader, ids: &[Uuid]) -> Result<Vec<PlanRow>, DbError> {
    let ids: Vec<Uuid> = ids.iter().copied().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    let mut out = Vec::new();
    for some in ids.chunks(5000) {
        let marks = db::marks(1, some.len());
        let sql = format!("SELECT {COLUMNS} FROM programme_plan WHERE id IN ({marks}) AND {CLEARED} ORDER BY id");
        out.extend(conn.all::<PlanRow>(&sql, some.iter().map(|id| db::Value::from(*id)).collect()).await?);
    }
    Ok(out)
}

/// Live plans that concern a unit: it follows or issued them, has a role in them, leads or helps.
pub async fn concerning(conn: &Reader, unit: UnitId) -> Result<Vec<Uuid>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let sql = "SELECT id FROM programme_plan WHERE state = 'live' AND (follower_id = $1 OR issuer_id = $1 \
        OR id IN (SELECT plan_id FROM programme_plan_role WHERE unit_id = $1) \
        OR id IN (SELECT plan_id FROM programme_part WHERE unit_id = $1) \
        OR id IN (SELECT t.plan_id FROM programme_helper h JOIN programme_task t ON t.id = h.task_id WHERE h.unit_id = $1))";
    let rows: Vec<Row> = conn.all(sql, vals![unit.uuid()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Every plan with this number, newest first.
pub async fn numbered(conn: &Reader, number: &str) -> Result<Vec<PlanRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_plan WHERE number = $1 ORDER BY created_at DESC, id");
    conn.all(&sql, vals![number]).await
}

/// The text as read and the whole reading as JSON.
pub async fn text(conn: &Reader, id: PlanId) -> Result<String, DbError> {
    #[derive(FromQueryResult)]
    struct Text {
        text: Option<String>,
    }
    let row: Option<Text> = conn.one("SELECT text FROM programme_plan WHERE id = $1", vals![id.uuid()]).await?;
    Ok(row.and_then(|row| row.text).unwrap_or_default())
}

/// The whole reading as it was stored: JSON, of many megabytes where the plan is large.
pub async fn reading(conn: &Reader, id: PlanId) -> Result<Option<String>, DbError> {
    #[derive(FromQueryResult)]
    struct Stored {
        reading: Option<String>,
    }
    let row: Option<Stored> = conn.one("SELECT reading FROM programme_plan WHERE id = $1", vals![id.uuid()]).await?;
    Ok(row.and_then(|row| row.reading))
}

#[derive(Debug, Clone)]
pub struct Read<'a> {
    pub document: &'a plan_reader::Document,
    pub issuer: Option<UnitId>,
    pub text: &'a str,
    pub reading: &'a str,
}

/// False when it is not being read any more: another one was faster.
pub async fn read_set(conn: &Writer, id: PlanId, read: &Read<'_>) -> Result<bool, DbError> {
    let d = read.document;
    let Some(row) = any(conn, id).await? else { return Ok(false) };
    let (number, title) = (d.number.as_deref().unwrap_or_default(), d.title.as_deref().unwrap_or_default());
    let sql = "UPDATE programme_plan SET state = 'review', number = $2, issued_on = $3, kind = $4, issuer = $5, issuer_id = $6, title = $7, draft = $8, text = $9, reading = $10, fold = $11, rev = rev + 1 WHERE id = $1 AND state = 'reading'";
    let set = conn
        .exec(
            sql,
            vals![
                id.uuid(),
                d.number.as_deref().map(Words::new),
                d.date.clone(),
                d.kind.as_deref().map(Words::new),
                d.issuer.as_deref().map(Words::new),
                read.issuer.map(|id| id.uuid()),
                d.title.as_deref().map(Words::new),
                d.draft,
                read.text,
                read.reading,
                folded(&row.file_name, number, title),
            ],
        )
        .await?;
    Ok(set == 1)
}

/// The head of a document as a person says it.
#[derive(Debug, Clone)]
pub struct Head<'a> {
    pub number: &'a str,
    pub title: &'a str,
    /// As an ISO day; a part of it where no more is known.
    pub issued_on: Option<&'a str>,
    pub issuer: Option<(UnitId, &'a str)>,
    pub follower: UnitId,
}

/// Saves what a person corrected about the document over revision `rev`; who corrects it has looked at it.
pub async fn head_set(conn: &Writer, id: PlanId, rev: i64, head: &Head<'_>, now: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_plan SET number = $3, title = $4, follower_id = $5, issued_on = $6, issuer_id = COALESCE($7, issuer_id), issuer = COALESCE($8, issuer), fold = $9, head_seen = $10, rev = rev + 1 WHERE id = $1 AND rev = $2";
    let Some(row) = any(conn, id).await? else { return Ok(false) };
    let (unit, name) = head.issuer.unzip();
    let values = vals![
        id.uuid(),
        rev,
        Words::new(head.number),
        Words::new(head.title),
        head.follower.uuid(),
        head.issued_on.map(str::to_owned),
        unit.map(|unit| unit.uuid()),
        name.map(Words::new),
        folded(&row.file_name, head.number, head.title),
        now,
    ];
    Ok(conn.exec(sql, values).await? == 1)
}

/// Since when the head of a plan under review was compared with the document, over revision `rev`; none takes that back.
pub async fn head_seen_set(conn: &Writer, id: PlanId, rev: i64, since: Option<i64>) -> Result<bool, DbError> {
    let sql = "UPDATE programme_plan SET head_seen = $3, rev = rev + 1 WHERE id = $1 AND rev = $2 AND state = 'review'";
    Ok(conn.exec(sql, vals![id.uuid(), rev, since]).await? == 1)
}

/// Whether the plan is in force, and stays so until the act is over.
pub async fn is_in_force(conn: &Writer, id: PlanId) -> Result<bool, DbError> {
    conn.keep("programme_plan", "id = $1 AND state = 'live'", vals![id.uuid()]).await
}

/// The plan as it stays until the act is over.
pub async fn held(conn: &Writer, id: PlanId) -> Result<Option<PlanRow>, DbError> {
    conn.hold("programme_plan", "id = $1", vals![id.uuid()]).await?;
    get(conn, id).await
}

/// Something was written into the plan over revision `rev`: who looked at it before must look again.
pub async fn rev_next(conn: &Writer, id: PlanId, rev: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_plan SET rev = rev + 1 WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![id.uuid(), rev]).await? == 1)
}

/// The same for a plan under review, by several reviewers at once; false when it is reviewed no more.
pub async fn reviewed(conn: &Writer, id: PlanId) -> Result<bool, DbError> {
    let sql = "UPDATE programme_plan SET rev = rev + 1 WHERE id = $1 AND state = 'review'";
    Ok(conn.exec(sql, vals![id.uuid()]).await? == 1)
}

/// All plans, and those that are carried out.
pub async fn how_many(conn: &Reader) -> Result<(i64, i64), DbError> {
    let all = conn.count("SELECT COUNT(*) FROM programme_plan", vals![]).await?;
    Ok((all, conn.count("SELECT COUNT(*) FROM programme_plan WHERE state = 'live'", vals![]).await?))
}

/// Holds the plan for a word on it, so that nobody makes it live meanwhile; false when it is reviewed no more.
pub async fn review_hold(conn: &Writer, id: PlanId) -> Result<bool, DbError> {
    conn.hold("programme_plan", "id = $1", vals![id.uuid()]).await?;
    let sql = "SELECT COUNT(*) FROM programme_plan WHERE id = $1 AND state = 'review'";
    Ok(conn.count(sql, vals![id.uuid()]).await? == 1)
}

/// A number that changes with every word on a row, a target, a duty or a doubt of the plan.
pub async fn review_mark(conn: &Reader, id: PlanId) -> Result<i64, DbError> {
    let of = |table: &str| {
        format!("(SELECT COUNT(*) + COALESCE(CAST(SUM(rev) AS bigint), 0) FROM {table} WHERE plan_id = $1)")
    };
    let of = ["programme_read_row", "programme_read_target", "programme_read_duty", "programme_finding"].map(of);
    conn.count(&format!("SELECT {}", of.join(" + ")), vals![id.uuid()]).await
}

/// Makes the plan live as it was at revision `rev`; false when somebody else did, or it says something else by now.
pub async fn live_set(conn: &Writer, id: PlanId, rev: i64, now: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_plan SET state = 'live', approved_at = $3, rev = rev + 1 WHERE id = $1 AND state = 'review' AND rev = $2";
    Ok(conn.exec(sql, vals![id.uuid(), rev, now]).await? == 1)
}

/// A plan whose place another one took; false where it was over already.
pub async fn replaced_set(conn: &Writer, id: PlanId) -> Result<bool, DbError> {
    let sql =
        "UPDATE programme_plan SET state = 'replaced', rev = rev + 1 WHERE id = $1 AND state IN ('live', 'review')";
    Ok(conn.exec(sql, vals![id.uuid()]).await? == 1)
}
