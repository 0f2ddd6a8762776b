//! A body without accounts and its link: requests for the routes of both sides, and the pages behind the link.

use axum::http::{Method, header};
use kernel::{Lang, Role};
use serde_json::json;
use testkit::{Client, Part};
use webkit::Route;

use crate::{
    ask::Ask,
    house::House,
    round::{id_of, words},
    samples::Samples,
    samples_pages::{Shown, reader},
};

/// Of which nobody has an account.
const OUTSIDE: &str = "UBND xã Đồi Mẫu";
/// Receives beside the department.
const OTHER: &str = "Sở Tư pháp";

/// A quarter that the department gathers from it.
pub struct Quarter {
    pub period: String,
    unit: String,
}

impl Quarter {
    pub async fn open(house: &House, officer: &Client, label: &str) -> Self {
        let duty = [
            ("name", "Báo cáo quý của đơn vị ngoài"),
            ("period", "quarter"),
            ("due_kind", "after"),
            ("due", "5"),
            ("reports", OUTSIDE),
            ("receives", "Sở Khoa học và Công nghệ; Sở Tư pháp"),
        ];
        let duty = id_of(&officer.form("/duties/new", &duty).await.location);
        let opened = officer.form(&format!("/duties/{duty}/periods"), &[("label", label)]).await;
        assert!(opened.status.is_redirection(), "{}", opened.body);
        house.drain().await;
        Self { period: id_of(&opened.location), unit: house.unit(OUTSIDE, None).to_string() }
    }

    fn path(&self) -> String {
        format!("/periods/{}/outside", self.period)
    }

    fn form<'a>(&'a self, act: &'a str, confirm: &'a str) -> [(&'a str, &'a str); 6] {
        let (unit, address) = (self.unit.as_str(), "vt@doimau.example");
        [("act", act), ("confirm", confirm), ("days", "10"), ("unit", unit), ("address", address), ("part", unit)]
    }

    /// The address of a new link.
    pub async fn link(&self, officer: &Client) -> String {
        let made = officer.soiled(None).form(&self.path(), &self.form("show", "1")).await;
        let body = words(&made.body);
        let rest = body.split("http://dinh.test/r/").nth(1).unwrap_or_else(|| panic!("{body}"));
        let secret: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        format!("/r/{secret}")
    }

    /// Somebody with a new link, and the page to which it led.
    pub async fn bearer(&self, house: &House, officer: &Client) -> (Client, String) {
        bearer(&house.client(), &self.link(officer).await).await
    }
}

/// Who opened a link, and the page to which it led.
pub async fn bearer(client: &Client, link: &str) -> (Client, String) {
    let led = client.get(link).await;
    let cookie = led.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    (client.with_cookie(&cookie), led.location)
}

pub async fn rev_of(client: &Client, page: &str) -> String {
    let body = client.get(page).await.body;
    let rest = body.split("name=\"rev\" value=\"").nth(1).unwrap_or_else(|| panic!("no form: {body}"));
    rest.split('"').next().unwrap().to_owned()
}

/// What is sent by the form behind the link.
fn filled<'a>(act: &'a str, rev: &'a str) -> [Part<'a>; 6] {
    [
        Part::Field("rev", rev),
        Part::Field("act", act),
        Part::Field("sure", "1"),
        Part::Field("who", "Nguyễn Văn Ngoài"),
        Part::Field("phone", "0236 000 111"),
        Part::Field("intro", "Kính gửi"),
    ]
}

