//! Who and what is in the demo's directory, by the name that tests know it by.

use directory::{Directory, usecase::account};
use kernel::{PersonId, UnitId};

use crate::house::House;

pub fn directory(house: &House) -> &Directory {
    house.app.get::<Directory>().unwrap()
}

pub fn unit(house: &House, name: &str) -> UnitId {
    match directory(house).tree().resolve(name, None) {
        kernel::Resolution::Unit { unit, .. } => unit,
        other => panic!("{name}: {other:?}"),
    }
}

pub fn root(house: &House) -> UnitId {
    directory(house).tree().root().unwrap().id
}

pub async fn id_of(house: &House, sql: &str) -> uuid::Uuid {
    #[derive(db::FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let row: Option<Row> = house.app.db().read().one(sql, vec![]).await.unwrap();
    row.unwrap_or_else(|| panic!("{sql}")).id
}

pub async fn person_of(house: &House, login: &str) -> PersonId {
    let sql = format!("SELECT person_id AS id FROM directory_account WHERE login = '{login}'");
    PersonId::from_uuid(id_of(house, &sql).await)
}

pub async fn account_of(house: &House, login: &str) -> kernel::AccountId {
    account::named(directory(house), login).await.unwrap()
}

pub async fn post_of(house: &House, login: &str) -> String {
    let sql = format!(
        "SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE a.login = '{login}' ORDER BY o.id DESC"
    );
    kernel::PostId::from_uuid(id_of(house, &sql).await).to_string()
}
