//! Time-stamps of the ledger's head, by an authority that answers with `openssl ts`.

#[expect(dead_code, reason = "a file in common with the crate's own tests")]
#[path = "../../../timestamp/tests/it/authority.rs"]
mod authority;

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Command, Output},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use authority::{Authority, Key, is_there};
use dinh::config::Config;
use jiff::SignedDuration;

use crate::house::House;

/// What the stand-in does with a request.
const STAMP: usize = 0;
const REFUSE: usize = 1;
const BREAK: usize = 2;
const FLOOD: usize = 3;

/// An authority on a port of this machine.
struct Tsa {
    authority: Arc<Authority>,
    url: String,
    mood: Arc<AtomicUsize>,
}

impl Tsa {
    fn open() -> Self {
        let authority = Arc::new(Authority::open(Key::P256));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/tsr", listener.local_addr().unwrap());
        let mood = Arc::new(AtomicUsize::new(STAMP));
        let (own, its_mood) = (Arc::clone(&authority), Arc::clone(&mood));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that hangs up is none of ours.
                let _ = answer(stream.unwrap(), &own, its_mood.load(Ordering::SeqCst));
            }
        });
        Self { authority, url, mood }
    }

    fn config(&self) -> Config {
        Config {
            base_url: Some("http://dinh.test".into()),
            timestamp_url: Some(self.url.clone()),
            timestamp_ca: Some(self.authority.path("ca.pem")),
            ..Config::default()
        }
    }

    fn turns(&self, mood: usize) {
        self.mood.store(mood, Ordering::SeqCst);
    }
}

fn answer(mut stream: TcpStream, authority: &Authority, mood: usize) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut length, mut is_query) = (0, false);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
        is_query |= line == "content-type: application/timestamp-query";
    }
    let mut query = vec![0; length];
    reader.read_exact(&mut query)?;
    let (status, body) = match mood {
        _ if !is_query => ("415 Unsupported", vec![]),
        STAMP => ("200 OK", authority.answer(&query)),
        // badRequest
        REFUSE => ("200 OK", vec![0x30, 9, 0x30, 7, 2, 1, 2, 3, 2, 5, 0x20]),
        FLOOD => ("200 OK", vec![0x30; 1_000_000]),
        _ => ("503 Down", vec![]),
    };
    write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len())?;
    stream.write_all(&body)
}

async fn day(house: &House) {
    db::daily(house.app.db(), &house.system(), &[notify::STAMPING]).await.unwrap();
    house.drain().await;
}

/// `dinh` on the house's data, under the authority's settings.
fn dinh(house: &House, tsa: &Tsa, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.args(args).arg("--data-dir").arg(&house.test.location.data_dir);
    command.env("DINH_TIMESTAMP_URL", &tsa.url).env("DINH_TIMESTAMP_CA", tsa.authority.path("ca.pem"));
    if let Some(url) = &house.test.location.database_url {
        command.args(["--database-url", url]);
    }
    command.output().unwrap()
}

