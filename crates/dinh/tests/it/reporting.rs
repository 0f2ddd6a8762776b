//! A period from opening to the consolidated report: pre-filled, written, checked, approved, issued, gathered.

use axum::http::StatusCode;
use testkit::{Answer, Client, Part};

use crate::house::House;

pub struct Round<'a> {
    pub house: &'a House,
    pub officer: Client,
    pub period: String,
}

pub fn id_of(location: &str) -> String {
    location.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// The text of a page as a reader sees it: without tags, entities read.
pub fn words(body: &str) -> String {
    body.replace("&#x2f;", "/").replace("&#x27;", "'").replace("&quot;", "\"")
}

impl<'a> Round<'a> {
    /// The department opens a month for itself and two communes.
    pub async fn open(house: &'a House) -> Self {
        let officer = house.signed_in("vidu").await;
        let duty = [
            ("name", "Báo cáo tháng về nhiệm vụ được giao"),
            ("period", "month"),
            ("cutoff", "decree"),
            ("due_kind", "after"),
            ("due", "3"),
            ("reports", "UBND xã Sông Mẫu; UBND xã Đồi Mẫu; Sở Khoa học và Công nghệ"),
        ];
        let made = officer.form("/duties/new", &duty).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let opened =
            officer.form(&format!("/duties/{}/periods", id_of(&made.location)), &[("label", "2026-M11")]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        house.drain().await;
        Self { house, officer, period: id_of(&opened.location) }
    }

    /// The id of a unit's newest report.
    pub async fn report_of(&self, unit: &str) -> String {
        #[derive(db::FromQueryResult)]
        struct Row {
            id: uuid::Uuid,
        }
        let sql = "SELECT r.id FROM programme_report r JOIN directory_unit u ON u.id = r.unit_id WHERE u.name = $1 ORDER BY r.version DESC";
        let row: Row = self.house.app.db().read().one(sql, db::vals![unit]).await.unwrap().unwrap();
        programme::ids::ReportId::from_uuid(row.id).to_string()
    }
}

pub async fn rev(client: &Client, id: &str) -> String {
    let page = client.get(&format!("/reports/{id}")).await.body;
    let mark = "name=\"rev\" value=\"";
    let at = page.find(mark).unwrap_or_else(|| panic!("no step to take: {page}")) + mark.len();
    page[at..].split('"').next().unwrap().to_owned()
}

pub async fn step(client: &Client, id: &str, act: &str, more: &[Part<'_>]) -> Answer {
    let rev = rev(client, id).await;
    let mut parts = vec![Part::Field("rev", &rev), Part::Field("act", act)];
    parts.extend_from_slice(more);
    client.upload(&format!("/reports/{id}"), &parts).await
}

/// What is sealed was true at one moment: what changes while it is gathered is not in it.
#[tokio::test]
async fn a_report_is_gathered_at_one_moment() {
    use programme::reporting::usecase::report_content::{content, content_of};
    let house = House::demo().await;
    let round = Round::open(&house).await;
    let id = round.report_of("UBND xã Sông Mẫu").await.parse().unwrap();
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
    let (clerk, chair) = (house.signed_in("thu").await, house.signed_in("chutichxa").await);
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
    let round = Round::open(&house).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report").await, 3);
    let (clerk, chair) = (house.signed_in("thu").await, house.signed_in("chutichxa").await);
    let id = round.report_of("UBND xã Sông Mẫu").await;

    // What was noted on a task stands in the report already.
    let unit = clerk.get("/api/v1/units?q=ubnd+xa+song+mau").await.json()["items"][0]["id"].clone();
    let parts = clerk.get(&format!("/api/v1/tasks?state=running&lead={}", unit.as_str().unwrap())).await.json();
    let part = parts["items"][0]["id"].as_str().unwrap();
    let noted = clerk
        .form(&format!("/parts/{part}/progress"), &[("rev", "1"), ("percent", "40"), ("text", "Đã tập huấn 3 thôn")])
        .await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    let draft = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(draft.contains("tháng 11 năm 2026") && draft.contains("UBND XÃ SÔNG MẪU"), "{draft}");
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
        whole.contains("còn 2 cơ quan, đơn vị chưa gửi báo cáo: Sở Khoa học và Công nghệ; UBND xã Đồi Mẫu"),
        "{whole}"
    );
    assert!(whole.contains("Số liệu tổng hợp từ báo cáo của 1/3 cơ quan, đơn vị."));
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
    let round = Round::open(&house).await;
    let id = round.report_of("Sở Khoa học và Công nghệ").await;
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
    let round = Round::open(&house).await;
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
    let round = Round::open(&house).await;
    let clerk = house.signed_in("thu").await;
    let id = round.report_of("UBND xã Sông Mẫu").await;
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
    let round = Round::open(&house).await;
    let clerk = house.signed_in("thu").await;
    let id = round.report_of("UBND xã Sông Mẫu").await;
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
async fn a_year_can_be_played_and_its_numbers_traced_back() {
    let house = House::year().await;
    let officer = house.signed_in("vidu").await;
    let ids = ["2025-H2", "2026-H1"];
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_period WHERE state = 'locked'").await, 2);
    for label in ids {
        #[derive(db::FromQueryResult)]
        struct Row {
            id: uuid::Uuid,
        }
        let sql = "SELECT id FROM programme_report WHERE consolidated AND label = $1";
        let row: Row = house.app.db().read().one(sql, db::vals![label]).await.unwrap().unwrap();
        let id = programme::ids::ReportId::from_uuid(row.id);
        let page = words(&officer.get(&format!("/reports/{id}")).await.body);
        assert!(page.contains("còn 1 cơ quan, đơn vị chưa gửi báo cáo: UBND xã Đồi Mẫu"), "{label}");
        // The total is the sum of the bodies' own reports, and each of those opens.
        let report = programme::reporting::store::report::get(&house.app.db().read(), id).await.unwrap().unwrap();
        let content: serde_json::Value = serde_json::from_str(report.sealed.as_deref().unwrap()).unwrap();
        let bodies = content["bodies"].as_array().unwrap();
        let sum: i64 = bodies.iter().map(|body| body["counts"]["total"].as_i64().unwrap()).sum();
        assert_eq!(content["counts"]["total"], sum);
        assert_eq!(bodies.iter().filter(|body| body["href"].is_null()).count(), 1);
        let links: Vec<&str> =
            page.split("class=\"fig\" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(links.len() > 100, "{}", links.len());
        for link in links.iter().step_by(links.len() / 25) {
            let status = officer.get(link.split('#').next().unwrap()).await.status;
            assert!(status.is_success() || status.is_redirection(), "{link}: {status}");
        }
        for form in ["docx", "pdf", "xlsx", "html"] {
            assert_eq!(officer.get(&format!("/reports/{id}/{form}")).await.status, StatusCode::OK, "{form}");
        }
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_letter WHERE state = 'released'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_difficulty WHERE state = 'answered'").await, 1);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn nobody_obliges_or_asks_a_body_beyond_their_reach() {
    let house = House::demo().await;
    let chair = house.signed_in("chutichxa").await;
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

#[tokio::test]
async fn the_due_day_of_an_open_period_follows_the_calendar() {
    let house = House::demo().await;
    let round = Round::open(&house).await;
    let path = format!("/periods/{}", round.period);
    // 14/11 and three working days: 16, 17, 18.
    assert!(words(&round.officer.get(&path).await.body).contains("18/11/2026"));
    let admin = house.signed_in("quantri").await;
    let day = [("day", "2026-11-17"), ("kind", "off"), ("name", "Nghỉ bão"), ("source", "Công điện 12/CĐ-UBND")];
    let preview = words(&admin.form("/calendar", &day).await.body);
    assert!(preview.contains("thời hạn chưa hoàn thành sẽ đổi ngày"), "{preview}");
    admin.form("/calendar", &[day.as_slice(), &[("confirm", "true")]].concat()).await;
    house.drain().await;
    let page = words(&round.officer.get(&path).await.body);
    assert!(page.contains("19/11/2026") && page.contains("Hạn gửi đổi theo lịch làm việc"), "{page}");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE due_on = '2026-11-19'").await, 3);
    admin.form("/calendar", &[("day", "2026-11-17"), ("undo", "true")]).await;
    house.drain().await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE due_on = '2026-11-18'").await, 3);
}
