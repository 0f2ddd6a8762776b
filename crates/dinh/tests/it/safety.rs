//! Migrations, backup and restore, a newer schema, killing an import anywhere.

use std::process::Command;

use dinh::wiring;
use testkit::TestDb;

use crate::{
    house::House,
    killed::{killed, moments, taking},
};

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let house = House::empty().await;
    let steps = wiring::migrations(house.app.modules());
    assert_eq!(db::migrate(house.app.db(), &steps).await.unwrap(), 0);
}

/// The first release's tables with a row in them become today's.
#[tokio::test]
async fn an_older_schema_is_brought_up_to_date_with_its_rows() {
    let test = TestDb::open().await;
    let today = wiring::migrations(&wiring::modules());
    let first: Vec<_> = today
        .iter()
        .map(|module| db::ModuleMigrations { module: module.module, steps: module.steps.get(..1).unwrap_or_default() })
        .collect();
    assert!(db::pending(&test.db, &today).await.unwrap().fresh);
    db::migrate(&test.db, &first).await.unwrap();
    let behind = db::pending(&test.db, &today).await.unwrap();
    assert!(!behind.fresh && behind.steps.contains(&"programme/0002_plan_role".to_owned()));
    let row = "INSERT INTO directory_stamp (name, value) VALUES ('kept', 7)";
    test.db.unguarded().exec(row, vec![]).await.unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_dinh"));
    run.args(["ledger", "verify", "--lang", "en", "--data-dir"]).arg(&test.location.data_dir);
    if let Some(url) = &test.location.database_url {
        let refused = run.args(["--database-url", url]).output().unwrap();
        assert!(String::from_utf8_lossy(&refused.stderr).contains("dinh migrate"), "{refused:?}");
        assert!(db::migrate(&test.db, &today).await.unwrap() > 0);
    } else {
        let done = run.output().unwrap();
        assert!(done.status.success(), "{done:?}");
        assert!(
            test.location.data_dir.join(format!("dinh-before-{}.sqlite", behind.steps[0].replace('/', "-"))).is_file(),
            "a copy is laid aside"
        );
    }
    assert_eq!(db::pending(&test.db, &today).await.unwrap().steps, Vec::<String>::new());
    let kept = test.db.read().count("SELECT value FROM directory_stamp WHERE name = 'kept'", vec![]).await.unwrap();
    assert_eq!(kept, 7);
    let roles = test.db.read().count("SELECT COUNT(*) FROM programme_plan_role", vec![]).await.unwrap();
    assert_eq!(roles, 0);
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let house = House::empty().await;
    house
        .app
        .db()
        .unguarded()
        .exec("INSERT INTO db_migration (module, name) VALUES ('programme', '9999_later')", vec![])
        .await
        .unwrap();
    let refused = db::migrate(house.app.db(), &wiring::migrations(house.app.modules())).await.unwrap_err();
    assert_eq!((refused.code, refused.args[0].1.as_str()), ("newer-schema", "programme/9999_later"));
}

#[tokio::test]
async fn a_backup_restores_into_an_empty_database_and_nowhere_else() {
    let house = House::demo().await;
    house.app.db().checkpoint().await.unwrap();
    let steps = wiring::migrations(house.app.modules());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dinh.backup");
    let phrase = Some("một câu mật khẩu của bản sao");
    let rows = db::backup(house.app.db(), &steps, &file, phrase).await.unwrap().rows;
    assert!(
        db::restore(house.app.db(), &steps, &file, phrase)
            .await
            .is_err_and(|problem| problem.code == "restore-into-used")
    );

    let fresh = TestDb::open().await;
    let wrong = db::restore(&fresh.db, &steps, &file, Some("một câu nào khác")).await.unwrap_err();
    assert_eq!(wrong.code, "backup-passphrase-wrong");
    assert_eq!(db::restore(&fresh.db, &steps, &file, phrase).await.unwrap().rows, rows);
    let count = fresh.db.read().count("SELECT COUNT(*) FROM programme_part", vec![]).await.unwrap();
    assert_eq!(count, house.count("SELECT COUNT(*) FROM programme_part").await);
    let reopened = db::Db::open(&fresh.location).await.unwrap();
    assert_eq!(db::verify(&reopened).await.unwrap().fault, None);

    let key = std::fs::read(fresh.location.data_dir.join("ledger.key")).unwrap();
    let packed = std::fs::read(&file).unwrap();
    assert!(!packed.windows(key.len()).any(|window| window == key), "the key is not in the file in the clear");

    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    // One bit could hit a time stamp that nobody reads.
    bytes[middle..middle + 64].iter_mut().for_each(|byte| *byte ^= 0xff);
    std::fs::write(&file, bytes).unwrap();
    let empty = TestDb::open().await;
    assert_eq!(db::restore(&empty.db, &steps, &file, phrase).await.unwrap_err().code, "backup-damaged");
}

