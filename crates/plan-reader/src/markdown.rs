//! Markdown: signs that stand for a look are taken off, and tables of pipes become rows. Lists stay as they are: their
//! marks are those of any plan.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Span,
    paragraph::{Paragraph, row},
};

struct Patterns {
    head: Regex,
    /// A line that is bold from its beginning to its end.
    bold: Regex,
    rule: Regex,
    /// The line under the head of a table: `|---|:--:|`.
    under: Regex,
    link: Regex,
    star: Regex,
    dash: Regex,
    escape: Regex,
    end: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        head: Regex::new(r"^#{1,6}\s+(.*?)\s*#*$").ok()?,
        bold: Regex::new(r"(?m)^[ \t]*\*\*[^*\n]{2,}\*\*[ \t\r]*$").ok()?,
        rule: Regex::new(r"^(?:-{3,}|={3,}|\*{3,}|_{3,}|<!--.*-->)$").ok()?,
        under: Regex::new(r"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?$").ok()?,
        link: Regex::new(r"!?\[([^\]\[]*)\]\([^()\s]*\)").ok()?,
        star: Regex::new(r"(^|[^\p{L}\d*\\])\*([^\s*]|[^\s*][^*]*[^\s*\\])\*").ok()?,
        dash: Regex::new(r#"(^|[\s(“"])_([^\s_]|[^\s_][^_]*[^\s_\\])_($|[\s).,;:”"])"#).ok()?,
        escape: Regex::new(r"\\([!-/:-@\[-`{-~])").ok()?,
        end: Regex::new(r"(?i)<br\s*/?>").ok()?,
    })
});

/// The lines of a Markdown text as plain ones; those of any other text as they are.
pub fn plain(text: &str, lines: Vec<Paragraph>) -> Vec<Paragraph> {
    let Some(patterns) = PATTERNS.as_ref().filter(|patterns| patterns.are_in(text, &lines)) else { return lines };
    let mut out = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let rows = patterns.table(&lines[at..]);
        if rows > 0 {
            out.extend(patterns.rows(text, &lines[at..at + rows]));
            at += rows;
            continue;
        }
        patterns.line(&lines[at], &mut out);
        at += 1;
    }
    out
}

fn blank(span: Span) -> Paragraph {
    Paragraph { text: String::new(), span: Span::new(span.start, span.start), after_blank: false }
}

impl Patterns {
    /// Whether there is a heading, a table, or several lines in bold: other signs also stand in texts that are none.
    fn are_in(&self, text: &str, lines: &[Paragraph]) -> bool {
        lines.iter().any(|line| line.text.starts_with('#') && self.head.is_match(&line.text))
            || lines.windows(2).any(|pair| pair[0].text.contains('|') && self.under.is_match(&pair[1].text))
            || text.contains("**") && self.bold.find_iter(text).nth(1).is_some()
    }

    fn line(&self, line: &Paragraph, out: &mut Vec<Paragraph>) {
        if self.rule.is_match(&line.text) {
            out.push(blank(line.span));
            return;
        }
        let head = self.head.captures(&line.text).and_then(|found| found.get(1));
        let bare = head.map_or(line.text.as_str(), |head| head.as_str());
        let said = Paragraph { text: grammar::collapse(&self.inline(bare.trim_start_matches("> "))), ..line.clone() };
        if line.cells().is_some() {
            out.push(line.clone());
        } else if head.is_some() {
            out.extend([blank(line.span), said, blank(line.span)]);
        } else {
            out.push(said);
        }
    }

    /// How many lines the table takes that begins here.
    fn table(&self, lines: &[Paragraph]) -> usize {
        let [head, under, rest @ ..] = lines else { return 0 };
        if !head.text.contains('|') || !self.under.is_match(&under.text) {
            return 0;
        }
        2 + rest.iter().take_while(|line| line.text.contains('|')).count()
    }

