//! What becomes of a plan while it is approved, and of the one whose place it takes.

use std::time::Duration;

use axum::http::StatusCode;

use crate::{
    documents::{DOCX, PLAN, approved, numbered},
    house::House,
    round::words,
};

#[tokio::test]
async fn a_new_version_takes_over_the_work_and_ends_the_old_one() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let old = numbered(&officer, "22/KH-UBND").await;
    let done = "SELECT COUNT(*) FROM programme_part WHERE done_on IS NOT NULL AND plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND')";
    let before = house.count(done).await;
    assert!(before > 0);
    let of_old = "plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND')";
    let active = "UPDATE programme_duty SET state = 'active' WHERE plan_id = $1";
    house.exec(active, db::vals![old.parse::<kernel::PlanId>().unwrap().uuid()]).await;
    let open = format!("SELECT id FROM programme_part WHERE done_on IS NULL AND {of_old} ORDER BY id LIMIT 1");
    let paused = programme::ids::PartId::from_uuid(house.one(&open, vec![]).await);
    let pause = "UPDATE programme_part SET stopped_on = '2026-11-01', stop_kind = 'paused' WHERE id = $1";
    house.exec(pause, db::vals![paused.uuid()]).await;
    let text = PLAN.replace("22/KH-UBND", "99/KH-UBND").replace("Tháng 12/2025", "Tháng 6/2027");
    let plan = house.taken_in(&officer, "moi.txt", text.as_bytes()).await;
    let page = officer.get(&plan).await.body;
    assert!(page.contains("Có thể thay thế kế hoạch:") && page.contains("22&#x2f;KH-UBND"), "{page}");
    officer.form(&format!("{plan}/links"), &[("other", old.as_str()), ("kind", "replaces")]).await;
    let changes = officer.get(&format!("{plan}/changes?with={old}")).await.body;
    assert!(changes.contains("1 điểm thay đổi") && changes.contains("6 nhiệm vụ giữ nguyên"), "{changes}");
    approved(&officer, &plan).await;
    house.lake_is_as_the_rows().await;
    let carried = done.replace("22/KH-UBND", "99/KH-UBND");
    assert_eq!(house.count(&carried).await, before, "what was done is done in the new plan too");
    let open_of_old =
        &format!("SELECT COUNT(*) FROM programme_part WHERE done_on IS NULL AND stopped_on IS NULL AND {of_old}");
    assert_eq!(house.count(open_of_old).await, 0);
    assert!(officer.get(&format!("/plans/{old}")).await.body.contains("Đã được thay thế"));
    // Its parts say so, offer nothing, and come to life by no other way; nobody reports on it any more.
    let ended = "SELECT id FROM programme_part WHERE stop_kind = 'replaced' ORDER BY id LIMIT 1";
    let part = programme::ids::PartId::from_uuid(house.one(ended, vec![]).await);
    let there = officer.get(&format!("/parts/{part}")).await.location;
    let page = words(&officer.get(&there).await.body);
    assert!(page.contains("dừng vì kế hoạch đã được thay thế"), "{page}");
    assert!(!page.contains(&format!("/parts/{part}/progress")) && !page.contains(&format!("/parts/{part}/check")));
    let was_done = format!("SELECT id FROM programme_part WHERE done_on IS NOT NULL AND {of_old} ORDER BY id LIMIT 1");
    let was_done = programme::ids::PartId::from_uuid(house.one(&was_done, vec![]).await);
    for (part, act, form) in [
        (part, "check", "resume"),
        (paused, "check", "resume"),
        (was_done, "check", "send_back"),
        (was_done, "done", ""),
    ] {
        let rev =
            programme::work::store::part::get(&house.app.db().read(), part).await.unwrap().unwrap().rev.to_string();
        let form = [("rev", rev.as_str()), ("act", form), ("words", "Làm tiếp"), ("note", "Làm tiếp")];
        let refused = officer.form(&format!("/parts/{part}/{act}"), &form).await;
        assert!(refused.status.is_client_error(), "{act} {form:?}: {}", refused.status);
    }
    assert_eq!(house.count(open_of_old).await, 0, "nothing of it comes to life again");
    for (act, field) in [("steps", "text"), ("difficulties", "text"), ("helpers", "unit")] {
        let refused =
            officer.form(&format!("/parts/{part}/{act}"), &[(field, "Sở Tài chính"), ("on_behalf", "true")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{act}");
        assert!(!page.contains(&format!("/parts/{part}/{act}")), "{act} is not offered");
    }
    let duties = format!("SELECT COUNT(*) FROM programme_duty WHERE {of_old} AND state = ");
    assert_eq!(house.count(&format!("{duties}'active'")).await, 0);
    assert!(house.count(&format!("{duties}'ended'")).await > 0);
    // Nor by a word on it that is taken back.
    let id: kernel::PlanId = old.parse().unwrap();
    let plan = programme::plans::store::plan::get(&house.app.db().read(), id).await.unwrap().unwrap();
    assert!(plan.confirmation.is_some() && plan.state == "replaced");
    let back = programme::approve::usecase::plan_confirm::ConfirmAct::TakeBack;
    let back =
        programme::approve::usecase::plan_confirm::plan_confirm(&house.app, &house.system(), id, plan.rev, &back).await;
    assert_eq!(back.unwrap_err().code, "wrong-state");
}

/// What is said on a plan while it is being approved is said on a plan that is reviewed no more, and is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_word_on_a_plan_that_becomes_live_meanwhile_is_refused() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let text = PLAN.replace("22/KH-UBND", "98/KH-UBND");
    let plan = house.taken_in(&officer, "cho.txt", text.as_bytes()).await;
    let id: kernel::PlanId = plan.trim_start_matches("/plans/").parse().unwrap();
    let (db, ctx) = (house.app.db(), &house.system());
    let row = &programme::plans::store::read_row::list(&db.read(), id).await.unwrap()[0];
    let rev = programme::plans::store::plan::get(&db.read(), id).await.unwrap().unwrap().rev;
    let approving = db.write(ctx, |tx| async move {
        assert!(programme::plans::store::plan::live_set(&tx, id, rev, 1).await?);
        tx.ledger(db::Entry::new("test.rows", id));
        tokio::time::sleep(Duration::from_millis(600)).await;
        Ok(())
    });
    let wait = Duration::from_millis(200);
    let dropping = async {
        tokio::time::sleep(wait).await;
        let drop = programme::plans::usecase::review::Act::Drop;
        programme::plans::usecase::review::decide(&house.app, ctx, row.id, row.rev, &drop).await
    };
    let aside = async {
        tokio::time::sleep(wait).await;
        programme::plans::usecase::review::set_aside(&house.app, ctx, id, "Sẽ xem sau").await
    };
    let (done, dropped, aside) = tokio::join!(approving, dropping, aside);
    done.unwrap();
    assert_eq!((dropped.unwrap_err().code, aside.unwrap_err().code), ("not-in-review", "not-in-review"));
}

