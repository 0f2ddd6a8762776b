//! What is counted: each value equals an independent count, each system stands behind it once with a reason.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use kernel::Role;
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use registry::{
    model::figures::{Definition, all, named},
    usecase::figures::keep::figures_keep,
};
use testkit::House;

use crate::{
    house,
    inventories::{AS_OF, OWNERS, Plain, plain, put},
};

const MAIN: [&str; 4] = ["information_system", "service", "database", "platform"];

fn is_live(one: &Plain) -> bool {
    ["operating", "retiring"].contains(&one.state)
}

/// Neither a foreign cloud nor a room of one's own.
fn counts_as_cloud(hosting: &str) -> bool {
    ["provincial_cloud", "domestic_cloud"].contains(&hosting)
}

fn is_cloud(one: &Plain) -> bool {
    counts_as_cloud(one.hosting)
}

/// The first and the last day on which it may have begun.
fn began(one: &Plain) -> Option<(String, String)> {
    let of_day = one.began.map(|day| (day.to_owned(), day.to_owned()));
    of_day.or_else(|| one.year.map(|year| (format!("{year}-01-01"), format!("{year}-12-31"))))
}

fn is_counted_kind(one: &Plain) -> bool {
    ["information_system", "service"].contains(&one.kind)
}

/// Whether a system counts, and is in the whole, of a part of an indicator: said once more, in other words than SQL.
fn by_hand(code: &str, part: &str, one: &Plain, approved: [bool; 4]) -> Option<(bool, bool)> {
    let is_main = MAIN.contains(&one.kind);
    let is_open = is_live(one) && !one.is_secret;
    let out = Some((false, false));
    match (code, part) {
        ("cloud.new_first", _) if is_main => {
            let is_new = one.frozen.is_none() && began(one).is_some_and(|(first, _)| first.as_str() > AS_OF);
            let is_left_out = !one.is_eligible && one.review == "accepted";
            let is_in = is_counted_kind(one) && is_open && is_new && approved[one.owner] && !is_left_out;
            Some((is_in && is_cloud(one), is_in))
        }
        ("cloud.migrated", _) if is_main || one.frozen.is_some() => {
            let Some(frozen) = one.frozen else { return out };
            let is_in = frozen.is_counted && approved[one.owner] && (part != "eligible" || frozen.is_eligible);
            let is_reviewed = one.review != "open";
            let assessed = one.answered > 0 || is_reviewed;
            let classified = is_reviewed && !one.strategy.is_empty();
            let stays = ["retain", "retire"].contains(&one.strategy);
            let converted = one.accepted.is_some_and(counts_as_cloud);
            let counts = match part {
                "assessed" => assessed,
                "classified" => classified,
                "converted" => converted,
                _ => assessed && classified && !stays && converted,
            };
            Some((is_in && counts, is_in))
        }
        ("cloud.domestic_agencies", _) if is_main || one.kind == "cloud_service" => {
            let service = one.kind == "cloud_service";
            let is_own = one.hosting == "provincial_cloud" || service && one.hosting == "own_room";
            let counts = match (service, is_own) {
                (true, _) if one.is_domestic == "no" => false,
                (_, true) => part == "with_province",
                (true, false) => one.is_domestic == "yes",
                (false, false) => one.hosting == "domestic_cloud",
            };
            Some((is_open && counts, is_open))
        }
        ("cloud.databases", _) if is_main => {
            let is_in = one.kind == "database" && is_open && one.is_confirmed;
            let placed = if part == "all" { one.hosting == "provincial_cloud" } else { is_cloud(one) };
            Some((is_in && placed && one.level > 0 && one.backup == "proven", is_in))
        }
        ("platform.deployed", _) if is_main => {
            let is_in = one.kind == "platform" && one.state != "mistaken" && one.milestone == Some("2026-01-01");
            Some((is_in && is_live(one) && one.is_used, is_in))
        }
        ("exchange.connected", _) if is_main => Some((false, is_open && one.kind != "database")),
        ("level.approved", _) if is_main => {
            let is_in = is_open && one.kind != "database";
            let holds = |(_, check_by, until): &(&str, &str, Option<&str>)| {
                *check_by == "2030-01-01" && *until != Some("2026-01-01")
            };
            // In time is by the first decision; what holds is by the newest alone.
            let (first, newest) = (one.dossiers.first(), one.dossiers.last());
            let counts = match (first, began(one)) {
                (Some((on, ..)), Some((_, last))) if *on > last.as_str() => part == "late",
                // Approved within the year of which no more is known: neither.
                (Some((on, ..)), Some((first, _))) => {
                    part == "all" && *on <= first.as_str() && newest.is_some_and(holds)
                }
                _ => false,
            };
            Some((is_in && counts, is_in))
        }
        ("ipv6", part) if is_main || one.kind == "network" => {
            if (part == "networks") != (one.kind == "network") {
                return None;
            }
            let is_in = is_open && one.kind != "database" && (part != "public" || one.is_public);
            Some((is_in && one.ipv6 == "yes", is_in))
        }
        _ => None,
    }
}

