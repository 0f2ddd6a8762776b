//! What stands above an item: who is told, with whom, by when, and how sure that is.

use std::rc::Rc;

use crate::{
    DOUBTED, Task,
    addressed::{self, Headed},
    narrative::Asked,
    opening,
    order::{self, Order, Verb, Via},
    outline::{Block, Chapter, Heading},
    part,
    voice::Voice,
    who,
};

#[derive(Debug, Clone, Default)]
pub struct Above {
    pub lead: Vec<String>,
    pub with: Vec<String>,
    pub time: String,
    /// A line that asks for what follows, of whom it does not say: "UBND tỉnh yêu cầu:".
    pub asks: bool,
    /// A heading is their name: what an item has others do is their deed. Else the document speaks itself.
    pub is_named: bool,
    /// Percent: how sure it is that the item is told to them.
    pub sure: u8,
}

/// The nearest line names them.
const NEAR: u8 = 90;
/// A line stands between, or may name others.
const FAR: u8 = DOUBTED;

/// Whom a line tells what stands below it.
struct Told {
    lead: Vec<String>,
    with: Vec<String>,
    /// It says so in words that are known, and is no order of its own.
    opens: bool,
    is_named: bool,
}

impl Told {
    fn of(Headed { names: lead, is_known }: Headed) -> Self {
        Self { lead, with: vec![], opens: is_known, is_named: true }
    }
}

impl Above {
    pub fn asked(&self) -> Asked {
        match (self.lead.is_empty(), self.asks) {
            (false, _) => Asked::Body,
            (true, true) => Asked::Somebody,
            (true, false) => Asked::Nobody,
        }
    }

    /// From the nearest line outwards: whoever it names is told, and nobody further out.
    pub fn of(block: &Block, voice: &Voice) -> Self {
        let mut above = Self::default();
        let (depth, led) = block.led.unzip();
        let depth = depth.unwrap_or(usize::MAX);
        let mut led = led;
        let mut sure = NEAR;
        let is_of_money = |(_, heading): &(usize, &Rc<Heading>)| heading.chapter == Some(Chapter::Funding);
        for (at, heading) in block.above.iter().enumerate().rev().take_while(|heading| !is_of_money(heading)) {
            if at < depth
                && let Some(led) = led.take()
            {
                above.below_line(led, sure, voice);
            }
            above.below(heading, sure, voice);
            sure = FAR;
        }
        if let Some(led) = led {
            above.below_line(led, sure, voice);
        }
        above
    }

    /// Sentences below a title in its own block are told to whom it names.
    pub fn lead_on(&mut self, title: &str) {
        match addressed::headed(title) {
            Some(headed) => self.take(Told::of(headed), NEAR),
            None => self.sure = self.sure.min(FAR),
        }
        self.asks = self.asks || opening::asks(title);
    }

    /// What follows an order in its paragraph and names nobody is told to the same; whether with the same helpers is not said.
    pub fn behind(&self, task: &Task) -> Option<Self> {
        let apart = !task.lead.is_empty() && task.lead != self.lead;
        let sure = if task.coordinating.is_empty() { NEAR } else { FAR };
        apart.then(|| Self { lead: task.lead.clone(), asks: true, sure: sure.min(task.confidence), ..Self::default() })
    }

    /// What names nobody is told to whom stands above.
    pub fn order(&self) -> Order {
        let sure = if self.lead.is_empty() { 60 } else { self.sure };
        Order { lead: self.lead.clone(), with: vec![], via: Via::Subject, speaker: None, verb: Verb::Gives, sure }
    }

