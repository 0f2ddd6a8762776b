//! Reference data inside the program: administrative units and the usual bodies of a province, as of a day.

use kernel::Code as _;
use serde::Deserialize;

use super::unit::UnitKind;
use crate::Error;

/// The day that the lists describe.
pub const AS_OF: jiff::civil::Date = jiff::civil::date(2025, 7, 1);

const AREAS: &str = include_str!("../../data/administrative-units-2025-07-01.csv");
const TEMPLATE: &str = include_str!("../../data/province-template-2025-07-01.csv");
const GROUPS: &str = include_str!("../../data/groups-2025-07-01.csv");

#[derive(Debug, Clone, Deserialize)]
pub struct Area {
    pub code: String,
    pub parent_code: String,
    pub level: String,
    pub kind: String,
    pub name: String,
}

impl Area {
    /// `Quảng Mẫu` of `Tỉnh Quảng Mẫu`.
    pub fn bare_name(&self) -> &str {
        self.name.strip_prefix(&self.kind).map_or(self.name.as_str(), str::trim)
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct TemplateRow {
    pub key: String,
    pub parent: String,
    pub kind: String,
    pub name: String,
    pub short_name: String,
}

#[derive(Debug, Clone, Deserialize)]
struct GroupRow {
    code: String,
    kinds: String,
    members: String,
    names: String,
    typed: String,
}

/// A group that documents name; its members are whoever has one of the kinds.
#[derive(Debug, Clone)]
pub struct Group {
    pub code: String,
    pub kinds: Vec<UnitKind>,
    /// Only units below the issuer of the document.
    pub of_issuer: bool,
    pub names: Vec<String>,
    /// What people call it in a field, and a document does not say so clearly.
    pub typed: Vec<String>,
}

fn rows<T: for<'de> Deserialize<'de>>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().filter_map(Result::ok).collect()
}

pub fn areas() -> Vec<Area> {
    rows(AREAS)
}

pub fn province(code: &str) -> Result<(Area, Vec<Area>), Error> {
    let all = areas();
    let province = all.iter().find(|area| area.code == code && area.level == "province").cloned();
    let province = province.ok_or_else(|| Error::UnknownProvince(code.to_owned()))?;
    let communes = all.into_iter().filter(|area| area.parent_code == code).collect();
    Ok((province, communes))
}

pub fn template() -> Vec<TemplateRow> {
    rows(TEMPLATE)
}

pub fn groups() -> Vec<Group> {
    let group = |row: GroupRow| Group {
        code: row.code,
        kinds: row.kinds.split('|').filter_map(UnitKind::parse).collect(),
        of_issuer: row.members == "issuer",
        names: row.names.split('|').map(str::to_owned).collect(),
        typed: row.typed.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
    };
    rows::<GroupRow>(GROUPS).into_iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole() {
        let all = areas();
        assert_eq!(all.iter().filter(|area| area.level == "province").count(), 34);
        assert_eq!(all.iter().filter(|area| area.level == "commune").count(), 3321);
        assert!(template().iter().all(|row| UnitKind::parse(&row.kind).is_some()));
        assert!(groups().iter().all(|group| !group.kinds.is_empty() && !group.names.is_empty()));
        assert!(province("00").is_err());
    }
}
