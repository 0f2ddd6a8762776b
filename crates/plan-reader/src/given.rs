//! Work that is given out in sentences: "Giao Sở A …", "Sở B …", or lines below the name of a body.

use crate::{
    Form, Span, Task,
    narrative::{self, Reason},
    order::{self, Order, Via},
    outline::{Block, Chapter, Text},
    sentence, task, when,
};

/// What came of a sentence that no label, table or target holds.
#[derive(Debug, Clone)]
pub enum Came {
    Task(Box<Task>),
    Narrative(Reason),
    /// Neither an order nor anything that can be named.
    Unplaced,
}

#[derive(Debug, Clone)]
pub struct Said {
    pub span: Span,
    pub came: Came,
}

/// What stands above an item: who is told, by when, and how sure that is.
#[derive(Debug, Clone, Default)]
struct Above {
    lead: Vec<String>,
    with: Vec<String>,
    time: String,
    /// A line that asks for what follows, of whom it does not say: "UBND tỉnh yêu cầu:".
    asks: bool,
}

impl Above {
    fn of(block: &Block) -> Self {
        let mut above = Self::default();
        for heading in block.above.iter().rev() {
            if above.lead.is_empty()
                && let Some(lead) = order::addressed(&heading.text)
            {
                above.lead = lead;
            } else if above.lead.is_empty()
                && heading.text.ends_with(':')
                && let Some(Order { lead, with, .. }) = order::order(&heading.text)
            {
                (above.lead, above.with) = (lead, with);
            }
            if above.time.is_empty() && heading.text.ends_with(':') {
                above.time = when::deadline(&heading.text);
            }
        }
        above
    }
}

/// Reads the sentences of a block that has no labels. `document` is what its kind is expected to hold.
pub fn said(block: &Block, leads_on: bool, asked: bool, is_last: bool, text_of: &dyn Fn(&Text, std::ops::Range<usize>) -> Span) -> Vec<Said> {
    let mut above = Above::of(block);
    above.asks = above.asks || asked;
    let mut out: Vec<Said> = Vec::new();
    for (nth, text) in block.texts.iter().enumerate() {
        let ranges = pieces(&text.text);
        let last = ranges.len().saturating_sub(1);
        let mut open: Option<usize> = None;
        for (at, range) in ranges.into_iter().enumerate() {
            let sentence = text.text.get(range.clone()).unwrap_or_default();
            let span = text_of(text, range);
            let ends = is_last && nth + 1 == block.texts.len() && at == last;
            let came = came(block, &above, sentence, span, ends, leads_on);
            match (came, open) {
                // What follows an order in its paragraph and is none itself says more of it.
                (Came::Unplaced | Came::Narrative(Reason::Past | Reason::Funding | Reason::Opening), Some(task)) => {
                    extend(&mut out[task], sentence, span);
                }
                (came, _) => {
                    open = matches!(came, Came::Task(_)).then_some(out.len());
                    out.push(Said { span, came });
                }
            }
        }
    }
    out
}

/// Sentences, and the parts of one that each tell another body: "Sở A làm X; Sở B làm Y."
fn pieces(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    for range in sentence::sentences(text) {
        let mut start = range.start;
        let sentence = text.get(range.clone()).unwrap_or_default();
        for (at, _) in sentence.match_indices(';') {
            let next = range.start + at + 1;
            let (before, after) = (text.get(start..next).unwrap_or_default(), text.get(next..range.end).unwrap_or_default());
            if order::order(before).is_some() && order::order(after.trim_start()).is_some_and(|order| order.via != Via::Inside) {
                out.push(start..next);
                start = next;
            }
        }
        out.push(start..range.end);
    }
    out
}

fn came(block: &Block, above: &Above, sentence: &str, span: Span, ends: bool, leads_on: bool) -> Came {
    let chapter = block.chapter();
    let reason = narrative::reason(sentence, chapter, ends);
    let strong = matches!(reason, Some(Reason::Situation | Reason::Purpose | Reason::Praise | Reason::Closing | Reason::Force));
    if strong {
        return reason.map_or(Came::Unplaced, Came::Narrative);
    }
    if let Some(order) = order::order(sentence) {
        return made(block, &order, above, sentence, span);
    }
    if let Some(reason) = reason.filter(|reason| above.lead.is_empty() || *reason != Reason::Funding) {
        return Came::Narrative(reason);
    }
    let told = block.mark.is_some() || !block.above.is_empty();
    if told && !leads_on && (!above.lead.is_empty() || above.asks) && sentence.trim().chars().count() >= 12 {
        let order = Order { lead: above.lead.clone(), with: vec![], via: Via::Subject, sure: if above.lead.is_empty() { 60 } else { 90 } };
        return made(block, &order, above, sentence, span);
    }
    Came::Unplaced
}

fn made(block: &Block, order: &Order, above: &Above, sentence: &str, span: Span) -> Came {
    let text = sentence.trim().to_owned();
    let with = Some(order.with.clone()).filter(|with| !with.is_empty()).unwrap_or_else(|| order::with(&text));
    let with = if with.is_empty() { above.with.clone() } else { with };
    let own = when::deadline(&text);
    let time = if own.is_empty() { above.time.clone() } else { own };
    Came::Task(Box::new(Task {
        id: String::new(),
        section: block.section(),
        form: Form::Block,
        embedded_targets: task::embedded(&text),
        lead: order.lead.clone(),
        coordinating: with,
        time: crate::time::parse(&time),
        result: None,
        confidence: order.sure,
        source: span,
        text,
    }))
}

fn extend(said: &mut Said, sentence: &str, span: Span) {
    if let Came::Task(task) = &mut said.came {
        task.text = format!("{} {}", task.text, sentence.trim());
        task.source = task.source.to(span);
        if task.time.raw.is_empty() {
            task.time = crate::time::parse(&when::deadline(sentence));
        }
    }
    said.span = said.span.to(span);
}

/// Chapters whose sentences give work to bodies, in a document that lists its tasks elsewhere too.
pub fn assigns(chapter: Chapter) -> bool {
    matches!(chapter, Chapter::Organisation | Chapter::Funding | Chapter::Reporting)
}
