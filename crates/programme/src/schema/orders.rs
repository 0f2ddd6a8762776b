//! The orders in which heads of columns put the registers.

use db::Change;

pub fn orders(change: &mut Change) {
    change.index("programme_part", &["unit_sort", "id"]);
    for table in ["programme_letter", "programme_report"] {
        change.mend(&format!("CREATE INDEX {table}_issued ON {table} ((COALESCE(issued_on, '')), id)"));
    }
    let newest = "(CAST(9999999999999999 - since AS text)), id";
    change.mend(&format!("CREATE INDEX programme_unled_newest ON programme_unled ({newest})"));
}
