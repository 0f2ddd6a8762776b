//! A request for every mutating route of people: accounts, ties, tokens, invitations, names.

use axum::http::Method;
use directory::{
    Directory,
    usecase::{account, close, token},
};
use kernel::{AccountId, PersonId};
use serde_json::json;
use webkit::Route;

use crate::{ask::Ask, samples::Samples};

impl Samples<'_> {
    async fn put(&self, sql: &str, values: Vec<db::Value>) {
        self.house.app.db().unguarded().exec(sql, values).await.unwrap();
    }

    /// A new colleague's account and person.
    async fn colleague(&self, login: &str) -> (String, String) {
        let (directory, unit) = (self.house.app.get::<Directory>().unwrap(), self.unit("Sở Tài chính"));
        let new =
            account::NewAccount {
                name: "Ví Dụ Thêm", login, unit, role: kernel::Role::OFFICER, title: "Chuyên viên"
            };
        account::account_add(directory, self.house.app.authorizer(), &self.house.system(), &new).await.unwrap();
        let of = |column| format!("SELECT {column} AS id FROM directory_account WHERE login = '{login}'");
        (self.one(&of("id"), "account").await, self.one(&of("person_id"), "person").await)
    }

    async fn officer_ids(&self) -> (AccountId, PersonId) {
        let of = |column| format!("SELECT {column} AS id FROM directory_account WHERE login = 'vidu'");
        let (account, person) = (self.one(&of("id"), "account").await, self.one(&of("person_id"), "person").await);
        (account.parse().unwrap(), person.parse().unwrap())
    }

    async fn token(&self, name: &str) -> String {
        let (directory, until) = (self.house.app.get::<Directory>().unwrap(), jiff::civil::date(2026, 12, 24));
        let (authorizer, ctx) = (self.house.app.authorizer(), self.house.system());
        token::token_add(directory, authorizer, &ctx, "vidu", name, true, until).await.unwrap();
        self.one(&format!("SELECT id FROM directory_token WHERE name = '{name}'"), "token").await
    }

    async fn closed(&self, login: &str) -> String {
        let (account, _) = self.colleague(login).await;
        let (directory, ctx) = (self.house.app.get::<Directory>().unwrap(), self.house.system());
        close::account_close(directory, self.house.app.authorizer(), &ctx, account.parse().unwrap()).await.unwrap();
        account
    }

    /// A post in Sở Nội vụ waits for the officer's word.
    pub async fn invitation(&self) -> String {
        let (_, person) = self.officer_ids().await;
        let later = self.house.system().now().as_microsecond() + 60_000_000;
        let id = self.house.system().new_id::<directory::ids::Invitation>();
        let sql = "INSERT INTO directory_invitation (id, login, person_id, unit_id, role, title, state, until) VALUES ($1, 'vidu', $2, $3, 'officer', '', 'waiting', $4)";
        self.put(sql, db::vals![id.uuid(), person.uuid(), self.unit("Sở Nội vụ").uuid(), later]).await;
        id.to_string()
    }

    /// The title of a colleague's post, corrected.
    pub async fn ask_post(&self, route: &Route) -> Ask {
        let login = format!("sua.{}", route.method.as_str().to_lowercase());
        self.house.person(&login, "Sở Tài chính", kernel::Role::OFFICER).await;
        let (post, unit) = (self.post_of(&login).await, self.unit("Sở Tài chính").to_string());
        let fields = [
            ("rev", "0"),
            ("unit", unit.as_str()),
            ("role", "officer"),
            ("title", "Chuyên viên chính"),
            ("valid_from", "2026-01-01"),
        ];
        if route.method == Method::POST {
            return Ask::form(&self.admin, &format!("/posts/{post}/edit"), &fields);
        }
        let body = json!({ "unit": unit, "role": "officer", "title": "Chuyên viên chính", "valid_from": "2026-01-01" });
        Ask::json(&self.admin, Method::PATCH, &format!("/api/v1/posts/{post}"), &body).header("if-match", "\"0\"")
    }

    pub async fn ask_people(&self, route: &Route) -> Ask {
        let (admin, officer) = (&self.admin, &self.officer);
        let (account, _) = self.officer_ids().await;
        match route.path {
            "/account/tie" => {
                let later = self.house.system().now().as_microsecond() + 60_000_000;
                let sql = "INSERT INTO directory_tie_pending (account_id, issuer, subject, name, until) VALUES ($1, 'https://sso.example', 's1', 'vi.du', $2)";
                self.put(sql, db::vals![account.uuid(), later]).await;
                let both = [("login", "vidu"), ("subject", "s1"), ("password", crate::house::PASSWORD)];
                Ask::form(officer, "/account/tie", &both)
            }
            "/account/feed" => Ask::form(officer, "/account/feed", &[]),
            "/account/feed/end" => {
                officer.soiled(None).form("/account/feed", &[]).await;
                Ask::form(officer, "/account/feed/end", &[])
            }
            "/account/tie/forget" => Ask::form(officer, "/account/tie/forget", &[]),
            "/accounts/{id}/untie" => {
                let sql = "INSERT INTO directory_external (issuer, subject, account_id) VALUES ('https://sso.example', 's2', $1)";
                self.put(sql, db::vals![account.uuid()]).await;
                let tie = [("issuer", "https://sso.example"), ("subject", "s2")];
                Ask::form(officer, &format!("/accounts/{account}/untie"), &tie)
            }
            "/invitations/{id}" => {
                let id = self.invitation().await;
                Ask::form(officer, &format!("/invitations/{id}"), &[("act", "decline")])
            }
            "/tokens/{id}/revoke" => {
                let id = self.token("một").await;
                Ask::form(officer, &format!("/tokens/{id}/revoke"), &[])
            }
            "/api/v1/tokens/{id}/revoke" => {
                let id = self.token("hai").await;
                Ask::json(admin, Method::POST, &format!("/api/v1/tokens/{id}/revoke"), &json!({}))
            }
            "/accounts/{id}/close" => {
                let (id, _) = self.colleague("dong").await;
                Ask::form(admin, &format!("/accounts/{id}/close"), &[])
            }
            "/api/v1/accounts/{id}/close" => {
                let (id, _) = self.colleague("dong.hai").await;
                Ask::json(admin, Method::POST, &format!("/api/v1/accounts/{id}/close"), &json!({}))
            }
            "/accounts/{id}/open" => {
                let id = self.closed("mo").await;
                Ask::form(admin, &format!("/accounts/{id}/open"), &[])
            }
            "/api/v1/accounts/{id}/open" => {
                let id = self.closed("mo.hai").await;
                Ask::json(admin, Method::POST, &format!("/api/v1/accounts/{id}/open"), &json!({}))
            }
            "/accounts/{id}/expect" => {
                let (id, _) = self.colleague("cho").await;
                Ask::form(admin, &format!("/accounts/{id}/expect"), &[])
            }
            "/people/{id}/rename" => {
                let (_, id) = self.colleague("doiten").await;
                Ask::form(admin, &format!("/people/{id}/rename"), &[("name", "Ví Dụ Mới"), ("rev", "1")])
            }
            "/people/{id}/erase" => {
                let (_, id) = self.colleague("xoa").await;
                let erase = [("reason", "Theo đề nghị của người lao động"), ("confirm", "1")];
                Ask::form(admin, &format!("/people/{id}/erase"), &erase)
            }
            path => panic!("{path} has no sample"),
        }
    }
}