fn stamps_file(house: &House) -> std::path::PathBuf {
    house.test.location.data_dir.join("ledger-stamps.jsonl")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_is_stamped_each_day_and_kept_in_the_folder_and_in_the_ledger() {
    if !is_there() {
        return;
    }
    let tsa = Tsa::open();
    let house = House::demo_with(&tsa.config()).await;
    let admin = house.signed_in("quantri").await;
    assert!(admin.get("/administration").await.body.contains("Chưa có dấu thời gian nào"));
    day(&house).await;
    let kept = db::newest_stamp(&house.app.db().read()).await.unwrap().unwrap();
    let line = std::fs::read_to_string(stamps_file(&house)).unwrap();
    assert_eq!(serde_json::from_str::<db::KeptStamp>(&line).unwrap(), kept);
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(std::fs::metadata(stamps_file(&house)).unwrap().permissions().mode() & 0o777, 0o600);
    // What is kept is proved without this program.
    use base64::Engine as _;
    tsa.authority.write("kept.der", &base64::engine::general_purpose::STANDARD.decode(&kept.token).unwrap());
    let proven = tsa.authority.run(&format!("ts -verify -digest {} -in kept.der -token_in -CAfile ca.pem", kept.hash));
    assert!(proven.status.success(), "{proven:?}");
    let page = admin.get("/ledger").await.body;
    assert!(page.contains("CN=tsa") && page.contains("Lấy dấu thời gian cho đầu chuỗi nhật ký"), "{page}");
    day(&house).await;
    assert_eq!(std::fs::read_to_string(stamps_file(&house)).unwrap(), line, "one a day");
    house.clock.move_by(SignedDuration::from_hours(24));
    day(&house).await;
    let report = db::verify(house.app.db()).await.unwrap();
    assert_eq!((report.faults, report.stamps, report.stamps_proven), (vec![], 2, 2));
    assert!(report.newest_stamp.is_some_and(|newest| newest.seq > kept.seq));
    // Without the file, as after a backup was restored, those in the ledger stay.
    std::fs::remove_file(stamps_file(&house)).unwrap();
    let report = db::verify(house.app.db()).await.unwrap();
    assert_eq!((report.faults, report.stamps), (vec![], 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_that_was_written_anew_with_key_and_checkpoints_is_found_by_its_stamps() {
    if !is_there() {
        return;
    }
    let tsa = Tsa::open();
    let house = House::demo_with(&tsa.config()).await;
    day(&house).await;
    let kept = db::newest_stamp(&house.app.db().read()).await.unwrap().unwrap();
    let folder = house.test.location.data_dir.clone();
    let elsewhere = tsa.authority.path("r.tsr");
    let stamp = ["ledger", "verify", "--format", "json", "--stamp", elsewhere.to_str().unwrap()];
    let whole = dinh(&house, &tsa, &stamp);
    assert!(whole.status.success(), "{whole:?}");
    let said: serde_json::Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(
        (&said["stamps"], &said["stamps_proven"]),
        (&1.into(), &1.into()),
        "what was brought is the one that is kept"
    );
    rewrite(&house, "").await;
    for name in ["ledger.key", "ledger-checkpoints.jsonl"] {
        std::fs::remove_file(folder.join(name)).unwrap();
    }
    let found = dinh(&house, &tsa, &["ledger", "verify", "--format", "json"]);
    let said: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(said["faults"], serde_json::json!([{ "kind": "stamp_differs", "seq": kept.seq }]), "{said}");
    // Even when the stamps are taken out of folder and ledger, one that was kept elsewhere tells.
    rewrite(&house, " AND action <> 'ledger.stamped'").await;
    std::fs::remove_file(stamps_file(&house)).unwrap();
    assert!(dinh(&house, &tsa, &["ledger", "verify"]).status.success());
    let found = dinh(&house, &tsa, &stamp);
    assert_eq!(found.status.code(), Some(1));
    let said: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(said["faults"], serde_json::json!([{ "kind": "stamp_foreign", "digest": kept.hash }]), "{said}");
}

/// Puts a word into the second entry and computes everything that hangs on it anew, of the entries that `which` names.
async fn rewrite(house: &House, which: &str) {
    #[derive(db::FromQueryResult)]
    struct Row {
        seq: i64,
        at: i64,
        body: String,
    }
    let conn = house.app.db().unguarded();
    let sql = format!("SELECT seq, at, body FROM db_ledger WHERE seq > 0{which} ORDER BY seq");
    let rows: Vec<Row> = conn.all(&sql, vec![]).await.unwrap();
    let newest = rows.last().unwrap();
    let (last, at) = (newest.seq, newest.at);
    conn.exec("DELETE FROM db_ledger WHERE seq > $1", db::vals![last]).await.unwrap();
    let mut hash = "0".repeat(64);
    for row in rows {
        let body = if row.seq == 2 { row.body.replacen('{', "{\"note\":1,", 1) } else { row.body };
        hash = db::BlobHash::of(format!("{hash}{body}").as_bytes()).to_string();
        let sql = "UPDATE db_ledger SET body = $2, hash = $3 WHERE seq = $1";
        conn.exec(sql, db::vals![row.seq, body, hash.as_str()]).await.unwrap();
    }
    conn.exec("UPDATE db_ledger_head SET seq = $1, hash = $2, at = $3", db::vals![last, hash, at]).await.unwrap();
    conn.exec("DELETE FROM db_checkpoint", vec![]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_fails_is_told_to_administrators_and_asked_again() {
    if !is_there() {
        return;
    }
    let tsa = Tsa::open();
    let house = House::demo_with(&tsa.config()).await;
    for (mood, words) in [
        (BREAK, "Cơ quan cấp dấu thời gian không trả lời"),
        (REFUSE, "Cơ quan cấp dấu thời gian từ chối"),
        (FLOOD, "không được chứng thực"),
    ] {
        tsa.turns(mood);
        day(&house).await;
        for _ in 0..5 {
            house.clock.move_by(SignedDuration::from_secs(60));
            house.drain().await;
        }
        let (admin, officer) = (house.signed_in("quantri").await, house.signed_in("vidu").await);
        let page = admin.get("/administration").await.body;
        assert!(page.contains(words) && page.contains("thử lại mỗi giờ"), "{words}: {page}");
        assert!(officer.get("/tasks").await.status.is_success(), "nothing is held up");
        let waiting = "SELECT COUNT(*) FROM db_job WHERE kind = 'notify.ledger_stamp' AND state = 'waiting'";
        assert_eq!(house.count(waiting).await, 1);
        house.clock.move_by(SignedDuration::from_hours(2));
    }
    assert!(db::newest_stamp(&house.app.db().read()).await.unwrap().is_none());
    tsa.turns(STAMP);
    house.drain().await;
    assert!(db::newest_stamp(&house.app.db().read()).await.unwrap().is_some());
    // The stand-in stamps under the machine's clock, which the house's is brought up to.
    let at = db::newest_stamp(&house.app.db().read()).await.unwrap().unwrap().at;
    house.clock.move_by(SignedDuration::from_micros((at - house.system().now().as_microsecond()).max(0)));
    let page = house.signed_in("quantri").await.get("/administration").await.body;
    assert!(page.contains("CN=tsa") && !page.contains("thử lại mỗi giờ"), "{page}");
    house.clock.move_by(SignedDuration::from_hours(49));
    let page = house.signed_in("quantri").await.get("/administration").await.body;
    assert!(page.contains("đã quá 2 ngày"), "{page}");
}

#[tokio::test]
async fn half_an_authority_or_one_in_the_clear_is_refused_at_the_start() {
    let url = || Some("https://tsa.example/tsr".to_owned());
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("ca.pem");
    std::fs::write(&empty, "không phải chứng thư").unwrap();
    let gone = folder.path().join("gone.pem");
    for (timestamp_url, timestamp_ca, code) in [
        (url(), None, "timestamp-incomplete"),
        (None, Some(empty.clone()), "timestamp-incomplete"),
        (Some("http://tsa.example/tsr".into()), Some(empty.clone()), "timestamp-url"),
        (Some("http://127.0.0.1.tsa.example/".into()), Some(empty.clone()), "timestamp-url"),
        (Some("không".into()), Some(empty.clone()), "timestamp-url"),
        (url(), Some(gone), "file-unusable"),
        (url(), Some(empty), "timestamp-ca"),
    ] {
        let config = Config { timestamp_url, timestamp_ca, ..Config::default() };
        assert_eq!(config.stamping().unwrap_err().code, code);
    }
}

#[tokio::test]
async fn what_is_printed_says_at_its_foot_where_the_ledger_stood() {
    let house = House::demo().await;
    let leader = house.signed_in("lanhdao").await;
    let head = db::signed_head(house.app.db()).await.unwrap().unwrap();
    let page = leader.get("/board/paper").await.body;
    assert!(page.contains(&format!("Nhật ký: #{} · {} · ", head.seq, &head.hash[..16])), "{page}");
    let english = leader.with_cookie("dinh_lang=en").get("/board/paper").await.body;
    assert!(english.contains(&format!("Ledger: #{} · ", head.seq)), "{english}");
}
