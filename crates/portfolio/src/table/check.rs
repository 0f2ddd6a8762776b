//! Does a table answer every case, and each in one way?

use std::collections::BTreeSet;

use super::{
    condition::Seen,
    draft::{Draft, Part, Table},
    fault::{Checked, Defect, Example, Warning},
    search::{Exhausted, Search},
    value::{Value, written},
};

/// Steps of the search for one table: the one that ships takes some hundreds.
pub const MOST_STEPS: u64 = 400_000;

/// Defects that are reported; more help nobody.
const MOST_DEFECTS: usize = 20;

type Fixed = [Option<Value>];

impl Draft {
    /// A table, or the cases that show why it is none.
    pub fn check(self) -> Result<Table, Checked> {
        let checked = self.checked(MOST_STEPS);
        if checked.defects.is_empty() { Ok(Table::new(self, checked)) } else { Err(checked) }
    }

    pub fn checked(&self, most_steps: u64) -> Checked {
        let rules = self.parts.iter().flat_map(|part| &part.rules);
        let mut search = Search::new(&self.text.facts, rules.map(|rule| &rule.when), most_steps);
        let mut out = Checked::default();
        for at in 0..self.parts.len() {
            let before = search.left;
            if self.check_part(at, &mut search, &mut out).is_err() {
                let cases = search.cases(&used(&self.parts[..=at]));
                out.defects.push(Defect::TooLarge { part: self.parts[at].key.clone(), steps: before, cases });
                break;
            }
        }
        let used: BTreeSet<usize> = used(&self.parts).into_iter().collect();
        let unused = self.text.facts.iter().enumerate().filter(|(at, _)| !used.contains(at));
        out.warnings.extend(unused.map(|(_, fact)| Warning::UnusedFact { fact: fact.key.clone() }));
        out.steps = most_steps - search.left;
        out
    }

    fn check_part(&self, at: usize, search: &mut Search, out: &mut Checked) -> Result<(), Exhausted> {
        let part = &self.parts[at];
        let key = || part.key.clone();
        let gap = |fixed: &Fixed| {
            let silent = part.rules.iter().map(|rule| rule.when.seen(fixed).not());
            Seen::all(silent.chain([self.is_asked(at, fixed)]))
        };
        if let Some(case) = search.find(&gap)? {
            out.defects.push(Defect::Gap { part: key(), example: self.example(&case) });
        }
        let mut answered = vec![false; part.answers.len()];
        for (place, rule) in part.rules.iter().enumerate() {
            let decides = |fixed: &Fixed| {
                let higher = part.rules.iter().take_while(|other| other.rank > rule.rank);
                let silent = higher.map(|other| other.when.seen(fixed).not());
                Seen::all([rule.when.seen(fixed)].into_iter().chain(silent).chain([self.is_asked(at, fixed)]))
            };
            if search.find(&decides)?.is_none() {
                out.warnings.push(Warning::NeverDecides { part: key(), rule: rule.key.clone() });
                continue;
            }
            answered[rule.answer] = true;
            let rest = part.rules[place + 1..].iter().take_while(|other| other.rank == rule.rank);
            for other in rest.filter(|other| other.answer != rule.answer) {
                let both = |fixed: &Fixed| Seen::all([other.when.seen(fixed), decides(fixed)].into_iter());
                let Some(case) = search.find(&both)? else { continue };
                let answers = [rule, other].map(|one| part.answers[one.answer].code.clone());
                let rules = [rule.key.clone(), other.key.clone()];
                if out.defects.len() < MOST_DEFECTS {
                    let example = self.example(&case);
                    out.defects.push(Defect::Contradiction { part: key(), rules, answers, example });
                }
            }
        }
        let given = self.parts[..at].iter().flat_map(|earlier| {
            let ends = earlier.answers.iter().filter_map(|answer| answer.ends.as_ref());
            ends.filter_map(move |ends| ends.get(at - self.place(earlier) - 1).copied())
        });
        given.for_each(|answer| answered[answer] = true);
        let never = part.answers.iter().zip(answered).filter(|(_, answered)| !answered);
        out.warnings
            .extend(never.map(|(answer, _)| Warning::NeverAnswered { part: key(), answer: answer.code.clone() }));
        Ok(())
    }

    fn place(&self, part: &Part) -> usize {
        self.parts.iter().position(|other| std::ptr::eq(other, part)).unwrap_or_default()
    }

    /// Whether no earlier part ends the table.
    fn is_asked(&self, part: usize, fixed: &Fixed) -> Seen {
        Seen::all(self.parts[..part].iter().map(|earlier| ends(earlier, fixed).not()))
    }

    fn example(&self, case: &[Option<Value>]) -> Example {
        let fixed = self.text.facts.iter().zip(case).filter_map(|(fact, value)| Some((fact, (*value)?)));
        fixed.map(|(fact, value)| (fact.key.clone(), written(fact, value))).collect()
    }
}

/// Whether the rule of this part that decides has an answer after which nothing more is asked.
fn ends(part: &Part, fixed: &Fixed) -> Seen {
    for rule in &part.rules {
        match rule.when.seen(fixed) {
            Seen::Yes => return Seen::from(part.answers[rule.answer].ends.is_some()),
            Seen::No => {}
            open @ Seen::Open(_) => return open,
        }
    }
    Seen::No
}

/// The facts for which these parts ask.
fn used(parts: &[Part]) -> Vec<usize> {
    let used: BTreeSet<usize> = parts.iter().flat_map(|part| &part.rules).flat_map(|rule| rule.when.facts()).collect();
    used.into_iter().collect()
}
