//! A document while it is put together, and its answer beside it.

use std::collections::BTreeSet;

use crate::{
    answer::{Answer, Duty, DutyKind, Source, Target, Task},
    bodies,
    dice::Dice,
    figures::{MEASURES, Measure, SHARES},
    house::{House, Kind},
    piece::{Piece, Style},
    words::{FIELDS, Field, Words},
};

/// How this document marks its lists, throughout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// "- "
    Dash,
    /// "a) "
    Letters,
    /// "+ "
    Plus,
    /// "1.1. "
    Numbers,
    /// None: a paragraph begins.
    Bare,
}

/// How this document marks its chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapters {
    /// "II. NHIỆM VỤ"
    Romans,
    /// "II. Nhiệm vụ"
    SmallRomans,
    /// "2. Nhiệm vụ", and "2.1. …" under it.
    Numbers,
    /// "Phần II. NHIỆM VỤ"
    Parts,
}

pub struct Draft<'a> {
    pub dice: Dice,
    words: &'a Words,
    pub field: &'static Field,
    pub kind: Kind,
    pub house: House,
    pub year: i64,
    pub marks: Marks,
    pub chapters: Chapters,
    /// The number of the chapter that is open; none is at first.
    pub chapter: usize,
    pub pieces: Vec<Piece>,
    pub answer: Answer,
    pub groups: usize,
    used: BTreeSet<String>,
    bodies_used: Vec<String>,
    measures: Vec<&'static Measure>,
    shares: Vec<&'static str>,
}

/// Letters in the order of the Vietnamese alphabet, as points are named.
const LETTERS: [&str; 16] = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q"];
const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

pub fn roman(at: usize) -> &'static str {
    ROMAN[at % ROMAN.len()]
}

/// What can follow any predicate.
const TAILS: [&str; 18] = [
    "theo quy định",
    "bảo đảm tiến độ, chất lượng",
    "bảo đảm công khai, minh bạch",
    "phù hợp với điều kiện thực tế",
    "gắn với trách nhiệm của người đứng đầu",
    "không để ảnh hưởng đến đời sống người dân",
    "tránh hình thức, lãng phí",
    "theo hướng gọn đầu mối, rõ trách nhiệm",
    "theo quy định tại Điều 7 Luật Đất đai năm 2024",
    "theo Nghị định số 32/2024/NĐ-CP ngày 15/3/2024 của Chính phủ",
    "phù hợp quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050",
    "bằng nguồn kinh phí được giao",
    "tại các địa bàn còn khó khăn",
    "nhất là tại khu vực giáp ranh",
    "chịu trách nhiệm về kết quả",
    "với ít nhất 02 đợt trong năm",
    "đạt tối thiểu 90% kế hoạch được giao",
    "theo hướng dẫn của Bộ Tài chính tại Công văn số 1215/BTC-NSNN",
];
const MANNERS: [&str; 14] = [
    "khẩn trương",
    "thường xuyên",
    "chủ động",
    "tiếp tục",
    "kịp thời",
    "nghiêm túc",
    "tích cực",
    "phải",
    "có trách nhiệm",
    "sớm",
    "trực tiếp",
    "tập trung",
    "chỉ đạo",
    "kiên quyết",
];

/// A predicate: its words, and those without the manner in which it is to be done.
pub struct Predicate {
    pub text: String,
    pub core: String,
    pub source: Source,
}

impl<'a> Draft<'a> {
    pub fn new(mut dice: Dice, words: &'a Words, kind: Kind) -> Self {
        let house = crate::house::house(&mut dice, kind);
        let field = &FIELDS[dice.below(FIELDS.len())];
        let marks = dice.weighted(&[
            (45, Marks::Dash),
            (25, Marks::Letters),
            (8, Marks::Plus),
            (10, Marks::Numbers),
            (12, Marks::Bare),
        ]);
        let chapters = dice.weighted(&[
            (60, Chapters::Romans),
            (20, Chapters::SmallRomans),
            (13, Chapters::Numbers),
            (7, Chapters::Parts),
        ]);
        let year = dice.between(2026, 2028);
        let (mut measures, mut shares): (Vec<_>, Vec<_>) = (MEASURES.iter().collect(), SHARES.to_vec());
        dice.shuffle(&mut measures);
        dice.shuffle(&mut shares);
        Self {
            dice,
            words,
            field,
            kind,
            house,
            year,
            marks,
            chapters,
            chapter: 0,
            pieces: vec![],
            answer: Answer::default(),
            groups: 0,
            used: BTreeSet::new(),
            bodies_used: vec![],
            measures,
            shares,
        }
    }

    pub fn line(&mut self, style: Style, text: impl Into<String>) {
        self.pieces.push(Piece::Line(style, text.into()));
    }

    /// A sentence that orders nothing.
    pub fn none(&mut self, style: Style, text: &str) {
        let bare = text.to_owned();
        self.line(style, bare.clone());
        self.answer.none.push(bare);
    }

    /// "3. ", or "2.3. " under a chapter that has a number itself.
    pub fn number(&self, number: usize) -> String {
        if self.chapters == Chapters::Numbers && self.chapter > 0 {
            format!("{}.{number}. ", self.chapter)
        } else {
            format!("{number}. ")
        }
    }

