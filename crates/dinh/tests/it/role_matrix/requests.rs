//! For every action of the table a request that is right in everything but who sends it.

use programme::work::usecase::question::question_ask;
use testkit::{Answer, Part};

use super::board::Board;

impl Board {
    async fn question(&self) -> String {
        let (units, app) = ([self.commune.parse().unwrap()], &self.house.app);
        question_ask(app, &self.house.system(), &units, "Vì sao chậm?", None).await.unwrap().to_string()
    }

    async fn duty_rev(&self) -> String {
        let id: programme::ids::DutyId = self.duty.parse().unwrap();
        self.rev("programme_duty", id.uuid()).await
    }

    /// A request that is right in everything but who sends it.
    pub async fn send(&self, action: &str, login: &str) -> Answer {
        let (client, part, commune) = (self.client(login), self.part, self.commune.as_str());
        match action {
            "read the part" => client.get(&format!("/parts/{part}")).await,
            "note progress" => {
                let rev = self.part_rev().await;
                let note = [("rev", rev.as_str()), ("text", "Đã họp"), ("on_behalf", "true")];
                client.form(&format!("/parts/{part}/progress"), &note).await
            }
            "bring evidence" => {
                let number = [Part::Field("number", "15/BC"), Part::Field("on_behalf", "true")];
                client.upload(&format!("/parts/{part}/evidence"), &number).await
            }
            "bring in a helper" => {
                let unit = [("unit", "Sở Dân tộc và Tôn giáo"), ("on_behalf", "true")];
                let answer = client.form(&format!("/parts/{part}/helpers"), &unit).await;
                let away = [unit[0], ("remove", "true")];
                self.client("vidu").form(&format!("/parts/{part}/helpers"), &away).await;
                answer
            }
            "send back" | "accept" => {
                let (rev, act) = (self.part_rev().await, if action == "accept" { "accept" } else { "send_back" });
                let check = [("rev", rev.as_str()), ("act", act), ("words", "Theo hồ sơ")];
                client.form(&format!("/parts/{part}/check"), &check).await
            }
            "grant more time" => {
                let asked = programme::work::store::extension::list(&self.house.app.db().read(), part).await.unwrap();
                let id = programme::ids::ExtensionId::from_uuid(asked[0].id);
                client.form(&format!("/extensions/{id}"), &[("rev", "1"), ("act", "grant")]).await
            }
            "ask to explain" => client.form(&format!("/parts/{part}/explain"), &[("text", "Vì sao chậm?")]).await,
            "answer a question" => {
                let path = format!("/questions/{}/answer", self.question().await);
                client.form(&path, &[("unit", commune), ("text", "Do chờ vốn"), ("on_behalf", "true")]).await
            }
            "give the commune a task" => {
                let task = [
                    ("number", "35/TB-UBND"),
                    ("issued_on", "2026-11-16"),
                    ("text", "Rà soát hạ tầng"),
                    ("leads", "UBND xã Sông Mẫu"),
                    ("due", "trong 5 ngày làm việc"),
                ];
                client.form("/assign", &task).await
            }
            "give a value" => {
                let value = [
                    ("unit", commune),
                    ("period", "2026-M11"),
                    ("numerator", "7"),
                    ("denominator", "10"),
                    ("status", "official"),
                    ("evidence", "BC 12"),
                    ("on_behalf", "true"),
                ];
                client.form(&format!("/targets/{}/values", self.target), &value).await
            }
            "write the report" => {
                let rev = self.report_rev().await;
                let edit = [("rev", rev.as_str()), ("intro", "Kính gửi"), ("on_behalf", "true")];
                client.form(&format!("/reports/{}/edit", self.report), &edit).await
            }
            "check the report" => self.report_step(client, "check").await,
            "approve the report" => self.report_step(client, "approve").await,
            "receive the report" => self.report_step(client, "accept").await,
            "read the duty" => client.get(&format!("/duties/{}", self.duty)).await,
            "end the duty" => {
                let rev = self.duty_rev().await;
                client.form(&format!("/duties/{}", self.duty), &[("rev", &rev), ("act", "end")]).await
            }
            "correct the regime" => {
                let id = programme::ids::RegimeId::from_uuid(self.regime).to_string();
                let rev = self.rev("programme_regime", self.regime).await;
                let form =
                    [("id", id.as_str()), ("rev", &rev), ("name", "Chế độ của sở"), ("basis", "NĐ 09/2019/NĐ-CP")];
                client.form("/regimes", &form).await
            }
            "confirm the plan" => {
                let follower = ("follower", "Sở Khoa học và Công nghệ".to_owned());
                let said = [("rev", self.plan_rev().await), ("act", "confirm".to_owned()), follower];
                let said: Vec<(&str, &str)> = said.iter().map(|(key, value)| (*key, value.as_str())).collect();
                client.form(&format!("/plans/{}/confirm", self.unconfirmed), &said).await
            }
            "give a role in the plan" => {
                let role = [("unit", "Sở Tư pháp"), ("role", "coordinates")];
                let path = format!("/plans/{}/roles", self.plan);
                let answer = client.form(&path, &role).await;
                self.client("vidu").form(&path, &[role[0], role[1], ("end", "true")]).await;
                answer
            }
            other => panic!("no request for {other}"),
        }
    }
}
