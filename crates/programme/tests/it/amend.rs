//! What is corrected after a plan was approved: one task, its bodies, its shape, its end.

use axum::http::StatusCode;
use db::vals;
use kernel::{PlanId, Role};
use programme::{
    ids::{ChangeId, TaskId},
    work::store::{change, held, part::PartRow, task, unled},
};
use testkit::{Answer, Client};

use crate::{
    documents::{PLAN, read_in, rev_of},
    house::{House, SCIENCE},
    round::words,
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const NO: StatusCode = StatusCode::FORBIDDEN;
const LATE: StatusCode = StatusCode::CONFLICT;
const STALE: StatusCode = StatusCode::PRECONDITION_FAILED;

/// A task of the demo's plan on cloud computing, and who follows that plan.
struct Desk {
    house: House,
    officer: Client,
    task: TaskId,
}

const BUDGET: &str = "Rà soát định mức chi cho thuê dịch vụ số.";
const RULES: &str = "Ban hành quy chế quản lý, sử dụng hạ tầng điện toán đám mây của tỉnh.";
const ALL: &str = "Chuyển các cơ sở dữ liệu chuyên ngành lên hạ tầng dùng chung của tỉnh.";

impl Desk {
    async fn at(text: &str) -> Self {
        let house = House::demo().await;
        let officer = house.as_("vidu").await;
        let task = named(&house, text).await;
        Self { house, officer, task }
    }

    fn conn(&self) -> db::Reader {
        self.house.app.db().read()
    }

    async fn parts(&self) -> Vec<PartRow> {
        programme::work::store::part::of_task(&self.conn(), self.task.uuid()).await.unwrap()
    }

    async fn part(&self, unit: &str) -> PartRow {
        let unit = self.house.unit(unit);
        self.parts().await.into_iter().find(|part| part.unit() == unit).unwrap()
    }

    /// The form as the page shows it, with some of it written anew.
    async fn amend(&self, who: &Client, changes: &[(&str, &str)]) -> Answer {
        let page = words(&who.get(&format!("/tasks/{}/amend", self.task)).await.body);
        let value = |mark: &str, end: &str| {
            let at = page.find(mark).map(|at| at + mark.len());
            at.map(|at| page[at..].split(end).next().unwrap().to_owned()).unwrap_or_default()
        };
        let area = |name: &str| {
            let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("{name}: {page}"));
            page[at..].split_once('>').unwrap().1.split("</textarea>").next().unwrap().to_owned()
        };
        let line = |name: &str| value(&format!("id=\"{name}\" name=\"{name}\" type=\"text\" value=\""), "\"");
        let time = line("time");
        let mut form: Vec<(String, String)> = vec![
            ("rev".into(), value("name=\"rev\" value=\"", "\"")),
            ("text".into(), area("text")),
            ("leads".into(), line("leads")),
            ("helpers".into(), line("helpers")),
            ("time".into(), time),
            ("reason".into(), "Văn bản ghi nhầm".into()),
        ];
        for (name, new) in changes {
            form.retain(|(field, _)| field != name);
            form.push(((*name).to_owned(), (*new).to_owned()));
        }
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        who.form(&format!("/tasks/{}/amend", self.task), &form).await
    }

    async fn rev(&self) -> String {
        task::revision(&self.conn(), self.task).await.unwrap().to_string()
    }

    /// The rows that wait for a word about the task.
    async fn waiting(&self) -> Vec<(uuid::Uuid, kernel::UnitId)> {
        let rows = held::rows_of_task(&self.conn(), self.task).await.unwrap();
        rows.into_iter().map(|(row, held)| (row, held.unit())).collect()
    }

    /// The form of another act on it, over the task as it is now.
    async fn act(&self, who: &Client, act: &str, fields: &[(&str, &str)]) -> Answer {
        let rev = self.rev().await;
        let form = [&[("rev", rev.as_str())][..], fields].concat();
        who.form(&format!("/tasks/{}/{act}", self.task), &form).await
    }

    async fn newest(&self) -> String {
        let id = self.house.one("SELECT id FROM programme_change ORDER BY id DESC LIMIT 1", vec![]).await;
        format!("/changes/{}/undo", ChangeId::from_uuid(id))
    }

    async fn undo(&self, who: &Client) -> StatusCode {
        who.form(&self.newest().await, &[]).await.status
    }

    async fn page(&self) -> String {
        words(&self.officer.get(&format!("/tasks/{}", self.task)).await.body)
    }

    async fn text(&self) -> String {
        task::get(&self.conn(), self.task).await.unwrap().unwrap().text
    }
}

