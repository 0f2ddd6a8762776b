//! What people fill in of a unit.

use db::Words;
use kernel::{Code as _, Ctx};
use webkit::{Answers, Field, FieldKind, Reading, Record};

use super::{
    name,
    unit::{Unit, UnitKind},
};
use crate::Error;

impl Record for Unit {
    const FIELDS: &'static [Field] = &[
        Field::new("name", FieldKind::Words(300)).label("unit-name").required(),
        Field::new("short_name", FieldKind::Words(300)).label("unit-short"),
        Field::code::<UnitKind>("kind").required(),
        Field::new("parent", FieldKind::Unit).label("unit-parent"),
        Field::new("code", FieldKind::Words(300)).label("unit-code"),
        Field::new("legacy_code", FieldKind::Words(300)).label("unit-legacy-code"),
        Field::new("valid_from", FieldKind::Day).label("unit-valid-from"),
        Field::new("valid_to", FieldKind::Day).label("unit-valid-to"),
        Field::new("successor", FieldKind::Unit).label("unit-successor"),
    ];

    fn answers(&self) -> Answers {
        Answers::default()
            .with("name", &self.name)
            .with("short_name", &self.short_name)
            .with("kind", self.kind.code())
            .with_some("parent", self.parent)
            .with_some("code", self.code.as_ref())
            .with_some("legacy_code", self.legacy_code.as_ref())
            .with("valid_from", self.valid_from.to_string())
            .with_some("valid_to", self.valid_to)
            .with_some("successor", self.successor)
    }

    /// The root stays the root; what has no short name bears its own.
    fn read(reading: &mut Reading<'_>, ctx: &Ctx, over: Option<&Self>) -> Self {
        let text = |words: Option<Words>| words.map(Words::into_string);
        let name = reading.words("name").into_string();
        let parent = reading.some_unit("parent");
        let unit = Self {
            id: over.map_or_else(|| ctx.new_id(), |old| old.id),
            parent: over.map_or(parent, |old| old.parent.map(|above| parent.unwrap_or(above))),
            kind: reading.code("kind", UnitKind::Team),
            code: text(reading.some_words("code")),
            legacy_code: text(reading.some_words("legacy_code")),
            area_code: over.and_then(|old| old.area_code.clone()),
            short_name: text(reading.some_words("short_name")).unwrap_or_else(|| name.clone()),
            name,
            valid_from: reading.day("valid_from").or(over.map(|old| old.valid_from)).unwrap_or_else(|| ctx.today()),
            valid_to: reading.day("valid_to"),
            successor: reading.some_unit("successor").filter(|heir| over.is_none_or(|old| old.id != *heir)),
            rev: over.map_or(1, |old| old.rev),
        };
        let codes = [("code", unit.code.as_ref()), ("legacy_code", unit.legacy_code.as_ref())];
        let names = [("name", Some(&unit.name)), ("short_name", Some(&unit.short_name))];
        for (field, text) in names.into_iter().chain(codes) {
            if let Err(error) = name::check(field, text.map_or("", String::as_str)) {
                reading.refuse(field, error);
            }
        }
        if unit.valid_to.is_some_and(|to| to < unit.valid_from) {
            reading.refuse("valid_to", Error::EndBeforeStart.into());
        }
        unit
    }
}
