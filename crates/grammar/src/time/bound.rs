//! The words that bind a time: "trước ngày", "chậm nhất là", "đến hết", "từ".

use super::model::Bound;
use crate::token::Tokens;

// The longer of two phrases that begin alike stands first.
const BEFORE: [&str; 2] = ["trước thời điểm", "trước"];
const BY: [&str; 20] = [
    "không muộn hơn",
    "không chậm hơn",
    "không quá",
    "chậm nhất là",
    "chậm nhất",
    "muộn nhất là",
    "muộn nhất",
    "từ nay đến",
    "từ nay cho đến",
    "hạn chót",
    "hạn cuối",
    "thời hạn hoàn thành",
    "thời hạn",
    "thời điểm",
    "cho đến",
    "kéo dài đến",
    "đến",
    "hết",
    "tối đa",
    "hạn",
];
const IN: [&str; 10] = [
    "ngay trong",
    "trong vòng",
    "trong thời hạn",
    "trong thời gian",
    "trong khoảng",
    "trong suốt",
    "trong",
    "vào khoảng",
    "vào",
    "suốt",
];
const FROM: [&str; 7] = ["kể từ", "bắt đầu từ", "tính từ", "từ sau", "từ", "sau thời hạn", "sau"];
const LINK: [&str; 3] = ["là", "khoảng", "cuối cùng là"];

/// Of how many phrases one bound is made at most.
const MOST: usize = 5;

/// What the words at a place say of a time behind them, and the place of that time.
pub fn read(tokens: &Tokens, at: usize) -> (Bound, usize) {
    let (mut bound, mut next) = (Bound::Bare, at);
    for _ in 0..MOST {
        let Some((said, end)) = one(tokens, next) else { break };
        bound = stronger(bound, said);
        next = tokens.any(end, &LINK).unwrap_or(end);
        if tokens.sign(next) == Some(':') {
            next += 1;
        }
    }
    (bound, next)
}

fn one(tokens: &Tokens, at: usize) -> Option<(Bound, usize)> {
    let kinds: [(Bound, &[&str]); 4] =
        [(Bound::By, &BY), (Bound::Before, &BEFORE), (Bound::In, &IN), (Bound::From, &FROM)];
    kinds.iter().find_map(|(bound, phrases)| Some((*bound, tokens.any(at, phrases)?)))
}

fn stronger(before: Bound, said: Bound) -> Bound {
    let rank = |bound| match bound {
        Bound::Bare => 0,
        Bound::In => 1,
        Bound::From => 2,
        Bound::By => 3,
        Bound::Before => 4,
    };
    if rank(said) >= rank(before) { said } else { before }
}