async fn named(house: &House, text: &str) -> TaskId {
    let sql = "SELECT id FROM programme_task WHERE text = $1 ORDER BY id LIMIT 1";
    TaskId::from_uuid(house.one(sql, vals![text]).await)
}

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
async fn a_task_without_a_body_stands_in_a_list_and_in_the_inbox_until_it_has_one() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let text = PLAN.replace("- Đơn vị chủ trì: Sở Tài chính;", "- Đơn vị chủ trì: Quỹ Không Có Thật;");
    let plan = house.taken_in(&officer, "a.txt", text.as_bytes()).await;
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let ask = words(&officer.get(&format!("{plan}/approve")).await.body);
    assert!(ask.contains("1 nhiệm vụ chưa có cơ quan nhận") || ask.contains("nhiệm vụ chưa có cơ quan nhận"), "{ask}");
    assert!(ask.contains("dòng nhiệm vụ chưa ai xem"), "{ask}");
    // Rows that nobody looked at are approved by who says that they know.
    let refused = officer.form(&format!("{plan}/approve"), &[]).await;
    assert!(refused.status == WRONG && refused.body.contains("dòng chưa ai xem. Hãy xem"), "{}", refused.body);
    assert_eq!(officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await.status, OPEN);
    let id: PlanId = plan.trim_start_matches("/plans/").parse().unwrap();
    let rows = unled::of_plan(&house.app.db().read(), id).await.unwrap();
    let row = rows.iter().find(|row| row.text.as_str() == BUDGET).unwrap();
    assert!(words(&officer.get("/unled").await.body).contains(BUDGET));
    assert!(officer.get("/unled.csv").await.body.contains("Rà soát định mức"));
    let json = officer.get("/api/v1/unled?plan=22/KH-UBND").await.json();
    assert!(json["items"].as_array().unwrap().iter().any(|item| item["text"] == BUDGET), "{json}");
    assert!(words(&officer.get("/work").await.body).contains("chưa có cơ quan nhận"));
    assert!(words(&officer.get(&plan).await.body).contains("nhiệm vụ chưa có cơ quan nhận"));
    let stranger = house.as_("thu").await;
    assert!(!words(&stranger.get("/unled").await.body).contains(BUDGET), "the list is of who follows");
    let named =
        [("rev", "0"), ("text", BUDGET), ("leads", SCIENCE), ("time", "Quý III/2026"), ("reason", "Đã thống nhất")];
    let given = officer.form(&format!("/tasks/{}/amend", row.id), &named).await;
    assert_eq!(given.status, OPEN, "{}", given.body);
    let left = unled::of_plan(&house.app.db().read(), id).await.unwrap();
    assert!(!left.iter().any(|left| left.id == row.id));
    let part = "SELECT id FROM programme_part WHERE task_id = $1";
    house.one(part, vals![row.id.uuid()]).await;
    house.registers_agree().await;
}

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

