//! Letters found by their bytes: sooner than letter by letter, where nearly every text has none of them.

/// Whether any two bytes beside each other are such. Nothing is branched on.
pub fn has_pair(text: &str, is_such: impl Fn(u8, u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (one, next)| found | is_such(*one, *next))
}
