//! The day on which a system begins to operate stands in its row, whoever lets it, and the figures count it by that.

use axum::http::{Method, StatusCode};
use jiff::civil::{Date, date};
use kernel::{Code as _, Role};
use registry::{
    model::{System, SystemId},
    usecase::import,
};
use serde_json::{Value as Json, json};
use testkit::{Answer, Client, House};
use webkit::{Preview, Verdict};

use crate::{
    figures::{behind, value},
    heard::statements,
    house,
    levels::{OWNER, of, system},
    moves,
};

const TODAY: Date = date(2026, 11, 21);

/// A list of the owner that was approved in the summer.
pub async fn frozen(house: &House, owner: &str, as_of: &str) {
    let id: registry::model::figures::BaselineId = house.system().new_id();
    let sql =
        "INSERT INTO registry_baseline (id, unit_id, as_of, approved_on, rev) VALUES ($1, $2, $3, '2026-07-15', 1)";
    house.exec(sql, db::vals![id.uuid(), house.unit(owner).uuid(), as_of]).await;
}

async fn approved(house: &House, leader: &Client, id: &str) {
    let said = json!({"rev": of(house, id).await.rev, "number": "5/QĐ-STC", "on_day": "2026-11-20", "level": "2"});
    let answer = leader.json(Method::POST, &format!("/api/v1/systems/{id}/level-decision"), &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// One that is being built on the cloud of the province, and whose level is approved.
async fn built(house: &House, [clerk, leader]: [&Client; 2], name: &str, more: Json) -> String {
    let mut said = json!({"state": "building", "hosting": "provincial_cloud"});
    said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let id = system(clerk, name, said).await;
    approved(house, leader, &id).await;
    id
}

async fn change(house: &House, clerk: &Client, id: &str, said: &Json) -> Answer {
    let clerk = clerk.header("if-match", &format!("\"{}\"", of(house, id).await.rev));
    clerk.json(Method::PATCH, &format!("/api/v1/systems/{id}"), said).await
}

async fn began(house: &House, id: &str) -> (&'static str, Option<i64>, Option<Date>) {
    let row = of(house, id).await;
    (row.state.code(), row.since, row.operating_since)
}

#[tokio::test]
async fn what_begins_to_operate_has_its_day_by_every_way_and_is_counted() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    frozen(&house, OWNER, "2026-06-30").await;
    let hands = [&clerk, &leader];
    let of_api = built(&house, hands, "Bằng API", json!({})).await;
    assert_eq!(change(&house, &clerk, &of_api, &json!({"state": "operating"})).await.status, StatusCode::OK);
    let of_form = built(&house, hands, "Bằng biểu mẫu", json!({})).await;
    let rev = of(&house, &of_form).await.rev.to_string();
    let sent = [("rev", rev.as_str()), ("state", "operating"), ("since", ""), ("operating_since", "")];
    let saved = clerk.form(&format!("/systems/{of_form}/edit"), &sent).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let of_list = built(&house, hands, "Bằng danh sách", json!({})).await;
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let rows = [row(["Bằng danh sách", OWNER, "Đang vận hành"])];
    let file = webkit::export::xlsx("S", &row(["Tên", "Chủ quản", "Trạng thái"]), &rows).unwrap();
    let preview = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
    import::systems_import(&house.app, &house.ctx("so"), &preview).await.unwrap();
    // By the word of a leader, without its approval.
    let of_leader = system(&clerk, "Ngoại lệ", json!({"state": "planned", "hosting": "domestic_cloud"})).await;
    let said = json!({"rev": 1, "reason": "Phục vụ bầu cử"});
    let let_on = leader.json(Method::POST, &format!("/api/v1/systems/{of_leader}/overrule"), &said).await;
    assert_eq!(let_on.status, StatusCode::OK, "{}", let_on.body);
    for id in [&of_api, &of_form, &of_list, &of_leader] {
        assert_eq!(began(&house, id).await, ("operating", Some(2026), Some(TODAY)), "{id}");
    }
    // Each is counted: as new, and as approved before it began.
    let new = behind(&house, "cloud.new_first", "all").await;
    assert!(new.len() == 4 && new.values().all(|(counts, is_in, _)| *counts && *is_in), "{new:?}");
    assert_eq!(value(&house, "cloud.new_first", "all").await, (Some(1), 1));
    assert_eq!(value(&house, "level.approved", "all").await, (Some(3), 4));
    // The exception goes back with the day that it gave.
    let undo = format!("/undo/{}", house.newest("system.overrule").await);
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(began(&house, &of_leader).await, ("planned", None, None));
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn the_day_that_is_said_stands_and_one_that_is_to_come_is_no_beginning() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let hands = [&clerk, &leader];
    let said = built(&house, hands, "Nói ngày", json!({})).await;
    let refused = change(&house, &clerk, &said, &json!({"state": "operating", "operating_since": "2026-12-01"})).await;
    assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("day-to-come")));
    let refused = change(&house, &clerk, &said, &json!({"state": "operating", "since": 2027})).await;
    assert_eq!(refused.json()["errors"][0]["field"], "since", "{}", refused.body);
    let day = json!({"state": "operating", "operating_since": "2026-11-20"});
    assert_eq!(change(&house, &clerk, &said, &day).await.status, StatusCode::OK);
    assert_eq!(began(&house, &said).await, ("operating", None, Some(date(2026, 11, 20))));
    // What the plan said gives way to what happens.
    let plan = json!({"operating_since": "2027-01-01", "since": 2027});
    let planned = built(&house, hands, "Theo kế hoạch", plan).await;
    assert_eq!(change(&house, &clerk, &planned, &json!({"state": "operating"})).await.status, StatusCode::OK);
    assert_eq!(began(&house, &planned).await, ("operating", Some(2026), Some(TODAY)));
    // What stops, and what goes on, keeps its day; machines have none.
    assert_eq!(change(&house, &clerk, &planned, &json!({"state": "retiring"})).await.status, StatusCode::OK);
    house.clock.set(date(2026, 12, 1));
    let clerk = house.as_("so").await;
    assert_eq!(change(&house, &clerk, &planned, &json!({"state": "operating"})).await.status, StatusCode::OK);
    assert_eq!(began(&house, &planned).await.2, Some(TODAY));
    let server = system(&clerk, "Máy chủ", json!({"kind": "server", "state": "planned"})).await;
    assert_eq!(change(&house, &clerk, &server, &json!({"state": "operating"})).await.status, StatusCode::OK);
    assert_eq!(began(&house, &server).await, ("operating", None, None));
}