/// An inventory by chance, the same in every run of one number.
pub fn inventory(seed: u8) -> (Vec<Plain>, [bool; 4]) {
    let mut runner = TestRunner::new_with_rng(
        proptest::test_runner::Config::default(),
        proptest::test_runner::TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &[seed; 32]),
    );
    let all = proptest::collection::vec(plain(), 60).new_tree(&mut runner).unwrap().current();
    let approved = proptest::array::uniform4(proptest::bool::weighted(0.7)).new_tree(&mut runner).unwrap().current();
    (all, approved)
}

/// The value of a part over all bodies, from single systems.
fn counted(of: &Definition, part: &str, all: &[Plain], approved: [bool; 4]) -> (i64, i64) {
    use registry::model::figures::Counts;
    let mut by_owner: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
    for one in all {
        let Some((counts, is_in)) = by_hand(of.code, part, one, approved) else { continue };
        let sum = by_owner.entry(one.owner).or_default();
        *sum = (sum.0 + i64::from(counts), sum.1 + i64::from(is_in));
    }
    let sums = by_owner.values().copied();
    match of.counts {
        Counts::Systems => sums.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1)),
        Counts::AgenciesOfAll => {
            sums.filter(|one| one.1 > 0).fold((0, 0), |all, one| (all.0 + i64::from(one.0 == one.1), all.1 + 1))
        }
        // An office, five departments and two communes of the house are agencies, whether or not they own anything.
        Counts::AgenciesOfAny => (sums.filter(|one| one.0 > 0).count().try_into().unwrap(), 8),
    }
}

pub async fn value(house: &House, code: &str, part: &str) -> (Option<i64>, i64) {
    let client = house.as_("tinh").await;
    let answer = client.get("/api/v1/systems/figures").await.json();
    let items = answer["items"].as_array().unwrap();
    let found = items.iter().find(|one| one["indicator"] == code && one["part"] == part).unwrap();
    (found["numerator"].as_i64(), found["denominator"].as_i64().unwrap())
}

/// The systems behind a part, as the file has them: name, counted, in the whole, why.
pub async fn behind(house: &House, code: &str, part: &str) -> BTreeMap<String, (bool, bool, String)> {
    let client = house.as_("tinh").await;
    let file = client.get(&format!("/systems/figures/{code}/systems.csv?part={part}")).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    // Of an enterprise neither kind nor state is told.
    let at = file.body.lines().next().unwrap().split(',').count() - 3;
    let mut out = BTreeMap::new();
    for line in file.body.lines().skip(1) {
        // No name or word of this test holds a quote; reasons may hold commas and are then quoted, at the end.
        let cells: Vec<&str> = line.splitn(at + 3, ',').collect();
        let entry = (cells[at] == "Có", cells[at + 1] == "Có", cells[at + 2].to_owned());
        assert!(out.insert(cells[0].to_owned(), entry).is_none(), "twice: {line}");
    }
    out
}

/// The same as programs read it, page by page: counted, in the whole.
async fn told(house: &House, code: &str, part: &str) -> BTreeMap<String, (bool, bool)> {
    let client = house.as_("tinh").await;
    let (mut out, mut after) = (BTreeMap::new(), String::new());
    loop {
        let page = client.get(&format!("/api/v1/systems/figures/{code}?part={part}{after}")).await.json();
        for one in page["items"].as_array().unwrap() {
            let name = one["name"].as_str().unwrap().to_owned();
            assert!(out.insert(name, (one["numerator"] == 1, one["denominator"] == 1)).is_none(), "twice: {one}");
        }
        let Some(next) = page["next"].as_str() else { return out };
        after = format!("&after={next}");
    }
}

