//! Plain text as it comes out of Word and PDF files: wrapped or not, with the numbers of pages and the heads of tables
//! again on each, with blank lines or without, CRLF, decomposed letters.

use unicode_normalization::UnicodeNormalization;

use crate::{
    dice::Dice,
    piece::{Head, HeadForm, Piece, Style, Table},
};

#[derive(Debug, Clone, Copy, Default)]
pub struct Layout {
    /// Letters of a line, where lines are wrapped.
    pub width: Option<usize>,
    /// Lines of a page, where pages are told.
    pub page: Option<usize>,
    /// A blank line between paragraphs.
    pub airy: bool,
    /// A blank line after every line.
    pub double: bool,
    pub indented: bool,
    pub crlf: bool,
    pub nfd: bool,
}

pub fn layout(dice: &mut Dice) -> Layout {
    let width = dice.chance(45).then(|| dice.count(68, 95));
    Layout {
        width,
        page: (width.is_some() && dice.chance(55)).then(|| dice.count(38, 52)),
        airy: dice.chance(40),
        double: width.is_some() && dice.chance(12),
        indented: dice.chance(20),
        crlf: dice.chance(12),
        nfd: dice.chance(12),
    }
}

/// The text, and the lines in it that only the pages bring.
pub struct Rendered {
    pub text: String,
    pub furniture: Vec<String>,
}

struct Pages {
    layout: Layout,
    lines: Vec<String>,
    /// Lines on this page.
    filled: usize,
    page: usize,
    furniture: Vec<String>,
}

pub fn txt(pieces: &[Piece], layout: Layout) -> Rendered {
    let mut out = Pages { layout, lines: vec![], filled: 0, page: 1, furniture: vec![] };
    for piece in pieces {
        match piece {
            Piece::Head(of) => head(&mut out, of),
            Piece::Line(style, text) => line(&mut out, *style, text),
            Piece::Table(of) => table(&mut out, of),
        }
    }
    let end = if layout.crlf { "\r\n" } else { "\n" };
    let text = out.lines.join(end) + end;
    let text = if layout.nfd { text.nfd().collect() } else { text };
    Rendered { text, furniture: out.furniture }
}

impl Pages {
    fn push(&mut self, line: &str, again: Option<&str>) {
        if self.layout.page.is_some_and(|page| self.filled >= page) {
            self.page += 1;
            self.filled = 0;
            let number = self.page.to_string();
            self.lines.push(number.clone());
            self.furniture.push(number);
            if let Some(again) = again {
                self.lines.push(again.to_owned());
                self.furniture.push(again.to_owned());
            }
        }
        self.lines.push(line.to_owned());
        self.filled += 1;
        if self.layout.double && again.is_none() {
            self.lines.push(String::new());
        }
    }

    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    fn wrapped(&mut self, text: &str) {
        let Some(width) = self.layout.width else { return self.push(text, None) };
        let mut line = String::new();
        for word in text.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                self.push(&line, None);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.push(&line, None);
    }
}

fn line(out: &mut Pages, style: Style, text: &str) {
    let apart = match style {
        Style::Kind => true,
        Style::Title | Style::Foot | Style::Label => false,
        Style::Plain | Style::Chapter | Style::Heading | Style::Item => out.layout.airy,
    };
    if apart || (style == Style::Foot && text == "Nơi nhận:") {
        out.blank();
    }
    let indented = out.layout.indented && matches!(style, Style::Plain | Style::Item | Style::Label);
    let text = if indented { format!("      {text}") } else { text.to_owned() };
    if matches!(style, Style::Kind | Style::Title) { out.push(&text, None) } else { out.wrapped(&text) }
}

fn head(out: &mut Pages, head: &Head) {
    let Head { form, left, right, number, place_and_day, about } = head;
    let one = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    let rows = left.len().max(right.len());
    match form {
        HeadForm::Stacked => {
            stacked(out, left);
            stacked(out, right);
            out.blank();
            stacked(out, &[vec![number.clone()], about.clone()].concat());
            stacked(out, std::slice::from_ref(place_and_day));
        }
        HeadForm::Beside => {
            let pad = |left: &str, right: &str| format!("{left:<42}{right}").trim_end().to_owned();
            (0..rows).for_each(|at| out.push(&pad(&one(left, at), &one(right, at)), None));
            out.push(&pad(number, place_and_day), None);
            for line in about {
                out.push(line, None);
            }
        }
        HeadForm::TwoColumns | HeadForm::ThreeColumns => {
            let tab = if *form == HeadForm::TwoColumns { "\t" } else { "\t\t" };
            (0..rows).for_each(|at| out.push(&format!("{}{tab}{}", one(left, at), one(right, at)), None));
            out.push(&format!("{number}{tab}{place_and_day}"), None);
            for line in about {
                out.push(line, None);
            }
        }
        HeadForm::Bare => {
            out.push(number, None);
            for line in about {
                out.push(line, None);
            }
            out.blank();
            out.push(place_and_day, None);
        }
    }
    out.blank();
}

/// As the cell of a table comes out: a tab, then its lines.
fn stacked(out: &mut Pages, lines: &[String]) {
    for (at, line) in lines.iter().enumerate() {
        let tab = if at == 0 { "\t" } else { "" };
        out.push(&format!("{tab}{line}"), None);
    }
}

fn table(out: &mut Pages, table: &Table) {
    let head = table.head.join("\t");
    out.push(&head, Some(""));
    if table.counted {
        let counted: Vec<String> = (0..table.head.len()).map(|at| format!("({})", at + 1)).collect();
        out.push(&counted.join("\t"), Some(&head));
    }
    for row in &table.rows {
        out.push(&row.join("\t"), Some(&head));
    }
}
