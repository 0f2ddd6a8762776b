//! What waits for a reader, beside the entries of the navigation.

use std::{collections::BTreeMap, pin::Pin};

use kernel::{Ctx, Problem};

use crate::Core;

/// What waits for a reader, by the entry of the navigation that leads there. Asked for every page: kept, or found at once.
pub type Counts =
    for<'a> fn(
        &'a Core,
        &'a Ctx,
    ) -> Pin<Box<dyn Future<Output = Result<BTreeMap<&'static str, usize>, Problem>> + Send + 'a>>;

/// Those of all modules.
#[derive(Debug)]
pub(crate) struct AllCounts(pub Vec<Counts>);

impl AllCounts {
    pub async fn of(core: &Core, ctx: &Ctx) -> Result<BTreeMap<&'static str, usize>, Problem> {
        let mut out = BTreeMap::new();
        for counts in &core.get::<Self>()?.0 {
            out.extend(counts(core, ctx).await?);
        }
        Ok(out)
    }
}
