//! The head of the document: number, day, kind, issuer, title, what it implements.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Document, paragraph::Paragraph};

const KINDS: [&str; 8] =
    ["KẾ HOẠCH", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH", "ĐỀ ÁN", "THÔNG BÁO", "CHỈ THỊ", "NGHỊ QUYẾT", "CÔNG VĂN"];

pub fn document(paragraphs: &[Paragraph]) -> Document {
    let head: Vec<&str> = paragraphs.iter().take(60).map(|p| p.text.trim()).collect();
    let at = head.iter().position(|line| KINDS.contains(&line.to_uppercase().trim_end_matches(':')));
    let title = at.map(|at| title(paragraphs, at));
    let letter = if at.is_none() { letter(&head) } else { None };
    let whole: String = paragraphs.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    Document {
        number: capture(&whole, r"(?m)^\s*Số\s*:?\s*([\d…. ]*)\s*(/[\p{Lu}\d]+(?:-[\p{Lu}\d&]+)*)")
            .map(|(n, rest)| format!("{}{rest}", n.trim_matches([' ', '.', '…']))),
        date: date(&head),
        kind: at
            .map(|at| head[at].to_uppercase().trim_end_matches(':').to_owned())
            .or(letter.is_some().then(|| "CÔNG VĂN".to_owned())),
        issuer: issuer(&head, &whole),
        title: title.filter(|title| !title.is_empty()).or(letter),
        draft: head.iter().any(|line| line.to_uppercase().split('\t').any(|cell| cell.trim() == "DỰ THẢO")),
        implements: implements(&whole),
    }
}

/// Conclusions, letters and directives give work out in sentences.
pub fn gives_orders(document: &Document) -> bool {
    document.kind.as_deref().is_none_or(|kind| matches!(kind, "THÔNG BÁO" | "CÔNG VĂN" | "CHỈ THỊ"))
}

/// A letter names no kind; it has a subject ("V/v …") and addressees.
fn letter(head: &[&str]) -> Option<String> {
    static ABOUT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^V/v\s*:?\s*(.+)").ok());
    let addressed = head.iter().any(|line| line.starts_with("Kính gửi"));
    let at = head.iter().position(|line| ABOUT.as_ref().is_some_and(|about| about.is_match(line)))?;
    let about = ABOUT.as_ref()?.captures(head[at])?[1].to_owned();
    addressed.then_some(about)
}

fn capture(text: &str, pattern: &str) -> Option<(String, String)> {
    let found = Regex::new(pattern).ok()?.captures(text)?;
    Some((found.get(1)?.as_str().to_owned(), found.get(2).map(|m| m.as_str().to_owned()).unwrap_or_default()))
}

/// Lines after the kind up to the first sentence that states a ground or opens the body.
fn title(paragraphs: &[Paragraph], at: usize) -> String {
    static BODY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:Căn cứ|(?:Thực hiện|Triển khai|Theo|Xét)\s.*(?:số\s*[\d…. ]*\s*[/-]|ngày\s+\d)|[IVX]+\.|\(|Kính gửi|PHẦN|Phần|-{3,}|_{3,})").ok()
    });
    let mut lines: Vec<&str> = Vec::new();
    for paragraph in &paragraphs[at + 1..] {
        let text = paragraph.text.as_str();
        if let Some(title) = before_body(text).filter(|_| lines.is_empty()) {
            return title.to_owned();
        }
        let body = BODY.as_ref().is_some_and(|body| body.is_match(text));
        if body || text.contains("như sau") || (paragraph.after_blank && !lines.is_empty()) || lines.len() >= 5 {
            break;
        }
        lines.push(text);
    }
    lines.join(" ")
}

/// A title that the layout ran together with the first sentence of the body.
fn before_body(text: &str) -> Option<&str> {
    static GROUND: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\s(?:Căn cứ|Thực hiện|Triển khai|Theo)\s+(?:Quyết định|Nghị quyết|Nghị định|Chương trình|Kế hoạch|Luật|Chỉ thị|Công văn)\s.*(?:số|ngày)\s").ok()
    });
    let found = GROUND.as_ref()?.find(text)?;
    (found.start() > 20).then(|| text[..found.start()].trim())
}

fn date(head: &[&str]) -> Option<String> {
    static DATE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"ngày\s*(\d{1,2})?[\s…._]*tháng\s*(\d{1,2})\s*năm\s*(20\d\d)").ok());
    head.iter().take(20).find_map(|line| {
        let found = DATE.as_ref()?.captures(line)?;
        let month: u8 = found[2].parse().ok()?;
        Some(match found.get(1).and_then(|day| day.as_str().parse::<u8>().ok()) {
            Some(day) => format!("{}-{month:02}-{day:02}", &found[3]),
            None => format!("{}-{month:02}", &found[3]),
        })
    })
}

/// The letterhead in capitals, else "(Kèm theo Kế hoạch số … của X)", else "X ban hành Kế hoạch".
fn issuer(head: &[&str], whole: &str) -> Option<String> {
    let motto = head.iter().position(|line| {
        line.contains("CỘNG HÒA XÃ HỘI") || line.contains("CỘNG HOÀ XÃ HỘI") || line.contains("ĐẢNG CỘNG SẢN")
    });
    let letters: Vec<&str> = head[..motto.unwrap_or(0)]
        .iter()
        .copied()
        .filter(|line| !line.is_empty() && *line == line.to_uppercase())
        .collect();
    if !letters.is_empty() {
        return Some(letters.join(" "));
    }
    let attached = capture(whole, r"(?i)\(\s*(?:ban hành\s+)?kèm theo [^()]*?20\d\d\s+của\s+([^()]+?)\s*\)");
    let issued = || capture(whole, r"([^\s,;.][^,;.\n]*?)\s+(?:ban hành|xây dựng)\s+(?:Kế hoạch|Chương trình)");
    attached.or_else(issued).map(|(issuer, _)| issuer)
}

fn implements(whole: &str) -> Vec<String> {
    let pattern = r"(?:Thực hiện|Triển khai|Căn cứ)\s+((?:Quyết định|Kế hoạch|Nghị quyết|Chương trình|Chỉ thị)[^,;\n]*?số\s*\d+[^,;\n]*?ngày\s+[\d/]+(?:\s+tháng\s+\d+\s+năm\s+\d+)?(?:\s+của\s+(?:Thủ tướng Chính phủ|Chính phủ|[\p{Lu}][^,;\n]*?))?)(?:\s+về|\s+phê duyệt|,|;|\n)";
    let Ok(regex) = Regex::new(pattern) else { return vec![] };
    regex.captures_iter(whole).map(|found| found[1].trim().to_owned()).take(5).collect()
}
