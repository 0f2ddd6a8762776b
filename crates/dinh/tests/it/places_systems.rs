//! The pages of information systems in every state.

use registry::usecase::import;
use testkit::Client;

use crate::{
    house::House,
    places::{Place, open_by},
    places_roads::of_roads,
    places_telecom::of_telecom,
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
    let runs = [("state", "operating"), ("since", "2020"), ("hosting", "provincial_data_centre")];
    let others = ["Hệ thống quản lý văn bản", "Trục liên thông dữ liệu", "Thư điện tử công vụ"];
    for (at, other) in others.iter().enumerate() {
        let there = add(officer, other, &runs).await;
        let kind = ["runs_on", "stores", "replaces"][at];
        officer.form(&format!("{page}/links"), &[("kind", kind), ("other", other)]).await;
        officer.form(&format!("{there}/links"), &[("kind", "depends_on"), ("other", LONG)]).await;
    }
    officer.form(&format!("{page}/links"), &[("kind", "used_by"), ("other", "UBND xã Sông Mẫu")]).await;
    officer.form(&format!("{page}/links"), &[("kind", "used_by"), ("other", "Sở Tài chính")]).await;
    let rev = [("rev", "1"), ("state", "operating")];
    let paper = [
        ("kind", "tls"),
        ("number", "04:A1:B2"),
        ("issuer", "Trung tâm chứng thực Mẫu"),
        ("valid_until", "2026-12-20"),
    ];
    officer.form(&format!("{page}/certificates"), &paper).await;
    let check = [
        ("kind", "third_party"),
        ("on_day", "2026-10-05"),
        ("outcome", "with_findings"),
        ("proof", "BC 12"),
        ("note", "Còn hai tài khoản cũ của nhà thầu."),
    ];
    officer.form(&format!("{page}/checks"), &check).await;
    for (month, minutes) in [("9/2026", "1440"), ("10/2026", "0")] {
        let measured = [("month", month), ("minutes", minutes), ("planned", "120"), ("source", "Giám sát của tỉnh")];
        officer.form(&format!("{page}/availability"), &measured).await;
    }
    let edited = officer.form(&format!("{page}/edit"), &rev).await;
    assert!(edited.status.is_redirection(), "{}", edited.body);
    page
}

/// A list as it comes: new lines, lines that are there, wrong ones.
pub fn list() -> Vec<u8> {
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
    sheet(&lines)
}

pub fn without_systems() -> Vec<Place> {
    let empty = [
        ("systems-empty", "/systems"),
        ("systems-confirmations-empty", "/systems/confirmations"),
        ("systems-figures-empty", "/systems/figures"),
        ("systems-baselines-empty", "/systems/baselines"),
        ("systems-enterprises-empty", "/systems/enterprises"),
        ("systems-map-empty", "/systems/map"),
        ("systems-catalogue-empty", "/systems/catalogue"),
        ("public-systems-empty", "/public/systems"),
        ("public-labels-empty", "/public/platforms"),
        ("telecom-empty", "/telecom"),
    ];
    open_by("vidu", empty).collect()
}

