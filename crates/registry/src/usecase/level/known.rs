//! What the table of levels is told of a system, and what it answers.

use std::sync::OnceLock;

use kernel::Problem;
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

/// The facts that a form says, each under its key; what is empty is not known.
///
/// # Errors
/// With the field that holds something else than its fact.
pub fn said(sent: &Answers) -> Result<Facts, Problem> {
    let table = levels().table();
    let mut facts = table.nothing_known();
    let mut wrong: Option<Problem> = None;
    for fact in table.facts() {
        let text = sent.text(&fact.key);
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
            let problem = wrong.unwrap_or_else(|| Problem::bad_input("unknown-choice").with("text", text));
            wrong = Some(problem.field(&fact.key, "unknown-choice"));
        }
    }
    wrong.map_or(Ok(facts), Err)
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
