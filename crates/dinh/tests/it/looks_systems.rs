//! The pages of information systems in every state, looked at as in `looks`.

use registry::usecase::import;
use testkit::Client;

use crate::{
    driver::{open, sign_in},
    house::House,
    looks::{Looker, looker},
};

const OWN: &str = "Sở Khoa học và Công nghệ";
const LONG: &str = "Hệ thống thông tin giải quyết thủ tục hành chính tỉnh Mẫu, liên thông với cổng dịch vụ công, kho dữ liệu dùng chung và các cơ sở dữ liệu chuyên ngành của sở, ngành, xã, phường";
const HEADS: [&str; 7] =
    ["Tên hệ thống", "Cơ quan chủ quản", "Đơn vị vận hành", "Loại", "Trạng thái", "Nơi đặt", "Dữ liệu cá nhân"];

fn sheet(lines: &[[&str; 7]]) -> Vec<u8> {
    let rows: Vec<Vec<String>> = lines.iter().map(|line| line.map(str::to_owned).to_vec()).collect();
    webkit::export::xlsx("Hệ thống", &HEADS.map(str::to_owned), &rows).unwrap()
}

/// Systems of many bodies, which the department runs; its own are added by its officer.
async fn fill(house: &House) {
    let kinds = ["Hệ thống thông tin", "Cơ sở dữ liệu", "Nền tảng số", "Dịch vụ công nghệ thông tin"];
    let states = ["Đang vận hành", "Đang vận hành", "Đang xây dựng", "Dự kiến", "Sắp dừng", "Đã dừng", "Ghi nhầm"];
    let hostings = ["Trung tâm dữ liệu tỉnh", "Phòng máy của cơ quan", "Đám mây trong nước", "Chưa rõ", "Kết hợp"];
    let owners = ["Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Nội vụ", "UBND xã Sông Mẫu", "Văn phòng UBND tỉnh"];
    let names: Vec<String> = (1..=54).map(|n| format!("Phần mềm quản lý hồ sơ số {n}")).collect();
    let personal = ["Không có", "Cơ bản", "Nhạy cảm"];
    let lines = names
        .iter()
        .enumerate()
        .map(|(n, name)| [name, owners[n % 6], OWN, kinds[n % 4], states[n % 7], hostings[n % 5], personal[n % 3]]);
    let lines: Vec<[&str; 7]> = lines.collect();
    let (app, ctx) = (&house.app, house.system());
    let preview = import::systems_preview(app, &ctx, sheet(&lines).into()).await.unwrap();
    import::systems_import(app, &ctx, &preview).await.unwrap();
}

/// A system as its form has it; returns its page.
async fn add(officer: &Client, name: &str, more: &[(&str, &str)]) -> String {
    let answer = officer.form("/systems/new", &[[("name", name), ("owner", OWN)].as_slice(), more].concat()).await;
    assert!(answer.location.starts_with("/systems/system_"), "{}", answer.body);
    answer.location.split('?').next().unwrap().to_owned()
}

/// A system of which everything is said, that was changed, and that stands in every relation.
async fn linked(officer: &Client) -> String {
    let whole = [
        ("operator", "Văn phòng UBND tỉnh"),
        ("code", "H00.09.01"),
        ("kind", "platform"),
        ("state", "retiring"),
        ("hosting", "provincial_cloud"),
        ("personal_data", "sensitive"),
        (
            "address",
            "https://mot-cua-dien-tu-va-dich-vu-cong.tinhmau.example/trang-chu/ho-so/tra-cuu-ket-qua-giai-quyet",
        ),
        ("purpose", "Tiếp nhận và trả kết quả.\nTheo dõi hồ sơ của các xã."),
        ("since", "2019"),
    ];
    let page = add(officer, LONG, &whole).await;
    let others = ["Hệ thống quản lý văn bản", "Trục liên thông dữ liệu", "Thư điện tử công vụ"];
    for (at, other) in others.iter().enumerate() {
        let there = add(officer, other, &[("state", "operating"), ("hosting", "provincial_data_centre")]).await;
        let kind = ["runs_on", "stores", "replaces"][at];
        officer.form(&format!("{page}/links"), &[("kind", kind), ("other", other)]).await;
        officer.form(&format!("{there}/links"), &[("kind", "depends_on"), ("other", LONG)]).await;
    }
    officer.form(&format!("{page}/links"), &[("kind", "used_by"), ("other", "UBND xã Sông Mẫu")]).await;
    officer.form(&format!("{page}/links"), &[("kind", "used_by"), ("other", "Sở Tài chính")]).await;
    let rev = [("rev", "1"), ("state", "operating")];
    let edited = officer.form(&format!("{page}/edit"), &rev).await;
    assert!(edited.status.is_redirection(), "{}", edited.body);
    page
}

