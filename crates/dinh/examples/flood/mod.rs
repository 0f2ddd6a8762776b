//! The real program over its own listener, while strangers flood it: sign-ins all at once, connections that dribble.

use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
};

use testkit::TestDb;

use crate::measure::percentile;

const SIGN_INS: usize = 300;
const SLOW: usize = 1000;
/// Strangers come from here, the people who are asked how it is from 127.0.0.1.
const ELSEWHERE: [[u8; 4]; 4] = [[127, 0, 0, 2], [127, 0, 0, 3], [127, 0, 0, 4], [127, 0, 0, 5]];

struct Server {
    process: Child,
    address: SocketAddr,
    _test: TestDb,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    async fn start(program: &std::path::Path) -> Self {
        let test = TestDb::open().await;
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut command = Command::new(program);
        match &test.location.database_url {
            Some(url) => command.env("DINH_DATABASE_URL", url),
            None => command.env_remove("DINH_DATABASE_URL"),
        };
        let process = command
            .args(["serve", "--demo", "--data-dir"])
            .arg(&test.location.data_dir)
            .env("DINH_LISTEN", address.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { process, address, _test: test };
        while server.page().await.is_none() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        server
    }

    /// What is in memory now, and at its height until now, in MB.
    fn memory(&self) -> (f64, f64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let field = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
        };
        (field("VmRSS"), field("VmHWM"))
    }

    async fn connect(&self, from: [u8; 4]) -> std::io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((from, 0)))?;
        socket.connect(self.address).await
    }

    async fn ask(&self, from: [u8; 4], request: &str) -> std::io::Result<String> {
        let mut stream = self.connect(from).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// How long one page takes; nothing when it was not served.
    async fn page(&self) -> Option<Duration> {
        let start = Instant::now();
        let request = format!("GET /sign-in HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address);
        let answer = tokio::time::timeout(Duration::from_secs(20), self.ask([127, 0, 0, 1], &request)).await;
        answer.ok()?.ok().filter(|answer| answer.starts_with("HTTP/1.1 200")).map(|_| start.elapsed())
    }

    /// Ten pages a second until the future is done.
    async fn pages_meanwhile<T>(&self, name: &str, meanwhile: impl Future<Output = T>) -> T {
        let (before, _) = self.memory();
        let (mut times, mut refused) = (Vec::new(), 0);
        let mut tick = tokio::time::interval(Duration::from_millis(100));
        tokio::pin!(meanwhile);
        let done = loop {
            tokio::select! {
                done = &mut meanwhile => break done,
                _ = tick.tick() => match self.page().await {
                    Some(time) => times.push(time),
                    None => refused += 1,
                },
            }
        };
        times.sort_unstable();
        let (after, height) = self.memory();
        println!(
            "{name}: {} pages, p50 {:.1} ms, p95 {:.1} ms, longest {:.1} ms, {refused} not served; memory {before:.0} MB before, {after:.0} MB after, {height:.0} MB at its height",
            times.len(),
            percentile(&times, 50),
            percentile(&times, 95),
            percentile(&times, 100),
        );
        done
    }

    /// One try to sign in; the answer's status.
    async fn sign_in(&self, from: [u8; 4], login: String, password: &str) -> String {
        let form = format!("login={login}&password={password}");
        let request = format!(
            "POST /sign-in HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            self.address,
            form.len()
        );
        let answer = self.ask(from, &request).await.unwrap_or_default();
        answer.split(' ').nth(1).unwrap_or("none").to_owned()
    }
}

/// Counts of equal words.
fn counted(mut words: Vec<String>) -> String {
    words.sort();
    let groups = words.chunk_by(|a, b| a == b).map(|group| format!("{} x {}", group.len(), group[0]));
    groups.collect::<Vec<_>>().join(", ")
}

pub async fn flood(program: &std::path::Path) {
    let server = Server::start(program).await;
    let rest = tokio::time::sleep(Duration::from_secs(5));
    server.pages_meanwhile("pages at rest", rest).await;
    let right = directory::usecase::demo::PASSWORD;
    let one = |_: usize| "thu".to_owned();
    let many = |n: usize| format!("ten{n}");
    let (one, many): (&dyn Fn(usize) -> String, &dyn Fn(usize) -> String) = (&one, &many);
    let cases = [
        ("right ones of one person", one, right),
        ("wrong ones, as many names", many, "sai"),
        ("wrong ones, one name", one, "sai"),
    ];
    for (name, login, password) in cases {
        let try_one = |n: usize| server.sign_in(ELSEWHERE[n % ELSEWHERE.len()], login(n), password);
        let all = futures::future::join_all((0..SIGN_INS).map(try_one));
        let start = Instant::now();
        let said = server.pages_meanwhile(&format!("{SIGN_INS} sign-ins at once, {name}"), all).await;
        println!("  answered within {:.1} s: {}", start.elapsed().as_secs_f64(), counted(said));
    }
    let mut slow = Vec::new();
    for n in 0..SLOW {
        let Ok(mut stream) = server.connect(ELSEWHERE[n % ELSEWHERE.len()]).await else { continue };
        let _ = stream.write_all(b"GET /sign-in HTTP/1.1\r\nhost: ").await;
        slow.push(stream);
    }
    let dribble = async {
        for _ in 0..15 {
            for stream in &mut slow {
                let _ = stream.write_all(b"a").await;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    };
    server.pages_meanwhile(&format!("{SLOW} connections that dribble a head"), dribble).await;
}
