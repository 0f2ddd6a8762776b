//! Acts that are taken back from what the floor kept of their rows ([`db::undo`]): which they are a module says, and who may.

use std::pin::Pin;

use db::{LedgerRow, Reader, Tx};
use kernel::{Ctx, Problem, ProblemKind, Resource, UnitId};
use serde::Serialize;
use serde_json::Value as Json;

use crate::{Acted, Core, Kept, Who};

/// What can be taken back in this house, as a service.
pub(crate) struct Undos(pub Vec<Undo>);

/// Checks the same right that the act asked for, over the rows as they are where it is asked, and says where its page is.
pub type MayUndo = for<'a> fn(
    &'a Core,
    &'a Ctx,
    &'a Reader,
    &'a str,
) -> Pin<Box<dyn Future<Output = Result<String, Problem>> + Send + 'a>>;

/// How an act goes back, inside the act that takes it back.
pub type Back =
    for<'a> fn(&'a Core, &'a Tx, &'a LedgerRow) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;

/// Who may take an act back on the subject of its entry.
#[derive(Clone, Copy)]
pub enum May {
    Asked(MayUndo),
    /// Whoever has this right over things of this kind at the unit on which it was entered, and over all of them where it is
    /// none; with the page of such acts.
    AtUnit {
        action: &'static str,
        kind: &'static str,
        page: &'static str,
    },
}

/// An act that can be taken back: its name in the ledger, and who may.
#[derive(Clone, Copy)]
pub struct Undo {
    pub act: &'static str,
    /// The table of the subject, where the act sets a whole of it anew (all stops of a plan's route): only the last one on a
    /// subject is taken back, and nobody sets it meanwhile.
    pub whole: Option<&'static str>,
    pub may: May,
    /// Where more comes of it than its rows: calls [`db::undo`] itself.
    pub back: Option<Back>,
}

impl Undo {
    /// Of an act on one row, by whoever keeps it.
    pub const fn of<K: Kept>(act: &'static str) -> Self {
        Self {
            act,
            whole: None,
            may: May::Asked(|core, ctx, conn, subject| Box::pin(kept::<K>(core, ctx, conn, subject))),
            back: None,
        }
    }

    /// Of an act that is entered on a unit.
    pub const fn at_unit(act: &'static str, action: &'static str, kind: &'static str, page: &'static str) -> Self {
        Self { act, whole: None, may: May::AtUnit { action, kind, page }, back: None }
    }

    /// The page of the subject, for whom may take the act back on it.
    async fn may(&self, core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
        match self.may {
            May::Asked(may) => may(core, ctx, conn, subject).await,
            May::AtUnit { action, kind, page } => {
                let all = Resource { kind, ..Resource::default() };
                let resource = subject.parse().map_or(all, |unit| Resource::kept(kind, unit));
                core.check_today(ctx, action, resource).map(|()| page.to_owned())
            }
        }
    }
}

async fn kept<K: Kept>(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let id = subject.parse().map_err(|_| Problem::not_found())?;
    let row = K::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    row.check(core, ctx).map(|()| (K::REGISTER.href)(&row))
}

impl std::fmt::Debug for Undo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Undo").field("act", &self.act).finish_non_exhaustive()
    }
}

/// A line of the history of a thing.
#[derive(Debug, Clone, Serialize)]
pub struct Past {
    pub seq: i64,
    pub at: i64,
    pub action: String,
    #[serde(flatten)]
    pub who: Who,
    /// The reader may take it back now.
    pub undo: bool,
    /// The body that acted for another one, and that one, in short, where it did.
    pub acted_for: Option<(String, String)>,
    /// Which part of the thing it was about, where its page tells that.
    pub about: Option<String>,
}

/// The post of an entry: that of the unit whose matter it was, else the first.
fn post(body: &Json) -> Option<(UnitId, String)> {
    let posts = body["posts"].as_array().map(Vec::as_slice).unwrap_or_default();
    let post = posts.iter().find(|post| post["unit"] == body["unit"]).or(posts.first())?;
    Some((post["unit"].as_str()?.parse().ok()?, post["role"].as_str()?.to_owned()))
}

/// What is asked of an entry of the ledger to say who made it.
pub fn acted(entry: &LedgerRow) -> Acted {
    let body: Json = serde_json::from_str(&entry.body).unwrap_or_default();
    let unit = body["unit"].as_str().and_then(|unit| unit.parse().ok());
    Acted { post: post(&body), ..Acted::new(&entry.actor, entry.at, unit) }
}

