//! The commands of each part of the house.

use std::path::PathBuf;

use clap::Subcommand;

use super::words;

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
        /// Cả vị trí của từng câu (JSON) / where each sentence ended, too (JSON)
        #[arg(long)]
        spans: bool,
    },
    /// Đối chiếu kế hoạch cấp dưới với kế hoạch cấp trên / compare a plan with the plan above it
    Compare {
        /// Kế hoạch cấp dưới: số hoặc mã / the plan below: number or id
        below: String,
        /// Kế hoạch cấp trên: số hoặc mã / the plan above: number or id
        above: String,
        /// Tệp bảng đối chiếu, cùng --format xlsx / file of the workbook, with --format xlsx
        #[arg(long)]
        out: Option<PathBuf>,
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
    /// Thu hồi kế hoạch đang thực hiện / withdraw a live plan
    Withdraw {
        /// Số, mã hoặc tên kế hoạch / number, id or title of the plan
        plan: String,
        /// Lý do / why
        #[arg(long)]
        reason: String,
        /// Kể từ ngày; mặc định hôm nay / since when; today by default
        #[arg(long, value_parser = words::day)]
        day: Option<jiff::civil::Date>,
        /// Số văn bản thu hồi / number of the document that withdraws it
        #[arg(long, default_value = "")]
        number: String,
    },
    /// Xóa văn bản không đọc được hoặc chưa duyệt / remove a document that could not be read or was not approved
    Remove {
        /// Số, mã hoặc tên kế hoạch / number, id or title of the plan
        plan: String,
        /// Lý do / why
        #[arg(long)]
        reason: String,
    },
    /// Hoàn tác một lần sửa, thu hồi / take back an act on a live plan
    Undo {
        /// Mã của lần sửa / id of the act
        change: programme::ids::ChangeId,
    },
}

#[derive(Debug, Subcommand)]
pub enum UnitCommand {
    /// Nhập danh sách Excel, CSV / import a list in Excel or CSV
    Import {
        /// Tệp cần đọc / file to read
        file: PathBuf,
    },
    /// Xem chỗ hỏng của cây đơn vị, hoặc sửa / see what is wrong with the tree of units, or mend it
    Mend {
        /// ĐƠN_VỊ=CẤP_TRÊN theo mã hệ thống, hoặc ĐƠN_VỊ=root; nhiều lần / UNIT=UNIT_ABOVE by id, or UNIT=root; may be repeated
        #[arg(long, value_parser = words::place)]
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
    /// Cấp lại phiếu đăng nhập: mật khẩu cũ, các phiên và mã hết hiệu lực / a new sign-in slip: the old password, sessions and tokens end
    Slip {
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
        /// Tên đơn vị, trùng tên thì thêm cấp trên: "Phòng Kinh tế, UBND xã X"; mặc định là tỉnh / name of the unit, with the one above it where several bear it; the province by default
        #[arg(long)]
        unit: Option<String>,
        /// Vai trò / role: leader (lãnh đạo), head (trưởng phòng), officer (chuyên viên), clerk (văn thư), programme (chuyên viên theo dõi), unit_admin, system_admin
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
        /// Ngày cuối cùng còn hiệu lực: 31/12/2026 hoặc 2026-12-31 / last day in force
        #[arg(long, value_parser = words::day)]
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
