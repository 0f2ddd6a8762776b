//! `#[derive(Row)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Ident, LitStr, Result, Token, Type};

/// What `#[row(…)]` says.
#[derive(Default)]
struct Said {
    table: Option<String>,
    follows: Vec<(String, Ident)>,
    taken: Option<(Option<String>, LitStr)>,
}

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let said = said(input)?;
    let name = &input.ident;
    let table = said.table.ok_or_else(|| Error::new_spanned(input, "which table: #[row(table = \"…\")]"))?;
    let (fields, types) = fields(input)?;
    let columns = columns_of(input)?;
    let of_id = fields.iter().zip(&types).find(|(field, _)| **field == "id");
    let (_, id) = of_id.ok_or_else(|| Error::new_spanned(input, "a row has an `id`"))?;
    let rev = if columns.iter().any(|column| column == "rev") { quote!(Some(self.rev)) } else { quote!(None) };
    let taken = match said.taken {
        Some((Some(field), code)) => quote!(Some((Some(#field), #code))),
        Some((None, code)) => quote!(Some((None, #code))),
        None => quote!(None),
    };
    let (following, methods): (Vec<_>, Vec<_>) = said.follows.into_iter().unzip();
    let written = columns.iter().chain(&following);
    let read = columns.join(", ");
    let found = self::columns(input, &table)?;
    Ok(quote! {
        impl ::db::Row for #name {
            type Id = #id;
            const TABLE: &'static str = #table;
            const WRITTEN: &'static [&'static str] = &[#(#written),*];
            const READ: &'static str = #read;
            const TAKEN: Option<(Option<&'static str>, &'static str)> = #taken;

            fn values(&self) -> Vec<::db::Value> {
                vec![
                    #(::db::Column::value(&self.#fields),)*
                    #(::db::Column::value(&self.#methods()),)*
                ]
            }

            fn id(&self) -> Self::Id {
                ::std::clone::Clone::clone(&self.id)
            }

            fn revision(&self) -> Option<i64> {
                #rev
            }
        }

        #found
    })
}

/// Reads each field from the column of its name; `of` is what a fault names.
pub fn columns(input: &DeriveInput, of: &str) -> Result<TokenStream> {
    let name = &input.ident;
    let (fields, _) = fields(input)?;
    let columns = columns_of(input)?;
    Ok(quote! {
        impl ::db::FromQueryResult for #name {
            fn from_query_result(
                row: &::db::QueryResult,
                prefix: &str,
            ) -> ::std::result::Result<Self, ::db::DriverError> {
                Ok(Self {
                    #(#fields: ::db::read_column(row, prefix, #of, #columns)?,)*
                })
            }
        }
    })
}

/// The column of each field: of its own name, or as `#[row(column = "…")]` says.
fn columns_of(input: &DeriveInput) -> Result<Vec<String>> {
    let Data::Struct(data) = &input.data else { return Ok(vec![]) };
    data.fields.iter().map(column_of).collect()
}

pub fn column_of(field: &syn::Field) -> Result<String> {
    let mut column = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("row")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("column") {
                return Err(meta.error("only `column` is known"));
            }
            column = meta.value()?.parse::<LitStr>()?.value();
            Ok(())
        })?;
    }
    Ok(column)
}

fn said(input: &DeriveInput) -> Result<Said> {
    let mut said = Said::default();
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("row")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("table") {
                said.table = Some(meta.value()?.parse::<LitStr>()?.value());
                return Ok(());
            }
            if meta.path.is_ident("follows") {
                return meta.parse_nested_meta(|follows| {
                    let column = follows.path.require_ident()?.to_string();
                    said.follows.push((column, follows.value()?.parse()?));
                    Ok(())
                });
            }
            if meta.path.is_ident("taken") && said.taken.is_some() {
                return Err(meta.error("there is one `taken`"));
            }
            if meta.path.is_ident("taken") && meta.input.peek(Token![=]) {
                said.taken = Some((None, meta.value()?.parse()?));
                return Ok(());
            }
            if meta.path.is_ident("taken") {
                return meta.parse_nested_meta(|taken| {
                    if said.taken.is_some() {
                        return Err(taken.error("there is one `taken`"));
                    }
                    said.taken = Some((Some(taken.path.require_ident()?.to_string()), taken.value()?.parse()?));
                    Ok(())
                });
            }
            Err(meta.error("only `table`, `follows` and `taken` are known"))
        })?;
    }
    Ok(said)
}

fn fields(input: &DeriveInput) -> Result<(Vec<&Ident>, Vec<&Type>)> {
    match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_)) => {
            Ok(data.fields.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty))).unzip())
        }
        _ => Err(Error::new_spanned(input, "a row is a struct with named fields")),
    }
}