#[tokio::test]
async fn a_backup_without_keys_comes_back_and_is_signed_anew() {
    let house = House::people().await;
    house.app.db().checkpoint().await.unwrap();
    let steps = wiring::migrations(house.app.modules());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dinh.backup");
    db::backup(house.app.db(), &steps, &file, None).await.unwrap();
    let fresh = TestDb::open().await;
    let asked = db::restore(&fresh.db, &steps, &file, Some("một câu mật khẩu")).await.unwrap_err();
    assert_eq!(asked.code, "backup-without-keys");
    db::restore(&fresh.db, &steps, &file, None).await.unwrap();
    fresh.db.checkpoint().await.unwrap();
    let report = db::verify(&fresh.db).await.unwrap();
    assert_eq!((report.fault, report.checkpoints), (None, 1));
}

/// The program is killed at moments all over an import; afterwards there is all of the plan or none of it.
#[tokio::test]
async fn a_killed_import_leaves_all_or_nothing() {
    let house = House::people().await;
    let folder = tempfile::tempdir().unwrap();
    let kills = if std::env::var_os("TESTKIT_SOAK").is_some() { 2000 } else { 10 };
    let import = |house: &House, round: u32| {
        let file = folder.path().join(format!("{round}.txt"));
        std::fs::write(&file, format!("{}\nlần {round}\n", include_str!("../../../../examples/plans/dam-may.txt")))
            .unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
        command.args(["plan", "import", "--approve", "--data-dir"]).arg(&house.test.location.data_dir).arg(&file);
        if let Some(url) = &house.test.location.database_url {
            command.args(["--database-url", url]);
        }
        command
    };
    let (whole, mut at_work) = (taking(&mut import(&House::people().await, 0)), 0);
    for (round, after) in (1..).zip(moments(whole, kills)) {
        at_work += u32::from(killed(&mut import(&house, round), after));
        // One statement each: a PostgreSQL session may still be finishing its commit after its client died.
        let half_live =
            "SELECT (SELECT COUNT(*) FROM programme_task) - 7 * COUNT(*) FROM programme_plan WHERE state = 'live'";
        let half_read = "SELECT (SELECT COUNT(*) FROM programme_read_row) - 7 * COUNT(*) FROM programme_plan WHERE state IN ('live', 'review')";
        assert_eq!(house.count(half_live).await, 0);
        assert_eq!(house.count(half_read).await, 0);
    }
    assert!(at_work > 0, "each import was over before it was killed: {whole:?}");
    house.app.get::<directory::Directory>().unwrap().reload().await.unwrap();
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

/// The program is killed at moments all over a played year; a period is open with all its reports or not at all, a
/// report is issued with its content or not issued, and a part's state is what its last entry says.
#[tokio::test]
async fn a_killed_year_leaves_no_half_work() {
    let kills = if std::env::var_os("TESTKIT_SOAK").is_some() { 400 } else { 5 };
    let play = |house: &House| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
        command.args(["demo", "year", "--data-dir"]).arg(&house.test.location.data_dir);
        if let Some(url) = &house.test.location.database_url {
            command.args(["--database-url", url]);
        }
        command
    };
    let (whole, mut at_work) = (taking(&mut play(&House::empty().await)), 0);
    for (round, after) in (0..).zip(moments(whole, kills)) {
        let house = House::empty().await;
        at_work += u32::from(killed(&mut play(&house), after));
        let tied = "(SELECT COUNT(*) FROM programme_report_period t JOIN programme_report r ON r.id = t.report_id WHERE t.period_id = p.id AND r.version = 1 AND r.id NOT IN (SELECT id FROM programme_report WHERE consolidated))";
        let bodies = "(SELECT COUNT(*) FROM programme_duty_body b WHERE b.duty_id = p.duty_id AND b.role = 'reports')";
        for half in [
            format!("SELECT COUNT(*) FROM programme_period p WHERE state = 'opening' AND {tied} > 0"),
            format!("SELECT COUNT(*) FROM programme_period p WHERE state <> 'opening' AND {tied} <> {bodies}"),
            "SELECT COUNT(*) FROM programme_report WHERE state IN ('approved', 'issued') AND sealed IS NULL".into(),
            "SELECT COUNT(*) FROM programme_report WHERE state IN ('draft', 'checking', 'approving') AND sealed IS NOT NULL".into(),
            "SELECT COUNT(*) FROM programme_report WHERE state = 'issued' AND number IS NULL".into(),
            "SELECT COUNT(*) FROM programme_part p WHERE done_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM programme_entry e WHERE e.part_id = p.id AND e.kind = 'done')".into(),
            "SELECT COUNT(*) FROM programme_entry e JOIN programme_part p ON p.id = e.part_id WHERE e.kind = 'done' AND p.done_on IS NULL".into(),
            "SELECT COUNT(*) FROM programme_difficulty d WHERE state = 'open' AND NOT EXISTS (SELECT 1 FROM programme_hop h WHERE h.difficulty_id = d.id AND h.left_at IS NULL)".into(),
        ] {
            assert_eq!(house.count(&half).await, 0, "round {round}: {half}");
        }
        assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None, "round {round}");
    }
    assert!(at_work > 0, "each year was over before it was killed: {whole:?}");
}

