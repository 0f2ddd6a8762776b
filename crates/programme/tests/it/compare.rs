//! Two levels of plans: what people say of which item is which, the workbook, and the letter about it.

use std::io::Cursor;

use axum::http::{Method, StatusCode};
use calamine::{Reader as _, Xlsx};
use db::Row as _;
use kernel::Role;
use programme::{
    ids::ReadRowId,
    work::model::{
        compare_letter::Lists,
        letter::{Letter, LetterKind, LetterState},
    },
};
use serde_json::{Value, json};
use testkit::{Answer, Client};

use crate::{
    documents::numbered,
    house::{COMMUNE, House, OTHER_COMMUNE, SCIENCE},
    round::{id_of, words},
    status::{LATE, NO, OPEN, STALE, WRONG},
};

/// Above: nothing below is like it.
const DATA: &str = "Công bố danh mục dữ liệu mở";
const LGSP: &str = "Hoàn thiện Nền tảng tích hợp";
/// Above and below.
const FILES: &str = "Số hóa hồ sơ, kết quả giải quyết";
const HELP: &str = "Hỗ trợ người dân dùng dịch vụ công";
/// Below alone.
const DEVICES: &str = "Lập sổ theo dõi thiết bị đầu cuối";

/// The province's plan and the commune's that carries it out.
struct Two {
    officer: Client,
    above: String,
    below: String,
}

impl Two {
    async fn of(house: &House) -> Self {
        let officer = house.as_("vidu").await;
        let (above, below) = (numbered(&officer, "45/KH-UBND").await, numbered(&officer, "17/KH-UBND").await);
        Self { officer, above, below }
    }

    async fn beside(&self) -> Value {
        self.officer.get(&format!("/api/v1/plans/{}/cascade?above={}", self.below, self.above)).await.json()
    }

    async fn line(&self, key: &str, text: &str) -> Value {
        let all = self.beside().await;
        let found = all[key].as_array().unwrap().iter().find(|line| starts(&line["above"], text)).cloned();
        found.unwrap_or_else(|| panic!("{text}: {all}"))
    }

    /// The id of a task above.
    async fn task(&self, text: &str) -> String {
        id(&self.line("tasks", text).await)
    }

    /// The id of the task that only the plan below has.
    async fn devices(&self) -> String {
        let all = self.beside().await;
        let extra = all["extra_tasks"].as_array().unwrap();
        id(extra.iter().find(|one| starts(&one["text"], DEVICES)).unwrap_or_else(|| panic!("{all}")))
    }

    /// The revision of what is said of the two.
    async fn rev(&self, item: &str, twin: &str) -> String {
        let all = self.beside().await;
        let lines = ["tasks", "targets"].into_iter().flat_map(|key| all[key].as_array().unwrap());
        let mut beside = lines
            .filter(|line| line["id"] == item)
            .flat_map(|line| ["twins", "apart"].into_iter().flat_map(move |key| line[key].as_array().unwrap()));
        beside.find(|one| one["id"] == twin).map_or_else(|| "0".to_owned(), |one| one["rev"].to_string())
    }

    async fn said_over(&self, who: &Client, (item, twin): (&str, &str), rev: &str, says: &str) -> Answer {
        let form = [("above", self.above.as_str()), ("item", item), ("twin", twin), ("rev", rev), ("says", says)];
        who.form(&format!("/plans/{}/pairs", self.below), &form).await
    }

    /// As somebody says it who looks at the page of now.
    async fn said(&self, who: &Client, item: &str, twin: &str, says: &str) -> Answer {
        self.said_over(who, (item, twin), &self.rev(item, twin).await, says).await
    }

    async fn says(&self, item: &str, twin: &str, says: &str) {
        let answer = self.said(&self.officer, item, twin, says).await;
        assert_eq!(answer.status, OPEN, "{}", answer.body);
        assert!(answer.location.ends_with(&format!("#{item}")), "{}", answer.location);
    }

    fn page(&self) -> String {
        format!("/plans/{}/cascade?above={}", self.below, self.above)
    }
}

fn starts(text: &Value, with: &str) -> bool {
    text.as_str().is_some_and(|text| text.starts_with(with))
}

