//! Requests for assessment, rules and waves. Systems are the department's own; rules and waves are for the programme officer of
//! the whole province, of whom each sample brings one along.

use std::collections::BTreeMap;

use axum::http::Method;
use kernel::Role;
use serde_json::json;
use testkit::Client;
use webkit::Route;

use crate::{ask::Ask, round::id_of, samples::Samples};

/// Acts of these that are taken back.
pub const UNDONE: [&str; 14] = [
    "of an answered assessment",
    "of answers taken over",
    "of an overruled assessment",
    "of an accepted assessment",
    "of a classification",
    "of an edition brought",
    "of a draft of the rules",
    "of a changed draft",
    "of a draft let go",
    "of rules in force",
    "of a plan of waves",
    "of a move to another wave",
    "of a place let loose",
    "of terms of waves",
];

const TERMS: [(&str, &str); 7] = [
    ("start_on", "04/01/2027"),
    ("days", "30"),
    ("most_systems", "5"),
    ("most_effort", "100"),
    ("most_waves", "12"),
    ("free_days", "10"),
    ("usual_effort", "20"),
];

/// The table that ships under another version, so that there is an edition to bring.
fn table(version: &str) -> String {
    let mut table: serde_json::Value = serde_json::from_str(registry::model::appraiser::SHIPPED_TABLE).unwrap();
    table["edition"]["version"] = version.into();
    table.to_string()
}

