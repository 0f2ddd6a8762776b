//! What is known, answered and decided of one system, in words: for its page and for programs.

use db::Reader;
use jiff::civil::Date;
use kernel::{Ctx, Problem};
use portfolio::{
    priority,
    questions::{Asked, QuestionText},
    table::{Reason, Told, Value, Verdict},
};
use serde::Serialize;
use serde_json::Value as Json;
use webkit::{Core, Kept as _};

use super::{
    assess::{blank, proposed},
    in_force::appraiser,
    rule_words::{Telling, say},
    sources,
};
use crate::{
    model::{
        System, SystemId,
        appraiser::{Appraised, Appraiser, Asking, fields},
        assessment::{MoveStrategy, ReviewState},
        closed_days,
        proposed::Proposed,
    },
    store::{assessment, landscape},
};

/// A rule that fired, in words.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = AssessmentBecause)]
pub struct Because {
    pub rule: String,
    pub rank: u16,
    pub answer: String,
    pub says: String,
    /// The facts that it asked for.
    pub facts: Vec<String>,
}

/// What one part of the table answers, and why.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = AssessmentPart)]
pub struct Part {
    pub part: String,
    pub answer: String,
    pub because: Vec<Because>,
    /// Rules that fired and did not count.
    pub beside: Vec<Because>,
    /// Facts that are not known and that a rule asked for.
    pub unknown: Vec<String>,
}

/// A question with its answer.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = AssessmentAnswered)]
pub struct Answered {
    pub question: String,
    pub says: String,
    pub answer: Option<String>,
    /// `person`, `inventory`, `open`, or `none`: it is not asked.
    pub by: String,
}

/// What a criterion gives to the score.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = AssessmentTerm)]
pub struct Term {
    pub says: String,
    pub value: String,
    pub points: Option<i64>,
    pub weight: i64,
    pub gives: i64,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Appraisal {
    #[schema(value_type = String)]
    pub system: SystemId,
    pub name: String,
    /// 0 where nobody has assessed it.
    pub rev: i64,
    /// What holds: as the rules say, or as a reviewer decided.
    pub strategy: MoveStrategy,
    pub by_rules: MoveStrategy,
    pub eligible: bool,
    pub ground: String,
    pub review: ReviewState,
    pub reason: Option<String>,
    pub rules: String,
    /// What was written at the last classification is not what the rules say now.
    pub is_outdated: bool,
    /// An accepted migration carried it out: it stays as it was decided.
    #[serde(skip)]
    pub is_carried_out: bool,
    pub effort: Option<i64>,
    /// The first day on which it may be cut over.
    #[schema(value_type = Option<String>)]
    pub earliest: Option<Date>,
    /// Days on which it may not, as they are typed.
    pub closed_days: Vec<String>,
    pub score: i64,
    pub parts: Vec<Part>,
    /// Unknown facts each of which would change the decision.
    pub decisive: Vec<String>,
    pub terms: Vec<Term>,
    pub answers: Vec<Answered>,
}

/// Of a system that the actor may see.
pub async fn appraisal(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<Appraisal, Problem> {
    let system = System::seen(core, ctx, conn, id).await?;
    if !system.kind.is_main() {
        return Err(Problem::not_found());
    }
    let beside = sources::beside(core, ctx, &[id]).await?;
    let (appraiser, around) = (appraiser(conn).await?, landscape::around(conn, id).await?.hearing(beside));
    let found = assessment::of(conn, id).await?;
    let rev = found.as_ref().map_or(0, |row| row.rev);
    let row = found.unwrap_or_else(|| blank(ctx, id));
    let (proposed, given) = (proposed(&around, id, ctx), fields(&row.answers));
    let inventory = proposed.clone().fields();
    let asking = Asking { inventory: &inventory, given: &given, effort: row.effort };
    // What is carried out is told as it was decided: that is what a review is about, not that the system has moved.
    let is_carried_out = around.is_carried_out(id, row.decided(), row.reviewed_at);
    let said = if is_carried_out { appraiser.appraise_then(asking, &row)? } else { appraiser.appraise(asking)? };
    let (by_rules, eligible, ground) = if is_carried_out {
        (row.strategy, row.eligible, &row.ground)
    } else {
        (said.strategy, said.eligible, &said.ground)
    };
    let telling = One { say: Telling { core, lang: ctx.lang }, appraiser: &appraiser, said: &said };
    let is_outdated = rev > 0 && (row.strategy != by_rules || row.eligible != eligible);
    Ok(Appraisal {
        system: id,
        name: system.name.to_string(),
        rev,
        strategy: row.overruled.unwrap_or(by_rules),
        by_rules,
        eligible,
        ground: ground.clone(),
        review: row.review,
        reason: row.reason.as_ref().map(ToString::to_string),
        rules: appraiser.edition(),
        is_outdated,
        is_carried_out,
        effort: row.effort,
        earliest: row.earliest,
        closed_days: closed_days::typed(&row.spans()),
        score: said.score.total,
        parts: telling.parts(),
        decisive: telling.decisive()?,
        terms: telling.terms(),
        answers: telling.answers(asking, &proposed),
    })
}

struct One<'a> {
    say: Telling<'a>,
    appraiser: &'a Appraiser,
    said: &'a Appraised,
}

impl One<'_> {
    fn told(&self, told: &Told<'_>) -> String {
        match told {
            Told::Unknown => self.say.text("value-unknown", &[]),
            Told::Bool(yes) => self.say.text(if *yes { "value-yes" } else { "value-no" }, &[]),
            Told::Choice(words) => say(self.say.lang, words).to_owned(),
            Told::Number { number, unit: Some(unit) } => format!("{number} {}", say(self.say.lang, unit)),
            Told::Number { number, unit: None } => number.to_string(),
        }
    }

