//! What was confirmed, accepted or named covers what was there to be seen, and nothing that is written afterwards.

use axum::http::StatusCode;
use kernel::Role;
use testkit::{Client, Part};

use crate::{
    documents::{part_of, read_in, rev_of},
    house::{COMMUNE, House, OTHER_COMMUNE, SCIENCE, plan_without_doubts},
    reach::{asks, obliges},
    round::{Round, id_of, take, words},
    status::{NO, OPEN, WRONG},
};

/// A task in the committee's name, by one number and day.
async fn assign(who: &Client, text: &str, leads: &str) -> StatusCode {
    let task = [
        ("number", "12/KL-UBND"),
        ("issued_on", "2026-11-16"),
        ("giver", "UBND tỉnh"),
        ("text", text),
        ("leads", leads),
        ("due", "30/12/2026"),
    ];
    who.form("/assign", &task).await.status
}

async fn say(who: &Client, plan: &str, rev: &str, act: &str, more: (&str, &str)) -> testkit::Answer {
    who.form(&format!("{plan}/confirm"), &[("rev", rev), ("act", act), more]).await
}

#[tokio::test]
async fn what_is_added_to_a_confirmed_document_waits_for_another_word() {
    let house = House::people().await;
    let xa = house.person("xaprog", COMMUNE, Role::PROGRAMME).await;
    let office = house.person("vanphong", "Văn phòng UBND tỉnh", Role::PROGRAMME).await;
    assert_eq!(assign(&xa, "Việc vô hại", "Sở Tài chính; UBND xã Sông Mẫu").await, OPEN);
    let id = house.one("SELECT id FROM programme_plan WHERE number = '12/KL-UBND'", vec![]).await;
    let plan = &format!("/plans/{}", kernel::PlanId::from_uuid(id));
    let rev = async || rev_of(&house, plan).await;
    // Following is a right over others: nobody is left with it because nobody was named.
    let unnamed = say(&office, plan, &rev().await, "confirm", ("follower", "")).await;
    assert_eq!(unnamed.status, WRONG);
    assert!(words(&unnamed.body).contains("Hãy ghi rõ cơ quan theo dõi"), "{}", unnamed.body);
    assert_eq!(say(&office, plan, &rev().await, "confirm", ("follower", COMMUNE)).await.status, OPEN);
    assert_eq!(asks(&xa, "Sở Tài chính").await, OPEN);
    let parts = async || house.count("SELECT COUNT(*) FROM programme_part").await;
    assert_eq!(parts().await, 2);
    // The attack: the same number and day, other work for other bodies.
    assert_eq!(assign(&xa, "Báo cáo xã hằng tuần", "Sở Nội vụ; Sở Xây dựng; UBND xã Sông Mẫu").await, OPEN);
    assert_eq!(parts().await, 2, "nothing of it is given, the commune's own part neither");
    assert_eq!((asks(&xa, "Sở Nội vụ").await, obliges(&xa, "Sở Xây dựng").await), (NO, WRONG));
    assert_eq!(asks(&xa, "Sở Tài chính").await, OPEN, "what was confirmed stays");
    assert!(words(&office.get("/work").await.body).contains("12/KL-UBND"), "it is asked for again");
    let page = words(&office.get(plan).await.body);
    assert!(page.contains("có việc mới chưa xác nhận") && page.contains("Báo cáo xã hằng tuần"), "{page}");
    // A word about what was seen does not cover what came since.
    let seen = rev().await;
    assign(&xa, "Việc thứ ba", "Sở Nội vụ").await;
    assert_eq!(say(&office, plan, &seen, "confirm", ("follower", "")).await.status, StatusCode::PRECONDITION_FAILED);
    // The new work is not theirs: it is dropped, what was given stays.
    assert_eq!(say(&office, plan, &rev().await, "refuse", ("reason", "")).await.status, WRONG);
    let dropped = say(&office, plan, &rev().await, "refuse", ("reason", "Tỉnh không giao")).await;
    assert_eq!(dropped.status, OPEN, "{}", dropped.body);
    assert_eq!((parts().await, house.count("SELECT COUNT(*) FROM programme_held").await), (2, 0));
    assert!(!words(&office.get("/work").await.body).contains("12/KL-UBND"));
    assert_eq!((asks(&xa, "Sở Tài chính").await, asks(&xa, "Sở Nội vụ").await), (OPEN, NO));
    // And once more, and now it is theirs.
    assert_eq!(assign(&xa, "Việc thứ tư", "Sở Nội vụ; UBND xã Sông Mẫu").await, OPEN);
    assert_eq!(say(&office, plan, &rev().await, "confirm", ("follower", "")).await.status, OPEN);
    assert_eq!((parts().await, asks(&xa, "Sở Nội vụ").await), (4, OPEN));
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn what_is_rewritten_in_review_needs_another_word() {
    let house = House::people().await;
    let xa = house.person("xaprog", COMMUNE, Role::PROGRAMME).await;
    let committee = house.person("ubtinh", "UBND tỉnh", Role::PROGRAMME).await;
    let leader = house.as_("lanhdao").await;
    let added = [("text", "Nộp báo cáo cho xã"), ("lead", "Sở Nội vụ"), ("time", "Năm 2026")];
    let corrected = [
        ("rev", "1"),
        ("act", "correct"),
        ("number", "1"),
        ("text", "Nộp báo cáo cho xã"),
        ("lead", "Sở Nội vụ"),
        ("time", "Năm 2026"),
    ];
    for (number, is_added) in [("31/KH-UBND", true), ("32/KH-UBND", false)] {
        let plan = read_in(&house, &xa, "a.txt", plan_without_doubts().replace("22/KH-UBND", number).as_bytes()).await;
        let id: kernel::PlanId = plan.trim_start_matches("/plans/").parse().unwrap();
        let rows = programme::plans::store::read_row::list(&house.app.db().read(), id).await.unwrap();
        let path = if is_added { format!("{plan}/read-rows") } else { format!("/read-rows/{}", rows[0].id) };
        let form: &[(&str, &str)] = if is_added { &added } else { &corrected };
        // What a reviewer only accepts is what was confirmed.
        let last = rows.last().unwrap().id;
        house.confirm(&plan).await;
        xa.form(&format!("/read-rows/{last}"), &[("rev", "1"), ("act", "accept"), ("number", "2")]).await;
        let state = async || programme::plans::store::plan::get(&house.app.db().read(), id).await.unwrap().unwrap();
        assert!(state().await.is_confirmed());
        assert_eq!(xa.form(&path, form).await.status, OPEN);
        let refused = xa.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
        assert_eq!(refused.status, WRONG, "{}", refused.body);
        assert!(words(&refused.body).contains("chưa có thẩm quyền giao việc cho"), "{}", refused.body);
        assert!(words(&leader.get("/work").await.body).contains(number));
        assert!(words(&leader.get(&plan).await.body).contains("sau đó nội dung bị sửa"));
        // Nor does a word about an older reading cover what is written meanwhile.
        let seen = rev_of(&house, &plan).await;
        xa.form(&format!("{plan}/read-rows"), &added).await;
        let old = say(&leader, &plan, &seen, "confirm", ("follower", COMMUNE)).await;
        assert_eq!(old.status, StatusCode::PRECONDITION_FAILED);
        house.confirm(&plan).await;
        // Of the body itself a correction needs no second word.
        assert_eq!(committee.form(&format!("{plan}/read-rows"), &added).await.status, OPEN);
        assert!(state().await.is_confirmed());
        let live = xa.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
        assert_eq!(live.status, OPEN, "{}", live.body);
    }
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

/// R7 of the second audit: an empty list of who answers is no leave for everybody.
#[tokio::test]
async fn a_target_that_names_nobody_is_answered_by_who_follows_or_issued_its_plan() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let clerk = house.as_("thu").await;
    let committee = house.person("ubtinh", "UBND tỉnh", Role::PROGRAMME).await;
    let sql = "SELECT t.id FROM programme_target t JOIN programme_plan l ON l.id = t.plan_id \
        WHERE l.number = '45/KH-UBND' AND t.counted AND t.unit = '%' ORDER BY t.id LIMIT 1";
    let target = house.one(sql, vec![]).await;
    house.exec("DELETE FROM programme_target_body WHERE target_id = $1", db::vals![target]).await;
    let target = programme::ids::TargetId::from_uuid(target).to_string();
    let figures = [("numerator", "7"), ("denominator", "10"), ("status", "official"), ("evidence", "BC 12")];
    let give = async |who: &Client, unit: &str| {
        let form = [[("unit", unit), ("period", "2026-M11")].as_slice(), &figures].concat();
        who.form(&format!("/targets/{target}/values"), &form).await
    };
    let refused = give(&clerk, COMMUNE).await;
    assert_eq!(refused.status, WRONG);
    assert!(words(&refused.body).contains("không được kế hoạch giao báo cáo chỉ tiêu này"), "{}", refused.body);
    let report = round.report_of(house.unit(COMMUNE)).await;
    let form = [[("rev", "1"), ("intro", "Một"), ("target", &target), ("value", "")].as_slice(), &figures].concat();
    assert_eq!(clerk.form(&format!("/reports/{report}/edit"), &form).await.status, WRONG);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_value").await, 0);
    assert!(!clerk.get(&format!("/targets/{target}")).await.body.contains("/values\""), "no form where it is refused");
    assert_eq!(give(&round.officer, SCIENCE).await.status, OPEN);
    assert_eq!(give(&committee, "UBND tỉnh").await.status, OPEN);
}

#[tokio::test]
async fn whoever_wrote_a_report_does_not_receive_it() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (officer, leader) = (round.officer.clone(), house.as_("giamdoc").await);
    // The department reports to itself.
    let id = round.report_of(house.unit(SCIENCE)).await;
    take(&house, &officer, &id, "submit", &[]).await;
    take(&house, &leader, &id, "check", &[]).await;
    take(&house, &leader, &id, "approve", &[]).await;
    let number = [Part::Field("number", "15/BC-SKHCN"), Part::Field("issued_on", "2026-11-20")];
    assert_eq!(take(&house, &officer, &id, "issue", &number).await.status, OPEN);
    let remarks = [Part::Field("remarks", "Sửa")];
    let own = take(&house, &officer, &id, "accept", &[]).await;
    assert_eq!((own.status, take(&house, &officer, &id, "return", &remarks).await.status), (NO, NO));
    assert!(words(&own.body).contains("người khác của cơ quan nhận phải tiếp nhận"), "{}", own.body);
    assert_eq!(take(&house, &leader, &id, "return", &remarks).await.status, OPEN);
    assert_eq!(take(&house, &officer, &id, "reconsider", &[]).await.status, NO);
    assert_eq!(take(&house, &leader, &id, "reconsider", &[]).await.status, OPEN);
    assert_eq!(take(&house, &leader, &id, "accept", &[]).await.status, OPEN);
}

