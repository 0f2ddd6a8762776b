//! Numbers in words: "hai mươi lăm", "một trăm linh năm".

use crate::token::Tokens;

/// The number that words say at a place (below a thousand), and the place after them.
pub fn read(tokens: &Tokens, at: usize) -> Option<(u32, usize)> {
    let (hundreds, next) = hundreds(tokens, at);
    if next > at && tokens.any(next, &["linh", "lẻ"]).is_some() {
        let ones = digit(tokens.word(next + 1))?;
        return Some((hundreds + ones, next + 2));
    }
    match below_hundred(tokens, next) {
        Some((rest, end)) => Some((hundreds + rest, end)),
        None => (next > at).then_some((hundreds, next)),
    }
}

/// Whether a number in words can begin at a place.
pub fn begins(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    word == "mười" || digit(word).is_some()
}

fn hundreds(tokens: &Tokens, at: usize) -> (u32, usize) {
    match digit(tokens.word(at)) {
        Some(count) if tokens.word(at + 1) == "trăm" => (count * 100, at + 2),
        _ => (0, at),
    }
}

fn below_hundred(tokens: &Tokens, at: usize) -> Option<(u32, usize)> {
    if tokens.word(at) == "mười" {
        return Some(with_ones(tokens, 10, at + 1));
    }
    let first = digit(tokens.word(at))?;
    match tokens.word(at + 1) {
        "mươi" => Some(with_ones(tokens, first * 10, at + 2)),
        _ => Some((first, at + 1)),
    }
}

fn with_ones(tokens: &Tokens, tens: u32, at: usize) -> (u32, usize) {
    let ones = match tokens.word(at) {
        "lăm" => Some(5),
        "mốt" => Some(1),
        "tư" => Some(4),
        // "mười năm" is ten years.
        "năm" => None,
        word => digit(word),
    };
    ones.map_or((tens, at), |ones| (tens + ones, at + 1))
}

fn digit(word: &str) -> Option<u32> {
    Some(match word {
        "không" => 0,
        "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}
