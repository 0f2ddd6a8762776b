//! The real program under load, killed again and again, with backups taken meanwhile; two of it over one database.

use std::{
    collections::HashMap,
    path::Path,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU16, Ordering},
    },
    time::Duration,
};

use crate::{
    house::House,
    program::{Server, ask, program, send, sign_in},
};

const PHRASE: &str = "một câu mật khẩu của bản sao";

/// What was acknowledged: the numbers of the documents in which work was given, and those of the evidence handed in.
#[derive(Default)]
struct Told {
    documents: Vec<String>,
    evidence: Vec<String>,
}

/// One of those who work on the house until it is told to stop.
struct Worker<'a> {
    port: &'a AtomicU16,
    cookie: &'a str,
    name: usize,
    stop: &'a AtomicBool,
    told: &'a Mutex<Told>,
}

impl Worker<'_> {
    /// Gives out work, hands in evidence for the first of it with every fifth act, and reads now and then.
    fn work(&self) {
        let mut own = None;
        for n in 0.. {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            if let Some(task) = self.assign(n) {
                own.get_or_insert(task);
            }
            if let Some(task) = own.as_deref().filter(|_| n % 5 == 4) {
                self.hand_in(task, n);
            }
            if n % 25 == 24 {
                self.read();
            }
            // Steady work: what is restored again and again is to stay of the size of a house.
            std::thread::sleep(Duration::from_millis(300));
        }
    }

    /// An answer that came, unless the server was just ended; a refusal is none of this load.
    fn answer(&self, answer: Option<String>) -> Option<String> {
        let answer = answer.filter(|answer| !answer.is_empty() && !answer.starts_with("HTTP/1.1 5"))?;
        assert!(!answer.starts_with("HTTP/1.1 4"), "worker {}: {answer}", self.name);
        Some(answer)
    }

    /// The address of the new task.
    fn assign(&self, n: usize) -> Option<String> {
        let number = format!("{n}-{}/TB", self.name);
        let form = format!(
            "number={number}&issued_on=2026-11-20&giver=&text=R%C3%A0+so%C3%A1t+h%E1%BB%93+s%C6%A1+s%E1%BB%91+{n}\
             &leads=S%E1%BB%9F+Khoa+h%E1%BB%8Dc+v%C3%A0+C%C3%B4ng+ngh%E1%BB%87&due=2026-12-31&result="
        );
        let answer = self.answer(ask(self.port.load(Ordering::Relaxed), "POST /assign", self.cookie, &form))?;
        let (_, task) = answer.split_once("\r\nlocation: /tasks/")?;
        self.told.lock().unwrap().documents.push(number);
        Some(task.split(['?', '#', '\r']).next()?.to_owned())
    }

    fn hand_in(&self, task: &str, n: usize) {
        let port = self.port.load(Ordering::Relaxed);
        let Some(page) = self.answer(ask(port, &format!("GET /tasks/{task}"), self.cookie, "")) else { return };
        let (_, part) = page.split_once("action=\"/parts/").expect(&page);
        let part = part.split('/').next().unwrap();
        let number = format!("{n}-{}/BB", self.name);
        let field = |name: &str, value: &str| {
            format!("--siege\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let file = format!(
            "--siege\r\ncontent-disposition: form-data; name=\"file\"; filename=\"bien-ban.pdf\"\r\n\
             content-type: application/pdf\r\n\r\n%PDF-1.7\n% {number}\r\n--siege--\r\n"
        );
        let body = [field("label", "Biên bản"), field("number", &number), file].concat();
        let line = format!("POST /parts/{part}/evidence");
        let answer = send(port, &line, self.cookie, "multipart/form-data; boundary=siege", &body);
        if self.answer(answer).is_some_and(|answer| answer.starts_with("HTTP/1.1 303")) {
            self.told.lock().unwrap().evidence.push(number);
        }
    }

    fn read(&self) {
        for page in ["/work", "/tasks"] {
            self.answer(ask(self.port.load(Ordering::Relaxed), &format!("GET {page}"), self.cookie, ""));
        }
    }
}

fn said(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), format!("{}{}", text(&output.stdout), text(&output.stderr)))
}

/// A backup of the working server, restored elsewhere, is whole.
fn back_up_and_restore(house: &House, folder: &Path, round: usize) {
    let (file, phrase) = (folder.join(format!("{round}.backup")), folder.join("phrase"));
    std::fs::write(&phrase, PHRASE).unwrap();
    let (done, words) = said(program(house).arg("backup").arg(&file).arg("--passphrase-file").arg(&phrase));
    assert!(done, "round {round}: {words}");
    let fresh = folder.join(format!("fresh-{round}"));
    let elsewhere = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
        command.env("DINH_DATA_DIR", &fresh).env_remove("DINH_DATABASE_URL");
        command
    };
    let (done, words) = said(elsewhere().arg("restore").arg(&file).arg("--passphrase-file").arg(&phrase));
    assert!(done, "round {round}: {words}");
    let (done, words) = said(elsewhere().args(["ledger", "verify"]));
    assert!(done, "round {round}: {words}");
    std::fs::remove_dir_all(&fresh).unwrap();
    std::fs::remove_file(&file).unwrap();
}

