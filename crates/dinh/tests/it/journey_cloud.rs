//! From a sheet of 500 systems that nobody trusts to the first of them in the cloud, each act in a real browser and by
//! whose it is.

use std::path::Path;

use db::vals;
use kernel::UnitId;
use registry::{generate, model::SystemId};

use crate::{
    desk::Desk,
    driver::{open, sign_in},
    house::House,
};

const OWN: &str = "Sở Khoa học và Công nghệ";
const OWNERS: [&str; 5] = [OWN, "Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "UBND xã Sông Mẫu"];

const SUBMIT: &str = "main form[method=post] button.govuk-button";

/// From here on somebody else sits at the browser.
async fn comes(desk: &Desk, base: &str, login: &str) {
    desk.browser.delete_all_cookies().await.unwrap();
    sign_in(&desk.browser, base, login).await;
}

async fn goes(desk: &Desk, base: &str, path: &str) {
    desk.browser.goto(format!("{base}{path}")).await.unwrap();
}

/// How many elements of the page it names.
async fn number(desk: &Desk, css: &str) -> usize {
    let script = format!("return document.querySelectorAll(\"{css}\").length");
    desk.browser.execute(script, vec![]).await.unwrap().convert().unwrap()
}

/// The sheet is looked at, what is refused of it first, and written by the one button that stands there.
async fn take_in(desk: &mut Desk, file: &Path, refused: usize) {
    desk.click(".areas a[href='/systems']").await;
    desk.click("main a[href='/systems/import']").await;
    desk.found("input[type=file]").await.send_keys(file.to_str().unwrap()).await.unwrap();
    // The browser's own window: the file, and that it is this one.
    desk.clicks += 2;
    desk.click("main form[enctype] button.govuk-button").await;
    desk.found("button[name=confirm]").await;
    assert_eq!(number(desk, "main h3:first-of-type + table tbody tr").await, refused);
    assert_eq!(
        number(desk, "main :is(table, details:has(table)) ~ h3:first-of-type").await,
        0,
        "something stands before them"
    );
    assert_eq!(number(desk, "main button.govuk-button:not(.govuk-button--secondary)").await, 1);
    desk.click("button[name=confirm]").await;
    desk.waits_for("main", "Đã nạp danh sách.").await;
}

/// All are classified, the terms of the move are said, and all are placed.
async fn place(desk: &mut Desk) {
    desk.click(".moj-side-navigation a[href='/systems/assessment']").await;
    desk.click("form[action='/systems/assessment'] button").await;
    desk.waits_for("main", "Đã phân loại lại tất cả hệ thống.").await;
    desk.click(".moj-side-navigation a[href='/systems/waves']").await;
    desk.click("main a[href='/systems/waves/terms']").await;
    desk.fill("#start_on", "04/01/2027").await;
    desk.fill("#most_systems", "30").await;
    desk.click(SUBMIT).await;
    desk.waits_for("main", "Đã lưu điều kiện.").await;
    desk.click("form[action='/systems/waves'] button").await;
    desk.waits_for("main", "Đã xếp lại các đợt.").await;
}

/// The list by which the plan measures the owner, made by its officer and approved by its leader.
async fn freeze(house: &House, own: UnitId) {
    let list = [("unit", OWN), ("as_of", "30/06/2026"), ("plan", "45/KH-UBND")];
    let made = house.signed_in("vidu").await.form("/systems/baselines", &list).await;
    assert!(made.status.is_redirection(), "{}", made.body);
    let leader = house.signed_in("giamdoc").await;
    let page = leader.get(&format!("/systems/baselines/approve?unit={own}")).await.body;
    let seen = page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect(&page);
    let approved = leader.form("/systems/baselines/approve", &[("unit", &own.to_string()), ("seen", seen)]).await;
    assert!(approved.status.is_redirection(), "{}", approved.body);
}

async fn count(house: &House, sql: &str, id: uuid::Uuid) -> i64 {
    house.app.db().read().count(sql, vals![id]).await.unwrap()
}

/// One of the owner's that operates, is measured by the plan, and has a wave: the first of them.
async fn chosen(house: &House, own: UnitId) -> SystemId {
    let sql = "SELECT s.id AS id FROM registry_system s JOIN registry_wave_item w ON w.system_id = s.id \
        JOIN registry_baseline_item b ON b.system_id = s.id \
        WHERE s.owner_id = $1 AND s.state = 'operating' AND w.wave IS NOT NULL ORDER BY w.wave, s.id LIMIT 1";
    SystemId::from_uuid(house.one(sql, vals![own.uuid()]).await)
}

/// What a later wave would break and mend is shown, and it is done.
async fn move_later(house: &House, desk: &mut Desk, system: SystemId) {
    let sql = "SELECT wave FROM registry_wave_item WHERE system_id = $1";
    let wave = count(house, sql, system.uuid()).await;
    let later = wave + 1;
    let form = "form[action='/systems/waves/move']";
    let meant = format!("{form}:has([name=system][value='{system}']):has([name=to][value='{later}'])");
    // A wave shows its first systems, and leads to all of them.
    desk.click(&format!("main a[href='/systems/waves?wave={wave}']")).await;
    desk.click(&format!("{meant} button")).await;
    desk.waits_for(".confirm .says", &format!("Từ: Đợt {wave}. Sang: Đợt {later}.")).await;
    desk.click(".confirm form button").await;
    desk.waits_for("main", "Đã đổi đợt.").await;
    assert_eq!(count(house, sql, system.uuid()).await, later);
}

/// Drags the handle of a system's row onto the lane of a wave: no driver drags what the browser itself carries. Whether the
/// lane of its own wave took it, and whether that one did.
const DRAG: &str = "const [system, own, wave] = arguments; const carried = new DataTransfer(); \
    const handle = document.querySelector(`tr[data-moves='to-${system}'] .drag-handle`); \
    const lane = number => document.querySelector(`.lanes [data-wave='${number}'] .hit`); \
    const send = (to, type) => to.dispatchEvent(new DragEvent(type, \
        { bubbles: true, cancelable: true, dataTransfer: carried })); \
    send(handle, 'dragstart'); \
    const taken = [!send(lane(own), 'dragover'), !send(lane(wave), 'dragover')]; \
    send(lane(wave), 'drop'); return taken";

/// The same the other way round and by the mouse: it leads to the same page, and keeps nothing before.
async fn drag_back(house: &House, desk: &mut Desk, base: &str, system: SystemId) {
    let sql = "SELECT wave FROM registry_wave_item WHERE system_id = $1";
    let wave = count(house, sql, system.uuid()).await;
    let earlier = wave - 1;
    goes(desk, base, &format!("/systems/waves?wave={wave}")).await;
    desk.found(".drag-handle").await;
    let arguments = vec![system.to_string().into(), wave.into(), earlier.into()];
    let taken: Vec<bool> = desk.browser.execute(DRAG, arguments).await.unwrap().convert().unwrap();
    assert_eq!(taken, [false, true]);
    desk.waits_for(".confirm .says", &format!("Từ: Đợt {wave}. Sang: Đợt {earlier}.")).await;
    assert_eq!(count(house, sql, system.uuid()).await, wave, "nothing is kept before it is confirmed");
    desk.click(".confirm form button").await;
    desk.waits_for("main", "Đã đổi đợt.").await;
    assert_eq!(count(house, sql, system.uuid()).await, earlier);
}

/// The plan's figure about what was moved, as its page shows it to the owner.
async fn figure(desk: &Desk, base: &str, own: UnitId) -> String {
    goes(desk, base, &format!("/systems/figures/cloud.migrated?unit={own}")).await;
    desk.found(".tile .goal-word").await.text().await.unwrap()
}

/// To the system, whose officer says that it is rightly classified, and to the project that moves it.
async fn begin(desk: &mut Desk, base: &str, system: SystemId) {
    goes(desk, base, &format!("/systems/{system}/assessment")).await;
    desk.click("main a[href$='/review']").await;
    desk.click("main .narrow form:not([data-draft]) button").await;
    desk.waits_for("main", "Đã ghi kết quả rà soát.").await;
    desk.click(&format!(".govuk-breadcrumbs a[href='/systems/{system}']")).await;
    desk.click("main a[href$='/road']").await;
    desk.click("main a[href$='/migrate']").await;
    for (field, words) in [
        ("#window_begins", "20/11/2026"),
        ("#window_ends", "30/11/2026"),
        ("#announcement", "15/TB-SKHCN"),
        ("#announced_on", "02/11/2026"),
        ("#checksum_given", "0011223344"),
        ("#checksum_verified", "0011223344"),
    ] {
        desk.fill(field, words).await;
    }
    desk.click(SUBMIT).await;
    desk.waits_for("main", "Đã lập dự án chuyển đổi.").await;
}

/// An act on the project, on the page that says first what it will do.
async fn act(desk: &mut Desk, name: &str) {
    desk.click(&format!("main a[href$='/acts?act={name}']")).await;
    desk.click(".confirm form button").await;
    let said = match name {
        "start" => "Đã bắt đầu thực hiện.",
        "cut_over" => "Đã ghi việc chuyển sang nơi mới.",
        _ => "Đã nghiệm thu.",
    };
    desk.waits_for("main", said).await;
}

/// Every step with the document that proves it, of those before the move or of those behind it.
async fn prove(desk: &mut Desk, is_behind: bool) {
    let links = format!(
        "return [...document.querySelectorAll('#steps + table a')].filter(one => \
         /^(Chuyển trong khung giờ|Tắt hệ thống cũ|Sao lưu ở nơi mới)/.test(one.textContent.trim()) === {is_behind}) \
         .map(one => one.getAttribute('href'))"
    );
    let steps: Vec<String> = desk.browser.execute(links, vec![]).await.unwrap().convert().unwrap();
    assert!(steps.len() >= if is_behind { 3 } else { 5 }, "{steps:?}");
    for (step, number) in steps.iter().zip(1..) {
        desk.click(&format!("main a[href='{step}']")).await;
        desk.fill("#document", &format!("{number}/BB-SKHCN")).await;
        desk.click("button[name=act][value=done]").await;
        desk.waits_for("main", "Việc đã xong.").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_of_500_systems_becomes_waves_and_the_first_of_them_moves() {
    let house = House::people().await;
    let (sheet, dirt) = generate::sheet(500, 1, &OWNERS.map(str::to_owned)).unwrap();
    let refused = dirt.twice + dirt.negative + dirt.unknown_owner;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("danh-muc.xlsx");
    std::fs::write(&file, sheet).unwrap();
    let Some((_driver, browser, base)) = open(&house).await else { return };

    // Who steers the move of the whole province, within the time that offices have for it.
    sign_in(&browser, &base, "dieuphoi").await;
    let mut desk = Desk::new(&browser);
    take_in(&mut desk, &file, refused).await;
    let systems = 500 - i64::try_from(refused).unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system").await, systems);
    place(&mut desk).await;
    desk.say("a sheet of 500 systems from upload to the first wave plan");
    assert!(desk.seconds() <= 20.0 * 60.0, "{}", desk.seconds());
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE strategy IS NOT NULL").await, systems);
    let moving = "SELECT COUNT(*) FROM registry_system WHERE strategy NOT IN ('retain', 'retire')";
    let placed = house.count("SELECT COUNT(*) FROM registry_wave_item WHERE wave IS NOT NULL").await;
    assert!(placed > 100 && placed == house.count(moving).await, "{placed}");
    let full = "SELECT COUNT(*) FROM (SELECT wave FROM registry_wave_item WHERE wave IS NOT NULL \
        GROUP BY wave HAVING COUNT(*) > 30) AS crowded";
    assert_eq!(house.count(full).await, 0);

    let own = house.unit(OWN, None);
    freeze(&house, own).await;
    let system = chosen(&house, own).await;
    move_later(&house, &mut desk, system).await;
    drag_back(&house, &mut desk, &base, system).await;

    // The owner's officer runs the project.
    comes(&desk, &base, "vidu").await;
    let measured = "SELECT COUNT(*) FROM registry_baseline_item i JOIN registry_baseline l ON l.id = i.baseline_id \
        WHERE l.unit_id = $1 AND i.is_counted";
    let measured = count(&house, measured, own.uuid()).await;
    assert_eq!(figure(&desk, &base, own).await, format!("0 / {measured}"));
    begin(&mut desk, &base, system).await;
    let facts = [("scope", "internal"), ("information", "private")];
    let level = house.signed_in("vidu").await.form(&format!("/systems/{system}/level"), &facts).await;
    assert!(level.status.is_redirection(), "{}", level.body);
    act(&mut desk, "start").await;
    prove(&mut desk, false).await;
    act(&mut desk, "cut_over").await;
    prove(&mut desk, true).await;
    let stands = "SELECT COUNT(*) FROM registry_system WHERE hosting = 'provincial_cloud' AND id = $1";
    assert_eq!(count(&house, stands, system.uuid()).await, 0, "until it is accepted it stands where it stood");
    assert_eq!(number(&desk, "main a[href$='/acts?act=accept']").await, 0, "who ran it does not accept it");

    // The owner's leader finds it among what waits, and accepts it.
    comes(&desk, &base, "giamdoc").await;
    goes(&desk, &base, "/work").await;
    desk.click(".todo a[href^='/migrations/']").await;
    act(&mut desk, "accept").await;
    assert_eq!(count(&house, stands, system.uuid()).await, 1);
    goes(&desk, &base, &format!("/systems/{system}")).await;
    desk.waits_for("main", "Đám mây của tỉnh").await;
    assert_eq!(figure(&desk, &base, own).await, format!("1 / {measured}"));
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
    browser.quit().await.unwrap();
}
