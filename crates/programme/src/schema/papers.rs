//! Whether a file that came in bears a digital signature.

use db::Change;

/// None for files that came before anybody looked.
pub fn signed(change: &mut Change) {
    change.extend("programme_evidence", |t| t.opt_text("signed"));
    change.extend("programme_report", |t| t.opt_text("file_signed"));
}
