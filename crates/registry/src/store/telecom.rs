//! The registers of telecommunications, and what a year has.

use db::{DbError, Reader, Row as _, vals};
use derive::Columns;
use kernel::{Resource, UnitId};
use serde_json::{Value as Json, json};
use webkit::{Act, Cell, Column, Filter, Grounds, Kept, Register, Related, Sort};

use crate::model::{
    Amount, Known,
    telecom::{Coverage, Dedicated, KEEP, KIND, Length, Passive, READ, READ_NETWORK},
};

type OfCoverage = Column<Coverage>;
type OfPassive = Column<Passive>;
type OfDedicated = Column<Dedicated>;

/// By which words the journal names a line. Of the dedicated network it says none.
pub const COVERAGE_NAMED: &str = "SELECT id, name FROM registry_coverage WHERE id";
pub const PASSIVE_NAMED: &str = "SELECT id, name FROM registry_passive WHERE id";

const OPEN: Grounds =
    Grounds { unit: Related::Today(&Related::Column("owner_id")), follows: &[], involved: &[], compartment: None };
const OF_YEAR: Filter = Filter::text("year", "CAST(year AS TEXT) = {}", year).label("telecom-year");
const OF_COMMUNE: Filter = Filter::unit("commune", "commune_id = {}").label("telecom-commune");

/// A year as it is stored.
fn year(text: &str) -> Option<String> {
    text.trim().parse::<u16>().ok().map(|year| year.to_string())
}

fn cell(amount: Option<Amount>) -> Cell {
    Cell::some(amount.map(Amount::get))
}

fn length(length: Option<Length>) -> Cell {
    Cell::some(length.map(Length::written))
}

pub static COVERAGE: Register<Coverage> = Register {
    paths: webkit::register_paths!("/telecom/coverage"),
    rule: &READ,
    grounds: OPEN,
    resource: |core, _, row| Box::pin(async move { Ok(row.kept().today(core.bodies().as_ref())) }),
    from: "registry_coverage{hint}",
    select: <Coverage as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[Sort::rising("name", "name_sort", "registry_coverage_name_sort_id_idx")],
    filters: &[OF_COMMUNE, OF_YEAR],
    columns: &[
        OfCoverage::new("commune", |row| Cell::Text(row.name.clone())).label("telecom-commune").by("name"),
        OfCoverage::new("year", |row| Cell::Text(row.year.to_string())).label("telecom-year"),
        OfCoverage::new("company", |row| Cell::some(row.company.as_ref())).label("telecom-company"),
        OfCoverage::new("households", |row| cell(row.households)).label("telecom-households"),
        OfCoverage::new("broadband", |row| cell(row.broadband)).label("telecom-broadband"),
        OfCoverage::new("population", |row| cell(row.population)).label("telecom-population"),
        OfCoverage::new("covered_4g", |row| cell(row.covered_4g)).label("telecom-covered-4g"),
        OfCoverage::new("covered_5g", |row| cell(row.covered_5g)).label("telecom-covered-5g"),
        OfCoverage::new("dead_spots", |row| cell(row.dead_spots)).label("telecom-dead-spots"),
    ],
    part: None,
    href: |row| format!("/telecom/coverage/{}", row.id),
    acts: &[
        Act::new(KEEP, "telecom-coverage-import", "/telecom/coverage/import"),
        Act::new("telecom.read", "nav-telecom", "/telecom"),
    ],
};

pub static PASSIVE: Register<Passive> = Register {
    paths: webkit::register_paths!("/telecom/passive"),
    rule: &READ,
    grounds: OPEN,
    resource: |core, _, row| Box::pin(async move { Ok(row.kept().today(core.bodies().as_ref())) }),
    from: "registry_passive{hint}",
    select: <Passive as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[Sort::rising("name", "name_sort", "registry_passive_name_sort_id_idx")],
    filters: &[OF_COMMUNE, OF_YEAR],
    columns: &[
        OfPassive::new("commune", |row| Cell::Text(row.name.clone())).label("telecom-commune").by("name"),
        OfPassive::new("year", |row| Cell::Text(row.year.to_string())).label("telecom-year"),
        OfPassive::new("company", |row| Cell::some(row.company.as_ref())).label("telecom-company"),
        OfPassive::new("poles", |row| cell(row.poles)).label("telecom-poles"),
        OfPassive::new("pole_length", |row| length(row.pole_length)).label("telecom-pole-length"),
        OfPassive::new("chambers", |row| cell(row.chambers)).label("telecom-chambers"),
        OfPassive::new("duct_length", |row| length(row.duct_length)).label("telecom-duct-length"),
    ],
    part: None,
    href: |row| format!("/telecom/passive/{}", row.id),
    acts: &[
        Act::new(KEEP, "telecom-passive-import", "/telecom/passive/import"),
        Act::new("telecom.read", "nav-telecom", "/telecom"),
    ],
};

