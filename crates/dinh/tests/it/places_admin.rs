//! The pages of administration in every state.

use axum::http::Method;
use serde_json::json;

use crate::{
    house::House,
    places::{Place, open_by},
};

/// A list of units, to be looked at before it is taken in.
pub const UNITS: &[u8] = "code,name,kind\nX98,Tổ Mẫu,team\n".as_bytes();

/// A list of people, with a line that says too little.
pub fn staff() -> Vec<u8> {
    let cells = |texts: [&str; 4]| texts.map(str::to_owned).to_vec();
    let rows = [cells(["Lê Văn Mới", "moi", "Chuyên viên", "cán bộ"]), cells(["", "thieu", "", "không có"])];
    webkit::export::xlsx("S", &cells(["Họ tên", "Tên đăng nhập", "Chức danh", "Vai trò"]), &rows).unwrap()
}

/// Somebody with a token and a tie, somebody whose account is closed, and an invitation and a tie that wait for the
/// administrator's word; with the pages before the token and a tie end.
async fn states_of_people(house: &House) -> (String, String, [String; 2]) {
    use directory::usecase::{account, close, token};
    #[derive(db::FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let (directory, authorizer) = (house.app.get::<directory::Directory>().unwrap(), house.app.authorizer());
    let (ctx, conn) = (house.system(), house.app.db().unguarded());
    let person = async |login: &str| {
        let sql = format!("SELECT person_id AS id FROM directory_account WHERE login = '{login}'");
        conn.one::<Row>(&sql, vec![]).await.unwrap().unwrap().id
    };
    let until = ctx.today().checked_add(jiff::Span::new().days(60)).unwrap();
    token::token_add(directory, authorizer, &ctx, "thu", "Đồng bộ kho dữ liệu", true, until).await.unwrap();
    let account_of = async |login: &str| account::named(directory, login).await.unwrap();
    let (thu, admin) = (account_of("thu").await, account_of("quantri").await);
    close::account_close(directory, authorizer, &ctx, account_of("taichinh").await).await.unwrap();
    let later = ctx.now().as_microsecond() + 600_000_000;
    let tie = "INSERT INTO directory_external (issuer, subject, account_id, name, tied_at) VALUES ('https://sso.tinhmau.example', 's1', $1, 'tv.thu', $2)";
    conn.exec(tie, db::vals![thu.uuid(), later]).await.unwrap();
    let waits = "INSERT INTO directory_tie_pending (account_id, issuer, subject, name, until) VALUES ($1, 'https://sso.tinhmau.example', '7f3a-22', 'pv.nhap', $2)";
    conn.exec(waits, db::vals![admin.uuid(), later]).await.unwrap();
    let id = ctx.new_id::<directory::ids::Invitation>().uuid();
    let unit = directory.tree().root().unwrap().id.uuid();
    let invited = "INSERT INTO directory_invitation (id, login, person_id, unit_id, role, title, state, until) VALUES ($1, 'quantri', $2, $3, 'officer', 'Thành viên tổ công tác', 'waiting', $4)";
    conn.exec(invited, db::vals![id, person("quantri").await, unit, later]).await.unwrap();
    // Ties are shown where there is a provider or something is tied already.
    let own = "INSERT INTO directory_external (issuer, subject, account_id, name, tied_at) VALUES ('https://sso.tinhmau.example', 's2', $1, 'quan.tri', $2)";
    conn.exec(own, db::vals![admin.uuid(), later]).await.unwrap();
    let token = conn.one::<Row>("SELECT id FROM directory_token", vec![]).await.unwrap().unwrap().id;
    let revoke = format!("/tokens/{}/revoke", kernel::ids::TokenId::from_uuid(token));
    let untie = format!("/accounts/{thu}/untie?issuer=https%3A%2F%2Fsso.tinhmau.example&subject=s1");
    let named = |id| kernel::PersonId::from_uuid(id).to_string();
    (named(person("thu").await), named(person("taichinh").await), [revoke, untie])
}

pub async fn of_administration(house: &House) -> Vec<Place> {
    let admin = house.signed_in("quantri").await;
    let long = "Trung tâm Nghiên cứu, Ứng dụng và Chuyển giao công nghệ số, trí tuệ nhân tạo và an ninh mạng phục vụ phát triển nông nghiệp, nông thôn vùng đồng bào dân tộc thiểu số và miền núi";
    let unit = admin.json(Method::POST, "/api/v1/units", &json!({"kind": "team", "name": long})).await.json();
    let unit = unit["id"].as_str().unwrap().to_owned();
    let people = admin.get("/people?q=vi+du").await.body.replace("&#x2f;", "/");
    let post = people.split("href=\"/posts/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (person, closed, [revoke, untie]) = states_of_people(house).await;
    let account = people.split("account=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let second = "UPDATE directory_account SET second_secret = 'JBSWY3DPEHPK3PXP' WHERE login = 'vidu'";
    house.app.db().unguarded().exec(second, vec![]).await.unwrap();
    let pages = [
        ("units", "/units".to_owned()),
        ("units-none", "/units?q=khong-co".into()),
        ("unit-long-name", format!("/units/{unit}")),
        ("unit-edit", format!("/units/{unit}/edit")),
        ("unit-new", "/units/new".into()),
        ("units-import", "/units/import".into()),
        ("people", "/people".into()),
        ("people-none", "/people?q=khong-co".into()),
        ("people-of", format!("/people?unit={}&q=thi", house.unit("UBND xã Sông Mẫu", None))),
        ("person-new", "/people/new".into()),
        ("staff-import", "/people/import".into()),
        ("post", format!("/posts/{post}")),
        ("person", format!("/people/{person}")),
        ("person-closed", format!("/people/{closed}")),
        ("post-end", format!("/posts/{post}/end")),
        ("account-close", format!("/accounts/{}/close", account.split('&').next().unwrap_or_default())),
        ("sessions-end", "/account/sessions?session=all".into()),
        ("ledger-found", "/ledger?who=vi+du&from=2026-01-01&hash=1".into()),
        ("slip-new", format!("/people/reset?account={}", account.replace("&amp;", "&"))),
        ("tokens", "/tokens".into()),
        ("token-revoke-ask", revoke),
        ("untie-ask", untie),
        ("account-invited", "/account".into()),
        ("ledger", "/ledger".into()),
        ("access-log", "/ledger/access".into()),
        ("file-store", "/ledger/files".into()),
        ("refusals", "/ledger/refusals".into()),
        ("second-factor-reset", format!("/people/second-factor?account={account}")),
        ("prove", "/account/prove?next=/people".into()),
        ("account-password", "/account/password".into()),
        ("account-second-factor", "/account/second-factor".into()),
        ("administration", "/administration".into()),
        ("setup", "/setup".into()),
        ("help-guide", "/help/guide-admin".into()),
    ];
    open_by("thu", [("denied", "/ledger")]).chain(open_by("quantri", pages)).collect()
}

/// Somebody wrote past the ledger, and it was found.
pub async fn after_a_forgery(house: &House) -> Vec<Place> {
    let role = "UPDATE directory_post SET role = 'leader' WHERE role = 'officer'";
    house.app.db().unguarded().exec(role, vec![]).await.unwrap();
    db::ledger_check(house.app.db(), &house.system()).await.unwrap();
    open_by("quantri", [("ledger-faults", "/ledger")]).collect()
}
