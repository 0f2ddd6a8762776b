//! A paper as every file can carry it. All writers begin here.

use crate::{Appendix, Block, Kind, Paper, Run, Signer};

/// The paper without the characters that XML forbids: no Word opens a file that holds one.
pub fn writable(paper: &Paper) -> Paper {
    let mut paper = paper.clone();
    // Each part by its name, so that a new one is not forgotten.
    let Paper {
        superior,
        issuer,
        number: _,
        symbol,
        place,
        issued: _,
        drafted: _,
        kind,
        to,
        body,
        signer: Signer { authority, name },
        copies,
        kept,
        appendices,
        is_draft: _,
        trace,
    } = &mut paper;
    [issuer, symbol, place, kept].into_iter().for_each(clean);
    superior.iter_mut().chain(name).chain(trace).for_each(clean);
    to.iter_mut().chain(authority).chain(copies).for_each(clean);
    match kind {
        Kind::Named { name, about } => [name, about].into_iter().for_each(clean),
        Kind::Letter { about } => clean(about),
    }
    blocks(body);
    for Appendix { title, body, landscape: _ } in appendices {
        clean(title);
        blocks(body);
    }
    paper
}

fn blocks(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Heading(_, list) | Block::Paragraph(list) | Block::Item(list) => runs(list),
            Block::Table(table) => {
                table.head.iter_mut().for_each(clean);
                table.rows.iter_mut().flatten().for_each(|cell| runs(cell));
            }
        }
    }
}

fn runs(runs: &mut [Run]) {
    for run in runs {
        clean(&mut run.text);
        run.href.iter_mut().chain(&mut run.place).for_each(clean);
    }
}

fn clean(text: &mut String) {
    text.retain(is_xml);
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
