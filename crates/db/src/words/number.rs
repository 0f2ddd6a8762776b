//! Where personal numbers and telephones stand in a text, however they are written: runs of digits, some of them apart,
//! are reduced to the digits and judged by how many there are, how they begin and how they are grouped.

mod grouped;

use kernel::text::{fold, is_invisible};

/// A stretch of the text, of which the first characters stay, so that a reader knows which number it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub from: usize,
    pub to: usize,
    pub shown: usize,
    /// A number by which the state knows a person, and no telephone.
    pub identifies: bool,
}

/// How a number was known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Telephone,
    /// By its twelve digits and its beginning.
    Card,
    /// By the name of a card or a passport before it.
    Named,
}

/// As many signs may stand between the digits of one number.
pub(super) const GAP: usize = 3;
/// The digits of the longest number: `0084 (0)` and nine more.
const LONGEST: usize = 14;

/// Names of identity cards, folded.
const NAMES: [&str; 5] = ["cccd", "cmnd", "cmt", "can cuoc", "chung minh"];
/// The same of passports.
const PASSPORTS: [&str; 2] = ["ho chieu", "passport"];
/// The rest of such a name, folded, and what announces its number.
const REST: [&str; 6] = ["cong", "dan", "nhan", "so", "no", "la"];
/// Provinces of birth, as cards count them.
const PROVINCES: std::ops::RangeInclusive<u32> = 1..=96;
/// So near by, folded, the name of a card is the number's own, whatever stands between; the rest of a long name too.
const NEAR: usize = 22;
/// Farther away no name of a card is looked for.
const REACH: usize = 56;
/// What makes money of the number before it.
const MONEY: [&str; 6] = ["đồng", "vnđ", "vnd", "triệu", "tỷ", "tỉ"];

/// Also the digits of full width and those of mathematics.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '\u{ff10}'..='\u{ff19}' => Some(u32::from(c) - 0xff10),
        '\u{1d7ce}'..='\u{1d7ff}' => Some((u32::from(c) - 0x1d7ce) % 10),
        _ => None,
    }
}

/// Tabs and line ends part columns of numbers.
pub(super) fn between(c: char) -> bool {
    is_blank(c) || is_dash(c) || matches!(c, '(' | ')' | '.' | ',' | '/')
}

/// The same of a number that a narrow column has broken.
pub(super) fn between_or_broken(c: char) -> bool {
    between(c) || is_break(c)
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[derive(Clone, Copy, Default)]
struct Group {
    from: usize,
    to: usize,
    digits: usize,
}

/// Groups of digits that stand close together, from one of them on; no more than one number can have.
struct Run<'a> {
    text: &'a str,
    groups: [Group; LONGEST],
    many: usize,
    digits: [u32; LONGEST],
    count: usize,
}

/// Every personal number, telephone, and number of a card after its name.
pub(super) fn numbers(text: &str) -> Vec<Found> {
    let (mut out, mut at, mut last) = (Vec::new(), 0, 0);
    while let Some((far, _)) = text[at..].char_indices().find(|(_, c)| digit(*c).is_some()) {
        let run = Run::new(text, at + far, between);
        let usual = run.number(last).or_else(|| run.passport());
        let usual = usual.map(|(many, known)| (run.groups[many - 1].to, run.identifies(many, known)));
        let unusual = || Some((Run::new(text, at + far, between_or_broken).grouped_somehow()?, true));
        let Some((to, identifies)) = usual.or_else(unusual) else {
            at = run.groups[0].to;
            continue;
        };
        let from = run.from();
        // In a list only the first number is known by its beginning.
        let is_next = last > 0 && matches!(&text[last..from], "," | "/" | ";");
        out.push(Found { from, to, shown: if is_next { 0 } else { 3 }, identifies });
        (at, last) = (to, to);
    }
    out
}

impl<'a> Run<'a> {
    fn new(text: &'a str, from: usize, is_between: fn(char) -> bool) -> Self {
        let mut run = Self { text, groups: [Group::default(); LONGEST], many: 0, digits: [0; LONGEST], count: 0 };
        let mut gap = 1;
        for (far, c) in text[from..].char_indices() {
            if let Some(digit) = digit(c) {
                if gap > 0 {
                    if run.count >= LONGEST {
                        break;
                    }
                    run.many += 1;
                    run.groups[run.many - 1].from = from + far;
                }
                gap = 0;
                if let Some(place) = run.digits.get_mut(run.count) {
                    *place = digit;
                } else if run.many > 1 {
                    // Too many for one number. The first group is looked at to its end, for the next look begins there.
                    run.many -= 1;
                    break;
                }
                run.count += 1;
                let group = &mut run.groups[run.many - 1];
                (group.to, group.digits) = (from + far + c.len_utf8(), group.digits + 1);
            } else if is_between(c) {
                gap += 1;
                if gap > GAP {
                    break;
                }
            } else if !is_invisible(c) {
                break;
            }
        }
        run
    }

