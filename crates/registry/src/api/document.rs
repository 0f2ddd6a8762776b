//! What programs are told of the registry.

use utoipa::OpenApi as _;

use super::{
    appraise, baselines, cost, enterprises, figures, inventory, label, level, moves, proofs, systems, telecom, waves,
};

/// The documents of all parts in one.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut whole = systems::Documented::openapi();
    whole.merge(inventory::Documented::openapi());
    whole.merge(appraise::Documented::openapi());
    whole.merge(waves::Documented::openapi());
    whole.merge(cost::Documented::openapi());
    whole.merge(moves::Documented::openapi());
    whole.merge(level::Documented::openapi());
    whole.merge(label::Documented::openapi());
    whole.merge(figures::Documented::openapi());
    whole.merge(telecom::Documented::openapi());
    whole.merge(proofs::Documented::openapi());
    whole.merge(baselines::Documented::openapi());
    whole.merge(enterprises::Documented::openapi());
    whole
}
