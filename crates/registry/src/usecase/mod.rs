//! What is done with systems.

pub mod confirm;
pub mod hand;
pub mod import;
pub mod inbox;
pub mod level;
pub mod link;
pub mod moves;

use webkit::{May, MayUndo, Undo};

use crate::model::{System, level::Dossier, moves::Migration};

/// An act that is taken back by whom this asks for.
const fn asked(act: &'static str, may: MayUndo) -> Undo {
    Undo { act, whole: None, may: May::Asked(may), back: None }
}

/// Acts that are taken back from what their rows were before, by whom may do them.
pub const UNDO: &[Undo] = &[
    Undo::of::<System>("system.edit"),
    Undo::of::<System>("system.link"),
    Undo::of::<System>("system.unlink"),
    Undo::at_unit("system.confirm", "registry.confirm", "System", "/systems/confirmations"),
    // The console's imports are on no unit, and taken back by the console.
    Undo::at_unit("system.import", "registry.import", "System", "/systems"),
    Undo::of::<Migration>("migration.edit"),
    Undo::of::<Migration>("migration.lead"),
    Undo::of::<Migration>("migration.start"),
    Undo::of::<Migration>("migration.cut_over"),
    Undo::of::<Migration>("migration.cancel"),
    asked("migration.step", |core, ctx, conn, of| Box::pin(moves::undo::may_undo_step(core, ctx, conn, of))),
    asked("migration.accept", |core, ctx, conn, of| Box::pin(moves::undo::may_undo_end(core, ctx, conn, of))),
    asked("migration.roll_back", |core, ctx, conn, of| Box::pin(moves::undo::may_undo_end(core, ctx, conn, of))),
    Undo::of::<Dossier>("level.controls"),
    Undo::of::<Dossier>("level.send"),
    Undo::of::<Dossier>("level.check"),
    asked("level.return", |core, ctx, conn, of| Box::pin(level::undo::may_undo_review(core, ctx, conn, of))),
    asked("level.appraise", |core, ctx, conn, of| Box::pin(level::undo::may_undo_review(core, ctx, conn, of))),
    asked("level.approve", |core, ctx, conn, of| Box::pin(level::undo::may_undo_approval(core, ctx, conn, of))),
    asked("system.overrule", |core, ctx, conn, of| Box::pin(level::undo::may_undo_overrule(core, ctx, conn, of))),
];
