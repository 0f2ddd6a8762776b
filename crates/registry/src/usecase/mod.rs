//! What is done with systems.

pub mod appraisal;
pub mod assess;
pub mod availability;
mod began;
pub mod checks;
pub mod classify;
pub mod confirm;
pub mod cost;
mod divided;
pub mod doubles;
pub mod dues;
mod edited;
pub mod enterprises;
pub mod export;
pub mod figures;
pub mod hand;
pub mod heads;
pub mod impact;
pub mod import;
pub mod in_force;
pub mod inbox;
pub mod label;
pub mod landscapes;
pub mod level;
pub mod link;
pub mod look;
pub mod map;
pub mod materials;
pub mod merge;
mod merged;
pub mod moves;
mod named;
pub mod ours;
mod owners;
pub mod papers;
pub mod proofs;
pub mod relate;
pub mod review;
pub mod rule_draft;
mod rule_form;
pub mod rule_words;
pub mod rules;
pub mod secret;
pub mod sensitivity;
pub mod similar;
pub mod sources;
pub mod telecom;
mod typed;
pub mod value;
pub mod veil;
pub mod wave_hand;
pub mod waves;
mod whose;

use webkit::{Back, May, MayUndo, Undo};

use crate::model::{System, level::Dossier, moves::Migration};

/// An act that is taken back by whom this asks for.
const fn asked(act: &'static str, may: MayUndo) -> Undo {
    Undo { act, whole: None, may: May::Asked(may), back: None }
}

/// The same, where more is asked or comes of it.
const fn asked_back(act: &'static str, may: MayUndo, back: Back) -> Undo {
    Undo { act, whole: None, may: May::Asked(may), back: Some(back) }
}

const BASELINES: &str = "/systems/baselines";

/// Acts that are taken back from what their rows were before, by whom may do them.
pub const UNDO: &[Undo] = &[
    Undo {
        back: Some(|core, tx, entry| Box::pin(edited::back_edit(core, tx, entry))),
        ..Undo::of::<System>("system.edit")
    },
    Undo::of::<System>("system.link"),
    Undo::of::<System>("system.unlink"),
    Undo::of::<System>("system.certificate"),
    Undo::of::<System>("system.uncertificate"),
    Undo::of::<System>("system.check"),
    Undo::of::<System>("system.uncheck"),
    Undo::of::<System>("system.measure"),
    Undo::of::<System>("system.unmeasure"),
    Undo::of::<System>("system.unproof"),
    Undo {
        back: Some(|core, tx, entry| Box::pin(edited::back_merge(core, tx, entry))),
        ..Undo::of::<System>("system.merge")
    },
    Undo::of::<System>("system.apart"),
    Undo::at_unit("system.head", "registry.import", "System", "/systems/heads"),
    Undo::at_unit("system.unhead", "registry.import", "System", "/systems/heads"),
    Undo::at_unit("system.secret", "registry.edit", "System", "/systems"),
    Undo::at_unit("system.ours", "registry.edit", "System", "/systems/ours"),
    Undo::at_unit("system.confirm", "registry.confirm", "System", "/systems/confirmations"),
    // The console's imports are on no unit, and taken back by the console.
    Undo {
        back: Some(|core, tx, entry| Box::pin(edited::back_edit(core, tx, entry))),
        ..Undo::at_unit("system.import", "registry.import", "System", "/systems")
    },
    Undo::at_unit("system.measures", "registry.import", "System", "/systems"),
    Undo::of::<Migration>("migration.edit"),
    Undo::of::<Migration>("migration.lead"),
    Undo::of::<Migration>("migration.start"),
    Undo {
        back: Some(|core, tx, entry| Box::pin(moves::undo::back_act(core, tx, entry))),
        ..Undo::of::<Migration>("migration.cut_over")
    },
    Undo::of::<Migration>("migration.cancel"),
    Undo::of::<Migration>("migration.unproof"),
    asked_back(
        "migration.step",
        |core, ctx, conn, of| Box::pin(moves::undo::may_undo_step(core, ctx, conn, of)),
        |_, tx, entry| Box::pin(moves::undo::back_step(tx, entry)),
    ),
    asked_back(
        "migration.accept",
        |core, ctx, conn, of| Box::pin(moves::undo::may_undo_end(core, ctx, conn, of)),
        |core, tx, entry| Box::pin(moves::undo::back_act(core, tx, entry)),
    ),
    asked_back(
        "migration.roll_back",
        |core, ctx, conn, of| Box::pin(moves::undo::may_undo_end(core, ctx, conn, of)),
        |core, tx, entry| Box::pin(moves::undo::back_act(core, tx, entry)),
    ),
    Undo::of::<Dossier>("level.controls"),
    Undo::of::<Dossier>("level.unproof"),
    Undo::of::<Dossier>("level.send"),
    Undo::of::<Dossier>("level.check"),
    asked("level.return", |core, ctx, conn, of| Box::pin(level::undo::may_undo_review(core, ctx, conn, of))),
    asked_back(
        "level.appraise",
        |core, ctx, conn, of| Box::pin(level::undo::may_undo_review(core, ctx, conn, of)),
        |_, tx, entry| Box::pin(level::undo::back_review(tx, entry)),
    ),
    asked_back(
        "level.approve",
        |core, ctx, conn, of| Box::pin(level::undo::may_undo_approval(core, ctx, conn, of)),
        |_, tx, entry| Box::pin(level::undo::back_review(tx, entry)),
    ),
    asked_back(
        "level.record",
        |core, ctx, conn, of| Box::pin(level::undo::may_undo_record(core, ctx, conn, of)),
        |_, tx, entry| Box::pin(level::undo::back_record(tx, entry)),
    ),
    asked("system.overrule", |core, ctx, conn, of| Box::pin(level::undo::may_undo_overrule(core, ctx, conn, of))),
    // Frozen lists are entered on the body at which they were made or approved.
    Undo::at_unit("baseline.make", "registry.baseline", "System", BASELINES),
    Undo {
        back: Some(|core, tx, entry| Box::pin(figures::undo::back_line(core, tx, entry))),
        ..Undo::at_unit("baseline.add", "registry.baseline", "System", BASELINES)
    },
    Undo::at_unit("baseline.add_approved", "registry.baseline_approve", "System", BASELINES),
    Undo {
        back: Some(|core, tx, entry| Box::pin(figures::undo::back_line(core, tx, entry))),
        ..Undo::at_unit("baseline.change", "registry.baseline", "System", BASELINES)
    },
    Undo::at_unit("baseline.change_approved", "registry.baseline_approve", "System", BASELINES),
    Undo {
        back: Some(|_, tx, entry| Box::pin(figures::undo::back_approval(tx, entry))),
        ..Undo::at_unit("baseline.approve", "registry.baseline_approve", "System", BASELINES)
    },
    Undo::at_unit("milestone.set", "registry.edit", "System", "/systems/figures/platform.deployed"),
];
