//! No telephone, identity number or mail address that somebody writes into any field is stored whole, in any column of
//! any table; the ledger would keep it for ever.

use dinh::wiring;
use serde_json::json;
use testkit::{Client, Part};

use crate::{house::House, samples::Samples};

const DIRT: &str = "ĐT.0905123456, CCCD 048 123 456 789; nguyen.van.b@thu.example";

/// What must be found nowhere, and the same as the search folds it.
const TRACES: [&str; 4] = ["0905123456", "048 123 456 789", "nguyen.van.b@thu.example", "nguyen van b thu example"];

/// Columns in which an address is what the column is for; each names whose and why.
const EXCEPTIONS: [&str; 4] = [
    // Where a person wants letters and short texts, given by that person; erased with the person.
    "notify_person.address",
    "notify_person.phone",
    // Whom to call about a part, given by that person's own body; erased with the person.
    "programme_contact.phone",
    // The letter that is on its way there; emptied when it was sent.
    "notify_outbox.address",
];

/// Fields that hold what people write. Others are codes, days, names of bodies that must be found, and secrets.
const FREE: [&str; 29] = [
    "text",
    "note",
    "reason",
    "words",
    "remarks",
    "label",
    "title",
    "name",
    "number",
    "proposal",
    "basis",
    "who",
    "form",
    "system",
    "replaceable",
    "intro",
    "plans_ahead",
    "evidence",
    "source",
    "about",
    "body",
    "result",
    "giver",
    "section",
    "owner",
    "time",
    "short_name",
    "answer",
    "file name",
];

fn soil(field: &str, value: &str) -> String {
    // Leaders in charge are typed under the id of the body.
    let is_free = FREE.contains(&field) || field.starts_with("unit_");
    // Words that must be those of the document, labels of periods, ids, places in a list.
    let is_code = value.is_empty()
        || value.starts_with("Sở ")
        || value.starts_with("2026-")
        || value.starts_with("system_")
        || value == "UBND tỉnh"
        || value.chars().all(|c| c.is_ascii_digit());
    if field == "link" {
        return format!("{value}/0905123456");
    }
    match value.rsplit_once('.').filter(|_| field == "file name") {
        Some((stem, kind)) => format!("{stem} {}.{kind}", DIRT.replace(';', "")),
        None if is_free && !is_code => format!("{value} {DIRT}"),
        None => value.to_owned(),
    }
}

/// Where a trace is left.
async fn dirty(house: &House) -> Vec<String> {
    let indexes = ["programme_task_search", "programme_target_search", "programme_passage_search"];
    let indexes = indexes.map(|table| (table.to_owned(), "fold".to_owned(), false));
    let columns = db::text_columns(&wiring::migrations(&wiring::modules()));
    assert!(columns.len() > 100 && columns.iter().any(|(table, column, _)| table == "db_ledger" && column == "body"));
    let mut found = Vec::new();
    for (table, column, _) in columns.into_iter().chain(indexes) {
        let place = format!("{table}.{column}");
        for trace in TRACES {
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE LOWER(\"{column}\") LIKE '%{trace}%'");
            if house.count(&sql).await > 0 && !EXCEPTIONS.contains(&place.as_str()) {
                found.push(format!("{place}: {trace}"));
            }
        }
    }
    found
}

#[tokio::test]
async fn what_is_typed_into_any_field_leaves_no_personal_number_in_any_column() {
    let mut house = House::demo_with(&crate::reminders::config(1)).await;
    house.soil = Some(soil);
    let house = &house;
    let samples = Samples { house, admin: house.signed_in("quantri").await, officer: house.signed_in("vidu").await };
    let routes = house.app.modules().iter().flat_map(|module| (module.routes)());
    for route in routes.filter(|route| route.mutates) {
        let answer = samples.send(&route).await;
        // Some are refused for what was added to them; what a refusal keeps must be clean too.
        assert!(!answer.status.is_server_error(), "{} {}: {}", route.method, route.path, answer.body);
    }
    more(house, &samples.admin, &samples.officer).await;
    house.drain().await;
    assert_eq!(dirty(house).await, Vec::<String>::new());
    // It was there to be stored: what is left of it is.
    let kept = "SELECT COUNT(*) FROM programme_task WHERE text LIKE '%090*******%'";
    assert!(house.count(kept).await > 1);
    assert!(house.count("SELECT COUNT(*) FROM db_ledger WHERE body LIKE '%090*******%'").await > 5);
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
}

