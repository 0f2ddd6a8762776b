//! `#[derive(Record)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Expr, ExprArray, Fields, Ident, LitInt, LitStr, Result, Type};

/// What `#[field(…)]` says.
#[derive(Default)]
pub struct Said {
    pub name: Option<String>,
    label: Option<String>,
    kind: Option<TokenStream>,
    heads: Option<ExprArray>,
    usual: Option<Expr>,
    is_required: bool,
    is_carried: bool,
    pub is_identifier: bool,
    pub is_told: bool,
}

impl Said {
    /// The name in forms, what stands in it, and the key of its words.
    pub fn field(&self, ident: &Ident, ty: &Type) -> (String, TokenStream, TokenStream) {
        let name = self.name.clone().unwrap_or_else(|| ident.to_string());
        let kind = self.kind.clone().unwrap_or_else(|| quote!(<#ty as ::webkit::Filled>::KIND));
        let words = || quote!(::webkit::Field::words_of(#name, #kind));
        let label = self.label.as_ref().map_or_else(words, |label| quote!(#label));
        (name, kind, label)
    }
}

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Struct(data) = &input.data else { return Err(Error::new_spanned(input, "a record is a struct")) };
    let Fields::Named(named) = &data.fields else { return Err(Error::new_spanned(input, "a record has named fields")) };
    let settle = settle(input)?;
    let (mut fields, mut answers, mut read) = (Vec::new(), Vec::new(), Vec::new());
    for field in &named.named {
        let (Some(ident), ty) = (&field.ident, &field.ty) else { continue };
        let Some(said) = said(&field.attrs)? else {
            read.push(kept(ident));
            continue;
        };
        let (name, kind, label) = said.field(ident, ty);
        let heads = said.heads.map(|heads| quote!(.heads(&#heads)));
        let required = said.is_required.then(|| quote!(.required()));
        let carried = said.is_carried.then(|| quote!(.carried()));
        let settled = said.usual.is_some().then(|| quote!(.settled()));
        fields.push(quote!(::webkit::Field::new(#name, #kind).label(#label)#required #settled #carried #heads));
        answers.push(quote!(.with(#name, ::webkit::Filled::text(&self.#ident))));
        // Where there is always something, saying nothing changes nothing.
        let usual = said.usual.map_or_else(
            || quote!(::webkit::Filled::blank()),
            |usual| quote!(over.map_or_else(|| #usual, |old| old.#ident.clone())),
        );
        read.push(quote!(#ident: ::webkit::Filled::read(reading, #name).unwrap_or_else(|| #usual)));
    }
    let name = &input.ident;
    Ok(quote! {
        impl ::webkit::Record for #name {
            const FIELDS: &'static [::webkit::Field] = &[#(#fields),*];

            fn answers(&self) -> ::webkit::Answers {
                ::webkit::Answers::default()#(#answers)*
            }

            fn read(reading: &mut ::webkit::Reading<'_>, ctx: &::kernel::Ctx, over: Option<&Self>) -> Self {
                let row = Self { #(#read),* };
                #settle
            }
        }
    })
}

/// What nobody fills in: the key is made, the revision is what was read, the rest stays as it was.
fn kept(ident: &Ident) -> TokenStream {
    match ident.to_string().as_str() {
        "id" => quote!(#ident: over.map_or_else(|| ctx.new_id(), |old| old.id)),
        "rev" => quote!(#ident: over.map_or(1, |old| old.rev)),
        _ => quote!(#ident: over.map(|old| old.#ident.clone()).unwrap_or_default()),
    }
}

fn settle(input: &DeriveInput) -> Result<TokenStream> {
    let mut method: Option<Ident> = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("record")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("settle") {
                return Err(meta.error("only `settle` is known"));
            }
            method = Some(meta.value()?.parse()?);
            Ok(())
        })?;
    }
    Ok(method.map_or_else(|| quote!(row), |method| quote!(Self::#method(row, reading, over))))
}

pub fn said(attributes: &[Attribute]) -> Result<Option<Said>> {
    let Some(attribute) = attributes.iter().find(|attribute| attribute.path().is_ident("field")) else {
        return Ok(None);
    };
    let mut said = Said::default();
    if matches!(attribute.meta, syn::Meta::Path(_)) {
        return Ok(Some(said));
    }
    attribute.parse_nested_meta(|meta| {
        let word = meta.path.require_ident()?.to_string();
        match word.as_str() {
            "name" => said.name = Some(meta.value()?.parse::<LitStr>()?.value()),
            "label" => said.label = Some(meta.value()?.parse::<LitStr>()?.value()),
            "words" => {
                let most: LitInt = meta.value()?.parse()?;
                said.kind = Some(quote!(::webkit::FieldKind::Words(#most)));
            }
            "identifier" => {
                let most: LitInt = meta.value()?.parse()?;
                said.kind = Some(quote!(::webkit::FieldKind::Identifier(#most)));
                said.is_identifier = true;
            }
            "lines" => {
                let most: LitInt = meta.value()?.parse()?;
                said.kind = Some(quote!(::webkit::FieldKind::Lines(#most)));
            }
            "within" => {
                let range: syn::ExprRange = meta.value()?.parse()?;
                let (least, most) = (range.start, range.end);
                said.kind = Some(quote!(::webkit::FieldKind::Number(#least, #most)));
            }
            "heads" => said.heads = Some(meta.value()?.parse()?),
            "usual" => said.usual = Some(meta.value()?.parse()?),
            "required" => said.is_required = true,
            "carried" => said.is_carried = true,
            "told" => said.is_told = true,
            _ => return Err(meta.error("no such word")),
        }
        Ok(())
    })?;
    Ok(Some(said))
}
