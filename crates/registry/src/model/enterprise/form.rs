//! What an enterprise signed of a year: whether it uses cloud services, and whose.

use db::Words;
use derive::{Fact, Row, Schema};
use jiff::civil::Date;
use kernel::{Faults, Problem};
use serde::Serialize;

use super::listed::{Enterprise, EnterpriseId};
use crate::model::{Amount, Known, System, SystemId, SystemKind};

kernel::id!(OfEnterpriseForm EnterpriseFormId "enterpriseform");
kernel::id!(OfEnterpriseFormChange EnterpriseFormChangeId "enterpriseformchange");

#[derive(Debug, Clone, PartialEq, Row, Fact, Serialize, Schema)]
#[row(table = "registry_enterprise_form", taken(signed_on = "enterprise-form-there"))]
#[fact(key = "form")]
pub struct EnterpriseForm {
    #[fact(name = "form", vi = "Phiếu khai", en = "Form")]
    pub id: EnterpriseFormId,
    #[fact(name = "enterprise", vi = "Doanh nghiệp nhà nước", en = "State-owned enterprise")]
    pub enterprise_id: EnterpriseId,
    #[fact(vi = "Năm", en = "Year")]
    pub year: i64,
    #[fact(vi = "Dùng dịch vụ đám mây", en = "Uses cloud services")]
    pub uses: Known,
    #[fact(vi = "Nhà cung cấp trong nước", en = "Of a domestic provider")]
    pub is_domestic: Known,
    /// A provider of the registry.
    #[fact(name = "provider", vi = "Nhà cung cấp", en = "Provider")]
    pub provider_id: Option<SystemId>,
    #[fact(vi = "Số dịch vụ", en = "Services")]
    #[schema(value_type = i64)]
    pub services: Amount,
    #[fact(vi = "Ngày ký", en = "Signed on")]
    pub signed_on: Date,
    /// The office of who signed, never a name.
    pub office: Words,
    /// Where the signed form is kept: words, or one address.
    pub proof: Words,
    pub rev: i64,
}

/// What a form said before it was said anew, or taken out as entered by mistake, and why; none is ever taken away but with
/// the act that said it.
#[derive(Debug, Clone, PartialEq, Row, Serialize, Schema)]
#[row(table = "registry_enterprise_form_change")]
pub struct EnterpriseFormChange {
    pub id: EnterpriseFormChangeId,
    pub enterprise_id: EnterpriseId,
    pub form_id: EnterpriseFormId,
    pub on_day: Date,
    /// Pseudonym, as in the ledger.
    #[serde(skip)]
    pub by_whom: String,
    pub reason: Words,
    /// It was entered by mistake, and is a form no more.
    pub is_mistaken: bool,
    /// What it said until then.
    pub year: i64,
    pub uses: Known,
    pub is_domestic: Known,
    pub provider_id: Option<SystemId>,
    #[schema(value_type = i64)]
    pub services: Amount,
    pub signed_on: Date,
    pub office: Words,
    pub proof: Words,
}

fn wrong(field: &str, code: &'static str) -> Problem {
    Problem::bad_input(code).field(field, code)
}

impl EnterpriseForm {
    /// What does not hold of a form by itself, beside what is wrong with single fields.
    pub fn check(&self, today: Date, faults: &mut Faults) {
        let uses = self.uses == Known::Yes;
        let says_of_a_service =
            self.is_domestic != Known::Unknown || self.provider_id.is_some() || self.services.get() > 0;
        if self.signed_on > today {
            faults.add(wrong("signed_on", "enterprise-future"));
        } else if !faults.is_at(&["signed_on", "year"]) && i64::from(self.signed_on.year()) != self.year {
            faults.add(wrong("year", "enterprise-form-year"));
        }
        if faults.is_at(&["uses", "services"]) {
            return;
        }
        if uses && self.services.get() == 0 {
            faults.add(wrong("services", "enterprise-form-services"));
        } else if !uses && says_of_a_service {
            faults.add(wrong("uses", "enterprise-form-none"));
        }
    }

