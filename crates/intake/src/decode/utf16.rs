//! UTF-16 that does not say so: only the right half of each letter makes letters.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::model::Charset;

/// The text, where nearly all of it is of Vietnamese, English or signs in one of the two orders.
pub(super) fn guess(bytes: &[u8]) -> Option<(Charset, String)> {
    let orders: [(Charset, &'static Encoding); 2] = [(Charset::Utf16Le, UTF_16LE), (Charset::Utf16Be, UTF_16BE)];
    orders.into_iter().find_map(|(charset, order)| {
        let (text, is_broken) = order.decode_without_bom_handling(bytes);
        (!is_broken && is_plausible(&text)).then(|| (charset, text.into_owned()))
    })
}

fn is_plausible(text: &str) -> bool {
    let (mut all, mut well, mut plain) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        well += usize::from(is_expected(c));
        plain += usize::from(c.is_ascii_graphic());
    }
    plain > 0 && well * 50 >= all * 49
}

fn is_expected(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' | ' '..='~' => true,
        _ => matches!(c as u32, 0xA0..=0x24F | 0x300..=0x36F | 0x1E00..=0x1EFF | 0x2000..=0x22FF | 0xFEFF),
    }
}
