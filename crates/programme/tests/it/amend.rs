//! What is corrected after a plan was approved: one task, its bodies, its shape, its end.

use axum::http::StatusCode;
use db::vals;
use kernel::Role;
use programme::work::store::{change, held, part, register, task};

use crate::{
    amending::{ADDED_TO, ALL, BUDGET, Desk, RULES, named},
    house::{House, SCIENCE},
    round::words,
    status::{LATE, NO, OPEN, STALE, WRONG},
};

#[tokio::test]
async fn a_wrong_lead_is_corrected_in_one_act_and_the_old_body_is_told_why_its_part_ended() {
    let desk = Desk::at(BUDGET).await;
    let clerk = desk.house.as_("taichinh").await;
    let before = desk.part("Sở Tài chính").await;
    let path = format!("/parts/{}/progress", before.id());
    let note = [("rev", "1"), ("percent", "20"), ("text", "Đã lập tổ công tác")];
    assert_eq!(clerk.form(&path, &note).await.status, OPEN);
    let done = desk.amend(&desk.officer, &[("leads", SCIENCE), ("helpers", "")]).await;
    assert_eq!(done.status, OPEN, "{}", done.body);
    let (old, new) = (desk.part("Sở Tài chính").await, desk.part(SCIENCE).await);
    assert_eq!((old.stop_kind.as_deref(), old.percent), (Some("moved"), Some(20)), "its words and history stay");
    assert!(new.stop_kind.is_none() && new.due_on == before.due_on);
    // What the old body still sends is answered with what has happened.
    let rev = old.rev.to_string();
    let late = clerk.form(&path, &[("rev", rev.as_str()), ("percent", "40"), ("text", "Đã họp")]).await;
    assert!(late.status == LATE && words(&late.body).contains("đã chuyển cho cơ quan khác"), "{}", late.body);
    let page = desk.page().await;
    assert!(page.contains("Các lần sửa (1)") && page.contains("Văn bản ghi nhầm"), "{page}");
    // And back: the part is as it was, the new one is gone.
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(desk.parts().await.len(), 1);
    let back = desk.part("Sở Tài chính").await;
    assert_eq!((back.stopped_on, back.percent), (None, Some(20)));
    assert_eq!(
        clerk.form(&path, &[("rev", &back.rev.to_string()), ("percent", "40"), ("text", "Đã họp")]).await.status,
        OPEN
    );
    assert_eq!(desk.undo(&desk.officer).await, LATE, "it was taken back already");
    desk.house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(desk.house.app.db()).await.unwrap().fault, None);
}

/// What somebody else confirmed is not widened by who follows: what its text does not name waits for another word.
#[tokio::test]
async fn a_body_that_the_document_does_not_name_gets_the_work_once_the_issuer_says_so() {
    let desk = Desk::at(BUDGET).await;
    let done = desk.amend(&desk.officer, &[("leads", "Sở Y tế")]).await;
    assert_eq!(done.status, OPEN, "{}", done.body);
    assert_eq!(desk.parts().await.len(), 1, "nobody new has it yet");
    let waiting = held::of_task(&desk.conn(), desk.task).await.unwrap();
    assert_eq!(waiting.iter().map(held::Held::unit).collect::<Vec<_>>(), [desk.house.unit("Sở Y tế")]);
    let plan = format!("/plans/{}", desk.parts().await[0].plan());
    desk.house.confirm(&plan).await;
    assert!(desk.part("Sở Y tế").await.stop_kind.is_none());
    assert_eq!(desk.undo(&desk.officer).await, LATE, "somebody has said a word on it since");
}

#[tokio::test]
async fn what_is_wrong_with_an_amendment_is_said_at_its_field_and_changes_nothing() {
    let desk = Desk::at(BUDGET).await;
    let officer = &desk.officer;
    for (fields, fault) in [
        (vec![("reason", " ")], "reason"),
        (vec![("text", "")], "text"),
        (vec![("leads", "Cơ quan Không Có")], "leads"),
        (vec![("time", "khi nào đó ba ba")], "time"),
    ] {
        let refused = desk.amend(officer, &fields).await;
        assert_eq!(refused.status, WRONG, "{fault}: {}", refused.body);
        assert!(refused.body.contains(&format!("href=\"#{fault}\"")), "{fault}: {}", refused.body);
    }
    assert_eq!(
        desk.amend(officer, &[("rev", "7"), ("text", "Việc khác")]).await.status,
        StatusCode::PRECONDITION_FAILED
    );
    assert_eq!(desk.amend(officer, &[]).await.status, WRONG, "nothing differs");
    assert_eq!(change::of_task(&desk.conn(), desk.task).await.unwrap().len(), 0);
    // The same body twice is that body once.
    let twice = desk.amend(officer, &[("leads", "Sở Tài chính; Sở Tài chính"), ("time", "30/11/2027")]).await;
    assert_eq!(twice.status, OPEN, "{}", twice.body);
    assert_eq!(desk.parts().await.len(), 1);
    assert_eq!(desk.part("Sở Tài chính").await.due_on.as_deref(), Some("2027-11-30"));
}

