//! Requests for the mutating routes of saved views: the officer's own.

use axum::http::Method;
use serde_json::json;
use webkit::Route;

use crate::{ask::Ask, samples::Samples};

impl Samples<'_> {
    async fn view(&self, name: &str) -> String {
        let body = json!({ "register": "/tasks", "name": name, "query": "state=late" });
        let kept = self.officer.soiled(None).json(Method::POST, "/api/v1/views", &body).await.json();
        kept["id"].as_str().unwrap().to_owned()
    }

    pub async fn ask_views(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        match (route.method.as_str(), route.path) {
            ("POST", "/views") => {
                let view = [("register", "/tasks"), ("name", "Quá hạn của các xã"), ("query", "state=late&sort=plan")];
                Ask::form(officer, "/views", &view)
            }
            ("POST", "/views/{id}") => {
                let path = format!("/views/{}", self.view("Sẽ đổi tên").await);
                Ask::form(officer, &path, &[("rev", "1"), ("name", "Đã đổi tên")])
            }
            ("POST", "/views/{id}/remove") => {
                Ask::form(officer, &format!("/views/{}/remove", self.view("Sẽ xóa").await), &[])
            }
            ("POST", "/api/v1/views") => {
                let view = json!({ "register": "/reports", "name": "Báo cáo quá hạn", "query": "late=1" });
                Ask::json(officer, Method::POST, "/api/v1/views", &view)
            }
            ("PATCH", "/api/v1/views/{id}") => {
                let path = format!("/api/v1/views/{}", self.view("Sẽ lưu đè").await);
                Ask::json(officer, Method::PATCH, &path, &json!({ "query": "state=soon" })).header("if-match", "\"1\"")
            }
            ("POST", "/api/v1/views/{id}/remove") => {
                let path = format!("/api/v1/views/{}/remove", self.view("Sẽ xóa nữa").await);
                Ask::json(officer, Method::POST, &path, &json!({}))
            }
            (method, path) => panic!("no sample of {method} {path}"),
        }
    }
}
