//! Takes a plan document in: the bytes are kept as they are, and reading starts.

use db::Entry;
use kernel::{Ctx, PlanId, Problem, ProblemKind, Resource, UnitId, ids::kinds};
use serde_json::json;
use webkit::{Bytes, Core, Scan, Scanner};

use crate::{Error, plans::store};

pub(crate) const READ_PLAN: &str = "programme.read_plan";

/// Largest document in bytes.
pub const LIMIT: u64 = 50 * 1024 * 1024;

/// The unit that follows what the actor imports: the first post that may import, or the top of the tree.
pub(crate) fn follower(core: &Core, ctx: &Ctx) -> Result<UnitId, Problem> {
    if ctx.actor.is_trusted() {
        let bodies = core.bodies();
        let first = bodies.find("", 1).into_iter().next().map(|body| body.unit);
        let science = match bodies.resolve("Sở Khoa học và Công nghệ", None) {
            kernel::Resolution::Unit { unit, .. } => Some(unit),
            _ => None,
        };
        return science.or(first).ok_or_else(|| Problem::new(ProblemKind::Conflict, "set-up-first"));
    }
    let may = |unit: &UnitId| {
        core.authorizer().check(ctx, "plan.import", &Resource { kind: "Plan", ..Resource::unit(*unit) }).is_ok()
    };
    ctx.actor.posts().iter().map(|post| post.unit).find(may).ok_or_else(Problem::forbidden)
}

/// Stores the document and queues its reading. The same bytes twice are refused.
pub async fn plan_import(core: &Core, ctx: &Ctx, file_name: &str, bytes: Bytes) -> Result<PlanId, Problem> {
    let follower = follower(core, ctx)?;
    if bytes.len() as u64 > LIMIT {
        return Err(Problem::new(ProblemKind::TooLarge, "file-too-large").with("limit", LIMIT / 1024 / 1024));
    }
    let (size, hash) = (i64::try_from(bytes.len()).unwrap_or(i64::MAX), &db::BlobHash::of(&bytes));
    if let Some(old) = store::plan::by_hash(&core.db().read(), hash.as_str()).await? {
        if old.is_seen_by(ctx) {
            return Err(Error::SamePlan(old.label()).into());
        }
        // Somebody else's, not read yet: not even its name is told.
        return Err(Problem::new(ProblemKind::Conflict, "same-plan-reading"));
    }
    let scan = core.get::<Scanner>()?.scan(&bytes).await?;
    core.db().blobs().put(bytes).await?;
    let id = ctx.new_id::<kinds::Plan>();
    core.db()
        .write(ctx, |tx| async move {
            tx.keep_blob(hash, size, "application/octet-stream").await?;
            if scan == Scan::Clean {
                tx.blob_scanned(hash, ctx.now()).await?;
            }
            store::plan::refused_drop(&tx, hash.as_str()).await?;
            store::plan::insert(&tx, id, file_name, hash.as_str(), follower, ctx).await?;
            let job = tx.enqueue(READ_PLAN, &json!({ "plan": id.to_string() })).await?;
            store::plan::job_set(&tx, id, job).await?;
            tx.ledger(
                Entry::new("plan.import", id)
                    .unit(follower)
                    .detail(json!({ "sha256": hash.to_string(), "bytes": size })),
            );
            Ok(())
        })
        .await?;
    Ok(id)
}
