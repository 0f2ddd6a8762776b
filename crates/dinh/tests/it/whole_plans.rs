//! From any document to a live programme, and what plans are to each other.

use axum::http::StatusCode;
use testkit::{Client, Part};

use crate::house::House;

const DOCX: &[u8] = include_bytes!("../../../../examples/plans/chinh-quyen-so.docx");
const PDF: &[u8] = include_bytes!("../../../../examples/plans/chinh-quyen-so.pdf");
const SCAN: &[u8] = include_bytes!("../../../../examples/plans/an-ninh-mang-quet.pdf");
const CONCLUSION: &[u8] = include_bytes!("../../../../examples/plans/ket-luan.txt");

async fn taken_in(house: &House, officer: &Client, name: &str, bytes: &[u8]) -> String {
    let taken = officer.upload("/plans/new", &[Part::File(name, bytes)]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    house.drain().await;
    let plan = taken.location.split('?').next().unwrap().to_owned();
    house.confirm(&plan).await;
    plan
}

async fn approved(officer: &Client, plan: &str) {
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let live = officer.form(&format!("{plan}/approve"), &[]).await;
    assert_eq!(live.status, StatusCode::SEE_OTHER, "{}", live.body);
}

/// The id of the plan with this number in the demo.
async fn numbered(officer: &Client, number: &str) -> String {
    let plans = officer.get("/api/v1/plans").await.json();
    let plan = plans["items"].as_array().unwrap().iter().find(|plan| plan["number"] == number).unwrap();
    plan["id"].as_str().unwrap().to_owned()
}

/// The id of the row that was read at this position.
async fn row_at(house: &House, position: i64) -> String {
    #[derive(db::FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let sql = "SELECT id FROM programme_read_row WHERE position = $1";
    let row: Row = house.app.db().read().one(sql, db::vals![position]).await.unwrap().unwrap();
    kernel::ids::ReadRowId::from_uuid(row.id).to_string()
}

/// The first hidden value of this name in the page after `mark`.
fn hidden(page: &str, mark: &str, name: &str) -> String {
    let from = page.find(mark).unwrap_or_else(|| panic!("{mark}"));
    let field = format!("name=\"{name}\" value=\"");
    let at = page[from..].find(&field).unwrap() + from + field.len();
    page[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_cascade_of_a_commune_is_right_by_hand_count() {
    let house = House::demo().await;
    let officer = house.signed_in("thu").await;
    let (above, below) = (numbered(&officer, "45/KH-UBND").await, numbered(&officer, "17/KH-UBND").await);
    let page = officer.get(&format!("/plans/{below}/cascade")).await.body;
    // By hand: nine of the ten tasks name the communes; the plan takes up three of them, one by "lồng ghép".
    assert!(page.contains("6 nhiệm vụ giao cho đơn vị chưa được tiếp nhận"), "{page}");
    assert!(page.contains("9 nhiệm vụ nêu tên đơn vị trên tổng 10: 3 đã tiếp nhận, 0 đã giải trình"));
    assert!(page.contains("mục II.3 của Kế hoạch số 09") && page.contains("khác địa điểm, điều kiện"));
    let json = officer.get(&format!("/api/v1/plans/{below}/cascade?above={above}")).await.json();
    let with = |key: &str, wanted: &str| {
        json[key].as_array().unwrap().iter().filter(|line| line["differences"].to_string().contains(wanted)).count()
    };
    assert_eq!((with("tasks", "later"), with("tasks", "other-lead")), (1, 1));
    assert_eq!((with("targets", "weaker"), with("targets", "other-condition"), with("targets", "later")), (1, 1, 0));
    let missing = json["targets"].as_array().unwrap().iter().filter(|line| line["below"].is_null()).count();
    assert_eq!(missing, 3);
    // The province sees the same numbers from its side.
    let list = officer.get(&format!("/plans/{above}/cascade?below=1")).await.body;
    assert!(list.contains("17&#x2f;KH-UBND") && list.contains("<b>6</b>"), "{list}");
    assert!(list.contains("9 nhiệm vụ, chỉ tiêu chưa kế hoạch nào tiếp nhận"), "six tasks and three targets: {list}");
}

#[tokio::test]
async fn a_task_not_taken_up_can_be_explained_and_taken_back() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let below = numbered(&officer, "17/KH-UBND").await;
    let path = format!("/plans/{below}/cascade");
    let page = officer.get(&path).await.body;
    let (above, item) = (hidden(&page, "Giải trình", "above"), hidden(&page, "Giải trình", "item"));
    let form = [("above", above.as_str()), ("item", &item), ("verdict", "taken"), ("note", "")];
    assert_eq!(officer.form(&path, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is needed");
    let form = [("above", above.as_str()), ("item", &item), ("verdict", "taken"), ("note", "Kế hoạch 09 của xã")];
    officer.form(&path, &form).await;
    let page = officer.get(&path).await.body;
    assert!(page.contains("5 nhiệm vụ giao cho đơn vị chưa được tiếp nhận") && page.contains("Kế hoạch 09 của xã"));
    officer.form(&path, &[("above", &above), ("item", &item)]).await;
    assert!(officer.get(&path).await.body.contains("6 nhiệm vụ giao"));
}

#[tokio::test]
async fn every_format_becomes_the_same_programme() {
    for (name, bytes) in [("a.docx", DOCX), ("a.pdf", PDF)] {
        let house = House::people().await;
        let officer = house.signed_in("vidu").await;
        let plan = taken_in(&house, &officer, name, bytes).await;
        let review = officer.get(&format!("{plan}/review")).await.body;
        assert!(review.contains("Phần thân và phụ lục nêu khác nhau: 80 và 70"), "{name}");
        approved(&officer, &plan).await;
        assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 10, "{name}");
        assert_eq!(house.count("SELECT COUNT(*) FROM programme_target").await, 12, "{name}");
        let counted = house.count("SELECT COUNT(*) FROM programme_target WHERE counted").await;
        assert_eq!(counted, 6, "a target in body and appendix is counted once");
        let file = officer.get(&format!("{plan}/file")).await;
        assert_eq!(file.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_scan_goes_through_recognition_to_a_live_plan() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let plan = taken_in(&house, &officer, "quet.pdf", SCAN).await;
    let review = officer.get(&format!("{plan}/review")).await.body;
    assert!(review.contains("Đọc từ bản quét") && review.contains("cần kiểm tra với bản gốc"), "{review}");
    assert_eq!(officer.form(&format!("{plan}/approve"), &[]).await.status, StatusCode::CONFLICT);
    // Who accepts a row has compared it.
    let open = house.count("SELECT COUNT(*) FROM programme_finding WHERE state = 'open'").await;
    let row = row_at(&house, 1).await;
    officer.form(&format!("/read-rows/{row}"), &[("rev", "1"), ("act", "accept"), ("number", "1")]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_finding WHERE state = 'open'").await, open - 1);
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 3);
}

#[tokio::test]
async fn a_conclusion_of_a_meeting_gives_out_work() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let plan = taken_in(&house, &officer, "ket-luan.txt", CONCLUSION).await;
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 5);
    let register = officer.get("/tasks?q=quy+dinh+dung+chung+ha+tang").await.body.replace("&#x2f;", "/");
    assert!(
        register.contains("Sở Khoa học và Công nghệ") && register.contains("29/06/2026"),
        "before the 30th: {register}"
    );
}

#[tokio::test]
async fn rows_are_split_merged_and_added_and_nothing_is_lost() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let plan = taken_in(&house, &officer, "a.docx", DOCX).await;
    let open = "SELECT COUNT(*) FROM programme_read_row WHERE state <> 'dropped'";
    let row = row_at(&house, 2).await;
    let path = format!("/read-rows/{row}");
    let bad = officer.form(&path, &[("rev", "1"), ("act", "split"), ("number", "2"), ("text", "Một việc")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("Chưa rõ tách ở đâu"));
    let text = "Rà soát danh mục nền tảng số.\r\n\r\nCông bố danh mục nền tảng số.";
    officer.form(&path, &[("rev", "1"), ("act", "split"), ("number", "2"), ("text", text)]).await;
    assert_eq!(house.count(open).await, 11);
    let stale = officer.form(&path, &[("rev", "1"), ("act", "merge"), ("number", "2")]).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "another reviewer was first");
    officer.form(&path, &[("rev", "2"), ("act", "merge"), ("number", "2")]).await;
    assert_eq!(house.count(open).await, 10);
    let add = [("text", "Việc bộ đọc bỏ sót"), ("lead", "Sở Nội vụ"), ("time", "Năm 2026")];
    officer.form(&format!("{plan}/read-rows"), &add).await;
    // The committee had confirmed the plan before these rows were written.
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let early = officer.form(&format!("{plan}/approve"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.body);
    house.confirm(&plan).await;
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 11);
}

#[tokio::test]
async fn targets_of_many_plans_are_milestones_of_one_indicator() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let list = officer.get("/api/v1/targets?indicator=proc.satisfaction").await.json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "province and commune, each once: {list}");
    assert!(items.iter().all(|item| item["value"] == "95" && item["to"] == 2027));
    let page = officer.get("/targets?q=hai+long").await.body;
    assert!(page.contains("Văn phòng UBND tỉnh") && page.contains("2 chỉ tiêu"), "{page}");
    let sheet = officer.get("/targets.csv?indicator=data.maturity").await.body;
    assert_eq!(sheet.lines().count(), 3, "{sheet}");
    assert!(officer.get("/indicators").await.body.contains("Mức độ trưởng thành về quản trị dữ liệu"));
}

