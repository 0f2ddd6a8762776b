//! What a document says, part by part, as the decree names the parts.

use jiff::civil::Date;

/// One document. Names are given in usual letters; capitals are a matter of layout.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    /// Cơ quan chủ quản trực tiếp; none for one that has no superior here.
    pub superior: Option<String>,
    /// Cơ quan ban hành.
    pub issuer: String,
    /// Số; blank until the records clerk gives it.
    pub number: Option<u32>,
    /// Ký hiệu: `BC-SKHCN`.
    pub symbol: String,
    /// Địa danh.
    pub place: String,
    /// The day of issue; its day stays blank until it is issued.
    pub issued: Option<Date>,
    /// Month and year to write while the day is not known.
    pub drafted: Option<Date>,
    pub kind: Kind,
    /// Kính gửi.
    pub to: Vec<String>,
    pub body: Vec<Block>,
    pub signer: Signer,
    /// Nơi nhận, without the first "Như trên" and the last "Lưu".
    pub copies: Vec<String>,
    /// Who keeps a copy: `VT, KTN`.
    pub kept: String,
    pub appendices: Vec<Appendix>,
    /// Not approved yet: it says so in its head.
    pub is_draft: bool,
    /// A small grey line below everything, by which this copy can be placed later. Not one of the decree's parts.
    pub trace: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Kind {
    /// Tên loại and trích yếu: "BÁO CÁO", "Kết quả …".
    Named { name: String, about: String },
    /// Công văn: "V/v …".
    Letter { about: String },
}

impl Default for Kind {
    fn default() -> Self {
        Self::Letter { about: String::new() }
    }
}

/// Authority and office of who signs: `KT. GIÁM ĐỐC`, `PHÓ GIÁM ĐỐC`.
#[derive(Debug, Clone, Default)]
pub struct Signer {
    pub authority: Vec<String>,
    pub name: Option<String>,
}

/// A stretch of text. `href` leads to where it came from; only HTML shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    pub href: Option<String>,
    /// A place in the paper that an address like `#place` leads to; only HTML has it.
    pub place: Option<String>,
    /// Something is missing here; HTML marks it, paper does not.
    pub gap: bool,
}

impl Run {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A figure or sentence that opens where it came from.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()), ..Self::default() }
    }

    #[must_use]
    pub fn at(self, place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..self }
    }

    #[must_use]
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    #[must_use]
    pub fn gap(self) -> Self {
        Self { gap: true, ..self }
    }
}

impl From<&str> for Run {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Run {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// I.
    Part,
    /// 1.
    Section,
    /// a)
    Point,
}

#[derive(Debug, Clone)]
pub enum Block {
    /// A heading with its number in the text: "I. TÌNH HÌNH".
    Heading(Level, Vec<Run>),
    Paragraph(Vec<Run>),
    /// "- …".
    Item(Vec<Run>),
    Table(Table),
}

/// What stands in a cell.
pub type Cell = Vec<Run>;

/// What a column holds, and so how it is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Column {
    #[default]
    Words,
    /// To the right, in one line.
    Numbers,
    /// STT: in the middle.
    Order,
}

/// The width of its columns follows from what stands in them.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub head: Vec<String>,
    /// One per column; words where none is given.
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn column(&self, at: usize) -> Column {
        self.columns.get(at).copied().unwrap_or_default()
    }
}

/// Phụ lục: numbered, with page numbers of its own.
#[derive(Debug, Clone)]
pub struct Appendix {
    pub title: String,
    pub body: Vec<Block>,
    /// Laid across the width of the sheet.
    pub landscape: bool,
}
