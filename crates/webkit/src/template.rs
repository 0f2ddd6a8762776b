//! Pages from minijinja templates, strict about what is missing, with the words of the reader's language.

use std::{
    collections::{BTreeMap, HashMap},
    str::FromStr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use fluent_bundle::FluentValue;
use kernel::{Lang, Problem, day};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior, Value, value::Kwargs};

use crate::{Locales, assets, govuk, hidden};

pub struct Templates {
    env: Environment<'static>,
    said: Said,
    kept: Mutex<HashMap<Part, Value>>,
}

/// What is part of a page, and which one it is there; in Vietnamese or in English.
type Part = ([&'static str; 2], Lang);

/// Which templates have said words of theirs, in Vietnamese and in English: those that others extend, include or import too.
type Said = Arc<BTreeMap<String, [AtomicBool; 2]>>;

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Templates").finish_non_exhaustive()
    }
}

const OWN: [(&str, &str); 19] = [
    ("webkit/style.html", include_str!("../templates/style.html")),
    ("webkit/govuk.html", include_str!("../templates/govuk.html")),
    ("webkit/head.html", include_str!("../templates/head.html")),
    ("webkit/layout.html", include_str!("../templates/layout.html")),
    ("webkit/problem.html", include_str!("../templates/problem.html")),
    ("webkit/jump.html", include_str!("../templates/jump.html")),
    ("webkit/typed.html", include_str!("../templates/typed.html")),
    ("webkit/conflict.html", include_str!("../templates/conflict.html")),
    ("webkit/draft.html", include_str!("../templates/draft.html")),
    ("webkit/resumed.html", include_str!("../templates/resumed.html")),
    ("webkit/still_there.html", include_str!("../templates/still_there.html")),
    ("webkit/parts.html", include_str!("../templates/parts.html")),
    ("webkit/register.html", include_str!("../templates/register.html")),
    ("webkit/register_filter.html", include_str!("../templates/register_filter.html")),
    ("webkit/view_bar.html", include_str!("../templates/view_bar.html")),
    ("webkit/views.html", include_str!("../templates/views.html")),
    ("webkit/form.html", include_str!("../templates/form.html")),
    ("webkit/confirm.html", include_str!("../templates/confirm.html")),
    ("webkit/import.html", include_str!("../templates/import.html")),
];

impl Templates {
    /// The floor's own pages, and these: `(name, source)`.
    pub fn new<'a>(
        more: impl IntoIterator<Item = &'a (&'static str, &'static str)>,
        locales: &Locales,
    ) -> Result<Self, Problem> {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        // The debug view of an error shows the page's data, which does not belong in a log.
        env.set_debug(false);
        for (name, source) in OWN.iter().chain(more) {
            env.add_template(name, source).map_err(|error| Problem::internal(format!("{name}: {error:#}")))?;
        }
        let with_words = env.templates().filter(|(_, template)| has_words(template.source()));
        let said: Said = Arc::new(with_words.map(|(name, _)| (name.to_owned(), Default::default())).collect());
        words(&mut env, locales, &said);
        govuk::add(&mut env);
        env.add_function("asset", assets::url);
        env.add_filter("day", show_day);
        env.add_filter("typed_day", typed_day);
        env.add_filter("instant", show_instant);
        env.add_filter("num", show_number);
        env.add_filter("decimal", show_decimal);
        Ok(Self { env, said, kept: Mutex::default() })
    }

    /// Templates with words of which no reader of this language has seen any yet.
    pub fn unsaid(&self, lang: Lang) -> Vec<&str> {
        let unsaid = self.said.iter().filter(|(_, said)| !said[place(lang)].load(Relaxed));
        unsaid.map(|(name, _)| name.as_str()).collect()
    }

    #[cfg(test)]
    pub(crate) fn env(&self) -> &Environment<'static> {
        &self.env
    }

    /// What is the same for all who read this language: made once.
    pub(crate) fn once(&self, part: Part, make: impl FnOnce() -> Result<String, Problem>) -> Result<Value, Problem> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept().get(&part).cloned();
        if let Some(found) = found {
            return Ok(found);
        }
        let made = Value::from_safe_string(make()?);
        kept().insert(part, made.clone());
        Ok(made)
    }

    pub fn render(&self, name: &str, context: &Value) -> Result<String, Problem> {
        if cfg!(debug_assertions) {
            hidden::refuse(hidden::by_names(&self.env, name, context))?;
        }
        let template = self.env.get_template(name).map_err(Problem::internal)?;
        template.render(context).map_err(|error| Problem::internal(format!("{error:#}")))
    }
}

/// Whether a template asks for words itself.
fn has_words(source: &str) -> bool {
    let is_longer = |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'));
    source.match_indices("t(").any(|(at, _)| !is_longer(&source[..at]))
}

fn place(lang: Lang) -> usize {
    usize::from(lang == Lang::En)
}

fn words(env: &mut Environment<'static>, locales: &Locales, said: &Said) {
    let (locales, for_text, said) = (locales.clone(), locales.clone(), Arc::clone(said));
    env.add_function("t", move |state: &State, key: &str, kwargs: Kwargs| -> Result<String, Error> {
        let names: Vec<String> = kwargs.args().map(str::to_owned).collect();
        let mut args = Vec::new();
        for name in &names {
            let value: Value = kwargs.get(name)?;
            let value = match i64::try_from(value.clone()) {
                Ok(number) if value.is_number() => FluentValue::from(number),
                _ => FluentValue::from(value.to_string()),
            };
            args.push((name.as_str(), value));
        }
        let lang = lang(state);
        if let Some(said) = said.get(state.name()) {
            said[place(lang)].store(true, Relaxed);
        }
        Ok(for_text.text(lang, key, &args))
    });
    env.add_test("known_text", move |key: &str| locales.has(key));
}

fn lang(state: &State) -> Lang {
    match state.lookup("lang").as_ref().and_then(Value::as_str) {
        Some("en") => Lang::En,
        _ => Lang::Vi,
    }
}

fn show_day(state: &State, value: &Value) -> Result<String, Error> {
    let Some(text) = value.as_str() else { return Ok("–".into()) };
    let day = jiff::civil::Date::from_str(text)
        .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))?;
    Ok(day::show(day, lang(state)))
}

/// A day as it stands in a field, in either language; what is no day is left as it is.
fn typed_day(value: &Value) -> Value {
    let day = value.as_str().and_then(|text| jiff::civil::Date::from_str(text).ok());
    day.map_or_else(|| value.clone(), |day| Value::from(day::show(day, Lang::Vi)))
}

fn show_instant(state: &State, micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros).map(|at| day::show_instant(at, lang(state))).unwrap_or_default()
}

/// 70,4 in Vietnamese, 70.4 in English.
fn show_decimal(state: &State, value: f64) -> String {
    let text = value.to_string();
    if lang(state) == Lang::Vi { text.replace('.', ",") } else { text }
}

/// 1.234 in Vietnamese, 1,234 in English.
fn show_number(state: &State, value: i64) -> String {
    grouped(value, lang(state))
}

/// 12.345 in Vietnamese, 12,345 in English.
pub fn grouped(value: i64, lang: Lang) -> String {
    let separator = if lang == Lang::Vi { '.' } else { ',' };
    let digits = value.unsigned_abs().to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    if value < 0 { format!("-{out}") } else { out }
}