impl Core {
    /// Who acted for whom, in short, as the entry keeps it.
    pub fn acted_for(&self, entry: &LedgerRow) -> Option<(String, String)> {
        let body: Json = serde_json::from_str(&entry.body).unwrap_or_default();
        let name = |unit: &Json| Some(self.bodies().body(unit.as_str()?.parse().ok()?)?.short_name);
        name(&body["detail"]["acted_by"]).zip(name(&body["unit"]))
    }

    /// What takes an entry back; of one that took another back, what that other one asks.
    fn undo_of(&self, entry: &LedgerRow) -> Result<Option<Undo>, Problem> {
        let body: Json = serde_json::from_str(&entry.body).unwrap_or_default();
        let taken_back = body["detail"]["act"].as_str().filter(|_| entry.action == db::UNDO);
        let act = taken_back.unwrap_or(&entry.action);
        Ok(self.get::<Undos>()?.0.iter().find(|undo| undo.act == act).copied())
    }
}

/// How far back it is looked for what was done to a whole since.
const BACK: i64 = 100;

/// Whether an entry is the last that is in effect of what sets this whole anew.
async fn is_last(core: &Core, conn: &Reader, undo: Undo, entry: &LedgerRow) -> Result<bool, Problem> {
    if undo.whole.is_none() {
        return Ok(true);
    }
    let mut taken_back = Vec::new();
    for row in db::ledger_page(conn, Some(&entry.subject), None, BACK).await? {
        if taken_back.contains(&row.seq) || core.undo_of(&row)?.is_none_or(|other| other.act != undo.act) {
            continue;
        }
        if row.seq == entry.seq {
            return Ok(true);
        }
        if row.action != db::UNDO {
            return Ok(false);
        }
        let body: Json = serde_json::from_str(&row.body).unwrap_or_default();
        taken_back.extend(body["detail"]["entry"].as_i64());
    }
    Ok(false)
}

/// The newest entries of a subject, and which of them the reader may take back.
pub async fn history(core: &Core, ctx: &Ctx, subject: &str, limit: i64) -> Result<Vec<Past>, Problem> {
    history_of_parts(core, ctx, subject, limit, |_| None).await
}

/// The same, with the words for what is in the detail of an entry.
pub async fn history_of_parts(
    core: &Core,
    ctx: &Ctx,
    subject: &str,
    limit: i64,
    about: impl Fn(&Json) -> Option<String>,
) -> Result<Vec<Past>, Problem> {
    let conn = core.db().read();
    let entries = db::ledger_page(&conn, Some(subject), None, limit).await?;
    let acts: Vec<Acted> = entries.iter().map(acted).collect();
    let mut out = Vec::new();
    for (entry, who) in entries.into_iter().zip(core.who(&acts).await?) {
        let undo = match core.undo_of(&entry)? {
            Some(undo) if db::can_undo(core.db(), entry.seq).await? => {
                undo.may(core, ctx, &conn, subject).await.is_ok()
            }
            _ => false,
        };
        let acted_for = core.acted_for(&entry);
        let body: Json = serde_json::from_str(&entry.body).unwrap_or_default();
        let about = about(&body["detail"]);
        let LedgerRow { seq, at, action, .. } = entry;
        out.push(Past { seq, at, action, who, undo, acted_for, about });
    }
    Ok(out)
}

/// Takes the act of an entry back; returns the page of its subject. The right is asked as things are, and again as they are
/// then: an act that could not be done now does not come back by this way. Who may not learns nothing of the entry.
pub async fn undo(core: &Core, ctx: &Ctx, seq: i64) -> Result<String, Problem> {
    let conn = core.db().read();
    let entry = &db::ledger_entry(&conn, seq).await?.ok_or_else(Problem::not_found)?;
    let undo = core.undo_of(entry)?.ok_or_else(Problem::not_found)?;
    let hidden = |problem: Problem| if problem.kind == ProblemKind::Forbidden { Problem::not_found() } else { problem };
    core.db()
        .write(ctx, |tx| async move {
            if let (Some(table), Some(id)) = (undo.whole, kernel::id_uuid(&entry.subject)) {
                tx.hold(table, "id = $1", db::vals![id]).await?;
            }
            undo.may(core, ctx, &tx, &entry.subject).await.map_err(hidden)?;
            if !is_last(core, &tx, undo, entry).await? {
                return Err(Problem::new(ProblemKind::Conflict, "changed-since"));
            }
            match undo.back {
                Some(back) => back(core, &tx, entry).await?,
                None => db::undo(&tx, entry).await?,
            }
            undo.may(core, ctx, &tx, &entry.subject).await
        })
        .await
}
