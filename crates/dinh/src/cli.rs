//! The command line. Contract: one JSON object on standard output with `--format json`; exit 0 done, 1 refused
//! (the reason on standard error), 2 wrong usage.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use kernel::{Lang, Problem};

use crate::{commands, config::Config, console};

mod subcommands;

pub use subcommands::{
    AccountCommand, AliasCommand, CalendarCommand, DemoCommand, FilesCommand, Keys, LedgerCommand, PlanCommand,
    ReportCommand, SecondFactorCommand, TokenCommand, UnitCommand,
};

/// Đình: chính quyền số của một tỉnh trong một chương trình / a province's digital government in one program
#[derive(Debug, Parser)]
#[command(name = "dinh", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Args)]
pub struct Global {
    /// Thư mục dữ liệu / data folder
    #[arg(long, global = true)]
    pub data_dir: Option<PathBuf>,
    /// Địa chỉ PostgreSQL, không có thì dùng SQLite / PostgreSQL URL, SQLite without it
    #[arg(long, global = true)]
    pub database_url: Option<String>,
    /// Tệp chứa địa chỉ PostgreSQL (có mật khẩu) / file with the PostgreSQL URL (with its password)
    #[arg(long, global = true, conflicts_with = "database_url")]
    pub database_url_file: Option<PathBuf>,
    /// Dạng kết quả / form of the output
    #[arg(long, global = true, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Ngôn ngữ của thông báo / language of messages
    #[arg(long, global = true, value_enum, default_value_t = Language::Vi)]
    pub lang: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    /// Chỉ cho report export / for report export only
    Docx,
    Pdf,
    Xlsx,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    Vi,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Vi => Self::Vi,
            Language::En => Self::En,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Chạy máy chủ / run the server
    Serve {
        /// Địa chỉ nghe / address to listen on
        #[arg(long)]
        listen: Option<String>,
        /// Nạp tỉnh minh họa khi dữ liệu còn trống / load the invented province when the data is empty
        #[arg(long)]
        demo: bool,
    },
    /// Thiết lập tỉnh theo mã / set a province up by its code
    Init {
        /// Mã tỉnh, thành phố / code of the province or city
        #[arg(long)]
        province: String,
    },
    /// Nâng cấp lược đồ dữ liệu / bring the schema up to date
    Migrate,
    /// Kiểm tra máy chủ và cài đặt / check the machine and the settings
    Doctor,
    /// Sao lưu vào một tệp / back up into one file
    Backup {
        /// Tệp sẽ ghi / file to write
        file: PathBuf,
        #[command(flatten)]
        keys: Keys,
    },
    /// Khôi phục vào cơ sở dữ liệu trống / restore into an empty database
    Restore {
        /// Tệp sao lưu / backup file
        file: PathBuf,
        #[command(flatten)]
        keys: Keys,
        /// Nhận cả cây đơn vị hỏng, để sửa sau bằng “unit mend” / take units that are no tree too, to mend them with “unit mend”
        #[arg(long)]
        broken_units: bool,
    },
    /// In tài liệu OpenAPI / print the OpenAPI document
    Openapi,
    /// Kho tệp / the file store
    #[command(subcommand)]
    Files(FilesCommand),
    /// Kế hoạch / plans
    #[command(subcommand)]
    Plan(PlanCommand),
    /// Cơ quan, đơn vị / units
    #[command(subcommand)]
    Unit(UnitCommand),
    /// Tên gọi đã ghi nhớ / names remembered
    #[command(subcommand)]
    Alias(AliasCommand),
    /// Tài khoản / accounts
    #[command(subcommand)]
    Account(AccountCommand),
    /// Mã truy cập / access tokens
    #[command(subcommand)]
    Token(TokenCommand),
    /// Nhật ký hoạt động / the activity ledger
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Báo cáo / reports
    #[command(subcommand)]
    Report(ReportCommand),
    /// Lịch làm việc / the working calendar
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// Dữ liệu nào được xóa sau bao nhiêu ngày / which rows are deleted after how many days
    Retention,
    /// Tỉnh minh họa / the invented province
    #[command(subcommand)]
    Demo(DemoCommand),
    /// A command of a domain.
    #[command(skip)]
    Of(webkit::Cli, clap::ArgMatches),
    /// In mã hoàn thành lệnh cho shell / print shell completions
    Completions {
        /// Loại shell / which shell
        shell: clap_complete::Shell,
    },
}

const TEMPLATE: &str = "{about-with-newline}
Cách dùng / Usage: {usage}

{all-args}{after-help}";

/// The command line with headings and help in both languages, all the way down.
pub fn bilingual(command: clap::Command) -> clap::Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let heading = |arg: clap::Arg| {
        let heading = if arg.is_positional() { "Tham số / Arguments" } else { "Tùy chọn / Options" };
        arg.help_heading(heading)
    };
    let help = clap::Arg::new("help")
        .short('h')
        .long("help")
        .action(clap::ArgAction::Help)
        .help("In hướng dẫn này / print this help");
    let command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .help_template(TEMPLATE)
        .subcommand_help_heading("Lệnh / Commands")
        .arg(help)
        .mut_args(heading);
    names.iter().fold(command, |command, name| command.mut_subcommand(name, bilingual))
}

/// The whole command line: the program's own commands, and those of the domains.
fn whole() -> clap::Command {
    crate::wiring::modules()
        .iter()
        .filter_map(|module| module.cli)
        .fold(Cli::command(), |command, cli| command.subcommand((cli.command)()))
}

fn parsed(matches: &clap::ArgMatches) -> Result<Cli, clap::Error> {
    let of_domain = matches.subcommand().and_then(|(name, args)| {
        let clis = crate::wiring::modules().into_iter().filter_map(|module| module.cli);
        clis.into_iter().find(|cli| (cli.command)().get_name() == name).map(|cli| Command::Of(cli, args.clone()))
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
    let text = webkit::Locales::new(&crate::wiring::modules()).map(|locales| words(&locales, problem, lang));
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
