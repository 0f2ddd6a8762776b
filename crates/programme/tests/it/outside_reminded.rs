//! Bodies without accounts are reminded by letter of a report that has not come: of what is so, once a day, and of nothing that
//! is not so any more.

use std::sync::Arc;

use jiff::civil::{Date, date};
use kernel::Role;
use programme::reporting::store::outside_remind::{awaited, still_awaited};
use testkit::Part;

use crate::{
    house::{House, Post, building_with},
    outside::{Bearer, FINANCE, LED, Month, secret_in},
    round::{step, words},
};

const BACK: [Part<'static>; 1] = [Part::Field("remarks", "Thiếu số liệu")];

async fn morning(house: &House, day: Date) {
    house.clock.set(day);
    db::daily(house.app.db(), &house.system(), &["programme.daily"]).await.unwrap();
    house.drain().await;
}

/// The subjects of the letters that wait.
fn waiting(post: &Post) -> Vec<String> {
    post.0.lock().unwrap().iter().map(|letter| letter.subject.clone()).collect()
}

/// The secret of the letter that was put last; none waits any more.
fn taken(post: &Post) -> String {
    let letter = post.0.lock().unwrap().drain(..).next_back().unwrap();
    secret_in(&letter.text)
}

/// Like people inside, on the same days, without the link, and no longer than it is of use.
#[tokio::test]
async fn a_body_that_has_not_reported_is_reminded_by_letters_that_carry_no_link() {
    let post = Arc::new(Post::default());
    let house = House::demo_of(building_with(post.clone())).await;
    let month = Month::due(&house, "2026-11-29").await;
    assert_eq!(month.ask(&month.officer, "send", "vt@doimau.example").await.status, LED);
    let secret = secret_in(&post.0.lock().unwrap().pop().unwrap().text);
    let round = async |day: i8| {
        house.clock.set(jiff::civil::date(2026, 11, day));
        db::daily(house.app.db(), &house.system(), &["programme.daily"]).await.unwrap();
        house.drain().await;
        post.0.lock().unwrap().drain(..).collect::<Vec<_>>()
    };
    assert!(round(25).await.is_empty(), "two working days before nobody is told");
    let told = round(26).await;
    assert_eq!(told.len(), 1, "{told:?}");
    let (letter, text) = (&told[0], &told[0].text);
    assert!(letter.address == "vt@doimau.example" && letter.subject.contains("tháng 11 năm 2026"), "{letter:?}");
    assert!(letter.subject.starts_with("Nhắc") && text.contains("thứ Sáu 27/11"), "{letter:?}");
    assert!(text.contains("ngày 21/11/2026") && text.contains("đề nghị Sở Khoa học và Công nghệ"), "{text}");
    assert!(letter.carries.as_ref().is_some_and(|mark| mark.starts_with("remind:")), "{letter:?}");
    assert!(!text.contains("/r/") && !text.contains(&secret), "{text}");
    let list = words(&house.as_("vidu").await.get(&month.page()).await.body);
    assert!(list.contains("nhắc qua thư ngày 26/11/2026"), "{list}");
    // Once a day, however often the round is made.
    house.exec("DELETE FROM db_daily", vec![]).await;
    assert!(round(26).await.is_empty());
    assert!(round(28).await.is_empty(), "a Saturday: the round of Friday is made up for on Monday");
    let late = round(30).await;
    assert!(late.len() == 1 && late[0].subject.starts_with("Quá hạn"), "{late:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'outside.remind'").await, 2);
}

#[tokio::test]
async fn who_has_reported_or_whose_link_is_over_is_not_reminded() {
    let post = Arc::new(Post::default());
    let house = House::demo_of(building_with(post.clone())).await;
    let month = Month::due(&house, "2026-11-29").await;
    assert_eq!(month.ask(&month.officer, "send", "vt@doimau.example").await.status, LED);
    let letter = post.0.lock().unwrap().pop().unwrap();
    let bearer = Bearer::come(&house, &secret_in(&letter.text)).await;
    let round = async |day: i8| {
        house.clock.set(jiff::civil::date(2026, 11, day));
        db::daily(house.app.db(), &house.system(), &["programme.daily"]).await.unwrap();
        house.drain().await;
        post.0.lock().unwrap().drain(..).map(|letter| letter.subject).collect::<Vec<_>>()
    };
    assert_eq!(round(26).await, ["Nhắc gửi báo cáo tháng 11 năm 2026"]);
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    assert!(round(27).await.is_empty(), "it was sent");
    let chief = house.as_("giamdoc").await;
    assert_eq!(step(&chief, &month.report().await, "return", &BACK).await.status, LED);
    // It is late, but nobody says that it was never received.
    let again = "Báo cáo tháng 11 năm 2026 đã được trả lại để sửa, đề nghị gửi lại";
    assert_eq!(round(30).await, [again]);
    let link = bearer.page.rsplit('/').next().unwrap().to_owned();
    assert_eq!(house.as_("vidu").await.form(&format!("/outside/{link}/revoke"), &[]).await.status, LED);
    house.clock.set(jiff::civil::date(2026, 12, 4));
    db::daily(house.app.db(), &house.system(), &["programme.daily"]).await.unwrap();
    house.drain().await;
    assert!(post.0.lock().unwrap().is_empty(), "the link was taken back");
}

