//! Telecommunications of the communes, as operators report them once a year, and which bodies stand on the dedicated
//! network. Nothing here says where a thing stands or how a line runs: there is no field for it.

mod coverage;
mod dedicated;
mod length;
mod passive;
mod place;
mod rights;
mod summary;

pub use self::{
    coverage::{Coverage, CoverageId},
    dedicated::{Dedicated, DedicatedId},
    length::Length,
    passive::{Passive, PassiveId},
    rights::{KEEP, KIND, READ, READ_NETWORK, RULES},
    summary::{Share, Told, all, by_commune},
};
