//! Where each sentence of a document under review ended: as it was read, and as people decided since.

use std::cmp::Reverse;

use plan_reader::{Coverage, Place, Placed, Reason};

/// All places, in the order of a legend: what nobody placed comes first.
pub const ALL: [Place; 10] = [
    Place::Unplaced,
    Place::Task,
    Place::Target,
    Place::Duty,
    Place::Narrative,
    Place::Heading,
    Place::Head,
    Place::Ground,
    Place::Receivers,
    Place::Signature,
];

/// Doubts of the reader about sentences that found no place.
pub const UNPLACED: [&str; 2] = ["unplaced", "maybe_task"];

pub fn code(place: Place) -> &'static str {
    match place {
        Place::Unplaced => "unplaced",
        Place::Task => "task",
        Place::Target => "target",
        Place::Duty => "duty",
        Place::Narrative => "narrative",
        Place::Heading => "heading",
        Place::Head => "head",
        Place::Ground => "ground",
        Place::Receivers => "receivers",
        Place::Signature => "signature",
    }
}

pub fn parse(text: &str) -> Option<Place> {
    ALL.into_iter().find(|place| code(*place) == text)
}

/// Reasons that a person can give why a sentence orders nothing; the program alone says that something is the layout's.
pub const REASONS: [Reason; 11] = [
    Reason::Situation,
    Reason::Purpose,
    Reason::Past,
    Reason::Praise,
    Reason::Opening,
    Reason::Closing,
    Reason::Funding,
    Reason::Force,
    Reason::Report,
    Reason::Rule,
    Reason::Mirrored,
];

/// What a sentence without a place is where its look or its words say so: a line of the layout, who pays, what
/// is in force.
pub fn guess(text: &str) -> Option<Reason> {
    /// Heads of parts are no longer.
    const HEAD: usize = 80;
    let line = in_line(text);
    let folded = kernel::text::fold(without_mark(&line));
    let begins = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    let is_head = line.chars().count() <= HEAD
        && (begins(&["phu luc", "bieu so", "mau so", "bieu mau"]) || line.to_uppercase() == line);
    match () {
        () if is_head => Some(Reason::Layout),
        () if begins(&["kinh phi", "nguon kinh phi"]) => Some(Reason::Funding),
        () if folded.contains("co hieu luc") => Some(Reason::Force),
        () => None,
    }
}

pub fn reason_code(reason: Reason) -> &'static str {
    match reason {
        Reason::Situation => "situation",
        Reason::Purpose => "purpose",
        Reason::Past => "past",
        Reason::Praise => "praise",
        Reason::Closing => "closing",
        Reason::Opening => "opening",
        Reason::Funding => "funding",
        Reason::Force => "force",
        Reason::Report => "report",
        Reason::Rule => "rule",
        Reason::Mirrored => "mirrored",
        Reason::Layout => "layout",
    }
}

/// Bytes that a row, a target or a duty was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub start: usize,
    pub end: usize,
    pub place: Place,
}

/// A doubt about sentences that found no place, by its number among those of the page.
#[derive(Debug, Clone, Copy)]
pub struct Doubt {
    pub start: usize,
    pub end: usize,
    pub is_open: bool,
    pub index: usize,
}

/// A sentence as it stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    pub start: usize,
    pub end: usize,
    pub place: Place,
    pub reason: Option<Reason>,
    /// The doubt about it, by its number.
    pub doubt: Option<usize>,
}

/// Spans that may lie within each other, so ordered that those over some bytes are found without walking them all.
struct Spans<T>(Vec<(usize, usize, T)>);

impl<T: Copy> Spans<T> {
    /// How many spans before the last that begins in time may reach further than it.
    const BACK: usize = 64;

    fn of(mut spans: Vec<(usize, usize, T)>) -> Self {
        // Of two that begin together the one within the other is found first.
        spans.sort_by_key(|(start, end, _)| (*start, Reverse(*end)));
        Self(spans)
    }

    fn over(&self, start: usize, end: usize) -> Option<T> {
        let until = self.0.partition_point(|(begins, ..)| *begins < end);
        let mut near = self.0[..until].iter().rev().take(Self::BACK);
        near.find(|(_, ends, _)| start < *ends).map(|(_, _, what)| *what)
    }
}

