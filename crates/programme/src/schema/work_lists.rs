//! How the lists of difficulties, questions and letters are ordered, cut down and searched.

use db::Change;
use kernel::text::fold;

pub fn work_lists(change: &mut Change) {
    newest(change, "programme_difficulty", "raised_at", &["unit_id", "holder_id", "state"]);
    newest(change, "programme_question", "asked_at", &["asked_by", "closed_at"]);
    newest(change, "programme_letter", "drafted_at", &["from_id", "state", "kind"]);
    for table in ["programme_difficulty", "programme_question"] {
        change.mend(&format!("CREATE INDEX {table}_due ON {table} ((COALESCE(due_on, '9999')), id)"));
    }
    change.index("programme_hop", &["unit_id", "difficulty_id"]);
    searched(change, "programme_difficulty", "text || ' ' || proposal");
    searched(change, "programme_question", "text");
    searched(change, "programme_letter", "about || ' ' || COALESCE(number, '')");
}

/// The newest first: of all, and of those with one value of each of these columns.
fn newest(change: &mut Change, table: &str, at: &str, columns: &[&str]) {
    let order = format!("(CAST(9999999999999999 - {at} AS text)), id");
    change.mend(&format!("CREATE INDEX {table}_newest ON {table} ({order})"));
    for column in columns {
        change.mend(&format!("CREATE INDEX {table}_{column}_newest ON {table} ({column}, {order})"));
    }
}

/// Words are looked for without their marks. What was written before is folded here, in words of both databases: a few letters
/// at a time, because a statement may not be nested deeply.
fn searched(change: &mut Change, table: &str, text: &str) {
    change.extend(table, |t| t.opt_text("fold"));
    change.mend(&format!("UPDATE {table} SET fold = LOWER({text})"));
    for letters in marked().chunks(10) {
        let plain = |sql: String, (letter, plain): &(char, String)| format!("REPLACE({sql}, '{letter}', '{plain}')");
        change.mend(&format!("UPDATE {table} SET fold = {}", letters.iter().fold("fold".to_owned(), plain)));
    }
}

/// Letters with marks, capitals too, and what is left of each without.
fn marked() -> Vec<(char, String)> {
    const LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
    let capitals = LETTERS.chars().flat_map(char::to_uppercase);
    LETTERS.chars().chain(capitals).map(|letter| (letter, fold(&letter.to_string()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_words_are_folded_as_new_ones() {
        let text = "Đề nghị bổ sung KINH PHÍ nâng cấp đường truyền của Sở Y tế, xã Ỷ Lễ";
        let letters = marked();
        let found = letters.iter().fold(text.to_lowercase(), |text, (letter, plain)| text.replace(*letter, plain));
        assert_eq!(fold(&found), found.replace(',', ""));
        assert_eq!(fold(text), fold(&found));
        assert_eq!(letters.len(), 2 * 67);
    }
}
