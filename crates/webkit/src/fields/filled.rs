//! What may stand in a field, by its type.

use db::Words;
use jiff::civil::Date;
use kernel::UnitId;

use super::{FieldKind, Reading};

/// A value that people fill in.
pub trait Filled: Sized {
    const KIND: FieldKind;

    /// What stands for it where its field was faulty: nobody sees it, the whole is refused.
    fn blank() -> Self;
    fn text(&self) -> String;
    /// None where nothing was said, or something wrong.
    fn read(reading: &mut Reading<'_>, field: &'static str) -> Option<Self>;
}

/// How long words on one line may be where a field does not say it.
const LINE: usize = 300;

impl<T: Filled> Filled for Option<T> {
    const KIND: FieldKind = T::KIND;

    fn blank() -> Self {
        None
    }

    fn text(&self) -> String {
        self.as_ref().map(T::text).unwrap_or_default()
    }

    fn read(reading: &mut Reading<'_>, field: &'static str) -> Option<Self> {
        Some(T::read(reading, field))
    }
}

macro_rules! filled {
    ($($ty:ty: $kind:expr, $blank:expr, $read:ident;)*) => {$(
        impl Filled for $ty {
            const KIND: FieldKind = $kind;

            fn blank() -> Self {
                $blank
            }

            fn text(&self) -> String {
                self.to_string()
            }

            fn read(reading: &mut Reading<'_>, field: &'static str) -> Option<Self> {
                reading.$read(field).map(Into::into)
            }
        }
    )*};
}
filled! {
    Words: FieldKind::Words(LINE), Self::default(), some_words;
    String: FieldKind::Words(LINE), Self::new(), some_text;
    UnitId: FieldKind::Unit, Self::from_uuid(uuid::Uuid::nil()), some_unit;
    Date: FieldKind::Day, Self::ZERO, day;
    i64: FieldKind::Number(Self::MIN, Self::MAX), 0, number;
}
