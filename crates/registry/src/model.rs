//! Systems: their fields, their states, and who may do what with them.

use db::{Reader, Row as _, Words, vals};
use derive::{Code, Fact, Record, Row, Schema};
use jiff::civil::Date;
use kernel::{Ground, Held, Problem, Resource, Role, Rule, UnitId, text::fold};
use serde::{Deserialize, Serialize};
use webkit::Kept as _;

kernel::id!(OfSystem SystemId "system");
kernel::id!(OfLink LinkId "link");
kernel::id!(OfConfirmation ConfirmationId "confirmation");

const KEEPERS: Held = Held::Of(&[Role::OFFICER, Role::PROGRAMME]);

/// Read by the owner's house, and by who operates or uses it; kept by the owner's officers; a leader says that it is right.
pub const RULES: &[Rule] = &[
    READ,
    Rule { action: "registry.edit", kind: "System", grounds: &[Ground::Below(KEEPERS)] },
    Rule { action: "registry.import", kind: "System", grounds: &[Ground::Below(KEEPERS)] },
    Rule {
        action: "registry.confirm",
        kind: "System",
        grounds: &[Ground::Below(Held::Of(&[Role::LEADER, Role::PROGRAMME]))],
    },
];
pub const READ: Rule =
    Rule { action: "registry.read", kind: "System", grounds: &[Ground::Below(Held::Any), Ground::Involved(Held::Any)] };

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum SystemKind {
    InformationSystem,
    Database,
    Platform,
    Service,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum SystemState {
    #[code(look = "run")]
    Planned,
    #[code(look = "run")]
    Building,
    #[code(look = "done")]
    Operating,
    Retiring,
    Retired,
    /// Entered by mistake: kept, and counted nowhere.
    Mistaken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum SystemHosting {
    Unknown,
    OwnRoom,
    ProvincialDataCentre,
    ProvincialCloud,
    DomesticCloud,
    ForeignCloud,
    Hybrid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-personal-data")]
pub enum PersonalData {
    None,
    Basic,
    Sensitive,
}

/// How one system stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-link")]
pub enum LinkKind {
    RunsOn,
    DependsOn,
    SharesData,
    Stores,
    Replaces,
}

/// A system, as it is stored, filled in, told to the lake and given by the API.
#[derive(Debug, Clone, PartialEq, Row, Record, Fact, Serialize, Schema)]
#[row(table = "registry_system", follows(fold = fold, name_sort = name_sort, name_key = name_key))]
#[row(taken(name = "system-there"))]
#[fact(key = "system")]
pub struct System {
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub id: SystemId,
    #[field(required, told, label = "system-name", heads = ["ten phan mem", "ten ung dung", "ten csdl", "ten co so du lieu", "ten nen tang", "ten", "system name", "name"])]
    pub name: Words,
    /// chủ quản
    #[field(name = "owner", required, told, carried, heads = ["chu quan", "don vi chu quan", "co quan don vi", "co quan", "don vi"])]
    pub owner_id: UnitId,
    /// vận hành; the owner where none is said
    #[field(name = "operator", told, heads = ["van hanh", "co quan van hanh"])]
    pub operator_id: Option<UnitId>,
    #[field(label = "system-code", told, identifier = 60, heads = ["ma dinh danh", "ma", "code"])]
    pub code: Option<String>,
    #[field(told, usual = SystemKind::InformationSystem, heads = ["loai he thong", "phan loai"])]
    pub kind: SystemKind,
    #[field(told, usual = SystemState::Operating, heads = ["tinh trang", "hien trang"])]
    pub state: SystemState,
    #[field(told, usual = SystemHosting::Unknown, heads = ["ha tang", "moi truong", "dat tai"])]
    pub hosting: SystemHosting,
    #[field(told, usual = PersonalData::None)]
    pub personal_data: PersonalData,
    #[field(label = "system-address", heads = ["dia chi", "ten mien", "url", "address"])]
    pub address: Option<String>,
    #[field(label = "system-purpose", lines = 2000, heads = ["muc dich", "chuc nang", "mo ta", "purpose"])]
    pub purpose: Option<Words>,
    /// The year since which it operates.
    #[field(label = "system-since", told, within = 1980..2100, heads = ["nam dua vao", "nam", "since"])]
    pub since: Option<i64>,
    /// When its owner last said that this is right.
    #[fact(vi = "Ngày xác nhận", en = "Confirmed on")]
    pub confirmed_on: Option<Date>,
    pub rev: i64,
}

impl System {
    fn fold(&self) -> String {
        let more = [self.code.as_deref(), self.address.as_deref()].into_iter().flatten();
        fold(&more.fold(self.name.to_string(), |text, more| format!("{text} {more}")))
    }

    fn name_sort(&self) -> String {
        kernel::text::sort_key(&self.name)
    }

    /// What two records of one owner may not share.
    pub fn name_key(&self) -> String {
        fold(&self.name)
    }

    /// What rights come from.
    pub async fn resource(&self, conn: &Reader) -> Result<Resource, Problem> {
        let users = Use::find(conn, "WHERE system_id = $1", vals![self.id.uuid()]).await?;
        let involved = users.into_iter().map(|one| one.unit_id).chain(self.operator_id).collect();
        Ok(Resource { involved, ..self.kept() })
    }
}

#[derive(Debug, Clone, Row, Fact)]
#[row(table = "registry_relation", taken(other = "link-there"))]
#[fact(key = "link")]
pub struct Relation {
    #[fact(name = "link", vi = "Quan hệ", en = "Relation")]
    pub id: LinkId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub from_id: SystemId,
    #[fact(name = "other", vi = "Hệ thống kia", en = "Other system")]
    pub to_id: SystemId,
    #[fact(vi = "Loại quan hệ", en = "Kind of relation")]
    pub kind: LinkKind,
}

/// A unit that uses a system of another.
#[derive(Debug, Clone, Row)]
#[row(table = "registry_use", taken(other = "link-there"))]
pub struct Use {
    pub id: LinkId,
    pub system_id: SystemId,
    pub unit_id: UnitId,
}

/// An owner's word that its list of a year is right.
#[derive(Debug, Clone, Row, Fact, Serialize, Schema)]
#[row(table = "registry_confirmation")]
#[fact(key = "confirmation")]
pub struct Confirmation {
    #[fact(name = "confirmation", vi = "Xác nhận", en = "Confirmation")]
    pub id: ConfirmationId,
    #[fact(name = "unit", vi = "Cơ quan", en = "Body")]
    #[serde(rename = "unit")]
    #[schema(rename = "unit", value_type = String)]
    pub unit_id: UnitId,
    #[fact(vi = "Năm", en = "Year")]
    pub year: i64,
    #[fact(vi = "Ngày", en = "Day")]
    pub on_day: Date,
    /// Systems that the list had.
    #[fact(vi = "Số hệ thống", en = "Systems")]
    pub systems: i64,
    pub rev: i64,
}

/// A link as the form and the API ask for it: to another system, or of a unit that uses this one; or one taken away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct LinkInput {
    /// How this system stands to the other; `used_by` for a unit.
    pub kind: String,
    /// The other system by its id, code or name; the unit by its id or name.
    pub other: String,
    /// A link that is to go.
    pub remove: String,
}
