//! A body's systems with state secrets: that there are so many is all that is kept of them.

use db::{Entry, Row as _};
use kernel::{Ctx, Problem, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use webkit::{Answers, Core, Kept as _, Record as _};

use crate::model::System;

/// More than these at once are a slip of the hand.
const MOST: i64 = 50;

/// How many such systems a body has more than are counted.
#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
pub struct SecretInput {
    /// The owner, by its id or name.
    pub owner: String,
    /// How many, from 1 on.
    #[serde(default)]
    pub count: String,
}

/// Counts them at their owner; how many were added.
pub async fn secret_count(core: &Core, ctx: &Ctx, input: &SecretInput) -> Result<(UnitId, i64), Problem> {
    let count = count(&input.count)?;
    let said = Answers::default().with("name", "–").with("owner", &*input.owner).with("state_secret", "yes");
    let said = said.with("state", "operating");
    let rows = (0..count).map(|_| System::from_answers(core, ctx, &said, None));
    let rows = &rows.collect::<Result<Vec<System>, Problem>>()?;
    let owner = rows.first().map(|row| row.owner_id).ok_or_else(|| Problem::internal("none to count"))?;
    for row in rows {
        row.check(core, ctx)?;
    }
    core.db()
        .write(ctx, |tx| async move {
            System::insert_all(&tx, rows).await.map_err(System::refused)?;
            tx.ledger(Entry::new("system.secret", owner).unit(owner).detail(json!({ "count": count })));
            Ok(())
        })
        .await?;
    Ok((owner, count))
}

fn count(text: &str) -> Result<i64, Problem> {
    let text = text.trim();
    let number = if text.is_empty() { Some(1) } else { text.parse().ok() };
    let refused = || Problem::bad_input("bad-number").with("least", 1).with("most", MOST).field("count", "bad-number");
    number.filter(|number| (1..=MOST).contains(number)).ok_or_else(refused)
}