#[tokio::test]
async fn a_withdrawn_plan_says_who_when_and_why_and_comes_back_as_it_was() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let id = PlanId::from_uuid(house.one("SELECT id FROM programme_plan WHERE number = '22/KH-UBND'", vec![]).await);
    let plan = format!("/plans/{id}");
    let counts = "SELECT COUNT(*) FROM programme_part WHERE plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND') AND ";
    let open = house.count(&format!("{counts} done_on IS NULL AND stopped_on IS NULL")).await;
    let done = house.count(&format!("{counts} done_on IS NOT NULL")).await;
    house.exec("UPDATE programme_duty SET state = 'active' WHERE plan_id = $1", vals![id.uuid()]).await;
    assert!(open > 0 && done > 0);
    let ask = words(&officer.get(&format!("{plan}/withdraw")).await.body);
    assert!(ask.contains(&format!("{open} phần việc chưa xong")), "{ask}");
    let rev = rev_of(&house, &plan).await;
    let form = [
        ("rev", rev.as_str()),
        ("reason", "Thay bằng chương trình khác"),
        ("number", "30/QĐ-UBND"),
        ("day", "2026-11-20"),
    ];
    for login in ["thu", "taichinh", "giamdoc"] {
        assert_eq!(house.as_(login).await.form(&format!("{plan}/withdraw"), &form).await.status, NO, "{login}");
    }
    assert_eq!(officer.form(&format!("{plan}/withdraw"), &[("rev", rev.as_str()), ("reason", "")]).await.status, WRONG);
    assert_eq!(officer.form(&format!("{plan}/withdraw"), &form).await.status, OPEN);
    assert_eq!(house.count(&format!("{counts} stop_kind = 'withdrawn'")).await, open);
    assert_eq!(house.count(&format!("{counts} done_on IS NOT NULL")).await, done, "what is done stays");
    let page = words(&officer.get(&plan).await.body);
    assert!(
        page.contains("Kế hoạch đã thu hồi") && page.contains("30/QĐ-UBND") && page.contains("Thay bằng chương trình"),
        "{page}"
    );
    // A word on it that is taken back does not bring it to life.
    let leader = house.as_("lanhdao").await;
    let rev = rev_of(&house, &plan).await;
    let back = [("rev", rev.as_str()), ("act", "take_back")];
    assert_eq!(leader.form(&format!("{plan}/confirm"), &back).await.status, LATE);
    assert_eq!(officer.form(&format!("{plan}/withdraw"), &form).await.status, LATE, "once");
    let change = house.one("SELECT id FROM programme_change WHERE kind = 'withdraw'", vec![]).await;
    let undo = format!("/changes/{}/undo", ChangeId::from_uuid(change));
    assert_eq!(house.as_("thu").await.form(&undo, &[]).await.status, NO);
    assert_eq!(officer.form(&undo, &[]).await.status, OPEN);
    assert_eq!(house.count(&format!("{counts} done_on IS NULL AND stopped_on IS NULL")).await, open);
    let duties = "SELECT COUNT(*) FROM programme_duty WHERE state = 'active' AND plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND')";
    assert!(house.count(duties).await > 0);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn an_upload_that_nothing_came_of_can_be_taken_away() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let refused = read_in(&house, &officer, "trong.txt", "không có gì".as_bytes()).await;
    let review = read_in(&house, &officer, "a.txt", PLAN.as_bytes()).await;
    let list = words(&officer.get("/plans").await.body);
    assert!(list.contains(&format!("{refused}/remove")) && list.contains(&format!("{review}/remove")), "{list}");
    // What was said of its duties goes with it.
    let dropped = officer.form(&format!("{review}/read-duties"), &[("position", "0"), ("act", "drop")]).await;
    assert_eq!(dropped.status, OPEN, "{}", dropped.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_read_duty").await, 1);
    let other = house.as_("thu").await;
    let rev_now = rev_of(&house, &review).await;
    for (plan, rev) in [(&refused, "2"), (&review, rev_now.as_str())] {
        let form = [("rev", rev), ("reason", "Tải nhầm")];
        assert_ne!(other.form(&format!("{plan}/remove"), &form).await.status, OPEN);
        assert_eq!(officer.form(&format!("{plan}/remove"), &[("rev", rev)]).await.status, WRONG, "with a reason");
        assert_eq!(officer.get(&format!("{plan}/remove")).await.status, StatusCode::OK);
        assert_eq!(officer.form(&format!("{plan}/remove"), &form).await.status, OPEN, "{plan}");
        assert_eq!(officer.get(plan).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_read_row").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_read_duty").await, 0);
    // The same document can be taken in again; what is live is withdrawn and not removed.
    let again = house.taken_in(&officer, "a.txt", PLAN.as_bytes()).await;
    crate::documents::approved(&officer, &again).await;
    let rev = rev_of(&house, &again).await;
    let live = officer.form(&format!("{again}/remove"), &[("rev", rev.as_str()), ("reason", "Tải nhầm")]).await;
    assert_eq!(live.status, LATE);
}

