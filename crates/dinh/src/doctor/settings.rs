//! The settings: which file they came from, and whether foreign files are locked in.

use std::{os::unix::fs::MetadataExt as _, path::Path};

use webkit::{App, check::Finding};

use crate::{config::Config, sandbox::Sandbox};

pub fn file(app: &App) -> Finding {
    match app.get::<Config>().ok().and_then(|config| config.file.as_ref()) {
        Some(file) => Finding::ok("settings-file").with("file", file.display()),
        None => Finding::ok("settings-none"),
    }
}

/// Files that may hold passwords; their group reads them at most.
pub fn secrets(app: &App) -> Finding {
    let Ok(config) = app.get::<Config>() else { return Finding::ok("secrets-fine") };
    let is_open = |path: &&Path| std::fs::metadata(path).is_ok_and(|meta| meta.mode() & 0o027 != 0);
    let files = [config.file.as_deref(), config.database_url_file.as_deref()];
    match files.into_iter().flatten().find(is_open) {
        Some(path) => Finding::warning("secrets-open").with("file", path.display()),
        None => Finding::ok("secrets-fine"),
    }
}

/// Without it a document that is made to break its reader has the whole machine.
pub fn confinement(app: &App) -> Finding {
    match app.get::<Config>().map_or(Sandbox::Require, |config| config.sandbox) {
        Sandbox::Require => Finding::ok("confinement-on"),
        Sandbox::Off => Finding::fault("confinement-off"),
    }
}

/// What one person may hand in on a day, against what is free.
pub fn allowance(app: &App) -> Finding {
    let limit = app.get::<Config>().map_or(0, |config| config.upload_mb_a_day);
    let free =
        rustix::fs::statvfs(app.db().data_dir()).map_or(u64::MAX, |disk| disk.f_bavail * disk.f_frsize / (1024 * 1024));
    let found = if limit > free { Finding::warning("allowance-wide") } else { Finding::ok("allowance-fine") };
    found.count("limit", limit)
}
