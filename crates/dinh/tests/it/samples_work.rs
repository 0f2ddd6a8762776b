//! Requests for the mutating routes of work.

use axum::http::StatusCode;
use testkit::{Answer, Part};
use webkit::Route;

use crate::samples::Samples;

/// A part that nobody has touched yet.
const OPEN: &str = "SELECT id FROM programme_part WHERE done_on IS NULL AND stopped_on IS NULL AND rev = 1 AND due_on IS NOT NULL ORDER BY id DESC LIMIT 1";

impl Samples<'_> {
    pub async fn part(&self) -> String {
        self.one(OPEN, "part").await
    }

    async fn done_part(&self) -> String {
        self.one("SELECT id FROM programme_part WHERE done_on IS NOT NULL AND accepted_on IS NULL AND rev = 2 ORDER BY id LIMIT 1", "part").await
    }

    pub async fn difficulty(&self) -> String {
        let part = self.part().await;
        let raised = [("text", "Chưa bố trí kinh phí"), ("proposal", "Bổ sung dự toán")];
        let answer = self.officer.form(&format!("/parts/{part}/difficulties"), &raised).await;
        answer.location.trim_start_matches("/difficulties/").split('?').next().unwrap().to_owned()
    }

    async fn question(&self) -> String {
        let asked = [("text", "Vì sao chậm?"), ("units", "Sở Khoa học và Công nghệ")];
        let answer = self.officer.form("/questions", &asked).await;
        answer.location.trim_start_matches("/questions/").split('?').next().unwrap().to_owned()
    }

    /// A letter about a difficulty that nobody answered in time.
    pub async fn letter(&self) -> String {
        let id = self.difficulty().await;
        let conn = self.house.app.db().read();
        let row = programme::work::store::difficulty::get(&conn, id.parse().unwrap()).await.unwrap().unwrap();
        let drafted = programme::work::usecase::letter::draft_for_late(
            self.house.app.db(),
            self.house.app.get().unwrap(),
            &self.house.system(),
            &row,
        )
        .await
        .unwrap();
        drafted.unwrap().to_string()
    }

    pub async fn send_work(&self, route: &Route) -> Answer {
        let officer = &self.officer;
        match (route.method.as_str(), route.path) {
            ("POST", "/parts/{id}/helpers") => {
                let path = format!("/parts/{}/helpers", self.part().await);
                officer.form(&path, &[("unit", "Thanh tra tỉnh")]).await
            }
            ("POST", "/targets/{id}/difficulties") => {
                let target = self.one("SELECT id FROM programme_target ORDER BY id LIMIT 1", "target").await;
                let raised = [("unit", "Sở Khoa học và Công nghệ"), ("text", "Chưa có số liệu gốc"), ("proposal", "")];
                officer.form(&format!("/targets/{target}/difficulties"), &raised).await
            }
            ("POST", "/board/leaders") => {
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                officer.form("/board/leaders", &[(unit.as_str(), "Lê Thị Mẫu, Phó Chủ tịch")]).await
            }
            ("POST", "/parts/{id}/progress") => {
                let progress = [("rev", "1"), ("percent", "30"), ("text", "Đã trình hồ sơ")];
                officer.form(&format!("/parts/{}/progress", self.part().await), &progress).await
            }
            ("POST", "/parts/{id}/done") => {
                let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Báo cáo số 1")];
                officer.form(&format!("/parts/{}/done", self.part().await), &done).await
            }
            ("POST", "/parts/{id}/check") => {
                let check = [("rev", "2"), ("act", "send_back"), ("words", "Thiếu tệp đã ký")];
                officer.form(&format!("/parts/{}/check", self.done_part().await), &check).await
            }
            ("POST", "/parts/{id}/evidence") => {
                let path = format!("/parts/{}/evidence", self.part().await);
                officer.upload(&path, &[Part::Field("number", "15/BC"), Part::File("a.pdf", b"%PDF-1.7")]).await
            }
            ("POST", "/evidence/{id}") => {
                let path = format!("/parts/{}/evidence", self.part().await);
                officer.upload(&path, &[Part::Field("link", "https://example.vn/ket-qua")]).await;
                let id = self.one("SELECT id FROM programme_evidence ORDER BY id DESC LIMIT 1", "evidence").await;
                officer.form(&format!("/evidence/{id}"), &[]).await
            }
            ("POST", "/parts/{id}/steps") => {
                officer.form(&format!("/parts/{}/steps", self.part().await), &[("text", "Khảo sát")]).await
            }
            ("POST", "/steps/{id}") => {
                officer.form(&format!("/parts/{}/steps", self.part().await), &[("text", "Lấy ý kiến")]).await;
                let id = self.one("SELECT id FROM programme_step ORDER BY id DESC LIMIT 1", "step").await;
                officer.form(&format!("/steps/{id}"), &[("rev", "1"), ("act", "done")]).await
            }
            ("POST", "/parts/{id}/extensions") => {
                let asked = [("due_on", "2031-12-31"), ("reason", "Chờ hướng dẫn")];
                officer.form(&format!("/parts/{}/extensions", self.part().await), &asked).await
            }
            ("POST", "/extensions/{id}") => {
                let id = self.one("SELECT id FROM programme_extension ORDER BY id DESC LIMIT 1", "extension").await;
                let leader = self.house.signed_in("giamdoc").await;
                leader.form(&format!("/extensions/{id}"), &[("rev", "1"), ("act", "grant")]).await
            }
            ("POST", "/entries/{id}/undo") => {
                let part = self.part().await;
                officer.form(&format!("/parts/{part}/progress"), &[("rev", "1"), ("text", "Đã họp")]).await;
                let id = self.one("SELECT id FROM programme_entry ORDER BY id DESC LIMIT 1", "entry").await;
                officer.form(&format!("/entries/{id}/undo"), &[]).await
            }
            ("POST", "/parts/{id}/difficulties") => {
                let raised = [("text", "Thiếu nhân lực")];
                officer.form(&format!("/parts/{}/difficulties", self.part().await), &raised).await
            }
            ("POST", "/difficulties/{id}") => {
                let path = format!("/difficulties/{}", self.difficulty().await);
                let answer = [("rev", "1"), ("act", "answer"), ("words", "Đồng ý")];
                // Who holds it depends on the part: who follows the plan, or the committee.
                match officer.form(&path, &answer).await {
                    refused if refused.status == StatusCode::FORBIDDEN => {
                        self.house.signed_in("lanhdao").await.form(&path, &answer).await
                    }
                    done => done,
                }
            }
            ("POST", "/plans/{id}/route") => {
                let plan =
                    self.one("SELECT id FROM programme_plan WHERE state = 'live' ORDER BY id LIMIT 1", "plan").await;
                let stops = [("unit", "Sở Tài chính"), ("days", "3"), ("exceeds", "0")];
                officer.form(&format!("/plans/{plan}/route"), &stops).await
            }
            ("POST", "/parts/{id}/explain") => {
                officer.form(&format!("/parts/{}/explain", self.part().await), &[("text", "Vì sao chậm?")]).await
            }
            ("POST", "/questions") => {
                officer.form("/questions", &[("text", "Đã có bao nhiêu?"), ("units", "Sở Khoa học và Công nghệ")]).await
            }
            ("POST", "/questions/{id}/answer") => {
                let path = format!("/questions/{}/answer", self.question().await);
                let unit = self.unit("Sở Khoa học và Công nghệ").to_string();
                let leader = self.house.signed_in("giamdoc").await;
                leader.form(&path, &[("unit", &unit), ("text", "Do chờ vốn")]).await
            }
            ("POST", "/questions/{id}/close") => {
                officer.form(&format!("/questions/{}/close", self.question().await), &[("rev", "1")]).await
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
                officer.form("/assign", &task).await
            }
            ("POST", "/tracking") => {
                let text = |text: &str| text.to_owned();
                let heads = ["Số văn bản", "Cơ quan giao", "Nội dung", "Đơn vị chủ trì", "Thời hạn"].map(text);
                let row = ["40/TB-UBND", "UBND tỉnh", "Rà soát phần mềm", "Sở Nội vụ", "30/12/2026"].map(text);
                let sheet = webkit::export::xlsx("S", &heads, &[row.to_vec()]).unwrap();
                officer.upload("/tracking", &[Part::Field("confirm", "1"), Part::File("so.xlsx", &sheet)]).await
            }
            ("POST", "/letters/{id}") => {
                let path = format!("/letters/{}", self.letter().await);
                let release =
                    [("rev", "1"), ("act", "release"), ("number", "12/SKHCN-CNS"), ("issued_on", "2026-11-21")];
                officer.form(&path, &release).await
            }
            _ => self.send_report(route).await,
        }
    }
}
