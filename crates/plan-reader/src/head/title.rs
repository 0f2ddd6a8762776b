//! The title: the lines below the kind, up to the first ground, salutation or sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::issuer::begins_body;
use crate::paragraph::{JOINTS, Paragraph, is_shouting};

/// A title over more lines than this is a page that was not understood.
const MOST: usize = 6;
/// The name of a body has fewer words.
const MOST_OF_NAME: usize = 16;

struct Patterns {
    ground: Regex,
    ends: Regex,
    inside: Regex,
    label: Regex,
    /// What stands in brackets behind a title: what it came with, or what is left of it.
    beside: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    const KINDS: &str = r"(?:Quyết định|Nghị quyết|Nghị định|Chương trình|Kế hoạch|Luật|Chỉ thị|Công văn|Kết luận|Thông báo|Thông tư|Đề án)";
    Some(Patterns {
        ground: Regex::new(r"^(?:Căn cứ|Thực hiện|Triển khai|Theo|Xét|Để|Trên cơ sở|Thời gian qua|Trong thời gian)\s").ok()?,
        ends: Regex::new(
            r"^(?:Căn cứ\s|[IVX]+\s*[.)/-]\s|\d{1,2}\s*[.)/]\s|\(|Kính gửi|PHỤ LỤC|Phụ lục\s|DANH MỤC|PHẦN|Phần\s|Điều\s+\d|CHƯƠNG\s|Chương\s+[IVX\d]|[-_–—=*.]{3,}|Nơi nhận)",
        )
        .ok()?,
        inside: Regex::new(&format!(r"\s(?:Căn cứ|Thực hiện|Triển khai|Theo)\s+{KINDS}\s.*(?:số|ngày)\s")).ok()?,
        beside: Regex::new(r"(?i)\s*\((?:(?:được )?ban hành |kèm theo |trích|bản trích|dự thảo)[^()]*\)?[\s*_]*$").ok()?,
        label: Regex::new(r"(?i)^(?:số\s*:?\s*[\d….]*\s*[/-]|[^,]{2,40},\s*ngày\s)").ok()?,
    })
});

/// The title, and how many paragraphs from `paragraphs[0]` on hold it. `begun` stood on the line of the kind.
pub fn title(begun: &str, paragraphs: &[Paragraph]) -> (String, usize) {
    let mut lines: Vec<&str> = Some(begun).filter(|begun| !begun.is_empty()).into_iter().collect();
    let mut taken = 0;
    let Some(p) = PATTERNS.as_ref() else { return (begun.to_owned(), 0) };
    for (at, paragraph) in paragraphs.iter().take(MOST).enumerate() {
        let text = paragraph.text.as_str();
        if is_authority(&lines, text, paragraphs.get(at + 1).map(|next| next.text.as_str())) {
            taken += authority(&paragraphs[at..]);
            break;
        }
        if let Some(title) = before_body(p, text).filter(|_| lines.is_empty()) {
            return (title.to_owned(), taken + 1);
        }
        let apart = paragraph.after_blank && !lines.is_empty() && !hangs(&lines);
        if apart || is_body(p, text) || lines.len() >= MOST || turns(&lines, text) {
            break;
        }
        lines.push(text);
        taken += 1;
    }
    let whole = lines.join(" ");
    let bare = p.beside.find(&whole).map_or(whole.as_str(), |beside| &whole[..beside.start()]);
    (without_issuer(bare.trim_matches(['*', '_', ' '])).to_owned(), taken)
}

/// The body that decides, once more in capitals between the title and the grounds.
fn is_authority(lines: &[&str], text: &str, next: Option<&str>) -> bool {
    let Some(last) = lines.last() else { return false };
    let goes_on = last.ends_with([',', '-'])
        || last.rsplit(' ').next().is_some_and(|word| JOINTS.contains(&word.to_lowercase().as_str()));
    // Below a title in capitals only what stands above the grounds, or above its own second line, is told from it.
    let is_apart = !is_shouting(last) || next.is_some_and(|next| next.starts_with("Căn cứ "));
    is_shouting(text) && begins_body(text) && !goes_on && is_apart
}

