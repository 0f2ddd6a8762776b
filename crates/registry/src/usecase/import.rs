//! The agencies' own sheets taken in, with a preview; all of one sheet is one act.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use db::{Row as _, Tx, vals};
use kernel::{Ctx, Problem, ProblemKind, UnitId, text::fold};
use webkit::{Answers, Bytes, Core, Import, Kept as _, Preview, Record as _, Units, Verdict, heavy};

use super::{began::understood, heads, owners::Gone, relate};
use crate::{
    model::{Amount, Relation, System, SystemId, SystemState, Use},
    store::links,
};

static SHEET: Import<System> = Import {
    // An agency's own sheet does not say whose the systems are.
    usual: |ctx| Answers::default().with_some("owner", ctx.actor.only_unit()),
    key: |system| vec![format!("{} {}", system.owner_id, system.name_key())],
    more: &relate::COLUMNS,
    name: |system| system.name.to_string(),
    may: |core, ctx, system| core.check_today(ctx, "registry.import", system.kept()),
    is_whole: false,
};

/// What the sheet would do, line by line.
pub async fn systems_preview(core: &Core, ctx: &Ctx, bytes: Bytes) -> Result<Preview<System>, Problem> {
    let there = System::find(&core.db().read(), "", vals![]).await?;
    let mut list = SHEET.lines_called(core, ctx, bytes, heads::called(core, ctx).await?).await?;
    let (of, by) = (core.clone(), ctx.clone());
    // A name that nobody knows is looked for far back: of thousands of them no other request waits.
    let (mut list, gone, unit) = heavy(move || {
        let mut gone = Gone::default();
        let unit = unit(&list.heads, &list.above);
        for (_, said) in &mut list.lines {
            understood(said);
            in_unit(said, unit);
            gone.name(&of, &by, said);
        }
        (list, gone, unit)
    })
    .await?;
    let mut known = there.clone();
    become_secret(core, ctx, &mut list.lines, &mut known);
    let related = relate::asked(&list.lines);
    let mut preview = SHEET.beside(core, ctx, list, known, Units::default()).await?;
    if let Some((unit, true)) = unit {
        preview.notes.push(core.locales().text(ctx.lang, "system-cost-unit", &[("unit", unit.into())]));
    }
    gone.tell(core, ctx, &mut preview);
    of_merged(&mut preview);
    as_running(&mut preview);
    going_on(core, ctx, &there, &mut preview).await?;
    told_elsewhere(core, ctx, &there, &mut preview).await?;
    relate::relate(core, ctx, &there, &related, &mut preview).await?;
    Ok(preview)
}

/// Writes what the preview shows, but for the lines that it refuses and for what it says to be missing: systems and
/// relations in one act, which goes back as one.
pub async fn systems_import(core: &Core, ctx: &Ctx, preview: &Preview<System>) -> Result<(), Problem> {
    if preview.written() == 0 {
        return Ok(());
    }
    let entry = preview.entry_at_unit(core, ctx, ("system.import", "registry.import"), "systems");
    let entry = &entry.detail(preview.counted());
    let related = &relate::rows(ctx, preview)?;
    let (relations, uses) = related;
    core.db()
        .write(ctx, |tx| async move {
            check_ends(&tx, preview, related).await?;
            preview.put(&tx).await?;
            Relation::insert_all(&tx, relations).await.map_err(Relation::refused)?;
            Use::insert_all(&tx, uses).await.map_err(Use::refused)?;
            tx.ledger(entry.clone());
            Ok(())
        })
        .await
}

