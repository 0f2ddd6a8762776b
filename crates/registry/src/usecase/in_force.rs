//! The rules, questions and weights that decide today.

use std::sync::{Arc, Mutex, PoisonError};

use db::Reader;
use kernel::Problem;
use webkit::heavy;

use crate::{
    model::{
        appraiser::Appraiser,
        rules::{RuleSet, RulesKind},
    },
    store::rules,
};

type Bodies = (Option<String>, Option<String>);

/// How many are remembered: those in force, and some editions that are looked at beside them.
const REMEMBERED: usize = 4;

/// Those that were checked, the newest first: the search over a table takes longer than a page may.
static CHECKED: Mutex<Vec<(Bodies, Arc<Appraiser>)>> = Mutex::new(Vec::new());

/// By the editions in force, or those that the program brings.
pub async fn appraiser(conn: &Reader) -> Result<Arc<Appraiser>, Problem> {
    let body = |found: Option<RuleSet>| found.map(|one| one.body);
    let table = body(rules::in_force(conn, RulesKind::Strategy).await?);
    let weights = body(rules::in_force(conn, RulesKind::Priority).await?);
    of((table, weights)).await
}

/// By these in the place of those in force.
pub async fn with(conn: &Reader, other: &RuleSet) -> Result<Arc<Appraiser>, Problem> {
    let kept = |kind| async move {
        if other.kind == kind {
            return Ok::<_, Problem>(Some(other.body.clone()));
        }
        Ok(rules::in_force(conn, kind).await?.map(|one| one.body))
    };
    of((kept(RulesKind::Strategy).await?, kept(RulesKind::Priority).await?)).await
}

async fn of(bodies: Bodies) -> Result<Arc<Appraiser>, Problem> {
    if bodies == (None, None) {
        return Ok(Appraiser::shipped());
    }
    let checked = || CHECKED.lock().unwrap_or_else(PoisonError::into_inner);
    let found = checked().iter().find(|(known, _)| *known == bodies).map(|(_, found)| Arc::clone(found));
    if let Some(found) = found {
        return Ok(found);
    }
    let files = bodies.clone();
    let made = heavy(move || Appraiser::of(files.0.as_deref(), files.1.as_deref())).await?;
    // It was checked when it was brought.
    let made = Arc::new(made.map_err(|refused| Problem::internal(format!("rules in force: {:?}", refused.faults)))?);
    let mut all = checked();
    all.insert(0, (bodies, Arc::clone(&made)));
    all.truncate(REMEMBERED);
    Ok(made)
}
