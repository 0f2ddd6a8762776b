//! What is done with systems.

pub mod appraisal;
pub mod assess;
pub mod classify;
pub mod confirm;
pub mod impact;
pub mod import;
pub mod in_force;
pub mod link;
pub mod review;
pub mod rule_words;
pub mod rules;
pub mod similar;
pub mod waves;

use webkit::Undo;

use crate::model::System;

/// Acts that are taken back from what their rows were before, by whom may do them.
pub const UNDO: &[Undo] = &[
    Undo::of::<System>("system.edit"),
    Undo::of::<System>("system.link"),
    Undo::of::<System>("system.unlink"),
    Undo::at_unit("system.confirm", "registry.confirm", "System", "/systems/confirmations"),
    // The console's imports are on no unit, and taken back by the console.
    Undo::at_unit("system.import", "registry.import", "System", "/systems"),
];
