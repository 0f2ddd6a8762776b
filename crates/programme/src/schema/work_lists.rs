//! How the lists of difficulties, questions and letters are ordered, cut down and searched.

use db::Change;

pub fn work_lists(change: &mut Change) {
    change.folds("programme_difficulty", "text || ' ' || proposal");
    change.folds("programme_question", "text");
    change.folds("programme_letter", "about || ' ' || COALESCE(number, '')");
    newest(change, "programme_difficulty", "raised_at", &["unit_id", "holder_id", "state"]);
    newest(change, "programme_question", "asked_at", &["asked_by", "closed_at"]);
    newest(change, "programme_letter", "drafted_at", &["from_id", "state", "kind"]);
    for table in ["programme_difficulty", "programme_question"] {
        change.mend(&format!("CREATE INDEX {table}_due ON {table} ((COALESCE(due_on, '9999')), id)"));
    }
    change.index("programme_hop", &["unit_id", "difficulty_id"]);
}

/// The newest first: of all, and of those with one value of each of these columns.
fn newest(change: &mut Change, table: &str, at: &str, columns: &[&str]) {
    let order = format!("(CAST(9999999999999999 - {at} AS text)), id");
    change.mend(&format!("CREATE INDEX {table}_newest ON {table} ({order})"));
    for column in columns {
        change.mend(&format!("CREATE INDEX {table}_{column}_newest ON {table} ({column}, {order})"));
    }
}
