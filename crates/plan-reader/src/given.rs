//! Work that is given out in sentences: "Giao Sở A …", "Sở B …", or lines below the name of a body.

use crate::{
    Duty, Form, Place, Plan, Reason, SURE, Span, Task, TimeKind, duty,
    field::{self, Field},
    head::kind::{self, Holds},
    marker::{Level, Mark},
    narrative::{self, Asked},
    order::{self, Order, Via},
    outline::{Block, Chapter, Text},
    paragraph::is_shouting,
    part,
    place::{Known, Locate},
    task, time, who, work,
};

/// What came of a sentence that no label, table or target holds.
#[derive(Debug, Clone)]
enum Came {
    Task(Box<Task>),
    Duty(Box<Duty>),
    /// Unplaced where it is neither an order nor anything that can be named.
    Place(Place, Option<Reason>),
}

#[derive(Debug, Clone)]
struct Said {
    span: Span,
    came: Came,
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
    fn asked(&self) -> Asked {
        match (self.lead.is_empty(), self.asks) {
            (false, _) => Asked::Body,
            (true, true) => Asked::Somebody,
            (true, false) => Asked::Nobody,
        }
    }

    fn of(block: &Block) -> Self {
        let mut above = Self::default();
        for heading in block.above.iter().rev() {
            if above.lead.is_empty()
                && let Some(lead) = order::addressed(&heading.text)
            {
                above.lead = lead;
            } else if above.lead.is_empty() && order::asks(&heading.text) {
                above.asks = true;
            } else if above.lead.is_empty()
                && order::opens_list(&heading.text)
                && let Some(Order { lead, with, .. }) = order::order(&heading.text)
            {
                (above.lead, above.with) = (lead, with);
            }
            if above.time.is_empty() {
                let own =
                    || if order::opens_list(&heading.text) { time::deadline(&heading.text) } else { String::new() };
                above.time = heading.time.clone().unwrap_or_else(own);
            }
        }
        if let Some(led) = block.led {
            above.asks = above.asks || order::asks(led);
            let order = order::order(led).filter(|order| order.via != Via::Subject);
            if let Some(Order { lead, with, .. }) = order.clone().filter(|_| above.lead.is_empty()) {
                above.asks = true;
                if !lead.iter().all(|name| who::is_generic(name)) {
                    (above.lead, above.with) = (lead, with);
                }
            }
            if above.time.is_empty() && order.is_some() {
                above.time = time::deadline(led);
            }
        }
        above
    }
}

/// The heading that a block stands below, and the line that opens its list.
type Below<'a> = (Option<usize>, Option<&'a str>);

/// Adds the tasks that sentences give, and says what every other sentence is. `is_listed` where the document lists its tasks
/// with labels or in a table too.
pub fn orders(text: &str, blocks: &[Block], plan: &mut Plan, is_listed: bool) -> Vec<Known> {
    let holds = kind::holds(plan.document.kind.as_deref());
    // A form and a part of a rule may name what they come with; they are no kind of document themselves.
    let is_headless = plan.document.kind.is_none();
    let taken = Taken::of(plan);
    let mut known = Vec::new();
    // Items beside each other stand below the same headings.
    let mut last: Option<(Below, Above)> = None;
    for (at, block) in blocks.iter().enumerate() {
        let owned = block.fields.iter().any(|(field, _)| matches!(field, Field::Lead | Field::Implementers));
        if owned || taken.holds(block.span()) {
            known.extend(title_of(block));
            if owned || !taken.leaves_some(block) {
                continue;
            }
        }
        let under = blocks.get(at + 1).is_some_and(|next| next.above.len() > block.above.len());
        let reader = Reader { text, block, taken: &taken, holds, is_listed, is_headless, opens: under };
        let below = (block.above.last().map(|heading| heading.block), block.led);
        let above = match last.take() {
            Some((same, above)) if same == below => above,
            _ => Above::of(block),
        };
        last = Some((below, above.clone()));
        for said in reader.read(above) {
            match said.came {
                Came::Task(task) => plan.tasks.push(*task),
                Came::Duty(duty) => plan.duties.push(*duty),
                Came::Place(place, reason) => known.push(Known { span: said.span, place, reason }),
            }
        }
    }
    plan.tasks.sort_by_key(|task| task.source.start);
    known
}