#[tokio::test]
async fn every_value_is_an_independent_count_and_opens_each_system_once_with_its_reason() {
    for seed in 0..u8::try_from(testkit::rounds(3).min(200)).unwrap() {
        let (all_systems, approved) = inventory(seed);
        let house = house().await;
        house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
        put(&house, &all_systems, &approved).await;
        for of in all() {
            for part in of.parts {
                let expected = counted(of, part.code, &all_systems, approved);
                let (numerator, denominator) = value(&house, of.code, part.code).await;
                let place = format!("{} {} (seed {seed})", of.code, part.code);
                assert_eq!(denominator, expected.1, "{place}");
                let known = Some(expected.0).filter(|_| expected.1 > 0 && !of.is_waiting);
                assert_eq!(numerator, known, "{place}");
                let behind = behind(&house, of.code, part.code).await;
                let judged = all_systems.iter().enumerate();
                let judged = judged.filter_map(|(at, one)| Some((at, by_hand(of.code, part.code, one, approved)?)));
                let judged: BTreeMap<String, (bool, bool)> =
                    judged.map(|(at, judged)| (format!("Hệ thống {at}"), judged)).collect();
                let shown = behind.iter().map(|(name, (counts, is_in, _))| (name.clone(), (*counts, *is_in))).collect();
                assert_eq!(judged, shown, "{place}");
                assert_eq!(judged, told(&house, of.code, part.code).await, "{place}");
                assert!(behind.values().all(|(_, _, why)| !why.is_empty() && !why.contains("figure-why")), "{place}");
            }
        }
        house.lake_is_as_the_rows().await;
    }
}

#[tokio::test]
async fn the_newest_decision_holds_also_where_an_older_one_would_hold_longer() {
    let house = house().await;
    house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let (old, long) = ("2025-01-01", Some("2030-01-01"));
    let of = |dossiers| Plain {
        kind: "information_system",
        state: "operating",
        is_secret: false,
        began: Some(AS_OF),
        dossiers,
        ..inventory(1).0[0].clone()
    };
    let dossiers = [
        vec![(old, "2030-01-01", long), ("2026-08-01", "2030-01-01", Some("2026-01-01"))],
        vec![(old, "2030-01-01", long), ("2026-08-01", "2026-01-01", long)],
        vec![(old, "2026-01-01", Some("2026-01-01")), ("2026-08-01", "2030-01-01", long)],
    ];
    put(&house, &dossiers.map(of), &[true; 4]).await;
    assert_eq!(value(&house, "level.approved", "all").await, (Some(1), 3));
    let why = behind(&house, "level.approved", "all").await;
    let why = ["Hệ thống 0", "Hệ thống 1", "Hệ thống 2"].map(|name| (why[name].0, why[name].2.as_str()));
    assert!(!why[0].0 && !why[1].0 && why[2].0 && why[0].1 != why[1].1, "{why:?}");
}

#[tokio::test]
async fn a_new_system_is_left_out_by_a_reviewer_and_not_by_the_rules_alone() {
    let house = house().await;
    house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let of = |review| Plain {
        kind: "information_system",
        state: "operating",
        hosting: "own_room",
        is_secret: false,
        began: Some("2026-07-01"),
        frozen: None,
        is_eligible: false,
        owner: 0,
        review,
        ..inventory(1).0[0].clone()
    };
    put(&house, &["accepted", "overruled", "open"].map(of), &[true; 4]).await;
    let behind = behind(&house, "cloud.new_first", "all").await;
    let is_whole = ["Hệ thống 0", "Hệ thống 1", "Hệ thống 2"].map(|name| behind[name].1);
    assert_eq!(is_whole, [false, true, true], "{behind:?}");
    // Where it stands, the page leads to its ground and to who accepted it.
    let page = house.as_("tinh").await.get("/systems/figures/cloud.new_first").await.body;
    assert_eq!(page.matches("căn cứ và người rà soát").count(), 1, "{page}");
}

