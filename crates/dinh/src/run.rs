//! From the words of a command line to the exit code.

use std::{process::ExitCode, time::Duration};

use clap::{CommandFactory as _, FromArgMatches as _};
use kernel::{Lang, Problem};

use crate::{
    cli::{Cli, Command, Global, bilingual},
    commands,
    config::Config,
    console, wiring,
};

/// The whole command line: the program's own commands, and those of the domains.
fn whole() -> clap::Command {
    wiring::modules()
        .iter()
        .flat_map(|module| module.clis())
        .map(|(name, cli)| cli.command(name))
        .fold(Cli::command(), clap::Command::subcommand)
}

fn parsed(matches: &clap::ArgMatches) -> Result<Cli, clap::Error> {
    let of_domain = matches.subcommand().and_then(|(name, args)| {
        let mut clis = wiring::modules().into_iter().flat_map(|module| module.clis());
        let (_, cli) = clis.find(|(word, _)| *word == name)?;
        Some(Command::Of(cli, args.clone()))
    });
    match of_domain {
        Some(command) => Ok(Cli { global: Global::from_arg_matches(matches)?, command }),
        None => Cli::from_arg_matches(matches),
    }
}

fn parse() -> Cli {
    let version = clap::Arg::new("version")
        .short('V')
        .long("version")
        .action(clap::ArgAction::Version)
        .help("In phiên bản / print the version");
    let matches = bilingual(whole().disable_version_flag(true).arg(version)).try_get_matches();
    matches.and_then(|matches| parsed(&matches)).unwrap_or_else(|error| {
        if error.use_stderr() {
            console::complain("Lệnh chưa đúng, chưa có gì được làm / wrong usage, nothing was done");
        }
        error.exit()
    })
}

const LEFT_OVER: Duration = Duration::from_secs(1);

/// Parses, runs, reports. Wrong usage exits with 2 inside clap.
pub fn run() -> ExitCode {
    let cli = parse();
    let config = match Config::load() {
        Ok(config) => config,
        Err(message) => return console::refuse(&message),
    };
    let lang = cli.global.lang.into();
    let config = match with_flags(config, &cli) {
        Ok(config) => config,
        Err(problem) => return console::refuse(&sentence(&problem, lang)),
    };
    console::start_log(&config.log);
    if let Command::Completions { shell } = cli.command {
        clap_complete::generate(shell, &mut bilingual(whole()), "dinh", &mut std::io::stdout());
        return ExitCode::SUCCESS;
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return console::refuse(&error.to_string()),
    };
    let done = runtime.block_on(commands::run(cli, config));
    // Computing that nobody waits for any more would hold the process as long as it takes.
    runtime.shutdown_timeout(LEFT_OVER);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => console::refuse(&sentence(&problem, lang)),
    }
}

fn with_flags(config: Config, cli: &Cli) -> Result<Config, Problem> {
    let listen = match &cli.command {
        Command::Serve { listen: Some(listen), .. } => listen.clone(),
        _ => config.listen.clone(),
    };
    if cli.global.database_url.as_deref().is_some_and(has_password) {
        return Err(Problem::bad_input("database-url-in-sight"));
    }
    let config = Config {
        data_dir: cli.global.data_dir.clone().unwrap_or(config.data_dir),
        database_url_file: cli.global.database_url_file.clone().or(config.database_url_file),
        listen,
        ..config
    };
    match &cli.global.database_url {
        Some(url) => Ok(Config { database_url: Some(url.clone()), ..config }),
        None => config.with_database_file(),
    }
}

/// Everybody on the machine reads the arguments of a program (`ps`).
fn has_password(url: &str) -> bool {
    url::Url::parse(url)
        .is_ok_and(|url| url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password"))
}

/// What pages say of links and reloading, the console says in words of its own.
fn words(locales: &webkit::Locales, problem: &Problem, lang: Lang) -> String {
    let begin = if locales.has(&format!("console-{}", problem.code)) { "console" } else { "problem" };
    locales.problem_as(lang, begin, problem)
}

fn sentence(problem: &Problem, lang: Lang) -> String {
    let text = webkit::locales(&wiring::modules()).map(|locales| words(&locales, problem, lang));
    match (text, problem.kind) {
        (Ok(text), kernel::ProblemKind::Internal) => format!("{text}\n{problem}"),
        (Ok(text), _) => text,
        (Err(_), _) => problem.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::has_password;

    #[test]
    fn a_password_in_an_address_is_seen() {
        assert!(has_password("postgres://dinh:mat-khau@db.example/dinh"));
        assert!(has_password("postgres://dinh@db.example/dinh?password=mat-khau"));
        assert!(!has_password("postgres://dinh@db.example/dinh?sslmode=verify-full"));
    }
}
