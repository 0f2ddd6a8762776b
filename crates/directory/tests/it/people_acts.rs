//! What administrators do to people is chosen, told before it is done, and can be corrected.

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use testkit::Client;

use crate::{
    house::House,
    known::{account_of, person_of, post_of, unit},
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn plain(body: &str) -> String {
    body.replace("&#x2f;", "/").replace("&quot;", "\"").replace("&#x27;", "'")
}

#[tokio::test]
async fn nobody_is_put_into_a_unit_that_nobody_chose() {
    let house = House::people().await;
    for who in ["quantri", "donvi"] {
        let admin = house.signed_in(who).await;
        let form = plain(&admin.get("/people/new").await.body);
        let field = form.split("name=\"unit\"").nth(1).unwrap().split('>').next().unwrap().to_owned();
        assert!(!field.contains("Mẫu"), "{who}: {field}");
        let none = [("name", "Ví Dụ Trống"), ("login", "trong"), ("unit", ""), ("role", "officer")];
        let refused = admin.form("/people/new", &none).await;
        assert_eq!(refused.status, WRONG, "{}", refused.body);
        assert!(refused.body.contains("unit-error"), "said at its field: {}", refused.body);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_account WHERE login = 'trong'").await, 0);
}

struct Desk {
    house: House,
    admin: Client,
    post: String,
}

impl Desk {
    async fn new() -> Self {
        let house = House::people().await;
        let (admin, post) = (house.signed_in("quantri").await, post_of(&house, "taichinh").await);
        Self { house, admin, post }
    }

    async fn edit(&self, who: &Client, rev: &str, more: &[(&str, &str)]) -> testkit::Answer {
        let own = unit(&self.house, "Sở Tài chính").to_string();
        let usual = [("rev", rev), ("unit", own.as_str()), ("role", "officer"), ("valid_from", "2026-01-01")];
        let kept = usual.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
        let fields: Vec<(&str, &str)> = kept.chain(more).copied().collect();
        who.form(&format!("/posts/{}/edit", self.post), &fields).await
    }
}

/// How often holders were told that their post is another.
const TOLD: &str = "SELECT COUNT(*) FROM db_job WHERE payload LIKE '%post-edited%'";

/// Where the newest correction on a page is taken back.
fn undo_of(page: &str) -> String {
    let undo = page.split("action=\"/undo/").nth(1).unwrap_or_else(|| panic!("no undo: {page}"));
    format!("/undo/{}", undo.split('"').next().unwrap())
}

#[tokio::test]
async fn a_post_is_corrected_in_place_and_the_correction_is_taken_back() {
    let desk = Desk::new().await;
    let (house, admin) = (&desk.house, &desk.admin);
    let moved = unit(house, "Sở Nội vụ").to_string();
    let more = [("title", "Trưởng phòng Ngân sách"), ("role", "clerk"), ("unit", moved.as_str())];
    let done = desk.edit(admin, "0", &more).await;
    assert_eq!(done.status, OPEN, "{}", done.body);
    let page = plain(&admin.get(&format!("/posts/{}", desk.post)).await.body);
    assert!(page.contains("Trưởng phòng Ngân sách") && page.contains("Sở Nội vụ"), "{page}");
    let now = "SELECT COUNT(*) FROM directory_post WHERE title = 'Trưởng phòng Ngân sách' AND role = 'clerk'";
    assert_eq!(house.count(now).await, 1);
    // Who read it before is told.
    assert_eq!(desk.edit(admin, "0", &[("title", "Khác")]).await.status, StatusCode::PRECONDITION_FAILED);
    let undo = undo_of(&page);
    let stranger = house.signed_in("donvi").await.form(&undo, &[]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND, "another unit's administrator learns nothing");
    let back = admin.form(&undo, &[]).await;
    assert_eq!(back.status, OPEN, "{}", back.body);
    assert_eq!(house.count(TOLD).await, 2, "its holder is told of both");
    assert_eq!(house.count(now).await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_post WHERE role = 'clerk'").await, 1, "the demo's own");
}

#[tokio::test]
async fn a_correction_gives_no_more_than_its_author_may_give_and_ends_nothing() {
    let desk = Desk::new().await;
    let (house, admin) = (&desk.house, &desk.admin);
    let local = house.signed_in("donvi").await;
    assert_eq!(desk.edit(&local, "0", &[("title", "Của tôi")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.edit(admin, "0", &[("unit", "")]).await.status, WRONG);
    assert_eq!(desk.edit(admin, "0", &[("valid_to", "2025-12-31")]).await.status, WRONG, "before it begins");
    assert_eq!(desk.edit(admin, "0", &[("valid_to", "2026-11-01")]).await.status, WRONG, "ending is an act of its own");
    assert_eq!(desk.edit(admin, "0", &[("valid_from", "hôm nay")]).await.status, WRONG);
    // Into a unit that is not theirs nobody moves their own people.
    let theirs = post_of(house, "thu").await;
    let root = unit(house, "Sở Tài chính").to_string();
    let fields = [("rev", "0"), ("unit", root.as_str()), ("role", "officer"), ("valid_from", "2026-01-01")];
    assert_eq!(local.form(&format!("/posts/{theirs}/edit"), &fields).await.status, StatusCode::FORBIDDEN);
    // Nor do they make anybody the system's administrator.
    let commune = unit(house, "UBND xã Sông Mẫu").to_string();
    let fields = [("rev", "0"), ("unit", commune.as_str()), ("role", "system_admin"), ("valid_from", "2026-01-01")];
    assert_eq!(local.form(&format!("/posts/{theirs}/edit"), &fields).await.status, StatusCode::FORBIDDEN);
    let body =
        serde_json::json!({ "unit": commune, "role": "officer", "title": "Công chức", "valid_from": "2026-01-01" });
    let path = format!("/api/v1/posts/{theirs}");
    let stale = local.clone().header("if-match", "\"7\"").json(Method::PATCH, &path, &body).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
    let done = local.clone().header("if-match", "\"0\"").json(Method::PATCH, &path, &body).await;
    assert_eq!((done.status, done.json()["rev"].as_i64()), (StatusCode::OK, Some(1)), "{}", done.body);
    assert_eq!(local.get(&path).await.json()["title"], "Công chức");
}

#[tokio::test]
async fn a_post_that_is_over_comes_back_by_no_undo() {
    let desk = Desk::new().await;
    let (house, admin) = (&desk.house, &desk.admin);
    let shortened = async |admin: &Client, rev: &str, last: &str| {
        let done = desk.edit(admin, rev, &[("valid_to", last)]).await;
        assert_eq!(done.status, OPEN, "{}", done.body);
        undo_of(&plain(&admin.get(&format!("/posts/{}", desk.post)).await.body))
    };
    let endless = "SELECT COUNT(*) FROM directory_post WHERE valid_to IS NULL";
    let before = house.count(endless).await;
    let back = admin.form(&shortened(admin, "0", "2026-11-30").await, &[]).await;
    assert_eq!((back.status, house.count(endless).await), (OPEN, before), "{}", back.body);
    let rev = house.count("SELECT MAX(rev) FROM directory_post").await.to_string();
    let undo = shortened(admin, &rev, "2026-11-30").await;
    house.clock.move_by(SignedDuration::from_hours(24 * 10));
    let refused = house.signed_in("quantri").await.form(&undo, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert_eq!(house.count(endless).await, before - 1, "it is given anew, or not at all");
}

#[tokio::test]
async fn another_role_is_given_to_ones_own_people_only_and_its_holder_is_told() {
    let house = House::people().await;
    let (admin, local) = (house.signed_in("quantri").await, house.signed_in("donvi").await);
    let post = post_of(&house, "thu").await;
    let (commune, finance) = (unit(&house, "UBND xã Sông Mẫu").to_string(), unit(&house, "Sở Tài chính").to_string());
    let edit = async |rev: &str, role: &str, title: &str| {
        let fields =
            [("rev", rev), ("unit", commune.as_str()), ("role", role), ("title", title), ("valid_from", "2026-01-01")];
        local.form(&format!("/posts/{post}/edit"), &fields).await
    };
    let told = "SELECT COUNT(*) FROM db_job WHERE payload LIKE '%post-edited%'";
    assert_eq!(edit("0", "officer", "Công chức").await.status, OPEN);
    assert_eq!(house.count(told).await, 0, "a title is no other post");
    assert_eq!(edit("1", "clerk", "Công chức").await.status, OPEN);
    assert_eq!(house.count(told).await, 1);
    let another = [("unit", finance.as_str()), ("role", "officer")];
    assert_eq!(admin.form(&format!("/posts/{post}/another"), &another).await.status, OPEN);
    let refused = edit("2", "officer", "Công chức").await;
    assert!(refused.status == StatusCode::FORBIDDEN && refused.body.contains("cơ quan khác"), "{}", refused.body);
    assert_eq!(edit("2", "clerk", "Văn thư").await.status, OPEN, "the title is still theirs to correct");
    assert_eq!(house.count(told).await, 1);
}

#[tokio::test]
async fn a_post_in_which_somebody_stands_in_is_not_made_another() {
    let desk = Desk::new().await;
    let stand_in = [("login", "giamdoc"), ("until", "2026-12-31")];
    assert_eq!(desk.admin.form(&format!("/posts/{}/stand-in", desk.post), &stand_in).await.status, OPEN);
    let refused = desk.edit(&desk.admin, "0", &[("role", "clerk")]).await;
    assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("ủy quyền"), "{}", refused.body);
    assert_eq!(desk.edit(&desk.admin, "0", &[("title", "Chuyên viên chính")]).await.status, OPEN);
}

/// The post that comes back is another one again: it is given as any is.
#[tokio::test]
async fn a_correction_that_made_another_post_goes_back_by_whom_may_give_it() {
    let house = House::people().await;
    let (admin, local) = (house.signed_in("quantri").await, house.signed_in("donvi").await);
    let post = post_of(&house, "thu").await;
    let (commune, finance) = (unit(&house, "UBND xã Sông Mẫu").to_string(), unit(&house, "Sở Tài chính").to_string());
    let edit = async |rev: &str, title: &str| {
        let unit = ("unit", commune.as_str());
        let fields = [("rev", rev), unit, ("role", "clerk"), ("title", title), ("valid_from", "2026-01-01")];
        local.form(&format!("/posts/{post}/edit"), &fields).await.status
    };
    let page = async || plain(&local.get(&format!("/posts/{post}")).await.body);
    assert_eq!(edit("0", "Công chức").await, OPEN);
    let undo = undo_of(&page().await);
    let another = [("unit", finance.as_str()), ("role", "officer")];
    assert_eq!(admin.form(&format!("/posts/{post}/another"), &another).await.status, OPEN);
    let refused = local.form(&undo, &[]).await;
    assert!(refused.status == StatusCode::FORBIDDEN && refused.body.contains("cơ quan khác"), "{}", refused.body);
    assert_eq!(house.count(TOLD).await, 1);
    assert_eq!(edit("1", "Văn thư").await, OPEN);
    let title = local.form(&undo_of(&page().await), &[]).await;
    assert_eq!(title.status, OPEN, "the title is still theirs: {}", title.body);
    assert_eq!(house.count(TOLD).await, 1);
}

#[tokio::test]
async fn a_post_in_which_somebody_stands_in_does_not_become_what_it_was() {
    let desk = Desk::new().await;
    assert_eq!(desk.edit(&desk.admin, "0", &[("role", "clerk")]).await.status, OPEN);
    let undo = undo_of(&plain(&desk.admin.get(&format!("/posts/{}", desk.post)).await.body));
    let stand_in = [("login", "giamdoc"), ("until", "2026-12-31")];
    assert_eq!(desk.admin.form(&format!("/posts/{}/stand-in", desk.post), &stand_in).await.status, OPEN);
    let refused = desk.admin.form(&undo, &[]).await;
    assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("ủy quyền"), "{}", refused.body);
    assert_eq!(
        desk.house.count("SELECT COUNT(*) FROM directory_post WHERE role = 'clerk' AND stands_in_for IS NULL").await,
        2,
        "beside the demo's own"
    );
}

#[tokio::test]
async fn who_read_a_post_before_it_ended_does_not_bring_it_back() {
    let desk = Desk::new().await;
    assert_eq!(desk.admin.form(&format!("/posts/{}/end", desk.post), &[]).await.status, OPEN);
    assert_eq!(desk.house.count("SELECT COUNT(*) FROM directory_post WHERE rev = 1").await, 1, "read anew");
    assert_eq!(desk.edit(&desk.admin, "0", &[("title", "Khác")]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn closing_an_account_and_ending_sessions_say_first_what_ends() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let account = account_of(&house, "taichinh").await;
    let person = person_of(&house, "taichinh").await;
    let page = plain(&admin.get(&format!("/people/{person}")).await.body);
    let path = format!("/accounts/{account}/close");
    assert!(page.contains(&format!("href=\"{path}\"")) && !page.contains(&format!("action=\"{path}\"")), "{page}");
    let asks = plain(&admin.get(&path).await.body);
    assert!(
        asks.contains("đăng xuất ngay trên mọi thiết bị") && asks.contains(&format!("action=\"{path}\"")),
        "{asks}"
    );
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_account WHERE disabled").await, 0, "asking does nothing");
    assert_eq!(house.signed_in("donvi").await.get(&path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(admin.form(&path, &[]).await.status, OPEN);
    let (one, other) = (house.signed_in("thu").await, house.signed_in("thu").await);
    let own = plain(&one.get("/account").await.body);
    assert!(
        own.contains("href=\"/account/sessions?session=others\"") && own.contains("href=\"/notices#choose\""),
        "{own}"
    );
    let asks = plain(&one.get("/account/sessions?session=others").await.body);
    assert!(asks.contains("kết thúc ngay") && asks.contains("action=\"/account/sessions\""), "{asks}");
    assert_eq!(other.get("/account").await.status, StatusCode::OK, "asking does nothing");
    assert_eq!(one.form("/account/sessions", &[("session", "others")]).await.status, OPEN);
    assert_eq!(other.get("/account").await.status, OPEN, "signed out");
}

#[tokio::test]
async fn the_ledger_is_read_by_names_and_found_without_diacritics() {
    let desk = Desk::new().await;
    let (house, admin) = (&desk.house, &desk.admin);
    let done = desk.edit(admin, "0", &[("title", "Chuyên viên chính")]).await;
    assert_eq!(done.status, OPEN, "{}", done.body);
    let name = house.app.identity().people(&[account_of(house, "quantri").await.to_string()]).await.unwrap();
    let name = name.values().next().unwrap().name.clone();
    let folded = kernel::text::fold(&name);
    let found = |query: String| async move { plain(&admin.get(&format!("/ledger?{query}")).await.body) };
    let url = |text: &str| text.replace(' ', "+");
    let page = found(format!("who={}&act={}", url(&folded), url("sua vi tri"))).await;
    assert!(page.contains(&name) && page.contains("Sửa vị trí công tác"), "{page}");
    assert!(page.contains(&format!("href=\"/posts/{}\"", desk.post)), "a link to the thing: {page}");
    let main = |page: &str| page.split("<tbody>").nth(1).map_or(0, |body| body.matches("<tr>").count());
    assert_eq!(main(&page), 1, "{page}");
    assert_eq!(main(&found("who=khong+co+ai".into()).await), 0);
    assert_eq!(main(&found("to=2026-01-01".into()).await), 0, "before anything was");
    let all = main(&found("from=2026-01-01".into()).await);
    assert!(all > 1, "{all}");
    assert_eq!(main(&found(format!("thing=https://dinh.test/posts/{}", desk.post)).await), 1, "a pasted link");
    assert_eq!(admin.get("/ledger?from=mai").await.status, WRONG);
    assert!(!page.contains("Mã băm</th>"));
    assert!(found("hash=1".into()).await.contains("Mã băm"));
    let file = admin.get(&format!("/ledger.csv?who={}", url(&folded))).await;
    assert!(file.body.contains(&name) && file.body.contains("Sửa vị trí công tác"), "{}", file.body);
    let seen = "SELECT COUNT(*) FROM db_access WHERE action = 'ledger.list'";
    house.app.db().flush_access(&house.system()).await.unwrap();
    assert!(house.count(seen).await > 2, "whose names were shown is noted");
    assert_eq!(house.signed_in("donvi").await.get("/ledger.csv").await.status, StatusCode::FORBIDDEN);
    // As if a hundred thousand entries had followed: a name is looked for step by step, and the page leads further.
    house.app.db().unguarded().exec("UPDATE db_ledger_head SET seq = seq + 100000", vec![]).await.unwrap();
    let mut page = found(format!("who={}&act={}", url(&folded), url("sua vi tri"))).await;
    let mut steps = 0;
    while let Some((before, _)) = page.split_once("\">Tìm tiếp về trước</a>") {
        assert_eq!(main(&page), 0, "{page}");
        let (_, further) = before.rsplit_once("href=\"/ledger?").expect(before);
        page = found(further.replace("&amp;", "&")).await;
        steps += 1;
    }
    assert_eq!((main(&page), steps), (1, 2), "{page}");
    let file = admin.get(&format!("/ledger.csv?who={}&act=sua+vi+tri", url(&folded))).await;
    assert!(file.body.contains("Sửa vị trí công tác"), "{}", file.body);
}

#[tokio::test]
async fn an_act_is_said_by_name_of_a_token_by_its_name_and_of_an_erased_person_by_that() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let (authorizer, ctx) = (house.app.authorizer(), house.system());
    let directory = crate::known::directory(&house);
    let until = ctx.today().checked_add(jiff::Span::new().days(9)).unwrap();
    directory::usecase::token::token_add(directory, authorizer, &ctx, "taichinh", "Đồng bộ", false, until)
        .await
        .unwrap();
    let token = crate::known::id_of(&house, "SELECT id FROM directory_token").await;
    let marks = [
        person_of(&house, "taichinh").await.to_string(),
        account_of(&house, "taichinh").await.to_string(),
        kernel::TokenId::from_uuid(token).to_string(),
        "system:test".to_owned(),
    ];
    let at = ctx.now().as_microsecond();
    let acts: Vec<webkit::Acted> = marks.iter().map(|mark| webkit::Acted::new(mark, at, None)).collect();
    let who = house.app.who(&acts).await.unwrap();
    let name = who[0].name.clone().unwrap();
    assert!(who[..3].iter().all(|one| one.name.as_deref() == Some(&name)), "{who:?}");
    assert_eq!(who[2].token.as_deref(), Some("Đồng bộ"));
    assert!(who[0].post.as_ref().is_some_and(|post| !post.unit.is_empty()), "{who:?}");
    assert!(who[3].name.is_none() && !who[3].erased);
    let path = format!("/people/{}/erase", person_of(&house, "taichinh").await);
    let erased = admin.form(&path, &[("reason", "Theo đơn đề nghị"), ("confirm", "1")]).await;
    assert_eq!(erased.status, OPEN, "{}", erased.body);
    let who = house.app.who(&acts[..1]).await.unwrap();
    assert!(who[0].erased && who[0].name.is_none(), "{who:?}");
    let page = plain(&admin.get("/ledger").await.body);
    assert!(!page.contains(&name), "{page}");
}
