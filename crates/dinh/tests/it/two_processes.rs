//! Two processes of the real program over one PostgreSQL: what one does, the other knows, and what is done once is done
//! once. See `siege` for both under load.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use serde_json::{Value as Json, json};

use crate::{
    house::{House, PASSWORD},
    program::{Server, ask, send, sign_in},
};

/// Each process looks once a second whether another changed the units.
const SOON: Duration = Duration::from_secs(10);

/// Both come up at the same moment, so that both begin the day's work.
fn pair_with(house: &House, settings: &[(&str, String)]) -> [Server; 2] {
    std::thread::scope(|scope| {
        let starts = [(); 2].map(|()| scope.spawn(|| Server::start_with(house, settings)));
        starts.map(|start| start.join().unwrap())
    })
}

fn on_postgres() -> bool {
    let is_there = std::env::var_os("TESTKIT_POSTGRES").is_some();
    if !is_there {
        println!("SKIPPED: two processes share a PostgreSQL (TESTKIT_POSTGRES)");
    }
    is_there
}

/// A house and both processes over it.
async fn two() -> Option<(House, [Server; 2])> {
    if !on_postgres() {
        return None;
    }
    let house = House::people().await;
    let servers = pair_with(&house, &[]);
    Some((house, servers))
}

/// What counts by the hour or the day is not asked over its turn (seconds of Vietnam's clock).
async fn away_from_the_turn_of(period: i64) {
    let left = period - (machines_time().as_second() + 7 * 3600).rem_euclid(period);
    if left < 120 {
        tokio::time::sleep(Duration::from_secs(left.unsigned_abs() + 1)).await;
    }
}

fn machines_time() -> jiff::Timestamp {
    kernel::Clock::now(&dinh::wiring::SystemClock)
}

