//! Pages whose places are kept by blanks, as `pdftotext -layout` keeps them.

use forge::{Tally, document, score};

use super::documents;

/// What the reader reaches, less a little: it only goes up. The goals are fields 0.98, nothing lost
/// without a doubt; tables whose cells touch on every line are still lost whole.
const ITEMS: f64 = 0.99;
const FIELDS: f64 = 0.98;
const LOST: f64 = 0.01;
const FALSE_TASKS: f64 = 0.005;

#[test]
fn pages_in_blanks_are_read_like_any_other_text() {
    let mut tally = Tally::default();
    let mut tables = 0;
    for seed in 0..documents() {
        let forged = document(seed);
        let reading = plan_reader::read(forged.blanks().as_bytes()).ok();
        tables += usize::from(reading.as_ref().is_some_and(|reading| reading.text.contains('\t')));
        tally.add(seed, forged.kind, &score(&forged, reading.as_ref()));
    }
    assert!(tables > 20, "only {tables} documents with a table");
    assert!(tally.items() >= ITEMS && tally.fields() >= FIELDS, "{}", tally.told());
    assert!(tally.lost_share() <= LOST && tally.false_tasks() <= FALSE_TASKS, "{}", tally.told());
}
