//! `cargo xtask bench registry [systems] [relations] [seed]`: 20,000 systems and 200,000 relations in a database of their
//! own; the register under 100 requests a second in an open loop and page by page, one agency's map, the impact of one system
//! and of one on which much stands, the figures; all classified for the first time, again, after a tenth changed and with every
//! one otherwise, and put into waves. Prints figures for docs/benchmarks.md; judges nothing.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench program")]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::Method;
use db::{Insert, vals};
use kernel::{Problem, Role, UnitId};
use measure::{load, percentile, rss_mb};
use nd30::{Error, Paper, Writer};
use registry::model::{LinkId, SystemId};
use serde_json::json;
use testkit::{Client, House};
use webkit::{Bytes, FileLook, FileLookPort, Mark};

#[path = "../../dinh/examples/measure/mod.rs"]
mod measure;

const RATE: u64 = 100;
/// The agency whose map is drawn owns one system of so many: what a province's 110 bodies have each, about.
const SHARE: usize = 110;
const KINDS: [&str; 6] = ["information_system", "information_system", "service", "database", "platform", "server"];
const HOSTINGS: [&str; 5] = ["own_room", "provincial_data_centre", "provincial_cloud", "domestic_cloud", "unknown"];
const AGENCY: &str = "Sở Tài chính";

/// No paper is written here.
#[derive(Debug)]
struct NoPapers;

impl Writer for NoPapers {
    fn docx(&self, _: &Paper) -> Result<Vec<u8>, Error> {
        Err(Error::NoFont)
    }

    fn pdf(&self, _: &Paper) -> Result<Vec<u8>, Error> {
        Err(Error::NoFont)
    }
}

/// No file is kept here.
#[derive(Debug)]
struct NoLook;

#[async_trait::async_trait]
impl FileLook for NoLook {
    async fn has_pictures(&self, _: Bytes) -> Result<bool, Problem> {
        Err(Problem::bad_input("file-ending"))
    }

    async fn mark(&self, _: Vec<u8>) -> Result<Mark, Problem> {
        Ok(Mark::Unreadable)
    }
}

#[tokio::main]
async fn main() {
    let mut asked = std::env::args().skip(1).map(|text| text.parse::<u32>().unwrap());
    let (systems, relations) = (asked.next().unwrap_or(20_000).max(500), asked.next().unwrap_or(200_000));
    let mut rng = fastrand::Rng::with_seed(asked.next().unwrap_or(1).into());
    let papers: Arc<dyn Writer> = Arc::new(NoPapers);
    let look: FileLookPort = Arc::new(NoLook);
    let house = testkit::house([registry::module()]).with(papers).with(registry::Own::default()).with(look);
    let house = house.with(registry::sources::AnswerSources::default()).with(registry::Landscapes::default()).await;
    let place = if house.test.is_postgres() { "PostgreSQL" } else { "SQLite" };
    let start = Instant::now();
    let ids = fill(&house, systems, relations, &mut rng).await;
    println!("{place}: {systems} systems, {relations} relations, filled in {:.0} s", start.elapsed().as_secs_f64());
    let all = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let own = house.person("so", AGENCY, Role::OFFICER).await;
    let unit = house.unit(AGENCY);
    let paths = [
        "/systems".to_owned(),
        "/systems?q=dot+3".into(),
        format!("/systems?owner={unit}"),
        "/systems?kind=database&hosting=own_room".into(),
        "/systems?unconfirmed=1".into(),
    ];
    load("register, all of the province", &all, &paths, RATE).await;
    load("register, one agency", &own, &paths, RATE).await;
    timed("register, one page at a time", &all, &paths).await;
    let map = format!("/systems/map?owner={unit}");
    timed("map of one agency (goal 200 ms)", &own, std::slice::from_ref(&map)).await;
    let impacts: Vec<String> = (0..20).map(|_| format!("/systems/{}/impact", ids[rng.usize(..ids.len())])).collect();
    timed("impact of one system (goal 100 ms)", &all, &impacts).await;
    println!("of these are struck, from the fewest: {:?}", struck(&all, &impacts).await);
    // On the first data centre stands most.
    let base = [format!("/systems/{}/impact", ids[0])];
    timed("impact of a system on which much stands", &all, &base).await;
    println!("of it are struck: {:?}", struck(&all, &base).await);
    timed("all figures", &all, &["/systems/figures".to_owned()]).await;
    timed("one figure, opened", &all, &["/systems/figures/exchange.connected".to_owned()]).await;
    let terms = [
        ("rev", "0"),
        ("start_on", "04/01/2027"),
        ("days", "30"),
        ("most_systems", "100"),
        ("most_effort", "9000"),
        ("most_waves", "300"),
        ("free_days", "10"),
        ("usual_effort", "20"),
        ("blackouts", ""),
    ];
    let kept = all.form("/systems/waves/terms", &terms).await;
    assert!(kept.status.is_redirection(), "{}", kept.body);
    classified("all classified for the first time", &all).await;
    classified("all classified again, nothing changed", &all).await;
    planned("all put into waves", &all).await;
    println!("(goal of the last two together: 2 s)");
    let tenth = "UPDATE registry_system SET users = 4321, rev = rev + 1 WHERE name LIKE '%7'";
    house.app.db().unguarded().exec(tenth, vec![]).await.unwrap();
    classified("all classified after a tenth changed", &all).await;
    planned("put into waves after it", &all).await;
    // As after rules by which every system moves otherwise.
    house.app.db().unguarded().exec("UPDATE registry_system SET strategy = 'relocate'", vec![]).await.unwrap();
    house.app.db().unguarded().exec("UPDATE registry_assessment SET reasons = '{}'", vec![]).await.unwrap();
    classified("all classified, every one otherwise", &all).await;
    planned("put into waves after it", &all).await;
    println!("memory {:.0} MB", rss_mb());
}

