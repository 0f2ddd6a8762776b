//! Requests for the mutating routes of plans: taken in, reviewed, confirmed, approved, shown.

use axum::http::Method;
use serde_json::json;
use testkit::Part;
use webkit::Route;

use crate::{
    ask::Ask,
    documents::{REPORT, numbered},
    samples::Samples,
};

/// Of the rows or targets that were read of plans under review the newest.
fn newest(table: &str) -> String {
    format!(
        "SELECT r.id FROM {table} r JOIN programme_plan p ON p.id = r.plan_id WHERE p.state = 'review' ORDER BY r.id DESC LIMIT 1"
    )
}

/// What is done to live work and plans after they were approved.
fn is_after(path: &str) -> bool {
    ["/withdraw", "/filing", "/remove", "/amend", "/stop", "/shape", "/bodies"].iter().any(|end| path.ends_with(end))
        && !path.contains("aliases")
}

impl Samples<'_> {
    pub async fn plan_in_review(&self, salt: &str) -> String {
        let text = include_str!("../../../../examples/plans/dam-may.txt");
        // A body of another name, where the sample is about names.
        let text = if salt.starts_with("name") {
            text.replacen("Sở Tài chính", "Sở Số hóa", 1)
        } else {
            text.to_owned()
        };
        let text = format!("{text}\n{salt}\n");
        let answer = self.officer.upload("/plans/new", &[Part::File("k.txt", text.as_bytes())]).await;
        self.house.drain().await;
        answer.location.trim_start_matches("/plans/").split('?').next().unwrap().to_owned()
    }

    /// One under review that orders nothing.
    pub async fn without_orders(&self, salt: &str) -> String {
        let text = REPORT.replace("các xã", &format!("các xã ({salt})"));
        let answer = self.officer.upload("/plans/new", &[Part::File("bc.txt", text.as_bytes())]).await;
        self.house.drain().await;
        let plan = answer.location.trim_start_matches("/plans/").split('?').next().unwrap().to_owned();
        self.officer.form(&format!("/plans/{plan}/set-aside"), &[("reason", "đã hỏi")]).await;
        plan
    }

    pub async fn live_plan(&self) -> String {
        self.one("SELECT id FROM programme_plan WHERE state = 'live' ORDER BY id LIMIT 1", "plan").await
    }

    pub async fn read_row(&self, salt: &str) -> String {
        self.plan_in_review(salt).await;
        self.one(&newest("programme_read_row"), "row").await
    }

    pub async fn read_target(&self, salt: &str) -> String {
        self.plan_in_review(salt).await;
        self.one(&newest("programme_read_target"), "readtarget").await
    }

    /// A doubt of the reader about a document whose number was left out.
    pub async fn finding(&self, text: &str, number: &str) -> String {
        let blank = format!("/{}", number.split_once('/').unwrap().1);
        let text = text.replace(number, &blank);
        self.officer.upload("/plans/new", &[Part::File("f.txt", text.as_bytes())]).await;
        self.house.drain().await;
        self.one("SELECT id FROM programme_finding WHERE state = 'open' ORDER BY id DESC LIMIT 1", "finding").await
    }

    /// A task of a live plan, and one of a plan under review that may be it.
    async fn pair(&self, salt: &str) -> (String, [String; 3]) {
        let (plan, above) = (self.plan_in_review(salt).await, self.live_plan().await);
        let item = "SELECT id FROM programme_read_row WHERE plan_id = \
            (SELECT id FROM programme_plan WHERE state = 'live' ORDER BY id LIMIT 1) ORDER BY id LIMIT 1";
        let (item, twin) = (self.one(item, "row").await, self.one(&newest("programme_read_row"), "row").await);
        (plan, [above, item, twin])
    }

    /// The province's plan and that of a commune that carries it out.
    async fn two_levels(&self) -> (String, String) {
        (numbered(&self.officer, "45/KH-UBND").await, numbered(&self.officer, "17/KH-UBND").await)
    }

    pub async fn ask_plans(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        let sho = self.unit("Sở Tài chính").to_string();
        match (route.method.as_str(), route.path) {
            ("POST", "/plans/new") => Ask::upload(officer, "/plans/new", &[Part::File("mot.txt", b"mot van ban khac")]),
            ("POST", "/plans/{id}/confirm") => {
                let plan = self.plan_in_review("confirm").await;
                let leader = self.house.signed_in("lanhdao").await;
                let said = [("rev", "2"), ("act", "confirm"), ("follower", "Sở Khoa học và Công nghệ")];
                Ask::form(&leader, &format!("/plans/{plan}/confirm"), &said)
            }
            ("POST", "/api/v1/plans/{id}/confirm") => {
                let plan = self.plan_in_review("confirm by API").await;
                let leader = self.house.signed_in("lanhdao").await;
                let follower = self.unit("Sở Khoa học và Công nghệ").to_string();
                let said = json!({ "rev": 2, "act": "confirm", "follower": follower });
                Ask::json(&leader, Method::POST, &format!("/api/v1/plans/{plan}/confirm"), &said)
            }
            ("POST", "/aliases/{id}/remove") => {
                let plan = self.plan_in_review("name once more").await;
                officer.form(&format!("/plans/{plan}/name-body"), &[("words", "Sở Số hóa"), ("unit", &sho)]).await;
                let alias = self.one("SELECT id FROM directory_alias ORDER BY id LIMIT 1", "alias").await;
                Ask::form(officer, &format!("/aliases/{alias}/remove"), &[])
            }
            ("POST", "/aliases/{id}/restore") => {
                let plan = self.plan_in_review("name put back").await;
                officer.form(&format!("/plans/{plan}/name-body"), &[("words", "Sở Số hóa"), ("unit", &sho)]).await;
                let alias = self.one("SELECT id FROM directory_alias ORDER BY id DESC LIMIT 1", "alias").await;
                officer.form(&format!("/aliases/{alias}/remove"), &[]).await;
                Ask::form(officer, &format!("/aliases/{alias}/restore"), &[])
            }
            ("POST", "/plans/{id}/read-duties") => {
                let plan = self.plan_in_review("duty").await;
                let said = [("position", "0"), ("rev", "0"), ("act", "drop")];
                Ask::form(officer, &format!("/plans/{plan}/read-duties"), &said)
            }
            ("POST", "/api/v1/plans/{id}/read-duties") => {
                let plan = self.plan_in_review("duty by API").await;
                let said = json!({
                    "position": 3, "rev": 0, "act": "correct", "text": "Báo cáo kết quả hằng quý", "who": "Sở KHCN",
                    "to": "UBND tỉnh", "period": "quarter", "due": "trước ngày 05/4"
                });
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{plan}/read-duties"), &said)
            }
            ("POST", "/plans/{id}/head-review") => {
                let plan = self.plan_in_review("right head").await;
                Ask::form(officer, &format!("/plans/{plan}/head-review"), &[("rev", "2"), ("act", "accept")])
            }
            ("POST", "/api/v1/plans/{id}/head-review") => {
                let plan = self.plan_in_review("right head by API").await;
                let said = json!({ "rev": 2, "act": "accept" });
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{plan}/head-review"), &said)
            }
            ("POST", "/api/v1/plans/{id}/head") => {
                let plan = self.plan_in_review("api head").await;
                let head = json!({
                    "rev": 2, "number": "1/KH", "title": "Tên", "issued_on": "2026-01-05", "issuer": "UBND tỉnh",
                    "follower": "Sở KHCN"
                });
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{plan}/head"), &head)
            }
            ("POST", "/api/v1/plans/{id}/name-body") => {
                let plan = self.plan_in_review("name by API").await;
                let named = json!({ "words": "Sở Số hóa", "unit": sho, "scope": "plan" });
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{plan}/name-body"), &named)
            }
            ("POST", "/plans/{id}/roles") => {
                let plan = self.plan_in_review("role").await;
                let role = [("unit", "Sở Tài chính"), ("role", "owns_target")];
                Ask::form(officer, &format!("/plans/{plan}/roles"), &role)
            }
            ("POST", "/api/v1/plans/{id}/roles") => {
                let plan = self.plan_in_review("api role").await;
                let role = json!({"unit": sho, "role": "implements"});
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{plan}/roles"), &role)
            }
            ("POST", "/plans/{id}/head") => {
                let plan = self.plan_in_review("head").await;
                let follower = ("follower", "Sở Khoa học và Công nghệ");
                let head = [("rev", "2"), ("number", "1/KH"), ("title", "Tên"), follower];
                Ask::form(officer, &format!("/plans/{plan}/head"), &head)
            }
            ("POST", "/plans/{id}/name-body") => {
                let plan = self.plan_in_review("name").await;
                Ask::form(officer, &format!("/plans/{plan}/name-body"), &[("words", "Sở Số hóa"), ("unit", &sho)])
            }
            ("POST", "/plans/{id}/set-aside") => {
                let plan = self.plan_in_review("aside").await;
                Ask::form(officer, &format!("/plans/{plan}/set-aside"), &[("reason", "đã hỏi")])
            }
            ("POST", "/plans/{id}/approve") => {
                let plan = self.plan_in_review("approve").await;
                self.house.confirm(&plan).await;
                Ask::form(officer, &format!("/plans/{plan}/approve"), &[("unseen", "true")])
            }
            ("POST", "/read-rows/{id}") => {
                let row = self.read_row("row").await;
                Ask::form(officer, &format!("/read-rows/{row}"), &[("rev", "1"), ("act", "drop"), ("number", "1")])
            }
            ("POST", "/plans/{id}/read-rows") => {
                let plan = self.plan_in_review("add").await;
                let row = [("text", "Việc thêm vào"), ("lead", "Sở Tài chính"), ("time", "Năm 2026")];
                Ask::form(officer, &format!("/plans/{plan}/read-rows"), &row)
            }
            ("POST", "/read-targets/{id}") => {
                let id = self.read_target("target").await;
                Ask::form(officer, &format!("/read-targets/{id}"), &[("rev", "1"), ("act", "accept")])
            }
            ("POST", "/findings/{id}") => {
                let text = include_str!("../../../../examples/plans/dam-may.txt");
                let id = self.finding(text, "22/KH-UBND").await;
                Ask::form(officer, &format!("/findings/{id}"), &[("rev", "1"), ("act", "settle")])
            }
            ("POST", "/api/v1/plans/{id}/read-rows") => {
                let plan = self.plan_in_review("api add").await;
                let row = json!({"text": "Việc thêm", "lead": "Sở Nội vụ", "time": "Năm 2026"});
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{plan}/read-rows"), &row)
            }
            ("POST", "/api/v1/read-rows/{id}") => {
                let plan = self.plan_in_review("api row").await;
                let rows = officer.get(&format!("/api/v1/plans/{plan}/read-rows")).await.json();
                let id = rows["rows"][0]["id"].as_str().unwrap();
                let act = json!({"rev": 1, "act": "split", "text": "Việc một.\n\nViệc hai."});
                Ask::json(officer, Method::POST, &format!("/api/v1/read-rows/{id}"), &act)
            }
            ("POST", "/api/v1/read-targets/{id}") => {
                let plan = self.plan_in_review("api target").await;
                let rows = officer.get(&format!("/api/v1/plans/{plan}/read-rows")).await.json();
                let id = rows["targets"][0]["id"].as_str().unwrap();
                let act = json!({"rev": 1, "act": "correct", "text": "Chỉ tiêu", "value": "95,5", "unit": "%", "comparator": "≥", "to": "2030", "indicator": "ai.used"});
                Ask::json(officer, Method::POST, &format!("/api/v1/read-targets/{id}"), &act)
            }
            ("POST", "/api/v1/plans/{id}/links") => {
                let plan = self.plan_in_review("api link").await;
                let link = json!({"other": self.live_plan().await, "kind": "implements"});
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{plan}/links"), &link)
            }
            ("POST", "/api/v1/findings/{id}") => {
                let text = include_str!("../../../../examples/plans/ha-tang-so.txt");
                let id = self.finding(text, "07/KH-SKHCN").await;
                let aside = json!({"rev": 1, "decision": "aside", "reason": "đã hỏi"});
                Ask::json(officer, Method::POST, &format!("/api/v1/findings/{id}"), &aside)
            }
            ("POST", "/plans/{id}/links") => {
                let plan = self.plan_in_review("link").await;
                let link = [("other", "22/KH-UBND"), ("kind", "implements")];
                Ask::form(officer, &format!("/plans/{plan}/links"), &link)
            }
            ("POST", "/plans/{id}/cascade") => {
                let plan = self.plan_in_review("cascade").await;
                let above = self.live_plan().await;
                let row = self.one("SELECT r.id FROM programme_read_row r JOIN programme_plan p ON p.id = r.plan_id WHERE p.state = 'live' ORDER BY r.id LIMIT 1", "row").await;
                let form = [("above", above.as_str()), ("item", &row), ("verdict", "not_ours"), ("note", "không có")];
                Ask::form(officer, &format!("/plans/{plan}/cascade"), &form)
            }
            ("POST", "/plans/{id}/pairs") => {
                let (plan, [above, item, twin]) = self.pair("pair").await;
                let form = [("above", above.as_str()), ("item", &item), ("twin", &twin), ("says", "same")];
                Ask::form(officer, &format!("/plans/{plan}/pairs"), &form)
            }
            ("POST", "/api/v1/plans/{id}/pairs") => {
                let (plan, [above, item, twin]) = self.pair("pair by API").await;
                let said = json!({ "above": above, "item": item, "twin": twin, "says": "apart" });
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{plan}/pairs"), &said)
            }
            ("POST", "/plans/{id}/cascade/letter") => {
                let (above, below) = self.two_levels().await;
                let form = [("above", above.as_str()), ("answer_by", "2026-12-30")];
                Ask::form(officer, &format!("/plans/{below}/cascade/letter"), &form)
            }
            ("POST", "/api/v1/plans/{id}/cascade/letter") => {
                let (above, below) = self.two_levels().await;
                let asked = json!({ "above": above, "answer_by": "2026-12-30" });
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{below}/cascade/letter"), &asked)
            }
            ("POST", "/plans/{id}/publish") => {
                Ask::form(officer, &format!("/plans/{}/publish", self.live_plan().await), &[])
            }
            ("POST", "/plans/{id}/route") => {
                let stops = [("unit", "Sở Tài chính"), ("days", "3"), ("exceeds", "0")];
                Ask::form(officer, &format!("/plans/{}/route", self.live_plan().await), &stops)
            }
            ("POST", "/api/v1/plans") => Ask::upload(officer, "/api/v1/plans", &[Part::File("hai.txt", b"xin chao")]),
            ("POST", "/api/v1/plans/{id}/approve") => {
                let plan = self.plan_in_review("api").await;
                self.house.confirm(&plan).await;
                Ask::json(officer, Method::POST, &format!("/api/v1/plans/{plan}/approve"), &json!({ "unseen": true }))
            }
            (_, path) if path.starts_with("/api/v1/changes") || path.starts_with("/changes") || is_after(path) => {
                self.ask_after(path).await
            }
            _ => self.ask_work(route).await,
        }
    }
}
