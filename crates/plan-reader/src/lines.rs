//! Physical lines to paragraphs: residue of conversion is dropped, hard-wrapped lines are joined.

mod width;

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use crate::{
    Span, addressed, bracket,
    edge::{Edge, Insets},
    field, flat, helpers, markdown,
    marker::{self, Level},
    opening,
    paragraph::{Paragraph, continues, counts, dangles, is_apart, is_broken, is_marked, is_named, is_shouting, row},
};
use width::{LONG, is_longer, wrapped_at};

static RESIDUE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\*\*|__").ok());

#[cfg(test)]
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    paragraphs_with(text, BTreeMap::new())
}

/// `rows`: lines that are rows of tables, with their cells.
pub fn paragraphs_with(text: &str, rows: BTreeMap<usize, String>) -> Vec<Paragraph> {
    let mut lines = lines(text);
    for (at, row) in rows {
        if let Some(line) = lines.get_mut(at) {
            line.text = row;
        }
    }
    let lines = markdown::plain(text, lines);
    let double_spaced = is_double_spaced(&lines);
    let lines = flat::tables(lines);
    let edges: Vec<Edge> = lines.iter().map(|line| Edge::of(text, line)).collect();
    let insets = Insets::of(&lines, &edges);
    let width = wrapped_at(&lines, &edges);
    let mut out: Vec<Paragraph> = Vec::new();
    let (mut blanks, mut page, mut length, mut turned, mut begun) = (0, 1, 0, false, 0);
    for (line, edge) in lines.into_iter().zip(edges) {
        if line.text.is_empty() {
            blanks += 1;
            continue;
        }
        if is_page_number(&line.text, page) {
            (page, turned) = (page + 1, true);
            continue;
        }
        // Blank lines around the number of a page part nothing.
        let after_blank = !turned && blanks > usize::from(double_spaced);
        (blanks, turned) = (0, false);
        let line = Paragraph { after_blank, ..line };
        let first = line.text.split(' ').next().unwrap_or_default().chars().count();
        let inset = insets.and_then(|insets| insets.goes_on(begun, edge.inset));
        let room = width.map(|(width, filled)| {
            let left = width.saturating_sub(length + 1);
            Room { left, first, width, filled, over: length > width }
        });
        length = edge.end;
        match out.last_mut() {
            Some(last) if flows(last, &line, (room, inset), double_spaced) => last.append(&line),
            _ => {
                out.push(line);
                begun = edge.inset;
            }
        }
    }
    out
}

/// What the line before had left, in a text that is wrapped at `width`, for the `first` word of this one.
#[derive(Clone, Copy)]
struct Room {
    left: usize,
    first: usize,
    width: usize,
    /// Paragraphs of several sentences are usual.
    filled: bool,
    /// It is longer than any that was wrapped: a title.
    over: bool,
}

