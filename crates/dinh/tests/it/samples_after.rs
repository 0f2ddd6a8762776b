//! Requests for the mutating routes of what is under way: tasks amended, stopped, split, plans withdrawn or taken away.

use axum::http::Method;
use programme::{
    ids::TaskId,
    work::store::{change, task},
};
use serde_json::{Value, json};

use crate::{ask::Ask, samples::Samples};

impl Samples<'_> {
    /// A live plan of its own, of which something may end.
    async fn plan_to_end(&self, salt: &str) -> String {
        let plan = self.plan_in_review(salt).await;
        self.house.confirm(&plan).await;
        self.officer.form(&format!("/plans/{plan}/set-aside"), &[("reason", "đã hỏi")]).await;
        self.officer.form(&format!("/plans/{plan}/approve"), &[("unseen", "true")]).await;
        plan
    }

    /// A task of such a plan whose bodies are the department's own or named in its text.
    async fn task_to_amend(&self, salt: &str) -> TaskId {
        let plan = self.plan_to_end(salt).await;
        let plan: kernel::PlanId = plan.parse().unwrap();
        let sql = "SELECT id FROM programme_task WHERE plan_id = $1 AND text LIKE 'Rà soát%' ORDER BY position LIMIT 1";
        TaskId::from_uuid(self.house.one(sql, db::vals![plan.uuid()]).await)
    }

    async fn rev_of(&self, plan: &str) -> i64 {
        let id = plan.parse().unwrap();
        programme::plans::store::plan::any(&self.house.app.db().read(), id).await.unwrap().unwrap().rev
    }

    async fn task_rev(&self, id: TaskId) -> i64 {
        task::revision(&self.house.app.db().read(), id).await.unwrap()
    }

    fn sent(&self, path: &str, own: &str, said: &Value) -> Ask {
        if path.starts_with("/api/") {
            return Ask::json(&self.officer, Method::POST, &format!("/api/v1{own}"), said);
        }
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let fields: Vec<(String, String)> =
            said.as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Ask::form(&self.officer, own, &fields)
    }

    pub async fn ask_after(&self, path: &str) -> Ask {
        let reason = "Theo văn bản mới";
        match path.rsplit('/').next().unwrap() {
            "withdraw" => {
                let plan = self.plan_to_end(path).await;
                let said = json!({ "rev": self.rev_of(&plan).await, "reason": reason, "number": "30/QĐ-UBND" });
                self.sent(path, &format!("/plans/{plan}/withdraw"), &said)
            }
            "filing" => {
                let salt = if path.starts_with("/api/") { "api" } else { "form" };
                let plan = self.without_orders(salt).await;
                let said = json!({ "rev": self.rev_of(&plan).await, "act": "file" });
                self.sent(path, &format!("/plans/{plan}/filing"), &said)
            }
            "remove" => {
                let plan = self.plan_in_review(path).await;
                let said = json!({ "rev": self.rev_of(&plan).await, "reason": reason });
                self.sent(path, &format!("/plans/{plan}/remove"), &said)
            }
            "bodies" => {
                let plan: kernel::PlanId = self.plan_to_end(path).await.parse().unwrap();
                let sql = "SELECT id FROM programme_target WHERE plan_id = $1 ORDER BY position LIMIT 1";
                let target = programme::ids::TargetId::from_uuid(self.house.one(sql, db::vals![plan.uuid()]).await);
                // Nothing was done to the target yet: its revision is that of its plan.
                let rev = self.rev_of(&plan.to_string()).await;
                let said = json!({ "rev": rev, "owners": "Sở Khoa học và Công nghệ", "reports": "", "reason": reason });
                self.sent(path, &format!("/targets/{target}/bodies"), &said)
            }
            "undo" => {
                let task = self.task_to_amend(path).await;
                let rev = self.task_rev(task).await.to_string();
                let pause = [("rev", rev.as_str()), ("act", "pause"), ("reason", reason)];
                self.officer.form(&format!("/tasks/{task}/stop"), &pause).await;
                let rows = change::of_task(&self.house.app.db().read(), task).await.unwrap();
                self.sent(path, &format!("/changes/{}/undo", rows[0].id()), &json!({}))
            }
            "amend" => {
                let task = self.task_to_amend(path).await;
                let said = json!({
                    "rev": self.task_rev(task).await, "text": "Rà soát định mức chi.", "leads": "Sở Tài chính", "time": "Quý III/2026", "reason": reason,
                });
                self.sent(path, &format!("/tasks/{task}/amend"), &said)
            }
            "stop" => {
                let task = self.task_to_amend(path).await;
                let said = json!({ "rev": self.task_rev(task).await, "act": "pause", "reason": reason });
                self.sent(path, &format!("/tasks/{task}/stop"), &said)
            }
            _ => {
                let task = self.task_to_amend(path).await;
                let rev = self.task_rev(task).await;
                let said = json!({ "rev": rev, "act": "split", "text": "Việc một.\n\nViệc hai.", "reason": reason });
                self.sent(path, &format!("/tasks/{task}/shape"), &said)
            }
        }
    }
}