/// The house's clock stands still, that of the processes goes; what it writes next is to come after what they wrote.
fn catch_up(house: &House) {
    house.clock.move_by(machines_time().duration_since(house.system().now()));
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// What the API answers, with a key under which it acts once.
fn keyed(port: u16, line: &str, cookie: &str, key: &str, body: &Json) -> (u16, String) {
    let kind = format!("application/json\r\nidempotency-key: {key}");
    let answer = send(port, line, cookie, &kind, &body.to_string()).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").expect(&answer);
    (status(&answer), body.to_owned())
}

fn get(port: u16, cookie: &str, path: &str) -> Json {
    let answer = ask(port, &format!("GET {path}"), cookie, "").unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").expect(&answer);
    serde_json::from_str(body).expect(&answer)
}

fn post(port: u16, cookie: &str, path: &str, form: &str) -> String {
    let answer = ask(port, &format!("POST {path}"), cookie, form).unwrap();
    assert_eq!(status(&answer), 303, "{path}: {answer}");
    answer
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

fn assign(port: u16, cookie: &str, number: &str, leads: &str, due: &str) -> String {
    let (text, leads) = (encoded("Rà soát hồ sơ số"), encoded(leads));
    let form =
        format!("number={number}&issued_on=2026-01-05&giver=&text={text}+{number}&leads={leads}&due={due}&result=");
    ask(port, "POST /assign", cookie, &form).unwrap()
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < SOON, "{what}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

const OWN: &str = "Sở Khoa học và Công nghệ";

/// Units, names and days are held in memory by each process.
#[tokio::test(flavor = "multi_thread")]
async fn what_one_holds_in_memory_follows_what_the_other_changes() {
    let Some((house, servers)) = two().await else { return };
    let [one, two] = [servers[0].port, servers[1].port];
    let (admin, officer) = (sign_in(one, "quantri"), sign_in(two, "vidu"));

    let unknown = assign(two, &officer, "1/TB", "Phòng Sao Mai", "2027-01-29");
    assert_eq!(status(&unknown), 422, "nobody is called so yet: {unknown}");
    let parent = house.unit(OWN, None);
    let unit = json!({"kind": "division", "name": "Phòng Sao Mai", "parent": parent.to_string()});
    let (added, body) = keyed(one, "POST /api/v1/units", &admin, "add", &unit);
    assert_eq!(added, 200, "{body}");
    wait_until("a unit that was added at one is not known at the other", || {
        status(&assign(two, &officer, "2/TB", "Phòng Sao Mai", "2027-01-29")) == 303
    });
    let id = serde_json::from_str::<Json>(&body).unwrap()["id"].as_str().unwrap().to_owned();
    let renamed = format!("rev=1&kind=division&name={}&parent={parent}", encoded("Phòng Sao Hôm"));
    post(one, &admin, &format!("/units/{id}/edit"), &renamed);
    wait_until("a unit that was renamed at one has its old name at the other", || {
        status(&assign(two, &officer, "3/TB", "Phòng Sao Hôm", "2027-01-29")) == 303
    });

    // Nine working days from a Monday end on the Friday after; with one day off, on the Monday after that.
    let deadline = "/api/v1/calendar/deadline?from=2026-08-03T09:00&days=9";
    let before = get(two, &officer, deadline)["due"].clone();
    let off = json!({"day": "2026-08-05", "kind": "off", "name": "Ngày nghỉ mẫu", "source": "1/QĐ-UBND"});
    let (amended, body) = keyed(one, "POST /api/v1/calendar", &admin, "off", &off);
    assert!(amended < 300, "{amended} {body}");
    wait_until("a day that was changed at one is as before at the other", || {
        get(two, &officer, deadline)["due"] != before
    });
    let after = [one, two].map(|port| get(port, &officer, deadline)["due"].clone());
    assert_eq!(after[0], after[1]);
}

/// What somebody may do is asked anew with each request.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_given_at_one_holds_at_the_other_at_once() {
    let Some((house, servers)) = two().await else { return };
    let [one, two] = [servers[0].port, servers[1].port];
    let (admin, other) = (sign_in(one, "quantri"), sign_in(two, "taichinh"));
    let may = || status(&ask(two, "GET /plans/new", &other, "").unwrap());
    assert_eq!(may(), 403);
    let sql =
        "SELECT t.id FROM directory_post t JOIN directory_account a ON a.person_id = t.person_id WHERE a.login = $1";
    let held = kernel::PostId::from_uuid(house.one(sql, db::vals!["taichinh"]).await);
    let unit = encoded(OWN);
    let given = post(one, &admin, &format!("/posts/{held}/another"), &format!("unit={unit}&role=programme&title="));
    assert!(!given.contains("invited"), "{given}");
    assert_eq!(may(), 200, "given at one, held at the other");
    let sql = "SELECT t.id FROM directory_post t JOIN directory_account a ON a.person_id = t.person_id \
        WHERE a.login = $1 AND t.role = 'programme'";
    let added = kernel::PostId::from_uuid(house.one(sql, db::vals!["taichinh"]).await);
    post(one, &admin, &format!("/posts/{added}/end"), "");
    assert_eq!(may(), 403, "ended at one, ended at the other");
}

/// A board is remembered by each process; none is older than its rows.
#[tokio::test(flavor = "multi_thread")]
async fn a_board_remembered_at_one_shows_what_was_done_at_the_other() {
    let Some((_house, servers)) = two().await else { return };
    let [one, two] = [servers[0].port, servers[1].port];
    let (leader, officer) = (sign_in(one, "vidu"), sign_in(two, "vidu"));
    let shows = |number: &str| {
        let board = ask(one, "GET /board", &leader, "").unwrap();
        assert_eq!(status(&board), 200, "{board}");
        board.contains(&format!("hồ sơ số {number}"))
    };
    assert!(!shows("LATE1") && !shows("LATE1"), "looked at twice, so that it is remembered");
    let late = assign(two, &officer, "LATE1", OWN, "2026-02-02");
    assert_eq!(status(&late), 303, "{late}");
    assert!(shows("LATE1"), "what is late since a moment ago stands on the other's board");
    assert!(!shows("LATE2"));
    assert_eq!(status(&assign(two, &officer, "LATE2", OWN, "2026-02-03")), 303);
    assert!(shows("LATE2"), "and so again");
}

/// Wrong passwords count together, whichever process was asked.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_at_both_are_counted_together() {
    let Some((house, servers)) = two().await else { return };
    let [one, two] = [servers[0].port, servers[1].port];
    away_from_the_turn_of(3600).await;
    let knock =
        |port: u16, password: &str| ask(port, "POST /sign-in", "", &format!("login=vidu&password={password}")).unwrap();
    let counted = async || house.count("SELECT COALESCE(CAST(SUM(count) AS bigint), 0) FROM directory_attempt").await;
    std::thread::scope(|scope| {
        for port in [one, two] {
            scope.spawn(move || {
                for _ in 0..4 {
                    let refused = ask(port, "POST /sign-in", "", "login=vidu&password=sai-mat-khau-roi").unwrap();
                    assert!((400..500).contains(&status(&refused)), "{refused}");
                }
            });
        }
    });
    assert_eq!(counted().await, 8, "none is lost between the two");
    catch_up(&house);
    // Forty an hour, from devices that the account does not know.
    house.exec("UPDATE directory_attempt SET count = 39", vec![]).await;
    assert_eq!(status(&knock(two, PASSWORD)), 303, "one is left");
    assert!(status(&knock(one, "sai-mat-khau-roi")) < 500);
    assert_eq!(counted().await, 40);
    let braked = knock(two, PASSWORD);
    assert_eq!(status(&braked), StatusCode::TOO_MANY_REQUESTS.as_u16(), "the last was used up at the other: {braked}");
}

/// One key at both processes at once makes one act, and both say the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_used_at_both_at_once_acts_once() {
    let Some((house, servers)) = two().await else { return };
    let [one, two] = [servers[0].port, servers[1].port];
    let cookie = &sign_in(one, "vidu");
    for round in 0..5 {
        let (key, number) = (&format!("k-{round}"), format!("{round}/TB-UBND"));
        let task = &json!({"number": number, "issued_on": "2026-01-16", "giver": "", "text": "Rà soát", "leads": OWN});
        let answers: Vec<(u16, String)> = std::thread::scope(|scope| {
            let asked = [one, two, one, two]
                .map(|port| scope.spawn(move || keyed(port, "POST /api/v1/tasks", cookie, key, task)));
            asked.into_iter().map(|answer| answer.join().unwrap()).collect()
        });
        let done: Vec<&(u16, String)> = answers.iter().filter(|(status, _)| *status < 300).collect();
        assert!(!done.is_empty() && done.iter().all(|answer| *answer == done[0]), "{answers:?}");
        let waits = |(status, body): &&(u16, String)| *status == 409 && body.contains("in-progress");
        assert!(answers.iter().filter(|(status, _)| *status >= 300).all(|answer| waits(&answer)), "{answers:?}");
        let sql = format!("SELECT COUNT(*) FROM programme_plan WHERE number = '{number}'");
        assert_eq!(house.count(&sql).await, 1);
    }
}