    fn because(&self, reasons: &[Reason<'_>]) -> Vec<Because> {
        let lang = self.say.lang;
        let one = |reason: &Reason<'_>| Because {
            rule: reason.rule.to_owned(),
            rank: reason.rank,
            answer: reason.answer.to_owned(),
            says: say(lang, reason.say).to_owned(),
            facts: reason
                .facts
                .iter()
                .map(|fact| format!("{}: {}", say(lang, fact.say), self.told(&fact.value)))
                .collect(),
        };
        reasons.iter().map(one).collect()
    }

    fn parts(&self) -> Vec<Part> {
        let (table, lang) = (self.appraiser.strategies.table(), self.say.lang);
        let one = |(at, verdict): (usize, &Verdict)| {
            let part = table.parts().get(at)?;
            let answer = part.answers.get(verdict.answer)?;
            let fact = |at: &usize| table.facts().get(*at).map(|fact| say(lang, &fact.say).to_owned());
            Some(Part {
                part: say(lang, &part.say).to_owned(),
                answer: say(lang, &answer.say).to_owned(),
                because: self.because(&table.reasons(verdict, &self.said.facts)),
                beside: self.because(&table.outranked(verdict, &self.said.facts)),
                unknown: verdict.unknown.iter().filter_map(fact).collect(),
            })
        };
        self.said.verdicts.iter().enumerate().filter_map(one).collect()
    }

    fn decisive(&self) -> Result<Vec<String>, Problem> {
        let table = self.appraiser.strategies.table();
        let found = table.decisive(&self.said.facts).map_err(|_| Problem::internal("facts of another table"))?;
        let name = |fact: usize| table.facts().get(fact).map(|fact| say(self.say.lang, &fact.say).to_owned());
        Ok(found.iter().filter_map(|one| name(one.fact)).collect())
    }

    fn terms(&self) -> Vec<Term> {
        let (criteria, lang) = (self.appraiser.weights.criteria(), self.say.lang);
        let one = |term: &priority::Term| {
            let of = criteria.get(term.criterion)?;
            let value = match term.value {
                Value::Unknown => self.say.text("value-unknown", &[]),
                Value::Bool(yes) => self.say.text(if yes { "value-yes" } else { "value-no" }, &[]),
                Value::Choice(at) => say(lang, &of.values.get(at as usize)?.say).to_owned(),
                Value::Number(number) => {
                    let unit = of.unit.as_ref().map(|unit| say(lang, unit)).unwrap_or_default();
                    format!("{number} {unit}").trim().to_owned()
                }
            };
            let (points, weight, gives) = (term.points, term.weight, term.gives);
            Some(Term { says: say(lang, &of.say).to_owned(), value, points, weight, gives })
        };
        self.said.score.terms.iter().filter_map(one).collect()
    }

    fn answers(&self, asking: Asking<'_>, proposed: &Proposed) -> Vec<Answered> {
        let questionnaire = &self.appraiser.questionnaire;
        let answers = self.appraiser.answers(asking);
        let written = questionnaire.write_answers(&answers);
        let asked = questionnaire.asked(&answers);
        let one = |(question, asked): (&QuestionText, Asked)| {
            let value = written.get(&question.key);
            let by = match (value, asked) {
                (_, Asked::No) => "none",
                (None, _) => "open",
                (Some(_), _) if asking.given.contains_key(&question.key) => "person",
                (Some(_), _) => proposed.source(question),
            };
            let fact = question.as_fact();
            let told = |value: &Json| self.say.value(Some(&fact), value);
            Answered {
                question: question.key.clone(),
                says: say(self.say.lang, &question.say).to_owned(),
                answer: value.filter(|_| by != "none").map(told),
                by: by.to_owned(),
            }
        };
        questionnaire.questions().iter().zip(asked).map(one).collect()
    }
}