/// How many lines it takes: "HỘI ĐỒNG NHÂN DÂN TỈNH / KHÓA X, KỲ HỌP THỨ HAI".
fn authority(paragraphs: &[Paragraph]) -> usize {
    let is_more = |paragraph: &&Paragraph| is_shouting(&paragraph.text) && !paragraph.text.ends_with(':');
    paragraphs.iter().take(3).take_while(is_more).count()
}

/// "CỦA BAN THƯỜNG VỤ TỈNH ỦY về …": whose it is, before what it is about.
fn without_issuer(title: &str) -> &str {
    if !title.to_lowercase().starts_with("của ") {
        return title;
    }
    let words: Vec<&str> = title.split(' ').take(MOST_OF_NAME).collect();
    let about = words.iter().position(|word| word.to_lowercase() == "về").or_else(|| {
        // "CỦA BAN THƯỜNG VỤ TỈNH ỦY tăng cường …"
        let small = words.iter().position(|word| word.chars().any(char::is_lowercase));
        small.filter(|_| is_shouting(words[0]))
    });
    let Some(about) = about.filter(|about| *about > 1) else { return title };
    let skipped: usize = words[..about].iter().map(|word| word.len() + 1).sum();
    title.get(skipped..).unwrap_or(title)
}

/// Sentences, grounds and marks are no title; a title ends without a full stop.
fn is_body(p: &Patterns, text: &str) -> bool {
    let sentence = text.ends_with(['.', ':', ';']) || text.contains("như sau");
    let ground = p.ground.is_match(text) && (sentence || text.ends_with(','));
    ground || sentence || p.ends.is_match(text) || p.label.is_match(text) || text.matches('\t').count() >= 2
}

/// The line before has not ended: the blank line is the layout's.
fn hangs(lines: &[&str]) -> bool {
    lines.last().is_some_and(|last| crate::paragraph::dangles(last) || last.ends_with(','))
}

/// A title in capitals ends where the letters become small.
fn turns(lines: &[&str], text: &str) -> bool {
    // Whose it is stands in capitals above what it is about.
    let is_issuer = lines.first().is_some_and(|first| first.starts_with("CỦA "));
    !is_issuer
        && lines.len() > 1
        && lines.iter().all(|line| is_shouting(line))
        && !is_shouting(text)
        && !text.starts_with('(')
        && text.starts_with(char::is_uppercase)
}

/// A title that the layout ran together with the first sentence of the body.
fn before_body<'a>(p: &Patterns, text: &'a str) -> Option<&'a str> {
    let found = p.inside.find(text)?;
    let title = text[..found.start()].trim();
    (title.chars().count() > 20 && !title.ends_with(',')).then_some(title)
}

