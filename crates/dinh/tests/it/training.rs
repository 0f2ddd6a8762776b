//! The training site of the real program: invented data in a folder of its own, a banner, a cookie of its own.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::driver::free_port;

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
    Some(String::from_utf8_lossy(&answer).into_owned())
}

fn get(port: u16, path: &str) -> Option<String> {
    ask(port, &format!("GET {path} HTTP/1.1\r\nhost: dinh.test\r\nconnection: close\r\n\r\n"))
}

#[test]
fn training_stands_beside_the_real_site_and_apart_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let (real, training) = (free_port(), free_port());
    let program = Command::new(env!("CARGO_BIN_EXE_dinh"))
        .args(["serve", "--data-dir"])
        .arg(folder.path())
        .env("DINH_LISTEN", format!("127.0.0.1:{real}"))
        .env("DINH_TRAINING_LISTEN", format!("127.0.0.1:{training}"))
        .env("DINH_SMTP_URL", "smtp://127.0.0.1:1")
        .env("DINH_MAIL_FROM", "dinh@tinhmau.example")
        .env_remove("DINH_DATABASE_URL")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _program = Program(program);
    let start = Instant::now();
    let page = loop {
        if let Some(page) = get(training, "/sign-in").filter(|page| page.starts_with("HTTP/1.1 200")) {
            break page;
        }
        assert!(start.elapsed() < Duration::from_mins(2), "training does not come up");
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
