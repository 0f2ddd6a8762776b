//! Requests for the mutating routes of telecommunications, and for the acts by them: the officer keeps them.

use axum::http::Method;
use serde_json::{Value as Json, json};
use testkit::Part;
use webkit::Route;

use crate::{ask::Ask, samples::Samples};

const COMMUNE: &str = "UBND xã Sông Mẫu";
/// What each of the three lists is called in addresses.
const COVERAGE: &str = "coverage";
const NETWORK: &str = "network";
const PASSIVE: &str = "passive";

fn list_of(path: &str) -> &'static str {
    [COVERAGE, PASSIVE, NETWORK].into_iter().find(|list| path.contains(list)).unwrap_or(COVERAGE)
}

/// A line of a list. There is one of a commune in a year, and one of a body.
fn line(list: &str, salt: i64) -> Json {
    match list {
        NETWORK => json!({"unit": BODIES[usize::try_from(salt).unwrap_or(0)], "is_connected": "yes", "bandwidth": 100}),
        PASSIVE => json!({"commune": COMMUNE, "year": 2015 + salt, "poles": 120, "duct_length": "12,5"}),
        _ => json!({"commune": COMMUNE, "year": 2015 + salt, "households": 100, "broadband": 90}),
    }
}

const BODIES: [&str; 6] =
    ["Sở Tài chính", "Sở Nội vụ", "Sở Y tế", "Sở Xây dựng", "Văn phòng UBND tỉnh", "UBND xã Sông Mẫu"];

/// The same as a sheet has it.
pub fn sheet(list: &str, salt: i64) -> Vec<u8> {
    let year = (2015 + salt).to_string();
    let (heads, row): (Vec<&str>, Vec<&str>) = match list {
        NETWORK => (
            vec!["Tên cơ quan", "Kết nối TSLCD", "Băng thông (Mbit/s)"],
            vec![BODIES[usize::try_from(salt).unwrap_or(0)], "Có", "50"],
        ),
        PASSIVE => (vec!["Tên xã", "Năm số liệu", "Số cột treo cáp"], vec![COMMUNE, year.as_str(), "80"]),
        _ => (
            vec!["Tên xã", "Năm số liệu", "Tổng số hộ", "Số hộ có băng rộng cố định"],
            vec![COMMUNE, year.as_str(), "100", "80"],
        ),
    };
    let text = |cells: Vec<&str>| cells.into_iter().map(str::to_owned).collect::<Vec<_>>();
    webkit::export::xlsx("S", &text(heads), &[text(row)]).unwrap()
}

impl Samples<'_> {
    /// A line that is there; its id.
    pub async fn telecom_line(&self, list: &str, salt: i64) -> String {
        let answer = self.officer.json(Method::POST, &format!("/api/v1/telecom/{list}"), &line(list, salt)).await;
        assert!(answer.status.is_success(), "{}", answer.body);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    fn telecom_import(&self, list: &str, salt: i64) -> Ask {
        let sheet = sheet(list, salt);
        let parts = [Part::Field("confirm", "1"), Part::File("s.xlsx", &sheet)];
        Ask::upload(&self.officer, &format!("/telecom/{list}/import"), &parts)
    }

    async fn telecom_edit(&self, list: &str, salt: i64) -> Ask {
        let path = format!("/api/v1/telecom/{list}/{}", self.telecom_line(list, salt).await);
        let said = if list == NETWORK { json!({"bandwidth": 200}) } else { json!({"company": "Viễn thông Mẫu"}) };
        Ask::json(&self.officer, Method::PATCH, &path, &said).header("if-match", "\"1\"")
    }

    pub async fn ask_telecom(&self, route: &Route) -> Ask {
        let list = list_of(route.path);
        match (route.method.as_str(), route.path.ends_with("/import")) {
            ("POST", true) => self.telecom_import(list, 0),
            ("POST", false) => Ask::json(&self.officer, Method::POST, route.path, &line(list, 1)),
            ("PATCH", _) => self.telecom_edit(list, 2).await,
            (method, _) => panic!("no sample for {method} {}: add one here", route.path),
        }
    }

    /// Does what is to be taken back: "of an import of coverage", "of an edited line of coverage".
    pub async fn done_to_telecom(&self, act: &str) {
        let list = list_of(act);
        let ask = if act.contains("import") { self.telecom_import(list, 3) } else { self.telecom_edit(list, 4).await };
        let answer = ask.send().await;
        assert!(answer.status.is_success() || answer.status.is_redirection(), "{}", answer.body);
    }
}
