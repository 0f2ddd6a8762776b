//! The register by tasks: each says how far its bodies are, and opens to them.

use kernel::Role;

use crate::{
    house::{COMMUNE, House},
    round::words,
};

#[tokio::test]
async fn the_register_by_tasks_adds_up_to_the_register_and_opens_to_its_bodies() {
    let house = House::demo().await;
    for (login, role) in [("vidu", Role::PROGRAMME), ("thu", Role::OFFICER), ("lanhdao", Role::LEADER)] {
        let client = house.as_(login).await;
        let page = words(&client.get("/tasks?group=task&of=ours").await.body);
        let totals: i64 = page.split("<b>").skip(1).filter_map(|rest| total(rest)).sum();
        let parts = client.get("/api/v1/tasks?of=ours").await.json();
        let mut count = parts["items"].as_array().unwrap().len();
        let mut next = parts["next"].as_str().map(str::to_owned);
        while let Some(after) = next {
            let more = client.get(&format!("/api/v1/tasks?of=ours&after={after}")).await.json();
            count += more["items"].as_array().unwrap().len();
            next = more["next"].as_str().map(str::to_owned);
        }
        assert_eq!(usize::try_from(totals).unwrap(), count, "{login} {role:?}");
    }
}

/// The whole of "3/7 xong".
fn total(rest: &str) -> Option<i64> {
    rest.split(" xong").next()?.split_once('/')?.1.parse().ok()
}

#[tokio::test]
async fn an_open_task_has_ticks_and_keeps_what_was_asked_for() {
    let house = House::demo().await;
    let client = house.as_("vidu").await;
    let unit = house.unit(COMMUNE);
    let page = client.get(&format!("/tasks?group=task&lead={unit}")).await.body;
    let at = page.find("unfold=task_").expect("a task that opens");
    let id = page[at + 7..].split(['"', '&']).next().unwrap();
    let open = words(&client.get(&format!("/tasks?group=task&lead={unit}&unfold={id}")).await.body);
    assert!(open.contains("name=\"part\"") && open.contains(COMMUNE), "{open}");
    assert_eq!(open.matches("name=\"part\"").count(), 1, "of this body alone");
    assert!(open.contains("formaction=\"/work/check\"") && open.contains("/tasks/chase"), "{open}");
    let clerk = words(&house.as_("thu").await.get("/tasks?group=task").await.body);
    assert!(!clerk.contains("formaction"), "who may neither urge nor check has no such acts");
}
