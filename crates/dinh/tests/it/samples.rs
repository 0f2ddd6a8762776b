//! A request for every mutating route: of the house, its units and accounts. Those of plans are in `samples_plans`, those of
//! work and reports in `samples_work` and `samples_report`, those of systems in `samples_systems`, those of saved views in
//! `samples_views`; what else is done by the same routes is in `samples_acts`.

use axum::http::Method;
use directory::usecase::account;
use kernel::UnitId;
use serde_json::json;
use testkit::{Answer, Client, Part};
use webkit::Route;

use crate::{
    ask::Ask,
    house::{House, PASSWORD},
    second_step::{SENTENCE, code, cookie, enrolled, key, newcomer},
};

/// Those of `samples_people`.
const OF_PEOPLE: [&str; 15] = [
    "/account/feed",
    "/account/feed/end",
    "/account/tie",
    "/account/tie/forget",
    "/invitations/{id}",
    "/tokens/{id}/revoke",
    "/accounts/{id}/untie",
    "/accounts/{id}/close",
    "/accounts/{id}/open",
    "/accounts/{id}/expect",
    "/people/{id}/rename",
    "/people/{id}/erase",
    "/api/v1/tokens/{id}/revoke",
    "/api/v1/accounts/{id}/close",
    "/api/v1/accounts/{id}/open",
];

/// Those of `samples_appraise`.
const OF_ASSESSMENT: [&str; 24] = [
    "/systems/assessment",
    "/systems/{id}/assessment/{group}",
    "/systems/{id}/copy",
    "/systems/{id}/review",
    "/systems/rules/new",
    "/systems/rules/draft",
    "/systems/rules/{id}",
    "/systems/rules/{id}/rule",
    "/systems/rules/{id}/use",
    "/systems/weights",
    "/systems/waves",
    "/systems/waves/terms",
    "/systems/waves/move",
    "/systems/waves/loose",
    "/api/v1/systems/{id}/assessment",
    "/api/v1/systems/{id}/copy",
    "/api/v1/systems/{id}/review",
    "/api/v1/systems/classify",
    "/api/v1/systems/rules",
    "/api/v1/systems/rules/{id}/use",
    "/api/v1/systems/waves",
    "/api/v1/systems/waves/terms",
    "/api/v1/systems/waves/move",
    "/api/v1/systems/waves/loose",
];

/// Whether a route is of these.
pub fn is_of_roads(path: &str) -> bool {
    path.contains("/migrat") || path.contains("/level") || path.ends_with("/overrule")
}

/// What a mutating route accepts, to be sent by who may.
pub struct Samples<'a> {
    pub house: &'a House,
    pub admin: Client,
    pub officer: Client,
}

