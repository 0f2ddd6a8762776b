//! Predicates: verb and object, from the public grammar, from the built-in list that no reader sees, and from a tagged
//! text of a package, where somebody fetched it.

use std::{collections::BTreeSet, sync::LazyLock};

use crate::{answer::Source, dice::Dice};

const PUBLIC: &str = include_str!("words/public.txt");
const HELD_OUT: &str = include_str!("words/held_out.txt");

/// A matter of which a document treats.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub topics: Vec<String>,
    phrases: Vec<String>,
    /// Verbs that suit anything, with the objects of this field.
    about: Vec<String>,
}

pub static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let mut fields: Vec<Field> = Vec::new();
    let any = PUBLIC.lines().find_map(|line| line.strip_prefix("* ")).unwrap_or_default();
    for line in PUBLIC.lines() {
        if let Some(head) = line.strip_prefix("# ") {
            let mut parts = head.split("; ").map(str::to_owned);
            let name = parts.next().unwrap_or_default();
            fields.push(Field { name, topics: parts.collect(), phrases: vec![], about: vec![] });
        } else if let Some(field) = fields.last_mut() {
            field.phrases.extend(phrases(line));
            let objects = line.split_once(" = ").map_or("", |(_, objects)| objects);
            field.about.extend(phrases(&format!("{any} = {objects}")));
        }
    }
    fields
});

/// "xây dựng, hoàn thiện = A | B": each verb with each object.
fn phrases(line: &str) -> Vec<String> {
    let Some((verbs, objects)) = line.split_once(" = ") else { return vec![] };
    let objects: Vec<&str> = objects.split(" | ").collect();
    verbs.split(", ").flat_map(|verb| objects.iter().map(move |object| format!("{verb} {object}"))).collect()
}

#[derive(Debug, Clone)]
pub struct Words {
    held_out: Vec<String>,
    fetched: Vec<String>,
}

impl Default for Words {
    fn default() -> Self {
        let held_out = HELD_OUT.lines().filter(|line| !line.starts_with('#')).flat_map(phrases).collect();
        Self { held_out, fetched: vec![] }
    }
}

impl Words {
    /// `tagged`: a word and its part of speech on each line, as taggers print them.
    #[must_use]
    pub fn with_tagged(self, tagged: &str) -> Self {
        Self { fetched: tagged_phrases(tagged), ..self }
    }

    pub fn held_out(&self) -> usize {
        self.held_out.len()
    }

    pub fn fetched(&self) -> usize {
        self.fetched.len()
    }

    /// The words of a predicate that were not used yet; half of them are held out.
    pub fn phrase(&self, dice: &mut Dice, field: &Field, used: &mut BTreeSet<String>) -> (String, Source) {
        let fetched = if self.fetched.is_empty() { 0 } else { 20 };
        let sources = [(45, Source::Public), (35, Source::HeldOut), (fetched, Source::Fetched)];
        for _ in 0..60 {
            let source = dice.weighted(&sources);
            let list = match source {
                Source::Public if dice.chance(20) => &field.about,
                Source::Public => &field.phrases,
                Source::HeldOut => &self.held_out,
                Source::Fetched => &self.fetched,
            };
            let phrase = dice.one(list);
            if used.insert(phrase.clone()) {
                return (phrase, source);
            }
        }
        let all = FIELDS.iter().flat_map(|field| &field.phrases).chain(&self.held_out);
        let free = all.into_iter().find(|phrase| !used.contains(*phrase)).cloned().unwrap_or_default();
        used.insert(free.clone());
        (free, Source::HeldOut)
    }
}

