//! A field, and of which kind it is.

/// A field: its name in forms and in the API, and the key of its words.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: FieldKind,
    pub is_required: bool,
    /// There is always something: what nobody says is as it was, or as it usually is.
    pub is_settled: bool,
    /// Folded words by which the heads of lists know it; the longest that fits decides.
    pub heads: &'static [&'static str],
    /// In lists one cell stands for those below it, as merged cells do.
    pub is_carried: bool,
}

#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// Words on one line, of at most so many characters.
    Words(usize),
    /// A code that others gave, kept as it is.
    Identifier(usize),
    /// Words on several lines.
    Lines(usize),
    /// One of these codes, and what their words begin with.
    Code(&'static [&'static str], &'static str),
    /// A unit by its name.
    Unit,
    Day,
    /// A whole number from, to.
    Number(i64, i64),
}

impl Field {
    pub const fn new(name: &'static str, kind: FieldKind) -> Self {
        Self { name, label: name, kind, is_required: false, is_settled: false, heads: &[], is_carried: false }
    }

    /// The key of a field's words where it has none of its own: its name, or what its codes are called.
    pub const fn words_of(name: &'static str, kind: FieldKind) -> &'static str {
        match kind {
            FieldKind::Code(_, key) => key,
            _ => name,
        }
    }

    #[must_use]
    pub const fn label(self, label: &'static str) -> Self {
        Self { label, ..self }
    }

    #[must_use]
    pub const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    #[must_use]
    pub const fn settled(self) -> Self {
        Self { is_settled: true, ..self }
    }

    #[must_use]
    pub const fn heads(self, heads: &'static [&'static str]) -> Self {
        Self { heads, ..self }
    }

    #[must_use]
    pub const fn carried(self) -> Self {
        Self { is_carried: true, ..self }
    }
}
