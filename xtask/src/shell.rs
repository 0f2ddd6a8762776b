//! Running other programs, with what was run in the error.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

/// The root of the workspace; asked of cargo at run time, because two clones may share one `target`.
pub fn root() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()))
        .parent()
        .map(PathBuf::from)
        .unwrap_or_default()
}

pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    command
}

pub fn program(name: &str, args: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(args).current_dir(root());
    command
}

pub fn is_root() -> Result<bool> {
    Ok(output(&mut program("id", &["-u"]))?.trim() == "0")
}

/// What only root may do; by sudo for everybody else.
pub fn as_root(name: &str, args: &[&str]) -> Result<Command> {
    let mut command = if is_root()? { program(name, &[]) } else { program("sudo", &["-E", name]) };
    command.args(args);
    Ok(command)
}

pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?} does not start"))?;
    if status.success() { Ok(()) } else { bail!("{command:?} ended with {status}") }
}

pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?} does not start"))?;
    if !output.status.success() {
        bail!("{command:?} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub fn is_installed(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}
