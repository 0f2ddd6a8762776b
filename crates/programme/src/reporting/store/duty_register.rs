//! The register of duties to report.

use db::{Reader, Row};
use kernel::{Problem, Resource};
use webkit::{Act, Cell, Column, Core, Filter, Grounds, Register, Related, Sort};

use super::duty::{self, DutyRow};
use crate::{
    reporting::model::{rights::DUTY_READ, states::DutyState},
    targets::model::period::{Due, PeriodKind},
};

/// What is proposed waits for a person, what has ended for nobody.
macro_rules! order {
    () => {
        "CASE state WHEN 'proposed' THEN '0' WHEN 'active' THEN '1' ELSE '2' END || COALESCE(fold, '')"
    };
}

type Of = Column<DutyRow>;

pub static DUTIES: Register<DutyRow> = Register {
    paths: webkit::register_paths!("/duties"),
    rule: &DUTY_READ,
    grounds: Grounds {
        unit: Related::Today(&Related::Column("owner_id")),
        follows: &[],
        involved: &[Related::Today(&Related::Among(
            "id",
            "SELECT duty_id FROM programme_duty_body WHERE unit_id IN ({units})",
        ))],
        compartment: None,
    },
    resource: |core, conn, duty| Box::pin(resource(core, conn, duty)),
    from: "programme_duty{hint}",
    select: <DutyRow as Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[
        Sort::rising("duty-state", order!(), "programme_duty_order"),
        Sort::rising("duty-name", "COALESCE(fold, '')", "programme_duty_name"),
    ],
    filters: &[
        Filter::code::<DutyState>("state", "state = {}").label("state"),
        Filter::code::<PeriodKind>("period", "period = {}").label("period"),
        Filter::unit(
            "reports",
            "id IN (SELECT duty_id FROM programme_duty_body WHERE unit_id IN ({units}) AND role = 'reports')",
        )
        .label("duty-reports"),
        Filter::unit("owner", "owner_id IN ({units})").label("receives"),
    ],
    columns: &[
        Of::new("name", |duty| Cell::Text(duty.name.to_string())).label("reporting-duty").by("duty-name"),
        Of::new("period", |duty| Cell::code(duty.period)),
        Of::new("due", due),
        Of::new("owner", |duty| Cell::Unit(Some(duty.owner))).label("receives"),
        Of::new("state", |duty| Cell::state(duty.state)).by("duty-state"),
        Of::new("section", |duty| Cell::Text(duty.section.to_string())).spare(),
        Of::new("cutoff", |duty| Cell::code(duty.cutoff)).spare(),
    ],
    part: None,
    href: |duty| format!("/duties/{}", duty.id),
    acts: &[Act::new("duty.edit", "duty-new", "/duties/new"), Act::new("duty.read", "regimes", "/regimes")],
};

fn due(duty: &DutyRow) -> Cell {
    Due::parse(&duty.due).map_or_else(
        || Cell::Text(duty.due.clone()),
        |due| {
            let (key, args) = due.words();
            Cell::Words(key, args)
        },
    )
}

/// A duty as the policies see it for who reads it; for a body that was merged away its successor is named.
pub(crate) async fn resource(core: &Core, conn: &Reader, duty: &DutyRow) -> Result<Resource, Problem> {
    let bodies = core.bodies();
    let involved = duty::named(conn, duty.id).await?.into_iter().map(|unit| bodies.today(unit)).collect();
    let unit = Some(bodies.today(duty.owner));
    Ok(Resource { kind: "Duty", id: duty.id.to_string(), unit, involved, ..Resource::default() })
}
