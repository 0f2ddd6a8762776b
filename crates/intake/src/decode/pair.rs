//! Letters found by their bytes: sooner than letter by letter, where nearly every text has none of them.

/// Bytes that are looked at before what was found is asked.
const STRETCH: usize = 4096;

/// Whether any two bytes beside each other are such. Within a stretch nothing is branched on.
pub fn has_pair(text: &str, is_such: impl Fn(u8, u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    bytes
        .chunks(STRETCH)
        .zip(next.chunks(STRETCH))
        .any(|(ones, nexts)| ones.iter().zip(nexts).fold(false, |found, (one, next)| found | is_such(*one, *next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_found_wherever_it_stands_and_nothing_is_read_behind_its_stretch() {
        let is_such = |one: u8, next: u8| (one, next) == (b'x', b'y');
        for before in [0, 1, STRETCH - 2, STRETCH - 1, STRETCH, STRETCH + 1, 2 * STRETCH - 1] {
            let text = format!("{}xy{}", "a".repeat(before), "b".repeat(9));
            assert!(has_pair(&text, is_such), "{before}");
            assert!(!has_pair(&text.replace('y', "z"), is_such), "{before}");
        }
        assert!(!has_pair("", is_such) && !has_pair("x", is_such) && has_pair("xy", is_such));
        let asked = std::cell::Cell::new(0);
        let all = |one: u8, next: u8| {
            asked.set(asked.get() + 1);
            is_such(one, next)
        };
        assert!(has_pair(&format!("xy{}", "a".repeat(9 * STRETCH)), all));
        assert_eq!(asked.get(), STRETCH);
    }
}