impl Samples<'_> {
    /// A report that arrived by a link, and its second receiver.
    async fn sent_in(&self, label: &str) -> (String, Client, String) {
        let quarter = Quarter::open(self.house, &self.officer.soiled(None), label).await;
        let (client, page) = quarter.bearer(self.house, &self.officer).await;
        let rev = rev_of(&client, &page).await;
        let sent = client.upload(&page, &filled("send", &rev)).await;
        assert!(sent.status.is_redirection(), "{}", sent.body);
        let report = "SELECT r.id FROM programme_report r JOIN programme_reception p ON p.report_id = r.id";
        let report = self.one(&format!("{report} WHERE r.label = '{label}'"), "report").await;
        let login = format!("nhan.{}", label.to_lowercase().replace('-', "."));
        let receiver = self.house.person(&login, OTHER, Role::PROGRAMME).await;
        (report, receiver, self.unit(OTHER).to_string())
    }

    pub async fn ask_outside(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        let clean = &officer.soiled(None);
        match (route.method.as_str(), route.path) {
            ("POST", "/periods/{id}/outside") => {
                let quarter = Quarter::open(self.house, clean, "2024-Q1").await;
                Ask::form(officer, &quarter.path(), &quarter.form("send", "1"))
            }
            ("POST", "/api/v1/periods/{id}/outside") => {
                let quarter = Quarter::open(self.house, clean, "2024-Q2").await;
                let to = json!({"to": [{"unit": quarter.unit, "address": "vt@doimau.example"}], "days": 10});
                Ask::json(officer, Method::POST, &format!("/api/v1/periods/{}/outside", quarter.period), &to)
            }
            ("POST", "/outside/{id}/revoke") => {
                let quarter = Quarter::open(self.house, clean, "2024-Q3").await;
                let (_, page) = quarter.bearer(self.house, officer).await;
                Ask::form(officer, &format!("{page}/revoke"), &[])
            }
            ("POST", "/api/v1/outside/{id}/revoke") => {
                let quarter = Quarter::open(self.house, clean, "2024-Q4").await;
                let (_, page) = quarter.bearer(self.house, officer).await;
                Ask::json(officer, Method::POST, &format!("/api/v1{page}/revoke"), &json!({}))
            }
            ("POST", "/outside/{id}/forget") => {
                let quarter = Quarter::open(self.house, clean, "2022-Q3").await;
                let (_, page) = quarter.bearer(self.house, officer).await;
                Ask::form(officer, &format!("{page}/forget"), &[])
            }
            ("POST", "/api/v1/outside/{id}/forget") => {
                let quarter = Quarter::open(self.house, clean, "2022-Q4").await;
                let (_, page) = quarter.bearer(self.house, officer).await;
                Ask::json(officer, Method::POST, &format!("/api/v1{page}/forget"), &json!({}))
            }
            ("POST", "/outside/{id}") => {
                let quarter = Quarter::open(self.house, clean, "2025-Q1").await;
                let (client, page) = quarter.bearer(self.house, officer).await;
                let rev = rev_of(&client, &page).await;
                Ask::upload(&client, &page, &filled("save", &rev))
            }
            ("POST", "/outside/{id}/sheet") => {
                let quarter = Quarter::open(self.house, clean, "2025-Q2").await;
                let (client, page) = quarter.bearer(self.house, officer).await;
                let sheet = client.get_bytes(&format!("{page}/sheet")).await;
                Ask::upload(&client, &format!("{page}/sheet"), &[Part::File("b.xlsx", &sheet)])
            }
            ("POST", "/reports/{id}/receptions") => {
                let (report, receiver, unit) = self.sent_in("2025-Q3").await;
                let accept = [("unit", unit.as_str()), ("rev", "1"), ("act", "accept")];
                Ask::form(&receiver, &format!("/reports/{report}/receptions"), &accept)
            }
            ("POST", "/api/v1/reports/{id}/receptions") => {
                let (report, receiver, unit) = self.sent_in("2025-Q4").await;
                let accept = json!({"unit": unit, "rev": 1, "act": "return", "remarks": "Thiếu số liệu"});
                Ask::json(&receiver, Method::POST, &format!("/api/v1/reports/{report}/receptions"), &accept)
            }
            (method, path) => panic!("no sample for {method} {path}: add one here"),
        }
    }
}

/// The pages of both sides in each state, for readers of this language.
pub async fn pages(house: &House, lang: Lang) -> Vec<Shown> {
    let plain = house.signed_in("vidu").await;
    let officer = reader(&plain, lang);
    let quarter = Quarter::open(house, &plain, if lang == Lang::Vi { "2023-Q1" } else { "2023-Q2" }).await;
    let list = quarter.path();
    let mut shown = vec![
        ("outside-links-none-sent", 200, officer.get(&list).await),
        ("outside-ask", 200, officer.form(&list, &quarter.form("show", "")).await),
        ("outside-once", 200, officer.form(&list, &quarter.form("show", "1")).await),
        ("outside-ask-again", 200, officer.form(&list, &quarter.form("show", "")).await),
    ];
    let old = quarter.link(&plain).await;
    let link = quarter.link(&plain).await;
    let stranger = reader(&house.client(), lang);
    shown.push(("outside-replaced", 404, stranger.get(&old).await));
    shown.push(("outside-unknown", 404, stranger.get("/r/out_0").await));
    let (client, page) = bearer(&stranger, &link).await;
    shown.push(("outside-form", 200, client.get(&page).await));
    let rev = rev_of(&client, &page).await;
    shown.push((
        "outside-refused",
        422,
        client.upload(&page, &[Part::Field("rev", &rev), Part::Field("act", "send")]).await,
    ));
    let junk = client.upload(&format!("{page}/sheet"), &[Part::File("b.xlsx", &wrong_sheet())]).await;
    shown.push(("outside-sheet-refused", 422, junk));
    client.upload(&page, &filled("send", &rev)).await;
    shown.push(("outside-sent", 200, client.get(&page).await));
    shown.push(("outside-links", 200, officer.get(&list).await));
    shown.push(("outside-forget", 200, officer.get(&format!("{page}/forget")).await));
    let label = if lang == Lang::Vi { "2023-Q1" } else { "2023-Q2" };
    let sql = format!("SELECT id FROM programme_report WHERE label = '{label}' AND state = 'issued' LIMIT 1");
    let report = programme::ids::ReportId::from_uuid(house.one(&sql, vec![]).await);
    shown.push(("report-from-outside", 200, officer.get(&format!("/reports/{report}")).await));
    let taken_back = quarter.link(&plain).await;
    let (_, page) = bearer(&stranger, &taken_back).await;
    plain.form(&format!("{page}/revoke"), &[]).await;
    shown.push(("outside-revoked", 404, stranger.get(&taken_back).await));
    shown
}

fn wrong_sheet() -> Vec<u8> {
    let text = |text: &str| text.to_owned();
    webkit::export::xlsx("Bao cao", &[text("khác"), text("")], &[vec![text("1"), text("")]]).unwrap()
}