/// A letter names no kind; its subject stands below its number: "V/v …", "Về việc …".
pub fn subject(paragraphs: &[Paragraph]) -> Option<(String, usize)> {
    static ABOUT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)(?:^|\t)\s*V/v\s*:?\s*(.+)").ok());
    let about = ABOUT.as_ref()?;
    let at = paragraphs.iter().position(|paragraph| about.is_match(&paragraph.text))?;
    let first = about.captures(&paragraphs[at].text)?.get(1)?.as_str().split('\t').next()?.trim().to_owned();
    let p = PATTERNS.as_ref()?;
    let more = paragraphs[at + 1..].iter().take(3).map_while(|paragraph| {
        let text = paragraph.text.as_str();
        let on = text.starts_with(char::is_lowercase) && !is_body(p, text) && !paragraph.after_blank;
        on.then_some(text)
    });
    let more: Vec<&str> = more.collect();
    let end = at + 1 + more.len();
    let lines = std::iter::once(first.as_str()).chain(more);
    Some((lines.collect::<Vec<_>>().join(" ").trim_end_matches(['.', ';']).to_owned(), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::paragraphs;

    fn read(text: &str) -> String {
        title("", &paragraphs(text)).0
    }

    #[test]
    fn a_title_ends_before_the_first_sentence() {
        assert_eq!(
            read("Về việc đẩy mạnh cải cách\nTrong thời gian qua, công tác này đã tốt.\n"),
            "Về việc đẩy mạnh cải cách"
        );
        assert_eq!(
            read(
                "Thực hiện Chỉ thị số 5-CT/TU ngày 04/01/2026\ncủa Ban Thường vụ Tỉnh ủy\ntrên địa bàn tỉnh Mẫu\n\nThực hiện Chỉ thị số 5-CT/TU, UBND tỉnh ban hành Kế hoạch như sau:\n"
            ),
            "Thực hiện Chỉ thị số 5-CT/TU ngày 04/01/2026 của Ban Thường vụ Tỉnh ủy trên địa bàn tỉnh Mẫu"
        );
        assert_eq!(
            read("PHÁT TRIỂN CHÍNH QUYỀN SỐ\nTRÊN ĐỊA BÀN XÃ\nCăn cứ Luật Giao dịch điện tử;\n"),
            "PHÁT TRIỂN CHÍNH QUYỀN SỐ TRÊN ĐỊA BÀN XÃ"
        );
        assert_eq!(read("Chuyển đổi số năm 2026\nI. MỤC TIÊU\n"), "Chuyển đổi số năm 2026");
        for text in [
            "Về thả cá giống\nHỘI ĐỒNG NHÂN DÂN TỈNH MẪU\nKHÓA X, KỲ HỌP THỨ HAI\nCăn cứ Luật A;\n",
            "Về thả cá giống\n\nỦY BAN NHÂN DÂN TỈNH MẪU\n\nCăn cứ Luật A;\n",
            "Về thả cá giống\n(Ban hành kèm theo Quyết định số 2/2026/QĐ-UBND ngày 8/4/2026 của UBND tỉnh Mẫu)\nĐiều 1. Cá\n",
            "Về thả cá giống\n(Trích)\nPHẦN THỨ NHẤT\n",
            "CỦA BAN THƯỜNG VỤ TỈNH ỦY\nVề thả cá giống\nTrong năm qua, cá đã lớn.\n",
            "CỦA BAN CHẤP HÀNH ĐẢNG BỘ\nTỈNH MẪU\nVề thả cá giống\nTrong năm qua, cá đã lớn.\n",
        ] {
            assert_eq!(read(text), "Về thả cá giống", "{text}");
        }
        let shouted = "TĂNG CƯỜNG TRÁCH NHIỆM CỦA\nỦY BAN NHÂN DÂN CÁC XÃ";
        assert_eq!(read(&format!("{shouted}\nI. MỤC TIÊU\n")), shouted.replace('\n', " "));
        assert_eq!(read("LẤP GIẾNG\nỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật A;\n"), "LẤP GIẾNG");
        assert_eq!(
            read("Kiện toàn tổ công tác,\n\ntriển khai Đề án\n\nĐiều 1. Kiện toàn.\n"),
            "Kiện toàn tổ công tác, triển khai Đề án"
        );
    }

    #[test]
    fn the_subject_of_a_letter_may_take_two_lines() {
        let read = |text| subject(&paragraphs(text)).map(|(subject, _)| subject);
        assert_eq!(
            read("Số: 9/UBND-KT\nV/v tăng cường quản lý đất đai,\nkhoáng sản\nKính gửi: Sở Tài chính\n").as_deref(),
            Some("tăng cường quản lý đất đai, khoáng sản")
        );
        assert_eq!(read("Số: 9/UBND-KT\nKính gửi: Sở Tài chính\n"), None);
    }
}
