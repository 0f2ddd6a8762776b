//! What the rules in force say of one system: pure, over the inventory and what people answered.

use std::sync::{Arc, LazyLock};

use kernel::Problem;
use portfolio::{
    priority::{Profile, Score, Weights},
    questions::{Answers, Asked, FeedText, Questionnaire, SHIPPED},
    strategy::Strategies,
    table::{Facts, Given, Verdict},
};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{
    assessment::{Assessment, MoveStrategy, ReviewState},
    rules::RulesKind,
};

/// The rule table that the program brings.
pub const SHIPPED_TABLE: &str = portfolio::strategy::SHIPPED;

/// The fact that a system holds state secrets.
const SECRET: &str = "state_secret";

/// Fields as JSON, by their keys.
pub type Fields = Map<String, Json>;

/// A rule table, the questions that feed it, and the weights of priority.
#[derive(Debug)]
pub struct Appraiser {
    pub strategies: Strategies,
    pub questionnaire: Questionnaire,
    pub weights: Weights,
    /// Kinds of which the edition in force does not fit the questions any more: what the program brings decides in its place.
    pub unfit: Vec<RulesKind>,
}

/// What is known of a system, and what people said of it.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    pub inventory: &'a Fields,
    pub given: &'a Fields,
    pub effort: Option<i64>,
}

/// What the rules say, with all that led to it.
#[derive(Debug)]
pub struct Appraised {
    pub facts: Facts,
    /// The same as they are written.
    pub written: Fields,
    pub strategy: MoveStrategy,
    pub eligible: bool,
    pub ground: String,
    pub verdicts: Vec<Verdict>,
    pub profile: Profile,
    pub score: Score,
}

impl Appraiser {
    /// By the rules and weights that the program brings.
    pub fn shipped() -> Arc<Self> {
        static SHIPPED_ONE: LazyLock<Arc<Appraiser>> = LazyLock::new(|| {
            let strategies = Strategies::shipped();
            let questionnaire = Questionnaire::read(SHIPPED, strategies.table());
            let questionnaire = questionnaire.expect("the questions that ship feed the table that ships");
            Arc::new(Appraiser { strategies, questionnaire, weights: Weights::shipped(), unfit: Vec::new() })
        });
        Arc::clone(&SHIPPED_ONE)
    }

    /// The edition of the rule table, in short.
    pub fn edition(&self) -> String {
        let (id, version) = self.named(RulesKind::Strategy);
        format!("{id} {version}")
    }

    pub fn is_unfit(&self) -> bool {
        !self.unfit.is_empty()
    }

    /// How the edition of this kind calls itself: id and version.
    pub fn named(&self, kind: RulesKind) -> (&str, &str) {
        let edition = match kind {
            RulesKind::Strategy => self.strategies.table().edition(),
            RulesKind::Priority => &self.weights.text().edition,
        };
        (&edition.id, &edition.version)
    }

    /// What the inventory answers already, by the questions' keys.
    pub fn prefilled(&self, inventory: &Fields) -> Fields {
        self.questionnaire.write_answers(&self.questionnaire.prefill(inventory))
    }

    /// The inventory's answers, with what people said in their place.
    pub fn answers(&self, asking: Asking<'_>) -> Answers {
        let mut all = self.prefilled(asking.inventory);
        all.extend(asking.given.clone());
        self.questionnaire.keep_answers(&all).0
    }

    /// What the inventory says counts whatever was asked; what people said counts where it is asked, and in its place.
    pub fn facts(&self, asking: Asking<'_>) -> Facts {
        let (table, questionnaire) = (self.strategies.table(), &self.questionnaire);
        // Facts that bear the name of a field, and those to which a prefilled answer leads.
        let mut known = table.keep_facts(asking.inventory).0;
        questionnaire.tell(&questionnaire.prefill(asking.inventory), &mut known);
        // Of most systems nobody has answered anything: then there is nothing to put in its place.
        if asking.given.is_empty() {
            return known;
        }
        let answers = self.answers(asking);
        let said = questionnaire.facts(&answers, table);
        for (question, asked) in questionnaire.questions().iter().zip(questionnaire.asked(&answers)) {
            if asked != Asked::Yes || !asking.given.contains_key(&question.key) {
                continue;
            }
            for place in question.feeds.iter().filter_map(|feed| table.fact(&feed.fact)) {
                known.put(place, said.value(place));
            }
        }
        known
    }

    /// Whether this answer says that a system holds state secrets.
    pub fn is_secret(&self, key: &str, answer: &Json) -> bool {
        let Some(at) = self.questionnaire.question(key) else { return false };
        let mut feeds = self.questionnaire.questions()[at].feeds.iter().filter(|feed| feed.fact == SECRET);
        feeds.any(|feed| fed(feed, answer) == Some(&Json::Bool(true)))
    }

    pub fn appraise(&self, asking: Asking<'_>) -> Result<Appraised, Problem> {
        self.appraise_by(asking, self.facts(asking))
    }

