//! Pages.

pub(crate) mod board;
pub(crate) mod public;
pub(crate) mod publish;
pub(crate) mod seeing;
pub(crate) mod work;