    /// An order below a body that has others do something is that body's own: "Chỉ đạo các trường …", "Lãnh đạo UBND tỉnh …".
    pub fn whose(&self, order: Order, sentence: &str) -> Order {
        if self.lead.is_empty() {
            return order;
        }
        let is_own = match order.via {
            Via::Given if order.speaker.is_some() => false,
            Via::Given => match order.verb {
                Verb::Directs => true,
                // Whoever leads in so many words, is told.
                Verb::Assigns => self.is_named && !order::has_role(sentence),
                Verb::Gives | Verb::Asks => false,
            },
            Via::Inside if order.verb == Verb::Gives || order::gives_out(sentence) => false,
            Via::Inside => self.is_named && order.speaker.is_none(),
            Via::Subject => self.leads() && sentence.trim_start().starts_with("Lãnh đạo "),
        };
        match () {
            () if is_own => {
                let sure = if self.is_named { self.sure } else { FAR };
                Order { lead: self.lead.clone(), via: Via::Subject, verb: Verb::Gives, sure, ..order }
            }
            // Whether the body above asks it or the document does, is not said.
            () if order.via == Via::Given && self.is_named && order.verb != Verb::Gives => {
                Order { sure: order.sure.min(FAR), ..order }
            }
            () => order,
        }
    }

    /// Committees of the Party lead others by what they decide.
    fn leads(&self) -> bool {
        const PARTY: [&str; 7] =
            ["đảng ủy", "đảng uỷ", "ban thường vụ", "cấp ủy", "các cấp ủy", "chi bộ", "thường trực"];
        self.lead.iter().any(|lead| PARTY.iter().any(|party| lead.to_lowercase().starts_with(party)))
    }

    fn below(&mut self, heading: &Heading, sure: u8, voice: &Voice) {
        if self.lead.is_empty() {
            match told_by(&heading.text, voice) {
                Some(told) => self.take(told, sure),
                None => self.asks |= opening::asks(&heading.text),
            }
        }
        if self.time.is_empty() {
            self.time = heading.time.clone().unwrap_or_else(|| opening::time(&heading.text));
        }
    }

    /// A line without a mark that opens what follows.
    fn below_line(&mut self, led: &str, sure: u8, voice: &Voice) {
        self.asks |= opening::asks(led);
        let led = last_part(led);
        let order = order::order(led).map(|order| voice.heard(order)).filter(|order| order.via != Via::Subject);
        if let Some(Order { lead, with, .. }) = order.clone().filter(|_| self.lead.is_empty()) {
            self.asks = true;
            if !lead.iter().all(|name| who::is_generic(name)) {
                self.take(Told { lead, with, opens: true, is_named: false }, sure);
            }
        } else if let Some(lead) = addressed::addressed(led).filter(|_| self.lead.is_empty()) {
            self.take(Told { lead, with: vec![], opens: true, is_named: true }, sure);
        }
        if self.time.is_empty() && order.is_some() {
            self.time = opening::of_lead(led);
        }
    }

    fn take(&mut self, told: Told, sure: u8) {
        self.sure = if told.opens { sure } else { FAR };
        (self.lead, self.with, self.is_named) = (told.lead, told.with, told.is_named);
    }
}

/// "UBND tỉnh thống nhất …; yêu cầu Sở A làm các việc sau:"
fn last_part(line: &str) -> &str {
    part::parts(line).pop().and_then(|part| line.get(part)).unwrap_or(line).trim()
}

/// The last line of a heading that opens a list tells it to somebody, else its title does.
fn told_by(heading: &str, voice: &Voice) -> Option<Told> {
    let given = |line: &str| {
        let Order { lead, with, via, .. } = voice.heard(order::order(line).filter(|order| order.via != Via::Inside)?);
        let is_voice = via == Via::Subject && lead.first().is_some_and(|first| voice.speaks(first));
        (!is_voice).then(|| Told { lead, with, opens: opening::opens_list(line), is_named: via == Via::Subject })
    };
    let named = |line: &str| addressed::headed(line).map(Told::of);
    let title = heading.lines().next()?;
    let last = heading.lines().next_back().map(last_part).filter(|last| opening::opens_list(last));
    let told = last.and_then(|last| named(last).or_else(|| given(last)));
    told.or_else(|| named(title)).or_else(|| given(title))
}
