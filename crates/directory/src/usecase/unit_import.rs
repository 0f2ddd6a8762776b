//! Units from a list, with a preview of what would change: later lists rename, move and end units.

use std::collections::{BTreeMap, HashMap};

use db::Entry;
use kernel::{Ctx, Problem, Resource, UnitId};
use serde_json::json;
use webkit::{Answers, Bytes, Core, Import, Preview, Units};

use super::unit_edit::{is_whole, once};
use crate::{
    Directory, Error,
    model::{twins::Twins, unit::Unit, whole},
    store,
};

static UNITS: Import<Unit> = Import {
    usual: |_| Answers::default(),
    key: Unit::codes,
    more: &[],
    name: |unit| unit.name.clone(),
    may: |core, ctx, _| core.authorizer().check(ctx, "unit.import", &Resource::installation()),
    is_whole: true,
};

/// What the list would change, line by line. Lines that together would leave no tree refuse it. Looks at the rows themselves:
/// a list is also how units are mended that are no tree.
pub async fn preview(core: &Core, ctx: &Ctx, bytes: Bytes) -> Result<Preview<Unit>, Problem> {
    let units = store::unit::all(&core.db().read()).await?;
    let mut list = UNITS.lines(core, ctx, bytes).await?;
    let known = known(ctx, &units, &mut list.lines)?;
    let preview = UNITS.beside(core, ctx, list, units.clone(), known).await?;
    if preview.whole(core, ctx).is_err() {
        return Ok(preview);
    }
    let before = by_id(&units);
    let mut after = before.clone();
    after.extend(preview.rows().map(|unit| (unit.id, unit)));
    let after: Vec<Unit> = after.into_values().cloned().collect();
    let Some(mut fault) = whole::fault(&after) else {
        all_once(&after, &before, &preview)?;
        return Ok(preview);
    };
    for (id, name) in fault.units.iter_mut().take(whole::NAMED) {
        let is_it = |unit: &Unit| unit.id == *id;
        if let Some(line) = preview.lines.iter().find(|line| line.row.as_ref().is_some_and(is_it)) {
            *name = format!("{name} ({} {})", core.locales().text(ctx.lang, "line", &[]), line.number);
        }
    }
    Err(fault.into())
}

/// What the words of the list mean: the units that are there and those that it adds. A new one that names none above it
/// stands below the root.
fn known(ctx: &Ctx, units: &[Unit], lines: &mut [(usize, Answers)]) -> Result<Units, Problem> {
    let mut bearers: HashMap<String, Vec<&Unit>> = HashMap::new();
    for (code, unit) in units.iter().flat_map(|unit| unit.codes().into_iter().map(move |code| (code, unit))) {
        bearers.entry(code).or_default().push(unit);
    }
    let mut known: HashMap<String, UnitId> = units.iter().map(|unit| (unit.id.to_string(), unit.id)).collect();
    for text in lines.iter().flat_map(|(_, line)| ["code", "parent", "successor"].map(|field| line.text(field))) {
        match bearers.get(text).map_or(&[][..], Vec::as_slice) {
            [] => {}
            [unit] => {
                known.insert(text.to_owned(), unit.id);
            }
            // Which of them is meant, the list does not say.
            several => {
                let names: Vec<&str> = several.iter().map(|unit| unit.name.as_str()).collect();
                return Err(Error::CodeTwice { code: text.to_owned(), names: names.join(", ") }.into());
            }
        }
    }
    let root = units.iter().find(|unit| unit.parent.is_none()).map(|unit| unit.id);
    for (_, line) in lines {
        let code = line.text("code").to_owned();
        if code.is_empty() || bearers.contains_key(&code) {
            continue;
        }
        known.insert(code, ctx.new_id());
        if let Some(root) = root.filter(|_| line.text("parent").is_empty()) {
            line.set("parent", root.to_string());
        }
    }
    Ok(Units::given(known))
}

fn by_id(units: &[Unit]) -> BTreeMap<UnitId, &Unit> {
    units.iter().map(|unit| (unit.id, unit)).collect()
}

fn all_once(after: &[Unit], before: &BTreeMap<UnitId, &Unit>, preview: &Preview<Unit>) -> Result<(), Error> {
    let (mut rows, twins) = (preview.rows(), Twins::among(after));
    rows.try_for_each(|unit| once(&twins, before.get(&unit.id).copied(), unit))
}

/// Carries out what the preview shows, in one act.
pub async fn unit_import(core: &Core, ctx: &Ctx, preview: &Preview<Unit>) -> Result<(), Problem> {
    core.authorizer().check(ctx, "unit.import", &Resource::installation())?;
    preview.whole(core, ctx)?;
    let count = preview.rows().count();
    if count == 0 {
        return Ok(());
    }
    let above: HashMap<UnitId, UnitId> = preview.rows().filter_map(|unit| Some((unit.id, unit.parent?))).collect();
    let depth = |unit: &Unit| std::iter::successors(Some(unit.id), |id| above.get(id).copied()).take(count).count();
    // What is new stands on what it is below.
    let mut rows: Vec<&Unit> = preview.rows().collect();
    rows.sort_by_cached_key(|unit| depth(unit));
    let rows = &rows;
    core.db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            let before = store::unit::all(&tx).await?;
            let before = by_id(&before);
            let is_there = |unit: &&Unit| before.contains_key(&unit.id);
            let (old, new): (Vec<&Unit>, Vec<&Unit>) = rows.iter().copied().partition(is_there);
            // Names go round, and what ends makes room: meanwhile none of those that change stands in another's way.
            let place = |unit: &Unit| (unit.name.clone(), unit.parent, unit.valid_to);
            let moves = |unit: &&Unit| before.get(&unit.id).is_some_and(|old| place(old) != place(unit));
            let moved: Vec<UnitId> = old.iter().copied().filter(moves).map(|unit| unit.id).collect();
            store::unit::names_let_go(&tx, &moved).await?;
            store::unit::insert_all(&tx, &new).await?;
            if !store::unit::update_all(&tx, &old).await? {
                return Err(Problem::stale());
            }
            let after = store::unit::all(&tx).await?;
            is_whole(&after)?;
            all_once(&after, &before, preview)?;
            store::unit::names_hold(&tx, &moved).await?;
            store::unit::stamp_bump(&tx).await?;
            tx.ledger(Entry::new("unit.import", "units").detail(json!({ "changed": count })));
            Ok(())
        })
        .await?;
    core.get::<Directory>()?.reload().await
}
