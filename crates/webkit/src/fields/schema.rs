//! Fields in the OpenAPI document.

use utoipa::openapi::{
    ObjectBuilder, RefOr, Schema,
    schema::{KnownFormat, SchemaFormat, Type},
};

use super::{Field, FieldKind};

/// An object of these fields.
pub fn schema(fields: &[Field]) -> RefOr<Schema> {
    let mut object = ObjectBuilder::new();
    for field in fields {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let one = match field.kind {
            FieldKind::Words(most) | FieldKind::Lines(most) | FieldKind::Identifier(most) => {
                text.max_length(Some(most))
            }
            FieldKind::Code(codes, _) => text.enum_values(Some(codes.iter().copied())),
            FieldKind::Unit => text.description(Some("the id of a unit, or its name")),
            FieldKind::Day => text.format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))),
            FieldKind::Number(least, most) => {
                ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(least)).maximum(Some(most))
            }
        };
        object = object.property(field.name, one);
        if field.is_required {
            object = object.required(field.name);
        }
    }
    object.into()
}
