//! What is done to the data behind the program's back is named, told to administrators, and provable from a letter.

use std::process::{Command, Output};

use db::{Fault, Verify, vals};
use testkit::{Part, Post, free_port};
use uuid::Uuid;

use crate::{house::House, samples::Samples};

#[derive(db::FromQueryResult)]
struct Row {
    id: Uuid,
}

async fn one(house: &House, sql: &str) -> Uuid {
    let row: Option<Row> = house.app.db().read().one(sql, vec![]).await.unwrap();
    row.unwrap_or_else(|| panic!("{sql}")).id
}

fn dinh(house: &House, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.args(args).arg("--data-dir").arg(&house.test.location.data_dir);
    if let Some(url) = &house.test.location.database_url {
        command.args(["--database-url", url]);
    }
    command.output().unwrap()
}

#[tokio::test]
async fn every_class_of_tampering_with_rows_is_named_with_table_and_id() {
    let house = House::year().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
    let edits = [
        ("directory_post", "role = 'officer'", "role = 'system_admin'"),
        ("directory_account", "login = 'quantri'", "password_hash = '$argon2id$v=19$m=19456,t=2,p=1$x$y'"),
        ("directory_unit", "kind = 'commune'", "parent_id = NULL"),
        ("programme_plan", "state = 'live'", "confirmation = 'confirmed', confirmed_by = id"),
        ("programme_task", "position = 1", "text = 'khác'"),
        ("programme_target", "value_milli > 0", "value_milli = value_milli + 1000"),
        ("programme_part", "done_on IS NULL", "done_on = '2026-01-05'"),
        ("programme_report", "state = 'issued'", "sealed = '{}'"),
        ("programme_value", "replaced_at IS NULL", "value_milli = value_milli + 1000"),
        ("programme_evidence", "removed_at IS NULL", "label = 'khác'"),
    ];
    let mut expected = Vec::new();
    for (table, which, set) in edits {
        let id = one(&house, &format!("SELECT id FROM {table} WHERE {which} ORDER BY id LIMIT 1")).await;
        house.app.db().unguarded().exec(&format!("UPDATE {table} SET {set} WHERE id = $1"), vals![id]).await.unwrap();
        expected.push(Fault::RowChanged { table: table.into(), id: id.to_string() });
    }
    let gone = one(&house, "SELECT id FROM programme_value ORDER BY id DESC LIMIT 1").await;
    house.app.db().unguarded().exec("DELETE FROM programme_value WHERE id = $1", vals![gone]).await.unwrap();
    expected.push(Fault::RowGone { table: "programme_value".into(), id: gone.to_string() });
    let shown = one(
        &house,
        "SELECT id FROM programme_plan WHERE id NOT IN (SELECT plan_id FROM programme_public) ORDER BY id LIMIT 1",
    )
    .await;
    let show = "INSERT INTO programme_public (plan_id, since) VALUES ($1, 0)";
    house.app.db().unguarded().exec(show, vals![shown]).await.unwrap();
    expected.push(Fault::RowUnsealed { table: "programme_public".into(), id: shown.to_string() });
    let extra = Uuid::from_u128(77);
    let copy = "INSERT INTO directory_post (id, person_id, unit_id, role, title, valid_from) \
                SELECT $1, person_id, unit_id, 'system_admin', '', valid_from FROM directory_post WHERE role = 'leader' LIMIT 1";
    house.app.db().unguarded().exec(copy, vals![extra]).await.unwrap();
    expected.push(Fault::RowUnsealed { table: "directory_post".into(), id: extra.to_string() });
    let found = db::verify(house.app.db()).await.unwrap().faults;
    for fault in &expected {
        assert!(found.contains(fault), "{fault:?} is not in {found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
}

#[tokio::test]
async fn a_files_bytes_and_the_hash_that_names_it_are_covered() {
    let house = House::demo().await;
    let samples =
        Samples { house: &house, admin: house.signed_in("quantri").await, officer: house.signed_in("vidu").await };
    let path = format!("/parts/{}/evidence", samples.part().await);
    let proof =
        [Part::Field("number", "12/BB"), Part::Field("on_behalf", "true"), Part::File("bb.pdf", b"%PDF-1.7 bien ban")];
    assert!(samples.officer.upload(&path, &proof).await.status.is_redirection());
    let files = Verify { files: true, ..Verify::default() };
    let whole = db::verify_with(house.app.db(), &files).await.unwrap();
    assert_eq!(whole.faults, []);
    assert!(whole.files >= 1);
    let hash = db::BlobHash::of(b"%PDF-1.7 bien ban").to_string();
    let id = one(&house, "SELECT id FROM programme_evidence WHERE blob_hash IS NOT NULL").await.to_string();
    let file = house.test.location.data_dir.join("blobs").join(&hash[..2]).join(&hash[2..]);
    std::fs::write(&file, b"%PDF-1.7 khac").unwrap();
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, [], "files are read when asked for");
    let damaged = Fault::FileDamaged { table: "programme_evidence".into(), id: id.clone(), hash };
    assert_eq!(db::verify_with(house.app.db(), &files).await.unwrap().faults, [damaged]);
    let other = db::BlobHash::of(b"%PDF-1.7 khac").to_string();
    let sql = "UPDATE programme_evidence SET blob_hash = $1 WHERE blob_hash IS NOT NULL";
    house.app.db().unguarded().exec(sql, vals![other]).await.unwrap();
    let changed = Fault::RowChanged { table: "programme_evidence".into(), id };
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, std::slice::from_ref(&changed));
    let plan = one(&house, "SELECT id FROM programme_plan WHERE state = 'live' ORDER BY id LIMIT 1").await;
    house
        .app
        .db()
        .unguarded()
        .exec("UPDATE programme_plan SET text = 'KẾ HOẠCH GIẢ' WHERE id = $1", vals![plan])
        .await
        .unwrap();
    let forged = Fault::RowChanged { table: "programme_plan".into(), id: plan.to_string() };
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, [changed, forged]);
}

