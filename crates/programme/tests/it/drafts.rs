//! What is written into a long form is kept as it is written, offered again, and taken in by the act; nobody else sees it.

use axum::http::{StatusCode, header};
use jiff::SignedDuration;
use testkit::{Answer, Client, Part};

use crate::{
    documents::part_of,
    house::{COMMUNE, House},
    round::{Round, words},
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;

/// The page of a part: where its address leads.
pub async fn page(client: &Client, path: &str) -> String {
    let answer = client.get(path).await;
    let answer = if answer.location.is_empty() { answer } else { client.get(&answer.location).await };
    words(&answer.body)
}

/// The key of the draft of the form to this address.
pub fn key(page: &str, action: &str) -> String {
    let (_, form) = page.split_once(&format!("action=\"{action}\"")).expect(page);
    let (_, key) = form.split_once("name=\"draft\" value=\"").expect(form);
    key.split('"').next().unwrap().to_owned()
}

pub async fn keep(client: &Client, key: &str, fields: &[(&str, &str)]) -> Answer {
    client.form(&format!("/drafts/{key}"), fields).await
}

/// Where the offer leads that the page makes.
pub fn again(page: &str) -> String {
    let (_, offer) = page.split_once("class=\"draft-offer\"").expect(page);
    let link = offer.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    link.replace("&amp;", "&").split('#').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_draft_is_offered_taken_up_again_and_gone_with_the_act() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let (path, form) = (format!("/parts/{part}"), format!("/parts/{part}/progress"));
    let before = page(&clerk, &path).await;
    assert!(!before.contains("draft-offer") && before.contains("data-unsaved=\"Chưa lưu được, còn ở trên máy này\""));
    let key = key(&before, &form);
    let kept = keep(&clerk, &key, &[("percent", "40"), ("text", "Đã họp dân \"lần hai\""), ("once", "x")]).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert!(kept.json()["at"].as_str().unwrap().contains(':'), "{}", kept.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 1);
    let offered = page(&clerk, &path).await;
    assert!(
        offered.contains("Bản đang viết dở lúc") && offered.contains("Dùng lại") && offered.contains("/drop\""),
        "{offered}"
    );
    assert!(!offered.contains("Đã họp dân"), "it is not in the form before its writer says so");
    // By this mark the script keeps what stands in the form: of an offer it is what stood there before.
    assert!(!offered.contains("data-resumed") && !offered.contains("id=\"resumed\""), "{offered}");
    // Without script: a link fills it in.
    let filled = page(&clerk, &again(&offered)).await;
    assert!(filled.contains("value=\"40\"") && filled.contains("Đã họp dân \"lần hai\"</textarea>"), "{filled}");
    assert!(filled.contains("đã được điền lại") && !filled.contains("Dùng lại"), "{filled}");
    assert!(filled.contains("id=\"resumed\" data-resumed"), "{filled}");
    let once = filled.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    // Refused, it is still there; saved, it is gone with the act.
    let sent = |percent| [("once", once), ("draft", key.as_str()), ("percent", percent), ("text", "Đã họp dân")];
    assert_eq!(clerk.form(&form, &sent("140")).await.status, 422);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 1);
    assert_eq!(clerk.form(&form, &sent("40")).await.status, OPEN);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 0);
    assert!(!page(&clerk, &path).await.contains("draft-offer"));
}

#[tokio::test]
async fn nobody_else_sees_changes_or_drops_a_draft() {
    let house = House::demo().await;
    let (clerk, other) = (house.as_("thu").await, house.as_("chutichxa").await);
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let (path, form) = (format!("/parts/{part}"), format!("/parts/{part}/explain"));
    let key = key(&page(&other, &path).await, &form);
    keep(&clerk, &key, &[("text", "Chỉ mình tôi biết")]).await;
    for address in [path.clone(), format!("/tasks?resume={key}")] {
        let seen = page(&other, &address).await;
        assert!(!seen.contains("Chỉ mình tôi biết") && !seen.contains("draft-offer"), "{seen}");
    }
    let filled = other.get(&format!("{}&resume={key}", other.get(&path).await.location)).await;
    assert!(filled.status == StatusCode::OK && !filled.body.contains("Chỉ mình"), "{}", filled.body);
    keep(&other, &key, &[("text", "của người khác")]).await;
    assert_eq!(other.form(&format!("/drafts/{key}/drop"), &[]).await.status, OPEN);
    let left = house.count("SELECT COUNT(*) FROM db_draft WHERE fields LIKE '%Chỉ mình tôi biết%'").await;
    assert_eq!((left, house.count("SELECT COUNT(*) FROM db_draft").await), (1, 1));
    // Strangers, other sites and what is no key.
    assert_eq!(keep(&house.client(), &key, &[("text", "x")]).await.status, StatusCode::UNAUTHORIZED);
    let evil = clerk.header("origin", "http://evil.test");
    assert_eq!(keep(&evil, &key, &[("text", "x")]).await.status, StatusCode::FORBIDDEN);
    for bad in ["x", "../x", &"g".repeat(32)] {
        assert_eq!(keep(&clerk, bad, &[("text", "x")]).await.status, StatusCode::NOT_FOUND, "{bad}");
    }
}

