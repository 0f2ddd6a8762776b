//! A request for every mutating route: of plans and of the house. Those of work and reports are in `samples_work`.

use axum::http::Method;
use directory::usecase::account;
use kernel::UnitId;
use serde_json::json;
use testkit::{Answer, Client, Part};
use webkit::Route;

use crate::{
    house::House,
    second_step::{SENTENCE, code, cookie, enrolled, key, newcomer},
};

/// What a mutating route accepts, sent by who may.
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

    async fn plan_in_review(&self, salt: &str) -> String {
        let text = include_str!("../../../../examples/plans/dam-may.txt");
        // A body of another name, where the sample is about names.
        let text = if salt.starts_with("name") {
            text.replacen("Sở Tài chính", "Sở Số hóa", 1)
        } else {
            text.to_owned()
        };
        let text = format!("{text}\n{salt}\n");
        let answer = self.officer.upload("/plans/new", &[Part::File("k.txt", text.as_bytes())]).await;
        self.house.drain().await;
        answer.location.trim_start_matches("/plans/").split('?').next().unwrap().to_owned()
    }

    /// A request that the route accepts. A mutating route without a sample fails the test.
    pub async fn send(&self, route: &Route) -> Answer {
        let (admin, officer) = (&self.admin, &self.officer);
        let ctx = self.house.system();
        let sho = self.unit("Sở Tài chính").to_string();
        match (route.method.as_str(), route.path) {
            ("POST", "/sign-in") => {
                self.house.client().form("/sign-in", &[("login", "thu"), ("password", crate::house::PASSWORD)]).await
            }
            ("POST", "/sign-in/second-factor") => {
                let answer = newcomer(self.house, "saumot", kernel::Role::Leader, "Sở Tài chính").await;
                let half = self.house.client().with_cookie(&cookie(&answer, "dinh_halfway"));
                let key = key(&half.get("/sign-in/second-factor").await.body);
                half.form("/sign-in/second-factor", &[("code", &code(self.house, &key, 0))]).await
            }
            ("POST", "/account/password") => {
                newcomer(self.house, "sauhai", kernel::Role::Officer, "Sở Tài chính").await;
                let client = self.house.client().sign_in("sauhai", SENTENCE).await;
                let form = [("current", SENTENCE), ("password", "một câu khác hẳn"), ("again", "một câu khác hẳn")];
                client.form("/account/password", &form).await
            }
            ("POST", "/account/prove") => {
                officer.form("/account/prove", &[("current", crate::house::PASSWORD), ("next", "/work")]).await
            }
            ("POST", "/account/sessions") => {
                let client = self.house.signed_in("giamdoc").await;
                client.form("/account/sessions", &[("session", "others")]).await
            }
            ("POST", "/account/second-factor") => {
                newcomer(self.house, "sauba2", kernel::Role::Officer, "Sở Tài chính").await;
                let client = self.house.client().sign_in("sauba2", SENTENCE).await;
                client.form("/account/second-factor", &[("act", "begin")]).await
            }
            ("POST", "/people/second-factor") => {
                let answer = newcomer(self.house, "sauba", kernel::Role::Leader, "Sở Tài chính").await;
                enrolled(self.house, &answer).await;
                let account = self.one("SELECT id FROM directory_account WHERE login = 'sauba'", "account").await;
                let form = [("account", account.as_str()), ("reason", "mất điện thoại")];
                self.house.signed_in("quantri").await.form("/people/second-factor", &form).await
            }
            ("POST", "/notices/confirm/{secret}") => {
                let link = crate::signin::link_of(self.house).await;
                officer.form(&link, &[]).await
            }
            ("POST", "/sign-out") => self.house.signed_in("taichinh").await.form("/sign-out", &[]).await,
            ("POST", "/link/{secret}") => {
                let directory = self.house.app.get::<directory::Directory>().unwrap();
                let new = account::NewAccount {
                    name: "Ví Dụ Hai",
                    login: "haivd",
                    unit: sho.parse().unwrap(),
                    role: kernel::Role::Officer,
                    title: "",
                };
                let secret = account::account_add(directory, self.house.app.authorizer(), &ctx, &new).await.unwrap();
                self.house
                    .client()
                    .form(&format!("/link/{secret}"), &[("password", "một câu đủ dài"), ("again", "một câu đủ dài")])
                    .await
            }
            ("POST", "/notices/choose") => {
                officer
                    .form("/notices/choose", &[("address", "a@tinhmau.example"), ("digest", "1"), ("rev", "0")])
                    .await
            }
            ("POST", "/notices/read") => officer.form("/notices/read", &[]).await,
            ("POST", "/notices/trial") => {
                officer.form("/notices/choose", &[("address", "a@tinhmau.example"), ("rev", "1")]).await;
                officer.form("/notices/trial", &[]).await
            }
            ("POST", "/mail/{id}") => {
                let mail = self.one("SELECT id FROM notify_outbox", "mail").await;
                admin.form(&format!("/mail/{mail}"), &[("act", "retry")]).await
            }
            ("POST", "/units/new") => admin.form("/units/new", &[("name", "Tổ Mẫu"), ("kind", "team")]).await,
            ("POST", "/units/{id}/edit") => {
                admin
                    .form(
                        &format!("/units/{sho}/edit"),
                        &[("name", "Sở Tài chính"), ("kind", "department"), ("code", "H00.09"), ("rev", "1")],
                    )
                    .await
            }
            ("POST", "/units/import") => {
                admin
                    .upload(
                        "/units/import",
                        &[
                            Part::File("u.csv", "code,name,kind\nH00.77,Trung tâm Mẫu,centre\n".as_bytes()),
                            Part::Field("confirm", "1"),
                        ],
                    )
                    .await
            }
            ("POST", "/people/new") => {
                admin
                    .form(
                        "/people/new",
                        &[("name", "Ví Dụ Ba"), ("login", "bavd"), ("unit", &sho), ("role", "officer")],
                    )
                    .await
            }
            ("POST", "/people/import") => {
                let text = |text: &str| text.to_owned();
                let sheet = webkit::export::xlsx(
                    "S",
                    &["Họ tên", "Tên đăng nhập", "Chức vụ", "Vai trò"].map(text),
                    &[["Ví Dụ Bốn", "bonvd", "Chuyên viên", ""].map(text).to_vec()],
                )
                .unwrap();
                admin
                    .upload(
                        "/people/import",
                        &[Part::Field("unit", &sho), Part::Field("confirm", "1"), Part::File("s.xlsx", &sheet)],
                    )
                    .await
            }
            ("POST", "/people/reset") => {
                let account = self.one("SELECT id FROM directory_account WHERE login = 'taichinh'", "account").await;
                admin
                    .form(
                        "/people/reset",
                        &[("account", &account), ("unit", &sho), ("name", "x"), ("login", "taichinh")],
                    )
                    .await
            }
            ("POST", "/posts/{id}/end") => {
                self.house.person("nghi.viec", "Sở Tài chính", kernel::Role::Officer).await;
                let post = self.one("SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE a.login = 'nghi.viec'", "post").await;
                admin.form(&format!("/posts/{post}/end"), &[]).await
            }
            ("POST", "/posts/{id}/hand-over") => {
                let post = self.one("SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE a.login = 'thu'", "post").await;
                admin.form(&format!("/posts/{post}/hand-over"), &[("login", "donvi")]).await
            }
            ("POST", "/posts/{id}/another") => {
                let post = self.one("SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE a.login = 'vidu'", "post").await;
                admin.form(&format!("/posts/{post}/another"), &[("unit", &sho), ("role", "officer")]).await
            }
            ("POST", "/posts/{id}/stand-in") => {
                let post = self.one("SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE a.login = 'vidu'", "post").await;
                admin.form(&format!("/posts/{post}/stand-in"), &[("login", "taichinh"), ("until", "2026-12-31")]).await
            }
            ("POST", "/plans/new") => officer.upload("/plans/new", &[Part::File("mot.txt", b"mot van ban khac")]).await,
            ("POST", "/plans/{id}/confirm") => {
                let plan = self.plan_in_review("confirm").await;
                let leader = self.house.signed_in("lanhdao").await;
                let said = [("rev", "2"), ("act", "confirm"), ("follower", "Sở Khoa học và Công nghệ")];
                leader.form(&format!("/plans/{plan}/confirm"), &said).await
            }
            ("POST", "/api/v1/plans/{id}/confirm") => {
                let plan = self.plan_in_review("confirm by API").await;
                let leader = self.house.signed_in("lanhdao").await;
                let follower = self.unit("Sở Khoa học và Công nghệ").to_string();
                let said = json!({ "rev": 2, "act": "confirm", "follower": follower });
                leader.json(Method::POST, &format!("/api/v1/plans/{plan}/confirm"), &said).await
            }
            ("POST", "/aliases/{id}/remove") => {
                let plan = self.plan_in_review("name once more").await;
                officer.form(&format!("/plans/{plan}/name-body"), &[("words", "Sở Số hóa"), ("unit", &sho)]).await;
                let alias = self.one("SELECT id FROM directory_alias ORDER BY id LIMIT 1", "alias").await;
                officer.form(&format!("/aliases/{alias}/remove"), &[]).await
            }
            ("POST", "/plans/{id}/roles") => {
                let plan = self.plan_in_review("role").await;
                officer
                    .form(&format!("/plans/{plan}/roles"), &[("unit", "Sở Tài chính"), ("role", "owns_target")])
                    .await
            }
            ("POST", "/api/v1/plans/{id}/roles") => {
                let plan = self.plan_in_review("api role").await;
                let role = json!({"unit": sho, "role": "implements"});
                officer.json(Method::POST, &format!("/api/v1/plans/{plan}/roles"), &role).await
            }
            ("POST", "/plans/{id}/head") => {
                let plan = self.plan_in_review("head").await;
                officer
                    .form(
                        &format!("/plans/{plan}/head"),
                        &[("rev", "2"), ("number", "1/KH"), ("title", "Tên"), ("follower", "Sở Khoa học và Công nghệ")],
                    )
                    .await
            }
            ("POST", "/plans/{id}/name-body") => {
                let plan = self.plan_in_review("name").await;
                officer.form(&format!("/plans/{plan}/name-body"), &[("words", "Sở Số hóa"), ("unit", &sho)]).await
            }
            ("POST", "/plans/{id}/set-aside") => {
                let plan = self.plan_in_review("aside").await;
                officer.form(&format!("/plans/{plan}/set-aside"), &[("reason", "đã hỏi")]).await
            }
            ("POST", "/plans/{id}/approve") => {
                let plan = self.plan_in_review("approve").await;
                self.house.confirm(&plan).await;
                officer.form(&format!("/plans/{plan}/approve"), &[]).await
            }
            ("POST", "/read-rows/{id}") => {
                self.plan_in_review("row").await;
                let row = self.one("SELECT r.id FROM programme_read_row r JOIN programme_plan p ON p.id = r.plan_id WHERE p.state = 'review' ORDER BY r.id DESC LIMIT 1", "row").await;
                officer.form(&format!("/read-rows/{row}"), &[("rev", "1"), ("act", "drop"), ("number", "1")]).await
            }
            ("POST", "/plans/{id}/read-rows") => {
                let plan = self.plan_in_review("add").await;
                let row = [("text", "Việc thêm vào"), ("lead", "Sở Tài chính"), ("time", "Năm 2026")];
                officer.form(&format!("/plans/{plan}/read-rows"), &row).await
            }
            ("POST", "/read-targets/{id}") => {
                self.plan_in_review("target").await;
                let id = self.one("SELECT r.id FROM programme_read_target r JOIN programme_plan p ON p.id = r.plan_id WHERE p.state = 'review' ORDER BY r.id DESC LIMIT 1", "readtarget").await;
                officer.form(&format!("/read-targets/{id}"), &[("rev", "1"), ("act", "accept")]).await
            }
            ("POST", "/findings/{id}") => {
                let text = include_str!("../../../../examples/plans/dam-may.txt").replace("22/KH-UBND", "/KH-UBND");
                officer.upload("/plans/new", &[Part::File("f.txt", text.as_bytes())]).await;
                self.house.drain().await;
                let id = self
                    .one("SELECT id FROM programme_finding WHERE state = 'open' ORDER BY id DESC LIMIT 1", "finding")
                    .await;
                officer.form(&format!("/findings/{id}"), &[("rev", "1"), ("act", "settle")]).await
            }
            ("POST", "/api/v1/plans/{id}/read-rows") => {
                let plan = self.plan_in_review("api add").await;
                let row = json!({"text": "Việc thêm", "lead": "Sở Nội vụ", "time": "Năm 2026"});
                officer.json(Method::POST, &format!("/api/v1/plans/{plan}/read-rows"), &row).await
            }
            ("POST", "/api/v1/read-rows/{id}") => {
                let plan = self.plan_in_review("api row").await;
                let rows = officer.get(&format!("/api/v1/plans/{plan}/read-rows")).await.json();
                let id = rows["rows"][0]["id"].as_str().unwrap();
                let act = json!({"rev": 1, "act": "split", "text": "Việc một.\n\nViệc hai."});
                officer.json(Method::POST, &format!("/api/v1/read-rows/{id}"), &act).await
            }
            ("POST", "/api/v1/read-targets/{id}") => {
                let plan = self.plan_in_review("api target").await;
                let rows = officer.get(&format!("/api/v1/plans/{plan}/read-rows")).await.json();
                let id = rows["targets"][0]["id"].as_str().unwrap();
                let act = json!({"rev": 1, "act": "correct", "text": "Chỉ tiêu", "value": "95,5", "unit": "%", "comparator": "≥", "to": "2030", "indicator": "ai.used"});
                officer.json(Method::POST, &format!("/api/v1/read-targets/{id}"), &act).await
            }
            ("POST", "/api/v1/plans/{id}/links") => {
                let plan = self.plan_in_review("api link").await;
                let other =
                    self.one("SELECT id FROM programme_plan WHERE state = 'live' ORDER BY id LIMIT 1", "plan").await;
                let link = json!({"other": other, "kind": "implements"});
                officer.json(Method::POST, &format!("/api/v1/plans/{plan}/links"), &link).await
            }
            ("POST", "/api/v1/findings/{id}") => {
                let text =
                    include_str!("../../../../examples/plans/ha-tang-so.txt").replace("07/KH-SKHCN", "/KH-SKHCN");
                officer.upload("/plans/new", &[Part::File("g.txt", text.as_bytes())]).await;
                self.house.drain().await;
                let id = self
                    .one("SELECT id FROM programme_finding WHERE state = 'open' ORDER BY id DESC LIMIT 1", "finding")
                    .await;
                let aside = json!({"rev": 1, "decision": "aside", "reason": "đã hỏi"});
                officer.json(Method::POST, &format!("/api/v1/findings/{id}"), &aside).await
            }
            ("POST", "/plans/{id}/links") => {
                let plan = self.plan_in_review("link").await;
                let link = [("other", "22/KH-UBND"), ("kind", "implements")];
                officer.form(&format!("/plans/{plan}/links"), &link).await
            }
            ("POST", "/plans/{id}/cascade") => {
                let plan = self.plan_in_review("cascade").await;
                let above =
                    self.one("SELECT id FROM programme_plan WHERE state = 'live' ORDER BY id LIMIT 1", "plan").await;
                let row = self.one("SELECT r.id FROM programme_read_row r JOIN programme_plan p ON p.id = r.plan_id WHERE p.state = 'live' ORDER BY r.id LIMIT 1", "row").await;
                let form = [("above", above.as_str()), ("item", &row), ("verdict", "not_ours"), ("note", "không có")];
                officer.form(&format!("/plans/{plan}/cascade"), &form).await
            }
            ("POST", "/plans/{id}/publish") => {
                let plan =
                    self.one("SELECT id FROM programme_plan WHERE state = 'live' ORDER BY id LIMIT 1", "plan").await;
                officer.form(&format!("/plans/{plan}/publish"), &[]).await
            }
            ("POST", "/units/{id}/hours") => {
                admin.form(&format!("/units/{sho}/hours"), &[("opens", "07:00"), ("closes", "16:30")]).await
            }
            ("POST", "/calendar") => {
                let day = [("day", "2026-12-24"), ("kind", "off"), ("source", "QĐ 1"), ("confirm", "true")];
                admin.form("/calendar", &day).await
            }
            ("POST", "/api/v1/calendar") => {
                let day = json!({"day": "2026-12-26", "kind": "work", "source": "QĐ 1"});
                admin.json(Method::POST, "/api/v1/calendar", &day).await
            }
            ("POST", "/api/v1/units") => {
                admin
                    .json(Method::POST, "/api/v1/units", &json!({"kind": "team", "name": "Tổ API", "parent": null}))
                    .await
            }
            ("PATCH", "/api/v1/units/{id}") => {
                admin
                    .header("if-match", "\"1\"")
                    .json(
                        Method::PATCH,
                        &format!("/api/v1/units/{}", self.unit("Sở Nội vụ")),
                        &json!({"kind": "department", "name": "Sở Nội vụ", "code": "H00.10"}),
                    )
                    .await
            }
            ("POST", "/api/v1/plans") => officer.upload("/api/v1/plans", &[Part::File("hai.txt", b"xin chao")]).await,
            ("POST", "/api/v1/plans/{id}/approve") => {
                let plan = self.plan_in_review("api").await;
                self.house.confirm(&plan).await;
                officer.json(Method::POST, &format!("/api/v1/plans/{plan}/approve"), &json!({})).await
            }
            (_, path) if crate::samples_people::PATHS.contains(&path) => self.send_people(route).await,
            _ => self.send_work(route).await,
        }
    }
}