#[tokio::test]
async fn the_text_of_all_plans_is_searched_without_marks() {
    let house = House::demo().await;
    let officer = house.signed_in("thu").await;
    let page = officer.get("/search?q=danh+muc+du+lieu+mo").await.body;
    assert!(page.contains("<mark>") && page.contains("45&#x2f;KH-UBND"), "{page}");
    assert!(officer.get("/search?q=khongcochunay").await.body.contains("Không đoạn nào có đủ các chữ này"));
    assert_eq!(officer.get("/search?q=%22+OR+%28").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_new_version_takes_over_the_work_and_ends_the_old_one() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let old = numbered(&officer, "22/KH-UBND").await;
    let done = "SELECT COUNT(*) FROM programme_part WHERE done_on IS NOT NULL AND plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND')";
    let before = house.count(done).await;
    assert!(before > 0);
    let text = include_str!("../../../../examples/plans/dam-may.txt")
        .replace("22/KH-UBND", "99/KH-UBND")
        .replace("Tháng 12/2025", "Tháng 6/2027");
    let plan = taken_in(&house, &officer, "moi.txt", text.as_bytes()).await;
    let page = officer.get(&plan).await.body;
    assert!(page.contains("Có thể thay thế kế hoạch:") && page.contains("22&#x2f;KH-UBND"), "{page}");
    officer.form(&format!("{plan}/links"), &[("other", old.as_str()), ("kind", "replaces")]).await;
    let changes = officer.get(&format!("{plan}/changes?with={old}")).await.body;
    assert!(changes.contains("1 điểm thay đổi") && changes.contains("6 nhiệm vụ giữ nguyên"), "{changes}");
    approved(&officer, &plan).await;
    house.lake_is_as_the_rows().await;
    let carried = done.replace("22/KH-UBND", "99/KH-UBND");
    assert_eq!(house.count(&carried).await, before, "what was done is done in the new plan too");
    let open = "SELECT COUNT(*) FROM programme_part WHERE done_on IS NULL AND stopped_on IS NULL AND plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND')";
    assert_eq!(house.count(open).await, 0);
    assert!(officer.get(&format!("/plans/{old}")).await.body.contains("Đã được thay thế"));
    // Its parts say so, offer nothing, and come to life by no other way; nobody reports on it any more.
    let ended = "SELECT id FROM programme_part WHERE stop_kind = 'replaced' ORDER BY id LIMIT 1";
    let part = kernel::PartId::from_uuid(house.one(ended, vec![]).await);
    let row = programme::work::store::part::get(&house.app.db().read(), part).await.unwrap().unwrap();
    let there = officer.get(&format!("/parts/{part}")).await.location;
    let page = crate::reporting::words(&officer.get(&there).await.body);
    assert!(page.contains("dừng vì kế hoạch đã được thay thế"), "{page}");
    assert!(!page.contains(&format!("/parts/{part}/progress")) && !page.contains(&format!("/parts/{part}/check")));
    let resume = [("rev", row.rev.to_string()), ("act", "resume".into()), ("words", "Tiếp tục".into())];
    let resume: Vec<(&str, &str)> = resume.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let refused = officer.form(&format!("/parts/{part}/check"), &resume).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    let duties = "SELECT COUNT(*) FROM programme_duty d JOIN programme_plan l ON l.id = d.plan_id WHERE l.state = 'replaced' AND d.state = 'active'";
    assert_eq!(house.count(duties).await, 0);
}

/// What is said on a plan while it is being approved is said on a plan that is reviewed no more, and is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_word_on_a_plan_that_becomes_live_meanwhile_is_refused() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let text = include_str!("../../../../examples/plans/dam-may.txt").replace("22/KH-UBND", "98/KH-UBND");
    let plan = taken_in(&house, &officer, "cho.txt", text.as_bytes()).await;
    let id: kernel::PlanId = plan.trim_start_matches("/plans/").parse().unwrap();
    let (db, ctx) = (house.app.db(), &house.system());
    let row = &programme::plans::store::read_row::list(&db.read(), id).await.unwrap()[0];
    let rev = programme::plans::store::plan::get(&db.read(), id).await.unwrap().unwrap().rev;
    let approving = db.write(ctx, |tx| async move {
        assert!(programme::plans::store::plan::live_set(&tx, id, rev, 1).await?);
        tx.ledger(db::Entry::new("test.rows", id));
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        Ok(())
    });
    let wait = std::time::Duration::from_millis(200);
    let dropping = async {
        tokio::time::sleep(wait).await;
        let drop = programme::plans::usecase::review::Act::Drop;
        programme::plans::usecase::review::decide(&house.app, ctx, row.id, row.rev, &drop).await
    };
    let aside = async {
        tokio::time::sleep(wait).await;
        programme::plans::usecase::review::set_aside(&house.app, ctx, id, "Sẽ xem sau").await
    };
    let (done, dropped, aside) = tokio::join!(approving, dropping, aside);
    done.unwrap();
    assert_eq!((dropped.unwrap_err().code, aside.unwrap_err().code), ("not-in-review", "not-in-review"));
}

