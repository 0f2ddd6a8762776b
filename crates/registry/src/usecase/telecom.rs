//! Lists of telecommunications taken in, and what a year has of each commune.

use db::vals;
use kernel::{Ctx, Problem, Resource, text::fold};
use serde::Serialize;
use webkit::{Answers, Bytes, Core, Import, Kept, List, Preview, Record, Units};

use crate::{
    model::telecom::{Coverage, Dedicated, KEEP, Passive, READ, Told, all, by_commune},
    store::telecom::{of_year, years},
};

pub static COVERAGE: Import<Coverage> = sheet(|row: &Coverage| vec![row.key()], Coverage::called);
pub static PASSIVE: Import<Passive> = sheet(|row: &Passive| vec![row.key()], Passive::called);
pub static DEDICATED: Import<Dedicated> =
    sheet(|row: &Dedicated| vec![row.unit_id.to_string()], |row| row.name.clone());

const fn sheet<R: Kept>(key: fn(&R) -> Vec<String>, name: fn(&R) -> String) -> Import<R> {
    Import {
        usual: |_| Answers::default(),
        key,
        more: &[],
        name,
        may: |core, ctx, row| row.check(core, ctx),
        is_whole: false,
    }
}

/// A column of rates would be read as one of numbers.
fn no_rates(list: &List) -> Result<(), Problem> {
    let is_rate = |head: &str| {
        let folded = fold(head);
        head.contains('%') || folded.contains("ty le") || folded.contains("ti le")
    };
    match list.heads.iter().find(|(_, head)| is_rate(head)) {
        Some((_, head)) => Err(Problem::bad_input("telecom-rate").field("file", "telecom-rate").with("head", head)),
        None => Ok(()),
    }
}

/// What a list would do, line by line.
pub async fn preview<R: Record + Kept>(
    sheet: &'static Import<R>,
    core: &Core,
    ctx: &Ctx,
    bytes: Bytes,
) -> Result<Preview<R>, Problem> {
    let list = sheet.lines(core, ctx, bytes).await?;
    no_rates(&list)?;
    let there = R::find(&core.db().read(), "", vals![]).await?;
    sheet.beside(core, ctx, list, there, Units::default()).await
}

/// Writes what the preview shows, but for the lines that it refuses.
pub async fn take<R: Record + Kept + Clone>(
    core: &Core,
    ctx: &Ctx,
    preview: &Preview<R>,
    act: &'static str,
) -> Result<(), Problem> {
    preview.take_at_unit(core, ctx, (act, KEEP), "telecom").await
}

/// What a year has.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TelecomYear {
    /// None where nothing is known of any.
    pub year: Option<i64>,
    /// Those of which something is known, the last first.
    pub years: Vec<i64>,
    pub communes: Vec<Told>,
    pub all: Told,
}

/// The communes in a year; without one, in the last of which something is known.
pub async fn summary(core: &Core, ctx: &Ctx, asked: Option<i64>) -> Result<TelecomYear, Problem> {
    core.authorizer().check(ctx, READ.action, &Resource { kind: READ.kind, ..Resource::default() })?;
    let conn = core.db().snapshot().await?;
    let years = years(&conn).await?;
    let year = asked.or(years.first().copied());
    let communes = match year {
        Some(year) => {
            let (coverage, passive) = of_year(&conn, year).await?;
            by_commune(&coverage, &passive)
        }
        None => vec![],
    };
    let all = all(&communes);
    Ok(TelecomYear { year, years, communes, all })
}
