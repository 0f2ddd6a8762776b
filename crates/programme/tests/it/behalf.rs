//! "Thay mặt": who writes in the name of a body in which they hold no post says so, and it is entered and shown.

use axum::http::{Method, StatusCode};
use programme::ids::PartId;
use serde_json::json;
use testkit::{Answer, Client, Part};

use crate::{
    documents::part_of,
    house::{COMMUNE, House, SCIENCE},
    refused_forms::untouched,
    round::{Round, id_of, take, words},
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const FOR_THEM: &str = "Sở KH&amp;CN thay mặt Xã Sông Mẫu";
type Fields<'a> = &'a [(&'a str, &'a str)];

const CHOICE: (&str, &str) = ("on_behalf", "true");

/// Refused with the fault at the choice; what was typed is there.
fn asks_for_the_choice(answer: &Answer, typed: &str) {
    assert_eq!(answer.status, WRONG, "{}", answer.body);
    let body = words(&answer.body);
    assert!(body.contains("Bạn không giữ chức danh nào ở Xã Sông Mẫu"), "{body}");
    assert!(body.contains("name=\"on_behalf\"") && body.contains("-error\" class=\"govuk-error-message\""), "{body}");
    assert!(body.contains(typed), "{typed} is lost: {body}");
}

async fn entered(house: &House, action: &str) -> serde_json::Value {
    let seq = house.newest(action).await;
    let row = db::ledger_entry(&house.app.db().read(), seq).await.unwrap().unwrap();
    serde_json::from_str::<serde_json::Value>(&row.body).unwrap()["detail"]["acted_by"].clone()
}

async fn page(client: &Client, part: &str) -> String {
    words(&client.get(&client.get(&format!("/parts/{part}")).await.location).await.body)
}

#[tokio::test]
async fn every_act_in_a_bodys_name_asks_for_the_choice_loses_no_word_and_is_entered_with_it() {
    let house = House::demo().await;
    let part = part_of(&house, house.unit(COMMUNE)).await.to_string();
    let from = format!("http://dinh.test/parts/{part}");
    let officer = house.as_("vidu").await.header("referer", &from);
    let by = json!(house.unit(SCIENCE).to_string());
    let acts: [(&str, &str, Fields<'_>, &str); 5] = [
        ("steps", "step.add", &[("text", "Khảo sát ba thôn")], "Khảo sát ba thôn"),
        ("progress", "part.progress", &[("text", "Đã họp dân lần một")], "Đã họp dân lần một"),
        ("extensions", "extension.ask", &[("due_on", "2031-12-31"), ("reason", "Chờ kinh phí xã")], "Chờ kinh phí xã"),
        ("difficulties", "difficulty.raise", &[("text", "Thiếu máy ở thôn")], "Thiếu máy ở thôn"),
        (
            "done",
            "part.finish",
            &[("rev", "2"), ("done_on", "2026-11-20"), ("note", "Xong theo báo cáo")],
            "Xong theo báo cáo",
        ),
    ];
    for (what, action, form, typed) in acts {
        let path = format!("/parts/{part}/{what}");
        asks_for_the_choice(&officer.form(&path, form).await, typed);
        let chosen = officer.form(&path, &[form, &[CHOICE]].concat()).await;
        assert_eq!(chosen.status, OPEN, "{what}: {}", words(&chosen.body));
        assert_eq!(entered(&house, action).await, by, "{what}");
    }
    let path = format!("/parts/{part}/evidence");
    let number = Part::Field("number", "15/BC-XSM");
    asks_for_the_choice(&officer.upload(&path, std::slice::from_ref(&number)).await, "15/BC-XSM");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_evidence").await, 0);
    assert_eq!(officer.upload(&path, &[number, Part::Field(CHOICE.0, CHOICE.1)]).await.status, OPEN);
    assert_eq!(entered(&house, "evidence.add").await, by);
    // The note, the word that it is done, the evidence, the request, and the history of all of them.
    let page = page(&house.as_("thu").await, &part).await;
    assert!(page.matches(FOR_THEM).count() >= 8, "{page}");
    assert!(page.contains("Nguyễn Thị Ví Dụ, Chuyên viên theo dõi, Sở KH&amp;CN"), "{page}");
}

/// One of these bodies that does not help with the work of a part yet.
async fn no_helper(house: &House, part: PartId) -> kernel::UnitId {
    let conn = house.app.db().read();
    let row = programme::work::store::part::get(&conn, part).await.unwrap().unwrap();
    let task = programme::ids::TaskId::from_uuid(row.task_id);
    let known = programme::work::store::task::helpers(&conn, task).await.unwrap();
    let units = ["Sở Y tế", "Sở Xây dựng", "Sở Nội vụ", "Sở Tài chính"].map(|name| house.unit(name));
    units.into_iter().find(|unit| !known.contains(unit)).unwrap()
}

#[tokio::test]
async fn what_stands_on_a_part_changes_for_another_body_by_choice_only() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let by = json!(house.unit(SCIENCE).to_string());
    let step = [("text", "Khảo sát"), CHOICE];
    assert_eq!(officer.form(&format!("/parts/{part}/steps"), &step).await.status, OPEN);
    let step = house.one("SELECT id FROM programme_step", vec![]).await;
    let link = [Part::Field("link", "https://songmau.example.vn"), Part::Field(CHOICE.0, CHOICE.1)];
    assert_eq!(officer.upload(&format!("/parts/{part}/evidence"), &link).await.status, OPEN);
    let evidence = house.one("SELECT id FROM programme_evidence", vec![]).await;
    let step = format!("/steps/{}", programme::ids::StepId::from_uuid(step));
    let evidence = format!("/evidence/{}", programme::ids::EvidenceId::from_uuid(evidence));
    let (helpers, contact) = (format!("/parts/{part}/helpers"), format!("/parts/{part}/contact"));
    let (gone, unit) = (format!("{contact}/remove"), no_helper(&house, part).await.to_string());
    let named = [("rev", "0"), ("name", "Hoàng Văn Ruộng"), ("phone", "0236 3123 456")];
    let acts: [(&str, &str, Fields<'_>); 7] = [
        (&step, "step.done", &[("rev", "1"), ("act", "done")]),
        (&step, "step.drop", &[("rev", "2"), ("act", "drop")]),
        (&evidence, "evidence.remove", &[]),
        (&evidence, "evidence.restore", &[("restore", "true")]),
        (&helpers, "helper.add", &[("unit", &unit)]),
        (&contact, "contact.set", &named),
        (&gone, "contact.clear", &[("rev", "1")]),
    ];
    for (path, action, form) in acts {
        let before = house.ledger_length().await;
        assert_eq!(officer.form(path, form).await.status, WRONG, "{action}");
        assert_eq!(house.ledger_length().await, before, "{action}");
        let chosen = officer.form(path, &[form, &[CHOICE]].concat()).await;
        assert_eq!(chosen.status, OPEN, "{action}: {}", words(&chosen.body));
        assert_eq!(entered(&house, action).await, by, "{action}");
    }
    // The choice stands on the page of whom to call, and for nobody of the body itself.
    assert_eq!(officer.get(&contact).await.body.matches("name=\"on_behalf\"").count(), 1);
    assert!(!house.as_("thu").await.get(&contact).await.body.contains("on_behalf"));
}

#[tokio::test]
async fn who_holds_a_post_in_the_body_is_not_asked_and_own_rights_need_no_choice() {
    let house = House::demo().await;
    let (clerk, officer) = (house.as_("thu").await, house.as_("vidu").await);
    let part = part_of(&house, house.unit(COMMUNE)).await.to_string();
    assert!(!page(&clerk, &part).await.contains("name=\"on_behalf\""));
    assert!(page(&officer, &part).await.contains("name=\"on_behalf\""));
    let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Đã xong")];
    assert_eq!(clerk.form(&format!("/parts/{part}/done"), &done).await.status, OPEN);
    assert_eq!(entered(&house, "part.finish").await, serde_json::Value::Null);
    assert!(!page(&clerk, &part).await.contains("thay mặt"));
    let accept = [("rev", "2"), ("act", "accept"), ("words", "Theo hồ sơ giấy")];
    assert_eq!(officer.form(&format!("/parts/{part}/check"), &accept).await.status, OPEN);
}

#[tokio::test]
async fn an_answer_for_another_body_is_chosen_and_the_asker_gives_none_by_it() {
    let house = House::demo().await;
    // Both above the commune, with no post in it.
    let leader = house.person("tinh", "Tỉnh Mẫu", kernel::Role::LEADER).await;
    let other = house.person("tinhhai", "Tỉnh Mẫu", kernel::Role::OFFICER).await;
    let asked = leader.form("/questions", &[("text", "Vì sao chậm?"), ("units", COMMUNE)]).await;
    let page = format!("/questions/{}", id_of(&asked.location));
    let unit = house.unit(COMMUNE).to_string();
    let answer = [("unit", unit.as_str()), ("text", "Thiếu máy tính")];
    let chosen = [answer[0], answer[1], CHOICE];
    let path = format!("{page}/answer");
    let from = other.header("referer", &format!("http://dinh.test{page}"));
    asks_for_the_choice(&from.form(&path, &answer).await, "Thiếu máy tính");
    assert_eq!(leader.form(&path, &chosen).await.status, StatusCode::FORBIDDEN, "they asked");
    assert_eq!(other.form(&path, &chosen).await.status, OPEN);
    let by = json!(house.unit("Tỉnh Mẫu").to_string());
    assert_eq!(entered(&house, "question.answer").await, by);
    assert!(words(&leader.get(&page).await.body).contains("Tỉnh Mẫu thay mặt Xã Sông Mẫu"));
    assert_eq!(leader.get(&format!("/api/v1{page}")).await.json()["answers"][0]["acted_by"], by);
}

/// An answer that is taken back is gone: neither somebody above nor a colleague empties it, whatever they choose.
#[tokio::test]
async fn only_who_gave_an_answer_takes_it_back() {
    let house = House::demo().await;
    let leader = house.person("tinh", "Tỉnh Mẫu", kernel::Role::LEADER).await;
    let above = house.person("tinhhai", "Tỉnh Mẫu", kernel::Role::OFFICER).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let asked = leader.form("/questions", &[("text", "Vì sao chậm?"), ("units", COMMUNE)]).await;
    let path = format!("/questions/{}/answer", id_of(&asked.location));
    let unit = house.unit(COMMUNE).to_string();
    let answer = [("unit", unit.as_str()), ("text", "Thiếu máy tính")];
    let nothing = [answer[0], ("text", ""), CHOICE];
    assert_eq!(clerk.form(&path, &nothing).await.status, WRONG, "there is nothing to take back");
    assert_eq!(clerk.form(&path, &answer).await.status, OPEN);
    let is_there = "SELECT COUNT(*) FROM programme_answer WHERE text = 'Thiếu máy tính'";
    for other in [&above, &chair] {
        for form in [&nothing[..2], &nothing[..]] {
            let refused = other.form(&path, form).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
            assert!(words(&refused.body).contains("Chỉ người đã thực hiện bước này"), "{}", refused.body);
        }
    }
    assert_eq!(house.count(is_there).await, 1);
    assert_eq!(clerk.form(&path, &nothing[..2]).await.status, OPEN);
    assert_eq!(house.count(is_there).await, 0);
    // Who answered for another body takes that back, and it is entered for whom they spoke.
    assert_eq!(above.form(&path, &[answer[0], answer[1], CHOICE]).await.status, OPEN);
    assert_eq!(clerk.form(&path, &nothing[..2]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(above.form(&path, &nothing[..2]).await.status, OPEN);
    assert_eq!(entered(&house, "question.take_back").await, json!(house.unit("Tỉnh Mẫu").to_string()));
}

#[tokio::test]
async fn a_report_is_written_and_handed_in_for_another_body_only_by_choice_and_says_so() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let id = round.report_of(house.unit(COMMUNE)).await;
    let above = house.person("tinh", "Tỉnh Mẫu", kernel::Role::PROGRAMME).await;
    let above = above.header("referer", &format!("http://dinh.test/reports/{id}/edit"));
    let edit = format!("/reports/{id}/edit");
    let mut fields = untouched(&words(&above.get(&edit).await.body), &edit);
    let (_, intro) = fields.iter_mut().find(|(name, _)| name == "intro").unwrap();
    "Xã đã triển khai ba việc".clone_into(intro);
    let written: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    asks_for_the_choice(&above.form(&edit, &written).await, "Xã đã triển khai ba việc");
    assert_eq!(above.form(&edit, &[&written[..], &[CHOICE]].concat()).await.status, OPEN);
    let by = json!(house.unit("Tỉnh Mẫu").to_string());
    assert_eq!(entered(&house, "report.edit").await, by);
    assert_eq!(take(&house, &above, &id, "submit", &[]).await.status, WRONG);
    assert_eq!(take(&house, &above, &id, "submit", &[Part::Field(CHOICE.0, CHOICE.1)]).await.status, OPEN);
    assert_eq!(entered(&house, "report.submit").await, by);
    let page = words(&house.as_("thu").await.get(&format!("/reports/{id}")).await.body);
    assert!(page.contains("Soạn, trình: ") && page.contains("thay mặt Xã Sông Mẫu"), "{page}");
}

#[tokio::test]
async fn a_value_given_for_another_body_says_so_at_its_target() {
    let house = House::demo().await;
    let above = house.person("tinh", "Tỉnh Mẫu", kernel::Role::PROGRAMME).await;
    let (conn, unit) = (house.app.db().read(), house.unit(COMMUNE));
    let mut shares = Vec::new();
    for id in programme::targets::store::value::targets_of(&conn, unit).await.unwrap() {
        let id = programme::ids::TargetId::from_uuid(id);
        let row = programme::targets::store::target::get(&conn, id).await.unwrap().unwrap();
        shares.extend(Some(id).filter(|_| row.unit == "%"));
    }
    let (page, unit) = (format!("/targets/{}", shares[0]), unit.to_string());
    let value = |period| {
        let share = [("numerator", "7"), ("denominator", "10"), ("status", "official"), ("evidence", "BC 12")];
        [[("unit", unit.as_str()), ("period", period)].as_slice(), &share].concat()
    };
    let values = format!("{page}/values");
    assert_eq!(house.as_("thu").await.form(&values, &value("2026-M10")).await.status, OPEN);
    assert!(!words(&above.get(&page).await.body).contains("thay mặt Xã Sông Mẫu"));
    let given = above.form(&values, &[value("2026-M11").as_slice(), &[CHOICE]].concat()).await;
    assert_eq!(given.status, OPEN, "{}", words(&given.body));
    let page = words(&above.get(&page).await.body);
    let rows = page.split("moj-timeline").next().unwrap();
    assert!(rows.contains("Tỉnh Mẫu thay mặt Xã Sông Mẫu"), "{page}");
}

#[tokio::test]
async fn the_api_asks_for_the_same_choice() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let path = format!("/api/v1/parts/{part}/acts");
    let mut act = json!({"rev": 1, "act": "progress", "percent": 20, "words": "Đã họp"});
    let refused = officer.json(Method::POST, &path, &act).await;
    assert_eq!(refused.status, WRONG);
    let told = refused.json();
    assert!(told.to_string().contains("on_behalf") && told.to_string().contains("behalf-unchosen"), "{told}");
    act["on_behalf"] = json!(true);
    let done = officer.json(Method::POST, &path, &act).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(done.json()["entries"][0]["acted_by"], json!(house.unit(SCIENCE).to_string()));
    let raised = json!({"text": "Thiếu kinh phí"});
    let path = format!("/api/v1/parts/{part}/difficulties");
    assert_eq!(officer.json(Method::POST, &path, &raised).await.status, WRONG);
    let raised = json!({"text": "Thiếu kinh phí", "on_behalf": true});
    let told = officer.json(Method::POST, &path, &raised).await.json();
    assert_eq!(told["acted_by"], json!(house.unit(SCIENCE).to_string()), "{told}");
}
