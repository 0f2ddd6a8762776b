//! Who and when in brackets behind an order: "… (Sở A chủ trì, phối hợp với Sở B; quý II/2026)."

use std::ops::Range;

use crate::{
    field::{self, Field},
    time, who,
};

/// What is said, each with its bytes.
pub type Said = Vec<(Field, Range<usize>)>;

/// Where the brackets begin, and what they say, with the bytes of each.
pub fn bracket(text: &str) -> Option<(usize, Said)> {
    let end = text.trim_end_matches(['.', ';', ',', ' ', ':']).strip_suffix(')')?.len();
    let open = text.get(..end)?.rfind('(')?;
    let mut said = Vec::new();
    let mut from = open + 1;
    while from < end {
        let rest = text.get(from..end)?;
        from += part(rest, &mut said, from)?;
        let rest = text.get(from..end)?;
        from += rest.len() - rest.trim_start_matches([';', ',', ' ', '.', '-', '–']).len();
    }
    let lead = said.iter().any(|(field, _)| *field == Field::Lead);
    lead.then_some((open, said))
}

/// Whether an item ends here with who and when in brackets: what follows is another one.
pub fn closes(text: &str) -> bool {
    (text.ends_with(").") || text.ends_with(");")) && bracket(text).is_some()
}

/// One thing that is said at the beginning, and how many bytes it takes.
fn part(text: &str, said: &mut Said, from: usize) -> Option<usize> {
    let labels = field::labels(text);
    if let Some(first) = labels.first().filter(|first| first.at == 0) {
        let end = text.get(first.value.clone())?.find(';').map_or(first.value.end, |at| first.value.start + at);
        said.push((first.field, from + first.value.start..from + end));
        return Some(end);
    }
    const LED: [(&str, Field); 3] =
        [("chủ trì ", Field::Lead), ("phối hợp với ", Field::Coordinating), ("phối hợp ", Field::Coordinating)];
    for (word, field) in LED {
        if let Some(rest) = text.strip_prefix(word)
            && let Some(found) = who::at(rest)
        {
            said.push((field, from + word.len()..from + word.len() + found.end));
            return Some(word.len() + found.end);
        }
    }
    if let Some(found) = who::at(text) {
        let rest = text.get(found.end..)?;
        let verb = [" chủ trì", " đầu mối", " thực hiện", " phối hợp"].into_iter().find(|verb| rest.starts_with(verb));
        let field = match (verb, said.last()) {
            (Some(" phối hợp"), _) => Field::Coordinating,
            // "(các xã Bản Mẫu, Suối Mẫu)" says where.
            (None, None) if is_where(&found.names) => return None,
            (Some(_), _) | (None, None) => Field::Lead,
            // A name without a verb of its own goes on with the list before it.
            (None, Some((field, _))) => *field,
        };
        said.push((field, from..from + found.end));
        return Some(found.end + verb.map_or(0, str::len));
    }
    let end = text.find(';').unwrap_or(text.len());
    let piece = text.get(..end)?;
    time::parse(piece).kind.is_some().then(|| said.push((Field::Time, from..from + end)))?;
    Some(end)
}

/// Communes by their places, which are no bodies.
fn is_where(names: &[String]) -> bool {
    const PLACES: [&str; 5] = ["xã ", "phường ", "đặc khu ", "thôn ", "thị trấn "];
    names.iter().all(|name| PLACES.iter().any(|place| name.trim_start_matches("các ").starts_with(place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Field, &str)> {
        let said = bracket(text).map(|(_, said)| said).unwrap_or_default();
        said.into_iter().map(|(field, range)| (field, text[range].trim())).collect()
    }

    #[test]
    fn brackets_say_who_and_when() {
        assert_eq!(
            read("Rà soát danh mục (Sở Y tế chủ trì, phối hợp với Công an tỉnh; quý II/2026)."),
            [(Field::Lead, "Sở Y tế"), (Field::Coordinating, "Công an tỉnh"), (Field::Time, "quý II/2026")]
        );
        assert_eq!(
            read("Mở lớp (Sở Nội vụ chủ trì; thời gian: Hết tháng 5/2027)"),
            [(Field::Lead, "Sở Nội vụ"), (Field::Time, "Hết tháng 5/2027")]
        );
        assert_eq!(
            read("Mở lớp (chủ trì: Sở Nội vụ; phối hợp: Sở Y tế; Công an tỉnh; thời gian: 2027)"),
            [
                (Field::Lead, "Sở Nội vụ"),
                (Field::Coordinating, "Sở Y tế"),
                (Field::Coordinating, "Công an tỉnh"),
                (Field::Time, "2027")
            ]
        );
        assert!(closes("Rà soát (Sở Y tế chủ trì).") && closes("Rà soát (chủ trì: Sở Y tế; thời gian: 2027);"));
        assert!(!closes("Rà soát (Sở Y tế chủ trì)") && !closes("Rà soát (bao gồm cả cấp xã)."));
        assert_eq!(read("Triển khai phần mềm (bao gồm cả cấp xã)."), []);
        assert_eq!(read("Nâng tỷ lệ lên 80 % (năm 2026)."), []);
        assert_eq!(read("Đối với vùng ven (các xã Bản Mẫu, Suối Mẫu và phường Đồi Mẫu):"), []);
    }
}