#[tokio::test]
async fn a_plan_approved_while_another_edits_it_says_so() {
    let house = House::people().await;
    let (one, two) = (house.as_("vidu").await, house.as_("vidu").await);
    let plan = house.taken_in(&one, "a.docx", DOCX).await;
    two.get(&format!("{plan}/review")).await;
    approved(&one, &plan).await;
    let late =
        two.form(&format!("{plan}/read-rows"), &[("text", "Muộn"), ("lead", "Sở Nội vụ"), ("time", "2026")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("rà soát"), "{}", late.body);
}

#[tokio::test]
async fn an_issued_plan_finds_its_own_draft() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let text = PLAN;
    let draft = text.replace("Số: 22/KH-UBND", "Số:     /KH-UBND").replace("KẾ HOẠCH\n", "DỰ THẢO\nKẾ HOẠCH\n");
    let draft = house.taken_in(&officer, "du-thao.txt", draft.as_bytes()).await;
    let issued = house.taken_in(&officer, "ban-hanh.txt", text.as_bytes()).await;
    let page = officer.get(&issued).await.body;
    assert!(page.contains("Có thể là bản ban hành của dự thảo:"), "{page}");
    let other = draft.trim_start_matches("/plans/");
    officer.form(&format!("{issued}/links"), &[("other", other), ("kind", "follows_draft")]).await;
    approved(&officer, &issued).await;
    assert!(officer.get(&draft).await.body.contains("Đã được thay thế"), "the draft leaves the list of work");
}

