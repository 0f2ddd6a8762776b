//! One rule as its form sends it: its words, answer and rank, and its conditions line by line.

use kernel::{FieldProblem, Problem};
use portfolio::{
    Words,
    table::{ConditionText, FactText, Line, Lines, Op, PartText, RuleText},
};
use webkit::Answers;

use super::assess::whole;

/// The rule that is meant: the one before with what was sent of it, or a new one. Its lines are those that it had, but
/// for those that go, and perhaps one more; a line that is a group of others stays as it is.
pub fn read(
    facts: &[FactText],
    part: &PartText,
    before: Option<&RuleText>,
    sent: &Answers,
) -> Result<RuleText, Problem> {
    let mut wrong = Vec::new();
    let say = Words { vi: words(sent, "vi", &mut wrong), en: words(sent, "en", &mut wrong) };
    let answer = sent.text("answer").to_owned();
    if !part.answers.iter().any(|one| one.code == answer) {
        wrong.push(FieldProblem::new("answer", "rule-no-answer"));
    }
    let rank = whole(sent.text("rank")).and_then(|rank| u16::try_from(rank).ok());
    if rank.is_none() {
        wrong.push(FieldProblem::new("rank", "rule-rank-number"));
    }
    let lines = lines(facts, before, sent, &mut wrong);
    let (Some(rank), true) = (rank, wrong.is_empty()) else {
        return Err(Problem { fields: wrong, ..Problem::bad_input("rule-wrong") });
    };
    Ok(match before {
        Some(rule) => RuleText { key: rule.key.clone(), rank, when: rule.when.with(lines), answer, say },
        None => RuleText { key: part.free_key(&say.en), rank, when: lines.into(), answer, say },
    })
}

/// As they are stored: a key is made of them.
fn words(sent: &Answers, field: &str, wrong: &mut Vec<FieldProblem>) -> String {
    let words = db::Words::new(sent.text(field).replace("\r\n", "\n")).into_string();
    if words.is_empty() {
        wrong.push(FieldProblem::new(field, "rule-no-words"));
    }
    words
}

fn lines(facts: &[FactText], before: Option<&RuleText>, sent: &Answers, wrong: &mut Vec<FieldProblem>) -> Lines {
    let old = before.map(|rule| rule.when.lines()).unwrap_or_default();
    let mut lines = Vec::new();
    for (at, one) in old.lines.iter().enumerate() {
        if sent.text(&format!("out-{at}")) == "1" {
            continue;
        }
        lines.push(match one.line() {
            Some(line) => test(facts, at, &line, sent, wrong),
            None => one.clone(),
        });
    }
    let fact = sent.text("fact");
    match facts.iter().find(|one| one.key == fact) {
        Some(fact) => lines.push(Line::new(&fact.key, fact.kind).into()),
        None if fact.is_empty() => {}
        None => wrong.push(FieldProblem::new("fact", "rule-no-fact")),
    }
    let is_any = match sent.text("join") {
        "any" => true,
        "all" => false,
        _ => old.is_any,
    };
    Lines { is_any, lines }
}

/// The line at this place as it was sent; as it was where that is no test of its fact.
fn test(facts: &[FactText], at: usize, old: &Line, sent: &Answers, wrong: &mut Vec<FieldProblem>) -> ConditionText {
    let name = |what: &str| format!("{what}-{at}");
    let fact = facts.iter().find(|one| one.key == old.fact);
    let op = fact.and_then(|fact| Some((fact, Op::parse(fact.kind, sent.text(&name("op")))?)));
    let Some((fact, op)) = op else {
        wrong.push(FieldProblem::new(name("op"), "rule-no-op"));
        return old.clone().into();
    };
    let mut line = Line { op, values: Vec::new(), least: None, below: None, ..old.clone() };
    match op {
        Op::In | Op::NotIn => {
            line.values = ticked(fact, at, &old.values, sent);
            // What names no value was written by hand, and may stay.
            if line.values.is_empty() && line != *old {
                wrong.push(FieldProblem::new(name("op"), "rule-no-value"));
            }
        }
        Op::Within => {
            line.least = bound(sent, name("least"), wrong);
            line.below = bound(sent, name("below"), wrong);
            let is_blank = ["least", "below"].iter().all(|what| sent.text(&name(what)).is_empty());
            let is_crossed = line.least.zip(line.below).is_some_and(|(least, below)| least >= below);
            if is_blank || is_crossed {
                wrong.push(FieldProblem::new(name("least"), "rule-no-bounds"));
            }
        }
        Op::Yes | Op::No | Op::Known | Op::Unknown => {}
    }
    line.into()
}

/// The codes that are ticked, in the order in which they stood; those that are new behind them.
fn ticked(fact: &FactText, at: usize, old: &[String], sent: &Answers) -> Vec<String> {
    let is_ticked = |place: usize| sent.text(&format!("value-{at}-{place}")) == "1";
    let codes = fact.values.iter().enumerate().filter(|(place, _)| is_ticked(*place)).map(|(_, value)| &value.code);
    let codes: Vec<&String> = codes.collect();
    let kept = old.iter().filter(|code| codes.contains(code));
    let new = codes.iter().copied().filter(|code| !old.contains(code));
    kept.chain(new).cloned().collect()
}

