//! What the registry keeps, in which states, and who may do what with it.

mod amount;
pub mod appraiser;
pub mod assessment;
pub mod case;
mod certificate;
mod check;
mod component;
mod confirmation;
pub mod group;
mod head;
mod kinds;
pub mod landscape;
pub mod materials;
mod relation;
mod rights;
pub mod rule_fault;
pub mod rules;
mod secret;
mod system;
pub mod wave;

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