/// `inset`: what the beginnings of both lines tell.
fn flows(last: &Paragraph, line: &Paragraph, (room, inset): (Option<Room>, Option<bool>), double_spaced: bool) -> bool {
    let Some(Room { left, first, width, filled, over }) = room else {
        return continues(last, line, double_spaced)
            || inset == Some(true) && !has_stopped(last, line) && !is_apart(last, line);
    };
    // A line that would have held the next word was ended on purpose.
    let ended = left > first + width / 10;
    let small = line.text.starts_with(|c: char| c.is_lowercase() || c == '(')
        || dangles(&last.text)
        || counts(&last.text, &line.text);
    // The document ends, and names those who receive it.
    let closed = last.text.ends_with("./.") || line.text.starts_with("Nơi nhận");
    let apart = closed
        || last.is_full()
        || line.after_blank
        || last.cells().is_some()
        || line.cells().is_some()
        || !line.text.contains(char::is_alphanumeric)
        || is_place_and_day(&line.text)
        || is_marked(&last.text, &line.text)
        || last.text.ends_with(':') && (tells(&last.text) || opens_items(&last.text))
        || line.text.starts_with(char::is_uppercase) && bracket::closes(&last.text);
    // Behind a stop a mark begins an item, wherever its line stands: the first line of a page loses its inset.
    let is_item = || last.text.ends_with(['.', ';', ':']) && marker::begins(&line.text);
    // Where the first lines stand further in, one that does not goes on with a sentence that has not ended, whatever room
    // there seemed to be: letters are of many widths.
    match inset {
        Some(true) if !(apart || is_item() || ended && (has_stopped(last, line) || begins_anew(&line.text))) => {
            return true;
        }
        Some(false) => return false,
        _ => {}
    }
    if !apart && is_broken(last, line) {
        return true;
    }
    let ends = last.text.ends_with(['.', ';', ':', '!', '?', '/', ',']);
    // "Phòng Văn hóa / - Xã hội": a dash that the width put at the beginning of a line is no mark.
    let dash = !apart
        && !ends
        && !last.text.ends_with(')')
        && first > 0
        && left < 4
        && is_running(last, width)
        && line.text.starts_with("- ")
        && (!tells(&last.text) || is_named(&last.text, &line.text) != Some(false));
    if dash {
        return true;
    }
    // "Quý / I - Quý III": the number of a quarter is no mark.
    if !apart
        && first > left
        && last.text.ends_with(['ý', 'Ý'])
        && last.text.rsplit(' ').next().is_some_and(|word| word.to_lowercase() == "quý")
    {
        return true;
    }
    // Inside of brackets the width cuts anywhere, and in the middle of a label: "Thời / gian: Quý I".
    let goes_on = line.text.starts_with(char::is_lowercase) && first > left && !ends;
    let label = dangles(&last.text) && (line.text.starts_with(char::is_lowercase) || first > left) || goes_on;
    if apart || marker::begins(&line.text) || (field::is_field(&line.text) && !label) {
        return false;
    }
    match last.text.chars().last() {
        Some(':') if dangles(&last.text) || (first > left && field::labels(&last.text).len() > 1) => true,
        Some('.' | ':' | '/' | '!' | '?') => {
            let flows = filled && first > left && !over && !small && is_running(last, width);
            // Behind who and when, the paragraph of a task has said all.
            let labels = || last.text.matches(':').count() > 1 && field::labels(&last.text).len() > 1;
            flows && !(last.text.ends_with('.') && labels())
        }
        Some(';') => !ended && (small || (first > left && is_running(last, width))),
        Some(',') => !ended,
        // A chapter's title over two lines; an appendix and its name stay apart.
        _ if is_shouting(&last.text) => {
            let chapter = marker::marker(&last.text).is_some_and(|(mark, _)| mark.level > Level::Part);
            is_shouting(&line.text) && (chapter || !ended)
        }
        _ => {
            small || (!ended && !over && (is_running(last, width) || is_ground(&last.text))) || helpers::end(&last.text)
        }
    }
}

/// Whether a sentence ends between two lines, or a heading stands on one of them.
fn has_stopped(last: &Paragraph, line: &Paragraph) -> bool {
    last.text.ends_with(['.', ';', ':', '!', '?', '/']) || is_shouting(&last.text) || is_shouting(&line.text)
}

/// An item, or a label.
fn begins_anew(text: &str) -> bool {
    marker::begins(text) || field::is_field(text)
}

/// "2. Sở Y tế và Sở Nội vụ có trách nhiệm:": a heading, however full its line is.
fn tells(text: &str) -> bool {
    let rest = marker::marker(text).map_or(text, |(_, rest)| rest);
    !field::is_field(text) && addressed::addressed(rest).is_some()
}

/// "Giao Sở Y tế thực hiện các nội dung sau; thời gian: 2027:": what stands below are its items.
fn opens_items(text: &str) -> bool {
    let open = field::labels(text).pop().is_some_and(|label| label.value.is_empty());
    !open && opening::announces(text)
}

/// "Sông Mẫu, ngày 28 tháng 3 năm 2028"
fn is_place_and_day(text: &str) -> bool {
    let day = text.split_once(", ngày ").filter(|(place, _)| place.starts_with(char::is_uppercase));
    day.is_some_and(|(_, day)| day.contains(" tháng ") && day.contains(" năm ") && text.chars().count() < 60)
        && text.ends_with(|c: char| c.is_ascii_digit())
}

/// More than a heading: its next line may begin with a capital.
fn is_running(paragraph: &Paragraph, width: usize) -> bool {
    is_longer(paragraph, LONG.min(width.saturating_mul(9) / 10))
}

/// A ground is a sentence however short its line is, and no heading.
fn is_ground(text: &str) -> bool {
    text.starts_with("Căn cứ ")
}

