//! Reminders: in the program, and by letters through a real SMTP server that can be down or refuse an address.

use programme::ids::PartId;
use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use axum::http::StatusCode;
use dinh::config::Config;
use serde_json::Value as Json;

use crate::{driver::free_port, house::House};

/// `smtp-server` from npm on a port; what it takes comes out of `letters`.
pub struct Post {
    child: Child,
    letters: Receiver<Json>,
}

impl Post {
    pub fn open(port: u16) -> Self {
        let mut child = Command::new("node")
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web"))
            .args(["smtp-server.mjs", &port.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("cargo xtask test installs node");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "ready", "cargo xtask test runs npm ci in web/");
        let (put, letters) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = put.send(serde_json::from_str(&line).unwrap());
            }
        });
        Self { child, letters }
    }

    pub fn letter(&self) -> Option<Json> {
        self.letters.recv_timeout(Duration::from_secs(2)).ok()
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn config(port: u16) -> Config {
    Config {
        base_url: Some("http://dinh.test".into()),
        smtp_url: Some(format!("smtp://127.0.0.1:{port}")),
        mail_from: Some("Đình <dinh@tinhmau.example>".into()),
        ..Config::default()
    }
}

/// Sở Khoa học và Công nghệ has three open parts: one late, one due today, one far away. Returns them.
async fn with_dues(house: &House) -> Vec<PartId> {
    house.clock.set(jiff::civil::date(2026, 11, 26));
    house.fill("directory").await;
    house.fill("programme").await;
    let today = house.system().today();
    let days = [today.saturating_sub(jiff::ToSpan::days(1)), today, today.saturating_add(jiff::ToSpan::days(300))];
    let filter = programme::work::store::register::Filter::default();
    let scope = kernel::Scope { everything: true, ..kernel::Scope::default() };
    let conn = house.app.db().read();
    let parts = programme::work::store::register::page(&conn, &filter, &scope, today, None, 400).await.unwrap();
    let bodies = house.app.bodies();
    let kernel::Resolution::Unit { unit, .. } = bodies.resolve("Sở Khoa học và Công nghệ", None) else {
        panic!()
    };
    let own: Vec<_> = parts.into_iter().filter(|part| part.unit() == unit && part.done_on.is_none()).take(3).collect();
    assert_eq!(own.len(), 3);
    let ctx = &house.system();
    // Nothing else of the demo is to fall due.
    house
        .app
        .db()
        .write(ctx, |tx| async move {
            tx.ledger(db::Entry::new("part.due", "test"));
            tx.exec("UPDATE programme_part SET due_on = NULL WHERE done_on IS NULL", vec![]).await?;
            Ok(())
        })
        .await
        .unwrap();
    for (part, day) in own.iter().zip(days) {
        let (id, day) = (part.id, day.to_string());
        let (id, day) = (&id, &day);
        house
            .app
            .db()
            .write(ctx, |tx| async move {
                tx.ledger(db::Entry::new("part.due", "test"));
                let values = vec![(*id).into(), day.as_str().into()];
                tx.exec("UPDATE programme_part SET due_on = $2 WHERE id = $1", values).await?;
                Ok(())
            })
            .await
            .unwrap();
    }
    own.iter().map(|part| part.id()).collect()
}

pub async fn morning(house: &House) {
    db::daily(house.app.db(), &house.system(), &["notify.daily"]).await.unwrap();
    house.drain().await;
}

async fn choose(house: &House, login: &str, address: &str, lang: &str) {
    let person = house.signed_in(login).await;
    let form = [("address", address), ("digest", "1"), ("lang", lang), ("rev", "0")];
    let answer = person.form("/notices/choose", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    proved(house, &person).await;
}

/// The person follows the link of the letter of proof, where there is one; the letter itself is thrown away.
async fn proved(house: &House, person: &testkit::Client) {
    if house.count("SELECT COUNT(*) FROM notify_outbox").await == 0 {
        return;
    }
    let done = person.form(&crate::signin::link_of(house).await, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let ctx = house.system();
    let write = house.app.db().write(&ctx, |tx| async move {
        tx.bookkeeping();
        tx.exec("DELETE FROM notify_outbox WHERE text LIKE '%/notices/confirm/%'", vec![]).await?;
        Ok(())
    });
    write.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_letter_a_day_says_what_is_late_and_what_is_due() {
    let port = free_port();
    let post = Post::open(port);
    let house = House::with(&config(port)).await;
    let parts = with_dues(&house).await;
    choose(&house, "vidu", "vidu@tinhmau.example", "vi").await;
    morning(&house).await;
    let letter = post.letter().expect("a letter");
    assert_eq!(letter["to"], serde_json::json!(["vidu@tinhmau.example"]));
    let raw = letter["raw"].as_str().unwrap();
    assert!(raw.contains("Auto-Submitted: auto-generated") && raw.contains("multipart/alternative"), "{raw}");
    // The same day again, by a restart or a second look, tells nobody twice.
    house
        .app
        .db()
        .write(&house.system(), |tx| async move {
            tx.bookkeeping();
            tx.enqueue("notify.round", &Json::Null).await?;
            Ok(())
        })
        .await
        .unwrap();
    house.drain().await;
    assert_eq!(post.letter(), None);
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox WHERE state = 'sent' AND text = ''").await, 1);
    // In the program: two notices, the far one not among them; and the task's page says that it was reminded.
    let vidu = house.signed_in("vidu").await;
    let page = vidu.get("/notices").await.body;
    assert!(page.contains("quá hạn 1 ngày làm việc") && page.contains("hôm nay là ngày làm việc cuối"), "{page}");
    assert!(page.contains(&parts[0].to_string()) && !page.contains(&parts[2].to_string()));
    let task = vidu.get(&format!("/parts/{}", parts[0])).await;
    let task = vidu.get(&task.location).await.body;
    assert!(task.contains("Đã nhắc tự động 1 lần"), "{task}");
    assert_eq!(vidu.form("/notices/read", &[]).await.status, StatusCode::SEE_OTHER);
    let items = vidu.get("/api/v1/notices").await.json();
    assert!(items["items"].as_array().unwrap().iter().all(|item| item["read"] == true));
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_wait_while_the_server_is_down_and_an_administrator_sees_them() {
    let port = free_port();
    let house = House::with(&config(port)).await;
    with_dues(&house).await;
    choose(&house, "vidu", "vidu@tinhmau.example", "vi").await;
    morning(&house).await;
    let admin = house.signed_in("quantri").await;
    let page = admin.get("/mail").await.body;
    assert!(page.contains("vidu@tinhmau.example") && page.contains("Đang chờ"), "{page}");
    // After the first pause it is tried again, still in vain, and the pause grows.
    house.clock.move_by(jiff::SignedDuration::from_secs(61));
    house.drain().await;
    assert_eq!(house.count("SELECT attempts FROM notify_outbox").await, 2);
    house.clock.move_by(jiff::SignedDuration::from_secs(61));
    house.drain().await;
    assert_eq!(house.count("SELECT attempts FROM notify_outbox").await, 2);
    let post = Post::open(port);
    house.clock.move_by(jiff::SignedDuration::from_secs(300));
    house.drain().await;
    assert!(post.letter().is_some());
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox WHERE state = 'sent'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_bounces_gets_no_more_letters_until_it_is_corrected() {
    let port = free_port();
    let post = Post::open(port);
    let house = House::with(&config(port)).await;
    with_dues(&house).await;
    choose(&house, "vidu", "khong-co@tinhmau.example", "vi").await;
    morning(&house).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox WHERE state = 'refused'").await, 1);
    let admin = house.signed_in("quantri").await;
    assert!(admin.get("/mail").await.body.contains("No such user here"));
    let vidu = house.signed_in("vidu").await;
    assert!(vidu.get("/notices").await.body.contains("từ chối địa chỉ này"));
    // Five working days later the late one is due again: only in the program.
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 7));
    morning(&house).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox").await, 1);
    let vidu = house.signed_in("vidu").await;
    let form = [("address", "vidu@tinhmau.example"), ("digest", "1"), ("lang", "en"), ("rev", "1")];
    assert_eq!(vidu.form("/notices/choose", &form).await.status, StatusCode::SEE_OTHER);
    proved(&house, &vidu).await;
    assert_eq!(vidu.form("/notices/trial", &[]).await.status, StatusCode::SEE_OTHER);
    house.drain().await;
    assert!(post.letter().unwrap()["raw"].as_str().unwrap().contains("Letter of trial"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_people_are_told_in_the_program() {
    let house = House::empty().await;
    with_dues(&house).await;
    choose(&house, "vidu", "vidu@tinhmau.example", "vi").await;
    morning(&house).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox").await, 0);
    assert!(house.count("SELECT COUNT(*) FROM notify_notice").await >= 2);
    let vidu = house.signed_in("vidu").await;
    let wrong = vidu.form("/notices/choose", &[("address", "vidu-at-home"), ("rev", "1")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("không phải địa chỉ thư điện tử") && wrong.body.contains("vidu-at-home"));
    let off = vidu.form("/notices/trial", &[]).await;
    assert!(off.body.contains("Chưa cài đặt máy chủ thư"), "{}", off.body);
    let half = Config { smtp_url: Some("smtp://127.0.0.1:25".into()), ..Config::default() };
    assert_eq!(half.channels().unwrap_err().code, "mail-incomplete");
}

/// The letter's words in both languages, as they leave.
#[tokio::test(flavor = "multi_thread")]
async fn the_letter_reads_well_in_both_languages() {
    let id = regex::Regex::new("part_[a-z0-9]+").unwrap();
    for lang in ["vi", "en"] {
        #[derive(db::FromQueryResult)]
        struct Row {
            subject: String,
            text: String,
        }
        let house = House::with(&config(1)).await;
        with_dues(&house).await;
        choose(&house, "vidu", "vidu@tinhmau.example", lang).await;
        morning(&house).await;
        let sql = "SELECT subject, text FROM notify_outbox";
        let row: Row = house.app.db().read().one(sql, vec![]).await.unwrap().unwrap();
        let text = id.replace_all(&row.text, "part_…").into_owned();
        insta::assert_snapshot!(format!("letter_{lang}"), format!("{}\n\n{text}", row.subject));
    }
}

/// A gateway that others run hears how much waits, never what; while it says no, the message waits.
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_for_short_texts_hears_numbers_only() {
    use axum::{Json as Body, Router, routing::post};
    let (put, messages) = channel::<Json>();
    let (put, calls) = (std::sync::Mutex::new(put), std::sync::atomic::AtomicUsize::new(0));
    let take = std::sync::Arc::new(move |message: Json| {
        // The first time it has had enough for now.
        if calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0 {
            return StatusCode::TOO_MANY_REQUESTS;
        }
        put.lock().unwrap().send(message).unwrap();
        StatusCode::NO_CONTENT
    });
    let gateway = Router::new().route("/send", post(async move |Body(message): Body<Json>| take(message)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, gateway).await.unwrap() });
    let base = Some("http://dinh.test".to_owned());
    let house = House::with(&Config { base_url: base, text_gateway: Some(url), ..Config::default() }).await;
    with_dues(&house).await;
    let vidu = house.signed_in("vidu").await;
    assert!(vidu.get("/notices").await.body.contains("Số điện thoại"));
    let form = [("phone", "0900 000 000"), ("digest", "1"), ("lang", "vi"), ("rev", "0")];
    assert_eq!(vidu.form("/notices/choose", &form).await.status, StatusCode::SEE_OTHER);
    morning(&house).await;
    assert!(messages.try_recv().is_err());
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox WHERE state = 'waiting'").await, 1);
    house.clock.move_by(jiff::SignedDuration::from_secs(61));
    house.drain().await;
    let message = messages.recv_timeout(Duration::from_secs(2)).unwrap();
    assert_eq!(message["to"], "0900 000 000");
    assert_eq!(message["text"], "Đình: 2 việc cần xem, 1 quá hạn. http://dinh.test/work");
}
