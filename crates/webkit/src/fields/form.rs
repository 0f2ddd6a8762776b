//! The page of a form made of fields.

use kernel::UnitId;
use minijinja::{Value, context};

use super::{Answers, Field, FieldKind};
use crate::{Outcome, Req};

/// A form: its fields as they are now, and what stands around them. Refused forms come back by the floor.
pub struct FormPage<'a> {
    pub fields: &'static [Field],
    /// What stands in them.
    pub now: Answers,
    /// The key of the title.
    pub title: &'a str,
    /// The page above it, and the key or text of its name.
    pub above: (String, String),
    /// Of an editable row: what the form is over.
    pub rev: Option<i64>,
    /// The body that it is about: those around it are proposed first.
    pub near: Option<UnitId>,
}

impl FormPage<'_> {
    pub async fn show(self, req: &Req) -> Outcome {
        let bodies = req.app.bodies();
        let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
        let hint = |label: &str| Some(format!("{label}-hint")).filter(|key| req.app.locales().has(key));
        let field = |field: &Field| {
            let (kind, options): (_, Vec<Value>) = match field.kind {
                FieldKind::Words(_) | FieldKind::Identifier(_) => ("text", vec![]),
                FieldKind::Lines(_) => ("lines", vec![]),
                FieldKind::Unit => ("unit", vec![]),
                FieldKind::Day => ("date", vec![]),
                FieldKind::Number(..) => ("number", vec![]),
                FieldKind::Code(codes, key) => ("code", req.choices(key, codes.iter().copied())),
            };
            let name = field.name;
            let unit = self.now.text(name).parse::<UnitId>().ok().filter(|_| kind == "unit");
            let value = unit.map(|unit| bodies.written(unit, req.ctx.today()));
            let value = value.unwrap_or_else(|| self.now.text(name).to_owned());
            context! { name, label => field.label, kind, options, value, required => field.is_required || field.is_settled, settled => field.is_settled, hint => hint(field.label) }
        };
        let (above, name) = self.above;
        let page = context! {
            fields => self.fields.iter().map(field).collect::<Vec<_>>(), rev => self.rev,
            title => text(self.title), above, above_name => text(&name), near => near(req, self.near),
        };
        req.page("webkit/form.html", page).await
    }
}

/// The id of the body around which a field for bodies proposes first: of one that was merged away its successor.
pub fn near(req: &Req, unit: Option<UnitId>) -> Option<String> {
    unit.map(|unit| req.app.bodies().today(unit).to_string())
}