#[tokio::test]
async fn an_accepted_migration_says_since_when_and_takes_that_back_when_it_goes_back() {
    let house = house().await;
    let [clerk, _, leader] = moves::people(&house).await;
    let new = built(&house, [&clerk, &leader], "Ngân sách mới", json!({"operating_since": "2027-02-01"})).await;
    let id = moves::open(&clerk, &new, &moves::plan()).await;
    assert_eq!(moves::act(&clerk, &id, "start", "").await.0, StatusCode::OK);
    house.clock.set(date(2026, 12, 2));
    let [clerk, _, leader] = moves::again(&house).await;
    moves::all_done(&clerk, &id, &[]).await;
    assert_eq!(moves::act(&clerk, &id, "cut_over", "").await.0, StatusCode::OK);
    moves::all_done(&clerk, &id, &[]).await;
    assert_eq!(moves::act(&leader, &id, "accept", "").await, (StatusCode::OK, String::new()));
    assert_eq!(began(&house, &new).await, ("operating", Some(2026), Some(date(2026, 12, 2))));
    assert_eq!(moves::act(&leader, &id, "roll_back", "Mất dữ liệu").await.0, StatusCode::OK);
    assert_eq!(began(&house, &new).await, ("building", None, Some(date(2027, 2, 1))));
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

async fn entered(client: &Client, owner: &str, name: &str, more: &Json) -> String {
    let mut said = json!({"name": name, "owner": owner, "state": "operating"});
    said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = client.json(Method::POST, "/api/v1/systems", &said).await;
    let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
    if answer.status.is_success() { String::new() } else { code }
}

#[tokio::test]
async fn what_began_after_the_list_of_its_owner_needs_its_approval_and_what_stood_is_taken_in() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    frozen(&house, OWNER, "2026-06-30").await;
    for (name, more, code) in [
        ("Hôm qua", json!({"operating_since": "2026-11-20"}), "level-missing"),
        ("Sau danh sách", json!({"operating_since": "2026-07-01"}), "level-missing"),
        ("Trong năm", json!({"since": 2026}), "operating-day-missing"),
        ("Ngày danh sách", json!({"operating_since": "2026-06-30"}), ""),
        ("Năm trước", json!({"since": 2025}), ""),
    ] {
        assert_eq!(entered(&clerk, OWNER, name, &more).await, code, "{name}");
    }
    // A list tells how things are: what it has is taken in, and shown as what it is.
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let rows = [
        row(["Nạp sau", OWNER, "01/07/2026"]),
        row(["Nạp trước", OWNER, "30/06/2026"]),
        row(["Nạp trong năm", OWNER, "2026"]),
        row(["Nạp chưa rõ", OWNER, ""]),
    ];
    let file = webkit::export::xlsx("S", &row(["Tên", "Chủ quản", "Ngày đưa vào vận hành"]), &rows).unwrap();
    let preview = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
    let codes: Vec<_> = preview.lines.iter().map(|line| line.problem.as_ref().map(|problem| problem.code)).collect();
    assert_eq!(codes, [None; 4]);
    import::systems_import(&house.app, &house.ctx("so"), &preview).await.unwrap();
    let found = clerk.get("/api/v1/levels/faults").await.json();
    assert_eq!((found["operating"].as_i64(), found["violations"].as_array().unwrap().len()), (Some(6), 6), "{found}");
}

