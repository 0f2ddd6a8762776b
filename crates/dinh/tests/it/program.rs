//! The real program as a server over a house's data, and what a client says to it.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{
    documented,
    driver::free_port,
    house::{House, PASSWORD},
};

/// A server of the real program over the house's data, ended with this value.
pub struct Server {
    process: Child,
    pub port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn program(house: &House) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.env("DINH_DATA_DIR", &house.test.location.data_dir).env("DINH_SECOND_FACTOR", "optional");
    match &house.test.location.database_url {
        Some(url) => command.env("DINH_DATABASE_URL", url),
        None => command.env_remove("DINH_DATABASE_URL"),
    };
    command
}

impl Server {
    pub fn start(house: &House) -> Self {
        Self::start_with(house, &[])
    }

    /// With more settings, as variables of the environment.
    pub fn start_with(house: &House, settings: &[(&str, String)]) -> Self {
        let port = free_port();
        let mut command = program(house);
        command.arg("serve").env("DINH_LISTEN", format!("127.0.0.1:{port}"));
        command.envs(settings.iter().map(|(name, value)| (name, value)));
        Self::up(command, port)
    }

    /// Started as the command says, once it answers.
    pub fn up(mut command: Command, port: u16) -> Self {
        let process = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().unwrap();
        let server = Self { process, port };
        let start = Instant::now();
        while !ask(port, "GET /sign-in", "", "").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            assert!(start.elapsed() < Duration::from_mins(1), "the server does not come up");
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// Asks it to end, as the service manager does; how it ended, if it did so in time.
    pub fn terminate(&mut self, patience: Duration) -> Option<ExitStatus> {
        kill_process(Pid::from_child(&self.process), Signal::TERM).unwrap();
        let asked = Instant::now();
        while asked.elapsed() < patience {
            if let Some(status) = self.process.try_wait().unwrap() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

pub fn ask(port: u16, line: &str, cookie: &str, form: &str) -> Option<String> {
    send(port, line, cookie, "application/x-www-form-urlencoded", form)
}

pub fn send(port: u16, line: &str, cookie: &str, kind: &str, body: &str) -> Option<String> {
    let mut stream = begin(port, line, cookie, kind, body.len())?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    documented::check_raw(line, &answer);
    Some(String::from_utf8_lossy(&answer).into_owned())
}

/// A request whose body is still to come.
pub fn begin(port: u16, line: &str, cookie: &str, kind: &str, length: usize) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let head = format!(
        "{line} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\
         content-type: {kind}\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    Some(stream)
}

pub fn sign_in(port: u16, login: &str) -> String {
    let answer = ask(port, "POST /sign-in", "", &format!("login={login}&password={PASSWORD}")).unwrap();
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: dinh_session=")).expect(&answer);
    format!("dinh_session={}", cookie.split(';').next().unwrap())
}