pub async fn of_systems(house: &House) -> Vec<Place> {
    fill(house).await;
    let page = linked(&house.signed_in("vidu").await).await;
    let id: registry::model::SystemId = page.trim_start_matches("/systems/").parse().unwrap();
    let (officer, leader) = (house.signed_in("vidu").await, house.signed_in("giamdoc").await);
    let label = labelled([&officer, &leader], &page).await;
    let (own, operator) = (house.unit(OWN, None), house.unit("Văn phòng UBND tỉnh", None));
    let pages = [
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
        ("system-new-database", "/systems/new?state_secret=no&kind=database".into()),
        ("system-new-contract", "/systems/new?state_secret=no&kind=contract".into()),
        ("system-new", "/systems/new".into()),
        ("system-edit", format!("{page}/edit")),
        ("systems-add", "/systems/add".into()),
        ("systems-secret", "/systems/secret".into()),
        ("systems-ours", "/systems/ours".into()),
        ("system-label", format!("{page}/label")),
        ("systems-certificates", "/systems/certificates".into()),
        ("systems-checks", "/systems/checks".into()),
        ("systems-components", "/systems/components?q=log4j+2.14".into()),
        ("systems-doubles", "/systems/doubles".into()),
        ("systems-heads", "/systems/heads".into()),
        ("system-merge", format!("{page}/merge?other=thu+dien+tu+cong+vu")),
        ("system-materials", format!("{page}/materials")),
        ("systems-import", "/systems/import".into()),
        ("systems-availability-import", "/systems/availability/import".into()),
        ("systems-confirmations", "/systems/confirmations".into()),
    ];
    let (figures, leaders) = counted(house).await;
    let publish = format!("{page}/label/publish");
    let user = open_by("thu", [("system-seen-by-its-user", page)]);
    let leader = [("systems-to-confirm", "/systems/confirmations".to_owned()), ("system-label-publish", publish)];
    let leader = open_by("giamdoc", leader);
    let everybody = open_by(
        "",
        [
            ("public-systems", "/public/systems".to_owned()),
            ("public-labels", "/public/platforms".into()),
            ("public-label", label),
        ],
    );
    let counted = open_by("vidu", figures).chain(open_by("giamdoc", leaders)).chain(everybody);
    let own = user.chain(leader).chain(open_by("vidu", pages)).chain(counted);
    own.chain(of_roads(house).await).chain(of_telecom(house).await).collect()
}

/// The public page of its label.
async fn labelled([officer, leader]: [&Client; 2], page: &str) -> String {
    let planned = ["connection", "availability", "log", "access", "user", "data"].map(|key| format!("state-{key}"));
    let mut all = vec![("state-backup", "met"), ("evidence-backup", "https://kho.tinhmau.example/sao-luu")];
    all.extend(planned.iter().map(|state| (state.as_str(), "planned")));
    all.push(("rev", "0"));
    let said = officer.form(&format!("{page}/label"), &all).await;
    assert!(said.status.is_redirection(), "{}", said.body);
    let public = leader.form(&format!("{page}/label/publish"), &[("rev", "1"), ("publish", "yes")]).await;
    assert!(public.status.is_redirection(), "{}", public.body);
    page.replace("/systems/", "/public/platforms/")
}

