//! What leaders see: counts by body and by leader in charge, what is red and why, who keeps their days.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use db::{DbError, Entry};
use jiff::civil::Date;
use kernel::{Ctx, Problem, Scope, UnitId, text};
use serde_json::json;
use webkit::Core;

use crate::{
    overview::store,
    reporting::store::report_register::ReportTally,
    work::{
        self,
        model::{
            counts::Counts,
            order::Order,
            state::StateFilter,
            trail::{Point, months, trail},
        },
        store::{
            part::PartRow,
            red::AboutPart,
            register::{Filter, Tally},
        },
        usecase::{question::beyond, remembered::Remembered},
    },
};

/// Months of the trail.
const MONTHS: i32 = 12;
/// Red lines of a board.
pub const RED: u64 = 12;

/// What a reader of a scope and filter sees on a day.
#[derive(Debug)]
pub struct Board {
    pub tallies: Vec<Tally>,
    pub charge: BTreeMap<UnitId, String>,
    pub points: Vec<Point>,
    /// Late parts, the longest overdue first, at most [`RED`].
    pub red: Vec<(PartRow, Why)>,
}

/// Boards that were computed.
pub type Boards = Remembered<Board>;

impl Why {
    /// Its code, and the words that it rests on.
    pub fn parts(&self) -> (&'static str, Option<&AboutPart>) {
        match self {
            Self::Difficulty(about) => ("difficulty", Some(about)),
            Self::Asked(about) => ("asked", Some(about)),
            Self::Said(about) => ("said", Some(about)),
            Self::Silent => ("silent", None),
        }
    }
}

/// The board of a scope.
pub async fn board(core: &Core, filter: Filter, scope: Scope, today: Date) -> Result<Arc<Board>, Problem> {
    let of = (&filter, &scope, today, ());
    core.get::<Boards>()?.get(&core.db().read(), of, computed(core, &filter, &scope, today)).await
}

async fn computed(core: &Core, filter: &Filter, scope: &Scope, today: Date) -> Result<Board, DbError> {
    let conn = &core.db().read();
    // Side by side: whoever asks behind a change waits for the longest of them, not for their sum.
    let (tallies, charge, buckets, red) = tokio::try_join!(
        work::store::register::tally(conn, filter, scope, today),
        store::charge::all(conn),
        work::store::register::buckets(conn, filter, scope, today),
        red(core, filter, scope, today),
    )?;
    Ok(Board { tallies, charge, points: trail(&buckets, &months(today, MONTHS)), red })
}

/// Counts by leader in charge, the worst first; bodies without one stand last, under no name.
pub fn by_leader(tallies: &[Tally], charge: &BTreeMap<UnitId, String>) -> Vec<(Option<String>, Counts)> {
    let mut groups: HashMap<Option<&String>, Vec<&Tally>> = HashMap::new();
    for tally in tallies {
        groups.entry(charge.get(&UnitId::from_uuid(tally.unit_id))).or_default().push(tally);
    }
    let mut out: Vec<_> =
        groups.into_iter().map(|(leader, rows)| (leader.cloned(), rows.into_iter().map(Tally::counts).sum())).collect();
    out.sort_by_cached_key(|(leader, sums): &(Option<String>, Counts)| {
        (leader.is_none(), -sums.late, leader.as_deref().map(text::person_sort_key))
    });
    out
}

/// Why a part is late, as far as the program was told.
#[derive(Debug, Clone)]
pub enum Why {
    /// A difficulty waits for an answer.
    Difficulty(AboutPart),
    /// An explanation was asked for.
    Asked(AboutPart),
    /// The body's last words.
    Said(AboutPart),
    /// Nobody said anything.
    Silent,
}

