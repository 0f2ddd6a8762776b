//! A line of the approved list: since when and until when an enterprise stands in it, and by which document.

use db::Words;
use derive::{Fact, Row, Schema};
use jiff::civil::Date;
use kernel::{UnitId, text::sort_key};
use serde::Serialize;

kernel::id!(OfEnterprise EnterpriseId "enterprise");
kernel::id!(OfEnterpriseChange EnterpriseChangeId "enterprisechange");

/// The document that puts it into the list is the approval: an act in the program has no legal value.
#[derive(Debug, Clone, PartialEq, Row, Fact, Serialize, Schema)]
#[row(table = "registry_enterprise", follows(name_sort = name_sort), taken(tax_code = "enterprise-there"))]
#[fact(key = "enterprise")]
pub struct Enterprise {
    #[fact(name = "enterprise", vi = "Doanh nghiệp nhà nước", en = "State-owned enterprise")]
    pub id: EnterpriseId,
    #[fact(vi = "Tên doanh nghiệp", en = "Name")]
    pub name: Words,
    /// `0123456789` or `0123456789-001`.
    #[fact(identifier, vi = "Mã số doanh nghiệp", en = "Tax code")]
    pub tax_code: String,
    /// cơ quan đại diện chủ sở hữu, where it is a body of this house.
    #[fact(name = "body", vi = "Cơ quan đại diện chủ sở hữu", en = "Body that stands for its owner")]
    pub body_id: Option<UnitId>,
    /// The number of the document that approves it.
    #[fact(vi = "Văn bản phê duyệt", en = "Approving document")]
    pub document: Words,
    #[fact(vi = "Ngày văn bản phê duyệt", en = "Day of the approving document")]
    pub document_on: Date,
    /// Where that document is kept: words, or one address.
    pub proof: Words,
    #[fact(vi = "Thuộc danh sách từ ngày", en = "In the list from")]
    pub valid_from: Date,
    #[fact(vi = "Thuộc danh sách đến ngày", en = "In the list until")]
    pub valid_until: Option<Date>,
    /// Whose matter the list was when the line was entered: the department's, or the province's where there was none yet.
    pub owner_id: UnitId,
    pub rev: i64,
}

impl Enterprise {
    fn name_sort(&self) -> String {
        sort_key(&self.name)
    }

    /// The first day on which it stands in the approved list: not before it was approved.
    pub fn begins(&self) -> Date {
        self.document_on.max(self.valid_from)
    }

    /// Whether it stands in the list on a day.
    pub fn stands_on(&self, day: Date) -> bool {
        self.begins() <= day && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// What was said of a line, and why; none is ever taken away but with the act that said it.
#[derive(Debug, Clone, PartialEq, Row, Serialize, Schema)]
#[row(table = "registry_enterprise_change")]
pub struct EnterpriseChange {
    pub id: EnterpriseChangeId,
    pub enterprise_id: EnterpriseId,
    pub on_day: Date,
    /// Pseudonym, as in the ledger.
    #[serde(skip)]
    pub by_whom: String,
    pub reason: Words,
    /// What it is from then on.
    pub name: Words,
    pub tax_code: String,
    pub body_id: Option<UnitId>,
    pub document: Words,
    pub document_on: Date,
    pub proof: Words,
    pub valid_from: Date,
    pub valid_until: Option<Date>,
}
