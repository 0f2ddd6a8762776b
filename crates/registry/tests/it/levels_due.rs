//! What is wrong with levels by pages, and what of them waits and falls due.

use axum::http::{Method, StatusCode};
use db::Row as _;
use jiff::civil::date;
use kernel::{Dues as _, Role, Waiting as _};
use registry::model::level::Dossier;
use serde_json::{Value, json};

use crate::{
    house,
    inbox::inbox,
    levels::{OWNER, of, system},
};

#[tokio::test]
async fn what_is_wrong_with_the_levels_of_one_owner_comes_by_pages() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    for number in 0..=100 {
        let more = json!({"state": "operating", "operating_since": "2026-06-01"});
        system(&clerk, &format!("Hệ thống {number:03}"), more).await;
    }
    let first = format!("/levels/faults?owner={}", house.unit(OWNER));
    let page = clerk.get(&first).await.body;
    assert!(page.contains("Hệ thống 000") && page.contains("Hệ thống 099") && !page.contains("Hệ thống 100"), "{page}");
    let after = page.split("after=").nth(1).unwrap().split('"').next().unwrap();
    let page = clerk.get(&format!("{first}&after={after}")).await.body;
    assert!(page.contains("Hệ thống 100") && !page.contains("Hệ thống 099"), "{page}");
    assert!(clerk.get(&format!("{first}&after=%21")).await.status.is_client_error());
    // A program is told the same.
    let api = "/api/v1/levels/faults";
    let (one, two) = (clerk.get(api).await.json(), clerk.get(&format!("{api}?after=100")).await.json());
    let told = |page: &Value| (page["systems"].as_i64(), page["violations"].as_array().unwrap().len());
    assert_eq!((told(&one), one["next"].as_str()), ((Some(101), 100), Some("100")));
    assert_eq!((told(&two), two["next"].as_str()), ((Some(101), 1), None));
}

#[tokio::test]
async fn what_a_body_must_do_about_levels_and_its_list_waits_until_it_is_done() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let old = system(&clerk, "Ngân sách", json!({"state": "operating", "operating_since": "2026-06-01"})).await;
    system(&clerk, "Kế toán", json!({"state": "operating"})).await;
    let inbox = inbox(&house);
    let waits = async |login: &str| {
        let waits = inbox.waiting(&house.ctx(login)).await.unwrap().into_iter();
        waits.map(|one| (one.kind, one.words, one.until)).collect::<Vec<_>>()
    };
    let dues = async |day| {
        let dues = inbox.due_on(&[day]).await.unwrap().into_iter();
        dues.map(|due| (due.kind, due.unit, due.words)).collect::<Vec<_>>()
    };
    // One line for the body, from the first day since which it should have been; each system is reminded of by its own.
    assert_eq!(waits("so").await, [("level-missing", format!("{OWNER} (2)"), date(2020, 12, 31))]);
    assert!(waits("gd").await.is_empty());
    let unit = house.unit(OWNER);
    assert_eq!(dues(date(2026, 6, 1)).await, [("level-missing", unit, "Ngân sách".to_owned())]);
    // A calendar asks of its bodies alone, over many days.
    let of_units = async |name| {
        let dues = inbox.of_units(&[house.unit(name)], (date(2026, 1, 1), date(2026, 12, 31))).await.unwrap();
        dues.into_iter().map(|due| (due.kind, due.due)).collect::<Vec<_>>()
    };
    assert_eq!(of_units(OWNER).await, [("level-missing", date(2026, 6, 1))]);
    assert!(of_units("Sở Y tế").await.is_empty());
    let said = json!({"rev": of(&house, &old).await.rev, "number": "5/QĐ-UBND", "on_day": "2026-06-11", "level": "2"});
    let answer = leader.json(Method::POST, &format!("/api/v1/systems/{old}/level-decision"), &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(waits("so").await, [("level-missing", format!("{OWNER} (1)"), date(2020, 12, 31))]);
    assert!(dues(date(2026, 6, 1)).await.is_empty());
    let row = Dossier::find(&house.app.db().read(), "", vec![]).await.unwrap().remove(0);
    assert_eq!(dues(row.check_by.unwrap()).await, [("level-check", unit, "Ngân sách".to_owned())]);
    // The word of the year is asked for in its last month, and of who may give it.
    house.clock.set(date(2026, 12, 5));
    assert_eq!(waits("gd").await, [("confirmation", format!("{OWNER} (2)"), date(2026, 12, 31))]);
    assert!(waits("so").await.iter().all(|(kind, ..)| *kind != "confirmation"));
    let said = house.as_("gd").await.form("/systems/confirmations", &[("unit", &unit.to_string())]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert!(waits("gd").await.is_empty());
}
