//! Security levels 1 to 5: which one is proposed and by which rule, what it asks for, and how a dossier stands today.

mod dossier;
mod propose;
mod standing;
#[cfg(test)]
mod tests;

pub use dossier::{
    ClockText, ControlText, CycleText, DossierFault, DossierRules, DossierText, GroupText, SHIPPED as SHIPPED_DOSSIER,
    Side,
};
pub use propose::{Levels, NotALevelTable, Proposal, SHIPPED as SHIPPED_TABLE};
pub use standing::{Dates, Standing};
