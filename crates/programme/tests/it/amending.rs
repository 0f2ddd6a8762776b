//! A task that is under way in the demo, and who corrects it.

use axum::http::StatusCode;
use db::vals;
use programme::{
    ids::{ChangeId, TaskId},
    work::store::{held, part::PartRow, task},
};
use testkit::{Answer, Client};

use crate::{house::House, round::words};

/// A task of the demo's plan on cloud computing, and who follows that plan.
pub struct Desk {
    pub house: House,
    pub officer: Client,
    pub task: TaskId,
}

pub const BUDGET: &str = "Rà soát định mức chi cho thuê dịch vụ số.";
pub const RULES: &str = "Ban hành quy chế quản lý, sử dụng hạ tầng điện toán đám mây của tỉnh.";
pub const ALL: &str = "Chuyển các cơ sở dữ liệu chuyên ngành lên hạ tầng dùng chung của tỉnh.";

impl Desk {
    pub async fn at(text: &str) -> Self {
        let house = House::demo().await;
        let officer = house.as_("vidu").await;
        let task = named(&house, text).await;
        Self { house, officer, task }
    }

    pub fn conn(&self) -> db::Reader {
        self.house.app.db().read()
    }

    pub async fn parts(&self) -> Vec<PartRow> {
        programme::work::store::part::of_task(&self.conn(), self.task.uuid()).await.unwrap()
    }

    pub async fn part(&self, unit: &str) -> PartRow {
        let unit = self.house.unit(unit);
        self.parts().await.into_iter().find(|part| part.unit() == unit).unwrap()
    }

    /// The form as the page shows it, with some of it written anew.
    pub async fn amend(&self, who: &Client, changes: &[(&str, &str)]) -> Answer {
        let page = words(&who.get(&format!("/tasks/{}/amend", self.task)).await.body);
        let value = |mark: &str, end: &str| {
            let at = page.find(mark).map(|at| at + mark.len());
            at.map(|at| page[at..].split(end).next().unwrap().to_owned()).unwrap_or_default()
        };
        let area = |name: &str| {
            let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("{name}: {page}"));
            page[at..].split_once('>').unwrap().1.split("</textarea>").next().unwrap().to_owned()
        };
        let line = |name: &str| value(&format!("id=\"{name}\" name=\"{name}\" type=\"text\" value=\""), "\"");
        let time = line("time");
        let mut form: Vec<(String, String)> = vec![
            ("rev".into(), value("name=\"rev\" value=\"", "\"")),
            ("text".into(), area("text")),
            ("leads".into(), line("leads")),
            ("helpers".into(), line("helpers")),
            ("time".into(), time),
            ("reason".into(), "Văn bản ghi nhầm".into()),
        ];
        for (name, new) in changes {
            form.retain(|(field, _)| field != name);
            form.push(((*name).to_owned(), (*new).to_owned()));
        }
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        who.form(&format!("/tasks/{}/amend", self.task), &form).await
    }

    pub async fn rev(&self) -> String {
        task::revision(&self.conn(), self.task).await.unwrap().to_string()
    }

    /// The rows that wait for a word about the task.
    pub async fn waiting(&self) -> Vec<(uuid::Uuid, kernel::UnitId)> {
        let rows = held::rows_of_task(&self.conn(), self.task).await.unwrap();
        rows.into_iter().map(|(row, held)| (row, held.unit())).collect()
    }

    /// The form of another act on it, over the task as it is now.
    pub async fn act(&self, who: &Client, act: &str, fields: &[(&str, &str)]) -> Answer {
        let rev = self.rev().await;
        let form = [&[("rev", rev.as_str())][..], fields].concat();
        who.form(&format!("/tasks/{}/{act}", self.task), &form).await
    }

    pub async fn newest(&self) -> String {
        let id = self.house.one("SELECT id FROM programme_change ORDER BY id DESC LIMIT 1", vec![]).await;
        format!("/changes/{}/undo", ChangeId::from_uuid(id))
    }

    pub async fn undo(&self, who: &Client) -> StatusCode {
        who.form(&self.newest().await, &[]).await.status
    }

    pub async fn page(&self) -> String {
        words(&self.officer.get(&format!("/tasks/{}", self.task)).await.body)
    }

    pub async fn text(&self) -> String {
        task::get(&self.conn(), self.task).await.unwrap().unwrap().text
    }
}

pub async fn named(house: &House, text: &str) -> TaskId {
    let sql = "SELECT id FROM programme_task WHERE text = $1 ORDER BY id LIMIT 1";
    TaskId::from_uuid(house.one(sql, vals![text]).await)
}

/// Plans that wait for another word, because more was written into them since they were confirmed.
pub const ADDED_TO: &str =
    "SELECT COUNT(*) FROM programme_plan WHERE changed_at IS NOT NULL AND confirmation = 'confirmed'";
