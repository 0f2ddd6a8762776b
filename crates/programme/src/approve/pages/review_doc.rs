//! The document of a review: its words by the place where each sentence ended, linked to what became of them, and what found
//! no place.

use kernel::Lang;
use minijinja::{Value, context};
use plan_reader::{Place, Reason};
use webkit::Req;

use crate::{
    ids::FindingId,
    pages::words,
    plans::{
        model::{
            placed::{self, REASONS, Sentence, code, in_line, reason_code, without_mark},
            queue::Spot,
        },
        store::finding::Finding,
    },
};

/// Words of the document that became something that is reviewed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub spot: Spot,
    pub start: usize,
    pub end: usize,
}

/// Sentences of one place that are shown by themselves, and those without one that are shown with their acts.
const MOST: usize = 300;

pub(super) struct Doc<'a> {
    pub req: &'a Req,
    pub text: &'a str,
    pub sentences: &'a [Sentence],
    /// Those of them without a place.
    pub unplaced: &'a [Sentence],
    pub findings: &'a [Finding],
    /// In the order of the document.
    pub marks: Vec<Mark>,
    /// The bytes of what is looked at.
    pub on: Option<(usize, usize)>,
    /// What the page's other addresses keep: `&order=doubts`.
    pub keep: &'a str,
}

