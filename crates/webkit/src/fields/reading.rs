//! Typed text as what it means, and all that is wrong with it at once.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use db::Words;
use jiff::civil::Date;
use kernel::{
    Bodies, Code, Ctx, FieldProblem, Lang, Problem, Role, UnitId,
    code::words_key,
    text::{fold, without_invisible},
};

use super::{Answers, Field, FieldKind};
use crate::Core;

/// Names of one list of which it is said what else could be meant: nobody chooses for thousands.
const MOST_ASKED: usize = 20;

/// Units as they were found under the words that name them: a list says the same ones on thousands of lines.
#[derive(Debug, Default)]
pub struct Units {
    given: HashMap<String, UnitId>,
    found: RefCell<HashMap<String, Result<UnitId, Problem>>>,
    unknown: Cell<usize>,
}

impl Units {
    /// With words that mean these units and no others: codes, and what a list is about to add.
    pub fn given(given: HashMap<String, UnitId>) -> Self {
        Self { given, ..Self::default() }
    }

    /// `find` is told whether what else could be meant is said.
    fn meant(&self, text: &str, find: impl FnOnce(bool) -> Result<UnitId, Problem>) -> Result<UnitId, Problem> {
        if let Some(unit) = self.given.get(text) {
            return Ok(*unit);
        }
        let known = self.found.borrow().get(text).cloned();
        known.unwrap_or_else(|| {
            let found = find(self.unknown.get() < MOST_ASKED);
            self.unknown.set(self.unknown.get() + usize::from(found.is_err()));
            self.found.borrow_mut().insert(text.to_owned(), found.clone());
            found
        })
    }
}

/// One person's answers being read. A value that a fault made up is never seen: [`Self::done`] refuses.
pub struct Reading<'a> {
    fields: &'static [Field],
    answers: &'a Answers,
    core: &'a Core,
    bodies: &'a dyn Bodies,
    units: &'a Units,
    today: Date,
    lang: Lang,
    faults: Vec<FieldProblem>,
    wrong: Option<Problem>,
}

impl<'a> Reading<'a> {
    pub fn new(
        fields: &'static [Field],
        answers: &'a Answers,
        core: &'a Core,
        ctx: &Ctx,
        units: &'a Units,
    ) -> Result<Self, Problem> {
        let bodies = core.bodies().as_ref();
        let (today, lang) = (ctx.today(), ctx.lang);
        Ok(Self { fields, answers, core, bodies, units, today, lang, faults: Vec::new(), wrong: None })
    }

    /// What is wrong, each fault with its field; the sentence is the first one's.
    pub fn done(self) -> Result<(), Problem> {
        let Some(problem) = self.wrong else { return Ok(()) };
        Err(Problem { fields: self.faults, ..problem })
    }

    /// What a use case found wrong with a field.
    pub fn refuse(&mut self, field: &'static str, problem: Problem) {
        let (args, choices) = (problem.args.clone(), problem.choices.clone());
        self.faults.push(FieldProblem { args, choices, ..FieldProblem::new(field, problem.code) });
        self.wrong.get_or_insert(problem);
    }

