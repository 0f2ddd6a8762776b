//! Speed of the registry's decisions on a made-up inventory. `bench_portfolio [systems] [relations] [seed]`

#![expect(clippy::print_stdout, reason = "a bench")]

use std::{hint::black_box, time::Instant};

use jiff::civil::date;
use portfolio::{
    graph::{Effect, Graph, Kind, Relation},
    priority::{Profile, Weights},
    strategy::{SHIPPED, Strategies},
    table::{Draft, Facts, Given, Table},
    waves::{Candidate, Order, Span, Terms},
};

const RINGS: u32 = 60;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut asked = std::env::args().skip(1).map(|text| text.parse::<u32>());
    let mut next = |usual: u32| asked.next().unwrap_or(Ok(usual));
    let (systems, relations, seed) = (next(20_000)?.max(200), next(200_000)?, next(1)?);
    let mut rng = fastrand::Rng::with_seed(u64::from(seed));
    println!("{systems} systems, {relations} relations, seed {seed}\n\n| step | time | result |\n|---|---|---|");
    let strategies = timed("table: read and check", || {
        let table = Draft::read(SHIPPED).ok().and_then(|draft| draft.check().ok());
        let strategies = table.and_then(|table| Strategies::new(table).ok());
        let steps = strategies.as_ref().map_or(0, |one| one.table().checked().steps);
        (strategies, format!("{steps} steps of the search"))
    });
    let strategies = strategies.ok_or("the table that ships")?;
    let weights = Weights::shipped();
    let made = made(systems, relations, &mut rng);
    let graph = timed("graph: laid out", || {
        let graph = Graph::new(systems, made.clone());
        (graph, format!("{relations} relations"))
    });
    let graph = graph.map_err(|_| "a relation to nobody")?;
    let facts = facts(strategies.table(), &graph, &mut rng);
    let whole = Instant::now();
    let moves = timed("classify all", || {
        let of = |facts: &Facts| strategies.classify(facts).is_ok_and(|one| one.eligible && one.strategy.moves());
        let moves: Vec<bool> = facts.iter().map(of).collect();
        let count = moves.iter().filter(|moves| **moves).count();
        (moves, format!("{count} move"))
    });
    let profiles: Vec<Profile> = (0..systems).map(|system| profile(&weights, &graph, system, &mut rng)).collect();
    let scores = timed("score all", || {
        let scores: Vec<i64> = profiles.iter().map(|profile| weights.score(profile).total).collect();
        let most = scores.iter().max().copied().unwrap_or_default();
        (scores, format!("highest {most}"))
    });
    let candidates = candidates(&moves, &scores, &mut rng);
    let needs: Vec<(u32, u32)> = graph.carrying().collect();
    let order = timed("waves: made ready", || {
        let order = Order::new(terms(), candidates, &needs);
        let rings = order.as_ref().map_or(0, |order| order.rings().len());
        (order, format!("{rings} rings"))
    });
    let order = order.map_err(|_| "terms that make no sense")?;
    let plan = timed("waves: planned", || {
        let plan = order.plan();
        let told = format!("{} placed in {} waves, {} not", plan.placed.len(), plan.waves.len(), plan.unplaced.len());
        (plan, told)
    });
    println!("| **all of it, classify to plan** | **{:.0} ms** | |", ms(whole));
    let now = plan.assignment();
    let first = now.keys().next().copied().unwrap_or_default();
    let _moved = timed("waves: one moved by hand", || {
        let moved = order.moved(&now, first, Some(9));
        let broken = moved.as_ref().map_or(0, |moved| moved.breaks.len());
        (moved, format!("{broken} rules broken"))
    });
    let hub = (0..systems).max_by_key(|system| graph.carried(*system)).unwrap_or_default();
    timed("impact of the worst hub", || {
        let impact = graph.impact(hub);
        let told = format!("{} stop, {} degraded", impact.count(Effect::Stops), impact.count(Effect::Degraded));
        (impact, told)
    });
    timed("needs of the last system", || {
        let needs = graph.needs(systems - 1);
        let told = format!("{} needed", needs.len());
        (needs, told)
    });
    timed("cycles", || {
        let cycles = graph.cycles();
        let told = format!("{}, the largest of {}", cycles.len(), cycles.iter().map(Vec::len).max().unwrap_or(0));
        (cycles, told)
    });
    let ranked: Vec<(u32, Profile)> = (0..systems).zip(profiles).collect();
    timed("sensitivity of six weights", || {
        let shifts = weights.sensitivity(&ranked, 20, 100);
        let told = format!("{} enter the first 100", shifts.iter().map(|shift| shift.enter.len()).sum::<usize>());
        (shifts, told)
    });
    Ok(())
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

