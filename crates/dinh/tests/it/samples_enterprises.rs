//! Requests for the mutating routes of state-owned enterprises, and for the acts by them: the officer keeps them.

use axum::http::Method;
use serde_json::{Value as Json, json};
use webkit::Route;

use crate::{ask::Ask, samples::Samples};

const API: &str = "/api/v1/systems/enterprises";
const FORM: [(&str, &str); 8] = [
    ("year", "2026"),
    ("uses", "yes"),
    ("is_domestic", "yes"),
    ("provider", ""),
    ("services", "1"),
    ("signed_on", "04/05/2026"),
    ("office", "Giám đốc"),
    ("proof", "Phiếu số 3"),
];

/// A code of this number that checks.
fn tax_code(number: i64) -> Option<String> {
    const WEIGHTS: [i64; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let head = (990_000_000 + number).to_string();
    let digits = head.bytes().map(|digit| i64::from(digit - b'0'));
    let check = 10 - digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum::<i64>() % 11;
    (check < 10).then(|| format!("{head}{check}"))
}

fn fields(tax_code: &str) -> [(&str, &str); 6] {
    [
        ("name", "Công ty Thử nghiệm"),
        ("tax_code", tax_code),
        ("document", "12/QĐ-UBND"),
        ("document_on", "01/02/2026"),
        ("proof", "Hồ sơ số 12"),
        ("valid_from", "01/02/2026"),
    ]
}

fn as_json(fields: &[(&str, &str)]) -> Json {
    fields.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect::<serde_json::Map<_, _>>().into()
}

impl Samples<'_> {
    /// One that no enterprise of the list has yet.
    async fn free_code(&self) -> String {
        let there = self.house.count("SELECT COUNT(*) FROM registry_enterprise").await;
        (100 * (there + 1)..).find_map(tax_code).unwrap()
    }

    /// An enterprise that is in the list; its id.
    pub async fn enterprise(&self) -> String {
        self.listed().await.0
    }

    /// The same with its tax code.
    async fn listed(&self) -> (String, String) {
        let code = self.free_code().await;
        let answer = self.officer.json(Method::POST, API, &as_json(&fields(&code))).await;
        assert!(answer.status.is_success(), "{}", answer.body);
        (answer.json()["id"].as_str().unwrap().to_owned(), code)
    }

    async fn enterprise_changed(&self, at: &str) -> Ask {
        let (id, code) = self.listed().await;
        let more = [("reason", "Ghi nhầm tên"), ("valid_until", "31/12/2026")];
        let said: Vec<(&str, &str)> = fields(&code).into_iter().chain(more).collect();
        let path = format!("{at}/{id}");
        if at == API {
            let mut said = as_json(&said);
            said["rev"] = 1.into();
            return Ask::json(&self.officer, Method::POST, &path, &said);
        }
        let said: Vec<(&str, &str)> = said.into_iter().chain([("rev", "1")]).collect();
        Ask::form(&self.officer, &path, &said)
    }

    pub async fn ask_enterprises(&self, route: &Route) -> Ask {
        let officer = &self.officer;
        let is_api = route.path.starts_with(API);
        let at = if is_api { API } else { "/systems/enterprises" };
        let sent = |path: &str, fields: &[(&str, &str)]| {
            if is_api {
                Ask::json(officer, Method::POST, path, &as_json(fields))
            } else {
                Ask::form(officer, path, fields)
            }
        };
        if route.path.ends_with("/forms") {
            return sent(&format!("{at}/{}/forms", self.enterprise().await), &FORM);
        }
        if route.path.ends_with("/{id}") {
            return self.enterprise_changed(at).await;
        }
        sent(at, &fields(&self.free_code().await))
    }

    /// Does what is to be taken back.
    pub async fn done_to_enterprise(&self, act: &str) {
        let ask = match act {
            "of an added enterprise" => {
                self.enterprise().await;
                return;
            }
            "of a changed enterprise" => self.enterprise_changed(API).await,
            of => {
                let path = format!("{API}/{}/forms", self.enterprise().await);
                let entered = Ask::json(&self.officer, Method::POST, &path, &as_json(&FORM));
                if of == "of a form of an enterprise" {
                    entered
                } else {
                    let entered = entered.send().await;
                    assert!(entered.status.is_success(), "{}", entered.body);
                    let mut said = as_json(&FORM);
                    said["form"] = entered.json()["id"].clone();
                    said["rev"] = 1.into();
                    said["reason"] = "Nhập nhầm".into();
                    said["is_mistaken"] = if of.contains("mistaken") { "1" } else { "" }.into();
                    Ask::json(&self.officer, Method::POST, &path, &said)
                }
            }
        };
        let answer = ask.send().await;
        assert!(answer.status.is_success(), "{}", answer.body);
    }
}
