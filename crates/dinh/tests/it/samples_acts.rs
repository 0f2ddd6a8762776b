//! What else is done by the routes: every act of a thing that asks for a right of its own, or undoes another.
//!
//! Named as the rows of `role_matrix` name them.

use axum::http::Method;
use serde_json::json;

use crate::{
    ask::Ask,
    round::id_of,
    samples::{Samples, is_of_roads},
    samples_appraise::UNDONE as OF_ASSESSMENT,
    samples_work::FOR_THEM,
};

/// What the acts on telecommunications are on.
const TELECOM: [&str; 3] = [" coverage", " passive infrastructure", " the network"];

impl Samples<'_> {
    /// A request for this act by this route, with everything there that it is about.
    pub async fn ask_act(&self, path: &str, act: &str) -> Ask {
        match path {
            "/parts/{id}/done" | "/parts/{id}/check" | "/api/v1/parts/{id}/acts" => self.ask_part_act(path, act).await,
            "/entries/{id}/undo" | "/parts/{id}/helpers" | "/evidence/{id}" | "/steps/{id}" | "/extensions/{id}" => {
                self.ask_beside_part(path, act).await
            }
            "/undo/{seq}" => self.ask_undo(act).await,
            "/difficulties/{id}" => self.ask_difficulty_act(act).await,
            "/questions/{id}/close" | "/api/v1/questions/{id}/acts" => self.ask_question_act(path).await,
            "/letters/{id}" => self.ask_letter_act(act).await,
            "/invitations/{id}" => {
                Ask::form(&self.admin, &format!("/invitations/{}", self.invitation().await), &[("act", "withdraw")])
            }
            "/calendar" => {
                let day = [("day", "2026-12-25"), ("kind", "off"), ("source", "QĐ 2"), ("confirm", "true")];
                self.admin.form(path, &day).await;
                Ask::form(&self.admin, path, &[day[0], ("undo", "true")])
            }
            "/plans/{id}/read-duties" => self.ask_plan_act(path, act).await,
            path if path.contains("report") || path.contains("periods") || path.contains("duties") => {
                self.ask_reporting_act(path, act).await
            }
            path if is_of_roads(path) => self.ask_road_act(path, act).await,
            path if path.contains("/systems/") => self.ask_system_act(path, act).await,
            path => self.ask_plan_act(path, act).await,
        }
    }

    async fn ask_part_act(&self, path: &str, act: &str) -> Ask {
        let officer = &self.officer;
        if path == "/parts/{id}/done" {
            let path = format!("/parts/{}/done", self.part().await);
            let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Báo cáo số 2"), FOR_THEM];
            officer.form(&path, &done).await;
            return Ask::form(officer, &path, &[("rev", "2"), ("done_on", ""), ("note", "Còn thiếu"), FOR_THEM]);
        }
        let (part, rev) = match act {
            "accept" | "send_back" => (self.done_part().await, 2),
            "resume" => (self.paused_part().await, 2),
            _ => (self.part().await, 1),
        };
        if path.starts_with("/api/") {
            let said = json!({"rev": rev, "act": act, "words": "Theo hồ sơ giấy", "on_behalf": true});
            return Ask::json(officer, Method::POST, &format!("/api/v1/parts/{part}/acts"), &said);
        }
        let rev = rev.to_string();
        let said = [("rev", rev.as_str()), ("act", act), ("words", "Theo hồ sơ giấy")];
        Ask::form(officer, &format!("/parts/{part}/check"), &said)
    }

    /// Paused by the department's leader.
    async fn paused_part(&self) -> String {
        let part = self.part().await;
        let pause = [("rev", "1"), ("act", "pause"), ("words", "Chờ hướng dẫn")];
        self.house.signed_in("giamdoc").await.form(&format!("/parts/{part}/check"), &pause).await;
        part
    }

    async fn ask_beside_part(&self, path: &str, act: &str) -> Ask {
        let officer = &self.officer;
        match (path, act) {
            ("/entries/{id}/undo", "of a check") => {
                self.paused_part().await;
                let id = self.one("SELECT id FROM programme_entry ORDER BY id DESC LIMIT 1", "entry").await;
                Ask::form(&self.house.signed_in("giamdoc").await, &format!("/entries/{id}/undo"), &[])
            }
            ("/parts/{id}/helpers", "remove") => {
                let path = format!("/parts/{}/helpers", self.part().await);
                let unit = ("unit", "Sở Dân tộc và Tôn giáo");
                officer.form(&path, &[unit, FOR_THEM]).await;
                Ask::form(officer, &path, &[unit, ("remove", "true")])
            }
            ("/evidence/{id}", "restore") => {
                let path = format!("/evidence/{}", self.evidence().await);
                officer.form(&path, &[FOR_THEM]).await;
                Ask::form(officer, &path, &[("restore", "true"), FOR_THEM])
            }
            ("/steps/{id}", "drop") => {
                let path = format!("/steps/{}", self.step("Thẩm định").await);
                Ask::form(officer, &path, &[("rev", "1"), ("act", "drop"), FOR_THEM])
            }
            ("/steps/{id}", "open") => {
                let path = format!("/steps/{}", self.step("Trình ký").await);
                officer.form(&path, &[("rev", "1"), ("act", "done"), FOR_THEM]).await;
                Ask::form(officer, &path, &[("rev", "2"), ("act", "open"), FOR_THEM])
            }
            ("/extensions/{id}", "refuse" | "withdraw") => {
                let asked = [("due_on", "2031-12-31"), ("reason", "Chờ vốn"), FOR_THEM];
                officer.form(&format!("/parts/{}/extensions", self.part().await), &asked).await;
                let path = format!("/extensions/{}", self.last_extension().await);
                let answer = [("rev", "1"), ("act", act), ("words", "Chưa đủ căn cứ")];
                let leader = self.house.signed_in("giamdoc").await;
                Ask::form(if act == "refuse" { &leader } else { officer }, &path, &answer)
            }
            (path, act) => panic!("no sample for {path}: {act}"),
        }
    }

    async fn ask_undo(&self, act: &str) -> Ask {
        let officer = &self.officer;
        match act {
            "of a route" => {
                let stops = [("unit", "Sở Tài chính"), ("days", "3"), ("exceeds", "0")];
                officer.form(&format!("/plans/{}/route", self.live_plan().await), &stops).await;
            }
            "of a target's way" => {
                let way = [("year", "2026"), ("value", "40"), ("rule", "ratio")];
                officer.form(&format!("/targets/{}/plan", self.target().await), &way).await;
            }
            "of a contact" => {
                self.named_part().await;
            }
            "of a corrected duty" => {
                self.ask_reporting_act("/duties/{id}", "correct").await.send().await;
            }
            act if OF_ASSESSMENT.contains(&act) => {
                let by = self.done_to_assessment(act).await;
                return Ask::form(&by, &format!("/undo/{}", self.last_act().await), &[]);
            }
            act if TELECOM.iter().any(|of| act.ends_with(of)) => self.done_to_telecom(act).await,
            act if act.ends_with("enterprise") => self.done_to_enterprise(act).await,
            act => self.done_to_system(act).await,
        }
        Ask::form(officer, &format!("/undo/{}", self.last_act().await), &[])
    }

    /// The department holds the difficulties of its plan's parts, and passes them on to the committee.
    async fn ask_difficulty_act(&self, act: &str) -> Ask {
        let leader = self.house.signed_in("giamdoc").await;
        let forward = [("rev", "1"), ("act", "forward"), ("words", "Vượt thẩm quyền")];
        match act {
            "forward" => Ask::form(&leader, &format!("/difficulties/{}", self.difficulty().await), &forward),
            "back" => {
                let path = format!("/difficulties/{}", self.difficulty().await);
                leader.form(&path, &forward).await;
                Ask::form(&leader, &path, &[("rev", "2"), ("act", "back")])
            }
            "withdraw" => {
                let raised = [("unit", "Sở Khoa học và Công nghệ"), ("text", "Chưa có số liệu gốc"), ("proposal", "")];
                let path = format!("/targets/{}/difficulties", self.target().await);
                let id = id_of(&self.officer.form(&path, &raised).await.location);
                Ask::form(&self.officer, &format!("/difficulties/{id}"), &[("rev", "1"), ("act", "withdraw")])
            }
            act => panic!("no sample for a difficulty: {act}"),
        }
    }

    async fn ask_question_act(&self, path: &str) -> Ask {
        let (officer, id) = (&self.officer, self.question().await);
        if path.starts_with("/api/") {
            let close = json!({"act": "close", "rev": 1});
            return Ask::json(officer, Method::POST, &format!("/api/v1/questions/{id}/acts"), &close);
        }
        let path = format!("/questions/{id}/close");
        officer.form(&path, &[("rev", "1")]).await;
        Ask::form(officer, &path, &[("rev", "2"), ("reopen", "true")])
    }

    async fn ask_letter_act(&self, act: &str) -> Ask {
        let path = format!("/letters/{}", self.letter().await);
        // What is taken back was done first.
        let before = match act {
            "draft" => Some("drop"),
            "fetch" => Some("hand"),
            _ => None,
        };
        if let Some(before) = before {
            self.officer.form(&path, &[("rev", "1"), ("act", before)]).await;
        }
        let rev = if before.is_some() { "2" } else { "1" };
        let said = [("rev", rev), ("act", act), ("about", "V/v đôn đốc"), ("body", "Đề nghị trả lời.")];
        Ask::form(&self.officer, &path, &said)
    }

    async fn ask_plan_act(&self, path: &str, act: &str) -> Ask {
        let officer = &self.officer;
        let sho = self.unit("Sở Tài chính").to_string();
        match (path, act) {
            ("/plans/{id}/confirm", _) => {
                let path = format!("/plans/{}/confirm", self.plan_in_review(&format!("confirm {act}")).await);
                let leader = self.house.signed_in("lanhdao").await;
                if act == "refuse" {
                    let refusal = [("rev", "2"), ("act", "refuse"), ("reason", "Không phải văn bản của UBND tỉnh")];
                    return Ask::form(&leader, &path, &refusal);
                }
                let said = [("rev", "2"), ("act", "confirm"), ("follower", "Sở Khoa học và Công nghệ")];
                leader.form(&path, &said).await;
                Ask::form(&leader, &path, &[("rev", "3"), ("act", "take_back")])
            }
            ("/plans/{id}/roles", "end") => {
                let path = format!("/plans/{}/roles", self.plan_in_review("role end").await);
                let role = [("unit", "Sở Tài chính"), ("role", "owns_target")];
                officer.form(&path, &role).await;
                Ask::form(officer, &path, &[role[0], role[1], ("end", "true")])
            }
            ("/plans/{id}/links", "end") => {
                let path = format!("/plans/{}/links", self.plan_in_review("link end").await);
                let link = [("other", "22/KH-UBND"), ("kind", "implements")];
                officer.form(&path, &link).await;
                Ask::form(officer, &path, &[link[0], link[1], ("end", "true")])
            }
            ("/plans/{id}/name-body", "undo") => {
                let path = format!("/plans/{}/name-body", self.plan_in_review("name undone").await);
                let name = [("words", "Sở Số hóa"), ("unit", sho.as_str())];
                officer.form(&path, &name).await;
                Ask::form(officer, &path, &[name[0], name[1], ("undo", "true")])
            }
            ("/plans/{id}/publish", "end") => {
                let path = format!("/plans/{}/publish", self.live_plan().await);
                officer.form(&path, &[]).await;
                Ask::form(officer, &path, &[("end", "true")])
            }
            ("/plans/{id}/head-review", "reopen") => {
                let path = format!("/plans/{}/head-review", self.plan_in_review("head reopened").await);
                officer.form(&path, &[("rev", "2"), ("act", "accept")]).await;
                Ask::form(officer, &path, &[("rev", "3"), ("act", act)])
            }
            ("/plans/{id}/filing", "reopen") => {
                let path = format!("/plans/{}/filing", self.without_orders("reopened").await);
                officer.form(&path, &[("rev", "2"), ("act", "file")]).await;
                Ask::form(officer, &path, &[("rev", "3"), ("act", act)])
            }
            ("/plans/{id}/read-duties", _) => {
                let path = format!("/plans/{}/read-duties", self.plan_in_review(&format!("duty {act}")).await);
                let duty = [("position", "3"), ("rev", "0"), ("act", act), ("who", "Sở KHCN"), ("to", "UBND tỉnh")];
                Ask::form(officer, &path, &duty)
            }
            ("/read-rows/{id}", _) => {
                let text = if act == "split" { "Việc một.\n\nViệc hai." } else { "Việc đã sửa" };
                let path = format!("/read-rows/{}", self.read_row(&format!("row {act}")).await);
                let row = [("rev", "1"), ("act", act), ("text", text), ("lead", "Sở Tài chính"), ("time", "Năm 2026")];
                Ask::form(officer, &path, &row)
            }
            ("/read-targets/{id}", "correct") => {
                let path = format!("/read-targets/{}", self.read_target("target correct").await);
                let value = [
                    ("rev", "1"),
                    ("act", act),
                    ("text", "Chỉ tiêu"),
                    ("value", "95,5"),
                    ("unit", "%"),
                    ("to", "2030"),
                ];
                Ask::form(officer, &path, &value)
            }
            ("/findings/{id}", "aside") => {
                let text = include_str!("../../../../examples/plans/xa-chinh-quyen-so.txt");
                let path = format!("/findings/{}", self.finding(text, "17/KH-UBND").await);
                Ask::form(officer, &path, &[("rev", "1"), ("act", "aside"), ("reason", "đã hỏi")])
            }
            (path, act) => panic!("no sample for {path}: {act}"),
        }
    }
}
