//! A Word file with real tables; the head is a table without borders.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, LineSpacing, PageMargin, Paragraph, Run, RunFonts, SpecialIndentType, Table as Grid,
    TableCell, TableRow, WidthType,
};

use super::{
    word_form::{WordForm, plain, unseen},
    word_table::{WIDTH, table},
};

use crate::piece::{Head, HeadForm, Piece, Style};

/// # Errors
/// Where the package cannot be written.
pub fn docx(pieces: &[Piece], font: &str, spaced: bool, form: WordForm) -> Result<Vec<u8>, String> {
    let fonts = RunFonts::new().ascii(font).hi_ansi(font).cs(font).east_asia(font);
    let mut docx = Docx::new().default_fonts(fonts).default_size(26);
    docx =
        docx.page_size(11_906, 16_838).page_margin(PageMargin::new().top(1_134).bottom(1_134).left(1_701).right(1_134));
    for piece in pieces {
        docx = match piece {
            Piece::Head(of) => head(docx, of),
            Piece::Line(style, text) => {
                let docx = docx.add_paragraph(set(*style, line(*style, text, form), spaced));
                if form.hidden && matches!(style, Style::Plain | Style::Item) {
                    docx.add_paragraph(unseen())
                } else {
                    docx
                }
            }
            Piece::Table(of) => {
                let table = table(of, form);
                let table = if form.unruled { table.clear_all_border() } else { table };
                docx.add_table(table).add_paragraph(Paragraph::new())
            }
        };
    }
    let mut out = Cursor::new(Vec::new());
    docx.build().pack(&mut out).map_err(|error| error.to_string())?;
    Ok(out.into_inner())
}

/// The first line in and room before it, as the decree has it; many writers leave both out.
fn set(style: Style, paragraph: Paragraph, spaced: bool) -> Paragraph {
    if !spaced || matches!(style, Style::Kind | Style::Title | Style::Foot) {
        return paragraph;
    }
    let indent = Some(SpecialIndentType::FirstLine(720));
    paragraph.indent(None, indent, None, None).line_spacing(LineSpacing::new().before(120))
}

fn line(style: Style, text: &str, form: WordForm) -> Paragraph {
    match style {
        Style::Kind | Style::Title => {
            Paragraph::new().align(AlignmentType::Center).add_run(Run::new().add_text(text).bold())
        }
        Style::Chapter | Style::Heading => Paragraph::new().add_run(Run::new().add_text(text).bold()),
        Style::Plain | Style::Item | Style::Label | Style::Foot => plain(text, form),
    }
}

/// So small that a line of the letterhead stays one.
fn small(text: &str) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(Run::new().add_text(text).size(20))
}

fn centred(lines: &[String], width: usize) -> TableCell {
    let cell = TableCell::new().width(width, WidthType::Dxa).clear_all_border();
    let cell = lines.iter().fold(cell, |cell, line| cell.add_paragraph(small(line)));
    if lines.is_empty() { cell.add_paragraph(Paragraph::new()) } else { cell }
}

fn head(docx: Docx, head: &Head) -> Docx {
    let Head { form, left, right, number, place_and_day, about } = head;
    let below = [vec![number.clone()], about.clone()].concat();
    if *form == HeadForm::Bare {
        let lines = below.iter().chain([place_and_day]);
        return lines.fold(docx, |docx, line| docx.add_paragraph(plain(line, WordForm::default())));
    }
    let day = std::slice::from_ref(place_and_day);
    let gap = usize::from(*form == HeadForm::ThreeColumns) * 400;
    let row = |left: &[String], right: &[String]| {
        let mut cells = vec![centred(left, 3_700 - gap)];
        cells.extend((gap > 0).then(|| centred(&[], gap)));
        cells.push(centred(right, WIDTH - 3_700));
        TableRow::new(cells)
    };
    let mut widths = vec![3_700 - gap, WIDTH - 3_700];
    if gap > 0 {
        widths.insert(1, gap);
    }
    let grid = Grid::new(vec![row(left, right), row(&below, day)]).set_grid(widths).clear_all_border();
    docx.add_table(grid).add_paragraph(Paragraph::new())
}