/// The line above duties or targets that names whose they are, or what they are about.
fn title_of(block: &Block) -> Option<Known> {
    let first = block.texts.first().filter(|first| block.texts.len() > 1 || order::addressed(first.text).is_some())?;
    let is_title = !first.text.trim_end().ends_with(['.', ';']);
    is_title.then_some(Known { span: first.span, place: Place::Heading, reason: None })
}

/// What labels, the chapters on targets and those on duties hold already.
struct Taken(Vec<(usize, usize)>);

impl Taken {
    /// Beginnings in order, each with the furthest end of it and those before.
    fn of(plan: &Plan) -> Self {
        let tasks = plan.tasks.iter().map(|task| task.source);
        let targets = plan.targets.iter().map(|target| target.source);
        let duties = plan.duties.iter().map(|duty| duty.source);
        let mut spans: Vec<(usize, usize)> =
            tasks.chain(targets).chain(duties).map(|span| (span.start, span.end)).collect();
        spans.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut spans {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self(spans)
    }

    fn holds(&self, span: Span) -> bool {
        let before = self.0.partition_point(|(start, _)| *start < span.end);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, end)| span.start < *end)
    }

    /// Work among the duties of a block, or the last sentence behind them.
    fn leaves_some(&self, block: &Block) -> bool {
        let is_last = |text: &str| narrative::reason(text, Chapter::Other, Asked::Somebody) == Some(Reason::Closing);
        let is_left = |text: &Text| !self.holds(text.span) && (is_dated(block, text.text) || is_last(text.text));
        block.chapter() == Chapter::Organisation && block.texts.iter().any(is_left)
    }
}

fn is_dated(block: &Block, text: &str) -> bool {
    work::is_dated(text, || duty::who(block, text))
}

struct Reader<'a> {
    text: &'a str,
    block: &'a Block<'a>,
    taken: &'a Taken,
    holds: Holds,
    is_listed: bool,
    is_headless: bool,
    /// Items stand under it.
    opens: bool,
}