    /// Whether it may stand beside this line of the list: signed while that is in force.
    ///
    /// # Errors
    /// In words: it was signed before that, or after.
    pub fn check_listed(&self, of: &Enterprise) -> Result<(), Problem> {
        if of.stands_on(self.signed_on) {
            return Ok(());
        }
        let is_early = self.signed_on < of.begins();
        let code = if is_early { "enterprise-form-early" } else { "enterprise-form-late" };
        Err(wrong("signed_on", code))
    }

    /// Whether what is named is a provider, of which the registry does not say the opposite.
    ///
    /// # Errors
    /// In words.
    pub fn check_provider(&self, provider: &System) -> Result<(), Problem> {
        let opposite = [(Known::Yes, Known::No), (Known::No, Known::Yes)];
        if provider.kind != SystemKind::Provider || !provider.is_live() {
            Err(wrong("provider", "enterprise-form-provider"))
        } else if opposite.contains(&(self.is_domestic, provider.is_domestic)) {
            Err(wrong("is_domestic", "enterprise-form-domestic"))
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::{Id, UnitId};
    use uuid::Uuid;

    use super::*;

    fn id<K: kernel::ids::StaticType>(number: u128) -> Id<K> {
        Id::from_uuid(Uuid::from_u128(number))
    }

    fn listed() -> Enterprise {
        Enterprise {
            id: id(1),
            name: Words::new("Công ty Cấp nước Mẫu"),
            tax_code: "9900000016".into(),
            body_id: None,
            document: Words::new("12/QĐ-UBND"),
            document_on: date(2026, 3, 15),
            proof: Words::new("12/QĐ-UBND"),
            valid_from: date(2026, 1, 1),
            valid_until: Some(date(2026, 9, 30)),
            owner_id: UnitId::from_uuid(Uuid::from_u128(2)),
            rev: 1,
        }
    }

    fn form() -> EnterpriseForm {
        EnterpriseForm {
            id: id(3),
            enterprise_id: id(1),
            year: 2026,
            uses: Known::Yes,
            is_domestic: Known::Yes,
            provider_id: None,
            services: Amount::new(2).unwrap(),
            signed_on: date(2026, 5, 4),
            office: Words::new("Tổng giám đốc"),
            proof: Words::new("Phiếu số 3"),
            rev: 1,
        }
    }

    #[test]
    fn a_form_is_signed_in_its_year_and_says_no_more_than_it_uses() {
        let (today, none) = (date(2026, 11, 21), Amount::new(0).unwrap());
        let code = |form: EnterpriseForm| {
            let mut faults = Faults::default();
            form.check(today, &mut faults);
            faults.done().map_err(|problem| problem.code)
        };
        assert_eq!(code(form()), Ok(()));
        assert_eq!(code(EnterpriseForm { signed_on: today, ..form() }), Ok(()));
        assert_eq!(code(EnterpriseForm { signed_on: date(2026, 11, 22), ..form() }), Err("enterprise-future"));
        assert_eq!(code(EnterpriseForm { year: 2025, ..form() }), Err("enterprise-form-year"));
        assert_eq!(code(EnterpriseForm { services: none, ..form() }), Err("enterprise-form-services"));
        assert_eq!(code(EnterpriseForm { uses: Known::No, ..form() }), Err("enterprise-form-none"));
        let quiet = EnterpriseForm { uses: Known::No, is_domestic: Known::Unknown, services: none, ..form() };
        assert_eq!(code(quiet), Ok(()));
    }

    #[test]
    fn a_form_is_signed_while_the_enterprise_stands_in_the_list() {
        let of = listed();
        let code = |day| EnterpriseForm { signed_on: day, ..form() }.check_listed(&of).map_err(|problem| problem.code);
        for day in [date(2026, 3, 15), date(2026, 9, 30)] {
            assert_eq!(code(day), Ok(()));
        }
        assert_eq!(code(date(2026, 3, 14)), Err("enterprise-form-early"), "valid already, not approved yet");
        assert_eq!(code(date(2026, 10, 1)), Err("enterprise-form-late"));
    }
}
