//! `dinh doctor` and the page of administrators: what is wrong with the machine and the settings, and what to do.
//!
//! A check is a function in a list ([`webkit::check::Check`]); a domain adds its own in its `Module`.

mod keeping;
mod machine;
mod settings;
mod waiting;
mod ways;

pub(crate) use keeping::backup;
use kernel::{Ctx, Problem};
pub(crate) use machine::disk;
pub(crate) use waiting::LATE_MICROS;
use webkit::{
    App,
    check::{Check, Checks, Finding, Look},
};

const fn check(name: &'static str, cheap: bool, look: Look) -> Check {
    Check { name, cheap, look }
}

/// The checks of the program itself, in the order in which they are shown.
pub(crate) const CHECKS: &[Check] = &[
    check("settings", true, |app, _| Box::pin(async move { settings::file(app) })),
    check("secrets", true, |app, _| Box::pin(async move { settings::secrets(app) })),
    check("user", true, |app, _| Box::pin(async move { machine::user(app) })),
    check("modes", true, |app, _| Box::pin(async move { machine::modes(app) })),
    check("umask", true, |_, _| Box::pin(async move { machine::umask() })),
    check("disk", true, |app, _| Box::pin(async move { machine::disk(app) })),
    check("files", true, |app, _| Box::pin(async move { machine::files(app) })),
    check("processes", true, |_, _| Box::pin(async move { machine::processes() })),
    check("confinement", true, |app, _| Box::pin(async move { settings::confinement(app) })),
    check("sandbox", false, |_, _| Box::pin(machine::sandbox())),
    check("tools", false, |app, _| Box::pin(machine::tools(app))),
    check("landlock", true, |_, _| Box::pin(async move { machine::landlock() })),
    check("base-url", true, |app, _| Box::pin(async move { ways::base_url(app) })),
    check("listen", true, |app, _| Box::pin(async move { ways::listen(app) })),
    check("ops", true, |app, _| Box::pin(async move { ways::ops(app) })),
    check("proxies", true, |app, _| Box::pin(async move { ways::proxies(app) })),
    check("second-factor", true, |app, _| Box::pin(async move { ways::second_factor(app) })),
    check("allowance", true, |app, _| Box::pin(async move { settings::allowance(app) })),
    check("scanner", true, |app, _| Box::pin(ways::scanner(app))),
    check("mail", false, |app, _| Box::pin(ways::mail(app))),
    check("database", true, |app, _| Box::pin(async move { ways::database(app) })),
    check("clock", true, |app, ctx| Box::pin(keeping::clock(app, ctx))),
    check("checkpoint", true, |app, ctx| Box::pin(keeping::checkpoint(app, ctx))),
    check("timestamp", true, |app, ctx| Box::pin(keeping::timestamp(app, ctx))),
    check("backup", true, |app, ctx| Box::pin(async move { keeping::backup(app, ctx) })),
    check("jobs", true, |app, ctx| Box::pin(waiting::jobs(app, ctx))),
    check("store", true, |app, ctx| Box::pin(keeping::store(app, ctx))),
    check("last-check", true, |app, ctx| Box::pin(keeping::last_check(app, ctx))),
    check("ledger", false, |app, _| Box::pin(keeping::ledger(app))),
];

/// Runs the checks of all modules; the slow ones unless `cheap`.
pub(crate) async fn examine(app: &App, ctx: &Ctx, cheap: bool) -> Result<Vec<(&'static str, Finding)>, Problem> {
    let mut out = Vec::new();
    let checks = app.get::<Checks>()?;
    for check in checks.0.iter().filter(|check| check.cheap || !cheap) {
        out.push((check.name, (check.look)(app, ctx).await));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use kernel::Lang;

    use crate::wiring::modules;

    /// Each check has a name, and each thing found its sentence, in both languages.
    #[test]
    fn everything_that_can_be_found_has_words() {
        let locales = webkit::locales(&modules()).unwrap();
        let sources = [
            include_str!("keeping.rs"),
            include_str!("machine.rs"),
            include_str!("settings.rs"),
            include_str!("waiting.rs"),
            include_str!("ways.rs"),
            include_str!("../../../notify/src/checks.rs"),
        ]
        .concat();
        let codes = |levels: &str| -> Vec<String> {
            let found = regex::Regex::new(&format!(r#"Finding::(?:{levels})\("([a-z0-9-]+)"\)"#)).unwrap();
            found.captures_iter(&sources).map(|code| format!("found-{}", &code[1])).collect()
        };
        // What is wrong stands in one sentence, what to do about it in the next.
        let wrong = codes("warning|fault");
        let cured = regex::Regex::new(r"\S\. \S").unwrap();
        for (key, lang) in wrong.iter().flat_map(|key| [(key, Lang::Vi), (key, Lang::En)]) {
            let words = locales.text(lang, key, &[]);
            assert!(cured.is_match(&words), "{key} says no cure: {words}");
        }
        let codes = codes("ok|warning|fault");
        assert!(codes.len() > 30, "{codes:?}");
        let modules = modules();
        let names = modules.iter().flat_map(|module| module.checks).map(|check| format!("check-{}", check.name));
        for key in names.chain(codes) {
            for lang in [Lang::Vi, Lang::En] {
                assert_ne!(locales.text(lang, &key, &[]), key, "{lang:?}");
            }
        }
    }
}
