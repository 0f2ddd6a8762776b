//! What somebody checked, answered, received, said or released is taken back by that hand and by no other.

use axum::http::StatusCode;
use db::Row as _;
use kernel::{Erasing, PersonId, Role};
use programme::ids::{EntryId, PartId};
use programme::work::model::difficulty::Difficulty;
use testkit::{Answer, Client, Part};

use crate::{
    documents::{PLAN, part_of, read_in, rev_of},
    house::{COMMUNE, House},
    round::{Round, id_of, take, words},
    status::{LATE, NO, OPEN, WRONG},
};

/// The officer of the department acts for the commune.
const CHOICE: (&str, &str) = ("on_behalf", "true");
const FOR_THEM: Part<'_> = Part::Field(CHOICE.0, CHOICE.1);

/// The department that follows: its programme officer, who does the commune's work, and its director.
struct Desk {
    house: House,
    officer: Client,
    director: Client,
    part: PartId,
}

impl Desk {
    async fn new() -> Self {
        let house = House::demo().await;
        let (officer, director) = (house.as_("vidu").await, house.as_("giamdoc").await);
        let part = part_of(&house, house.unit(COMMUNE)).await;
        Self { house, officer, director, part }
    }

    async fn row(&self) -> programme::work::store::part::PartRow {
        programme::work::store::part::get(&self.house.app.db().read(), self.part).await.unwrap().unwrap()
    }

    async fn act(&self, who: &Client, what: &str, fields: &[(&str, &str)]) -> Answer {
        let rev = self.row().await.rev.to_string();
        let form = [[("rev", rev.as_str()), ("on_behalf", "true")].as_slice(), fields].concat();
        who.form(&format!("/parts/{}/{what}", self.part), &form).await
    }

    async fn check(&self, who: &Client, act: &str) -> StatusCode {
        self.act(who, "check", &[("act", act), ("words", "Theo hồ sơ giấy")]).await.status
    }

    /// Where the last act is undone.
    async fn undo(&self) -> String {
        let last = programme::work::store::entry::last(&self.house.app.db().read(), self.part).await.unwrap().unwrap();
        format!("/entries/{}/undo", EntryId::from_uuid(last.id))
    }

    async fn page(&self, who: &Client) -> String {
        who.get(&who.get(&format!("/parts/{}", self.part)).await.location).await.body
    }

    /// Reported by the officer, accepted and sent back by the director.
    async fn sent_back(&self) {
        let done = [("done_on", "2026-11-20"), ("note", "Đã xong")];
        assert_eq!(self.act(&self.officer, "done", &done).await.status, OPEN);
        assert_eq!(self.check(&self.director, "accept").await, OPEN);
        assert_eq!(self.check(&self.director, "send_back").await, OPEN);
    }
}

#[tokio::test]
async fn what_was_sent_back_is_not_accepted_again_by_who_did_the_work() {
    let desk = Desk::new().await;
    desk.sent_back().await;
    let undo = desk.undo().await;
    assert!(!desk.page(&desk.officer).await.contains(&undo), "no button where it is refused");
    let refused = desk.officer.form(&undo, &[]).await;
    assert_eq!(refused.status, NO);
    assert!(words(&refused.body).contains("Chỉ người đã thực hiện bước này"), "{}", refused.body);
    // With evidence that nobody saw, not by who sent it back either.
    let path = format!("/parts/{}/evidence", desk.part);
    assert_eq!(desk.officer.upload(&path, &[Part::Field("number", "16/BC"), FOR_THEM]).await.status, OPEN);
    assert_eq!(desk.officer.form(&undo, &[]).await.status, NO);
    assert!(!desk.page(&desk.director).await.contains(&undo), "no button where it is refused");
    let unseen = desk.director.form(&undo, &[]).await;
    assert_eq!(unseen.status, LATE);
    assert!(words(&unseen.body).contains("minh chứng đã thay đổi"), "{}", unseen.body);
    let row = desk.row().await;
    assert_eq!((row.done_on, row.accepted_on), (None, None));
    // Taken away again it is the evidence that was seen.
    let evidence = desk.house.one("SELECT id FROM programme_evidence", vec![]).await;
    let evidence = format!("/evidence/{}", programme::ids::EvidenceId::from_uuid(evidence));
    assert_eq!(desk.officer.form(&evidence, &[CHOICE]).await.status, OPEN);
    assert!(desk.page(&desk.director).await.contains(&undo));
    assert_eq!(desk.director.form(&undo, &[]).await.status, OPEN);
    assert!(desk.row().await.accepted_on.is_some());
}

