//! A page that refuses says why where it was asked, keeps what was typed, and leads back.

use axum::http::StatusCode;
use testkit::{Answer, Client, Part};

use crate::{
    house::House,
    people::{account_of, person_of, post_of},
};

pub const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub fn plain(answer: &Answer) -> String {
    answer.body.replace("&#x2f;", "/").replace("&quot;", "\"").replace("&#x27;", "'")
}

/// Where the link to the other language leads in the end.
async fn in_english(client: &Client, answer: &Answer) -> (String, StatusCode) {
    let page = plain(answer);
    let link = page.split("href=\"/language/en?back=").nth(1).unwrap().split('"').next().unwrap();
    let there = client.get(&format!("/language/en?back={link}")).await.location;
    let status = client.get(&there).await.status;
    (there, status)
}

#[tokio::test]
async fn a_refused_hand_over_keeps_what_was_typed_and_says_whose_post_it_is() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let post = post_of(&house, "vidu").await;
    let page = format!("/posts/{post}");
    let name = house.app.identity().display_name(&actor(&house, "vidu").await).await.unwrap().0;
    assert!(admin.get(&page).await.body.contains(&name), "whose post it is");
    let refused = admin.form(&format!("{page}/hand-over"), &[("login", "khong.co.ai")]).await;
    assert_eq!(refused.status, WRONG);
    let body = plain(&refused);
    assert!(body.contains("value=\"khong.co.ai\"") && body.contains("Không có tài khoản “khong.co.ai”"), "{body}");
    let refused = admin.form(&format!("{page}/stand-in"), &[("login", "thu"), ("until", "2099-01-01")]).await;
    let body = plain(&refused);
    assert!(body.contains("value=\"thu\"") && body.contains("value=\"2099-01-01\""), "{body}");
    assert!(body.contains("không quá 180 ngày"), "{body}");
}

async fn actor(house: &House, login: &str) -> kernel::Actor {
    let (account, person) = (account_of(house, login).await, person_of(house, login).await);
    kernel::Actor::Person { account, person, posts: vec![] }
}

#[tokio::test]
async fn nobody_stands_in_for_themselves() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let own = format!("/posts/{}/stand-in", post_of(&house, "vidu").await);
    let refused = admin.form(&own, &[("login", "VIDU"), ("until", "2026-12-31")]).await;
    assert_eq!(refused.status, WRONG, "{}", refused.location);
    assert!(refused.body.contains("chính là người giữ chức danh này"), "{}", refused.body);
    let other = admin.form(&own, &[("login", "thu"), ("until", "2026-12-31")]).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.body);
    // Nor when the stand-in's post is handed on to whom it stands in for.
    let handed = format!("/posts/{}/hand-over", post_of(&house, "thu").await);
    let handed = admin.form(&handed, &[("login", "vidu")]).await;
    assert!(handed.body.contains("chính là người giữ chức danh này"), "{} {}", handed.status, handed.location);
}

#[tokio::test]
async fn a_refusal_leads_back_to_the_page_it_came_from() {
    let house = House::people().await;
    let officer = house.signed_in("thu").await;
    let back = "Quay lại trang trước";
    let from = |page: &str| officer.header("referer", page);
    let refused = from("http://dinh.test/tasks?state=late&done=saved").get("/ledger").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let body = plain(&refused);
    assert!(body.contains(back) && body.contains("<a href=\"/tasks?state=late\">"), "{body}");
    for elsewhere in ["http://evil.test/tasks", "http://dinh.test//evil.test/", "http://dinh.test/khong-co", "x"] {
        assert!(!from(elsewhere).get("/ledger").await.body.contains(back), "{elsewhere}");
    }
    let plan = "/plans/plan_01jcqz6y9tfg0v3d8x5m2n7k4b";
    let gone = from(&format!("http://dinh.test{plan}/confirm"))
        .form(&format!("{plan}/confirm"), &[("rev", "1"), ("act", "confirm")])
        .await;
    assert!(plain(&gone).contains(&format!("<a href=\"{plan}\">")), "{} {}", gone.status, gone.body);
}

