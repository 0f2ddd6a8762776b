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

/// Reports and difficulties by the name of their body, as parts are; those that are there take the place of its parts.
pub fn of_units(change: &mut Change) {
    for table in ["programme_report", "programme_difficulty"] {
        change.extend(table, |t| t.opt_text("unit_sort"));
        change.mend(&format!(
            "UPDATE {table} SET unit_sort = (SELECT MIN(p.unit_sort) FROM programme_part p WHERE p.unit_id = {table}.unit_id)"
        ));
        change.mend(&format!("CREATE INDEX {table}_unit_sort ON {table} ((COALESCE(unit_sort, '')), id)"));
    }
}
