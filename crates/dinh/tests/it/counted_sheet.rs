//! The percentages of a sheet of 500 systems: counted once more by plain Rust over the rows that an export has, and
//! compared with what programs, the pages of figures and the page of a plan's target are told.

use std::collections::{BTreeMap, HashMap, HashSet};

use axum::http::StatusCode;
use db::{Row as _, Value, vals};
use jiff::civil::{Date, date};
use kernel::{Role, UnitId};
use programme::ids::TargetId;
use registry::{
    generate,
    model::{
        Backup, Ipv6, Known, System, SystemHosting, SystemId, SystemKind, SystemState, Use,
        assessment::{Assessment, ReviewState},
        figures::{Baseline, BaselineId, BaselineItem, Milestone},
        level::Dossier,
        moves::{Migration, MigrationState, Strategy},
    },
    usecase::{
        classify::classify_all,
        export,
        figures::baseline_approve::{baseline_approve, open_lists},
        import,
    },
};

use crate::house::House;

const OWNERS: [&str; 6] =
    ["Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Nội vụ", "UBND xã Sông Mẫu", "UBND xã Đồi Mẫu"];
/// The first is the indicator itself.
const PARTS: [(&str, &[&str]); 7] = [
    ("cloud.migrated", &["all", "eligible", "assessed", "classified", "converted"]),
    ("cloud.new_first", &["all"]),
    ("cloud.domestic_agencies", &["all", "with_province"]),
    ("cloud.databases", &["all", "any_centre"]),
    ("platform.deployed", &["all"]),
    ("level.approved", &["all", "late"]),
    ("ipv6", &["systems", "networks", "public"]),
];
/// What the sheet does not say, of each so many systems by name those with this rest.
const SYSTEMS: [(usize, usize, &str); 17] = [
    (2, 0, "level = 2, level_until = '2030-01-01'"),
    (10, 4, "level_until = '2026-01-01'"),
    (3, 1, "hosting = 'provincial_cloud', backup = 'proven'"),
    (3, 2, "backup = 'kept'"),
    (12, 2, "hosting = 'domestic_cloud', backup = 'proven'"),
    (1, 0, "confirmed_on = '2026-10-01'"),
    (5, 0, "confirmed_on = NULL"),
    (4, 0, "ipv6 = 'yes', operating_since = '2020-03-01'"),
    (4, 1, "ipv6 = 'partly'"),
    (4, 2, "ipv6 = 'no'"),
    (7, 2, "ipv6 = 'yes'"),
    (3, 0, "is_public = 'yes'"),
    (17, 0, "state_secret = 'yes'"),
    (13, 3, "kind = 'network', compartment = 'network'"),
    (4, 1, "strategy = 'retain'"),
    (4, 3, "strategy = 'rehost'"),
    (8, 0, "strategy = NULL"),
];

const MOVE: &str = "INSERT INTO registry_migration (id, system_id, owner_id, name, strategy, from_hosting, to_hosting, \
    state, edition, hands, fold, name_sort, ended_on, rev) \
    VALUES ($1, $2, $3, 'x', 'rehost', 'own_room', $4, $5, '', '', 'x', 'x', '2026-10-09', 1)";
const DOSSIER: &str = "INSERT INTO registry_dossier (id, system_id, owner_id, name, rule, edition, facts, state, fold, \
    name_sort, proposed, level, approved_on, check_by, valid_through, rev) \
    VALUES ($1, $2, $3, 'x', '', '', '{}', 'approved', 'x', 'x', 2, 2, $4, $5, $6, 1)";

const AGENCIES: &str =
    "SELECT COUNT(*) FROM directory_unit WHERE kind IN ('department', 'commune') AND valid_to IS NULL";

async fn update(house: &House, table: &str, key: &str, set: &str, ids: &[SystemId]) {
    let sql = format!("UPDATE {table} SET {set} WHERE {key} IN ({})", db::marks(1, ids.len()));
    house.exec(&sql, ids.iter().map(|id| id.uuid().into()).collect()).await;
}

/// The same statement for each of these rows, in one act.
async fn insert(house: &House, sql: &str, rows: &[Vec<Value>]) {
    let ctx = house.system();
    let done = house.app.db().write(&ctx, |tx| async move {
        tx.ledger(db::Entry::new("test.rows", "test"));
        for row in rows {
            tx.exec(sql, row.clone()).await?;
        }
        Ok(())
    });
    done.await.unwrap();
}

