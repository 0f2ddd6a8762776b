//! Owners that are no more: a sheet names a body that was merged away, and its successor is proposed.

use std::collections::HashMap;

use jiff::ToSpan as _;
use kernel::{Bodies, Ctx, UnitId, text::fold};
use webkit::{Answers, Core, Preview, Record as _};

use crate::model::System;

/// How far back a name is looked for, in half years.
const BACK: i64 = 12;

/// Bodies that the sheet names and that are no more, by their words; each with who stands for it today.
#[derive(Debug, Default)]
pub struct Gone {
    known: HashMap<String, Option<UnitId>>,
}

impl Gone {
    /// Puts the successor in the place of a body that is no more, in a line's answers.
    pub fn name(&mut self, core: &Core, ctx: &Ctx, said: &mut Answers) {
        for field in ["owner", "operator"] {
            let text = said.text(field).to_owned();
            if text.is_empty() || text.parse::<UnitId>().is_ok() {
                continue;
            }
            let found = || successor(core.bodies().as_ref(), ctx, &text);
            if let Some(unit) = *self.known.entry(text.clone()).or_insert_with(found) {
                said.set(field, unit.to_string());
            }
        }
    }

    /// Says in the preview which body that was, and who stands for it.
    pub fn tell(&self, core: &Core, ctx: &Ctx, preview: &mut Preview<System>) {
        let units = self.known.iter().filter_map(|(text, unit)| Some(((*unit)?.to_string(), text)));
        let mut words: HashMap<String, Vec<&str>> = HashMap::new();
        for (unit, text) in units {
            words.entry(unit).or_default().push(text);
        }
        for line in &mut preview.lines {
            for (field, said) in &mut line.said {
                let Some(before) = words.get(said.as_str()).filter(|_| is_unit(field.name)) else { continue };
                let unit: Option<UnitId> = said.parse().ok();
                let now = unit.map(|unit| core.bodies().written(unit, ctx.today())).unwrap_or_default();
                let args = [("before", before.join(" / ").into()), ("now", now.into())];
                *said = core.locales().text(ctx.lang, "owner-merged", &args);
            }
        }
    }
}

fn is_unit(name: &str) -> bool {
    System::FIELDS.iter().any(|field| field.name == name && matches!(field.kind, webkit::FieldKind::Unit))
}

/// Who stands today for the body that bears this name and is no more; none where it stands, or nobody knows it.
fn successor(bodies: &dyn Bodies, ctx: &Ctx, text: &str) -> Option<UnitId> {
    let heir = |unit: UnitId| Some(bodies.today(unit)).filter(|today| *today != unit);
    let today = ctx.today();
    if let Ok(unit) = bodies.meant(text, today) {
        return heir(unit);
    }
    let bears = bodies.find(text, 5).into_iter().filter(|body| fold(&body.name) == fold(text));
    let mut heirs = bears.filter_map(|body| heir(body.unit));
    if let Some(unit) = heirs.next() {
        return Some(unit);
    }
    let days = (1..=BACK).map(|half| today.saturating_sub((half * 6).months()));
    let mut before = days.filter_map(|day| bodies.meant(text, day).ok());
    before.find_map(heir)
}
