//! The unit of a figure: the words behind it, or a level before it.

use std::ops::Range;

use super::{amount, model::Unit};
use crate::{token::Tokens, unit};

/// Words that no unit is made of where it is not known.
const NO_UNIT: &[&str] = &[
    "và", "hoặc", "được", "có", "trong", "trên", "của", "cho", "tại", "đạt", "là", "với", "để", "đến", "từ", "do",
    "vào", "ở", "so", "nhưng", "phải", "không", "theo", "bằng", "như", "còn", "lên", "xuống", "trở", "thì", "mà",
    "nếu", "khi", "đã", "sẽ", "các", "những", "này", "nêu", "đang", "hằng", "mỗi", "trước", "sau", "dưới", "hơn",
    "tối", "ít", "khoảng", "gần", "về", "cùng", "tổng", "phấn", "hiện", "nhằm", "bao", "gồm", "thuộc", "tương",
    "tháng", "năm", "quý", "tuần", "ngày", "giờ", "phút", "giây", "tiếp", "nữa", "đều", "ngoài", "số", "mới",
];

/// The unit behind a number, and the place after it.
pub fn behind(tokens: &Tokens, at: usize) -> Option<(Unit, usize)> {
    if let Some(end) = percent(tokens, at) {
        return Some(made(tokens, at..per(tokens, end), 1.0, true));
    }
    let (scale, next) = scale(tokens, at);
    let end = measure(tokens, next).or_else(|| unit::known(tokens, next).filter(|_| !is_stuck(tokens, next)));
    if let Some(end) = end {
        return Some(made(tokens, at..per(tokens, end), scale, true));
    }
    let end = generic(tokens, next).unwrap_or(next);
    (end > at).then(|| made(tokens, at..per(tokens, end), scale, end == next))
}

fn made(tokens: &Tokens, span: Range<usize>, scale: f64, is_known: bool) -> (Unit, usize) {
    let end = span.end;
    let text = crate::collapse(tokens.written(span));
    (Unit { text, scale, is_before: false, is_known }, end)
}

fn percent(tokens: &Tokens, at: usize) -> Option<usize> {
    if matches!(tokens.sign(at), Some('%' | '‰' | '％')) {
        return Some(at + 1);
    }
    match tokens.phrase(at, "điểm") {
        Some(next) if tokens.sign(next) == Some('%') => Some(next + 1),
        _ => tokens.any(at, &["phần trăm", "điểm phần trăm"]),
    }
}

fn scale(tokens: &Tokens, at: usize) -> (f64, usize) {
    let (mut scale, mut next) = (1.0, at);
    while let Some(more) = unit::scale(tokens, next).filter(|_| next < at + 3) {
        scale *= more;
        next += 1;
    }
    (scale, next)
}

/// "km2", "m³", "MW", "ha": short names, which may stand right behind the digits.
fn measure(tokens: &Tokens, at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let is_short = unit::SHORT.contains(&tokens.word(at)) && !is_letter(token.text);
    let raised = tokens.is_glued(at + 1)
        && (matches!(tokens.digits(at + 1), "2" | "3") || matches!(tokens.sign(at + 1), Some('²' | '³')));
    is_short.then_some(if raised { at + 2 } else { at + 1 })
}

/// 5G and 3D count nothing; 5 V and 5 W do.
pub fn is_letter(written: &str) -> bool {
    matches!(written, "G" | "M" | "T" | "L")
}

fn is_stuck(tokens: &Tokens, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| is_letter(token.text))
}

/// Up to two words of a name: "05 chuỗi giá trị" counts "chuỗi giá".
fn generic(tokens: &Tokens, at: usize) -> Option<usize> {
    let fits = |at: usize| !tokens.word(at).is_empty() && !NO_UNIT.contains(&tokens.word(at));
    if !fits(at) || tokens.is_glued(at) {
        return None;
    }
    let second = fits(at + 1) && !tokens.is_capital(at + 1) && !unit::begins(tokens, at + 1);
    Some(if second { at + 2 } else { at + 1 })
}

/// "/người/năm", "/10.000 dân", "trên 10.000 dân"
fn per(tokens: &Tokens, at: usize) -> usize {
    let mut end = at;
    for _ in 0..3 {
        let opens =
            if tokens.sign(end) == Some('/') { Some(end + 1) } else { tokens.any(end, &["trên", "trên một"]) };
        let Some(next) = opens else { break };
        let is_slash = tokens.sign(end) == Some('/');
        let Some(of) = whole(tokens, next).or_else(|| one(tokens, next).filter(|_| is_slash)) else { break };
        end = of;
    }
    end
}

/// "10.000 dân", "1 vạn dân"
fn whole(tokens: &Tokens, at: usize) -> Option<usize> {
    let amount = amount::read(tokens, at)?;
    let (_, next) = scale(tokens, amount.next);
    tokens.any(next, &["người dân", "dân", "hộ dân", "trẻ đẻ sống"])
}

fn one(tokens: &Tokens, at: usize) -> Option<usize> {
    let word = tokens.word(at);
    let known = measure(tokens, at).or_else(|| unit::known(tokens, at));
    known.or_else(|| (!word.is_empty() && !tokens.is_capital(at)).then_some(at + 1))
}

/// A level whose number follows: "cấp độ 3", "hạng 15", "Tier 3". Where its words begin.
pub fn level_before(tokens: &Tokens, at: usize) -> Option<(Unit, usize)> {
    const LEVELS: [&str; 11] =
        ["cấp độ", "mức độ", "thứ hạng", "vị trí thứ", "xếp thứ", "đứng thứ", "tier", "hạng", "mức", "bậc", "top"];
    let plain = || {
        let before = at.checked_sub(1).filter(|_| tokens.ends_with(at, "cấp"))?;
        // "trường cấp 3" is a school; a level is reached.
        tokens.ends_with_any(before, &["tối thiểu", "ít nhất", "đạt", "chuẩn"]).then_some(&"cấp")
    };
    let words = LEVELS.iter().find(|words| tokens.ends_with(at, words)).or_else(plain)?;
    let start = at.checked_sub(words.split(' ').count())?;
    let text = tokens.written(start..at).to_owned();
    Some((Unit { text, scale: 1.0, is_before: true, is_known: true }, start))
}

/// The 4 of "mức độ 3, 4" and of "mức độ 3 và 4" is of the same level.
pub fn level_of_list(tokens: &Tokens, at: usize) -> Option<Unit> {
    let before = at.checked_sub(1)?;
    let joins = tokens.sign(before) == Some(',') || tokens.word(before) == "và";
    let other = at.checked_sub(2).filter(|other| joins && !tokens.digits(*other).is_empty() && !tokens.is_glued(at))?;
    level_before(tokens, other).map(|(unit, _)| unit)
}