/// The day's work is queued once, each job is taken by one process, and nobody is reminded twice.
#[tokio::test(flavor = "multi_thread")]
async fn the_morning_round_of_two_processes_tells_each_person_once() {
    if !on_postgres() {
        return;
    }
    const ROUNDS: i64 = 30;
    away_from_the_turn_of(86_400).await;
    let house = House::people().await;
    // Whichever day it is: the processes have the machine's clock.
    let now = machines_time().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7)));
    let today = now.date().to_string();
    let sql = "INSERT INTO directory_calendar_day (day, kind, name, source) VALUES ($1, 'work', 'x', 'x')";
    house.exec(sql, db::vals![today.as_str()]).await;
    let sql = "INSERT INTO notify_person (person_id, address, phone, digest, lang, confirmed, proof_hash, proof_until, rev) \
        SELECT person_id, 'vidu@tinhmau.example', '', TRUE, 'vi', 'vidu@tinhmau.example', '', 0, 1 \
        FROM directory_account WHERE login = 'vidu'";
    house.exec(sql, vec![]).await;
    catch_up(&house);
    let number =
        [("number", "1/TB"), ("issued_on", "2026-01-05"), ("text", "Rà soát"), ("leads", OWN), ("due", &today)];
    let assigned = house.signed_in("vidu").await.form("/assign", &number).await;
    assert_eq!(assigned.status, StatusCode::SEE_OTHER, "{}", assigned.body);
    // Rounds beside that of the day, for both to take from the first moment on.
    for _ in 0..ROUNDS {
        let sql = "INSERT INTO db_job (id, kind, payload, state, run_at, attempts, done, total, lang, created_at) \
                   VALUES ($1, 'notify.round', 'null', 'waiting', 0, 0, 0, 0, 'vi', 0)";
        house.exec(sql, db::vals![house.system().new_id::<db::OfJob>().uuid()]).await;
    }
    let mail = [("DINH_SMTP_URL", "smtp://127.0.0.1:1".into()), ("DINH_MAIL_FROM", "dinh@tinhmau.example".into())];
    let _servers = pair_with(&house, &mail);
    for kind in ["notify.daily", "directory.daily", "programme.daily"] {
        let queued = format!("SELECT COUNT(*) FROM db_job WHERE kind = '{kind}'");
        let start = Instant::now();
        while house.count(&queued).await == 0 && start.elapsed() < SOON {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(house.count(&queued).await, 1, "{kind}: two processes begin one day");
    }
    let ended = "SELECT COUNT(*) FROM db_job WHERE kind = 'notify.round' AND created_at = 0 AND state = 'done'";
    let start = Instant::now();
    while house.count(ended).await < ROUNDS {
        assert!(start.elapsed() < Duration::from_mins(1), "{} of {ROUNDS} rounds", house.count(ended).await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let twice = "SELECT COUNT(*) FROM db_job WHERE kind = 'notify.round' AND attempts > 1";
    assert_eq!(house.count(twice).await, 0, "a job was taken by both");
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox").await, 1, "one letter to the one who wants some");
    let told = house.count("SELECT COUNT(*) FROM notify_notice").await;
    let people = house.count("SELECT COUNT(DISTINCT (person_id, subject)) FROM notify_notice").await;
    assert!(told > 0 && told == people, "{told} notices for {people}");
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_round").await, 1);
}