async fn red(core: &Core, filter: &Filter, scope: &Scope, today: Date) -> Result<Vec<(PartRow, Why)>, DbError> {
    let conn = core.db().read();
    let late = Filter { state: Some(StateFilter::Late), order: Order::default(), ..filter.clone() };
    let mut parts = work::store::register::page(&conn, &late, scope, today, None, RED).await?;
    parts.truncate(usize::try_from(RED).unwrap_or(usize::MAX));
    let ids: Vec<_> = parts.iter().map(|part| part.id).collect();
    let difficulties = work::store::red::difficulties(&conn, &ids).await?;
    let questions = work::store::red::questions(&conn, &ids).await?;
    let said = work::store::red::last_words(&conn, &ids).await?;
    let of = |rows: &[AboutPart], part: &PartRow| rows.iter().find(|row| row.part_id == part.id).cloned();
    let why = |part: &PartRow| {
        let difficulty = of(&difficulties, part).map(Why::Difficulty);
        let asked = || of(&questions, part).map(Why::Asked);
        let said = || of(&said, part).map(Why::Said);
        difficulty.or_else(asked).or_else(said).unwrap_or(Why::Silent)
    };
    Ok(parts.into_iter().map(|part| (why(&part), part)).map(|(why, part)| (part, why)).collect())
}

/// A body's place by how it keeps its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// Who is equal shares it, and the next one is as far down as there are bodies before it.
    pub place: usize,
    pub unit: UnitId,
    /// Tasks and reports that fell due or were done before.
    pub owed: i64,
    /// Of them, reported done or sent by their day: that nobody has accepted them yet is not the body's delay.
    pub on_time: i64,
    /// Tasks that are to be done.
    pub total: i64,
    pub done: i64,
}

impl Rank {
    /// Thousandths of what fell due; none where nothing did.
    pub fn timeliness(&self) -> Option<i64> {
        kernel::share(self.on_time, self.owed, 1)
    }

    pub fn completion(&self) -> Option<i64> {
        kernel::share(self.done, self.total, 1)
    }
}

/// Bodies that can be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peers {
    /// Sở, ban, ngành and others of the province.
    Province,
    Communes,
    /// Rooms and other parts of a body.
    Parts,
}

impl Peers {
    /// By the code of a body's kind.
    pub fn of(kind: &str) -> Self {
        match kind {
            "commune" => Self::Communes,
            "division" | "centre" | "team" => Self::Parts,
            _ => Self::Province,
        }
    }

    /// The key of its words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Province => "peers-province",
            Self::Communes => "peers-communes",
            Self::Parts => "peers-parts",
        }
    }
}

/// Bodies of a kind among themselves.
pub fn among_peers(
    tallies: &[Tally],
    reports: &[ReportTally],
    peers: impl Fn(UnitId) -> Peers,
) -> BTreeMap<Peers, Vec<Rank>> {
    let mut groups: BTreeMap<Peers, Vec<Tally>> = BTreeMap::new();
    for tally in tallies {
        groups.entry(peers(UnitId::from_uuid(tally.unit_id))).or_default().push(tally.clone());
    }
    groups.into_iter().map(|(peers, tallies)| (peers, ranking(&tallies, reports))).collect()
}

/// The best first: by timeliness, then by completion. Bodies of which nothing fell due come last.
pub fn ranking(tallies: &[Tally], reports: &[ReportTally]) -> Vec<Rank> {
    let mut ranks: Vec<Rank> = tallies
        .iter()
        .map(|t| {
            let report = reports.iter().find(|row| row.unit_id == t.unit_id);
            Rank {
                place: 0,
                unit: UnitId::from_uuid(t.unit_id),
                owed: t.counts().judged() + t.reported + report.map_or(0, |row| row.owed),
                on_time: t.done + t.reported - t.reported_late + report.map_or(0, |row| row.on_time),
                total: t.total - t.stopped,
                done: t.counts().finished(),
            }
        })
        .collect();
    ranks.sort_by_key(|rank| (rank.timeliness().map_or(1, |share| -share), -rank.completion().unwrap_or(0), rank.unit));
    let keys: Vec<_> = ranks.iter().map(|rank| (rank.timeliness(), rank.completion())).collect();
    for (rank, key) in ranks.iter_mut().zip(&keys) {
        rank.place = 1 + keys.iter().position(|other| other == key).unwrap_or(0);
    }
    ranks
}

