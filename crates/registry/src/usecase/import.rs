//! The agencies' own sheets taken in, with a preview; all of one sheet is one act.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use db::{Row as _, Tx, vals};
use kernel::{Ctx, Lang, Problem, UnitId, text::fold};
use webkit::{Answers, Bytes, Core, Import, Kept as _, Preview, Record as _, Units, Verdict, heavy_of};

use super::{
    began::understood,
    export::OWN_HEADS,
    heads,
    level::guard::may_all_operate,
    owners::{Looking, Named, named_in},
    relate,
};
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
    list.unknown.retain(|head| !is_own_head(core, head));
    let (of, by) = (core.clone(), ctx.clone());
    // What it costs is chosen by who sends the sheet: no other request waits for it.
    let (mut list, named, unit) = heavy_of(ctx, move |going| {
        let unit = unit(&list.heads, &list.above);
        for (_, said) in &mut list.lines {
            understood(said);
            in_unit(said, unit);
        }
        relate::check(&list.lines, going)?;
        let lines = || list.lines.iter().map(|(_, said)| said);
        let mut looking = Looking::new(of.bodies().as_ref(), by.today(), going);
        lines().flat_map(named_in).try_for_each(|name| looking.name(name, true))?;
        lines().try_for_each(|said| relate::look_up(said, &mut looking))?;
        let named = looking.done();
        for (_, said) in &mut list.lines {
            named.succeed(said);
        }
        Ok::<_, Problem>((list, named, unit))
    })
    .await??;
    let mut known = of_today(core, &there);
    become_secret(&named, &mut list.lines, &mut known);
    let related = relate::asked(&list.lines);
    let mut preview = SHEET.beside(core, ctx, list, known, Units::given(named.units())).await?;
    if let Some((unit, true)) = unit {
        preview.notes.push(core.locales().text(ctx.lang, "system-cost-unit", &[("unit", unit.into())]));
    }
    as_they_stand(&there, &mut preview);
    named.tell(core, ctx, &mut preview);
    of_merged(&mut preview);
    as_running(&mut preview);
    going_on(core, ctx, &there, &mut preview).await?;
    told_elsewhere(core, ctx, &there, &mut preview).await?;
    relate::relate(core, ctx, &there, &related, &named, &mut preview).await?;
    Ok(preview)
}

/// Whether it is a head of what the program writes beside what a list says: nobody is asked what it means.
fn is_own_head(core: &Core, head: &str) -> bool {
    let called = |key: &str, lang| fold(&core.locales().text(lang, key, &[])) == fold(head);
    OWN_HEADS.into_iter().any(|key| called(key, Lang::Vi) || called(key, Lang::En))
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

/// What is there, each with who owns it today: a sheet does not name bodies that are no more. Of two with one name the one
/// that the body entered itself stands last, and is the one that is meant.
fn of_today(core: &Core, there: &[System]) -> Vec<System> {
    let of = |system: &System| System { owner_id: core.bodies().today(system.owner_id), ..system.clone() };
    let today = there.iter().map(|system| (system, of(system)));
    let (own, came): (Vec<_>, Vec<_>) = today.partition(|(system, today)| system.owner_id == today.owner_id);
    came.into_iter().chain(own).map(|(_, today)| today).collect()
}

/// A list gives nothing away: its rows stay under the names under which they stand.
fn as_they_stand(there: &[System], preview: &mut Preview<System>) {
    let owners: HashMap<SystemId, UnitId> = there.iter().map(|system| (system.id, system.owner_id)).collect();
    for line in &mut preview.lines {
        for row in [&mut line.row, &mut line.there].into_iter().flatten() {
            row.owner_id = owners.get(&row.id).copied().unwrap_or(row.owner_id);
        }
    }
}

/// A line that says of a record that it is a state secret is of that record, though neither bears its name from then on.
fn become_secret(named: &Named, lines: &mut [(usize, Answers)], known: &mut [System]) {
    let is_secret = |said: &Answers| ["yes", "co"].contains(&fold(said.text("state_secret")).as_str());
    let owner = |text: &str| text.parse::<UnitId>().ok().or_else(|| named.unit(text));
    let mut secret = lines.iter_mut().filter(|(_, said)| is_secret(said)).peekable();
    if secret.peek().is_none() {
        return;
    }
    // Of several with one name the first is taken first.
    let mut meant: HashMap<(UnitId, String), Vec<usize>> = HashMap::new();
    for (at, one) in known.iter().enumerate().rev().filter(|(_, one)| !one.is_veiled()) {
        meant.entry((one.owner_id, one.name_key())).or_default().push(at);
    }
    for (_, said) in secret {
        let Some(owner) = owner(said.text("owner")) else { continue };
        let at = meant.get_mut(&(owner, fold(said.text("name")))).and_then(Vec::pop);
        if let Some(system) = at.and_then(|at| known.get_mut(at)) {
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

/// A list lets nothing go on that a form would not: what is there and begins to operate by it, or is new by another day,
/// needs its approval.
async fn going_on(core: &Core, ctx: &Ctx, there: &[System], preview: &mut Preview<System>) -> Result<(), Problem> {
    let was: HashMap<SystemId, &System> = there.iter().map(|system| (system.id, system)).collect();
    let lines = preview.lines.iter().enumerate().filter(|(_, line)| line.verdict == Verdict::Changed);
    let changed = lines.filter_map(|(at, line)| {
        let row = line.row.as_ref()?;
        let was = was.get(&row.id).copied().filter(|was| is_asked(row, was))?;
        Some((at, (row, was)))
    });
    let (places, changed): (Vec<usize>, Vec<(&System, &System)>) = changed.unzip();
    let answers = may_all_operate(core, ctx, &core.db().read(), &changed).await?;
    let begun = changed.iter().map(|(row, was)| row.check_begun(Some(*was)));
    let refusals: Vec<Option<Problem>> = begun.zip(answers).map(|(begun, answer)| begun.and(answer).err()).collect();
    for (at, refusal) in places.into_iter().zip(refusals) {
        let Some((line, problem)) = preview.lines.get_mut(at).zip(refusal) else { continue };
        line.verdict = Verdict::Refused;
        line.problem = Some(problem);
        line.said.clear();
        line.row = None;
    }
    Ok(())
}

fn is_asked(row: &System, was: &System) -> bool {
    row.state != was.state || row.has_other_day(was)
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
        alike.filter(|other| core.bodies().today(other.owner_id) != row.owner_id).take(3).collect::<Vec<&System>>()
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
