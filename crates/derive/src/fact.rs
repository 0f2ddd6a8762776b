//! `#[derive(Fact)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Field, LitInt, LitStr, Result, Type};

use crate::{record::said, row::column_of};

/// What `#[fact(…)]` says of a column.
#[derive(Default)]
struct Said {
    name: Option<String>,
    vi: Option<String>,
    en: Option<String>,
    unit: Option<String>,
    is_identifier: bool,
    is_personal: bool,
}

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Struct(data) = &input.data else { return Err(Error::new_spanned(input, "facts are those of a struct")) };
    let (version, key) = head(input)?;
    let mut columns = Vec::new();
    for field in &data.fields {
        let Some(attribute) = field.attrs.iter().find(|attribute| attribute.path().is_ident("fact")) else {
            columns.extend(filled(field)?);
            continue;
        };
        if said(&field.attrs)?.is_some_and(|said| said.is_told) {
            return Err(Error::new_spanned(attribute, "told as the form calls it, or as is said here"));
        }
        let mut said = Said::default();
        attribute.parse_nested_meta(|meta| {
            let word = meta.path.require_ident()?.to_string();
            let text = || -> Result<Option<String>> { Ok(Some(meta.value()?.parse::<LitStr>()?.value())) };
            match word.as_str() {
                "name" => said.name = text()?,
                "vi" => said.vi = text()?,
                "en" => said.en = text()?,
                "unit" => said.unit = text()?,
                "identifier" => said.is_identifier = true,
                "personal" => said.is_personal = true,
                _ => return Err(meta.error("no such word")),
            }
            Ok(())
        })?;
        let (Some(vi), Some(en)) = (said.vi, said.en) else {
            return Err(Error::new_spanned(field, "a column is described: #[fact(vi = \"…\", en = \"…\")]"));
        };
        let (from, ty) = (column_of(field)?, &field.ty);
        let name = said.name.unwrap_or_else(|| from.clone());
        let kind = column_type(ty, said.is_identifier);
        let unit = said.unit.map(|unit| quote!(.unit(#unit)));
        let personal = said.is_personal.then(|| quote!(.personal()));
        columns.push(quote!(::kernel::Column::new(#name, #kind, #vi, #en).from(#from)#unit #personal));
    }
    let name = &input.ident;
    Ok(quote! {
        impl #name {
            /// What the lake is told of its rows.
            pub const FACTS: &'static ::kernel::FactTable = &::kernel::FactTable {
                name: <Self as ::db::Row>::TABLE,
                version: #version,
                kind: ::kernel::FactKind::State,
                key: &[#key],
                columns: &[#(#columns),*],
            };
        }
    })
}

/// The column of a field that people fill in, called as its form calls it.
fn filled(field: &Field) -> Result<Option<TokenStream>> {
    let Some(said) = said(&field.attrs)?.filter(|said| said.is_told) else { return Ok(None) };
    let (Some(ident), ty) = (&field.ident, &field.ty) else { return Ok(None) };
    let (from, (name, _, label)) = (column_of(field)?, said.field(ident, ty));
    let kind = column_type(ty, said.is_identifier);
    Ok(Some(quote!(::kernel::Column::called(#name, #kind, #label).from(#from))))
}

fn column_type(ty: &Type, is_identifier: bool) -> TokenStream {
    if is_identifier { quote!(::kernel::ColumnType::Identifier) } else { quote!(<#ty as ::db::Column>::FACT) }
}

/// The version of the table, and the column of its key.
fn head(input: &DeriveInput) -> Result<(u16, String)> {
    let (mut version, mut key) = (1, None);
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("fact")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("version") {
                version = meta.value()?.parse::<LitInt>()?.base10_parse()?;
                return Ok(());
            }
            if meta.path.is_ident("key") {
                key = Some(meta.value()?.parse::<LitStr>()?.value());
                return Ok(());
            }
            Err(meta.error("only `version` and `key` are known"))
        })?;
    }
    Ok((version, key.ok_or_else(|| Error::new_spanned(input, "which column is the key: #[fact(key = \"…\")]"))?))
}
