//! Systems: their fields, their states, and who may do what with them.

use db::{Reader, Row as _, Words, vals};
use derive::{Code, Row};
use jiff::civil::Date;
use kernel::{Code as _, Ctx, Ground, Held, Problem, Resource, Role, Rule, UnitId, text::fold};
use serde::{Deserialize, Serialize};
use webkit::{Answers, Field, FieldKind, Reading, Record};

kernel::id!(OfSystem SystemId "system");
kernel::id!(OfLink LinkId "link");
kernel::id!(OfConfirmation ConfirmationId "confirmation");

const KEEPERS: Held = Held::Of(&[Role::Officer, Role::Programme]);

/// Read by the owner's house, and by who operates or uses it; kept by the owner's officers; a leader says that it is right.
pub const RULES: &[Rule] = &[
    READ,
    Rule { action: "registry.edit", kind: "System", grounds: &[Ground::Below(KEEPERS)] },
    Rule { action: "registry.import", kind: "System", grounds: &[Ground::Below(KEEPERS)] },
    Rule {
        action: "registry.confirm",
        kind: "System",
        grounds: &[Ground::Below(Held::Of(&[Role::Leader, Role::Programme]))],
    },
];
pub const READ: Rule =
    Rule { action: "registry.read", kind: "System", grounds: &[Ground::Below(Held::Any), Ground::Involved(Held::Any)] };

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-kind")]
pub enum Kind {
    InformationSystem,
    Database,
    Platform,
    Service,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-state")]
pub enum State {
    Planned,
    Building,
    Operating,
    Retiring,
    Retired,
    /// Entered by mistake: kept, and counted nowhere.
    Mistaken,
}

impl State {
    pub fn look(self) -> &'static str {
        match self {
            Self::Operating => "done",
            Self::Planned | Self::Building => "run",
            Self::Retiring => "late",
            Self::Retired | Self::Mistaken => "stop",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-hosting")]
pub enum Hosting {
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

/// A system, as it is stored and as the API gives it.
#[derive(Debug, Clone, PartialEq, Row, Serialize, utoipa::ToSchema)]
#[row(table = "registry_system", follows(fold = fold, name_sort = name_sort, name_key = name_key))]
pub struct System {
    #[schema(value_type = String)]
    pub id: SystemId,
    /// chủ quản
    #[schema(value_type = String)]
    pub owner_id: UnitId,
    /// vận hành; the owner where none is said
    #[schema(value_type = Option<String>)]
    pub operator_id: Option<UnitId>,
    #[schema(value_type = String)]
    pub name: Words,
    pub code: Option<String>,
    pub kind: Kind,
    pub state: State,
    pub hosting: Hosting,
    pub personal_data: PersonalData,
    pub address: Option<String>,
    #[schema(value_type = Option<String>)]
    pub purpose: Option<Words>,
    /// The year since which it operates.
    pub since: Option<i64>,
    /// When its owner last said that this is right.
    #[schema(value_type = Option<String>, format = Date)]
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
        Ok(Resource { involved, ..self.of_owner() })
    }

    /// The same for what only the owner's house may.
    pub fn of_owner(&self) -> Resource {
        Resource { id: self.id.to_string(), ..of_unit(self.owner_id) }
    }
}

/// Whatever system a unit owns.
pub fn of_unit(unit: UnitId) -> Resource {
    Resource { kind: "System", id: unit.to_string(), unit: Some(unit), ..Resource::default() }
}

#[derive(Debug, Clone, Row)]
#[row(table = "registry_relation")]
pub struct Relation {
    pub id: LinkId,
    pub from_id: SystemId,
    pub to_id: SystemId,
    pub kind: LinkKind,
}

/// A unit that uses a system of another.
#[derive(Debug, Clone, Row)]
#[row(table = "registry_use")]
pub struct Use {
    pub id: LinkId,
    pub system_id: SystemId,
    pub unit_id: UnitId,
}

/// An owner's word that its list of a year is right.
#[derive(Debug, Clone, Row)]
#[row(table = "registry_confirmation")]
pub struct Confirmation {
    pub id: ConfirmationId,
    pub unit_id: UnitId,
    pub year: i64,
    pub on_day: Date,
    pub systems: i64,
    pub rev: i64,
}

impl Record for System {
    const FIELDS: &'static [Field] = &[
        Field::new("name", FieldKind::Words(300)).label("system-name").required().heads(&[
            "ten he thong",
            "ten phan mem",
            "ten ung dung",
            "ten csdl",
            "ten co so du lieu",
            "ten nen tang",
            "ten",
            "system name",
            "name",
        ]),
        Field::new("owner", FieldKind::Unit).required().carried().heads(&[
            "chu quan",
            "co quan chu quan",
            "don vi chu quan",
            "co quan don vi",
            "co quan",
            "don vi",
            "owner",
        ]),
        Field::new("operator", FieldKind::Unit).heads(&["van hanh", "don vi van hanh", "co quan van hanh", "operator"]),
        Field::new("code", FieldKind::Words(60)).label("system-code").heads(&[
            "ma he thong",
            "ma dinh danh",
            "ma",
            "code",
        ]),
        Field::code::<Kind>("kind").heads(&["loai", "loai he thong", "phan loai", "kind"]),
        Field::code::<State>("state").heads(&["trang thai", "tinh trang", "hien trang", "state"]),
        Field::code::<Hosting>("hosting").heads(&["noi dat", "ha tang", "moi truong", "dat tai", "hosting"]),
        Field::code::<PersonalData>("personal_data").heads(&["du lieu ca nhan", "personal data"]),
        Field::new("address", FieldKind::Words(300))
            .label("system-address")
            .heads(&["dia chi", "ten mien", "url", "address"]),
        Field::new("purpose", FieldKind::Lines(2000)).label("system-purpose").heads(&[
            "muc dich",
            "chuc nang",
            "mo ta",
            "purpose",
        ]),
        Field::new("since", FieldKind::Number(1980, 2100)).label("system-since").heads(&[
            "nam dua vao",
            "nam",
            "since",
        ]),
    ];

    fn answers(&self) -> Answers {
        Answers::default()
            .with("name", self.name.as_str())
            .with("owner", self.owner_id.to_string())
            .with_some("operator", self.operator_id)
            .with_some("code", self.code.as_ref())
            .with("kind", self.kind.code())
            .with("state", self.state.code())
            .with("hosting", self.hosting.code())
            .with("personal_data", self.personal_data.code())
            .with_some("address", self.address.as_ref())
            .with_some("purpose", self.purpose.as_ref())
            .with_some("since", self.since)
    }

    fn read(reading: &mut Reading<'_>, ctx: &Ctx, over: Option<&Self>) -> Self {
        let text = |words: Option<Words>| words.map(Words::into_string);
        Self {
            id: over.map_or_else(|| ctx.new_id(), |old| old.id),
            owner_id: reading.unit("owner"),
            operator_id: reading.some_unit("operator"),
            name: reading.words("name"),
            code: text(reading.some_words("code")),
            kind: reading.code("kind", Kind::InformationSystem),
            state: reading.code("state", State::Operating),
            hosting: reading.code("hosting", Hosting::Unknown),
            personal_data: reading.code("personal_data", PersonalData::None),
            address: text(reading.some_words("address")),
            purpose: reading.some_words("purpose"),
            since: reading.number("since"),
            confirmed_on: over.and_then(|old| old.confirmed_on),
            rev: over.map_or(1, |old| old.rev),
        }
    }
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
