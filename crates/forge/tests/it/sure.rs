//! Where the reader says that it is sure it is right, and elsewhere it asks.

use forge::{Step, Sure, document, score};

use super::documents;

/// Of the tasks that the reader is sure of: somebody gave them, and all their fields are right.
const RIGHT: f64 = 0.99;
/// Of all tasks that were read: a reader that is sure of nothing would be right too.
const MOST_UNSURE: f64 = 0.15;

#[test]
fn what_is_sure_is_right_and_the_rest_is_asked_about() {
    let mut sure = Sure::default();
    for seed in 0..documents() {
        let forged = document(seed);
        let reading = plan_reader::read(forged.text.as_bytes()).ok();
        sure.add(&score(&forged, reading.as_ref()).rows);
    }
    let (rows, unsure) = (sure.sure(), sure.unsure());
    assert!(Step::share(rows.right, rows.rows) >= RIGHT, "{}", sure.told());
    assert_eq!(unsure.asked, unsure.rows, "{}", sure.told());
    assert!(Step::share(unsure.rows, rows.rows + unsure.rows) <= MOST_UNSURE, "{}", sure.told());
}