/// Verbs that give no order.
const STATES: &[&str] = &[
    "tổ chức",
    "trở thành",
    "trở nên",
    "tồn tại",
    "xảy ra",
    "phát sinh",
    "chứng kiến",
    "mong muốn",
    "cảm thấy",
    "nhận thấy",
    "cho biết",
    "cho rằng",
    "khẳng định",
    "bao gồm",
    "thuộc về",
    "liên quan",
    "thể hiện",
    "phản ánh",
    "gây ra",
    "vi phạm",
    "phạm tội",
    "thiệt hại",
    "bị thương",
    "qua đời",
    "sinh sống",
    "sinh hoạt",
    "mất mát",
    "nảy sinh",
    "hàm chứa",
    "bắt đầu",
    "chấm dứt",
    "kết thúc",
    "quyết định",
    "báo cáo",
    "yêu cầu",
    "đề nghị",
    "chịu đựng",
    "lợi dụng",
    "đe dọa",
    "chiếm đoạt",
    "trốn tránh",
    "xâm phạm",
    "phá hoại",
    "hình phạt",
    "xuất xứ",
    "tờ gấp",
    "bãi miễn",
    "kìm chế",
    "so sánh",
    "hoạt động",
    "lập pháp",
    "cai quản",
    "loại bỏ",
    "khôi phục",
    "đổi mới",
    "tham gia",
    "thông qua",
];

/// "thu thập thông tin", "hoàn thiện hệ thống pháp luật": a verb of two syllables and one or two nouns behind it, where
/// they end the phrase.
fn tagged_phrases(tagged: &str) -> Vec<String> {
    let lines: Vec<(&str, &str)> = tagged
        .lines()
        .map(|line| {
            let mut parts = line.split('\t');
            (parts.next().unwrap_or_default(), parts.next().unwrap_or_default().trim_start_matches("B-"))
        })
        .collect();
    let plain = |word: &str| word.split(' ').count() == 2 && word.chars().all(|c| c.is_lowercase() || c == ' ');
    let mut out = BTreeSet::new();
    for (at, (verb, part)) in lines.iter().enumerate() {
        if *part != "V" || !plain(verb) || STATES.contains(verb) {
            continue;
        }
        let nouns = lines[at + 1..].iter().take_while(|(word, part)| *part == "N" && plain(word)).take(3);
        let nouns: Vec<&str> = nouns.map(|(word, _)| *word).collect();
        let then = lines.get(at + 1 + nouns.len()).map_or("", |(_, part)| *part);
        if matches!(nouns.len(), 1 | 2) && matches!(then, "CH" | "E" | "Cc" | "C" | "") {
            out.insert(format!("{verb} {}", nouns.join(" ")));
        }
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_as_long_as_they_promise() {
        assert!(Words::default().held_out() >= 300);
        let public: usize = FIELDS.iter().map(|field| field.phrases.len()).sum();
        let about: usize = FIELDS.iter().map(|field| field.about.len()).sum();
        assert!(public >= 300 && public + about + Words::default().held_out() >= 1_500, "{public} {about}");
        assert!(FIELDS.iter().all(|field| !field.topics.is_empty()));
    }

    /// Everyday verbs whose orders were lost once: they are held out.
    #[test]
    fn everyday_verbs_are_held_out() {
        let verbs = "đào tạo, tập huấn, bồi dưỡng, khảo sát, giám sát, quản lý, huy động, lồng ghép, lắp đặt, phát triển, nâng cấp, \
                     duy trì, tích hợp, vận động, phân bổ, cân đối, ký kết, phổ biến, thống kê, công khai, niêm yết, khắc phục, \
                     thu hồi, tiếp nhận, chuẩn hóa, điều tra, ngăn chặn, hỗ trợ, tạo điều kiện, ưu tiên, thành lập, bàn giao";
        let words = Words::default();
        for verb in verbs.split(", ") {
            assert!(words.held_out.iter().any(|phrase| phrase.starts_with(verb)), "{verb}");
            let known = FIELDS.iter().flat_map(|field| field.phrases.iter().chain(&field.about));
            assert_eq!(known.filter(|phrase| phrase.starts_with(verb)).count(), 0, "{verb}");
        }
    }

    #[test]
    fn verbs_and_nouns_of_a_tagged_text_are_predicates() {
        let text =
            "thu thập\tB-V\tB-V\nthông tin\tB-N\tB-N\n.\tB-CH\tB-CH\n\ntrở thành\tB-V\tB-V\nvấn đề\tB-N\tB-N\n\n";
        assert_eq!(tagged_phrases(text), ["thu thập thông tin"]);
    }
}
