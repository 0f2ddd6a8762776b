//! The numbers of one scrape. Labels are bounded: routes as they stand in the list, methods, classes of status, kinds of
//! jobs, pools; never an id, a name or an address.

use prometheus_client::{
    encoding::text::encode,
    metrics::{
        family::Family,
        gauge::{ConstGauge, Gauge},
        info::Info,
    },
    registry::Registry,
};
use webkit::App;

use super::{
    counts::{Counts, Remembered},
    process,
};
use crate::edge::Flow;

type Labels<const N: usize> = [(&'static str, String); N];

pub async fn text(app: &App, flow: &Flow, counts: &Remembered) -> Result<String, std::fmt::Error> {
    let counts = counts.of(app).await;
    let mut registry = Registry::default();
    process::register(&mut registry);
    let own = registry.sub_registry_with_prefix("dinh");
    own.register("build", "The program", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
    flow.register(own);
    pools(app, own);
    one(own, "database_up", "Whether the database answered", i64::from(counts.is_some()));
    if let Some(counts) = counts {
        database(&counts, own);
    }
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(text)
}

fn pools(app: &App, registry: &mut Registry) {
    let pools = app.db().pools();
    let open = pools.map(|pool| ([("pool", pool.name.to_owned())], pool.open));
    let idle = pools.map(|pool| ([("pool", pool.name.to_owned())], pool.idle));
    many(registry, "database_connections", "Open connections to the database", open);
    many(registry, "database_connections_idle", "Of them those without work", idle);
}

fn database(counts: &Counts, registry: &mut Registry) {
    let jobs = counts.jobs.iter().map(|job| ([("kind", job.kind.clone()), ("state", job.state.clone())], job.count));
    let late = counts.late.iter().map(|job| ([("kind", job.kind.clone())], job.count));
    many(registry, "jobs", "Jobs by kind and state; of ended ones those that are still kept", jobs);
    many(registry, "jobs_late", "Jobs that were due more than an hour ago", late);
    one(registry, "ledger_entries", "The number of the newest entry of the ledger", counts.ledger);
    one(registry, "facts_waiting", "Entries from the oldest fact that the lake has not taken", counts.facts);
    one(registry, "mail_waiting", "Letters and messages that wait to be sent", counts.mail);
}

fn one(registry: &mut Registry, name: &str, help: &str, value: i64) {
    registry.register(name, help, ConstGauge::new(value));
}

fn many<const N: usize>(
    registry: &mut Registry,
    name: &str,
    help: &str,
    values: impl IntoIterator<Item = (Labels<N>, i64)>,
) {
    let family = Family::<Labels<N>, Gauge>::default();
    for (labels, value) in values {
        family.get_or_create(&labels).set(value);
    }
    registry.register(name, help, family);
}
