//! A body of which nobody has an account reports by its link: to all its receivers at once, from two addresses at once, and no
//! longer than it may.

use axum::http::{StatusCode, header};
use kernel::{Role, UnitId};
use serde_json::json;
use testkit::{Answer, Client, Part};

use crate::{
    house::{House, OTHER_COMMUNE},
    refused_forms::untouched,
    round::{id_of, step, words},
};

pub const GONE: StatusCode = StatusCode::NOT_FOUND;
pub const LED: StatusCode = StatusCode::SEE_OTHER;
pub const FINANCE: &str = "Sở Tài chính";

/// A month that the department gathers from a commune without accounts, for itself and another department.
pub struct Month<'a> {
    house: &'a House,
    pub officer: Client,
    /// Accepts and returns: who makes a link to pass on does not receive what comes by it.
    pub chief: Client,
    pub period: String,
    pub unit: UnitId,
}

impl<'a> Month<'a> {
    pub async fn open(house: &'a House) -> Self {
        Self::due(house, "").await
    }

    pub async fn due(house: &'a House, day: &str) -> Self {
        let officer = house.as_("vidu").await;
        let duty = [
            ("name", "Báo cáo tháng của đơn vị ngoài"),
            ("period", "month"),
            ("cutoff", "decree"),
            ("due_kind", "after"),
            ("due", "3"),
            ("reports", "UBND xã Đồi Mẫu; UBND xã Sông Mẫu"),
            ("receives", "Sở Khoa học và Công nghệ; Sở Tài chính"),
        ];
        let made = officer.form("/duties/new", &duty).await;
        assert_eq!(made.status, LED, "{}", made.body);
        let path = format!("/duties/{}/periods", id_of(&made.location));
        let opened = officer.form(&path, &[("label", "2026-M11"), ("due_on", day)]).await;
        house.drain().await;
        let chief = house.as_("giamdoc").await;
        Self { house, officer, chief, period: id_of(&opened.location), unit: house.unit(OTHER_COMMUNE) }
    }

    pub fn page(&self) -> String {
        format!("/periods/{}/outside", self.period)
    }

    pub async fn ask(&self, by: &Client, act: &str, address: &str) -> Answer {
        let unit = self.unit.to_string();
        let form = [
            ("act", act),
            ("confirm", "1"),
            ("days", "10"),
            ("unit", unit.as_str()),
            ("address", address),
            ("part", unit.as_str()),
        ];
        by.form(&self.page(), &form).await
    }

    /// A new link, as its maker is shown it.
    pub async fn secret(&self) -> String {
        let made = self.ask(&self.officer, "show", "").await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        assert_eq!(made.headers[header::CACHE_CONTROL], "no-store");
        secret_in(&made.body)
    }

    pub async fn stage(&self) -> String {
        // Whoever came in before the clock was moved is out again.
        let officer = self.house.as_("vidu").await;
        let list = officer.get(&format!("/api/v1/periods/{}/outside", self.period)).await.json();
        list["items"][0]["stage"].as_str().unwrap().to_owned()
    }

    pub async fn report(&self) -> String {
        let sql = "SELECT id FROM programme_report WHERE unit_id = $1 ORDER BY version DESC";
        let id = self.house.one(sql, db::vals![self.unit.uuid()]).await;
        programme::ids::ReportId::from_uuid(id).to_string()
    }
}

