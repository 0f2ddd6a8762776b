//! A paragraph, and whether the next line goes on with it.

use crate::{Span, field, helpers, marker, stamp::stamp};

/// A stretch of a document, and where it stands in its text.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// White space collapsed; cells of a table row stay separated by tabs.
    pub text: String,
    pub span: Span,
    pub after_blank: bool,
}

impl Paragraph {
    /// No paragraph is longer than a page and a half; what seems so is joined no further, so that reading stays linear.
    pub fn is_full(&self) -> bool {
        const LONGEST: usize = 6_000;
        self.text.len() > LONGEST
    }

    pub fn append(&mut self, other: &Self) {
        self.text.push_str(glue(&self.text));
        self.text.push_str(&other.text);
        self.span = self.span.to(other.span);
    }

    pub fn cells(&self) -> Option<Vec<&str>> {
        let is_row = has_tab(&self.text) && self.text.matches('\t').count() >= 2;
        is_row.then(|| self.text.split('\t').map(str::trim).collect())
    }
}

/// What stands by itself, each with the number of its paragraph: a line break inside of a cell parts two things.
pub fn lines_of_cells(paragraphs: &[Paragraph]) -> impl Iterator<Item = (usize, &str)> + Clone {
    let paragraphs = paragraphs.iter().enumerate();
    paragraphs.flat_map(|(at, paragraph)| pieces(&paragraph.text).map(move |line| (at, line)))
}

fn pieces(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some(at) = text.bytes().position(|byte| matches!(byte, b'\t' | b'\n')) else { return Some(text) };
        rest = text.get(at + 1..);
        text.get(..at)
    })
}

/// By all bytes at once: most lines have none, and each is asked often.
fn has_tab(text: &str) -> bool {
    text.bytes().map(|byte| byte == b'\t').fold(false, |found, is_tab| found | is_tab)
}

/// Cells as one paragraph.
pub fn row(cells: impl Iterator<Item = String>) -> String {
    let said = |(at, cell): (usize, String)| if at > 0 { filled(&cell).to_owned() } else { cell };
    cells.enumerate().map(said).collect::<Vec<_>>().join("\t")
}

/// What a cell says: a dash alone, or dots, say that there is nothing. (In the first column a dash is a mark.)
pub fn filled(cell: &str) -> &str {
    let is_nothing = |c: char| c.is_whitespace() || "-–—―−./…".contains(c);
    if cell.chars().all(is_nothing) { "" } else { cell }
}

/// Between two lines of one sentence: nothing after a word that ends in a hyphen, else a blank.
pub fn glue(before: &str) -> &'static str {
    let mut ends = before.chars().rev();
    if ends.next() == Some('-') && ends.next().is_some_and(char::is_alphanumeric) { "" } else { " " }
}

/// The same before a line that is known: a narrow column breaks even a year ("16/12/202 / 8").
pub fn glue_to(before: &str, next: &str) -> &'static str {
    let first = before.chars().rev().take(4).take_while(char::is_ascii_digit).count();
    let second = next.chars().take(4).take_while(char::is_ascii_digit).count();
    let (head, tail) = before.split_at(before.len() - first);
    let year = head.ends_with('/') && (1..4).contains(&first) && first + second == 4;
    if year && format!("{tail}{next}").starts_with("20") { "" } else { glue(before) }
}

pub fn continues(last: &Paragraph, line: &Paragraph, wrapped: bool) -> bool {
    if is_broken(last, line) || wrapped && last.text.ends_with(';') && is_cut(last, line) {
        return true;
    }
    if last.text.ends_with(['.', ';', ':', '!', '?', '/']) || is_apart(last, line) {
        return false;
    }
    // It begins in the middle of a sentence, after one that has not ended.
    let small = line.text.starts_with(|c: char| c.is_lowercase() || c == '(');
    if small || dangles(&last.text) || last.text.contains(' ') && counts(&last.text, &line.text) {
        return true;
    }
    let item = marker::marker(&last.text).is_some_and(|(mark, _)| mark.is_item());
    let long = last.text.chars().count() > 60;
    // "của Thủ tướng / Chính phủ"
    let named = || is_named(&last.text, &line.text) == Some(true) && !is_heading_of_bodies(&last.text);
    long && !is_shouting(&last.text) && (item || wrapped || named())
}

/// "4. Công an tỉnh và Bộ Chỉ huy Quân sự tỉnh": what they are told begins on the next line.
fn is_heading_of_bodies(text: &str) -> bool {
    marker::marker(text).is_some_and(|(_, rest)| grammar::body::is_body(rest))
}

