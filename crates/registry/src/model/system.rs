//! A system, or what systems stand on: its fields, and what follows from them.

use db::{Reader, Row as _, Words, vals};
use derive::{Fact, Record, Row, Schema};
use jiff::civil::Date;
use kernel::{Problem, Resource, UnitId, text::fold};
use serde::Serialize;
use webkit::Kept as _;

use super::{
    amount::Amount,
    ids::SystemId,
    kinds::{
        AiPotential, Backup, Criticality, Interfaces, Ipv6, Known, Packaging, PersonalData, SystemHosting, SystemKind,
        SystemState,
    },
    relation::Use,
    rights::NETWORK,
};

/// A system, as it is stored, filled in, told to the lake and given by the API.
#[derive(Debug, Clone, PartialEq, Row, Record, Fact, Serialize, Schema)]
#[row(table = "registry_system", follows(fold = fold, name_sort = name_sort, name_key = name_key))]
#[row(follows(address_key = address_key, compartment = compartment))]
#[row(taken(name = "system-there"))]
#[record(settle = settled)]
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
    #[field(told, usual = PersonalData::Unknown, heads = ["du lieu ca nhan", "thong tin ca nhan"])]
    pub personal_data: PersonalData,
    #[field(label = "system-address", heads = ["dia chi", "ten mien", "url", "address"])]
    pub address: Option<String>,
    #[field(label = "system-purpose", lines = 2000, heads = ["muc dich", "chuc nang", "mo ta", "purpose"])]
    pub purpose: Option<Words>,
    /// The year since which it operates.
    #[field(label = "system-since", told, within = 1980..2100, heads = ["nam dua vao", "nam", "since"])]
    pub since: Option<i64>,
    /// The day, where it is known.
    #[field(label = "system-operating-since", told, heads = ["ngay dua vao", "ngay van hanh"])]
    pub operating_since: Option<Date>,
    #[field(label = "system-criticality", told, usual = Criticality::Unknown, heads = ["muc do quan trong"])]
    pub criticality: Criticality,
    /// People who use it.
    #[field(label = "system-users", told, heads = ["so nguoi dung", "so luong nguoi dung", "so tai khoan"])]
    #[schema(value_type = Option<i64>)]
    pub users: Option<Amount>,
    /// Đồng a year.
    #[field(label = "system-cost", heads = ["kinh phi", "chi phi", "kinh phi hang nam"])]
    #[fact(name = "cost_per_year", vi = "Kinh phí mỗi năm", en = "Cost per year", unit = "VND")]
    #[schema(value_type = Option<i64>)]
    pub cost_per_year: Option<Amount>,
    /// Of one that holds state secrets only this is kept, and whose it is.
    #[field(label = "system-state-secret", told, usual = Known::Unknown, heads = ["bi mat nha nuoc"])]
    pub state_secret: Known,
    #[field(label = "system-ai-potential", told, usual = AiPotential::Unknown, heads = ["kha nang ung dung ai"])]
    pub ai_potential: AiPotential,
    #[field(label = "system-ipv6", told, usual = Ipv6::Unknown, heads = ["ipv6"])]
    pub ipv6: Ipv6,
    /// An application for the public.
    #[field(label = "system-public", told, usual = Known::Unknown, heads = ["phuc vu nguoi dan"])]
    pub is_public: Known,
    /// Shared by the whole province: a platform or a database that other bodies use.
    #[field(label = "system-shared", told, usual = Known::Unknown, heads = ["dung chung"])]
    pub is_shared: Known,
    #[field(label = "system-backup", told, usual = Backup::Unknown, heads = ["sao luu"])]
    pub backup: Backup,
    #[field(label = "system-backup-proven-on")]
    pub backup_proven_on: Option<Date>,
    #[field(label = "system-interfaces", told, usual = Interfaces::Unknown, heads = ["giao dien ket noi", "api"])]
    pub interfaces: Interfaces,
    #[field(label = "system-packaging", usual = Packaging::Unknown, heads = ["hinh thuc trien khai"])]
    pub packaging: Packaging,
    #[field(label = "system-support-ends-on", heads = ["het ho tro"])]
    pub support_ends_on: Option<Date>,
    /// The number of the document or contract that says where it stands.
    #[field(label = "system-hosting-proof", words = 300, heads = ["hop dong so", "so hop dong"])]
    pub hosting_proof: Option<Words>,
    /// Its place in the province's overall digital architecture.
    #[field(label = "system-architecture", words = 300, heads = ["khung kien truc", "thanh phan kien truc"])]
    pub architecture: Option<Words>,
    /// Whether it deviates from that; where it does, `deviations` says how.
    #[field(label = "system-deviates", told, usual = Known::Unknown)]
    pub deviates: Known,
    #[field(label = "system-deviations", lines = 2000)]
    pub deviations: Option<Words>,
    /// Of a contract: đồng in all, and from which day until which it holds.
    #[field(label = "contract-value", heads = ["gia tri hop dong"])]
    #[fact(name = "contract_value", vi = "Giá trị hợp đồng", en = "Value of the contract", unit = "VND")]
    #[schema(value_type = Option<i64>)]
    pub contract_value: Option<Amount>,
    #[field(label = "contract-from", told, heads = ["hop dong tu ngay", "ngay hieu luc hop dong"])]
    pub contract_from: Option<Date>,
    #[field(label = "contract-until", told, heads = ["hop dong den ngay", "ngay het han hop dong"])]
    pub contract_until: Option<Date>,
    /// Of a provider or a cloud: whether it is a domestic one.
    #[field(label = "system-domestic", told, usual = Known::Unknown, heads = ["trong nuoc"])]
    pub is_domestic: Known,
    /// The provider, cloud or data centre by which it stands; said by its links.
    #[fact(name = "provider", vi = "Hạ tầng do", en = "Provided by")]
    pub provider_id: Option<SystemId>,
    /// The approved security level, 1 to 5; written by the dossier alone.
    #[fact(vi = "Cấp độ được phê duyệt", en = "Approved level")]
    pub level: Option<i64>,
    #[fact(vi = "Cấp độ có hiệu lực đến", en = "Level valid until")]
    pub level_until: Option<Date>,
    /// How it should move; written by the classification alone.
    #[fact(vi = "Phương án chuyển đổi", en = "Strategy")]
    pub strategy: Option<String>,
    /// The record that stays, of a system that was entered twice.
    #[fact(name = "merged_into", vi = "Gộp vào", en = "Merged into")]
    pub merged_into: Option<SystemId>,
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

    /// The address as two records of one system have it alike.
    pub fn address_key(&self) -> Option<String> {
        let lower = self.address.as_deref()?.trim().to_lowercase();
        let bare = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
        let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/');
        Some(bare.to_owned()).filter(|bare| !bare.is_empty())
    }

    /// Machines and networks lie in one.
    pub fn compartment(&self) -> Option<String> {
        self.kind.is_closed().then(|| NETWORK.to_owned())
    }

    /// On a cloud of the province or a domestic one; a foreign or a mixed hosting does not count.
    pub fn is_on_cloud(&self) -> bool {
        self.hosting.is_cloud()
    }

    /// Neither gone nor a mistake.
    pub fn is_live(&self) -> bool {
        !matches!(self.state, SystemState::Retired | SystemState::Mistaken)
    }

    /// The approved level on a day; 0 where there is none, or none any more.
    pub fn level_on(&self, day: Date) -> i64 {
        self.level.filter(|_| self.level_until.is_none_or(|until| until >= day)).unwrap_or(0)
    }

    /// What rights come from.
    pub async fn resource(&self, conn: &Reader) -> Result<Resource, Problem> {
        let users = Use::find(conn, "WHERE system_id = $1", vals![self.id.uuid()]).await?;
        let involved = users.into_iter().map(|one| one.unit_id).chain(self.operator_id).collect();
        Ok(Resource { involved, ..self.kept() })
    }

    /// What the right to its map, components and faults comes from.
    pub fn network(&self) -> Resource {
        Resource { compartment: Some(NETWORK.to_owned()), ..self.kept() }
    }
}
