//! Whether a file that was brought may hold numbers by which people are identified.

use db::Change;

/// In how many places; none for files that came before anybody looked. The numbers are kept nowhere.
pub fn identities(change: &mut Change) {
    change.extend("programme_evidence", |t| t.opt_integer("identities"));
}

/// The same of the file with which a report came back signed.
pub fn of_reports(change: &mut Change) {
    change.extend("programme_report", |t| t.opt_integer("file_identities"));
}