#[tokio::test]
async fn whoever_raised_a_difficulty_does_not_settle_it_by_a_second_post() {
    let house = House::demo().await;
    let posts = [(house.unit(COMMUNE), Role::OFFICER), (house.unit(SCIENCE), Role::PROGRAMME)];
    house.people.add(&house.system(), "haichuc", &posts);
    let two = house.as_("haichuc").await;
    let unit = house.unit(COMMUNE);
    let parts = two.get(&format!("/api/v1/tasks?state=running&lead={unit}")).await.json();
    let part = parts["items"][0]["id"].as_str().unwrap();
    let raised = two.form(&format!("/parts/{part}/difficulties"), &[("text", "Thiếu kinh phí")]).await;
    let path = format!("/difficulties/{}", id_of(&raised.location));
    for act in ["answer", "forward"] {
        let refused = two.form(&path, &[("rev", "1"), ("act", act), ("words", "Đồng ý")]).await;
        assert_eq!(refused.status, NO, "{act}");
        assert!(words(&refused.body).contains("Bạn là người nêu khó khăn này"), "{}", refused.body);
    }
    let officer = house.as_("vidu").await;
    assert_eq!(officer.form(&path, &[("rev", "1"), ("act", "answer"), ("words", "Đồng ý")]).await.status, OPEN);
}