#[tokio::test]
async fn a_summary_is_public_only_after_it_was_made_so() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let plan = numbered(&officer, "45/KH-UBND").await;
    let path = format!("/public/plans/{plan}");
    assert_eq!(house.client().get(&path).await.status, StatusCode::NOT_FOUND);
    officer.form(&format!("/plans/{plan}/publish"), &[]).await;
    let page = house.client().get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Phát triển Chính quyền số") && !page.body.contains("Nguyễn Thị Ví Dụ"));
    officer.form(&format!("/plans/{plan}/publish"), &[("end", "true")]).await;
    assert_eq!(house.client().get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn twelve_thousand_tasks_are_reviewed_window_by_window() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let mut text = "Số: 1/KH-UBND\nKẾ HOẠCH\nLớn\nI. MỤC TIÊU\nII. NHIỆM VỤ\n".to_owned();
    for at in 0..12_000 {
        text.push_str(&format!(
            "{}. Việc số {at}.\n- Đơn vị chủ trì: Sở Nội vụ;\n- Thời gian: Năm 2026\n",
            at % 90 + 1
        ));
    }
    let plan = taken_in(&house, &officer, "lon.txt", text.as_bytes()).await;
    let page = officer.get(&format!("{plan}/review?row=6000")).await.body;
    assert!(page.contains("trên 12000") && page.len() < 600_000, "{} bytes", page.len());
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_part").await, 12_000);
    let page = officer.get(&plan).await.body;
    assert!(page.contains("300 nhiệm vụ đầu") && page.len() < 400_000, "{} bytes", page.len());
}

