//! Where a list of bodies may be parted, found once for all stretches of a text: each is then parted without a look at its words.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

static HEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[Ss]ở\s+\p{Lu}|(?:Bộ|Báo|Ban|Đài|Trung tâm|Phòng|Vụ|Hội)(?:\s+\p{Lu}|\s+(?:và|chỉ đạo|quản lý|tổ chức|tuyên giáo|nội chính|thường vụ|dân vận|nông dân|phụ nữ|liên hiệp|cựu)|$)|(?:Cục|Chi cục|Tổng cục|Viện|Trường|Học viện|Đoàn|Chi nhánh|Công ty|Tập đoàn|Tổng công ty|Thanh tra|Thuế|Kho bạc|Ngân hàng|Liên đoàn|Liên minh|Quỹ|Tòa án|Viện kiểm sát|Tỉnh đoàn|Tỉnh ủy|Đảng ủy|Thường trực|Thống kê|Hải quan|Bưu điện)(?:\s|$)|Công an|Văn phòng|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Mặt trận|Bảo hiểm|Kiểm lâm|Quân sự|VNPT|Viettel|Mobi|FPT|UBMTTQ|[Cc]ác\s|[Nn]hững\s|[Tt]oàn thể\s|[Dd]oanh nghiệp|[Tt]ổ chức|[Đđ]ơn vị|[Cc]ơ quan|[Đđ]ịa phương|[Đđ]ội|[Tt]ổ công nghệ)",
    )
    .ok()
});

/// No beginning of a name that [`HEADS`] knows is as long, in bytes.
pub const LONGEST_HEAD: usize = 48;

/// A group that has only its nouns so far: its modifier is still to come.
static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:(?:ubnd|ủy ban nhân dân)\s+)?(?:các|những)(?:[\s,]+(?:và\s+)?(?:sở|ban|ngành|ban ngành|đơn vị|tổ chức|cơ quan|phòng|bộ phận|địa phương|xã|phường|đặc khu|doanh nghiệp|hội|đoàn thể|cá nhân|trường|trung tâm))+$",
    )
    .ok()
});

/// Names that lines of a cell begin with, where what parted the lines is lost.
static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:Các sở|Các phòng|Các doanh nghiệp|Các cơ quan|UBND|Sở \p{Lu}|Công an (?:tỉnh|xã|thành))").ok()
});

/// Words that tie a name to the one before it.
const JOINED: [&str; 16] = [
    "và", "phòng", "cùng", "của", "thuộc", "với", "trực", "đạo", "do", "cho", "qua", "tại", "gồm", "là", "đốc", "tịch",
];

/// Where the beginning of a name ends that a text begins with.
pub fn head(text: &str) -> Option<usize> {
    HEADS.as_ref()?.find(text).map(|found| found.end())
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// A semicolon, or the end of a line.
    Stop { at: usize },
    /// "Các sở, ban, ngành | UBND các xã".
    Name { at: usize, end: usize },
    /// A comma, "và", "cùng", with the blanks around it, and where the beginning of a name behind it ends.
    Joint { start: usize, core: usize, end: usize, head: Option<usize> },
}

impl Place {
    fn at(self) -> usize {
        match self {
            Self::Stop { at } | Self::Name { at, .. } => at,
            Self::Joint { core, .. } => core,
        }
    }
}

/// The places of a text where it may be parted, in order.
#[derive(Debug)]
pub struct Parting(Vec<Place>);

impl Parting {
    pub fn of(text: &str) -> Self {
        let mut places = Vec::new();
        for (at, sign) in text.bytes().enumerate() {
            match sign {
                b';' | b'\n' => places.push(Place::Stop { at }),
                b',' => places.push(joint(text, at, 1)),
                b'v' | b'c' if text[..at].ends_with(is_blank) => {
                    let word = ["và", "cùng"].into_iter().find(|word| text[at..].starts_with(word));
                    let word = word.filter(|word| text[at + word.len()..].starts_with(is_blank));
                    places.extend(word.map(|word| joint(text, at, word.len())));
                }
                _ => {}
            }
        }
        if let Some(names) = NAMES.as_ref() {
            places.extend(names.find_iter(text).map(|found| Place::Name { at: found.start(), end: found.end() }));
        }
        places.sort_by_key(|place| place.at());
        Self(places)
    }

    /// The parts of a stretch of the text that begins and ends with whole words, as they are in it alone.
    pub fn parts<'t>(&self, text: &'t str, stretch: Range<usize>) -> impl Iterator<Item = &'t str> {
        let Range { start: from, end: to } = stretch;
        let next = self.0.partition_point(|place| place.at() < from);
        let parts = Parts { text, places: &self.0, next, line: from, start: from, floor: from, to, is_done: false };
        parts.filter(|part| !part.is_empty())
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

