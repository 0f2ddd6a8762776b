//! All systems and their relations, read once and kept as long as no act changed anything of the registry.

use std::time::Duration;

use db::Reader;
use kernel::Problem;
use moka::{future::Cache, policy::EvictionPolicy};
use webkit::Core;

use crate::{model::landscape::Landscape, store::landscape};

/// Whose rows it is made of.
const OF: [&str; 1] = ["registry"];

/// The newest one, under the number of the newest entry that changed such rows: it is never older than they are. What became a
/// secret since is not long in memory.
#[derive(Debug)]
pub struct Landscapes(Cache<i64, Landscape>);

impl Default for Landscapes {
    fn default() -> Self {
        let newest = Cache::builder().max_capacity(1).eviction_policy(EvictionPolicy::lru());
        Self(newest.time_to_idle(Duration::from_mins(1)).build())
    }
}

/// As this moment has it, which is a snapshot's: what is read over two moments must not be remembered as one. Not for an act
/// that has changed rows itself.
pub async fn all(core: &Core, moment: &Reader) -> Result<Landscape, Problem> {
    let number = db::change_number(moment, &OF).await?;
    let kept = &core.get::<Landscapes>()?.0;
    kept.try_get_with(number, landscape::all(moment)).await.map_err(|error| Problem::from(&*error))
}