    /// The `+` in front belongs to the number.
    fn from(&self) -> usize {
        let from = self.groups[0].from;
        if self.has_plus() { from - 1 } else { from }
    }

    fn has_plus(&self) -> bool {
        self.text[..self.groups[0].from].ends_with('+')
    }

    /// How many groups are one number, if the first ones are, and how it is known.
    fn number(&self, last: usize) -> Option<(usize, Known)> {
        let starts = self.has_plus() || starts(self.text, self.groups[0].from, last);
        let personal = self.card(12);
        let own = personal.filter(|_| starts && self.digits[0] == 0);
        let is_even = |many: &usize| self.groups[..*many].iter().all(|group| group.digits == self.groups[0].digits);
        let card = |many| (many, Known::Card);
        let telephone = || self.telephone().filter(|_| starts).map(|many| (many, Known::Telephone));
        own.filter(is_even).map(card).or_else(telephone).or(own.map(card)).or_else(|| {
            let many = personal.filter(is_even).or_else(|| self.card(9)).or(personal)?;
            self.is_named(many).then_some((many, Known::Named))
        })
    }

    fn identifies(&self, many: usize, known: Known) -> bool {
        match known {
            Known::Telephone => false,
            Known::Card => self.is_citizens() || self.is_named(many),
            Known::Named => true,
        }
    }

    fn is_citizens(&self) -> bool {
        let [a, b, c, century, tens, ..] = self.digits;
        is_born([a, b, c, century, tens])
    }

    /// A letter and seven or eight digits behind the name of a passport.
    fn passport(&self) -> Option<(usize, Known)> {
        let Group { from, digits, .. } = self.groups[0];
        let mut before = self.text[..from].chars().rev();
        let is_letter = before.next().is_some_and(|c| c.is_ascii_alphabetic());
        let is_apart = before.next().is_none_or(|c| !c.is_alphanumeric());
        let ends = !self.after(1).starts_with(char::is_alphanumeric);
        let is_one = matches!(digits, 7 | 8) && is_letter && is_apart && ends;
        (is_one && self.name_before(from - 1, &PASSPORTS).is_some()).then_some((1, Known::Named))
    }

    /// How many groups have so many digits together.
    fn ending(&self, digits: usize) -> Option<usize> {
        let mut sum = 0;
        let many = self.groups[..self.many].iter().position(|group| {
            sum += group.digits;
            sum >= digits
        })?;
        (sum == digits).then_some(many + 1)
    }

    /// The same, with no letter right behind them.
    fn first(&self, digits: usize) -> Option<usize> {
        self.ending(digits).filter(|many| !self.after(*many).starts_with(char::is_alphabetic))
    }

    /// An id goes on after its dash.
    fn is_id(&self, many: usize) -> bool {
        self.gaps(many).any(|(gap, _)| gap.contains('-'))
            && self.after(many).strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    }

