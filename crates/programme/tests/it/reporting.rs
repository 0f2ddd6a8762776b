//! A period from opening to the consolidated report: pre-filled, written, checked, approved, issued, gathered.

use axum::http::StatusCode;
use testkit::Part;

use crate::{
    house::{COMMUNE, House},
    round::{Round, id_of, step, words},
};

/// What is sealed was true at one moment: what changes while it is gathered is not in it.
#[tokio::test]
async fn a_report_is_gathered_at_one_moment() {
    use programme::reporting::usecase::report_content::{content, content_of};
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let id = round.report_of(house.unit("UBND xã Sông Mẫu")).await.parse().unwrap();
    let (db, ctx) = (house.app.db(), house.system());
    let row = programme::reporting::store::report::get(&db.read(), id).await.unwrap().unwrap();
    let moment = db.snapshot().await.unwrap();
    let seq = db::ledger_number(&moment).await.unwrap();
    let before = content(&house.app, &ctx, &row).await.unwrap();
    house.exec("UPDATE programme_part SET stopped_on = '2026-11-01', stop_kind = 'ended'", vec![]).await;
    let then = content_of(&house.app, &moment, &ctx, &row).await.unwrap();
    assert_eq!(serde_json::to_value(&then).unwrap(), serde_json::to_value(&before).unwrap());
    assert_eq!(db::ledger_number(&moment).await.unwrap(), seq);
    let now = content(&house.app, &ctx, &row).await.unwrap();
    assert!(now.counts.stopped > before.counts.stopped, "{now:?}");
    drop(moment);
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = id.to_string();
    step(&clerk, &id, "submit", &[]).await;
    step(&chair, &id, "check", &[]).await;
    let newest = house.ledger_length().await;
    assert_eq!(step(&chair, &id, "approve", &[]).await.status, StatusCode::SEE_OTHER);
    let said = format!(
        "SELECT COUNT(*) FROM db_ledger WHERE action = 'report.approve' AND body LIKE '%\"as_of_entry\":{newest}%'"
    );
    assert_eq!(house.count(&said).await, 1, "the entry says of which moment it is");
}