impl Samples<'_> {
    /// Who steers the plans of the whole province; every time somebody new.
    async fn steering(&self) -> Client {
        let n = self.house.count("SELECT COUNT(*) FROM directory_account").await;
        self.house.person(&format!("tinh.theodoi{n}"), "Tỉnh Mẫu", Role::PROGRAMME).await
    }

    /// A system of which something is answered: its id.
    async fn assessed(&self, name: &str) -> String {
        let id = self.system(name).await;
        let sent = [("rev", "0"), ("shown", "bound"), ("q_bound", "none")];
        let answer = self.officer.form(&format!("/systems/{id}/assessment/ground"), &sent).await;
        assert!(answer.status.is_redirection(), "{}", answer.body);
        id
    }

    async fn edition(&self, steering: &Client, version: &str) -> String {
        let (body, kind) = (table(version), ("kind", "strategy"));
        id_of(&steering.form("/systems/rules/new", &[kind, ("body", &body)]).await.location)
    }

    /// The page of a draft of the rules.
    async fn draft(&self, steering: &Client) -> String {
        format!("/systems/rules/{}", id_of(&steering.form("/systems/rules/draft", &[]).await.location))
    }

    /// A plan with its terms, and a system that moves in it; returns who steers and the system.
    async fn planned(&self, name: &str) -> (Client, String) {
        let (steering, id) = (self.steering().await, self.assessed(name).await);
        let rev = self.plan_rev().await;
        let terms = [[("rev", rev.as_str())].as_slice(), &TERMS].concat();
        steering.form("/systems/waves/terms", &terms).await;
        steering.form("/systems/assessment", &[]).await;
        steering.form("/systems/waves", &[]).await;
        (steering, id)
    }

    /// The revision of the plan of waves as it stands.
    async fn plan_rev(&self) -> String {
        self.house.count("SELECT COALESCE(MAX(rev), 0) FROM registry_wave_plan").await.to_string()
    }

    /// What is said by a program over the plan as it stands.
    async fn over_the_plan(&self, by: &Client, path: &str, said: &serde_json::Value) -> Ask {
        Ask::json(by, Method::POST, path, said).header("if-match", &format!("\"{}\"", self.plan_rev().await))
    }

    /// The same with that system placed by hand.
    async fn pinned(&self, name: &str) -> (Client, String) {
        let (steering, id) = self.planned(name).await;
        let rev = self.plan_rev().await;
        let fields = [("rev", rev.as_str()), ("system", &id), ("to", "9")];
        let moved = steering.form("/systems/waves/move", &fields).await;
        assert!(moved.status.is_redirection(), "{}", moved.body);
        (steering, id)
    }

    pub async fn ask_appraise(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        match (route.method.as_str(), route.path) {
            ("POST", "/systems/assessment") => {
                // Where nothing is new nothing is written.
                self.system("Quản lý hội trường").await;
                Ask::form(&self.steering().await, "/systems/assessment", &[])
            }
            ("POST", "/systems/{id}/assessment/{group}") => {
                let path = format!("/systems/{}/assessment/use", self.assessed("Hộp thư góp ý").await);
                Ask::form(officer, &path, &[("rev", "1"), ("shown", "users"), ("q_users", "120")])
            }
            ("POST", "/systems/{id}/copy") => {
                let (from, to) = (self.assessed("Lịch họp").await, self.system("Lịch công tác").await);
                Ask::form(officer, &format!("/systems/{to}/copy"), &[("from", &from)])
            }
            ("POST", "/systems/{id}/review") => {
                let path = format!("/systems/{}/review", self.assessed("Kho ảnh").await);
                Ask::form(officer, &path, &[("strategy", "refactor"), ("reason", "Gộp với kho dữ liệu")])
            }
            ("POST", "/systems/rules/new") => {
                let body = table("21");
                let rules = [("kind", "strategy"), ("body", body.as_str()), ("note", "Theo ý kiến các sở")];
                Ask::form(&self.steering().await, "/systems/rules/new", &rules)
            }
            ("POST", "/systems/rules/draft") => Ask::form(&self.steering().await, route.path, &[("from", "")]),
            ("POST", "/systems/rules/{id}") => {
                let steering = self.steering().await;
                let propose = [("rev", "1"), ("act", "propose"), ("note", "Theo ý kiến các sở")];
                Ask::form(&steering, &self.draft(&steering).await, &propose)
            }
            ("POST", "/systems/rules/{id}/rule") => {
                let steering = self.steering().await;
                let rule = [
                    ("rev", "1"),
                    ("op-0", "yes"),
                    ("answer", "retain"),
                    ("vi", "Thiết bị riêng: xem lại khi thay"),
                    ("en", "Its own device: look again when it is replaced"),
                    ("rank", "90"),
                ];
                let path = format!("{}/rule?part=strategy&rule=device", self.draft(&steering).await);
                Ask::form(&steering, &path, &rule)
            }
            ("POST", "/systems/rules/{id}/use") => {
                let steering = self.steering().await;
                let path = format!("/systems/rules/{}/use", self.edition(&steering, "22").await);
                Ask::form(&steering, &path, &[])
            }
            ("POST", "/systems/weights") => {
                Ask::form(&self.steering().await, "/systems/weights", &[("w_criticality", "45")])
            }
            ("POST", "/systems/waves") => {
                let (steering, _) = self.planned("Tra cứu hồ sơ").await;
                Ask::form(&steering, "/systems/waves", &[])
            }
            ("POST", "/systems/waves/terms") => {
                let rev = self.plan_rev().await;
                let terms = [[("rev", rev.as_str())].as_slice(), &TERMS].concat();
                Ask::form(&self.steering().await, "/systems/waves/terms", &terms)
            }
            ("POST", "/systems/waves/move") => {
                let (steering, id) = self.planned("Đặt lịch hẹn").await;
                let rev = self.plan_rev().await;
                Ask::form(&steering, "/systems/waves/move", &[("rev", &rev), ("system", &id), ("to", "7")])
            }
            ("POST", "/systems/waves/loose") => {
                let (steering, id) = self.pinned("Quản lý thẻ ra vào").await;
                let rev = self.plan_rev().await;
                Ask::form(&steering, "/systems/waves/loose", &[("rev", &rev), ("system", &id)])
            }
            ("PATCH", "/api/v1/systems/{id}/assessment") => {
                let path = format!("/api/v1/systems/{}/assessment", self.assessed("Sổ tay cán bộ").await);
                let said = json!({"answers": {"replaced": "no"}, "effort": "35"});
                Ask::json(officer, Method::PATCH, &path, &said).header("if-match", "\"1\"")
            }
            ("POST", "/api/v1/systems/{id}/review") => {
                let path = format!("/api/v1/systems/{}/review", self.assessed("Phản ánh hiện trường").await);
                Ask::json(officer, Method::POST, &path, &json!({"strategy": "", "reason": ""}))
            }
            ("POST", "/api/v1/systems/classify") => {
                self.system("Quản lý bãi xe").await;
                Ask::json(&self.steering().await, Method::POST, "/api/v1/systems/classify", &json!({}))
            }
            ("POST", "/api/v1/systems/rules") => {
                let rules = json!({"kind": "strategy", "body": table("23")});
                Ask::json(&self.steering().await, Method::POST, "/api/v1/systems/rules", &rules)
            }
            ("POST", "/api/v1/systems/rules/{id}/use") => {
                let steering = self.steering().await;
                let path = format!("/api/v1/systems/rules/{}/use", self.edition(&steering, "24").await);
                Ask::json(&steering, Method::POST, &path, &json!({}))
            }
            ("POST", "/api/v1/systems/{id}/copy") => {
                let (from, to) = (self.assessed("Lịch họp của máy").await, self.system("Lịch làm của máy").await);
                Ask::json(officer, Method::POST, &format!("/api/v1/systems/{to}/copy"), &json!({"from": from}))
            }
            ("POST", "/api/v1/systems/waves") => {
                let (steering, _) = self.planned("Tra cứu của máy").await;
                Ask::json(&steering, Method::POST, route.path, &json!({}))
            }
            ("POST", "/api/v1/systems/waves/terms") => {
                let steering = self.steering().await;
                self.over_the_plan(&steering, route.path, &json!(BTreeMap::from(TERMS))).await
            }
            ("POST", "/api/v1/systems/waves/move") => {
                let (steering, id) = self.planned("Đặt lịch của máy").await;
                self.over_the_plan(&steering, route.path, &json!({"system": id, "to": 7})).await
            }
            ("POST", "/api/v1/systems/waves/loose") => {
                let (steering, id) = self.pinned("Thẻ ra vào của máy").await;
                self.over_the_plan(&steering, route.path, &json!({"system": id})).await
            }
            (method, path) => panic!("no sample for {method} {path}: add one here"),
        }
    }

    /// Does what is to be taken back; returns who may.
    pub async fn done_to_assessment(&self, act: &str) -> Client {
        let form = async |by: &Client, path: &str, fields: &[(&str, &str)]| {
            let answer = by.form(path, fields).await;
            assert!(answer.status.is_redirection(), "{path}: {}", answer.body);
        };
        match act {
            "of an answered assessment" => {
                self.assessed("Bảng tin nội bộ").await;
            }
            "of answers taken over" => {
                let (from, to) = (self.assessed("Đào tạo trực tuyến").await, self.system("Thi trực tuyến").await);
                form(&self.officer, &format!("/systems/{to}/copy"), &[("from", &from)]).await;
            }
            "of an overruled assessment" | "of an accepted assessment" => {
                let id = self.assessed(&format!("Quản lý xe {act}")).await;
                let own = [("strategy", "refactor"), ("reason", "Gộp lại")];
                let fields: &[_] = if act == "of an overruled assessment" { &own } else { &[] };
                form(&self.officer, &format!("/systems/{id}/review"), fields).await;
            }
            "of a classification" => {
                let steering = self.steering().await;
                self.system("Quản lý kho").await;
                form(&steering, "/systems/assessment", &[]).await;
                return steering;
            }
            "of an edition brought" => {
                let steering = self.steering().await;
                self.edition(&steering, "31").await;
                return steering;
            }
            "of a draft of the rules" | "of a changed draft" | "of a draft let go" => {
                let steering = self.steering().await;
                let page = self.draft(&steering).await;
                let press = match act {
                    "of a changed draft" => Some("later strategy/device"),
                    "of a draft let go" => Some("drop"),
                    _ => None,
                };
                if let Some(press) = press {
                    form(&steering, &page, &[("rev", "1"), ("act", press)]).await;
                }
                return steering;
            }
            "of rules in force" => {
                let steering = self.steering().await;
                let id = self.edition(&steering, "32").await;
                form(&steering, &format!("/systems/rules/{id}/use"), &[]).await;
                return steering;
            }
            "of a plan of waves" => return self.planned("Quản lý văn phòng phẩm").await.0,
            "of a move to another wave" => return self.pinned("Quản lý phòng họp").await.0,
            "of a place let loose" => {
                let (steering, id) = self.pinned("Quản lý chìa khóa").await;
                let rev = self.plan_rev().await;
                form(&steering, "/systems/waves/loose", &[("rev", &rev), ("system", &id)]).await;
                return steering;
            }
            "of terms of waves" => {
                let steering = self.steering().await;
                let rev = self.plan_rev().await;
                form(&steering, "/systems/waves/terms", &[[("rev", rev.as_str())].as_slice(), &TERMS].concat()).await;
                return steering;
            }
            act => panic!("no sample for an undo {act}"),
        }
        self.officer.clone()
    }
}