fn timed<T>(name: &str, act: impl FnOnce() -> (T, String)) -> T {
    let start = Instant::now();
    let (out, told) = black_box(act());
    println!("| {name} | {:.2} ms | {told} |", ms(start));
    out
}

/// A tenth is infrastructure on which much stands; systems mostly stand on older ones; some small rings, as in life.
fn made(systems: u32, relations: u32, rng: &mut fastrand::Rng) -> Vec<Relation> {
    let base = systems / 10;
    let mut out = Vec::new();
    for ring in 0..RINGS {
        let first = base + ring * ((systems - base - 4) / RINGS);
        for at in 0..3 {
            out.push(Relation { from: first + at, to: first + (at + 1) % 3, kind: Kind::DependsOn });
        }
    }
    while out.len() < relations as usize {
        let from = rng.u32(1..systems);
        // Few carry most: the square of a chance.
        let skewed =
            |rng: &mut fastrand::Rng, most: u32| u32::try_from(u64::from(rng.u32(0..most)).pow(2) / u64::from(most));
        let (kind, to) = match rng.u32(0..10) {
            0..=2 => (Kind::RunsOn, skewed(rng, base.min(from).max(1))),
            3 => (Kind::Stores, skewed(rng, base.min(from).max(1))),
            4..=5 => (Kind::DependsOn, skewed(rng, from)),
            6..=8 => (Kind::SharesData, Ok(rng.u32(0..systems))),
            _ => (Kind::Replaces, Ok(rng.u32(0..from))),
        };
        out.extend(to.ok().filter(|to| *to != from).map(|to| Relation { from, to, kind }));
    }
    out
}

/// A quarter of what could be known is not.
fn facts(table: &Table, graph: &Graph, rng: &mut fastrand::Rng) -> Vec<Facts> {
    let rare = ["state_secret", "legal_exclusion", "replaced", "shared_platform", "special_hardware"];
    let mut out = Vec::new();
    for system in 0..graph.systems() {
        let mut facts = table.nothing_known();
        for fact in table.facts() {
            let given = match fact.values.len() {
                _ if rng.u32(0..4) == 0 => Given::Unknown,
                0 if fact.key == "relations" => i64::try_from(graph.sharers(system)).unwrap_or(0).into(),
                0 if fact.max.is_some() => rng.i64(0..25).into(),
                0 if fact.min.is_some() => rng.i64(0..60_000).into(),
                0 => (rng.u32(0..100) < if rare.contains(&fact.key.as_str()) { 2 } else { 50 }).into(),
                count => fact.values[rng.usize(0..count)].code.as_str().into(),
            };
            let _ = table.set(&mut facts, &fact.key, given);
        }
        out.push(facts);
    }
    out
}

fn profile(weights: &Weights, graph: &Graph, system: u32, rng: &mut fastrand::Rng) -> Profile {
    let level = |rng: &mut fastrand::Rng| Given::Choice(["low", "medium", "high"][rng.usize(0..3)]);
    let relations = i64::try_from(graph.sharers(system)).unwrap_or(0);
    let values = [
        ("criticality", level(rng)),
        ("ai_potential", level(rng)),
        ("relations", relations.into()),
        ("effort", rng.i64(0..400).into()),
    ];
    weights.profile(values).expect("these values are the criteria's")
}

fn candidates(moves: &[bool], scores: &[i64], rng: &mut fastrand::Rng) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (system, (_, priority)) in (0u32..).zip(moves.iter().zip(scores)).filter(|(_, (moves, _))| **moves) {
        let blackouts = match rng.u32(0..20) {
            0 => vec![Span { from: date(2027, 3, 1), to: date(2027, 5, 31) }],
            _ => Vec::new(),
        };
        let earliest = (rng.u32(0..20) == 0).then_some(date(2028, 1, 1));
        out.push(Candidate { system, effort: rng.u32(2..60), priority: *priority, earliest, blackouts });
    }
    out
}

fn terms() -> Terms {
    Terms {
        start: date(2027, 1, 4),
        days: 30,
        most_systems: 150,
        most_effort: 4_000,
        most_waves: 600,
        free_days: 10,
        blackouts: vec![Span { from: date(2027, 1, 30), to: date(2027, 2, 20) }],
    }
}
