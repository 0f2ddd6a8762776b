//! Two people who compare the same two plans: what one says does not overwrite in silence what the other said.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Answer, Client};

use crate::{
    documents::numbered,
    house::{House, SCIENCE},
    round::words,
    status::{OPEN, STALE},
};

/// What the page offers for a task above and its counterpart.
struct Pair {
    plan: String,
    above: String,
    item: String,
    twin: String,
}

impl Pair {
    /// Two tasks that the program found to be the same.
    async fn of(officer: &Client) -> Self {
        let (above, below) = (numbered(officer, "45/KH-UBND").await, numbered(officer, "17/KH-UBND").await);
        let all = officer.get(&format!("/api/v1/plans/{below}/cascade?above={above}")).await.json();
        let mut lines = all["tasks"].as_array().unwrap().iter();
        let line = lines.find(|line| !line["twins"].as_array().unwrap().is_empty()).expect("a counterpart");
        let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
        let (item, twin) = (id(line), id(&line["twins"][0]));
        Self { plan: format!("/plans/{below}"), above, item, twin }
    }

    async fn page(&self, who: &Client) -> String {
        words(&who.get(&format!("{}/cascade?above={}", self.plan, self.above)).await.body)
    }

    /// The revision in the form that the page has for the two.
    async fn shown(&self, who: &Client) -> String {
        let page = self.page(who).await;
        let fields = format!("name=\"item\" value=\"{}\"", self.item);
        let twin = format!("name=\"twin\" value=\"{}\"", self.twin);
        let mut forms = page.split("</form>").filter(|form| form.contains(&fields) && form.contains(&twin));
        let form = forms.next().unwrap_or_else(|| panic!("no form: {page}"));
        form.rsplit_once("name=\"rev\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
    }

    async fn say(&self, who: &Client, rev: &str, says: &str) -> Answer {
        let form = [
            ("above", self.above.as_str()),
            ("item", self.item.as_str()),
            ("twin", self.twin.as_str()),
            ("rev", rev),
            ("says", says),
        ];
        who.form(&format!("{}/pairs", self.plan), &form).await
    }
}

#[tokio::test]
async fn what_was_said_since_the_page_was_shown_is_not_overwritten() {
    let house = House::demo().await;
    let (one, other) = (house.as_("vidu").await, house.person("haivd", SCIENCE, Role::PROGRAMME).await);
    let pair = Pair::of(&one).await;
    let (seen, seen_by_other) = (pair.shown(&one).await, pair.shown(&other).await);
    assert_eq!((seen.as_str(), seen_by_other.as_str()), ("0", "0"));
    assert_eq!(pair.say(&one, &seen, "same").await.status, OPEN);
    let refused = pair.say(&other, &seen_by_other, "apart").await;
    assert_eq!(refused.status, STALE, "{}", refused.body);
    assert!(words(&refused.body).contains("Có người vừa ghi ý kiến khác về hai nội dung này"), "{}", refused.body);
    assert!(pair.page(&one).await.contains("Người ghép:"), "what the first said stands");
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'plan.pair_apart'").await, 0);
    // Who has seen it may say something else; who saw what was before may not take that back.
    let seen = pair.shown(&other).await;
    assert_eq!(pair.say(&other, &seen, "apart").await.status, OPEN);
    assert_eq!(pair.say(&one, &seen, "back").await.status, STALE);
    // Taken back and said anew it is another saying, though it is the first again.
    let now = pair.shown(&one).await;
    assert_eq!(pair.say(&one, &now, "back").await.status, OPEN);
    assert_eq!(pair.shown(&other).await, "0", "nothing is said");
    assert_eq!(pair.say(&other, "0", "apart").await.status, OPEN);
    assert_eq!(pair.say(&one, &now, "back").await.status, STALE);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_program_says_over_which_revision_too_and_is_told_the_new_one() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let pair = Pair::of(&officer).await;
    let path = format!("/api/v1{}/pairs", pair.plan);
    let say = async |rev: Option<i64>, says: &str| {
        let mut said = json!({ "above": pair.above, "item": pair.item, "twin": pair.twin, "says": says });
        if let Some(rev) = rev {
            said["rev"] = rev.into();
        }
        officer.json(Method::POST, &path, &said).await
    };
    let said = say(None, "apart").await;
    assert_eq!((said.status, said.json()["rev"].as_i64()), (StatusCode::OK, Some(1)), "{}", said.body);
    assert_eq!(say(None, "same").await.status, STALE, "without one it is over nothing");
    let beside = format!("/api/v1{}/cascade?above={}", pair.plan, pair.above);
    let all = officer.get(&beside).await.json();
    let apart = all["tasks"].as_array().unwrap().iter().flat_map(|line| line["apart"].as_array().unwrap());
    let told: Vec<(&Value, &Value)> = apart.map(|one| (&one["id"], &one["rev"])).collect();
    assert_eq!(told, [(&json!(pair.twin), &json!(1))], "{all}");
    let said = say(Some(1), "same").await;
    assert_eq!((said.status, said.json()["rev"].as_i64()), (StatusCode::OK, Some(2)), "{}", said.body);
    let said = say(Some(2), "back").await;
    assert_eq!((said.status, said.json()["rev"].as_i64()), (StatusCode::OK, Some(0)), "{}", said.body);
}

/// The choice tells of what somebody said that it is not it, before that is said over.
#[tokio::test]
async fn the_choice_shows_what_was_said_not_to_be_it() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let pair = Pair::of(&officer).await;
    let choice = format!("{}/pairs?above={}&item={}", pair.plan, pair.above, pair.item);
    let told = "Đã ghi là không tương ứng";
    assert!(!officer.get(&choice).await.body.contains(told));
    assert_eq!(pair.say(&officer, "0", "apart").await.status, OPEN);
    let page = words(&officer.get(&choice).await.body);
    assert_eq!(page.matches(told).count(), 1, "{page}");
    let fields = format!("name=\"twin\" value=\"{}\"", pair.twin);
    let (_, form) = page.split_once(&fields).expect(&page);
    assert!(form[..form.find("</form>").unwrap()].contains("name=\"rev\" value=\"1\""), "{form}");
}