/// Numbers of pages stand alone on a line and count up.
fn is_page_number(text: &str, last: u32) -> bool {
    let bare = text.trim_matches(|c: char| "-– ".contains(c));
    bare.len() <= 3 && bare.parse::<u32>().is_ok_and(|number| number == last + 1)
}

fn lines(text: &str) -> Vec<Paragraph> {
    let mut at = 0;
    let residue = RESIDUE.as_ref().filter(|_| text.contains("**") || text.contains("__"));
    let has_rows = text.contains('\t');
    let mut out = Vec::with_capacity(text.bytes().filter(|byte| *byte == b'\n').count() + 1);
    for raw in text.split_inclusive('\n') {
        let span = trimmed_span(raw, at);
        at += raw.len();
        let is_row = has_rows && raw.trim_end_matches(['\r', '\n']).matches('\t').count() >= 2;
        let cleaned = residue.map_or(raw.into(), |residue| residue.replace_all(raw, ""));
        let text = if is_row {
            row(cleaned.trim_end_matches(['\r', '\n']).split('\t').map(grammar::collapse))
        } else {
            grammar::collapse(&cleaned)
        };
        out.push(Paragraph { text, span, after_blank: false });
    }
    out
}

fn trimmed_span(raw: &str, at: usize) -> Span {
    let start = at + (raw.len() - raw.trim_start().len());
    Span::new(start, (at + raw.trim_end().len()).max(start))
}

