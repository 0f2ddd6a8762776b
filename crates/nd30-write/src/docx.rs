//! The paper as a Word file that names Times New Roman and opens without repair.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, FieldCharType, Header, InstrPAGE, InstrText, PageMargin, PageNumType, PageOrientationType,
    PageSize, Paragraph, Run as DocxRun, RunFonts, Section, Table as DocxTable,
};
use nd30::{Appendix, Block, Error, Paper, appendix_name, attached_to, beside_signature, writable};

use crate::{
    frame::{foot, head, rule, title},
    grid::grid,
    letters::{BODY, UPRIGHT, bold_line, heading, line, plain, text},
    package::finished,
};

/// Twentieths of a point in a millimetre, times 100.
const MM: u32 = 5669;
/// Between the margins of a sheet laid across.
const ACROSS: u32 = 14_002;
const FONT: &str = "Times New Roman";

fn mm(millimetres: u32) -> u32 {
    millimetres * MM / 100
}

fn twips(millimetres: u32) -> i32 {
    i32::try_from(mm(millimetres)).unwrap_or(0)
}

/// Writes the paper. Sizes are half points, as Word counts.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, Error> {
    let paper = &writable(paper);
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT);
    let mut docx = Docx::new().default_fonts(fonts).default_size(BODY);
    let mut main = Sheet::new();
    main.table(head(paper));
    for paragraph in title(paper) {
        main.paragraph(paragraph);
    }
    let (free, beside) = paper.body.split_at(beside_signature(&paper.body));
    main.blocks(free, UPRIGHT);
    main.kept(beside);
    main.table(foot(paper));
    if let Some(trace) = &paper.trace {
        main.paragraph(Paragraph::new().add_run(plain(trace, 16).color("5A5A5A")));
    }
    let count = paper.appendices.len();
    let Some((last, before)) = paper.appendices.split_last() else {
        // The last section of a document is the document's own.
        docx = main.into_docx(docx).page_size(mm(210), mm(297)).page_margin(margin()).header(page_number()).title_pg();
        return pack(docx.page_num_type(PageNumType::new().start(1)), paper);
    };
    docx = docx.add_section(main.into_section(false));
    for (at, appendix) in before.iter().enumerate() {
        docx = docx.add_section(annex(paper, appendix, at, count).into_section(appendix.landscape));
    }
    docx = annex(paper, last, count - 1, count).into_docx(docx);
    let (width, height) = if last.landscape { (297, 210) } else { (210, 297) };
    docx = docx.page_size(mm(width), mm(height));
    if last.landscape {
        docx = docx.page_orient(PageOrientationType::Landscape);
    }
    docx = docx.page_margin(margin()).header(page_number()).title_pg();
    pack(docx.page_num_type(PageNumType::new().start(1)), paper)
}

fn pack(docx: Docx, paper: &Paper) -> Result<Vec<u8>, Error> {
    let mut out = Cursor::new(Vec::new());
    finished(docx.build(), paper).pack(&mut out).map_err(|error| Error::Pack(error.to_string()))?;
    Ok(out.into_inner())
}

fn margin() -> PageMargin {
    PageMargin::new()
        .top(twips(20))
        .bottom(twips(20))
        .left(twips(30))
        .right(twips(20))
        .header(twips(10))
        .footer(twips(10))
}

/// The number in the middle of the upper margin; the first page shows none.
fn page_number() -> Header {
    let field = DocxRun::new()
        .size(BODY)
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(InstrText::PAGE(InstrPAGE::new()))
        .add_field_char(FieldCharType::Separate, false)
        .add_text("1")
        .add_field_char(FieldCharType::End, false);
    Header::new().add_paragraph(Paragraph::new().align(AlignmentType::Center).add_run(field))
}

/// What stands in one section, in order.
struct Sheet(Vec<Content>);

enum Content {
    Paragraph(Box<Paragraph>),
    Table(Box<DocxTable>),
}

impl Sheet {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        self.0.push(Content::Paragraph(Box::new(paragraph)));
    }

    fn table(&mut self, table: DocxTable) {
        self.0.push(Content::Table(Box::new(table)));
    }

    /// `width` of the space between the margins, in twentieths of a point.
    fn blocks(&mut self, blocks: &[Block], width: u32) {
        for block in blocks {
            match block {
                Block::Heading(level, runs) => self.paragraph(heading(*level, runs)),
                Block::Paragraph(runs) => self.paragraph(text(runs, "")),
                Block::Item(runs) => self.paragraph(text(runs, "- ")),
                Block::Table(table) => {
                    self.table(grid(table, width));
                    self.paragraph(line("", 12, AlignmentType::Left));
                }
            }
        }
    }

    /// What stays on the sheet of the signature.
    fn kept(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(runs) => self.paragraph(text(runs, "").keep_next(true)),
                Block::Item(runs) => self.paragraph(text(runs, "- ").keep_next(true)),
                other @ (Block::Heading(..) | Block::Table(_)) => self.blocks(std::slice::from_ref(other), UPRIGHT),
            }
        }
    }

    fn into_docx(self, docx: Docx) -> Docx {
        self.0.into_iter().fold(docx, |docx, content| match content {
            Content::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Content::Table(table) => docx.add_table(*table),
        })
    }

    fn into_section(self, landscape: bool) -> Section {
        let size = PageSize::new();
        let section = Section::new().page_margin(margin()).header(page_number()).title_pg();
        let section = section.page_num_type(PageNumType::new().start(1));
        let section = if landscape {
            section.page_size(size.size(mm(297), mm(210))).page_orient(PageOrientationType::Landscape)
        } else {
            section.page_size(size.size(mm(210), mm(297)))
        };
        self.0.into_iter().fold(section, |section, content| match content {
            Content::Paragraph(paragraph) => section.add_paragraph(*paragraph),
            Content::Table(table) => section.add_table(*table),
        })
    }
}

fn annex(paper: &Paper, appendix: &Appendix, at: usize, count: usize) -> Sheet {
    let mut sheet = Sheet::new();
    sheet.paragraph(bold_line(&appendix_name(at, count), BODY));
    sheet.paragraph(bold_line(&appendix.title.to_uppercase(), 26));
    sheet.paragraph(Paragraph::new().align(AlignmentType::Center).add_run(plain(&attached_to(paper), 26).italic()));
    let space = if appendix.landscape { ACROSS } else { UPRIGHT };
    sheet.paragraph(rule(mm(25), space));
    sheet.paragraph(line("", 16, AlignmentType::Center));
    sheet.blocks(&appendix.body, space);
    sheet
}
