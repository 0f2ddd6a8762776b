//! A new edition changed rule by rule: what a draft refuses to become, what a good change comes to, and that nothing is
//! lost.

use axum::http::StatusCode;
use db::Row as _;
use registry::model::rules::RuleSet;
use serde_json::{Value as Json, json};
use testkit::{Answer, Client, House};

use crate::{
    appraise::{add, both, said},
    house,
};

fn shipped() -> Json {
    serde_json::from_str(portfolio::strategy::SHIPPED).unwrap()
}

fn rules(table: &mut Json) -> &mut Vec<Json> {
    table["parts"][1]["rules"].as_array_mut().unwrap()
}

fn rule<'a>(table: &'a mut Json, key: &str) -> &'a mut Json {
    rules(table).iter_mut().find(|rule| rule["key"] == key).unwrap()
}

async fn begun(client: &Client) -> String {
    let begun = client.form("/systems/rules/draft", &[]).await;
    assert!(begun.location.starts_with("/systems/rules/rules_"), "{} {}", begun.location, begun.body);
    begun.location.split('?').next().unwrap().to_owned()
}

/// The only edition that there is.
async fn row(house: &House) -> RuleSet {
    RuleSet::one(&house.app.db().read(), "", vec![]).await.unwrap().unwrap()
}

async fn rev(house: &House) -> String {
    row(house).await.rev.to_string()
}

async fn press(house: &House, client: &Client, draft: &str, act: &str) -> Answer {
    client.form(draft, &[("rev", &rev(house).await), ("act", act)]).await
}

async fn body(house: &House) -> Json {
    serde_json::from_str(&row(house).await.body).unwrap()
}

/// What ships, as a draft of today calls itself.
async fn expected(house: &House) -> Json {
    let mut table = shipped();
    table["edition"]["version"] = "2".into();
    table["edition"]["dated"] = body(house).await["edition"]["dated"].clone();
    table
}

/// The fields of a form of the page, as a browser would send them back.
fn filled(page: &str) -> Vec<(String, String)> {
    let form = page.split("<form method=\"post\" novalidate>").nth(1).unwrap().split("</form>").next().unwrap();
    let plain = |text: &str| {
        let text = text.replace("&#x2f;", "/").replace("&#x27;", "'").replace("&quot;", "\"");
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    };
    let value = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.map(plain)
    };
    let (mut fields, mut is_first): (Vec<(String, String)>, bool) = (Vec::new(), false);
    for piece in form.split('<').filter(|piece| !piece.starts_with('/')) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let named = |text: String| (value(tag, "name").unwrap_or_default(), text);
        let typed = value(tag, "value").unwrap_or_default();
        match tag.split_whitespace().next() {
            Some("input") if tag.contains("type=\"checkbox\"") && !tag.contains(" checked") => {}
            Some("input") => fields.push(named(typed)),
            Some("textarea") => fields.push(named(plain(text))),
            Some("select") => {
                fields.push(named(String::new()));
                is_first = true;
            }
            Some("option") => {
                // What a browser shows where nothing is chosen is the first.
                if is_first || tag.contains(" selected") {
                    fields.last_mut().unwrap().1 = typed;
                }
                is_first = false;
            }
            _ => {}
        }
    }
    fields.retain(|(name, _)| name != "once");
    fields
}

async fn send(client: &Client, path: &str, fields: &[(String, String)], other: &[(&str, &str)]) -> Answer {
    let is_other = |name: &str| other.iter().any(|(one, _)| *one == name);
    let kept = fields.iter().filter(|(name, _)| !is_other(name)).map(|(name, value)| (name.as_str(), value.as_str()));
    client.form(path, &kept.chain(other.iter().copied()).collect::<Vec<_>>()).await
}