#[tokio::test]
async fn the_daily_check_says_on_the_administrators_page_what_it_found() {
    let house = House::demo().await;
    let admin = house.signed_in("quantri").await;
    assert!(admin.get("/ledger").await.body.contains("chưa được kiểm tra tự động"));
    let check = async || {
        let db = house.app.db();
        db.write(&house.system(), |tx| async move {
            tx.bookkeeping();
            tx.enqueue("directory.ledger_check", &serde_json::Value::Null).await?;
            Ok(())
        })
        .await
        .unwrap();
        house.drain().await;
    };
    check().await;
    assert!(admin.get("/ledger").await.body.contains("không thấy chỗ sai"));
    assert!(!admin.get("/tasks").await.body.contains("thấy chỗ sai"));
    house
        .app
        .db()
        .unguarded()
        .exec("UPDATE directory_post SET role = 'system_admin' WHERE role = 'officer'", vec![])
        .await
        .unwrap();
    check().await;
    let page = admin.get("/ledger").await.body;
    assert!(page.contains("Dữ liệu bị sửa ngoài chương trình") && page.contains("chức danh"), "{page}");
    assert!(admin.get("/tasks").await.body.contains("Lần kiểm tra nhật ký gần nhất thấy chỗ sai"));
    let leader = house.signed_in("lanhdao").await;
    assert!(!leader.get("/tasks").await.body.contains("thấy chỗ sai"), "who may not read the ledger is not alarmed");
}

/// Yesterday's database under today's checkpoints.
#[tokio::test]
async fn a_head_that_does_not_descend_is_not_signed_and_administrators_are_told() {
    let house = House::demo().await;
    let admin = house.signed_in("quantri").await;
    let officer = house.signed_in("vidu").await;
    house.app.db().checkpoint().await.unwrap();
    let before = std::fs::read(house.test.location.data_dir.join("ledger-checkpoints.jsonl")).unwrap();
    house.app.db().unguarded().exec("DELETE FROM db_ledger WHERE seq > 5", vec![]).await.unwrap();
    let sql = "UPDATE db_ledger_head SET seq = 5, hash = (SELECT hash FROM db_ledger WHERE seq = 5), at = (SELECT at FROM db_ledger WHERE seq = 5)";
    house.app.db().unguarded().exec(sql, vec![]).await.unwrap();
    house.app.db().checkpoint().await.unwrap();
    for page in ["/tasks", "/ledger"] {
        let (page, other) = (admin.get(page).await.body, officer.get("/tasks").await.body);
        assert!(page.contains("Từ lúc này nhật ký không được ký") && page.contains("accept-head"), "{page}");
        assert!(!other.contains("không được ký"));
    }
    let verify = dinh(&house, &["ledger", "verify", "--lang", "en"]);
    assert_eq!(verify.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&verify.stdout).contains("truncated"), "{verify:?}");
    assert!(String::from_utf8_lossy(&verify.stderr).contains("accept-head"), "{verify:?}");
    let after = std::fs::read(house.test.location.data_dir.join("ledger-checkpoints.jsonl")).unwrap();
    assert_eq!(before, after, "looking signs nothing");
    let accepted = dinh(&house, &["ledger", "accept-head", "--reason", "khôi phục bản hôm qua"]);
    assert!(accepted.status.success(), "{accepted:?}");
    house.app.db().checkpoint().await.unwrap();
    assert!(!admin.get("/tasks").await.body.contains("không được ký"));
}

