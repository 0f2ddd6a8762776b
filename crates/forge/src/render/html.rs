//! A web page, as programs of offices save it and call it `.doc`: tables with borders, emphasis by tags.

use crate::piece::{Head, HeadForm, Piece, Style, Table};

pub fn html(pieces: &[Piece]) -> Vec<u8> {
    let mut out = String::from(
        "<html>\n<head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><style>td { vertical-align: top; }</style></head>\n<body lang=\"vi\">\n",
    );
    for piece in pieces {
        match piece {
            Piece::Head(of) => head(&mut out, of),
            Piece::Line(style, text) => line(&mut out, *style, text),
            Piece::Table(of) => table(&mut out, of),
        }
    }
    out.push_str("</body>\n</html>\n");
    out.into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn line(out: &mut String, style: Style, text: &str) {
    let text = escaped(text);
    out.push_str(&match style {
        Style::Kind | Style::Title => format!("<p align=\"center\"><b>{text}</b></p>\n"),
        Style::Chapter | Style::Heading => format!("<p><b>{text}</b></p>\n"),
        Style::Plain | Style::Item | Style::Label => format!("<p align=\"justify\">{text}</p>\n"),
        Style::Foot => format!("<p>{text}</p>\n"),
    });
}

fn head(out: &mut String, head: &Head) {
    let Head { form, left, right, number, place_and_day, about } = head;
    let below = [vec![number.clone()], about.clone()].concat();
    if *form == HeadForm::Bare {
        below.iter().chain([place_and_day]).for_each(|text| line(out, Style::Foot, text));
        return;
    }
    let cell = |lines: &[String]| lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>\n");
    let day = std::slice::from_ref(place_and_day);
    out.push_str("<table width=\"100%\" border=\"0\">\n");
    for (left, right) in [(left.as_slice(), right.as_slice()), (below.as_slice(), day)] {
        let (left, right) = (cell(left), cell(right));
        out.push_str(&format!(
            "<tr><td width=\"40%\" align=\"center\">{left}</td><td align=\"center\">{right}</td></tr>\n"
        ));
    }
    out.push_str("</table>\n");
}

fn table(out: &mut String, table: &Table) {
    out.push_str("<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\">\n");
    row(out, &table.head, "th");
    if table.counted {
        let counted: Vec<String> = (0..table.head.len()).map(|at| format!("({})", at + 1)).collect();
        row(out, &counted, "td");
    }
    table.rows.iter().for_each(|cells| row(out, cells, "td"));
    out.push_str("</table>\n");
}

fn row(out: &mut String, cells: &[String], tag: &str) {
    let cells: Vec<String> = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect();
    out.push_str(&format!("<tr>{}</tr>\n", cells.concat()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_tag_is_text() {
        let page = String::from_utf8(html(&[Piece::Line(Style::Plain, "a < b & c".into())])).unwrap();
        assert!(page.contains("<p align=\"justify\">a &lt; b &amp; c</p>"), "{page}");
    }
}
