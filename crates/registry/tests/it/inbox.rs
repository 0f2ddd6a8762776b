//! What waits for a leader's word: for the owner's own first, for one above where the owner has none that may. Who is asked
//! is reminded.

use axum::http::StatusCode;
use db::vals;
use jiff::civil::date;
use kernel::{Dues as _, Role, Waiting as _};
use registry::{OpenMoves, model::SystemId};
use serde_json::json;
use testkit::{Client, House};

use crate::{added, house};

const OWNER: &str = "Sở Tài chính";
const MOVE: &str = "INSERT INTO registry_migration (id, system_id, owner_id, name, strategy, from_hosting, to_hosting, \
    state, edition, hands, fold, name_sort, cut_over_on, rev) \
    VALUES ($1, $2, $3, 'Ngân sách', 'rehost', 'own_room', 'provincial_cloud', 'cut_over', '', $4, 'x', 'x', \
    '2026-11-20', 1)";
const DOSSIER: &str = "INSERT INTO registry_dossier (id, system_id, owner_id, name, rule, edition, facts, state, fold, \
    name_sort, proposed, level, sent_on, appraised_on, reviewer_id, rev) \
    VALUES ($1, $2, $3, 'Ngân sách', '', '', '{}', $4, 'x', 'x', 2, 2, '2026-11-18', '2026-11-20', $5, 1)";

const STEP: &str = "INSERT INTO registry_migration_step (id, migration_id, place, code, name, part, gate, need, proof, \
    state, done_by, done_on, rev) \
    VALUES ($1, $2, 1, 'x', 'x', 'work', 'acceptance', 'mandatory', 'document', 'done', $3, '2026-11-20', 1)";

/// A system of the owner that is moved and whose level is appraised; these hands ran it.
async fn waiting(house: &House, clerk: &Client, hands: &str) {
    let said = json!({"name": "Ngân sách", "owner": OWNER, "state": "operating", "hosting": "own_room"});
    let system: SystemId = added(clerk, &said).await.parse().unwrap();
    let id = || house.system().new_id::<kernel::ids::kinds::Unit>().uuid();
    let owner = house.unit(OWNER).uuid();
    house.exec(MOVE, vals![id(), system.uuid(), owner, hands]).await;
    let reviewer = house.unit("Sở Khoa học và Công nghệ").uuid();
    house.exec(DOSSIER, vals![id(), system.uuid(), owner, "appraised", reviewer]).await;
}

pub fn inbox(house: &House) -> OpenMoves {
    let app = &house.app;
    let (bodies, times, people) = (app.bodies().clone(), app.times().clone(), app.colleagues().clone());
    OpenMoves::new(app.db().clone(), bodies, times, people, house.clock.clone())
}

async fn lines(house: &House, login: &str) -> Vec<(&'static str, String)> {
    let waits = inbox(house).waiting(&house.ctx(login)).await.unwrap();
    waits.into_iter().map(|one| (one.kind, one.words)).collect()
}

#[tokio::test]
async fn a_leader_above_is_asked_where_the_owner_has_none_and_told_whose_it_is() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    house.person("tinh", "Tỉnh Mẫu", Role::LEADER).await;
    house.person("yte", "Sở Y tế", Role::LEADER).await;
    waiting(&house, &clerk, "").await;
    let of = |words: &str| [("migration-accept", words.to_owned()), ("level-approve", words.to_owned())];
    assert_eq!(lines(&house, "tinh").await, of("Ngân sách (Sở Tài chính)"));
    assert!(lines(&house, "yte").await.is_empty());
    // The nearest one is asked, and nobody above.
    house.person("ubnd", "UBND tỉnh", Role::LEADER).await;
    assert_eq!(lines(&house, "ubnd").await, of("Ngân sách (Sở Tài chính)"));
    assert!(lines(&house, "tinh").await.is_empty());
    house.person("gd", OWNER, Role::LEADER).await;
    assert_eq!(lines(&house, "gd").await, of("Ngân sách"));
    assert!(lines(&house, "ubnd").await.is_empty() && lines(&house, "tinh").await.is_empty());
}

#[tokio::test]
async fn who_ran_a_migration_is_not_asked_to_accept_it() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    house.person("gd", OWNER, Role::LEADER).await;
    house.person("tinh", "Tỉnh Mẫu", Role::LEADER).await;
    let hand = house.ctx("gd").actor.account().unwrap().to_string();
    waiting(&house, &clerk, &hand).await;
    assert_eq!(lines(&house, "gd").await, [("level-approve", "Ngân sách".to_owned())]);
    assert_eq!(lines(&house, "tinh").await, [("migration-accept", "Ngân sách (Sở Tài chính)".to_owned())]);
}

#[tokio::test]
async fn who_did_a_step_of_a_migration_is_not_asked_to_accept_it() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    house.person("gd", OWNER, Role::LEADER).await;
    house.person("tinh", "Tỉnh Mẫu", Role::LEADER).await;
    waiting(&house, &clerk, "").await;
    let (hand, accept) = (house.ctx("gd").actor.account().unwrap().to_string(), "migration-accept");
    let asked = async |login: &str| lines(&house, login).await.iter().any(|(kind, _)| *kind == accept);
    assert!(asked("gd").await && !asked("tinh").await);
    let project = house.one("SELECT id FROM registry_migration", vec![]).await;
    let id = house.system().new_id::<kernel::ids::kinds::Unit>().uuid();
    house.exec(STEP, vals![id, project, hand]).await;
    assert!(!asked("gd").await && asked("tinh").await);
}

