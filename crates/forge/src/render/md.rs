//! Markdown as people and converters write it: headings, emphasis, tables with bars.

use crate::piece::{Head, Piece, Style, Table};

pub fn md(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Head(of) => head(&mut out, of),
            Piece::Line(style, text) => out.push_str(&line(*style, text)),
            Piece::Table(of) => table(&mut out, of),
        }
    }
    out
}

fn line(style: Style, text: &str) -> String {
    match style {
        Style::Kind => format!("# {text}\n\n"),
        Style::Title => format!("**{text}**\n"),
        Style::Chapter => format!("\n## {text}\n\n"),
        Style::Heading => format!("**{text}**\n\n"),
        Style::Plain => format!("{text}\n\n"),
        Style::Item | Style::Label | Style::Foot => format!("{text}\n"),
    }
}

fn head(out: &mut String, head: &Head) {
    for line in head.left.iter().chain(&head.right) {
        out.push_str(&format!("**{line}**\n\n"));
    }
    out.push_str(&format!("{}\n\n", head.number));
    for line in &head.about {
        out.push_str(&format!("{line}\n"));
    }
    out.push_str(&format!("\n*{}*\n\n", head.place_and_day));
}

fn table(out: &mut String, table: &Table) {
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    out.push('\n');
    out.push_str(&row(&table.head));
    out.push_str(&row(&vec!["---".to_owned(); table.head.len()]));
    if table.counted {
        let counted: Vec<String> = (0..table.head.len()).map(|at| format!("({})", at + 1)).collect();
        out.push_str(&row(&counted));
    }
    table.rows.iter().for_each(|cells| out.push_str(&row(cells)));
    out.push('\n');
}
