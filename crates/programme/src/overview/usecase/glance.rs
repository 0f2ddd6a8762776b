//! The lines that somebody's own page and that of an agency begin with: what is late, what falls due soon and this week.

use std::sync::Arc;

use db::DbError;
use jiff::{Span, civil::Date};
use kernel::{Problem, Scope};
use webkit::Core;

use crate::work::{
    model::state::StateFilter,
    store::{
        part::PartRow,
        register::{Filter, count, page},
    },
    usecase::remembered::Remembered,
};

/// Lines of each list.
const LINES: u64 = 20;
const MOST: i64 = i64::MAX;

#[derive(Debug)]
pub struct Glance {
    pub late: Vec<PartRow>,
    pub soon: Vec<PartRow>,
    /// Open parts that fall due from today to Sunday.
    pub week: i64,
}

pub type Glances = Remembered<Glance>;

pub async fn glance(core: &Core, filter: &Filter, scope: &Scope, today: Date) -> Result<Arc<Glance>, Problem> {
    let conn = core.db().read();
    core.get::<Glances>()?.get(&conn, (filter, scope, today, ()), computed(core, filter, scope, today)).await
}

/// The last day of the week.
pub fn sunday(today: Date) -> Date {
    today.saturating_add(Span::new().days(7 - i64::from(today.weekday().to_monday_one_offset())))
}

async fn computed(core: &Core, filter: &Filter, scope: &Scope, today: Date) -> Result<Glance, DbError> {
    let conn = &core.db().read();
    let of = |state| Filter { state: Some(state), ..filter.clone() };
    let week = Filter { until: Some(sunday(today)), ..filter.clone() };
    let (late, soon) = (of(StateFilter::Late), of(StateFilter::Soon));
    let (mut late, mut soon, week) = tokio::try_join!(
        page(conn, &late, scope, today, None, LINES),
        page(conn, &soon, scope, today, None, LINES),
        count(conn, &week, scope, today, MOST),
    )?;
    let lines = usize::try_from(LINES).unwrap_or(usize::MAX);
    late.truncate(lines);
    soon.truncate(lines);
    Ok(Glance { late, soon, week })
}
