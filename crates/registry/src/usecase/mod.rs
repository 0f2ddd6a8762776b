//! What is done with systems.

pub mod appraisal;
pub mod assess;
pub mod checks;
pub mod classify;
pub mod confirm;
pub mod doubles;
pub mod dues;
pub mod export;
pub mod heads;
pub mod impact;
pub mod import;
pub mod in_force;
pub mod link;
pub mod materials;
pub mod merge;
pub mod ours;
mod owners;
pub mod papers;
pub mod review;
pub mod rule_words;
pub mod rules;
pub mod secret;
pub mod similar;
mod typed;
pub mod waves;

use webkit::Undo;

use crate::model::System;

/// Acts that are taken back from what their rows were before, by whom may do them.
pub const UNDO: &[Undo] = &[
    Undo::of::<System>("system.edit"),
    Undo::of::<System>("system.link"),
    Undo::of::<System>("system.unlink"),
    Undo::of::<System>("system.certificate"),
    Undo::of::<System>("system.uncertificate"),
    Undo::of::<System>("system.check"),
    Undo::of::<System>("system.uncheck"),
    Undo::of::<System>("system.merge"),
    Undo::of::<System>("system.apart"),
    Undo::at_unit("system.head", "registry.import", "System", "/systems/heads"),
    Undo::at_unit("system.unhead", "registry.import", "System", "/systems/heads"),
    Undo::at_unit("system.secret", "registry.edit", "System", "/systems"),
    Undo::at_unit("system.ours", "registry.edit", "System", "/systems/ours"),
    Undo::at_unit("system.confirm", "registry.confirm", "System", "/systems/confirmations"),
    // The console's imports are on no unit, and taken back by the console.
    Undo::at_unit("system.import", "registry.import", "System", "/systems"),
];
