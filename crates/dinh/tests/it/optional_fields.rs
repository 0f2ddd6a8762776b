//! Of every form that changes something: a field for which it is refused when it is left empty is not marked as optional.

use std::collections::BTreeSet;

use crate::{house::House, samples::Samples};

/// Fields of which one is needed, whichever, or that only one answer asks for: the form says so, and each may be left
/// empty. Path, field, what it says.
const ONE_OF: &[(&str, &str, &str)] = &[
    ("/systems/{id}/label", "evidence-log", "cần căn cứ"),
    ("/systems/{id}/availability", "minutes", "Hãy ghi số phút gián đoạn hoặc tỷ lệ sẵn"),
    ("/parts/{id}/evidence", "number", "Cần ít nhất một"),
    ("/levels/{id}/controls", "evidence-officer", "cần căn cứ và ngày"),
    ("/levels/{id}/controls", "day-officer", "cần căn cứ và ngày"),
];
const OPTIONAL: &str = "(không bắt buộc)";
/// What a form carries unseen, what is chosen or ticked, and secrets: not left empty by who fills it in.
const CHOSEN: [&str; 18] = [
    "rev",
    "act",
    "kind",
    "role",
    "status",
    "rule",
    "part",
    "year",
    "position",
    "confirm",
    "end",
    "reopen",
    "restore",
    "on_behalf",
    "password",
    "current",
    "again",
    "code",
];

/// The ids of the fields at which something is said to be wrong.
fn faulty(body: &str) -> BTreeSet<&str> {
    body.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next()?.strip_suffix("-error")).collect()
}

fn is_marked(body: &str, id: &str) -> bool {
    let label = body.split(&format!("for=\"{id}\"")).nth(1).and_then(|rest| rest.split("</label>").next());
    label.is_some_and(|label| label.contains(OPTIONAL))
}

#[tokio::test]
async fn no_field_that_an_act_demands_is_marked_as_optional() {
    let house = House::demo_with(&crate::reminders::config(1)).await;
    let samples =
        Samples { house: &house, admin: house.signed_in("quantri").await, officer: house.signed_in("vidu").await };
    let routes: Vec<webkit::Route> = house.app.modules().iter().flat_map(|module| (module.routes)()).collect();
    let (mut wrong, mut seen) = (BTreeSet::new(), 0);
    for route in routes.into_iter().filter(|route| route.mutates && !route.is_api()) {
        let ask = samples.ask(&route).await;
        let names: BTreeSet<&str> = ask.fields().into_iter().map(|(name, _)| name).collect();
        for name in names.into_iter().filter(|name| !CHOSEN.contains(name)) {
            let answer = ask.with_empty(name).send().await;
            if !answer.status.is_client_error() {
                // It may be left empty: the act is done.
                break;
            }
            for id in faulty(&answer.body) {
                seen += 1;
                let one_of = ONE_OF.iter().find(|(path, field, _)| *path == route.path && *field == id);
                let is_said = one_of.is_some_and(|(_, _, said)| answer.body.contains(said));
                if is_marked(&answer.body, id) && !is_said {
                    wrong.insert(format!("{} without {name}: {id}", route.path));
                }
            }
        }
        // What comes next is about what this leaves.
        ask.send().await;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 20, "only {seen} forms came back with a fault at a field");
}
