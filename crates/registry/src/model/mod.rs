//! What the registry keeps, in which states, and who may do what with it.

mod amount;
mod certificate;
mod check;
mod component;
mod confirmation;
pub mod figures;
mod head;
mod kinds;
pub mod layers;
pub mod materials;
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
    head::{Head, HeadId, HeadInput},
    kinds::{
        AiPotential, Backup, Criticality, Interfaces, Ipv6, Known, LinkKind, Packaging, PersonalData, SystemHosting,
        SystemKind, SystemState,
    },
    relation::{Apart, LinkId, LinkInput, Relation, Use},
    rights::{COMPARTMENTS, KNOW, MAP, NETWORK, READ, RULES},
    system::{System, SystemId},
};