#[tokio::test]
async fn evidence_that_comes_back_is_seen_before_it_is_accepted() {
    let desk = Desk::new().await;
    let path = format!("/parts/{}/evidence", desk.part);
    assert_eq!(desk.officer.upload(&path, &[Part::Field("number", "16/BC"), FOR_THEM]).await.status, OPEN);
    let evidence = desk.house.one("SELECT id FROM programme_evidence", vec![]).await;
    let evidence = format!("/evidence/{}", programme::ids::EvidenceId::from_uuid(evidence));
    assert_eq!(desk.officer.form(&evidence, &[CHOICE]).await.status, OPEN);
    desk.sent_back().await;
    assert_eq!(desk.officer.form(&evidence, &[("restore", "true"), CHOICE]).await.status, OPEN);
    assert_eq!(desk.director.form(&desk.undo().await, &[]).await.status, LATE);
}

#[tokio::test]
async fn who_reported_a_part_neither_stops_it_nor_starts_it_again() {
    let desk = Desk::new().await;
    let (officer, director) = (&desk.officer, &desk.director);
    // Who has said nothing of the work may; the director resumes it.
    assert_eq!(desk.check(officer, "pause").await, OPEN);
    assert_eq!(director.form(&desk.undo().await, &[]).await.status, NO, "the officer's step");
    assert_eq!(desk.check(director, "resume").await, OPEN);
    assert_eq!(desk.act(officer, "progress", &[("percent", "30"), ("text", "Đã họp")]).await.status, OPEN);
    assert_eq!((desk.check(officer, "pause").await, desk.check(officer, "end").await), (NO, NO));
    assert_eq!(desk.check(director, "end").await, OPEN);
    assert_eq!(desk.check(officer, "resume").await, NO);
    assert_eq!(officer.form(&desk.undo().await, &[]).await.status, NO, "the end is the director's");
    assert_eq!(desk.check(director, "resume").await, OPEN);
    assert_eq!(officer.form(&desk.undo().await, &[]).await.status, NO, "and so is going on");
    assert_eq!(desk.row().await.stop_kind, None);
    // The director's own step: it is ended again.
    assert_eq!(director.form(&desk.undo().await, &[]).await.status, OPEN);
    assert_eq!(desk.row().await.stop_kind.as_deref(), Some("ended"));
}

#[tokio::test]
async fn an_undo_does_not_give_a_withdrawn_part_back() {
    let desk = Desk::new().await;
    assert_eq!(desk.act(&desk.officer, "progress", &[("text", "Đã họp")]).await.status, OPEN);
    let withdraw =
        "UPDATE programme_part SET stopped_on = '2026-11-21', stop_kind = 'withdrawn', rev = rev + 1 WHERE id = $1";
    desk.house.exec(withdraw, db::vals![desk.part.uuid()]).await;
    let undo = desk.undo().await;
    assert!(!desk.page(&desk.officer).await.contains(&undo));
    assert_eq!(desk.officer.form(&undo, &[]).await.status, LATE);
    assert_eq!(desk.row().await.stop_kind.as_deref(), Some("withdrawn"));
}

