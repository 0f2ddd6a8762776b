//! What becomes of a report by a link once it was sent: returned, written anew, and by whose hands; and of the people who wrote it.

use std::sync::Arc;

use axum::http::StatusCode;
use kernel::{Role, Scope};
use programme::reporting::store::{report::sealed_of_period, report_register::tally};
use testkit::Part;

use crate::{
    house::{House, OTHER_COMMUNE, Post, SCIENCE, building_with},
    outside::{Bearer, FINANCE, GONE, LED, Month, secret_in},
    round::{step, take, words},
};

#[tokio::test]
async fn who_may_have_written_by_a_link_does_not_receive_what_came_by_it() {
    let post = Arc::new(Post::default());
    let house = House::demo_of(building_with(post.clone())).await;
    let month = Month::open(&house).await;
    // The officer had the secret: whoever sent the report, it may have been that hand.
    let bearer = Bearer::come(&house, &month.secret().await).await;
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    let report = month.report().await;
    assert_eq!(take(&house, &month.officer, &report, "accept", &[]).await.status, StatusCode::FORBIDDEN);
    assert!(!words(&month.officer.get("/work").await.body).contains("<h3>Tiếp nhận báo cáo"));
    let back = [Part::Field("remarks", "Thiếu số liệu")];
    assert_eq!(step(&month.chief, &report, "return", &back).await.status, LED);

    // A letter carried this one; but whoever came with it was signed in.
    assert_eq!(month.ask(&month.officer, "send", "vt@doimau.example").await.status, LED);
    let text = post.0.lock().unwrap().pop().unwrap().text;
    let mailed = Bearer::come(&house, &secret_in(&text)).await;
    let cookie = mailed.cookie.clone();
    let signed_in = Bearer { client: month.chief.with_cookie(&cookie), ..mailed };
    assert_eq!(signed_in.send(&signed_in.rev().await, "send", &[]).await.status, LED);
    let report = month.report().await;
    assert_eq!(take(&house, &month.chief, &report, "accept", &[]).await.status, StatusCode::FORBIDDEN);
    // Nobody here knows the secret of a letter; but the words of the version before may be the officer's.
    assert_eq!(take(&house, &month.officer, &report, "accept", &[]).await.status, StatusCode::FORBIDDEN);
    let another = house.person("nguoikhac", SCIENCE, Role::PROGRAMME).await;
    assert_eq!(step(&another, &report, "accept", &[]).await.status, LED);
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
}

#[tokio::test]
async fn what_one_receiver_returned_has_come_all_the_same() {
    let house = House::demo().await;
    let month = Month::due(&house, "2026-11-30").await;
    let finance = house.person("nhanbc", FINANCE, Role::PROGRAMME).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    let first = month.report().await;
    assert_eq!(step(&month.chief, &first, "accept", &[]).await.status, LED);
    let unit = house.unit(FINANCE).to_string();
    let back = [("unit", unit.as_str()), ("rev", "1"), ("act", "return"), ("remarks", "Thiếu kinh phí")];
    assert_eq!(finance.form(&format!("/reports/{first}/receptions"), &back).await.status, LED);

    // The other one has it, however long the correction takes: it is neither late nor chased.
    house.clock.set(jiff::civil::date(2026, 12, 3));
    let intro = [Part::Field("intro", "Sẽ bổ sung")];
    assert_eq!(bearer.send(&bearer.rev().await, "save", &intro).await.status, LED);
    let officer = house.as_("vidu").await;
    let path = format!("/periods/{}", month.period);
    let counts = async || {
        let period = officer.get(&format!("/api/v1{path}")).await.json();
        (period["actual"].as_i64(), period["on_time"].as_i64())
    };
    assert_eq!(counts().await, (Some(1), Some(1)));
    let inbox = words(&officer.get("/work").await.body);
    assert!(inbox.contains("Báo cáo tháng 11 năm 2026: 1 cơ quan chưa gửi"), "the other body alone: {inbox}");
    let page = words(&officer.get(&path).await.body);
    assert_eq!(page.matches("name=\"part\"").count(), 1, "{page}");
    let draft = month.report().await;
    assert_ne!(draft, first);
    let chased = officer.form(&format!("{path}/chase"), &[("part", draft.as_str())]).await;
    assert_eq!(chased.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Why stays on the page, also what the other receiver says of it meanwhile.
    let form = words(&bearer.show().await.body);
    assert!(form.contains("Sở Tài chính trả lại báo cáo:") && form.contains("Thiếu kinh phí"), "{form}");
    let chief = house.as_("giamdoc").await;
    assert_eq!(step(&chief, &first, "reconsider", &[]).await.status, LED);
    assert_eq!(step(&chief, &first, "return", &[Part::Field("remarks", "Thiếu phụ lục")]).await.status, LED);
    let form = words(&bearer.show().await.body);
    assert!(form.contains("Thiếu phụ lục") && form.contains("Thiếu kinh phí"), "{form}");
    assert_eq!(step(&chief, &first, "reconsider", &[]).await.status, LED);

    // What is sent anew after the day was sent in time the first time.
    assert_eq!(bearer.send(&bearer.rev().await, "send", &intro).await.status, LED);
    assert_eq!(counts().await, (Some(1), Some(1)));

    // Who returned the old version says nothing more of it: that would reach nobody.
    let finance = house.as_("nhanbc").await;
    let undo = [("unit", unit.as_str()), ("rev", "2"), ("act", "reconsider"), ("remarks", "")];
    let refused = finance.form(&format!("/reports/{first}/receptions"), &undo).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("phiên bản mới"), "{}", refused.body);
    assert!(!finance.get(&format!("/reports/{first}")).await.body.contains(&format!("/reports/{first}/receptions")));
}