/// A part of the commune that is done with one piece of evidence: its id, and the evidence's.
async fn done_with_evidence(house: &House, clerk: &Client) -> (programme::ids::PartId, String) {
    let part = part_of(house, house.unit(COMMUNE)).await;
    let proof = [
        Part::Field("number", "15/QĐ-UBND"),
        Part::Field("day", "2026-11-20"),
        Part::Field("link", "https://songmau.example.vn"),
        Part::File("qd.pdf", &testkit::signed_pdf()),
    ];
    assert_eq!(clerk.upload(&format!("/parts/{part}/evidence"), &proof).await.status, OPEN);
    let done = [("rev", "2"), ("done_on", "2026-11-20"), ("note", "Đã xong")];
    assert_eq!(clerk.form(&format!("/parts/{part}/done"), &done).await.status, OPEN);
    let evidence = house.one("SELECT id FROM programme_evidence", vec![]).await;
    (part, programme::ids::EvidenceId::from_uuid(evidence).to_string())
}

async fn row(house: &House, part: programme::ids::PartId) -> programme::work::store::part::PartRow {
    programme::work::store::part::get(&house.app.db().read(), part).await.unwrap().unwrap()
}

async fn check(who: &Client, part: programme::ids::PartId, rev: i64, act: &str, words: &str) -> StatusCode {
    let form = [("rev", rev.to_string()), ("act", act.to_owned()), ("words", words.to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(key, value)| (*key, value.as_str())).collect();
    who.form(&format!("/parts/{part}/check"), &form).await.status
}

#[tokio::test]
async fn what_is_accepted_is_what_was_looked_at() {
    let house = House::demo().await;
    let (clerk, follower) = (house.as_("thu").await, house.as_("vidu").await);
    let (part, evidence) = done_with_evidence(&house, &clerk).await;
    let (more, remove) = (format!("/parts/{part}/evidence"), format!("/evidence/{evidence}"));
    let paper = [Part::Field("number", "16/QĐ-UBND"), Part::Field("link", "https://songmau.example.vn/khac")];
    // It is another piece by the time the follower accepts what they saw.
    let seen = row(&house, part).await.rev;
    clerk.upload(&more, &paper).await;
    assert_eq!(check(&follower, part, seen, "accept", "").await, StatusCode::PRECONDITION_FAILED);
    assert_eq!(check(&follower, part, seen + 1, "accept", "").await, OPEN);
    for refused in [clerk.upload(&more, &paper).await, clerk.form(&remove, &[]).await] {
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(words(&refused.body).contains("Phần việc đã nghiệm thu"), "{}", refused.body);
    }
    // Sent back, emptied of its evidence: an undo does not accept it again.
    assert_eq!(check(&follower, part, seen + 2, "send_back", "Xem lại").await, OPEN);
    let last = programme::work::store::entry::last(&house.app.db().read(), part).await.unwrap().unwrap();
    let undo = format!("/entries/{}/undo", programme::ids::EntryId::from_uuid(last.id));
    house.exec("UPDATE programme_evidence SET removed_at = 1 WHERE part_id = $1", db::vals![part.uuid()]).await;
    assert_eq!(follower.form(&undo, &[]).await.status, StatusCode::CONFLICT);
    house.exec("UPDATE programme_evidence SET removed_at = NULL WHERE part_id = $1", db::vals![part.uuid()]).await;
    assert_eq!(follower.form(&undo, &[]).await.status, OPEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn evidence_goes_or_is_accepted_and_never_both() {
    let house = House::demo().await;
    let (clerk, follower) = (house.as_("thu").await, house.as_("vidu").await);
    let (part, evidence) = done_with_evidence(&house, &clerk).await;
    let path = format!("/evidence/{evidence}");
    for round in 0..12 {
        let rev = row(&house, part).await.rev;
        let (one, other, remove) = (follower.clone(), clerk.clone(), path.clone());
        let accept = tokio::spawn(async move { check(&one, part, rev, "accept", "").await });
        let remove = tokio::spawn(async move { other.form(&remove, &[]).await.status });
        let (accept, remove) = (accept.await.unwrap(), remove.await.unwrap());
        assert!((accept == OPEN) != (remove == OPEN), "{round}: accepted {accept}, removed {remove}");
        let now = row(&house, part).await;
        let left = programme::work::store::evidence::list(&house.app.db().read(), part).await.unwrap();
        assert_eq!(now.accepted_on.is_some(), !left.is_empty(), "{round}");
        if now.accepted_on.is_some() {
            check(&follower, part, now.rev, "send_back", "Xem lại").await;
            let rev = (now.rev + 1).to_string();
            let done = [("rev", rev.as_str()), ("done_on", "2026-11-20"), ("note", "Đã xong")];
            assert_eq!(clerk.form(&format!("/parts/{part}/done"), &done).await.status, OPEN);
        } else {
            assert_eq!(clerk.form(&path, &[("restore", "true")]).await.status, OPEN);
        }
    }
}

#[tokio::test]
async fn the_ground_of_a_duty_is_a_plan_that_concerns_its_owner() {
    let house = House::demo().await;
    let xa = house.person("xadoi", OTHER_COMMUNE, Role::PROGRAMME).await;
    let plan = async |number: &str| {
        let plans = programme::plans::store::plan::numbered(&house.app.db().read(), number).await.unwrap();
        plans[0].id().to_string()
    };
    let set = async |plan: &str| {
        let duty = [
            ("name", "Báo cáo của xã"),
            ("plan", plan),
            ("period", "month"),
            ("due_kind", "after"),
            ("due", "3"),
            ("reports", OTHER_COMMUNE),
        ];
        xa.form("/duties/new", &duty).await
    };
    // The plan of another commune, and one that gives this one work.
    let refused = set(&plan("17/KH-UBND").await).await;
    assert_eq!(refused.status, WRONG);
    assert!(words(&refused.body).contains("Chỉ lấy làm căn cứ"), "{}", refused.body);
    let form = words(&xa.get("/duties/new").await.body);
    assert!(form.contains("45/KH-UBND") && !form.contains("17/KH-UBND"), "{form}");
    let given = set(&plan("45/KH-UBND").await).await;
    assert_eq!(given.status, OPEN, "{}", given.body);
}
