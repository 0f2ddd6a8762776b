//! One system on its way.

use db::{Reader, Row as _, Words, vals};
use derive::{Fact, Row, Schema};
use jiff::{Timestamp, civil::Date};
use kernel::{Ground, Held, PersonId, Problem, Resource, Role, Rule, UnitId, ctx::vietnam, text::fold};
use serde::Serialize;
use webkit::Kept as _;

use super::{MigrationState, Strategy};
use crate::model::{SystemHosting, SystemId, SystemState, Use, made_at};

kernel::id!(OfMigration MigrationId "migration");

const KEEPERS: Held = Held::Of(&[Role::OFFICER, Role::PROGRAMME]);

/// Read by the owner's house, by who carries it out and by who uses the system.
pub const READ: Rule = Rule {
    action: "migration.read",
    kind: "Migration",
    grounds: &[Ground::Below(Held::Any), Ground::Involved(Held::Any)],
};
/// Carried out by officers of the owner, or of the body that was charged with it.
pub const RUN: Rule =
    Rule { action: "migration.run", kind: "Migration", grounds: &[Ground::Below(KEEPERS), Ground::Involved(KEEPERS)] };
/// Accepted by the owner's leader.
pub const ACCEPT: Rule =
    Rule { action: "migration.accept", kind: "Migration", grounds: &[Ground::Below(Held::Of(&[Role::LEADER]))] };

#[derive(Debug, Clone, PartialEq, Row, Fact, Serialize, Schema)]
#[row(table = "registry_migration", follows(fold = fold, name_sort = name_sort), taken = "migration-there")]
#[fact(key = "migration")]
pub struct Migration {
    #[fact(name = "migration", vi = "Dự án chuyển đổi", en = "Migration")]
    pub id: MigrationId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    /// chủ quản, when the project began
    #[fact(name = "owner", vi = "Cơ quan chủ quản", en = "Owner")]
    pub owner_id: UnitId,
    /// The body that carries it out; the owner where none is said.
    #[fact(name = "runner", vi = "Đơn vị thực hiện", en = "Carried out by")]
    pub runner_id: Option<UnitId>,
    /// As the system was called.
    pub name: Words,
    #[fact(vi = "Phương án chuyển đổi", en = "Strategy")]
    pub strategy: Strategy,
    #[fact(vi = "Đợt chuyển đổi", en = "Wave")]
    pub wave: Option<i64>,
    #[fact(vi = "Nơi đặt cũ", en = "Hosting before")]
    pub from_hosting: SystemHosting,
    #[fact(vi = "Nơi đặt mới", en = "Hosting after")]
    pub to_hosting: SystemHosting,
    #[fact(vi = "Trạng thái", en = "State")]
    pub state: MigrationState,
    /// Who leads it; who that is the lake is not told.
    pub leader_id: Option<PersonId>,
    /// The edition of the checklists by which its steps were made.
    pub edition: String,
    #[fact(vi = "Ngày thông báo", en = "Announced on")]
    pub announced_on: Option<Date>,
    /// The number of the document that announces it.
    pub announcement: Option<Words>,
    #[fact(vi = "Bắt đầu chuyển", en = "Window begins")]
    pub window_begins: Option<Date>,
    #[fact(vi = "Kết thúc chuyển", en = "Window ends")]
    pub window_ends: Option<Date>,
    pub window_hours: Option<Words>,
    /// Of the copy, as who moved it says.
    pub checksum_given: Option<String>,
    /// The same, as who verified it found.
    pub checksum_verified: Option<String>,
    #[fact(vi = "Ngày bắt đầu thực hiện", en = "Started on")]
    pub started_on: Option<Date>,
    #[fact(vi = "Ngày chuyển", en = "Cut over on")]
    pub cut_over_on: Option<Date>,
    /// Accepted, rolled back or cancelled.
    #[fact(vi = "Ngày kết thúc", en = "Ended on")]
    pub ended_on: Option<Date>,
    /// Why it was rolled back or cancelled.
    pub reason: Option<Words>,
    /// What the system was before the acceptance: a roll-back goes there.
    pub left_hosting: Option<SystemHosting>,
    pub left_state: Option<SystemState>,
    /// Since when it was to operate, as a plan said.
    #[serde(skip)]
    pub left_since: Option<i64>,
    #[serde(skip)]
    pub left_operating_since: Option<Date>,
    /// Whose hands ran it; none of them accepts it.
    #[serde(skip)]
    pub hands: String,
    pub rev: i64,
}

impl Migration {
    fn fold(&self) -> String {
        fold(&self.name)
    }

    fn name_sort(&self) -> String {
        kernel::text::sort_key(&self.name)
    }

    /// When it was opened.
    pub fn opened_at(&self) -> Option<Timestamp> {
        made_at(&self.id)
    }

    /// The day of that.
    pub fn opened_on(&self) -> Option<Date> {
        self.opened_at().map(vietnam)
    }

    /// The body that carries it out.
    pub fn runner(&self) -> UnitId {
        self.runner_id.unwrap_or(self.owner_id)
    }

    /// Whether this hand ran it or this person leads it: they do not accept it too.
    pub fn is_by(&self, hand: &str, person: Option<PersonId>) -> bool {
        self.hands.split(' ').any(|one| one == hand) || self.leader_id.is_some() && self.leader_id == person
    }

    /// What a reader's right comes from: who uses the system sees when it moves.
    pub async fn resource(&self, conn: &Reader) -> Result<Resource, Problem> {
        let users = Use::find(conn, "WHERE system_id = $1", vals![self.system_id.uuid()]).await?;
        let involved = users.into_iter().map(|one| one.unit_id).chain(self.runner_id).collect();
        Ok(Resource { involved, ..self.kept() })
    }

    /// What the system is afterwards.
    pub fn leads_to(&self, state: SystemState) -> SystemState {
        match (self.strategy, state) {
            (Strategy::Retire, _) => SystemState::Retired,
            (_, SystemState::Planned | SystemState::Building) => SystemState::Operating,
            (_, state) => state,
        }
    }

    /// Where the system stands afterwards.
    pub fn stands_at(&self, hosting: SystemHosting) -> SystemHosting {
        if self.strategy == Strategy::Retire { hosting } else { self.to_hosting }
    }

    /// Whether both sides found the same of the copy.
    pub fn is_copy_same(&self) -> bool {
        let bare = |text: &Option<String>| bare(text.as_deref().unwrap_or_default());
        let (given, verified) = (bare(&self.checksum_given), bare(&self.checksum_verified));
        given.len() >= SHORTEST && given == verified
    }
}

/// Characters of a checksum: fewer prove nothing.
pub(super) const SHORTEST: usize = 8;

/// A checksum without the name of how it was reckoned ("sha256:").
pub(super) fn bare(text: &str) -> String {
    text.trim().to_lowercase().rsplit(':').next().unwrap_or_default().trim().to_owned()
}