#[tokio::test]
async fn an_answer_is_taken_back_by_who_gave_it() {
    let desk = Desk::new().await;
    let clerk = desk.house.as_("thu").await;
    let raised = clerk.form(&format!("/parts/{}/difficulties", desk.part), &[("text", "Thiếu kinh phí")]).await;
    let path = format!("/difficulties/{}", id_of(&raised.location));
    let answer = [("rev", "1"), ("act", "answer"), ("words", "Đồng ý")];
    assert_eq!(desk.director.form(&path, &answer).await.status, OPEN);
    assert!(!desk.officer.get(&path).await.body.contains("value=\"back\""));
    assert_eq!(desk.officer.form(&path, &[("rev", "2"), ("act", "back")]).await.status, NO);
    assert!(desk.director.get(&path).await.body.contains("value=\"back\""));
    assert_eq!(desk.director.form(&path, &[("rev", "2"), ("act", "back")]).await.status, OPEN);
}

#[tokio::test]
async fn a_report_that_was_received_is_looked_at_again_by_who_received_it() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let (director, id) = (house.as_("giamdoc").await, round.report_of(house.unit(COMMUNE)).await);
    take(&house, &clerk, &id, "submit", &[]).await;
    take(&house, &chair, &id, "check", &[]).await;
    take(&house, &chair, &id, "approve", &[]).await;
    let number = [Part::Field("number", "15/BC-UBND"), Part::Field("issued_on", "2026-11-20")];
    assert_eq!(take(&house, &clerk, &id, "issue", &number).await.status, OPEN);
    assert_eq!(take(&house, &director, &id, "accept", &[]).await.status, OPEN);
    let page = format!("/reports/{id}");
    assert!(!round.officer.get(&page).await.body.contains("\"reconsider\""));
    assert_eq!(take(&house, &round.officer, &id, "reconsider", &[]).await.status, NO);
    assert!(director.get(&page).await.body.contains("\"reconsider\""));
    assert_eq!(take(&house, &director, &id, "reconsider", &[]).await.status, OPEN);
}

#[tokio::test]
async fn a_leaders_word_on_a_document_is_not_taken_back_by_an_officer() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", PLAN.as_bytes()).await;
    let (leader, office) =
        (house.as_("lanhdao").await, house.person("vanphong", "Văn phòng UBND tỉnh", Role::PROGRAMME).await);
    let say = async |who: &Client, act: &str| {
        let rev = rev_of(&house, &plan).await;
        who.form(&format!("{plan}/confirm"), &[("rev", rev.as_str()), ("act", act), ("reason", "Không có")]).await
    };
    assert_eq!(say(&leader, "refuse").await.status, OPEN);
    assert!(!office.get(&plan).await.body.contains("value=\"take_back\""));
    assert_eq!(say(&office, "take_back").await.status, NO);
    let state = "SELECT COUNT(*) FROM programme_plan WHERE state = 'withdrawn'";
    assert_eq!(house.count(state).await, 1);
    // It was disowned, and nobody withdrew it.
    let list = words(&office.get("/plans").await.body);
    assert!(list.contains("Không phải văn bản của cơ quan đứng tên") && !list.contains("Đã thu hồi"), "{list}");
    assert_eq!(office.get(&format!("/api/v1{plan}")).await.json()["is_disowned"], true);
    assert_eq!(say(&leader, "take_back").await.status, OPEN);
    assert_eq!(house.count(state).await, 0);
    // What an officer said a leader of that body takes back.
    assert_eq!(say(&office, "refuse").await.status, OPEN);
    assert_eq!(say(&leader, "take_back").await.status, OPEN);
}

