//! A task that becomes two, two that become one, and a task that is paused for all its bodies.

use kernel::Role;
use programme::work::store::{held, part::PartRow, task};

use crate::{
    amending::{ALL, BUDGET, Desk, RULES, named},
    house::SCIENCE,
    round::words,
    status::{LATE, NO, OPEN, STALE, WRONG},
};

#[tokio::test]
async fn two_rows_that_are_one_become_one_with_the_evidence_of_both_and_come_apart_again() {
    let desk = Desk::at(BUDGET).await;
    let into = named(&desk.house, ALL).await;
    let evidence = [("number", "15/BC-STC")];
    let clerk = desk.house.as_("taichinh").await;
    let own = desk.part("Sở Tài chính").await;
    let parts: Vec<testkit::Part<'_>> =
        evidence.iter().map(|(name, value)| testkit::Part::Field(name, value)).collect();
    assert_eq!(clerk.upload(&format!("/parts/{}/evidence", own.id()), &parts).await.status, OPEN);
    let into_text = into.to_string();
    let merge = [("act", "merge"), ("into", into_text.as_str()), ("reason", "Một việc ghi hai lần")];
    let merged = desk.act(&desk.officer, "shape", &merge).await;
    assert_eq!(merged.status, OPEN, "{}", merged.body);
    let stays = programme::work::store::part::of_task(&desk.conn(), into.uuid()).await.unwrap();
    let stays = stays.into_iter().find(|part| part.unit() == desk.house.unit("Sở Tài chính")).unwrap();
    let proof = programme::work::store::evidence::list(&desk.conn(), stays.id()).await.unwrap();
    assert_eq!(proof.len(), 1, "the evidence went to the part that stays");
    assert_eq!(desk.part("Sở Tài chính").await.stop_kind.as_deref(), Some("merged"));
    let page = desk.page().await;
    assert!(page.contains("đã gộp vào nhiệm vụ khác"), "{page}");
    let grown = words(&desk.officer.get(&format!("/tasks/{into}")).await.body);
    assert!(grown.contains("Một việc ghi hai lần"), "the task that grew says so too: {grown}");
    assert_eq!(desk.act(&desk.officer, "shape", &merge).await.status, LATE, "it is no task of its own any more");
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(desk.part("Sở Tài chính").await.stop_kind, None);
    let proof = programme::work::store::evidence::list(&desk.conn(), own.id()).await.unwrap();
    assert_eq!(proof.len(), 1);
    // With itself, or with a task of another plan, nothing becomes one.
    let own_id = desk.task.to_string();
    let itself = [("act", "merge"), ("into", own_id.as_str()), ("reason", "Thử")];
    assert_eq!(desk.act(&desk.officer, "shape", &itself).await.status, WRONG);
    desk.house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn one_row_that_is_two_becomes_two_and_into_none_it_is_not_split() {
    let desk = Desk::at(RULES).await;
    for text in ["", "Ban hành quy chế", " \n\n "] {
        let split = [("act", "split"), ("text", text), ("reason", "Hai việc")];
        let refused = desk.act(&desk.officer, "shape", &split).await;
        assert_eq!(refused.status, WRONG, "{text:?}");
    }
    let before = task::of_plan(&desk.conn(), desk.parts().await[0].plan()).await.unwrap().len();
    let two =
        [("act", "split"), ("text", "Soạn quy chế quản lý.\n\nBan hành quy chế sử dụng."), ("reason", "Hai việc")];
    let mut open: Vec<_> = desk.parts().await.iter().filter(|part| part.done_on.is_none()).map(PartRow::unit).collect();
    let split = desk.act(&desk.officer, "shape", &two).await;
    assert_eq!(split.status, OPEN, "{}", split.body);
    assert_eq!(desk.text().await, "Soạn quy chế quản lý.");
    let plan = desk.parts().await[0].plan();
    assert_eq!(task::of_plan(&desk.conn(), plan).await.unwrap().len(), before + 1);
    let new = named(&desk.house, "Ban hành quy chế sử dụng.").await;
    let parts = programme::work::store::part::of_task(&desk.conn(), new.uuid()).await.unwrap();
    let mut led: Vec<_> = parts.iter().map(PartRow::unit).collect();
    led.sort_unstable();
    open.sort_unstable();
    assert_eq!(led, open, "the bodies whose work is open");
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(task::of_plan(&desk.conn(), plan).await.unwrap().len(), before);
    assert_eq!(desk.text().await, RULES);
}

#[tokio::test]
async fn a_split_keeps_who_waits_and_who_is_paused() {
    let desk = Desk::at(BUDGET).await;
    assert_eq!(desk.amend(&desk.officer, &[("leads", "Sở Tài chính; Sở Y tế")]).await.status, OPEN);
    let pause = [("act", "pause"), ("reason", "Chờ kinh phí")];
    assert_eq!(desk.act(&desk.officer, "stop", &pause).await.status, OPEN);
    let two = [("act", "split"), ("text", "Rà soát định mức.\n\nTrình định mức mới."), ("reason", "Hai việc")];
    let split = desk.act(&desk.officer, "shape", &two).await;
    assert_eq!(split.status, OPEN, "{}", split.body);
    let new = named(&desk.house, "Trình định mức mới.").await;
    let parts = programme::work::store::part::of_task(&desk.conn(), new.uuid()).await.unwrap();
    let led: Vec<_> = parts.iter().map(|part| (part.unit(), part.stop_kind.as_deref())).collect();
    assert_eq!(led, [(desk.house.unit("Sở Tài chính"), Some("paused"))]);
    let waiting = held::of_task(&desk.conn(), new).await.unwrap();
    assert_eq!(waiting.iter().map(held::Held::unit).collect::<Vec<_>>(), [desk.house.unit("Sở Y tế")]);
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
}

#[tokio::test]
async fn who_did_the_work_does_not_merge_it_away_and_an_act_goes_back_by_the_hand_that_did_it() {
    let desk = Desk::at(BUDGET).await;
    let into = named(&desk.house, ALL).await.to_string();
    let merge = [("act", "merge"), ("into", into.as_str()), ("reason", "Một việc")];
    let part = desk.part("Sở Tài chính").await;
    let own = [("percent", "10"), ("text", "Làm thay"), ("on_behalf", "true")];
    assert_eq!(desk.officer.form(&format!("/parts/{}/progress", part.id()), &own).await.status, OPEN);
    assert_eq!(desk.act(&desk.officer, "shape", &merge).await.status, NO);
    let desk = Desk::at(BUDGET).await;
    let second = desk.house.person("nguoikhac", SCIENCE, Role::PROGRAMME).await;
    assert_eq!(desk.amend(&desk.officer, &[("text", "Việc khác")]).await.status, OPEN);
    assert_eq!(desk.undo(&second).await, NO, "another did it");
    let page = words(&second.get(&format!("/tasks/{}", desk.task)).await.body);
    assert!(!page.contains(&desk.newest().await), "nor is it offered: {page}");
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
}

#[tokio::test]
async fn a_task_is_paused_for_all_its_bodies_and_goes_on_for_all() {
    let desk = Desk::at(ALL).await;
    let open = desk.parts().await.iter().filter(|part| part.done_on.is_none()).count();
    assert!(open > 2);
    let path = format!("/tasks/{}/stop", desk.task);
    let ask = words(&desk.officer.get(&format!("{path}?act=pause")).await.body);
    assert!(ask.contains(&format!("phần việc của {open} cơ quan")), "{ask}");
    let stop =
        |act: &'static str| [("act", act), ("reason", "Chờ kinh phí"), ("number", "12/CV-UBND"), ("day", "2026-11-01")];
    let act = async |what: &'static str| desk.act(&desk.officer, "stop", &stop(what)).await;
    assert_eq!(act("pause").await.status, OPEN);
    let paused = |parts: &[PartRow]| parts.iter().filter(|part| part.stop_kind.as_deref() == Some("paused")).count();
    assert_eq!(paused(&desk.parts().await), open);
    assert_eq!(act("pause").await.status, LATE, "nothing is open");
    let unread = [&[("rev", "0")][..], &stop("resume")].concat();
    assert_eq!(desk.officer.form(&path, &unread).await.status, STALE, "over what it was before it was paused");
    let director = act("resume").await;
    assert_eq!(director.status, OPEN, "{}", director.body);
    assert_eq!(paused(&desk.parts().await), 0);
    assert_eq!(desk.undo(&desk.officer).await, OPEN, "paused again");
    assert_eq!(paused(&desk.parts().await), open);
    let ahead = [("act", "resume"), ("reason", "Thử"), ("day", "2030-01-01")];
    assert_eq!(desk.act(&desk.officer, "stop", &ahead).await.status, WRONG);
}

/// One part of what was done to a whole task is not taken back by itself.
#[tokio::test]
async fn a_pause_of_the_whole_task_goes_back_as_a_whole() {
    let desk = Desk::at(BUDGET).await;
    let pause = [("act", "pause"), ("reason", "Chờ kinh phí")];
    assert_eq!(desk.act(&desk.officer, "stop", &pause).await.status, OPEN);
    let entry =
        desk.house.one("SELECT id FROM programme_entry WHERE kind = 'pause' ORDER BY id DESC LIMIT 1", vec![]).await;
    let alone = format!("/entries/{}/undo", programme::ids::EntryId::from_uuid(entry));
    assert_eq!(desk.officer.form(&alone, &[]).await.status, LATE);
    assert_eq!(desk.part("Sở Tài chính").await.stop_kind.as_deref(), Some("paused"));
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(desk.part("Sở Tài chính").await.stop_kind, None);
}
