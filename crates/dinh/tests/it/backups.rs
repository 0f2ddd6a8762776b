//! A backup is one moment, is known when it was changed, and comes back whole or not at all.

use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use db::{Db, Entry, Location};
use dinh::wiring;
use kernel::ids::kinds;
use testkit::TestDb;

use crate::{
    house::House,
    killed::{killed, moments, taking},
};

/// A row that names a file.
const PLAN: &str = "INSERT INTO programme_plan (id, state, file_name, blob_hash, draft, follower_id, created_at, rev) VALUES ($1, 'reading', 'x.txt', $2, FALSE, $1, 1, 1)";

pub const PHRASE: &str = "một câu mật khẩu của bản sao";
pub const OLD_PHRASE: &str = "mot cau mat khau cua ban sao cu";

pub fn steps() -> Vec<db::ModuleMigrations> {
    wiring::migrations(&wiring::modules())
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/before_11").join(name)
}

pub fn dinh(location: &Location) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.arg("--data-dir").arg(&location.data_dir).args(["--lang", "en"]);
    if let Some(url) = &location.database_url {
        command.args(["--database-url", url]);
    }
    command
}

fn run(location: &Location, args: &[&str]) -> Output {
    dinh(location).args(args).output().unwrap()
}

pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Opens what was restored anew, as the next start would, and finds no fault in it.
async fn whole(location: &Location) -> Db {
    let db = Db::open(location).await.unwrap();
    db::migrate(&db, &steps()).await.unwrap();
    assert_eq!(db::verify(&db).await.unwrap().fault, None);
    db
}

async fn count(db: &Db, sql: &str) -> i64 {
    db.read().count(sql, vec![]).await.unwrap()
}

fn unpacked(folder: &Path) -> PathBuf {
    let tar = Command::new("tar").arg("-xJf").arg(fixture("data.tar.xz")).arg("-C").arg(folder).status().unwrap();
    assert!(tar.success());
    folder.join("data")
}

#[tokio::test]
async fn a_folder_or_a_dump_of_the_program_before_opens_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestDb::open().await;
    let location = Location { data_dir: unpacked(folder.path()), database_url: test.location.database_url.clone() };
    if let Some(url) = &location.database_url {
        let load = format!("xz -dc '{}' | psql -q -v ON_ERROR_STOP=1 '{url}'", fixture("postgres.sql.xz").display());
        assert!(Command::new("sh").args(["-c", &load]).stdout(Stdio::null()).status().unwrap().success());
        let migrated = run(&location, &["migrate"]);
        assert!(migrated.status.success(), "{}", said(&migrated));
    }
    let verified = run(&location, &["ledger", "verify", "--format", "json"]);
    assert!(verified.status.success() && said(&verified).contains("\"fault\":null"), "{}", said(&verified));
    let files = run(&location, &["files", "check"]);
    assert!(files.status.success() && said(&files).contains("No fault"), "{}", said(&files));
    let db = whole(&location).await;
    assert_eq!(count(&db, "SELECT COUNT(*) FROM programme_evidence WHERE kind = 'file'").await, 1);
    assert_eq!(count(&db, "SELECT COUNT(*) FROM programme_plan WHERE blob_hash LIKE 'refused:%'").await, 1);
    let mode = std::fs::metadata(&location.data_dir).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "what others could read was closed");
}

#[tokio::test]
async fn backups_of_the_program_before_are_restored_into_today_s_schema() {
    for (name, phrase) in [("clear.backup", None), ("sealed.backup", Some(OLD_PHRASE))] {
        let test = TestDb::open().await;
        let done = db::restore(&test.db, &steps(), &fixture(name), phrase).await.unwrap();
        assert!(done.rows > 5000, "{name}");
        let db = whole(&test.location).await;
        assert_eq!(count(&db, "SELECT COUNT(*) FROM programme_report WHERE sealed IS NOT NULL").await, 126);
        assert!(count(&db, "SELECT COUNT(*) FROM directory_post").await >= 8);
        let ctx = kernel::Ctx::new(
            kernel::Actor::System("test"),
            kernel::Lang::Vi,
            std::sync::Arc::new(wiring::SystemClock),
            std::sync::Arc::new(wiring::SystemIds),
        );
        let scrub = db::scrub(&db, &ctx).await.unwrap();
        assert!(scrub.faults.is_empty() && scrub.files > 5, "{scrub:?}");
        assert_eq!(db::pending(&db, &steps()).await.unwrap().steps, Vec::<String>::new());
    }
    let asked = db::restore(&TestDb::open().await.db, &steps(), &fixture("clear.backup"), Some(PHRASE)).await;
    assert_eq!(asked.unwrap_err().code, "backup-without-keys");
    let wrong = db::restore(&TestDb::open().await.db, &steps(), &fixture("sealed.backup"), Some(PHRASE)).await;
    assert_eq!(wrong.unwrap_err().code, "backup-passphrase-wrong");
}