#[tokio::test]
async fn a_released_letter_is_pulled_back_on_its_day_by_its_hand_and_never_bears_a_day_before_its_draft() {
    let desk = Desk::new().await;
    let (house, clerk) = (&desk.house, desk.house.as_("thu").await);
    let raised = clerk.form(&format!("/parts/{}/difficulties", desk.part), &[("text", "Thiếu kinh phí")]).await;
    let row = Difficulty::get(&house.app.db().read(), id_of(&raised.location).parse().unwrap()).await;
    let (bodies, row) = (house.app.bodies(), row.unwrap().unwrap());
    let drafted = programme::work::usecase::letter::draft_for_late(house.app.db(), bodies, &house.system(), &row).await;
    let path = format!("/letters/{}", drafted.unwrap().unwrap());
    let release = async |rev: &str, day: &str| {
        let form = [("rev", rev), ("act", "release"), ("number", "12/SKHCN-CNS"), ("issued_on", day)];
        desk.officer.form(&path, &form).await
    };
    let early = release("1", "2026-11-20").await;
    assert_eq!(early.status, WRONG);
    assert!(words(&early.body).contains("không được trước ngày lập dự thảo"), "{}", early.body);
    assert_eq!(release("1", "2026-11-22").await.status, WRONG, "nor a day to come");
    assert_eq!(release("1", "2026-11-21").await.status, OPEN);
    let back = |rev: &'static str| [("rev", rev), ("act", "draft")];
    assert!(!desk.director.get(&path).await.body.contains("value=\"draft\""));
    assert_eq!(desk.director.form(&path, &back("2")).await.status, LATE);
    assert_eq!(desk.officer.form(&path, &back("2")).await.status, OPEN, "a slip is mended at once");
    assert_eq!(release("3", "2026-11-21").await.status, OPEN);
    house.clock.move_by(jiff::SignedDuration::from_hours(24));
    let officer = house.as_("vidu").await;
    let late = officer.form(&path, &back("4")).await;
    assert_eq!(late.status, LATE);
    assert!(words(&late.body).contains("sửa bằng văn bản mới"), "{}", late.body);
}

#[tokio::test]
async fn an_erased_person_owns_no_step_however_the_name_was_written() {
    let desk = Desk::new().await;
    let path = format!("/parts/{}/steps", desk.part);
    for owner in ["Đ/c tran van thu, công chức", "Trần Văn Thử Hai"] {
        let step = [("text", "Khảo sát"), ("owner", owner), CHOICE];
        assert_eq!(desk.officer.form(&path, &step).await.status, OPEN);
    }
    let named = "SELECT COUNT(*) FROM programme_step WHERE owner <> ''";
    assert_eq!(desk.house.count(named).await, 2);
    // What could be undone names them too, and is forgotten whoever is erased.
    let images = "SELECT COUNT(*) FROM db_before WHERE body LIKE '%tran van thu%' OR body LIKE '%Trần Văn Thử%'";
    let step = desk.house.one("SELECT id FROM programme_step ORDER BY id LIMIT 1", vec![]).await;
    let step = programme::ids::StepId::from_uuid(step);
    assert_eq!(
        desk.officer.form(&format!("/steps/{step}"), &[("rev", "1"), ("act", "done"), CHOICE]).await.status,
        OPEN
    );
    assert_eq!(desk.house.count(images).await, 1);
    let charges = desk.house.charges();
    let person = PersonId::from_uuid(uuid::Uuid::from_u128(1));
    for (name, left) in [(None, 2), (Some("Trần Văn Thử".to_owned()), 1)] {
        charges.erase(&desk.house.system(), &kernel::Erasure { person, name }).await.unwrap();
        assert_eq!(desk.house.count(named).await, left);
        assert_eq!(desk.house.count(images).await, 0);
    }
}

#[tokio::test]
async fn evidence_keeps_no_password_of_a_link() {
    let desk = Desk::new().await;
    let path = format!("/parts/{}/evidence", desk.part);
    let link = |link| [Part::Field("link", link), FOR_THEM];
    let refused = desk.officer.upload(&path, &link("https://an:mat-khau@songmau.example.vn/a")).await;
    assert_eq!(refused.status, WRONG);
    assert!(words(&refused.body).contains("tên đăng nhập hoặc mật khẩu"), "{}", refused.body);
    assert_eq!(desk.house.count("SELECT COUNT(*) FROM programme_evidence").await, 0);
    assert_eq!(desk.officer.upload(&path, &link("https://songmau.example.vn/@an")).await.status, OPEN);
}
