//! The bodies that a sheet names, each looked for once; where one is no more, its successor is proposed.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kernel::{Bodies, Ctx, Problem, UnitId};
use webkit::{Answers, Core, Going, Preview, Record as _};

use crate::model::System;

/// Different names of nobody in one sheet: more is another column in their place, and none of it would be written.
const MOST_UNKNOWN: usize = 1_000;
/// Letters of such a name as it is said.
const SHOWN: usize = 60;
/// The fields of a system that name bodies.
const FIELDS: [&str; 2] = ["owner", "operator"];

/// What the words of a sheet mean.
#[derive(Debug, Default)]
pub struct Named {
    known: HashMap<String, Meant>,
}

#[derive(Debug, Clone, Copy)]
struct Meant {
    unit: Option<UnitId>,
    /// Who stands today for the body that bears this name and is no more.
    heir: Option<UnitId>,
    /// Whether the name is written out, with or without its marks.
    is_certain: bool,
}

/// The words of a sheet while they are looked up, each once and as long as anybody waits for it.
pub struct Looking<'a> {
    bodies: &'a dyn Bodies,
    today: Date,
    going: &'a Going,
    named: Named,
    strangers: HashSet<String>,
}

impl<'a> Looking<'a> {
    pub fn new(bodies: &'a dyn Bodies, today: Date, going: &'a Going) -> Self {
        Self { bodies, today, going, named: Named::default(), strangers: HashSet::new() }
    }

    /// A name that the sheet says; refused where nobody knows too many of them. Those in whose place a successor may
    /// stand come first.
    pub fn name(&mut self, name: &str, is_succeeded: bool) -> Result<(), Problem> {
        self.going.check()?;
        let meant = self.meant(name, is_succeeded);
        if meant.unit.or(meant.heir).is_none() && !self.strangers.contains(name) {
            self.strangers.insert(name.to_owned());
        }
        if self.strangers.len() > MOST_UNKNOWN {
            let shown: String = name.chars().take(SHOWN).collect();
            let problem = Problem::bad_input("sheet-strangers").field("file", "sheet-strangers");
            return Err(problem.with("most", MOST_UNKNOWN).with("name", shown));
        }
        Ok(())
    }

    /// What [`Named::is_name`] will say. Words that are only tried do not count among those that nobody knows; where
    /// nobody waits any more, none is a name.
    pub fn is_name(&mut self, name: &str, is_piece: bool) -> bool {
        if name.is_empty() || self.going.is_over() {
            return false;
        }
        self.meant(name, false).is_name(is_piece)
    }

    pub fn done(self) -> Named {
        self.named
    }

    fn meant(&mut self, name: &str, is_succeeded: bool) -> Meant {
        if let Some(meant) = self.named.known.get(name) {
            return *meant;
        }
        let meant = Meant::of(self.bodies, self.today, name, is_succeeded);
        self.named.known.insert(name.to_owned(), meant);
        meant
    }
}

impl Named {
    /// Whether these words mean a unit today; a piece of other words for certain.
    pub fn is_name(&self, name: &str, is_piece: bool) -> bool {
        self.known.get(name).is_some_and(|meant| meant.is_name(is_piece))
    }

    /// The unit that these words mean today.
    pub fn unit(&self, name: &str) -> Option<UnitId> {
        self.known.get(name)?.unit
    }

    /// All that are meant, by their words.
    pub fn units(&self) -> HashMap<String, UnitId> {
        let of = |(name, meant): (&String, &Meant)| Some((name.clone(), meant.unit?));
        self.known.iter().filter_map(of).collect()
    }

    /// Puts the successor in the place of a body that is no more, in a line's answers.
    pub fn succeed(&self, said: &mut Answers) {
        for field in FIELDS {
            let text = said.text(field);
            let heir = self.known.get(text).filter(|_| !is_id(text)).and_then(|meant| meant.heir);
            if let Some(heir) = heir {
                said.set(field, heir.to_string());
            }
        }
    }

