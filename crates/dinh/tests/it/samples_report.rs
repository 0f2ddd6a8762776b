//! Requests for the mutating routes of duties, periods, reports and values, and of the API of work.

use axum::http::Method;
use serde_json::json;
use testkit::Part;
use webkit::Route;

use crate::{ask::Ask, round::id_of, samples::Samples};

impl Samples<'_> {
    /// A duty of the commune of the demo, in force.
    pub async fn duty(&self) -> String {
        let duty = [
            ("name", "Báo cáo tháng"),
            ("period", "month"),
            ("cutoff", "decree"),
            ("due_kind", "after"),
            ("due", "3"),
            ("reports", "UBND xã Sông Mẫu; Sở Khoa học và Công nghệ"),
        ];
        id_of(&self.officer.form("/duties/new", &duty).await.location)
    }

    /// A period of a duty of its own, with its reports.
    pub async fn period(&self, label: &str) -> String {
        let duty = self.duty().await;
        let opened = self.officer.form(&format!("/duties/{duty}/periods"), &[("label", label)]).await;
        self.house.drain().await;
        id_of(&opened.location)
    }

    /// A fresh report of the officer's own department over a month that no other sample reports on.
    pub async fn report(&self, label: &str) -> String {
        self.period(label).await;
        self.own_report(&format!("label = '{label}'")).await
    }

    async fn own_report(&self, which: &str) -> String {
        let own = "unit_id = (SELECT id FROM directory_unit WHERE name = 'Sở Khoa học và Công nghệ')";
        let sql = format!("SELECT id FROM programme_report WHERE NOT consolidated AND {own} AND {which}");
        self.one(&format!("{sql} ORDER BY id DESC LIMIT 1"), "report").await
    }

    pub async fn target(&self) -> String {
        self.one("SELECT id FROM programme_target WHERE counted ORDER BY id LIMIT 1", "target").await
    }

    async fn ask_value(&self) -> Ask {
        let path = format!("/targets/{}/values", self.target().await);
        let value = [
            ("unit", "Sở Khoa học và Công nghệ"),
            ("period", "2026-M11"),
            ("numerator", "7"),
            ("denominator", "10"),
            ("status", "estimate"),
            ("evidence", "BC 12"),
        ];
        Ask::form(&self.officer, &path, &value)
    }

    pub async fn ask_report(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        match (route.method.as_str(), route.path) {
            ("POST", "/targets/{id}/values") => self.ask_value().await,
            ("POST", "/targets/{id}/plan") => {
                let way = [("year", "2026"), ("value", "40"), ("year", "2027"), ("value", "60"), ("rule", "ratio")];
                Ask::form(officer, &format!("/targets/{}/plan", self.target().await), &way)
            }
            ("POST", "/values/{id}/drop") => {
                self.ask_value().await.send().await;
                let last = "SELECT id FROM programme_value WHERE replaced_at IS NULL ORDER BY id DESC LIMIT 1";
                Ask::form(officer, &format!("/values/{}/drop", self.one(last, "value").await), &[])
            }
            ("POST", "/duties/new") => {
                let duty = [
                    ("name", "Báo cáo quý"),
                    ("period", "quarter"),
                    ("due_kind", "before"),
                    ("due", "30/11"),
                    ("reports", "Sở Tài chính"),
                ];
                Ask::form(officer, "/duties/new", &duty)
            }
            ("POST", "/duties/{id}") => {
                Ask::form(officer, &format!("/duties/{}", self.duty().await), &[("rev", "1"), ("act", "end")])
            }
            ("POST", "/duties/{id}/periods") => {
                Ask::form(officer, &format!("/duties/{}/periods", self.duty().await), &[("label", "2026-M10")])
            }
            ("POST", "/periods/{id}/chase") => {
                let period = self.period("2026-M05").await;
                let report = self.own_report("label = '2026-M05'").await;
                Ask::form(officer, &format!("/periods/{period}/chase"), &[("part", &report)])
            }
            ("POST", "/api/v1/periods/{id}/letters") => {
                let period = self.period("2026-M06").await;
                let reports = json!({"reports": [self.own_report("label = '2026-M06'").await]});
                Ask::json(officer, Method::POST, &format!("/api/v1/periods/{period}/letters"), &reports)
            }
            ("POST", "/periods/{id}") => {
                let path = format!("/periods/{}", self.period("2026-M11").await);
                Ask::form(officer, &path, &[("act", "consolidate")])
            }
            ("POST", "/regimes") => {
                Ask::form(officer, "/regimes", &[("name", "Báo cáo tháng"), ("basis", "NĐ 09/2019/NĐ-CP")])
            }
            ("POST", "/reports/{id}") => {
                let path = format!("/reports/{}", self.report("2026-M11").await);
                Ask::upload(officer, &path, &[Part::Field("rev", "1"), Part::Field("act", "submit")])
            }
            ("POST", "/reports/{id}/edit") => {
                let id = self.own_report("state = 'checking'").await;
                let recall = [Part::Field("rev", "2"), Part::Field("act", "recall")];
                officer.upload(&format!("/reports/{id}"), &recall).await;
                Ask::form(officer, &format!("/reports/{id}/edit"), &[("rev", "3"), ("intro", "Kính gửi")])
            }
            ("POST", "/reports/{id}/sheet") => {
                let id = self.own_report("state = 'draft' AND rev = 4").await;
                let sheet = officer.get_bytes(&format!("/reports/{id}/sheet")).await;
                Ask::upload(officer, &format!("/reports/{id}/sheet"), &[Part::File("b.xlsx", &sheet)])
            }
            _ => self.ask_api(route).await,
        }
    }

    async fn ask_api(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        match (route.method.as_str(), route.path) {
            ("POST", "/api/v1/targets/{id}/values") => {
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                let value = json!({"unit": unit, "period": "2026-Q4", "value_milli": 5000, "status": "official", "evidence": "BC 9"});
                let path = format!("/api/v1/targets/{}/values", self.target().await);
                Ask::json(officer, Method::POST, &path, &value)
            }
            ("POST", "/api/v1/reports/{id}/acts") => {
                let id = self.report("2026-M08").await;
                let report = officer.get(&format!("/api/v1/reports/{id}")).await.json();
                let step = json!({"rev": report["rev"], "act": "submit"});
                Ask::json(officer, Method::POST, &format!("/api/v1/reports/{id}/acts"), &step)
            }
            ("POST", "/api/v1/tasks") => {
                let task = json!({"number": "36/TB-UBND", "giver": "UBND tỉnh", "text": "Rà soát", "leads": "Sở Nội vụ", "due": "30/12/2026"});
                Ask::json(officer, Method::POST, "/api/v1/tasks", &task)
            }
            ("POST", "/api/v1/parts/{id}/acts") => {
                let act = json!({"rev": 1, "act": "progress", "percent": 20, "words": "Đã họp", "on_behalf": true});
                Ask::json(officer, Method::POST, &format!("/api/v1/parts/{}/acts", self.part().await), &act)
            }
            ("POST", "/api/v1/parts/check") => {
                let parts = json!([{"id": self.done_part().await, "rev": 2}]);
                let said = json!({"parts": parts, "act": "accept", "words": "Theo hồ sơ giấy"});
                Ask::json(officer, Method::POST, "/api/v1/parts/check", &said)
            }
            ("POST", "/api/v1/parts/{id}/difficulties") => {
                let raised = json!({"text": "Thiếu thiết bị", "on_behalf": true});
                let path = format!("/api/v1/parts/{}/difficulties", self.part().await);
                Ask::json(officer, Method::POST, &path, &raised)
            }
            ("POST", "/api/v1/difficulties/{id}") => {
                let path = format!("/api/v1/difficulties/{}", self.difficulty().await);
                let answer = json!({"rev": 1, "act": "answer", "words": "Đồng ý"});
                Ask::json(&self.house.signed_in("lanhdao").await, Method::POST, &path, &answer)
            }
            ("POST", "/api/v1/parts/{id}/evidence") => {
                let fields = [("number", "12/BC-SKHCN"), ("day", "2026-11-20"), ("on_behalf", "true")];
                let fields = fields.map(|(name, text)| Part::Field(name, text));
                Ask::upload(officer, &format!("/api/v1/parts/{}/evidence", self.part().await), &fields)
            }
            ("POST", "/api/v1/duties/{id}/periods") => {
                let path = format!("/api/v1/duties/{}/periods", self.duty().await);
                Ask::json(officer, Method::POST, &path, &json!({"label": "2026-M09"}))
            }
            ("POST", "/api/v1/periods/{id}/acts") => {
                let path = format!("/api/v1/periods/{}/acts", self.period("2026-M11").await);
                Ask::json(officer, Method::POST, &path, &json!({"act": "lock"}))
            }
            ("POST", "/api/v1/questions") => {
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                let asked = json!({"text": "Vì sao chậm?", "units": [unit]});
                Ask::json(officer, Method::POST, "/api/v1/questions", &asked)
            }
            ("POST", "/api/v1/questions/{id}/acts") => {
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                let path = format!("/api/v1/questions/{}/acts", self.question().await);
                let answer = json!({"act": "answer", "unit": unit, "text": "Không thiếu"});
                Ask::json(&self.house.signed_in("giamdoc").await, Method::POST, &path, &answer)
            }
            ("POST", "/api/v1/letters/{id}") => {
                let letter = self.letter().await;
                let edit = json!({"rev": 1, "act": "edit", "about": "V/v đôn đốc", "body": "Đề nghị trả lời."});
                Ask::json(officer, Method::POST, &format!("/api/v1/letters/{letter}"), &edit)
            }
            (method, path) => panic!("no sample for {method} {path}: add one here"),
        }
    }
}
