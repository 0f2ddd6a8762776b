//! Bytes to text: which charset it is, and whether that is sure.

use std::sync::LazyLock;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::{
    judge::{Look, look},
    model::{Charset, Decoded, Doubt},
    old,
    pair::has_pair,
    utf16,
};

/// Words that are syllables in the right charset; some words of a text are foreign.
const WELL: f64 = 0.9;
/// The share that words have in a wrong one at most.
const CHANCE: f64 = 0.4;
/// The share that a few words may have there by chance.
const LUCK: f64 = 0.75;
/// Fewer words prove nothing against letters that are valid as they are.
const FEW: u32 = 3;

/// The text of bytes in any charset that Vietnamese offices write. Text that is UTF-8 and Vietnamese is only put in NFC.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some(marked) = marked(bytes) {
        return marked;
    }
    let utf8 = std::str::from_utf8(bytes);
    let may_be_wide = utf8.is_err() || bytes.contains(&0);
    if let Some((charset, text)) = may_be_wide.then(|| utf16::guess(bytes)).flatten() {
        return Decoded::new(charset, &text, None);
    }
    match utf8 {
        Ok(text) => valid(text),
        Err(error) => nearly_utf8(bytes, error.valid_up_to()).unwrap_or_else(|| eight_bits(bytes)),
    }
}

fn marked(bytes: &[u8]) -> Option<Decoded> {
    let orders = [(Charset::Utf16Le, UTF_16LE, [0xFF, 0xFE]), (Charset::Utf16Be, UTF_16BE, [0xFE, 0xFF])];
    let (charset, order, mark) = orders.into_iter().find(|(.., mark)| bytes.starts_with(mark))?;
    let (text, is_broken) = order.decode_without_bom_handling(&bytes[mark.len()..]);
    let broken = is_broken.then(|| Doubt::Broken { at: text.find('\u{fffd}').unwrap_or(0) });
    Some(Decoded::new(charset, &text, broken))
}

/// UTF-8 of which a byte was lost: what is whole is far more than what is broken.
fn nearly_utf8(bytes: &[u8], at: usize) -> Option<Decoded> {
    let text = String::from_utf8_lossy(bytes);
    let (broken, whole): (Vec<char>, Vec<char>) =
        text.chars().filter(|c| !c.is_ascii()).partition(|c| *c == '\u{fffd}');
    let is_utf8 = whole.len() > broken.len() * 10;
    is_utf8.then(|| Decoded::new(Charset::Utf8, &text, Some(Doubt::Broken { at })))
}

/// Bytes that are no UTF-8: whichever charset makes words of them.
fn eight_bits(bytes: &[u8]) -> Decoded {
    let (windows, _) = WINDOWS_1258.decode_without_bom_handling(bytes);
    let (latin, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let mut readings = [
        (Charset::Windows1258, windows.nfc().collect::<String>()),
        (Charset::Tcvn3, old::tcvn3(&latin)),
        (Charset::Vni, old::vni(&latin)),
    ]
    .map(|(charset, text)| (look(&text), charset, text));
    readings.sort_by(|(one, ..), (other, ..)| other.share.total_cmp(&one.share));
    let [(best, charset, text), (next, ..), _] = &readings;
    let is_sure = best.share >= WELL && next.share <= LUCK && next.wrong() > best.wrong() + 1;
    if best.share > CHANCE {
        return Decoded::new(*charset, text, (!is_sure).then_some(Doubt::Unsure));
    }
    Decoded::new(Charset::Windows1252, &latin, Some(Doubt::Unsure))
}

/// Valid UTF-8, in which letters of an old font may stand that somebody copied.
fn valid(text: &str) -> Decoded {
    if !may_be_suspicious(text) || !text.contains(is_suspicious) {
        return Decoded::new(Charset::Utf8, text, None);
    }
    if let Some((charset, better)) = mended(text) {
        return Decoded::new(charset, &better, None);
    }
    let lines = text.lines().zip(1..).filter(|(line, _)| line.contains(is_suspicious));
    let old = lines.filter_map(|(line, at)| mended(line).map(|(charset, _)| Doubt::OldCode { charset, line: at }));
    Decoded::new(Charset::Utf8, text, { old }.next())
}

/// Signs and letters of Latin-1 that stand in no Vietnamese word.
fn is_suspicious(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{ff}') && !"ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý".contains(c)
}

/// By its bytes, for nearly every text has none of them.
fn may_be_suspicious(text: &str) -> bool {
    static BEHIND: LazyLock<[bool; 256]> = LazyLock::new(|| {
        let mut behind = [false; 256];
        let suspicious = ('\u{c0}'..='\u{ff}').filter(|c| is_suspicious(*c));
        suspicious.for_each(|c| behind[usize::from(c.encode_utf8(&mut [0; 2]).as_bytes()[1])] = true);
        behind
    });
    let behind = &*BEHIND;
    has_pair(text, |lead, last| lead == 0xc2 || lead == 0xc3 && behind[usize::from(last)])
}

/// The text as it was meant, where it makes no words as it stands and does in another reading.
fn mended(text: &str) -> Option<(Charset, String)> {
    if look(text).share > CHANCE {
        return None;
    }
    let readings = [(Charset::Tcvn3, old::tcvn3(text)), (Charset::Vni, old::vni(text))];
    let all = readings.into_iter().chain(once_less(text).map(|text| (Charset::Utf8Twice, text)));
    let best = all.map(|(charset, text)| (look(&text), charset, text)).max_by(|a, b| a.0.share.total_cmp(&b.0.share));
    let is_sure = |look: &Look| look.words >= FEW && look.share >= WELL;
    best.filter(|(look, ..)| is_sure(look)).map(|(_, charset, text)| (charset, text))
}

fn once_less(text: &str) -> Option<String> {
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(text);
    if is_lossy { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

#[cfg(test)]
mod tests;
