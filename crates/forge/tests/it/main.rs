//! The reader on forged documents: no worse than it was, until it reaches its goals; the same in every format; right where it
//! is sure.

#![expect(clippy::unwrap_used, reason = "tests")]

mod blanks;
mod formats;
mod sure;

use forge::{Kind, Tally, document, score};

/// 200 documents; 20,000 in `cargo xtask soak`.
fn documents() -> u64 {
    if std::env::var_os("TESTKIT_SOAK").is_some() { 20_000 } else { 200 }
}

/// What the reader reaches, less a little: it only goes up. The goals are items 0.99, fields 0.98, nothing lost without a
/// doubt, false tasks 0.5 %.
const ITEMS: f64 = 0.99;
const FIELDS: f64 = 0.99;
const LOST: f64 = 0.005;
const FALSE_TASKS: f64 = 0.005;

#[test]
fn the_reader_is_no_worse_than_it_was() {
    let mut tally = Tally::default();
    for seed in 0..documents() {
        let forged = document(seed);
        assert_eq!(forged.faults(), Vec::<String>::new(), "seed {seed}");
        let reading = plan_reader::read(forged.text.as_bytes()).ok();
        let score = score(&forged, reading.as_ref());
        assert!(forged.kind != Kind::Report || score.tasks.asked == 0, "seed {seed}");
        tally.add(seed, forged.kind, &score);
    }
    assert!(tally.items() >= ITEMS && tally.fields() >= FIELDS, "{}", tally.told());
    assert!(tally.lost_share() <= LOST && tally.false_tasks() <= FALSE_TASKS, "{}", tally.told());
}
