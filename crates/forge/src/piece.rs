//! What a document is made of before it has a format.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// "KẾ HOẠCH"
    Kind,
    Title,
    Plain,
    /// A chapter.
    Chapter,
    Heading,
    Item,
    Label,
    /// "Nơi nhận" and the signature.
    Foot,
}

#[derive(Debug, Clone)]
pub struct Head {
    pub form: HeadForm,
    /// The body above the issuer, then the issuer, line by line.
    pub left: Vec<String>,
    pub right: Vec<String>,
    pub number: String,
    pub place_and_day: String,
    /// "V/v …", under the number of a letter.
    pub about: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadForm {
    /// Each line by itself.
    Stacked,
    /// Both sides on one line, parted by blanks.
    Beside,
    /// Cells of a table: two columns.
    TwoColumns,
    /// The same with an empty column between.
    ThreeColumns,
    /// Number and day only: the letterhead was a picture.
    Bare,
}

/// What a cell says that has the lead of the row above.
pub const SAME: &str = "-nt-";

#[derive(Debug, Clone)]
pub struct Table {
    /// The column that says who leads, in a table of tasks.
    pub lead: Option<usize>,
    pub head: Vec<String>,
    /// "(1) (2) (3)" under the head.
    pub counted: bool,
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone)]
pub enum Piece {
    Head(Head),
    Line(Style, String),
    Table(Table),
}
