//! What the database says that it would do for a statement, held against the rules.

use serde_json::Value as Json;

use super::{
    heard::{LARGE, Statement},
    rules::{self, GATHERED, Sizes},
};
use crate::house::House;

#[derive(db::FromQueryResult)]
struct Line {
    detail: String,
}

struct Plan(Json);

impl db::FromQueryResult for Plan {
    fn from_query_result(row: &sea_orm::QueryResult, _prefix: &str) -> Result<Self, sea_orm::DbErr> {
        Ok(Self(row.try_get_by_index(0)?))
    }
}

/// How many rows there are in each large table: enough to be one.
pub async fn sizes(house: &House) -> Sizes {
    let mut sizes = Sizes::new();
    for table in LARGE {
        let rows = house.count(&format!("SELECT COUNT(*) FROM {table}")).await;
        assert!(rows > GATHERED, "{table} has {rows} rows, which nobody minds reading");
        sizes.insert(table, rows);
    }
    sizes
}

pub async fn faults(house: &House, statement: &Statement, sizes: &Sizes) -> Vec<String> {
    let (conn, sql, values) = (house.app.db().read(), &statement.sql, &statement.values);
    if !conn.is_sqlite() {
        let plan: Option<Plan> = conn
            .one(&format!("EXPLAIN (FORMAT JSON) {sql}"), values.clone())
            .await
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
        return rules::of_postgres(&plan.unwrap().0, sizes);
    }
    let lines: Vec<Line> = conn
        .all(&format!("EXPLAIN QUERY PLAN {sql}"), values.clone())
        .await
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
    let plan: Vec<String> = lines.into_iter().map(|line| line.detail).collect();
    let sorted = match rules::gathered(sql, &plan) {
        Some(count) => conn.count(&count, values.clone()).await.unwrap_or_else(|error| panic!("{error}: {count}")),
        None => 0,
    };
    rules::of_sqlite(sql, &plan, sorted)
}
