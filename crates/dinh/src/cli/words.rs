//! What one word of a command means.

use jiff::civil::Date;
use kernel::UnitId;

/// `UNIT=UNIT_ABOVE` or `UNIT=root`.
pub fn place(text: &str) -> Result<(UnitId, Option<UnitId>), String> {
    let wrong = || format!("{text}: unit_…=unit_… / unit_…=root");
    let (unit, above) = text.split_once('=').ok_or_else(wrong)?;
    let above = if above == "root" { None } else { Some(above.parse().map_err(|_| wrong())?) };
    Ok((unit.parse().map_err(|_| wrong())?, above))
}

/// `31/12/2026`, as pages show days, or `2026-12-31`.
pub fn day(text: &str) -> Result<Date, String> {
    let text = text.trim();
    text.parse().or_else(|_| Date::strptime("%d/%m/%Y", text)).map_err(|_| format!("{text}: 31/12/2026 / 2026-12-31"))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_is_taken_as_pages_show_it_and_as_machines_write_it() {
        let last = jiff::civil::date(2026, 12, 31);
        assert_eq!((day("31/12/2026"), day(" 2026-12-31 ")), (Ok(last), Ok(last)));
        assert_eq!(day("1/2/2027"), Ok(jiff::civil::date(2027, 2, 1)));
        for wrong in ["12/31/2026", "31/12", "x", ""] {
            assert!(day(wrong).is_err_and(|said| said.contains("31/12/2026")), "{wrong}");
        }
    }
}
