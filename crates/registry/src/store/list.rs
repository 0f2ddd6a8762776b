//! The register of systems.

use db::Reader;
use kernel::{Code as _, Ctx, Problem, Resource};
use serde_json::{Value as Json, json};
use webkit::{Act, Cell, Column, Core, Filter, Grounds, Kept, Register, Related, Sort};

use crate::{
    model::{PersonalData, READ, System, SystemHosting, SystemKind, SystemState},
    usecase::level::guard::may_operate,
};

type Of = Column<System>;

pub static SYSTEMS: Register<System> = Register {
    paths: webkit::register_paths!("/systems"),
    rule: &READ,
    grounds: Grounds {
        unit: Related::Column("owner_id"),
        follows: &[],
        involved: &[
            Related::Column("operator_id"),
            Related::Among("id", "SELECT system_id FROM registry_use WHERE unit_id IN ({units})"),
        ],
        compartment: Some("compartment"),
    },
    resource: |_, conn, system| Box::pin(system.resource(conn)),
    from: "registry_system{hint}",
    select: <System as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[
        Sort::rising("name", "name_sort", "registry_system_name_sort_id_idx"),
        Sort::rising("system-confirmed", "COALESCE(confirmed_on, '')", "registry_system_confirmed_order"),
    ],
    filters: &[
        Filter::code::<SystemKind>("kind", "kind = {}"),
        Filter::code::<SystemState>("state", "state = {}"),
        Filter::code::<SystemHosting>("hosting", "hosting = {}"),
        Filter::code::<PersonalData>("personal_data", "personal_data = {}"),
        Filter::unit("owner", "owner_id = {}"),
        Filter::unit("operator", "operator_id = {}"),
        Filter::unit("user", "id IN (SELECT system_id FROM registry_use WHERE unit_id = {})").label("used-by"),
        Filter::flag("unconfirmed", "confirmed_on IS NULL OR confirmed_on < SUBSTR({today}, 1, 4)")
            .label("system-unconfirmed"),
    ],
    columns: &[
        Of::new("name", |system| Cell::Text(system.name.to_string())).label("system-name").by("name"),
        Of::new("owner", |system| Cell::Unit(Some(system.owner_id))),
        Of::new("operator", |system| Cell::Unit(system.operator_id)),
        Of::new("kind", |system| Cell::code(system.kind)).label("system-kind"),
        Of::new("state", |system| Cell::state(system.state)).label("system-state"),
        Of::new("hosting", |system| Cell::code(system.hosting)).label("system-hosting"),
        Of::new("personal_data", |system| Cell::code(system.personal_data)).label("system-personal-data").spare(),
        Of::new("code", |system| Cell::some(system.code.as_ref())).label("system-code").spare(),
        Of::new("address", |system| Cell::some(system.address.as_ref())).label("system-address").spare(),
        Of::new("since", |system| Cell::some(system.since)).label("system-since").spare(),
        Of::new("confirmed_on", |system| Cell::Day(system.confirmed_on))
            .label("system-confirmed-on")
            .by("system-confirmed"),
    ],
    href: |system| format!("/systems/{}", system.id),
    acts: &[
        Act { action: "registry.edit", words: "system-add", href: "/systems/new" },
        Act { action: "registry.import", words: "system-import", href: "/systems/import" },
        Act { action: "registry.read", words: "nav-systems-confirmations", href: "/systems/confirmations" },
    ],
};

impl Kept for System {
    const REGISTER: &'static Register<Self> = &SYSTEMS;
    const KEEP: &'static str = "registry.edit";

    fn kept(&self) -> Resource {
        let (id, compartment) = (self.id.to_string(), self.compartment());
        Resource { id, compartment, ..Resource::kept("System", self.owner_id) }
    }

    async fn may_become(&self, _: &Core, ctx: &Ctx, conn: &Reader, was: Option<&Self>) -> Result<(), Problem> {
        may_operate(ctx, conn, self, was).await
    }

    fn detail(&self) -> Json {
        json!({ "kind": self.kind.code(), "state": self.state.code(), "hosting": self.hosting.code() })
    }
}
