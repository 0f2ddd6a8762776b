//! `word/document.xml` as a stream of tags: no tree is built, so neither depth nor size can hurt.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    attribute::{attribute, number},
    numbering::{Numbering, Place},
    said::Said,
    style::{Look, Styles},
};
use crate::{
    Refusal,
    sheet::{Origin, Sheet},
};

/// Tables in tables, boxes in boxes: real files stay below ten.
const MAX_DEPTH: usize = 64;

#[derive(Debug, Default)]
struct Text {
    said: Said,
    style: Option<String>,
    place: Place,
}

#[derive(Debug, Clone, Default)]
struct Cell {
    paragraphs: Vec<String>,
    span: usize,
    /// The cell belongs to the one above it.
    merged: bool,
}

#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    /// The row is not shown.
    hidden: bool,
}

/// Letters of one look.
#[derive(Debug, Default)]
struct Run {
    look: Look,
    style: Option<String>,
}

struct Walk {
    sheet: Sheet,
    numbering: Numbering,
    styles: Styles,
    runs: Vec<Run>,
    /// Inside the properties of a paragraph: what is said of letters there concerns its mark only.
    of_mark: bool,
    paragraphs: Vec<Text>,
    tables: Vec<Table>,
    cells: Vec<Cell>,
    in_text: bool,
}

