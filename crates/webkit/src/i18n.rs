//! Words in two languages, from Fluent files; Vietnamese is complete by definition, English by test.

use std::{collections::BTreeSet, sync::Arc};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::{FieldProblem, Lang, Problem};

#[derive(Clone)]
pub struct Locales(Arc<Bundles>);

struct Bundles {
    vi: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
    keys: [BTreeSet<String>; 2],
}

impl std::fmt::Debug for Locales {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locales").finish_non_exhaustive()
    }
}

const OWN: [(Lang, &str); 6] = [
    (Lang::Vi, include_str!("../locales/vi.ftl")),
    (Lang::Vi, include_str!("../locales/drafts.vi.ftl")),
    (Lang::Vi, include_str!("../locales/views.vi.ftl")),
    (Lang::En, include_str!("../locales/en.ftl")),
    (Lang::En, include_str!("../locales/drafts.en.ftl")),
    (Lang::En, include_str!("../locales/views.en.ftl")),
];

impl Locales {
    /// The floor's own words, and these: `(language, source)` of Fluent files.
    pub fn new<'a>(more: impl IntoIterator<Item = &'a (Lang, &'static str)>) -> Result<Self, Problem> {
        let mut locales = Bundles { vi: bundle("vi")?, en: bundle("en")?, keys: [BTreeSet::new(), BTreeSet::new()] };
        for (lang, source) in OWN.iter().chain(more) {
            let resource = FluentResource::try_new((*source).to_owned())
                .map_err(|(_, errors)| Problem::internal(format!("locale {lang:?}: {errors:?}")))?;
            let keys = source.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned());
            locales.keys[usize::from(*lang == Lang::En)]
                .extend(keys.filter(|key| !key.starts_with([' ', '#', '[', '*'])));
            let bundle = if *lang == Lang::Vi { &mut locales.vi } else { &mut locales.en };
            bundle
                .add_resource(resource)
                .map_err(|errors| Problem::internal(format!("locale {lang:?}: {errors:?}")))?;
        }
        Ok(Self(Arc::new(locales)))
    }

    /// Keys that one language has and the other lacks.
    pub fn unpaired(&self) -> Vec<&String> {
        self.0.keys[0].symmetric_difference(&self.0.keys[1]).collect()
    }

    /// The keys that begin so.
    pub fn beginning<'a>(&'a self, begin: &'a str) -> impl Iterator<Item = &'a str> {
        let keys = self.0.keys[0].range(begin.to_owned()..).map(String::as_str);
        keys.take_while(move |key| key.starts_with(begin))
    }

    pub fn has(&self, key: &str) -> bool {
        self.0.vi.has_message(key)
    }

    /// The text of a key; an unknown key shows itself, so that it is seen.
    pub fn text(&self, lang: Lang, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        let bundle = if lang == Lang::Vi { &self.0.vi } else { &self.0.en };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::warn!(key, ?errors, "a text lacks an argument");
        }
        text
    }

    /// What is wrong with one of a problem's fields.
    pub fn fault(&self, lang: Lang, problem: &Problem, field: &FieldProblem) -> String {
        // The sentence of the whole knows its numbers.
        if field.code == problem.code && field.args.is_empty() {
            return self.problem(lang, problem);
        }
        let args = field.args.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str())));
        self.text(lang, &format!("problem-{}", field.code), &args.collect::<Vec<_>>())
    }

    /// The sentence of a problem.
    pub fn problem(&self, lang: Lang, problem: &Problem) -> String {
        self.problem_as(lang, "problem", problem)
    }

    /// The same under keys that begin otherwise, for who does not read pages.
    pub fn problem_as(&self, lang: Lang, begin: &str, problem: &Problem) -> String {
        let args: Vec<(&str, FluentValue<'_>)> =
            problem.args.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
        self.text(lang, &format!("{begin}-{}", problem.code), &args)
    }
}

fn bundle(lang: &str) -> Result<FluentBundle<FluentResource>, Problem> {
    let id: unic_langid::LanguageIdentifier = lang.parse().map_err(|error| Problem::internal(format!("{error:?}")))?;
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    Ok(bundle)
}