#[tokio::test]
async fn a_commune_s_month_goes_all_the_way() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report").await, 3);
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit("UBND xã Sông Mẫu")).await;

    // What was noted on a task stands in the report already.
    let unit = house.unit(COMMUNE);
    let parts = clerk.get(&format!("/api/v1/tasks?state=running&lead={unit}")).await.json();
    let part = parts["items"][0]["id"].as_str().unwrap();
    let noted = clerk
        .form(&format!("/parts/{part}/progress"), &[("rev", "1"), ("percent", "40"), ("text", "Đã tập huấn 3 thôn")])
        .await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    let draft = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(draft.contains("tháng 11 năm 2026") && draft.contains("ỦY BAN NHÂN DÂN<br>XÃ SÔNG MẪU"), "{draft}");
    assert!(draft.contains("<p class=\"trace\">Nhật ký: #"), "{draft}");

    let edit = words(&clerk.get(&format!("/reports/{id}/edit")).await.body);
    assert!(edit.contains("name=\"words\""));
    let saved = clerk.form(&format!("/reports/{id}/edit"), &[("rev", "1"), ("plans_ahead", "Tiếp tục tập huấn")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);

    // The steps, and who may take them.
    assert_eq!(step(&clerk, &id, "approve", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(step(&clerk, &id, "submit", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(step(&chair, &id, "check", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(step(&chair, &id, "approve", &[]).await.status, StatusCode::SEE_OTHER);
    let number = [Part::Field("number", "15/BC-UBND"), Part::Field("issued_on", "2026-11-20")];
    assert_eq!(step(&clerk, &id, "issue", &number).await.status, StatusCode::SEE_OTHER);
    let issued = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(issued.contains("Số: 15/BC-UBND") && issued.contains("ngày 20 tháng 11 năm 2026"), "{issued}");

    // The department consolidates; who has not reported is named.
    let period = words(&round.officer.get(&format!("/periods/{}", round.period)).await.body);
    assert!(period.contains("đầy đủ 33 %"), "{period}");
    // The text for chat groups counts and names nobody; its link leads each to their own.
    let chat = period.split("readonly").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(chat.contains("đã nhận 1/3 báo cáo") && !chat.contains("UBND"), "{chat}");
    let link = chat.split("http://dinh.test").nth(1).unwrap().trim();
    assert_eq!(clerk.get(link).await.location, format!("/reports/{id}"));
    assert!(round.officer.get(link).await.location.starts_with("/periods/"));
    let whole = round.officer.form(&format!("/periods/{}", round.period), &[("act", "consolidate")]).await;
    let whole = words(&round.officer.get(whole.location.split('?').next().unwrap()).await.body);
    assert!(
        whole.contains("còn 2 cơ quan, đơn vị chưa gửi báo cáo: Sở Khoa học và Công nghệ; Ủy ban nhân dân xã Đồi Mẫu"),
        "{whole}"
    );
    assert!(whole.contains("Số liệu dưới đây tổng hợp từ báo cáo của 1/3 cơ quan, đơn vị về"), "{whole}");
    assert!(whole.contains("nhiệm vụ của 2 cơ quan, đơn vị chưa gửi báo cáo nên chưa có số liệu"), "{whole}");
    // Nobody knows how the tasks of who is silent stand: only how many were given.
    let silent =
        whole.split("Ủy ban nhân dân xã Đồi Mẫu (chưa báo cáo)").nth(1).unwrap().split("</tr>").next().unwrap();
    assert_eq!(silent.matches('–').count(), 7, "{silent}");
    // The receiver is not bound by a lock; what is returned stays sealed and is corrected by a new version.
    round.officer.form(&format!("/periods/{}", round.period), &[("act", "lock")]).await;
    let back = [Part::Field("remarks", "Thiếu số liệu")];
    assert_eq!(step(&round.officer, &id, "return", &back).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        clerk.form(&format!("/reports/{id}/edit"), &[("rev", "7"), ("intro", "x")]).await.status,
        StatusCode::CONFLICT
    );
    let new = step(&clerk, &id, "correct", &back).await;
    assert!(new.location.starts_with("/reports/") && id_of(&new.location) != id, "{}", new.body);
    assert_eq!(step(&round.officer, &id, "reconsider", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(step(&round.officer, &id, "accept", &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_locked_period_stays_locked_and_is_corrected_by_a_new_version() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let id = round.report_of(house.unit("Sở Khoa học và Công nghệ")).await;
    let locked = round.officer.form(&format!("/periods/{}", round.period), &[("act", "lock")]).await;
    assert_eq!(locked.status, StatusCode::SEE_OTHER);
    let closed = round.officer.form(&format!("/reports/{id}/edit"), &[("rev", "1"), ("intro", "x")]).await;
    assert_eq!(closed.status, StatusCode::CONFLICT);
    assert!(closed.body.contains("Kỳ báo cáo đã khóa"));
    let silent = step(&round.officer, &id, "correct", &[]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "a correction needs a reason");
    let new = step(&round.officer, &id, "correct", &[Part::Field("remarks", "Sót số liệu")]).await;
    assert_eq!(new.status, StatusCode::SEE_OTHER, "{}", new.body);
    let new = id_of(&new.location);
    let page = words(&round.officer.get(&format!("/reports/{new}")).await.body);
    assert!(page.contains("bản 2") && page.contains("Sót số liệu"), "{page}");
    let saved = round.officer.form(&format!("/reports/{new}/edit"), &[("rev", "1"), ("intro", "Bản thay thế")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

#[tokio::test]
async fn the_same_period_is_opened_once_and_one_report_answers_two_duties() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let second = [
        ("name", "Báo cáo tháng về hạ tầng số"),
        ("period", "month"),
        ("cutoff", "decree"),
        ("due_kind", "after"),
        ("due", "5"),
        ("reports", "UBND xã Sông Mẫu"),
    ];
    let duty = id_of(&round.officer.form("/duties/new", &second).await.location);
    let open = |label: &'static str| {
        let path = format!("/duties/{duty}/periods");
        let officer = round.officer.clone();
        async move { officer.form(&path, &[("label", label)]).await }
    };
    assert_eq!(open("2026-Q4").await.status, StatusCode::UNPROCESSABLE_ENTITY, "a quarter is no month");
    assert_eq!(open("2026-M11").await.status, StatusCode::SEE_OTHER);
    house.drain().await;
    assert_eq!(open("2026-M11").await.status, StatusCode::CONFLICT);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report").await, 3, "no second report for the commune");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report_period").await, 4);
}

#[tokio::test]
async fn two_officers_do_not_overwrite_each_other_and_wrong_values_are_refused() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let clerk = house.as_("thu").await;
    let id = round.report_of(house.unit("UBND xã Sông Mẫu")).await;
    let path = format!("/reports/{id}/edit");
    assert_eq!(clerk.form(&path, &[("rev", "1"), ("intro", "Một")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&path, &[("rev", "1"), ("intro", "Hai")]).await.status, StatusCode::PRECONDITION_FAILED);
    let page = clerk.get(&path).await.body;
    let target = page.split("name=\"target\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let value = |top: &'static str, bottom: &'static str| {
        let (clerk, path, target) = (clerk.clone(), path.clone(), target.clone());
        async move {
            let fields = [
                ("rev", "2"),
                ("intro", "Một"),
                ("target", target.as_str()),
                ("numerator", top),
                ("denominator", bottom),
                ("value", ""),
                ("status", "estimate"),
                ("evidence", "BC 3"),
            ];
            clerk.form(&path, &fields).await
        }
    };
    for (top, bottom, says) in [
        ("-1", "10", "nhỏ hơn 0"),
        ("1", "0", "Mẫu số bằng 0"),
        ("11", "10", "lớn hơn mẫu số"),
        ("x", "10", "không phải là số"),
    ] {
        let refused = value(top, bottom).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{top}/{bottom}");
        assert!(refused.body.contains(says), "{top}/{bottom}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_value").await, 0, "nothing of a refused form is kept");
    assert_eq!(value("7", "10").await.status, StatusCode::SEE_OTHER);
    assert!(words(&clerk.get(&format!("/reports/{id}")).await.body).contains(">70</a>"));
}

#[tokio::test]
async fn the_sheet_goes_out_and_comes_back_or_says_which_cells_are_wrong() {
    use calamine::{Reader, Xlsx};
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let clerk = house.as_("thu").await;
    let id = round.report_of(house.unit("UBND xã Sông Mẫu")).await;
    let bytes = clerk.get_bytes(&format!("/reports/{id}/sheet")).await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let value_row = rows.iter().position(|row| row[0].starts_with("value")).unwrap();
    let filled = |edit: &dyn Fn(&mut Vec<Vec<String>>)| {
        let mut rows = rows.clone();
        edit(&mut rows);
        let (head, rest) = rows.split_first().unwrap();
        webkit::export::xlsx("Bao cao", head, rest).unwrap()
    };
    let send =
        async |sheet: Vec<u8>| clerk.upload(&format!("/reports/{id}/sheet"), &[Part::File("b.xlsx", &sheet)]).await;

    let wrong = filled(&|rows| {
        rows[value_row][5] = "bảy".into();
        rows[value_row][6] = "10".into();
        rows[value_row][8] = "chắc".into();
    });
    let refused = send(wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let cell = format!("<b>F{}</b>", value_row + 1);
    assert!(refused.body.contains(&cell) && refused.body.contains("bảy"), "{}", refused.body);
    assert!(refused.body.contains(&format!("<b>I{}</b>", value_row + 1)));

    let right = filled(&|rows| {
        rows[3][4] = "Đã ra mắt tổ công nghệ số".into();
        for (column, text) in [(4, "BC 7/BC-UBND"), (5, "7"), (6, "10"), (8, "sơ bộ")] {
            rows[value_row][column] = text.into();
        }
    });
    assert_eq!(send(right.clone()).await.status, StatusCode::SEE_OTHER);
    let page = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(page.contains("Đã ra mắt tổ công nghệ số.") && page.contains(">70</a>"), "{page}");
    let old = send(right).await;
    assert_eq!(old.status, StatusCode::PRECONDITION_FAILED, "a sheet of an older state is not taken");
    let text = send(b"khong phai excel".to_vec()).await;
    assert_eq!(text.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn nobody_obliges_or_asks_a_body_beyond_their_reach() {
    let house = House::demo().await;
    let chair = house.as_("chutichxa").await;
    let duty = [
        ("name", "Báo cáo cho xã"),
        ("period", "month"),
        ("due_kind", "after"),
        ("due", "3"),
        ("reports", "Sở Tài chính"),
    ];
    let refused = chair.form("/duties/new", &duty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(words(&refused.body).contains("Sở Tài chính không thuộc cấp dưới"), "{}", refused.body);
    let asked = chair.form("/questions", &[("text", "Vì sao?"), ("units", "Sở Tài chính")]).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_question").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_duty WHERE name = 'Báo cáo cho xã'").await, 0);
}
