//! The command line. Contract: one JSON object on standard output with `--format json`; exit 0 done, 1 refused
//! (the reason on standard error), 2 wrong usage.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use kernel::{Lang, Problem};

use crate::{commands, config::Config, people_commands};

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
    /// In mã hoàn thành lệnh cho shell / print shell completions
    Completions {
        /// Loại shell / which shell
        shell: clap_complete::Shell,
    },
}

/// Whether a backup is encrypted and holds the ledger's key; one of the two must be said.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Keys {
    /// Tệp chứa câu mật khẩu mã hóa toàn bộ bản sao lưu / file with the passphrase that encrypts the whole backup
    #[arg(long)]
    pub passphrase_file: Option<PathBuf>,
    /// Không mã hóa, không kèm khóa và điểm kiểm của nhật ký / in the clear, without the ledger's key and checkpoints
    #[arg(long)]
    pub without_keys: bool,
}

#[derive(Debug, Subcommand)]
pub enum FilesCommand {
    /// Đọc lại mọi tệp và so với mã băm / read every file and compare it with its hash
    Check,
    /// Xác nhận thư mục này đi với cơ sở dữ liệu này / say that this folder and this database belong together
    Tie {
        /// Vì sao / why
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Đọc văn bản, không ghi gì / read a document and store nothing
    Read {
        /// Tệp cần đọc / file to read
        file: PathBuf,
    },
    /// Đối chiếu kế hoạch cấp dưới với kế hoạch cấp trên / compare a plan with the plan above it
    Compare {
        /// Kế hoạch cấp dưới: số hoặc mã / the plan below: number or id
        below: String,
        /// Kế hoạch cấp trên: số hoặc mã / the plan above: number or id
        above: String,
    },
    /// Tìm trong toàn văn các kế hoạch / search the text of all plans
    Search {
        /// Các chữ cần tìm / words to look for
        words: Vec<String>,
    },
    /// Nhập văn bản / take a document in
    Import {
        /// Tệp cần đọc / file to read
        file: PathBuf,
        /// Duyệt ngay; bị từ chối khi còn điểm cần xử lý / approve at once; refused while questions are open
        #[arg(long)]
        approve: bool,
    },
    /// Xác nhận văn bản ban hành nhân danh một cơ quan / say whether a plan is the body's in whose name it stands
    Confirm {
        /// Số, mã hoặc tên kế hoạch / number, id or title of the plan
        plan: String,
        /// Cơ quan theo dõi, được trao quyền giao việc / the body that follows it and so may give work; needed unless it is the issuing body or its office
        #[arg(long)]
        follower: Option<String>,
        /// Không phải văn bản của cơ quan, và vì sao / it is not the body's own, and why
        #[arg(long, conflicts_with_all = ["follower", "take_back"])]
        refuse: Option<String>,
        /// Rút lại lời đã nói / take back what was said
        #[arg(long, conflicts_with = "follower")]
        take_back: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum UnitCommand {
    /// Nhập danh sách CSV / import a CSV list
    Import {
        /// Tệp cần đọc / file to read
        file: PathBuf,
    },
    /// Xem chỗ hỏng của cây đơn vị, hoặc sửa / see what is wrong with the tree of units, or mend it
    Mend {
        /// ĐƠN_VỊ=CẤP_TRÊN theo mã hệ thống, hoặc ĐƠN_VỊ=root; nhiều lần / UNIT=UNIT_ABOVE by id, or UNIT=root; may be repeated
        #[arg(long, value_parser = people_commands::place)]
        set: Vec<(kernel::UnitId, Option<kernel::UnitId>)>,
    },
}

#[derive(Debug, Subcommand)]
pub enum AliasCommand {
    /// Liệt kê tên gọi đã ghi nhớ / list the names remembered
    List,
    /// Bỏ ghi nhớ một tên gọi / forget a name
    Remove {
        /// Mã của tên gọi, như trong danh sách / id of the name, as listed
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Đóng tài khoản / close an account
    Close {
        /// Tên đăng nhập / login
        #[arg(long)]
        login: String,
    },
    /// Mở lại tài khoản / open a closed account
    Open {
        /// Tên đăng nhập / login
        #[arg(long)]
        login: String,
    },
    /// In đường dẫn thiết lập lần đầu mới; đường dẫn cũ hết hiệu lực / print a new first set-up link; the old one ends
    FirstLink,
    /// Thêm người và in đường dẫn đăng nhập / add a person and print the sign-in link
    Add {
        /// Họ và tên / full name
        #[arg(long)]
        name: String,
        /// Tên đăng nhập / login
        #[arg(long)]
        login: String,
        /// Tên đơn vị, mặc định là tỉnh / name of the unit, the province by default
        #[arg(long)]
        unit: Option<String>,
        /// Vai trò / role: leader, programme, officer, unit_admin, system_admin
        #[arg(long, default_value = "officer")]
        role: String,
    },
    /// Xác thực hai bước / two-step sign-in
    #[command(subcommand)]
    SecondFactor(SecondFactorCommand),
}

#[derive(Debug, Subcommand)]
pub enum SecondFactorCommand {
    /// Đặt lại khi không còn quản trị nào khác làm được / reset, when no other administrator can
    Reset {
        /// Tên đăng nhập / login
        login: String,
        /// Lý do, ghi vào nhật ký / reason, written into the ledger
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Liệt kê mã còn hiệu lực / list tokens in force
    List,
    /// Thu hồi một mã / revoke a token
    Revoke {
        /// Mã của mã truy cập, xem token list / the token's id, see token list
        token: kernel::ids::TokenId,
    },
    /// Tạo mã truy cập / make a token
    Add {
        /// Tên đăng nhập của người giữ mã / login of the token's holder
        #[arg(long)]
        login: String,
        /// Dùng vào việc gì / what it is for
        #[arg(long)]
        name: String,
        /// Ngày cuối cùng còn hiệu lực / last day in force
        #[arg(long)]
        until: jiff::civil::Date,
        /// Chỉ đọc / read only
        #[arg(long)]
        read_only: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// Liệt kê báo cáo / list reports
    List,
    /// Xuất báo cáo tổng hợp, hoặc của một đơn vị / export the consolidated report, or a unit's
    Export {
        /// Kế hoạch: số hoặc mã / the plan: number or id
        #[arg(long)]
        plan: Option<String>,
        /// Kỳ: 2026-M11, 2026-Q4, 2026-H2, 2026 / the period
        #[arg(long)]
        period: String,
        /// Tên đơn vị; không có thì là báo cáo tổng hợp / name of the unit, the consolidated report without it
        #[arg(long)]
        unit: Option<String>,
        /// Tệp sẽ ghi / file to write
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Tính hạn theo ngày làm việc / the end of so many working days
    Deadline {
        /// Lúc nhận, giờ Việt Nam / received at, in Vietnam's time: 2026-04-28T16:00
        #[arg(long)]
        from: jiff::civil::DateTime,
        /// Số ngày làm việc / working days
        #[arg(long)]
        days: i32,
        /// Nhận sau giờ này tính ngày làm việc kế tiếp / what comes later counts from the next working day
        #[arg(long, default_value = "15:00")]
        cutoff: jiff::civil::Time,
    },
}

#[derive(Debug, Subcommand)]
pub enum DemoCommand {
    /// Chơi trọn một năm trên đồng hồ đứng yên / play one whole year on a frozen clock
    Year,
}

#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Kiểm tra toàn bộ chuỗi và dữ liệu được niêm phong / verify the whole chain and the sealed rows
    Verify {
        /// Đọc cả các tệp được nêu trong dữ liệu / read the files that rows name, too
        #[arg(long)]
        files: bool,
        /// Đầu chuỗi trong một thư đã giữ: SỐ:MÃ / a head from a letter that was kept: NUMBER:HASH
        #[arg(long)]
        against: Vec<db::Named>,
        /// Dấu thời gian giữ ở nơi khác (.tsr hoặc .der), cần timestamp_ca / a time-stamp kept elsewhere, needs timestamp_ca
        #[arg(long)]
        stamp: Vec<PathBuf>,
    },
    /// In đầu chuỗi đã ký gần nhất / print the head that was signed last
    Head,
    /// Ghi tiếp theo giờ máy chủ hiện nay dù nhật ký có mục muộn hơn / go on under the present clock though the ledger is ahead
    AcceptClock {
        /// Lý do, được ghi vào nhật ký / why; kept in the ledger
        #[arg(long)]
        reason: String,
    },
    /// Ký tiếp dù dữ liệu không nối từ đầu chuỗi đã ký / sign on though the data does not descend from the signed head
    AcceptHead {
        /// Lý do, được ghi vào nhật ký / why; kept in the ledger
        #[arg(long)]
        reason: String,
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

fn parse() -> Cli {
    let version = clap::Arg::new("version")
        .short('V')
        .long("version")
        .action(clap::ArgAction::Version)
        .help("In phiên bản / print the version");
    let matches = bilingual(Cli::command().disable_version_flag(true).arg(version)).try_get_matches();
    matches.and_then(|matches| Cli::from_arg_matches(&matches)).unwrap_or_else(|error| {
        if error.use_stderr() {
            commands::complain("Lệnh chưa đúng, chưa có gì được làm / wrong usage, nothing was done");
        }
        error.exit()
    })
}

/// Parses, runs, reports. Wrong usage exits with 2 inside clap.
pub fn run() -> ExitCode {
    let cli = parse();
    let config = match Config::load() {
        Ok(config) => config,
        Err(message) => return commands::refuse(&message),
    };
    let lang = cli.global.lang.into();
    let config = match with_flags(config, &cli) {
        Ok(config) => config,
        Err(problem) => return commands::refuse(&sentence(&problem, lang)),
    };
    commands::start_log(&config.log);
    if let Command::Completions { shell } = cli.command {
        clap_complete::generate(shell, &mut bilingual(Cli::command()), "dinh", &mut std::io::stdout());
        return ExitCode::SUCCESS;
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return commands::refuse(&error.to_string()),
    };
    match runtime.block_on(commands::run(cli, config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => commands::refuse(&sentence(&problem, lang)),
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

fn sentence(problem: &Problem, lang: Lang) -> String {
    let text = webkit::Locales::new(&crate::wiring::modules()).map(|locales| locales.problem(lang, problem));
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
