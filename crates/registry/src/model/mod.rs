//! What the registry keeps, in which states, and who may do what with it.

mod amount;
mod certificate;
mod check;
mod component;
mod confirmation;
pub mod figures;
mod kinds;
pub mod layers;
mod relation;
mod rights;
mod secret;
mod system;

pub use self::{
    amount::Amount,
    certificate::{Certificate, CertificateId, CertificateInput, CertificateKind},
    check::{CheckId, CheckInput, CheckKind, CheckOutcome, SecurityCheck},
    component::{Bill, BillId, Component, ComponentId},
    confirmation::{Confirmation, ConfirmationId},
    kinds::{
        AiPotential, Backup, Criticality, Interfaces, Ipv6, Known, LinkKind, Packaging, PersonalData, SystemHosting,
        SystemKind, SystemState,
    },
    relation::{LinkId, LinkInput, Relation, Use},
    rights::{COMPARTMENTS, MAP, NETWORK, READ, RULES},
    system::{System, SystemId},
};
