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

/// Those that were checked, what was asked for last first: the search over a table takes longer than a page may.
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
    if let Some(found) = remembered(&bodies, None) {
        return Ok(found);
    }
    let files = bodies.clone();
    let made = Arc::new(heavy(move || Appraiser::fitting(files.0.as_deref(), files.1.as_deref())).await?);
    Ok(remembered(&bodies, Some(&made)).unwrap_or(made))
}

/// The one of these bodies, in front from then on; `made` where there is none. Whoever asks gets the same one: a classification
/// tells by it whether the rules are still those by which it was reckoned.
fn remembered(bodies: &Bodies, made: Option<&Arc<Appraiser>>) -> Option<Arc<Appraiser>> {
    let mut all = CHECKED.lock().unwrap_or_else(PoisonError::into_inner);
    let place = all.iter().position(|(known, _)| known == bodies);
    let found = place.map(|place| all.remove(place).1).or_else(|| made.cloned())?;
    all.insert(0, (bodies.clone(), Arc::clone(&found)));
    all.truncate(REMEMBERED);
    Some(found)
}