/// Whether a sentence is cut between these lines of a page, whatever room the first has left: before the figure of a day or
/// a year, behind a comma, inside of a list, behind the last label of a line.
pub fn is_cut(last: &Paragraph, line: &Paragraph) -> bool {
    if is_apart(last, line) {
        return false;
    }
    match last.text.chars().last() {
        Some(',') => true,
        Some(';') => line.text.starts_with(char::is_lowercase),
        Some(':') => field::labels(&last.text).len() > 1,
        _ => counts(&last.text, &line.text),
    }
}

/// A figure, behind a word that needs one: "ngày / 28/1/2027", "giai đoạn 2026 - / 2029".
pub fn counts(last: &str, line: &str) -> bool {
    const COUNTED: [&str; 12] =
        ["ngày", "tháng", "năm", "quý", "số", "Điều", "khoản", "Quý", "Số", "nhất", "thiểu", "-"];
    let word = last.rsplit(' ').next().unwrap_or_default();
    line.starts_with(|c: char| c.is_ascii_digit()) && COUNTED.contains(&word)
}

/// Whether what seems to begin a line, a mark or a label, is the second half of what the line before ends with.
pub fn is_broken(last: &Paragraph, line: &Paragraph) -> bool {
    let apart = last.is_full() || line.after_blank || last.cells().is_some() || line.cells().is_some();
    let (last, line) = (last.text.as_str(), line.text.as_str());
    !apart
        && (spans_years(last, line)
            || breaks_label(last, line)
            || is_cited(last, line)
            || line.starts_with("- ") && helpers::end(last) && is_named(last, line) == Some(true))
}

/// Whether words that names have stand behind the dash of a line ("Phòng Văn hóa / - Xã hội"), and none that nobody knows;
/// nothing where no body ends the line before.
pub fn is_named(last: &str, line: &str) -> Option<bool> {
    let last = last.get(last.floor_char_boundary(last.len().saturating_sub(helpers::LONGEST_LIST))..)?;
    let list = grammar::body::scan(last).pop().filter(|list| list.span.end == last.len())?;
    let joined = grammar::body::at(&format!("{last} {line}"), list.span.start)?;
    let sure = |list: &grammar::body::Found| list.bodies.last().map(|body| body.sure);
    Some(joined.span.end > last.len() && sure(&joined) >= sure(&list))
}

/// "tại Tờ trình số / 98/TTr": the number of a document.
fn is_cited(last: &str, line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    last.ends_with(" số") && rest.len() < line.len() && rest.starts_with('/')
}

/// "giai đoạn 2027 / - 2031": the second year of a stretch is no item.
fn spans_years(last: &str, line: &str) -> bool {
    let year = |word: &str| {
        let bare = word.trim_end_matches(['.', ',', ';', ')']);
        bare.parse::<u16>().ok().filter(|year| bare.len() == 4 && (1900..2200).contains(year))
    };
    let Some(rest) = line.strip_prefix(['-', '–', '—']) else { return false };
    let mut before = last.rsplit(' ');
    let from = before.next().filter(|word| word.len() == 4).and_then(year);
    let to = rest.trim_start().split(' ').next().and_then(year);
    // A year alone behind its mark is an item, as the next one is.
    before.nth(1).is_some() && from.zip(to).is_some_and(|(from, to)| from < to)
}

/// "…: Sở Y tế; Thời / hạn: Quý I": a label over two lines.
fn breaks_label(last: &str, line: &str) -> bool {
    if !line.starts_with(char::is_lowercase) || last.ends_with(['.', ';', ':', ',']) || !field::is_field(line) {
        return false;
    }
    let begun = last.rsplit(['.', ';', ',', '(']).next().unwrap_or_default().trim_start();
    !begun.is_empty() && field::is_field(&format!("{begun} {line}"))
}

/// Rows, marks, labels and blank lines part paragraphs; a mark of secrecy stays a line of its own.
pub fn is_apart(last: &Paragraph, line: &Paragraph) -> bool {
    let row = last.is_full() || line.after_blank || last.cells().is_some() || line.cells().is_some();
    row || marker::begins(&line.text) || field::is_field(&line.text) || is_marked(&last.text, &line.text)
}

/// Whether one of two lines is a mark of secrecy, which is only seen where it stands alone.
pub fn is_marked(last: &str, line: &str) -> bool {
    [last, line].into_iter().any(|line| stamp(line).is_some())
}

/// Words after which a Vietnamese sentence goes on.
pub const JOINTS: [&str; 30] = [
    "và", "của", "các", "trên", "về", "theo", "để", "cho", "với", "trong", "do", "tại", "đến", "từ", "là", "có",
    "được", "bằng", "vào", "những", "cùng", "khi", "hoặc", "nhằm", "một", "đối", "không", "sẽ", "mỗi", "bởi",
];