async fn classified(name: &str, client: &Client) {
    let start = Instant::now();
    let answer = client.json(Method::POST, "/api/v1/systems/classify", &json!({})).await;
    println!("{name}: {:.0} ms, {} {}", ms(start.elapsed()), answer.status, answer.body);
}

async fn planned(name: &str, client: &Client) {
    let start = Instant::now();
    let answer = client.form("/systems/waves", &[]).await;
    println!("{name}: {:.0} ms, answered {}", ms(start.elapsed()), answer.status);
}

/// How many systems each of these pages counts, from the fewest on.
async fn struck(client: &Client, paths: &[String]) -> Vec<i64> {
    let mut out = Vec::new();
    for path in paths {
        let said = client.get(&format!("/api/v1{path}")).await.json();
        out.push(said["stops"].as_i64().unwrap_or(-1) + said["degraded"].as_i64().unwrap_or(-1));
    }
    out.sort_unstable();
    out
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Each address once unmeasured, then twenty times; what does not answer says so.
async fn timed(name: &str, client: &Client, paths: &[String]) {
    let (mut times, mut refused) = (Vec::new(), 0);
    for round in 0..=20_usize {
        let path = &paths[round % paths.len()];
        let start = Instant::now();
        let answer = client.get(path).await;
        if round > 0 {
            times.push(start.elapsed());
            if refused == 0 && !answer.status.is_success() {
                println!("{path} answered {}", answer.status);
            }
            refused += u32::from(!answer.status.is_success());
        }
    }
    times.sort_unstable();
    let (half, most) = (percentile(&times, 50), percentile(&times, 95));
    println!("{name}: p50 {half:.1} ms, p95 {most:.1} ms, {refused} refused");
}

/// A relation as a province has them: one system of a hundred is a data centre, a server or a cloud on which the others run;
/// of those above, one of ten is a platform or a database that the rest stands on; the earlier ones carry more. Systems of
/// the uppermost layer share data with each other, and a few stand on each other, in either direction.
fn relation(systems: usize, rng: &mut fastrand::Rng) -> (usize, usize, &'static str) {
    let (ground, middle) = (systems / 100, systems / 10);
    let early = |rng: &mut fastrand::Rng, from, to| rng.usize(from..to).min(rng.usize(from..to));
    let upper = rng.usize(middle..systems);
    match rng.u8(..) {
        0 => (upper, rng.usize(middle..systems), "depends_on"),
        1..64 => (rng.usize(ground..systems), early(rng, 0, ground), "runs_on"),
        64..128 => (upper, early(rng, ground, middle), "depends_on"),
        128..192 => (upper, early(rng, ground, middle), "stores"),
        192.. => (upper, rng.usize(middle..systems), "shares_data"),
    }
}

/// Rows as they would lie there, written past the ledger.
async fn fill(house: &House, systems: u32, relations: u32, rng: &mut fastrand::Rng) -> Vec<SystemId> {
    const AT_ONCE: usize = 5000;
    let (db, ctx) = (house.app.db(), house.system());
    let writer = db.unguarded();
    let agency = house.unit(AGENCY);
    let others: Vec<UnitId> =
        house.app.bodies().find("", SHARE).into_iter().map(|body| body.unit).filter(|unit| *unit != agency).collect();
    let ids: Vec<SystemId> = (0..systems).map(|_| ctx.new_id()).collect();
    let columns = "id, owner_id, name, kind, state, hosting, personal_data, since, confirmed_on, fold, name_sort, name_key, \
        state_secret, criticality, ai_potential, ipv6, is_public, backup, interfaces, level, rev";
    for (block, some) in ids.chunks(AT_ONCE).enumerate() {
        let mut insert = Insert::into("registry_system", columns);
        for (at, id) in some.iter().enumerate() {
            let n = block * AT_ONCE + at;
            let name = format!("Hệ thống số {n}");
            let fold = format!("he thong so {n} dot {}", n % 9);
            let confirmed = (n % 10 > 2).then(|| "2026-10-01".to_owned());
            insert.row(vals![
                id.uuid(),
                if n.is_multiple_of(SHARE) { agency } else { others[n % others.len()] }.uuid(),
                name,
                rng.choice(KINDS).unwrap(),
                if n.is_multiple_of(12) { "building" } else { "operating" },
                rng.choice(HOSTINGS).unwrap(),
                "basic",
                2005 + i64::from(rng.u8(..20)),
                confirmed,
                fold.clone(),
                format!("{:09}", rng.u32(..)),
                fold,
                "no",
                "important",
                "low",
                "no",
                "no",
                "kept",
                "own",
                i64::from(rng.u8(..4)),
                1_i64,
            ]);
        }
        insert.run(&writer).await.unwrap();
    }
    let mut known = std::collections::HashSet::new();
    while known.len() < usize::try_from(relations).unwrap() {
        let one = relation(ids.len(), rng);
        if one.0 != one.1 {
            known.insert(one);
        }
    }
    let known: Vec<(usize, usize, &str)> = known.into_iter().collect();
    for some in known.chunks(AT_ONCE) {
        let mut insert = Insert::into("registry_relation", "id, from_id, to_id, kind");
        for (from, to, kind) in some {
            let id: LinkId = ctx.new_id();
            insert.row(vals![id.uuid(), ids[*from].uuid(), ids[*to].uuid(), *kind]);
        }
        insert.run(&writer).await.unwrap();
    }
    if house.test.is_postgres() {
        // As an installation has it, after a while.
        writer.exec("VACUUM ANALYZE", vec![]).await.unwrap();
    }
    ids
}
