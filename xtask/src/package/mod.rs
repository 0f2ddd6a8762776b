//! `cargo xtask package`: the program as a Debian package for a machine without a network (ADR 29).

mod control;
mod pack;
mod stick;
pub mod tried;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::{setup, shell};

struct Wanted {
    profile: String,
    stick: Option<PathBuf>,
}

impl Wanted {
    fn of(args: &[String]) -> Result<Self> {
        let mut wanted = Self { profile: "release".into(), stick: None };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let value = args.next().with_context(|| format!("{arg} needs a value"))?;
            match arg.as_str() {
                "--profile" => wanted.profile = value.clone(),
                "--stick" => wanted.stick = Some(std::env::current_dir()?.join(value)),
                _ => bail!("cargo xtask package [--profile PROFILE] [--stick DIR]"),
            }
        }
        Ok(wanted)
    }
}

pub fn package(args: &[String]) -> Result<()> {
    let wanted = Wanted::of(args)?;
    setup::web()?;
    shell::run(&mut shell::cargo(&["build", "--package", "dinh", "--bin", "dinh", "--profile", &wanted.profile]))?;
    let package = pack::packed(&wanted.profile)?;
    println!("{}", package.display());
    let Some(folder) = wanted.stick else { return Ok(()) };
    stick::collect(&folder, &package, control::RECOMMENDS)?;
    println!("{}: sudo sh install.sh", folder.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_and_the_stick_are_read() {
        let of = |args: &[&str]| Wanted::of(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&[]).unwrap().profile, "release");
        let wanted = of(&["--profile", "dev", "--stick", "/media/usb"]).unwrap();
        assert_eq!((wanted.profile.as_str(), wanted.stick), ("dev", Some("/media/usb".into())));
        assert!(of(&["--profile"]).is_err() && of(&["--fast", "yes"]).is_err());
    }
}