/// The revision in the form that names the bodies of a target.
async fn target_rev(who: &Client, path: &str) -> String {
    let page = who.get(path).await.body;
    page.split_once("name=\"rev\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_target_that_nobody_reports_on_gets_a_body_and_loses_it_again() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let target = "SELECT id FROM programme_target WHERE plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND') ORDER BY id LIMIT 1";
    let target = programme::ids::TargetId::from_uuid(house.one(target, vec![]).await);
    house.exec("DELETE FROM programme_target_body WHERE target_id = $1", vals![target.uuid()]).await;
    let path = format!("/targets/{target}/bodies");
    assert!(words(&officer.get(&path).await.body).contains("Chưa có cơ quan nào phải báo cáo"));
    let rev = target_rev(&officer, &path).await;
    let named = [("rev", rev.as_str()), ("owners", SCIENCE), ("reports", ""), ("reason", "Theo phân công")];
    assert_eq!(house.as_("thu").await.form(&path, &named).await.status, NO);
    assert_eq!(officer.form(&path, &named).await.status, OPEN);
    assert_eq!(officer.form(&path, &named).await.status, STALE, "over what was named before");
    let bodies = "SELECT COUNT(*) FROM programme_target_body WHERE role = 'owns' AND target_id IN (SELECT target_id FROM programme_change WHERE target_id IS NOT NULL)";
    assert_eq!(house.count(bodies).await, 1);
    let undo = house.one("SELECT id FROM programme_change ORDER BY id DESC LIMIT 1", vec![]).await;
    assert_eq!(officer.form(&format!("/changes/{}/undo", ChangeId::from_uuid(undo)), &[]).await.status, OPEN);
    assert_eq!(house.count(bodies).await, 0);
}

#[tokio::test]
async fn everybody_sees_who_leads_what_was_reached_and_which_plans_there_are() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let id = PlanId::from_uuid(house.one("SELECT id FROM programme_plan WHERE number = '45/KH-UBND'", vec![]).await);
    let ask = words(&officer.get(&format!("/plans/{id}/publish")).await.body);
    assert!(ask.contains("Công khai tóm tắt 45/KH-UBND"), "{ask}");
    let everybody = house.client();
    assert!(words(&everybody.get("/public").await.body).contains("Chưa có kế hoạch nào được công khai"));
    assert_eq!(officer.form(&format!("/plans/{id}/publish"), &[]).await.status, OPEN);
    assert!(words(&everybody.get("/public").await.body).contains(&format!("/public/plans/{id}")));
    let page = words(&everybody.get(&format!("/public/plans/{id}")).await.body);
    assert!(page.contains("Cơ quan chủ trì") && !page.contains("đọc được"), "{page}");
}

