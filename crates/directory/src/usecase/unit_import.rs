//! Units from a CSV list, with a preview of what would change: later lists rename, recode and end units.

use std::collections::{HashMap, HashSet};

use db::Entry;
use jiff::civil::Date;
use kernel::{Authorizer, Code as _, Ctx, Problem, Resource, UnitId, ids::kinds};
use serde::{Deserialize, Serialize};
use serde_json::json;
use webkit::check_cells;

use super::unit_edit::{once, still_whole};
use crate::{
    Directory, Error,
    model::{
        name,
        unit::{Unit, UnitKind},
        whole,
    },
    store,
};

/// One line: `code,name,kind,parent_code,short_name,valid_from,valid_to,successor_code`; the last four may be left out.
#[derive(Debug, Clone, Deserialize)]
struct Line {
    code: String,
    name: String,
    kind: String,
    #[serde(default)]
    parent_code: String,
    #[serde(default)]
    short_name: String,
    #[serde(default)]
    valid_from: String,
    #[serde(default)]
    valid_to: String,
    #[serde(default)]
    successor_code: String,
}

const REQUIRED: [&str; 3] = ["code", "name", "kind"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Added,
    Renamed,
    Changed,
    Ended,
    Same,
}

#[derive(Debug, Clone, Serialize)]
pub struct UnitChange {
    pub line: usize,
    pub kind: ChangeKind,
    pub code: String,
    pub name: String,
    pub before: Option<String>,
    #[serde(skip)]
    old: Option<Unit>,
    #[serde(skip)]
    unit: Option<Unit>,
}

/// What the list would change, line by line; the first bad line refuses the whole list, and so do lines that together
/// would leave no tree. Looks at the rows themselves: a list is also how units are mended that are no tree.
pub async fn preview(directory: &Directory, ctx: &Ctx, bytes: &[u8]) -> Result<Vec<UnitChange>, Problem> {
    let units = store::unit::all(&directory.db().read()).await?;
    let changes = changes(&units, ctx, bytes)?;
    let changed: HashMap<UnitId, &Unit> =
        changes.iter().filter_map(|change| change.unit.as_ref()).map(|unit| (unit.id, unit)).collect();
    let mut after: Vec<Unit> =
        units.iter().map(|unit| changed.get(&unit.id).copied().unwrap_or(unit).clone()).collect();
    let new = changes.iter().filter(|change| change.kind == ChangeKind::Added);
    after.extend(new.filter_map(|change| change.unit.clone()));
    let Some(mut fault) = whole::fault(&after) else {
        all_once(&after, &changes)?;
        return Ok(changes);
    };
    for (id, name) in fault.units.iter_mut().take(whole::NAMED) {
        let line = changes.iter().find(|change| change.unit.as_ref().is_some_and(|unit| unit.id == *id));
        if let Some(change) = line {
            *name = format!("{name} (CSV: {})", change.line);
        }
    }
    Err(fault.into())
}

fn all_once(after: &[Unit], changes: &[UnitChange]) -> Result<(), Error> {
    let units = changes.iter().filter_map(|change| Some((change.old.as_ref(), change.unit.as_ref()?)));
    units.into_iter().try_for_each(|(old, unit)| once(after, old, unit))
}

