//! The register of systems.

use db::{Reader, Tx, Writer};
use kernel::{Code as _, Ctx, Problem, Resource};
use serde_json::{Value as Json, json};
use webkit::{Act, Cell, Column, Core, Filter, Grounds, Kept, Part, Register, Related, Sort};

use super::{
    confirmation::{listed, unplaced},
    label, level, moves, seen,
};
use crate::{
    model::{
        AiPotential, Amount, Backup, Criticality, Ipv6, Known, PersonalData, READ, System, SystemHosting, SystemKind,
        SystemState, assessment::MoveStrategy,
    },
    usecase::{level::guard::may_operate, veil::veil},
};

type Of = Column<System>;

/// Beside them stand machines, contracts and providers, and what was entered by mistake.
const MAIN: Part = Part { condition: listed!(), words: "systems-main" };

/// Whose list is short: a commune owns few systems and says on one page what it has and uses.
fn is_of_commune(core: &Core, ctx: &Ctx) -> bool {
    let bodies = core.bodies();
    ctx.actor.posts().iter().any(|post| bodies.kind(bodies.acts_for(post.unit)) == "commune")
}

pub static SYSTEMS: Register<System> = Register {
    paths: webkit::register_paths!("/systems"),
    rule: &READ,
    grounds: Grounds {
        unit: Related::Today(&Related::Column("owner_id")),
        follows: &[],
        involved: &[
            Related::Today(&Related::Column("operator_id")),
            Related::Today(&Related::Among("id", "SELECT system_id FROM registry_use WHERE unit_id IN ({units})")),
        ],
        compartment: Some("compartment"),
    },
    resource: |core, conn, system| {
        Box::pin(async move { Ok(system.resource(conn).await?.today(core.bodies().as_ref())) })
    },
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
        Filter::code::<MoveStrategy>("strategy", "strategy = {}"),
        Filter::code::<Criticality>("criticality", "criticality = {}"),
        Filter::code::<AiPotential>("ai_potential", "ai_potential = {}"),
        Filter::code::<Ipv6>("ipv6", "ipv6 = {}"),
        Filter::code::<Backup>("backup", "backup = {}"),
        Filter::code::<Known>("is_public", "is_public = {}").label("system-public"),
        Filter::code::<Known>("is_shared", "is_shared = {}").label("system-shared"),
        Filter::code::<Known>("state_secret", "state_secret = {}").label("system-state-secret"),
        Filter::unit("owner", "owner_id IN ({units})"),
        Filter::unit("operator", "operator_id IN ({units})"),
        Filter::unit("user", "id IN (SELECT system_id FROM registry_use WHERE unit_id IN ({units}))").label("used-by"),
        Filter::flag(
            "unconfirmed",
            concat!("(confirmed_on IS NULL OR confirmed_on < SUBSTR({today}, 1, 4)) AND ", listed!()),
        )
        .label("system-unconfirmed"),
        Filter::flag("unplaced", concat!(unplaced!(), listed!())).label("system-unplaced"),
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
        Of::new("criticality", |system| Cell::code(system.criticality)).label("system-criticality").spare(),
        Of::new("users", |system| Cell::Number(system.users.map(Amount::get))).label("system-users").spare(),
        Of::new("cost_per_year", |system| Cell::Number(system.cost_per_year.map(Amount::get)))
            .label("system-cost")
            .spare(),
        Of::new("is_public", |system| Cell::code(system.is_public)).label("system-public").spare(),
        Of::new("is_shared", |system| Cell::code(system.is_shared)).label("system-shared").spare(),
        Of::new("ipv6", |system| Cell::code(system.ipv6)).label("system-ipv6").spare(),
        Of::new("backup", |system| Cell::code(system.backup)).label("system-backup").spare(),
        Of::new("interfaces", |system| Cell::code(system.interfaces)).label("system-interfaces").spare(),
        Of::new("packaging", |system| Cell::code(system.packaging)).label("system-packaging").spare(),
        Of::new("ai_potential", |system| Cell::code(system.ai_potential)).label("system-ai-potential").spare(),
        Of::new("architecture", |system| Cell::some(system.architecture.as_ref())).label("system-architecture").spare(),
        Of::new("deviates", |system| Cell::code(system.deviates)).label("system-deviates").spare(),
        Of::new("support_ends_on", |system| Cell::Day(system.support_ends_on)).label("system-support-ends-on").spare(),
        Of::new("level", |system| Cell::some(system.level.filter(|level| *level > 0))).label("system-level").spare(),
        Of::new("confirmed_on", |system| Cell::Day(system.confirmed_on))
            .label("system-confirmed-on")
            .by("system-confirmed"),
    ],
    part: Some(&MAIN),
    href: |system| format!("/systems/{}", system.id),
    acts: &[
        Act::new("registry.edit", "system-add", "/systems/add"),
        Act::new("registry.import", "system-import", "/systems/import"),
        Act::new("registry.plan", "systems-classify", "/systems/assessment"),
        Act::new("registry.read", "nav-systems-confirmations", "/systems/confirmations"),
        Act::new("registry.read", "systems-ours", "/systems/ours").leads(is_of_commune),
        Act::new("registry.import", "availability-import", "/systems/availability/import"),
        Act::new("registry.import", "nav-systems-doubles", "/systems/doubles"),
        Act::new("registry.read", "nav-systems-certificates", "/systems/certificates"),
        Act::new("registry.map", "nav-systems-checks", "/systems/checks"),
        Act::new("registry.map", "nav-systems-components", "/systems/components"),
    ],
};

impl Kept for System {
    const REGISTER: &'static Register<Self> = &SYSTEMS;
    const KEEP: &'static str = "registry.edit";

    fn kept(&self) -> Resource {
        let (id, compartment) = (self.id.to_string(), self.compartment());
        Resource { id, compartment, ..Resource::kept("System", self.owner_id) }
    }

    /// In a few statements, however many there are.
    async fn all_seen(core: &Core, ctx: &Ctx, conn: &Reader, rows: Vec<Self>) -> Result<Vec<Self>, Problem> {
        Ok(seen::rows(core, ctx, conn, rows).await?)
    }

    async fn may_become(&self, core: &Core, ctx: &Ctx, conn: &Reader, was: Option<&Self>) -> Result<(), Problem> {
        self.check_begun(was)?;
        may_operate(core, ctx, conn, self, was).await
    }

    /// Whoever owns a system has what is on its way with it.
    async fn became(&self, conn: &Writer, was: &Self) -> Result<(), Problem> {
        if self.owner_id == was.owner_id {
            return Ok(());
        }
        moves::given_over(conn, self.id, (was.owner_id, self.owner_id)).await?;
        level::given_over(conn, self.id, self.owner_id).await?;
        label::given_over(conn, self.id).await
    }

    async fn let_go(&self, tx: &Tx) -> Result<(), Problem> {
        if self.is_veiled() { veil(tx, self.id).await } else { Ok(()) }
    }

    fn detail(&self) -> Json {
        json!({ "kind": self.kind.code(), "state": self.state.code(), "hosting": self.hosting.code() })
    }
}