/// The systems of the house and those of the sheet, by name.
async fn taken_in(house: &House) -> Vec<System> {
    let ctx = house.system();
    let (sheet, _) = generate::sheet(500, 1, &OWNERS.map(str::to_owned)).unwrap();
    let preview = import::systems_preview(&house.app, &ctx, sheet.into()).await.unwrap();
    import::systems_import(&house.app, &ctx, &preview).await.unwrap();
    let systems = export::systems(&house.app, &ctx).await.unwrap();
    assert!(systems.len() > 400, "{}", systems.len());
    systems
}

/// The lists of all owners, made and approved by people of the province; one is open again, and not every line counts.
async fn frozen(house: &House, every: &impl Fn(usize, usize) -> Vec<SystemId>) {
    let officer = house.person("dem", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let root = house.unit("Tỉnh Mẫu", None);
    let name = house.app.bodies().written(root, house.system().today());
    let made = officer.form("/systems/baselines", &[("unit", &name), ("as_of", "30/06/2026")]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let ctx = house.system();
    let (_, seen) = open_lists(&house.app, &ctx, root).await.unwrap();
    baseline_approve(&house.app, &ctx, root, &seen).await.unwrap();
    let open = house.unit(OWNERS[3], None);
    house.exec("UPDATE registry_baseline SET approved_on = NULL WHERE unit_id = $1", vals![open.uuid()]).await;
    update(house, "registry_baseline_item", "system_id", "is_counted = FALSE", &every(7, 0)).await;
    update(house, "registry_baseline_item", "system_id", "is_eligible = FALSE", &every(5, 1)).await;
}

/// What the sheet does not say of its systems, and what was done with them.
async fn lived(house: &House, systems: &[System]) {
    let every = |of: usize, rest: usize| -> Vec<SystemId> {
        systems.iter().enumerate().filter(|(at, _)| at % of == rest).map(|(_, one)| one.id).collect()
    };
    frozen(house, &every).await;
    classify_all(&house.app, &house.system()).await.unwrap();
    update(house, "registry_assessment", "system_id", "review = 'accepted'", &every(2, 1)).await;
    update(house, "registry_assessment", "system_id", "answered = 3", &every(3, 0)).await;
    for (of, rest, set) in SYSTEMS {
        update(house, "registry_system", "id", set, &every(of, rest)).await;
    }
    // What was being built has begun since; at one body on a cloud throughout.
    let built = |one: &&System| one.state == SystemState::Building;
    let new: Vec<&System> = systems.iter().filter(built).step_by(2).collect();
    let first = house.unit(OWNERS[0], None);
    let ids = |all: &[&System]| all.iter().map(|one| one.id).collect::<Vec<_>>();
    let set = "state = 'operating', operating_since = '2026-08-01'";
    update(house, "registry_system", "id", set, &ids(&new)).await;
    let on_cloud: Vec<&System> = new.into_iter().filter(|one| one.owner_id == first).collect();
    update(house, "registry_system", "id", "hosting = 'domestic_cloud'", &ids(&on_cloud)).await;
    papers(house, systems).await;
}

async fn papers(house: &House, systems: &[System]) {
    let id = || Value::from(house.system().new_id::<kernel::ids::kinds::Unit>().uuid());
    let (mut moves, mut dossiers, mut milestones, mut uses) = (vec![], vec![], vec![], vec![]);
    let root = house.unit("Tỉnh Mẫu", None);
    for (at, one) in systems.iter().enumerate() {
        let system = || Value::from(one.id.uuid());
        let owner = || Value::from(one.owner_id.uuid());
        let to = ["foreign_cloud", "provincial_cloud", "provincial_cloud", "domestic_cloud", "domestic_cloud"][at % 5];
        let state = if at % 3 == 2 { "cancelled" } else { "accepted" };
        moves.push(vals![id(), system(), owner(), to, state]);
        if at % 3 != 1 {
            let on = if at % 2 == 0 { "2019-01-01" } else { "2026-09-01" };
            let check = if at % 5 == 0 { "2026-01-01" } else { "2030-01-01" };
            let through = (at % 9 == 0).then(|| "2025-12-31".to_owned());
            dossiers.push(vals![id(), system(), owner(), on, check, through]);
        }
        if one.kind == SystemKind::Platform && at % 4 != 3 {
            let due = if at % 4 == 1 { "2030-01-01" } else { "2026-01-01" };
            milestones.push(vals![id(), system(), due]);
        }
        if at % 3 == 0 {
            uses.push(vals![id(), system(), root.uuid()]);
        }
    }
    insert(house, MOVE, &moves).await;
    insert(house, DOSSIER, &dossiers).await;
    let sql = "INSERT INTO registry_milestone (id, system_id, due_on, source, rev) VALUES ($1, $2, $3, 'QĐ 1', 1)";
    house.exec("DELETE FROM registry_milestone WHERE id IS NOT NULL", vec![]).await;
    insert(house, sql, &milestones).await;
    insert(house, "INSERT INTO registry_use (id, system_id, unit_id) VALUES ($1, $2, $3)", &uses).await;
}

/// The rows as they lie there, by system.
struct Rows {
    today: Date,
    systems: Vec<System>,
    lists: HashMap<BaselineId, Baseline>,
    items: HashMap<SystemId, BaselineItem>,
    assessments: HashMap<SystemId, Assessment>,
    migrations: Vec<Migration>,
    /// Of each the approved ones, the newest last.
    dossiers: HashMap<SystemId, Vec<Dossier>>,
    milestones: HashMap<SystemId, Milestone>,
    used: HashSet<SystemId>,
    /// How many departments and communes there are.
    agencies: i64,
}

impl Rows {
    async fn read(house: &House) -> Self {
        let (conn, ctx) = (house.app.db().read(), house.system());
        let by = "ORDER BY id";
        let lists = Baseline::find(&conn, by, vec![]).await.unwrap();
        let items = BaselineItem::find(&conn, by, vec![]).await.unwrap();
        let assessments = Assessment::find(&conn, by, vec![]).await.unwrap();
        let mut dossiers: HashMap<SystemId, Vec<Dossier>> = HashMap::new();
        for one in Dossier::find(&conn, "ORDER BY approved_on, id", vec![]).await.unwrap() {
            if one.is_approved() && one.approved_on.is_some_and(|on| on <= ctx.today()) {
                dossiers.entry(one.system_id).or_default().push(one);
            }
        }
        let milestones = Milestone::find(&conn, by, vec![]).await.unwrap();
        let uses = Use::find(&conn, by, vec![]).await.unwrap();
        Self {
            today: ctx.today(),
            systems: export::systems(&house.app, &ctx).await.unwrap(),
            lists: lists.into_iter().map(|one| (one.id, one)).collect(),
            items: items.into_iter().map(|one| (one.system_id, one)).collect(),
            assessments: assessments.into_iter().map(|one| (one.system_id, one)).collect(),
            migrations: Migration::find(&conn, by, vec![]).await.unwrap(),
            dossiers,
            milestones: milestones.into_iter().map(|one| (one.system_id, one)).collect(),
            used: uses.into_iter().map(|one| one.system_id).collect(),
            agencies: house.count(AGENCIES).await,
        }
    }

    /// How many count, and of how many.
    fn value(&self, code: &str, part: &str) -> (i64, i64) {
        let mut by_owner: BTreeMap<UnitId, (i64, i64)> = BTreeMap::new();
        for one in &self.systems {
            if let Some(counts) = self.counts(code, part, one) {
                let sum = by_owner.entry(one.owner_id).or_default();
                *sum = (sum.0 + i64::from(counts), sum.1 + 1);
            }
        }
        let of = |(top, bottom): (i64, i64)| match code {
            "cloud.new_first" => (i64::from(top == bottom), 1),
            "cloud.domestic_agencies" => (i64::from(top > 0), 0),
            _ => (top, bottom),
        };
        // An agency that owns nothing is one all the same.
        let others = if code == "cloud.domestic_agencies" { self.agencies } else { 0 };
        by_owner.into_values().map(of).fold((0, others), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// Whether a system counts; none where it is not in the whole.
    fn counts(&self, code: &str, part: &str, one: &System) -> Option<bool> {
        let is_live = [SystemState::Operating, SystemState::Retiring].contains(&one.state);
        let is_open = is_live && one.state_secret != Known::Yes;
        let runs = [SystemKind::InformationSystem, SystemKind::Service, SystemKind::Platform].contains(&one.kind);
        match code {
            "cloud.migrated" => self.is_migrated(part, one),
            "cloud.new_first" if is_open => self.is_new_on_cloud(one),
            "cloud.domestic_agencies" if is_open => self.is_domestic(part == "with_province", one),
            "cloud.databases" if is_open && one.kind == SystemKind::Database && one.confirmed_on.is_some() => {
                let is_placed = is_cloud(one) && (part != "all" || one.hosting == SystemHosting::ProvincialCloud);
                let has_level = one.level.is_some_and(|level| level > 0);
                let holds = one.level_until.is_none_or(|until| until >= self.today);
                Some(is_placed && has_level && holds && one.backup == Backup::Proven)
            }
            "platform.deployed" if one.kind == SystemKind::Platform && one.state != SystemState::Mistaken => {
                let due = self.milestones.get(&one.id).filter(|milestone| milestone.due_on <= self.today);
                due.map(|_| is_live && self.used.contains(&one.id))
            }
            "level.approved" if is_open && runs => Some(self.is_approved(part == "late", one)),
            "ipv6" if is_open => {
                let is_in = match part {
                    "networks" => one.kind == SystemKind::Network,
                    "public" => runs && one.is_public == Known::Yes,
                    _ => runs,
                };
                is_in.then_some(one.ipv6 == Ipv6::Yes)
            }
            _ => None,
        }
    }

    fn is_migrated(&self, part: &str, one: &System) -> Option<bool> {
        let item = self.items.get(&one.id).filter(|item| item.is_counted)?;
        self.lists.get(&item.baseline_id)?.approved_on?;
        if part == "eligible" && !item.is_eligible {
            return None;
        }
        let appraisal = self.assessments.get(&one.id);
        let is_reviewed = appraisal.is_some_and(|one| one.review != ReviewState::Open);
        let is_assessed = is_reviewed || appraisal.is_some_and(|one| one.answered > 0);
        let strategy = one.strategy.as_deref().unwrap_or_default();
        let is_classified = is_reviewed && !strategy.is_empty();
        let led = |to: SystemHosting| [SystemHosting::ProvincialCloud, SystemHosting::DomesticCloud].contains(&to);
        let mut own = self.migrations.iter().filter(|row| row.system_id == one.id);
        let is_over = |row: &Migration| row.ended_on.is_some_and(|on| on <= self.today);
        let moved = |row: &Migration| row.state == MigrationState::Accepted && row.strategy != Strategy::Retire;
        let is_converted = own.any(|row| moved(row) && is_over(row) && led(row.to_hosting));
        Some(match part {
            "assessed" => is_assessed,
            "classified" => is_classified,
            "converted" => is_converted,
            _ => is_assessed && is_classified && is_converted && !["retain", "retire"].contains(&strategy),
        })
    }

    /// By whom it is provided: an enterprise of the country, or the province itself.
    fn is_domestic(&self, with_province: bool, one: &System) -> Option<bool> {
        use SystemHosting::{DomesticCloud, OwnRoom, ProvincialCloud, ProvincialDataCentre};
        let is_service = one.kind == SystemKind::CloudService;
        let runs = [SystemKind::InformationSystem, SystemKind::Service, SystemKind::Database, SystemKind::Platform];
        if !is_service && !runs.contains(&one.kind) {
            return None;
        }
        let provider = one.provider_id.and_then(|id| self.systems.iter().find(|other| other.id == id));
        let said = [provider.map(|provider| provider.is_domestic), is_service.then_some(one.is_domestic)];
        let is_own =
            one.hosting == ProvincialCloud || is_service && [OwnRoom, ProvincialDataCentre].contains(&one.hosting);
        Some(if said.contains(&Some(Known::No)) {
            false
        } else if is_own {
            with_province
        } else if is_service {
            said.contains(&Some(Known::Yes))
        } else {
            one.hosting == DomesticCloud
        })
    }

    fn is_new_on_cloud(&self, one: &System) -> Option<bool> {
        let is_counted = [SystemKind::InformationSystem, SystemKind::Service].contains(&one.kind);
        let list = self.lists.values().find(|list| list.unit_id == one.owner_id && list.approved_on.is_some())?;
        let is_later = one
            .operating_since
            .map_or_else(|| one.since.is_some_and(|year| year > i64::from(list.as_of.year())), |day| day > list.as_of);
        let appraisal = self.assessments.get(&one.id);
        let is_left_out = appraisal.is_some_and(|one| one.review == ReviewState::Accepted && !one.eligible);
        let is_in = is_counted && is_later && !self.items.contains_key(&one.id) && !is_left_out;
        is_in.then_some(is_cloud(one))
    }

    fn is_approved(&self, late: bool, one: &System) -> bool {
        let own = self.dossiers.get(&one.id);
        let Some((first_one, newest)) = own.and_then(|own| Some((own.first()?, own.last()?))) else { return false };
        let year = one.since.map(|year| i16::try_from(year).unwrap());
        let began = one.operating_since.map(|day| (day, day));
        let began = began.or_else(|| year.map(|year| (date(year, 1, 1), date(year, 12, 31))));
        let (Some(on), Some((first, last))) = (first_one.approved_on, began) else { return false };
        let holds = |until: Option<Date>| until.is_none_or(|until| until >= self.today);
        if late { on > last } else { on <= first && holds(newest.valid_through) && holds(newest.check_by) }
    }
}

fn is_cloud(one: &System) -> bool {
    [SystemHosting::ProvincialCloud, SystemHosting::DomesticCloud].contains(&one.hosting)
}

/// To the nearest tenth, as it is read.
fn percent((top, bottom): (i64, i64)) -> String {
    let tenths = (2000 * top + bottom) / (2 * bottom);
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{},{}", tenths / 10, tenths % 10) }
}

#[tokio::test]
async fn the_percentages_of_500_systems_are_those_of_an_independent_count() {
    let house = House::year().await;
    let systems = taken_in(&house).await;
    lived(&house, &systems).await;
    let rows = Rows::read(&house).await;
    let of_province = "SELECT t.id FROM programme_target t JOIN programme_plan p ON p.id = t.plan_id \
        JOIN directory_unit u ON u.id = p.issuer_id WHERE t.counted AND u.kind IN ('province', 'committee') \
        ORDER BY t.id LIMIT 1";
    let target = house.one(of_province, vec![]).await;
    let plan = "SELECT plan_id AS id FROM programme_target WHERE id = $1";
    let plan = format!("/plans/{}", kernel::PlanId::from_uuid(house.one(plan, vals![target]).await));
    let (reader, planner) = (house.person("doc", "Tỉnh Mẫu", Role::PROGRAMME).await, house.signed_in("quantri").await);
    let told = reader.get("/api/v1/systems/figures").await.json();
    for (code, parts) in PARTS {
        for part in parts {
            let (top, bottom) = rows.value(code, part);
            assert!(0 < top && top < bottom, "{code} {part}: {top} of {bottom} would be met by chance");
            let is_it = |one: &&serde_json::Value| one["indicator"] == code && one["part"] == *part;
            let one = told["items"].as_array().unwrap().iter().find(is_it).unwrap();
            let value = (one["numerator"].as_i64(), one["denominator"].as_i64());
            assert_eq!(value, (Some(top), Some(bottom)), "{code} {part}");
            let page = reader.get(&format!("/systems/figures/{code}?part={part}")).await.body;
            let said = percent((top, bottom));
            assert!(page.contains(&format!("<span class=\"big\">{said} %</span>")), "{code} {part} {said}: {page}");
            assert!(page.contains(&format!("{top} / {bottom}</span>")), "{code} {part}: {page}");
        }
        let (top, bottom) = rows.value(code, parts[0]);
        house.exec("UPDATE programme_target SET indicator = $1 WHERE id = $2", vals![code, target]).await;
        let page = planner.get(&format!("/targets/{}", TargetId::from_uuid(target))).await.body;
        let said = format!("{} % ({top} / {bottom})", percent((top, bottom)));
        assert!(page.replace("&#x2f;", "/").contains(&said), "{code}: {said}: {page}");
        // The page of the plan has the same in the row of the target, and leads to it.
        let page = planner.get(&plan).await.body.replace("&#x2f;", "/");
        let row = page.split(&format!("href=\"/targets/{}\"", TargetId::from_uuid(target))).nth(1).expect(&page);
        let row = row.split("</tr>").next().unwrap();
        let led = format!("/systems/figures/{code}?unit=");
        assert!(row.contains(&said) && row.contains(&led), "{code}: {said}: {row}");
    }
}
