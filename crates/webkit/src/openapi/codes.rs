//! Closed sets of codes, for the fields that hold one as text.

use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};

/// Names sets of codes for the OpenAPI document, where a field says `#[schema(value_type = Name)]` and stays text:
/// `codes! { /** Where a letter stands. */ LetterState = ["draft", "released", "dropped"]; }`.
#[macro_export]
macro_rules! codes {
    ($($(#[doc = $about:literal])* $name:ident = $codes:expr;)+) => {$(
        $(#[doc = $about])*
        pub enum $name {}

        impl ::utoipa::PartialSchema for $name {
            fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::Schema> {
                $crate::code_schema(concat!($($about),*), $codes)
            }
        }

        impl ::utoipa::ToSchema for $name {
            fn name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

/// Text that is one of these codes.
pub fn code_schema(about: &str, codes: impl IntoIterator<Item = &'static str>) -> RefOr<Schema> {
    let about = Some(about.trim()).filter(|about| !about.is_empty());
    ObjectBuilder::new().schema_type(Type::String).description(about).enum_values(Some(codes)).into()
}
