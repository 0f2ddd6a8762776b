//! Requests for the mutating routes of the inventory beside those of single systems: the department's own.

use axum::http::Method;
use serde_json::{Value as Json, json};
use testkit::Part;
use webkit::Route;

use crate::{ask::Ask, places_roads::BOOK, samples::Samples};

const OWNER: &str = "Sở Khoa học và Công nghệ";

/// A list of materials with one component.
fn bill() -> Vec<u8> {
    let list = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "mẫu", "version": "1"}]});
    list.to_string().into_bytes()
}

/// A certificate of this number, as forms and programs send it.
fn certificate(number: &str) -> [(&'static str, String); 3] {
    [("kind", "tls".into()), ("number", number.into()), ("valid_until", "2030-01-01".into())]
}

fn check() -> [(&'static str, String); 3] {
    [("kind", "security".into()), ("on_day", "2026-01-05".into()), ("outcome", "passed".into())]
}

/// The availability of this month, as forms and programs send it.
fn measured(month: &str) -> [(&'static str, String); 3] {
    [("month", month.into()), ("minutes", "60".into()), ("source", "Zabbix".into())]
}

fn cost() -> [(&'static str, String); 2] {
    [("cpu", "4".into()), ("storage_gb", "1.200".into())]
}

const SEVEN: [&str; 7] =
    ["state-connection", "state-backup", "state-availability", "state-log", "state-access", "state-user", "state-data"];

fn label() -> [(&'static str, String); 2] {
    [("state-log", "met".into()), ("evidence-log", "https://nen-tang.tinhmau.example/nhat-ky".into())]
}

fn as_json(fields: &[(&'static str, String)]) -> Json {
    fields.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect::<serde_json::Map<_, _>>().into()
}

impl Samples<'_> {
    fn form_of(&self, path: &str, fields: &[(&'static str, String)]) -> Ask {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        Ask::form(&self.officer, path, &fields)
    }

    fn json_of(&self, path: &str, fields: &[(&'static str, String)]) -> Ask {
        Ask::json(&self.officer, Method::POST, path, &as_json(fields))
    }

    /// A list of the monitoring with one line, of a system of this name.
    async fn monitoring(&self, path: &str, name: &str) -> Ask {
        self.system(name).await;
        let text = |text: &str| text.to_owned();
        let heads = ["Tên hệ thống", "Tháng", "Số phút gián đoạn"].map(text);
        let sheet = webkit::export::xlsx("S", &heads, &[[name, "4/2025", "5"].map(text).to_vec()]).unwrap();
        let parts = [Part::Field("confirm", "1"), Part::File("gs.xlsx", &sheet)];
        Ask::upload(&self.officer, path, &parts)
    }

    /// Two records of one system, and the fields that merge them.
    async fn merger(&self, salt: &str) -> (String, [(&'static str, String); 2]) {
        let (links, other) = self.two_systems(salt).await;
        let page = links.trim_end_matches("/links").to_owned();
        let stays = page.trim_start_matches("/systems/").to_owned();
        (format!("{page}/merge"), [("other", other), ("stays", stays)])
    }

    async fn apart(&self, salt: &str) -> (String, [(&'static str, String); 2]) {
        let (path, [other, _]) = self.merger(salt).await;
        (path, [other, ("apart", "1".into())])
    }

    /// A row of a system that is taken away: the path of its act, and the field.
    async fn there(&self, salt: &str, part: &str) -> (String, [(&'static str, String); 1]) {
        let path = format!("/systems/{}/{part}", self.system(&format!("Giấy tờ {part} {salt}")).await);
        let fields = match part {
            "checks" => check(),
            "availability" => measured("2/2025"),
            _ => certificate(salt),
        };
        self.form_of(&path, &fields).send().await;
        let (table, kind) = match part {
            "checks" => ("registry_check", "check"),
            "availability" => ("registry_availability", "availability"),
            _ => ("registry_certificate", "certificate"),
        };
        let id = self.one(&format!("SELECT id FROM {table} ORDER BY id DESC LIMIT 1"), kind).await;
        (path, [("remove", id)])
    }

    fn head(head: &str) -> [(&'static str, String); 3] {
        [("unit", OWNER.into()), ("head", head.into()), ("field", "name".into())]
    }

    async fn head_there(&self, head: &str) -> [(&'static str, String); 1] {
        self.form_of("/systems/heads", &Self::head(head)).send().await;
        [("remove", self.one("SELECT id FROM registry_head ORDER BY id DESC LIMIT 1", "head").await)]
    }

    fn ours(name: &str) -> [(&'static str, String); 6] {
        let (kind, since) = (("kind", "service".to_owned()), ("since", "2020".to_owned()));
        let no_secret = ("no_secret", "1".to_owned());
        [("unit", OWNER.into()), ("name", name.into()), kind, ("hosting", "unknown".into()), since, no_secret]
    }

    fn secret() -> [(&'static str, String); 2] {
        [("owner", OWNER.into()), ("count", "2".into())]
    }

    pub async fn ask_inventory(&self, route: &Route) -> Ask {
        let (method, path) = (route.method.as_str(), route.path);
        let (web, is_api) = path.strip_prefix("/api/v1").map_or((path, false), |path| (path, true));
        let salt = if is_api { "của máy" } else { "của người" };
        let of = async |part: &str| format!("/systems/{}/{part}", self.system(&format!("Hệ {part} {salt}")).await);
        let ask = |path: &str, fields: &[(&'static str, String)]| {
            if is_api { self.json_of(&format!("/api/v1{path}"), fields) } else { self.form_of(path, fields) }
        };
        match (method, web) {
            ("POST", "/systems/secret") => ask(web, &Self::secret()),
            ("POST", "/systems/ours") if is_api => {
                let ours = json!({"unit": OWNER, "name": ["Trang của máy"], "kind": ["service"], "hosting": ["unknown"],
                    "since": ["2020"], "no_secret": "1"});
                Ask::json(&self.officer, Method::POST, path, &ours)
            }
            ("POST", "/systems/ours") => ask(web, &Self::ours("Trang của người")),
            ("POST", "/systems/heads") => ask(web, &Self::head(&format!("Cột {salt}"))),
            ("POST", "/systems/{id}/certificates") => ask(&of("certificates").await, &certificate(salt)),
            ("POST", "/systems/{id}/checks") => ask(&of("checks").await, &check()),
            ("POST", "/systems/{id}/availability") => ask(&of("availability").await, &measured("3/2025")),
            ("POST", "/systems/availability/import") => self.monitoring(path, &format!("Giám sát {salt}")).await,
            ("POST", "/systems/{id}/cost") => ask(&of("cost").await, &cost()),
            ("POST", "/systems/{id}/label") if is_api => {
                let path = format!("/api/v1{}", of("label").await);
                Ask::json(&self.officer, Method::POST, &path, &as_json(&label())).header("if-match", "\"0\"")
            }
            ("POST", "/systems/{id}/label") => ask(&of("label").await, &label()),
            ("POST", "/systems/{id}/label/publish") => {
                // Of a name that no other sample has given.
                let id = self.system(&format!("Hệ có nhãn {salt}")).await;
                let (leader, page) = (self.house.signed_in("giamdoc").await, format!("/systems/{id}/label"));
                let all = SEVEN.iter().map(|key| (*key, "planned".to_owned())).collect::<Vec<_>>();
                self.form_of(&page, &all).send().await;
                let path = format!("{page}/publish");
                if is_api {
                    let said = json!({"rev": 1, "publish": "yes"});
                    Ask::json(&leader, Method::POST, &format!("/api/v1{path}"), &said)
                } else {
                    Ask::form(&leader, &path, &[("rev", "1"), ("publish", "yes")])
                }
            }
            ("POST", "/systems/{id}/merge") => {
                let (path, fields) = self.merger(salt).await;
                ask(&path, &fields)
            }
            ("POST", "/systems/{id}/proofs") => {
                let path = of("proofs").await;
                let path = if is_api { format!("/api/v1{path}") } else { path };
                Ask::upload(&self.officer, &path, &[Part::File("bb.pdf", BOOK)])
            }
            ("POST", "/systems/{id}/materials") => {
                let path = of("materials").await;
                let path = if is_api { format!("/api/v1{path}") } else { path };
                Ask::upload(&self.officer, &path, &[Part::File("bom.json", &bill())])
            }
            (method, path) => panic!("no sample for {method} {path}: add one here"),
        }
    }

    pub async fn ask_inventory_act(&self, path: &str, act: &str) -> Ask {
        let (web, is_api) = path.strip_prefix("/api/v1").map_or((path, false), |path| (path, true));
        let salt = if is_api { "máy hai" } else { "người hai" };
        let ask = |path: &str, fields: &[(&'static str, String)]| {
            if is_api { self.json_of(&format!("/api/v1{path}"), fields) } else { self.form_of(path, fields) }
        };
        match (web, act) {
            ("/systems/{id}/certificates", "remove") => {
                let (path, fields) = self.there(salt, "certificates").await;
                ask(&path, &fields)
            }
            ("/systems/{id}/checks", "remove") => {
                let (path, fields) = self.there(salt, "checks").await;
                ask(&path, &fields)
            }
            ("/systems/{id}/availability", "remove") => {
                let (path, fields) = self.there(salt, "availability").await;
                ask(&path, &fields)
            }
            ("/systems/{id}/merge", "apart") => {
                let (path, fields) = self.apart(salt).await;
                ask(&path, &fields)
            }
            ("/systems/heads", "remove") => {
                let fields = self.head_there(&format!("Cột {salt}")).await;
                ask("/systems/heads", &fields)
            }
            (path, act) => panic!("no sample for {path}: {act}"),
        }
    }

    /// Does what is to be taken back.
    pub async fn done_to_inventory(&self, act: &str) {
        match act {
            "of a merger" => {
                let (path, fields) = self.merger("lùi").await;
                self.form_of(&path, &fields).send().await;
            }
            "of two that are two" => {
                let (path, fields) = self.apart("lùi hai").await;
                self.form_of(&path, &fields).send().await;
            }
            "of a certificate" => {
                self.there("lùi", "certificates").await;
            }
            "of a removed certificate" => {
                let (path, fields) = self.there("lùi hai", "certificates").await;
                self.form_of(&path, &fields).send().await;
            }
            "of a check" => {
                self.there("lùi ba", "checks").await;
            }
            "of a removed check" => {
                let (path, fields) = self.there("lùi bốn", "checks").await;
                self.form_of(&path, &fields).send().await;
            }
            "of an availability" => {
                self.there("lùi năm", "availability").await;
            }
            "of a removed availability" => {
                let (path, fields) = self.there("lùi sáu", "availability").await;
                self.form_of(&path, &fields).send().await;
            }
            "of a monitoring" => {
                self.monitoring("/systems/availability/import", "Giám sát lùi").await.send().await;
            }
            "of a head" => {
                self.head_there("Cột lùi").await;
            }
            "of a forgotten head" => {
                let fields = self.head_there("Cột lùi hai").await;
                self.form_of("/systems/heads", &fields).send().await;
            }
            "of a short form" => {
                self.form_of("/systems/ours", &Self::ours("Trang lùi")).send().await;
            }
            "of counted secrets" => {
                self.form_of("/systems/secret", &Self::secret()).send().await;
            }
            "of inputs of cost" => {
                let path = format!("/systems/{}/cost", self.system("Chi phí lùi").await);
                self.form_of(&path, &cost()).send().await;
            }
            "of a label" => {
                let path = format!("/systems/{}/label", self.system("Nhãn lùi").await);
                self.form_of(&path, &label()).send().await;
            }
            act => panic!("no sample for an undo {act}"),
        }
    }
}