#[tokio::test]
async fn a_version_that_was_returned_between_two_others_adds_no_body_up_twice() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let finance = house.person("nhanbc", FINANCE, Role::PROGRAMME).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    let unit = house.unit(FINANCE).to_string();
    let back = [("unit", unit.as_str()), ("rev", "1"), ("act", "return"), ("remarks", "Thiếu kinh phí")];
    let first = month.report().await;
    assert_eq!(finance.form(&format!("/reports/{first}/receptions"), &back).await.status, LED);
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[Part::Field("intro", "Hai")]).await.status, LED);
    let second = month.report().await;
    let why = [Part::Field("remarks", "Thiếu phụ lục")];

    // Who gathers has the second: the first neither waits for them nor is returned, which would reach nobody.
    let (old, new) = (format!("/reports/{first}"), format!("/reports/{second}"));
    let inbox = words(&month.chief.get("/work").await.body);
    assert!(inbox.contains(&new) && !inbox.contains(&old), "{inbox}");
    assert!(month.chief.get(&new).await.body.contains("\"accept\""));
    assert!(!month.chief.get(&old).await.body.contains("\"accept\""));
    for act in ["accept", "return"] {
        let refused = take(&house, &month.chief, &first, act, &why).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{act}");
        assert!(refused.body.contains("phiên bản mới"), "{}", refused.body);
    }

    assert_eq!(step(&month.chief, &second, "return", &why).await.status, LED);
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[Part::Field("intro", "Ba")]).await.status, LED);

    // The first was never returned by who gathers, the second was, the third is what counts.
    let sent = "SELECT COUNT(*) FROM programme_report WHERE state = 'issued'";
    assert_eq!(house.count(sent).await, 2);
    let rows = sealed_of_period(&house.app.db().read(), month.period.parse().unwrap()).await.unwrap();
    let versions: Vec<(String, i64)> = rows.iter().map(|row| (row.id().to_string(), row.version)).collect();
    assert_eq!(versions, [(month.report().await, 3)]);
}

#[tokio::test]
async fn of_a_report_whose_newer_version_was_returned_the_newer_one_waits_alone() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let finance = house.person("nhanbc", FINANCE, Role::PROGRAMME).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let mut sent = Vec::new();
    for intro in ["Một", "Hai"] {
        let intro = [Part::Field("intro", intro)];
        assert_eq!(bearer.send(&bearer.rev().await, "send", &intro).await.status, LED);
        let report = month.report().await;
        let why = [Part::Field("remarks", "Thiếu phụ lục")];
        assert_eq!(step(&month.chief, &report, "return", &why).await.status, LED);
        sent.push(format!("/reports/{report}"));
    }
    // What the gathering body returned the other one has all the same, in its newest version: of the first it could say nothing.
    let inbox = words(&finance.get("/work").await.body);
    assert!(inbox.contains(&sent[1]) && !inbox.contains(&sent[0]), "{inbox}");
}