/// Where they stand now: what became a row, a target or a duty since is one; of what a person set aside or compared nothing
/// is asked. The layout's own lines are none.
pub fn sentences(places: &[Placed], held: &[Held], doubts: &[Doubt]) -> Vec<Sentence> {
    let held = Spans::of(held.iter().map(|held| (held.start, held.end, held.place)).collect());
    let doubts = Spans::of(doubts.iter().map(|doubt| (doubt.start, doubt.end, *doubt)).collect());
    let one = |placed: &Placed| {
        let (start, end) = (placed.source.start, placed.source.end);
        let doubt = doubts.over(start, end).filter(|_| placed.place == Place::Unplaced);
        let place = match (held.over(start, end), doubt) {
            (Some(place), _) => place,
            (None, Some(doubt)) if !doubt.is_open => Place::Narrative,
            _ => placed.place,
        };
        Sentence { start, end, place, reason: placed.reason, doubt: doubt.map(|doubt| doubt.index) }
    };
    places.iter().filter(|placed| placed.reason != Some(Reason::Layout)).map(one).collect()
}

/// How many sentences stand in each place, those of [`ALL`] that have any.
pub fn counts(sentences: &[Sentence]) -> Vec<(Place, usize)> {
    let of = |place: Place| sentences.iter().filter(|sentence| sentence.place == place).count();
    ALL.into_iter().map(|place| (place, of(place))).filter(|(_, count)| *count > 0).collect()
}

/// The same in three figures: what has a place, what has none, and what orders nothing.
pub fn coverage(sentences: &[Sentence]) -> Coverage {
    let mut count = Coverage::default();
    for sentence in sentences {
        match sentence.place {
            Place::Unplaced => count.unplaced += 1,
            Place::Narrative => count.narrative += 1,
            _ => count.placed += 1,
        }
    }
    count
}

/// Whether nothing but blanks of `start..end` lies outside these spans.
pub fn is_covered(text: &str, (start, end): (usize, usize), spans: &[(usize, usize)]) -> bool {
    let mut spans: Vec<(usize, usize)> = spans.to_vec();
    spans.sort_unstable();
    let is_blank = |from: usize, until: usize| text.get(from..until).is_none_or(|piece| piece.trim().is_empty());
    let mut at = start;
    for (begins, ends) in spans {
        if at < begins.min(end) && !is_blank(at, begins.min(end)) {
            return false;
        }
        at = at.max(ends);
    }
    at >= end || is_blank(at, end)
}

/// A passage in one line.
pub fn in_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands behind its mark: "c) …", "2. …", "- …".
pub fn without_mark(text: &str) -> &str {
    let is_mark = |mark: &str| mark.chars().count() <= 6 && (mark.ends_with([')', '.']) || matches!(mark, "-" | "+"));
    text.split_once(' ').filter(|(mark, _)| is_mark(mark)).map_or(text, |(_, rest)| rest)
}

/// The sentence from which `text` was taken, where it says more: whose the figure is, or of what. A row of a table is none.
pub fn said_whole(quote: &str, text: &str) -> Option<String> {
    if quote.contains('\t') {
        return None;
    }
    let whole = in_line(quote);
    let whole = without_mark(&whole);
    let says_more = !whole.is_empty() && kernel::text::fold(whole) != kernel::text::fold(text);
    says_more.then(|| whole.to_owned())
}

#[cfg(test)]
mod tests {
    use plan_reader::Span;

    use super::*;

    fn placed(start: usize, end: usize, place: Place) -> Placed {
        Placed { source: Span::new(start, end), place, reason: None, row: None }
    }