#[tokio::test]
async fn a_lease_has_one_holder_and_a_growing_fence() {
    let house = House::empty().await;
    let (db, ctx) = (house.app.db(), house.system());
    let first = db::acquire(db, &ctx, "sink", "one").await.unwrap().unwrap();
    assert!(db::acquire(db, &ctx, "sink", "two").await.unwrap().is_none());
    assert!(db::renew(db, &ctx, &first).await.unwrap());
    db.unguarded().exec("UPDATE db_lease SET until = 1", vec![]).await.unwrap();
    let second = db::acquire(db, &ctx, "sink", "two").await.unwrap().unwrap();
    assert_eq!((second.holder.as_str(), second.fence), ("two", first.fence + 1));
    assert!(!db::renew(db, &ctx, &first).await.unwrap(), "the old holder has lost it");
}

#[tokio::test]
async fn only_files_that_no_row_names_are_swept_and_only_after_a_day() {
    let house = House::demo().await;
    let (db, now) = (house.app.db(), house.system().now());
    let orphan = db.blobs().put(b"nobody names this".to_vec()).await.unwrap();
    let later = jiff::Timestamp::from_second(now.as_second().max(0) + 20 * 365 * 86_400).unwrap();
    let early = jiff::Timestamp::UNIX_EPOCH;
    assert_eq!(db::sweep(db, &house.system(), early).await.unwrap(), 0);
    assert_eq!(db::sweep(db, &house.system(), later).await.unwrap(), 1);
    assert!(db.blobs().get(&orphan).await.is_err());
}

/// A real full disk: a small file system of the test's own, filled by importing plans until one is refused.
#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_half_stored() {
    if std::env::var_os("TESTKIT_POSTGRES").is_some() {
        return;
    }
    let script = r#"
        mount -t tmpfs -o size=8m none "$1" || exit 77
        export DINH_DATA_DIR="$1"
        "$0" init --province 51 >/dev/null || exit 78
        n=0
        while [ $n -lt 60 ]; do
            n=$((n+1))
            { cat "$2"; echo "lần $n"; seq 1 12000; } > "$3"
            "$0" plan import "$3" --lang en >/dev/null 2>"$4" || break
        done
        cat "$4"
        "$0" ledger verify --lang en || exit 79
    "#;
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/plans/dam-may.txt");
    let run = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_dinh")])
        .args([&disk, std::path::Path::new(plan), &folder.path().join("plan.txt"), &folder.path().join("said.txt")])
        .output();
    let Ok(run) = run.map(|run| (run.status.code(), String::from_utf8_lossy(&run.stdout).into_owned())) else {
        println!("SKIPPED: unshare is not installed");
        return;
    };
    if matches!(run.0, Some(1 | 77)) && !run.1.contains("entries") {
        println!("SKIPPED: this machine gives tests no file system of their own");
        return;
    }
    assert_eq!(run.0, Some(0), "{}", run.1);
    assert!(run.1.contains("disk is full"), "{}", run.1);
    assert!(run.1.contains("No fault"), "{}", run.1);
}

/// The loop that looks for jobs wakes on changes; its own looking must not be one.
#[tokio::test]
async fn a_server_with_nothing_to_do_rests() {
    let house = House::people().await;
    let jobs = tokio::spawn(db::run_forever(house.app.db().clone(), house.system(), house.app.job_handlers().unwrap()));
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let mut changes = house.app.db().changes();
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert!(changes.try_recv().is_err(), "something was written while nobody did anything");
    jobs.abort();
}