/// Files, rows that name them, entries and signed heads, as fast as they go.
async fn write_on(db: Db, ctx: kernel::Ctx) {
    for round in 0_u64.. {
        let hash = &db.blobs().put(format!("tệp số {round}").into_bytes()).await.unwrap();
        let id = ctx.new_id::<kinds::Plan>();
        let written = db
            .write(&ctx, |tx| async move {
                tx.keep_blob(hash, 1, "text/plain").await?;
                tx.exec(PLAN, vec![id.uuid().into(), hash.as_str().into()]).await?;
                tx.ledger(Entry::new("test.write", id));
                Ok(())
            })
            .await;
        written.unwrap();
        db.checkpoint().await.unwrap();
    }
}

/// C2 of the attack: 11 of 11 backups made while people worked came back as "truncated".
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_made_while_people_work_restores_and_verifies() {
    let house = House::demo().await;
    // A unit may hang under a younger one; its row comes first all the same.
    let hang = "UPDATE directory_unit SET parent_id = (SELECT id FROM directory_unit ORDER BY id DESC LIMIT 1) \
        WHERE id = (SELECT u.id FROM directory_unit u WHERE NOT EXISTS (SELECT 1 FROM directory_unit c WHERE c.parent_id = u.id) ORDER BY u.id LIMIT 1)";
    house.exec(hang, vec![]).await;
    let hung = "SELECT COUNT(*) FROM directory_unit u JOIN directory_unit p ON p.id = u.parent_id WHERE p.id > u.id";
    assert!(house.count(hung).await > 0);
    let folder = tempfile::tempdir().unwrap();
    let writer = tokio::spawn(write_on(house.app.db().clone(), house.system()));
    for round in 0..5 {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let file = folder.path().join(format!("{round}.backup"));
        let done = db::backup(house.app.db(), &steps(), &file, Some(PHRASE)).await.unwrap();
        assert!(done.lacking.is_empty() && !writer.is_finished());
    }
    writer.abort();
    for round in 0..5 {
        let fresh = TestDb::open().await;
        let file = folder.path().join(format!("{round}.backup"));
        let done = db::restore(&fresh.db, &steps(), &file, Some(PHRASE)).await.unwrap();
        assert_eq!(done.lacking, Vec::<String>::new());
        let db = whole(&fresh.location).await;
        assert_eq!(db::scrub(&db, &house.system()).await.unwrap().faults, vec![]);
        assert!(db::verify(&db).await.unwrap().checkpoints > 0);
    }
}

