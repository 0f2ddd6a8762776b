//! What was computed of a scope, a filter and a day, kept as long as nothing that it rests on was written.

use std::{hash::Hash, sync::Arc, time::Duration};

use db::{DbError, Reader};
use jiff::civil::Date;
use kernel::{Problem, Scope};
use moka::future::Cache;

use crate::work::{
    model::order::{Order, TaskBy},
    store::{
        part::PartRow,
        register::{Filter, TaskGroup},
    },
};

/// Whose rows are counted and named.
const OF: [&str; 2] = ["programme", "directory"];

/// The newest entry that changed such rows, the day, what is asked for, what may be seen, and in which form.
type Key<K> = (i64, Date, Filter, Scope, K);

/// A key holds the number of the newest entry that changed such rows, so nothing is ever older than the rows it counts; of many
/// who ask at once one computes.
#[derive(Debug)]
pub struct Remembered<T: Send + Sync + 'static, K: Hash + Eq + Send + Sync + 'static = ()>(Cache<Key<K>, Arc<T>>);

impl<T: Send + Sync + 'static, K: Hash + Eq + Send + Sync + 'static> Default for Remembered<T, K> {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(200).time_to_idle(Duration::from_mins(1)).build())
    }
}

impl<T: Send + Sync + 'static, K: Hash + Eq + Send + Sync + 'static> Remembered<T, K> {
    /// From memory where nothing was written since.
    pub async fn get(
        &self,
        conn: &Reader,
        (filter, scope, today, form): (&Filter, &Scope, Date, K),
        compute: impl Future<Output = Result<T, DbError>>,
    ) -> Result<Arc<T>, Problem> {
        let key = (db::change_number(conn, &OF).await?, today, filter.clone(), scope.clone(), form);
        let computed = async { compute.await.map(Arc::new) };
        self.0.try_get_with(key, computed).await.map_err(|error| Problem::from(&*error))
    }
}

/// The first page of a register, with one row more than it holds where there are others, and how many parts there are.
#[derive(Debug)]
pub struct First<T> {
    pub rows: Vec<T>,
    /// Up to a bound.
    pub parts: i64,
}

/// First pages of the register by parts.
pub type FirstParts = Remembered<First<PartRow>>;
/// First pages of the register by tasks.
pub type FirstTasks = Remembered<First<TaskGroup>, Order<TaskBy>>;
