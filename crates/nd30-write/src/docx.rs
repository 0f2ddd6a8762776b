//! The paper as a Word file that names Times New Roman and opens without repair.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BorderType, BreakType, Docx, FieldCharType, Header, InstrPAGE, InstrText, LineSpacing,
    LineSpacingType, PageMargin, PageNumType, PageOrientationType, PageSize, Paragraph, Run as DocxRun, RunFonts,
    Section, SpecialIndentType, Table as DocxTable, TableBorder, TableBorderPosition, TableBorders, TableCell,
    TableCellBorder, TableCellBorderPosition, TableCellBorders, TableLayoutType, TableRow, VAlignType, WidthType,
};
use nd30::{
    Appendix, Block, Error, Kind, Level, Paper, Run, Table, appendix_name, attached_to, number, place_and_day,
    recipients, writable,
};

/// Twentieths of a point in a millimetre, times 100.
const MM: u32 = 5669;
/// Between the margins of an upright sheet, and of one laid across.
const UPRIGHT: u32 = 9070;
const ACROSS: u32 = 14_000;
const BODY: usize = 28;
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
    title(paper, &mut main);
    main.blocks(&paper.body, UPRIGHT);
    main.table(foot(paper));
    if let Some(trace) = &paper.trace {
        main.paragraph(Paragraph::new().add_run(plain(trace, 16).color("5A5A5A")));
    }
    let count = paper.appendices.len();
    let Some((last, before)) = paper.appendices.split_last() else {
        // The last section of a document is the document's own.
        docx = main.into_docx(docx).page_size(mm(210), mm(297)).page_margin(margin()).header(page_number()).title_pg();
        return pack(docx.page_num_type(PageNumType::new().start(1)));
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
    pack(docx.page_num_type(PageNumType::new().start(1)))
}

fn pack(docx: Docx) -> Result<Vec<u8>, Error> {
    let mut out = Cursor::new(Vec::new());
    docx.build().pack(&mut out).map_err(|error| Error::Pack(error.to_string()))?;
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

fn run(part: &Run, size: usize) -> DocxRun {
    let run = DocxRun::new().add_text(&part.text).size(size);
    let run = if part.bold { run.bold() } else { run };
    if part.italic { run.italic() } else { run }
}

fn plain(text: &str, size: usize) -> DocxRun {
    DocxRun::new().add_text(text).size(size)
}

fn line(text: &str, size: usize, align: AlignmentType) -> Paragraph {
    Paragraph::new().align(align).add_run(plain(text, size))
}

fn bold_line(text: &str, size: usize) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(plain(text, size).bold())
}

/// Justified, first line 1.27 cm in, six points between paragraphs.
fn text(runs: &[Run], before: &str) -> Paragraph {
    let paragraph = Paragraph::new()
        .align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(720)), None, None)
        .line_spacing(LineSpacing::new().before(120).line_rule(LineSpacingType::Auto).line(264));
    let paragraph = if before.is_empty() { paragraph } else { paragraph.add_run(plain(before, BODY)) };
    runs.iter().fold(paragraph, |paragraph, part| paragraph.add_run(run(part, BODY)))
}

fn heading(level: Level, runs: &[Run]) -> Paragraph {
    let runs: Vec<Run> = runs
        .iter()
        .map(|run| Run { bold: level != Level::Point, italic: level == Level::Point, ..run.clone() })
        .collect();
    text(&runs, "").keep_next(true)
}

fn no_borders(table: DocxTable) -> DocxTable {
    table.clear_all_border()
}

fn cell(width: usize, paragraphs: Vec<Paragraph>) -> TableCell {
    let cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Top).clear_all_border();
    paragraphs.into_iter().fold(cell, TableCell::add_paragraph)
}

/// A rule of `length` characters, centred: both databases of fonts draw it the same.
fn rule(length: usize) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .line_spacing(LineSpacing::new().line_rule(LineSpacingType::Exact).line(120))
        .add_run(plain(&"_".repeat(length), 16))
}

/// Boxes 1 to 4 and 5b of the decree's plan.
fn head(paper: &Paper) -> DocxTable {
    let mut left = Vec::new();
    if let Some(superior) = &paper.superior {
        left.push(line(&superior.to_uppercase(), 24, AlignmentType::Center));
    }
    left.push(bold_line(&paper.issuer.to_uppercase(), 24));
    left.push(rule(10));
    let mut below = vec![line(&number(paper.number, &paper.symbol), 26, AlignmentType::Center)];
    if let Kind::Letter { about } = &paper.kind {
        below.push(
            line(&format!("V/v {about}"), 24, AlignmentType::Center).line_spacing(LineSpacing::new().before(120)),
        );
    }
    let right = vec![
        bold_line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24),
        bold_line("Độc lập - Tự do - Hạnh phúc", 26),
        rule(34),
    ];
    let day = Paragraph::new().align(AlignmentType::Center).add_run(plain(&place_and_day(paper), 26).italic());
    let table = DocxTable::new(vec![
        TableRow::new(vec![cell(3800, left), cell(5440, right)]),
        TableRow::new(vec![cell(3800, below), cell(5440, vec![day])]),
    ]);
    no_borders(table)
        .set_grid(vec![3800, 5440])
        .layout(TableLayoutType::Fixed)
        .align(docx_rs::TableAlignmentType::Center)
}