/// How often each number stands in a table.
async fn numbers(house: &House, table: &str) -> HashMap<String, i64> {
    #[derive(db::FromQueryResult)]
    struct Row {
        number: String,
        count: i64,
    }
    let sql = format!("SELECT number, COUNT(*) AS count FROM {table} WHERE number IS NOT NULL GROUP BY number");
    let rows: Vec<Row> = house.app.db().read().all(&sql, vec![]).await.unwrap();
    rows.into_iter().map(|row| (row.number, row.count)).collect()
}

/// Every acknowledged act survives, the chain is whole, and backups taken meanwhile restore.
#[tokio::test]
async fn a_killed_server_loses_nothing_that_it_acknowledged_and_its_backups_restore() {
    let (kills, each) = if std::env::var_os("TESTKIT_SOAK").is_some() { (1000, 50) } else { (6, 4) };
    let house = House::people().await;
    let folder = tempfile::tempdir().unwrap();
    let mut server = Some(Server::start(&house));
    let first = server.as_ref().map_or(0, |server| server.port);
    let (port, stop, told) = (AtomicU16::new(first), AtomicBool::new(false), Mutex::new(Told::default()));
    let cookie = sign_in(first, "vidu");
    std::thread::scope(|scope| {
        for name in 0..3 {
            let worker = Worker { port: &port, cookie: &cookie, name, stop: &stop, told: &told };
            scope.spawn(move || worker.work());
        }
        for round in 1..=kills {
            if round % each == 0 {
                back_up_and_restore(&house, folder.path(), round);
            }
            std::thread::sleep(Duration::from_millis(100 + (round as u64 * 137) % 700));
            drop(server.take());
            let next = Server::start(&house);
            port.store(next.port, Ordering::Relaxed);
            server = Some(next);
        }
        stop.store(true, Ordering::Relaxed);
    });
    drop(server);
    let told = told.into_inner().unwrap();
    let (documents, evidence) = (told.documents.len(), told.evidence.len());
    println!("{kills} kills, {documents} tasks and {evidence} files acknowledged, a backup each {each} kills");
    assert!(documents > kills && evidence > kills / 10, "the load was no load: {documents}, {evidence}");
    for (table, told) in [("programme_plan", told.documents), ("programme_evidence", told.evidence)] {
        let kept = numbers(&house, table).await;
        let lost: Vec<&String> = told.iter().filter(|number| kept.get(*number) != Some(&1)).collect();
        assert!(lost.is_empty(), "{table}: acknowledged and not there once: {lost:?}");
    }
    crate::blobs::every_named_hash_is_readable(&house).await;
    let half = "SELECT COUNT(*) FROM programme_plan p WHERE p.kind = 'assigned' AND NOT EXISTS (SELECT 1 FROM programme_task t WHERE t.plan_id = p.id)";
    assert_eq!(house.count(half).await, 0, "no half act");
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

/// Two servers over one PostgreSQL and one folder of files: who is signed in at one is at the other, who loses a post
/// at one loses it at the other, and work is done once.
#[tokio::test]
async fn two_servers_over_one_database_agree() {
    if std::env::var_os("TESTKIT_POSTGRES").is_none() {
        return;
    }
    let house = House::people().await;
    let servers = [Server::start(&house), Server::start(&house)];
    let [one, two] = [servers[0].port, servers[1].port];
    let cookie = sign_in(one, "vidu");
    let page = ask(two, "GET /work", &cookie, "").unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let (ports, stop) = ([one, two, one, two].map(AtomicU16::new), AtomicBool::new(false));
    let told = Mutex::new(Told::default());
    std::thread::scope(|scope| {
        for (name, port) in ports.iter().enumerate() {
            let worker = Worker { port, cookie: &cookie, name, stop: &stop, told: &told };
            scope.spawn(move || worker.work());
        }
        std::thread::sleep(Duration::from_secs(4));
        stop.store(true, Ordering::Relaxed);
    });
    let told = told.into_inner().unwrap().documents;
    assert!(told.len() > 20, "{}", told.len());
    let kept = numbers(&house, "programme_plan").await;
    assert!(told.iter().all(|number| kept.get(number) == Some(&1)), "each acknowledged act is there once");
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
    // The officer's post ends at the second server only.
    let admin = sign_in(two, "quantri");
    let sql =
        "SELECT t.id FROM directory_post t JOIN directory_account a ON a.person_id = t.person_id WHERE a.login = $1";
    let post = kernel::PostId::from_uuid(house.one(sql, db::vals!["vidu"]).await);
    let ended = ask(two, &format!("POST /posts/{post}/end"), &admin, "").unwrap();
    assert!(ended.starts_with("HTTP/1.1 303"), "{ended}");
    let refused = ask(one, "GET /assign", &cookie, "").unwrap();
    assert!(refused.starts_with("HTTP/1.1 403"), "a post that ended at one ended at both: {refused}");
    let out = ask(two, "POST /sign-out", &cookie, "").unwrap();
    assert!(out.starts_with("HTTP/1.1 303"), "{out}");
    let after = ask(one, "GET /work", &cookie, "").unwrap();
    assert!(after.starts_with("HTTP/1.1 303"), "signed out at one is signed out at both: {after}");
}
