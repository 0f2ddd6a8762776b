//! `#[derive(Code)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Ident, LitStr, Result, Variant};

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else { return Err(Error::new_spanned(input, "codes are those of an enum")) };
    let name = &input.ident;
    let (key, none) = about(input)?;
    // Codes of several domains stand in one document: their key tells them apart.
    let schema = camel(&key);
    let variants: Vec<_> = data.variants.iter().map(|variant| &variant.ident).collect();
    let (codes, looks): (Vec<String>, Vec<String>) =
        data.variants.iter().map(code).collect::<Result<Vec<(String, String)>>>()?.into_iter().unzip();
    Ok(quote! {
        impl ::kernel::Code for #name {
            const ALL: &'static [Self] = &[#(Self::#variants),*];
            const CODES: &'static [&'static str] = &[#(#codes),*];
            const KEY: &'static str = #key;

            fn code(self) -> &'static str {
                match self {
                    #(Self::#variants => #codes),*
                }
            }

            fn look(self) -> &'static str {
                match self {
                    #(Self::#variants => #looks),*
                }
            }
        }

        impl ::db::Column for #name {
            const FACT: ::kernel::ColumnType = ::kernel::ColumnType::Code(<Self as ::kernel::Code>::CODES);

            fn value(&self) -> ::db::Value {
                ::kernel::Code::code(*self).into()
            }

            fn null() -> ::db::Value {
                None::<String>.into()
            }

            fn read(row: &::db::QueryResult, column: &str) -> ::std::result::Result<Option<Self>, ::db::DbError> {
                let read = ::db::read_code(row, column)?;
                Ok(#none)
            }
        }

        impl ::webkit::Filled for #name {
            const KIND: ::webkit::FieldKind =
                ::webkit::FieldKind::Code(<Self as ::kernel::Code>::CODES, <Self as ::kernel::Code>::KEY);

            fn blank() -> Self {
                <Self as ::kernel::Code>::ALL[0]
            }

            fn text(&self) -> String {
                ::kernel::Code::code(*self).to_owned()
            }

            fn read(reading: &mut ::webkit::Reading<'_>, field: &'static str) -> Option<Self> {
                reading.some_code(field)
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(::kernel::Code::code(*self))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                let code = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(from)?;
                let unknown = || ::serde::de::Error::unknown_variant(&code, <Self as ::kernel::Code>::CODES);
                <Self as ::kernel::Code>::parse(&code).ok_or_else(unknown)
            }
        }

        impl ::utoipa::PartialSchema for #name {
            fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::Schema> {
                ::webkit::code_schema("", <Self as ::kernel::Code>::CODES.iter().copied())
            }
        }

        impl ::utoipa::ToSchema for #name {
            fn name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(#schema)
            }
        }
    })
}

/// What the keys of its words begin with, the type's own name unless it says otherwise; and what is read where a column of
/// a later step holds nothing.
fn about(input: &DeriveInput) -> Result<(String, TokenStream)> {
    let (mut key, mut none) = (snake(&input.ident.to_string()).replace('_', "-"), quote!(read));
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("code")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("none") {
                let variant: Ident = meta.value()?.parse()?;
                none = quote!(read.or(Some(Self::#variant)));
                return Ok(());
            }
            if !meta.path.is_ident("key") {
                return Err(meta.error("only `key` and `none` are known"));
            }
            key = meta.value()?.parse::<LitStr>()?.value();
            Ok(())
        })?;
    }
    Ok((key, none))
}

/// How a state may be shown; what is late follows from a day, and no code is.
const LOOKS: [&str; 3] = ["run", "soon", "done"];

/// Its code and its look: `#[code("own")]`, `#[code(look = "run")]`.
fn code(variant: &Variant) -> Result<(String, String)> {
    if !matches!(variant.fields, Fields::Unit) {
        return Err(Error::new_spanned(variant, "a code has no fields"));
    }
    let (mut code, mut look) = (snake(&variant.ident.to_string()), "none".to_owned());
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("code")) {
        if let Ok(own) = attribute.parse_args::<LitStr>() {
            code = own.value();
            continue;
        }
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("look") {
                return Err(meta.error("only `look` is known"));
            }
            look = meta.value()?.parse::<LitStr>()?.value();
            if LOOKS.contains(&look.as_str()) { Ok(()) } else { Err(meta.error("run, soon or done")) }
        })?;
    }
    Ok((code, look))
}

/// `system-state` as `SystemState`.
fn camel(key: &str) -> String {
    let capital =
        |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
    key.split('-').map(capital).collect()
}

/// `OwnRoom` as `own_room`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn nothing_in_a_later_column_is_what_is_said_to_be_none() {
        let text = |input: &DeriveInput| derive(input).unwrap().to_string().replace(' ', "");
        let with = parse_quote!(
            #[code(none = Unknown)]
            enum Backup {
                Unknown,
                Kept,
            }
        );
        assert!(text(&with).contains("Ok(read.or(Some(Self::Unknown)))"), "{}", text(&with));
        let without = parse_quote!(
            enum Backup {
                Unknown,
            }
        );
        assert!(text(&without).contains("Ok(read)"), "{}", text(&without));
    }

    #[test]
    fn a_state_is_shown_as_states_are() {
        let text = derive(&parse_quote!(
            enum CaseState {
                #[code(look = "run")]
                Open,
                #[code("shut")]
                Closed,
            }
        ))
        .unwrap();
        let text = text.to_string().replace(' ', "");
        assert!(text.contains(r#"Self::Open=>"run",Self::Closed=>"none""#), "{text}");
        assert!(text.contains(r#"Self::Open=>"open",Self::Closed=>"shut""#) && text.contains("case-state"), "{text}");
        for wrong in [
            parse_quote!(
                enum A {
                    #[code(look = "late")]
                    B,
                }
            ),
            parse_quote!(
                enum A {
                    #[code(colour = "red")]
                    B,
                }
            ),
        ] {
            assert!(derive(&wrong).is_err(), "what is late follows from a day");
        }
    }
}