#[tokio::test]
async fn a_leader_of_the_body_that_appraises_sees_what_was_sent() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    house.person("khcn", "Sở Khoa học và Công nghệ", Role::LEADER).await;
    waiting(&house, &clerk, "").await;
    assert!(lines(&house, "khcn").await.is_empty());
    house.exec("UPDATE registry_dossier SET state = 'sent' WHERE state = $1", vals!["appraised"]).await;
    assert_eq!(lines(&house, "khcn").await, [("level-appraise", "Ngân sách".to_owned())]);
}

async fn says(client: &Client, page: &str, said: &[(&str, &str)]) {
    assert_eq!(client.form(page, said).await.status, StatusCode::SEE_OTHER, "{said:?}");
}

#[tokio::test]
async fn a_label_in_which_all_is_said_waits_for_a_leader_who_said_nothing_of_it() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    house.person("tinh", "Tỉnh Mẫu", Role::LEADER).await;
    let platform =
        json!({"name": "Kho số", "owner": OWNER, "kind": "platform", "state": "operating", "hosting": "own_room"});
    let page = format!("/systems/{}/label", added(&clerk, &platform).await);
    let asked = async |login: &str| {
        let all = lines(&house, login).await.into_iter();
        all.filter(|(kind, _)| *kind == "label-publish").map(|(_, words)| words).collect::<Vec<_>>()
    };
    let six = ["backup", "availability", "log", "access", "user", "data"].map(|key| format!("state-{key}"));
    let six: Vec<(&str, &str)> = six.iter().map(|key| (key.as_str(), "planned")).chain([("rev", "0")]).collect();
    says(&clerk, &page, &six).await;
    assert!(asked("gd").await.is_empty(), "one of the seven is not said yet");
    says(&clerk, &page, &[("rev", "1"), ("state-connection", "planned")]).await;
    assert_eq!(asked("gd").await, ["Kho số"]);
    assert!(asked("tinh").await.is_empty() && asked("so").await.is_empty());
    // Who said something of it is not asked; where the owner has nobody else, one above is.
    let by = "UPDATE registry_label_line SET state_by = $1 WHERE requirement = $2";
    let hand = house.ctx("gd").actor.account().unwrap().to_string();
    house.exec(by, vals![hand, "log"]).await;
    assert!(asked("gd").await.is_empty());
    assert_eq!(asked("tinh").await, ["Kho số (Sở Tài chính)"]);
    house.exec(by, vals!["another", "log"]).await;
    // What a leader made public waits no more; nor what one took back, until something of it is said anew.
    let publish = format!("{page}/publish");
    for (rev, word) in [("2", "yes"), ("3", "no")] {
        says(&leader, &publish, &[("rev", rev), ("publish", word)]).await;
        assert!(asked("gd").await.is_empty(), "{word}");
    }
    says(&clerk, &page, &[("rev", "4"), ("state-log", "partly")]).await;
    assert_eq!(asked("gd").await, ["Kho số"]);
    // Who says no to it has nothing waiting, until that is taken back.
    let no = "publish?no=1";
    assert!(leader.get(&page).await.body.contains(no) && !clerk.get(&page).await.body.contains(no));
    let shown = leader.get(&format!("{page}/{no}")).await.body;
    assert!(shown.contains("không còn chờ lãnh đạo") && shown.contains("name=\"publish\" value=\"no\""), "{shown}");
    says(&leader, &publish, &[("rev", "5"), ("publish", "no")]).await;
    assert!(asked("gd").await.is_empty() && !leader.get(&page).await.body.contains(no));
    let undo = format!("/undo/{}", house.newest("system.label_decline").await);
    says(&leader, &undo, &[]).await;
    assert_eq!(asked("gd").await, ["Kho số"]);
}

#[tokio::test]
async fn who_is_asked_for_an_approval_is_reminded_of_it() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    waiting(&house, &clerk, "").await;
    let inbox = inbox(&house);
    let days = (date(2026, 11, 20), date(2027, 6, 30));
    let of = async |name: &str| {
        let dues = inbox.of_units(&[house.unit(name)], days).await.unwrap().into_iter();
        dues.filter(|due| due.kind == "level-approve").map(|due| (due.words, due.due)).collect::<Vec<_>>()
    };
    // Nobody may: who keeps it hears that it waits.
    let (words, last) = of(OWNER).await.remove(0);
    assert_eq!(words, "Ngân sách");
    let reminded = async || {
        let dues = inbox.due_on(&[last]).await.unwrap().into_iter();
        dues.filter(|due| due.kind == "level-approve").map(|due| due.unit).collect::<Vec<_>>()
    };
    assert_eq!(reminded().await, [house.unit(OWNER)]);
    house.person("tinh", "Tỉnh Mẫu", Role::LEADER).await;
    assert_eq!(of("Tỉnh Mẫu").await, [("Ngân sách (Sở Tài chính)".to_owned(), last)]);
    assert!(of(OWNER).await.is_empty());
    assert_eq!(reminded().await, [house.unit("Tỉnh Mẫu")]);
    house.person("gd", OWNER, Role::LEADER).await;
    assert_eq!(of(OWNER).await, [("Ngân sách".to_owned(), last)]);
    assert!(of("Tỉnh Mẫu").await.is_empty());
    // Who sent it does not approve it.
    let hand = house.ctx("gd").actor.account().unwrap().to_string();
    house.exec("UPDATE registry_dossier SET sent_by = $1 WHERE state = $2", vals![hand, "appraised"]).await;
    assert_eq!(reminded().await, [house.unit("Tỉnh Mẫu")]);
}
