//! Requests for the mutating routes of systems, and for the acts by them. The systems are the department's own.

use axum::http::Method;
use serde_json::json;
use testkit::Part;
use webkit::Route;

use crate::{ask::Ask, round::id_of, samples::Samples};

const OWNER: &str = "Sở Khoa học và Công nghệ";

impl Samples<'_> {
    /// One owner has one system of a name: each sample names its own.
    pub async fn system(&self, name: &str) -> String {
        let said = [("name", name), ("owner", OWNER), ("state", "operating"), ("since", "2020")];
        id_of(&self.officer.form("/systems/new", &said).await.location)
    }

    /// An owner has one frozen list: each sample that needs one begins without.
    async fn without_lists(&self) {
        for table in ["registry_baseline_change", "registry_baseline_item", "registry_baseline"] {
            self.house.exec(&format!("DELETE FROM {table} WHERE id IS NOT NULL"), vec![]).await;
        }
    }

    /// A frozen list of the department, and a system in it.
    pub async fn frozen_list(&self, name: &str) -> (String, String) {
        self.without_lists().await;
        let system = self.system(name).await;
        self.officer.form("/systems/baselines", &[("unit", OWNER), ("as_of", "30/06/2026")]).await;
        (self.one("SELECT id FROM registry_baseline ORDER BY id DESC LIMIT 1", "baseline").await, system)
    }

    /// Of a system the page of its links, and another system for it to lead to.
    pub async fn two_systems(&self, salt: &str) -> (String, String) {
        let (from, to) = (self.system(&format!("Cổng {salt}")).await, self.system(&format!("Trục {salt}")).await);
        (format!("/systems/{from}/links"), to)
    }

    /// The same, and the link that is already there.
    async fn linked_systems(&self, salt: &str) -> (String, String) {
        let (path, other) = self.two_systems(salt).await;
        self.officer.form(&path, &[("kind", "depends_on"), ("other", &other)]).await;
        (path, self.one("SELECT id FROM registry_relation ORDER BY id DESC LIMIT 1", "link").await)
    }

    fn sheet(&self, path: &str, name: &str) -> Ask {
        let text = |text: &str| text.to_owned();
        let heads = ["Tên hệ thống", "Cơ quan chủ quản", "Trạng thái"].map(text);
        let row = [name, OWNER, "Đang vận hành"].map(text);
        let sheet = webkit::export::xlsx("S", &heads, &[row.to_vec()]).unwrap();
        let parts = [Part::Field("confirm", "1"), Part::File("s.xlsx", &sheet)];
        Ask::upload(&self.officer, path, &parts)
    }

    pub async fn ask_systems(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        let owner = self.unit(OWNER).to_string();
        match (route.method.as_str(), route.path) {
            ("POST", "/systems/new") => {
                let system = [
                    ("name", "Kho dữ liệu dùng chung"),
                    ("owner", OWNER),
                    ("operator", "Văn phòng UBND tỉnh"),
                    ("code", "H00.09.01"),
                    ("kind", "database"),
                    ("state", "operating"),
                    ("hosting", "provincial_data_centre"),
                    ("personal_data", "basic"),
                    ("address", "kho.tinhmau.example"),
                    ("purpose", "Dữ liệu của các sở"),
                    ("since", "2024"),
                ];
                Ask::form(officer, "/systems/new", &system)
            }
            ("POST", "/systems/import") => self.sheet(route.path, "Hệ thống một cửa"),
            ("POST", "/api/v1/systems/import") => self.sheet(route.path, "Hệ thống của máy"),
            ("POST", "/systems/confirmations") => {
                Ask::form(officer, "/systems/confirmations", &[("unit", owner.as_str())])
            }
            ("POST", "/systems/baselines") => {
                self.without_lists().await;
                self.system("Thuộc danh sách gốc").await;
                Ask::form(officer, "/systems/baselines", &[("unit", OWNER), ("as_of", "30/06/2026")])
            }
            ("POST", "/systems/baselines/{id}") => {
                let (list, system) = self.frozen_list("Dòng được sửa").await;
                let line = [
                    ("system", system.as_str()),
                    ("counted", "no"),
                    ("eligible", "yes"),
                    ("reason", "Ghi trùng"),
                    ("rev", "1"),
                ];
                Ask::form(officer, &format!("/systems/baselines/{list}"), &line)
            }
            ("POST", "/systems/baselines/{id}/systems") => {
                let (list, _) = self.frozen_list("Dòng đầu").await;
                let lacking = self.system("Chưa có trong danh sách").await;
                let line = [("system", lacking.as_str()), ("eligible", "yes"), ("reason", "Sót khi lập")];
                Ask::form(officer, &format!("/systems/baselines/{list}/systems"), &line)
            }
            ("POST", "/systems/baselines/approve") => {
                self.frozen_list("Chờ phê duyệt").await;
                let leader = self.house.signed_in("giamdoc").await;
                let page = leader.get(&format!("/systems/baselines/approve?unit={owner}")).await.body;
                let seen = page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
                let form = [("unit", owner.as_str()), ("seen", seen.expect(&page))];
                Ask::form(&leader, "/systems/baselines/approve", &form)
            }
            ("POST", "/systems/{id}/milestone") => {
                let platform = [
                    ("name", "Nền tảng có mốc"),
                    ("owner", OWNER),
                    ("kind", "platform"),
                    ("architecture", "Lớp nền tảng"),
                    ("deviates", "no"),
                ];
                let id = id_of(&officer.form("/systems/new", &platform).await.location);
                let due = [("due_on", "01/06/2026"), ("source", "QĐ 12/QĐ-BKHCN")];
                Ask::form(officer, &format!("/systems/{id}/milestone"), &due)
            }
            ("POST", "/systems/{id}/edit") => {
                let path = format!("/systems/{}/edit", self.system("Thư điện tử").await);
                let system = [("rev", "1"), ("name", "Thư công vụ"), ("owner", OWNER), ("state", "retiring")];
                Ask::form(officer, &path, &system)
            }
            ("POST", "/systems/{id}/links") => {
                let (path, other) = self.two_systems("một").await;
                Ask::form(officer, &path, &[("kind", "runs_on"), ("other", &other)])
            }
            ("POST", "/api/v1/systems") => {
                let system = json!({"name": "Nền tảng họp trực tuyến", "owner": owner, "kind": "platform",
                    "since": 2025, "architecture": "Lớp nền tảng", "deviates": "no"});
                Ask::json(officer, Method::POST, "/api/v1/systems", &system)
            }
            ("PATCH", "/api/v1/systems/{id}") => {
                let path = format!("/api/v1/systems/{}", self.system("Bản đồ số").await);
                let system = json!({"hosting": "domestic_cloud"});
                Ask::json(officer, Method::PATCH, &path, &system).header("if-match", "\"1\"")
            }
            ("POST", "/api/v1/systems/{id}/links") => {
                let path = format!("/api/v1/systems/{}/links", self.system("Tổng đài hỏi đáp").await);
                let used = json!({"kind": "used_by", "other": "Sở Tài chính"});
                Ask::json(officer, Method::POST, &path, &used)
            }
            ("POST", "/api/v1/systems/confirmations") => {
                Ask::json(officer, Method::POST, "/api/v1/systems/confirmations", &json!({"unit": owner}))
            }
            ("POST", "/api/v1/systems/baselines") => {
                self.without_lists().await;
                self.system("Thuộc danh sách của máy").await;
                let made = json!({"unit": OWNER, "as_of": "2026-06-30", "plan": "45/KH-UBND"});
                Ask::json(officer, Method::POST, route.path, &made)
            }
            ("POST", "/api/v1/systems/baselines/{id}") => {
                let (list, system) = self.frozen_list("Dòng máy sửa").await;
                let line =
                    json!({"system": system, "counted": "no", "eligible": "yes", "reason": "Ghi trùng", "rev": 1});
                Ask::json(officer, Method::POST, &format!("/api/v1/systems/baselines/{list}"), &line)
            }
            ("POST", "/api/v1/systems/baselines/{id}/systems") => {
                let (list, _) = self.frozen_list("Dòng đầu của máy").await;
                let lacking = self.system("Máy thêm vào danh sách").await;
                let line = json!({"system": lacking, "eligible": "yes", "reason": "Sót khi lập"});
                Ask::json(officer, Method::POST, &format!("/api/v1/systems/baselines/{list}/systems"), &line)
            }
            ("POST", "/api/v1/systems/baselines/approve") => {
                self.frozen_list("Máy chờ phê duyệt").await;
                let leader = self.house.signed_in("giamdoc").await;
                let read = leader.get(&format!("{}?unit={owner}", route.path)).await.json();
                Ask::json(&leader, Method::POST, route.path, &json!({"unit": owner, "seen": read["seen"]}))
            }
            ("POST", "/api/v1/systems/{id}/milestone") => {
                let n = self.house.count("SELECT COUNT(*) FROM registry_system").await;
                let platform = json!({"name": format!("Nền tảng máy đặt mốc {n}"), "owner": OWNER, "kind": "platform",
                    "architecture": "Lớp nền tảng", "deviates": "no"});
                let added = officer.json(Method::POST, "/api/v1/systems", &platform).await.json();
                let path = format!("/api/v1/systems/{}/milestone", added["id"].as_str().unwrap());
                let due = json!({"due_on": "2026-06-01", "source": "QĐ 12/QĐ-BKHCN"});
                Ask::json(officer, Method::POST, &path, &due)
            }
            _ => self.ask_inventory(route).await,
        }
    }

    pub async fn ask_system_act(&self, path: &str, act: &str) -> Ask {
        match (path, act) {
            ("/systems/{id}/links", "unlink") => {
                let (path, link) = self.linked_systems("hai").await;
                Ask::form(&self.officer, &path, &[("remove", &link)])
            }
            ("/api/v1/systems/{id}/links", "unlink") => {
                let (path, link) = self.linked_systems("ba").await;
                Ask::json(&self.officer, Method::POST, &format!("/api/v1{path}"), &json!({"remove": link}))
            }
            _ => self.ask_inventory_act(path, act).await,
        }
    }

    /// Does what is to be taken back.
    pub async fn done_to_system(&self, act: &str) {
        let officer = &self.officer;
        match act {
            "of an edited system" => {
                let path = format!("/systems/{}/edit", self.system("Giám sát mạng").await);
                officer.form(&path, &[("rev", "1"), ("state", "retiring")]).await;
            }
            "of a link" => {
                self.linked_systems("bốn").await;
            }
            "of an unlink" => {
                let (path, link) = self.linked_systems("năm").await;
                officer.form(&path, &[("remove", &link)]).await;
            }
            "of an import of systems" => {
                self.sheet("/systems/import", "Lưu trữ số").send().await;
            }
            act => self.done_to_inventory(act).await,
        }
    }
}
