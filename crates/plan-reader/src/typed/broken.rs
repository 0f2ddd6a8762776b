//! Words that a converter broke before a letter that its font did not have: "t ỉnh", "ki ểm", "ngu ồn". What it broke is put
//! together, and the blank goes to the next gap, so that columns stay where they are.

/// Broken words that nothing else explains, from which a text is one of those.
const FEWEST: usize = 4;

/// What a syllable may begin with, before its vowel.
const ONSETS: [&str; 28] = [
    "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

/// Vowels that stand before the one that was lost: "hi ệu", "ngu ồn", "tuy ển".
const GLIDES: [&str; 6] = ["i", "o", "u", "y", "uy", "ư"];

/// Words that begin with such a letter of their own.
const WORDS: [&str; 24] = [
    "ở", "ủy", "ổn", "ấn", "ưu", "ước", "ứng", "ảnh", "ấy", "ẩn", "ưng", "ủng", "ẩm", "ổ", "ướt", "ươm", "ủ", "ấp",
    "ắt", "ốm", "ức", "ếch", "ấm", "ạ",
];

/// The text with its words whole; nothing where none was broken.
pub fn mended(text: &str) -> Option<String> {
    let sure = text.lines().flat_map(pairs).filter(|(head, tail)| is_onset(head) && is_lost(tail));
    sure.take(FEWEST).count().eq(&FEWEST).then(|| text.split_inclusive('\n').map(line).collect())
}

/// Words that a single blank parts.
fn pairs(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.match_indices(' ').map(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + 1..]);
        (before.rsplit(' ').next().unwrap_or_default(), after.split(' ').next().unwrap_or_default())
    })
}

fn line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut owed = 0;
    let mut rest = line;
    while let Some(at) = rest.find(' ') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let gap = after.len() - after.trim_start_matches(' ').len();
        let next = &after[gap..];
        let head = out.rsplit([' ', '(', '“', '"', '/', '-']).next().unwrap_or_default();
        let tail = next.split([' ', '\n', '\r']).next().unwrap_or_default();
        if gap == 1 && is_broken(head, tail) {
            owed += 1;
        } else {
            let more = if gap > 1 { std::mem::take(&mut owed) } else { 0 };
            out.extend(std::iter::repeat_n(' ', gap + more));
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

fn is_broken(head: &str, tail: &str) -> bool {
    if !is_lost(tail) {
        return false;
    }
    let is_word = || {
        let bare = tail.trim_end_matches(|c: char| !c.is_alphabetic());
        WORDS.contains(&bare)
    };
    is_onset(head) || begins_syllable(head) && !is_word()
}

/// Whether a word begins with a letter that a plain font lacks.
fn is_lost(word: &str) -> bool {
    word.starts_with(|c: char| matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'ư') && c.is_lowercase())
}

/// Consonants alone are no word.
fn is_onset(word: &str) -> bool {
    let small = word.to_lowercase();
    ONSETS.contains(&small.as_str()) && word.chars().skip(1).all(char::is_lowercase)
}

/// An onset with the first vowels of its syllable.
fn begins_syllable(word: &str) -> bool {
    let small = word.to_lowercase();
    let begun = |glide: &str| small.strip_suffix(glide).is_some_and(|onset| ONSETS.contains(&onset));
    word.chars().skip(1).all(char::is_lowercase) && GLIDES.iter().any(|glide| begun(glide))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_words_are_put_together_and_columns_stay() {
        let broken = "S ở Y t ế ki ểm tra đợt hai     Sở Nội vụ\ntr ước s ắp x ếp, ngu ồn v ốn c ủa t ỉnh (th ực hi ện) ở xã, chi ủy ổn định";
        let whole = "Sở Y tế kiểm tra đợt hai        Sở Nội vụ\ntrước sắp xếp, nguồn vốn của tỉnh (thực hiện) ở xã, chi ủy ổn định";
        assert_eq!(mended(broken).as_deref(), Some(whole));
    }

    #[test]
    fn a_text_without_broken_words_stays() {
        assert_eq!(mended("Cơ sở ở xã; nơi ở; khối B ở phường; thu ước đạt; tổ ứng cứu; chi ủy"), None);
    }
}