/// Work that is reported done in the old plan while the new one is approved would be open in the new one: who approves is
/// asked to look again, and nothing is half done.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn work_done_while_its_plan_is_replaced_is_not_lost() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let old = numbered(&officer, "22/KH-UBND").await;
    let text = PLAN.replace("22/KH-UBND", "97/KH-UBND");
    let plan = house.taken_in(&officer, "moi.txt", text.as_bytes()).await;
    officer.form(&format!("{plan}/links"), &[("other", old.as_str()), ("kind", "replaces")]).await;
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let id: kernel::PlanId = plan.trim_start_matches("/plans/").parse().unwrap();
    let open = "SELECT p.id FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id \
        WHERE l.number = '22/KH-UBND' AND p.done_on IS NULL AND p.stopped_on IS NULL ORDER BY p.id LIMIT 1";
    let part = house.one(open, vec![]).await;
    let (db, ctx) = (house.app.db(), &house.system());
    let done = db.write(ctx, |tx| async move {
        // Whoever approves waits here, with what was read before.
        programme::plans::store::plan::review_hold(&tx, id).await?;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        let sql = "UPDATE programme_part SET done_on = '2026-11-20', percent = 100, rev = rev + 1 WHERE id = $1";
        tx.exec(sql, db::vals![part]).await?;
        tx.ledger(db::Entry::new("test.rows", id));
        Ok(())
    });
    let approving = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        programme::approve::usecase::plan_approve::plan_approve(&house.app, ctx, id, true).await
    };
    let (done, refused) = tokio::join!(done, approving);
    done.unwrap();
    assert_eq!(refused.unwrap_err().kind, kernel::ProblemKind::Stale);
    let old_runs = "SELECT COUNT(*) FROM programme_plan WHERE number = '22/KH-UBND' AND state = 'live'";
    assert_eq!(house.count(old_runs).await, 1, "nothing of it happened");
    approved(&officer, &plan).await;
    let carried = "SELECT COUNT(*) FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id WHERE l.number = '97/KH-UBND' AND p.done_on = '2026-11-20'";
    assert!(house.count(carried).await > 0, "asked again, what was done is done");
}

/// A row that is corrected while somebody approves does not become work in its old words: who approves looks again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_correction_while_a_plan_is_approved_is_not_lost() {
    use programme::{
        approve::usecase::plan_approve::plan_approve,
        plans::store::{plan::review_hold, read_row},
    };
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = house.taken_in(&officer, "k.txt", PLAN.as_bytes()).await;
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let id: kernel::PlanId = plan.trim_start_matches("/plans/").parse().unwrap();
    let mut row = read_row::list(&house.app.db().read(), id).await.unwrap().remove(0);
    row.task.text = "Việc được sửa trong lúc phê duyệt".into();
    let (db, ctx, row) = (house.app.db(), &house.system(), &row);
    let correcting = db.write(ctx, |tx| async move {
        // Whoever approves waits here, with what was read before.
        review_hold(&tx, id).await?;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert!(read_row::update(&tx, row).await?, "nobody else corrects it");
        tx.ledger(db::Entry::new("test.rows", id));
        Ok(())
    });
    let approving = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        plan_approve(&house.app, ctx, id, true).await
    };
    let (corrected, refused) = tokio::join!(correcting, approving);
    corrected.unwrap();
    assert_eq!(refused.unwrap_err().kind, kernel::ProblemKind::Stale);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 0, "nothing of it happened");
    approved(&officer, &plan).await;
    let corrected = "SELECT COUNT(*) FROM programme_task WHERE text = 'Việc được sửa trong lúc phê duyệt'";
    assert_eq!(house.count(corrected).await, 1, "asked again, it is live as it was corrected");
}