    /// The rows of a table. Two columns lay something out: they hold paragraphs.
    fn rows(&self, text: &str, lines: &[Paragraph]) -> Vec<Paragraph> {
        let mut out = Vec::new();
        let width = lines.first().map_or(0, |head| self.cells(&head.text).len());
        let full = lines.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| line);
        for line in full {
            let mut cells = self.cells(&line.text);
            cells.resize(cells.len().max(width), String::new());
            if cells.len() > 2 {
                out.push(Paragraph { text: row(cells.into_iter()), ..line.clone() });
                continue;
            }
            let mut from = line.span.start;
            for cell in cells.into_iter().filter(|cell| !cell.is_empty()) {
                let rest = text.get(from..line.span.end).unwrap_or_default();
                let found = rest.find(&cell).map(|at| Span::new(from + at, from + at + cell.len()));
                let span = found.unwrap_or(Span { start: from, ..line.span });
                from = span.end;
                out.push(Paragraph { text: cell.replace('\n', " "), span, after_blank: true });
            }
        }
        out
    }

    fn cells(&self, row: &str) -> Vec<String> {
        let row = row.strip_prefix('|').unwrap_or(row);
        let mut cells = vec![String::new()];
        let mut letters = row.chars().peekable();
        while let Some(c) = letters.next() {
            match c {
                '|' if letters.peek().is_some() => cells.push(String::new()),
                '|' => {}
                c => {
                    let last = cells.last_mut();
                    let escaped = letters.next_if(|next| c == '\\' && *next == '|');
                    if let Some(cell) = last {
                        cell.extend([c].into_iter().chain(escaped));
                    }
                }
            }
        }
        let parts = |cell: &String| self.inline(cell).split('\n').map(grammar::collapse).collect::<Vec<_>>().join("\n");
        cells.iter().map(parts).collect()
    }

    fn inline(&self, text: &str) -> String {
        let text = self.end.replace_all(text, "\n");
        let text = self.link.replace_all(&text, "$1");
        let text = self.star.replace_all(&text, "$1$2");
        let text = self.dash.replace_all(&text, "$1$2$3").replace('`', "");
        self.escape.replace_all(&text, "$1").trim_end_matches('\\').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::lines;

    fn read(text: &str) -> Vec<String> {
        lines::paragraphs(text).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn signs_of_a_look_are_taken_off() {
        let text = "# **KẾ HOẠCH**\nvề *chuyển đổi* số\n\n## I\\. NHIỆM VỤ ##\n* *Sở A*: rà soát [cổng](https://a.vn/b) `x_y`.\n1. _Sở B_ làm 5 * 3 * 2\\*.\n---\n";
        let plain =
            ["KẾ HOẠCH", "về chuyển đổi số", "I. NHIỆM VỤ", "* Sở A: rà soát cổng x_y.", "1. Sở B làm 5 * 3 * 2*."];
        assert_eq!(read(text), plain);
    }

    #[test]
    fn tables_of_pipes_are_rows() {
        let text =
            "| TT | Việc | Ai |\n|:--|:-:|--:|\n| 1 | Làm *a* \\| b<br>và c | **Sở A** |\n2 | Làm | \nsau bảng\n";
        assert_eq!(read(text), ["TT\tViệc\tAi", "1\tLàm a | b\nvà c\tSở A", "2\tLàm\t", "sau bảng"]);
        let two = "|UBND TỈNH|CỘNG HÒA|\n|---|---|\n|Số: 1|Ngày 2|\n";
        assert_eq!(read(two), ["UBND TỈNH", "CỘNG HÒA", "Số: 1", "Ngày 2"]);
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        let bold = "**TỈNH MẪU**\n\n**Độc lập**\n\n*Sông Mẫu, ngày 02 tháng 3*\n\nKính gửi: Sở A\n";
        assert_eq!(read(bold), ["TỈNH MẪU", "Độc lập", "Sông Mẫu, ngày 02 tháng 3", "Kính gửi: Sở A"]);
        let text = "**Ghi chú**\n1. Sở A *làm* việc | Sở B\n--- \n#thẻ _một_ \\. hết\n";
        assert_eq!(read(text), ["Ghi chú", "1. Sở A *làm* việc | Sở B", "---", "#thẻ _một_ \\. hết"]);
    }
}
