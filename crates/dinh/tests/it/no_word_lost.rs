//! Of every form that changes something: whatever refuses it, what was written into it comes back to who wrote it.

use axum::http::{StatusCode, header};
use jiff::SignedDuration;
use kernel::Role;
use testkit::{Answer, Client};
use webkit::Route;

use crate::{
    ask::Ask,
    house::{House, PASSWORD},
    people::to_the_machines_time,
    program::{self, Server},
    samples::Samples,
};

fn plain(text: &str) -> String {
    let text = text.replace("&#x2f;", "/").replace("&#x27;", "'").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// An invisible character that no form takes: it is refused at the door, whatever else is right.
fn bell(_: &str, value: &str) -> String {
    if is_words(value) { format!("{value}\u{7}") } else { value.to_owned() }
}

fn is_words(value: &str) -> bool {
    value.contains(' ')
}

/// What a person wrote of a request; secrets are shown to nobody again.
fn written(ask: &Ask) -> Vec<String> {
    const SECRETS: [&str; 4] = ["password", "current", "again", "code"];
    let fields = ask.fields().into_iter().filter(|(name, value)| !SECRETS.contains(name) && is_words(value));
    fields.map(|(_, value)| value.to_owned()).collect()
}

fn forms(house: &House) -> impl Iterator<Item = Route> {
    let routes = house.app.modules().iter().flat_map(|module| (module.routes)());
    routes.filter(|route| route.mutates && !route.is_api()).collect::<Vec<_>>().into_iter()
}

fn lost(texts: &[String], answer: &Answer) -> Vec<String> {
    let body = plain(&answer.body);
    texts.iter().filter(|text| !body.contains(text.as_str())).cloned().collect()
}

async fn samples(house: &House) -> Samples<'_> {
    Samples { house, admin: house.signed_in("quantri").await, officer: house.signed_in("vidu").await }
}

/// Refused for what was typed by who may, and for want of a right: in the form where its page can be shown, else beside the
/// reason.
#[tokio::test]
async fn no_refusal_loses_a_word_of_any_form() {
    let house = House::demo_with(&crate::reminders::config(1)).await;
    let samples = samples(&house).await;
    let stranger = house.person("nguoi.la", "Sở Tài chính", Role::OFFICER).await;
    let (mut faults, mut looked_at) = (Vec::new(), 0);
    for route in forms(&house) {
        let ask = samples.ask(&route).await;
        let texts = written(&ask);
        if texts.is_empty() {
            ask.send().await;
            continue;
        }
        looked_at += 1;
        let wrong = ask.send_soiled(bell).await;
        let refused = ask.send_as(&stranger).await;
        for (who, answer) in [("with a wrong field", wrong), ("by a stranger", refused)] {
            let is_refusal = answer.status.is_client_error();
            for text in lost(&texts, &answer).into_iter().filter(|_| is_refusal) {
                faults.push(format!("POST {} {who} ({}) lost “{text}”", route.path, answer.status));
            }
            if who == "with a wrong field" && answer.status != StatusCode::UNPROCESSABLE_ENTITY {
                faults.push(format!("POST {} {who}: {} {}", route.path, answer.status, answer.location));
            }
        }
        // What comes next is about what this leaves.
        ask.send().await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(looked_at >= 40, "{looked_at}");
}

fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    let found = cookies.into_iter().find(|cookie| cookie.starts_with(&format!("{name}=")))?;
    Some(found.split(';').next().unwrap().to_owned())
}

/// Where a person who signs in there comes out.
async fn signed_in_at(house: &House, answer: &Answer, login: &str) -> (Client, String) {
    let query = answer.location.strip_prefix("/sign-in?").expect(&answer.location);
    let next = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next").unwrap().1.into_owned();
    let form = [("login", login), ("password", PASSWORD), ("next", next.as_str())];
    let signed = house.client().form("/sign-in", &form).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
    let session = cookie(&signed, webkit::SESSION_COOKIE).unwrap();
    let words = cookie(answer, "dinh_words").unwrap_or_default();
    let there = signed.location.split('#').next().unwrap().to_owned();
    (house.client().with_cookie(&session).with_cookie(&words), there)
}

/// A browser of this person whose session has come to its end.
async fn over(house: &House, login: &str) -> Client {
    house.clock.move_by(SignedDuration::from_secs(1));
    let client = house.signed_in(login).await;
    let newest = "UPDATE web_session SET until = 1 WHERE started_at = (SELECT MAX(started_at) FROM web_session)";
    house.exec(newest, vec![]).await;
    client
}