fn changes(units: &[Unit], ctx: &Ctx, bytes: &[u8]) -> Result<Vec<UnitChange>, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::SheetEncoding)?;
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().map_err(|_| Error::SheetShort { line: 1 })?;
    let missing: Vec<&str> = REQUIRED.into_iter().filter(|name| headers.iter().all(|header| header != *name)).collect();
    if !missing.is_empty() {
        return Err(Error::SheetColumns(missing.join(", ")).into());
    }
    let by_id: HashMap<UnitId, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
    let root = units.iter().find(|unit| unit.parent.is_none()).map(|unit| unit.id);
    let codes = |unit: &Unit| [unit.code.clone(), unit.area_code.clone()].into_iter().flatten();
    let mut ids: HashMap<String, UnitId> = HashMap::new();
    let mut twice: HashMap<String, [UnitId; 2]> = HashMap::new();
    for (code, id) in units.iter().flat_map(|unit| codes(unit).map(|code| (code, unit.id))) {
        if let Some(other) = ids.insert(code.clone(), id).filter(|other| *other != id) {
            twice.insert(code, [other, id]);
        }
    }
    let (mut out, mut seen) = (Vec::new(), HashSet::new());
    let head = reader.headers().map_err(|error| Error::Sheet { line: 1, what: error.to_string() })?.clone();
    for (at, record) in reader.records().enumerate() {
        let number = at + 2;
        let refused = |what: &str| Error::Sheet { line: number, what: what.to_owned() };
        let record = record.map_err(|error| refused(&error.to_string()))?;
        check_cells(number, record.iter())?;
        let line: Line = record.deserialize(Some(&head)).map_err(|_| Error::SheetShort { line: number })?;
        for (field, text) in [("name", &line.name), ("short_name", &line.short_name), ("code", &line.code)] {
            name::check(field, text)?;
        }
        let unknown = || Error::SheetKind { line: number, kind: line.kind.clone() };
        let kind = UnitKind::parse(&line.kind).ok_or_else(unknown)?;
        if line.name.is_empty() || line.code.is_empty() {
            return Err(refused("code, name").into());
        }
        if !seen.insert(line.code.clone()) {
            return Err(refused(&line.code).into());
        }
        // Which of the two is meant, the list does not say.
        for code in [&line.code, &line.parent_code, &line.successor_code] {
            if let Some(both) = twice.get(code.as_str()) {
                let names: Vec<_> = both.iter().filter_map(|id| by_id.get(id)).map(|unit| unit.name.as_str()).collect();
                return Err(Error::CodeTwice { code: code.clone(), names: names.join(", ") }.into());
            }
        }
        let day = |text: &str| {
            if text.is_empty() { Ok(None) } else { text.parse::<Date>().map(Some).map_err(|_| refused(text)) }
        };
        let known = |code: &str| {
            if code.is_empty() { Ok(None) } else { ids.get(code).copied().map(Some).ok_or_else(|| refused(code)) }
        };
        let parent = known(&line.parent_code)?.or(root);
        let successor = known(&line.successor_code)?;
        let old = ids.get(&line.code).and_then(|id| by_id.get(id)).map(|unit| (*unit).clone());
        let id = *ids.entry(line.code.clone()).or_insert_with(|| ctx.new_id::<kinds::Unit>());
        let unit = Unit {
            id,
            // A province stands below nothing: so a list can also give the house its root back.
            parent: if kind == UnitKind::Province && line.parent_code.is_empty() {
                None
            } else {
                old.as_ref().map_or(parent, |unit| if line.parent_code.is_empty() { unit.parent } else { parent })
            },
            kind,
            code: old.as_ref().and_then(|unit| unit.code.clone()).or_else(|| old.is_none().then(|| line.code.clone())),
            legacy_code: old.as_ref().and_then(|unit| unit.legacy_code.clone()),
            area_code: old.as_ref().and_then(|unit| unit.area_code.clone()),
            name: line.name.clone(),
            short_name: if line.short_name.is_empty() {
                old.as_ref().map_or(line.name.clone(), |unit| unit.short_name.clone())
            } else {
                line.short_name.clone()
            },
            valid_from: day(&line.valid_from)?
                .or(old.as_ref().map(|unit| unit.valid_from))
                .unwrap_or_else(|| ctx.today()),
            valid_to: day(&line.valid_to)?.or(old.as_ref().and_then(|unit| unit.valid_to)),
            successor: successor.or(old.as_ref().and_then(|unit| unit.successor)),
            rev: old.as_ref().map_or(1, |unit| unit.rev),
        };
        let kind = match &old {
            None => ChangeKind::Added,
            Some(old) if *old == unit => ChangeKind::Same,
            Some(old) if old.valid_to != unit.valid_to => ChangeKind::Ended,
            Some(old) if old.name != unit.name => ChangeKind::Renamed,
            Some(_) => ChangeKind::Changed,
        };
        out.push(UnitChange {
            line: number,
            kind,
            code: line.code,
            name: line.name,
            before: old.as_ref().map(|old| old.name.clone()),
            old,
            unit: Some(unit),
        });
    }
    if out.is_empty() {
        return Err(Error::Sheet { line: 1, what: "code,name,kind".into() }.into());
    }
    Ok(out)
}

/// The unit whose name or place a change alters.
fn moves(change: &UnitChange) -> Option<UnitId> {
    let (old, new) = (change.old.as_ref()?, change.unit.as_ref()?);
    (old.name != new.name || old.parent != new.parent).then_some(new.id)
}

/// Carries the previewed changes out in one act; returns how many units changed.
pub async fn unit_import(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    bytes: &[u8],
) -> Result<usize, Problem> {
    authorizer.check(ctx, "unit.import", &Resource::installation())?;
    let changes = &preview(directory, ctx, bytes).await?;
    let real = || changes.iter().filter(|change| change.kind != ChangeKind::Same);
    let count = real().count();
    if count == 0 {
        return Ok(0);
    }
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            // What ends makes room for what takes its name.
            let (ended, others): (Vec<_>, Vec<_>) = changes
                .iter()
                .filter(|change| change.kind != ChangeKind::Same)
                .partition(|change| change.kind == ChangeKind::Ended);
            // Names go round: while they do, none of those that move stands in another's way.
            let moved: Vec<UnitId> = others.iter().filter_map(|change| moves(change)).collect();
            store::unit::names_let_go(&tx, &moved).await?;
            for change in ended.into_iter().chain(others) {
                let Some(unit) = &change.unit else { continue };
                if change.kind == ChangeKind::Added {
                    store::unit::insert(&tx, unit).await?;
                } else if !store::unit::update(&tx, unit).await? {
                    return Err(Problem::stale());
                }
            }
            still_whole(&tx).await?;
            all_once(&store::unit::all(&tx).await?, changes)?;
            store::unit::names_hold(&tx, &moved).await?;
            store::unit::stamp_bump(&tx).await?;
            tx.ledger(Entry::new("unit.import", "units").detail(json!({ "changed": count })));
            Ok(())
        })
        .await?;
    directory.reload().await?;
    Ok(count)
}