impl Reader<'_> {
    fn read(&self, mut above: Above) -> Vec<Said> {
        let mut out: Vec<Said> = Vec::new();
        let texts = self.block.texts.iter().enumerate();
        for (nth, text) in texts.filter(|(_, text)| !self.taken.holds(text.span)) {
            let mut locate = Locate::within(self.text, text.text, text.span);
            let mut open: Option<usize> = None;
            for (at, range) in part::parts(text.text).into_iter().enumerate() {
                let sentence = text.text.get(range.clone()).unwrap_or_default();
                let mut span = locate.span(range);
                if at == 0 {
                    // Its mark belongs to it.
                    span.start = text.span.start;
                    if sentence.is_empty() {
                        span.end = text.span.end;
                    }
                }
                match (self.came(&above, nth, sentence, span), open) {
                    // What follows an order in its paragraph and is none itself says more of it.
                    (Came::Place(Place::Unplaced | Place::Narrative, reason), Some(task))
                        if says_more(reason) && order::order(sentence).is_none() =>
                    {
                        extend(&mut out[task], sentence, span);
                    }
                    (came, _) => {
                        if nth == 0 && matches!(came, Came::Place(Place::Heading, _)) {
                            Self::lead_on(sentence, &mut above);
                        }
                        open = matches!(came, Came::Task(_)).then_some(out.len());
                        out.push(Said { span, came });
                    }
                }
            }
        }
        out
    }

    fn came(&self, above: &Above, nth: usize, sentence: &str, span: Span) -> Came {
        let chapter = self.block.chapter();
        let narrative = |reason| Came::Place(Place::Narrative, Some(reason));
        let is_title = self.block.mark.as_ref().is_some_and(|mark| mark.level == Level::Part)
            && nth < 4
            && !sentence.trim_end().ends_with(['.', ';'])
            // A row that lost its columns is no title.
            && !sentence.trim_start().starts_with(|c: char| c.is_ascii_digit())
            && !sentence.contains('%');
        // Whoever nobody knows is told where something stands below: "Phân công lịch trực ở các trạm" may be all.
        let told = self.opens || self.block.texts.len() > 1 || sentence.trim_end().ends_with(':');
        let names = |lead: Vec<String>| told || lead.iter().all(|name| who::begins(name));
        let names = !sentence.trim_end().ends_with('.') && order::addressed(sentence).is_some_and(names);
        let opens = sentence.trim_end().ends_with(':') && (order::asks(sentence) || order::order(sentence).is_none());
        if nth == 0 && self.is_heading(sentence) && self.is_dated_item(above, sentence) {
            return Came::Place(Place::Unplaced, None);
        }
        if (nth == 0 && self.is_heading(sentence))
            || is_title
            || names
            || is_shouting(sentence)
            || sentence.trim().is_empty()
            || opens
        {
            return Came::Place(Place::Heading, None);
        }
        if let Some(duty) = duty::reporting(sentence, span).filter(|_| self.holds == Holds::Orders) {
            return Came::Duty(Box::new(duty));
        }
        let reason = narrative::reason(sentence, chapter, above.asked());
        if reason.is_some_and(|reason| self.may_be_told(reason, above, sentence)) {
            return Came::Place(Place::Unplaced, None);
        }
        if let Some(reason) = reason.filter(|reason| is_strong(*reason)) {
            return narrative(reason);
        }
        if let Some(order) = order::order(sentence) {
            return match (self.holds, order.via) {
                (Holds::Past, _) => narrative(Reason::Report),
                (Holds::Rules, _) => narrative(Reason::Rule),
                // A text without a head that tells anybody at all: a form, or a rule.
                _ if self.is_headless && order.lead.iter().all(|name| who::is_anybody(name)) => {
                    Came::Place(Place::Unplaced, None)
                }
                _ => self.made(&order, above, sentence, span),
            };
        }
        if self.holds == Holds::Orders && part::is_time(sentence) {
            return Came::Place(Place::Unplaced, None);
        }
        let asked = above.asked() != Asked::Nobody;
        if let Some(reason) = reason.filter(|reason| !asked || !matches!(reason, Reason::Funding | Reason::Opening)) {
            return narrative(reason);
        }
        let is_done = order::predicate(sentence).is_some_and(|told| told.starts_with("đã "));
        let told = (self.block.mark.is_some() || !self.block.above.is_empty()) && !is_done;
        if told && asked && self.holds == Holds::Orders && sentence.trim().chars().count() >= 12 {
            let sure = if above.lead.is_empty() { 60 } else { 90 };
            let order = Order { lead: above.lead.clone(), with: vec![], via: Via::Subject, sure };
            return self.made(&order, above, sentence, span);
        }
        match self.holds {
            Holds::Past => narrative(Reason::Report),
            Holds::Rules => narrative(Reason::Rule),
            Holds::Orders => Came::Place(Place::Unplaced, None),
        }
    }

    /// A reason that a person decides on.
    fn may_be_told(&self, reason: Reason, above: &Above, sentence: &str) -> bool {
        let begins = self.block.texts.first().is_some_and(|first| first.text.starts_with(sentence));
        let is_told = above.asked() != Asked::Nobody && self.block.mark.is_some() && begins;
        let is_item = is_told && order::predicate(sentence).is_none();
        self.holds == Holds::Orders && narrative::may_be_told(reason, sentence, is_item)
    }

    /// Sentences below a title in its own block are told to whom it names.
    fn lead_on(title: &str, above: &mut Above) {
        if let Some(lead) = order::addressed(title) {
            above.lead = lead;
        }
        above.asks = above.asks || order::asks(title);
    }

    /// Beside listed tasks, given by a day of its own; a stretch of years may be of what it is about.
    fn is_work(&self, sentence: &str) -> bool {
        let is_day = |sentence| time::parse(&time::deadline(sentence)).kind == Some(TimeKind::Month);
        self.block.chapter() == Chapter::Organisation && is_day(sentence) && is_dated(self.block, sentence)
    }

    /// An item below a body that has a day, and items of its own: a person decides whether it is work too.
    fn is_dated_item(&self, above: &Above, sentence: &str) -> bool {
        let is_item = self.block.mark.as_ref().is_some_and(Mark::is_item) && above.asked() == Asked::Body;
        let opens = order::opens_list(sentence) || order::addressed(sentence).is_some();
        is_item && self.holds == Holds::Orders && !opens && narrative::has_day(sentence)
    }

    /// A title with items or sentences under it: nothing that is asked of anybody.
    fn is_heading(&self, sentence: &str) -> bool {
        let Some(mark) = &self.block.mark else { return is_shouting(sentence) };
        let title = !sentence.trim_end().ends_with(['.', ';']);
        let below = self.opens || self.block.texts.len() > 1;
        let addressed = order::addressed(sentence).is_some();
        let shouted = is_shouting(sentence);
        // Bodies that fill the line, with what they are: "5. Các doanh nghiệp viễn thông, … như dịch vụ".
        let named = who::at(sentence).is_some_and(|who| who.end * 10 >= sentence.trim().len() * 7);
        title
            && (shouted
                || mark.level <= Level::Roman
                || (below && (addressed || named || order::order(sentence).is_none())))
            || (below && addressed)
            || (below && order::opens_list(sentence))
    }

    fn made(&self, order: &Order, above: &Above, sentence: &str, span: Span) -> Came {
        let text = sentence.trim().to_owned();
        let with = Some(order.with.clone()).filter(|with| !with.is_empty()).unwrap_or_else(|| order::with(&text));
        // Who is told apart from those above has neither their helpers nor their time.
        let apart = !above.lead.is_empty() && order.lead != above.lead;
        let with = if with.is_empty() && !apart { above.with.clone() } else { with };
        let own = time::deadline(&text);
        let label =
            self.block.fields.iter().find(|(field, _)| *field == Field::Time).map(|(_, time)| time.text.to_owned());
        let own = label.unwrap_or(own);
        let when = field::value(if own.is_empty() && !apart { &above.time } else { &own }).to_owned();
        // The last sentence of a body, that speaks to all; a time that may be of a name.
        let doubted = text.ends_with("./.") || when.is_empty() && time::is_of_name(&text);
        Came::Task(Box::new(Task {
            id: String::new(),
            section: self.block.section(),
            form: Form::Block,
            embedded_targets: task::embedded(&text),
            lead: order.lead.clone(),
            coordinating: with,
            time: time::parse(&when),
            result: None,
            confidence: order.sure.min(match () {
                () if doubted => 80,
                () if !self.is_listed => 100,
                () if self.is_work(&text) => SURE,
                () => 80,
            }),
            source: span,
            text,
        }))
    }
}

fn is_strong(reason: Reason) -> bool {
    use Reason::{Closing, Force, Layout, Praise, Purpose, Situation};
    matches!(reason, Situation | Purpose | Praise | Closing | Force | Layout)
}

fn says_more(reason: Option<Reason>) -> bool {
    reason.is_none_or(|reason| matches!(reason, Reason::Past | Reason::Funding | Reason::Opening))
}

fn extend(said: &mut Said, sentence: &str, span: Span) {
    if let Came::Task(task) = &mut said.came {
        task.text = format!("{} {}", task.text, sentence.trim());
        task.source = task.source.to(span);
        if task.time.raw.is_empty() {
            task.time = time::parse(&time::deadline(sentence));
        }
    }
    said.span = said.span.to(span);
}
