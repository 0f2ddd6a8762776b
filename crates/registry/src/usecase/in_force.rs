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

/// By the editions in force, or those that the program brings: where none is, and where one does not fit the questions any
/// more ([`Appraiser::unfit`]).
pub async fn appraiser(conn: &Reader) -> Result<Arc<Appraiser>, Problem> {
    let body = |found: Option<RuleSet>| found.map(|one| one.body);
    let table = body(rules::in_force(conn, RulesKind::Strategy).await?);
    let weights = body(rules::in_force(conn, RulesKind::Priority).await?);
    of((table, weights)).await
}

/// By this one in the place of the one in force; none where it does not fit the questions any more.
pub async fn with(conn: &Reader, other: &RuleSet) -> Result<Option<Arc<Appraiser>>, Problem> {
    let kept = |kind| async move {
        if other.kind == kind {
            return Ok::<_, Problem>(Some(other.body.clone()));
        }
        Ok(rules::in_force(conn, kind).await?.map(|one| one.body))
    };
    let made = of((kept(RulesKind::Strategy).await?, kept(RulesKind::Priority).await?)).await?;
    Ok((!made.unfit.contains(&other.kind)).then_some(made))
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
    let made = Arc::new(heavy(move || Appraiser::fitting(files.0.as_deref(), files.1.as_deref())).await?);
    let mut all = checked();
    all.insert(0, (bodies, Arc::clone(&made)));
    all.truncate(REMEMBERED);
    Ok(made)
}