/// What lies in the compartment of networks, over the department whose matter it is: a body does not see its own row.
pub static DEDICATED: Register<Dedicated> = Register {
    paths: webkit::register_paths!("/telecom/network"),
    rule: &READ_NETWORK,
    grounds: Grounds { compartment: Some("compartment"), ..OPEN },
    resource: |core, _, row| Box::pin(async move { Ok(row.kept().today(core.bodies().as_ref())) }),
    from: "registry_dedicated{hint}",
    select: <Dedicated as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[Sort::rising("name", "name_sort", "registry_dedicated_name_sort_id_idx")],
    filters: &[
        Filter::code::<Known>("connected", "is_connected = {}").label("telecom-connected"),
        Filter::unit("unit", "unit_id IN ({units})").label("telecom-body"),
    ],
    columns: &[
        OfDedicated::new("unit", |row| Cell::Text(row.name.clone())).label("telecom-body").by("name"),
        OfDedicated::new("is_connected", |row| Cell::code(row.is_connected)).label("telecom-connected"),
        OfDedicated::new("connected_on", |row| Cell::Day(row.connected_on)).label("telecom-connected-on"),
        OfDedicated::new("bandwidth", |row| Cell::some(row.bandwidth)).label("telecom-bandwidth"),
    ],
    part: None,
    href: |row| format!("/telecom/network/{}", row.id),
    acts: &[
        Act::new(KEEP, "telecom-network-import", "/telecom/network/import"),
        Act::new("telecom.read", "nav-telecom", "/telecom"),
    ],
};

fn matter(id: String, unit: Option<UnitId>, compartment: Option<String>) -> Resource {
    Resource { kind: KIND, id, unit, compartment, ..Resource::default() }
}

impl Kept for Coverage {
    const REGISTER: &'static Register<Self> = &COVERAGE;
    const KEEP: &'static str = KEEP;

    fn kept(&self) -> Resource {
        matter(self.id.to_string(), self.owner_id, None)
    }

    fn detail(&self) -> Json {
        json!({ "commune": self.commune_id.to_string(), "year": self.year })
    }
}

impl Kept for Passive {
    const REGISTER: &'static Register<Self> = &PASSIVE;
    const KEEP: &'static str = KEEP;

    fn kept(&self) -> Resource {
        matter(self.id.to_string(), self.owner_id, None)
    }

    fn detail(&self) -> Json {
        json!({ "commune": self.commune_id.to_string(), "year": self.year })
    }
}

/// The ledger says no more of it than that it was kept.
impl Kept for Dedicated {
    const REGISTER: &'static Register<Self> = &DEDICATED;
    const KEEP: &'static str = KEEP;

    fn kept(&self) -> Resource {
        matter(self.id.to_string(), self.owner_id, Some(self.compartment()))
    }
}

#[derive(Columns)]
struct OfYear {
    year: i64,
}

/// The years of which something is known, the last first.
pub async fn years(conn: &Reader) -> Result<Vec<i64>, DbError> {
    let sql = "SELECT year FROM registry_coverage UNION SELECT year FROM registry_passive ORDER BY year DESC";
    let years: Vec<OfYear> = conn.all(sql, vals![]).await?;
    Ok(years.into_iter().map(|one| one.year).collect())
}

/// All lines of a year, as they came.
pub async fn of_year(conn: &Reader, year: i64) -> Result<(Vec<Coverage>, Vec<Passive>), DbError> {
    let tail = "WHERE year = $1 ORDER BY id";
    Ok((Coverage::find(conn, tail, vals![year]).await?, Passive::find(conn, tail, vals![year]).await?))
}
