//! Sets a province up: its usual bodies, its communes and their divisions, as an editable start.

use std::collections::HashMap;

use db::{Entry, Tx};
use jiff::civil::Date;
use kernel::{Code as _, Ctx, Problem, UnitId, ids::kinds};
use serde_json::json;

use super::unit_edit::still_whole;
use crate::{
    Directory, Error,
    model::{
        reference::{self, Area, TemplateRow},
        unit::{Unit, UnitKind},
    },
    store,
};

/// Creates the units of the province with this code. Refused when units exist.
pub async fn init_province(directory: &Directory, ctx: &Ctx, code: &str) -> Result<usize, Problem> {
    if !directory.tree().is_empty() {
        return Err(Error::AlreadySetUp.into());
    }
    let (province, communes) = reference::province(code)?;
    create(directory, ctx, &province, &communes).await
}

/// The units of the province with this code, parents first.
pub(super) fn units(ctx: &Ctx, code: &str) -> Result<Vec<Unit>, Problem> {
    let (province, communes) = reference::province(code)?;
    Ok(plan(ctx, &province, &communes, reference::AS_OF))
}

/// Also used for the invented province of the demo.
pub(crate) async fn create(
    directory: &Directory,
    ctx: &Ctx,
    province: &Area,
    communes: &[Area],
) -> Result<usize, Problem> {
    let units = &plan(ctx, province, communes, reference::AS_OF);
    directory.db().write(ctx, |tx| async move { insert(&tx, &province.code, units).await }).await?;
    directory.reload().await?;
    Ok(units.len())
}

/// The province's units, inside an open act.
pub(super) async fn insert(tx: &Tx, area: &str, units: &[Unit]) -> Result<(), Problem> {
    store::unit::lock(tx).await?;
    if !store::unit::all(tx).await?.is_empty() {
        return Err(Error::AlreadySetUp.into());
    }
    for unit in units {
        store::unit::insert(tx, unit).await?;
    }
    still_whole(tx).await?;
    store::unit::stamp_bump(tx).await?;
    tx.ledger(
        Entry::new("unit.init", units[0].id)
            .detail(json!({ "area": area, "units": units.len(), "as_of": reference::AS_OF.to_string() })),
    );
    Ok(())
}

/// The units, parents first.
fn plan(ctx: &Ctx, province: &Area, communes: &[Area], from: Date) -> Vec<Unit> {
    let new = |parent: Option<UnitId>, kind, name: String, short_name: String, area: Option<&str>| Unit {
        id: ctx.new_id::<kinds::Unit>(),
        parent,
        kind,
        code: None,
        legacy_code: None,
        area_code: area.map(str::to_owned),
        name,
        short_name,
        valid_from: from,
        valid_to: None,
        successor: None,
        rev: 1,
    };
    let words = Words::of(province);
    let root =
        new(None, UnitKind::Province, province.name.clone(), province.bare_name().to_owned(), Some(&province.code));
    let mut by_key: HashMap<String, UnitId> = HashMap::new();
    let template = reference::template();
    let (commune_rows, rows): (Vec<&TemplateRow>, Vec<&TemplateRow>) =
        template.iter().partition(|row| row.parent == "commune");
    let mut units = vec![root.clone()];
    for row in rows {
        let parent = by_key.get(&row.parent).copied().unwrap_or(root.id);
        let kind = UnitKind::parse(&row.kind).unwrap_or(UnitKind::Team);
        let unit = new(Some(parent), kind, words.fill(&row.name), words.fill(&row.short_name), None);
        by_key.insert(row.key.clone(), unit.id);
        units.push(unit);
    }
    for area in communes {
        let name = format!("UBND {}{}", area.kind.to_lowercase(), &area.name[area.kind.len()..]);
        let commune = new(Some(root.id), UnitKind::Commune, name, area.name.clone(), Some(&area.code));
        for row in &commune_rows {
            let kind = UnitKind::parse(&row.kind).unwrap_or(UnitKind::Division);
            units.push(new(Some(commune.id), kind, row.name.clone(), row.short_name.clone(), None));
        }
        units.push(commune);
    }
    // Parents before children: communes were pushed after their divisions.
    units.sort_by_key(|unit| match unit.kind {
        UnitKind::Province => 0,
        UnitKind::Division if unit.parent != Some(root.id) => 2,
        _ => 1,
    });
    units
}

/// What the blanks of the template stand for in a tỉnh and in a thành phố.
struct Words {
    city: bool,
    name: String,
}

impl Words {
    fn of(province: &Area) -> Self {
        Self { city: province.kind == "Thành phố", name: province.bare_name().to_owned() }
    }

    fn fill(&self, text: &str) -> String {
        let (level, party, youth) = if self.city {
            ("thành phố", "Thành ủy", "Thành đoàn")
        } else {
            ("tỉnh", "Tỉnh ủy", "Tỉnh đoàn")
        };
        text.replace("{province}", &format!("{level} {}", self.name))
            .replace("{level}", level)
            .replace("{Name}", &self.name)
            .replace("{Party}", party)
            .replace("{Youth}", youth)
    }
}

/// May anybody set the province up from the first-run page? Only who holds the console's one-time link.
pub fn needs_setup(directory: &Directory) -> bool {
    directory.tree().is_empty()
}