/// The secret in a text that has its address.
pub fn secret_in(text: &str) -> String {
    let text = words(text);
    let rest = text.split("http://dinh.test/r/").nth(1).unwrap_or_else(|| panic!("no link: {text}"));
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// Somebody at another computer, with the same link.
pub struct Bearer {
    pub client: Client,
    pub cookie: String,
    pub page: String,
}

impl Bearer {
    pub async fn come(house: &House, secret: &str) -> Self {
        let led = house.client().get(&format!("/r/{secret}")).await;
        assert_eq!(led.status, LED, "{}", led.body);
        assert_eq!(led.headers[header::REFERRER_POLICY], "no-referrer");
        assert_eq!(led.headers[header::CACHE_CONTROL], "no-store");
        let cookie = led.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains(&format!("Path={}", led.location)), "{cookie}");
        assert!(!led.location.contains(secret), "{}", led.location);
        let kept = cookie.split(';').next().unwrap().to_owned();
        Self { client: house.client().with_cookie(&kept), cookie: kept, page: led.location }
    }

    pub async fn show(&self) -> Answer {
        self.client.get(&self.page).await
    }

    pub async fn rev(&self) -> String {
        let page = self.show().await.body;
        let at = page.find("name=\"rev\" value=\"").unwrap_or_else(|| panic!("no form: {page}")) + 18;
        page[at..].split('"').next().unwrap().to_owned()
    }

    pub async fn send(&self, rev: &str, act: &str, more: &[Part<'_>]) -> Answer {
        let who = Part::Field("who", "Nguyễn Văn Ngoài");
        let mut parts = vec![Part::Field("rev", rev), Part::Field("act", act), Part::Field("sure", "1"), who];
        parts.extend_from_slice(more);
        self.client.upload(&self.page, &parts).await
    }

    /// The first task of the form.
    async fn task(&self) -> String {
        let page = self.show().await.body;
        page.split("name=\"work\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_report_arrives_sealed_at_two_receivers_and_each_decides_for_itself() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let finance = house.person("nhanbc", FINANCE, Role::PROGRAMME).await;
    let list = words(&month.officer.get(&month.page()).await.body);
    assert!(list.contains("Chưa gửi") && list.contains("chưa cấu hình máy chủ thư"), "{list}");
    assert!(!list.contains("UBND xã Sông Mẫu"), "its people have accounts: {list}");
    assert!(words(&month.officer.get(&format!("/periods/{}", month.period)).await.body).contains("/outside"));
    let secret = month.secret().await;
    assert_eq!(month.stage().await, "sent");

    // Whatever reads the letter for its receiver opens the link too: nothing comes of that.
    let before = house.ledger_length().await;
    let bearer = Bearer::come(&house, &secret).await;
    let page = words(&bearer.show().await.body);
    assert_eq!((house.ledger_length().await, month.stage().await.as_str()), (before, "opened"));
    assert!(page.contains("Nơi nhận (cùng một lúc): Sở Khoa học và Công nghệ; Sở Tài chính"), "{page}");
    assert!(!page.contains("href=\"/sign-in") && !page.contains("moj-side-navigation"), "{page}");

    let draft = words(&month.officer.get(&format!("/reports/{}", month.report().await)).await.body);
    assert!(draft.contains("qua liên kết (Đã mở"), "{draft}");

    // Who it is that writes must be said, at the field.
    let rev = bearer.rev().await;
    let sure = Part::Field("sure", "1");
    let fields = untouched(&page, &bearer.page);
    let typed =
        |name: &str, value: &str| if name == "intro" { "Lời mở đầu".to_owned() } else { value.to_owned() };
    let fields = fields.iter().filter(|(name, _)| name != "file" && name != "act");
    let fields: Vec<(String, String)> = fields.map(|(name, value)| (name.clone(), typed(name, value))).collect();
    let nameless = fields.iter().map(|(name, value)| Part::Field(name, value));
    let nameless: Vec<Part<'_>> = nameless.chain([Part::Field("act", "send"), sure]).collect();
    let refused = bearer.client.upload(&bearer.page, &nameless).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Lời mở đầu") && refused.body.contains("who-error"), "{}", refused.body);

    // And that it is meant to be sent.
    let unsure = [Part::Field("rev", &rev), Part::Field("act", "send"), Part::Field("who", "Nguyễn Văn Ngoài")];
    let refused = bearer.client.upload(&bearer.page, &unsure).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("đánh dấu xác nhận"));

    let task = bearer.task().await;
    let more = [
        Part::Field("work", &task),
        Part::Field("words", "Đã lắp 12 trạm"),
        Part::Field("phone", "0236 382 1111"),
        Part::Field("number", "15/BC-DN"),
    ];
    let saved = bearer.send(&rev, "save", &more).await;
    assert_eq!(saved.status, LED, "{}", saved.body);
    assert!(bearer.show().await.body.contains("Đã lắp 12 trạm"));
    let sent = bearer.send(&bearer.rev().await, "send", &more).await;
    assert_eq!(sent.location, format!("{}?done=outside-sent", bearer.page), "{}", sent.body);
    let receipt = words(&bearer.show().await.body);
    assert!(receipt.contains("15/BC-DN") && receipt.contains("Đã lắp 12 trạm"), "{receipt}");
    assert!(!receipt.contains("name=\"rev\""), "what was sent is only read");
    assert_eq!(month.stage().await, "done");

    // Both have it, each with a step of its own.
    let report = month.report().await;
    let path = format!("/reports/{report}");
    let todo = "Tiếp nhận báo cáo";
    for who in [&month.chief, &finance] {
        assert!(words(&who.get("/work").await.body).contains(&format!("<h3>{todo}")));
        let page = words(&who.get(&path).await.body);
        assert!(page.contains("Nguyễn Văn Ngoài") && page.contains("0236 382 1111"), "{page}");
    }
    assert_eq!(house.as_("taichinh").await.get(&path).await.status, StatusCode::OK, "all of that body read it");
    assert_eq!(step(&month.chief, &report, "accept", &[]).await.status, LED);
    let unit = house.unit(FINANCE).to_string();
    let decide = async |who: &Client, rev: &str, act: &str, remarks: &str| {
        let form = [("unit", unit.as_str()), ("rev", rev), ("act", act), ("remarks", remarks)];
        who.form(&format!("{path}/receptions"), &form).await
    };
    assert_eq!(decide(&month.officer, "1", "accept", "").await.status, StatusCode::FORBIDDEN, "it is not theirs");
    assert_eq!(decide(&finance, "1", "return", "").await.status, StatusCode::UNPROCESSABLE_ENTITY, "without a word");
    // A program takes the same step from what it reads.
    let read = finance.get(&format!("/api/v1{path}")).await.json();
    assert_eq!(read["receptions"], json!([{"unit": unit, "state": "waiting", "rev": 1}]));
    assert_eq!(decide(&finance, "1", "return", "Thiếu kinh phí").await.status, LED);
    assert_eq!(decide(&finance, "1", "accept", "").await.status, StatusCode::CONFLICT);
    let state = "SELECT COUNT(*) FROM programme_report WHERE state = 'accepted'";
    assert_eq!(house.count(state).await, 1, "what one returned the other keeps accepted");

    // The link opens the form again, with why and by whom; what was sent stays.
    let again = words(&bearer.show().await.body);
    assert!(again.contains("Sở Tài chính trả lại báo cáo:") && again.contains("Thiếu kinh phí"), "{again}");
    assert!(again.contains("Đã lắp 12 trạm"), "what was written is there: {again}");
    let second = [Part::Field("work", &task), Part::Field("words", "Đã lắp 12 trạm, 3 tỷ đồng")];
    let sent = bearer.send(&bearer.rev().await, "send", &second).await;
    assert_eq!(sent.status, LED, "{}", sent.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE version = 2 AND state = 'issued'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE sealed LIKE '%3 tỷ%'").await, 1);
    // Who receives it is told who filled it in, which is noted; who only reads is told the body.
    let path = format!("/reports/{}", month.report().await);
    let course = words(&house.as_("taichinh").await.get(&path).await.body);
    assert!(course.contains("UBND xã Đồi Mẫu") && !course.contains("Nguyễn Văn Ngoài"), "{course}");
    house.app.db().flush_access(&house.system()).await.unwrap();
    let noted = "SELECT COUNT(*) FROM db_access WHERE action = 'outside.contact'";
    let before = house.count(noted).await;
    assert!(month.officer.get(&path).await.body.contains("Nguyễn Văn Ngoài"));
    house.app.db().flush_access(&house.system()).await.unwrap();
    assert_eq!(house.count(noted).await, before + 1);
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
    house.registers_agree().await;
}

#[tokio::test]
async fn two_addresses_at_once_lose_no_word_and_send_once() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let secret = month.secret().await;
    let (one, two) = (Bearer::come(&house, &secret).await, Bearer::come(&house, &secret).await);
    let rev = one.rev().await;
    assert_eq!(one.send(&rev, "save", &[Part::Field("intro", "Lời của người thứ nhất")]).await.status, LED);
    let both = two.send(&rev, "save", &[Part::Field("intro", "Lời của người thứ hai")]).await;
    assert_eq!(both.status, StatusCode::PRECONDITION_FAILED);
    assert!(both.body.contains("người thứ nhất") && both.body.contains("người thứ hai"), "{}", both.body);
    let rev = two.rev().await;
    let mine = [Part::Field("intro", "Lời của người thứ hai")];
    assert_eq!(two.send(&rev, "save", &mine).await.status, LED, "one's own all the same");

    // Pressed on both at once: one report, and both are told that it was sent.
    let rev = two.rev().await;
    let (first, second) = tokio::join!(one.send(&rev, "send", &mine), two.send(&rev, "send", &mine));
    let sent = [&first, &second].into_iter().filter(|answer| answer.status == LED).count();
    assert!(sent >= 1, "{} {}", first.body, second.body);
    assert_eq!(one.send(&rev, "send", &mine).await.status, LED, "pressed twice it was sent once");
    let late = one.send(&rev, "send", &[Part::Field("intro", "Lời chưa gửi")]).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
    assert!(late.body.contains("Lời chưa gửi"), "what came too late is shown to who wrote it: {}", late.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'report.send'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_reception").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE version > 1").await, 0);
}

#[tokio::test]
async fn a_locked_period_is_read_and_not_written() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let rev = bearer.rev().await;
    assert_eq!(bearer.send(&rev, "save", &[Part::Field("intro", "Lời đã lưu")]).await.status, LED);
    let rev = bearer.rev().await;
    month.officer.form(&format!("/periods/{}", month.period), &[("act", "lock")]).await;
    let page = words(&bearer.show().await.body);
    assert!(
        page.contains("Kỳ báo cáo đã khóa") && page.contains("Lời đã lưu") && !page.contains("name=\"rev\""),
        "{page}"
    );
    assert_eq!(bearer.send(&rev, "send", &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(month.ask(&month.officer, "show", "").await.status, StatusCode::CONFLICT, "no new link for it");
    month.officer.form(&format!("/periods/{}", month.period), &[("act", "unlock")]).await;
    assert_eq!(bearer.send(&rev, "send", &[]).await.status, LED);
}

#[tokio::test]
async fn the_sheet_goes_through_the_same_link() {
    use calamine::{Reader, Xlsx};
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let path = format!("{}/sheet", bearer.page);
    let bytes = bearer.client.get_bytes(&path).await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let mut rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let sheet = |rows: &[Vec<String>]| webkit::export::xlsx("Bao cao", &rows[0], &rows[1..]).unwrap();
    let mut wrong = rows.clone();
    wrong.push(vec!["work gì đó".into(), "dòng lạ".into()]);
    let refused = bearer.client.upload(&path, &[Part::File("b.xlsx", &sheet(&wrong))]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&format!("<b>A{}</b>", wrong.len())), "{}", refused.body);
    rows[3][4] = "Điền ở trên Excel".into();
    let taken = bearer.client.upload(&path, &[Part::File("b.xlsx", &sheet(&rows))]).await;
    assert_eq!(taken.status, LED, "{}", taken.body);
    assert!(bearer.show().await.body.contains("Điền ở trên Excel"));
    let none = bearer.client.upload(&path, &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = bearer.show().await.body;
    assert_eq!((page.matches("id=\"file\"").count(), page.matches("id=\"sheet\"").count()), (1, 1), "{page}");
    let old = bearer.client.upload(&path, &[Part::File("b.xlsx", &sheet(&rows))]).await;
    assert_eq!(old.status, StatusCode::PRECONDITION_FAILED, "a sheet of an older state is not taken");
    assert_eq!(house.client().get(&path).await.status, GONE, "nobody gets it without the link");
}

/// What comes by a link is looked through as what is issued inside is.
#[tokio::test]
async fn a_file_that_comes_by_a_link_is_marked_for_numbers_of_people() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let listed = testkit::word_file(&["Người được hỗ trợ", "Nguyễn Văn Mẫu", "048123456789"]);
    let sent = bearer.send(&bearer.rev().await, "send", &[Part::File("ds.docx", &listed)]).await;
    assert_eq!(sent.status, LED, "{}", sent.body);
    let page = words(&month.officer.get(&format!("/reports/{}", month.report().await)).await.body);
    assert!(page.contains("có thể chứa số định danh cá nhân (1 chỗ)"), "{page}");
    let seq = house.newest("report.send").await;
    let entry = db::ledger_entry(&house.app.db().read(), seq).await.unwrap().unwrap();
    let entry: serde_json::Value = serde_json::from_str(&entry.body).unwrap();
    assert_eq!(entry["detail"]["identities"], 1, "{entry}");
}
