//! Broadband and mobile coverage of a commune in a year, by one operator or by all of them together.

use db::Words;
use derive::{Fact, Record, Row, Schema};
use kernel::{
    UnitId,
    text::{fold, sort_key},
};
use serde::Serialize;
use webkit::Reading;

use super::place::{of_commune, placed, within};
use crate::model::Amount;

kernel::id!(OfCoverage CoverageId "coverage");

/// A line of figures, as it is stored, filled in, told to the lake and given by the API.
#[derive(Debug, Clone, PartialEq, Row, Record, Fact, Serialize, Schema)]
#[row(table = "registry_coverage", follows(fold = fold, name_sort = name_sort, company_key = company_key))]
#[row(taken(commune = "telecom-there"))]
#[record(settle = settled)]
#[fact(key = "coverage")]
pub struct Coverage {
    #[fact(name = "coverage", vi = "Dòng số liệu phủ sóng", en = "Line of coverage")]
    pub id: CoverageId,
    #[field(name = "commune", required, told, carried, label = "telecom-commune", heads = ["ten xa", "xa phuong", "dia ban", "don vi hanh chinh", "xa", "commune"])]
    pub commune_id: UnitId,
    #[field(required, told, within = 2000..2100, label = "telecom-year", heads = ["nam so lieu", "nam bao cao", "nam", "year"])]
    pub year: i64,
    /// The operator; nobody where the figures are those of all operators together.
    #[field(told, words = 200, label = "telecom-company", heads = ["doanh nghiep vien thong", "doanh nghiep", "nha mang", "operator"])]
    pub company: Option<Words>,
    #[field(told, label = "telecom-households", heads = ["tong so ho", "so ho dan", "so ho gia dinh", "so ho", "households"])]
    #[schema(value_type = Option<i64>)]
    pub households: Option<Amount>,
    /// Households with fixed broadband.
    #[field(told, label = "telecom-broadband", heads = ["bang rong co dinh", "ho co bang rong", "bang rong", "ho co internet", "ho co cap quang", "cap quang", "fixed broadband"])]
    #[schema(value_type = Option<i64>)]
    pub broadband: Option<Amount>,
    #[field(told, label = "telecom-population", heads = ["tong dan so", "dan so", "so dan", "population"])]
    #[schema(value_type = Option<i64>)]
    pub population: Option<Amount>,
    /// People who are reached by it.
    #[field(told, label = "telecom-covered-4g", heads = ["dan so phu song 4g", "dan so duoc phu song 4g", "phu song 4g", "4g"])]
    #[schema(value_type = Option<i64>)]
    pub covered_4g: Option<Amount>,
    #[field(told, label = "telecom-covered-5g", heads = ["dan so phu song 5g", "dan so duoc phu song 5g", "phu song 5g", "5g"])]
    #[schema(value_type = Option<i64>)]
    pub covered_5g: Option<Amount>,
    /// vùng lõm sóng
    #[field(told, label = "telecom-dead-spots", heads = ["so vung lom song", "vung lom song", "vung lom", "lom song"])]
    #[schema(value_type = Option<i64>)]
    pub dead_spots: Option<Amount>,
    /// The department whose matter it is.
    pub owner_id: Option<UnitId>,
    /// As the commune was called when this was kept.
    pub name: String,
    pub rev: i64,
}

impl Coverage {
    fn settled(mut self, reading: &mut Reading<'_>, _: Option<&Self>) -> Self {
        of_commune(reading, self.commune_id, self.year);
        within(reading, "broadband", self.broadband, self.households);
        within(reading, "covered_4g", self.covered_4g, self.population);
        within(reading, "covered_5g", self.covered_5g, self.population);
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
