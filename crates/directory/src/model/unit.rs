//! Units and their kinds.

use derive::{Code, Row};
use jiff::civil::Date;
use kernel::{UnitId, text};
use serde::Serialize;

use super::name::skeleton;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Code)]
pub enum UnitKind {
    /// The root of an installation: tỉnh, thành phố.
    Province,
    /// UBND tỉnh.
    Committee,
    /// HĐND.
    Council,
    /// Cơ quan đảng.
    Party,
    /// Sở, văn phòng, thanh tra.
    Department,
    /// Cơ quan ngành dọc: công an, thuế, thống kê ...
    Vertical,
    /// Mặt trận, đoàn thể.
    Mass,
    /// UBND xã, phường, đặc khu.
    Commune,
    /// Phòng nội bộ.
    Division,
    /// Đơn vị sự nghiệp.
    Centre,
    /// Ban chỉ đạo.
    Steering,
    Enterprise,
    /// Tổ công tác, tổ công nghệ số cộng đồng.
    Team,
    /// Ministry or other body above the province.
    Central,
}

/// A unit in force from a day to a day; merged away units keep their rows and name their successor.
#[derive(Debug, Clone, PartialEq, Eq, Row, Serialize, utoipa::ToSchema)]
#[row(table = "directory_unit", follows(name_fold = fold, name_sort = name_sort))]
pub struct Unit {
    #[schema(value_type = String)]
    pub id: UnitId,
    #[row(column = "parent_id")]
    #[schema(value_type = Option<String>)]
    pub parent: Option<UnitId>,
    pub kind: UnitKind,
    /// Mã định danh điện tử (QĐ 20/2020), written left to right.
    pub code: Option<String>,
    /// The form before it, written right to left.
    pub legacy_code: Option<String>,
    /// Code of the administrative unit that it governs.
    pub area_code: Option<String>,
    pub name: String,
    pub short_name: String,
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<Date>,
    #[row(column = "successor_id")]
    #[schema(value_type = Option<String>)]
    pub successor: Option<UnitId>,
    pub rev: i64,
}

impl Unit {
    fn fold(&self) -> String {
        let code = self.code.as_deref().unwrap_or_default();
        text::fold(&format!("{} {} {code}", self.name, self.short_name))
    }

    fn name_sort(&self) -> String {
        text::sort_key(&self.name)
    }

    pub fn in_force(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Another one that would bear the same name beside this one, to the eye, on a day on which both are in force.
    pub fn namesake<'a>(&self, units: &'a [Self]) -> Option<&'a Self> {
        let beside = |other: &&Self| other.id != self.id && other.parent == self.parent;
        let last = |unit: &Self| unit.valid_to.unwrap_or(Date::MAX);
        let meets = |other: &&Self| other.valid_from <= last(self) && self.valid_from <= last(other);
        let name = skeleton(&self.name);
        units.iter().filter(beside).filter(meets).find(|other| skeleton(&other.name) == name)
    }

    /// Another one that a list would mean by this one's code.
    pub fn of_same_code<'a>(&self, units: &'a [Self]) -> Option<&'a Self> {
        let code = self.code.as_ref()?;
        let is_it = |other: &&Self| other.code.as_ref() == Some(code) || other.area_code.as_ref() == Some(code);
        units.iter().filter(|other| other.id != self.id).find(is_it)
    }
}

#[cfg(test)]
impl Unit {
    /// A unit in force, for tests.
    pub(crate) fn sample(n: u128, parent: Option<u128>, kind: UnitKind, name: &str) -> Self {
        let id = |n| UnitId::from_uuid(uuid::Uuid::from_u128(n));
        Self {
            id: id(n),
            parent: parent.map(id),
            kind,
            code: None,
            legacy_code: None,
            area_code: None,
            name: name.into(),
            short_name: String::new(),
            valid_from: jiff::civil::date(2025, 7, 1),
            valid_to: None,
            successor: None,
            rev: 1,
        }
    }
}