#[tokio::test]
async fn the_page_of_a_plan_reads_its_document_once_for_all_views() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let path = format!("/plans/{}", numbered(&officer, "45/KH-UBND").await);
    let heading = "chỉ tiêu đọc được";
    let first = officer.get(&path).await.body;
    assert!(first.contains(heading), "{first}");
    // The same revision: nothing is read again.
    house.exec("UPDATE programme_plan SET reading = 'gone' WHERE number = '45/KH-UBND'", vec![]).await;
    assert_eq!(officer.get(&path).await.body.matches(heading).count(), first.matches(heading).count());
    house.exec("UPDATE programme_plan SET rev = rev + 1 WHERE number = '45/KH-UBND'", vec![]).await;
    assert!(officer.get(&path).await.body.matches(heading).count() < first.matches(heading).count());
}

#[tokio::test]
async fn a_plan_approved_while_another_edits_it_says_so() {
    let house = House::people().await;
    let (one, two) = (house.signed_in("vidu").await, house.signed_in("vidu").await);
    let plan = taken_in(&house, &one, "a.docx", DOCX).await;
    two.get(&format!("{plan}/review")).await;
    approved(&one, &plan).await;
    let late =
        two.form(&format!("{plan}/read-rows"), &[("text", "Muộn"), ("lead", "Sở Nội vụ"), ("time", "2026")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("rà soát"), "{}", late.body);
}

#[tokio::test]
async fn bodies_merged_since_are_named_for_review() {
    let house = House::demo().await;
    let (admin, officer) = (house.signed_in("quantri").await, house.signed_in("vidu").await);
    let unit = admin.get("/api/v1/units?q=so+tu+phap").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let fields = [
        ("name", "Sở Tư pháp"),
        ("kind", "department"),
        ("valid_to", "2026-11-20"),
        ("successor", "Sở Nội vụ"),
        ("rev", "1"),
    ];
    assert_eq!(admin.form(&format!("/units/{unit}/edit"), &fields).await.status, StatusCode::SEE_OTHER);
    let plan = numbered(&officer, "22/KH-UBND").await;
    let page = officer.get(&format!("/plans/{plan}")).await.body;
    assert!(page.contains("Cần rà soát do sắp xếp bộ máy") && page.contains("Sở Tư pháp → Sở Nội vụ"), "{page}");
}

#[tokio::test]
async fn an_issued_plan_finds_its_own_draft() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let text = include_str!("../../../../examples/plans/dam-may.txt");
    let draft = text.replace("Số: 22/KH-UBND", "Số:     /KH-UBND").replace("KẾ HOẠCH\n", "DỰ THẢO\nKẾ HOẠCH\n");
    let draft = taken_in(&house, &officer, "du-thao.txt", draft.as_bytes()).await;
    let issued = taken_in(&house, &officer, "ban-hanh.txt", text.as_bytes()).await;
    let page = officer.get(&issued).await.body;
    assert!(page.contains("Có thể là bản ban hành của dự thảo:"), "{page}");
    let other = draft.trim_start_matches("/plans/");
    officer.form(&format!("{issued}/links"), &[("other", other), ("kind", "follows_draft")]).await;
    approved(&officer, &issued).await;
    assert!(officer.get(&draft).await.body.contains("Đã được thay thế"), "the draft leaves the list of work");
}

