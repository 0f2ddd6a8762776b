//! Tracking sheets that were read wrongly in life, where their folder stands beside the project.

use std::path::Path;

use dinh::sheet_child::{Sheet, read};
use programme::work::usecase::tracking_sheet::{self, Line};

/// The tasks of a sheet; none where it is not there.
fn lines(file: &str) -> Option<Vec<Line>> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/reader");
    let Ok(bytes) = std::fs::read(cases.join(file)) else {
        println!("SKIPPED: ../shared is absent, {file} was not read");
        return None;
    };
    let Sheet::Read(cells) = read(&bytes) else { panic!("{file} is no sheet") };
    let sheet = tracking_sheet::read(&cells.grid()).unwrap();
    assert_eq!(sheet.lines.len() + sheet.left.len() + sheet.blank, sheet.rows, "{file}");
    Some(sheet.lines)
}

#[test]
fn a_small_share_of_the_work_is_not_all_of_it() {
    let Some(lines) = lines("X02-so-theo-doi-1-phan-tram.xlsx") else { return };
    assert_eq!(lines.iter().map(|line| line.percent).collect::<Vec<_>>(), [Some(1); 4]);
}

#[test]
fn a_lead_in_a_merged_cell_leads_each_of_its_rows() {
    let Some(lines) = lines("X04-so-theo-doi-o-gop.xlsx") else { return };
    assert_eq!(lines.len(), 2);
    assert!(!lines[0].leads.is_empty() && lines[0].leads == lines[1].leads);
}

#[test]
fn the_column_of_who_issued_is_no_deadline() {
    let Some(lines) = lines("X05-so-theo-doi-co-quan-ban-hanh.xlsx") else { return };
    assert_eq!(lines.iter().map(|line| line.due.as_str()).collect::<Vec<_>>(), ["30/12/2026"]);
}

#[test]
fn names_with_commas_are_one_body_and_two_bodies_are_two() {
    let Some(lines) = lines("X06-so-theo-doi-ten-co-phay.xlsx") else { return };
    let bodies: Vec<usize> = lines.iter().map(|line| line.leads.split(';').count()).collect();
    assert_eq!(bodies, [1, 1, 2]);
}
