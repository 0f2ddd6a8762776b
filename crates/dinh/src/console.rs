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

/// One object, as JSON or as lines of `name: value`, a line for each entry of a list.
pub fn show(format: Format, value: &Json) {
    match (format, value) {
        (Format::Json | Format::Cyclonedx, _) => say(&value.to_string()),
        (_, Json::Object(_)) => {
            let mut out = Vec::new();
            lines(value, 0, &mut out);
            for line in &out {
                say(line);
            }
        }
        _ => say(&value.to_string()),
    }
}

/// What stands on one line: a word, a number, or a list of such.
fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Object(_) => None,
        Json::Array(items) if items.is_empty() => Some("[]".to_owned()),
        Json::Array(items) if items.iter().any(|item| item.is_array() || item.is_object()) => None,
        Json::Array(items) => Some(items.iter().filter_map(plain).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}

/// Of an entry of a list what is plain is one line; what lies deeper is below it, further in.
fn lines(value: &Json, depth: usize, out: &mut Vec<String>) {
    let margin = "  ".repeat(depth);
    match value {
        Json::Object(fields) => {
            for (name, value) in fields {
                match plain(value) {
                    Some(text) => out.push(format!("{margin}{name}: {text}")),
                    None => {
                        out.push(format!("{margin}{name}:"));
                        lines(value, depth + 1, out);
                    }
                }
            }
        }
        Json::Array(items) => {
            for item in items {
                let Json::Object(fields) = item else {
                    lines(item, depth, out);
                    continue;
                };
                let told = fields.iter().filter(|(_, value)| !value.is_null());
                let told = told.filter_map(|(name, value)| Some(format!("{name}: {}", plain(value)?)));
                out.push(format!("{margin}- {}", told.collect::<Vec<_>>().join("; ")));
                let deeper = fields.iter().filter(|(_, value)| plain(value).is_none());
                let deeper = deeper.map(|(name, value)| (name.clone(), value.clone())).collect();
                lines(&Json::Object(deeper), depth + 1, out);
            }
        }
        other => out.push(format!("{margin}- {}", plain(other).unwrap_or_default())),
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
    use serde_json::json;

    use super::{lines, name_of};

    #[test]
    fn a_list_is_told_entry_by_entry_and_never_as_raw_json() {
        let value = json!({
            "systems": 2, "fault": null, "none": [], "days": ["a", "b"],
            "violations": [
                {"owner_name": "Sở Mẫu", "days": 3, "since": null, "systems": ["một", "hai"]},
                {"name": "Ngân sách", "chain": [{"from": "a", "to": "b"}]},
            ],
            "place": {"wave": 1},
        });
        let mut out = Vec::new();
        lines(&value, 0, &mut out);
        let told = [
            "systems: 2",
            "fault: null",
            "none: []",
            "days: a, b",
            "violations:",
            "  - owner_name: Sở Mẫu; days: 3; systems: một, hai",
            "  - name: Ngân sách",
            "    chain:",
            "      - from: a; to: b",
            "place:",
            "  wave: 1",
        ];
        assert_eq!(out, told);
    }

    #[test]
    fn who_acts_at_the_console_has_a_name_or_a_number() {
        let users = "root:x:0:0:root:/root:/bin/bash\nbroken\ndinh:x:998:997::/var/lib/dinh:/bin/false\n";
        assert_eq!(name_of(998, users), "dinh");
        assert_eq!(name_of(0, users), "root");
        assert_eq!(name_of(997, users), "uid:997");
        assert_eq!(name_of(0, ""), "uid:0");
    }
}
