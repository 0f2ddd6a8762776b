//! What the bench programs measure with: an open loop of requests, percentiles, memory.

use std::time::{Duration, Instant};

use testkit::Client;

const SECONDS: u64 = 15;

pub fn percentile(sorted: &[Duration], p: usize) -> f64 {
    sorted.get(sorted.len() * p / 100).or(sorted.last()).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) * 10.0
}

pub fn rss_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Requests leave on the clock whether or not earlier ones are back, so waiting is part of what is measured.
pub async fn load(name: &str, client: &Client, paths: &[String], rate: u64) {
    let (cpu, start) = (cpu_ms(), Instant::now());
    let mut running = Vec::new();
    for n in 0..rate * SECONDS {
        let due = start + Duration::from_micros(1_000_000 * n / rate);
        tokio::time::sleep_until(due.into()).await;
        let (client, path) = (client.clone(), paths[usize::try_from(n).unwrap() % paths.len()].clone());
        running.push(tokio::spawn(async move {
            let answer = client.get(&path).await;
            (due.elapsed(), answer.status.as_u16() == 200)
        }));
    }
    let (mut times, mut refused) = (Vec::new(), 0);
    for one in running {
        let (time, done) = one.await.unwrap();
        times.push(time);
        refused += u32::from(!done);
    }
    times.sort_unstable();
    let count = f64::from(u32::try_from(times.len()).unwrap());
    println!(
        "{name}: {rate}/s for {SECONDS} s: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms, CPU {:.1} ms a page, {refused} refused",
        percentile(&times, 50),
        percentile(&times, 95),
        percentile(&times, 99),
        (cpu_ms() - cpu) / count
    );
}