    /// Who the bodies are that fields name.
    pub fn bodies(&self) -> &'a dyn Bodies {
        self.bodies
    }

    /// The day on which this is read.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The unit that was given under these words, and not looked for.
    pub fn given_unit(&self, text: &str) -> Option<UnitId> {
        self.units.given.get(text).copied()
    }

    pub fn some_words(&mut self, field: &'static str) -> Option<Words> {
        self.read(field, |_, text| Ok(Words::new(text)))
    }

    /// For columns that hold plain text: masked as words are, but for a code that others gave.
    pub fn some_text(&mut self, field: &'static str) -> Option<String> {
        self.read(field, |kind, text| {
            let is_given = matches!(kind, FieldKind::Identifier(_));
            Ok(if is_given { text.to_owned() } else { Words::new(text).into_string() })
        })
    }

    /// Whether anything is said of a field.
    pub fn says(&self, field: &str) -> bool {
        !self.answers.text(field).is_empty()
    }

    /// The role that is meant by its code or its words.
    pub fn role(&self, text: &str) -> Option<Role> {
        let code = fold(text).replace(' ', "_");
        let is_meant = |role: &Role| role.code() == code || is_called(self.core, &role.words(), text);
        self.core.roles().all().iter().copied().find(is_meant)
    }

    pub fn day(&mut self, field: &'static str) -> Option<Date> {
        self.read(field, |_, text| {
            kernel::day::read(text).ok_or_else(|| Problem::bad_input("day-unread").with("text", text))
        })
    }

    pub fn number(&mut self, field: &'static str) -> Option<i64> {
        self.read(field, |kind, text| {
            let FieldKind::Number(least, most) = kind else { return Err(Problem::internal("no number")) };
            let number = text.parse().ok().filter(|number| (least..=most).contains(number));
            number.ok_or_else(|| Problem::bad_input("bad-number").with("least", least).with("most", most))
        })
    }

    pub fn some_code<C: Code>(&mut self, field: &'static str) -> Option<C> {
        let (core, lang, known) = (self.core, self.lang, C::ALL);
        self.read(field, |_, text| {
            let is_meant = |code: &C| code.code() == text || is_called(core, &words_key(C::KEY, code.code()), text);
            let found = known.iter().copied().find(is_meant);
            found.ok_or_else(|| {
                Problem::bad_input("unknown-word").with("text", text).with("known", accepted::<C>(core, lang))
            })
        })
    }

    pub fn some_unit(&mut self, field: &'static str) -> Option<UnitId> {
        let (bodies, today, units) = (self.bodies, self.today, self.units);
        self.read(field, |_, text| units.meant(text, |is_asked| unit(bodies, text, today, is_asked)))
    }

    fn read<T>(&mut self, field: &'static str, meant: impl FnOnce(FieldKind, &str) -> Result<T, Problem>) -> Option<T> {
        let known = self.fields.iter().find(|known| known.name == field);
        let Some(known) = known else {
            self.refuse(field, Problem::internal(format!("{field} is no field here")));
            return None;
        };
        let text = &visible(known.kind, self.answers.text(field));
        let most = match known.kind {
            FieldKind::Words(most) | FieldKind::Lines(most) | FieldKind::Identifier(most) => most,
            _ => 500,
        };
        let read = match text.as_str() {
            "" if known.is_required => Err(Problem::bad_input("field-empty")),
            "" => return None,
            _ if text.chars().count() > most => Err(Problem::bad_input("field-too-long").with("most", most)),
            _ => meant(known.kind, text),
        };
        read.map_err(|problem| self.refuse(field, problem)).ok()
    }
}

/// What is seen of a text, on one line where the field has one: from a sheet come breaks, and what shows nothing.
fn visible(kind: FieldKind, text: &str) -> String {
    if without_invisible(text).trim().is_empty() {
        return String::new();
    }
    let is_broken = !matches!(kind, FieldKind::Lines(_)) && text.contains(char::is_control);
    if is_broken { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text.to_owned() }
}

/// Words of a choice that a refusal names.
const NAMED: usize = 6;

/// The first words that a choice takes.
fn accepted<C: Code>(core: &Core, lang: Lang) -> String {
    let words = C::ALL.iter().map(|code| core.locales().text(lang, &words_key(C::KEY, code.code()), &[]));
    let more = if C::ALL.len() > NAMED { ", …" } else { "" };
    words.take(NAMED).collect::<Vec<_>>().join(", ") + more
}

/// Whether people call it so in one of the languages, whatever their diacritics.
fn is_called(core: &Core, key: &str, text: &str) -> bool {
    let text = fold(text);
    [Lang::Vi, Lang::En].into_iter().any(|lang| fold(&core.locales().text(lang, key, &[])) == text)
}

/// A unit by its id, else by what people call it.
fn unit(bodies: &dyn Bodies, text: &str, today: Date, is_asked: bool) -> Result<UnitId, Problem> {
    match text.parse::<UnitId>() {
        Ok(id) if bodies.body(id).is_none() => Err(Problem::bad_input("unknown-unit").with("name", text)),
        Ok(id) => Ok(id),
        Err(_) if is_asked => bodies.meant(text, today),
        Err(_) => bodies.meant_in_list(text, today),
    }
}
