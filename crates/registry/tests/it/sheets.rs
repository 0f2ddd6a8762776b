//! Sheets as they are: made up with dirt from a seed, with columns of their own names, of bodies that are no more.

use axum::http::StatusCode;
use kernel::{Problem, Role};
use registry::{generate, model::Amount, usecase::import};
use serde_json::json;
use testkit::Part;
use webkit::Verdict;

use crate::{added, house};

const OWNERS: [&str; 5] = ["Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Nội vụ", "UBND xã Sông Mẫu"];

#[tokio::test]
async fn a_made_up_sheet_of_500_systems_is_taken_in_but_for_its_dirt() {
    let house = house().await;
    let ctx = house.system();
    let (sheet, dirt) = generate::sheet(500, 1, &OWNERS.map(str::to_owned)).unwrap();
    let preview = import::systems_preview(&house.app, &ctx, sheet.clone().into()).await.unwrap();
    let faults: Vec<_> = preview.lines.iter().filter_map(|line| Some((line.number, line.problem.as_ref()?))).collect();
    let refused_for = |code: &str| {
        let is = |problem: &Problem| problem.code == code || problem.fields.iter().any(|one| one.code == code);
        faults.iter().filter(|(_, problem)| is(problem)).count()
    };
    assert_eq!((preview.lines.len(), dirt.negative, dirt.unknown_owner), (500, 10, 10), "{faults:?}");
    assert_eq!(refused_for("amount-negative"), dirt.negative, "{faults:?}");
    assert_eq!(refused_for("unknown-unit"), dirt.unknown_owner, "{faults:?}");
    assert_eq!(refused_for("line-twice"), dirt.twice, "{faults:?}");
    let refused = dirt.negative + dirt.unknown_owner + dirt.twice;
    assert_eq!((preview.count(Verdict::New), preview.count(Verdict::Refused)), (500 - refused, refused), "{faults:?}");
    import::systems_import(&house.app, &ctx, &preview).await.unwrap();
    // Days that stood for years, and amounts in words.
    let days = "SELECT COUNT(*) FROM registry_system WHERE operating_since IS NOT NULL AND since IS NOT NULL";
    assert_eq!(house.count(days).await, i64::try_from(dirt.days).unwrap());
    assert!(house.count("SELECT COUNT(*) FROM registry_system WHERE cost_per_year > 1000000000").await > 10);
    for owner in OWNERS {
        assert!(of(&house, owner).await > 80, "{owner}");
    }
    // What lines name of one another is there, and of each name that leads nowhere it is said.
    let number = |count: usize| i64::try_from(count).unwrap();
    let counted = async || {
        let relations = house.count("SELECT COUNT(*) FROM registry_relation").await;
        (relations, house.count("SELECT COUNT(*) FROM registry_use").await)
    };
    assert_eq!(counted().await, (number(dirt.relations), number(dirt.uses)), "{dirt:?}");
    let missing: Vec<_> = preview.lines.iter().flat_map(|line| &line.missing).collect();
    assert_eq!(missing.len(), dirt.strangers, "{missing:?}");
    assert!(dirt.relations > 100 && dirt.uses > 100 && dirt.strangers > 20, "{dirt:?}");
    let ring = "SELECT COUNT(*) FROM registry_relation AS a JOIN registry_relation AS b ON b.from_id = a.to_id \
        JOIN registry_relation AS c ON c.from_id = b.to_id AND c.to_id = a.from_id \
        WHERE a.kind = 'depends_on' AND b.kind = 'depends_on' AND c.kind = 'depends_on'";
    assert_eq!(house.count(ring).await, 15, "of each owner a ring of three");
    // The same once more changes nothing.
    let again = import::systems_preview(&house.app, &ctx, sheet.into()).await.unwrap();
    assert_eq!((again.count(Verdict::New), again.count(Verdict::Changed)), (0, 0));
    import::systems_import(&house.app, &ctx, &again).await.unwrap();
    assert_eq!(counted().await, (number(dirt.relations), number(dirt.uses)));
    house.lake_is_as_the_rows().await;
}

/// How many systems a body has.
pub async fn of(house: &testkit::House, owner: &str) -> i64 {
    let (sql, owner) = ("SELECT COUNT(*) FROM registry_system WHERE owner_id = $1", house.unit(owner).uuid());
    house.app.db().read().count(sql, db::vals![owner]).await.unwrap()
}