fn bound(sent: &Answers, field: String, wrong: &mut Vec<FieldProblem>) -> Option<i64> {
    let typed = sent.text(&field);
    let number = whole(typed);
    if number.is_none() && !typed.is_empty() {
        wrong
            .push(FieldProblem { args: vec![("text", typed.to_owned())], ..FieldProblem::new(field, "weight-number") });
    }
    number
}

#[cfg(test)]
mod tests {
    use portfolio::{strategy::SHIPPED, table::TableText};

    use super::*;

    fn shipped() -> TableText {
        serde_json::from_str(SHIPPED).unwrap()
    }

    /// What the form of a rule shows, sent as it is.
    fn form(facts: &[FactText], rule: &RuleText) -> Answers {
        let mut sent = Answers::default()
            .with("vi", &rule.say.vi)
            .with("en", &rule.say.en)
            .with("answer", &rule.answer)
            .with("rank", rule.rank.to_string());
        for (at, line) in rule.when.lines().lines.iter().enumerate() {
            let Some(line) = line.line() else { continue };
            sent = sent.with(&format!("op-{at}"), line.op.code());
            sent = sent.with_some(&format!("least-{at}"), line.least).with_some(&format!("below-{at}"), line.below);
            let fact = facts.iter().find(|one| one.key == line.fact).unwrap();
            for (place, _) in fact.values.iter().enumerate().filter(|(_, one)| line.values.contains(&one.code)) {
                sent = sent.with(&format!("value-{at}-{place}"), "1");
            }
        }
        sent
    }

    fn sent_of(key: &str) -> (TableText, RuleText, Answers) {
        let table = shipped();
        let rule = table.parts[1].rule(key).unwrap().clone();
        let sent = form(&table.facts, &rule);
        (table, rule, sent)
    }

    fn codes(refused: Problem) -> Vec<(String, &'static str)> {
        refused.fields.into_iter().map(|one| (one.field, one.code)).collect()
    }

    #[test]
    fn every_rule_that_ships_comes_through_its_form_as_it_was() {
        let before = shipped();
        let mut after = before.clone();
        for (at, part) in before.parts.iter().enumerate() {
            for rule in &part.rules {
                let sent = form(&before.facts, rule);
                after.parts[at].put(read(&before.facts, part, Some(rule), &sent).unwrap());
            }
        }
        assert_eq!(after, before);
    }

    #[test]
    fn lines_go_come_and_change_and_a_group_among_them_stays() {
        let (table, rule, sent) = sent_of("there");
        let read = |sent: &Answers| read(&table.facts, &table.parts[1], Some(&rule), sent).unwrap().when;
        let group = rule.when.lines().lines[1].clone();
        assert_eq!(read(&sent.clone().with("out-0", "1")), group);
        let other =
            sent.clone().with("op-0", "not_in").with("value-0-2", "").with("value-0-5", "1").with("fact", "users");
        let expected = serde_json::json!({"all": [
            {"fact": "hosting", "not_in": ["domestic_cloud", "hybrid"]},
            serde_json::to_value(&group).unwrap(),
            {"fact": "users", "known": true}]});
        assert_eq!(serde_json::to_value(read(&other)).unwrap(), expected);
        let either = read(&sent.with("join", "any"));
        assert_eq!((either.all, either.any.map(|any| any.len())), (None, Some(2)));
    }

    #[test]
    fn what_is_no_rule_is_refused_at_its_fields() {
        let (table, rule, sent) = sent_of("unused");
        let part = &table.parts[1];
        let read = |sent: &Answers| codes(read(&table.facts, part, Some(&rule), sent).unwrap_err());
        let sent = sent.with("vi", " ").with("answer", "dance").with("rank", "-1").with("fact", "luck");
        let wrong = read(&sent.with("op-0", "in").with("value-1-0", "").with("below-2", "ten"));
        let expected = [
            ("vi", "rule-no-words"),
            ("answer", "rule-no-answer"),
            ("rank", "rule-rank-number"),
            ("op-0", "rule-no-op"),
            ("op-1", "rule-no-value"),
            ("below-2", "weight-number"),
            ("fact", "rule-no-fact"),
        ];
        assert_eq!(wrong, expected.map(|(field, code)| (field.to_owned(), code)));
        let (.., sent) = sent_of("unused");
        let crossed = read(&sent.clone().with("least-0", "5"));
        assert_eq!(crossed, [("least-0".to_owned(), "rule-no-bounds")]);
        assert_eq!(read(&sent.with("below-0", "")), [("least-0".to_owned(), "rule-no-bounds")]);
    }

    #[test]
    fn a_new_rule_begins_with_one_line_or_always_holds() {
        let table = shipped();
        let sent = Answers::default().with("vi", "Gọi 0905123456").with("en", "Call 0905123456");
        let sent = sent.with("answer", "retain").with("rank", "15");
        let rule = read(&table.facts, &table.parts[1], None, &sent).unwrap();
        assert!(!rule.key.contains("0905123456") && !rule.say.vi.contains("0905123456"), "{rule:?}");
        assert_eq!((rule.when, rule.rank), (ConditionText::from(Lines::default()), 15));
        let rule = read(&table.facts, &table.parts[1], None, &sent.with("fact", "special_hardware")).unwrap();
        assert_eq!(rule.when.is, Some(true));
    }
}