fn id(line: &Value) -> String {
    line["id"].as_str().unwrap().to_owned()
}

fn twins(line: &Value) -> Vec<(String, bool)> {
    let twin = |one: &Value| (one["text"].as_str().unwrap().to_owned(), one["by_hand"].as_bool().unwrap());
    line["twins"].as_array().unwrap().iter().map(twin).collect()
}

async fn entries(house: &House, act: &str) -> i64 {
    house.count(&format!("SELECT COUNT(*) FROM db_ledger WHERE action = '{act}'")).await
}

async fn missing(two: &Two) -> usize {
    let all = two.beside().await;
    let lines = all["tasks"].as_array().unwrap();
    lines.iter().filter(|line| line["concerns"] == true && line["twins"].as_array().unwrap().is_empty()).count()
}

#[tokio::test]
async fn what_somebody_says_is_compared_shown_with_who_said_it_and_taken_back() {
    let house = House::demo().await;
    let two = Two::of(&house).await;
    let (item, twin, before) = (two.task(DATA).await, two.devices().await, missing(&two).await);
    two.says(&item, &twin, "same").await;
    let line = two.line("tasks", DATA).await;
    assert!(matches!(&twins(&line)[..], [(text, true)] if text.starts_with(DEVICES)), "{line}");
    assert_eq!(line["differences"], json!(["later", "other-lead"]));
    assert_eq!(missing(&two).await, before - 1);
    let beside = two.beside().await;
    let mut extra = beside["extra_tasks"].as_array().unwrap().iter();
    assert!(!extra.any(|task| task["text"].as_str().unwrap().starts_with(DEVICES)), "{beside}");
    let (name, _) = house.app.identity().display_name(&house.ctx("vidu").actor).await.unwrap();
    let page = words(&two.officer.get(&two.page()).await.body);
    assert!(!name.is_empty() && page.contains(&format!("Người ghép: {name}")), "{page}");
    assert_eq!((entries(&house, "plan.pair").await, entries(&house, "plan.pair_back").await), (1, 0));
    // Said twice it is said once.
    let again = two.said(&two.officer, &item, &twin, "same").await;
    assert_eq!(again.status, WRONG, "{}", again.body);
    two.says(&item, &twin, "back").await;
    assert!(twins(&two.line("tasks", DATA).await).is_empty());
    assert_eq!((missing(&two).await, entries(&house, "plan.pair_back").await), (before, 1));
    assert_eq!(two.said(&two.officer, &item, &twin, "back").await.status, WRONG, "nothing is said");
    assert_eq!(two.said_over(&two.officer, (&item, &twin), "1", "back").await.status, STALE);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn one_task_is_taken_up_by_several_and_several_by_one() {
    let house = House::demo().await;
    let two = Two::of(&house).await;
    let devices = two.devices().await;
    let help = two.line("tasks", HELP).await["twins"][0]["id"].as_str().unwrap().to_owned();
    let (data, lgsp) = (two.task(DATA).await, two.task(LGSP).await);
    for (item, twin) in [(&data, &devices), (&lgsp, &devices), (&data, &help)] {
        two.says(item, twin, "same").await;
    }
    assert_eq!(twins(&two.line("tasks", DATA).await).len(), 2);
    assert!(matches!(&twins(&two.line("tasks", LGSP).await)[..], [(text, true)] if text.starts_with(DEVICES)));
    // What the program found for another task stays.
    assert!(matches!(&twins(&two.line("tasks", HELP).await)[..], [(text, false)] if text.starts_with(HELP)));
    let page = two.officer.get(&two.page()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.body.matches(DEVICES).count(), 2 + 2, "in two lines, and named at the button of each");
}

#[tokio::test]
async fn what_does_not_belong_together_is_not_proposed_until_that_is_taken_back() {
    let house = House::demo().await;
    let two = Two::of(&house).await;
    let line = two.line("tasks", FILES).await;
    let (item, twin, before) = (id(&line), line["twins"][0]["id"].as_str().unwrap().to_owned(), missing(&two).await);
    two.says(&item, &twin, "apart").await;
    assert!(twins(&two.line("tasks", FILES).await).iter().all(|(text, _)| !text.starts_with(FILES)));
    assert_eq!((missing(&two).await, entries(&house, "plan.pair_apart").await), (before + 1, 1));
    let page = words(&two.officer.get(&two.page()).await.body);
    assert!(page.contains("Không phải:") && page.contains("Người ghi:"), "{page}");
    two.says(&item, &twin, "back").await;
    assert!(matches!(&twins(&two.line("tasks", FILES).await)[..], [(text, false)] if text.starts_with(FILES)));
    // Of a target the same, by a program.
    let line = two.line("targets", "Tỷ lệ người dân, doanh nghiệp hài lòng").await;
    let twin = line["twins"][0]["id"].as_str().unwrap_or_else(|| panic!("{line}"));
    let said = json!({ "above": two.above, "item": id(&line), "twin": twin, "says": "apart" });
    let answer = two.officer.json(Method::POST, &format!("/api/v1/plans/{}/pairs", two.below), &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(twins(&two.line("targets", "Tỷ lệ người dân, doanh nghiệp hài lòng").await).is_empty());
}

#[tokio::test]
async fn the_choice_is_most_alike_first_and_narrowed_by_words() {
    let house = House::demo().await;
    let two = Two::of(&house).await;
    let item = two.task(FILES).await;
    let path = format!("/plans/{}/pairs?above={}&item={item}", two.below, two.above);
    let page = two.officer.get(&path).await.body;
    let list = page.split("id=\"view\"").nth(1).unwrap();
    let places = [FILES, HELP, DEVICES].map(|text| list.find(text).unwrap_or_else(|| panic!("{text}: {list}")));
    assert!(places[0] < places[1] && places[0] < places[2], "{places:?}");
    let found = two.officer.get(&format!("{path}&q=so+theo+doi")).await.body;
    let list = found.split("id=\"view\"").nth(1).unwrap();
    assert!(list.contains(DEVICES) && !list.contains(HELP), "{list}");
    let none = two.officer.get(&format!("{path}&q=khong+co+chu+nay")).await;
    assert!(none.body.contains("Không nội dung nào có đủ các chữ này"), "{}", none.body);
    // A target has targets to choose from.
    let target = id(&two.line("targets", "Tỷ lệ cơ quan nhà nước cung cấp dữ liệu mở").await);
    let path = format!("/plans/{}/pairs?above={}&item={target}", two.below, two.above);
    let page = two.officer.get(&path).await.body;
    assert!(page.contains("name=\"twin\" value=\"readtarget_") && !page.contains(DEVICES), "{page}");
}

#[tokio::test]
async fn who_may_not_approve_the_plan_below_says_nothing_of_it() {
    let house = House::demo().await;
    let two = Two::of(&house).await;
    let (item, twin) = (two.task(DATA).await, two.devices().await);
    let commune = house.as_("thu").await;
    // Approves plans of its own.
    let other = house.person("doi.theodoi", OTHER_COMMUNE, Role::PROGRAMME).await;
    let choice = format!("/plans/{}/pairs?above={}&item={item}", two.below, two.above);
    for who in [&commune, &other] {
        assert_eq!(two.said(who, &item, &twin, "same").await.status, NO);
        assert_eq!(who.get(&choice).await.status, NO);
        let page = who.get(&two.page()).await.body;
        assert!(
            page.contains(DEVICES) && !page.contains("/pairs"),
            "the comparison is read, and nothing offered: {page}"
        );
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_pair").await, 0);
}

#[tokio::test]
async fn items_of_other_plans_and_dropped_ones_are_refused_in_words() {
    let house = House::demo().await;
    let two = Two::of(&house).await;
    let (item, twin) = (two.task(DATA).await, two.devices().await);
    let sql = "SELECT r.id FROM programme_read_row r JOIN programme_plan p ON p.id = r.plan_id \
        WHERE p.number = '22/KH-UBND' ORDER BY r.position LIMIT 1";
    let foreign = ReadRowId::from_uuid(house.one(sql, vec![]).await).to_string();
    let target = id(&two.line("targets", "Tỷ lệ cơ quan nhà nước cung cấp dữ liệu mở").await);
    let (not_above, not_below) =
        ("Nội dung này không có trong kế hoạch cấp trên", "Chưa chọn được nội dung của kế hoạch này");
    for (item, twin, said) in [
        (&foreign, &twin, not_above),
        (&twin, &twin, not_above),
        (&item, &foreign, not_below),
        (&item, &item, not_below),
        (&target, &twin, not_below),
        (&item, &String::new(), not_below),
    ] {
        let refused = two.said(&two.officer, item, twin, "same").await;
        assert!(refused.status == WRONG && words(&refused.body).contains(said), "{said}: {}", refused.body);
    }
    // What is dropped in review afterwards is not there any more, and neither is what was said of it.
    two.says(&item, &twin, "same").await;
    let row: ReadRowId = twin.parse().unwrap();
    let drop = "UPDATE programme_read_row SET state = 'dropped', rev = rev + 1 WHERE id = $1";
    house.exec(drop, db::vals![row.uuid()]).await;
    assert!(twins(&two.line("tasks", DATA).await).is_empty());
    let refused = two.said(&two.officer, &item, &twin, "apart").await;
    assert!(refused.status == WRONG && words(&refused.body).contains(not_below), "{}", refused.body);
    assert_eq!(two.said_over(&two.officer, (&item, &twin), "1", "back").await.status, OPEN);
}

/// The texts of each sheet, row by row.
async fn sheets(two: &Two) -> Vec<Vec<Vec<String>>> {
    let path = format!("/plans/{}/cascade/sheet?above={}", two.below, two.above);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(two.officer.get_bytes(&path).await)).unwrap();
    assert_eq!(book.sheet_names(), ["Nhiệm vụ", "Chỉ tiêu", "Chỉ có ở cấp dưới"]);
    let mut all = Vec::new();
    for at in 0..3 {
        let sheet = book.worksheet_range_at(at).unwrap().unwrap();
        all.push(sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect());
    }
    all
}

/// How many rows have this text in a cell of their own.
fn rows_with(sheet: &[Vec<String>], text: &str) -> usize {
    sheet.iter().filter(|row| row.iter().any(|cell| cell == text)).count()
}

#[tokio::test]
async fn the_workbook_has_each_row_once() {
    let house = House::demo().await;
    let two = Two::of(&house).await;
    let all = two.beside().await;
    let book = sheets(&two).await;
    for (sheet, key) in [(0, "tasks"), (1, "targets")] {
        let lines = all[key].as_array().unwrap();
        assert!(!lines.is_empty());
        for line in lines {
            let text = line["above"].as_str().unwrap();
            let same = lines.iter().filter(|other| other["above"] == text).count();
            assert_eq!(rows_with(&book[sheet], text), same, "{text}");
        }
    }
    let devices = all["extra_tasks"][0]["text"].as_str().unwrap();
    assert_eq!((rows_with(&book[0], devices), rows_with(&book[2], devices)), (0, 1));
    // Paired it stands beside what it is, with who said so.
    two.says(&two.task(DATA).await, &two.devices().await, "same").await;
    let book = sheets(&two).await;
    assert_eq!((rows_with(&book[0], devices), rows_with(&book[2], devices)), (1, 0));
    let row = book[0].iter().find(|row| row.iter().any(|cell| cell == devices)).unwrap();
    assert!(
        row.iter().any(|cell| cell.starts_with("Người ghép: ")) && row.contains(&"Đã tiếp nhận".to_owned()),
        "{row:?}"
    );
    let api = format!("/api/v1/plans/{}/cascade/sheet?above={}", two.below, two.above);
    assert_eq!(&two.officer.get_bytes(&api).await[..2], b"PK");
}

#[tokio::test]
async fn a_letter_about_two_plans_is_a_draft_that_walks_the_desk() {
    let house = House::demo().await;
    let two = Two::of(&house).await;
    let path = format!("/plans/{}/cascade/letter", two.below);
    let asked = |day: &'static str| {
        let (officer, above, path) = (two.officer.clone(), two.above.clone(), path.clone());
        async move { officer.form(&path, &[("above", &above), ("answer_by", day)]).await }
    };
    let form = two.officer.get(&format!("{path}?above={}", two.above)).await;
    assert!(form.status == StatusCode::OK && form.body.contains("name=\"answer_by\""), "{}", form.body);
    assert_eq!(asked("").await.status, WRONG, "nobody invents a day");
    let past = asked("2026-11-20").await;
    assert!(past.status == WRONG && past.body.contains("Ngày đề nghị trả lời đã qua"), "{}", past.body);
    let (stranger, commune) = (house.as_("taichinh").await, house.as_("thu").await);
    for who in [&stranger, &commune] {
        let refused = who.form(&path, &[("above", &two.above), ("answer_by", "2026-12-15")]).await;
        assert_eq!(refused.status, NO, "{}", refused.body);
    }
    let drafted = asked("2026-12-15").await;
    assert_eq!(drafted.status, OPEN, "{}", drafted.body);
    let id = id_of(&drafted.location);
    let letter = Letter::get(&house.app.db().read(), id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(
        (letter.kind, letter.state, letter.from),
        (LetterKind::Compare, LetterState::Draft, house.unit(SCIENCE))
    );
    assert_eq!(letter.receivers().collect::<Vec<_>>(), [house.unit(COMMUNE)]);
    let lists = Lists::of(&letter).unwrap();
    let tasks = lists.missing.iter().filter(|one| one.section != "Chỉ tiêu").count();
    assert_eq!(tasks, missing(&two).await);
    let sheet = words(&two.officer.get(&format!("/letters/{id}")).await.body);
    for said in [
        "rà soát, bổ sung Kế hoạch số 17/KH-UBND theo Kế hoạch số 45/KH-UBND",
        "chậm nhất ngày 15/12/2026",
        "DANH SÁCH NỘI DUNG CHƯA ĐƯỢC TIẾP NHẬN",
        DATA,
        "DANH SÁCH NỘI DUNG ĐÃ TIẾP NHẬN NHƯNG CÓ KHÁC BIỆT",
        "muộn hơn",
    ] {
        assert!(sheet.contains(said), "{said}: {sheet}");
    }
    for file in ["docx", "pdf"] {
        assert_eq!(two.officer.get(&format!("/letters/{id}/{file}")).await.status, StatusCode::OK, "{file}");
    }
    // Of the two plans there is one draft.
    assert_eq!(id_of(&asked("2026-12-16").await.location), id);
    // Words of the officer's own stay; the day that is asked for is the last that was said.
    let own = "Đề nghị xã xem lại kế hoạch giúp.\nThư trả lời gửi trước ngày 16/12/2026 ạ.";
    let edit = [("rev", "2"), ("act", "edit"), ("about", "xem lại kế hoạch"), ("body", own)];
    assert_eq!(two.officer.form(&format!("/letters/{id}"), &edit).await.status, OPEN);
    assert_eq!(id_of(&asked("2026-12-18").await.location), id);
    let letter = Letter::get(&house.app.db().read(), id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(
        (letter.about.as_str(), letter.body.as_str()),
        ("xem lại kế hoạch", own.replace("16/12", "18/12").as_str())
    );
    let release = [("rev", "4"), ("act", "release"), ("number", "90/SKHCN-CNS"), ("issued_on", "2026-11-21")];
    assert_eq!(commune.get(&format!("/letters/{id}")).await.status, NO, "a draft is the sender's");
    let released = two.officer.form(&format!("/letters/{id}"), &release).await;
    assert_eq!(released.status, OPEN, "{}", released.body);
    assert!(words(&commune.get(&format!("/letters/{id}")).await.body).contains("gửi trước ngày 18/12/2026"));
    house.registers_agree().await;
}

/// Beside itself a plan lacks nothing.
#[tokio::test]
async fn a_plan_that_differs_in_nothing_needs_no_letter() {
    let house = House::demo().await;
    let two = Two::of(&house).await;
    let path = format!("/plans/{}/cascade/letter", two.above);
    let form = [("above", two.above.as_str()), ("answer_by", "2026-12-15")];
    let refused = two.officer.form(&path, &form).await;
    assert_eq!(refused.status, LATE, "{}", refused.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_letter WHERE kind = 'compare'").await, 0);
}