/// What lines relate is still what the preview found: no secret and no part of another record since, and where the line
/// leaves it as it is, changed by nobody.
async fn check_ends(
    tx: &Tx,
    preview: &Preview<System>,
    (relations, uses): &(Vec<Relation>, Vec<Use>),
) -> Result<(), Problem> {
    let lines = || preview.lines.iter();
    let new = lines().filter(|line| line.verdict == Verdict::New).filter_map(|line| line.row.as_ref());
    let new: HashSet<SystemId> = new.map(|row| row.id).collect();
    let read = lines().filter_map(|line| line.there.as_ref()).map(|row| (row.id, row.rev));
    let read: HashMap<SystemId, i64> = read.collect();
    let ends = relations.iter().flat_map(|one| [one.from_id, one.to_id]).chain(uses.iter().map(|one| one.system_id));
    let ends: BTreeSet<SystemId> = ends.filter(|id| !new.contains(id)).collect();
    let there = links::held(tx, &ends.iter().copied().collect::<Vec<_>>()).await?;
    let is_as_read = |row: &System| {
        let is_same = read.get(&row.id).is_none_or(|rev| *rev == row.rev);
        is_same && !row.is_veiled() && row.merged_into.is_none()
    };
    Problem::stale_unless(there.len() == ends.len() && there.iter().all(is_as_read))
}

/// A line that says of a record that it is a state secret is of that record, though neither bears its name from then on.
fn become_secret(core: &Core, ctx: &Ctx, lines: &mut [(usize, Answers)], known: &mut [System]) {
    let is_secret = |said: &Answers| ["yes", "co"].contains(&fold(said.text("state_secret")).as_str());
    let owner = |text: &str| text.parse::<UnitId>().or_else(|_| core.bodies().meant(text, ctx.today())).ok();
    for (_, said) in lines.iter_mut().filter(|(_, said)| is_secret(said)) {
        let (name, owner) = (fold(said.text("name")), owner(said.text("owner")));
        let is_meant = |one: &&mut System| Some(one.owner_id) == owner && one.name_key() == name && !one.is_veiled();
        if let Some(system) = known.iter_mut().find(is_meant) {
            system.name = system.veil();
            said.set("name", system.name.to_string());
        }
    }
}

