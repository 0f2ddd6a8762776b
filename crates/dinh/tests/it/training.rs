//! The training site of the real program: invented data in a folder of its own, a banner, a cookie of its own, and a
//! process of its own that can die without the real site.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{documented, driver::free_port};

struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ask(port: u16, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    documented::check_raw(request, &answer);
    Some(String::from_utf8_lossy(&answer).into_owned())
}

fn get(port: u16, path: &str) -> Option<String> {
    ask(port, &format!("GET {path} HTTP/1.1\r\nhost: dinh.test\r\nconnection: close\r\n\r\n"))
}

fn serve(folder: &Path, real: u16, training: u16, more: &[(&str, &str)]) -> Program {
    let program = Command::new(env!("CARGO_BIN_EXE_dinh"))
        .args(["serve", "--data-dir"])
        .arg(folder)
        .env("DINH_LISTEN", format!("127.0.0.1:{real}"))
        .env("DINH_TRAINING_LISTEN", format!("127.0.0.1:{training}"))
        .env("DINH_SMTP_URL", "smtp://127.0.0.1:1")
        .env("DINH_MAIL_FROM", "dinh@tinhmau.example")
        .envs(more.iter().copied())
        .env_remove("DINH_DATABASE_URL")
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(folder.join("log")).unwrap())
        .spawn()
        .unwrap();
    Program(program)
}

fn is_up(port: u16) -> bool {
    get(port, "/sign-in").is_some_and(|page| page.starts_with("HTTP/1.1 200"))
}

fn wait_until(what: &str, true_at_last: impl Fn() -> bool) {
    let start = Instant::now();
    while !true_at_last() {
        assert!(start.elapsed() < Duration::from_mins(6), "{what}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// The training child of a program, and whether a process is alive.
fn child_of(program: &Program) -> Option<u32> {
    let ours = program.0.id();
    let alive = |id: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let mut fields = stat.rsplit_once(") ")?.1.split(' ');
        let (state, parent) = (fields.next()?.to_owned(), fields.next()?.parse::<u32>().ok()?);
        let command = std::fs::read_to_string(format!("/proc/{id}/cmdline")).ok()?;
        (parent == ours && state != "Z" && command.contains("__training")).then_some(id)
    };
    let ids = std::fs::read_dir("/proc").unwrap().flatten();
    ids.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).find_map(alive)
}

fn kill(id: u32) {
    assert!(Command::new("kill").args(["-9", &id.to_string()]).status().unwrap().success());
}

/// C6: what happens to training does not happen to the real site, and nothing of training outlives it.
#[test]
fn training_dies_alone_comes_back_and_ends_with_the_real_site() {
    let folder = tempfile::tempdir().unwrap();
    let (real, training) = (free_port(), free_port());
    let mut program = serve(folder.path(), real, training, &[]);
    wait_until("training does not come up", || is_up(training));
    assert!(is_up(real));
    let first = child_of(&program).expect("training is a process of its own");
    let status = std::fs::read_to_string(format!("/proc/{first}/limits")).unwrap();
    let memory = status.lines().find(|line| line.starts_with("Max address space")).unwrap();
    assert!(memory.contains("2147483648"), "{memory}");
    kill(first);
    assert!(is_up(real), "the real site goes on");
    wait_until("training does not come back", || is_up(training));
    let second = child_of(&program).unwrap();
    assert_ne!(first, second);
    assert!(is_up(real));
    // As hard as it can be: the parent has no time to end anything.
    program.0.kill().unwrap();
    program.0.wait().unwrap();
    wait_until("training outlives the real site", || !Path::new(&format!("/proc/{second}")).exists());
    assert!(!is_up(training));
}

#[test]
fn training_that_takes_too_much_memory_is_ended_and_tried_again_more_and_more_seldom() {
    let folder = tempfile::tempdir().unwrap();
    let (real, training) = (free_port(), free_port());
    let _program = serve(folder.path(), real, training, &[("DINH_TRAINING_MEMORY_MB", "64")]);
    let log = || std::fs::read_to_string(folder.path().join("log")).unwrap();
    let deaths = || log().matches("the training site ended").count();
    wait_until("training does not die of its limit", || deaths() >= 3);
    wait_until("the real site does not come up", || is_up(real));
    assert!(!is_up(training));
    let said = log();
    assert!(said.contains("pause=1") && said.contains("pause=2") && said.contains("pause=4"), "{said}");
}

#[test]
fn training_stands_beside_the_real_site_and_apart_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let (real, training) = (free_port(), free_port());
    let _program = serve(folder.path(), real, training, &[]);
    let start = Instant::now();
    let page = loop {
        if let Some(page) = get(training, "/sign-in").filter(|page| page.starts_with("HTTP/1.1 200")) {
            break page;
        }
        assert!(start.elapsed() < Duration::from_mins(6), "training does not come up");
        std::thread::sleep(Duration::from_millis(200));
    };
    assert!(page.contains("Chế độ tập huấn"), "{page}");
    let form = "login=vidu&password=tinh-mau-2026";
    let sign_in = |port: u16| {
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nhost: dinh.test\r\nconnection: close\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        );
        ask(port, &head).unwrap()
    };
    let signed = sign_in(training);
    assert!(signed.contains("dinh_training=") && !signed.contains("dinh_session="), "{signed}");
    // The people of the training site are nobody at the real one, which has no banner.
    let stranger = sign_in(real);
    assert!(!stranger.contains("set-cookie: dinh_session=") && !stranger.contains("Chế độ tập huấn"), "{stranger}");
    // With a session: the year is there, and there is no way out.
    let cookie = signed.split("dinh_training=").nth(1).unwrap().split(';').next().unwrap();
    let with = |path: &str| {
        ask(
            training,
            &format!(
                "GET {path} HTTP/1.1\r\nhost: dinh.test\r\nconnection: close\r\ncookie: dinh_training={cookie}\r\n\r\n"
            ),
        )
        .unwrap()
    };
    assert!(with("/board").contains("Chế độ tập huấn"));
    assert!(with("/notices").contains("Máy chủ thư chưa được cài đặt"));
    assert!(folder.path().join("training/dinh.sqlite").is_file());
}
