//! A period that is open, and the steps of its reports: a file in common with the tests of the whole house.

use axum::http::StatusCode;
use kernel::UnitId;
use programme::ids::ReportId;
use testkit::{Answer, Client, Part, Running};

pub struct Round<'a> {
    house: &'a Running,
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
    pub async fn open(house: &'a Running, officer: Client) -> Self {
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
    pub async fn report_of(&self, unit: UnitId) -> String {
        let sql = "SELECT id FROM programme_report WHERE unit_id = $1 ORDER BY version DESC";
        ReportId::from_uuid(self.house.one(sql, db::vals![unit.uuid()]).await).to_string()
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

/// A step that the page may not offer: with the revision as it is stored.
pub async fn take(house: &Running, who: &Client, id: &str, act: &str, more: &[Part<'_>]) -> Answer {
    let row =
        programme::reporting::store::report::get(&house.app.db().read(), id.parse().unwrap()).await.unwrap().unwrap();
    let rev = row.rev.to_string();
    let mut parts = vec![Part::Field("rev", &rev), Part::Field("act", act)];
    parts.extend_from_slice(more);
    who.upload(&format!("/reports/{id}"), &parts).await
}