fn title(paper: &Paper, sheet: &mut Sheet) {
    sheet.paragraph(line("", 16, AlignmentType::Center));
    if let Kind::Named { name, about } = &paper.kind {
        sheet.paragraph(bold_line(&name.to_uppercase(), BODY));
        sheet.paragraph(bold_line(about, BODY));
        sheet.paragraph(rule(14));
        sheet.paragraph(line("", 16, AlignmentType::Center));
    }
    match paper.to.as_slice() {
        [] => {}
        [one] => sheet.paragraph(line(&format!("Kính gửi: {one}"), BODY, AlignmentType::Center)),
        many => {
            sheet.paragraph(line("Kính gửi:", BODY, AlignmentType::Left).indent(Some(1700), None, None, None));
            for (at, name) in many.iter().enumerate() {
                let end = if at + 1 == many.len() { '.' } else { ';' };
                sheet.paragraph(line(&format!("- {name}{end}"), BODY, AlignmentType::Left).indent(
                    Some(2800),
                    None,
                    None,
                    None,
                ));
            }
        }
    }
}

/// Boxes 7 and 9b.
fn foot(paper: &Paper) -> DocxTable {
    let heading = Paragraph::new().add_run(plain("Nơi nhận:", 24).bold().italic());
    let left = std::iter::once(heading)
        .chain(recipients(paper).iter().map(|name| line(name, 22, AlignmentType::Left)))
        .collect();
    let mut right: Vec<Paragraph> =
        paper.signer.authority.iter().map(|line| bold_line(&line.to_uppercase(), 26)).collect();
    right.push(
        Paragraph::new().add_run(
            DocxRun::new()
                .add_break(BreakType::TextWrapping)
                .add_break(BreakType::TextWrapping)
                .add_break(BreakType::TextWrapping),
        ),
    );
    right.push(bold_line(paper.signer.name.as_deref().unwrap_or_default(), BODY));
    let row = TableRow::new(vec![cell(4620, left), cell(4620, right)]).cant_split();
    no_borders(DocxTable::new(vec![row])).set_grid(vec![4620, 4620]).layout(TableLayoutType::Fixed)
}

fn grid(table: &Table, width: u32) -> DocxTable {
    let total: u32 = table.widths.iter().sum::<u32>().max(1);
    let widths: Vec<usize> = table.widths.iter().map(|part| (part * width / total) as usize).collect();
    let wide = |at: usize| widths.get(at).copied().unwrap_or(1000);
    let head = table.head.iter().enumerate().map(|(at, name)| {
        framed(TableCell::new().width(wide(at), WidthType::Dxa).vertical_align(VAlignType::Center))
            .add_paragraph(bold_line(name, 24))
    });
    let mut rows = vec![TableRow::new(head.collect())];
    for row in &table.rows {
        let cells = row.iter().enumerate().map(|(at, part)| {
            let numeric = table.numeric.get(at).copied().unwrap_or(false);
            let align = if numeric { AlignmentType::Right } else { AlignmentType::Left };
            framed(TableCell::new().width(wide(at), WidthType::Dxa))
                .add_paragraph(Paragraph::new().align(align).add_run(run(part, 24)))
        });
        rows.push(TableRow::new(cells.collect()).cant_split());
    }
    let border = |position| TableBorder::new(position).border_type(BorderType::Single).size(4);
    let borders = [
        TableBorderPosition::Top,
        TableBorderPosition::Bottom,
        TableBorderPosition::Left,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ]
    .into_iter()
    .fold(TableBorders::new(), |borders, position| borders.set(border(position)));
    DocxTable::new(rows).set_grid(widths.clone()).layout(TableLayoutType::Fixed).set_borders(borders)
}

fn framed(cell: TableCell) -> TableCell {
    let side = |position| TableCellBorder::new(position).border_type(BorderType::Single).size(4);
    let borders = TableCellBorders::new()
        .set(side(TableCellBorderPosition::Top))
        .set(side(TableCellBorderPosition::Bottom))
        .set(side(TableCellBorderPosition::Left))
        .set(side(TableCellBorderPosition::Right));
    cell.set_borders(borders)
}

fn annex(paper: &Paper, appendix: &Appendix, at: usize, count: usize) -> Sheet {
    let mut sheet = Sheet::new();
    sheet.paragraph(bold_line(&appendix_name(at, count), BODY));
    sheet.paragraph(bold_line(&appendix.title.to_uppercase(), 26));
    sheet.paragraph(Paragraph::new().align(AlignmentType::Center).add_run(plain(&attached_to(paper), 26).italic()));
    sheet.paragraph(rule(10));
    sheet.paragraph(line("", 16, AlignmentType::Center));
    sheet.blocks(&appendix.body, if appendix.landscape { ACROSS } else { UPRIGHT });
    sheet
}