#[tokio::test]
async fn without_a_list_what_began_after_the_first_record_of_its_owner_is_new() {
    let house = house().await;
    let clerk = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let owner = "Sở Y tế";
    assert_eq!(entered(&clerk, owner, "Cũ", &json!({"operating_since": "2026-11-20"})).await, "");
    house.clock.set(date(2027, 3, 1));
    let clerk = house.as_("yte").await;
    for (name, more, code) in [
        ("Tháng trước", json!({"operating_since": "2027-02-01"}), "level-missing"),
        ("Năm nay", json!({"since": 2027}), "level-missing"),
        ("Năm đầu", json!({"since": 2026}), "operating-day-missing"),
        ("Ngày đầu", json!({"operating_since": "2026-11-21"}), ""),
    ] {
        assert_eq!(entered(&clerk, owner, name, &more).await, code, "{name}");
    }
}

#[tokio::test]
async fn what_has_no_level_is_led_to_no_exception() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    for (kind, is_led) in [("information_system", true), ("contract", false), ("provider", false)] {
        let id = system(&clerk, kind, json!({"kind": kind, "state": "operating"})).await;
        let page = leader.get(&format!("/systems/{id}/road")).await;
        assert_eq!(page.status, StatusCode::OK, "{kind}: {}", page.body);
        assert_eq!(page.body.contains(&format!("/systems/{id}/overrule")), is_led, "{kind}: {}", page.body);
    }
}

#[tokio::test]
async fn a_day_that_makes_a_new_one_of_what_stood_needs_its_approval_or_the_word_of_a_leader() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    frozen(&house, OWNER, "2026-06-30").await;
    let old = system(&clerk, "Ngân sách", json!({"state": "operating", "operating_since": "2020-05-01"})).await;
    let stood = json!({"operating_since": "2020-06-01"});
    assert_eq!(change(&house, &clerk, &old, &stood).await.status, StatusCode::OK, "it stood all the same");
    let new = json!({"operating_since": "2026-07-01"});
    let refused = change(&house, &clerk, &old, &new).await;
    assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::CONFLICT, &json!("level-missing-day")));
    assert_eq!(refused.json()["errors"][0]["field"], "operating_since", "{}", refused.body);
    let refused = change(&house, &clerk, &old, &json!({"operating_since": "", "since": 2027})).await;
    assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::CONFLICT, &json!("level-missing-day")));
    assert_eq!(refused.json()["errors"][0]["field"], "since", "{}", refused.body);
    // A list changes no more than a form does.
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let rows = [row(["Ngân sách", OWNER, "01/07/2026"])];
    let file = webkit::export::xlsx("S", &row(["Tên", "Chủ quản", "Ngày đưa vào vận hành"]), &rows).unwrap();
    let preview = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
    let codes: Vec<_> = preview.lines.iter().map(|line| line.problem.as_ref().map(|problem| problem.code)).collect();
    assert_eq!(codes, [Some("level-missing-day")]);
    // By the word of a leader, who says the day: kept, counted, and taken back with it.
    let over = format!("/api/v1/systems/{old}/overrule");
    let rev = of(&house, &old).await.rev;
    let word = |day: &str| json!({"rev": rev, "reason": "Hồ sơ đang trình", "operating_since": day});
    assert_eq!(clerk.json(Method::POST, &over, &word("2026-07-01")).await.status, StatusCode::FORBIDDEN);
    for (day, code) in [("", "level-operates"), ("2020-06-02", "level-day-stood"), ("2026-12-01", "day-to-come")] {
        assert_eq!(leader.json(Method::POST, &over, &word(day)).await.json()["code"], code, "{day}");
    }
    let page = leader.get(&format!("/systems/{old}/overrule")).await.body;
    assert!(page.contains("operating_since") && page.contains("là hệ thống mới"), "{page}");
    assert!(leader.get(&format!("/systems/{old}/road")).await.body.contains("Ghi ngày vận hành mới theo ngoại lệ"));
    let done = leader.json(Method::POST, &over, &word("2026-07-01")).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(began(&house, &old).await, ("operating", Some(2026), Some(date(2026, 7, 1))));
    assert_eq!(clerk.get("/api/v1/levels/faults").await.json()["overruled"].as_i64(), Some(1));
    let undo = format!("/undo/{}", house.newest("system.overrule").await);
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(began(&house, &old).await, ("operating", None, Some(date(2020, 6, 1))));
    // Or with an approved dossier.
    approved(&house, &leader, &old).await;
    assert_eq!(change(&house, &clerk, &old, &new).await.status, StatusCode::OK);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

