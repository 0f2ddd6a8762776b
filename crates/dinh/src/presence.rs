//! Whether an installation is here, and open to who runs the command. Asked before anything is opened: opening makes what
//! is not there, and an empty house in a mistyped folder is whole and has no fault.

use std::{os::unix::fs::MetadataExt as _, path::Path};

use db::Location;
use kernel::{Problem, ProblemKind};
use rustix::{
    fs::{Access, access},
    io::Errno,
};

use crate::{
    cli::{AccountCommand, Command, FilesCommand},
    config::Config,
    console::name_of,
};

/// What may be the first command in an empty folder.
fn begins(command: &Command) -> bool {
    matches!(
        command,
        Command::Serve { .. }
            | Command::Init { .. }
            | Command::Restore { .. }
            | Command::Demo(_)
            | Command::Account(AccountCommand::FirstLink)
            | Command::Completions { .. }
            | Command::Openapi
    )
}

fn location(config: &Config) -> Location {
    Location { data_dir: config.data_dir.clone(), database_url: config.database_url.clone() }
}

/// Whether one is here.
pub async fn is_here(config: &Config) -> Result<bool, Problem> {
    reachable(&config.data_dir)?;
    Ok(db::exists(&location(config)).await?)
}

pub async fn look(config: &Config, command: &Command) -> Result<(), Problem> {
    reachable(&config.data_dir)?;
    if begins(command) {
        return Ok(());
    }
    // A lost folder is made anew and tied to the database that is still there.
    let is_tied = matches!(command, Command::Files(FilesCommand::Tie { .. })) && config.database_url.is_some();
    let is_here = if is_tied { config.data_dir.is_dir() } else { db::exists(&location(config)).await? };
    if is_here {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::Conflict, "no-installation").with("folder", config.data_dir.display()))
}

/// Refuses a folder that is another user's and closed to this one, by name.
fn reachable(folder: &Path) -> Result<(), Problem> {
    let within = ["dinh.sqlite", "ledger.key"].map(|name| (folder.join(name), Access::READ_OK | Access::WRITE_OK));
    let mut places = std::iter::once((folder.to_owned(), Access::READ_OK | Access::EXEC_OK)).chain(within);
    let closed = places.find(|(path, wanted)| access(path.as_path(), *wanted) == Err(Errno::ACCESS));
    let Some((path, _)) = closed else { return Ok(()) };
    let own = rustix::process::geteuid().as_raw();
    let owner = path.ancestors().find_map(|place| std::fs::metadata(place).ok()).map(|meta| meta.uid());
    match owner.filter(|owner| *owner != own) {
        Some(owner) => Err(of_another(folder, owner, own)),
        None => Ok(()),
    }
}

fn of_another(folder: &Path, owner: u32, own: u32) -> Problem {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let owner_name = name_of(owner, &users);
    // What sudo takes for a user without a name.
    let switch = if owner_name.starts_with("uid:") { format!("'#{owner}'") } else { owner_name.clone() };
    Problem::new(ProblemKind::Conflict, "folder-of-another")
        .with("folder", folder.display())
        .with("owner", owner_name)
        .with("own", name_of(own, &users))
        .with("switch", switch)
}
