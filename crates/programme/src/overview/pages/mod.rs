//! Pages.

pub(crate) mod board;
pub(crate) mod counted;
pub(crate) mod jump;
pub(crate) mod public;
pub(crate) mod publish;
pub(crate) mod seeing;
pub(crate) mod work;