#[tokio::test]
async fn a_draft_is_bounded_in_size_and_pace_and_bears_no_mark_of_secrecy() {
    let house = House::people().await;
    let clerk = house.as_("thu").await;
    let key = "0123456789abcdef0123456789abcdef";
    // As long as the longest form, and no longer.
    let large = "x".repeat(webkit::LARGEST_FORM);
    assert_eq!(keep(&clerk, key, &[("text", &large)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = "x".repeat(webkit::LARGEST_FORM - 64);
    assert_eq!(keep(&clerk, key, &[("text", &long)]).await.status, StatusCode::OK);
    house.clock.move_by(SignedDuration::from_mins(1));
    let secret = keep(&clerk, key, &[("text", "TỐI MẬT\nnội dung")]).await;
    assert_eq!(secret.status, 422, "{}", secret.body);
    assert_eq!(secret.headers[header::CONTENT_TYPE], "application/problem+json");
    let mut throttled = 0;
    for _ in 0..70 {
        throttled += i32::from(keep(&clerk, key, &[("text", "x")]).await.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!((8..=12).contains(&throttled), "{throttled}");
    house.clock.move_by(SignedDuration::from_mins(1));
    assert_eq!(keep(&clerk, key, &[("text", "x")]).await.status, StatusCode::OK);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 1);
}

/// Nothing is overwritten unseen: what was changed meanwhile stands beside what was written.
#[tokio::test]
async fn a_draft_of_what_was_changed_meanwhile_is_offered_with_both_texts() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let id = round.report_of(house.unit(COMMUNE)).await;
    let (clerk, other) = (house.as_("thu").await, house.person("thuhai", COMMUNE, kernel::Role::OFFICER).await);
    let path = format!("/reports/{id}/edit");
    let first = page(&clerk, &path).await;
    let form = fields(&first, &path);
    let with = |intro: &str| -> Vec<(String, String)> {
        let one = |(name, value): &(String, String)| {
            (name.clone(), if name == "intro" { intro.into() } else { value.clone() })
        };
        form.iter().map(one).collect()
    };
    keep(&clerk, &key(&first, &path), &borrowed(&with("Bản tôi viết"))).await;
    let saved = other.form(&path, &borrowed(&with("Bản người khác lưu"))).await;
    assert_eq!(saved.status, OPEN, "{}", saved.body);
    let offered = page(&clerk, &path).await;
    let (_, offer) = offered.split_once("class=\"draft-offer\"").expect(&offered);
    let (offer, below) = offer.split_once("</section>").unwrap();
    assert!(
        offer.contains("Bản tôi viết") && offer.contains("Bản người khác lưu") && offer.contains("Dùng bản của tôi"),
        "{offer}"
    );
    assert!(below.contains("Bản người khác lưu</textarea>"), "{below}");
    // The plain address only shows both; whoever saw them takes theirs over what is kept now.
    let shown = page(&clerk, &format!("{path}?resume={}", key(&first, &path))).await;
    assert!(!shown.contains("Bản tôi viết</textarea>"), "{shown}");
    let taken = page(&clerk, &again(&offered)).await;
    assert!(taken.contains("Bản tôi viết</textarea>"), "{taken}");
    let over = fields(&taken, &path);
    assert_ne!(over.iter().find(|(name, _)| name == "rev"), form.iter().find(|(name, _)| name == "rev"));
    assert_eq!(clerk.form(&path, &borrowed(&over)).await.status, OPEN);
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// What a browser sends of the form to this address.
fn fields(page: &str, action: &str) -> Vec<(String, String)> {
    let (_, form) = page.split_once(&format!("action=\"{action}\"")).expect(page);
    let form = form.split("</form>").next().unwrap();
    let mut fields = vec![];
    for tag in form.split('<') {
        let of = |name: &str| {
            Some(tag.split('>').next()?.split_once(&format!(" {name}=\""))?.1.split('"').next()?.to_owned())
        };
        let Some(name) = of("name").filter(|_| of("type").as_deref() != Some("checkbox")) else { continue };
        let value = match tag.split(' ').next() {
            Some("input") => of("value").unwrap_or_default(),
            Some("textarea") => tag.split_once('>').unwrap().1.trim_start_matches('\n').to_owned(),
            Some("select") => "estimate".to_owned(),
            _ => continue,
        };
        fields.push((name, value));
    }
    fields
}

/// The cookie by which the browser is known that sent words when its session had ended.
fn words_cookie(answer: &Answer) -> String {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    let cookie = cookies.into_iter().find(|cookie| cookie.starts_with("dinh_words=")).expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

/// The page that follows after signing in.
fn next(answer: &Answer) -> String {
    let query = answer.location.strip_prefix("/sign-in?").expect(&answer.location);
    let next = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next").unwrap().1.into_owned();
    next.split('#').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_was_sent_when_the_session_had_ended_waits_for_its_writer_in_the_same_browser() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let form = format!("/parts/{part}/progress");
    let seen = clerk.get(&format!("/parts/{part}")).await.location;
    let once =
        page(&clerk, &seen).await.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    house.clock.move_by(SignedDuration::from_hours(13));
    let from = |client: Client| client.header("referer", &format!("http://dinh.test{seen}"));
    let typed = [("once", once.as_str()), ("percent", "40"), ("text", "Viết lúc hết phiên")];
    // By the cookie of the session that had ended, or by the page on which it stood.
    for sender in [from(clerk.clone()), from(house.client())] {
        let sent = sender.form(&form, &typed).await;
        assert!(sent.location.contains("done=words-kept"), "{}", sent.location);
        let (cookie, next) = (words_cookie(&sent), next(&sent));
        assert!(next.starts_with(seen.split('?').next().unwrap()), "{next}");
        let again = house.as_("thu").await.with_cookie(&cookie);
        let filled = again.get(&next).await;
        let body = words(&filled.body);
        assert!(body.contains("Viết lúc hết phiên</textarea>") && body.contains("value=\"40\""), "{body}");
        assert!(body.contains("đã được điền lại") && filled.headers[header::CACHE_CONTROL] == "no-store", "{body}");
        // Another person at the same machine, another browser of the same person, nobody.
        for stranger in [house.as_("vidu").await.with_cookie(&cookie), house.as_("thu").await] {
            let body = page(&stranger, &next).await;
            assert!(!body.contains("Viết lúc hết phiên"), "{body}");
        }
        assert!(house.client().with_cookie(&cookie).get(&next).await.location.starts_with("/sign-in?next="));
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_entry WHERE text = 'Viết lúc hết phiên'").await, 0);
    // Nobody knows whose it is; another site; a mark of secrecy; nothing written: nothing is kept.
    let unknown = from(house.client()).form(&form, &[("text", "Không biết của ai")]).await;
    assert!(unknown.headers.get(header::SET_COOKIE).is_none() && !unknown.location.contains("words-kept"));
    let evil = from(clerk.clone()).header("origin", "http://evil.test").form(&form, &typed).await;
    assert!(evil.status == StatusCode::FORBIDDEN && evil.headers.get(header::SET_COOKIE).is_none());
    let marked = from(clerk.clone()).form(&form, &[("once", &once), ("text", "TUYỆT MẬT\nnội dung")]).await;
    assert!(marked.location.contains("done=session-ended"), "{}", marked.location);
    // One field that no form takes costs the others nothing.
    let both = [("once", once.as_str()), ("percent", "45"), ("text", "TUYỆT MẬT\nnội dung")];
    let sent = from(clerk.clone()).form(&form, &both).await;
    assert!(sent.location.contains("done=words-kept-in-part"), "{}", sent.location);
    let again = house.as_("thu").await.with_cookie(&words_cookie(&sent));
    let body = page(&again, &next(&sent)).await;
    assert!(body.contains("value=\"45\"") && !body.contains("TUYỆT MẬT"), "{body}");
    // What is filled in in part is not saved over a draft that is whole.
    assert!(body.contains("Một phần nội dung bạn viết") && !body.contains("data-resumed"), "{body}");
    // What was chosen in the place of what was typed is what comes back.
    let chosen = [("text", "phong a"), ("instead-of:text", "phong a"), ("chosen:text", "Phòng A, Sở Mẫu")];
    let sent = from(clerk.clone()).form(&form, &[&[("once", once.as_str())], chosen.as_slice()].concat()).await;
    let again = house.as_("thu").await.with_cookie(&words_cookie(&sent));
    let body = page(&again, &next(&sent)).await;
    assert!(body.contains("Phòng A, Sở Mẫu</textarea>") && !body.contains("phong a"), "{body}");
    assert!(from(clerk).get("/tasks").await.location.contains("done=session-ended"));
}

/// A report of many lines is longer than what other forms take.
#[tokio::test]
async fn the_longest_form_outlives_the_end_of_its_session() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let id = round.report_of(house.unit(COMMUNE)).await;
    let clerk = house.as_("thu").await;
    let path = format!("/reports/{id}/edit");
    let long = "lời ".repeat(100 * 1024);
    house.clock.move_by(SignedDuration::from_hours(13));
    let clerk = clerk.header("referer", &format!("http://dinh.test{path}"));
    let sent = clerk.form(&path, &[("intro", &long)]).await;
    assert!(sent.location.contains("done=words-kept"), "{}", sent.location);
    let again = house.as_("thu").await.with_cookie(&words_cookie(&sent));
    assert!(again.get(&next(&sent)).await.body.contains(long.trim()), "not all of it came back");
}

/// The file of a form that is refused for its words need not be chosen again.
#[tokio::test]
async fn a_file_need_not_be_chosen_again_when_the_words_beside_it_were_wrong() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let form = format!("/parts/{part}/evidence");
    let pdf = Part::File("quyet-dinh.pdf", b"%PDF-1.7 x");
    let wrong = [Part::Field("label", "Quyết định"), Part::Field("day", "2099-01-01"), pdf];
    let refused = clerk.upload(&form, &wrong).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let body = words(&refused.body);
    assert!(body.contains("id=\"day-error\"") && body.contains("value=\"Quyết định\""), "{body}");
    assert!(body.contains("Tệp “quyet-dinh.pdf” vẫn còn"), "{body}");
    let kept = body.split("name=\"kept\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let right = [Part::Field("kept", &kept), Part::Field("label", "Quyết định"), Part::Field("day", "2026-11-20")];
    // It is nobody else's.
    let theirs = [right.as_slice(), &[Part::Field("on_behalf", "true")]].concat();
    let other = house.as_("vidu").await.upload(&form, &theirs).await;
    assert_eq!(other.status, 422, "{}", other.body);
    let saved = clerk.upload(&form, &right).await;
    assert_eq!(saved.status, OPEN, "{}", saved.body);
    let stored = "SELECT COUNT(*) FROM programme_evidence WHERE file_name = 'quyet-dinh.pdf' AND blob_hash IS NOT NULL";
    assert_eq!(house.count(stored).await, 1);
    // Where the file itself is wrong it is asked for again.
    let bad = clerk.upload(&form, &[Part::Field("label", "Bản ghi"), Part::File("a.exe", b"MZ")]).await;
    let body = words(&bad.body);
    assert!(
        !body.contains("name=\"kept\"") && body.contains("xin chọn lại") && body.contains("value=\"Bản ghi\""),
        "{body}"
    );
}

/// A form that is refused for its words is heard to its end, and its file costs nothing of what is allowed on one day.
#[tokio::test]
async fn what_stands_behind_a_file_is_shown_again_and_a_refused_file_costs_nothing() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let form = format!("/parts/{part}/evidence");
    let (file, label) = (Part::File("q.pdf", b"%PDF-1.7 x"), Part::Field("label", "Quyết định"));
    let wrong = Part::Field("number", "TỐI MẬT");
    for given in [[wrong.clone(), file.clone(), label.clone()], [file.clone(), wrong.clone(), label.clone()]] {
        let refused = clerk.upload(&form, &given).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(words(&refused.body).contains("value=\"Quyết định\""), "{}", refused.body);
    }
    let counted = "SELECT COUNT(*) FROM web_upload";
    assert_eq!(house.count(counted).await, 0, "a refused file was counted");
    assert_eq!(clerk.upload(&form, &[file, label]).await.status, OPEN);
    assert_eq!(house.count(counted).await, 1);
}

/// Too large to be held in memory and compared, it is an act like others.
#[tokio::test]
async fn a_form_with_a_large_file_lets_go_of_its_draft() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let form = format!("/parts/{part}/evidence");
    let key = key(&page(&clerk, &format!("/parts/{part}")).await, &form);
    keep(&clerk, &key, &[("label", "Quyết định")]).await;
    let file = [b"%PDF-1.7 ".as_slice(), &vec![b'x'; 5 * 1024 * 1024]].concat();
    let (once, draft, label) =
        (Part::Field("once", "k"), Part::Field("draft", &key), Part::Field("label", "Quyết định"));
    let with = |day| [once.clone(), draft.clone(), label.clone(), Part::Field("day", day), Part::File("q.pdf", &file)];
    assert_eq!(clerk.upload(&form, &with("2099-01-01")).await.status, 422);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 1);
    let saved = clerk.upload(&form, &with("2026-11-20")).await;
    assert_eq!(saved.status, OPEN, "{}", saved.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 0);
}
