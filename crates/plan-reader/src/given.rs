//! Work that is given out in sentences: "Giao Sở A …", "Sở B …", or lines below the name of a body.

use crate::{
    DOUBTED, Duty, Form, Place, Plan, Reason, SURE, Span, Task, TimeKind,
    above::Above,
    addressed, duty,
    field::{self, Field},
    head::kind::{self, Holds},
    heading::Line,
    helpers, imperative,
    marker::Mark,
    narrative::{self, Asked},
    opening,
    order::{self, Order, Via},
    outline::{Block, Chapter, Text},
    part,
    place::{Known, Locate},
    taken::{Taken, is_dated},
    target, task, time,
    told::{Heard, Verdict},
    voice::Voice,
    who,
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
struct Said<'a> {
    text: &'a str,
    span: Span,
    came: Came,
}

/// The heading that a block stands below, and the line that opens its list.
type Below<'a> = (Option<usize>, Option<(usize, &'a str)>);

/// Adds the tasks that sentences give, and says what every other sentence is. `is_listed` where the document lists its tasks
/// with labels or in a table too.
pub fn orders(text: &str, blocks: &[Block], plan: &mut Plan, is_listed: bool) -> Vec<Known> {
    let holds = kind::holds(plan.document.kind.as_deref());
    let day = plan.document.date.clone();
    // A form and a part of a rule may name what they come with; they are no kind of document themselves.
    let is_headless = plan.document.kind.is_none();
    let is_tabled = plan.tasks.iter().any(|task| task.form == Form::Table);
    let taken = Taken::of(plan);
    let voice = Voice::of(plan.document.issuer.as_deref());
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
        let reader = Reader {
            text,
            block,
            taken: &taken,
            voice: &voice,
            holds,
            day: day.as_deref(),
            is_listed,
            is_tabled,
            is_headless,
            opens: under,
        };
        let below = (block.above.last().map(|heading| heading.block), block.led);
        let above = match last.take() {
            Some((same, above)) if same == below => above,
            _ => Above::of(block, &voice),
        };
        last = Some((below, above.clone()));
        for said in reader.read(above) {
            match said.came {
                Came::Task(task) => plan.tasks.push(*task),
                Came::Duty(duty) => plan.duties.push(*duty),
                Came::Place(place, reason) => {
                    // Whose state is to be reached is a target alone; who is to do something for it may be told to.
                    let targets = target::striven(said.text, said.span, reason);
                    let is_alone = !targets.is_empty() && target::is_state(said.text);
                    plan.targets.extend(targets);
                    let place = if is_alone { Place::Target } else { place };
                    known.push(Known { span: said.span, place, reason });
                }
            }
        }
    }
    plan.tasks.sort_by_key(|task| task.source.start);
    known
}

/// The line above duties or targets that names whose they are, or what they are about.
fn title_of(block: &Block) -> Option<Known> {
    let first =
        block.texts.first().filter(|first| block.texts.len() > 1 || addressed::addressed(first.text).is_some())?;
    let is_title = !first.text.trim_end().ends_with(['.', ';']);
    is_title.then_some(Known { span: first.span, place: Place::Heading, reason: None })
}

struct Reader<'a> {
    text: &'a str,
    block: &'a Block<'a>,
    taken: &'a Taken,
    voice: &'a Voice,
    holds: Holds,
    /// The day of the document.
    day: Option<&'a str>,
    is_listed: bool,
    /// In a table.
    is_tabled: bool,
    is_headless: bool,
    /// Items stand under it.
    opens: bool,
}