#[tokio::test]
async fn every_rule_of_the_edition_in_force_goes_through_its_form_and_nothing_is_lost() {
    let house = house().await;
    let (_, province) = both(&house).await;
    let draft = begun(&province).await;
    let expected = expected(&house).await;
    assert_eq!(body(&house).await, expected);
    let entries = house.ledger_length().await;
    for part in expected["parts"].as_array().unwrap() {
        for rule in part["rules"].as_array().unwrap() {
            let [part, rule] = [part, rule].map(|one| one["key"].as_str().unwrap());
            let path = format!("{draft}/rule?part={part}&rule={rule}");
            let page = province.get(&path).await.body;
            let kept = send(&province, &path, &filled(&page), &[("act", "save")]).await;
            assert_eq!(kept.status, StatusCode::SEE_OTHER, "{rule}: {}", kept.body);
            assert_eq!(body(&house).await, expected, "{rule}");
        }
    }
    assert_eq!((rev(&house).await.as_str(), house.ledger_length().await), ("1", entries), "nothing was new");
    // The file as a whole goes there and back as well; what is no table is refused at its field, and stays typed.
    let text = body(&house).await.to_string();
    let file = [("rev", "1"), ("act", "file"), ("body", text.as_str())];
    assert_eq!(province.form(&draft, &file).await.status, StatusCode::SEE_OTHER);
    assert_eq!(body(&house).await, expected);
    let refused = province.form(&draft, &[file[0], file[1], ("body", "{\"edition\": 1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"body-error\"") && refused.body.contains("dòng 1"), "{}", refused.body);
}

#[tokio::test]
async fn a_rule_that_contradicts_another_is_told_beside_both_and_the_draft_is_not_proposed() {
    let house = house().await;
    let (_, province) = both(&house).await;
    let draft = begun(&province).await;
    assert!(province.get(&draft).await.body.contains("Bảng trả lời mọi trường hợp"));
    let path = format!("{draft}/rule?part=strategy");
    let new = filled(&province.get(&path).await.body);
    let words = [("vi", "Thiết bị cứ chuyển"), ("en", "Move the device"), ("answer", "rehost"), ("rank", "90")];
    let about = [words.as_slice(), &[("fact", "special_hardware"), ("act", "line")]].concat();
    let added = send(&province, &path, &new, &about).await;
    assert!(added.location.contains("/rule?part=strategy&rule=move-the-device"), "{} {}", added.location, added.body);
    let page = province.get(&draft).await.body;
    let told = "Gắn với thiết bị riêng không có trên đám mây: có";
    for key in ["device", "move-the-device"] {
        let row = page.split(&format!("id=\"rule-strategy-{key}\"")).nth(1).unwrap().split("</tr>").next().unwrap();
        assert!(row.contains("cùng hạng nói") && row.contains(told), "{key}: {row}");
    }
    assert_eq!(page.matches("cùng hạng nói").count(), 2, "beside no other rule");
    let refused = press(&house, &province, &draft, "propose").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"errors\"") && refused.body.contains(told), "{}", refused.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_rules WHERE state = 'draft'").await, 1);
    // A draft decides nothing, and nobody looks what it would change.
    let put = format!("{draft}/use");
    for answer in [province.get(&put).await, province.form(&put, &[]).await] {
        assert!(answer.status == StatusCode::CONFLICT && answer.body.contains("còn là bản nháp"), "{}", answer.body);
    }
}