    /// What follows so many groups, as it is seen.
    fn after(&self, many: usize) -> &'a str {
        self.text[self.groups[many - 1].to..].trim_start_matches(is_invisible)
    }

    /// What stands behind each of so many groups but the last, and how many digits do so far.
    fn gaps(&self, many: usize) -> impl Iterator<Item = (&'a str, usize)> {
        let text = self.text;
        let mut sum = 0;
        self.groups[..many].windows(2).map(move |pair| {
            sum += pair[0].digits;
            (text[pair[0].to..pair[1].from].trim_matches(is_invisible), sum)
        })
    }

    /// Groups as on a card, none shorter than three.
    fn card(&self, digits: usize) -> Option<usize> {
        let many = self.first(digits)?;
        let is_plain = |c: char| is_blank(c) || is_dash(c) || c == '.' || is_invisible(c);
        let is_one = many == 1
            || (many <= 4
                && self.groups[..many].iter().all(|group| group.digits >= 3)
                && self.gaps(many).all(|(gap, _)| gap.chars().all(is_plain)));
        (is_one && !self.is_id(many)).then_some(many)
    }

    fn telephone(&self) -> Option<usize> {
        let digits = &self.digits[..self.count.min(LONGEST)];
        let length = self.groups[0].digits;
        let in_brackets = self.text[..self.groups[0].from].ends_with('(') && self.after(1).starts_with(')');
        let abroad = self.has_plus() || (length == 2 && in_brackets);
        let total = match digits {
            [0, 3 | 5 | 7..=9, ..] => 10,
            [8, 4, 3 | 5 | 7..=9, ..] if abroad || length >= 4 => 11,
            [8, 4, 0, 3 | 5 | 7..=9, ..] if abroad => 12,
            [0, 0, 8, 4, 3 | 5 | 7..=9, ..] if length >= 4 => 13,
            [0, 0, 8, 4, 0, 3 | 5 | 7..=9, ..] if length >= 4 => 14,
            _ => return None,
        };
        let many = self.first(total)?;
        let mut rest = [0; LONGEST];
        for (place, group) in rest.iter_mut().zip(&self.groups[1..many]) {
            *place = group.digits;
        }
        // "09 12 34 56 78" is a row of numbers, and a day begins with two digits.
        let is_grouped = total > 10 || length >= 3 || (length == 2 && matches!(&rest[..many - 1], [8] | [2, 3, 3]));
        let slashes = self.gaps(many).filter(|(gap, _)| gap.contains('/')).count();
        let is_written = self.gaps(many).all(|(gap, sum)| {
            // Brackets stand around what comes before the number itself.
            let opens = !gap.contains('(') || (total > 10 && sum <= 4);
            let closes = !gap.contains(')') || sum <= 5 || (total > 10 && sum <= 7);
            opens && closes && (gap == "," || !gap.contains(','))
        });
        let is_money = digits[0] == 8 && !abroad && is_money(self.after(many));
        (is_grouped && is_written && (slashes == 0 || slashes == many - 1) && !is_money).then_some(many)
    }

    /// Behind the name of a card, with no other number between.
    fn is_named(&self, many: usize) -> bool {
        let far = self.name_before(self.groups[0].from, &NAMES);
        let after = self.after(many);
        let is_symbol = after.strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        far.is_some_and(|far| far <= NEAR || !is_symbol) && !is_money(after)
    }

    /// How far before this place the nearest of these names ends, with no other number between.
    fn name_before(&self, at: usize, names: &[&str]) -> Option<usize> {
        self.behind(at, names).map(|rest| rest.len())
    }

    /// What stands between the nearest of these names and this place, folded, where no other number does.
    fn behind(&self, at: usize, names: &[&str]) -> Option<String> {
        let before = &self.text[..at];
        let window = before.char_indices().rev().enumerate().take(REACH).take_while(|(far, (_, c))| {
            let ends = matches!(*c, '\n' | ';') && *far > NEAR;
            !ends && *c != '*' && digit(*c).is_none()
        });
        let from = window.last().map_or(before.len(), |(_, (at, _))| at);
        let words = fold(&before[from..]);
        let ends = names.iter().filter_map(|name| words.rfind(name).map(|at| at + name.len()));
        ends.max().map(|end| words[end..].to_owned())
    }
}

/// Do the first digits say where and when a citizen was born? Three of the province, one of sex and century, two of the year:
/// of this century only years that can have been.
fn is_born([a, b, c, century, tens]: [u32; 5]) -> bool {
    let is_year = matches!(century, 0 | 1) || (matches!(century, 2 | 3) && tens < 5);
    PROVINCES.contains(&(a * 100 + b * 10 + c)) && is_year
}

/// Whether a number, whatever stands between its digits, may be a citizen's: by its beginning, or grouped as on a card. A
/// telephone with one or two digits of a house behind it has as many.
pub fn may_be_citizens(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(digit).collect();
    let [a, b, c, century, tens, ..] = digits[..] else { return false };
    let mut groups = number.split(|c: char| digit(c).is_none()).filter(|group| !group.is_empty());
    let is_begun = a == 0 && digits.len() == 12;
    is_begun && (is_born([a, b, c, century, tens]) || groups.all(|group| group.chars().count() >= 3))
}

/// Whether a number may begin here: where no other one goes on, and no word or id but "ĐT" and "số". After `.`, `,` or `/`
/// only behind a letter or at the start, after `-` or `_` only behind a word. `last` is the end of the last number that was found.
fn starts(text: &str, from: usize, last: usize) -> bool {
    let whole = &text[last..from];
    let bare = whole.trim_end_matches(['.', ',', '/']);
    let word = bare.trim_end_matches(['-', '_']);
    match word.chars().next_back() {
        // An id in hexadecimal digits may have a part of letters only.
        Some(c) if c.is_alphabetic() && word.len() < bare.len() => {
            let letters = || word.chars().rev().take_while(|c| c.is_alphanumeric()).take(40);
            letters().all(char::is_alphabetic) && letters().any(|c| !c.is_ascii_hexdigit())
        }
        Some(c) if c.is_alphabetic() => {
            let mut back = word.chars().rev();
            let is_short = matches!(
                (back.next(), back.next()),
                (Some('t' | 'T'), Some('đ' | 'Đ' | 'ð' | 'Ð')) | (Some('ố' | 'Ố'), Some('s' | 'S'))
            );
            bare.len() < whole.len() || is_short
        }
        last => last.is_none_or(|c| digit(c).is_none()),
    }
}

fn is_money(after: &str) -> bool {
    let next: String = after.trim_start().chars().take(5).flat_map(char::to_lowercase).collect();
    MONEY.iter().any(|word| next.starts_with(word))
}