#[tokio::test]
async fn a_bad_file_is_named_and_the_rest_is_saved() {
    let house = House::demo().await;
    let sql = "SELECT MIN(blob_hash) AS hash FROM programme_plan";
    #[derive(db::FromQueryResult)]
    struct Name {
        hash: String,
    }
    let hash = house.app.db().read().one::<Name>(sql, vec![]).await.unwrap().unwrap().hash;
    std::fs::write(house.test.location.data_dir.join("blobs").join(&hash[..2]).join(&hash[2..]), b"bent").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dinh.backup");
    let path = file.to_str().unwrap();
    let done = run(&house.test.location, &["backup", path, "--without-keys"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(said(&done).contains(&hash) && said(&done).contains("Everything else was saved"), "{}", said(&done));
    assert!(said(&done).contains("not encrypted"), "{}", said(&done));
    let fresh = TestDb::open().await;
    let restored = run(&fresh.location, &["restore", path, "--without-keys"]);
    assert!(restored.status.success() && said(&restored).contains(&hash), "{}", said(&restored));
    whole(&fresh.location).await;
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["dinh.backup"], "nothing unfinished is left");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

/// Killed between the keys and the rows: the next start is as if nothing had been.
#[tokio::test]
async fn keys_of_a_restore_that_wrote_no_rows_are_forgotten() {
    let house = House::people().await;
    let folder = house.test.location.data_dir.clone();
    let key = std::fs::read(folder.join("ledger.key")).unwrap();
    let aside = folder.join("restoring");
    std::fs::create_dir(&aside).unwrap();
    std::fs::write(aside.join("token"), "0123456789abcdef").unwrap();
    std::fs::write(aside.join("ledger.key"), "of another house").unwrap();
    let db = Db::open(&house.test.location).await.unwrap();
    db::migrate(&db, &steps()).await.unwrap();
    assert!(!aside.exists());
    assert_eq!(std::fs::read(folder.join("ledger.key")).unwrap(), key);
}

#[tokio::test]
async fn checkpoints_that_are_no_text_are_in_the_backup_as_they_are() {
    let test = TestDb::open().await;
    db::migrate(&test.db, &steps()).await.unwrap();
    let points = test.location.data_dir.join("ledger-checkpoints.jsonl");
    let odd = b"{\"seq\":0}\n\xff\xfe\n";
    std::fs::write(&points, odd).unwrap();
    let file = test.location.data_dir.join("a.backup");
    db::backup(&test.db, &steps(), &file, Some(PHRASE)).await.unwrap();
    let empty = TestDb::open().await;
    db::restore(&empty.db, &steps(), &file, Some(PHRASE)).await.unwrap();
    assert_eq!(std::fs::read(empty.location.data_dir.join("ledger-checkpoints.jsonl")).unwrap(), odd);
    std::fs::remove_file(&points).unwrap();
    std::fs::create_dir(&points).unwrap();
    let refused = db::backup(&test.db, &steps(), &file, Some(PHRASE)).await.unwrap_err();
    assert_eq!(refused.code, "file-unusable", "what cannot be read is not left out in silence");
}

#[tokio::test]
async fn a_killed_backup_leaves_the_one_before() {
    let house = House::demo().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dinh.backup");
    let backup = || {
        let mut command = dinh(&house.test.location);
        command.arg("backup").arg(&file).arg("--without-keys");
        command
    };
    let (whole, mut at_work) = (taking(&mut backup()), 0);
    for after in moments(whole, 6) {
        at_work += u32::from(killed(&mut backup(), after));
        let fresh = TestDb::open().await;
        db::restore(&fresh.db, &steps(), &file, None).await.unwrap();
    }
    assert!(at_work > 0, "each backup was over before it was killed: {whole:?}");
    let again = run(&house.test.location, &["backup", file.to_str().unwrap(), "--without-keys"]);
    assert!(again.status.success(), "what a killed one left is in nobody's way: {}", said(&again));
}

#[tokio::test]
async fn a_killed_restore_leaves_nothing_or_everything() {
    let folder = tempfile::tempdir().unwrap();
    let phrase = folder.path().join("phrase.txt");
    std::fs::write(&phrase, OLD_PHRASE).unwrap();
    let restore = |test: &TestDb| {
        let mut command = dinh(&test.location);
        command.arg("restore").arg(fixture("sealed.backup")).arg("--passphrase-file").arg(&phrase);
        command
    };
    let (whole_time, mut at_work) = (taking(&mut restore(&TestDb::open().await)), 0);
    for (round, after) in (0..).zip(moments(whole_time, 6)) {
        let test = TestDb::open().await;
        at_work += u32::from(killed(&mut restore(&test), after));
        // A PostgreSQL session may still be ending its transaction after its client died.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let again = db::restore(&test.db, &steps(), &fixture("sealed.backup"), Some(OLD_PHRASE)).await;
        match again {
            Ok(done) => assert!(done.rows > 5000),
            Err(problem) => assert_eq!(problem.code, "restore-into-used", "round {round}"),
        }
        let db = whole(&test.location).await;
        assert_eq!(count(&db, "SELECT COUNT(*) FROM programme_report WHERE sealed IS NOT NULL").await, 126);
        assert!(db::verify(&db).await.unwrap().checkpoints > 0, "round {round}: the keys came with the rows");
    }
    assert!(at_work > 0, "each restore was over before it was killed: {whole_time:?}");
}
