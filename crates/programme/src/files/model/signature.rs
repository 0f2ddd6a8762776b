//! Does a file bear a digital signature that covers all of it? Presence, not validity: whose it is and whether it holds is
//! asked where signatures are verified.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is seen of a signature in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signature {
    None,
    /// Something was added after the last signature.
    Changed,
    Whole,
}

impl Signature {
    pub const ALL: [Self; 3] = [Self::None, Self::Changed, Self::Whole];

    /// As it is stored, and the last part of its words' key.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "unsigned",
            Self::Changed => "changed",
            Self::Whole => "signed",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }
}

/// So many places that say what is signed are looked at: a document has a few, and each costs a walk over its signature.
const MOST: usize = 256;
/// No signature is longer, written out.
const LONGEST: usize = 1 << 20;

/// A PDF says which of its bytes are signed: all but the signature itself, which stands between two stretches as letters
/// of hexadecimal digits. So it lies open in the file, and no reader of PDF is needed to see it.
pub fn signature(bytes: &[u8]) -> Signature {
    if !bytes.starts_with(b"%PDF-") {
        return Signature::None;
    }
    let whole = bytes.trim_ascii_end().len();
    let (mut found, mut seen) = (Signature::None, BTreeMap::new());
    for at in places(bytes, b"/ByteRange").take(MOST) {
        let Some(range) = range(&bytes[at..]).filter(|range| is_around(bytes, at, *range)) else { continue };
        // The same stretch is walked over once, however often it is named.
        let [_, first, second, rest] = range;
        if !*seen.entry((first, second)).or_insert_with(|| is_signature(bytes, first, second)) {
            continue;
        }
        if second.saturating_add(rest) >= whole {
            return Signature::Whole;
        }
        found = Signature::Changed;
    }
    found
}

fn places<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(word.len()).enumerate().filter(move |(_, window)| *window == word).map(|(at, _)| at + word.len())
}

/// `[0 840 7000 512]`.
fn range(bytes: &[u8]) -> Option<[usize; 4]> {
    const LONGEST: usize = 200;
    let near = &bytes[..bytes.len().min(LONGEST)];
    let text = std::str::from_utf8(&near[..near.iter().position(|byte| *byte == b']')?]).ok()?;
    let (before, numbers) = text.split_once('[')?;
    let mut list = numbers.split_ascii_whitespace().map(|number| number.parse().ok());
    let range = [list.next()??, list.next()??, list.next()??, list.next()??];
    (before.trim().is_empty() && list.next().is_none()).then_some(range)
}

/// The two stretches lie in the file, and what they leave out stands near by and is no longer than a signature.
fn is_around(bytes: &[u8], at: usize, [start, first, second, rest]: [usize; 4]) -> bool {
    /// The dictionary of a signature stands around its contents.
    const AROUND: usize = 4096;
    let is_near = at.abs_diff(first).min(at.abs_diff(second)) < AROUND;
    let is_inside = start == 0 && first < second && second.checked_add(rest).is_some_and(|end| end <= bytes.len());
    is_near && is_inside && second - first <= LONGEST
}

/// What is left out is just one string of hexadecimal digits, which holds a structure of ASN.1; and what is signed is the
/// document, not only its time.
fn is_signature(bytes: &[u8], first: usize, second: usize) -> bool {
    let [b'<', digits @ .., b'>'] = bytes.get(first..second).unwrap_or_default() else { return false };
    let is_hex = digits.iter().all(|byte| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace());
    // A SEQUENCE; a place kept for a signature that never came holds noughts.
    let is_der = digits.starts_with(b"30") && digits.iter().filter(|byte| **byte != b'0').count() > 64;
    is_hex && is_der && !is_time_stamp(bytes, first, second)
}

