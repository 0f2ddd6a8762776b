//! Foreign bytes are read where they can reach nothing: no file, no address, no program.

use std::{
    io::Write as _,
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use dinh::{child_process::Readers, gate::Patience, probe, sandbox::Sandbox, scratch::Scratch};
use programme::PlanReading;

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_dinh"))
}

fn readers(data: &Path, sandbox: Sandbox) -> Readers {
    Readers::new(program(), Scratch::open(data).unwrap(), sandbox)
}

/// An address that counts who calls.
fn listener() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            drop(stream);
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    (address, calls)
}

/// A folder that everybody may write in, with a file that everybody may read: only confinement keeps them shut.
fn targets(folder: &Path, address: &str) -> probe::Targets {
    let file = folder.join("dinh.sqlite");
    std::fs::write(&file, "rows").unwrap();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    probe::Targets { file: file.display().to_string(), folder: folder.display().to_string(), address: address.into() }
}

/// Runs a program as an ordinary user; none where the test itself is one already.
fn ordinary(program: &Path) -> Command {
    let is_root = std::fs::metadata("/proc/self").map(|own| std::os::unix::fs::MetadataExt::uid(&own)).unwrap() == 0;
    if !is_root {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(program);
    command
}

/// The program where an ordinary user finds it.
fn shared_program(folder: &Path) -> PathBuf {
    let path = folder.join("dinh");
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::copy(program(), &path).unwrap();
    path
}

#[tokio::test]
async fn a_reader_can_reach_no_file_no_address_and_no_program() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (address, _) = listener();
    let input = serde_json::to_vec(&targets(folder.path(), &address)).unwrap();
    let could = async |sandbox| {
        let answer = readers(data.path(), sandbox).ask(probe::ARGUMENT, input.clone(), Patience::Page).await.unwrap();
        serde_json::from_slice::<Vec<String>>(&answer).unwrap()
    };
    // What the attempts are worth: without confinement they succeed.
    let open = could(Sandbox::Off).await;
    for name in ["read", "list", "connect", "socket", "signal"] {
        assert!(open.iter().any(|could| could == name), "{name} is tried in vain anyway: {open:?}");
    }
    assert_eq!(could(Sandbox::Require).await, Vec::<String>::new());
}

#[test]
fn a_reader_of_an_ordinary_user_can_reach_nothing_either() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (address, _) = listener();
    let input = serde_json::to_vec(&targets(folder.path(), &address)).unwrap();
    let mut child = ordinary(&shared_program(home.path()))
        .args([probe::ARGUMENT, "confined"])
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "[]", "{output:?}");
}

#[tokio::test]
async fn a_tool_in_its_box_sees_the_folder_of_its_document_only() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (address, calls) = listener();
    let targets = targets(folder.path(), &address);
    let work = tempfile::tempdir().unwrap();
    let readers = readers(data.path(), Sandbox::Require);
    let mut command = readers.boxed(work.path()).await.unwrap();
    let arguments = [probe::ARGUMENT, "tool", &targets.file, &targets.folder, &targets.address];
    let output = command.args(arguments).output().await.unwrap();
    let could: Vec<String> = serde_json::from_slice(&output.stdout).unwrap();
    for name in ["read", "list", "write", "connect", "listen"] {
        assert!(!could.iter().any(|could| could == name), "{name}: {could:?}");
    }
    let mut command = readers.boxed(work.path()).await.unwrap();
    let output = command.args([probe::ARGUMENT, "tool", &targets.file, "/work", &targets.address]).output().await;
    let could: Vec<String> = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    assert!(could.iter().any(|could| could == "write"), "{could:?}");
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_linked_picture_makes_no_request() {
    let data = tempfile::tempdir().unwrap();
    let (address, calls) = listener();
    let document = testkit::hostile::linked(&address);
    readers(data.path(), Sandbox::Require).docx(&document).await.unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 0, "a request left the box");
    let _ = readers(data.path(), Sandbox::Off).docx(&document).await;
    assert!(calls.load(Ordering::SeqCst) > 0, "the document asks for nothing, so this test shows nothing");
}

