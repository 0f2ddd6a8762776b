//! Rows, what people fill in of them, what the lake is told of them, and states: written once, where the type stands.
//!
//! What they mean is said at the traits: `db::Row` and `kernel::Code`.

mod code;
mod fact;
mod record;
mod row;
mod schema;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// `db::Row` of a struct with named fields: `#[row(table = "registry_system")]`, for columns that follow from the others
/// `#[row(follows(name_fold = fold))]`, where `fold` is a method of the row, and where there is only one of a kind
/// `#[row(taken(name = "system-there"))]`: the field, and the problem; or `taken = "…"` where it is of no field. A field's column has its name, or another one:
/// `#[row(column = "parent_id")]`.
#[proc_macro_derive(Row, attributes(row))]
pub fn row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    row::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// What a statement gives, each field by the column of its name, as what it means (`db::Column`).
#[proc_macro_derive(Columns, attributes(row))]
pub fn columns(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    row::columns(&input, &input.ident.to_string()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// `utoipa::ToSchema` of a struct with ids, masked words and days: they are text and dates on the wire, and nobody says so.
#[proc_macro_derive(Schema, attributes(schema))]
pub fn schema(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    schema::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// `kernel::Code` of an enum without fields, with serde and the OpenAPI schema of its codes. A code is the variant's name in
/// snake case, or what `#[code("…")]` says; `#[code(key = "system-state")]` begins the keys of its words. A state
/// says how it is shown: `#[code(look = "run")]`, `soon` or `done`; `none` where it says nothing. `#[code(none = Unknown)]`
/// is what is read where a column that a later step added holds nothing.
#[proc_macro_derive(Code, attributes(code))]
pub fn code(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    code::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// `webkit::Record` of a struct: the fields that people fill in say how, the others stay as they are.
///
/// `#[field(required, words = 300, heads = ["ten"])]`: `name` in forms where it is not the field's own, `label` the key of its
/// words, `words`, `lines`, `identifier` or `within = 1..9` for what it holds, `usual` where nothing is said, `carried` in lists,
/// `told` to the lake.
/// `#[record(settle = method)]` names what makes the row right: `fn(row, &mut Reading, over) -> Self`.
#[proc_macro_derive(Record, attributes(record, field))]
pub fn record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    record::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// What the lake is told of the rows: `#[fact(key = "system")]`, and `#[fact(vi = "…", en = "…")]` at each column, which may
/// bear another `name`, a `unit`, be an `identifier` that is kept as it is, or `personal`. A field that people fill in and the
/// lake calls as the form does is `#[field(told)]`.
#[proc_macro_derive(Fact, attributes(fact, field))]
pub fn fact(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    fact::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