/// What a sheet of names and days would do, line by line.
async fn told_days(house: &House, login: &str, lines: &[[&str; 2]]) -> Preview<System> {
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = lines.iter().map(|[name, day]| row([*name, OWNER, *day])).collect();
    let file = webkit::export::xlsx("S", &row(["Tên", "Chủ quản", "Ngày đưa vào vận hành"]), &rows).unwrap();
    import::systems_preview(&house.app, &house.ctx(login), file.into()).await.unwrap()
}

fn codes(preview: &Preview<System>) -> Vec<Option<&'static str>> {
    preview.lines.iter().map(|line| line.problem.as_ref().map(|problem| problem.code)).collect()
}

#[tokio::test]
async fn a_day_that_tells_what_a_system_is_does_not_give_way_to_one_that_does_not() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    frozen(&house, OWNER, "2026-06-30").await;
    let old = system(&clerk, "Ngân sách", json!({"state": "operating", "operating_since": "2020-05-01"})).await;
    let refused = async |said: Json, field: &str, code: &str| {
        let refused = change(&house, &clerk, &old, &said).await;
        let told = refused.json();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}: {told}");
        assert_eq!((&told["code"], &told["errors"][0]["field"]), (&json!(code), &json!(field)), "{said}");
    };
    refused(json!({"operating_since": "", "since": 2026}), "operating_since", "operating-day-missing").await;
    refused(json!({"operating_since": ""}), "since", "operating-since-missing").await;
    // A year that tells it is as good as a day.
    let year = json!({"operating_since": "", "since": 2019});
    assert_eq!(change(&house, &clerk, &old, &year).await.status, StatusCode::OK);
    assert_eq!(began(&house, &old).await, ("operating", Some(2019), None));
    refused(json!({"since": 2026}), "operating_since", "operating-day-missing").await;
    let preview = told_days(&house, "so", &[["Ngân sách", "2026"]]).await;
    assert_eq!(codes(&preview), [Some("operating-day-missing")]);
    // What a list had without a day may be told, and that may be taken back.
    let preview = told_days(&house, "so", &[["Nạp chưa rõ", ""]]).await;
    import::systems_import(&house.app, &house.ctx("so"), &preview).await.unwrap();
    let id = house.one("SELECT id FROM registry_system WHERE name = 'Nạp chưa rõ'", vec![]).await;
    let id = SystemId::from_uuid(id).to_string();
    assert_eq!(change(&house, &clerk, &id, &json!({"since": 2026})).await.status, StatusCode::OK);
    let day = json!({"operating_since": "2020-05-01"});
    assert_eq!(change(&house, &clerk, &id, &day).await.status, StatusCode::OK);
    let undo = format!("/undo/{}", house.newest("system.edit").await);
    assert_eq!(clerk.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(began(&house, &id).await, ("operating", Some(2026), None));
}

#[tokio::test]
async fn each_line_of_a_list_is_asked_for_its_own_approval_and_day() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    frozen(&house, OWNER, "2026-06-30").await;
    let names = ["Đã duyệt", "Chưa duyệt", "Vẫn cũ", "Chưa nói gì"];
    for name in names {
        let id = system(&clerk, name, json!({"state": "operating", "operating_since": "2020-05-01"})).await;
        if name == "Đã duyệt" {
            approved(&house, &leader, &id).await;
        }
    }
    let days = ["01/07/2026", "01/07/2026", "30/06/2026", "01/05/2020"];
    let lines: Vec<[&str; 2]> = names.into_iter().zip(days).map(|(name, day)| [name, day]).collect();
    let (_, of_one) = statements(told_days(&house, "so", &lines[..1])).await;
    let (preview, of_all) = statements(told_days(&house, "so", &lines)).await;
    assert!(of_one > 0 && of_one == of_all, "{of_one} statements for a line, {of_all} for four");
    assert_eq!(codes(&preview), [None, Some("level-missing-day"), None, None]);
    let verdicts: Vec<Verdict> = preview.lines.iter().map(|line| line.verdict).collect();
    assert_eq!(verdicts, [Verdict::Changed, Verdict::Refused, Verdict::Changed, Verdict::Same]);
}
