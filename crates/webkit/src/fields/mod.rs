//! Fields said once: the form on a page, the body of the API, the heads of an Excel list and the faults of each follow.

mod answers;
mod field;
mod filled;
mod form;
mod import;
mod import_act;
mod import_page;
mod kept;
mod preview;
mod reading;
mod record;
mod schema;
mod sheet;
mod told;

pub use answers::Answers;
pub use field::{Field, FieldKind};
pub use filled::Filled;
pub use form::{FormPage, near};
pub use import::Import;
pub use import_act::{ImportAct, ImportFile, ImportHeads};
pub use import_page::ImportPage;
pub use kept::{kept_add, kept_edit};
pub use preview::{Line, LineTold, ListTold, Preview, Verdict};
pub use reading::{Reading, Units};
pub use record::Record;
pub use schema::schema as fields_schema;
pub use sheet::{Left, LeftOut, List};
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
