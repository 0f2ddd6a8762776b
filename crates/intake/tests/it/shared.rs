//! Lists that were read wrongly in life, where their folder stands beside the project.

use std::path::Path;

use intake::{CsvRow, decode, table};

fn rows(file: &str) -> Option<Vec<CsvRow>> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/reader");
    let Ok(bytes) = std::fs::read(cases.join(file)) else {
        println!("SKIPPED: ../shared is absent, {file} was not read");
        return None;
    };
    let text = decode(&bytes);
    assert_eq!(text.doubt, None, "{file}");
    let table = table(&text.text).expect("a table");
    assert_eq!(table.doubts, [], "{file}");
    Some(table.rows)
}

#[test]
fn units_are_read_whatever_stands_between_them_and_however_they_are_encoded() {
    let files = ["U01-dau-cham-phay.csv", "U02-nfd.csv", "U04-windows-1258.csv"];
    let read: Vec<Vec<CsvRow>> = files.into_iter().filter_map(rows).collect();
    for rows in &read {
        assert_eq!((rows.len(), rows[1].cells.len()), (2, 6));
        // One name was written in three ways.
        let name = rows[1].cells[1].as_str();
        assert_eq!(name, read[0][1].cells[1]);
        assert!(
            name.split(' ').all(intake::is_syllable) && name.chars().all(|c| c == ' ' || c.is_alphabetic()),
            "{name}"
        );
    }
    println!("{} of {} lists were read", read.len(), files.len());
}
