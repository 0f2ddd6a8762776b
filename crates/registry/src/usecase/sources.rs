//! Who may know what the questions ask beside the inventory: a measured exchange, the lake. Whoever wires the program names them.

use std::{collections::HashMap, fmt, sync::Arc};

use async_trait::async_trait;
use kernel::{Ctx, Problem};
use webkit::Core;

use crate::model::{SystemId, appraiser::Fields, proposed::Beside};

#[async_trait]
pub trait AnswerSource: Send + Sync + fmt::Debug {
    /// `exchange`. Its words are `answer-from-<code>` and `answer-from-<code>-hint`.
    fn code(&self) -> &'static str;

    /// What it knows of these systems, which may be all that there are: by the names under which questions (`prefill`) and
    /// rules know the fields. What it does not know is not there. Asked before a transaction begins, never in one.
    async fn known(&self, ctx: &Ctx, systems: &[SystemId]) -> Result<HashMap<SystemId, Fields>, Problem>;
}

/// The sources behind the inventory, the most believed first; none is as good as any.
#[derive(Debug, Clone, Default)]
pub struct AnswerSources(pub Vec<Arc<dyn AnswerSource>>);

/// What they know of these systems.
pub async fn beside(core: &Core, ctx: &Ctx, systems: &[SystemId]) -> Result<Beside, Problem> {
    let mut out = Beside::new();
    for source in &core.get::<AnswerSources>()?.0 {
        for (system, mut fields) in source.known(ctx, systems).await? {
            fields.retain(|_, value| !value.is_null());
            out.entry(system).or_default().push((source.code(), fields));
        }
    }
    Ok(out)
}