/// Who returned it is another receiver: where the report is gathered it has come, however long its correction takes.
#[tokio::test]
async fn of_a_correction_of_what_has_come_nobody_is_reminded() {
    let post = Arc::new(Post::default());
    let house = House::demo_of(building_with(post.clone())).await;
    let month = Month::due(&house, "2026-11-29").await;
    let finance = house.person("nhanbc", FINANCE, Role::PROGRAMME).await;
    assert_eq!(month.ask(&month.officer, "send", "vt@doimau.example").await.status, LED);
    let bearer = Bearer::come(&house, &taken(&post)).await;
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    let first = month.report().await;
    assert_eq!(step(&month.chief, &first, "accept", &[]).await.status, LED);
    let unit = house.unit(FINANCE).to_string();
    let back = [("unit", unit.as_str()), ("rev", "1"), ("act", "return"), ("remarks", "Thiếu kinh phí")];
    assert_eq!(finance.form(&format!("/reports/{first}/receptions"), &back).await.status, LED);
    assert_eq!(bearer.send(&bearer.rev().await, "save", &[]).await.status, LED);
    assert_ne!(month.report().await, first, "a newer version is being written");
    for day in [26, 30] {
        morning(&house, date(2026, 11, day)).await;
        assert_eq!(waiting(&post), Vec::<String>::new());
    }
}

/// A letter may wait for as long as its server is away.
#[tokio::test]
async fn a_reminder_that_waits_goes_with_what_it_reminds_of() {
    let post = Arc::new(Post::default());
    let house = House::demo_of(building_with(post.clone())).await;
    let month = Month::due(&house, "2026-11-29").await;
    let send = async || {
        let officer = house.as_("vidu").await;
        assert_eq!(month.ask(&officer, "send", "vt@doimau.example").await.status, LED);
    };
    let none: [&str; 0] = [];
    send().await;
    taken(&post);
    morning(&house, date(2026, 11, 26)).await;
    assert_eq!(waiting(&post), ["Nhắc gửi báo cáo tháng 11 năm 2026"]);
    send().await;
    assert_eq!(waiting(&post), ["Đề nghị gửi báo cáo tháng 11 năm 2026"], "replaced");

    let bearer = Bearer::come(&house, &taken(&post)).await;
    morning(&house, date(2026, 11, 27)).await;
    assert_eq!(waiting(&post).len(), 1);
    assert_eq!(house.as_("vidu").await.form(&format!("{}/revoke", bearer.page), &[]).await.status, LED);
    assert_eq!(waiting(&post), none, "taken back");

    send().await;
    let bearer = Bearer::come(&house, &taken(&post)).await;
    morning(&house, date(2026, 11, 30)).await;
    assert_eq!(waiting(&post).len(), 1);
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    assert_eq!(waiting(&post), none, "sent");

    assert_eq!(step(&house.as_("giamdoc").await, &month.report().await, "return", &BACK).await.status, LED);
    morning(&house, date(2026, 12, 4)).await;
    assert_eq!(waiting(&post).len(), 1);
    assert_eq!(house.as_("vidu").await.form(&format!("{}/forget", bearer.page), &[]).await.status, LED);
    assert_eq!(waiting(&post), none, "forgotten");
}

/// What the round read is asked again inside the act that puts the letter.
#[tokio::test]
async fn a_report_that_came_meanwhile_is_awaited_no_more() {
    let post = Arc::new(Post::default());
    let house = House::demo_of(building_with(post.clone())).await;
    let month = Month::due(&house, "2026-11-29").await;
    assert_eq!(month.ask(&month.officer, "send", "vt@doimau.example").await.status, LED);
    let bearer = Bearer::come(&house, &taken(&post)).await;
    let all = awaited(&house.app.db().read(), &[date(2026, 11, 29)]).await.unwrap();
    let [of] = all.as_slice() else { panic!("{all:?}") };
    let is_still = async || {
        let ctx = house.system();
        let asked = house.app.db().write(&ctx, |tx| async move {
            tx.bookkeeping();
            Ok(still_awaited(&tx, of).await?)
        });
        asked.await.unwrap()
    };
    assert!(is_still().await);
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    assert!(!is_still().await);
}

#[tokio::test]
async fn of_one_report_for_several_duties_one_letter_a_day_goes_to_one_address() {
    let post = Arc::new(Post::default());
    let house = House::demo_of(building_with(post.clone())).await;
    let (one, two) = (Month::due(&house, "2026-11-29").await, Month::due(&house, "2026-11-29").await);
    for (month, address) in [(&one, "vt@doimau.example"), (&two, "VT@doimau.example")] {
        assert_eq!(month.ask(&month.officer, "send", address).await.status, LED);
        taken(&post);
    }
    let reports = "SELECT COUNT(DISTINCT t.report_id) FROM programme_report_period t \
        JOIN programme_outside o ON o.period_id = t.period_id JOIN programme_report r ON r.id = t.report_id \
        WHERE r.unit_id = o.unit_id";
    assert_eq!(house.count(reports).await, 1, "one report answers both");
    for (day, letters) in [(26, 1), (27, 1), (28, 0), (30, 1)] {
        morning(&house, date(2026, 11, day)).await;
        assert_eq!(post.0.lock().unwrap().drain(..).count(), letters, "{day}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'outside.remind'").await, 3);
}
