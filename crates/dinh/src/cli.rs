//! The command line. Contract: one JSON object on standard output with `--format json`; exit 0 done, 1 refused
//! (the reason on standard error), 2 wrong usage.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use kernel::Lang;
pub use webkit::Format;

mod subcommands;
mod words;

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