/// Types into fields of the page that is shown, and sends the form of the last of them.
async fn type_in(looker: &Looker, fields: &[(&str, &str)]) {
    let script = "for (const [id, text] of arguments[0]) document.getElementById(id).value = text; \
        window.before = true; document.getElementById(arguments[0].at(-1)[0]).form.submit()";
    looker.browser.execute(script, vec![serde_json::json!(fields)]).await.unwrap();
    let gone = "return document.readyState === 'complete' && !window.before";
    while !looker.browser.execute(gone, vec![]).await.unwrap().convert::<bool>().unwrap() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_systems() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("he-thong.xlsx");
    let lines = [
        ["Hệ thống họp trực tuyến", OWN, "", "Nền tảng số", "Đang vận hành", "Đám mây trong nước", "Cơ bản"],
        ["Hệ thống quản lý văn bản", OWN, "", "Hệ thống thông tin", "Sắp dừng", "Kết hợp", "Nhạy cảm"],
        ["Thư điện tử công vụ", OWN, "", "", "", "", ""],
        ["Hệ thống họp trực tuyến", OWN, "", "", "", "", ""],
        ["Hồ sơ bệnh án", "Sở Y tế", "", "", "Đang vận hành", "", ""],
        ["Không rõ của ai", "Sở Mẫu", "", "", "Đang vận hành", "", ""],
        [
            "Chạy tạm",
            OWN,
            "Đơn vị chưa có tên trong danh mục các cơ quan của tỉnh",
            "Phần mềm",
            "chạy tạm",
            "trên mây",
            "",
        ],
    ];
    std::fs::write(&file, sheet(&lines)).unwrap();
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    sign_in(&looker.browser, &base, "vidu").await;
    looker.at(&base, "systems-empty", "/systems").await;
    looker.at(&base, "systems-confirmations-empty", "/systems/confirmations").await;
    fill(&house).await;
    let page = linked(&officer).await;
    let id: registry::model::SystemId = page.trim_start_matches("/systems/").parse().unwrap();
    let (own, operator) = (house.unit(OWN, None), house.unit("Văn phòng UBND tỉnh", None));
    let all = ["operator", "kind", "state", "hosting", "personal_data", "code", "address", "since", "confirmed_on"];
    let all = all.map(|column| format!("&col={column}")).concat();
    for (name, path) in [
        ("systems", "/systems".to_owned()),
        ("systems-drawer", format!("/systems?open={}", id.uuid())),
        ("systems-filtered", "/systems?kind=database&state=operating&personal_data=basic&unconfirmed=1".into()),
        (
            "systems-of-units",
            format!("/systems?owner={own}&operator={operator}&user={}", house.unit("Sở Tài chính", None)),
        ),
        ("systems-none", "/systems?q=khong-co-he-thong-nay".into()),
        ("systems-unknown-owner", "/systems?owner_name=khong+co+co+quan".into()),
        ("system", page.clone()),
        ("system-new", "/systems/new".into()),
        ("system-edit", format!("{page}/edit")),
        ("systems-import", "/systems/import".into()),
        ("systems-confirmations", "/systems/confirmations".into()),
    ] {
        looker.at(&base, name, &path).await;
    }
    let unfold = |what: &str| format!("document.querySelector('main {what}').open = true");
    for (name, path, shown) in [
        ("systems-filters", "/systems", unfold("details.menu")),
        ("systems-import-heads", "/systems/import", unfold("details")),
        ("system-history", &page, "document.querySelector('.moj-timeline').scrollIntoView()".to_owned()),
    ] {
        looker.browser.goto(format!("{base}{path}")).await.unwrap();
        looker.browser.execute(shown, vec![]).await.unwrap();
        looker.look(name).await;
    }
    looker.answer(&base, "systems-import-preview", "/systems/import", Some(&file)).await;
    looker.answer(&base, "systems-import-refused", "/systems/import", None).await;
    looker.browser.goto(format!("{base}/systems/new")).await.unwrap();
    type_in(&looker, &[("owner", "Sở Mẫu"), ("since", "12"), ("name", "")]).await;
    looker.look("system-new-refused").await;
    looker.browser.goto(format!("{base}{page}")).await.unwrap();
    type_in(&looker, &[("other", "Hệ thống không có ở đây")]).await;
    looker.look("system-link-refused").await;
    looker.browser.goto(format!("{base}{page}/edit")).await.unwrap();
    officer.form(&format!("{page}/edit"), &[("rev", "2"), ("since", "2020")]).await;
    type_in(&looker, &[("since", "2021")]).await;
    looker.look("system-edit-stale").await;
    looker.browser.delete_all_cookies().await.unwrap();
    sign_in(&looker.browser, &base, "thu").await;
    looker.at(&base, "system-seen-by-its-user", &page).await;
    looker.browser.delete_all_cookies().await.unwrap();
    sign_in(&looker.browser, &base, "giamdoc").await;
    looker.at(&base, "systems-to-confirm", "/systems/confirmations").await;
    looker.answer(&base, "systems-confirmed", "/systems/confirmations", None).await;
    looker.at(&base, "systems-columns", &format!("/systems?col=name&col=owner{all}")).await;
    looker.browser.quit().await.unwrap();
}