#[tokio::test]
async fn what_the_command_line_compares_and_finds_is_what_the_pages_show() {
    let house = House::demo().await;
    let cli = |arguments: &[&str]| {
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_dinh"));
        run.args(arguments).arg("--data-dir").arg(&house.test.location.data_dir);
        if let Some(url) = &house.test.location.database_url {
            run.args(["--database-url", url]);
        }
        let done = run.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let compared = cli(&["plan", "compare", "17/KH-UBND", "45/KH-UBND"]);
    assert_eq!(compared.lines().filter(|line| line.starts_with('-')).count(), 6, "{compared}");
    assert_eq!(compared.lines().filter(|line| line.starts_with('+')).count(), 3, "{compared}");
    assert!(cli(&["plan", "search", "du", "lieu", "mo"]).contains("45/KH-UBND"));
}

#[tokio::test]
async fn a_review_left_for_a_month_is_there_as_it_was_left() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let plan = taken_in(&house, &officer, "a.docx", DOCX).await;
    let row = row_at(&house, 1).await;
    officer.form(&format!("/read-rows/{row}"), &[("rev", "1"), ("act", "accept"), ("number", "1")]).await;
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 32));
    assert!(officer.get(&plan).await.location.starts_with("/sign-in"), "the session has ended");
    let officer = house.signed_in("vidu").await;
    let review = officer.get(&format!("{plan}/review")).await.body;
    assert!(review.contains("đã rà soát 1"), "{review}");
    approved(&officer, &plan).await;
}

#[tokio::test]
async fn nobody_ends_a_plan_that_others_steer() {
    let house = House::demo().await;
    let province = house.signed_in("vidu").await;
    let old = numbered(&province, "45/KH-UBND").await;
    let directory = house.app.get::<directory::Directory>().unwrap();
    let commune = match directory.tree().resolve("UBND xã Sông Mẫu", None) {
        kernel::Resolution::Unit { unit, .. } => unit,
        other => panic!("{other:?}"),
    };
    let new = directory::usecase::account::NewAccount {
        name: "Ví Dụ Xã",
        login: "xavd",
        unit: commune,
        role: kernel::Role::Programme,
        title: "",
    };
    let secret = directory::usecase::account::account_add(directory, house.app.authorizer(), &house.system(), &new)
        .await
        .unwrap();
    let password = [("password", "một câu đủ dài"), ("again", "một câu đủ dài")];
    house.client().form(&format!("/link/{secret}"), &password).await;
    let officer = house.client().sign_in("xavd", "một câu đủ dài").await;
    let text = include_str!("../../../../examples/plans/xa-chinh-quyen-so.txt").replace("17/KH-UBND", "18/KH-UBND");
    let plan = taken_in(&house, &officer, "cua-xa.txt", text.as_bytes()).await;
    for kind in ["replaces", "follows_draft"] {
        let refused = officer.form(&format!("{plan}/links"), &[("other", old.as_str()), ("kind", kind)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{kind}");
    }
    // Carrying it out is theirs to say.
    let own = officer.form(&format!("{plan}/links"), &[("other", old.as_str()), ("kind", "implements")]).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.body);
    approved(&officer, &plan).await;
    assert!(province.get(&format!("/plans/{old}")).await.body.contains("Đang thực hiện"));
}
