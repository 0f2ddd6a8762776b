//! Which figures of a sentence are what is to be reached, and where the words of each begin.

use grammar::number::Figure;

/// Where each target of a sentence begins, and its figure: the first figure of each clause, and in one clause those of
/// other years. A figure that only says of whom or of what ("từ 15 tuổi trở lên") leaves its place to the next.
pub fn starts<'a>(text: &str, figures: &'a [Figure]) -> Vec<(usize, &'a Figure)> {
    let mut out: Vec<(usize, &Figure)> = Vec::new();
    // "Phấn đấu 70 %" with nothing before it is the target itself.
    let beyond = |figure: &Figure| {
        figure.stretch && figures.iter().any(|other| counts(other) && other.span.start < figure.span.start)
    };
    for figure in figures.iter().filter(|figure| !beyond(figure) && counts(figure)) {
        let Some((_, last)) = out.last().copied() else {
            out.push((0, figure));
            continue;
        };
        let between = text.get(last.span.end..figure.span.start).unwrap_or_default();
        let year = figure.at.is_some() && figure.at != last.at && same_unit(last, figure);
        match joint(between, last, figure) {
            Some(_) if is_condition(text, figure) => {}
            Some(at) => out.push((last.span.end + at, figure)),
            None if year => out.push((last.span.end + behind(between, &[',', ';']), figure)),
            None if is_condition(text, last) && !is_condition(text, figure) => {
                if let Some(last) = out.last_mut() {
                    last.1 = figure;
                }
            }
            None => {}
        }
    }
    out
}

/// Shares that a sentence of goals states and no target holds.
pub fn left<'a>(text: &'a str, figures: &'a [Figure], taken: &[(usize, &Figure)]) -> Vec<&'a str> {
    let is_taken = |figure: &Figure| taken.iter().any(|(_, taken)| taken.span == figure.span) || figure.stretch;
    let left = figures.iter().filter(|figure| figure.unit_text() == "%" && !is_taken(figure));
    left.filter_map(|figure| text.get(figure.span.clone())).collect()
}

/// A figure that may be a target: a share, a known unit, a comparator.
pub fn counts(figure: &Figure) -> bool {
    figure.unit.is_some() || figure.comparator.is_some()
}

pub fn same_unit(one: &Figure, other: &Figure) -> bool {
    (one.unit_text() == "%") == (other.unit_text() == "%")
}

/// Where between two figures the clause of the second begins, if it has one of its own.
fn joint(between: &str, last: &Figure, figure: &Figure) -> Option<usize> {
    let ends = |signs: &[&str]| signs.iter().any(|sign| between.trim_end().ends_with(sign));
    if let Some(at) = between.rfind([';', '(']) {
        return Some(at + 1);
    }
    if ends(&[",", " và"]) {
        return (same_unit(last, figure) || ends(&[","])).then_some(between.len());
    }
    let parts = ["trong đó", "riêng "].iter().filter_map(|words| between.find(words)).min();
    parts.or_else(|| clause(between, figure))
}

/// ", tỷ lệ hộ phân loại rác đạt 60%": behind a comma or "và" there are words of its own, which end with the figure. A comma
/// in a list ("100% xã, phường có 2 mô hình") parts no clauses.
fn clause(between: &str, figure: &Figure) -> Option<usize> {
    let comma = between.rfind(", ").map(|at| at + 1);
    let at = comma.max(between.rfind(" và ").map(|at| at + " và".len()))?;
    let (before, own) = (between.get(..at)?, between.get(at..)?);
    let words = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let is_whole = words(before) == 0 || words(before) >= 4;
    // "…, nâng tổng số lên 12 khu": the same thing once more.
    let rises = figure.unit.is_some()
        && [" lên", " đạt", " còn", " là", " chiếm"].iter().any(|verb| own.trim_end().ends_with(verb));
    let is_said = is_whole && (figure.unit_text() == "%" || figure.comparator.is_some());
    ((is_said || rises) && words(own) >= 2).then_some(at)
}

fn behind(between: &str, signs: &[char]) -> usize {
    between.rfind(signs).map_or(between.len(), |at| at + 1)
}

/// "từ 15 tuổi trở lên", "mức độ 2", "4 sao": of whom or of what something is asked.
fn is_condition(text: &str, figure: &Figure) -> bool {
    let unit = figure.unit_text().to_lowercase();
    let is_rank = unit.starts_with("tuổi") && !unit.starts_with("tuổi thọ") || unit.starts_with("sao");
    let is_level = figure.unit.as_ref().is_some_and(|unit| unit.is_before);
    let before = text.get(..figure.span.start).unwrap_or_default().trim_end().to_lowercase();
    let said = text.get(figure.span.clone()).unwrap_or_default().to_lowercase();
    let opens = said.starts_with("từ ") || before.ends_with(" từ");
    is_rank || is_level || opens && unit != "%" && !before.trim_end_matches(" từ").ends_with("đạt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let figures = grammar::number::scan(text);
        starts(text, &figures).iter().map(|(_, figure)| text[figure.span.clone()].to_owned()).collect()
    }

    #[test]
    fn each_clause_has_its_figure() {
        for (text, told) in [
            ("Trồng 12 triệu cây, trong đó cây gỗ lớn đạt 1,5 triệu cây.", vec!["12 triệu cây", "đạt 1,5 triệu cây"]),
            ("Có 900 bể chứa, trong đó từ 4 - 5 khối chiếm 30%.", vec!["900 bể chứa", "30%"]),
            ("Tỷ lệ thu gom đạt 95%, tỷ lệ hộ phân loại đạt 60%.", vec!["đạt 95%", "đạt 60%"]),
            ("Tạo việc cho 400 lao động, 75% được học nghề.", vec!["400 lao động", "75%"]),
            ("Tỷ lệ hộ nghèo giảm 3% (riêng xã vùng cao giảm 4,5%).", vec!["3%", "4,5%"]),
            ("Tỷ lệ người từ 15 tuổi trở lên biết bơi đạt 90%.", vec!["đạt 90%"]),
            ("Công dân có tài khoản mức độ 2: 95%.", vec!["95%"]),
            ("100% xã, phường có 2 trạm bơm.", vec!["100%"]),
            ("Mở mới 04 mô hình điểm, nâng tổng số lên 48 mô hình điểm.", vec!["04 mô hình", "48 mô hình"]),
            ("100% xã có 2 trạm bơm.", vec!["100%"]),
        ] {
            assert_eq!(read(text), told, "{text}");
        }
    }
}
