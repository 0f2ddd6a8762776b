//! Information systems: the agencies' own sheets, the register and who sees it, links, the yearly confirmation.

use axum::http::{Method, StatusCode};
use db::Row as _;
use kernel::Role;
use registry::{model::System, usecase::import};
use serde_json::json;
use testkit::{Client, Part};
use webkit::{Bytes, Verdict};

use crate::{added, house};

const AGENCIES: [&str; 5] = ["Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Nội vụ", "UBND xã Sông Mẫu"];

/// One agency as offices write it.
fn spelled(agency: &str, n: usize) -> String {
    match n % 6 {
        0 => agency.to_owned(),
        1 => agency.to_uppercase(),
        2 => format!("  {agency} "),
        3 => agency.replace(' ', "  "),
        4 => kernel::text::fold(agency),
        _ => agency.replace(' ', "\u{a0}"),
    }
}

/// A sheet as they are kept: a title, heads in two rows, agencies in merged cells and in rows of their own, totals, states and
/// hostings in words, years as text, wrong cells, lines twice. 500 lines are systems; of them 10 are wrong and 10 are twice.
fn dirty() -> Bytes {
    let cell = str::to_owned;
    let heads = ["TT", "Tên hệ thống", "Cơ quan", "", "Hiện trạng", "Nơi đặt", "Năm đưa vào sử dụng", "Địa chỉ"];
    let second = ["", "", "Chủ quản", "Vận hành", "", "", "", ""];
    let mut rows = vec![vec![String::new(); 8], heads.map(cell).to_vec(), second.map(cell).to_vec()];
    for n in 0..500_usize {
        let agency = AGENCIES[n / 100];
        if n % 100 == 0 {
            rows.push(vec![format!("{}. {agency}", ["I", "II", "III", "IV", "V"][n / 100])]);
        }
        if n % 50 == 49 {
            rows.push(vec![String::new(); 8]);
        }
        let twice = n % 50 == 7;
        let name = format!("Phần mềm quản lý số {}", if twice { n - 1 } else { n });
        let state = ["Đang vận hành", "ĐANG XÂY DỰNG", "dự kiến", "Sắp dừng", ""][n % 5];
        let state = if n % 50 == 9 { "chạy tạm" } else { state };
        let hosting = ["Phòng máy của cơ quan", "đám mây của tỉnh", "Trung tâm dữ liệu tỉnh", "", "Chưa rõ"][n % 5];
        // Of ten lines one says the agency, the others leave the merged cell empty.
        let owner = if n % 10 == 0 { spelled(agency, n / 10) } else { String::new() };
        let operator = if n % 7 == 0 { cell("Sở Khoa học và Công nghệ") } else { String::new() };
        let since = if n % 3 == 0 { format!(" {} ", 2010 + n % 15) } else { String::new() };
        rows.push(vec![n.to_string(), name, owner, operator, cell(state), cell(hosting), since, String::new()]);
    }
    rows.push(["", "Tổng cộng", "", "", "500", "", "", ""].map(cell).to_vec());
    webkit::export::xlsx("Hệ thống", &["DANH MỤC HỆ THỐNG THÔNG TIN".into()], &rows).unwrap().into()
}

#[tokio::test]
async fn a_dirty_sheet_of_500_lines_is_taken_in_once() {
    let house = house().await;
    let ctx = house.system();
    let sheet = dirty();
    let preview = import::systems_preview(&house.app, &ctx, sheet.clone()).await.unwrap();
    let faults: Vec<_> =
        preview.lines.iter().filter_map(|line| Some((line.number, line.problem.as_ref()?.code))).collect();
    assert_eq!(preview.lines.len(), 500, "{faults:?}");
    assert_eq!((preview.count(Verdict::New), preview.count(Verdict::Refused)), (480, 20), "{faults:?}");
    assert!(faults.iter().all(|(_, code)| ["unknown-word", "line-twice"].contains(code)), "{faults:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system").await, 0, "a preview writes nothing");
    let entries = house.ledger_length().await;
    import::systems_import(&house.app, &ctx, &preview).await.unwrap();
    assert_eq!(house.ledger_length().await, entries + 1, "all of one sheet is one act");
    let conn = house.app.db().read();
    for agency in AGENCIES {
        let owner = house.unit(agency);
        let of = System::find(&conn, "WHERE owner_id = $1", db::vals![owner.uuid()]).await.unwrap();
        assert_eq!(of.len(), 96, "{agency}");
    }
    // The same again changes nothing, and is no act.
    let again = import::systems_preview(&house.app, &ctx, sheet).await.unwrap();
    import::systems_import(&house.app, &ctx, &again).await.unwrap();
    assert_eq!((again.count(Verdict::Same), again.count(Verdict::New)), (480, 0));
    assert_eq!(house.ledger_length().await, entries + 1);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

