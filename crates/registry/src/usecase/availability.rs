//! Months of availability: said of a system by who keeps it, or taken in from the province's monitoring.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use db::{Entry, Reader, Row as _, Tx, Words, vals};
use jiff::civil::Date;
use kernel::{Ctx, Problem, ProblemKind, Resource, UnitId, text::fold};
use serde_json::json;
use webkit::{Answers, Bytes, Core, Import, Kept as _, Preview, Verdict};

use crate::{
    model::{
        AvailabilityId, System, SystemId,
        availability::{Availability, AvailabilityInput, Measured, Monitored, Said},
    },
    store::links,
    usecase::typed,
};

/// As many months as the page of a system shows.
const SHOWN: usize = 12;
const IMPORT: &str = "registry.import";
/// What a list that names no source comes from.
const MONITORING: &str = "Giám sát của tỉnh";

static SHEET: Import<Monitored> = Import {
    usual: |_| Answers::default(),
    key: |line| {
        let called = [line.code.as_deref(), line.name.as_ref().map(Words::as_str)];
        let called: Vec<&str> = called.into_iter().flatten().collect();
        if called.is_empty() { vec![] } else { vec![format!("{} {}", fold(&called.join(" ")), line.month)] }
    },
    more: &[],
    name: Monitored::called,
    // Of which system it is, and so whether the importer may, is known later.
    may: |_, _, _| Ok(()),
    is_whole: false,
};

/// Of what bodies own and use it is measured; machines and secrets are told to nobody.
fn check_measured(system: &System) -> Result<(), Problem> {
    if system.kind.is_main() && !system.is_veiled() {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::Conflict, "availability-of-nothing"))
}

/// The last months of a system, the newest first.
pub async fn last(conn: &Reader, id: SystemId) -> Result<Vec<Availability>, Problem> {
    let tail = format!("WHERE system_id = $1 ORDER BY month DESC LIMIT {SHOWN}");
    Ok(Availability::find(conn, &tail, vals![id.uuid()]).await?)
}

/// All months from that of a day on, the newest first.
pub async fn since(conn: &Reader, id: SystemId, day: Date) -> Result<Vec<Availability>, Problem> {
    let tail = "WHERE system_id = $1 AND month >= $2 ORDER BY month DESC";
    Ok(Availability::find(conn, tail, vals![id.uuid(), day.first_of_month().to_string()]).await?)
}

fn minutes(field: &'static str, text: &str) -> Result<Option<i64>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let refused = || Problem::bad_input("availability-minutes").field(field, "availability-minutes");
    text.parse().map(Some).map_err(|_| refused())
}

fn read(ctx: &Ctx, id: SystemId, input: &AvailabilityInput) -> Result<Availability, Problem> {
    let (down, planned) = (minutes("minutes", &input.minutes)?, minutes("planned", &input.planned)?);
    let said = Said { month: &input.month, minutes: down, planned, percent: &input.percent };
    let measured = said.measured(ctx.today())?;
    let empty = || Problem::bad_input("field-empty").field("source", "field-empty");
    let source = typed::words("source", &input.source, 300)?.map(Words::new).ok_or_else(empty)?;
    Ok(row(ctx, id, measured, source))
}

fn row(ctx: &Ctx, system_id: SystemId, measured: Measured, source: Words) -> Availability {
    let Measured { month, down, planned } = measured;
    Availability { id: ctx.new_id(), system_id, month, minutes_down: down, minutes_planned: planned, source, rev: 1 }
}

