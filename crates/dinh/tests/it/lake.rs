//! What the lake is told is what the rows are: facts taken one after the other make the rows of now.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::house::House;

#[derive(db::FromQueryResult)]
struct Fact {
    body: String,
}

type Rows = BTreeMap<Vec<String>, Value>;

impl House {
    /// Every mirrored table as the facts of all acts leave it, and as it is.
    pub async fn lake_is_as_the_rows(&self) {
        let (db, conn) = (self.app.db(), self.app.db().read());
        for table in db::fact_tables(db) {
            let key = |row: &Value| table.key.iter().map(|key| row[key].to_string()).collect::<Vec<_>>();
            let sql = "SELECT body FROM db_fact WHERE fact_table = $1 ORDER BY stream, seq";
            let facts: Vec<Fact> = conn.all(sql, db::vals![table.name]).await.unwrap();
            let mut told = Rows::new();
            for fact in facts {
                for row in serde_json::from_str::<Vec<Value>>(&fact.body).unwrap() {
                    match row["removed"].as_bool() {
                        Some(true) => told.remove(&key(&row)),
                        _ => told.insert(key(&row), row),
                    };
                }
            }
            let (mut now, mut after) = (Rows::new(), None);
            loop {
                let (rows, last) = db::fact_snapshot(db, &conn, table.name, after.as_ref(), 500).await.unwrap();
                now.extend(rows.into_iter().map(|row| (key(&row), row)));
                if last.is_none() {
                    break;
                }
                after = last;
            }
            assert_eq!(told, now, "{}", table.name);
        }
    }
}

#[tokio::test]
async fn a_played_year_is_told_as_it_was_played() {
    let house = House::year().await;
    house.lake_is_as_the_rows().await;
    house.acts_have_words().await;
    for table in db::fact_tables(house.app.db()) {
        let sql = format!("SELECT COUNT(*) FROM db_fact WHERE fact_table = '{}'", table.name);
        assert!(house.count(&sql).await > 0, "of {} nothing was told", table.name);
        for column in table.columns {
            if let kernel::ColumnWords::Label(key) = column.words {
                assert!(house.app.locales().has(key), "{}.{} is called by no words", table.name, column.name);
            }
        }
    }
    let late = "SELECT COUNT(*) FROM db_fact f WHERE NOT EXISTS (SELECT 1 FROM db_ledger l WHERE l.stream = f.stream AND l.seq = f.seq)";
    assert_eq!(house.count(late).await, 0, "no fact without its entry");
}