#[tokio::test]
async fn a_clock_that_was_ahead_is_accepted_by_the_command_of_which_the_refusal_speaks() {
    let house = House::people().await;
    // The commands of the real program live under the machine's clock: the ledger is ahead of both.
    let ahead = jiff::SignedDuration::from_hours(24 * 4000);
    house.clock.move_by(ahead);
    house.signed_in("thu").await;
    house.clock.move_by(-ahead);
    let form = [("login", "thu"), ("password", crate::house::PASSWORD)];
    let refused = house.client().form("/sign-in", &form).await;
    assert_eq!(refused.status.as_u16(), 503);
    assert!(refused.body.contains("dinh ledger accept-clock"), "{}", refused.body);
    let accepted = dinh(&house, &["ledger", "accept-clock", "--reason", "đồng hồ chạy nhanh, đã chỉnh"]);
    assert!(accepted.status.success(), "{accepted:?}");
    // The test's clock may itself be behind the machine's.
    let machine = house.count("SELECT at FROM db_ledger_head").await;
    let behind = machine - house.system().now().as_microsecond();
    house.clock.move_by(jiff::SignedDuration::from_micros(behind.max(0)));
    house.signed_in("thu").await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_with_the_head_goes_out_and_proves_the_ledger_later() {
    let port = free_port();
    let post = Post::open(port);
    let config = crate::reminders::config(port);
    let house =
        House::demo_with(&dinh::config::Config { head_to: vec!["luu.tru@tinhmau.example".into()], ..config }).await;
    db::daily(house.app.db(), &house.system(), &["notify.ledger_head"]).await.unwrap();
    house.drain().await;
    let letter = post.letter().expect("a letter");
    assert_eq!(letter["to"], serde_json::json!(["luu.tru@tinhmau.example"]));
    let head = db::signed_head(house.app.db()).await.unwrap().unwrap();
    let lines = std::fs::read_to_string(house.test.location.data_dir.join("ledger-checkpoints.jsonl")).unwrap();
    let sent: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let raw = letter["raw"].as_str().unwrap().replace("=\r\n", "");
    let named = format!("{}:{}", sent["seq"], sent["hash"].as_str().unwrap());
    assert!(raw.contains(&named) && raw.contains(sent["signature"].as_str().unwrap()), "{raw}");
    assert!(head.seq > sent["seq"].as_i64().unwrap(), "the sending is an entry itself");
    let proven = dinh(&house, &["ledger", "verify", "--against", &named]);
    assert!(proven.status.success(), "{proven:?}");
    let forged = format!("{}:{}", sent["seq"], "ab".repeat(32));
    let refused = dinh(&house, &["ledger", "verify", "--against", &forged, "--format", "json"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("against_differs"), "{refused:?}");
}

#[tokio::test]
async fn a_letter_without_a_way_out_is_refused_at_the_start() {
    let without = dinh::config::Config { head_to: vec!["a@tinhmau.example".into()], ..Default::default() };
    let wrong = dinh::config::Config { head_to: vec!["không phải thư".into()], ..crate::reminders::config(1) };
    for (config, code) in [(without, "head-to-without-mail"), (wrong, "head-to-address")] {
        let channels = config.channels().unwrap();
        assert_eq!(notify::HeadTo::new(&config.head_to, &channels).unwrap_err().code, code);
    }
}