    pub fn mark(&self, above: usize, at: usize) -> String {
        match self.marks {
            Marks::Dash => "- ".into(),
            Marks::Plus => "+ ".into(),
            Marks::Letters => format!("{}) ", LETTERS[at % LETTERS.len()]),
            Marks::Numbers => format!("{}{}. ", self.number(above).trim_end(), at + 1),
            Marks::Bare => String::new(),
        }
    }

    /// Verb and object, often with what binds it, at times with a second act.
    pub fn predicate(&mut self) -> Predicate {
        let (phrase, source) = self.words.phrase(&mut self.dice, self.field, &mut self.used);
        let mut core = phrase;
        if self.dice.chance(14) {
            let (group, short) = (self.dice.pick(self.house.groups), self.house.short);
            core = match self.dice.below(3) {
                0 => format!("tham mưu {short} {core}"),
                1 => format!("hướng dẫn {group} {core}"),
                _ => format!("đôn đốc, kiểm tra {group} {core}"),
            };
        }
        if self.dice.chance(15) {
            let (second, _) = self.words.phrase(&mut self.dice, self.field, &mut self.used);
            let joint = self.dice.pick(&["; đồng thời ", ", ", " và "]);
            core = format!("{core}{joint}{second}");
        }
        let place = self.place();
        if self.dice.chance(40) && !core.contains(" xã") && !core.contains("tỉnh") {
            core = format!("{core} {place}");
        }
        if self.dice.chance(45) {
            let tail = self.dice.pick(&TAILS);
            let apart = ["bảo đảm", "không để", "tránh", "nhất là", "chịu trách nhiệm"];
            let joint = if apart.iter().any(|word| tail.starts_with(word)) { "," } else { "" };
            core = format!("{core}{joint} {tail}");
        }
        let manner = if self.dice.chance(25) { format!("{} ", self.dice.pick(&MANNERS)) } else { String::new() };
        Predicate { text: format!("{manner}{core}"), core, source }
    }

    fn place(&mut self) -> &'static str {
        use crate::house::Level::{Commune, Department, Government, Ministry, PartyCommune};
        let list: &[&'static str] = match self.house.level {
            Government | Ministry => &["trên phạm vi toàn quốc", "tại các địa phương", "trong ngành"],
            Commune | PartyCommune => &["trên địa bàn xã", "tại các thôn", "ở khu dân cư"],
            Department => &["trong toàn ngành", "tại các đơn vị trực thuộc", "trên địa bàn tỉnh"],
            _ => &["trên địa bàn tỉnh", "tại các xã, phường", "ở vùng cao", "tại khu vực ven sông"],
        };
        self.dice.one(list)
    }

    /// A topic for a heading, none twice while there are others.
    pub fn topic(&mut self) -> String {
        let own = if self.dice.chance(60) { self.field } else { &FIELDS[self.dice.below(FIELDS.len())] };
        for _ in 0..20 {
            let topic = self.dice.one(&own.topics);
            if self.used.insert(topic.clone()) {
                return topic;
            }
        }
        let all = FIELDS.iter().flat_map(|field| &field.topics);
        let free = all.into_iter().find(|topic| !self.used.contains(*topic)).unwrap_or(&own.topics[0]).clone();
        self.used.insert(free.clone());
        free
    }

    /// One body that has no heading yet in this document, where there is one left.
    pub fn body(&mut self) -> String {
        for _ in 0..20 {
            let body = self.dice.pick(self.house.bodies).to_owned();
            if !self.bodies_used.contains(&body) {
                self.bodies_used.push(body.clone());
                return body;
            }
        }
        self.dice.pick(self.house.bodies).to_owned()
    }

    /// Something to measure that this document does not measure yet.
    pub fn measure(&mut self) -> Option<&'static Measure> {
        self.measures.pop()
    }

    pub fn share(&mut self) -> Option<&'static str> {
        self.shares.pop()
    }

    pub fn leads(&mut self) -> Vec<String> {
        match self.dice.below(20) {
            0..=13 => vec![self.dice.pick(self.house.bodies).to_owned()],
            14 | 15 => self.dice.some(self.house.bodies, 2).into_iter().map(str::to_owned).collect(),
            16 => self.dice.some(self.house.bodies, 3).into_iter().map(str::to_owned).collect(),
            _ => vec![self.dice.pick(self.house.groups).to_owned()],
        }
    }

    /// Who helps; never one of the leads.
    pub fn coords(&mut self, leads: &[String]) -> Vec<String> {
        let count = self.dice.count(1, 3);
        let mut out: Vec<String> = self.dice.some(self.house.bodies, count).into_iter().map(str::to_owned).collect();
        if self.dice.chance(45) {
            out.push(self.dice.pick(self.house.groups).to_owned());
        }
        out.retain(|body| !leads.contains(body));
        out
    }

    pub fn joined(&mut self, names: &[String]) -> String {
        bodies::joined(&mut self.dice, names)
    }

    pub fn task(&mut self, task: Task) {
        self.answer.tasks.push(task);
    }

    pub fn target(&mut self, target: Target) {
        self.answer.targets.push(target);
    }

    pub fn duty(&mut self, kind: DutyKind, text: &str, core: &str, who: Vec<String>, to: Vec<String>) {
        let (text, core) = (text.to_owned(), core.to_owned());
        self.answer.duties.push(Duty { kind, text, core, who, to, place: 0..0 });
    }
}
