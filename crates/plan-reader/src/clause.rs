//! The parts of a sentence that each state a figure, and what each of them counts where the sentence says it once.

use std::ops::Range;

use grammar::{number::Figure, time};

pub struct Clause<'a> {
    pub text: &'a str,
    pub figure: &'a Figure,
    /// What it says before its figure, and behind it: no times, no "đạt".
    before: Option<&'a str>,
    behind: Option<&'a str>,
}

impl<'a> Clause<'a> {
    pub fn of(sentence: &'a str, range: Range<usize>, figure: &'a Figure) -> Self {
        let piece = |from: usize, to: usize| sentence.get(from..to).unwrap_or_default();
        Self {
            text: trim_joint(piece(range.start, range.end)),
            figure,
            before: words(piece(range.start, figure.span.start)),
            behind: words(piece(counted(sentence, figure), range.end)),
        }
    }

    fn is_bare(&self) -> bool {
        self.before.is_none() && self.behind.is_none()
    }
}

/// What each clause counts, where it or one beside it does not say so: "Năm 2026 đạt 45%, năm 2028 đạt 65% trẻ em …"
/// says it behind the last figure, "Tỷ lệ hộ nghèo năm 2026 còn 5%, năm 2028 còn 3%" before the first. A figure that can
/// be read in two ways is shown with its name.
pub fn names<'a>(clauses: &[Clause<'a>]) -> Vec<Option<&'a str>> {
    let mut out = vec![None; clauses.len()];
    let (bare, named): (Vec<usize>, Vec<usize>) = (0..clauses.len()).partition(|at| clauses[*at].is_bare());
    for at in bare {
        let place = named.partition_point(|named| *named < at);
        let next = named.get(place).copied();
        let last = place.checked_sub(1).and_then(|before| named.get(before).copied());
        let behind =
            next.and_then(|next| Some((next, clauses[next].behind.filter(|_| clauses[next].before.is_none())?)));
        let before =
            || last.and_then(|last| Some((last, clauses[last].before.filter(|_| clauses[last].behind.is_none())?)));
        if let Some((whose, name)) = behind.or_else(before) {
            for named in [at, whose].into_iter().filter(|named| clauses[*named].figure.doubt.is_none()) {
                out[named] = Some(name);
            }
        }
    }
    out
}

/// Where the words behind a figure begin: its unit is the first of them, but a share has none.
fn counted(sentence: &str, figure: &Figure) -> usize {
    let unit = figure.unit.as_ref().filter(|unit| !unit.is_before && !unit.is_known);
    let written = sentence.get(figure.span.clone()).unwrap_or_default();
    unit.and_then(|unit| written.rfind(&unit.text)).map_or(figure.span.end, |at| figure.span.start + at)
}

/// The words without the times, the verbs and the signs at both ends.
fn words(text: &str) -> Option<&str> {
    const VERBS: [&str; 16] = [
        "đạt", "còn", "lên", "là", "có", "đến", "vào", "và", "giảm", "tăng", "xuống", "phấn", "đấu", "trong", "hết",
        "cuối",
    ];
    // The times of all that is left are looked for again each time.
    const MOST: usize = 40;
    let signs = |c: char| !c.is_alphanumeric() && !"()%".contains(c);
    let mut left = text.trim_matches(signs);
    for _ in 0..MOST {
        let times = time::scan(left);
        let first = left.split(' ').next().unwrap_or_default();
        let last = left.rsplit(' ').next().unwrap_or_default();
        let is_verb = |word: &str| VERBS.contains(&word.to_lowercase().as_str());
        let next = match () {
            () if left.is_empty() => return None,
            () if times.first().is_some_and(|time| time.span.start == 0) => left.get(times[0].span.end..)?,
            () if times.last().is_some_and(|time| time.span.end == left.len()) => {
                left.get(..times[times.len() - 1].span.start)?
            }
            () if is_verb(first) => left.get(first.len()..)?,
            () if is_verb(last) => left.get(..left.len() - last.len())?,
            () => return Some(left),
        };
        left = next.trim_matches(signs);
    }
    Some(left).filter(|left| !left.is_empty())
}

fn trim_joint(text: &str) -> &str {
    let text = text.trim_start_matches([';', ',', ' ']);
    let text = text.strip_prefix("và ").unwrap_or(text).trim_end_matches([' ', ',', ';']);
    text.strip_suffix(" và").unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_verbs_name_nothing() {
        assert_eq!(words("Năm 2026 đạt "), None);
        assert_eq!(words(", năm 2028 "), None);
        assert_eq!(words("Tỷ lệ hộ nghèo năm 2026 còn "), Some("Tỷ lệ hộ nghèo"));
        assert_eq!(words("Đến năm 2026, tỷ lệ hộ nghèo giảm còn "), Some("tỷ lệ hộ nghèo"));
        assert_eq!(words(" trẻ em dưới 6 tuổi;"), Some("trẻ em dưới 6 tuổi"));
    }
}
