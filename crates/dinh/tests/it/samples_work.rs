//! Requests for the mutating routes of work.

use db::Row as _;
use programme::work::model::difficulty::Difficulty;
use testkit::Part;
use webkit::Route;

use crate::{ask::Ask, samples::Samples};

/// The follower's own parts, and those of the commune that the matrix takes for strangers, are nobody else's.
const STRANGE: &str = "u.name NOT IN ('Sở Khoa học và Công nghệ', 'UBND xã Biển Mẫu')";

/// The choice of who acts for another body, where they do.
pub const FOR_THEM: (&str, &str) = ("on_behalf", "true");

impl Samples<'_> {
    /// A part of the province's plan that nobody has touched yet.
    pub async fn part(&self) -> String {
        let open = format!(
            "SELECT p.id FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id JOIN directory_unit u ON u.id = p.unit_id \
             WHERE l.number = '45/KH-UBND' AND {STRANGE} AND p.done_on IS NULL AND p.stopped_on IS NULL AND p.rev = 1 \
             AND p.due_on IS NOT NULL ORDER BY p.id DESC LIMIT 1"
        );
        self.one(&open, "part").await
    }

    pub async fn done_part(&self) -> String {
        let done = format!(
            "SELECT p.id FROM programme_part p JOIN directory_unit u ON u.id = p.unit_id \
             WHERE {STRANGE} AND p.done_on IS NOT NULL AND p.accepted_on IS NULL AND p.rev = 2 ORDER BY p.id LIMIT 1"
        );
        self.one(&done, "part").await
    }

    pub async fn difficulty(&self) -> String {
        let part = self.part().await;
        let raised = [("text", "Chưa bố trí kinh phí"), ("proposal", "Bổ sung dự toán"), FOR_THEM];
        let answer = self.officer.form(&format!("/parts/{part}/difficulties"), &raised).await;
        answer.location.trim_start_matches("/difficulties/").split('?').next().unwrap().to_owned()
    }

    pub async fn question(&self) -> String {
        let asked = [("text", "Vì sao chậm?"), ("units", "Sở Khoa học và Công nghệ")];
        let answer = self.officer.form("/questions", &asked).await;
        answer.location.trim_start_matches("/questions/").split('?').next().unwrap().to_owned()
    }

    /// A letter about a difficulty that nobody answered in time.
    pub async fn letter(&self) -> String {
        let id = self.difficulty().await;
        let conn = self.house.app.db().read();
        let row = Difficulty::get(&conn, id.parse().unwrap()).await.unwrap().unwrap();
        let drafted = programme::work::usecase::letter::draft_for_late(
            self.house.app.db(),
            self.house.app.bodies(),
            &self.house.system(),
            &row,
        )
        .await
        .unwrap();
        drafted.unwrap().to_string()
    }

    pub async fn evidence(&self) -> String {
        let path = format!("/parts/{}/evidence", self.part().await);
        let link = [Part::Field("link", "https://example.vn/ket-qua"), Part::Field("on_behalf", "true")];
        self.officer.upload(&path, &link).await;
        self.one("SELECT id FROM programme_evidence ORDER BY id DESC LIMIT 1", "evidence").await
    }

    pub async fn step(&self, text: &str) -> String {
        self.officer.form(&format!("/parts/{}/steps", self.part().await), &[("text", text), FOR_THEM]).await;
        self.one("SELECT id FROM programme_step ORDER BY id DESC LIMIT 1", "step").await
    }

    /// The entry of the act before this one.
    pub async fn last_act(&self) -> i64 {
        db::ledger_number(&self.house.app.db().read()).await.unwrap()
    }

    /// The entry of a step that was dropped.
    async fn dropped_step(&self) -> i64 {
        let path = format!("/steps/{}", self.step("Bỏ đi").await);
        self.officer.form(&path, &[("rev", "1"), ("act", "drop"), FOR_THEM]).await;
        self.last_act().await
    }

    pub async fn last_extension(&self) -> String {
        self.one("SELECT id FROM programme_extension ORDER BY id DESC LIMIT 1", "extension").await
    }

    async fn late_part(&self) -> String {
        let late = self.officer.get("/api/v1/tasks?state=late").await.json();
        late["items"][0]["id"].as_str().unwrap().to_owned()
    }

    /// A letter that has gone out to the officer's own department.
    async fn ask_receipt(&self, path: &str) -> Ask {
        let letter = self.letter().await;
        let release = [("rev", "1"), ("act", "release"), ("number", "12/SKHCN-CNS"), ("issued_on", "2026-11-21")];
        self.officer.form(&format!("/letters/{letter}"), &release).await;
        let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
        let path = path.replace("{id}", &letter);
        // Not who released it.
        let leader = self.house.signed_in("giamdoc").await;
        if path.starts_with("/api/") {
            return Ask::json(&leader, axum::http::Method::POST, &path, &serde_json::json!({"unit": unit}));
        }
        Ask::form(&leader, &path, &[("unit", &unit)])
    }

    /// The revision of whom to call about the part of this address; 0 where nobody is.
    async fn contact_rev(&self, path: &str) -> i64 {
        let part = path.split('/').find(|word| word.starts_with("part_")).unwrap();
        let part = self.officer.get(&format!("/api/v1/parts/{part}")).await.json();
        part["contact"]["rev"].as_i64().unwrap_or(0)
    }

    async fn to_be_named(&self, path: &str) -> Ask {
        let rev = self.contact_rev(path).await;
        if path.starts_with("/api/") {
            let named = serde_json::json!({ "rev": rev, "name": "Hoàng Văn Ruộng", "phone": "0236 3123 456", "on_behalf": true });
            return Ask::json(&self.officer, axum::http::Method::POST, path, &named);
        }
        let rev = rev.to_string();
        let named = [("rev", rev.as_str()), ("name", "Hoàng Văn Ruộng"), ("phone", "0236 3123 456"), FOR_THEM];
        Ask::form(&self.officer, path, &named)
    }

    /// A part with somebody to call.
    pub async fn named_part(&self) -> String {
        let part = self.part().await;
        self.to_be_named(&format!("/parts/{part}/contact")).await.send().await;
        part
    }

    pub async fn ask_work(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        match (route.method.as_str(), route.path) {
            ("POST", "/parts/{id}/helpers") => {
                let path = format!("/parts/{}/helpers", self.part().await);
                Ask::form(officer, &path, &[("unit", "Thanh tra tỉnh"), FOR_THEM])
            }
            ("POST", "/parts/{id}/contact" | "/api/v1/parts/{id}/contact") => {
                self.to_be_named(&route.path.replace("{id}", &self.part().await)).await
            }
            ("POST", "/parts/{id}/contact/remove" | "/api/v1/parts/{id}/contact/remove") => {
                let path = route.path.replace("{id}", &self.named_part().await);
                let rev = self.contact_rev(&path).await;
                if path.starts_with("/api/") {
                    let gone = serde_json::json!({ "rev": rev, "on_behalf": true });
                    return Ask::json(officer, axum::http::Method::POST, &path, &gone);
                }
                Ask::form(officer, &path, &[("rev", &rev.to_string()), FOR_THEM])
            }
            ("POST", "/targets/{id}/difficulties") => {
                let target = self.one("SELECT id FROM programme_target ORDER BY id LIMIT 1", "target").await;
                let raised = [("unit", "Sở Khoa học và Công nghệ"), ("text", "Chưa có số liệu gốc"), ("proposal", "")];
                Ask::form(officer, &format!("/targets/{target}/difficulties"), &raised)
            }
            ("POST", "/board/leaders") => {
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                Ask::form(officer, "/board/leaders", &[(unit.as_str(), "Lê Thị Mẫu, Phó Chủ tịch")])
            }
            ("POST", "/parts/{id}/progress") => {
                let progress = [("rev", "1"), ("percent", "30"), ("text", "Đã trình hồ sơ"), FOR_THEM];
                Ask::form(officer, &format!("/parts/{}/progress", self.part().await), &progress)
            }
            ("POST", "/parts/{id}/done") => {
                let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Báo cáo số 1"), FOR_THEM];
                Ask::form(officer, &format!("/parts/{}/done", self.part().await), &done)
            }
            ("POST", "/work/check") => {
                let part = format!("{}:2", self.done_part().await);
                Ask::form(officer, "/work/check", &[("part", &part), ("act", "accept"), ("words", "Theo hồ sơ giấy")])
            }
            ("POST", "/parts/{id}/check") => {
                let check = [("rev", "2"), ("act", "send_back"), ("words", "Thiếu tệp đã ký")];
                Ask::form(officer, &format!("/parts/{}/check", self.done_part().await), &check)
            }
            ("POST", "/parts/{id}/evidence") => {
                let path = format!("/parts/{}/evidence", self.part().await);
                let number = [Part::Field("number", "15/BC"), Part::Field("on_behalf", "true")];
                let file = [Part::File("a.pdf", b"%PDF-1.7")];
                Ask::upload(officer, &path, &[number.as_slice(), &file].concat())
            }
            ("POST", "/evidence/{id}") => {
                Ask::form(officer, &format!("/evidence/{}", self.evidence().await), &[FOR_THEM])
            }
            ("POST", "/parts/{id}/steps") => {
                Ask::form(officer, &format!("/parts/{}/steps", self.part().await), &[("text", "Khảo sát"), FOR_THEM])
            }
            ("POST", "/steps/{id}") => {
                let path = format!("/steps/{}", self.step("Lấy ý kiến").await);
                Ask::form(officer, &path, &[("rev", "1"), ("act", "done"), FOR_THEM])
            }
            ("POST", "/undo/{seq}") => Ask::form(officer, &format!("/undo/{}", self.dropped_step().await), &[]),
            ("POST", "/api/v1/undo/{seq}") => {
                let path = format!("/api/v1/undo/{}", self.dropped_step().await);
                Ask::json(officer, axum::http::Method::POST, &path, &serde_json::json!({}))
            }
            ("POST", "/parts/{id}/extensions") => {
                let asked = [("due_on", "2031-12-31"), ("reason", "Chờ hướng dẫn"), FOR_THEM];
                Ask::form(officer, &format!("/parts/{}/extensions", self.part().await), &asked)
            }
            ("POST", "/extensions/{id}") => {
                let path = format!("/extensions/{}", self.last_extension().await);
                Ask::form(&self.house.signed_in("giamdoc").await, &path, &[("rev", "1"), ("act", "grant")])
            }
            ("POST", "/entries/{id}/undo") => {
                let part = self.part().await;
                officer.form(&format!("/parts/{part}/progress"), &[("text", "Đã họp"), FOR_THEM]).await;
                let id = self.one("SELECT id FROM programme_entry ORDER BY id DESC LIMIT 1", "entry").await;
                Ask::form(officer, &format!("/entries/{id}/undo"), &[])
            }
            ("POST", "/parts/{id}/difficulties") => {
                let raised = [("text", "Thiếu nhân lực"), FOR_THEM];
                Ask::form(officer, &format!("/parts/{}/difficulties", self.part().await), &raised)
            }
            ("POST", "/difficulties/{id}") => {
                let path = format!("/difficulties/{}", self.difficulty().await);
                let answer = [("rev", "1"), ("act", "answer"), ("words", "Đồng ý")];
                // Above whichever body holds it: the department that follows the plan, or the committee itself.
                Ask::form(&self.house.signed_in("lanhdao").await, &path, &answer)
            }
            ("POST", "/parts/{id}/explain") => {
                Ask::form(officer, &format!("/parts/{}/explain", self.part().await), &[("text", "Vì sao chậm?")])
            }
            ("POST", "/questions") => {
                let asked = [("text", "Đã có bao nhiêu?"), ("units", "Sở Khoa học và Công nghệ")];
                Ask::form(officer, "/questions", &asked)
            }
            ("POST", "/questions/{id}/answer") => {
                let path = format!("/questions/{}/answer", self.question().await);
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                let leader = self.house.signed_in("giamdoc").await;
                Ask::form(&leader, &path, &[("unit", &unit), ("text", "Do chờ vốn")])
            }
            ("POST", "/questions/{id}/close") => {
                Ask::form(officer, &format!("/questions/{}/close", self.question().await), &[("rev", "1")])
            }
            ("POST", "/assign") => {
                let task = [
                    ("number", "35/TB-UBND"),
                    ("issued_on", "2026-11-16"),
                    ("giver", "UBND tỉnh"),
                    ("text", "Rà soát hạ tầng"),
                    ("leads", "Sở Tài chính"),
                    ("due", "trong 5 ngày làm việc"),
                ];
                Ask::form(officer, "/assign", &task)
            }
            ("POST", "/tracking") => {
                let text = |text: &str| text.to_owned();
                let heads = ["Số văn bản", "Cơ quan giao", "Nội dung", "Đơn vị chủ trì", "Thời hạn"].map(text);
                let row = ["40/TB-UBND", "UBND tỉnh", "Rà soát phần mềm", "Sở Nội vụ", "30/12/2026"].map(text);
                let sheet = webkit::export::xlsx("S", &heads, &[row.to_vec()]).unwrap();
                Ask::upload(officer, "/tracking", &[Part::Field("confirm", "1"), Part::File("so.xlsx", &sheet)])
            }
            ("POST", "/letters/{id}/received" | "/api/v1/letters/{id}/received") => self.ask_receipt(route.path).await,
            ("POST", "/tasks/chase") => {
                let part = self.late_part().await;
                Ask::form(officer, "/tasks/chase", &[("part", &part)])
            }
            ("POST", "/api/v1/letters") => {
                let parts = serde_json::json!({"parts": [self.late_part().await]});
                Ask::json(officer, axum::http::Method::POST, "/api/v1/letters", &parts)
            }
            ("POST", "/letters/{id}") => {
                let path = format!("/letters/{}", self.letter().await);
                let release =
                    [("rev", "1"), ("act", "release"), ("number", "12/SKHCN-CNS"), ("issued_on", "2026-11-21")];
                Ask::form(officer, &path, &release)
            }
            _ => self.ask_report(route).await,
        }
    }
}