#[tokio::test]
async fn another_language_after_a_refusal_shows_the_page_of_the_form() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let page = format!("/posts/{}", post_of(&house, "vidu").await);
    let hand_over = format!("{page}/hand-over");
    for came in [page.clone(), hand_over.clone()] {
        let from = admin.header("referer", &format!("http://dinh.test{came}"));
        let refused = from.form(&hand_over, &[("login", "khong.co.ai")]).await;
        assert_eq!(in_english(&admin, &refused).await, (page.clone(), StatusCode::OK), "{came}");
    }
    let silent = admin.form(&hand_over, &[("login", "khong.co.ai")]).await;
    assert_eq!(in_english(&admin, &silent).await, (page, StatusCode::OK));
}

#[tokio::test]
async fn a_list_of_units_is_refused_in_words_of_its_reader() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    for (list, words) in [
        (b"code,kind\nX1,team\n".as_slice(), "Không tìm thấy cột: Tên cơ quan, đơn vị"),
        (b"code,name,kind\nX1,T\xe1\xbb\x95,phong ban\n", "Dòng 2: Loại: “phong ban” không có trong danh mục"),
        (b"code,name,kind\nX1,T\n", "Dòng 2: Loại: Hãy điền đủ các ô bắt buộc"),
        (b"code,name,kind\nX1,T\xf4,team\n", "không đọc được bảng mã của chữ"),
    ] {
        let refused = admin.upload("/units/import", &[Part::File("a.csv", list)]).await;
        assert_eq!(refused.status, WRONG);
        assert!(refused.body.contains(words) && !refused.body.contains("deserialize"), "{words}: {}", refused.body);
    }
}

#[tokio::test]
async fn the_page_of_a_person_keeps_what_was_typed() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let person = format!("/people/{}", person_of(&house, "vidu").await);
    let long = "x".repeat(200);
    let refused = admin.form(&format!("{person}/rename"), &[("name", &long), ("rev", "1")]).await;
    let body = plain(&refused);
    assert!(body.contains(&format!("value=\"{long}\"")) && body.contains("<a href=\"#name\">"), "{body}");
    let stale = admin.form(&format!("{person}/rename"), &[("name", "Tên Mới"), ("rev", "99")]).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let (_, beside) = stale.body.split_once("Những gì bạn đã nhập").expect(&stale.body);
    assert!(beside.contains(">Tên Mới</td>") && stale.body.contains("người khác sửa"), "{}", stale.body);
    let (_, form) = stale.body.split_once("id=\"name\"").expect(&stale.body);
    assert!(!form.split('>').next().unwrap().contains("Tên Mới"), "nobody's change is overwritten unseen: {form}");
    let both = admin.form(&format!("{person}/erase"), &[("reason", " ")]).await;
    let body = plain(&both);
    assert!(body.contains("<a href=\"#reason\">") && body.contains("<a href=\"#confirm\">"), "{body}");
    let kept = admin.form(&format!("{person}/erase"), &[("reason", "Đơn ngày 01/11/2026")]).await;
    assert!(plain(&kept).contains("Đơn ngày 01/11/2026</textarea>"), "{}", kept.body);
}

#[tokio::test]
async fn an_invitation_counts_among_what_waits_for_me() {
    let house = House::people().await;
    let local = house.signed_in("donvi").await;
    let stand_in = format!("/posts/{}/stand-in", post_of(&house, "thu").await);
    local.form(&stand_in, &[("login", "taichinh"), ("until", "2026-12-31")]).await;
    let invited = plain(&house.signed_in("taichinh").await.get("/work").await);
    assert!(
        invited.contains("Nhận hoặc từ chối chức danh") && invited.contains("href=\"/account#invitations\""),
        "{invited}"
    );
    assert!(invited.contains("UBND xã Sông Mẫu"), "{invited}");
    assert!(!house.signed_in("vidu").await.get("/work").await.body.contains("Nhận hoặc từ chối chức danh"));
}

