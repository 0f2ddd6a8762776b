//! Whom to call about a part ("ai ở xã làm?"): its own body names one, a colleague or somebody without an account.

use std::collections::{HashMap, HashSet};

use db::Entry;
use kernel::{Colleague, Ctx, PersonId, Problem, UnitId, text::person_sort_key};
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    ids::PartId,
    plans::usecase::behalf,
    work::{
        model::contact::Given,
        store::{
            self,
            contact::{ContactRow, Named},
            part::PartRow,
        },
        usecase::part_act::{in_force, part_for},
    },
};

/// Somebody to call, for who may see the part.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Contact {
    pub person: Option<String>,
    pub name: String,
    pub phone: String,
    pub rev: i64,
    /// The colleague who was named holds no post there any more: nobody is shown, and the body names somebody anew.
    pub has_left: bool,
}

impl Contact {
    fn left(rev: i64) -> Self {
        Self { person: None, name: String::new(), phone: String::new(), rev, has_left: true }
    }

    /// In one line; nothing where nobody is to be called any more.
    pub fn said(&self) -> String {
        let Self { name, phone, .. } = self;
        if phone.is_empty() { name.clone() } else { format!("{name}, {phone}") }
    }
}

/// By part.
pub type Contacts = HashMap<Uuid, Contact>;

/// Whom to call about these parts, which the reader may see. That they are shown is noted, once for all of them.
pub async fn contacts(core: &Core, ctx: &Ctx, parts: &[Uuid]) -> Result<Contacts, Problem> {
    let rows = store::contact::of(&core.db().read(), parts).await?;
    let there = there(core, ctx, &rows).await?;
    let is_there = |row: &ContactRow| row.person_id.is_none() || there.contains(&row.id);
    let (rows, left): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_there);
    let mut out: Contacts = left.into_iter().map(|row| (row.id, Contact::left(row.rev))).collect();
    if !rows.is_empty() {
        out.extend(shown(core, ctx, parts, rows).await?);
    }
    Ok(out)
}

/// The parts of those of these rows that name a colleague who works for its body today.
async fn there(core: &Core, ctx: &Ctx, rows: &[ContactRow]) -> Result<HashSet<Uuid>, Problem> {
    let both = |unit| [unit, core.bodies().today(unit)];
    let named = || rows.iter().filter_map(|row| Some((row, row.person()?)));
    let mut units: Vec<UnitId> = named().flat_map(|(row, _)| both(row.unit())).collect();
    units.sort_unstable();
    units.dedup();
    if units.is_empty() {
        return Ok(HashSet::new());
    }
    let people = core.colleagues().in_units(ctx.today(), &units).await?;
    let posts: HashSet<(PersonId, UnitId)> =
        people.iter().flat_map(|one| one.posts.iter().map(|post| (one.person, post.unit))).collect();
    let works = |row: &ContactRow, person| both(row.unit()).into_iter().any(|unit| posts.contains(&(person, unit)));
    Ok(named().filter(|(row, person)| works(row, *person)).map(|(row, _)| row.id).collect())
}

/// Opens what stands there about people, once that is noted.
async fn shown(core: &Core, ctx: &Ctx, parts: &[Uuid], rows: Vec<ContactRow>) -> Result<Contacts, Problem> {
    let mark = |row: &ContactRow| row.person().map(|person| person.to_string());
    let mut marks: Vec<String> = rows.iter().filter_map(mark).collect();
    marks.sort_unstable();
    marks.dedup();
    let mut known = core.identity().people(&marks).await?;
    known.retain(|_, one| !one.is_erased);
    let about = if let [part] = parts { PartId::from_uuid(*part).to_string() } else { String::new() };
    let shown = core.db().note_access(ctx, "part.contact", about, rows.len()).await?;
    let contact = |mut row: ContactRow| {
        row.name.open(&shown);
        row.phone.open(&shown);
        let person = mark(&row);
        let name = match &person {
            Some(person) => known.get(person)?.name.clone(),
            None => row.name.text().to_owned(),
        };
        Some((row.id, Contact { person, name, phone: row.phone.text().to_owned(), rev: row.rev, has_left: false }))
    };
    Ok(rows.into_iter().filter_map(contact).collect())
}

/// The same of one part.
pub async fn contact(core: &Core, ctx: &Ctx, part: PartId) -> Result<Option<Contact>, Problem> {
    Ok(contacts(core, ctx, &[part.uuid()]).await?.remove(&part.uuid()))
}

/// Who works for the body of a part today, by name.
pub async fn colleagues(core: &Core, ctx: &Ctx, part: &PartRow) -> Result<Vec<Colleague>, Problem> {
    let units = [part.unit(), core.bodies().today(part.unit())];
    let mut people = core.colleagues().in_units(ctx.today(), &units).await?;
    people.sort_by_cached_key(|one| person_sort_key(&one.name));
    Ok(people)
}

/// Names whom to call, over the revision that was read; 0 where nobody was named.
pub async fn contact_set(
    core: &Core,
    ctx: &Ctx,
    (part, rev): (PartId, i64),
    given: &Given,
    on_behalf: bool,
) -> Result<PartRow, Problem> {
    let part = part_for(core, ctx, part, "part.finish").await?;
    let acted_by = behalf::chosen(core, ctx, part.unit(), on_behalf)?;
    let named = &Named { person: given.person, name: given.name()?, phone: given.phone()? };
    if let Some(person) = given.person
        && colleagues(core, ctx, &part).await?.iter().all(|one| one.person != person)
    {
        return Err(Problem::bad_input("contact-elsewhere").field("person", "contact-elsewhere"));
    }
    let subject = &part;
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, subject.plan()).await?;
            Problem::stale_unless(store::contact::put(&tx, subject.id(), rev, named).await?)?;
            let acted_by = acted_by.map(|unit| unit.to_string());
            let detail = json!({ "colleague": named.person.is_some(), "acted_by": acted_by });
            tx.ledger(Entry::new("contact.set", subject.id()).unit(subject.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(part)
}

/// Nobody is to be called any more.
pub async fn contact_clear(
    core: &Core,
    ctx: &Ctx,
    (part, rev): (PartId, i64),
    on_behalf: bool,
) -> Result<PartRow, Problem> {
    let part = part_for(core, ctx, part, "part.finish").await?;
    let acted_by = behalf::chosen(core, ctx, part.unit(), on_behalf)?;
    let subject = &part;
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, subject.plan()).await?;
            Problem::stale_unless(store::contact::delete(&tx, subject.id(), rev).await?)?;
            let detail = json!({ "acted_by": acted_by.map(|unit| unit.to_string()) });
            tx.ledger(Entry::new("contact.clear", subject.id()).unit(subject.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(part)
}
