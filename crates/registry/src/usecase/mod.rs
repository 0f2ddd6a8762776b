//! What is done with systems.

pub mod confirm;
pub mod figures;
pub mod import;
pub mod link;
pub mod map;

use webkit::Undo;

use crate::model::System;

const BASELINES: &str = "/systems/baselines";

/// Acts that are taken back from what their rows were before, by whom may do them.
pub const UNDO: &[Undo] = &[
    Undo::of::<System>("system.edit"),
    Undo::of::<System>("system.link"),
    Undo::of::<System>("system.unlink"),
    Undo::at_unit("system.confirm", "registry.confirm", "System", "/systems/confirmations"),
    // The console's imports are on no unit, and taken back by the console.
    Undo::at_unit("system.import", "registry.import", "System", "/systems"),
    // Frozen lists are entered on the body at which they were made or approved.
    Undo::at_unit("baseline.make", "registry.baseline", "System", BASELINES),
    Undo::at_unit("baseline.change", "registry.baseline", "System", BASELINES),
    Undo::at_unit("baseline.change_approved", "registry.baseline_approve", "System", BASELINES),
    Undo::at_unit("baseline.approve", "registry.baseline_approve", "System", BASELINES),
    Undo::at_unit("milestone.set", "registry.edit", "System", "/systems/figures/platform.deployed"),
];
