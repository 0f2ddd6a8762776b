//! Which sign stands between the cells: the one that divides the lines evenly. A comma between digits is a decimal comma.

use super::records::{reader, usual};

/// Of several that divide evenly, the earlier.
const SIGNS: [char; 4] = [';', '\t', '|', ','];
/// Rows that are looked at.
const ENOUGH: usize = 200;
/// Rows that must have the usual count of cells, of ten.
const EVEN: f64 = 0.5;
/// Nearly as good.
const NEAR: f64 = 0.9;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub used: char,
    /// Another that would do nearly as well.
    pub other: Option<char>,
}

pub(super) fn find(text: &str) -> Choice {
    let mut marks = SIGNS.map(|sign| (mark(text, sign), sign));
    marks.sort_by(|one, other| other.0.total_cmp(&one.0));
    let [(best, used), (next, other), ..] = marks;
    if best <= 0.0 {
        return Choice { used: ',', other: None };
    }
    Choice { used, other: (next > 0.0 && next >= best * NEAR).then_some(other) }
}

/// How evenly a sign divides the rows; 0 where it does not.
fn mark(text: &str, sign: char) -> f64 {
    let rows: Vec<Vec<String>> = reader(text, sign)
        .into_records()
        .take(ENOUGH)
        .flatten()
        .map(|row| row.iter().map(str::to_owned).collect())
        .collect();
    let usual = usual(rows.iter().map(Vec::len).filter(|count| *count > 1));
    let even = rows.iter().filter(|row| row.len() == usual);
    let share = number(even.clone().count()) / number(rows.len().max(1));
    if usual < 2 || share < EVEN {
        return 0.0;
    }
    // The heads are the row that is least likely to hold the sign by chance.
    let heads = rows.iter().find(|row| row.iter().filter(|cell| !cell.trim().is_empty()).count() > 1);
    let is_even_head = heads.is_some_and(|row| row.len() == usual);
    let decimals = if sign == ',' { decimals(even.clone()) } else { 0.0 };
    let clean = (1.0 - decimals) * (1.0 - quoted(even, sign));
    share * clean * if is_even_head { 1.0 } else { 0.5 } * (1.0 + number(usual).ln() / 20.0)
}

/// The share of rows in which another sign stands beside a quote: there it divides.
fn quoted<'a>(rows: impl Iterator<Item = &'a Vec<String>>, sign: char) -> f64 {
    let beside = |cell: &String| {
        let of = |other: char| cell.contains(&format!("{other}\"")) || cell.contains(&format!("\"{other}"));
        SIGNS.into_iter().any(|other| other != sign && of(other))
    };
    let (divided, whole): (Vec<_>, Vec<_>) = rows.partition(|row| row.iter().any(beside));
    number(divided.len()) / number((divided.len() + whole.len()).max(1))
}

/// Of the places between cells, the share that stands between two digits, as in `2,5` or `1.250,75`.
fn decimals<'a>(rows: impl Iterator<Item = &'a Vec<String>>) -> f64 {
    let (mut all, mut between) = (0_usize, 0_usize);
    for pair in rows.flat_map(|row| row.windows(2)) {
        all += 1;
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        between += usize::from(is_digit(pair[0].chars().last()) && is_digit(pair[1].chars().next()));
    }
    number(between) / number(all.max(1))
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_that_divides_evenly_is_found() {
        let cases = [
            ("code,name\nA,Sở Y tế\n", ','),
            ("code;name\nA;Sở, ban\nB;x\n", ';'),
            ("TT;Điểm\n1;2,5\n2;3,75\n", ';'),
            ("1,5;2,5\n1,7;2,7\n", ';'),
            ("a\tb, c\td\n1\t2\t3\n", '\t'),
            ("a|b|c\n1|2,5|3\n", '|'),
            ("\"a;b\",\"c;d\"\n\"e;f\",g\n", ','),
            ("một cột\nhai\n", ','),
            ("1,2,3\n4,5,6\n", ','),
            ("Danh sách đơn vị;;\nmã;tên;loại\n1;Sở Y tế, mới;x\n2;Sở Nội vụ;y\n", ';'),
            ("", ','),
        ];
        for (text, sign) in cases {
            assert_eq!(find(text).used, sign, "{text}");
        }
    }

    #[test]
    fn what_two_signs_divide_alike_is_told() {
        assert!(find("a;b,c\nd;e,f\n").other.is_some());
        assert_eq!(find("1,2,3\n4,5,6\n").other, None);
    }
}
