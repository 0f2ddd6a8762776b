//! What every running house is asked by its tests, of one domain or of all.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Actor, Ctx, Lang, Post, UnitId};
use serde_json::Value as Json;
use uuid::Uuid;
use webkit::Site;

use crate::{FrozenClock, SeededIds, TestDb};

pub struct Running {
    pub app: Site,
    pub clock: Arc<FrozenClock>,
    pub test: TestDb,
    pub ids: Arc<SeededIds>,
}

#[derive(db::FromQueryResult)]
struct Fact {
    body: String,
}

type Rows = BTreeMap<Vec<String>, Json>;

impl Running {
    pub fn system(&self) -> Ctx {
        self.app.ctx(Actor::System("test"), Lang::Vi)
    }

    /// Runs the jobs that are waiting.
    pub async fn drain(&self) {
        db::drain(self.app.db(), &self.system(), &self.app.job_handlers().unwrap()).await.unwrap();
    }

    pub async fn count(&self, sql: &str) -> i64 {
        self.app.db().read().count(sql, vec![]).await.unwrap()
    }

    /// The id that a query finds first.
    pub async fn one(&self, sql: &str, values: Vec<db::Value>) -> Uuid {
        #[derive(db::FromQueryResult)]
        struct Row {
            id: Uuid,
        }
        let row: Row = self.app.db().read().one(sql, values).await.unwrap().unwrap_or_else(|| panic!("{sql}"));
        row.id
    }

    /// Where the last letter of proof leads.
    pub async fn proof_link(&self) -> String {
        #[derive(db::FromQueryResult)]
        struct Row {
            text: String,
        }
        let sql = "SELECT text FROM notify_outbox WHERE text LIKE '%/notices/confirm/%' ORDER BY id DESC LIMIT 1";
        let row: Row = self.app.db().read().one(sql, vec![]).await.unwrap().unwrap();
        row.text.split("http://dinh.test").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
    }

    /// Rows as no use case would leave them: those of another version, of another time.
    pub async fn exec(&self, sql: &str, values: Vec<db::Value>) {
        let (ctx, values) = (self.system(), &values);
        let done = self.app.db().write(&ctx, |tx| async move {
            tx.ledger(db::Entry::new("test.rows", "test"));
            tx.exec(sql, values.clone()).await?;
            Ok(())
        });
        done.await.unwrap();
    }

    pub async fn ledger_length(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM db_ledger").await
    }

    /// The entry of the newest act of this name.
    pub async fn newest(&self, act: &str) -> i64 {
        self.count(&format!("SELECT MAX(seq) FROM db_ledger WHERE action = '{act}'")).await
    }

    /// Every register of every domain shows exactly what the policy allows, to posts of every role in these units.
    pub async fn registers_agree(&self, units: &[UnitId]) {
        let (system, roles) = (self.system(), webkit::roles(self.app.modules()));
        let mut seen = 0;
        for register in self.app.modules().iter().flat_map(|module| (module.registers)()) {
            for (unit, role) in units.iter().flat_map(|unit| roles.all().iter().map(|role| (*unit, *role))) {
                let posts = vec![Post { unit, role }];
                let ctx = system.with_actor(Actor::Person { account: system.new_id(), person: system.new_id(), posts });
                let (wrong, rows) = register.disagreements(&self.app, &ctx).await.unwrap();
                assert_eq!(wrong, Vec::<String>::new(), "{role:?}");
                seen += rows;
            }
        }
        assert!(seen > 0, "there is nothing to see");
    }

    /// Every mirrored table as the facts of all acts leave it, and as it is.
    pub async fn lake_is_as_the_rows(&self) {
        let (db, conn) = (self.app.db(), self.app.db().read());
        for table in db::fact_tables(db) {
            let key = |row: &Json| table.key.iter().map(|key| row[key].to_string()).collect::<Vec<_>>();
            let sql = "SELECT body FROM db_fact WHERE fact_table = $1 ORDER BY stream, seq";
            let facts: Vec<Fact> = conn.all(sql, db::vals![table.name]).await.unwrap();
            let mut told = Rows::new();
            for fact in facts {
                for row in serde_json::from_str::<Vec<Json>>(&fact.body).unwrap() {
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
