//! What the registry keeps, in which states, and who may do what with it.

mod amount;
mod certificate;
mod check;
mod component;
mod confirmation;
mod head;
mod ids;
mod kinds;
pub mod materials;
mod relation;
mod rights;
mod secret;
mod system;

pub use self::{
    amount::Amount,
    certificate::{Certificate, CertificateInput, CertificateKind},
    check::{CheckInput, CheckKind, CheckOutcome, SecurityCheck},
    component::{Bill, Component},
    confirmation::Confirmation,
    head::{Head, HeadInput},
    ids::{BillId, CertificateId, CheckId, ComponentId, ConfirmationId, HeadId, LinkId, SystemId},
    kinds::{
        AiPotential, Backup, Criticality, Interfaces, Ipv6, Known, LinkKind, Packaging, PersonalData, SystemHosting,
        SystemKind, SystemState,
    },
    relation::{Apart, LinkInput, Relation, Use},
    rights::{COMPARTMENTS, KNOW, MAP, NETWORK, READ, RULES},
    system::System,
};
