//! Rows that repeat what is written elsewhere go with it, whichever module keeps them.

use std::collections::BTreeSet;

use dinh::wiring;

/// Columns in which a row of one module says what another one wrote, or where it stands.
const REPEATING: [&str; 10] =
    ["href", "page", "path", "query", "fields", "words", "html", "payload", "body", "headers"];
/// Their own words, or known to `db::forget_of` by another way than taking the row away.
const KNOWN: [&str; 7] = [
    // Of acts: ids, never words; kept for ever.
    "db_ledger",
    // What rows were, facts that wait, and answers for who asks again.
    "db_before",
    "db_fact",
    "db_idempotency",
    // Ids, and only until the work is done.
    "db_job",
    // Documents, work and reports are the programme's own, the inventory's rows the registry's: `store::veiled`.
    "programme_",
    "registry_",
];

#[test]
fn no_table_that_repeats_what_is_written_elsewhere_is_forgotten() {
    let migrations = wiring::migrations(&wiring::modules());
    let declared: BTreeSet<String> = db::echoing_tables(&migrations).into_iter().collect();
    let known =
        |table: &str| KNOWN.iter().any(|known| table == *known || known.ends_with('_') && table.starts_with(known));
    let columns = db::text_columns(&migrations).into_iter();
    let repeating: BTreeSet<String> = columns
        .filter(|(table, column, _)| REPEATING.contains(&column.as_str()) && !known(table))
        .map(|(table, _, _)| table)
        .collect();
    assert_eq!(repeating, declared, "what is new here is declared by `Change::echoes`, or known above");
    assert_eq!(declared.len(), 4, "drafts, views, notices and letters");
}