pub fn read(xml: &str, numbering: Numbering, styles: Styles) -> Result<Sheet, Refusal> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut walk = Walk {
        sheet: Sheet::default(),
        numbering,
        styles,
        runs: Vec::new(),
        of_mark: false,
        paragraphs: Vec::new(),
        tables: Vec::new(),
        cells: Vec::new(),
        in_text: false,
    };
    loop {
        let at = reader.buffer_position();
        let damaged = || Refusal::Malformed { part: "word/document.xml", at };
        match reader.read_event().map_err(|_| damaged())? {
            Event::Eof => return Ok(walk.sheet),
            Event::Start(tag) if is_skipped(&tag) => {
                reader.read_to_end(tag.name()).map_err(|_| damaged())?;
            }
            Event::Start(tag) => {
                walk.start(&tag);
                if (walk.tables.len() + walk.paragraphs.len()).max(walk.runs.len()) > MAX_DEPTH {
                    return Err(damaged());
                }
            }
            Event::Empty(tag) => {
                walk.start(&tag);
                walk.end(tag.local_name().as_ref());
            }
            Event::End(tag) => walk.end(tag.local_name().as_ref()),
            Event::Text(text) if walk.in_text => walk.say(&text.xml10_content()),
            Event::CData(text) if walk.in_text => walk.say(&text.xml10_content()),
            Event::GeneralRef(name) if walk.in_text => {
                let char = name.resolve_char_ref().ok().flatten();
                let named = || quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).map(str::to_owned);
                walk.say(&char.map(String::from).or_else(named).unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// Deleted text, the second copy of a text box for old programs, and the dots of a table of contents.
fn is_skipped(tag: &BytesStart) -> bool {
    matches!(tag.local_name().as_ref(), "Fallback" | "del" | "moveFrom" | "sdtPr" | "pPrChange" | "rPrChange")
}

impl Walk {
    fn say(&mut self, text: &str) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let run = self.runs.last();
        let own = run.map(|run| run.look).unwrap_or_default();
        let look = self.styles.look(own, run.and_then(|run| run.style.as_deref()), paragraph.style.as_deref());
        if look.hidden != Some(true) {
            paragraph.said.say(look.font.and_then(super::style::Font::old), text);
        }
    }

    fn start(&mut self, tag: &BytesStart) {
        match tag.local_name().as_ref() {
            "p" => self.paragraphs.push(Text::default()),
            "r" => self.runs.push(Run::default()),
            "pPr" => self.of_mark = true,
            "vanish" | "rFonts" | "rStyle" => self.property(tag),
            "hidden" => {
                if let Some(table) = self.tables.last_mut() {
                    table.hidden = attribute(tag, "val").is_none_or(|value| value != "0" && value != "false");
                }
            }
            "t" => self.in_text = true,
            "tab" | "ptab" if self.in_run() => self.say(" "),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.row(Vec::new()),
            "tc" => self.cells.push(Cell { span: 1, ..Cell::default() }),
            "gridSpan" => {
                if let Some(cell) = self.cells.last_mut() {
                    cell.span = number(tag, "val").unwrap_or(1).clamp(1, 64);
                }
            }
            "gridBefore" => {
                self.row(vec![Cell { span: number(tag, "val").unwrap_or(1).clamp(1, 64), ..Cell::default() }]);
            }
            "vMerge" => {
                if let Some(cell) = self.cells.last_mut() {
                    cell.merged = attribute(tag, "val").is_none_or(|value| value != "restart");
                }
            }
            name @ ("numId" | "ilvl" | "pStyle") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    match name {
                        "numId" => paragraph.place.list = number(tag, "val"),
                        "ilvl" => paragraph.place.level = number(tag, "val"),
                        _ => paragraph.style = attribute(tag, "val"),
                    }
                }
            }
            _ => {}
        }
    }

    fn property(&mut self, tag: &BytesStart) {
        let Some(run) = self.runs.last_mut().filter(|_| !self.of_mark) else { return };
        if tag.local_name().as_ref() == "rStyle" {
            run.style = attribute(tag, "val");
        } else {
            run.look.take(tag);
        }
    }

    /// A tab stop in a paragraph's properties has the same name as a tab in its text, but comes before any of it.
    fn in_run(&self) -> bool {
        self.paragraphs.last().is_some_and(|paragraph| !paragraph.said.is_empty())
    }

    fn row(&mut self, row: Vec<Cell>) {
        if let Some(table) = self.tables.last_mut() {
            (table.row, table.hidden) = (row, false);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "r" => drop(self.runs.pop()),
            "pPr" => self.of_mark = false,
            "tc" => {
                if let (Some(cell), Some(table)) = (self.cells.pop(), self.tables.last_mut()) {
                    table.row.push(cell);
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.rows.extend(Some(row).filter(|_| !table.hidden));
                }
            }
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(Text { said, style, place }) = self.paragraphs.pop() else { return };
        let text = said.into_text();
        let in_cell = !self.cells.is_empty();
        if text.trim().is_empty() && !in_cell {
            self.sheet.blank();
            return;
        }
        let label = self.numbering.label(place, style.as_deref());
        let text = label + &text;
        match self.cells.last_mut() {
            Some(cell) => cell.paragraphs.push(text),
            None => text.split('\n').for_each(|line| self.sheet.paragraph(line, Origin::DOCUMENT)),
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let rows = table.rows();
        match self.cells.last_mut() {
            Some(outer) => outer.paragraphs.extend(rows.into_iter().map(|row| row.join(" "))),
            // Two columns lay a letterhead or the signatures out: they hold paragraphs.
            None if is_layout(&rows) => {
                for line in rows.iter().flatten().flat_map(|cell| cell.split('\n')) {
                    self.sheet.paragraph(line, Origin::DOCUMENT);
                }
            }
            None => rows.iter().for_each(|row| self.sheet.row(row, Origin::DOCUMENT)),
        }
    }
}

impl Table {
    /// Cells by grid column: a wide cell leaves empty ones behind it, a merged one repeats the cell above.
    fn rows(self) -> Vec<Vec<String>> {
        let mut out: Vec<Vec<String>> = Vec::new();
        for row in self.rows {
            let mut cells: Vec<String> = Vec::new();
            for cell in row {
                let above = || out.last().and_then(|row| row.get(cells.len())).cloned();
                let text = if cell.merged { above().unwrap_or_default() } else { lines(&cell.paragraphs) };
                cells.push(text);
                cells.extend(std::iter::repeat_n(String::new(), cell.span - 1));
            }
            out.push(cells);
        }
        out
    }
}

/// At most two columns say anything: an empty one may stand between them.
fn is_layout(rows: &[Vec<String>]) -> bool {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let says = |column: usize| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.trim().is_empty()));
    width < 3 || width == 3 && (0..width).filter(|column| says(*column)).count() < 3
}

/// Paragraphs of a cell as lines; one that begins in the middle of a sentence belongs to the line before.
fn lines(paragraphs: &[String]) -> String {
    let mut out = String::new();
    for paragraph in paragraphs.iter().flat_map(|paragraph| paragraph.split('\n')).map(str::trim) {
        if paragraph.is_empty() {
            continue;
        }
        let goes_on = paragraph.starts_with(char::is_lowercase) && !out.ends_with([';', '.']) || out.ends_with(',');
        if !out.is_empty() {
            out.push(if goes_on { ' ' } else { '\n' });
        }
        out.push_str(paragraph);
    }
    out
}