#[tokio::test]
async fn official_acts_say_first_what_they_do() {
    let house = House::demo().await;
    let round = crate::round::Round::open(&house, house.as_("vidu").await).await;
    let officer = &round.officer;
    let lock = words(&officer.get(&format!("/periods/{}/lock", round.period)).await.body);
    assert!(lock.contains("Đã có 0/3 báo cáo") && lock.contains("3 cơ quan chưa gửi"), "{lock}");
    let duty = house.one("SELECT duty_id AS id FROM programme_period ORDER BY id DESC LIMIT 1", vec![]).await;
    let duty = format!("/duties/{}", programme::ids::DutyId::from_uuid(duty));
    let open = words(&officer.get(&format!("{duty}/periods?label=2026-M12")).await.body);
    assert!(open.contains("3 cơ quan sẽ có một báo cáo") && open.contains("UBND xã Sông Mẫu"), "{open}");
    let wrong = officer.get(&format!("{duty}/periods?label=x")).await;
    assert!(wrong.status == StatusCode::OK && wrong.body.contains("value=\"x\""), "{}", wrong.body);
    assert!(words(&officer.get(&format!("{duty}/end")).await.body).contains("3 cơ quan thôi phải báo cáo"));
    assert_eq!(house.as_("thu").await.get(&format!("{duty}/end")).await.status, NO);
    // So do the steps of a report, beside their buttons and to nobody who cannot take them.
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit("UBND xã Sông Mẫu")).await;
    let page = async |who: &Client| words(&who.get(&format!("/reports/{id}")).await.body);
    crate::round::take(&house, &clerk, &id, "submit", &[]).await;
    crate::round::take(&house, &chair, &id, "check", &[]).await;
    assert!(page(&chair).await.contains("nội dung được giữ nguyên như đang thấy"));
    assert!(!page(&clerk).await.contains("nội dung được giữ nguyên như đang thấy"));
    crate::round::take(&house, &chair, &id, "approve", &[]).await;
    assert!(page(&clerk).await.contains("gửi tới nơi nhận và không rút lại được"));
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

const ANSWERS: &str = "SELECT COUNT(*) FROM programme_held WHERE body LIKE '{\"answers\"%'";

const ADDED_TO: &str =
    "SELECT COUNT(*) FROM programme_plan WHERE changed_at IS NOT NULL AND confirmation = 'confirmed'";

#[tokio::test]
async fn a_plan_of_which_every_change_was_taken_back_waits_for_no_word() {
    let desk = Desk::at(BUDGET).await;
    let before = desk.house.count(ADDED_TO).await;
    assert_eq!(desk.amend(&desk.officer, &[("text", "Việc một")]).await.status, OPEN);
    let first = desk.newest().await;
    let desk = Desk { task: named(&desk.house, RULES).await, ..desk };
    assert_eq!(desk.amend(&desk.officer, &[("text", "Việc hai")]).await.status, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before + 1);
    assert_eq!(desk.officer.form(&first, &[]).await.status, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before + 1, "the second stands");
    assert_eq!(desk.undo(&desk.officer).await, OPEN);
    assert_eq!(desk.house.count(ADDED_TO).await, before);
}

/// Who is named for a target and waits is named once, and no longer than they are named.
#[tokio::test]
async fn what_waits_for_a_word_about_a_target_is_as_it_was_named_last() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let target = "SELECT id FROM programme_target WHERE plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND') ORDER BY id LIMIT 1";
    let target = programme::ids::TargetId::from_uuid(house.one(target, vec![]).await);
    house.exec("DELETE FROM programme_target_body WHERE target_id = $1", vals![target.uuid()]).await;
    let path = format!("/targets/{target}/bodies");
    let name = async |owners: &str| {
        let rev = target_rev(&officer, &path).await;
        let form = [("rev", rev.as_str()), ("owners", owners), ("reports", ""), ("reason", "Theo phân công")];
        officer.form(&path, &form).await.status
    };
    let undo = async || {
        let sql = "SELECT id FROM programme_change WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1";
        let change = ChangeId::from_uuid(house.one(sql, vec![]).await);
        officer.form(&format!("/changes/{change}/undo"), &[]).await.status
    };
    let (waits, held) = (house.count(ADDED_TO).await, house.count(ANSWERS).await);
    assert_eq!(name("Sở Y tế").await, OPEN);
    assert_eq!(house.count(ANSWERS).await, held + 1);
    assert_eq!(name("Sở Y tế").await, WRONG, "named already");
    assert_eq!(name(SCIENCE).await, OPEN);
    assert_eq!(house.count(ANSWERS).await, held, "nobody waits for what others got");
    let page = words(&officer.get(&format!("/targets/{target}")).await.body);
    assert!(page.contains("Các lần sửa (2)") && page.contains("/undo"), "{page}");
    assert_eq!((undo().await, house.count(ANSWERS).await), (OPEN, held + 1));
    assert_eq!((undo().await, house.count(ANSWERS).await), (OPEN, held));
    assert_eq!(house.count(ADDED_TO).await, waits, "it waits for no word");
}