#[tokio::test]
async fn what_was_returned_by_who_gathers_and_sent_anew_is_as_punctual_as_the_first() {
    let house = House::demo().await;
    let month = Month::due(&house, "2026-11-30").await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    let back = [Part::Field("remarks", "Thiếu số liệu")];
    assert_eq!(step(&month.chief, &month.report().await, "return", &back).await.status, LED);
    let day = jiff::civil::date(2026, 12, 3);
    house.clock.set(day);
    let officer = house.as_("vidu").await;
    let unit = house.unit(OTHER_COMMUNE).uuid();
    let counts = async || {
        let period = officer.get(&format!("/api/v1/periods/{}", month.period)).await.json();
        let all = Scope { everything: true, ..Scope::default() };
        let ranked = tally(&house.app.db().read(), &all, day).await.unwrap();
        let own = ranked.iter().find(|one| one.unit_id == unit).unwrap();
        (period["actual"].as_i64(), period["on_time"].as_i64(), own.owed, own.on_time)
    };
    assert_eq!(counts().await, (Some(0), Some(0), 1, 0), "what was returned has not come");
    let intro = [Part::Field("intro", "Đã bổ sung")];
    assert_eq!(bearer.send(&bearer.rev().await, "send", &intro).await.status, LED);
    assert_eq!(counts().await, (Some(1), Some(1), 1, 1));
}

#[tokio::test]
async fn two_who_begin_the_same_correction_make_one_version() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let secret = month.secret().await;
    let (one, two) = (Bearer::come(&house, &secret).await, Bearer::come(&house, &secret).await);
    assert_eq!(one.send(&one.rev().await, "send", &[Part::Field("intro", "Một")]).await.status, LED);
    let back = [Part::Field("remarks", "Thiếu số liệu")];
    assert_eq!(step(&month.chief, &month.report().await, "return", &back).await.status, LED);
    assert!(words(&two.show().await.body).contains("Thiếu số liệu"));
    let rev = two.rev().await;
    assert_eq!(one.send(&rev, "save", &[Part::Field("intro", "Hai")]).await.status, LED);
    let other = two.send(&rev, "save", &[Part::Field("intro", "Ba")]).await;
    assert_eq!(other.status, StatusCode::PRECONDITION_FAILED, "{}", other.body);
    assert!(other.body.contains("Hai") && other.body.contains("Ba"), "{}", other.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE version = 2").await, 1);
}

