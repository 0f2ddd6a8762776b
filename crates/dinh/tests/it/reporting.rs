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
        kernel::ids::ReportId::from_uuid(row.id).to_string()
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
    let whole = round.officer.form(&format!("/periods/{}", round.period), &[("act", "consolidate")]).await;
    let whole = words(&round.officer.get(whole.location.split('?').next().unwrap()).await.body);
    assert!(
        whole.contains("còn 2 cơ quan, đơn vị chưa gửi báo cáo: Sở Khoa học và Công nghệ; UBND xã Đồi Mẫu"),
        "{whole}"
    );
    assert!(whole.contains("Số liệu tổng hợp từ báo cáo của 1/3 cơ quan, đơn vị."));
    assert_eq!(step(&round.officer, &id, "accept", &[]).await.status, StatusCode::SEE_OTHER);
}
