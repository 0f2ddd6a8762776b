//! The site as the guide sets it up: a real nginx with the guide's file in front of the real program with the guide's
//! settings. Only ports, folders and the certificate are the test's own.

mod visitor;

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use self::visitor::{FORM, Visitor, head, rest, status_of};
use crate::{
    driver::free_port,
    house::House,
    program::{Server, ask, program},
};

const SITE: &str = include_str!("../../../../docs/deploy/nginx.conf");
const GUIDE: &str = include_str!("../../../../docs/hardening.md");
const MB: usize = 1 << 20;

/// Where Debian installs it, also for those whose `PATH` has no folder of administrators.
pub fn nginx() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    let found = folders.map(|folder| folder.join("nginx")).find(|program| program.is_file());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "nginx is missing: cargo xtask test installs it");
        println!("SKIPPED: nginx is not installed");
    }
    found
}

/// A text of the guide with one thing of the test's own in it.
fn put(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "“{from}” does not stand in the guide");
    text.replace(from, to)
}

/// A certificate for the guide's host, which signs itself.
pub fn certify(folder: &Path) {
    let request = "[req]\ndistinguished_name = dn\nprompt = no\nx509_extensions = own\n[dn]\nCN = dinh.example\n\
        [own]\nbasicConstraints = critical,CA:FALSE\nsubjectAltName = DNS:dinh.example\n";
    fs::write(folder.join("req.cnf"), request).unwrap();
    let made = Command::new("openssl")
        .args(
            "req -x509 -newkey rsa:2048 -nodes -days 2 -config req.cnf -keyout privkey.pem -out fullchain.pem"
                .split(' '),
        )
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// nginx around the guide's file, as Debian's own settings have it around.
pub fn whole(folder: &Path, site: &str) -> String {
    let here = folder.display();
    // As root it would give its workers to a user who may not enter the test's folder.
    let user = if rustix::process::geteuid().is_root() { "user root;\n" } else { "" };
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {here}/{name};\n"))
        .concat();
    format!(
        "{user}daemon off;\nworker_processes 2;\npid {here}/nginx.pid;\nerror_log {here}/error.log;\n\
         events {{ worker_connections 768; }}\nhttp {{\nsendfile on;\ntcp_nopush on;\ngzip on;\n\
         default_type application/octet-stream;\naccess_log off;\n{temporary}{site}\n}}\n"
    )
}

struct Nginx {
    process: Child,
    folder: tempfile::TempDir,
    http: u16,
    https: u16,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // One that is killed leaves its workers behind.
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}

impl Nginx {
    fn start(program: &Path, behind: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        certify(folder.path());
        let (http, https) = (free_port(), free_port());
        let mut site = put(SITE, "/etc/ssl/dinh", folder.path().to_str().unwrap());
        site = put(&site, "server 127.0.0.1:8080;", &format!("server 127.0.0.1:{behind};"));
        for (named, port) in [("80", http), ("443", https)] {
            site = put(&site, &format!("listen {named}"), &format!("listen 127.0.0.1:{port}"));
            site = put(&site, &format!("listen [::]:{named}"), &format!("listen [::1]:{port}"));
        }
        if TcpListener::bind("[::1]:0").is_err() {
            site = site.lines().filter(|line| !line.contains("listen [::1]")).collect::<Vec<_>>().join("\n");
        }
        let file = folder.path().join("whole.conf");
        fs::write(&file, whole(folder.path(), &site)).unwrap();
        let process = Command::new(program)
            .arg("-p")
            .arg(folder.path())
            .arg("-c")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let nginx = Self { process, folder, http, https };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", https)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(20), "nginx does not come up: {}", nginx.log());
            std::thread::sleep(Duration::from_millis(50));
        }
        nginx
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("error.log")).unwrap_or_default()
    }

    /// Somebody at an address of this machine, who trusts nothing but the site's certificate.
    fn visitor(&self, from: &str) -> Visitor {
        let mut roots = RootCertStore::empty();
        let own = CertificateDer::from_pem_file(self.folder.path().join("fullchain.pem")).unwrap();
        roots.add(own).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Visitor { from: SocketAddr::new(from.parse().unwrap(), 0), https: self.https, config, cookie: String::new() }
    }
}

/// The guide's `dinh.toml`, as far as it says where the program listens and whom it believes.
fn settings(port: u16, ops: u16) -> String {
    let wanted = ["listen = ", "base_url = ", "trusted_proxies = ", "ops_listen = "];
    let lines = GUIDE.lines().filter_map(|line| line.strip_prefix("    "));
    let lines: Vec<&str> = lines.filter(|line| wanted.iter().any(|name| line.starts_with(name))).collect();
    assert_eq!(lines.len(), wanted.len(), "{lines:?}");
    put(
        &put(&lines.join("\n"), "127.0.0.1:8080", &format!("127.0.0.1:{port}")),
        "127.0.0.1:9464",
        &format!("127.0.0.1:{ops}"),
    )
}