type Named = (&'static str, String);

/// A state-owned enterprise that signed, and one that did not; the page of the first.
async fn enterprise(officer: &Client) -> String {
    let line = [
        ("document", "118/QĐ-UBND"),
        ("document_on", "01/02/2026"),
        ("proof", "https://kho.tinhmau.example/118"),
        ("valid_from", "01/02/2026"),
    ];
    let listed = async |name: &str, tax_code: &str| {
        let said: Vec<(&str, &str)> = line.into_iter().chain([("name", name), ("tax_code", tax_code)]).collect();
        let listed = officer.form("/systems/enterprises", &said).await;
        assert!(listed.status.is_redirection(), "{}", listed.body);
        listed.location.split('?').next().unwrap_or_default().to_owned()
    };
    listed("Công ty Thủy lợi Núi Mẫu", "9900000048").await;
    let page = listed("Công ty Cấp thoát nước và môi trường đô thị liên phường Sông Mẫu", "9900000016").await;
    let form = [
        ("year", "2026"),
        ("uses", "yes"),
        ("is_domestic", "yes"),
        ("services", "2"),
        ("signed_on", "04/05/2026"),
        ("office", "Giám đốc"),
        ("proof", "Phiếu khai số 3"),
    ];
    let signed = officer.form(&format!("{page}/forms"), &form).await;
    assert!(signed.status.is_redirection(), "{}", signed.body);
    page
}

/// Pages of what is counted: of the department's officer, and of its leader.
async fn counted(house: &House) -> (Vec<Named>, Vec<Named>) {
    let officer = house.signed_in("vidu").await;
    let shared = [
        ("kind", "platform"),
        ("state", "operating"),
        ("since", "2021"),
        ("is_shared", "yes"),
        ("purpose", "Kết nối các sở"),
    ];
    add(&officer, "Nền tảng dùng chung của tỉnh", &shared).await;
    let made =
        officer.form("/systems/baselines", &[("unit", OWN), ("as_of", "30/06/2026"), ("plan", "45/KH-UBND")]).await;
    assert!(made.status.is_redirection(), "{}", made.body);
    let platform =
        house.one("SELECT id FROM registry_system WHERE kind = 'platform' ORDER BY id DESC LIMIT 1", vec![]).await;
    let platform: registry::model::SystemId = kernel::Id::from_uuid(platform);
    let due = [("due_on", "31/12/2026"), ("source", "45/KH-UBND")];
    let set = officer.form(&format!("/systems/{platform}/milestone"), &due).await;
    assert!(set.status.is_redirection(), "{}", set.body);
    let list = house.one("SELECT id FROM registry_baseline ORDER BY id DESC LIMIT 1", vec![]).await;
    let list: registry::model::figures::BaselineId = kernel::Id::from_uuid(list);
    let enterprise = enterprise(&officer).await;
    let figure = |rest: &str| format!("/systems/figures/{rest}");
    let pages = [
        ("systems-figures", "/systems/figures".to_owned()),
        ("systems-figure", figure("exchange.connected")),
        ("systems-figure-parts", figure("cloud.migrated?part=assessed")),
        ("systems-figure-why", figure("level.approved?why=no_dossier")),
        ("systems-figure-agencies", figure("cloud.domestic_agencies")),
        ("systems-figure-platforms", figure("platform.deployed")),
        ("systems-figure-closed", figure("ipv6?part=networks")),
        ("systems-baselines", "/systems/baselines".into()),
        ("systems-baseline", format!("/systems/baselines/{list}")),
        ("systems-enterprises", "/systems/enterprises".into()),
        ("systems-enterprise", enterprise),
        ("systems-figure-enterprises", figure("cloud.domestic_enterprises")),
        ("systems-map", "/systems/map".into()),
        ("systems-map-near", "/systems/map?zoom=2&x=100&y=0".into()),
        ("systems-map-filtered", "/systems/map?hosting=provincial_cloud&level=0".into()),
        ("systems-sharing", "/systems/sharing".into()),
        ("systems-catalogue", "/systems/catalogue".into()),
    ];
    (pages.into(), vec![("systems-baselines-approve", "/systems/baselines/approve".into())])
}

/// Once the owners' yearly word was given: every column.
pub fn of_confirmed_systems() -> Vec<Place> {
    let all = ["operator", "kind", "state", "hosting", "personal_data", "code", "address", "since", "confirmed_on"];
    let all = all.map(|column| format!("&col={column}")).concat();
    open_by("giamdoc", [("systems-columns", format!("/systems?col=name&col=owner{all}"))]).collect()
}

#[tokio::test]
async fn a_target_shows_what_is_counted_of_it_and_leads_there_whom_may_go() {
    let house = House::year().await;
    let of_province = "SELECT t.id FROM programme_target t JOIN programme_plan p ON p.id = t.plan_id \
        JOIN directory_unit u ON u.id = p.issuer_id WHERE t.counted AND u.kind IN ('province', 'committee') ORDER BY t.id LIMIT 1";
    let target = house.one(of_province, vec![]).await;
    house.exec("UPDATE programme_target SET indicator = 'level.approved' WHERE id = $1", db::vals![target]).await;
    let systems = "SELECT COUNT(*) FROM registry_system WHERE kind IN ('information_system', 'service', 'platform') \
        AND state IN ('operating', 'retiring') AND state_secret <> 'yes'";
    let in_time = "SELECT COUNT(DISTINCT s.id) FROM registry_system s JOIN registry_dossier d ON d.system_id = s.id \
        WHERE s.kind <> 'database' AND d.approved_on <= s.operating_since";
    let (whole, in_time) = (house.count(systems).await, house.count(in_time).await);
    assert!(whole > in_time && in_time > 0, "{whole} {in_time}");
    let page = format!("/targets/{}", programme::ids::TargetId::from_uuid(target));
    for (login, is_led) in [("quantri", true), ("thu", false)] {
        let shown = house.signed_in(login).await.get(&page).await.body.replace("&#x2f;", "/");
        assert!(
            shown.contains("Tính từ danh mục") && shown.contains(&format!("({in_time} / {whole})")),
            "{login}: {shown}"
        );
        assert_eq!(shown.contains("/systems/figures/level.approved?unit="), is_led, "{login}: {shown}");
    }
}