impl<'a> Reader<'a> {
    fn read(&self, mut above: Above) -> Vec<Said<'a>> {
        let mut out: Vec<Said> = Vec::new();
        let texts = self.block.texts.iter().enumerate();
        for (nth, text) in texts.filter(|(_, text)| !self.taken.holds(text.span)) {
            let mut locate = Locate::within(self.text, text.text, text.span);
            let mut open: Option<usize> = None;
            // Whom the sentences before told.
            let mut before: Option<Above> = None;
            let first = out.len();
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
                match (self.came((&above, before.as_ref()), nth, sentence, span), open) {
                    // What has a day of its own is work of its own.
                    (Came::Place(Place::Unplaced, _), Some(task)) if part::is_more_work(sentence) => {
                        out.extend(self.more(&out[task], sentence, span));
                    }
                    // What follows an order in its paragraph and is none itself says more of it.
                    (Came::Place(Place::Unplaced | Place::Narrative, reason), Some(task))
                        if reason.is_none_or(Reason::says_more) && order::order(sentence).is_none() =>
                    {
                        extend(&mut out[task], sentence, span);
                    }
                    (came, _) => {
                        if nth == 0 && matches!(came, Came::Place(Place::Heading, _)) {
                            above.lead_on(sentence);
                        }
                        open = matches!(came, Came::Task(_)).then_some(out.len());
                        if let Came::Task(task) = &came {
                            before = above.behind(task);
                        }
                        out.push(Said { text: sentence, span, came });
                    }
                }
            }
            told_later(&mut out[first..]);
        }
        out
    }

    /// As the document gives it, below and behind what tells it; less sure where it may be that another asks it.
    fn heard(&self, order: Order, (above, before): (&Above, Option<&Above>), sentence: &str) -> Order {
        let order = before.unwrap_or(above).whose(self.voice.heard(order), sentence);
        let is_voice = order.via == Via::Subject && order.lead.first().is_some_and(|lead| self.voice.speaks(lead));
        let is_asked_by_them = before.is_some() && order::goes_on(sentence);
        let doubted = is_voice && !order::has_role(sentence) || is_asked_by_them;
        Order { sure: if doubted { order.sure.min(DOUBTED) } else { order.sure }, ..order }
    }

    fn came(&self, (above, before): (&Above, Option<&Above>), nth: usize, sentence: &str, span: Span) -> Came {
        let chapter = self.block.chapter();
        let narrative = |reason| Came::Place(Place::Narrative, Some(reason));
        let line = Line { block: self.block, nth, sentence, opens: self.opens };
        if nth == 0 && line.heads() && self.is_dated_item(above, sentence) {
            return Came::Place(Place::Unplaced, None);
        }
        if line.is_heading() {
            return Came::Place(Place::Heading, None);
        }
        if target::is_state(sentence) {
            return Came::Place(Place::Unplaced, None);
        }
        let may_report = matches!(self.holds, Holds::Orders | Holds::House);
        if let Some(duty) = duty::reporting(sentence, span).filter(|_| may_report) {
            return Came::Duty(Box::new(duty));
        }
        let reason = narrative::reason(sentence, chapter, above.asked());
        if reason.is_some_and(|reason| self.may_be_told(reason, above, sentence)) {
            return Came::Place(Place::Unplaced, None);
        }
        let order = order::order(sentence);
        let heard = Heard { text: sentence, order: order.as_ref(), asked: above.asked(), chapter, day: self.day };
        if let Some(reason) = reason.filter(|reason| reason.is_strong()) {
            return match (heard.in_chapter(reason, self.holds), &order) {
                (Verdict::Task, Some(order)) => {
                    let order = self.heard(order.clone(), (above, before), sentence);
                    self.made(&order.at_most(DOUBTED), above, sentence, span)
                }
                (Verdict::Nothing, _) => narrative(reason),
                _ => Came::Place(Place::Unplaced, None),
            };
        }
        let heir = before.unwrap_or(above);
        let verdict = heard.in_kind(self.holds);
        let is_anybody = |order: &Order| order.lead.iter().all(|name| who::is_anybody(name));
        match (order, verdict) {
            (Some(_), Verdict::Nothing) => return self.silent(),
            (Some(_), Verdict::Doubt) => return Came::Place(Place::Unplaced, None),
            // A text without a head that tells anybody at all: a form, or a rule.
            (Some(order), Verdict::Task) if self.is_headless && is_anybody(&order) => {
                return Came::Place(Place::Unplaced, None);
            }
            (Some(order), Verdict::Task) => {
                let order = self.heard(order, (above, before), sentence).at_most(self.most());
                return self.made(&order, above, sentence, span);
            }
            (None, _) => {}
        }
        if self.holds == Holds::Orders && (part::is_time(sentence) || order::only_names(sentence)) {
            return Came::Place(Place::Unplaced, None);
        }
        let asked = above.asked() != Asked::Nobody;
        if let Some(reason) = reason.filter(|reason| !asked || !matches!(reason, Reason::Funding | Reason::Opening)) {
            return narrative(reason);
        }
        let is_done = order::predicate(sentence).is_some_and(|told| told.starts_with("đã "));
        // "UBND tỉnh nhất trí với …": the document speaks of itself.
        let is_said = || who::at(sentence).is_some_and(|who| who.names.iter().any(|name| self.voice.speaks(name)));
        let told = (self.block.mark.is_some() || !self.block.above.is_empty()) && !is_done && !is_said();
        match verdict {
            Verdict::Task if told && asked && sentence.trim().chars().count() >= 12 => {
                // A body of its own may be told: who stands above is not sure.
                let most = if order::predicate(sentence).is_some() { DOUBTED } else { self.most() };
                self.made(&heir.order().at_most(most.min(self.most())), heir, sentence, span)
            }
            Verdict::Task if told && self.holds == Holds::Orders && self.is_asked_of_nobody(nth, sentence) => {
                // Behind an order in its paragraph it is told to the same bodies.
                let order = before.map_or_else(|| Above::default().order(), |before| before.order().at_most(DOUBTED));
                self.made(&order, above, sentence, span)
            }
            Verdict::Doubt => Came::Place(Place::Unplaced, None),
            _ => self.silent(),
        }
    }

    /// What a document of this kind says beside its orders.
    fn silent(&self) -> Came {
        match self.holds {
            Holds::Orders => Came::Place(Place::Unplaced, None),
            Holds::Event | Holds::Past | Holds::Proposal => Came::Place(Place::Narrative, Some(Reason::Report)),
            Holds::House | Holds::Rules => Came::Place(Place::Narrative, Some(Reason::Rule)),
        }
    }

    /// No more than so sure of an order in a document of this kind.
    fn most(&self) -> u8 {
        if self.holds == Holds::Orders { 100 } else { DOUBTED }
    }

    /// A reason that a person decides on.
    fn may_be_told(&self, reason: Reason, above: &Above, sentence: &str) -> bool {
        let begins = self.block.texts.first().is_some_and(|first| first.text.starts_with(sentence));
        let is_told = above.asked() != Asked::Nobody && self.block.mark.is_some() && begins;
        let is_item = is_told && order::predicate(sentence).is_none();
        self.holds == Holds::Orders && narrative::may_be_told(reason, sentence, is_item)
    }

    /// Beside listed tasks, given by a day of its own; a stretch of years may be of what it is about.
    fn is_work(&self, sentence: &str) -> bool {
        let is_day = |sentence| time::parse(&time::deadline(sentence)).kind == Some(TimeKind::Month);
        self.block.chapter() == Chapter::Organisation && is_day(sentence) && is_dated(self.block, sentence)
    }

    /// An item below a body that has a day, and items of its own: a person decides whether it is work too.
    fn is_dated_item(&self, above: &Above, sentence: &str) -> bool {
        let is_item = self.block.mark.as_ref().is_some_and(Mark::is_item) && above.asked() == Asked::Body;
        let opens = opening::opens_list(sentence) || addressed::addressed(sentence).is_some();
        if self.is_given_by_day(sentence) {
            return true;
        }
        is_item && self.holds == Holds::Orders && !opens && narrative::has_day(sentence)
    }

    /// "Phân công các đồng chí A trực tiếp kiểm tra từ ngày 28/9:", with items that say which of them does what.
    fn is_given_by_day(&self, sentence: &str) -> bool {
        let is_given = || order::order(sentence).is_some_and(|order| order.via == Via::Given);
        let is_told =
            self.holds == Holds::Orders && !time::deadline(sentence).is_empty() && !opening::announces(sentence);
        is_told && is_given() && order::is_whole(sentence) && !narrative::is_general(sentence)
    }

    /// An imperative in a chapter of work. Where a table lists the work, it says in general what the rows say one by one.
    fn is_asked_of_nobody(&self, nth: usize, sentence: &str) -> bool {
        !self.is_tabled
            && matches!(self.block.chapter(), Chapter::Tasks | Chapter::Organisation)
            && imperative::is_one(sentence)
            && !part::says_when(sentence)
            && !self.is_short_title(nth, sentence)
    }

    /// "1. Đẩy mạnh tuyên truyền. Sở Y tế …": what a numbered paragraph is about, before what it says.
    fn is_short_title(&self, nth: usize, sentence: &str) -> bool {
        let is_first = |text: &Text| text.text.starts_with(sentence) && text.text.len() > sentence.len();
        nth == 0
            && self.block.mark.as_ref().is_some_and(|mark| !mark.is_item())
            && self.block.texts.first().is_some_and(is_first)
            && sentence.split_whitespace().count() <= 9
    }

    /// Work that a later sentence gives whoever the one before it tells.
    fn more(&self, before: &Said, sentence: &'a str, span: Span) -> Option<Said<'a>> {
        let Came::Task(task) = &before.came else { return None };
        let order = Order { lead: task.lead.clone(), sure: task.confidence.min(DOUBTED), ..Above::default().order() };
        Some(Said { text: sentence, span, came: self.made(&order, &Above::default(), sentence, span) })
    }

    fn made(&self, order: &Order, above: &Above, sentence: &str, span: Span) -> Came {
        let text = sentence.trim().to_owned();
        let with = Some(order.with.clone()).filter(|with| !with.is_empty()).unwrap_or_else(|| helpers::of(&text).names);
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
                () if doubted => DOUBTED,
                () if !self.is_listed => 100,
                () if self.is_work(&text) => SURE,
                () => DOUBTED,
            }),
            source: span,
            text,
        }))
    }
}

/// "Đo lại các hồ. Giao Sở A chủ trì …": what is asked of nobody is likely told to whom the next sentence names.
fn told_later(said: &mut [Said]) {
    let mut next: Option<Vec<String>> = None;
    for said in said.iter_mut().rev() {
        let Came::Task(task) = &mut said.came else { continue };
        if task.lead.is_empty() {
            task.lead = next.clone().unwrap_or_default();
        } else {
            next = Some(task.lead.clone());
        }
    }
}

fn extend(said: &mut Said, sentence: &str, span: Span) {
    if let Came::Task(task) = &mut said.came {
        task.text = format!("{} {}", task.text, sentence.trim());
        task.embedded_targets.extend(task::embedded(sentence));
        task.source = task.source.to(span);
        if task.time.raw.is_empty() && part::says_when(sentence) {
            task.time = time::parse(&time::deadline(sentence));
        }
    }
    said.span = said.span.to(span);
}