/// The program and nginx as the guide sets them up, and where those who watch come in.
struct Site {
    server: Server,
    nginx: Nginx,
    ops: u16,
    _folder: tempfile::TempDir,
}

impl Site {
    fn open(house: &House) -> Option<Self> {
        let installed = nginx()?;
        let (folder, port, ops) = (tempfile::tempdir().unwrap(), free_port(), free_port());
        fs::write(folder.path().join("dinh.toml"), settings(port, ops)).unwrap();
        let mut command = program(house);
        command.arg("serve").current_dir(folder.path());
        let server = Server::up(command, port);
        let nginx = Nginx::start(&installed, port);
        Some(Self { server, nginx, ops, _folder: folder })
    }

    /// How many requests came to the program that no route of it takes.
    fn strays(&self) -> String {
        let numbers = ask(self.ops, "GET /metrics", "", "").unwrap();
        assert!(numbers.starts_with("HTTP/1.1 200"), "{numbers}");
        let strays = numbers.lines().filter(|line| line.starts_with("dinh_http_requests_total{route=\"none\""));
        strays.collect::<Vec<_>>().join("\n")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_comes_over_tls_with_each_header_once_and_what_is_inside_stays_there() {
    let house = House::people().await;
    let Some(site) = Site::open(&house) else { return };
    let plain = ask(site.nginx.http, "GET /sign-in?next=/work", "", "").unwrap();
    assert!(plain.starts_with("HTTP/1.1 301"), "{plain}");
    assert!(plain.contains("\r\nLocation: https://dinh.example/sign-in?next=/work\r\n"), "{plain}");

    let visitor = site.nginx.visitor("127.0.0.2");
    let page = visitor.ask("GET /sign-in", "");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("name=\"password\""), "{page} {}", site.nginx.log());
    let names: Vec<String> =
        head(&page).lines().skip(1).map(|line| line.split(':').next().unwrap().to_lowercase()).collect();
    for name in ["content-security-policy", "strict-transport-security", "x-content-type-options", "referrer-policy"] {
        assert_eq!(names.iter().filter(|found| *found == name).count(), 1, "{name}: {}", head(&page));
    }
    assert!(head(&page).contains("\r\nServer: nginx\r\n"), "without its version: {}", head(&page));

    let mut second = site.nginx.visitor("127.0.0.2");
    second.config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let mut stream = second.connect();
    stream.conn.complete_io(&mut stream.sock).unwrap();
    assert_eq!(stream.conn.alpn_protocol(), Some(b"h2".as_slice()));

    // Another name gets no answer, be it that of this machine.
    let before = site.strays();
    for (line, host) in [
        ("GET /sign-in", "evil.example"),
        ("GET /sign-in", "localhost"),
        ("GET /metrics", &format!("127.0.0.1:{}", site.ops)),
        (&format!("GET http://127.0.0.1:{}/metrics", site.ops), "dinh.example"),
    ] {
        let mut stream = visitor.connect();
        write!(stream, "{line} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
        assert_eq!(rest(&mut stream), "", "{line} {host}");
    }
    for path in ["/metrics", "/health/live", "/health/ready", "/%6detrics", "//metrics", "/a/../health/ready"] {
        let answer = visitor.ask(&format!("GET {path}"), "");
        assert!(answer.starts_with("HTTP/1.1 404") && !answer.contains("dinh_"), "{path}: {answer}");
    }
    assert_eq!(site.strays(), before, "none of it came to the program");
    for path in ["/metrics", "/health/live"] {
        assert!(ask(site.ops, &format!("GET {path}"), "", "").unwrap().starts_with("HTTP/1.1 200"), "{path}");
    }
    visitor.ask("GET /nowhere", "");
    assert_ne!(site.strays(), before, "what no route takes is counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_sees_who_comes_and_not_what_they_write_of_themselves() {
    let house = House::people().await;
    let Some(site) = Site::open(&house) else { return };
    let forged = "sec-fetch-site: same-origin\r\nx-forwarded-for: 203.0.113.9\r\nx-real-ip: 203.0.113.8\r\n\
         forwarded: for=203.0.113.7\r\n";
    for (from, headers) in [("127.0.0.2", "sec-fetch-site: same-origin\r\n"), ("127.0.0.3", forged)] {
        let form = b"login=nobody-here&password=wrong-all-the-same";
        let refused = site.nginx.visitor(from).send("POST /sign-in", headers, FORM, form);
        assert!(head(&refused).starts_with("HTTP/1.1 4"), "{refused}");
    }
    let seen = async || {
        #[derive(db::FromQueryResult)]
        struct Row {
            address: String,
        }
        let sql = "SELECT DISTINCT address FROM web_refusal ORDER BY address";
        let rows: Vec<Row> = house.app.db().read().all(sql, vec![]).await.unwrap();
        rows.into_iter().map(|row| row.address).collect::<Vec<_>>()
    };
    let start = Instant::now();
    while seen().await.len() < 2 && start.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(seen().await, ["127.0.0.2", "127.0.0.3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_follow_changes_hear_at_once_and_large_files_come_through() {
    let house = House::people().await;
    let Some(site) = Site::open(&house) else { return };
    let mut officer = site.nginx.visitor("127.0.0.2");
    officer.sign_in("vidu");

    let mut live = officer.begin("GET /live", "accept-encoding: gzip, br\r\n", FORM, 0);
    let answer = std::thread::spawn(move || {
        let (mut heard, mut piece) = (String::new(), [0; 4096]);
        while !heard.contains("event: changed") {
            match live.read(&mut piece) {
                Ok(length) if length > 0 => heard.push_str(&String::from_utf8_lossy(&piece[..length])),
                ended => return format!("{heard} {ended:?}"),
            }
        }
        heard
    });
    std::thread::sleep(Duration::from_secs(1));
    let form = "number=1/TB&issued_on=2026-11-20&giver=&text=R%C3%A0+so%C3%A1t+h%E1%BB%93+s%C6%A1\
        &leads=S%E1%BB%9F+Khoa+h%E1%BB%8Dc+v%C3%A0+C%C3%B4ng+ngh%E1%BB%87&due=2026-12-31&result=";
    let assigned = officer.ask("POST /assign", form);
    let written = Instant::now();
    let heard = answer.join().unwrap();
    // A life ends after two minutes, a comment is sent each fifteen seconds: what waits in nginx comes with those.
    assert!(heard.contains("text/event-stream") && heard.contains("event: changed"), "{heard}");
    assert!(written.elapsed() < Duration::from_secs(8), "{:?}", written.elapsed());

    let (_, task) = assigned.split_once("ocation: /tasks/").expect(&assigned);
    let page = officer.ask(&format!("GET /tasks/{}", task.split(['?', '#', '\r']).next().unwrap()), "");
    let (_, part) = page.split_once("action=\"/parts/").expect(&page);
    let part = part.split('/').next().unwrap();
    let taken = officer.hand_in(part, 20 * MB);
    assert!(taken.starts_with("HTTP/1.1 303"), "{taken} {}", site.nginx.log());
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_evidence WHERE number = '1/BB'").await, 1);
    let own = officer.hand_in(part, 51 * MB);
    assert!(
        own.starts_with("HTTP/1.1 413") && own.contains("50 MB"),
        "the program's own words: {own} {}",
        site.nginx.log()
    );
    let mut stream = officer.begin("POST /plans/new", "", FORM, 70 * MB);
    let refused = rest(&mut stream);
    assert!(refused.starts_with("HTTP/1.1 413") && refused.contains("Tệp gửi lên quá lớn"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_tries_too_often_is_braked_alone_and_a_site_that_is_away_says_so() {
    let house = House::people().await;
    let Some(mut site) = Site::open(&house) else { return };
    let hasty = site.nginx.visitor("127.0.0.2");
    // From another site, as it says: refused before a password is looked at.
    let attempt = |visitor: &Visitor| visitor.send("POST /sign-in", "sec-fetch-site: cross-site\r\n", FORM, b"login=a");
    // On a busy machine so many take a while, and meanwhile one more is let in each two seconds.
    let mut let_in = 0;
    let braked = loop {
        let answer = attempt(&hasty);
        if status_of(&answer) != 403 {
            break answer;
        }
        let_in += 1;
        assert!(let_in < 400, "nobody is braked");
    };
    assert!(let_in >= 60 && status_of(&braked) == 429, "{let_in}: {braked}");
    assert!(braked.contains("Quá nhiều yêu cầu") && braked.contains("Too many requests"), "{braked}");
    assert!(hasty.ask("GET /sign-in", "").starts_with("HTTP/1.1 200"), "who only looks is not counted");
    assert!(attempt(&site.nginx.visitor("127.0.0.3")).starts_with("HTTP/1.1 403"), "others are not braked");

    assert!(site.server.terminate(Duration::from_secs(15)).is_some_and(|status| status.success()));
    let away = hasty.ask("GET /sign-in", "");
    assert!(away.starts_with("HTTP/1.1 503") && away.contains("Hãy thử lại sau một phút"), "{away}");
}
