//! Folded text of rows that were there before anybody folded it.

use kernel::text;

use super::change::Change;

/// Letters that bear a mark, as Vietnamese has them.
const MARKED: &str = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
/// As many as the parser of SQLite takes one inside the other on any machine.
const AT_ONCE: usize = 12;

impl Change {
    /// Adds a column `fold` in which words are looked for. Earlier rows get it from `text`, an expression over their columns,
    /// with signs left in it; whoever writes a row from now on folds it.
    pub fn folds(&mut self, table: &str, text: &str) {
        self.extend(table, |t| t.opt_text("fold"));
        self.follows.entry(table.to_owned()).or_default();
        self.mend(&format!("UPDATE {table} SET fold = LOWER({text})"));
        let letters: Vec<char> = MARKED.chars().flat_map(|letter| letter.to_uppercase().chain([letter])).collect();
        for some in letters.chunks(AT_ONCE) {
            self.mend(&format!("UPDATE {table} SET fold = {}", some.iter().copied().fold("fold".to_owned(), without)));
        }
    }
}

fn without(text: String, letter: char) -> String {
    format!("REPLACE({text}, '{letter}', '{}')", text::fold(&letter.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_marked_letter_is_folded_to_a_plain_one() {
        assert_eq!(MARKED.chars().count(), 67);
        assert_eq!(without("fold".into(), 'Ẵ'), "REPLACE(fold, 'Ẵ', 'a')");
        assert!(MARKED.chars().all(|letter| text::fold(&letter.to_string()).is_ascii()));
    }
}
