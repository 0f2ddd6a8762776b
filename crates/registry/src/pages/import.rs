//! The page on which an agency's own sheet is looked at and taken in.

use webkit::{ImportAct, ImportHeads, ImportPage};

use crate::{
    model::System,
    usecase::{heads, import, relate},
};

pub static IMPORT: ImportAct<System> = ImportAct {
    path: "/systems/import",
    action: "registry.import",
    page: ImportPage {
        title: "system-import",
        above: ("/systems", "nav-systems"),
        more: Some(("/systems/heads", "heads-title")),
        unit: None,
    },
    done: "systems-imported",
    preview: |core, ctx, bytes| Box::pin(import::systems_preview(core, ctx, bytes)),
    take: |core, ctx, preview| Box::pin(import::systems_import(core, ctx, preview)),
    call: Some(ImportHeads {
        beside: &relate::COLUMNS,
        remember: |core, ctx, said| Box::pin(heads::heads_say(core, ctx, said)),
    }),
};