#[tokio::test]
async fn with_nothing_to_count_a_value_does_not_apply_and_the_exchange_is_waited_for() {
    let house = house().await;
    let reader = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let page = reader.get("/systems/figures").await.body;
    assert!(page.contains("không áp dụng") && page.contains("chưa có số liệu, chờ trục liên thông"), "{page}");
    assert!(!page.contains("100 %"), "nothing is never all of it: {page}");
    let page = reader.get("/systems/figures/cloud.migrated").await.body;
    assert!(page.contains("cần lập và phê duyệt danh sách gốc trước"), "{page}");
    assert_eq!(reader.get("/systems/figures/none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(reader.get("/systems/figures/ipv6?part=none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_body_sees_its_own_and_what_is_below_it() {
    let house = house().await;
    let (all_systems, approved) = inventory(7);
    put(&house, &all_systems, &approved).await;
    let (own, other) = (house.unit(OWNERS[0]), house.unit(OWNERS[1]));
    let officer = house.person("so", OWNERS[0], Role::OFFICER).await;
    let page = |unit| format!("/systems/figures/exchange.connected?unit={unit}");
    assert_eq!(officer.get(&page(own)).await.status, StatusCode::OK);
    assert_eq!(officer.get(&page(other)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(officer.get(&format!("/api/v1{}", page(other))).await.status, StatusCode::NOT_FOUND);
    let file = officer.get("/systems/figures/exchange.connected/systems.csv").await.body;
    for (at, one) in all_systems.iter().enumerate().filter(|(_, one)| MAIN.contains(&one.kind)) {
        assert_eq!(file.contains(&format!("Hệ thống {at},")), one.owner == 0, "{at}: {file}");
    }
}

#[tokio::test]
async fn a_share_is_a_number_in_the_file_of_all_values() {
    let house = house().await;
    let (all_systems, approved) = inventory(7);
    put(&house, &all_systems, &approved).await;
    let file = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await.get("/systems/figures.csv").await.body;
    let mut shares = 0;
    for line in file.lines().skip(1) {
        let (rest, share) = line.rsplit_once(',').unwrap();
        assert!(!share.contains('%'), "{line}");
        // Where nothing is known stand words.
        let Ok(share) = share.parse::<f64>() else { continue };
        let (rest, whole) = rest.rsplit_once(',').unwrap();
        let (_, part) = rest.rsplit_once(',').unwrap();
        let (part, whole): (f64, f64) = (part.parse().unwrap(), whole.parse().unwrap());
        assert!((share - 100.0 * part / whole).abs() <= 0.1, "{line}");
        shares += 1;
    }
    assert!(shares > 0, "{file}");
}

#[tokio::test]
async fn communes_add_up_to_the_province_and_a_day_with_nothing_to_count_says_so() {
    let house = house().await;
    let (mut all_systems, approved) = inventory(5);
    let commune = OWNERS[2];
    all_systems[0] =
        Plain { owner: 2, kind: "information_system", state: "operating", is_secret: false, ..all_systems[0].clone() };
    put(&house, &all_systems, &approved).await;
    house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let values = async |query: String| {
        let client = house.as_("tinh").await;
        let answer = client.get(&format!("/api/v1/systems/figures{query}")).await.json();
        let of_part = |one: &serde_json::Value| {
            let [indicator, part] = ["indicator", "part"].map(|name| one[name].as_str().unwrap().to_owned());
            ((indicator, part), (one["numerator"].as_i64().unwrap_or(0), one["denominator"].as_i64().unwrap()))
        };
        answer["items"].as_array().unwrap().iter().map(of_part).collect::<BTreeMap<_, _>>()
    };
    let mut sums: BTreeMap<(String, String), (i64, i64)> = BTreeMap::new();
    for owner in OWNERS {
        for (part, (top, bottom)) in values(format!("?unit={}", house.unit(owner))).await {
            let sum = sums.entry(part).or_default();
            *sum = (sum.0 + top, sum.1 + bottom);
        }
    }
    // Four more agencies own nothing.
    for (_, sum) in sums.iter_mut().filter(|((indicator, _), _)| indicator == "cloud.domestic_agencies") {
        sum.1 += 4;
    }
    assert_eq!(sums, values(String::new()).await);
    // A day later nothing of the commune operates any more.
    let (db, bodies) = (house.app.db(), house.app.bodies().clone());
    figures_keep(db, &house.system(), &bodies).await.unwrap();
    house.clock.move_by(jiff::SignedDuration::from_hours(24));
    let gone = "UPDATE registry_system SET state = 'retired' WHERE owner_id = $1 AND state <> 'mistaken'";
    house.exec(gone, db::vals![house.unit(commune).uuid()]).await;
    figures_keep(db, &house.system(), &bodies).await.unwrap();
    let client = house.as_("tinh").await;
    let page = format!("/systems/figures/level.approved?unit={}", house.unit(commune));
    let page = client.get(&page).await.body.replace("&#x2f;", "/");
    let points = page.split("Theo thời gian").nth(1).and_then(|rest| rest.split("</table>").next()).expect(&page);
    let is_none = |day: &str| points.split("<tr>").find(|row| row.contains(day)).unwrap().contains("không áp dụng");
    assert!(is_none("22/11/2026") && !is_none("21/11/2026"), "{points}");
    let whole = client.get("/systems/figures/level.approved").await.body;
    let rows = whole.split("id=\"bodies\"").nth(1).and_then(|rest| rest.split("</table>").next()).expect(&whole);
    let row = rows.split("<tr>").find(|row| row.contains(commune)).expect(rows);
    assert!(row.contains("không áp dụng") && rows.trim_end().ends_with("</tbody>"), "{row}");
    assert!(rows.rfind("<tr>").unwrap() < rows.find(commune).unwrap(), "last: {rows}");
}

#[test]
fn the_indicators_are_those_that_the_plans_ask_of_registers() {
    let codes =
        ["cloud.new_first", "cloud.migrated", "cloud.domestic_agencies", "cloud.databases", "platform.deployed"];
    for code in codes.iter().chain(&["exchange.connected", "level.approved", "ipv6"]) {
        assert!(named(code).is_some(), "{code}");
    }
}
