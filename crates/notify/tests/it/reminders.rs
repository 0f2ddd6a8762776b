//! Reminders: in the program, and by letters through a real SMTP server that can be down or refuse an address.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use axum::http::StatusCode;
use jiff::{ToSpan as _, civil::Date};
use kernel::{Due, Dues, Problem, Reminded as _, Role};
use notify::Channels;
use serde_json::Value as Json;
use testkit::{House, Post, free_port};

use crate::{SCIENCE, gateway, house, mail};

/// What three tasks of a department say, and how many days after today they are due.
const TASKS: [(&str, &str, i64); 3] = [
    ("part_late", "Công bố danh mục cơ sở dữ liệu dùng chung của tỉnh.", -1),
    ("part_today", "Xây dựng, cập nhật Kiến trúc số tổng thể của tỉnh.", 0),
    ("part_far", "Bồi dưỡng kỹ năng số cho cán bộ, công chức.", 300),
];

const TODAY: Date = jiff::civil::date(2026, 11, 26);

/// A domain with these tasks.
#[derive(Debug)]
struct Tasks;

#[async_trait]
impl Dues for Tasks {
    async fn due_on(&self, days: &[Date]) -> Result<Vec<Due>, Problem> {
        let due = |(subject, words, after): (&str, &str, i64)| Due {
            unit: testkit::Units::named(SCIENCE),
            kind: "part",
            subject: subject.into(),
            words: words.into(),
            due: TODAY.saturating_add(after.days()),
            is_before: false,
            href: format!("/parts/{subject}"),
            only: &[],
        };
        // Of a compartment: nobody of this house has such a post.
        let closed = Due { only: &[Role::HEAD], ..due(("closed", "Kiểm tra mạng", 0)) };
        Ok(TASKS.into_iter().map(due).chain([closed]).filter(|due| days.contains(&due.due)).collect())
    }
}

/// Where somebody of Sở Khoa học và Công nghệ has three tasks: one late, one due today, one far away.
async fn with_dues(channels: Channels) -> House {
    let house = house(channels).ports(|ports| ports.dues.push(Arc::new(Tasks))).await;
    house.clock.set(TODAY);
    house.person("vidu", SCIENCE, Role::PROGRAMME).await;
    house.person("quantri", "Tỉnh Mẫu", Role::SYSTEM_ADMIN).await;
    house
}

async fn morning(house: &House) {
    db::daily(house.app.db(), &house.system(), &["notify.daily"]).await.unwrap();
    house.drain().await;
}

async fn choose(house: &House, login: &str, address: &str, lang: &str) {
    let person = house.as_(login).await;
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
    let done = person.form(&house.proof_link().await, &[]).await;
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
    let house = with_dues(mail(port)).await;
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
    // In the program: two notices, the far one not among them.
    let vidu = house.as_("vidu").await;
    let page = vidu.get("/notices").await.body;
    assert!(page.contains("quá hạn 1 ngày") && page.contains("hôm nay là ngày làm việc cuối"), "{page}");
    assert!(page.contains("part_late") && !page.contains("part_far"));
    let told =
        notify::Record::new(house.app.db().clone()).told(&["part_late".into(), "part_far".into()]).await.unwrap();
    assert!(
        told.len() == 1 && told[0].subject == "part_late" && (told[0].days, told[0].by_mail) == (-1, 1),
        "{told:?}"
    );
    assert_eq!(vidu.form("/notices/read", &[]).await.status, StatusCode::SEE_OTHER);
    let items = vidu.get("/api/v1/notices").await.json();
    assert!(items["items"].as_array().unwrap().iter().all(|item| item["read"] == true));
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_wait_while_the_server_is_down_and_an_administrator_sees_them() {
    let port = free_port();
    let house = with_dues(mail(port)).await;
    choose(&house, "vidu", "vidu@tinhmau.example", "vi").await;
    morning(&house).await;
    let admin = house.as_("quantri").await;
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
    let house = with_dues(mail(port)).await;
    choose(&house, "vidu", "khong-co@tinhmau.example", "vi").await;
    morning(&house).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox WHERE state = 'refused'").await, 1);
    let admin = house.as_("quantri").await;
    assert!(admin.get("/mail").await.body.contains("No such user here"));
    let vidu = house.as_("vidu").await;
    assert!(vidu.get("/notices").await.body.contains("từ chối địa chỉ này"));
    // Five working days later the late one is due again: only in the program.
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 7));
    morning(&house).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox").await, 1);
    let vidu = house.as_("vidu").await;
    let form = [("address", "vidu@tinhmau.example"), ("digest", "1"), ("lang", "en"), ("rev", "1")];
    assert_eq!(vidu.form("/notices/choose", &form).await.status, StatusCode::SEE_OTHER);
    proved(&house, &vidu).await;
    assert_eq!(vidu.form("/notices/trial", &[]).await.status, StatusCode::SEE_OTHER);
    house.drain().await;
    assert!(post.letter().unwrap()["raw"].as_str().unwrap().contains("Letter of trial"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_people_are_told_in_the_program() {
    let house = with_dues(Channels::default()).await;
    choose(&house, "vidu", "vidu@tinhmau.example", "vi").await;
    morning(&house).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox").await, 0);
    assert!(house.count("SELECT COUNT(*) FROM notify_notice").await >= 2);
    let vidu = house.as_("vidu").await;
    let wrong = vidu.form("/notices/choose", &[("address", "vidu-at-home"), ("rev", "1")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("không phải địa chỉ thư điện tử") && wrong.body.contains("vidu-at-home"));
    let off = vidu.form("/notices/trial", &[]).await;
    assert!(off.body.contains("Chưa cài đặt máy chủ thư"), "{}", off.body);
    let half = Channels::new(Some("smtp://127.0.0.1:25"), None, None);
    assert_eq!(half.unwrap_err().code, "mail-incomplete");
}

/// The letter's words in both languages, as they leave.
#[tokio::test(flavor = "multi_thread")]
async fn the_letter_reads_well_in_both_languages() {
    for lang in ["vi", "en"] {
        #[derive(db::FromQueryResult)]
        struct Row {
            subject: String,
            text: String,
        }
        let house = with_dues(mail(1)).await;
        choose(&house, "vidu", "vidu@tinhmau.example", lang).await;
        morning(&house).await;
        let sql = "SELECT subject, text FROM notify_outbox";
        let row: Row = house.app.db().read().one(sql, vec![]).await.unwrap().unwrap();
        insta::assert_snapshot!(format!("letter_{lang}"), format!("{}\n\n{}", row.subject, row.text));
    }
}

/// A gateway that others run hears how much waits, never what; while it says no, the message waits.
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_for_short_texts_hears_numbers_only() {
    use axum::{Json as Body, Router, routing::post};
    let (put, messages) = std::sync::mpsc::channel::<Json>();
    let (put, calls) = (std::sync::Mutex::new(put), std::sync::atomic::AtomicUsize::new(0));
    let take = std::sync::Arc::new(move |message: Json| {
        // The first time it has had enough for now.
        if calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0 {
            return StatusCode::TOO_MANY_REQUESTS;
        }
        put.lock().unwrap().send(message).unwrap();
        StatusCode::NO_CONTENT
    });
    let server = Router::new().route("/send", post(async move |Body(message): Body<Json>| take(message)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, server).await.unwrap() });
    let house = with_dues(gateway(&url)).await;
    let vidu = house.as_("vidu").await;
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
