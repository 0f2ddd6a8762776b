//! Requests for the mutating routes of duties, periods, reports and values.

use axum::http::Method;
use serde_json::json;
use testkit::{Answer, Part};
use webkit::Route;

use crate::samples::Samples;

fn id_of(location: &str) -> String {
    location.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned()
}

impl Samples<'_> {
    /// A duty of the commune of the demo, in force.
    async fn duty(&self) -> String {
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

    async fn period(&self) -> String {
        let duty = self.duty().await;
        let opened = self.officer.form(&format!("/duties/{duty}/periods"), &[("label", "2026-M11")]).await;
        self.house.drain().await;
        id_of(&opened.location)
    }

    /// A fresh report of the officer's own department.
    async fn report(&self) -> String {
        self.period().await;
        let sql = "SELECT r.id FROM programme_report r WHERE r.state = 'draft' AND r.unit_id = (SELECT id FROM directory_unit WHERE name = 'Sở Khoa học và Công nghệ') ORDER BY r.id DESC LIMIT 1";
        self.one(sql, "report").await
    }

    async fn target(&self) -> String {
        self.one("SELECT id FROM programme_target WHERE counted ORDER BY id LIMIT 1", "target").await
    }

    async fn value(&self) -> Answer {
        let path = format!("/targets/{}/values", self.target().await);
        let value = [
            ("unit", "Sở Khoa học và Công nghệ"),
            ("period", "2026-M11"),
            ("numerator", "7"),
            ("denominator", "10"),
            ("status", "estimate"),
            ("evidence", "BC 12"),
        ];
        self.officer.form(&path, &value).await
    }

    pub async fn send_report(&self, route: &Route) -> Answer {
        let officer = &self.officer;
        match (route.method.as_str(), route.path) {
            ("POST", "/targets/{id}/values") => self.value().await,
            ("POST", "/targets/{id}/plan") => {
                let way = [("year", "2026"), ("value", "40"), ("year", "2027"), ("value", "60"), ("rule", "ratio")];
                officer.form(&format!("/targets/{}/plan", self.target().await), &way).await
            }
            ("POST", "/values/{id}/drop") => {
                self.value().await;
                let id = self
                    .one("SELECT id FROM programme_value WHERE replaced_at IS NULL ORDER BY id DESC LIMIT 1", "value")
                    .await;
                officer.form(&format!("/values/{id}/drop"), &[]).await
            }
            ("POST", "/duties/new") => {
                let duty = [
                    ("name", "Báo cáo quý"),
                    ("period", "quarter"),
                    ("due_kind", "before"),
                    ("due", "30/11"),
                    ("reports", "Sở Tài chính"),
                ];
                officer.form("/duties/new", &duty).await
            }
            ("POST", "/duties/{id}") => {
                officer.form(&format!("/duties/{}", self.duty().await), &[("rev", "1"), ("act", "end")]).await
            }
            ("POST", "/duties/{id}/periods") => {
                officer.form(&format!("/duties/{}/periods", self.duty().await), &[("label", "2026-M10")]).await
            }
            ("POST", "/periods/{id}") => {
                officer.form(&format!("/periods/{}", self.period().await), &[("act", "consolidate")]).await
            }
            ("POST", "/regimes") => {
                officer.form("/regimes", &[("name", "Báo cáo tháng"), ("basis", "NĐ 09/2019/NĐ-CP")]).await
            }
            ("POST", "/reports/{id}") => {
                let path = format!("/reports/{}", self.report().await);
                officer.upload(&path, &[Part::Field("rev", "1"), Part::Field("act", "submit")]).await
            }
            ("POST", "/reports/{id}/edit") => {
                let id = self
                    .one("SELECT id FROM programme_report WHERE state = 'checking' ORDER BY id LIMIT 1", "report")
                    .await;
                officer
                    .upload(&format!("/reports/{id}"), &[Part::Field("rev", "2"), Part::Field("act", "recall")])
                    .await;
                officer.form(&format!("/reports/{id}/edit"), &[("rev", "3"), ("intro", "Kính gửi")]).await
            }
            ("POST", "/reports/{id}/sheet") => {
                let id = self
                    .one(
                        "SELECT id FROM programme_report WHERE state = 'draft' AND rev = 4 ORDER BY id LIMIT 1",
                        "report",
                    )
                    .await;
                let sheet = officer.get_bytes(&format!("/reports/{id}/sheet")).await;
                officer.upload(&format!("/reports/{id}/sheet"), &[Part::File("b.xlsx", &sheet)]).await
            }
            ("POST", "/api/v1/targets/{id}/values") => {
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                let value = json!({"unit": unit, "period": "2026-Q4", "value_milli": 5000, "status": "official", "evidence": "BC 9"});
                officer.json(Method::POST, &format!("/api/v1/targets/{}/values", self.target().await), &value).await
            }
            ("POST", "/api/v1/reports/{id}/acts") => {
                let id = self
                    .one("SELECT id FROM programme_report WHERE state = 'draft' ORDER BY id LIMIT 1", "report")
                    .await;
                let report = officer.get(&format!("/api/v1/reports/{id}")).await.json();
                let step = json!({"rev": report["rev"], "act": "submit"});
                officer.json(Method::POST, &format!("/api/v1/reports/{id}/acts"), &step).await
            }
            ("POST", "/api/v1/tasks") => {
                let task = json!({"number": "36/TB-UBND", "giver": "UBND tỉnh", "text": "Rà soát", "leads": "Sở Nội vụ", "due": "30/12/2026"});
                officer.json(Method::POST, "/api/v1/tasks", &task).await
            }
            ("POST", "/api/v1/parts/{id}/acts") => {
                let act = json!({"rev": 1, "act": "progress", "percent": 20, "words": "Đã họp"});
                officer.json(Method::POST, &format!("/api/v1/parts/{}/acts", self.part().await), &act).await
            }
            ("POST", "/api/v1/parts/{id}/difficulties") => {
                let raised = json!({"text": "Thiếu thiết bị"});
                officer.json(Method::POST, &format!("/api/v1/parts/{}/difficulties", self.part().await), &raised).await
            }
            ("POST", "/api/v1/difficulties/{id}") => {
                let path = format!("/api/v1/difficulties/{}", self.difficulty().await);
                let answer = json!({"rev": 1, "act": "answer", "words": "Đồng ý"});
                match officer.json(Method::POST, &path, &answer).await {
                    refused if refused.status == axum::http::StatusCode::FORBIDDEN => {
                        let leader = self.house.signed_in("lanhdao").await;
                        leader.json(Method::POST, &path, &answer).await
                    }
                    done => done,
                }
            }
            ("POST", "/api/v1/parts/{id}/evidence") => {
                let number = [Part::Field("number", "12/BC-SKHCN"), Part::Field("day", "2026-11-20")];
                officer.upload(&format!("/api/v1/parts/{}/evidence", self.part().await), &number).await
            }
            ("POST", "/api/v1/duties/{id}/periods") => {
                let path = format!("/api/v1/duties/{}/periods", self.duty().await);
                officer.json(Method::POST, &path, &json!({"label": "2026-M09"})).await
            }
            ("POST", "/api/v1/periods/{id}/acts") => {
                let path = format!("/api/v1/periods/{}/acts", self.period().await);
                officer.json(Method::POST, &path, &json!({"act": "lock"})).await
            }
            ("POST", "/api/v1/questions") => {
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                officer.json(Method::POST, "/api/v1/questions", &json!({"text": "Vì sao chậm?", "units": [unit]})).await
            }
            ("POST", "/api/v1/questions/{id}/acts") => {
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                let asked = json!({"text": "Còn thiếu gì?", "units": [unit]});
                let id = officer.json(Method::POST, "/api/v1/questions", &asked).await.json()["id"].clone();
                let answer = json!({"act": "answer", "unit": unit, "text": "Không thiếu"});
                let leader = self.house.signed_in("giamdoc").await;
                leader.json(Method::POST, &format!("/api/v1/questions/{}/acts", id.as_str().unwrap()), &answer).await
            }
            ("POST", "/api/v1/letters/{id}") => {
                let letter = self.letter().await;
                let edit = json!({"rev": 1, "act": "edit", "about": "V/v đôn đốc", "body": "Đề nghị trả lời."});
                officer.json(Method::POST, &format!("/api/v1/letters/{letter}"), &edit).await
            }
            (method, path) => panic!("no sample for {method} {path}: add one here"),
        }
    }
}
