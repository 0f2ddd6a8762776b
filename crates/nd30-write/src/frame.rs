//! What stands around the text of a paper in a Word file: its head, its title, its foot, and drawn lines.

use docx_rs::{
    AlignmentType, BreakType, LineSpacing, LineSpacingType, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, Run as DocxRun, SpecialIndentType, Table, TableCell, TableCellMargins, TableLayoutType, TableRow,
    VAlignType, WidthType,
};
use nd30::{DRAFT, Kind, Paper, issuer_lines, number, place_and_day, recipients, width};

use crate::letters::{BODY, UPRIGHT, bold_line, line, plain};

fn no_borders(table: Table) -> Table {
    let none = TableCellMargins::new().margin(0, 0, 0, 0);
    table.clear_all_border().margins(none)
}

fn cell(width: usize, paragraphs: Vec<Paragraph>) -> TableCell {
    let cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Top).clear_all_border();
    paragraphs.into_iter().fold(cell, TableCell::add_paragraph)
}

/// The two columns of the head.
const LEFT: u32 = 3770;
const RIGHT: u32 = 5300;

/// A drawn line in the middle of `space`, both in twentieths of a point: the border of an empty paragraph.
pub(crate) fn rule(length: u32, space: u32) -> Paragraph {
    let side = i32::try_from(space.saturating_sub(length) / 2).unwrap_or(0);
    let border = ParagraphBorder::new(ParagraphBorderPosition::Bottom).size(6).space(0);
    let mut rule = Paragraph::new()
        .indent(Some(side), None, Some(side), None)
        .line_spacing(LineSpacing::new().after(60).line_rule(LineSpacingType::Exact).line(60))
        .add_run(plain("", 12));
    rule.property = rule.property.set_borders(ParagraphBorders::with_empty().set(border));
    rule
}

/// How long a line of text is, in twentieths of a point; no longer than its space.
fn length(text: &str, size: usize, bold: bool, space: u32) -> u32 {
    let size = f64::from(u32::try_from(size).unwrap_or(0)) / 2.0;
    // A width in points is far below what the type holds.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundred points")]
    let twips = (width(text, size, bold) * 20.0).min(f64::from(space)) as u32;
    twips
}

/// A frame around the word by which a draft is known.
fn draft() -> Paragraph {
    let side = |position| ParagraphBorder::new(position).size(6).space(2);
    let sides = [
        ParagraphBorderPosition::Top,
        ParagraphBorderPosition::Bottom,
        ParagraphBorderPosition::Left,
        ParagraphBorderPosition::Right,
    ];
    let borders = sides.into_iter().fold(ParagraphBorders::with_empty(), |all, one| all.set(side(one)));
    let indent = i32::try_from(LEFT.saturating_sub(length(DRAFT, 26, true, LEFT) + 240) / 2).unwrap_or(0);
    let mut framed = bold_line(DRAFT, 26)
        .indent(Some(indent), None, Some(indent), None)
        .line_spacing(LineSpacing::new().before(120));
    framed.property = framed.property.set_borders(borders);
    framed
}

/// Boxes 1 to 4 and 5b of the decree's plan.
pub(crate) fn head(paper: &Paper) -> Table {
    let mut left = Vec::new();
    if let Some(superior) = &paper.superior {
        left.push(line(&superior.to_uppercase(), 24, AlignmentType::Center));
    }
    let issuer = issuer_lines(paper);
    left.extend(issuer.iter().map(|name| bold_line(name, 24)));
    let longest = issuer.iter().map(|name| length(name, 24, true, LEFT)).max().unwrap_or(0);
    left.push(rule(longest * 2 / 5, LEFT));
    let mut below = vec![line(&number(paper.number, &paper.symbol), 26, AlignmentType::Center)];
    if let Kind::Letter { about } = &paper.kind {
        below.push(
            line(&format!("V/v {about}"), 24, AlignmentType::Center).line_spacing(LineSpacing::new().before(120)),
        );
    }
    if paper.is_draft {
        below.push(draft());
    }
    let motto = "Độc lập - Tự do - Hạnh phúc";
    let right = vec![
        bold_line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24),
        bold_line(motto, 26),
        rule(length(motto, 26, true, RIGHT), RIGHT),
    ];
    let day = Paragraph::new().align(AlignmentType::Center).add_run(plain(&place_and_day(paper), 26).italic());
    let table = Table::new(vec![
        TableRow::new(vec![cell(LEFT as usize, left), cell(RIGHT as usize, right)]),
        TableRow::new(vec![cell(LEFT as usize, below), cell(RIGHT as usize, vec![day])]),
    ]);
    no_borders(table)
        .set_grid(vec![LEFT as usize, RIGHT as usize])
        .layout(TableLayoutType::Fixed)
        .align(docx_rs::TableAlignmentType::Center)
}

/// Boxes 5a and 9a.
pub(crate) fn title(paper: &Paper) -> Vec<Paragraph> {
    let mut out = Vec::new();
    out.push(line("", 16, AlignmentType::Center));
    if let Kind::Named { name, about } = &paper.kind {
        out.push(bold_line(&name.to_uppercase(), BODY));
        out.push(bold_line(about, BODY));
        out.push(rule(length(about, BODY, true, UPRIGHT) * 2 / 5, UPRIGHT));
        out.push(line("", 16, AlignmentType::Center));
    }
    match paper.to.as_slice() {
        [] => {}
        [one] => out.push(line(&format!("Kính gửi: {one}"), BODY, AlignmentType::Center)),
        many => {
            const TO: u32 = 1400;
            let colon = i32::try_from(TO + length("Kính gửi", BODY, false, UPRIGHT)).unwrap_or(0);
            let to = i32::try_from(TO).unwrap_or(0);
            out.push(line("Kính gửi:", BODY, AlignmentType::Left).indent(Some(to), None, None, None));
            for (at, name) in many.iter().enumerate() {
                let end = if at + 1 == many.len() { '.' } else { ';' };
                out.push(line(&format!("- {name}{end}"), BODY, AlignmentType::Left).indent(
                    Some(colon + 160),
                    Some(SpecialIndentType::Hanging(160)),
                    None,
                    None,
                ));
            }
        }
    }
    out
}

/// Boxes 7 and 9b.
pub(crate) fn foot(paper: &Paper) -> Table {
    // Room between the text and the signature.
    let apart = || LineSpacing::new().before(240);
    let heading = Paragraph::new().add_run(plain("Nơi nhận:", 24).bold().italic()).line_spacing(apart());
    let left = std::iter::once(heading)
        .chain(recipients(paper).iter().map(|name| line(name, 22, AlignmentType::Left)))
        .collect();
    let mut right: Vec<Paragraph> =
        paper.signer.authority.iter().map(|line| bold_line(&line.to_uppercase(), 26)).collect();
    if !right.is_empty() {
        let first = right.remove(0);
        right.insert(0, first.line_spacing(apart()));
    }
    right.push(
        Paragraph::new().add_run(
            DocxRun::new()
                .add_break(BreakType::TextWrapping)
                .add_break(BreakType::TextWrapping)
                .add_break(BreakType::TextWrapping),
        ),
    );
    right.push(bold_line(paper.signer.name.as_deref().unwrap_or_default(), BODY));
    let row = TableRow::new(vec![cell(4535, left), cell(4535, right)]).cant_split();
    no_borders(Table::new(vec![row])).set_grid(vec![4535, 4535]).layout(TableLayoutType::Fixed)
}