impl Samples<'_> {
    pub fn unit(&self, name: &str) -> UnitId {
        match self.house.app.get::<directory::Directory>().unwrap().tree().resolve(name, None) {
            kernel::Resolution::Unit { unit, .. } => unit,
            other => panic!("{name}: {other:?}"),
        }
    }

    pub async fn one(&self, sql: &str, prefix: &str) -> String {
        #[derive(db::FromQueryResult)]
        struct Row {
            id: uuid::Uuid,
        }
        let row: Row = self.house.app.db().read().one(sql, vec![]).await.unwrap().unwrap_or_else(|| panic!("{sql}"));
        format!("{prefix}_{}", kernel::PlanId::from_uuid(row.id).to_string().trim_start_matches("plan_"))
    }

    /// The first post of the person with this login.
    pub async fn post_of(&self, login: &str) -> String {
        let sql = "SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id";
        self.one(&format!("{sql} WHERE a.login = '{login}' ORDER BY o.id LIMIT 1"), "post").await
    }

    /// A request that the route accepted.
    pub async fn send(&self, route: &Route) -> Answer {
        self.ask(route).await.send().await
    }

    /// A request that the route accepts, with everything there that it is about. A mutating route without a sample fails
    /// the test.
    pub async fn ask(&self, route: &Route) -> Ask {
        let (admin, officer) = (&self.admin, &self.officer);
        let sho = self.unit("Sở Tài chính").to_string();
        match (route.method.as_str(), route.path) {
            ("POST", "/sign-in") => {
                Ask::form(&self.house.client(), "/sign-in", &[("login", "thu"), ("password", PASSWORD)])
            }
            ("POST", "/sign-in/second-factor") => {
                let answer = newcomer(self.house, "saumot", kernel::Role::LEADER, "Sở Tài chính").await;
                let half = self.house.client().with_cookie(&cookie(&answer, "dinh_halfway"));
                let key = key(&half.get("/sign-in/second-factor").await.body);
                Ask::form(&half, "/sign-in/second-factor", &[("code", &code(self.house, &key, 0))])
            }
            ("POST", "/account/password") => {
                newcomer(self.house, "sauhai", kernel::Role::OFFICER, "Sở Tài chính").await;
                let client = self.house.client().sign_in("sauhai", SENTENCE).await;
                let form = [("current", SENTENCE), ("password", "một câu khác hẳn"), ("again", "một câu khác hẳn")];
                Ask::form(&client, "/account/password", &form)
            }
            ("POST", "/account/prove") => {
                Ask::form(officer, "/account/prove", &[("current", PASSWORD), ("next", "/work")])
            }
            ("POST", "/account/sessions") => {
                let client = self.house.signed_in("giamdoc").await;
                Ask::form(&client, "/account/sessions", &[("session", "others")])
            }
            ("POST", "/account/second-factor") => {
                newcomer(self.house, "sauba2", kernel::Role::OFFICER, "Sở Tài chính").await;
                let client = self.house.client().sign_in("sauba2", SENTENCE).await;
                Ask::form(&client, "/account/second-factor", &[("act", "begin")])
            }
            ("POST", "/people/second-factor") => {
                let answer = newcomer(self.house, "sauba", kernel::Role::LEADER, "Sở Tài chính").await;
                enrolled(self.house, &answer).await;
                let account = self.one("SELECT id FROM directory_account WHERE login = 'sauba'", "account").await;
                let form = [("account", account.as_str()), ("reason", "mất điện thoại")];
                Ask::form(&self.house.signed_in("quantri").await, "/people/second-factor", &form)
            }
            ("POST", "/notices/confirm/{secret}") => Ask::form(officer, &self.house.proof_link().await, &[]),
            ("POST", "/sign-out") => Ask::form(&self.house.signed_in("taichinh").await, "/sign-out", &[]),
            ("POST", "/link/{secret}") => {
                let directory = self.house.app.get::<directory::Directory>().unwrap();
                let new = account::NewAccount {
                    name: "Ví Dụ Hai",
                    login: "haivd",
                    unit: sho.parse().unwrap(),
                    role: kernel::Role::OFFICER,
                    title: "",
                };
                let (authorizer, ctx) = (self.house.app.authorizer(), self.house.system());
                let secret = account::account_add(directory, authorizer, &ctx, &new).await.unwrap();
                let chosen = [("password", "một câu đủ dài"), ("again", "một câu đủ dài")];
                Ask::form(&self.house.client(), &format!("/link/{secret}"), &chosen)
            }
            ("POST", "/notices/choose") => {
                let choice = [("address", "a@tinhmau.example"), ("digest", "1"), ("rev", "0")];
                Ask::form(officer, "/notices/choose", &choice)
            }
            ("POST", "/notices/read") => Ask::form(officer, "/notices/read", &[]),
            ("POST", "/notices/trial") => {
                officer.form("/notices/choose", &[("address", "a@tinhmau.example"), ("rev", "1")]).await;
                Ask::form(officer, "/notices/trial", &[])
            }
            ("POST", "/mail/{id}") => {
                let mail = self.one("SELECT id FROM notify_outbox", "mail").await;
                Ask::form(admin, &format!("/mail/{mail}"), &[("act", "retry")])
            }
            ("POST", "/units/new") => Ask::form(admin, "/units/new", &[("name", "Tổ Mẫu"), ("kind", "team")]),
            ("POST", "/units/{id}/edit") => {
                let unit = [("name", "Sở Tài chính"), ("kind", "department"), ("code", "H00.09"), ("rev", "1")];
                Ask::form(admin, &format!("/units/{sho}/edit"), &unit)
            }
            ("POST", "/units/import") => {
                let list = "code,name,kind\nH00.77,Trung tâm Mẫu,centre\n".as_bytes();
                Ask::upload(admin, "/units/import", &[Part::File("u.csv", list), Part::Field("confirm", "1")])
            }
            ("POST", "/people/new") => {
                let person = [("name", "Ví Dụ Ba"), ("login", "bavd"), ("unit", sho.as_str()), ("role", "officer")];
                Ask::form(admin, "/people/new", &person)
            }
            ("POST", "/people/import") => {
                let text = |text: &str| text.to_owned();
                let heads = ["Họ tên", "Tên đăng nhập", "Chức vụ", "Vai trò"].map(text);
                let row = ["Ví Dụ Bốn", "bonvd", "Chuyên viên", ""].map(text);
                let sheet = webkit::export::xlsx("S", &heads, &[row.to_vec()]).unwrap();
                let parts = [Part::Field("unit", &sho), Part::Field("confirm", "1"), Part::File("s.xlsx", &sheet)];
                Ask::upload(admin, "/people/import", &parts)
            }
            ("POST", "/people/reset") => {
                let account = self.one("SELECT id FROM directory_account WHERE login = 'taichinh'", "account").await;
                let form = [("account", account.as_str()), ("unit", &sho), ("name", "x"), ("login", "taichinh")];
                Ask::form(admin, "/people/reset", &form)
            }
            ("POST", "/posts/{id}/edit") | ("PATCH", "/api/v1/posts/{id}") => self.ask_post(route).await,
            ("POST", "/posts/{id}/end") => {
                self.house.person("nghi.viec", "Sở Tài chính", kernel::Role::OFFICER).await;
                Ask::form(admin, &format!("/posts/{}/end", self.post_of("nghi.viec").await), &[])
            }
            ("POST", "/posts/{id}/hand-over") => {
                let path = format!("/posts/{}/hand-over", self.post_of("thu").await);
                Ask::form(admin, &path, &[("login", "donvi")])
            }
            ("POST", "/posts/{id}/another") => {
                let path = format!("/posts/{}/another", self.post_of("vidu").await);
                Ask::form(admin, &path, &[("unit", &sho), ("role", "officer")])
            }
            ("POST", "/posts/{id}/stand-in") => {
                let path = format!("/posts/{}/stand-in", self.post_of("vidu").await);
                Ask::form(admin, &path, &[("login", "taichinh"), ("until", "2026-12-31")])
            }
            ("POST", "/units/{id}/hours") => {
                Ask::form(admin, &format!("/units/{sho}/hours"), &[("opens", "07:00"), ("closes", "16:30")])
            }
            ("POST", "/calendar") => {
                let day = [("day", "2026-12-24"), ("kind", "off"), ("source", "QĐ 1"), ("confirm", "true")];
                Ask::form(admin, "/calendar", &day)
            }
            ("POST", "/api/v1/calendar") => {
                let day = json!({"day": "2026-12-26", "kind": "work", "source": "QĐ 1"});
                Ask::json(admin, Method::POST, "/api/v1/calendar", &day)
            }
            ("POST", "/api/v1/units") => {
                let unit = json!({"kind": "team", "name": "Tổ API", "parent": null});
                Ask::json(admin, Method::POST, "/api/v1/units", &unit)
            }
            ("PATCH", "/api/v1/units/{id}") => {
                let path = format!("/api/v1/units/{}", self.unit("Sở Nội vụ"));
                let unit = json!({"kind": "department", "name": "Sở Nội vụ", "code": "H00.10"});
                Ask::json(admin, Method::PATCH, &path, &unit).header("if-match", "\"1\"")
            }
            (_, path) if OF_PEOPLE.contains(&path) => self.ask_people(route).await,
            (_, path) if OF_ASSESSMENT.contains(&path) => self.ask_appraise(route).await,
            (_, path) if is_of_roads(path) => self.ask_roads(route).await,
            (_, path) if path.contains("/telecom") => self.ask_telecom(route).await,
            (_, path) if path.contains("/systems/enterprises") => self.ask_enterprises(route).await,
            (_, path) if path.contains("/systems") => self.ask_systems(route).await,
            (_, path) if path.contains("/outside") || path.ends_with("/receptions") => self.ask_outside(route).await,
            (_, path) if path.contains("/views") => self.ask_views(route).await,
            _ => self.ask_plans(route).await,
        }
    }
}