fn joint(text: &str, core: usize, length: usize) -> Place {
    let start = text[..core].trim_end_matches(is_blank).len();
    let skipped = |from: usize| text.len() - text[from..].trim_start_matches(is_blank).len();
    let mut end = skipped(core + length);
    if text[core..].starts_with(',')
        && let Some(rest) = text[end..].strip_prefix("và").filter(|rest| rest.starts_with(is_blank))
    {
        end = skipped(text.len() - rest.len());
    }
    Place::Joint { start, core, end, head: head(&text[end..]).map(|head| end + head) }
}

struct Parts<'p, 't> {
    text: &'t str,
    places: &'p [Place],
    next: usize,
    /// Where the line, the part and what no joint has taken begin.
    line: usize,
    start: usize,
    floor: usize,
    to: usize,
    is_done: bool,
}

impl<'t> Iterator for Parts<'_, 't> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.text;
        while let Some(place) = self.places.get(self.next).filter(|place| place.at() < self.to) {
            self.next += 1;
            let from = self.start;
            match *place {
                Place::Stop { at } => {
                    (self.line, self.start, self.floor) = (at + 1, at + 1, at + 1);
                    return Some(self.part(from, at));
                }
                Place::Name { at, end } if self.is_apart(at, end) => {
                    (self.start, self.floor) = (at, at);
                    return Some(self.part(from, at));
                }
                Place::Name { .. } => {}
                Place::Joint { start, core, end, head } => {
                    let is_word = !text[core..].starts_with(',');
                    if core < self.floor || is_word && core == self.floor {
                        continue;
                    }
                    let left = start.max(self.floor);
                    self.floor = end;
                    let is_head = self.begins(end, head);
                    if is_head && !shares_modifier(text[from..left].trim(), &text[end..]) {
                        self.start = end;
                        return Some(self.part(from, left));
                    }
                }
            }
        }
        let last = (!self.is_done).then(|| self.part(self.start, self.to));
        self.is_done = true;
        last
    }
}

impl<'t> Parts<'_, 't> {
    fn part(&self, from: usize, to: usize) -> &'t str {
        let text = self.text.get(from..to).unwrap_or_default();
        text.trim().trim_end_matches(['.', ',', ';', ':', ' '])
    }

    /// Whether a name stands behind words that do not tie it to them.
    fn is_apart(&self, at: usize, end: usize) -> bool {
        if at <= self.line || end > self.to {
            return false;
        }
        let before = self.text[self.line..at].trim_end();
        let last = before.rsplit([' ', '(']).next().unwrap_or_default();
        let ends = last.starts_with(|c: char| c.is_lowercase()) && !JOINED.contains(&last);
        ends && !before.ends_with([',', '(', '-', '&', ':'])
    }

    /// Whether a name begins behind a joint. Near the end of its line what was found in the whole text may not be all there, or
    /// a name be whole only here.
    fn begins(&self, at: usize, head: Option<usize>) -> bool {
        const NEAR: usize = 24;
        let near = head.unwrap_or(at + NEAR);
        let places = self.places[self.next..].iter().take_while(|place| place.at() < near.min(self.to));
        let stop = places.into_iter().find_map(|place| match *place {
            Place::Stop { at } => Some(at),
            Place::Name { at, end } => self.is_apart(at, end).then_some(at),
            Place::Joint { .. } => None,
        });
        let end = stop.unwrap_or(self.to);
        match head {
            Some(head) if head <= end => true,
            None if at + NEAR <= end => false,
            _ => self.text.get(at..end).is_some_and(|rest| self::head(rest).is_some()),
        }
    }
}

fn shares_modifier(left: &str, right: &str) -> bool {
    // One office serves both: "Văn phòng HĐND và UBND xã".
    let council = ["HĐND", "Hội đồng nhân dân", "Đoàn ĐBQH"].iter().any(|end| left.ends_with(end));
    if left.starts_with("Văn phòng") && council {
        return true;
    }
    let lower = right.chars().next().is_some_and(char::is_lowercase);
    lower && !right.starts_with("các ") && BARE.as_ref().is_some_and(|bare| bare.is_match(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(text: &str) -> Vec<&str> {
        Parting::of(text).parts(text, 0..text.len()).collect()
    }

    proptest::proptest! {
        /// Words, and signs that stand behind words, in any order.
        #[test]
        fn a_stretch_is_parted_as_the_same_words_alone(text in "((Sở|sở|Y|tế|và|cùng|UBND|các|Các|sở|ban|Ban|ngành|Bộ|Trung|tâm|Văn|phòng|HĐND|Công|an|tỉnh|đơn|vị|doanh|nghiệp|của|Thuế|chỉ|đạo|-|,|\\(UBND)[,;.]? ){1,14}") {
            let text = text.trim_end();
            let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)).collect();
            let ends = starts.iter().skip(1).map(|start| start - 1).chain([text.len()]).collect::<Vec<_>>();
            let parting = Parting::of(text);
            for start in &starts {
                for end in ends.iter().filter(|end| *end > start) {
                    let parts: Vec<&str> = parting.parts(text, *start..*end).collect();
                    proptest::prop_assert_eq!(parts, alone(&text[*start..*end]), "{}", &text[*start..*end]);
                }
            }
        }
    }
}