impl Doc<'_> {
    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// How many sentences stand in each place, each with the way to see them alone.
    pub fn legend(&self, only: Option<Place>) -> Vec<Value> {
        let one = |(place, count): (Place, usize)| {
            let code = code(place);
            let href = format!("?place={code}{}#document", self.keep);
            context! { code, count, href, on => only == Some(place) }
        };
        placed::counts(self.sentences).into_iter().map(one).collect()
    }

    /// That nothing of the document would be given, in figures of its sentences; `was_read` where something was, and was
    /// dropped.
    pub fn no_orders(&self, was_read: bool) -> Value {
        let count = placed::coverage(self.sentences);
        let duties = self.sentences.iter().filter(|sentence| sentence.place == Place::Duty).count();
        context! {
            was_read, duties, placed => count.placed, narrative => count.narrative, unplaced => count.unplaced,
            narrative_href => format!("?place=narrative{}#document", self.keep),
        }
    }

    /// What found no place, for the list over the page.
    pub fn strip(&self) -> Value {
        let one = |sentence: &Sentence| {
            let text = in_line(self.slice(sentence.start, sentence.end));
            let text: String = text.chars().take(160).collect();
            let href = format!("?place=unplaced{}#at-{}", self.keep, sentence.start);
            context! { href, text }
        };
        context! { count => self.unplaced.len(), list => self.unplaced.iter().take(MOST).map(one).collect::<Vec<_>>() }
    }

    /// The sentence that begins at this byte, as the form for a new task proposes it.
    pub fn proposed(&self, at: &str) -> Value {
        let at = at.parse::<usize>().ok();
        let found = self.sentences.iter().find(|sentence| Some(sentence.start) == at);
        let (text, source) = found.map_or_else(Default::default, |sentence| {
            let text = in_line(self.slice(sentence.start, sentence.end));
            (without_mark(&text).to_owned(), format!("{}-{}", sentence.start, sentence.end))
        });
        context! { text, source }
    }

    /// Why a sentence orders nothing, to choose from.
    pub fn reasons(&self) -> Vec<String> {
        REASONS.iter().chain(&[Reason::Layout]).map(|reason| why(self.req, *reason)).collect()
    }

    /// Why it is narrative: as it was read, or as somebody said.
    fn reason(&self, sentence: &Sentence) -> String {
        if sentence.place != Place::Narrative {
            return String::new();
        }
        let said = sentence.doubt.and_then(|index| self.findings.get(index));
        match (sentence.reason, said) {
            (Some(reason), _) => why(self.req, reason),
            (None, Some(finding)) => match &finding.reason {
                Some(reason) => reason.as_str().to_owned(),
                None => words(self.req, "finding-settled", &[]),
            },
            (None, None) => String::new(),
        }
    }

    fn is_on(&self, start: usize, end: usize) -> bool {
        self.on.is_some_and(|(from, until)| start < until && from < end)
    }

    /// The sentences of one place alone, each with the way to what became of it.
    pub fn only(&self, place: Place) -> Vec<Value> {
        let mut out = Vec::new();
        for sentence in self.sentences.iter().filter(|sentence| sentence.place == place).take(MOST) {
            let near = |mark: &&Mark| mark.start < sentence.end && sentence.start < mark.end;
            let spot = self.marks.iter().find(near).map(|mark| mark.spot);
            self.sentence(sentence, (sentence.start, sentence.end), spot, &mut out);
            out.push(plain("\n\n"));
        }
        out
    }

    /// The document from `from` to `until`, cut where places and what is reviewed begin and end.
    pub fn pieces(&self, (from, until): (usize, usize)) -> Vec<Value> {
        let mut out: Vec<Value> = Vec::new();
        let mut at = from;
        let mut marks = self.marks.iter().filter(|mark| mark.start < mark.end && mark.end <= until).peekable();
        while let Some(mark) = marks.next() {
            if mark.start < at {
                continue;
            }
            // Others of the same sentence share its words: their links lead there too.
            let mut also = Vec::new();
            while let Some(other) = marks.next_if(|other| other.start < mark.end) {
                also.push(format!("span-{}", other.spot));
            }
            self.gap(at, mark.start, &mut out);
            out.push(context! {
                kind => "mark", text => self.slice(mark.start, mark.end), place => code(of(mark.spot)), also,
                id => format!("span-{}", mark.spot), on => self.is_on(mark.start, mark.end), href => self.href(mark.spot),
            });
            at = mark.end;
        }
        self.gap(at, until, &mut out);
        out
    }

    fn href(&self, spot: Spot) -> String {
        format!("?{}{}#{}", spot.query(), self.keep, spot.anchor())
    }

    /// What lies between two of them.
    fn gap(&self, from: usize, until: usize, out: &mut Vec<Value>) {
        let mut at = from;
        let first = self.sentences.partition_point(|sentence| sentence.end <= from);
        for sentence in self.sentences[first..].iter().take_while(|sentence| sentence.start < until) {
            let (start, end) = (sentence.start.max(at), sentence.end.min(until));
            if at < start {
                out.push(plain(self.slice(at, start)));
            }
            self.sentence(sentence, (start, end), None, out);
            at = end.max(at);
        }
        if at < until {
            out.push(plain(self.slice(at, until)));
        }
    }

    /// These bytes of a sentence, the blanks around them left out of its colour.
    fn sentence(&self, sentence: &Sentence, (start, end): (usize, usize), spot: Option<Spot>, out: &mut Vec<Value>) {
        let whole = self.slice(start, end);
        let core = whole.trim();
        if core.is_empty() {
            out.push(plain(whole));
            return;
        }
        let lead = whole.len() - whole.trim_start().len();
        let tail = whole.trim_end().len();
        out.extend((lead > 0).then(|| plain(&whole[..lead])));
        // A sentence whose beginning another one holds is no place to link to.
        let is_whole = start == sentence.start;
        out.push(context! {
            kind => "place", text => core, place => code(sentence.place), why => self.reason(sentence), at => sentence.start, is_whole,
            on => self.is_on(start, end), href => spot.map(|spot| self.href(spot)),
            add => (is_whole && sentence.place == Place::Narrative).then(|| self.add(sentence)),
            unplaced => is_whole.then(|| self.acts(sentence)).flatten(),
        });
        out.extend((tail < whole.len()).then(|| plain(&whole[tail..])));
    }

    /// The way to the form for a new task with its words.
    fn add(&self, sentence: &Sentence) -> String {
        format!("?add={}{}#add", sentence.start, self.keep)
    }

    /// What can be done with a sentence without a place, and the ways to those before and after it.
    fn acts(&self, sentence: &Sentence) -> Option<Value> {
        let all = self.unplaced;
        let at = all.binary_search_by_key(&sentence.start, |other| other.start).ok().filter(|at| *at < MOST)?;
        let start = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|other| other.start);
        let open = sentence.doubt.and_then(|index| self.findings.get(index)).filter(|finding| finding.state == "open");
        let finding = open.map(|finding| {
            let many = all.iter().filter(|other| other.doubt == sentence.doubt).count();
            context! { id => FindingId::from_uuid(finding.id).to_string(), rev => finding.rev, many }
        });
        Some(context! {
            finding, guess => guessed(self.req, self.slice(sentence.start, sentence.end)), number => at + 1, before => start(at.checked_sub(1)), after => start(Some(at + 1)),
            add => self.add(sentence),
            next => format!("place=unplaced{}#document", self.keep),
        })
    }
}

/// In words.
fn why(req: &Req, reason: Reason) -> String {
    words(req, &format!("why-{}", reason_code(reason).replace('_', "-")), &[])
}

/// The reason that is chosen before anybody chooses one; most often none.
pub(super) fn guessed(req: &Req, text: &str) -> Option<String> {
    placed::guess(text).map(|reason| why(req, reason))
}

fn of(spot: Spot) -> Place {
    match spot {
        Spot::Target(_) => Place::Target,
        Spot::Duty(_) => Place::Duty,
        Spot::Head | Spot::Row(_) | Spot::Finding(_) => Place::Task,
    }
}

fn plain(text: &str) -> Value {
    context! { kind => "plain", text }
}

/// A doubt in the language of its reader.
pub(super) fn said(lang: Lang, finding: &Finding) -> &str {
    if lang == Lang::Vi { &finding.message_vi } else { &finding.message_en }
}