    /// By the facts that led to a decision when it was made.
    pub fn appraise_then(&self, asking: Asking<'_>, row: &Assessment) -> Result<Appraised, Problem> {
        self.appraise_by(asking, self.strategies.table().keep_facts(&fields(&row.facts)).0)
    }

    fn appraise_by(&self, asking: Asking<'_>, facts: Facts) -> Result<Appraised, Problem> {
        let other = |_| Problem::internal("facts of another table");
        let said = self.strategies.classify(&facts).map_err(other)?;
        let (strategy, eligible, ground) = (said.strategy.into(), said.eligible, said.ground.to_owned());
        let verdicts = said.decision.verdicts;
        let written = self.strategies.table().write_facts(&facts);
        let profile = self.profile(asking, &written)?;
        let score = self.weights.score(&profile);
        Ok(Appraised { facts, written, strategy, eligible, ground, verdicts, profile, score })
    }

    /// By the criteria of the weights: a fact of that name, an answer, or a field of the inventory.
    fn profile(&self, asking: Asking<'_>, known: &Fields) -> Result<Profile, Problem> {
        let effort = asking.effort.map(Json::from);
        let value = |key: &str| match key {
            "effort" => effort.as_ref(),
            key => known.get(key).or_else(|| asking.given.get(key)).or_else(|| asking.inventory.get(key)),
        };
        let criteria = self.weights.criteria().iter();
        let values = criteria.filter_map(|one| Some((one.key.as_str(), given(value(&one.key)?)?)));
        let values: Vec<(&str, Given<'_>)> = values.collect();
        if let Ok(profile) = self.weights.profile(values.iter().copied()) {
            return Ok(profile);
        }
        // What is no value of its criterion is as good as not known.
        let sound = values.into_iter().filter(|one| self.weights.profile([*one]).is_ok());
        self.weights.profile(sound).map_err(|fault| Problem::internal(format!("{fault:?}")))
    }

    /// The rules that decided, those beside them, and what was not known, by their keys; as JSON.
    fn reasons(&self, verdicts: &[Verdict]) -> Result<String, Problem> {
        #[derive(Serialize)]
        struct Part<'a> {
            part: &'a str,
            because: Vec<&'a str>,
            outranked: Vec<&'a str>,
            unknown: Vec<&'a str>,
        }
        let table = self.strategies.table();
        let parts = verdicts.iter().enumerate().filter_map(|(at, verdict)| {
            let rules = &table.parts().get(verdict.by_part)?.rules;
            let rule = |at: &usize| rules.get(*at).map(|rule| rule.key.as_str());
            let fact = |at: &usize| table.facts().get(*at).map(|fact| fact.key.as_str());
            Some(Part {
                part: table.parts().get(at)?.key.as_str(),
                because: verdict.because.iter().filter_map(rule).collect(),
                outranked: verdict.outranked.iter().filter_map(rule).collect(),
                unknown: verdict.unknown.iter().filter_map(fact).collect(),
            })
        });
        serde_json::to_string(&parts.collect::<Vec<_>>()).map_err(Problem::internal)
    }

    /// The row with what the rules say now. What was accepted is looked at again where they say something else; what is
    /// carried out stays as it was decided, for of a moved system they say that it stays where it is.
    pub fn decide(&self, row: Assessment, asking: Asking<'_>, is_carried_out: bool) -> Result<Assessment, Problem> {
        if is_carried_out {
            return Ok(row);
        }
        let said = self.appraise(asking)?;
        let facts = Json::Object(said.written).to_string();
        let is_other = row.review == ReviewState::Accepted && row.strategy != said.strategy;
        let (review, reviewed_by, reviewed_at) =
            if is_other { (ReviewState::Open, None, None) } else { (row.review, row.reviewed_by, row.reviewed_at) };
        Ok(Assessment {
            facts,
            rules: self.edition(),
            strategy: said.strategy,
            eligible: said.eligible,
            ground: said.ground,
            reasons: self.reasons(&said.verdicts)?,
            score: said.score.total,
            review,
            reviewed_by,
            reviewed_at,
            ..row
        })
    }
}

/// What an answer says of a fact.
fn fed<'a>(feed: &'a FeedText, answer: &'a Json) -> Option<&'a Json> {
    match (&feed.maps, answer) {
        (None, answer) => Some(answer),
        (Some(maps), Json::String(code)) => maps.get(code),
        (Some(maps), Json::Bool(yes)) => maps.get(if *yes { "yes" } else { "no" }),
        (Some(_), _) => None,
    }
}

fn given(json: &Json) -> Option<Given<'_>> {
    match json {
        Json::Bool(yes) => Some(Given::Bool(*yes)),
        Json::String(code) => Some(Given::Choice(code)),
        Json::Number(number) => number.as_i64().map(Given::Number),
        _ => None,
    }
}

/// What a column of JSON holds.
pub fn fields(text: &str) -> Fields {
    serde_json::from_str(text).unwrap_or_default()
}
