//! How busy the connections to the database are.

use sea_orm::{DatabaseConnection, DbBackend};

use crate::Db;

/// The connections of one pool: those that are open, and of them those without work.
#[derive(Debug, Clone, Copy)]
pub struct Pool {
    pub name: &'static str,
    pub open: i64,
    pub idle: i64,
}

impl Db {
    /// The pools for writing and for reading.
    pub fn pools(&self) -> [Pool; 2] {
        let inner = &self.inner;
        [("write", &inner.writer), ("read", &inner.reader)].map(|(name, pool)| {
            let (open, idle) = busy(pool, inner.backend);
            Pool { name, open: open.into(), idle: i64::try_from(idle).unwrap_or(i64::MAX) }
        })
    }
}

fn busy(pool: &DatabaseConnection, backend: DbBackend) -> (u32, usize) {
    if matches!(backend, DbBackend::Sqlite) {
        let pool = pool.get_sqlite_connection_pool();
        (pool.size(), pool.num_idle())
    } else {
        let pool = pool.get_postgres_connection_pool();
        (pool.size(), pool.num_idle())
    }
}
