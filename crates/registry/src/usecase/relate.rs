//! Relations in a sheet: columns in which lines name other systems and bodies. What is named and not found is said, and
//! the line is taken in all the same.

use std::collections::{HashMap, HashSet};

use db::Reader;
use kernel::{Code as _, Ctx, Problem, UnitId};
use webkit::{Answers, Core, Field, FieldKind, Going, Preview, Verdict, breathe};

use super::{
    divided::{candidates, names},
    link::{PROVIDED_BY, USED_BY},
    named::Names,
    owners::{Looking, Named},
};
use crate::{
    model::{LinkKind, Relation, System, SystemId, SystemKind, Use},
    store::links,
};

/// Characters of a cell: less than one of a workbook holds, so that one that was cut there is longer.
const LONGEST: usize = 30_000;
/// Names in these columns of one sheet, each as often as it is said: twice as many as a province has relations, since
/// all that a cell may name counts.
const MOST: usize = 500_000;
/// Lines after which others have their turn.
const AT_ONCE: usize = 50;

const fn column(name: &'static str, label: &'static str, heads: &'static [&'static str]) -> Field {
    Field::new(name, FieldKind::Lines(LONGEST)).label(label).heads(heads)
}

/// The columns, each by the code of its relation.
pub static COLUMNS: [Field; 8] = [
    column("runs_on", "system-link-runs-on", &["chay tren"]),
    column("depends_on", "system-link-depends-on", &["phu thuoc", "phu thuoc vao"]),
    column("shares_data", "system-link-shares-data", &["chia se du lieu voi", "chia se du lieu"]),
    column("stores", "system-link-stores", &["luu du lieu tai"]),
    column("replaces", "system-link-replaces", &["thay the", "thay the cho"]),
    column("covered_by", "system-link-covered-by", &["theo hop dong"]),
    column(PROVIDED_BY, "system-kind-provider", &["nha cung cap"]),
    column(USED_BY, "used-by", &["don vi su dung", "co quan su dung"]),
];

/// What a line says in a column; none where the cell is longer than any list of names.
fn cell<'a>(said: &'a Answers, column: &Field) -> Option<&'a str> {
    Some(said.text(column.name)).filter(|text| text.chars().count() <= LONGEST)
}

/// Whatever of a line may name a system.
fn systems_in(said: &Answers) -> Vec<String> {
    let systems = COLUMNS.iter().filter(|column| column.name != USED_BY);
    systems.filter_map(|column| cell(said, column)).flat_map(candidates).collect()
}

/// Whatever of a line may name a body.
fn bodies_in(said: &Answers) -> Vec<String> {
    let bodies = COLUMNS.iter().filter(|column| column.name == USED_BY);
    bodies.filter_map(|column| cell(said, column)).flat_map(candidates).collect()
}

/// Refuses lists that name more than anybody has.
pub fn check(lines: &[(usize, Answers)], going: &Going) -> Result<(), Problem> {
    let mut count = 0;
    for (_, said) in lines {
        going.check()?;
        count += systems_in(said).len() + bodies_in(said).len();
        if count > MOST {
            return Err(Problem::bad_input("sheet-names").field("file", "sheet-names").with("most", MOST));
        }
    }
    Ok(())
}

/// Looks up what of a line may name a body, as far as dividing its cells asks for it: the same is asked again when the
/// line is read. What the cells are divided into is what the sheet says.
pub fn look_up(said: &Answers, looking: &mut Looking<'_>) -> Result<(), Problem> {
    for cell in COLUMNS.iter().filter(|column| column.name == USED_BY).filter_map(|column| cell(said, column)) {
        let all = names(cell, &mut |name, is_piece| looking.is_name(name, is_piece));
        all.iter().try_for_each(|name| looking.name(name, false))?;
    }
    Ok(())
}

/// Whether a system may stand in a column.
pub fn is_fit(column: &str, system: &System) -> bool {
    match column {
        PROVIDED_BY => system.kind.is_providing(),
        "covered_by" => system.kind == SystemKind::Contract,
        _ => true,
    }
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
    bodies: &Named,
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
        let mut known = Names::new(core.bodies().as_ref(), there, rows.iter().flatten().copied());
        let texts: HashSet<String> = asked.iter().flat_map(|(_, said)| systems_in(said)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        known.open(core, ctx, &conn, &texts).await?;
        let places: Vec<(usize, &Answers)> =
            asked.iter().filter_map(|(number, said)| Some((*place.get(number)?, said))).collect();
        let ids: Vec<SystemId> = places.iter().filter_map(|(at, _)| Some(rows.get(*at)?.as_ref()?.id)).collect();
        let mut reader = Lines { core, ctx, names: known, there: There::of(&conn, &ids).await?, bodies };
        for (turn, (at, said)) in places.into_iter().enumerate() {
            if turn.is_multiple_of(AT_ONCE) {
                breathe().await;
            }
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
    bodies: &'a Named,
}

impl Lines<'_> {
    fn words(&self, key: &str, label: &str, name: &str) -> String {
        let (locales, lang) = (self.core.locales(), self.ctx.lang);
        let column = if label.is_empty() { String::new() } else { locales.text(lang, label, &[]) };
        locales.text(lang, key, &[("column", column.into()), ("name", name.to_owned().into())])
    }

    fn line(&mut self, of: &System, said: &Answers) -> Found {
        let mut found = Found::default();
        if of.is_veiled() {
            found.missing.push(self.words("relate-secret", "", ""));
            return found;
        }
        for column in &COLUMNS {
            let Some(cell) = cell(said, column) else {
                found.missing.push(self.words("relate-long", column.label, ""));
                continue;
            };
            let all = names(cell, &mut |name, is_piece| self.is_name(of, column, (name, is_piece)));
            for name in all {
                if let Err(why) = self.name(of, column, &name, &mut found) {
                    found.missing.push(self.words(why, column.label, &name));
                }
            }
        }
        found
    }

    /// Whether words of a column are a name; of a piece that is asked for certain.
    fn is_name(&self, of: &System, column: &Field, (name, is_piece): (&str, bool)) -> bool {
        if name.is_empty() {
            return false;
        }
        if column.name == USED_BY {
            return self.bodies.is_name(name, is_piece);
        }
        let meant = self.names.meant(name, of, |system| is_fit(column.name, system));
        meant != Err("relate-unknown")
    }

    /// One name of a cell.
    fn name(&mut self, of: &System, column: &'static Field, name: &str, found: &mut Found) -> Result<(), &'static str> {
        let mut write = |id: String| {
            found.said.push((column, name.to_owned()));
            found.more.push((column, id));
        };
        match column.name {
            USED_BY => {
                let unit = self.bodies.unit(name).ok_or("relate-unit")?;
                if self.there.uses.insert((of.id, unit)) {
                    write(unit.to_string());
                }
            }
            PROVIDED_BY => {
                let id = self.names.meant(name, of, |system| is_fit(PROVIDED_BY, system))?;
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
                let id = self.names.meant(name, of, |system| is_fit(kind, system))?;
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
    fn each_column_but_two_is_a_relation() {
        let known = |column: &&Field| LinkKind::parse(column.name).is_some();
        assert_eq!(COLUMNS.iter().filter(known).count(), COLUMNS.len() - 2);
    }
}
