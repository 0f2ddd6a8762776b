//! What the table of levels is told of a system, and what it answers.

use std::sync::OnceLock;

use kernel::{FieldProblem, Problem};
use portfolio::{
    level::{Levels, Proposal},
    table::{FactKind, Facts, Given},
};
use serde_json::{Map, Value as Json};
use webkit::Answers;

use crate::model::{Known, System};

/// The table of levels in force.
pub fn levels() -> &'static Levels {
    static READ: OnceLock<Levels> = OnceLock::new();
    READ.get_or_init(Levels::shipped)
}

/// What a dossier keeps of which table it was made by.
pub fn edition() -> String {
    let edition = &levels().table().text().edition;
    format!("{}/{}", edition.id, edition.version)
}

/// What the inventory says already.
pub fn prefilled(system: &System) -> Map<String, Json> {
    let mut out = Map::new();
    if system.personal_data.is_held() {
        out.insert("information".into(), "private".into());
    }
    if system.is_public == Known::Yes {
        out.insert("scope".into(), "public".into());
    }
    if system.is_shared == Known::Yes {
        out.insert("scope".into(), "shared_infrastructure".into());
    }
    if let Some(users) = system.users.filter(|_| system.personal_data.is_held()) {
        out.insert("people".into(), users.get().into());
    }
    out
}

/// Facts as a form answers them.
pub fn answers(facts: &Map<String, Json>) -> Answers {
    let text = |value: &Json| match value {
        Json::Bool(true) => "yes".to_owned(),
        Json::Bool(false) => "no".to_owned(),
        Json::String(code) => code.clone(),
        other => other.to_string(),
    };
    facts.iter().fold(Answers::default(), |all, (key, value)| all.with(key, text(value)))
}

/// The value of a fact by which a system would hold state secrets.
const SECRET: &str = "state_secret";

/// The facts that a form says, each under its key; what is empty is not known.
///
/// # Errors
/// With the field that holds something else than its fact. Where state secrets are said: of such a system only the number is
/// kept, so it is marked as one first, and no dossier with its name is written here.
pub fn said(sent: &Answers) -> Result<Facts, Problem> {
    let table = levels().table();
    let mut facts = table.nothing_known();
    let mut wrong = Vec::new();
    for fact in table.facts() {
        let text = sent.text(&fact.key);
        if fact.kind == FactKind::Choice && text == SECRET {
            return Err(Problem::bad_input("secret-mark-first").field(&fact.key, "secret-mark-first"));
        }
        let given = match (fact.kind, text) {
            (_, "") => continue,
            (FactKind::Bool, "yes") => Given::Bool(true),
            (FactKind::Bool, "no") => Given::Bool(false),
            (FactKind::Bool, _) => Given::Choice(text),
            (FactKind::Choice, code) => Given::Choice(code),
            (FactKind::Number, number) => match number.replace(['.', ' '], "").parse() {
                Ok(number) => Given::Number(number),
                Err(_) => Given::Choice(text),
            },
        };
        if table.set(&mut facts, &fact.key, given).is_err() {
            let code = if fact.kind == FactKind::Number { "level-fact-number" } else { "unknown-choice" };
            wrong.push(FieldProblem { args: vec![("text", text.to_owned())], ..FieldProblem::new(&*fact.key, code) });
        }
    }
    match wrong.first() {
        None => Ok(facts),
        Some(first) => {
            let (code, args) = (first.code, first.args.clone());
            Err(Problem { args, fields: wrong, ..Problem::bad_input(code) })
        }
    }
}

/// Facts as a dossier keeps them; those of an earlier edition as far as they still mean something.
pub fn kept(text: &str) -> Facts {
    let written: Map<String, Json> = serde_json::from_str(text).unwrap_or_default();
    levels().table().keep_facts(&written).0
}

pub fn written(facts: &Facts) -> String {
    Json::Object(levels().table().write_facts(facts)).to_string()
}

/// The level that the rules propose.
pub fn proposed(facts: &Facts) -> Result<Proposal, Problem> {
    levels().propose(facts).map_err(|_| Problem::internal("facts of another table"))
}

/// The keys of the rules that decided.
pub fn because(proposal: &Proposal, facts: &Facts) -> String {
    let verdict = proposal.decision.verdicts.get(levels().part());
    let reasons = verdict.map(|verdict| levels().table().reasons(verdict, facts)).unwrap_or_default();
    reasons.iter().map(|reason| reason.rule).collect::<Vec<_>>().join(" ")
}
