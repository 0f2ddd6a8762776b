//! Lines and quotes as the reader of CSV counts them, which tells neither the line after blank ones nor an open quote.

/// Tells the line of each place, asked from front to back.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, first: usize) -> Self {
        Self { text, at: 0, line: first }
    }

    /// The line of the row that begins at this byte or after the ends of lines that stand there.
    pub(super) fn line_of(&mut self, byte: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or_default();
        let begin = byte + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let passed = self.text.get(self.at..begin).unwrap_or_default();
        // A place between the two signs of one end counts it once.
        self.line += passed.matches('\n').count() + lone_returns(passed, &self.text[begin.min(self.text.len())..]);
        self.at = begin.max(self.at);
        self.line
    }

    /// From the last row on.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

fn lone_returns(text: &str, after: &str) -> usize {
    let next = |at: usize| text[at + 1..].chars().next().or_else(|| after.chars().next());
    text.match_indices('\r').filter(|(at, _)| next(*at) != Some('\n')).count()
}

/// Whether the text ends within a quoted cell.
pub(super) fn is_open(text: &str, delimiter: char) -> bool {
    let (mut is_open, mut is_first, mut letters) = (false, true, text.chars().peekable());
    while let Some(c) = letters.next() {
        match c {
            '"' if is_open && letters.peek() == Some(&'"') => {
                letters.next();
            }
            '"' if is_open => is_open = false,
            '"' if is_first => is_open = true,
            _ => {}
        }
        is_first = !is_open && (c == delimiter || c == '\n' || c == '\r');
    }
    is_open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_over_blank_ones_and_every_kind_of_end() {
        let text = "a\r\n\r\nb\rc\nd";
        let mut lines = Lines::new(text, 1);
        let at = |sign: char| text.find(sign).unwrap();
        assert_eq!(lines.line_of(0), 1);
        assert_eq!(lines.line_of(2), 3, "from within the first end");
        assert_eq!((lines.line_of(at('c')), lines.line_of(at('d'))), (4, 5));
    }

    #[test]
    fn an_open_quote_is_seen_and_an_inch_is_none() {
        assert!(is_open("a,\"b", ',') && is_open("\"a\"\"", ','));
        assert!(!is_open("a 5\",b", ',') && !is_open("\"a\"\"\",b", ',') && !is_open("\"\"", ','));
    }
}
