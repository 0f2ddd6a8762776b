//! Fields said once: the form on a page, the body of the API, the heads of an Excel list and the faults of each follow.

mod answers;
mod filled;
mod form;
mod import;
mod import_act;
mod import_page;
mod preview;
mod reading;
mod record;
mod schema;
mod sheet;
mod told;

pub use answers::Answers;
pub use filled::Filled;
pub use form::FormPage;
pub use import::Import;
pub use import_act::{ImportAct, ImportFile};
pub use import_page::ImportPage;
pub use preview::{Line, Preview, Verdict};
pub use reading::{Reading, Units};
pub use record::Record;
pub use schema::schema as fields_schema;
pub use told::told;

/// Names the body of a request that is made of a record's fields: `record_body!(SystemInput, System);`.
#[macro_export]
macro_rules! record_body {
    ($name:ident, $record:ty) => {
        /// The fields of the form, as the API takes them.
        pub enum $name {}

        impl ::utoipa::PartialSchema for $name {
            fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::Schema> {
                $crate::fields_schema(<$record as $crate::Record>::FIELDS)
            }
        }

        impl ::utoipa::ToSchema for $name {
            fn name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(stringify!($name))
            }
        }
    };
}

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