/// Says it of a month, over the revision that was read (0 where nothing was said of it); or takes one away.
pub async fn measure(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (SystemId, i64),
    input: &AvailabilityInput,
) -> Result<(), Problem> {
    System::seen(core, ctx, &core.db().read(), id).await?.check(core, ctx)?;
    if !input.remove.is_empty() {
        return remove(core, ctx, id, &input.remove).await;
    }
    let new = &read(ctx, id, input)?;
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            check_measured(&system)?;
            let own = vals![id.uuid(), new.month.to_string()];
            let there = Availability::one(&tx, "WHERE system_id = $1 AND month = $2", own).await?;
            if there.is_some() && rev == 0 {
                let code = "availability-there";
                return Err(Problem::new(ProblemKind::Conflict, code).field("month", code));
            }
            Problem::stale_unless(there.as_ref().map_or(0, |row| row.rev) == rev)?;
            match there {
                Some(there) => Availability { id: there.id, rev: there.rev, ..new.clone() }.keep(&tx).await?,
                None => new.add(&tx).await?,
            }
            let detail = json!({ "month": new.month.to_string(), "minutes": new.minutes_down });
            tx.ledger(Entry::new("system.measure", id).unit(system.owner_id).detail(detail));
            Ok(())
        })
        .await
}

async fn remove(core: &Core, ctx: &Ctx, id: SystemId, text: &str) -> Result<(), Problem> {
    let gone: AvailabilityId = text.parse().map_err(|_| Problem::not_found())?;
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            let own = vals![gone.uuid(), id.uuid()];
            if Availability::delete_where(&tx, "WHERE id = $1 AND system_id = $2", own).await? == 0 {
                return Err(Problem::not_found());
            }
            tx.ledger(Entry::new("system.unmeasure", id).unit(system.owner_id));
            Ok(())
        })
        .await
}

/// The systems of which the importer may say it, by their codes and names.
struct Known {
    by_code: HashMap<String, Vec<SystemId>>,
    by_name: HashMap<String, Vec<SystemId>>,
}

impl Known {
    fn of(core: &Core, ctx: &Ctx, systems: &[System]) -> Self {
        let mut may: BTreeMap<UnitId, bool> = BTreeMap::new();
        let mut known = Self { by_code: HashMap::new(), by_name: HashMap::new() };
        for system in systems.iter().filter(|system| system.is_live() && check_measured(system).is_ok()) {
            let asked = || core.check_today(ctx, IMPORT, Resource::kept("System", system.owner_id)).is_ok();
            if !*may.entry(system.owner_id).or_insert_with(asked) {
                continue;
            }
            if let Some(code) = &system.code {
                known.by_code.entry(fold(code)).or_default().push(system.id);
            }
            known.by_name.entry(system.name_key()).or_default().push(system.id);
        }
        known
    }

    /// The one that a line means: by its code, by its name where no code fits, by both where one alone means several. Where
    /// they fit different systems nobody knows which is meant.
    fn meant(&self, line: &Monitored) -> Result<SystemId, Problem> {
        let none = Vec::new();
        let coded = line.code.as_deref().and_then(|code| self.by_code.get(&fold(code))).unwrap_or(&none);
        let named = line.name.as_ref().and_then(|name| self.by_name.get(&fold(name))).unwrap_or(&none);
        let both: Vec<SystemId> = coded.iter().filter(|id| named.contains(id)).copied().collect();
        if both.is_empty() && !coded.is_empty() && !named.is_empty() {
            let code = line.code.clone().unwrap_or_default();
            return Err(Problem::bad_input("availability-two-systems").with("code", code).with("name", line.called()));
        }
        let found = [coded, named].into_iter().find(|found| !found.is_empty()).unwrap_or(&none);
        match (both.as_slice(), found.as_slice()) {
            ([one], _) | (_, [one]) => Ok(*one),
            (_, []) => Err(Problem::bad_input("availability-unknown-system").with("name", line.called())),
            _ => Err(Problem::bad_input("systems-several").with("name", line.called())),
        }
    }
}