    /// Says in the preview which body that was, and who stands for it.
    pub fn tell(&self, core: &Core, ctx: &Ctx, preview: &mut Preview<System>) {
        let units = self.known.iter().filter_map(|(text, meant)| Some((meant.heir?.to_string(), text)));
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

fn is_id(text: &str) -> bool {
    text.parse::<UnitId>().is_ok()
}

/// What a line says in the fields that name bodies, where it is no id.
pub fn named_in(said: &Answers) -> impl Iterator<Item = &str> {
    FIELDS.into_iter().map(move |field| said.text(field)).filter(|text| !text.is_empty() && !is_id(text))
}

impl Meant {
    fn of(bodies: &dyn Bodies, today: Date, text: &str, is_succeeded: bool) -> Self {
        let heir = |unit: UnitId| Some(bodies.today(unit)).filter(|today| is_succeeded && *today != unit);
        if let Ok(unit) = bodies.meant_in_list(text, today) {
            // An id may be anybody's.
            let known = Some(unit).filter(|unit| bodies.body(*unit).is_some());
            let is_certain = known.is_some() && bodies.is_certain_in_list(text);
            return Self { unit: known, heir: heir(unit), is_certain };
        }
        let bore = if is_succeeded { bodies.ever(text) } else { vec![] };
        let mut heirs: Vec<UnitId> = bore.into_iter().filter_map(heir).collect();
        heirs.sort_unstable();
        heirs.dedup();
        // Of several nobody knows who is meant.
        let heir = heirs.pop().filter(|_| heirs.is_empty());
        Self { unit: None, heir, is_certain: false }
    }

    fn is_name(self, is_piece: bool) -> bool {
        self.unit.is_some() && (self.is_certain || !is_piece)
    }
}

#[cfg(test)]
mod tests {
    use testkit::Units;

    use super::*;

    #[test]
    fn a_sheet_of_names_of_nobody_is_refused() {
        let today = jiff::civil::date(2026, 11, 21);
        let names: Vec<String> = (0..=MOST_UNKNOWN).map(|n| format!("Sở {n} không ai biết")).collect();
        let known = ["Sở Tài chính", "Sở Y tế"].into_iter();
        let of = |count: usize| {
            let mut names = names.iter().take(count).map(String::as_str).chain(known.clone());
            let going = Going::default();
            let mut looking = Looking::new(&Units, today, &going);
            names.try_for_each(|name| looking.name(name, true)).map(|()| looking.done())
        };
        let named = of(MOST_UNKNOWN).unwrap();
        assert_eq!(named.unit("Sở Y tế"), Some(Units::named("Sở Y tế")));
        assert_eq!((named.units().len(), named.unit("Sở 7 không ai biết")), (2, None));
        assert_eq!(of(MOST_UNKNOWN + 1).unwrap_err().code, "sheet-strangers");
    }

    #[test]
    fn words_that_are_only_tried_are_no_strangers() {
        let (going, today) = (Going::default(), jiff::civil::date(2026, 11, 21));
        let mut looking = Looking::new(&Units, today, &going);
        for n in 0..=2 * MOST_UNKNOWN {
            assert!(!looking.is_name(&format!("Sở Y tế Sở {n}"), false));
        }
        assert!(looking.is_name("Sở Y tế", true) && !looking.is_name("", false));
        for n in 0..MOST_UNKNOWN {
            // Each counts once, however often it is said.
            assert!((0..2).all(|_| looking.name(&format!("Sở Y tế Sở {n}"), false).is_ok()));
        }
        assert!(looking.name("Sở Y tế", false).is_ok());
        assert_eq!(looking.name("Sở Y tế Sở 1000", false).unwrap_err().code, "sheet-strangers");
        let named = looking.done();
        assert!(named.is_name("Sở Y tế", true) && !named.is_name("Sở Y tế Sở 7", false));
    }
}
