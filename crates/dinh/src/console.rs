//! The console: what is said on it, in which form, and who stands at it.

use std::{
    io::{IsTerminal as _, Write},
    path::Path,
    process::ExitCode,
};

use kernel::{Ctx, Problem};
use serde_json::Value as Json;
use webkit::App;

use crate::cli::Format;

#[expect(clippy::print_stderr, reason = "the contract of the command line: reasons go to standard error")]
pub fn complain(message: &str) {
    eprintln!("{message}");
}

pub fn refuse(message: &str) -> ExitCode {
    complain(message);
    ExitCode::from(1)
}

/// Results go to standard output; a reader that has gone away ("| head") is no fault.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

pub fn start_log(what: &str) {
    let filter = tracing_subscriber::EnvFilter::try_new(what).unwrap_or_else(|_| "warn".into());
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
}

/// One object, as JSON or as lines of `name: value`.
pub fn show(format: Format, value: &Json) {
    match (format, value) {
        (Format::Json | Format::Cyclonedx, _) => say(&value.to_string()),
        (_, Json::Object(fields)) => {
            for (name, value) in fields {
                say(&format!("{name}: {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
            }
        }
        _ => say(&value.to_string()),
    }
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    std::fs::read(path).map_err(|error| Problem::bad_input("file-unusable").with("file", path.display()).because(error))
}

/// The name of who runs the program on this machine.
pub(crate) fn os_user() -> String {
    let said =
        ["USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()));
    said.unwrap_or_else(|| {
        let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        name_of(rustix::process::getuid().as_raw(), &users)
    })
}

/// The name of a user in the machine's list; the number where it has none.
pub(crate) fn name_of(uid: u32, users: &str) -> String {
    let named = users.lines().find_map(|line| {
        let (name, rest) = line.split_once(':')?;
        (rest.split(':').nth(1)?.parse::<u32>() == Ok(uid)).then_some(name)
    });
    named.filter(|name| !name.is_empty()).map_or_else(|| format!("uid:{uid}"), str::to_owned)
}

/// Says that a list is empty; on standard error, where no script takes it for a line of the list.
pub(crate) fn say_empty(app: &App, ctx: &Ctx, is_empty: bool) {
    if is_empty {
        complain(&app.locales().text(ctx.lang, "list-empty", &[]));
    }
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn who_acts_at_the_console_has_a_name_or_a_number() {
        let users = "root:x:0:0:root:/root:/bin/bash\nbroken\ndinh:x:998:997::/var/lib/dinh:/bin/false\n";
        assert_eq!(name_of(998, users), "dinh");
        assert_eq!(name_of(0, users), "root");
        assert_eq!(name_of(997, users), "uid:997");
        assert_eq!(name_of(0, ""), "uid:0");
    }
}
