//! What entries of the ledger are about: a name and a page for each, as the modules say it of their things.

use std::collections::HashMap;

use db::{FromQueryResult, Reader};
use kernel::{Problem, id_uuid};
use uuid::Uuid;

use crate::Core;

/// A kind of thing that has a page.
#[derive(Debug, Clone, Copy)]
pub struct Thing {
    /// What its ids begin with.
    pub kind: &'static str,
    /// Where its page is: this, and the id.
    pub page: &'static str,
    /// A statement of `id` and `name` that ends before `IN`; empty where it has no name of its own. From the module's store.
    pub named: &'static str,
}

/// All of this house, as a service.
pub(crate) struct Things(pub Vec<Thing>);

/// A thing as the ledger shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct ToldThing {
    pub href: String,
    pub name: Option<String>,
}

#[derive(FromQueryResult)]
struct Named {
    id: Uuid,
    name: Option<String>,
}

async fn names(conn: &Reader, thing: &Thing, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Problem> {
    if thing.named.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("{} IN ({})", thing.named, db::marks(1, ids.len()));
    let rows: Vec<Named> = conn.all(&sql, ids.iter().map(|id| (*id).into()).collect()).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.name?))).collect())
}

/// The page and the name of each of these subjects that has one; one statement for each kind.
pub async fn told_things(core: &Core, subjects: &[String]) -> Result<HashMap<String, ToldThing>, Problem> {
    let (conn, mut out) = (core.db().read(), HashMap::new());
    for thing in &core.get::<Things>()?.0 {
        let of_kind = |subject: &&String| subject.strip_prefix(thing.kind).is_some_and(|rest| rest.starts_with('_'));
        let ids: Vec<(&String, Uuid)> =
            subjects.iter().filter(of_kind).filter_map(|subject| Some((subject, id_uuid(subject)?))).collect();
        if ids.is_empty() {
            continue;
        }
        let names = names(&conn, thing, &ids.iter().map(|(_, id)| *id).collect::<Vec<_>>()).await?;
        for (subject, id) in ids {
            let told = ToldThing { href: format!("{}{subject}", thing.page), name: names.get(&id).cloned() };
            out.insert(subject.clone(), told);
        }
    }
    Ok(out)
}
