//! The ledger as people look for something in it: by a name, by what was done, by the thing, by days. Words are compared
//! without diacritics.

use db::{LedgerFind, LedgerFound};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::{AccountId, Ctx, PersonId, Problem, TokenId, id_uuid, text::fold};
use uuid::Uuid;
use webkit::Core;

use crate::store;

/// People of one name whose acts are looked for at once.
const MOST_PEOPLE: u64 = 200;
const MOST_UNITS: usize = 50;
/// Kinds of actors that are nobody in particular, with the words for them.
const NOBODY: [(&str, &str); 2] = [("system:", "actor-system"), ("cli:", "actor-cli")];

/// What somebody typed; empty fields ask for nothing.
#[derive(Debug, Clone, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub struct Wanted {
    pub who: String,
    pub act: String,
    pub thing: String,
    pub from: String,
    pub to: String,
    /// Below this number.
    pub before: Option<i64>,
}

fn has_words(text: &str, words: &str) -> bool {
    let text = fold(text);
    fold(words).split_whitespace().all(|word| text.contains(word))
}

/// Marks of the people of a name, with their tokens, and of what is nobody where that is meant.
async fn actors(core: &Core, ctx: &Ctx, who: &str) -> Result<Vec<String>, Problem> {
    if id_uuid(who).is_some() {
        return Ok(vec![who.to_owned()]);
    }
    let conn = core.db().read();
    let people = store::known::named(&conn, who, MOST_PEOPLE).await?;
    let accounts: Vec<Uuid> = people.iter().map(|row| row.id).collect();
    let tokens = store::known::tokens_of(&conn, &accounts).await?;
    let nobody = NOBODY.iter().filter(|(_, key)| has_words(&core.locales().text(ctx.lang, key, &[]), who));
    let people = people.iter().map(|row| PersonId::from_uuid(row.person_id).to_string());
    let tokens = tokens.iter().map(|row| TokenId::from_uuid(row.id).to_string());
    Ok(people.chain(tokens).chain(nobody.map(|(begin, _)| (*begin).to_owned())).collect())
}

/// The acts whose words are meant.
fn actions(core: &Core, ctx: &Ctx, act: &str) -> Vec<String> {
    let keys = core.locales().beginning("act-");
    let meant = keys.filter(|key| has_words(&core.locales().text(ctx.lang, key, &[]), act));
    meant.map(|key| key.trim_start_matches("act-").to_owned()).collect()
}

/// The ids that a text holds, as of a link that was pasted; else units and people of that name.
async fn subjects(core: &Core, thing: &str) -> Result<Vec<String>, Problem> {
    let parts = thing.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let ids: Vec<String> = parts.filter(|part| id_uuid(part).is_some()).map(str::to_owned).collect();
    if !ids.is_empty() {
        return Ok(ids);
    }
    let units = core.bodies().find(thing, MOST_UNITS).into_iter().map(|body| body.unit.to_string());
    let people = store::known::named(&core.db().read(), thing, MOST_PEOPLE).await?;
    let of = |row: &store::known::KnownRow| {
        [PersonId::from_uuid(row.person_id).to_string(), AccountId::from_uuid(row.id).to_string()]
    };
    Ok(units.chain(people.iter().flat_map(of)).collect())
}

/// The first moment of a day in Vietnam.
fn begins(day: Date) -> Result<i64, Problem> {
    let at: Timestamp = day.to_zoned(TimeZone::fixed(jiff::tz::offset(7))).map_err(Problem::internal)?.timestamp();
    Ok(at.as_microsecond())
}

fn day(field: &'static str, text: &str) -> Result<Option<Date>, Problem> {
    let wrong = || Problem::bad_input("bad-day").field(field, "bad-day");
    let typed = Some(text.trim()).filter(|text| !text.is_empty());
    typed.map(|text| kernel::day::read(text).ok_or_else(wrong)).transpose()
}

/// The newest entries that fit, as far back as it is looked at once.
pub async fn ledger_find(core: &Core, ctx: &Ctx, wanted: &Wanted, limit: i64) -> Result<LedgerFound, Problem> {
    let asked = |text: &str| Some(text.trim().chars().take(200).collect::<String>()).filter(|text| !text.is_empty());
    let mut find = LedgerFind { before: wanted.before, ..LedgerFind::default() };
    if let Some(who) = asked(&wanted.who) {
        find.actors = Some(actors(core, ctx, &who).await?);
    }
    if let Some(act) = asked(&wanted.act) {
        find.actions = Some(actions(core, ctx, &act));
    }
    if let Some(thing) = asked(&wanted.thing) {
        find.subjects = Some(subjects(core, &thing).await?);
    }
    find.from = day("from", &wanted.from)?.map(begins).transpose()?;
    let after = day("to", &wanted.to)?.map(|day| day.tomorrow().map_err(Problem::internal)).transpose()?;
    find.until = after.map(begins).transpose()?;
    Ok(db::ledger_find(&core.db().read(), &find, limit).await?)
}