fn is_time_stamp(bytes: &[u8], first: usize, second: usize) -> bool {
    const AROUND: usize = 512;
    let before = &bytes[first.saturating_sub(AROUND)..first];
    let behind = &bytes[second..bytes.len().min(second + AROUND)];
    let says = |part, word| places(part, word).next().is_some();
    [&b"/DocTimeStamp"[..], b"/ETSI.RFC3161"].iter().any(|word| says(before, word) || says(behind, word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A file with a dictionary as signers write it, and `after` behind what it covers.
    fn pdf(kind: &str, contents: &str, after: &str) -> Vec<u8> {
        let head = format!("%PDF-1.7\n1 0 obj << /Type /Sig /SubFilter /{kind} /Contents ");
        let (first, second) = (head.len(), head.len() + contents.len());
        let tail = |rest: usize| format!(" /ByteRange [0 {first} {second} {rest:08}] >> endobj\n%%EOF\n");
        let rest = tail(0).len();
        format!("{head}{contents}{}{after}", tail(rest)).into_bytes()
    }

    fn cms() -> String {
        format!("<30820a1b{}0000>", "06092a864886f70d010702a0".repeat(20))
    }

    #[test]
    fn a_signature_that_covers_the_file_is_seen() {
        assert_eq!(signature(&pdf("adbe.pkcs7.detached", &cms(), "")), Signature::Whole);
        assert_eq!(signature(&pdf("ETSI.CAdES.detached", &cms(), "\r\n")), Signature::Whole);
        assert_eq!(signature(&pdf("adbe.pkcs7.detached", &cms(), "2 0 obj << >> endobj %%EOF")), Signature::Changed);
    }

    #[test]
    fn a_place_kept_for_a_signature_and_a_time_stamp_are_none() {
        let empty = format!("<{}>", "0".repeat(400));
        for contents in [empty.as_str(), "<30>", "(text)"] {
            assert_eq!(signature(&pdf("adbe.pkcs7.detached", contents, "")), Signature::None, "{contents}");
        }
        assert_eq!(signature(&pdf("ETSI.RFC3161", &cms(), "")), Signature::None);
        for other in [
            &b"%PDF-1.7 nothing"[..],
            b"PK\x03\x04 /ByteRange [0 1 2 3]",
            b"",
            b"%PDF- /ByteRange [0 9 99999999999999999999 1]",
        ] {
            assert_eq!(signature(other), Signature::None);
        }
    }

    #[test]
    fn a_file_that_is_made_to_be_walked_over_again_and_again_is_looked_at_once() {
        let long = format!("<30{}>", "a".repeat(LONGEST));
        assert_eq!(signature(&pdf("adbe.pkcs7.detached", &long, "")), Signature::None, "too long for a signature");
        let after = |count: usize| format!("adbe.pkcs7.detached {}", "/ByteRange [0 1 2 3] ".repeat(count));
        assert_eq!(signature(&pdf(&after(MOST - 1), &cms(), "")), Signature::Whole);
        assert_eq!(signature(&pdf(&after(MOST), &cms(), "")), Signature::None, "nobody looks so far");
        // The same place said twice, the first time far from it.
        let file = String::from_utf8(pdf("adbe.pkcs7.detached", &cms(), "")).unwrap();
        let said = &file[file.find("/ByteRange").unwrap()..file.find(" >> endobj").unwrap()];
        let twice = format!("{file}{}{said}", " ".repeat(8192));
        assert_eq!(signature(twice.as_bytes()), Signature::Changed);
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        assert!(Signature::ALL.into_iter().all(|one| Signature::parse(one.code()) == Some(one)));
    }

    proptest! {
        #[test]
        fn no_file_is_too_odd_to_be_looked_at(bytes in prop::collection::vec(any::<u8>(), 0..200), numbers in "[0-9 ]{0,40}") {
            let mut file = b"%PDF-1.7 /ByteRange [".to_vec();
            file.extend(numbers.bytes().chain(*b"] <30").chain(bytes));
            signature(&file);
        }

        /// Cut anywhere, it is no longer signed.
        #[test]
        fn what_is_cut_is_not_signed(at in 1_usize..400) {
            let whole = pdf("adbe.pkcs7.detached", &cms(), "");
            prop_assert_eq!(signature(&whole[..whole.len() - at]), Signature::None);
        }
    }
}