#[tokio::test]
async fn without_bubblewrap_nothing_is_converted_and_the_package_is_named() {
    let (data, bin) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(bin.path().join("soffice"), "").unwrap();
    let scratch = Scratch::open(data.path()).unwrap();
    let bare = Readers::within(program(), scratch, Sandbox::Require, vec![bin.path().to_owned()]);
    let refused = bare.read(b"\xd0\xcf\x11\xe0 old".to_vec(), &|_, _| {}).await.unwrap_err();
    let expected = programme::Error::FileRefused { code: "plan-needs-sandbox", detail: "bubblewrap".into() };
    assert_eq!(refused, expected);
}

/// LibreOffice in its box, started by an ordinary user: the user namespaces of the kernel are what it rests on.
#[test]
fn an_ordinary_user_converts_an_old_word_file() {
    let home = tempfile::tempdir().unwrap();
    let program = shared_program(home.path());
    let made = Command::new("soffice")
        .args(["--headless", "--convert-to", "doc:MS Word 97", "--infilter=Text (encoded):UTF8", "--outdir"])
        .arg(home.path())
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/plans/dam-may.txt"))
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let temporary = home.path().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    std::fs::set_permissions(&temporary, std::fs::Permissions::from_mode(0o777)).unwrap();
    let read = ordinary(&program)
        .args(["plan", "read"])
        .arg(home.path().join("dam-may.doc"))
        .env("TMPDIR", &temporary)
        .env("HOME", &temporary)
        .current_dir(&temporary)
        .output()
        .unwrap();
    assert!(read.status.success(), "{read:?}");
    assert_eq!(String::from_utf8_lossy(&read.stdout).lines().count(), 7);
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "files were left behind");
}

/// Every process that descends from `root`.
pub fn descendants(root: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
            Some((pid, parent))
        })
        .collect();
    let mut found = vec![root];
    let mut at = 0;
    while at < found.len() {
        let of = found[at];
        found.extend(parents.iter().filter(|(_, parent)| *parent == of).map(|(pid, _)| *pid));
        at += 1;
    }
    found.split_off(1)
}

fn name_of(pid: u32) -> String {
    std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default().trim().to_owned()
}

#[test]
fn a_killed_program_leaves_no_tool_running_and_its_files_are_removed_at_the_next_start() {
    let data = tempfile::tempdir().unwrap();
    let dinh = |arguments: &[&str]| {
        let mut command = Command::new(program());
        command.args(arguments).arg("--data-dir").arg(data.path());
        command.env_remove("DINH_DATABASE_URL").stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert!(dinh(&["init", "--province", "48"]).status().unwrap().success());
    let scan = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/plans/an-ninh-mang-quet.pdf");
    let mut reading = dinh(&["plan", "import", scan.to_str().unwrap()]).spawn().unwrap();
    let start = Instant::now();
    let tools = loop {
        let tools = descendants(reading.id());
        if tools.iter().any(|pid| name_of(*pid) == "tesseract") {
            break tools;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "tesseract was never started");
        std::thread::sleep(Duration::from_millis(20));
    };
    reading.kill().unwrap();
    reading.wait().unwrap();
    let start = Instant::now();
    let alive = |pid: &&u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
    };
    while let Some(pid) = tools.iter().find(alive) {
        assert!(start.elapsed() < Duration::from_secs(5), "{} lives on", name_of(*pid));
        std::thread::sleep(Duration::from_millis(20));
    }
    let left = || {
        let runs = std::fs::read_dir(data.path().join("scratch")).unwrap().flatten();
        runs.filter(|entry| entry.file_name().to_string_lossy().starts_with("run-")).count()
    };
    assert_eq!(left(), 1, "the killed program had a folder");
    assert!(dinh(&["migrate"]).status().unwrap().success());
    assert_eq!(left(), 0, "it was removed by the next start");
}
