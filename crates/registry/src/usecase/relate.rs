//! Relations in a sheet: columns in which lines name other systems and bodies. What is named and not found is said, and
//! the line is taken in all the same.

use std::collections::{HashMap, HashSet};

use db::Reader;
use kernel::{Code as _, Ctx, Problem, UnitId};
use webkit::{Answers, Core, Field, FieldKind, Preview, Verdict};

use super::{
    link::{PROVIDED_BY, USED_BY},
    named::Names,
};
use crate::{
    model::{LinkKind, Relation, System, SystemId, SystemKind, Use},
    store::links,
};

/// Characters of a cell.
const LONGEST: usize = 2000;

const fn column(name: &'static str, label: &'static str, heads: &'static [&'static str]) -> Field {
    Field::new(name, FieldKind::Lines(LONGEST)).label(label).heads(heads)
}

/// The columns, each by the code of its relation.
pub static COLUMNS: [Field; 7] = [
    column("runs_on", "system-link-runs-on", &["chay tren"]),
    column("depends_on", "system-link-depends-on", &["phu thuoc", "phu thuoc vao"]),
    column("shares_data", "system-link-shares-data", &["chia se du lieu voi", "chia se du lieu"]),
    column("stores", "system-link-stores", &["luu du lieu tai"]),
    column("covered_by", "system-link-covered-by", &["theo hop dong"]),
    column(PROVIDED_BY, "system-kind-provider", &["nha cung cap"]),
    column(USED_BY, "used-by", &["don vi su dung", "co quan su dung"]),
];

/// Names in one cell, divided by a semicolon or a new line; each once.
fn names(cell: &str) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for name in cell.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// What a line names in a column; none where the cell is longer than any list of names.
fn cell<'a>(said: &'a Answers, column: &Field) -> Option<Vec<&'a str>> {
    let text = said.text(column.name);
    (text.chars().count() <= LONGEST).then(|| names(text))
}

/// The systems that a line names.
fn systems_in(said: &Answers) -> Vec<&str> {
    let systems = COLUMNS.iter().filter(|column| column.name != USED_BY);
    systems.filter_map(|column| cell(said, column)).flatten().collect()
}

/// The lines that name anything in these columns, by their numbers.
pub fn asked(lines: &[(usize, Answers)]) -> Vec<(usize, Answers)> {
    let says = |said: &Answers| COLUMNS.iter().any(|column| !said.text(column.name).is_empty());
    lines.iter().filter(|(_, said)| says(said)).cloned().collect()
}

/// What is there already of the systems that the sheet names.
struct There {
    relations: HashSet<(SystemId, SystemId, &'static str)>,
    uses: HashSet<(SystemId, UnitId)>,
}

impl There {
    async fn of(conn: &Reader, systems: &[SystemId]) -> Result<Self, Problem> {
        let relations = links::relations_from(conn, systems).await?.into_iter();
        let uses = links::uses_of(conn, systems).await?.into_iter();
        Ok(Self {
            relations: relations.map(|one| (one.from_id, one.to_id, one.kind.code())).collect(),
            uses: uses.map(|one| (one.system_id, one.unit_id)).collect(),
        })
    }
}

/// What one line makes of its columns.
#[derive(Default)]
struct Found {
    said: Vec<(&'static Field, String)>,
    more: Vec<(&'static Field, String)>,
    missing: Vec<String>,
    provider: Option<SystemId>,
}

/// Says in the preview what the lines would relate, and what of it cannot be.
pub async fn relate(
    core: &Core,
    ctx: &Ctx,
    there: &[System],
    asked: &[(usize, Answers)],
    preview: &mut Preview<System>,
) -> Result<(), Problem> {
    if asked.is_empty() {
        return Ok(());
    }
    let conn = core.db().read();
    let mut out: Vec<(usize, Found)> = Vec::new();
    {
        let rows: Vec<Option<&System>> =
            preview.lines.iter().map(|line| line.row.as_ref().or(line.there.as_ref())).collect();
        let place: HashMap<usize, usize> = preview.lines.iter().map(|line| line.number).zip(0..).collect();
        let mut known = Names::new(there, rows.iter().flatten().copied());
        let texts: Vec<&str> = asked.iter().flat_map(|(_, said)| systems_in(said)).collect();
        known.open(core, ctx, &conn, &texts).await?;
        let places: Vec<(usize, &Answers)> =
            asked.iter().filter_map(|(number, said)| Some((*place.get(number)?, said))).collect();
        let ids: Vec<SystemId> = places.iter().filter_map(|(at, _)| Some(rows.get(*at)?.as_ref()?.id)).collect();
        let mut reader = Lines { core, ctx, names: known, there: There::of(&conn, &ids).await?, units: HashMap::new() };
        for (at, said) in places {
            match rows.get(at).copied().flatten() {
                Some(of) => out.push((at, reader.line(of, said))),
                None if preview.lines.get(at).is_some_and(|line| line.verdict != Verdict::Refused) => {
                    let missing = vec![reader.words("relate-merged", "", "")];
                    out.push((at, Found { missing, ..Found::default() }));
                }
                // What is wrong with the line itself is said.
                None => {}
            }
        }
    }
    for (at, found) in out {
        if let Some(line) = preview.lines.get_mut(at) {
            if let Some(provider) = found.provider {
                let row = line.row.take().or_else(|| line.there.clone());
                line.row = row.map(|row| System { provider_id: Some(provider), ..row });
            }
            let is_more = found.provider.is_some() || !found.more.is_empty();
            if is_more && line.verdict == Verdict::Same {
                line.verdict = Verdict::Changed;
            }
            line.said.extend(found.said);
            line.more.extend(found.more);
            line.missing.extend(found.missing);
        }
    }
    Ok(())
}

struct Lines<'a> {
    core: &'a Core,
    ctx: &'a Ctx,
    names: Names<'a>,
    there: There,
    units: HashMap<String, Option<UnitId>>,
}

impl Lines<'_> {
    fn words(&self, key: &str, label: &str, name: &str) -> String {
        let (locales, lang) = (self.core.locales(), self.ctx.lang);
        let column = if label.is_empty() { String::new() } else { locales.text(lang, label, &[]) };
        locales.text(lang, key, &[("column", column.into()), ("name", name.to_owned().into())])
    }

