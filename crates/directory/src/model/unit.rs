//! Units and their kinds.

use derive::{Code, Record, Row, Schema};
use jiff::civil::Date;
use kernel::{UnitId, text};
use serde::Serialize;
use webkit::Reading;

use super::name;
use crate::Error;

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
#[derive(Debug, Clone, PartialEq, Eq, Row, Record, Serialize, Schema)]
#[row(table = "directory_unit", follows(name_fold = fold, name_sort = name_sort))]
#[record(settle = settled)]
pub struct Unit {
    pub id: UnitId,
    #[field(required, label = "unit-name", heads = ["ten don vi", "ten co quan", "ten"])]
    pub name: String,
    /// Its own name where it has no shorter one.
    #[field(label = "unit-short")]
    pub short_name: String,
    #[field(required, heads = ["loai don vi"])]
    pub kind: UnitKind,
    #[row(column = "parent_id")]
    #[field(label = "unit-parent", heads = ["don vi cap tren", "ma cap tren", "cap tren", "parent code", "parent"])]
    pub parent: Option<UnitId>,
    /// Mã định danh điện tử (QĐ 20/2020), written left to right.
    #[field(label = "unit-code", identifier = 60, heads = ["ma don vi", "ma", "code"])]
    pub code: Option<String>,
    /// The form before it, written right to left.
    #[field(label = "unit-legacy-code", identifier = 60)]
    pub legacy_code: Option<String>,
    /// Code of the administrative unit that it governs.
    pub area_code: Option<String>,
    #[field(label = "unit-valid-from", usual = ctx.today())]
    pub valid_from: Date,
    #[field(label = "unit-valid-to", heads = ["valid to"])]
    pub valid_to: Option<Date>,
    #[row(column = "successor_id")]
    #[field(label = "unit-successor", heads = ["successor code"])]
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

    /// What it is known by in lists: its own code, and that of its area.
    pub fn codes(&self) -> Vec<String> {
        let area = self.area_code.as_ref().filter(|area| self.code.as_ref() != Some(*area));
        self.code.iter().chain(area).filter(|code| !code.is_empty()).cloned().collect()
    }

    /// A province stands below nothing, and no other becomes a root; what has no short name bears its own.
    fn settled(self, reading: &mut Reading<'_>, over: Option<&Self>) -> Self {
        let codes = [("code", self.code.as_deref()), ("legacy_code", self.legacy_code.as_deref())];
        let names = [("name", Some(&*self.name)), ("short_name", Some(&*self.short_name))];
        for (field, text) in names.into_iter().chain(codes) {
            if let Err(problem) = name::check(field, text.unwrap_or_default()) {
                reading.refuse(field, problem);
            }
        }
        // What a list ends may be there already: its beginning is left out.
        let valid_from = match self.valid_to.filter(|_| over.is_none() && !reading.says("valid_from")) {
            Some(to) => self.valid_from.min(to),
            None => self.valid_from,
        };
        if self.valid_to.is_some_and(|to| to < valid_from) {
            reading.refuse("valid_to", Error::EndBeforeStart.into());
        }
        let short_name = if self.short_name.is_empty() { self.name.clone() } else { self.short_name };
        let above = over.and_then(|old| old.parent);
        let parent = match over {
            Some(_) if self.kind == UnitKind::Province => self.parent.filter(|parent| Some(*parent) != above),
            Some(_) => above.map(|above| self.parent.unwrap_or(above)),
            None => self.parent,
        };
        let successor = self.successor.filter(|heir| *heir != self.id);
        // The code of its area is no second code of its own.
        let code = match over {
            Some(old) if self.code.is_some() && self.code == old.area_code => old.code.clone(),
            _ => self.code,
        };
        // Other lines of a list may name it before it is there.
        let given = code.as_ref().and_then(|code| reading.given_unit(code));
        let id = if over.is_some() { self.id } else { given.unwrap_or(self.id) };
        Self { id, short_name, parent, code, valid_from, successor, ..self }
    }

    pub fn in_force(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
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
