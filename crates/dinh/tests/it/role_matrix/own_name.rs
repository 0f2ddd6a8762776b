//! Things of others in the name of one's own body: the body is the asker's to speak for, the thing is not.

use super::strangers::{COMMUNE, Stranger};
use crate::{ask::Ask, house::House, samples::Samples};

impl Samples<'_> {
    /// A target of which the plan says nothing to this body.
    async fn target_without(&self, body: &str) -> String {
        let named = "SELECT 1 FROM programme_target_body b JOIN directory_unit u ON u.id = b.unit_id";
        let named = format!("{named} WHERE b.target_id = t.id AND u.name = '{body}'");
        let sql = format!("SELECT t.id FROM programme_target t WHERE NOT EXISTS ({named})");
        self.one(&format!("{sql} ORDER BY t.id LIMIT 1"), "target").await
    }

    /// Said as the officer's requests are, but for `own`: nobody of that body may.
    async fn in_the_name_of(&self, body: &str) -> Vec<(&'static str, Ask)> {
        let (officer, own) = (&self.officer, self.unit(body).to_string());
        let (target, own) = (self.target_without(body).await, own.as_str());
        let value = [
            ("unit", own),
            ("period", "2026-M11"),
            ("numerator", "7"),
            ("denominator", "10"),
            ("status", "official"),
            ("evidence", "BC 12"),
        ];
        let raised = [("unit", own), ("text", "Chưa có số liệu gốc"), ("proposal", "")];
        let account = self.one("SELECT id FROM directory_account WHERE login = 'taichinh'", "account").await;
        let form = |path: &str, fields: &[(&str, &str)]| Ask::form(officer, path, fields);
        vec![
            (
                "answer a question that was put to another body",
                form(&format!("/questions/{}/answer", self.question().await), &[("unit", own), ("text", "Do chờ vốn")]),
            ),
            ("give the value of a target that is others'", form(&format!("/targets/{target}/values"), &value)),
            (
                "raise a difficulty on a target that is others'",
                form(&format!("/targets/{target}/difficulties"), &raised),
            ),
            (
                "bring itself in to help",
                form(&format!("/parts/{}/helpers", self.part().await), &[("unit", own), ("on_behalf", "true")]),
            ),
            (
                "follow a plan by its own word",
                form(&format!("/plans/{}/roles", self.live_plan().await), &[("unit", own), ("role", "follows")]),
            ),
            (
                "take another's system over",
                form(&format!("/systems/{}/edit", self.system("Của sở").await), &[("rev", "1"), ("owner", own)]),
            ),
            (
                "give another's colleague a new slip",
                form("/people/reset", &[("account", account.as_str()), ("unit", own)]),
            ),
            (
                "give another's colleague a post of its own from the page of theirs",
                form(
                    &format!("/posts/{}/another", self.post_of("taichinh").await),
                    &[("unit", own), ("role", "officer")],
                ),
            ),
        ]
    }
}

#[tokio::test]
async fn ones_own_name_opens_nothing_that_is_others() {
    let house = House::demo().await;
    let samples =
        Samples { house: &house, admin: house.signed_in("quantri").await, officer: house.signed_in("vidu").await };
    let (strangers, mut wrong) = (Stranger::of(&house, COMMUNE).await, Vec::new());
    for (what, ask) in samples.in_the_name_of(COMMUNE).await {
        for stranger in &strangers {
            let before = house.ledger_length().await;
            let answer = ask.send_as(&stranger.client).await;
            if !stranger.is_refused(&answer) || house.ledger_length().await != before {
                wrong.push(format!("{} may {what}: {} {}", stranger.name(), answer.status, answer.location));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