    /// A body by its name; a sheet says the same one on thousands of lines.
    fn unit(&mut self, name: &str) -> Option<UnitId> {
        let (core, today) = (self.core, self.ctx.today());
        let find = || core.bodies().meant(name, today).ok();
        *self.units.entry(name.to_owned()).or_insert_with(find)
    }

    fn line(&mut self, of: &System, said: &Answers) -> Found {
        let mut found = Found::default();
        if of.is_veiled() {
            found.missing.push(self.words("relate-secret", "", ""));
            return found;
        }
        for column in &COLUMNS {
            let Some(names) = cell(said, column) else {
                found.missing.push(self.words("relate-long", column.label, ""));
                continue;
            };
            for name in names {
                if let Err(why) = self.name(of, column, name, &mut found) {
                    found.missing.push(self.words(why, column.label, name));
                }
            }
        }
        found
    }

    /// One name of a cell.
    fn name(&mut self, of: &System, column: &'static Field, name: &str, found: &mut Found) -> Result<(), &'static str> {
        let mut write = |id: String| {
            found.said.push((column, name.to_owned()));
            found.more.push((column, id));
        };
        match column.name {
            USED_BY => {
                let unit = self.unit(name).ok_or("relate-unit")?;
                if self.there.uses.insert((of.id, unit)) {
                    write(unit.to_string());
                }
            }
            PROVIDED_BY => {
                let id = self.names.meant(name, of, |system| system.kind.is_providing())?;
                match found.provider.or(of.provider_id) {
                    Some(provider) if provider == id => {}
                    _ if found.provider.is_some() => return Err("relate-one"),
                    _ => {
                        found.said.push((column, name.to_owned()));
                        found.provider = Some(id);
                    }
                }
            }
            kind => {
                let is_fit = |system: &System| kind != "covered_by" || system.kind == SystemKind::Contract;
                let id = self.names.meant(name, of, is_fit)?;
                if self.there.relations.insert((of.id, id, kind)) {
                    write(id.to_string());
                }
            }
        }
        Ok(())
    }
}

/// The rows of what a preview relates.
pub fn rows(ctx: &Ctx, preview: &Preview<System>) -> Result<(Vec<Relation>, Vec<Use>), Problem> {
    let (mut relations, mut uses) = (Vec::new(), Vec::new());
    for line in &preview.lines {
        let Some(of) = line.row.as_ref().or(line.there.as_ref()) else { continue };
        for (column, id) in &line.more {
            if column.name == USED_BY {
                let unit_id: UnitId = id.parse().map_err(|_| Problem::internal("no unit"))?;
                uses.push(Use { id: ctx.new_id(), system_id: of.id, unit_id });
                continue;
            }
            let kind = LinkKind::parse(column.name).ok_or_else(|| Problem::internal("no relation"))?;
            let to_id: SystemId = id.parse().map_err(|_| Problem::internal("no system"))?;
            relations.push(Relation { id: ctx.new_id(), from_id: of.id, to_id, kind });
        }
    }
    Ok((relations, uses))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_names_several_each_once() {
        assert_eq!(names(" A; B\nA ;; \n C "), ["A", "B", "C"]);
        assert!(names(" ; \n").is_empty());
    }

    #[test]
    fn each_column_but_two_is_a_relation() {
        let known = |column: &&Field| LinkKind::parse(column.name).is_some();
        assert_eq!(COLUMNS.iter().filter(known).count(), COLUMNS.len() - 2);
    }
}