#[tokio::test]
async fn without_the_rule_that_answers_the_rest_the_gap_is_told_at_its_part_and_undone() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let draft = begun(&province).await;
    let before = body(&house).await;
    assert_eq!(press(&house, &officer, &draft, "out strategy/device").await.status, StatusCode::FORBIDDEN);
    assert_eq!(press(&house, &province, &draft, "out strategy/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(press(&house, &province, &draft, "out strategy/too-little-known").await.status, StatusCode::SEE_OTHER);
    let page = province.get(&draft).await.body;
    let part = page.split("id=\"part-strategy\"").nth(1).unwrap().split("<table").next().unwrap();
    assert!(part.contains("không quy tắc nào trả lời trường hợp này") && part.contains("chưa biết"), "{part}");
    let refused = press(&house, &province, &draft, "propose").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("không quy tắc nào trả lời"), "{}", refused.body);
    // Who reads it sees the same, and nothing to press.
    let seen = officer.get(&draft).await.body;
    assert!(seen.contains("không quy tắc nào trả lời") && !seen.contains("name=\"act\""), "{seen}");
    assert_eq!(officer.get(&format!("{draft}/rule?part=strategy")).await.status, StatusCode::FORBIDDEN);
    // Over a state that was changed meanwhile nothing is written.
    let stale = province.form(&draft, &[("rev", "1"), ("act", "out strategy/device")]).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
    let undo = format!("/undo/{}", house.newest("rules.edit").await);
    assert_eq!(province.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(body(&house).await, before);
    assert_eq!(press(&house, &province, &draft, "drop").await.status, StatusCode::SEE_OTHER);
    assert_eq!(province.get(&draft).await.status, StatusCode::NOT_FOUND);
    let undo = format!("/undo/{}", house.newest("rules.drop").await);
    assert_eq!(province.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(body(&house).await, before);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_sound_change_becomes_a_proposal_that_says_what_it_would_change() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách", "packaging": "container"})).await;
    province.form("/systems/assessment", &[]).await;
    let draft = begun(&province).await;
    let mut expected = expected(&house).await;
    // Containers leave the rank that they share, and are changed on the way; an other line is added to them.
    press(&house, &province, &draft, "earlier strategy/containers").await;
    let path = format!("{draft}/rule?part=strategy&rule=containers");
    let form = filled(&province.get(&path).await.body);
    let line = send(&province, &path, &form, &[("answer", "replatform"), ("fact", "database"), ("act", "line")]).await;
    assert!(line.location.starts_with(&path) && line.location.ends_with("#lines"), "{} {}", line.location, line.body);
    let form = filled(&province.get(&path).await.body);
    assert!(form.contains(&("op-1".to_owned(), "yes".to_owned())), "{form:?}");
    let kept = send(&province, &path, &form, &[("op-1", "unknown"), ("join", "any"), ("act", "save")]).await;
    assert!(kept.location.ends_with("#rule-strategy-containers"), "{} {}", kept.location, kept.body);
    let changed = rule(&mut expected, "containers");
    (changed["rank"], changed["answer"]) = (45.into(), "replatform".into());
    changed["when"] =
        json!({"any": [{"fact": "packaging", "in": ["containers"]}, {"fact": "database", "known": false}]});
    assert_eq!(body(&house).await, expected);
    // A group is shown in words and stays while the line beside it goes.
    let path = format!("{draft}/rule?part=strategy&rule=there");
    let page = province.get(&path).await.body;
    assert!(page.contains("Điều kiện lồng nhau") && page.contains("Còn hỗ trợ; hoặc"), "{page}");
    let kept = send(&province, &path, &filled(&page), &[("value-0-5", "1"), ("act", "save")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let hosting = json!(["provincial_cloud", "domestic_cloud", "hybrid"]);
    rule(&mut expected, "there")["when"]["all"][0]["in"] = hosting;
    assert_eq!(body(&house).await, expected);
    let read = rev(&house).await;
    let note = [("rev", read.as_str()), ("act", "propose"), ("note", "Theo họp giao ban")];
    let proposed = province.form(&draft, &note).await;
    assert!(proposed.location.starts_with(&format!("{draft}?done=rules-kept")), "{}", proposed.body);
    assert_eq!(body(&house).await, expected);
    let page = province.get(&draft).await.body;
    assert!(page.contains("1 trên 1 hệ thống đổi phương án") && page.contains("Theo họp giao ban"), "{page}");
    assert_eq!(province.form(&format!("{draft}/use"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(said(&officer, &id).await["strategy"], "replatform");
    // What is no draft any more is not changed; a new one begins from it, under a name of its own.
    let late = press(&house, &province, &draft, "out strategy/device").await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    let from = draft.rsplit('/').next().unwrap();
    assert_eq!(province.form("/systems/rules/draft", &[("from", from)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_rules WHERE edition = 'cloud-strategy 3'").await, 1);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn what_is_missing_in_a_rule_is_said_at_its_fields_and_what_was_typed_stays() {
    let house = house().await;
    let (_, province) = both(&house).await;
    let draft = begun(&province).await;
    let path = format!("{draft}/rule?part=strategy&rule=there");
    let form = filled(&province.get(&path).await.body);
    let wrong =
        [("vi", "Lời còn dở"), ("en", ""), ("rank", "cao"), ("value-0-2", ""), ("value-0-3", ""), ("act", "save")];
    let refused = send(&province, &path, &form, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for shown in ["id=\"en-error\"", "id=\"rank-error\"", "id=\"op-0-error\"", "Lời còn dở", "value=\"cao\""] {
        assert!(refused.body.contains(shown), "{shown}: {}", refused.body);
    }
    assert_eq!(rev(&house).await, "1");
    // Two drafts of one edition: the second that is proposed takes the next version.
    let other = province.form("/systems/rules/draft", &[]).await.location.split('?').next().unwrap().to_owned();
    for draft in [&draft, &other] {
        let proposed = province.form(draft, &[("rev", "1"), ("act", "propose")]).await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
    }
    let named = "SELECT COUNT(*) FROM registry_rules WHERE edition IN ('cloud-strategy 2', 'cloud-strategy 3')";
    assert_eq!(house.count(named).await, 2);
}
