//! Where every sentence of the document ended: each in exactly one place, and the whole text is covered.

use crate::{
    Coverage, Form, Place, Placed, Plan, Reason, Span, mirror::Rows, paragraph::Paragraph, region::Region, sentence,
    table,
};

/// What else is known of a stretch that no row holds.
#[derive(Debug, Clone)]
pub struct Known {
    pub span: Span,
    pub place: Place,
    pub reason: Option<Reason>,
}

/// Sentences that are held against the rows of tables; a plan has some dozens.
const MIRRORED: usize = 2_000;

/// Rows first, then what was said of a sentence, then the region it stands in.
pub fn places(text: &str, paragraphs: &[Paragraph], regions: &[Region], plan: &Plan, known: &[Known]) -> Vec<Placed> {
    let rows = rows(plan);
    let mut known: Vec<&Known> = known.iter().collect();
    known.sort_by_key(|known| known.span.start);
    let mut found: Vec<Placed> = Vec::new();
    for (paragraph, region) in paragraphs.iter().zip(regions) {
        let ranges = match paragraph.cells() {
            Some(_) => std::iter::once(0..paragraph.text.len()).collect(),
            None => sentence::sentences(&paragraph.text),
        };
        let is_frame = paragraph.cells().is_some_and(|cells| table::is_frame(&cells));
        let mut locate = Locate::new(text, paragraph);
        for range in ranges {
            let source = locate.span(range);
            if source.start < source.end {
                found.push(placed(source, is_frame, *region, &rows, &known));
            }
        }
    }
    let tables = plan.tasks.iter().filter(|task| task.form == Form::Table);
    let tables = Rows::of(tables.map(|task| task.text.as_str()));
    for placed in found.iter_mut().filter(|placed| placed.place == Place::Unplaced).take(MIRRORED) {
        let sentence = text.get(placed.source.start..placed.source.end).unwrap_or_default();
        if tables.holds(sentence) {
            (placed.place, placed.reason) = (Place::Narrative, Some(Reason::Mirrored));
        }
    }
    covered(text, found)
}

/// Source, place and id of each row, in order of their beginnings.
fn rows(plan: &Plan) -> Vec<(Span, Place, Option<String>)> {
    let tasks = plan.tasks.iter().map(|task| (task.source, Place::Task, Some(task.id.clone())));
    let targets = plan.targets.iter().map(|target| (target.source, Place::Target, Some(target.id.clone())));
    let duties = plan.duties.iter().map(|duty| (duty.source, Place::Duty, None));
    let mut rows: Vec<_> = tasks.chain(targets).chain(duties).collect();
    rows.sort_by_key(|(span, ..)| span.start);
    rows
}

fn placed(
    source: Span,
    is_frame: bool,
    region: Region,
    rows: &[(Span, Place, Option<String>)],
    known: &[&Known],
) -> Placed {
    let until = rows.partition_point(|(span, ..)| span.start < source.end);
    let row = rows[..until].iter().rev().take(64).find(|(span, ..)| overlaps(*span, source));
    let until = known.partition_point(|known| known.span.start < source.end);
    let known = known[..until].iter().rev().take(64).find(|known| overlaps(known.span, source));
    // What a sentence strives for is a target, and what it asks for beside that may be an order.
    let is_left = |place| place == Place::Target && known.is_some_and(|known| known.place == Place::Unplaced);
    if let Some((_, place, row)) = row.filter(|(_, place, _)| !is_left(*place)) {
        return Placed { source, place: *place, reason: None, row: row.clone() };
    }
    if let Some(known) = known {
        return Placed { source, place: known.place, reason: known.reason, row: None };
    }
    let place = match region {
        _ if is_frame => Place::Heading,
        Region::Head => Place::Head,
        Region::Ground => Place::Ground,
        Region::Receivers => Place::Receivers,
        Region::Signature => Place::Signature,
        Region::Body => Place::Unplaced,
    };
    Placed { source, place, reason: None, row: None }
}