/// Puts leaders in charge of bodies; an empty name ends it. Undone by putting the former ones back.
pub async fn charge_set(core: &Core, ctx: &Ctx, changes: &[(UnitId, String)]) -> Result<(), Problem> {
    let units: Vec<UnitId> = changes.iter().map(|(unit, _)| *unit).collect();
    let mut may = ctx.actor.is_trusted();
    for post in ctx.actor.posts() {
        may = may || beyond(core, ctx, post.unit, &units).await?.is_none();
    }
    if !may {
        return Err(Problem::new(kernel::ProblemKind::Forbidden, "not-under"));
    }
    if changes.iter().any(|(_, leader)| leader.chars().count() > 120) {
        return Err(Problem::bad_input("leader-too-long"));
    }
    core.db()
        .write(ctx, |tx| async move {
            for (unit, leader) in changes {
                store::charge::set(&tx, *unit, leader.trim()).await?;
                // Who is in charge stands in the table, which can be erased; the ledger says that somebody is.
                tx.ledger(
                    Entry::new("charge.set", unit).unit(*unit).detail(json!({ "set": !leader.trim().is_empty() })),
                );
            }
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(unit: u128, done: i64, late: i64) -> Tally {
        Tally {
            unit_id: uuid::Uuid::from_u128(unit),
            total: done + late,
            done,
            done_late: 0,
            reported: 0,
            running: 0,
            late,
            not_yet: 0,
            stopped: 0,
            soon: 0,
            reported_late: 0,
        }
    }

    #[test]
    fn the_sums_of_leaders_are_the_sum_of_bodies() {
        let tallies = [tally(1, 3, 1), tally(2, 5, 4), tally(3, 1, 9)];
        let charge = [(1, "Lê Thị Mẫu"), (2, "Lê Thị Mẫu")]
            .map(|(unit, leader)| (UnitId::from_uuid(uuid::Uuid::from_u128(unit)), leader.to_owned()));
        let rows = by_leader(&tallies, &charge.into());
        assert_eq!(rows[0].0.as_deref(), Some("Lê Thị Mẫu"));
        assert_eq!((rows[0].1.late, rows[1].0.is_none(), rows[1].1.late), (5, true, 9));
        assert_eq!(
            rows.iter().map(|(_, sums)| sums.total).sum::<i64>(),
            tallies.iter().map(|tally| tally.total).sum::<i64>()
        );
    }

    #[test]
    fn ranks_by_days_kept_and_nothing_due_comes_last() {
        let tallies = [tally(1, 0, 0), tally(2, 1, 1), tally(3, 3, 1)];
        let reports = [ReportTally { unit_id: uuid::Uuid::from_u128(3), owed: 1, on_time: 0 }];
        let units: Vec<u128> = ranking(&tallies, &reports).iter().map(|rank| rank.unit.uuid().as_u128()).collect();
        // 3 of 5, 1 of 2, nothing.
        assert_eq!(units, [3, 2, 1]);
        let apart = among_peers(&tallies, &reports, |unit| {
            if unit.uuid().as_u128() == 3 { Peers::Province } else { Peers::of("commune") }
        });
        let places =
            |peers| apart[&peers].iter().map(|rank| (rank.unit.uuid().as_u128(), rank.place)).collect::<Vec<_>>();
        assert_eq!((places(Peers::Province), places(Peers::Communes)), (vec![(3, 1)], vec![(2, 1), (1, 2)]));
        let equal = [tally(1, 1, 0), tally(2, 1, 0), tally(3, 1, 1)];
        let places: Vec<usize> = ranking(&equal, &[]).iter().map(|rank| rank.place).collect();
        assert_eq!(places, [1, 1, 3]);
    }
}
