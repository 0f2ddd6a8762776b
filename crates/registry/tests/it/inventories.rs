//! Invented inventories by chance: the same systems as rows of the database and as plain values, which are counted by hand.

use db::{Value, vals};
use kernel::UnitId;
use proptest::prelude::{Strategy, any, prop};
use registry::model::{System, SystemId};
use testkit::House;
use webkit::{Answers, kept_add};

pub const OWNERS: [&str; 4] = ["Sở Tài chính", "Sở Y tế", "UBND xã Sông Mẫu", "UBND xã Đồi Mẫu"];
pub const KINDS: [&str; 6] = ["information_system", "service", "database", "platform", "network", "cloud_service"];
pub const STATES: [&str; 6] = ["planned", "building", "operating", "retiring", "retired", "mistaken"];
pub const HOSTINGS: [&str; 5] = ["unknown", "own_room", "provincial_cloud", "domestic_cloud", "foreign_cloud"];

/// What is frozen of a system: in no list, or in its owner's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frozen {
    pub is_counted: bool,
    pub is_eligible: bool,
}

#[derive(Debug, Clone)]
pub struct Plain {
    pub owner: usize,
    pub kind: &'static str,
    pub state: &'static str,
    pub hosting: &'static str,
    pub is_secret: bool,
    pub began: Option<&'static str>,
    /// The year alone, which says something where the day is not known.
    pub year: Option<i64>,
    pub frozen: Option<Frozen>,
    pub answered: i64,
    pub review: &'static str,
    pub strategy: &'static str,
    /// Where its accepted conversion led to.
    pub accepted: Option<&'static str>,
    pub is_confirmed: bool,
    pub level: i64,
    pub backup: &'static str,
    pub ipv6: &'static str,
    pub is_public: bool,
    pub is_domestic: &'static str,
    pub milestone: Option<&'static str>,
    pub is_used: bool,
    /// The days of approval of its dossiers, the newest last; until when the check of each holds, and the approval itself.
    pub dossiers: Vec<(&'static str, &'static str, Option<&'static str>)>,
    /// What its assessment says.
    pub is_eligible: bool,
}

/// The day of the lists: what began later is new.
pub const AS_OF: &str = "2026-06-30";

pub fn plain() -> impl Strategy<Value = Plain> {
    let days = [None, Some("2025-01-01"), Some(AS_OF), Some("2026-07-01"), Some("2026-10-10")];
    let what = (0..OWNERS.len(), prop::sample::select(&KINDS[..]), prop::sample::select(&STATES[..]));
    let place = (prop::sample::select(&HOSTINGS[..]), prop::bool::weighted(0.1), prop::sample::select(days.to_vec()));
    let frozen = prop::option::of((any::<bool>(), any::<bool>()));
    let way = (0_i64..2, prop::sample::select(&["open", "accepted", "overruled"][..]));
    let strategy = prop::sample::select(&["", "rehost", "retain", "retire"][..]);
    let known = prop::sample::select(&["unknown", "no", "yes"][..]);
    let order = (any::<bool>(), 0_i64..2, prop::sample::select(&["kept", "proven"][..]));
    let ipv6 = prop::sample::select(&["unknown", "no", "partly", "yes"][..]);
    let milestone = prop::option::of(prop::sample::select(&["2026-01-01", "2030-01-01"][..]));
    let given = prop::sample::subsequence(&["2025-01-01", "2026-08-01"][..], 0..=2);
    let last = prop::sample::select(&["2026-01-01", "2030-01-01"][..]);
    let holds = prop::array::uniform2((last.clone(), prop::option::of(last)));
    let dossiers = (given, holds).prop_map(|(given, holds)| {
        given.into_iter().zip(holds).map(|(on, (check_by, until))| (on, check_by, until)).collect::<Vec<_>>()
    });
    let accepted = prop::option::of(prop::sample::select(&HOSTINGS[1..]));
    let year = prop::option::of(2024_i64..2028);
    let is_eligible = prop::bool::weighted(0.7);
    let later = (accepted, ipv6, any::<bool>(), known, milestone, any::<bool>(), dossiers, year, is_eligible);
    (what, place, frozen, way, strategy, order, later).prop_map(|(what, place, frozen, way, strategy, order, later)| {
        let frozen = frozen.map(|(is_counted, is_eligible)| Frozen { is_counted, is_eligible });
        Plain {
            owner: what.0,
            kind: what.1,
            state: what.2,
            hosting: place.0,
            is_secret: place.1,
            began: place.2,
            year: later.7,
            frozen,
            answered: way.0,
            review: way.1,
            strategy,
            accepted: later.0,
            is_confirmed: order.0,
            level: order.1,
            backup: order.2,
            ipv6: later.1,
            is_public: later.2,
            is_domestic: later.3,
            milestone: later.4,
            is_used: later.5,
            dossiers: later.6,
            is_eligible: later.8,
        }
    })
}

/// Puts them down, and the frozen lists of these owners, approved or not; returns their ids in the same order.
pub async fn put(house: &House, all: &[Plain], approved: &[bool; 4]) -> Vec<SystemId> {
    let ctx = house.system();
    let unit = |owner: usize| house.unit(OWNERS[owner]);
    let mut lists = Vec::new();
    for (owner, is_approved) in approved.iter().enumerate() {
        let id = uuid(house);
        let approved_on = is_approved.then(|| "2026-07-15".to_owned());
        let row = vals![id.clone(), unit(owner).uuid(), AS_OF, approved_on];
        let sql = "INSERT INTO registry_baseline (id, unit_id, as_of, approved_on, rev) VALUES ($1, $2, $3, $4, 1)";
        house.exec(sql, row).await;
        lists.push(id);
    }
    let mut ids = Vec::new();
    for (at, one) in all.iter().enumerate() {
        let said = Answers::default().with("name", format!("Hệ thống {at}")).with("owner", OWNERS[one.owner]);
        let said = said.with("state", "planned").with("architecture", "Lớp ứng dụng").with("deviates", "no");
        let system = kept_add::<System>(&house.app, &ctx, "system.add", &said).await.unwrap();
        ids.push(system.id);
        detail(house, one, system.id, unit(one.owner), lists[one.owner].clone()).await;
    }
    ids
}

fn uuid(house: &House) -> Value {
    let id: SystemId = house.system().new_id();
    id.uuid().into()
}

async fn detail(house: &House, one: &Plain, id: SystemId, owner: UnitId, list: Value) {
    let id = || Value::from(id.uuid());
    let yes = |is: bool| if is { "yes" } else { "no" };
    let confirmed = one.is_confirmed.then(|| "2026-10-01".to_owned());
    let strategy = Some(one.strategy.to_owned()).filter(|strategy| !strategy.is_empty());
    let set = "UPDATE registry_system SET kind = $2, state = $3, hosting = $4, state_secret = $5, operating_since = $6, \
        confirmed_on = $7, level = $8, backup = $9, ipv6 = $10, is_public = $11, is_domestic = $12, strategy = $13, since = $14 \
        WHERE id = $1";
    let row = vals![
        id(),
        one.kind,
        one.state,
        one.hosting,
        yes(one.is_secret),
        one.began.map(str::to_owned),
        confirmed,
        one.level,
        one.backup,
        one.ipv6,
        yes(one.is_public),
        one.is_domestic,
        strategy,
        one.year
    ];
    house.exec(set, row).await;
    if let Some(Frozen { is_counted, is_eligible }) = one.frozen {
        let sql = "INSERT INTO registry_baseline_item (id, baseline_id, system_id, is_counted, is_eligible, rev) \
            VALUES ($1, $2, $3, $4, $5, 1)";
        house.exec(sql, vals![uuid(house), list, id(), is_counted, is_eligible]).await;
    }
    let sql = "INSERT INTO registry_assessment (id, system_id, questionnaire, answers, facts, rules, strategy, ground, reasons, \
        review, answered, eligible, score, rev) VALUES ($1, $2, '', '{}', '{}', '', 'rehost', '', '[]', $3, $4, $5, 0, 1)";
    house.exec(sql, vals![uuid(house), id(), one.review, one.answered, one.is_eligible]).await;
    if let Some(to) = one.accepted {
        let sql = "INSERT INTO registry_migration (id, system_id, owner_id, name, strategy, from_hosting, to_hosting, state, \
            edition, hands, fold, name_sort, ended_on, rev) \
            VALUES ($1, $2, $3, 'x', 'rehost', 'own_room', $4, 'accepted', '', '', 'x', 'x', '2026-09-09', 1)";
        house.exec(sql, vals![uuid(house), id(), owner.uuid(), to]).await;
    }
    for (approved_on, check_by, until) in &one.dossiers {
        let sql = "INSERT INTO registry_dossier (id, system_id, owner_id, name, rule, edition, facts, state, fold, name_sort, \
            proposed, level, approved_on, check_by, valid_through, rev) \
            VALUES ($1, $2, $3, 'x', '', '', '{}', 'approved', 'x', 'x', 2, 2, $4, $5, $6, 1)";
        let until = until.map(str::to_owned);
        house.exec(sql, vals![uuid(house), id(), owner.uuid(), *approved_on, *check_by, until]).await;
    }
    if let Some(due_on) = one.milestone {
        let sql = "INSERT INTO registry_milestone (id, system_id, due_on, source, rev) VALUES ($1, $2, $3, 'QĐ 1', 1)";
        house.exec(sql, vals![uuid(house), id(), due_on]).await;
    }
    if one.is_used {
        let sql = "INSERT INTO registry_use (id, system_id, unit_id) VALUES ($1, $2, $3)";
        house.exec(sql, vals![uuid(house), id(), owner.uuid()]).await;
    }
}
