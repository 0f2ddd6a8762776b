//! A rule table in words, part by part.

use minijinja::{Value, context};
use portfolio::{
    Edition,
    table::{Step, TableText},
};
use webkit::Req;

use crate::usecase::{
    rule_draft::Lack,
    rule_words::{Telling, say, status},
};

pub fn telling(req: &Req) -> Telling<'_> {
    Telling { core: &req.app, lang: req.ctx.lang }
}

pub fn edition(req: &Req, edition: &Edition) -> Value {
    context! {
        id => &edition.id, version => &edition.version, dated => edition.dated.to_string(), status => status(edition),
        source => say(req.ctx.lang, &edition.source), note => say(req.ctx.lang, &edition.note),
    }
}

/// Part by part, each rule in words, with what is wrong beside it.
pub fn table(req: &Req, table: &TableText, lacks: &[Lack]) -> Vec<Value> {
    let (telling, lang) = (telling(req), req.ctx.lang);
    let wrong = |part: &str, rule: Option<&str>| {
        let is_here = |lack: &&Lack| lack.places.iter().any(|(of, at)| of == part && at.as_deref() == rule);
        lacks.iter().filter(is_here).map(|lack| lack.words.clone()).collect::<Vec<_>>()
    };
    let parts = table.parts.iter().map(|part| {
        let answer = |code: &str| part.answers.iter().find(|one| one.code == code).map(|one| say(lang, &one.say));
        let rules = part.in_order().into_iter().map(|rule| {
            context! {
                rank => rule.rank, key => &rule.key, when => telling.condition(&table.facts, &rule.when),
                answer => answer(&rule.answer).unwrap_or(&rule.answer), says => say(lang, &rule.say),
                wrong => wrong(&part.key, Some(rule.key.as_str())),
                goes_earlier => part.can_step(&rule.key, Step::Earlier),
                goes_later => part.can_step(&rule.key, Step::Later),
            }
        });
        let rules = rules.collect::<Vec<_>>();
        context! { key => &part.key, says => say(lang, &part.say), wrong => wrong(&part.key, None), rules }
    });
    parts.collect()
}