/// What the monitoring's list would do, line by line.
pub async fn availability_preview(core: &Core, ctx: &Ctx, bytes: Bytes) -> Result<Preview<Monitored>, Problem> {
    let mut preview = SHEET.preview(core, ctx, bytes, vec![]).await?;
    let conn = core.db().read();
    let known = Known::of(core, ctx, &System::find(&conn, "", vals![]).await?);
    let rows = preview.lines.iter().filter_map(|line| line.row.as_ref());
    let meant = |row: &Monitored| Some((known.meant(row).ok()?, row.said().measured(ctx.today()).ok()?.month));
    let there = links::months_of(&conn, &rows.filter_map(meant).collect()).await?;
    let there: HashMap<(SystemId, Date), Availability> =
        there.into_iter().map(|one| ((one.system_id, one.month), one)).collect();
    let mut seen = HashSet::new();
    for line in &mut preview.lines {
        let Some(said) = line.row.take() else { continue };
        match found(ctx, &said, &known, &there, &mut seen) {
            Ok((Verdict::Same, _)) => {
                line.verdict = Verdict::Same;
                line.said.clear();
            }
            Ok((verdict, found)) => {
                line.verdict = verdict;
                line.row = Some(Monitored { found: Some(found), ..said });
            }
            Err(problem) => {
                line.verdict = Verdict::Refused;
                line.problem = Some(problem);
                line.said.clear();
            }
        }
    }
    Ok(preview)
}

fn found(
    ctx: &Ctx,
    said: &Monitored,
    known: &Known,
    there: &HashMap<(SystemId, Date), Availability>,
    seen: &mut HashSet<(SystemId, Date)>,
) -> Result<(Verdict, Availability), Problem> {
    let (id, measured) = (known.meant(said)?, said.said().measured(ctx.today())?);
    if !seen.insert((id, measured.month)) {
        return Err(Problem::bad_input("line-twice"));
    }
    let source = said.source.clone().unwrap_or_else(|| Words::new(MONITORING));
    let new = row(ctx, id, measured, source);
    Ok(match there.get(&(id, measured.month)) {
        None => (Verdict::New, new),
        Some(old) if old.says_the_same(&new) => (Verdict::Same, new),
        Some(old) => (Verdict::Changed, Availability { id: old.id, rev: old.rev, ..new }),
    })
}

/// Writes what the preview shows, but for the lines that it refuses: one act.
pub async fn availability_import(core: &Core, ctx: &Ctx, preview: &Preview<Monitored>) -> Result<(), Problem> {
    let of = |verdict| -> Vec<Availability> {
        let lines = preview.lines.iter().filter(|line| line.verdict == verdict);
        lines.filter_map(|line| line.row.as_ref()?.found.clone()).collect()
    };
    let (new, changed) = (&of(Verdict::New), &of(Verdict::Changed));
    if new.is_empty() && changed.is_empty() {
        return Ok(());
    }
    let systems: &BTreeSet<SystemId> = &new.iter().chain(changed).map(|one| one.system_id).collect();
    core.db()
        .write(ctx, |tx| async move {
            let owners = owners(core, ctx, &tx, systems).await?;
            Availability::insert_all(&tx, new).await.map_err(Availability::refused)?;
            for one in changed {
                one.keep(&tx).await?;
            }
            let detail = json!({ "new": new.len(), "changed": changed.len() });
            tx.ledger(entry(core, ctx, &owners).detail(detail));
            Ok(())
        })
        .await
}

/// Whose the systems are; none of them was given away, ended or became a secret meanwhile.
async fn owners(core: &Core, ctx: &Ctx, tx: &Tx, systems: &BTreeSet<SystemId>) -> Result<BTreeSet<UnitId>, Problem> {
    let held = links::held(tx, &systems.iter().copied().collect::<Vec<_>>()).await?;
    if held.len() != systems.len() {
        return Err(Problem::not_found());
    }
    Problem::stale_unless(held.iter().all(System::is_live))?;
    held.iter().try_for_each(check_measured)?;
    let owners: BTreeSet<UnitId> = held.iter().map(|system| system.owner_id).collect();
    owners.iter().try_for_each(|owner| core.check_today(ctx, IMPORT, Resource::kept("System", *owner)))?;
    Ok(owners)
}

/// On the unit of a post that stands over all of them: who may do this there may take it back.
fn entry(core: &Core, ctx: &Ctx, owners: &BTreeSet<UnitId>) -> Entry {
    let unit = core.unit_over(ctx, (IMPORT, "System"), owners);
    unit.map_or_else(|| Entry::new("system.measures", "systems"), |unit| Entry::new("system.measures", unit).unit(unit))
}
