//! The paper as HTML: the same parts, with figures as links to where they came from and gaps marked.

use std::fmt::Write as _;

use crate::{
    Block, Column, Kind, Level, Paper, Run, Table,
    form::{DRAFT, appendix_name, attached_to, issuer_lines, number, place_and_day, recipients},
    writable::writable,
};

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An `<article class="a4">`; the page around it, its style and its language are the caller's.
pub fn html(paper: &Paper) -> String {
    let paper = &writable(paper);
    let mut out = String::from("<article class=\"a4\" lang=\"vi\">");
    head(paper, &mut out);
    if let [one] = paper.to.as_slice() {
        let _ = write!(out, "<p class=\"centre\">Kính gửi: {}</p>", escape(one));
    } else if !paper.to.is_empty() {
        out.push_str("<div class=\"to\"><p>Kính gửi:</p><ul>");
        for (at, name) in paper.to.iter().enumerate() {
            let end = if at + 1 == paper.to.len() { '.' } else { ';' };
            let _ = write!(out, "<li>{}{end}</li>", escape(name));
        }
        out.push_str("</ul></div>");
    }
    blocks(&paper.body, &mut out);
    foot(paper, &mut out);
    for (at, appendix) in paper.appendices.iter().enumerate() {
        let _ = write!(
            out,
            "<section class=\"annex\"><p class=\"centre\"><b>{}<br>{}</b><br><i>{}</i></p>",
            appendix_name(at, paper.appendices.len()),
            escape(&appendix.title.to_uppercase()),
            escape(&attached_to(paper)),
        );
        blocks(&appendix.body, &mut out);
        out.push_str("</section>");
    }
    out.push_str("</article>");
    out
}

fn head(paper: &Paper, out: &mut String) {
    let superior = paper.superior.as_ref().map(|name| format!("{}<br>", escape(&name.to_uppercase())));
    let about = match &paper.kind {
        Kind::Letter { about } => format!("<br>V/v {}", escape(about)),
        Kind::Named { .. } => String::new(),
    };
    let draft = if paper.is_draft { format!("<br><b class=\"draft\">{DRAFT}</b>") } else { String::new() };
    let _ = write!(
        out,
        "<div class=\"a4-head\"><div>{}<b class=\"ruled part\">{}</b><br>{}{about}{draft}</div><div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b class=\"ruled motto\">Độc lập - Tự do - Hạnh phúc</b><br><i>{}</i></div></div>",
        superior.unwrap_or_default(),
        issuer_lines(paper).iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>"),
        escape(&number(paper.number, &paper.symbol)),
        escape(&place_and_day(paper)),
    );
    if let Kind::Named { name, about } = &paper.kind {
        let (name, about) = (escape(&name.to_uppercase()), escape(about));
        let _ = write!(out, "<p class=\"centre\"><b>{name}<br><span class=\"ruled part\">{about}</span></b></p>");
    }
}

fn foot(paper: &Paper, out: &mut String) {
    out.push_str("<div class=\"a4-foot\"><div><b><i>Nơi nhận:</i></b><br>");
    out.push_str(&recipients(paper).iter().map(|name| escape(name)).collect::<Vec<_>>().join("<br>"));
    out.push_str("</div><div><b>");
    out.push_str(
        &paper.signer.authority.iter().map(|line| escape(&line.to_uppercase())).collect::<Vec<_>>().join("<br>"),
    );
    let name = paper.signer.name.as_deref().unwrap_or_default();
    let _ = write!(out, "</b><br><br><br><b>{}</b></div></div>", escape(name));
    if let Some(trace) = &paper.trace {
        let _ = write!(out, "<p class=\"trace\">{}</p>", escape(trace));
    }
}

fn blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(level, runs) => {
                let tag = match level {
                    Level::Part => "h2",
                    Level::Section => "h3",
                    Level::Point => "h4",
                };
                let _ = write!(out, "<{tag}>{}</{tag}>", inline(runs));
            }
            Block::Paragraph(runs) => {
                let _ = write!(out, "<p{}>{}</p>", gap(runs), inline(runs));
            }
            Block::Item(runs) => {
                let _ = write!(
                    out,
                    "<p class=\"item{}\">- {}</p>",
                    if has_gap(runs) { " gap-here" } else { "" },
                    inline(runs)
                );
            }
            Block::Table(table) => grid(table, out),
        }
    }
}

fn has_gap(runs: &[Run]) -> bool {
    runs.iter().any(|run| run.gap)
}

fn gap(runs: &[Run]) -> &'static str {
    if has_gap(runs) { " class=\"gap-here\"" } else { "" }
}

fn inline(runs: &[Run]) -> String {
    runs.iter().map(one).collect()
}

fn one(run: &Run) -> String {
    let mut text = escape(&run.text);
    if run.bold {
        text = format!("<b>{text}</b>");
    }
    if run.italic {
        text = format!("<i>{text}</i>");
    }
    if let Some(href) = &run.href {
        text = format!("<a class=\"fig\" href=\"{}\">{text}</a>", escape(href));
    }
    match &run.place {
        Some(place) => format!("<span id=\"{}\">{text}</span>", escape(place)),
        None => text,
    }
}

fn grid(table: &Table, out: &mut String) {
    out.push_str("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
    for name in &table.head {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(name));
    }
    out.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let class = match table.column(at) {
                Column::Words => "",
                Column::Numbers => " class=\"num\"",
                Column::Order => " class=\"order\"",
            };
            let _ = write!(out, "<td{class}>{}</td>", inline(cell));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
}
