//! What the registry keeps, in which states, and who may do what with it.

mod amount;
pub mod appraiser;
pub mod assessment;
pub mod availability;
mod begun;
pub mod case;
mod certificate;
mod check;
pub mod closed_days;
mod component;
mod confirmation;
pub mod cost;
mod done;
pub mod double;
pub mod enterprise;
pub mod evidence;
pub mod figures;
pub mod group;
mod head;
mod ids;
mod kinds;
pub mod label;
pub mod landscape;
pub mod layers;
pub mod level;
pub mod materials;
pub mod moved;
pub mod moves;
mod place;
mod proof;
pub mod proposed;
mod relation;
mod rights;
pub mod rule_fault;
pub mod rules;
mod secret;
mod system;
pub mod telecom;
pub mod wave;

pub use self::{
    amount::Amount,
    certificate::{Certificate, CertificateInput, CertificateKind},
    check::{CheckInput, CheckKind, CheckOutcome, SecurityCheck},
    component::{Bill, Component},
    confirmation::Confirmation,
    done::check_done,
    head::{Head, HeadInput},
    ids::{
        AvailabilityId, BillId, CertificateId, CheckId, ComponentId, ConfirmationId, HeadId, LinkId, ProofId, SystemId,
        made_at,
    },
    kinds::{
        AiPotential, Backup, Criticality, Interfaces, Ipv6, Known, LinkKind, Packaging, PersonalData, SystemHosting,
        SystemKind, SystemState,
    },
    proof::{Proof, ProofLook},
    relation::{Apart, LinkInput, Relation, Use},
    rights::{COMPARTMENTS, KNOW, MAP, NETWORK, READ, RULES, SCIENCE},
    system::System,
};