#[tokio::test]
async fn a_sheet_relates_its_systems_and_goes_back_with_all_of_it() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let (own, far) = ("Sở Tài chính", "Sở Y tế");
    for said in [
        json!({"name": "Đám mây tỉnh", "owner": far, "kind": "cloud_service", "code": "CLOUD.1"}),
        json!({"name": "Trục", "owner": far, "kind": "platform", "is_shared": "yes"}),
        json!({"name": "Bệnh án", "owner": far}),
    ] {
        added(&other, &said).await;
    }
    for said in [
        json!({"name": "Kho", "owner": own, "state": "operating", "since": 2020}),
        json!({"name": "Trục", "owner": own, "code": "T2"}),
        json!({"name": "Mật", "owner": own, "state_secret": "yes"}),
    ] {
        added(&clerk, &said).await;
    }
    let heads = ["Tên", "Chủ quản", "Chạy trên", "Phụ thuộc", "Chia sẻ dữ liệu với", "Nhà cung cấp", "Đơn vị sử dụng"];
    let lines = [
        // Own before others' of the same name; a later line of the sheet; a code; several in a cell.
        ["Ngân sách", own, "Kho", "Trục;Thuế\nThuế", "", "cloud.1", "Sở\nY tế; UBND xã\nSông Mẫu;Sở Không Có"],
        // What others keep to themselves is not found, whatever its name; nor is what is no provider one.
        ["Thuế", own, "Bệnh án", "Ngân sách", "Thuế; Ma", "Kho", ""],
        // A line that changes nothing but its relations.
        ["Kho", own, "", "", "Ngân sách", "", ""],
    ];
    let cells = |line: [&str; 7]| line.map(str::to_owned).to_vec();
    let file = webkit::export::xlsx("S", &cells(heads), &lines.map(cells)).unwrap();
    let shown = clerk.upload("/systems/import", &[Part::File("ds.xlsx", &file)]).await.body;
    for words in [
        "2 dòng mới, 1 dòng",
        "Chạy trên: Kho",
        "không có đơn vị nào tên “Sở Không Có”",
        "không tìm thấy “Bệnh án”",
        "“Thuế” là chính hệ thống này",
        "không tìm thấy “Ma”",
        "Nhà cung cấp: không tìm thấy “Kho”",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_relation").await, 0, "a preview writes nothing");
    let entries = house.ledger_length().await;
    let parts = [Part::File("ds.xlsx", &file), Part::Field("confirm", "1")];
    let told = clerk.upload("/api/v1/systems/import", &parts).await.json();
    assert_eq!((&told["new"], &told["changed"]), (&json!(2), &json!(1)), "{told}");
    assert_eq!(told["lines"][1]["missing"].as_array().unwrap().len(), 4, "{told}");
    assert_eq!(house.ledger_length().await, entries + 1, "all of it is one act");
    let of = |kind: &str, from: &str, to: &str| {
        format!(
            "SELECT COUNT(*) FROM registry_relation AS r JOIN registry_system AS a ON a.id = r.from_id \
             JOIN registry_system AS b ON b.id = r.to_id AND b.owner_id = a.owner_id \
             WHERE r.kind = '{kind}' AND a.name = '{from}' AND b.name = '{to}'"
        )
    };
    for (kind, from, to) in [
        ("runs_on", "Ngân sách", "Kho"),
        ("depends_on", "Ngân sách", "Trục"),
        ("depends_on", "Ngân sách", "Thuế"),
        ("depends_on", "Thuế", "Ngân sách"),
        ("shares_data", "Kho", "Ngân sách"),
    ] {
        assert_eq!(house.count(&of(kind, from, to)).await, 1, "{kind} {from} {to}");
    }
    let all = async || {
        let relations = house.count("SELECT COUNT(*) FROM registry_relation").await;
        let uses = house.count("SELECT COUNT(*) FROM registry_use").await;
        (relations, uses, house.count("SELECT COUNT(*) FROM registry_system WHERE provider_id IS NOT NULL").await)
    };
    assert_eq!(all().await, (5, 2, 1));
    // The same again is no act; what it cannot take in is said once more.
    let again = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
    assert_eq!((again.count(Verdict::Same), again.written()), (3, 0));
    assert_eq!(again.lines.iter().map(|line| line.missing.len()).sum::<usize>(), 5);
    let entry = house.newest("system.import").await;
    let undone = clerk.form(&format!("/undo/{entry}"), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    assert_eq!(all().await, (0, 0, 0));
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system").await, 6);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn a_sheet_lets_no_system_operate_that_a_form_would_not() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    added(&clerk, &json!({"name": "Cổng dữ liệu", "owner": "Sở Tài chính", "state": "building"})).await;
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let rows = [row(["Cổng dữ liệu", "Sở Tài chính", "Đang vận hành"]), row(["Kho", "Sở Tài chính", "Đang vận hành"])];
    let file = webkit::export::xlsx("S", &row(["Tên", "Chủ quản", "Trạng thái"]), &rows).unwrap();
    let preview = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
    let verdicts: Vec<_> = preview.lines.iter().map(|line| line.verdict).collect();
    assert_eq!(verdicts, [Verdict::Refused, Verdict::New], "what is new in a list operated before it was entered");
    assert_eq!(preview.lines[0].problem.as_ref().unwrap().code, "level-missing");
    import::systems_import(&house.app, &house.ctx("so"), &preview).await.unwrap();
    let states = "SELECT COUNT(*) FROM registry_system WHERE state = ";
    assert_eq!(house.count(&format!("{states}'building'")).await, 1);
    assert_eq!(house.count(&format!("{states}'operating'")).await, 1);
}

#[tokio::test]
async fn no_system_operates_again_by_taking_a_sheet_back() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let said = json!({"name": "Cổng dữ liệu", "owner": "Sở Tài chính", "state": "operating", "since": 2021});
    added(&clerk, &said).await;
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let rows = [row(["Cổng dữ liệu", "Sở Tài chính", "Đã dừng"])];
    let file = webkit::export::xlsx("S", &row(["Tên", "Chủ quản", "Trạng thái"]), &rows).unwrap();
    let preview = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
    import::systems_import(&house.app, &house.ctx("so"), &preview).await.unwrap();
    let undone = clerk.form(&format!("/undo/{}", house.newest("system.import").await), &[]).await;
    assert_eq!(undone.status, StatusCode::CONFLICT, "{}", undone.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE state = 'retired'").await, 1);
}

/// Two systems, and a sheet that says of the first on which it runs.
async fn running_on(house: &testkit::House, cell: &str) -> Vec<u8> {
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    for name in ["Kho", "Trục"] {
        added(&clerk, &json!({"name": name, "owner": "Sở Tài chính"})).await;
    }
    let row = |cells: [&str; 3]| cells.map(str::to_owned);
    let rows = [row(["Kho", "Sở Tài chính", cell]).to_vec()];
    webkit::export::xlsx("S", &row(["Tên", "Chủ quản", "Chạy trên"]), &rows).unwrap()
}

#[tokio::test]
async fn a_cell_longer_than_any_list_relates_nothing_and_says_so() {
    let house = house().await;
    let file = running_on(&house, &"Trục;".repeat(6_001)).await;
    let preview = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
    assert_eq!((preview.written(), preview.lines[0].missing.len()), (0, 1));
    assert!(preview.lines[0].missing[0].contains("dài quá 30000 ký tự"), "{:?}", preview.lines[0].missing);
}

#[tokio::test]
async fn what_became_a_secret_or_another_since_the_preview_is_related_by_no_sheet() {
    let house = house().await;
    let file = running_on(&house, "Trục").await;
    let relations = "SELECT COUNT(*) FROM registry_relation";
    let previewed = async || import::systems_preview(&house.app, &house.ctx("so"), file.clone().into()).await.unwrap();
    for meanwhile in ["state_secret = 'yes' WHERE name = 'Trục'", "rev = rev + 1 WHERE name = 'Kho'"] {
        let preview = previewed().await;
        assert_eq!(preview.written(), 1, "{meanwhile}");
        house.exec(&format!("UPDATE registry_system SET {meanwhile}"), vec![]).await;
        let refused = import::systems_import(&house.app, &house.ctx("so"), &preview).await;
        assert_eq!(refused.unwrap_err().code, "stale", "{meanwhile}");
        assert_eq!(house.count(relations).await, 0, "{meanwhile}");
        house.exec("UPDATE registry_system SET state_secret = 'no' WHERE id IS NOT NULL", vec![]).await;
    }
    import::systems_import(&house.app, &house.ctx("so"), &previewed().await).await.unwrap();
    assert_eq!(house.count(relations).await, 1);
}

#[tokio::test]
async fn a_body_says_once_what_it_calls_a_column() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let heads = ["Phần mềm đang chạy", "Của ai"].map(str::to_owned);
    let rows = [["Ngân sách", "Sở Tài chính"].map(str::to_owned).to_vec()];
    let file = webkit::export::xlsx("S", &heads, &rows).unwrap();
    let parts = [Part::File("ds.xlsx", &file)];
    assert_eq!(clerk.upload("/systems/import", &parts).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let say = |head: &'static str, field: &'static str| [("unit", "Sở Tài chính"), ("head", head), ("field", field)];
    assert_eq!(clerk.form("/systems/heads", &say("Phần mềm đang chạy", "name")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form("/systems/heads", &say("Phần mềm đang chạy", "name")).await.status, StatusCode::CONFLICT);
    let told = clerk.get("/api/v1/systems/heads").await.json();
    assert_eq!((&told[0]["head"], &told[0]["field"]), (&json!("Phần mềm đang chạy"), &json!("name")), "{told}");
    let refused = clerk.form("/systems/heads", &say("Của ai", "nothing")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = clerk.upload("/systems/import", &parts).await;
    assert!(shown.body.contains("1 dòng mới"), "{}", shown.body);
    // Remembered for that body alone, and by who brings its sheets.
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(other.upload("/systems/import", &parts).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.form("/systems/heads", &say("Của ai", "owner")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(other.get("/api/v1/systems/heads").await.json(), json!([]));
    clerk.form(&format!("/undo/{}", house.newest("system.head").await), &[]).await;
    assert_eq!(clerk.upload("/systems/import", &parts).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// What a page asks of a kept list: the mark of the list, and the name under which each of these heads is asked about.
fn asked<'a>(body: &'a str, heads: &[&str]) -> (&'a str, Vec<String>) {
    let after = |text: &'a str, mark: &str| text.split_once(mark).unwrap_or_else(|| panic!("no {mark}: {body}")).1;
    let kept = after(body, "name=\"kept\" value=\"").split('"').next().unwrap();
    let number = |head: &&str| {
        let at = (1..=60).find(|at| body.contains(&format!("name=\"head-{at}\" value=\"{head}\"")));
        at.unwrap_or_else(|| panic!("{head} is not asked about: {body}")).to_string()
    };
    (kept, heads.iter().map(number).collect())
}

#[tokio::test]
async fn the_preview_asks_what_a_column_is_and_remembers_it_with_the_next_look() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let heads = ["TT", "Phần mềm đang chạy", "Đơn vị nắm", "Máy móc ở đâu"].map(str::to_owned);
    let rows = [["1", "Ngân sách", "Sở Tài chính", "Đám mây trong nước"].map(str::to_owned).to_vec()];
    let file = webkit::export::xlsx("S", &heads, &rows).unwrap();
    let parts = [Part::File("ds.xlsx", &file)];
    let refused = clerk.upload("/systems/import", &parts).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.body.contains("value=\"TT\""), "{}", refused.body);
    assert!(refused.body.contains("value=\"runs_on\""), "a head may mean a relation: {}", refused.body);
    let (kept, at) = asked(&refused.body, &["Phần mềm đang chạy", "Máy móc ở đâu"]);
    let [(name_head, name_field), (place_head, place_field)] =
        [0, 1].map(|n: usize| (format!("head-{}", at[n]), format!("field-{}", at[n])));
    let wrong =
        [Part::Field("kept", kept), Part::Field(&name_head, "Phần mềm đang chạy"), Part::Field(&name_field, "nothing")];
    assert_eq!(clerk.upload("/systems/import", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_head").await, 0);
    // Without the file once more; a column that is left out is left out.
    let said = [
        Part::Field("kept", kept),
        Part::Field(&name_head, "Phần mềm đang chạy"),
        Part::Field(&name_field, "name"),
        Part::Field(&place_head, "Máy móc ở đâu"),
        Part::Field(&place_field, ""),
    ];
    let shown = clerk.upload("/systems/import", &said).await;
    assert!(shown.status == StatusCode::OK && shown.body.contains("1 dòng mới"), "{}", shown.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_head WHERE field = 'name'").await, 1);
    // The list is read now, and what is unknown in it is still asked about.
    let (kept, at) = asked(&shown.body, &["Máy móc ở đâu"]);
    let (head, field) = (format!("head-{}", at[0]), format!("field-{}", at[0]));
    let said = [Part::Field("kept", kept), Part::Field(&head, "Máy móc ở đâu"), Part::Field(&field, "hosting")];
    let shown = clerk.upload("/systems/import", &said).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_head").await, 2);
    let (kept, _) = asked(&shown.body, &[]);
    let taken = clerk.upload("/systems/import", &[Part::Field("kept", kept), Part::Field("confirm", "1")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE hosting = 'domestic_cloud'").await, 1);
    // Who takes no sheets in says nothing of them.
    let reader = house.person("vt", "Sở Tài chính", Role::UNIT_ADMIN).await;
    assert_eq!(reader.upload("/systems/import", &said).await.status, StatusCode::FORBIDDEN);
    clerk.form(&format!("/undo/{}", house.newest("system.head").await), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_head").await, 1);
}

#[tokio::test]
async fn a_unit_of_money_stated_above_the_heads_holds_of_bare_sums() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let rows = [
        row(["Tên hệ thống", "Cơ quan chủ quản", "Kinh phí"]),
        row(["Ngân sách", "Sở Tài chính", "350"]),
        row(["Tài sản", "Sở Tài chính", "2 tỷ"]),
    ];
    let file = |title: &str| webkit::export::xlsx("S", &[title.to_owned()], &rows).unwrap();
    let costs = async |title: &str| {
        let preview = import::systems_preview(&house.app, &house.ctx("so"), file(title).into()).await.unwrap();
        let costs = preview.rows().map(|row| row.cost_per_year.map(Amount::get)).collect::<Vec<_>>();
        (costs, preview.notes.len())
    };
    let milliards = Some(2_000_000_000);
    assert_eq!(costs("ĐVT: triệu đồng").await, (vec![Some(350_000_000), milliards], 1));
    assert_eq!(costs("DANH MỤC HỆ THỐNG").await, (vec![Some(350), milliards], 0));
    let shown = clerk.upload("/systems/import", &[Part::File("ds.xlsx", &file("Đơn vị tính: nghìn đồng"))]).await;
    assert!(shown.body.contains("Số tiền không ghi đơn vị là nghìn đồng"), "{}", shown.body);
    // The page of column names is a link, in words.
    let page = clerk.get("/systems/import").await.body.replace("&#x2f;", "/");
    assert!(page.contains("<a href=\"/systems/heads\">Tên cột của cơ quan</a>"), "{page}");
    assert!(!page.contains("(/systems/heads)"), "{page}");
}

#[tokio::test]
async fn days_are_read_as_they_are_written_and_what_is_none_is_quoted() {
    let house = house().await;
    house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let rows = [
        row(["Kho", "Sở Tài chính", "ngày 5 tháng 3 năm 2019"]),
        row(["Thuế", "Sở Tài chính", "2018"]),
        row(["Trục", "Sở Tài chính", "03-2020"]),
        row(["Cổng", "Sở Tài chính", "31/02/2019"]),
    ];
    let file = webkit::export::xlsx("S", &row(["Tên", "Chủ quản", "Ngày đưa vào vận hành"]), &rows).unwrap();
    let preview = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
    let read: Vec<_> = preview.lines.iter().map(|line| line.row.as_ref()).collect();
    let read = |place: usize| read[place].map(|row| (row.since, row.operating_since.map(|day| day.to_string())));
    assert_eq!(read(0), Some((None, Some("2019-03-05".to_owned()))));
    assert_eq!((read(1), read(2)), (Some((Some(2018), None)), Some((Some(2020), None))));
    let problem = preview.lines[3].problem.as_ref().unwrap();
    assert_eq!((problem.code, problem.args.as_slice()), ("day-unread", &[("text", "31/02/2019".to_owned())][..]));
}

#[tokio::test]
async fn a_sheet_that_names_a_thousand_bodies_of_nobody_is_refused_in_words() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let sheet = |each: usize| {
        let line = |line: usize| {
            let users: Vec<String> = (0..each).map(|n| format!("kx{line}{n:03}")).collect();
            format!("Hệ thống {line},Sở Tài chính,\"{}\"", users.join(";"))
        };
        let lines: Vec<String> = (0..4).map(line).collect();
        format!("Tên hệ thống,Cơ quan chủ quản,Đơn vị sử dụng\n{}\n", lines.join("\n"))
    };
    let preview = import::systems_preview(&house.app, &house.ctx("so"), sheet(250).into_bytes().into()).await.unwrap();
    let missing: Vec<usize> = preview.lines.iter().map(|line| line.missing.len()).collect();
    assert_eq!((preview.count(Verdict::New), missing), (4, vec![250; 4]));
    let many = sheet(251);
    for (client, said) in [
        (clerk.clone(), "Biểu nêu hơn 1000 tên cơ quan"),
        (clerk.with_cookie("dinh_lang=en"), "more than 1000 bodies that nobody knows"),
    ] {
        let refused = client.upload("/systems/import", &[Part::File("ds.csv", many.as_bytes())]).await;
        let body = refused.body.replace(['\u{2068}', '\u{2069}'], "");
        let is_said = body.contains(said) || body.replace("1.000", "1000").replace("1,000", "1000").contains(said);
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && is_said, "{body}");
    }
}