#[tokio::test]
async fn the_form_of_a_unit_names_other_units() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let unit = house.unit("Sở Tài chính", None);
    let page = plain(&admin.get(&format!("/units/{unit}/edit")).await);
    let value = |page: &str, name: &str| {
        let at = page.find(&format!("name=\"{name}\"")).unwrap();
        let tag = &page[page[..at].rfind('<').unwrap()..];
        tag.split('>')
            .next()
            .unwrap()
            .split("value=\"")
            .nth(1)
            .unwrap_or_default()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    let parent = value(&page, "parent");
    assert!(!parent.is_empty() && !parent.contains("unit_"), "{parent:?}");
    let (rev, from) = (value(&page, "rev"), value(&page, "valid_from"));
    let before = house.app.get::<directory::Directory>().unwrap().tree().unit(unit).unwrap().clone();
    let (name, kind) = (before.name.clone(), kernel::Code::code(before.kind));
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (code, legacy) = (text(&before.code), text(&before.legacy_code));
    let saved = [
        ("rev", rev.as_str()),
        ("code", &code),
        ("legacy_code", &legacy),
        ("name", &name),
        ("short_name", &before.short_name),
        ("kind", kind),
        ("parent", &parent),
        ("valid_from", &from),
    ];
    let saved = admin.form(&format!("/units/{unit}/edit"), &saved).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let after = house.app.get::<directory::Directory>().unwrap().tree().unit(unit).unwrap().clone();
    assert_eq!(after.parent, before.parent, "the name means the same unit again");
    let below = plain(&admin.get(&format!("/units/new?parent={unit}")).await);
    assert_eq!(value(&below, "parent"), name);
}

#[tokio::test]
async fn a_check_of_the_ledger_that_cannot_be_read_is_no_check() {
    let house = House::people().await;
    db::ledger_check(house.app.db(), &house.system()).await.unwrap();
    let admin = house.signed_in("quantri").await;
    assert!(!admin.get("/ledger").await.body.contains("chưa được kiểm tra"));
    house.exec("UPDATE db_ledger_check SET faults = '{'", vec![]).await;
    let page = admin.get("/ledger").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("chưa được kiểm tra"), "{}", page.body);
}

#[tokio::test]
async fn a_fault_of_a_row_is_named_in_words() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let role = "UPDATE directory_post SET role = 'leader' WHERE role = 'officer'";
    house.app.db().unguarded().exec(role, vec![]).await.unwrap();
    db::ledger_check(house.app.db(), &house.system()).await.unwrap();
    let page = admin.get("/ledger").await.body;
    assert!(page.contains("chức danh ") && !page.contains("directory_post"), "{page}");
    // Every sealed table has a name.
    let sources =
        [include_str!("../../../directory/src/schema.rs"), include_str!("../../../programme/src/schema/seals.rs")];
    let tables: Vec<&str> = sources
        .iter()
        .flat_map(|source| source.split("change.seals(\"").skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(tables.len() > 10, "{tables:?}");
    for table in tables {
        let key = format!("sealed-{}", table.replace('_', "-"));
        assert!(house.app.locales().has(&key), "{key}");
    }
}

#[tokio::test]
async fn units_that_are_whole_are_said_to_be() {
    let house = House::people().await;
    crate::people::to_the_machines_time(&house);
    let said = crate::people::said(&crate::people::dinh(&house, &["unit", "mend"]));
    assert!(said.contains("Cây đơn vị nguyên vẹn") && !said.contains("null"), "{said}");
    let json = crate::people::said(&crate::people::dinh(&house, &["unit", "mend", "--format", "json"]));
    assert!(json.contains("\"fault\":null"), "{json}");
}
