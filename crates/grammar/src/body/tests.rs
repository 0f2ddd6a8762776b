//! Cases as documents write them: the bodies of a list, parted by " | ", and the words that must be left behind it.

mod by_chance;
mod cells;
mod life;
mod lists;
mod names;
mod whole;

use super::*;

fn check(cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (text, bodies, rest) in cases {
        let found = at(text, 0);
        let names = found.as_ref().map(|found| joined(&found.bodies)).unwrap_or_default();
        let left = found.as_ref().and_then(|found| text.get(found.span.end..)).unwrap_or_default();
        if names != *bodies || left.trim() != *rest {
            wrong.push(format!("{text}\n    is    {names} + {left}\n    wants {bodies} + {rest}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn joined(bodies: &[Body]) -> String {
    bodies.iter().map(|body| body.name.as_str()).collect::<Vec<_>>().join(" | ")
}
