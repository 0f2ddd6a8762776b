//! Pages that answer a form, in the language of their reader: previews, refusals, what is shown once.

use kernel::{Lang, Role};
use testkit::{Answer, Client, Part};

use crate::{
    documents::part_of,
    house::House,
    places_admin::{UNITS, staff},
    places_systems,
    second_step::{SENTENCE, code, cookie, key, newcomer},
};

/// A page, how it is to answer, and what it answered.
pub type Shown = (&'static str, u16, Answer);

/// The same person, who reads this language.
pub fn reader(client: &Client, lang: Lang) -> Client {
    client.with_cookie(&format!("dinh_lang={}", lang.code()))
}

/// Of units and people. What is made bears the language in its name.
pub async fn of_people(house: &House, lang: Lang) -> Vec<Shown> {
    let admin = reader(&house.signed_in("quantri").await, lang);
    let unit = house.unit("Sở Tài chính", None).to_string();
    let login = format!("phieu.{}", lang.code());
    let person =
        [("name", "Lê Thị Phiếu"), ("login", login.as_str()), ("title", ""), ("unit", &unit), ("role", "officer")];
    let nobody = [("name", ""), ("login", ""), ("title", ""), ("unit", unit.as_str()), ("role", "officer")];
    let list = [Part::Field("unit", &unit), Part::File("staff.xlsx", &staff())];
    let day = [("day", "2026-12-24"), ("kind", "off"), ("source", "QĐ 1")];
    let mut shown = vec![
        ("slip", 200, admin.form("/people/new", &person).await),
        ("person-new-refused", 422, admin.form("/people/new", &nobody).await),
        ("unit-new-refused", 422, admin.form("/units/new", &[("name", ""), ("kind", "team")]).await),
        ("units-import-preview", 200, admin.upload("/units/import", &[Part::File("units.csv", UNITS)]).await),
        ("staff-import-preview", 422, admin.upload("/people/import", &list).await),
        ("calendar-preview", 200, admin.form("/calendar", &day).await),
        ("calendar-link", 200, admin.form("/account/feed", &[]).await),
        ("account-with-calendar-link", 200, admin.get("/account").await),
    ];
    shown.extend(of_second_factors(house, lang).await);
    shown
}

async fn of_second_factors(house: &House, lang: Lang) -> Vec<Shown> {
    let answer = newcomer(house, &format!("sep.{}", lang.code()), Role::LEADER, "Sở Tài chính").await;
    let half = reader(&house.client().with_cookie(&cookie(&answer, "dinh_halfway")), lang);
    let asked = half.get("/sign-in/second-factor").await;
    let code = code(house, &key(&asked.body), 0);
    let papers = half.form("/sign-in/second-factor", &[("code", &code)]).await;
    let login = format!("moi.{}", lang.code());
    newcomer(house, &login, Role::OFFICER, "Sở Tài chính").await;
    let client = house.client().sign_in(&login, SENTENCE).await;
    let begun = client.form("/account/second-factor", &[("act", "begin")]).await;
    let setting = reader(&client.with_cookie(&cookie(&begun, "dinh_halfway")), lang);
    vec![
        ("second-factor-set-up", 200, asked),
        ("recovery-codes", 200, papers),
        ("account-second-factor-set-up", 200, setting.get("/account/second-factor").await),
    ]
}

pub async fn of_systems(house: &House, lang: Lang) -> Vec<Shown> {
    let officer = reader(&house.signed_in("vidu").await, lang);
    let list = places_systems::list();
    let wrong = [("name", ""), ("owner", "Sở Mẫu"), ("since", "12")];
    vec![
        ("systems-import-preview", 200, officer.upload("/systems/import", &[Part::File("h.xlsx", &list)]).await),
        ("system-new-refused", 422, officer.form("/systems/new", &wrong).await),
    ]
}

pub async fn of_work(house: &House, lang: Lang) -> Vec<Shown> {
    let (officer, clerk) = (house.signed_in("vidu").await, house.signed_in("thu").await);
    let (officer, clerk) = (reader(&officer, lang), reader(&clerk, lang));
    let heads = ["Số văn bản", "Cơ quan giao", "Nội dung", "Đơn vị chủ trì", "Thời hạn"].map(str::to_owned);
    let row = ["40/TB-UBND", "UBND tỉnh", "Rà soát phần mềm", "Sở Mẫu", "30/12/2026"].map(str::to_owned);
    let book = webkit::export::xlsx("S", &heads, &[row.to_vec()]).unwrap();
    let part = part_of(house, house.unit("UBND xã Sông Mẫu", None)).await;
    let stale = [("rev", "0"), ("done_on", "2026-11-20"), ("note", "Đã xong dự thảo")];
    let (there, key) = draft_of(&clerk, &format!("/parts/{part}")).await;
    let dated = [Part::Field("day", "2099-01-01"), Part::File("a.pdf", b"%PDF-1.7")];
    let stranger = reader(&house.signed_in("taichinh").await, lang);
    let written = vec![
        ("draft-offered", 200, clerk.get(&there).await),
        ("draft-resumed", 200, clerk.get(&format!("{there}&resume={key}")).await),
        ("evidence-refused", 422, clerk.upload(&format!("/parts/{part}/evidence"), &dated).await),
        ("progress-forbidden", 403, stranger.form(&format!("/parts/{part}/progress"), &[("text", "Đã họp")]).await),
    ];
    clerk.form(&format!("/drafts/{key}/drop"), &[]).await;
    // Each time it goes back, and stands two acts further.
    let rev = if lang == Lang::Vi { 1 } else { 3 };
    let done = [("rev", rev.to_string()), ("done_on", "2026-11-20".into()), ("note", "Đã xong".into())];
    let done = done.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert!(clerk.form(&format!("/parts/{part}/done"), &done).await.status.is_redirection());
    let (here, gone) = (format!("{part}:{}", rev + 1), format!("{part}:0"));
    let back = [("part", here.as_str()), ("part", gone.as_str()), ("act", "send_back"), ("words", "Thiếu số")];
    let answered = vec![
        ("work-left", 200, officer.form("/work/check", &back).await),
        ("tracking-preview", 200, officer.upload("/tracking", &[Part::File("so.xlsx", &book)]).await),
        ("assign-refused", 422, officer.form("/assign", &[("number", ""), ("text", ""), ("leads", "")]).await),
        ("done-stale", 412, clerk.form(&format!("/parts/{part}/done"), &stale).await),
    ];
    written.into_iter().chain(answered).collect()
}

/// Something that is being written into the first long form of a page: where the page is, and the key of the draft.
async fn draft_of(client: &Client, path: &str) -> (String, String) {
    let there = client.get(path).await.location;
    let page = client.get(&there).await.body;
    let key = page.split("name=\"draft\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    client.form(&format!("/drafts/{key}"), &[("percent", "40"), ("text", "Đã họp dân, còn chờ")]).await;
    (there, key)
}