/// The unit of bare sums: what the head of their column names ("Kinh phí (triệu đồng)"), else what the sheet states above its
/// heads; and whether it is the sheet that says so.
fn unit(heads: &[(&'static str, String)], above: &[String]) -> Option<(&'static str, bool)> {
    let (_, head) = heads.iter().find(|(name, _)| *name == "cost_per_year")?;
    if Amount::names_unit(head) {
        return Amount::unit_of(head).map(|unit| (unit, false));
    }
    above.iter().rev().find_map(|row| Amount::unit_stated(row)).map(|unit| (unit, true))
}

/// A bare number is so many of the unit.
fn in_unit(said: &mut Answers, unit: Option<(&'static str, bool)>) {
    let text = said.text("cost_per_year");
    let is_bare = text.ends_with(|c: char| c.is_ascii_digit());
    if let Some((unit, _)) = unit.filter(|_| is_bare) {
        let text = format!("{text} {unit}");
        said.set("cost_per_year", text);
    }
}

/// A list tells of what there is: a new line that says no state operates.
fn as_running(preview: &mut Preview<System>) {
    for line in preview.lines.iter_mut().filter(|line| line.verdict == Verdict::New) {
        let is_said = line.said.iter().any(|(field, _)| field.name == "state");
        if let Some(row) = line.row.as_mut().filter(|_| !is_said) {
            row.state = SystemState::Operating;
        }
    }
}

/// A list lets nothing go on that a form would not: what is there and begins to operate by it needs its approval.
async fn going_on(core: &Core, ctx: &Ctx, there: &[System], preview: &mut Preview<System>) -> Result<(), Problem> {
    let conn = core.db().read();
    let was: HashMap<SystemId, &System> = there.iter().map(|system| (system.id, system)).collect();
    for line in preview.lines.iter_mut().filter(|line| line.verdict == Verdict::Changed) {
        let Some(row) = line.row.as_ref() else { continue };
        let Some(was) = was.get(&row.id).copied().filter(|was| was.state != row.state) else { continue };
        let said = row.may_become(core, ctx, &conn, Some(was)).await;
        match said {
            Ok(()) => {}
            Err(problem) if problem.kind == ProblemKind::Internal => return Err(problem),
            Err(problem) => {
                line.verdict = Verdict::Refused;
                line.problem = Some(problem);
                line.said.clear();
                line.row = None;
            }
        }
    }
    Ok(())
}

/// A line of a record that was merged into another one changes nothing: the one that stays is kept by its owner.
fn of_merged(preview: &mut Preview<System>) {
    for line in &mut preview.lines {
        if line.row.as_ref().is_some_and(|row| row.merged_into.is_some()) {
            line.verdict = Verdict::Same;
            line.row = None;
            line.said.clear();
        }
        line.there = line.there.take().filter(|row| row.merged_into.is_none());
    }
}

/// Says of a new line that another body has such a system, where the importer may see it.
async fn told_elsewhere(
    core: &Core,
    ctx: &Ctx,
    there: &[System],
    preview: &mut Preview<System>,
) -> Result<(), Problem> {
    let Some(field) = System::FIELDS.first() else { return Ok(()) };
    let mut by_key: HashMap<String, Vec<&System>> = HashMap::new();
    for system in there.iter().filter(|system| system.is_live() && !system.is_veiled()) {
        by_key.entry(format!("n{}", system.name_key())).or_default().push(system);
        if let Some(address) = system.address_key() {
            by_key.entry(format!("a{address}")).or_default().push(system);
        }
    }
    let alike = |row: &System| {
        let keys = [Some(format!("n{}", row.name_key())), row.address_key().map(|key| format!("a{key}"))];
        let alike = keys.into_iter().flatten().filter_map(|key| by_key.get(&key)).flatten().copied();
        alike.filter(|other| other.owner_id != row.owner_id).take(3).collect::<Vec<&System>>()
    };
    let new = preview.lines.iter().filter(|line| line.verdict == Verdict::New).filter_map(|line| line.row.as_ref());
    let asked: BTreeMap<SystemId, System> = new.flat_map(alike).map(|other| (other.id, other.clone())).collect();
    let seen = System::all_seen(core, ctx, &core.db().read(), asked.into_values().collect()).await?;
    let seen: HashSet<SystemId> = seen.into_iter().map(|system| system.id).collect();
    for line in preview.lines.iter_mut().filter(|line| line.verdict == Verdict::New) {
        let Some(row) = &line.row else { continue };
        let Some(other) = alike(row).into_iter().rfind(|other| seen.contains(&other.id)) else { continue };
        let owner = core.bodies().body(other.owner_id).map(|body| body.name).unwrap_or_default();
        let words = [("name", other.name.to_string().into()), ("owner", owner.into())];
        line.said.push((field, core.locales().text(ctx.lang, "system-alike", &words)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_number_is_in_the_unit_of_its_column() {
        let read = |head: &str, text: &str, above: &str| {
            let mut said = Answers::default().with("cost_per_year", text);
            in_unit(&mut said, unit(&[("cost_per_year", head.to_owned())], &[above.to_owned(), "Ngày lập".into()]));
            Amount::read(said.text("cost_per_year")).map(Amount::get).ok()
        };
        let (thousands, millions) = ("Đơn vị tính: nghìn đồng", "(triệu đồng)");
        for (head, text, above, cost) in [
            ("Kinh phí (triệu đồng)", "350", "", Some(350_000_000)),
            ("Kinh phí hằng năm ĐVT: Tỷ đồng", "1,25", "", Some(1_250_000_000)),
            ("Kinh phí (triệu đồng)", "2 tỷ", "", Some(2_000_000_000)),
            ("Kinh phí mỗi năm (đồng)", "350", "", Some(350)),
            ("Kinh phí (triệu đồng)", "", "", None),
            ("Kinh phí (triệu đồng)", "-5", "", None),
            // What the head itself says weighs more than what the sheet says.
            ("Kinh phí", "350", thousands, Some(350_000)),
            ("Kinh phí", "350", millions, Some(350_000_000)),
            ("Giá trị hợp đồng", "350", millions, Some(350_000_000)),
            ("Kinh phí", "2 tỷ", millions, Some(2_000_000_000)),
            ("Kinh phí (triệu đồng)", "350", thousands, Some(350_000_000)),
            ("Kinh phí (đồng)", "350", millions, Some(350)),
        ] {
            assert_eq!(read(head, text, above), cost, "{head}: {text} {above}");
        }
    }
}
