//! `#[derive(Schema)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Data, DeriveInput, Error, Field, GenericArgument, Meta, PathArguments, PathSegment, Result, Type,
    parse_quote,
};

/// utoipa's own schema of a struct of the same fields, in which ids, masked words and days are what they are on the wire.
pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(input, "a schema is that of a struct"));
    };
    if let Some(serde) = input.attrs.iter().find(|one| one.path().is_ident("serde")) {
        return Err(Error::new_spanned(serde, "such a struct says its schema itself: utoipa::ToSchema"));
    }
    let (name, mut about) = (&input.ident, kept(&input.attrs));
    if !about.iter().any(|attribute| attribute.path().is_ident("schema")) {
        about.push(parse_quote!(#[schema(as = #name)]));
    }
    let mut fields = Vec::new();
    for one in &data.fields {
        if !is_skipped(one)? {
            fields.push(field(one));
        }
    }
    Ok(quote! {
        const _: () = {
            #[derive(::utoipa::ToSchema)]
            #(#about)*
            #[expect(dead_code, reason = "only its schema is asked for")]
            struct Wire {
                #(#fields,)*
            }

            impl ::utoipa::PartialSchema for #name {
                fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::Schema> {
                    <Wire as ::utoipa::PartialSchema>::schema()
                }
            }

            impl ::utoipa::ToSchema for #name {
                fn name() -> ::std::borrow::Cow<'static, str> {
                    <Wire as ::utoipa::ToSchema>::name()
                }

                fn schemas(schemas: &mut Vec<(String, ::utoipa::openapi::RefOr<::utoipa::openapi::Schema>)>) {
                    <Wire as ::utoipa::ToSchema>::schemas(schemas);
                }
            }
        };
    })
}

fn field(field: &Field) -> TokenStream {
    let (ident, ty, about) = (&field.ident, &field.ty, kept(&field.attrs));
    let says_itself = field.attrs.iter().any(|attribute| attribute.path().is_ident("schema"));
    let wire = wire(ty).filter(|_| !says_itself).map(|wire| quote!(#[schema(#wire)]));
    quote!(#(#about)* #wire #ident: #ty)
}

/// What is said of it in words, and to utoipa.
fn kept(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|one| one.path().is_ident("doc") || one.path().is_ident("schema")).cloned().collect()
}

/// What serde leaves out is not on the wire; what it changes otherwise says its schema itself.
fn is_skipped(field: &Field) -> Result<bool> {
    let has = |name| field.attrs.iter().find(|attribute| attribute.path().is_ident(name));
    let Some(serde) = has("serde") else { return Ok(false) };
    let is_skipped = matches!(&serde.meta, Meta::List(list) if list.tokens.to_string() == "skip");
    match has("schema") {
        None if !is_skipped => Err(Error::new_spanned(serde, "say what it is then: #[schema(value_type = …)]")),
        _ => Ok(is_skipped),
    }
}

/// By the names of types, as utoipa itself goes; none where it knows the type.
fn wire(ty: &Type) -> Option<TokenStream> {
    let last = segment(ty)?;
    let (inner, is_option) = inner(last).map_or((last, false), |inner| (inner, true));
    let text = if is_option { quote!(value_type = Option<String>) } else { quote!(value_type = String) };
    match inner.ident.to_string().as_str() {
        "Date" => Some(quote!(#text, format = Date)),
        name if name == "Words" || name.ends_with("Id") => Some(text),
        _ => None,
    }
}

fn segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// What an option is of.
fn inner(option: &PathSegment) -> Option<&PathSegment> {
    let PathArguments::AngleBracketed(of) = &option.arguments else { return None };
    let GenericArgument::Type(ty) = of.args.first().filter(|_| option.ident == "Option")? else { return None };
    segment(ty)
}
