//! State-owned enterprises of the province: the approved list, what each signed in a year, and who keeps it.

mod form;
mod listed;
mod rights;
mod tax;

pub use self::{
    form::{EnterpriseForm, EnterpriseFormChange, EnterpriseFormChangeId, EnterpriseFormId},
    listed::{Enterprise, EnterpriseChange, EnterpriseChangeId, EnterpriseId},
    rights::{KEEP, KIND, READ, RULES},
    tax::tax_code,
};