/// What is not as it should be when a form is sent over the end of a session, and its writer comes in again.
async fn after_the_end(house: &House, ask: &Ask, texts: &[String]) -> Option<String> {
    let sent = ask.send_as(&over(house, "vidu").await).await;
    if !sent.location.contains("done=words-kept") {
        return Some(format!("nothing was kept: {} {}", sent.status, sent.location));
    }
    let (again, there) = signed_in_at(house, &sent, "vidu").await;
    let page = again.get(&there).await;
    let page = if page.status.is_redirection() { again.get(&page.location).await } else { page };
    let lost = lost(texts, &page);
    (!lost.is_empty()).then(|| format!("{there} ({}) lost {lost:?}", page.status))
}

/// The session ends in the middle of every form that an officer fills in.
#[tokio::test]
async fn no_ended_session_loses_a_word_of_any_form() {
    let house = House::demo_with(&crate::reminders::config(1)).await;
    let samples = samples(&house).await;
    let (mut faults, mut looked_at) = (Vec::new(), 0);
    for route in forms(&house) {
        let ask = samples.ask(&route).await;
        let texts = written(&ask);
        if !texts.is_empty() && ask.is_by(&samples.officer) {
            looked_at += 1;
            faults
                .extend(after_the_end(&house, &ask, &texts).await.map(|fault| format!("POST {}: {fault}", route.path)));
        }
        // What comes next is about what this leaves.
        ask.send().await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(looked_at >= 25, "{looked_at}");
}

/// A sensitive act asks who it is: the words wait on the page on which they were written.
#[tokio::test]
async fn who_must_prove_who_they_are_writes_nothing_twice() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await.header("referer", "http://dinh.test/people/new");
    let root = house.app.get::<directory::Directory>().unwrap().tree().root().unwrap().id.to_string();
    house.clock.move_by(SignedDuration::from_mins(11));
    let person = [("name", "Ví Dụ Mới"), ("login", "moi"), ("unit", root.as_str()), ("role", "leader")];
    let asked = admin.form("/people/new", &person).await;
    assert!(asked.location.starts_with("/account/prove?next="), "{} {}", asked.status, asked.location);
    let query = asked.location.split_once('?').unwrap().1;
    let next = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next").unwrap().1.into_owned();
    let proved = admin.form("/account/prove", &[("current", PASSWORD), ("next", &next)]).await;
    assert_eq!(proved.location, next.replace('#', "&done=proved#"), "{}", proved.body);
    let words = cookie(&asked, "dinh_words").unwrap();
    let page = admin.with_cookie(&words).get(next.split('#').next().unwrap()).await;
    assert!(page.body.contains("value=\"Ví Dụ Mới\"") && page.body.contains("value=\"moi\""), "{}", page.body);
}

/// The page of signing in says why, in both languages.
#[tokio::test]
async fn the_page_of_signing_in_says_that_the_session_has_ended() {
    let house = House::people().await;
    let clerk = house.signed_in("thu").await;
    house.clock.move_by(SignedDuration::from_hours(13));
    let led = clerk.get("/work").await.location;
    assert!(clerk.get(&led).await.body.contains("Phiên làm việc đã kết thúc. Đăng nhập để tiếp tục."), "{led}");
    let sent =
        clerk.header("referer", "http://dinh.test/questions/new").form("/questions", &[("text", "Đến đâu")]).await;
    let page = clerk.get(&sent.location).await.body;
    assert!(page.contains("Nội dung vừa viết được giữ, đăng nhập để tiếp tục."), "{page}");
    let page = clerk.with_cookie("dinh_lang=en").get(&sent.location).await.body;
    assert!(page.contains("What you wrote is kept; sign in to go on."), "{page}");
    let both = [("text", "Đến đâu"), ("units", "TUYỆT MẬT\nnội dung")];
    let sent = clerk.header("referer", "http://dinh.test/questions/new").form("/questions", &both).await;
    let page = clerk.get(&sent.location).await.body;
    assert!(page.contains("trừ những ô có dấu chỉ độ mật"), "{} {page}", sent.location);
    assert!(!house.client().get("/sign-in?next=/work").await.body.contains("đã kết thúc"));
}

/// A server that dies while it keeps what is written: what it said that it kept is there, and the rest was not said.
#[tokio::test]
async fn what_was_said_to_be_kept_outlives_the_death_of_the_server() {
    let house = House::people().await;
    to_the_machines_time(&house);
    let key = "0123456789abcdef0123456789abcdef";
    let line = format!("POST /drafts/{key}");
    let server = Server::start(&house);
    let session = program::sign_in(server.port, "thu");
    for n in 1..=10 {
        let answer = program::ask(server.port, &line, &session, &format!("text=lan+{n}.")).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    // One is on its way when the server dies.
    let body = "text=lan+11.";
    let mut half =
        program::begin(server.port, &line, &session, "application/x-www-form-urlencoded", body.len()).unwrap();
    std::io::Write::write_all(&mut half, &body.as_bytes()[..6]).unwrap();
    drop(server);
    let server = Server::start(&house);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft WHERE fields LIKE '%lan 10.%'").await, 1);
    let answer = program::ask(server.port, &line, &session, "text=lan+12.").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 1);
}
