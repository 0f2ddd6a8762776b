//! Duties and the head of a document are reviewed as rows are.

use db::Change;

pub fn reviewed(change: &mut Change) {
    // What was said of a duty before revisions were counted was said once.
    change.extend("programme_read_duty", |t| t.opt_integer("rev"));
    // Since when the head was compared with the document; nothing while nobody looked.
    change.extend("programme_plan", |t| t.opt_integer("head_seen"));
}

/// Since when a document that orders nothing is filed, and who said so.
pub fn filed(change: &mut Change) {
    change.extend("programme_plan", |t| {
        t.opt_integer("filed_at");
        t.opt_text("filed_by");
    });
}