/// Text pulled out of a PDF has a blank line after every visual line: then one blank separates nothing. Rows of tables stand
/// together in it all the same.
fn is_double_spaced(lines: &[Paragraph]) -> bool {
    let plain = |line: &Paragraph| line.cells().is_none();
    let pairs = lines.windows(2).filter(|pair| !pair[0].text.is_empty() && pair.iter().all(plain));
    let (full, followed) =
        pairs.fold((0, 0), |(full, followed), pair| (full + 1, followed + usize::from(pair[1].text.is_empty())));
    let long = lines.iter().filter(|line| plain(line) && line.text.chars().count() > 120).count();
    full >= 10 && followed * 10 > full * 8 && long * 10 < full
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_behind_a_stop_begins_an_item_at_the_edge_of_a_page() {
        let first = "     - Rà soát các trạm bơm ven sông theo phân cấp và báo cáo kết quả";
        let item = format!("{first}\nthường kỳ về huyện trước khi mùa mưa bão năm nay về tới hạ nguồn;\n");
        let text = |next: &str| format!("{}\n2\n\n{next}\n{}", item.repeat(4), item.repeat(2));
        let read = |next: &str| paragraphs(&text(next)).into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>();
        for mark in ["-", "+", "b)", "2."] {
            let line = format!("{mark} Đắp lại bờ kè.");
            assert!(read(&line).contains(&line), "{:?}", read(&line));
        }
        let goes_on = read("đến hết năm sau.");
        assert!(goes_on.iter().any(|text| text.ends_with("hạ nguồn; đến hết năm sau.")), "{goes_on:?}");
    }

    #[test]
    fn a_heading_that_names_bodies_ends_with_its_line() {
        let running = "rà soát các trạm bơm ven sông rồi báo cáo kết quả về huyện và về\n".repeat(9) + "hồ.\n";
        let told = "2. Sở Nông nghiệp và Môi trường, Sở Công Thương có trách nhiệm:";
        let read = |text: &str| read(&format!("{running}{text}"));
        assert!(
            read(&format!("{told}\nTrám lấp giếng khoan cũ ở các xã ven sông trong năm nay.\n"))
                .contains(&told.to_owned())
        );
        let named = "2. Hội Nông dân tỉnh Mẫu, Sở Y tế, Ban Quản lý dự án giao thông";
        let item = "- Chủ trì lấp giếng khoan cũ ở các xã ven sông trong năm nay.";
        assert!(read(&format!("{named}\n{item}\n")).contains(&item.to_owned()));
        let named = "2. Trung tâm Phục vụ hành chính công Mẫu, Sở Y tế, Phòng Văn hóa";
        assert!(read(&format!("{named}\n- Xã hội\n")).contains(&format!("{named} - Xã hội")));
    }

    #[test]
    fn an_item_ends_with_who_and_when_in_brackets() {
        let running = "rà soát các trạm bơm ven sông rồi báo cáo kết quả về huyện và về\n".repeat(9) + "hồ.\n";
        let item = "Trám lấp giếng khoan cũ ven sông (Sở Y tế chủ trì; quý I/2027).";
        let next = "Khảo sát lại các hồ chứa nước (Sở Nội vụ chủ trì; quý I/2027).";
        let read = read(&format!("{running}{item}\n{next}\n"));
        assert!(read.contains(&item.to_owned()) && read.contains(&next.to_owned()), "{read:?}");
    }

    #[test]
    fn a_line_that_ends_with_helpers_goes_on() {
        let running = "rà soát các trạm bơm ven sông rồi báo cáo về\n".repeat(9);
        let helped = "3.5. Sở Y tế làm đầu mối, phối hợp với Sở Công Thương, Trung tâm";
        let told = "Xúc tiến đầu tư và Du lịch tỉnh lấp giếng.";
        assert!(read(&format!("{running}{helped}\n{told}\n")).contains(&format!("{helped} {told}")));
    }

    fn read(text: &str) -> Vec<String> {
        paragraphs(text).into_iter().map(|paragraph| paragraph.text).collect()
    }

    const SHORT: &str = "       Đo nước ở các hồ theo văn bản của Sở\nXây dựng tỉnh Mẫu.\n";

    #[test]
    fn a_line_at_the_edge_goes_on_with_an_open_sentence_whatever_room_there_seemed_to_be() {
        let item = "       Rà soát các trạm bơm ven sông theo phân cấp và báo cáo kết quả thường\n\
kỳ về huyện trước khi mùa mưa bão năm nay về tới hạ nguồn.\n"
            .repeat(4);
        let whole = "Đo nước ở các hồ theo văn bản của Sở Xây dựng tỉnh Mẫu.";
        assert!(read(&format!("{item}{SHORT}")).contains(&whole.to_owned()));
        for two in ["       Đo nước ở hồ.\nXây kè.\n", "       I. ĐO NƯỚC\nXây kè.\n"] {
            assert!(read(&format!("{item}{two}")).contains(&"Xây kè.".to_owned()), "{two}");
        }
        // Nor does a mark or a label go on where the line above was ended on purpose.
        let anew = ["1. Nước sạch|- Kéo ống về bản.", "2. Xây kè ở bản|Đơn vị chủ trì: Sở Xây dựng."];
        for (short, next) in anew.iter().filter_map(|two| two.split_once('|')) {
            let told = read(&format!("{item}       {short}\n{next}\n"));
            assert!(told.contains(&next.to_owned()), "{told:?}");
        }
        // Lines of all lengths tell no width.
        let lengths = [40, 55, 75, 105];
        let uneven: String = lengths.map(|length| format!("       R{}\nvà hồ.\n", " a".repeat(length / 2))).concat();
        assert!(read(&format!("{uneven}{SHORT}")).contains(&whole.to_owned()));
        assert!(read(&format!("{uneven}       Đo nước ở hồ.\nXây kè.\n")).contains(&"Xây kè.".to_owned()));
    }

    #[test]
    fn behind_its_labels_and_below_what_it_announces_a_paragraph_ends() {
        let running = "rà soát các trạm bơm ven sông rồi báo cáo kết quả về huyện và về các\nhồ. ".repeat(9);
        for first in [
            "Lấp giếng cũ. Đơn vị chủ trì: Sở Xây dựng; Thời gian hoàn thành: 2027.",
            "2. Giao Sở Xây dựng thực hiện các nội dung sau; thời gian thực hiện: 2027:",
        ] {
            let told = read(&format!("{running}\n{first}\nTrám lấp giếng khoan cũ.\n"));
            assert!(told.contains(&"Trám lấp giếng khoan cũ.".to_owned()), "{told:?}");
        }
    }

    #[test]
    fn a_ground_goes_on_where_a_heading_of_its_length_does_not() {
        let running = "rà soát các trạm bơm ven sông rồi báo cáo kết quả về huyện và về\n".repeat(9);
        let next = "Hai Bản Mẫu về nước sạch;\n";
        let joined = |first: &str| read(&format!("{running}hồ.\n{first}\n{next}")).concat().contains("Một Hai Bản Mẫu");
        assert!(joined("Căn cứ Quyết định số 5/QĐ-UBND ngày 24/3/2025 của Sở Một"));
        assert!(!joined("Kết quả Quyết định số 5/QĐ-UBND ngày 24/3/2025 ở Sở Một"));
    }
}