#[tokio::test]
async fn only_who_may_approve_a_plan_amends_it_and_only_what_it_may_give() {
    let desk = Desk::at(BUDGET).await;
    for login in ["thu", "taichinh", "giamdoc", "lanhdao", "chutichxa"] {
        let who = desk.house.as_(login).await;
        let form = [("rev", "0"), ("text", "Việc khác"), ("leads", "Sở Tài chính"), ("reason", "Thử")];
        assert_eq!(who.form(&format!("/tasks/{}/amend", desk.task), &form).await.status, NO, "{login}");
        let stop = [("rev", "0"), ("act", "pause"), ("reason", "Thử")];
        assert_eq!(who.form(&format!("/tasks/{}/stop", desk.task), &stop).await.status, NO, "{login}");
    }
    // A commune's plan gives no right over a department, whatever is written into it.
    let house = House::people().await;
    let xa = house.person("xaprog", "UBND xã Sông Mẫu", Role::PROGRAMME).await;
    let given = [("number", "7/TB-UBND"), ("text", "Dọn kho"), ("leads", "UBND xã Sông Mẫu"), ("due", "30/12/2026")];
    assert_eq!(xa.form("/assign", &given).await.status, OPEN);
    let desk = Desk { task: named(&house, "Dọn kho").await, officer: xa, house };
    let refused = desk.amend(&desk.officer, &[("leads", "Sở Tài chính")]).await;
    assert!(
        refused.status == WRONG && words(&refused.body).contains("chưa có thẩm quyền giao việc"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn a_body_that_reported_the_work_done_keeps_it_and_who_did_the_work_does_not_give_it_away() {
    let desk = Desk::at(RULES).await;
    let part = desk.part(SCIENCE).await;
    if part.done_on.is_none() {
        let done = [("rev", part.rev.to_string()), ("done_on", "2026-11-20".into()), ("note", "Báo cáo 5".into())];
        let done: Vec<(&str, &str)> = done.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(desk.officer.form(&format!("/parts/{}/done", part.id()), &done).await.status, OPEN);
    }
    let refused = desk.amend(&desk.officer, &[("leads", "Văn phòng UBND tỉnh"), ("helpers", "")]).await;
    assert!(refused.status == WRONG && words(&refused.body).contains("đã báo hoàn thành"), "{}", refused.body);
    let desk = Desk::at(BUDGET).await;
    let path = format!("/parts/{}/progress", desk.part("Sở Tài chính").await.id());
    let own = [("percent", "10"), ("text", "Làm thay"), ("on_behalf", "true")];
    assert_eq!(desk.officer.form(&path, &own).await.status, OPEN);
    assert_eq!(desk.amend(&desk.officer, &[("leads", SCIENCE), ("helpers", "")]).await.status, NO);
}

#[tokio::test]
async fn words_are_amended_compared_searched_and_come_back() {
    let desk = Desk::at(BUDGET).await;
    let new = "Rà soát định mức chi cho mua sắm dịch vụ số.";
    assert_eq!(desk.amend(&desk.officer, &[("text", new)]).await.status, OPEN);
    let page = desk.page().await;
    assert!(page.contains("<del>thuê</del>") && page.contains("<ins>mua sắm</ins>"), "{page}");
    assert!(desk.officer.get("/tasks?q=mua+sam+dich+vu").await.body.contains("mua sắm"));
    // The body that confirmed the plan is asked again; until then its public page is not shown.
    let plan = format!("/plans/{}", desk.parts().await[0].plan());
    let shown = words(&desk.house.as_("lanhdao").await.get(&plan).await.body);
    assert!(shown.contains("id=\"confirm\"") && shown.contains("Đã sửa sau khi duyệt"), "{shown}");
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(desk.text().await, BUDGET);
    assert!(!desk.officer.get("/tasks?q=mua+sam+dich+vu").await.body.contains("mua sắm"));
}

#[tokio::test]
async fn what_others_did_since_is_not_undone_unseen() {
    let desk = Desk::at(BUDGET).await;
    assert_eq!(desk.amend(&desk.officer, &[("leads", SCIENCE), ("helpers", "")]).await.status, OPEN);
    let undo = desk.newest().await;
    let new = desk.part(SCIENCE).await;
    let note = [("rev", "1"), ("percent", "5"), ("text", "Bắt đầu")];
    assert_eq!(desk.officer.form(&format!("/parts/{}/progress", new.id()), &note).await.status, OPEN);
    let refused = desk.officer.form(&undo, &[]).await;
    assert!(refused.status == LATE && words(&refused.body).contains("đã được người khác thay đổi"), "{}", refused.body);
    assert_eq!(desk.part(SCIENCE).await.percent, Some(5));
}

#[tokio::test]
async fn what_waits_for_a_word_stays_when_something_else_is_mended() {
    let desk = Desk::at(BUDGET).await;
    let both = desk.amend(&desk.officer, &[("leads", "Sở Tài chính; Sở Y tế")]).await;
    assert_eq!(both.status, OPEN, "{}", both.body);
    let waiting = desk.waiting().await;
    let health = desk.house.unit("Sở Y tế");
    assert_eq!(waiting.iter().map(|(_, unit)| *unit).collect::<Vec<_>>(), [health]);
    let form = words(&desk.officer.get(&format!("/tasks/{}/amend", desk.task)).await.body);
    let leads = form.split_once("name=\"leads\"").unwrap().1.split_once('>').unwrap().0;
    assert!(leads.contains("Sở Y tế"), "the form names who waits: {leads}");
    // Bodies around the plan's issuer are proposed first, for who leads and for who helps.
    let issuer =
        "SELECT issuer_id AS id FROM programme_plan WHERE id = (SELECT plan_id FROM programme_task WHERE id = $1)";
    let issuer = kernel::UnitId::from_uuid(desk.house.one(issuer, db::vals![desk.task.uuid()]).await);
    assert_eq!(form.matches(&format!("/api/v1/bodies?near={issuer}\"")).count(), 2, "{form}");
    assert_eq!(desk.amend(&desk.officer, &[("text", "Rà soát định mức chi thuê dịch vụ số.")]).await.status, OPEN);
    assert_eq!(desk.waiting().await, waiting, "a typo was mended, nothing else");
    // New days are also for who waits.
    assert_eq!(desk.amend(&desk.officer, &[("time", "30/11/2027")]).await.status, OPEN);
    let rows = held::of_task(&desk.conn(), desk.task).await.unwrap();
    assert!(matches!(&rows[..], [held::Held::Part(part)] if part.due_on.as_deref() == Some("2027-11-30")), "{rows:?}");
    // Who waits is taken away by itself, and comes back.
    assert_eq!(desk.amend(&desk.officer, &[("leads", "Sở Tài chính")]).await.status, OPEN);
    assert!(desk.waiting().await.is_empty());
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(desk.waiting().await.iter().map(|(_, unit)| *unit).collect::<Vec<_>>(), [health]);
}

#[tokio::test]
async fn a_field_that_a_program_does_not_say_stays_as_it_is() {
    let desk = Desk::at(BUDGET).await;
    let before = task::get(&desk.conn(), desk.task).await.unwrap().unwrap();
    let parts = desk.parts().await.len();
    let said = serde_json::json!({ "rev": 0, "text": "Rà soát định mức.", "reason": "Viết gọn" });
    let path = format!("/api/v1/tasks/{}/amend", desk.task);
    let answer = desk.officer.json(axum::http::Method::POST, &path, &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let after = task::get(&desk.conn(), desk.task).await.unwrap().unwrap();
    assert_eq!(
        (after.text.as_str(), &after.time_raw, &after.result),
        ("Rà soát định mức.", &before.time_raw, &before.result)
    );
    assert_eq!(desk.parts().await.len(), parts);
    assert!(desk.parts().await.iter().all(|part| part.stop_kind.is_none()));
}

/// What another act brings to a task is seen before its form is saved.
#[tokio::test]
async fn a_form_is_not_saved_over_a_merge_or_a_confirmation_that_nobody_saw() {
    let desk = Desk::at(ALL).await;
    let other = Desk { task: named(&desk.house, BUDGET).await, ..desk };
    let into = named(&other.house, ALL).await;
    let into_text = into.to_string();
    let merge = [("act", "merge"), ("into", into_text.as_str()), ("reason", "Một việc")];
    let opened = task::revision(&other.conn(), into).await.unwrap().to_string();
    assert_eq!(other.act(&other.officer, "shape", &merge).await.status, OPEN);
    let desk = Desk { task: into, ..other };
    assert_eq!(desk.amend(&desk.officer, &[("rev", &opened), ("text", "Việc khác")]).await.status, STALE);
    let desk = Desk::at(BUDGET).await;
    assert_eq!(desk.amend(&desk.officer, &[("leads", "Sở Tài chính; Sở Y tế")]).await.status, OPEN);
    let opened = desk.rev().await;
    desk.house.confirm(&format!("/plans/{}", desk.parts().await[0].plan())).await;
    assert_eq!(desk.amend(&desk.officer, &[("rev", &opened), ("text", "Việc khác")]).await.status, STALE);
}

#[tokio::test]
async fn a_plan_of_which_every_change_was_taken_back_waits_for_no_word() {
    let desk = Desk::at(BUDGET).await;
    let before = desk.house.count(ADDED_TO).await;
    assert_eq!(desk.amend(&desk.officer, &[("text", "Việc một")]).await.status, OPEN);
    let first = desk.newest().await;
    desk.house.clock.move_by(jiff::SignedDuration::from_secs(1));
    let desk = Desk { task: named(&desk.house, RULES).await, ..desk };
    assert_eq!(desk.amend(&desk.officer, &[("text", "Việc hai")]).await.status, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before + 1);
    assert_eq!(desk.officer.form(&first, &[]).await.status, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before + 1, "the second stands");
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before);
}

/// Of acts that were made before this was written down nobody knows whether they made the plan wait.
#[tokio::test]
async fn an_act_of_an_earlier_version_that_is_taken_back_waits_for_no_word() {
    let desk = Desk::at(BUDGET).await;
    let before = desk.house.count(ADDED_TO).await;
    assert_eq!(desk.amend(&desk.officer, &[("text", "Việc một")]).await.status, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before + 1);
    let old = "UPDATE programme_change SET was_left = REPLACE(was_left, '\"is_anew\":true,', ''), waits = NULL";
    desk.house.exec(old, vec![]).await;
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before);
}

/// Nobody is asked for a word on what was taken away again.
#[tokio::test]
async fn a_plan_of_which_nothing_waits_any_more_asks_for_no_word() {
    let desk = Desk::at(BUDGET).await;
    let before = desk.house.count(ADDED_TO).await;
    assert_eq!(desk.amend(&desk.officer, &[("leads", "Sở Tài chính; Sở Y tế")]).await.status, OPEN);
    let first = desk.newest().await;
    assert_eq!(desk.house.count(ADDED_TO).await, before + 1);
    desk.house.clock.move_by(jiff::SignedDuration::from_secs(1));
    assert_eq!(desk.amend(&desk.officer, &[("leads", "Sở Tài chính")]).await.status, OPEN);
    assert!(desk.waiting().await.is_empty());
    assert_eq!(desk.house.count(ADDED_TO).await, before, "nothing is left to say a word on");
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before + 1, "somebody waits again");
    assert_eq!(desk.officer.form(&first, &[]).await.status, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before);
    // New words wait whoever is named.
    for fields in [("text", "Việc khác"), ("leads", "Sở Tài chính; Sở Y tế"), ("leads", "Sở Tài chính")]
    {
        desk.house.clock.move_by(jiff::SignedDuration::from_secs(1));
        assert_eq!(desk.amend(&desk.officer, &[fields]).await.status, OPEN);
        assert_eq!(desk.house.count(ADDED_TO).await, before + 1);
    }
}

/// A body whose work went elsewhere is none of those with work in the plan.
#[tokio::test]
async fn who_has_no_work_left_is_not_among_those_with_work() {
    let desk = Desk::at(BUDGET).await;
    let (own, finance) = (desk.house.unit(SCIENCE), desk.house.unit("Sở Tài chính"));
    let plan = desk.parts().await[0].plan();
    let there = async || {
        let with = register::work_with(&desk.conn(), &[own]).await.unwrap();
        let units = part::units_of_plan(&desk.conn(), plan).await.unwrap();
        (with.iter().any(|(unit, _)| *unit == finance), units.contains(&finance))
    };
    assert_eq!(there().await, (true, true));
    let helps = "DELETE FROM programme_helper WHERE unit_id = $1";
    desk.house.exec(helps, vals![finance.uuid()]).await;
    let moved = "UPDATE programme_part SET stop_kind = 'moved', stopped_on = '2026-11-21' WHERE unit_id = $1";
    desk.house.exec(moved, vals![finance.uuid()]).await;
    assert_eq!(there().await, (false, false));
}
