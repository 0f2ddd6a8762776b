//! The orders of registers, and their filters in each first order.

use db::Change;

use crate::reporting::store::duty::DutyRow;

fn index(change: &mut Change, table: &str, name: &str, columns: &str) {
    change.mend(&format!("CREATE INDEX {table}_{name} ON {table} ({columns})"));
}

pub fn reports(change: &mut Change) {
    // What is to do comes before what was sent, read from the end.
    const ORDER: &str = "(CASE WHEN state IN ('issued', 'accepted') THEN '0' ELSE '1' END || due_on), id";
    // A consolidated report is received by nobody.
    const RECEIVER: &str = "(CASE WHEN consolidated THEN NULL ELSE owner_id END)";
    let table = "programme_report";
    change.mend("DROP INDEX programme_report_to_do");
    index(change, table, "order", ORDER);
    for column in ["unit_id", "label", "state"] {
        index(change, table, &format!("{column}_order"), &format!("{column}, {ORDER}"));
    }
    index(change, table, "receiver_order", &format!("{RECEIVER}, {ORDER}"));
    change.mend(&format!("CREATE INDEX {table}_consolidated_order ON {table} ({ORDER}) WHERE consolidated"));
    change.index(table, &["due_on", "id"]);
    change.index(table, &["label", "id"]);
}

pub fn duties(change: &mut Change) {
    // What is proposed waits for a person, what has ended for nobody.
    const ORDER: &str =
        "(CASE state WHEN 'proposed' THEN '0' WHEN 'active' THEN '1' ELSE '2' END || COALESCE(fold, '')), id";
    let table = "programme_duty";
    change.folds(table, "name || ' ' || section");
    // Says nothing to the database: it is for acts of before this step that are taken back.
    change.follows::<DutyRow>();
    index(change, table, "order", ORDER);
    for column in ["owner_id", "state", "period"] {
        index(change, table, &format!("{column}_order"), &format!("{column}, {ORDER}"));
    }
    change.mend("CREATE INDEX programme_duty_name ON programme_duty ((COALESCE(fold, '')), id)");
}

/// A period is looked for as it is said.
pub fn words(change: &mut Change) {
    let number = "LTRIM(SUBSTR(label, 7), '0')";
    let said = [
        ("M", format!("'tháng ' || {number} || ' '")),
        ("L", format!("'đợt ' || {number} || ' '")),
        (
            "Q",
            format!(
                "'quý ' || CASE {number} WHEN '1' THEN 'I' WHEN '2' THEN 'II' WHEN '3' THEN 'III' ELSE 'IV' END || ' '"
            ),
        ),
        ("H", format!("CASE {number} WHEN '1' THEN '6 tháng đầu ' ELSE '6 tháng cuối ' END")),
    ];
    let said = said.map(|(sign, words)| format!(" WHEN '{sign}' THEN {words}")).concat();
    let year = "'năm ' || SUBSTR(label, 1, 4)";
    change.folds(
        "programme_report",
        &format!("label || ' ' || CASE SUBSTR(label, 6, 1){said} ELSE '' END || {year} || ' ' || COALESCE(number, '')"),
    );
}
