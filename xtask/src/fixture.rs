//! What the program writes today, kept so that later programs are held to it: a data folder with its SQLite file and
//! ledger, the same rows as a PostgreSQL dump with the folder beside it, a backup under a passphrase and one in the clear.
//! Made once for each format of backups; what an earlier one wrote is not made anew, for no later program writes it.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::{setup, shell};

const UNITS: &str = "code,name,kind,parent code\nT00,Tỉnh Mẫu,province,\nT00.1,Ủy ban nhân dân tỉnh,committee,T00\n\
    T00.2,Sở Khoa học và Công nghệ,department,T00\nT00.3,Sở Tài chính,department,T00\n";
const PLAN: &str = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
    Số: 22/KH-UBND\nTỉnh Mẫu, ngày 05 tháng 8 năm 2026\nKẾ HOẠCH\nSử dụng hạ tầng dùng chung\nI. NHIỆM VỤ\n\
    1. Ban hành quy chế quản lý hạ tầng dùng chung của tỉnh.\n- Đơn vị chủ trì: Sở Khoa học và Công nghệ;\n\
    - Thời gian thực hiện: Tháng 12/2026.\n2. Rà soát định mức chi cho thuê dịch vụ số.\n\
    - Đơn vị chủ trì: Sở Tài chính;\n- Thời gian thực hiện: Quý I/2027.\n";
const NUMBER: &str = "/etc/machine-id";
/// Published with the files.
const PHRASE: &str = "một câu mật khẩu của bản sao\n";

/// The program over one of the folders below `work`.
struct Dinh<'a> {
    work: &'a Path,
    folder: &'a str,
    url: Option<&'a str>,
}

impl Dinh<'_> {
    /// In a box that has another name and number than this machine: who takes a job writes both down.
    fn command(&self, args: &[&str]) -> Command {
        let program = shell::root().join("target/debug/dinh");
        let mut command = shell::program("bwrap", &["--dev-bind", "/", "/", "--unshare-uts", "--hostname", "mau"]);
        if Path::new(NUMBER).exists() {
            command.arg("--ro-bind").arg(self.work.join("number")).arg(NUMBER);
        }
        command.arg(std::env::var_os("DINH").map_or(program, Into::into));
        command.args(args).args(["--data-dir", self.folder]).current_dir(self.work).env_remove("DINH_DATABASE_URL");
        // Who works at the console is written down too.
        command.env("USER", "mau");
        command.args(self.url.into_iter().flat_map(|url| ["--database-url", url]));
        command
    }

    fn says(&self, args: &[&str]) -> Result<String> {
        shell::output(&mut self.command(args))
    }

    /// An installation begins when it is first served; nothing else makes an empty one.
    fn begin(&self) -> Result<()> {
        let mut server =
            self.command(&["serve", "--listen", "127.0.0.1:0"]).stdout(std::process::Stdio::null()).spawn()?;
        let key = self.work.join(self.folder).join("ledger-checkpoints.jsonl");
        for _ in 0..300 {
            std::thread::sleep(std::time::Duration::from_millis(100));
            if key.metadata().is_ok_and(|file| file.len() > 0) {
                shell::run(&mut shell::program("pkill", &["-TERM", "-P", &server.id().to_string()]))?;
                server.wait()?;
                return Ok(());
            }
        }
        server.kill()?;
        bail!("the program signs no head")
    }
}

pub fn fixture(format: Option<&String>) -> Result<()> {
    let format: u32 = format.context("which format of backups, as in crates/db/src/backup?")?.parse()?;
    let manifest = std::fs::read_to_string(shell::root().join("crates/db/src/backup/manifest.rs"))?;
    if std::env::var_os("DINH").is_none() && !manifest.contains(&format!("const FORMAT: u32 = {format};")) {
        bail!("the program does not write format {format}");
    }
    let kept = shell::root().join(format!("crates/dinh/tests/fixtures/format_{format}"));
    if kept.exists() {
        bail!("{} is there; what a format was is not made anew", kept.display());
    }
    setup::readers()?;
    setup::xz()?;
    if std::env::var_os("DINH").is_none() {
        shell::run(&mut shell::cargo(&["build", "--package", "dinh"]))?;
    }
    let work = std::env::temp_dir().join(format!("dinh-fixture-{}", std::process::id()));
    std::fs::create_dir_all(&work)?;
    let made = make(&work);
    let moved = made.and_then(|()| keep(&work, &kept));
    std::fs::remove_dir_all(&work)?;
    moved
}

fn make(work: &Path) -> Result<()> {
    for (name, text) in [("units.csv", UNITS), ("plan.txt", PLAN), ("phrase.txt", PHRASE), ("number", "1\n")] {
        std::fs::write(work.join(name), text)?;
    }
    let dinh = Dinh { work, folder: "data", url: None };
    dinh.begin()?;
    dinh.says(&["unit", "import", "units.csv"])?;
    dinh.says(&["plan", "import", "plan.txt", "--approve"])?;
    dinh.says(&["account", "add", "--name", "Người Mẫu", "--login", "mau"])?;
    dinh.says(&["backup", "sealed.backup", "--passphrase-file", "phrase.txt"])?;
    dinh.says(&["backup", "clear.backup", "--without-keys"])?;
    std::fs::write(work.join("head.json"), dinh.says(&["ledger", "head", "--format", "json"])?)?;
    pack(work, "sqlite.tar.xz", &["data"])?;
    // The same installation over PostgreSQL: its folder has the key, the checkpoints and the files.
    std::fs::remove_dir_all(work.join("data"))?;
    let postgres = setup::postgres(false)?;
    let dinh = Dinh { url: Some(&postgres.url), ..dinh };
    dinh.says(&["restore", "sealed.backup", "--passphrase-file", "phrase.txt"])?;
    let dump = shell::output(&mut shell::program("pg_dump", &["--no-owner", "--no-privileges", &postgres.url]))?;
    // What newer ones write around a dump, and older ones do not read.
    let lines = dump.lines().filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict"));
    std::fs::write(work.join("dump.sql"), lines.collect::<Vec<_>>().join("\n") + "\n")?;
    pack(work, "postgres.tar.xz", &["data", "dump.sql"])
}

fn pack(work: &Path, name: &str, what: &[&str]) -> Result<()> {
    let flags = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name", "-cJf", name];
    shell::run(shell::program("tar", &flags).args(what).current_dir(work).env("XZ_OPT", "-9e"))
}

/// What is kept names neither this machine nor its folders.
fn keep(work: &Path, kept: &Path) -> Result<()> {
    let number = std::fs::read_to_string(NUMBER).unwrap_or_else(|_| work.display().to_string());
    let path = work.to_str().context("path")?;
    for archive in ["sqlite.tar.xz", "postgres.tar.xz"] {
        let bytes = shell::program("tar", &["-xJOf", archive]).current_dir(work).output()?.stdout;
        let holds = |text: &str| !text.is_empty() && bytes.windows(text.len()).any(|window| window == text.as_bytes());
        if bytes.is_empty() || holds(path) || holds(number.trim()) {
            bail!("{archive} is empty, or names this machine");
        }
    }
    std::fs::create_dir_all(kept)?;
    for name in ["sqlite.tar.xz", "postgres.tar.xz", "sealed.backup", "clear.backup", "head.json"] {
        std::fs::copy(work.join(name), kept.join(name))?;
    }
    println!("{}", kept.display());
    Ok(())
}
