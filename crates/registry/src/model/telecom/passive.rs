//! What cables hang on and lie in, by commune, year and who has it: how many and how long, and never where.

use db::Words;
use derive::{Fact, Record, Row, Schema};
use kernel::{
    UnitId,
    text::{fold, sort_key},
};
use serde::Serialize;
use webkit::Reading;

use super::{
    length::Length,
    place::{of_commune, placed},
};
use crate::model::Amount;

kernel::id!(OfPassive PassiveId "passive");

/// A line of figures, as it is stored, filled in, told to the lake and given by the API.
#[derive(Debug, Clone, PartialEq, Row, Record, Fact, Serialize, Schema)]
#[row(table = "registry_passive", follows(fold = fold, name_sort = name_sort, company_key = company_key))]
#[row(taken(commune = "telecom-there"))]
#[record(settle = settled)]
#[fact(key = "passive")]
pub struct Passive {
    #[fact(name = "passive", vi = "Dòng hạ tầng thụ động", en = "Line of passive infrastructure")]
    pub id: PassiveId,
    #[field(name = "commune", required, told, carried, label = "telecom-commune", heads = ["ten xa", "xa phuong", "dia ban", "don vi hanh chinh", "xa", "commune"])]
    pub commune_id: UnitId,
    #[field(required, told, within = 2000..2100, label = "telecom-year", heads = ["nam so lieu", "nam bao cao", "nam", "year"])]
    pub year: i64,
    /// Whose it is; nobody where the figures are those of all owners together.
    #[field(told, words = 200, label = "telecom-company", heads = ["doanh nghiep vien thong", "doanh nghiep", "nha mang", "operator"])]
    pub company: Option<Words>,
    /// cột
    #[field(told, label = "telecom-poles", heads = ["so cot treo cap", "cot treo cap", "so cot", "cot", "poles"])]
    #[schema(value_type = Option<i64>)]
    pub poles: Option<Amount>,
    /// Kilometres of lines of poles, as offices write them.
    #[field(label = "telecom-pole-length", heads = ["chieu dai tuyen cot", "km tuyen cot", "tuyen cot"])]
    #[fact(name = "pole_metres", vi = "Chiều dài tuyến cột", en = "Length of pole lines", unit = "m")]
    #[schema(value_type = Option<String>)]
    pub pole_length: Option<Length>,
    /// bể cáp
    #[field(told, label = "telecom-chambers", heads = ["so be cap", "be cap", "so ho ga", "chambers"])]
    #[schema(value_type = Option<i64>)]
    pub chambers: Option<Amount>,
    /// Kilometres of ducts, as offices write them.
    #[field(label = "telecom-duct-length", heads = ["chieu dai cong be", "chieu dai cong cap", "km cong be", "tuyen cong be", "cong be", "ducts"])]
    #[fact(name = "duct_metres", vi = "Chiều dài cống bể", en = "Length of ducts", unit = "m")]
    #[schema(value_type = Option<String>)]
    pub duct_length: Option<Length>,
    /// The department whose matter it is.
    pub owner_id: Option<UnitId>,
    /// As the commune was called when this was kept.
    pub name: String,
    pub rev: i64,
}

impl Passive {
    fn settled(mut self, reading: &mut Reading<'_>, _: Option<&Self>) -> Self {
        of_commune(reading, self.commune_id, self.year);
        (self.owner_id, self.name) = placed(reading, self.commune_id);
        self
    }

    fn fold(&self) -> String {
        fold(&self.called())
    }

    fn name_sort(&self) -> String {
        sort_key(&self.name)
    }

    fn company_key(&self) -> String {
        self.company.as_ref().map(|company| fold(company)).unwrap_or_default()
    }

    /// What two lines may not share.
    pub fn key(&self) -> String {
        format!("{} {} {}", self.commune_id, self.year, self.company_key())
    }

    pub fn called(&self) -> String {
        let company = self.company.as_ref().map(|company| format!(", {company}")).unwrap_or_default();
        format!("{}, {}{company}", self.name, self.year)
    }
}
