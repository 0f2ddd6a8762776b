//! Row numbers in their sequence: "2" begins a row only where 2 is the next number.

/// What a number that was taken begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// A title with rows under it: "II", "II.1".
    Group,
    Row,
    /// The first row below the one before it: "3.1" after "3".
    Child,
}

#[derive(Debug, Default)]
pub struct Labels {
    group: Vec<u32>,
    row: Vec<u32>,
}

impl Labels {
    /// Whether this line begins with the number that comes next.
    pub fn take(&mut self, words: &[&str]) -> Option<Taken> {
        let word = words.first()?.trim_end_matches(['.', ')']);
        let bare = words.len() == 1;
        let title = words.get(1).is_none_or(|next| next.starts_with(|c: char| c.is_uppercase() || "“\"".contains(c)));
        if !title {
            return None;
        }
        if word.starts_with(['I', 'V', 'X']) {
            let path = path(word)?;
            follows(&self.group, &path, false).then(|| {
                self.group = path;
                self.row.clear();
                Taken::Group
            })
        } else {
            let path = path(word)?;
            let child = !self.row.is_empty() && path.len() > self.row.len();
            follows(&self.row, &path, bare).then(|| {
                self.row = path;
                if child { Taken::Child } else { Taken::Row }
            })
        }
    }
}

fn path(word: &str) -> Option<Vec<u32>> {
    let mut parts = word.split('.');
    let first = parts.next()?;
    let mut path = vec![roman(first).or_else(|| digits(first))?];
    for part in parts {
        path.push(digits(part)?);
    }
    (path.len() <= 4).then_some(path)
}

fn digits(word: &str) -> Option<u32> {
    (word.len() <= 3).then(|| word.parse().ok()).flatten().filter(|number| *number > 0)
}

fn roman(word: &str) -> Option<u32> {
    let mut total = 0;
    let mut highest = 0;
    for char in word.chars().rev() {
        let worth = match char {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => return None,
        };
        if worth < highest {
            total -= worth;
        } else {
            total += worth;
        }
        highest = highest.max(worth);
    }
    (total > 0).then_some(total)
}

/// The first of a series, the next of this or an outer level, or the first of an inner one. A number that stands alone
/// may leave one out.
fn follows(last: &[u32], next: &[u32], may_skip: bool) -> bool {
    if next.len() > last.len() {
        return next.starts_with(last) && next[last.len()..].iter().all(|part| *part == 1);
    }
    let level = next.len() - 1;
    let step = next[level].checked_sub(last[level]);
    next[..level] == last[..level] && (step == Some(1) || (may_skip && step == Some(2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_next_number_begins_a_row() {
        let mut labels = Labels::default();
        let mut take = |line: &str| labels.take(&line.split(' ').collect::<Vec<_>>());
        assert_eq!(take("3"), None);
        assert_eq!(take("I Giai đoạn 2026-2027"), Some(Taken::Group));
        assert_eq!(take("I.1 Cung cấp"), Some(Taken::Group));
        assert_eq!(take("1"), Some(Taken::Row));
        assert_eq!(take("06 phục vụ"), None);
        assert_eq!(take("2 Xây dựng"), Some(Taken::Row));
        assert_eq!(take("2.1 Triển khai"), Some(Taken::Child));
        assert_eq!(take("2.2"), Some(Taken::Row));
        assert_eq!(take("4"), Some(Taken::Row));
        assert_eq!(take("I.2"), Some(Taken::Group));
        assert_eq!(take("1 Xây dựng"), Some(Taken::Row));
        assert_eq!(take("II"), Some(Taken::Group));
    }
}
