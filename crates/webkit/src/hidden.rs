//! A page's names that hide those of the templates, or are hidden by them. A template finds a name of its context before the
//! function that bears it, also inside macros that it imports, and a macro of the layout before the page's name: then the page
//! fails, or says something else, and only where that macro is used. Asked of every page that is rendered in a debug build, so
//! of every page that a test looks at.

use std::collections::BTreeSet;

use kernel::Problem;
use minijinja::{Environment, Value};

/// Only the frame says why a form was refused, and only where it was.
const REFUSAL: &str = "refusal";

/// What this context hides of the functions, and what hides it in the template and those that it extends.
pub fn by_names(env: &Environment<'_>, template: &str, context: &Value) -> Vec<String> {
    let names = names(context);
    let functions = env.globals().filter(|(name, _)| names.contains(*name));
    let mut out: Vec<String> = functions
        .map(|(name, _)| fault(template, name, "hides the function of that name, which macros call"))
        .collect();
    let above = |name: &String| extended(env.get_template(name).ok()?.source());
    for place in std::iter::successors(Some(template.to_owned()), above) {
        let Ok(found) = env.get_template(&place) else { break };
        let taken = declared(found.source()).into_iter().filter(|name| names.contains(*name));
        out.extend(taken.map(|name| fault(template, name, &format!("is hidden by what {place} calls so"))));
    }
    out
}

/// What this page hides of what the layout is told.
pub fn by_page(template: &str, page: &Value, frame: &Value) -> Vec<String> {
    let mut told = names(frame);
    told.insert(REFUSAL.to_owned());
    told.intersection(&names(page)).map(|name| fault(template, name, "hides what the layout shows by it")).collect()
}

/// # Errors
/// Where there is any.
pub fn refuse(faults: Vec<String>) -> Result<(), Problem> {
    if faults.is_empty() { Ok(()) } else { Err(Problem::internal(faults.join("; "))) }
}

fn fault(template: &str, name: &str, why: &str) -> String {
    format!("{template}: `{name}` of its context {why}: give it another name there and in the template")
}

fn names(context: &Value) -> BTreeSet<String> {
    let keys = context.try_iter().into_iter().flatten();
    keys.filter_map(|key| key.as_str().map(str::to_owned)).collect()
}

fn tags(source: &str) -> impl Iterator<Item = &str> {
    let inside = source.split("{%").skip(1).filter_map(|rest| rest.split("%}").next());
    inside.map(|tag| tag.trim_matches(|c: char| c == '-' || c.is_whitespace()))
}

fn words(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The template that this one fills.
fn extended(source: &str) -> Option<String> {
    let name = tags(source).find_map(|tag| tag.strip_prefix("extends "))?;
    Some(name.trim_matches(['"', '\'', ' ']).to_owned())
}

/// Macros, imports and variables of the template itself, not those inside its blocks and macros.
fn declared(source: &str) -> Vec<&str> {
    let (mut out, mut depth) = (Vec::new(), 0_usize);
    for tag in tags(source) {
        let kind = words(tag).next().unwrap_or_default();
        if depth == 0 {
            match kind {
                "macro" => out.extend(words(tag).nth(1)),
                "import" => out.extend(words(tag).last()),
                "from" => {
                    let taken = tag.split_once(" import ").map_or("", |(_, taken)| taken);
                    out.extend(taken.split(',').filter_map(|one| words(one).last()));
                }
                "set" => {
                    let named = tag.split('=').next().unwrap_or_default().trim_start_matches("set");
                    out.extend(named.split(',').map(str::trim).filter(|name| !name.contains('.')));
                }
                _ => {}
            }
        }
        match kind {
            "block" | "call" | "for" | "macro" => depth += 1,
            "endblock" | "endcall" | "endfor" | "endmacro" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use minijinja::context;

    use super::*;

    const LAYOUT: &str = "{% import 'parts' as p %}{%- from 'parts' import day as on, state -%}{% macro waits(n) %}\
        {% set inner = n %}{{ inner }}{% endmacro %}{% set ns.a = 1 %}{% set look, tone = 1, 2 %}\
        {% block main %}{% set within = 1 %}{% endblock %}";

    #[test]
    fn a_name_that_hides_a_function_or_is_hidden_by_the_layout_is_refused() {
        let mut env = Environment::new();
        env.add_function("more", || "");
        env.add_template("parts", "").unwrap();
        env.add_template("layout", LAYOUT).unwrap();
        env.add_template("page", "{% extends \"layout\" %}{% macro own() %}{% endmacro %}").unwrap();
        let wrong = |context: Value| by_names(&env, "page", &context);
        for name in ["p", "on", "state", "waits", "look", "tone", "own", "more"] {
            let said = wrong(crate::view(BTreeMap::from([(name, 1)])));
            assert!(said.len() == 1 && said[0].contains(&format!("page: `{name}` of its context")), "{name}: {said:?}");
        }
        let row = context! { more => 1, waits => 2 };
        assert_eq!(wrong(context! { row, day => 1, inner => 1, within => 1, a => 1, ns => 1 }), Vec::<String>::new());
        let faults = wrong(context! { waits => 1, more => 2 });
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(refuse(faults).is_err() && refuse(vec![]).is_ok());
    }

    #[test]
    fn a_page_says_nothing_in_the_place_of_the_frame() {
        let frame = context! { done => "", now => 1 };
        assert_eq!(by_page("page", &context! { done => 1, refusal => (), rows => 1 }, &frame).len(), 2);
        assert_eq!(by_page("page", &context! { rows => 1, done_is_over => true }, &frame), Vec::<String>::new());
    }
}
