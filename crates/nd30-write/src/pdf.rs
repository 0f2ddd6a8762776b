//! The paper as PDF, set by typst. All words go in as data, so that nothing in them is taken for markup.

use std::sync::OnceLock;

use nd30::{
    Appendix, Block, Column, DRAFT, Error, Kind, Level, Paper, Run, Table, appendix_name, attached_to,
    beside_signature, columns, issuer_lines, number, place_and_day, recipients, writable,
};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Array, Bytes, Datetime, Dict, Duration, IntoValue, Value},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;

/// Points between the margins of an upright sheet, and of one laid across.
const UPRIGHT: f64 = 453.5;
const ACROSS: f64 = 700.1;
const TEMPLATE: &str = include_str!("nd30.typ");

/// Fonts to set with: regular, bold, italic, bold italic of one family with the widths of Times New Roman.
#[derive(Debug, Clone)]
pub struct Fonts {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

impl Fonts {
    /// From TTF or OTF files; those that cannot be read are left out.
    pub fn new(files: impl IntoIterator<Item = Vec<u8>>) -> Result<Self, Error> {
        let fonts: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
        if fonts.is_empty() {
            return Err(Error::NoFont);
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Ok(Self { fonts, book })
    }

    fn family(&self) -> String {
        self.fonts.first().map(|font| font.info().family.clone()).unwrap_or_default()
    }
}

struct Sheet<'a> {
    fonts: &'a Fonts,
    library: LazyHash<Library>,
    source: Source,
}

fn main_id() -> FileId {
    static MAIN: OnceLock<FileId> = OnceLock::new();
    *MAIN.get_or_init(|| {
        #[expect(clippy::unwrap_used, reason = "a constant path")]
        FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new("nd30.typ").unwrap()))
    })
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        main_id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == main_id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets the paper. Takes some tens of milliseconds of processor time: call it off the async threads.
pub fn pdf(paper: &Paper, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let library = Library::builder().with_inputs(inputs(&writable(paper), &fonts.family())).build();
    let sheet = Sheet { fonts, library: LazyHash::new(library), source: Source::new(main_id(), TEMPLATE.into()) };
    let said = |errors: &[typst::diag::SourceDiagnostic]| {
        Error::Typeset(errors.iter().map(|error| error.message.to_string()).collect::<Vec<_>>().join("; "))
    };
    let document: PagedDocument = typst::compile(&sheet).output.map_err(|errors| said(&errors))?;
    let bytes = typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).map_err(|errors| said(&errors));
    // What typst remembers of this paper helps no other one.
    typst::comemo::evict(2);
    bytes
}

fn text(text: &str) -> Value {
    text.to_owned().into_value()
}

fn texts<T: AsRef<str>>(list: &[T]) -> Value {
    Value::Array(list.iter().map(|one| text(one.as_ref())).collect::<Array>())
}

fn dict<const N: usize>(pairs: [(&str, Value); N]) -> Dict {
    pairs.into_iter().map(|(key, value)| (key.into(), value)).collect()
}

fn inputs(paper: &Paper, family: &str) -> Dict {
    let (name, title, about) = match &paper.kind {
        Kind::Named { name, about } => (text(&name.to_uppercase()), text(about), Value::None),
        Kind::Letter { about } => (Value::None, Value::None, text(&format!("V/v {about}"))),
    };
    let count = paper.appendices.len();
    let appendices: Array =
        paper.appendices.iter().enumerate().map(|(at, appendix)| annex(paper, appendix, at, count)).collect();
    let (free, beside) = paper.body.split_at(beside_signature(&paper.body));
    let signed: Vec<String> = paper.signer.authority.iter().map(|line| line.to_uppercase()).collect();
    dict([
        ("font", text(family)),
        ("superior", paper.superior.as_ref().map_or(Value::None, |name| text(&name.to_uppercase()))),
        ("issuer", texts(&issuer_lines(paper))),
        ("number", text(&number(paper.number, &paper.symbol))),
        ("place", text(&place_and_day(paper))),
        ("name", name),
        ("title", title),
        ("about", about),
        ("to", texts(&paper.to)),
        ("called", text(&nd30::title(paper))),
        ("draft", if paper.is_draft { text(DRAFT) } else { Value::None }),
        ("body", blocks(free, UPRIGHT)),
        ("beside", blocks(beside, UPRIGHT)),
        ("recipients", texts(&recipients(paper))),
        ("authority", texts(&signed)),
        ("trace", paper.trace.as_deref().map_or(Value::None, text)),
        ("signer", text(paper.signer.name.as_deref().unwrap_or_default())),
        ("appendices", Value::Array(appendices)),
    ])
}

fn annex(paper: &Paper, appendix: &Appendix, at: usize, count: usize) -> Value {
    Value::Dict(dict([
        ("name", text(&appendix_name(at, count))),
        ("title", text(&appendix.title.to_uppercase())),
        ("attached", text(&attached_to(paper))),
        ("landscape", Value::Bool(appendix.landscape)),
        ("body", blocks(&appendix.body, if appendix.landscape { ACROSS } else { UPRIGHT })),
    ]))
}

fn blocks(blocks: &[Block], space: f64) -> Value {
    let one = |block: &Block| {
        let (kind, value) = match block {
            Block::Heading(Level::Part, list) => ("part", runs(list)),
            Block::Heading(Level::Section, list) => ("section", runs(list)),
            Block::Heading(Level::Point, list) => ("point", runs(list)),
            Block::Paragraph(list) => ("paragraph", runs(list)),
            Block::Item(list) => ("item", runs(list)),
            Block::Table(table) => ("table", grid(table, space)),
        };
        Value::Dict(dict([("kind", text(kind)), ("value", value)]))
    };
    Value::Array(blocks.iter().map(one).collect())
}

fn runs(list: &[Run]) -> Value {
    Value::Array(list.iter().map(one).collect())
}

fn one(run: &Run) -> Value {
    Value::Dict(dict([("text", text(&run.text)), ("bold", Value::Bool(run.bold)), ("italic", Value::Bool(run.italic))]))
}

/// A row of more is broken over pages, or it would leave the sheet.
const WHOLE_ROW: usize = 1500;

fn grid(table: &Table, space: f64) -> Value {
    let set = columns(table, space);
    let widths: Array = set.widths.iter().map(|width| width.into_value()).collect();
    let aligned: Array = (0..table.head.len()).map(|at| text(side(table.column(at)))).collect();
    let rows = table.rows.iter().map(|row| {
        let letters: usize = row.iter().flatten().map(|run| run.text.len()).max().unwrap_or(0);
        let cells = Value::Array(row.iter().map(|cell| runs(cell)).collect());
        Value::Dict(dict([("whole", Value::Bool(letters < WHOLE_ROW)), ("cells", cells)]))
    });
    Value::Dict(dict([
        ("head", texts(&table.head)),
        ("widths", Value::Array(widths)),
        ("size", set.size.into_value()),
        ("aligned", Value::Array(aligned)),
        ("rows", Value::Array(rows.collect())),
    ]))
}

fn side(column: Column) -> &'static str {
    match column {
        Column::Words => "left",
        Column::Numbers => "right",
        Column::Order => "center",
    }
}