/// Fields that no sample fills.
async fn more(house: &House, admin: &Client, officer: &Client) {
    let done = |answer: &testkit::Answer| answer.status.is_redirection() || answer.status.is_success();
    let task = [
        ("number", "77/TB-UBND"),
        ("giver", "UBND tỉnh"),
        ("text", "Rà soát"),
        ("leads", "Sở Tài chính"),
        ("due", "30/12/2026"),
        ("result", "Báo cáo"),
    ];
    let answer = officer.form("/assign", &task).await;
    assert!(done(&answer), "{}", answer.body);
    // A body that nobody knows gives a task of the own unit.
    let given = [
        ("number", "78/TB"),
        ("giver", "Đồng chí A"),
        ("text", "Họp"),
        ("leads", "Sở Khoa học và Công nghệ"),
        ("due", ""),
    ];
    officer.form("/assign", &given).await;
    let cells = |text: &str| text.to_owned();
    let heads =
        ["Số văn bản", "Cơ quan giao", "Nội dung", "Đơn vị chủ trì", "Thời hạn", "Sản phẩm", "Tiến độ"].map(cells);
    let (number, text) = (format!("79/TB {DIRT}"), format!("Rà soát phần mềm {DIRT}"));
    let row = [number.as_str(), "", &text, "Sở Khoa học và Công nghệ", "30/12/2026", DIRT, DIRT].map(cells);
    let sheet = webkit::export::xlsx("S", &heads, &[row.to_vec()]).unwrap();
    let answer = officer.upload("/tracking", &[Part::Field("confirm", "1"), Part::File("so.xlsx", &sheet)]).await;
    assert!(done(&answer), "{}", answer.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task WHERE text LIKE 'Rà soát phần mềm%090*%'").await, 1);
    let regime = ["name", "basis", "who", "form", "system", "replaceable"].map(|field| (field, "Chế độ"));
    assert!(done(&officer.form("/regimes", &regime).await));
    let duty = [
        ("name", "Báo cáo tuần"),
        ("section", "II"),
        ("period", "month"),
        ("due_kind", "after"),
        ("due", "3"),
        ("reports", "Sở Tài chính"),
    ];
    assert!(done(&officer.form("/duties/new", &duty).await));
    let unit = house.unit("Sở Tài chính", None).to_string();
    let person =
        [("name", "Ví Dụ Chín"), ("login", "chinvd"), ("title", "Chuyên viên"), ("unit", &unit), ("role", "officer")];
    assert!(done(&admin.form("/people/new", &person).await));
    let post = house.one("SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE a.login = 'vidu'", vec![]).await;
    let post = kernel::ids::PostId::from_uuid(post);
    let other = house.unit("Sở Nội vụ", None).to_string();
    let another = [("unit", other.as_str()), ("role", "officer"), ("title", "Kiêm nhiệm")];
    assert!(done(&admin.form(&format!("/posts/{post}/another"), &another).await));
    document(house, officer).await;
    // The number under which a report is issued.
    let id = house.one("SELECT id FROM programme_report ORDER BY id LIMIT 1", vec![]).await;
    let conn = house.app.db().read();
    let mut report = programme::reporting::store::report::get(&conn, programme::ids::ReportId::from_uuid(id))
        .await
        .unwrap()
        .unwrap();
    report.number = Some(DIRT.into());
    let (report, ctx) = (&report, &house.system());
    let saved = house.app.db().write(ctx, |tx| async move {
        tx.ledger(db::Entry::new("report.issue", report.id()).detail(json!({ "number": report.number })));
        Ok(programme::reporting::store::report::save(&tx, report, report.rev).await?)
    });
    assert!(saved.await.unwrap());
    for path in ["/people?q=", "/search?q=", "/tasks?q=", "/units?q="] {
        officer.get(&format!("{path}0905123456")).await;
    }
}

/// A document that names a telephone beside its number, in its head, in a task, in a target and as a body.
async fn document(house: &House, officer: &Client) {
    let text = include_str!("../../../../examples/plans/dam-may.txt")
        .replace("22/KH-UBND", "23/KH-UBND")
        .replace("Sử dụng nền tảng", &format!("Sử dụng nền tảng ({DIRT})"))
        .replace("dịch vụ số.", &format!("dịch vụ số, đầu mối {DIRT}."))
        .replace("100% hệ thống", &format!("100% ({DIRT}) hệ thống"))
        .replacen("Sở Tài chính", "Sở Số hóa 0905123456", 1);
    let taken = officer.upload("/plans/new", &[Part::File("k.txt", text.as_bytes())]).await;
    house.drain().await;
    let plan = taken.location.split('?').next().unwrap().to_owned();
    let unit = house.unit("Sở Tài chính", None).to_string();
    let words = [("words", "Sở Số hóa 0905123456"), ("unit", &unit)];
    // The words as they are typed mean the masked ones that were read.
    let named = officer.soiled(None).form(&format!("{plan}/name-body"), &words).await;
    assert!(named.status.is_redirection(), "{}", named.body);
    let alias = "SELECT COUNT(*) FROM directory_alias WHERE alias = 'Sở Số hóa 090*******'";
    assert_eq!(house.count(alias).await, 1);
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    house.confirm(&plan).await;
    let live = officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert!(live.status.is_redirection(), "{}", live.body);
    // The document itself is an official record and keeps its bytes.
    let file = officer.get_bytes(&format!("{plan}/file")).await;
    assert!(String::from_utf8(file).unwrap().contains("0905123456"));
}

#[tokio::test]
async fn an_entry_keeps_ids_hashes_and_numbers_whole_and_no_word_with_a_telephone() {
    let house = House::empty().await;
    let ctx = house.system();
    let (id, hash) = (ctx.new_id::<kernel::ids::kinds::Plan>().to_string(), db::BlobHash::of(b"x").to_string());
    let detail = &json!({ "plan": id, "sha256": hash, "words": [DIRT], "count": 905_123_456_i64, "day": "2026-11-20" });
    let done = house.app.db().write(&ctx, |tx| async move {
        tx.ledger(db::Entry::new("test.words", "test").detail(detail.clone()));
        Ok(())
    });
    done.await.unwrap();
    let row = db::ledger_page(&house.app.db().read(), Some("test"), None, 1).await.unwrap().remove(0);
    let body: serde_json::Value = serde_json::from_str(&row.body).unwrap();
    let kept = &body["detail"];
    assert_eq!((&kept["plan"], &kept["sha256"]), (&json!(id), &json!(hash)));
    assert_eq!((&kept["count"], &kept["day"]), (&json!(905_123_456_i64), &json!("2026-11-20")));
    assert_eq!(kept["words"][0], "ĐT.090*******, CCCD 048 *** *** ***; n*****.***.*@thu.example");
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
}
