//! One queue through all of a review: in which order, past what, and where it ends.

use programme::ids::ReadRowId;
use testkit::Client;

use crate::{
    documents::row_at,
    house::{House, plan_without_doubts},
    review::{doubt, page, reviewed, with_bridge},
    round::words,
    status::{OPEN, WRONG},
};

/// How many things nobody has looked at, as the page before approval asks about.
async fn unseen(officer: &Client, plan: &str) -> usize {
    let page = words(&officer.get(&format!("{plan}/approve")).await.body);
    let Some((before, _)) = page.split_once(" dòng chưa ai xem và vẫn duyệt") else { return 0 };
    before.rsplit(' ').next().unwrap().parse().unwrap()
}

/// Where a form goes and what it sends unseen, from behind `action="` on.
fn sent_by(form: &str) -> (String, Vec<(String, String)>) {
    let action = form.split('"').next().unwrap().to_owned();
    let field = |field: &str| {
        let (name, rest) = field.split_once("\" value=\"").unwrap();
        (name.to_owned(), rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#x3d;", "="))
    };
    let fields = form.split("<input type=\"hidden\" name=\"").skip(1).map(field);
    (action, fields.filter(|(name, _)| name != "once").collect())
}

#[tokio::test]
async fn what_nobody_looked_at_counts_the_head_and_duties_and_is_walked_through_to_the_end() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &plan_without_doubts()).await;
    house.confirm(&plan).await;
    // Seven tasks, two targets, two duties to report, and the head.
    assert_eq!(unseen(&officer, &plan).await, 12);
    let refused = officer.form(&format!("{plan}/approve"), &[]).await;
    assert_eq!(refused.status, WRONG, "{}", refused.body);
    // Each form leads to what comes next.
    let mut at = format!("{plan}/review?on=head");
    for left in (0..12).rev() {
        let shown = words(&officer.get(&at).await.body);
        let (_, item) = shown.split_once(" data-on tabindex").expect(&shown);
        let (_, form) = item.split_once("<form method=\"post\" action=\"").expect(item);
        let form = &form[..form.find("</form>").unwrap()];
        let form = if form.contains("value=\"accept\"") {
            form
        } else {
            // What was just decided stands before it, with its undo.
            let (_, next) = item.split_once("</form>").unwrap();
            let (_, next) = next.split_once("<form method=\"post\" action=\"").expect(next);
            &next[..next.find("</form>").unwrap()]
        };
        let (action, mut fields) = sent_by(form);
        fields.push(("act".into(), "accept".into()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = officer.form(&action, &fields).await;
        assert_eq!(answer.status, OPEN, "{action} {fields:?} {}", answer.body);
        assert_eq!(unseen(&officer, &plan).await, left, "{action}");
        assert!(answer.location.contains("said=saved&was="), "{}", answer.location);
        at = answer.location;
    }
    assert!(officer.get(&at).await.body.contains("Đã rà soát xong"), "the end leads to the approval");
    let live = officer.form(&format!("{plan}/approve"), &[]).await;
    assert_eq!(live.status, OPEN, "everything was looked at: {}", live.body);
}

#[tokio::test]
async fn the_queue_goes_as_the_document_does_or_doubts_first_and_is_filtered() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &with_bridge()).await;
    let key = |page: &str, key: &str| {
        let found = page.split_once(&format!("data-key=\"{key}\" href=\"")).map(|(_, rest)| rest.split('"').next());
        found.flatten().map(|href| href.replace("&amp;", "&"))
    };
    // Of targets that were looked at nothing is doubted.
    let read = officer.get(&format!("/api/v1{plan}/read-rows")).await.json();
    for target in read["targets"].as_array().unwrap() {
        let path = format!("/read-targets/{}", target["id"].as_str().unwrap());
        assert_eq!(officer.form(&path, &[("rev", "1"), ("act", "accept")]).await.status, OPEN);
    }
    // Targets stand before the tasks of this document, and the doubt behind them.
    let head = page(&officer, &plan, "?on=head").await;
    assert_eq!(key(&head, "j").as_deref(), Some("?on=target-1#target-1"));
    assert_eq!(key(&head, "k"), None);
    let finding = doubt(&officer, &plan).await["id"].as_str().unwrap().to_owned();
    assert_eq!(key(&head, "n"), Some(format!("?on={finding}#{finding}")));
    let second = page(&officer, &plan, "?on=target-2").await;
    assert_eq!(key(&second, "j"), Some(format!("?on={finding}#{finding}")));
    assert_eq!(key(&second, "k").as_deref(), Some("?on=target-1#target-1"));
    let doubts = page(&officer, &plan, &format!("?on={finding}&order=doubts")).await;
    assert_eq!(key(&doubts, "k"), None, "the doubt is first");
    assert_eq!(key(&doubts, "j").as_deref(), Some("?on=head&order=doubts#head"));
    let found = page(&officer, &plan, "?find=dinh+muc").await;
    assert!(
        found.contains("Mục 1 trên 1") && found.contains("id=\"row-2\"") && !found.contains("id=\"row-1\""),
        "{found}"
    );
    // What is asked for and is not there is no fault of its reader.
    for odd in ["?on=duty-999", "?on=x", "?row=0", "?row=99999", "?place=x", "?add=x", "?was=row-99", "?was=duty-77"] {
        page(&officer, &plan, odd).await;
    }
}

