//! Requests for the mutating routes of migrations and level dossiers, and for the acts by them.

use axum::http::Method;
use serde_json::{Value as Json, json};
use testkit::Part;
use webkit::Route;

use crate::{
    ask::Ask,
    places_roads::{BOOK, id_in, sent},
    samples::Samples,
};

const REVIEWER: &str = "Sở Tài chính";

/// Announced long before a window that is open today.
fn plan() -> Json {
    json!({
        "strategy": "rehost", "to_hosting": "provincial_cloud", "window_begins": "2026-11-20",
        "window_ends": "2027-12-31", "announcement": "15/TB-SKHCN", "announced_on": "2026-11-02",
        "checksum_given": "0011223344", "checksum_verified": "0011223344",
    })
}

impl Samples<'_> {
    pub async fn migration(&self, name: &str) -> String {
        let system = self.system(name).await;
        id_in(&sent(&self.officer, &format!("/api/v1/systems/{system}/migrations"), &plan()).await)
    }

    /// The steps of a project, as the API gives them.
    async fn steps(&self, id: &str) -> Vec<Json> {
        let whole = self.officer.get(&format!("/api/v1/migrations/{id}")).await.json();
        whole["steps"].as_array().unwrap().clone()
    }

    async fn moved(&self, name: &str) -> String {
        let id = self.migration(name).await;
        let acts = format!("/api/v1/migrations/{id}/acts");
        sent(&self.officer, &acts, &json!({"act": "start", "rev": 1})).await;
        // What is proven only of a moved system comes after the move.
        let is_behind = |step: &Json| ["cut-over", "old-off", "backup"].contains(&step["code"].as_str().unwrap());
        let whole = self.officer.get(&format!("/api/v1/migrations/{id}")).await.json();
        let level = format!("/api/v1/systems/{}/level", whole["migration"]["system_id"].as_str().unwrap());
        sent(&self.officer, &level, &json!({"scope": "internal", "information": "private"})).await;
        let steps = self.steps(&id).await.into_iter().filter(|step| step["need"] == "mandatory");
        let (behind, before): (Vec<Json>, Vec<Json>) = steps.partition(is_behind);
        self.all_done(&before).await;
        sent(&self.officer, &acts, &json!({"act": "cut_over", "rev": 2})).await;
        self.all_done(&behind).await;
        id
    }

    async fn all_done(&self, steps: &[Json]) {
        for step in steps {
            let path = format!("/api/v1/migration-steps/{}", step["id"].as_str().unwrap());
            sent(&self.officer, &path, &json!({"act": "done", "rev": 1, "document": "8/BB"})).await;
        }
    }

    pub async fn dossier(&self, name: &str) -> String {
        let system = self.system(name).await;
        let facts = json!({"scope": "internal", "information": "public_only"});
        id_in(&sent(&self.officer, &format!("/api/v1/systems/{system}/level"), &facts).await)
    }

    /// Sent to another department, with all controls said.
    async fn sent_dossier(&self, name: &str) -> String {
        let id = self.dossier_said(name).await;
        let send = json!({"act": "send", "rev": 2, "reviewer": REVIEWER});
        sent(&self.officer, &format!("/api/v1/levels/{id}/acts"), &send).await;
        id
    }

    /// A system that does not operate yet, by its API.
    async fn building(&self, name: &str) -> String {
        let said = json!({"name": name, "owner": "Sở Khoa học và Công nghệ", "state": "building",
            "architecture": "Lớp ứng dụng", "deviates": "no"});
        id_in(&sent(&self.officer, "/api/v1/systems", &said).await)
    }

    pub async fn ask_roads(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        let leader = self.house.signed_in("giamdoc").await;
        let decision = json!({"rev": 1, "number": "5/QĐ", "on_day": "2026-05-04", "level": "2"});
        match (route.method.as_str(), route.path) {
            ("POST", "/systems/{id}/migrate") => {
                let path = format!("/systems/{}/migrate", self.system("Chuyển một").await);
                Ask::form(officer, &path, &[("strategy", "rehost"), ("to_hosting", "provincial_cloud")])
            }
            ("POST", "/api/v1/systems/{id}/migrations") => {
                let path = format!("/api/v1/systems/{}/migrations", self.system("Chuyển hai").await);
                Ask::json(officer, Method::POST, &path, &plan())
            }
            ("POST", "/migrations/{id}/edit") => {
                let path = format!("/migrations/{}/edit", self.migration("Chuyển ba").await);
                Ask::form(officer, &path, &[("rev", "1"), ("wave", "2")])
            }
            ("PATCH", "/api/v1/migrations/{id}") => {
                let path = format!("/api/v1/migrations/{}", self.migration("Chuyển bốn").await);
                Ask::json(officer, Method::PATCH, &path, &json!({"wave": 3})).header("if-match", "\"1\"")
            }
            ("POST", "/migrations/{id}/acts") => {
                let path = format!("/migrations/{}/acts", self.migration("Chuyển năm").await);
                Ask::form(officer, &path, &[("rev", "1"), ("act", "start")])
            }
            ("POST", "/api/v1/migrations/{id}/acts") => {
                let path = format!("/api/v1/migrations/{}/acts", self.migration("Chuyển sáu").await);
                Ask::json(officer, Method::POST, &path, &json!({"rev": 1, "act": "cancel", "reason": "Chờ kinh phí"}))
            }
            ("POST", "/migrations/{id}/lead") => {
                let path = format!("/migrations/{}/lead", self.migration("Chuyển bảy").await);
                Ask::form(officer, &path, &[("rev", "1"), ("person", "")])
            }
            ("POST", "/api/v1/migrations/{id}/lead") => {
                let path = format!("/api/v1/migrations/{}/lead", self.migration("Chuyển tám").await);
                Ask::json(officer, Method::POST, &path, &json!({"rev": 1, "person": ""}))
            }
            ("POST", path @ ("/migration-steps/{id}" | "/api/v1/migration-steps/{id}")) => {
                let id = self.migration(&format!("Bước {path}")).await;
                let step = self.steps(&id).await[0]["id"].as_str().unwrap().to_owned();
                let path = path.replace("{id}", &step);
                if path.starts_with("/api/") {
                    Ask::json(officer, Method::POST, &path, &json!({"rev": 1, "act": "save", "note": "Đang rà soát"}))
                } else {
                    Ask::form(officer, &path, &[("rev", "1"), ("act", "save"), ("note", "Đang rà soát")])
                }
            }
            ("POST", "/systems/{id}/level") => {
                let path = format!("/systems/{}/level", self.system("Cấp một").await);
                Ask::form(officer, &path, &[("scope", "internal"), ("information", "private")])
            }
            ("POST", "/api/v1/systems/{id}/level") => {
                let path = format!("/api/v1/systems/{}/level", self.system("Cấp hai").await);
                Ask::json(officer, Method::POST, &path, &json!({"scope": "public"}))
            }
            ("POST", path @ ("/migration-steps/{id}/proofs" | "/api/v1/migration-steps/{id}/proofs")) => {
                let id = self.migration(&format!("Tệp {path}")).await;
                let step = self.steps(&id).await[0]["id"].as_str().unwrap().to_owned();
                Ask::upload(officer, &path.replace("{id}", &step), &[Part::File("bb.pdf", BOOK)])
            }
            ("POST", path @ ("/levels/{id}/proofs" | "/api/v1/levels/{id}/proofs")) => {
                let path = path.replace("{id}", &self.dossier(&format!("Tệp {path}")).await);
                Ask::upload(officer, &path, &[Part::Field("control", "officer"), Part::File("qd.pdf", BOOK)])
            }
            ("POST", "/levels/{id}/controls") => {
                let path = format!("/levels/{}/controls", self.dossier("Cấp ba").await);
                let said = [
                    ("rev", "1"),
                    ("state-officer", "met"),
                    ("evidence-officer", "QĐ 4"),
                    ("day-officer", "2026-11-02"),
                ];
                Ask::form(officer, &path, &said)
            }
            ("POST", "/api/v1/levels/{id}/controls") => {
                let path = format!("/api/v1/levels/{}/controls", self.dossier("Cấp bốn").await);
                Ask::json(officer, Method::POST, &path, &json!({"state-officer": "planned"}))
                    .header("if-match", "\"1\"")
            }
            ("POST", "/levels/{id}/acts") => {
                let path = format!("/levels/{}/acts", self.sent_dossier("Cấp năm").await);
                let reviewer = self.house.person("tham.dinh", REVIEWER, kernel::Role::OFFICER).await;
                Ask::form(&reviewer, &path, &[("rev", "3"), ("act", "return"), ("reason", "Thiếu sơ đồ mạng")])
            }
            ("POST", "/api/v1/levels/{id}/acts") => {
                let path = format!("/api/v1/levels/{}/acts", self.sent_dossier("Cấp sáu").await);
                let reviewer = self.house.person("tham.dinh.hai", REVIEWER, kernel::Role::OFFICER).await;
                Ask::json(&reviewer, Method::POST, &path, &json!({"rev": 3, "act": "appraise", "number": "8/STC"}))
            }
            ("POST", "/systems/{id}/level-decision") => {
                let path = format!("/systems/{}/level-decision", self.system("Cấp bảy").await);
                let said = [("rev", "1"), ("number", "5/QĐ"), ("on_day", "04/05/2026"), ("level", "2")];
                Ask::form(&leader, &path, &said)
            }
            ("POST", "/api/v1/systems/{id}/level-decision") => {
                let path = format!("/api/v1/systems/{}/level-decision", self.system("Cấp tám").await);
                Ask::json(&leader, Method::POST, &path, &decision)
            }
            ("POST", "/systems/{id}/overrule") => {
                let path = format!("/systems/{}/overrule", self.building("Ngoại lệ một").await);
                Ask::form(&leader, &path, &[("rev", "1"), ("reason", "Phục vụ bầu cử")])
            }
            ("POST", "/api/v1/systems/{id}/overrule") => {
                let path = format!("/api/v1/systems/{}/overrule", self.building("Ngoại lệ hai").await);
                Ask::json(&leader, Method::POST, &path, &json!({"rev": 1, "reason": "Phục vụ bầu cử"}))
            }
            (method, path) => panic!("no sample for {method} {path}: add one here"),
        }
    }

    pub async fn ask_road_act(&self, path: &str, act: &str) -> Ask {
        let leader = self.house.signed_in("giamdoc").await;
        match (path, act) {
            ("/migrations/{id}/acts", "accept") => {
                let path = format!("/migrations/{}/acts", self.moved("Nghiệm thu một").await);
                Ask::form(&leader, &path, &[("rev", "3"), ("act", "accept")])
            }
            ("/api/v1/migrations/{id}/acts", "accept") => {
                let path = format!("/api/v1/migrations/{}/acts", self.moved("Nghiệm thu hai").await);
                Ask::json(&leader, Method::POST, &path, &json!({"rev": 3, "act": "accept"}))
            }
            ("/levels/{id}/acts", "send") => {
                let path = format!("/levels/{}/acts", self.dossier_said("Trình một").await);
                Ask::form(&self.officer, &path, &[("rev", "2"), ("act", "send"), ("reviewer", REVIEWER)])
            }
            (path, act) => panic!("no sample for {path}: {act}"),
        }
    }

    async fn dossier_said(&self, name: &str) -> String {
        let id = self.dossier(name).await;
        let mut said = json!({});
        for (_, control) in portfolio::level::DossierRules::shipped().controls(1) {
            said[format!("state-{}", control.key)] = "partly".into();
        }
        let officer = self.officer.header("if-match", "\"1\"");
        sent(&officer, &format!("/api/v1/levels/{id}/controls"), &said).await;
        id
    }
}
