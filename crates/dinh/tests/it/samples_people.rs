//! A request for every mutating route of people: accounts, ties, tokens, invitations, names.

use axum::http::Method;
use directory::{
    Directory,
    usecase::{account, close, token},
};
use kernel::{AccountId, PersonId};
use serde_json::json;
use testkit::Answer;
use webkit::Route;

use crate::samples::Samples;

pub const PATHS: [&str; 13] = [
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

impl Samples<'_> {
    async fn put(&self, sql: &str, values: Vec<db::Value>) {
        self.house.app.db().unguarded().exec(sql, values).await.unwrap();
    }

    /// A new colleague's account and person.
    async fn colleague(&self, login: &str) -> (String, String) {
        let (directory, unit) = (self.house.app.get::<Directory>().unwrap(), self.unit("Sở Tài chính"));
        let new =
            account::NewAccount {
                name: "Ví Dụ Thêm", login, unit, role: kernel::Role::Officer, title: "Chuyên viên"
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

    pub async fn send_people(&self, route: &Route) -> Answer {
        let (admin, officer) = (&self.admin, &self.officer);
        let (account, person) = self.officer_ids().await;
        let later = self.house.system().now().as_microsecond() + 60_000_000;
        match route.path {
            "/account/tie" => {
                let sql = "INSERT INTO directory_tie_pending (account_id, issuer, subject, name, until) VALUES ($1, 'https://sso.example', 's1', 'vi.du', $2)";
                self.put(sql, db::vals![account.uuid(), later]).await;
                let both = [("login", "vidu"), ("subject", "s1"), ("password", crate::house::PASSWORD)];
                officer.form("/account/tie", &both).await
            }
            "/account/tie/forget" => officer.form("/account/tie/forget", &[]).await,
            "/accounts/{id}/untie" => {
                let sql = "INSERT INTO directory_external (issuer, subject, account_id) VALUES ('https://sso.example', 's2', $1)";
                self.put(sql, db::vals![account.uuid()]).await;
                let tie = [("issuer", "https://sso.example"), ("subject", "s2")];
                officer.form(&format!("/accounts/{account}/untie"), &tie).await
            }
            "/invitations/{id}" => {
                let id = self.house.system().new_id::<kernel::ids::kinds::Invitation>();
                let sql = "INSERT INTO directory_invitation (id, login, person_id, unit_id, role, title, state, until) VALUES ($1, 'vidu', $2, $3, 'officer', '', 'waiting', $4)";
                self.put(sql, db::vals![id.uuid(), person.uuid(), self.unit("Sở Nội vụ").uuid(), later]).await;
                officer.form(&format!("/invitations/{id}"), &[("act", "decline")]).await
            }
            "/tokens/{id}/revoke" => {
                let id = self.token("một").await;
                officer.form(&format!("/tokens/{id}/revoke"), &[]).await
            }
            "/api/v1/tokens/{id}/revoke" => {
                let id = self.token("hai").await;
                admin.json(Method::POST, &format!("/api/v1/tokens/{id}/revoke"), &json!({})).await
            }
            "/accounts/{id}/close" => {
                let (id, _) = self.colleague("dong").await;
                admin.form(&format!("/accounts/{id}/close"), &[]).await
            }
            "/api/v1/accounts/{id}/close" => {
                let (id, _) = self.colleague("dong.hai").await;
                admin.json(Method::POST, &format!("/api/v1/accounts/{id}/close"), &json!({})).await
            }
            "/accounts/{id}/open" => {
                let id = self.closed("mo").await;
                admin.form(&format!("/accounts/{id}/open"), &[]).await
            }
            "/api/v1/accounts/{id}/open" => {
                let id = self.closed("mo.hai").await;
                admin.json(Method::POST, &format!("/api/v1/accounts/{id}/open"), &json!({})).await
            }
            "/accounts/{id}/expect" => {
                let (id, _) = self.colleague("cho").await;
                admin.form(&format!("/accounts/{id}/expect"), &[]).await
            }
            "/people/{id}/rename" => {
                let (_, id) = self.colleague("doiten").await;
                admin.form(&format!("/people/{id}/rename"), &[("name", "Ví Dụ Mới"), ("rev", "1")]).await
            }
            "/people/{id}/erase" => {
                let (_, id) = self.colleague("xoa").await;
                let erase = [("reason", "Theo đề nghị của người lao động"), ("confirm", "1")];
                admin.form(&format!("/people/{id}/erase"), &erase).await
            }
            path => panic!("{path} has no sample"),
        }
    }
}
