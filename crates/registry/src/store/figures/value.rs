//! Values of indicators: as the rows are now, and as they were kept.

use db::{DbError, Reader, Row as _, vals};
use jiff::civil::Date;

use crate::model::figures::{Counts, Definition, Figure, Sum};

/// The figure as the lake takes it over: `(unit_id, period, part, numerator, denominator)` on the day `$1`. Where agencies
/// are counted each has 0 or 1.
fn figure(of: &Definition) -> String {
    let (top, bottom) = match of.counts {
        Counts::Systems => ("SUM(found.numerator)", "SUM(found.denominator)"),
        Counts::AgenciesOfAll => (
            "CASE WHEN SUM(found.denominator) > 0 AND SUM(found.numerator) = SUM(found.denominator) THEN 1 ELSE 0 END",
            "CASE WHEN SUM(found.denominator) > 0 THEN 1 ELSE 0 END",
        ),
        Counts::AgenciesOfAny => ("CASE WHEN SUM(found.numerator) > 0 THEN 1 ELSE 0 END", "1"),
    };
    format!(
        "SELECT found.unit_id, CAST($1 AS TEXT) AS period, found.part, CAST({top} AS BIGINT) AS numerator, \
         CAST({bottom} AS BIGINT) AS denominator FROM ({}) AS found GROUP BY found.unit_id, found.part \
         ORDER BY found.unit_id, found.part",
        of.sql
    )
}

/// What every owner has on a day, part by part, by the rows of now.
pub async fn sums(conn: &Reader, of: &Definition, day: Date) -> Result<Vec<Sum>, DbError> {
    conn.all(&figure(of), vals![day.to_string()]).await
}

/// What held of an indicator on a day, of each part and owner.
pub async fn kept(conn: &Reader, indicator: &str, day: Date) -> Result<Vec<Figure>, DbError> {
    let newest = "AS one WHERE one.indicator = $1 AND one.on_day = (SELECT MAX(other.on_day) FROM registry_figure AS other \
        WHERE other.indicator = one.indicator AND other.part = one.part AND other.unit_id = one.unit_id \
        AND other.on_day <= $2) ORDER BY one.part, one.unit_id";
    Figure::find(conn, newest, vals![indicator, day.to_string()]).await
}

/// All that was kept of a part, day by day.
pub async fn over_time(conn: &Reader, indicator: &str, part: &str) -> Result<Vec<Figure>, DbError> {
    let all = "WHERE indicator = $1 AND part = $2 ORDER BY on_day, unit_id";
    Figure::find(conn, all, vals![indicator, part]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figures::all;

    #[test]
    fn a_statement_asks_for_the_day_and_for_nothing_else() {
        for one in all() {
            assert!(figure(one).contains("$1") && !figure(one).contains("$2"), "{}", one.code);
            assert!(!one.sql.contains(';'), "{}", one.code);
        }
    }
}