#[tokio::test]
async fn an_accepted_row_leads_on_and_its_undo_stands_where_the_review_went() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &plan_without_doubts()).await;
    let row = row_at(&house, 1).await;
    let accept = [("rev", "1"), ("act", "accept"), ("number", "1"), ("next", "row=2#row-2")];
    let answer = officer.form(&format!("/read-rows/{row}"), &accept).await;
    assert_eq!(answer.location, format!("{plan}/review?said=saved&was=row-1&row=2#row-2"));
    let shown = words(&officer.get(&answer.location).await.body);
    assert!(shown.contains("Nhiệm vụ 1: đã rà soát") && shown.contains("name=\"act\" value=\"reopen\""), "{shown}");
    // It leads nowhere else, whatever a form says.
    let row = row_at(&house, 2).await;
    let away = [("rev", "1"), ("act", "accept"), ("number", "2"), ("next", "//evil.example/")];
    let answer = officer.form(&format!("/read-rows/{row}"), &away).await;
    assert!(answer.location.starts_with(&format!("{plan}/review?")), "{}", answer.location);
}

/// How often it is asked whether something is a task.
const DOUBTED: &str = "SELECT COUNT(*) FROM programme_finding WHERE kind = 'maybe_task' AND state = 'open'";

/// A plan under review with work that has a year of its own among its duties, which is asked about, and where that stands.
async fn with_work_among_duties(house: &House, officer: &Client) -> (String, i64) {
    let duty = "a) Theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n";
    let text = plan_without_doubts().replacen(duty, &format!("{duty}Đắp lại bờ kè suối Vàng trong năm 2026.\n"), 1);
    let plan = reviewed(house, officer, &text).await;
    assert_eq!(house.count(DOUBTED).await, 1);
    (plan, house.count("SELECT position FROM programme_read_row WHERE body LIKE '%bờ kè%'").await)
}

/// Is it a task? Who accepts it has said so, and is asked no more.
#[tokio::test]
async fn who_accepts_a_row_answers_with_it_whether_it_is_a_task() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let (plan, at) = with_work_among_duties(&house, &officer).await;
    let card = page(&officer, &plan, &format!("?row={at}")).await;
    let found = officer.get(&format!("/api/v1{plan}/findings")).await.json();
    let asked = found["items"].as_array().unwrap().iter().find(|one| one["kind"] == "maybe_task").unwrap();
    let way = format!("name=\"next\" value=\"on={}", asked["id"].as_str().unwrap());
    assert!(!card.contains(&way), "what is answered with the row is passed over: {card}");
    let id = row_at(&house, at).await;
    let accept = [("rev", "1"), ("act", "accept")];
    assert_eq!(officer.form(&format!("/read-rows/{id}"), &accept).await.status, OPEN);
    assert_eq!(house.count(DOUBTED).await, 0);
}

/// What was doubted about a row is settled once all of it was joined to the one above, which is looked at again.
#[tokio::test]
async fn who_joins_a_row_to_the_one_above_leaves_no_doubts_about_it() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let (_, at) = with_work_among_duties(&house, &officer).await;
    let first = row_at(&house, at).await;
    let parts = [("rev", "1"), ("act", "split"), ("text", "Đắp lại bờ kè.\n\nDọn suối Vàng trong năm 2026.")];
    assert_eq!(officer.form(&format!("/read-rows/{first}"), &parts).await.status, OPEN);
    let second = "SELECT id FROM programme_read_row WHERE position = $1 AND body NOT LIKE '%bờ kè%'";
    let second = ReadRowId::from_uuid(house.one(second, db::vals![at]).await);
    let merge = [("rev", "1"), ("act", "merge")];
    assert_eq!(officer.form(&format!("/read-rows/{second}"), &merge).await.status, OPEN);
    assert_eq!(house.count(DOUBTED).await, 1, "the other part still stands");
    let rev = house.count("SELECT rev FROM programme_read_row WHERE body LIKE '%bờ kè%'").await.to_string();
    let merge = [("rev", rev.as_str()), ("act", "merge")];
    assert_eq!(officer.form(&format!("/read-rows/{first}"), &merge).await.status, OPEN);
    assert_eq!(house.count(DOUBTED).await, 0);
    let told = "SELECT COUNT(*) FROM db_ledger WHERE action = 'plan.row_merge' AND body NOT LIKE '%\"settled\":0%'";
    assert_eq!(house.count(told).await, 1, "of two acts the second settled something");
}

/// A row without a time says why it is not to be accepted, and has an answer of its own; the end leads to the approval.
#[tokio::test]
async fn a_row_without_a_time_is_answered_by_one_button_and_the_end_of_the_walk_leads_on() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let text = plan_without_doubts().replacen("- Thời gian thực hiện: Quý III/2026.\n", "", 1);
    let plan = reviewed(&house, &officer, &text).await;
    let at = house.count("SELECT position FROM programme_read_row WHERE body LIKE '%Rà soát định mức%'").await;
    let card = page(&officer, &plan, &format!("?row={at}")).await;
    assert!(card.contains("data-blocked") && card.contains("data-key=\"h\""), "{card}");
    let (before, _) = card.split_once("data-key=\"h\"").unwrap();
    let (_, form) = before.rsplit_once("<form method=\"post\" action=\"").unwrap();
    let (action, fields) = sent_by(form);
    assert_eq!(action, format!("/read-rows/{}", row_at(&house, at).await));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(officer.form(&action, &fields).await.status, OPEN);
    let card = page(&officer, &plan, &format!("?row={at}")).await;
    assert!(!card.contains("data-blocked") && !card.contains("Đã rà soát xong"), "{card}");
    house.exec("UPDATE programme_read_row SET state = 'accepted' WHERE state = 'open'", vec![]).await;
    house.exec("UPDATE programme_read_target SET state = 'accepted' WHERE state = 'open'", vec![]).await;
    assert!(!page(&officer, &plan, "").await.contains("Đã rà soát xong"), "the head and duties are left");
}