/// A sheet of these lines: name, owner, state.
fn sheet(lines: &[[&str; 3]]) -> Vec<u8> {
    let heads = ["Tên hệ thống", "Cơ quan chủ quản", "Trạng thái"].map(str::to_owned);
    let rows: Vec<Vec<String>> = lines.iter().map(|line| line.map(str::to_owned).to_vec()).collect();
    webkit::export::xlsx("S", &heads, &rows).unwrap()
}

#[tokio::test]
async fn an_agency_takes_its_own_list_in_and_back_and_no_other() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let lines = [
        ["Quản lý ngân sách", "Sở Tài chính", "Đang vận hành"],
        ["Hồ sơ bệnh án", "Sở Y tế", "Đang vận hành"],
        ["Không rõ của ai", "Sở Không Có", "hỏng"],
    ];
    let file = sheet(&lines);
    let shown = clerk.upload("/systems/import", &[Part::File("ds.xlsx", &file)]).await;
    assert_eq!(shown.status, StatusCode::OK);
    for words in ["1 dòng mới", "2 dòng chưa nhận được", "Sở Không Có", "Trạng thái: “hỏng”", "không có quyền"]
    {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let parts = [Part::File("ds.xlsx", &file), Part::Field("confirm", "1")];
    assert_eq!(clerk.upload("/systems/import", &parts).await.location, "/systems?done=systems-imported");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system").await, 1);
    // What a later list changes is shown by its field, and goes back with the act.
    let later = sheet(&[["Quản lý  ngân sách", "", "Sắp dừng"], ["Tài sản công", "So Tai chinh", ""]]);
    let parts = |file| [Part::File("ds.xlsx", file), Part::Field("confirm", "1")];
    let refused = clerk.upload("/systems/import", &parts(&later)).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system").await, 2);
    let entry = house.newest("system.import").await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(other.form(&format!("/undo/{entry}"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(clerk.form(&format!("/undo/{entry}"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE state = 'operating'").await, 1);
    // Of what others have the list says nothing to whom it does not concern.
    let guessed = sheet(&[["Tài sản công", "Sở Tài chính", ""]]);
    let shown = other.upload("/systems/import", &[Part::File("ds.xlsx", &guessed)]).await;
    assert!(shown.body.contains("0 dòng giữ nguyên, 1 dòng chưa nhận được"), "{}", shown.body);
    assert_eq!(other.upload("/systems/import", &parts(&guessed)).await.status, StatusCode::FORBIDDEN);
    // No list at all.
    let none = webkit::export::xlsx("S", &["Họ tên".into()], &[vec!["Thử".into()]]).unwrap();
    let refused = clerk.upload("/systems/import", &[Part::File("ds.xlsx", &none)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Không tìm thấy cột: "), "{}", refused.body);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn a_program_looks_at_a_list_and_takes_it_in() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let lines = [["Quản lý ngân sách", "Sở Tài chính", ""], ["Hồ sơ bệnh án", "Sở Y tế", ""]];
    let file = sheet(&lines);
    let path = "/api/v1/systems/import";
    let told = clerk.upload(path, &[Part::File("ds.xlsx", &file)]).await.json();
    assert_eq!((&told["written"], &told["new"], &told["refused"]), (&json!(false), &json!(1), &json!(1)), "{told}");
    let (own, other) = (&told["lines"][0], &told["lines"][1]);
    assert_eq!((&own["verdict"], &own["name"], &own["line"]), (&json!("new"), &json!("Quản lý ngân sách"), &json!(2)));
    assert!(other["verdict"] == "refused" && other["problem"].is_string() && own["problem"].is_null(), "{told}");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system").await, 0, "what is not confirmed writes nothing");
    let parts = [Part::File("ds.xlsx", &file), Part::Field("confirm", "1")];
    let told = clerk.upload(path, &parts).await.json();
    assert_eq!((&told["written"], &told["new"]), (&json!(true), &json!(1)), "{told}");
    let operating = "SELECT COUNT(*) FROM registry_system WHERE state = 'operating'";
    assert_eq!(house.count(operating).await, 1, "a list tells of what there is");
    let own = sheet(&lines[..1]);
    let again = clerk.upload(path, &[Part::File("ds.xlsx", &own), Part::Field("confirm", "1")]).await.json();
    assert_eq!((&again["new"], &again["same"]), (&json!(0), &json!(1)), "{again}");
    // Of whom nothing of it is, gets the refusal.
    let leader = house.person("gd", "Sở Nội vụ", Role::OFFICER).await;
    assert_eq!(leader.upload(path, &parts).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system").await, 1);
}

#[tokio::test]
async fn a_sheet_is_weighed_by_the_rights_of_who_brings_it() {
    let house = house().await;
    house.person("so", "Sở Tài chính", Role::OFFICER).await;
    house.person("gd", "Sở Tài chính", Role::LEADER).await;
    house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let lines = [["Quản lý ngân sách", "Sở Tài chính", ""], ["Hồ sơ bệnh án", "Sở Y tế", ""]];
    for (login, new) in [("so", 1), ("gd", 0), ("tinh", 2)] {
        let preview = import::systems_preview(&house.app, &house.ctx(login), sheet(&lines).into()).await.unwrap();
        assert_eq!((preview.count(Verdict::New), preview.count(Verdict::Refused)), (new, 2 - new), "{login}");
    }
}

/// A system of this owner, by its API.
async fn system(client: &Client, name: &str, owner: &str) -> String {
    let said = json!({"name": name, "owner": owner, "kind": "platform", "since": 2021, "architecture": "Lớp ứng dụng",
        "deviates": "no"});
    let answer = client.json(Method::POST, "/api/v1/systems", &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_system_is_seen_by_its_owner_and_by_who_runs_or_uses_it() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let (runs, uses, stranger) = (
        house.person("khcn", "Sở Khoa học và Công nghệ", Role::OFFICER).await,
        house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await,
        house.person("yte", "Sở Y tế", Role::OFFICER).await,
    );
    let id = system(&clerk, "Ngân sách", "Sở Tài chính").await;
    let page = format!("/systems/{id}");
    for client in [&runs, &uses, &stranger] {
        assert_eq!(client.get(&page).await.status, StatusCode::NOT_FOUND);
        assert!(!client.get("/systems").await.body.contains("Ngân sách"));
    }
    let fields =
        [("rev", "1"), ("name", "Ngân sách"), ("owner", "Sở Tài chính"), ("operator", "Sở Khoa học và Công nghệ")];
    assert_eq!(clerk.form(&format!("{page}/edit"), &fields).await.status, StatusCode::SEE_OTHER);
    let link = [("kind", "used_by"), ("other", "UBND xã Sông Mẫu")];
    assert_eq!(clerk.form(&format!("{page}/links"), &link).await.status, StatusCode::SEE_OTHER);
    for (client, sees) in [(&runs, true), (&uses, true), (&stranger, false)] {
        assert_eq!(client.get(&page).await.status.is_success(), sees);
        assert_eq!(client.get("/api/v1/systems").await.json()["items"].as_array().unwrap().len(), usize::from(sees));
        assert_eq!(client.get("/systems.csv").await.body.contains("Ngân sách"), sees);
    }
    // Who did it stands in its history, with the post by which.
    let history = uses.get(&page).await.body;
    assert!(history.contains(", Chuyên viên, ") && history.contains("moj-timeline__byline"), "{history}");
    // Who sees it does not change it.
    assert_eq!(uses.form(&format!("{page}/edit"), &fields).await.status, StatusCode::FORBIDDEN);
    house.registers_agree().await;
}

#[tokio::test]
async fn a_refused_form_says_all_faults_at_once() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let fields = [("name", ""), ("owner", "Sở Không Có"), ("state", "broken"), ("since", "12")];
    let refused = clerk.form("/systems/new", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["name", "owner", "state", "since"] {
        assert!(refused.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", refused.body);
    }
    assert!(refused.body.contains("value=\"Sở Không Có\""), "what was typed stays");
    let said = json!({"name": "Ngân sách", "owner": "Sở Tài chính", "kind": "spaceship"});
    let refused = clerk.json(Method::POST, "/api/v1/systems", &said).await.json();
    assert_eq!(
        (refused["code"].as_str(), refused["errors"][0]["field"].as_str()),
        (Some("unknown-word"), Some("kind"))
    );
    // The words that it takes are named.
    let taken = "“spaceship” không có trong danh mục. Nhận các từ: Hệ thống thông tin, Cơ sở dữ liệu, Nền tảng số,";
    assert!(refused["errors"][0]["detail"].as_str().unwrap().starts_with(taken), "{refused}");
    // One owner has one system of a name, whatever its diacritics.
    system(&clerk, "Ngân sách", "Sở Tài chính").await;
    let said = json!({"name": "NGAN SACH", "owner": "Sở Tài chính", "architecture": "Lớp ứng dụng", "deviates": "no"});
    let twice = clerk.json(Method::POST, "/api/v1/systems", &said).await;
    assert_eq!((twice.status, twice.json()["code"].as_str()), (StatusCode::CONFLICT, Some("system-there")));
    // A code that others gave is kept as it is, whatever it looks like; a state that a form leaves out stays.
    let said = json!({"name": "Thuế", "owner": "Sở Tài chính", "code": "0912345678", "state": "retiring",
        "since": 2019});
    let made = clerk.json(Method::POST, "/api/v1/systems", &said).await.json();
    assert_eq!(made["code"].as_str(), Some("0912345678"));
    let page = format!("/systems/{}/edit", made["id"].as_str().unwrap());
    let fields = [("rev", "1"), ("name", "Thuế"), ("owner", "Sở Tài chính"), ("state", "")];
    assert_eq!(clerk.form(&page, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE state = 'retiring'").await, 1);
    // Two bodies typed at once are both asked for.
    let both = clerk.get("/systems?owner_name=so+tai+chinh&operator_name=so+y+te").await.location;
    assert!(both.contains("owner=unit_") && both.contains("operator=unit_"), "{both}");
    // And as the filter proposes them.
    let list = clerk.get("/systems").await.body;
    assert!(list.contains("name=\"owner_name\""), "{list}");
    assert!(clerk.get("/systems?owner_name=S%E1%BB%9F+Y+t%E1%BA%BF").await.location.contains("owner=unit_"));
    // A filter that is none is not left out in silence.
    assert_eq!(clerk.get("/systems?state=broken").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn systems_are_linked_and_links_go_and_come_back() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let (one, two) =
        (system(&clerk, "Ngân sách", "Sở Tài chính").await, system(&clerk, "Đám mây", "Sở Tài chính").await);
    let links = format!("/systems/{one}/links");
    let on = |other: &'static str| [("kind", "runs_on"), ("other", other)];
    assert_eq!(clerk.form(&links, &on("dam may")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&links, &on("Đám mây")).await.status, StatusCode::CONFLICT);
    for (other, code) in [("Ngân sách", "chính nó"), ("Không có", "Không tìm thấy hệ thống")] {
        let refused = clerk.form(&links, &on(other)).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(code), "{}", refused.body);
    }
    assert!(clerk.get(&format!("/systems/{two}")).await.body.contains("Là nền cho"));
    // To a program the same act answers what links there are then.
    let used = json!({ "kind": "used_by", "other": "UBND xã Sông Mẫu" });
    let answer = clerk.json(Method::POST, &format!("/api/v1{links}"), &used).await.json();
    let said = |at: usize| (answer[at]["words"].as_str(), answer[at]["name"].as_str(), answer[at]["is_own"].as_bool());
    assert_eq!(said(0), (Some("Chạy trên"), Some("Đám mây"), Some(true)), "{answer}");
    assert_eq!(said(1), (Some("Đơn vị sử dụng:"), Some("UBND xã Sông Mẫu"), Some(true)), "{answer}");
    let link = answer[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(clerk.form(&links, &[("remove", &link)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&links, &[("remove", &link)]).await.status, StatusCode::NOT_FOUND);
    clerk.form(&format!("/undo/{}", house.newest("system.unlink").await), &[]).await;
    // Who only uses it learns who uses it, and not what it stands on: neither that there is something, nor its name.
    let user = house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await;
    let page = user.get(&format!("/systems/{one}")).await.body;
    assert!(page.contains("Đơn vị sử dụng:") && page.contains("chỉ người cần biết"), "{page}");
    for word in ["Chạy trên", "Đám mây", "một hệ thống bạn không được xem", &two] {
        assert!(!page.contains(word), "{word}: {page}");
    }
    // Not even where that one is used as well.
    clerk.json(Method::POST, &format!("/api/v1/systems/{two}/links"), &used).await;
    let told = user.get(&format!("/api/v1{links}")).await.json();
    let kinds = |told: &serde_json::Value| {
        let all = told.as_array().unwrap().iter();
        all.map(|one| one["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&told), ["used_by"], "{told}");
    assert!(!user.get(&format!("/systems/{two}")).await.body.contains("Là nền cho"));
    let told = clerk.get(&format!("/api/v1{links}")).await.json();
    assert_eq!(kinds(&told), ["runs_on", "used_by"], "{told}");
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let unseen = stranger.get(&format!("/api/v1/systems/{two}/links")).await.status;
    assert_eq!(unseen, StatusCode::NOT_FOUND, "of a system that one may not see there are no links");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_relation").await, 1);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn who_has_not_confirmed_this_year_shows() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let leader = house.person("gd", "Sở Tài chính", Role::PROGRAMME).await;
    let id = system(&clerk, "Ngân sách", "Sở Tài chính").await;
    system(&clerk, "Tài sản", "Sở Tài chính").await;
    // What is gone waits for nobody's word.
    added(&clerk, &json!({"name": "Đã bỏ", "owner": "Sở Tài chính", "state": "retired"})).await;
    let unit = house.unit("Sở Tài chính").to_string();
    let confirm = [("unit", unit.as_str())];
    assert_eq!(clerk.form("/systems/confirmations", &confirm).await.status, StatusCode::FORBIDDEN);
    let open = || async {
        let answer = leader.get("/api/v1/systems?unconfirmed=1").await;
        answer.json()["items"].as_array().unwrap_or_else(|| panic!("{}", answer.body)).len()
    };
    assert_eq!(open().await, 2);
    // The word is taken back by whoever may give it.
    leader.form("/systems/confirmations", &confirm).await;
    let undo = format!("/undo/{}", house.newest("system.confirm").await);
    assert_eq!(clerk.form(&undo, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!((open().await, house.count("SELECT COUNT(*) FROM registry_confirmation").await), (2, 0));
    for _ in 0..2 {
        assert_eq!(leader.form("/systems/confirmations", &confirm).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!((open().await, house.count("SELECT COUNT(*) FROM registry_confirmation").await), (0, 1));
    let done = leader.form("/systems/confirmations", &confirm).await.location;
    assert!(leader.get(&done).await.body.contains("Đã ghi nhận xác nhận của cơ quan"));
    // Said once more on the day, it takes nobody's open form away.
    let rev = house.count("SELECT MAX(rev) FROM registry_system").await;
    let again = leader.json(Method::POST, "/api/v1/systems/confirmations", &json!({ "unit": unit })).await.json();
    assert_eq!(again["rev"].as_i64(), Some(house.count("SELECT rev FROM registry_confirmation").await), "{again}");
    assert_eq!(house.count("SELECT MAX(rev) FROM registry_system").await, rev);
    // Over the state of before the confirmation nothing is written.
    let stale = [("rev", "1"), ("name", "Ngân sách nhà nước"), ("owner", "Sở Tài chính")];
    assert_eq!(clerk.form(&format!("/systems/{id}/edit"), &stale).await.status, StatusCode::PRECONDITION_FAILED);
    assert!(leader.get("/systems/confirmations").await.body.contains("1 trên 1 cơ quan"));
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn what_is_wrong_is_said_with_its_numbers_and_what_shows_nothing_is_no_name() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let add = async |name: &str| {
        let sent = json!({ "name": name, "owner": "Sở Tài chính", "since": "xưa" });
        clerk.json(Method::POST, "/api/v1/systems", &sent).await
    };
    let refused = add(&"x".repeat(100_000)).await.json();
    let said: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().map(|one| one["detail"].as_str().unwrap()).collect();
    assert!(said.len() == 2 && said.iter().all(|one| !one.contains('$')), "{refused}");
    assert!(said[1].contains("1980"), "{refused}");
    for nothing in ["\u{200b}\u{200b}", " \u{200e} "] {
        let refused = add(nothing).await.json();
        assert_eq!(refused["errors"][0]["field"], "name", "{refused}");
    }
    let id = system(&clerk, "Ngân sách\n nhà nước", "Sở Tài chính").await;
    assert!(clerk.get(&format!("/api/v1/systems/{id}")).await.body.contains("\"Ngân sách nhà nước\""));
    let change = async |client: &Client| {
        let answer = client.json(Method::PATCH, &format!("/api/v1/systems/{id}"), &json!({ "code": "H1" })).await;
        answer.json()["code"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(change(&clerk).await, "if-match-missing");
    assert_eq!(change(&clerk.header("if-match", "\"một\"")).await, "if-match-unknown");
    // No name is like no name.
    let hash = system(&clerk, "#", "Sở Tài chính").await;
    for other in ["", "#", "—"] {
        let sent = json!({ "kind": "runs_on", "other": other });
        let answer = clerk.json(Method::POST, &format!("/api/v1/systems/{id}/links"), &sent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{other} of {hash}: {}", answer.body);
    }
}