fn overlaps(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// Closes the gaps: blanks go to what stands before them, and what no paragraph holds is the layout's.
fn covered(text: &str, found: Vec<Placed>) -> Vec<Placed> {
    let mut out: Vec<Placed> = Vec::with_capacity(found.len());
    let mut at = 0;
    let layout = |start, end| Placed {
        source: Span::new(start, end),
        place: Place::Narrative,
        reason: Some(Reason::Layout),
        row: None,
    };
    for mut next in found {
        next.source.start = next.source.start.max(at);
        if next.source.start >= next.source.end {
            continue;
        }
        let gap = text.get(at..next.source.start).unwrap_or_default();
        if gap.trim().is_empty() {
            match out.last_mut() {
                Some(last) => last.source.end = next.source.start,
                None => next.source.start = 0,
            }
        } else {
            out.push(layout(at, next.source.start));
        }
        at = next.source.end;
        out.push(next);
    }
    match out.last_mut() {
        Some(last) if text.get(at..).unwrap_or_default().trim().is_empty() => last.source.end = text.len(),
        _ if at < text.len() => out.push(layout(at, text.len())),
        _ => {}
    }
    out
}

pub fn coverage(places: &[Placed]) -> Coverage {
    let mut count = Coverage::default();
    for placed in places.iter().filter(|placed| placed.reason != Some(Reason::Layout)) {
        match placed.place {
            Place::Unplaced => count.unplaced += 1,
            Place::Narrative => count.narrative += 1,
            _ => count.placed += 1,
        }
    }
    count
}

/// Finds pieces of a paragraph, whose blanks and marks were cleaned, in the document's text; only forward.
pub struct Locate<'a> {
    text: &'a str,
    paragraph: &'a str,
    end: usize,
    /// How far both are read.
    at: usize,
    seen: usize,
}

impl<'a> Locate<'a> {
    pub fn new(text: &'a str, paragraph: &'a Paragraph) -> Self {
        Self::within(text, &paragraph.text, paragraph.span)
    }

    /// `piece` stands within the span.
    pub fn within(text: &'a str, piece: &'a str, span: Span) -> Self {
        Self { text, paragraph: piece, end: span.end.min(text.len()), at: span.start, seen: 0 }
    }

    /// Where the bytes `range` of the piece stand.
    pub fn span(&mut self, range: std::ops::Range<usize>) -> Span {
        self.read_to(range.start);
        let start = self.at;
        self.read_to(range.end);
        Span::new(start, self.at.max(start))
    }

    fn read_to(&mut self, until: usize) {
        let piece = self.paragraph.get(self.seen..until).unwrap_or_default();
        let rest = self.text.get(self.at..self.end).unwrap_or_default();
        // Most pieces stand in the text as they are.
        let same = common(piece, rest);
        self.at += same.trim_end().len();
        let piece = &piece[same.len()..];
        for wanted in piece.chars().filter(|c| !c.is_whitespace()) {
            let rest = self.text.get(self.at..self.end).unwrap_or_default();
            let Some((skipped, found)) = rest.char_indices().find(|(_, c)| *c == wanted) else { break };
            self.at += skipped + found.len_utf8();
        }
        self.seen = self.seen.max(until);
    }
}

/// What two texts begin with alike.
fn common<'a>(one: &'a str, other: &str) -> &'a str {
    if other.starts_with(one) {
        return one;
    }
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let same = (0..=same).rev().find(|at| one.is_char_boundary(*at)).unwrap_or(0);
    &one[..same]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_found_in_the_text_as_it_was_written() {
        let text = "1.  Giao   Sở A\n rà soát.  Sở B làm.";
        let piece = "Giao Sở A rà soát. Sở B làm.";
        let mut locate = Locate::within(text, piece, Span::new(0, text.len()));
        let spans: Vec<Span> = sentence::sentences(piece).into_iter().map(|range| locate.span(range)).collect();
        assert_eq!(&text[spans[0].start..spans[0].end], "1.  Giao   Sở A\n rà soát.");
        assert_eq!(text[spans[1].start..spans[1].end].trim(), "Sở B làm.");
    }
}