    #[test]
    fn what_became_a_row_or_was_set_aside_is_no_longer_unplaced() {
        let places = [10, 20, 30, 40].map(|end| placed(end - 10, end, Place::Unplaced));
        let held = [Held { start: 10, end: 20, place: Place::Task }];
        let doubt = |start, end, is_open, index| Doubt { start, end, is_open, index };
        let doubts = [doubt(0, 20, true, 0), doubt(20, 30, false, 1)];
        let now = sentences(&places, &held, &doubts);
        let places: Vec<Place> = now.iter().map(|sentence| sentence.place).collect();
        assert_eq!(places, [Place::Unplaced, Place::Task, Place::Narrative, Place::Unplaced]);
        assert_eq!(now[0].doubt, Some(0));
        assert_eq!(now[3].doubt, None, "no doubt was kept of it");
        assert_eq!(counts(&now), [(Place::Unplaced, 2), (Place::Task, 1), (Place::Narrative, 1)]);
        assert_eq!(coverage(&now), Coverage { placed: 1, unplaced: 2, narrative: 1 });
    }

    #[test]
    fn of_what_begins_together_the_narrower_says_what_it_is() {
        let places = [placed(0, 10, Place::Unplaced), placed(10, 20, Place::Unplaced)];
        let held = |end, place| Held { start: 0, end, place };
        let (narrow, wide) = (held(10, Place::Target), held(20, Place::Task));
        for both in [[narrow, wide], [wide, narrow]] {
            let now: Vec<Place> = sentences(&places, &both, &[]).iter().map(|sentence| sentence.place).collect();
            assert_eq!(now, [Place::Target, Place::Task]);
        }
    }

    #[test]
    fn the_layout_is_no_sentence() {
        let line = Placed { reason: Some(Reason::Layout), ..placed(0, 5, Place::Narrative) };
        assert!(sentences(&[line], &[], &[]).is_empty());
    }

    #[test]
    fn a_doubt_is_settled_once_all_of_its_words_stand_in_rows() {
        let text = "Một câu.  Hai câu. ";
        assert!(!is_covered(text, (0, text.len()), &[(0, 11)]));
        assert!(is_covered(text, (0, text.len()), &[(13, text.len() - 1), (0, 11)]));
        assert!(is_covered(text, (0, 11), &[(0, 30)]));
        assert!(!is_covered(text, (0, text.len()), &[]));
    }

    #[test]
    fn a_sentence_is_shown_without_its_mark_and_only_where_it_says_more() {
        for (text, rest) in [
            ("c) Cầu tre.", "Cầu tre."),
            ("12. Cầu tre.", "Cầu tre."),
            ("- Cầu tre.", "Cầu tre."),
            ("Cầu tre.", "Cầu tre."),
            ("Xong.", "Xong."),
        ] {
            assert_eq!(without_mark(text), rest);
        }
        assert_eq!(
            said_whole("a)  60% hộ và\n70% doanh nghiệp có mạng.", "60% hộ").as_deref(),
            Some("60% hộ và 70% doanh nghiệp có mạng.")
        );
        assert_eq!(said_whole("a) 60% hộ có mạng.", "60% hộ có mạng"), None);
        assert_eq!(said_whole("1\tTỷ lệ hộ có mạng\t60%", "Tỷ lệ hộ có mạng"), None);
        assert_eq!(said_whole("", "60%"), None);
    }

    #[test]
    fn a_reason_is_guessed_only_where_the_line_says_it() {
        for (line, reason) in [
            ("PHỤ LỤC I", Some(Reason::Layout)),
            ("Phụ lục I. Danh mục nhiệm vụ", Some(Reason::Layout)),
            ("DANH MỤC NHIỆM VỤ NĂM 2026", Some(Reason::Layout)),
            ("- 12 -", Some(Reason::Layout)),
            ("c) Kinh phí thực hiện do ngân sách bảo đảm.", Some(Reason::Funding)),
            ("Kế hoạch này có hiệu lực kể từ ngày ký.", Some(Reason::Force)),
            ("Cầu tre bắc qua suối nhỏ.", None),
            ("", Some(Reason::Layout)),
        ] {
            assert_eq!(guess(line), reason, "{line}");
        }
    }

    #[test]
    fn every_place_and_reason_has_its_code() {
        for place in ALL {
            assert_eq!(parse(code(place)), Some(place));
            assert_eq!(serde_json::json!(place), code(place), "as readings have it");
        }
        for reason in REASONS {
            assert_eq!(serde_json::json!(reason), reason_code(reason));
        }
        assert_eq!(parse("layout"), None);
    }
}