/// A sentence cannot end here: after a joint, or inside of brackets.
pub fn dangles(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    const LABELS: [&str; 8] = [
        "Đơn vị",
        "Cơ quan",
        "Cơ quan, đơn vị",
        "Đơn vị phối",
        "Cơ quan phối",
        "Đơn vị chủ",
        "Cơ quan chủ",
        "Thời gian thực",
    ];
    JOINTS.contains(&last)
        || LABELS.iter().any(|label| text.ends_with(label))
        || text.matches('(').count() > text.matches(')').count()
}

/// A line in capitals is a heading or a letterhead; nothing continues it.
pub fn is_shouting(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_that_a_narrow_column_broke_is_one() {
        let whole = ["16/12/202|8", "12/20|28 và"];
        let apart = ["10/12|2026", "16/12/2028|8", "202|8", "1/2|345"];
        let glued = |text: &&str| text.split_once('|').is_some_and(|(before, next)| glue_to(before, next).is_empty());
        assert!(whole.iter().all(glued) && !apart.iter().any(glued));
    }

    #[test]
    fn cells_and_their_lines_are_pieces() {
        for text in ["", "a", "\t", "a\tb\n\nc\t", "\nĐ\t"] {
            assert!(pieces(text).eq(text.split(['\t', '\n'])), "{text:?}");
        }
    }

    #[test]
    fn the_second_half_of_a_stretch_or_a_label_begins_nothing() {
        let paragraph = |text: &str| Paragraph { text: text.into(), span: Span::default(), after_blank: false };
        let open = |last, line| continues(&paragraph(last), &paragraph(line), false);
        assert!(open("Ứng trực tại các điểm ngập giai đoạn 2027", "- 2031."));
        assert!(!open("Chi cho năm 2027", "- 2026: 5 tỷ đồng") && !open("- 2027", "- 2028"));
        assert!(open("Đo hồ. Cơ quan thực hiện: Sở Y tế; Thời", "hạn: Quý II/2026."));
        assert!(open("Công an xã chủ trì, phối hợp với Phòng Văn hóa", "- Xã hội đo hồ."));
        assert!(!open("Công an xã chủ trì, phối hợp với Phòng Kinh tế", "- Lấp giếng."));
        assert!(open("- Đơn vị", "phối hợp: Sở Y tế") && !open("Đo lại các hồ chứa nước", "chủ trì: Sở Y tế"));
        assert!(open("Xét đề nghị của Sở Y tế tại Tờ trình số", "98/TTr ngày 16/2/2028, giao Sở Nội vụ đo hồ."));
        let ground = "Thực hiện Quyết định số 641/QĐ-TTg ngày 16/12/2026 của Thủ tướng";
        assert!(open(ground, "Chính phủ về đo hồ."));
        assert!(!open("Rà soát lại toàn bộ các hồ chứa nước ven sông, báo cáo kết quả về Sở Y tế", "Sở Nội vụ đo hồ."));
        let next = (paragraph("Đo lại các hồ chứa nước;"), paragraph("thời gian hoàn thành trước ngày 3/10/2027."));
        assert!(continues(&next.0, &next.1, true) && !continues(&next.0, &next.1, false));
    }

    #[test]
    fn a_line_of_a_page_is_cut_before_its_figure_and_inside_of_lists() {
        let paragraph = |text: &str| Paragraph { text: text.into(), span: Span::default(), after_blank: false };
        let cut = |last, line| is_cut(&paragraph(last), &paragraph(line));
        assert!(cut("Xong trước ngày", "30/6/2026.") && cut("Giai đoạn 2026 -", "2029."));
        assert!(cut("Sở Xây dựng,", "Sở Y tế rà soát.") && cut("Rà soát hồ sơ;", "định kỳ hằng quý báo cáo."));
        assert!(cut("Chủ trì: Sở A; Thời hạn:", "Quý I/2027"));
        assert!(!cut("Rà soát hồ sơ;", "Trám lấp giếng.") && !cut("Giao các sở:", "Trám lấp giếng."));
        assert!(!cut("Sở Xây dựng,", "- Sở Y tế") && !cut("Sở Xây dựng,", "Phối hợp: Sở Y tế"));
        assert!(!cut("Sở Xây dựng,", "TUYỆT MẬT"), "a mark of secrecy goes on with no line");
        let open = |last, line| continues(&paragraph(last), &paragraph(line), false);
        assert!(open("Rà soát hồ sơ", "(bản số 3)") && !open("TUYỆT MẬT", "(bản số 3)"), "and no line with it");
    }
}