#[tokio::test]
async fn a_body_that_got_people_reports_inside_and_its_link_is_seen_and_taken_back() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let rev = bearer.rev().await;
    house.person("moivao", OTHER_COMMUNE, Role::OFFICER).await;
    let over = bearer.show().await;
    assert!(over.status == GONE && over.body.contains("đã có người dùng tài khoản"), "{}", over.body);
    let late = bearer.send(&rev, "send", &[Part::Field("intro", "Lời gửi muộn")]).await;
    assert!(late.status == StatusCode::CONFLICT && late.body.contains("Lời gửi muộn"), "{}", late.body);
    assert_eq!(month.stage().await, "staffed");
    assert_eq!(month.ask(&month.officer, "show", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = words(&month.officer.get(&month.page()).await.body);
    assert!(list.contains("Đơn vị đã có tài khoản") && !list.contains("name=\"part\""), "{list}");
    let id = bearer.page.rsplit('/').next().unwrap();
    assert!(list.contains(&format!("/outside/{id}/revoke")), "{list}");
    assert_eq!(month.officer.form(&format!("/outside/{id}/revoke"), &[]).await.status, LED);
    assert!(!words(&month.officer.get(&month.page()).await.body).contains(OTHER_COMMUNE), "now it is none of them");
}

#[tokio::test]
async fn a_number_is_kept_with_a_draft_and_what_comes_after_sending_is_not_said_to_be_sent() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let number = [Part::Field("number", "15/BC-DN")];
    assert_eq!(bearer.send(&bearer.rev().await, "save", &number).await.status, LED);
    assert!(words(&bearer.show().await.body).contains("value=\"15/BC-DN\""), "a draft keeps it");
    let rev = bearer.rev().await;
    let paper = Part::File("bc.pdf", b"%PDF-1.7\n% bao cao\n");
    let sent = [number[0].clone(), paper.clone()];
    assert_eq!(bearer.send(&rev, "send", &sent).await.status, LED);
    assert_eq!(bearer.send(&rev, "send", &sent).await.status, LED, "pressed twice it was sent once");
    assert_eq!(bearer.send(&rev, "send", &[]).await.status, LED, "nothing new came");
    let other = bearer.send(&rev, "send", &[Part::Field("number", "16/BC-DN"), paper]).await;
    assert_eq!(other.status, StatusCode::PRECONDITION_FAILED);
    assert!(words(&other.body).contains("16/BC-DN"), "{}", other.body);
    let file = [number[0].clone(), Part::File("khac.pdf", b"%PDF-1.7\n% ban khac\n")];
    assert_eq!(bearer.send(&rev, "send", &file).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'report.send'").await, 1);
    // What corrects it is another paper.
    let back = [Part::Field("remarks", "Thiếu số liệu")];
    assert_eq!(step(&month.chief, &month.report().await, "return", &back).await.status, LED);
    assert!(!words(&bearer.show().await.body).contains("value=\"15/BC-DN\""));
}

#[tokio::test]
async fn who_filled_in_what_was_sent_stays_who_did_and_another_address_is_told_of_nobody() {
    let post = Arc::new(Post::default());
    let house = House::demo_of(building_with(post.clone())).await;
    let month = Month::open(&house).await;
    let mailed = async |address: &str| {
        assert_eq!(month.ask(&month.officer, "send", address).await.status, LED);
        let text = post.0.lock().unwrap().pop().unwrap().text;
        Bearer::come(&house, &secret_in(&text)).await
    };
    let bearer = mailed("vt@doimau.example").await;
    let phone = [Part::Field("phone", "0236 382 1111")];
    assert_eq!(bearer.send(&bearer.rev().await, "send", &phone).await.status, LED);
    let first = format!("/reports/{}", month.report().await);
    let back = [Part::Field("remarks", "Thiếu số liệu")];
    assert_eq!(step(&month.chief, &month.report().await, "return", &back).await.status, LED);

    // The same address is the same person; another one is not.
    let again = mailed("VT@doimau.example").await;
    let (same, same_link) = (words(&again.show().await.body), again.page.clone());
    assert!(same.contains("Nguyễn Văn Ngoài") && same.contains("0236 382 1111"), "{same}");
    let other = mailed("khac@doimau.example").await;
    let form = words(&other.show().await.body);
    assert!(!form.contains("Nguyễn Văn Ngoài") && !form.contains("0236 382 1111"), "{form}");
    let rev = other.rev().await;
    let who = Part::Field("who", "Trần Thị Khác");
    let sent = [Part::Field("rev", &rev), Part::Field("act", "send"), Part::Field("sure", "1"), who];
    assert_eq!(other.client.upload(&other.page, &sent).await.status, LED);
    let now = words(&month.chief.get(&format!("/reports/{}", month.report().await)).await.body);
    assert!(now.contains("Trần Thị Khác") && !now.contains("Nguyễn Văn Ngoài"), "{now}");
    let before = words(&month.chief.get(&first).await.body);
    assert!(before.contains("Nguyễn Văn Ngoài") && !before.contains("Trần Thị Khác"), "{before}");

    // Forgotten by the officer alone who gathers: the person, and nobody else.
    let id = same_link.rsplit('/').next().unwrap();
    let forget = format!("/outside/{id}/forget");
    assert_eq!(house.as_("thu").await.form(&forget, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.as_("taichinh").await.form(&forget, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(month.officer.form(&forget, &[]).await.status, LED);
    let left = "SELECT COUNT(*) FROM programme_outside_contact WHERE address <> '' OR name <> '' OR phone <> ''";
    assert_eq!(house.count(left).await, 1, "two links of one person");
    assert!(!words(&month.chief.get(&first).await.body).contains("Nguyễn Văn Ngoài"));
    let now = words(&month.chief.get(&format!("/reports/{}", month.report().await)).await.body);
    assert!(now.contains("Trần Thị Khác"), "{now}");
    assert!(words(&month.officer.get(&month.page()).await.body).contains("khac@doimau.example"));
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
}

#[tokio::test]
async fn a_lock_binds_a_correction_that_nobody_asks_for_any_more() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    let first = month.report().await;
    let back = [Part::Field("remarks", "Thiếu số liệu")];
    assert_eq!(step(&month.chief, &first, "return", &back).await.status, LED);
    let intro = |text| [Part::Field("intro", text)];
    assert_eq!(bearer.send(&bearer.rev().await, "save", &intro("Đang sửa")).await.status, LED);
    month.officer.form(&format!("/periods/{}", month.period), &[("act", "lock")]).await;
    assert_eq!(bearer.send(&bearer.rev().await, "save", &intro("Sửa tiếp")).await.status, LED, "it was asked for");
    let rev = bearer.rev().await;
    assert_eq!(take(&house, &month.chief, &first, "reconsider", &[]).await.status, LED);
    let page = words(&bearer.show().await.body);
    assert!(page.contains("Kỳ báo cáo đã khóa") && !page.contains("name=\"rev\""), "{page}");
    assert_eq!(bearer.send(&rev, "send", &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE version = 2 AND state = 'draft'").await, 1);
}

#[tokio::test]
async fn who_comes_while_somebody_inside_writes_is_told_so_and_of_no_lock() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let above = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let chosen = [Part::Field("on_behalf", "true")];
    assert_eq!(take(&house, &above, &month.report().await, "submit", &chosen).await.status, LED);
    let page = words(&bearer.show().await.body);
    assert!(page.contains("lập thay trong hệ thống") && !page.contains("Kỳ báo cáo đã khóa"), "{page}");
}
