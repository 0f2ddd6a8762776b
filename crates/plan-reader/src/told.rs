//! Whether a sentence looks like an order, whatever speaks against one around it: the kind of its document, its chapter. Those may
//! silence what does not look like an order; else it is a task where that is clear, and a doubt where it is not.

use crate::{
    Bound, Reason, Time, TimeKind,
    head::kind::Holds,
    narrative::Asked,
    order::{self, Order, Via},
    outline::Chapter,
    part, statement, time, who,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Task,
    Doubt,
    Nothing,
}

pub struct Heard<'a> {
    pub text: &'a str,
    /// The order that the sentence gives by itself.
    pub order: Option<&'a Order>,
    /// Whom the lines above it tell.
    pub asked: Asked,
    pub chapter: Chapter,
    /// The day of the document.
    pub day: Option<&'a str>,
}

impl Heard<'_> {
    pub fn in_kind(&self, holds: Holds) -> Verdict {
        match holds {
            Holds::Orders if self.chapter == Chapter::Proposal || self.is_only_time() => Verdict::Doubt,
            Holds::Orders => Verdict::Task,
            Holds::Event => self.of_event(),
            Holds::Past => self.of_report(),
            Holds::Proposal => doubt_if(self.is_given_ahead()),
            Holds::House => self.of_house(),
            Holds::Rules => Verdict::Nothing,
        }
    }

    /// In a chapter that tells what is, or what for.
    pub fn in_chapter(&self, reason: Reason, holds: Holds) -> Verdict {
        if matches!(holds, Holds::Past | Holds::Proposal | Holds::Rules) {
            return Verdict::Nothing;
        }
        let is_item = self.asked == Asked::Body && self.is_ahead();
        match reason {
            Reason::Situation => {
                let is_told = self.names_any() && (self.is_given() || self.order.is_some() && self.is_ahead());
                doubt_if(self.chapter == Chapter::Situation && (is_told || is_item))
            }
            Reason::Purpose if holds == Holds::House => {
                doubt_if(self.names_one() && (self.is_given() || self.is_bound()))
            }
            Reason::Purpose
                if self.names_any() && self.is_ahead() && (self.is_given() || self.is_bound() || self.leads()) =>
            {
                Verdict::Task
            }
            Reason::Purpose => doubt_if(self.names_one() || self.names_any() && self.is_given() || is_item),
            _ => Verdict::Nothing,
        }
    }

    fn of_event(&self) -> Verdict {
        let is_clear = self.is_given() || self.is_bound() || self.leads() || self.is_ahead();
        match self.asked {
            Asked::Body => Verdict::Task,
            _ if self.names_any() && is_clear => Verdict::Task,
            asked => doubt_if(asked == Asked::Somebody || self.names_any()),
        }
    }

    /// What a report says of the time to come; the rest of it was done.
    fn of_report(&self) -> Verdict {
        match self.chapter {
            Chapter::Tasks
                if self.names_any() && (self.is_given() || self.is_bound() || self.leads() || self.is_ahead()) =>
            {
                Verdict::Task
            }
            Chapter::Tasks => doubt_if(self.names_any() || self.asked == Asked::Body),
            Chapter::Proposal => Verdict::Nothing,
            _ => doubt_if(self.is_given_ahead()),
        }
    }

    /// Bodies that are named, or stand above, have what they are told; classes of bodies only what has a time.
    fn of_house(&self) -> Verdict {
        let is_timed = self.time().kind.is_some();
        let is_clear = self.is_given() || self.is_bound() || self.leads() || is_timed;
        match self.asked {
            Asked::Body => Verdict::Task,
            _ if self.names_any() && is_clear => Verdict::Task,
            _ => doubt_if(self.names_any() || self.order.is_some() && is_timed || self.binds()),
        }
    }

    fn leaders(&self) -> impl Iterator<Item = &String> {
        self.order.iter().flat_map(|order| &order.lead)
    }

    /// "Sở Y tế", "UBND các xã": more than "các cơ quan, đơn vị".
    fn names_any(&self) -> bool {
        self.leaders().any(|name| !who::is_anybody(name))
    }

    /// "Sở Y tế".
    fn names_one(&self) -> bool {
        let is_of_many = |name: &str| name.to_lowercase().split(' ').any(|word| word == "các");
        self.leaders().any(|name| !who::is_anybody(name) && !is_of_many(name))
    }

    fn is_given(&self) -> bool {
        self.order.is_some_and(|order| order.via == Via::Given)
    }

    fn is_given_ahead(&self) -> bool {
        self.names_any() && self.is_given() && self.is_ahead()
    }

    fn predicate(&self) -> &str {
        order::predicate(order::said(self.text)).unwrap_or_default()
    }

    /// "phải", "có trách nhiệm": no word of what was done.
    fn is_bound(&self) -> bool {
        const BOUND: [&str; 5] = ["phải ", "có trách nhiệm", "chịu trách nhiệm", "làm đầu mối", "là đầu mối"];
        let told = self.predicate();
        BOUND.iter().any(|words| told.starts_with(words))
    }

    /// Somebody "phải" or "có trách nhiệm": whom nobody knows, behind "khi …".
    fn binds(&self) -> bool {
        let lower = self.text.to_lowercase();
        !statement::begins(self.text) && [" có trách nhiệm ", " phải "].iter().any(|words| lower.contains(words))
    }

    /// "Ban A: trong tháng 01/2026 (có kế hoạch riêng)": when, and not what.
    fn is_only_time(&self) -> bool {
        let told = self.predicate();
        self.order.is_some() && part::is_time(told.split_once('(').map_or(told, |(told, _)| told))
    }

    fn leads(&self) -> bool {
        self.order.is_some() && order::has_role(order::said(self.text))
    }

    fn time(&self) -> Time {
        time::parse(&time::deadline(self.text))
    }

    /// By a day or a month that is not over when the document is signed, or again and again.
    fn is_ahead(&self) -> bool {
        use TimeKind::{Annual, HalfYearly, Month, Monthly, Quarterly, Weekly};
        let time = self.time();
        match (time.kind, &time.to, self.day) {
            (Some(Month), Some(Bound::Text(to)), Some(day)) => day.get(..to.len()).is_none_or(|day| to.as_str() >= day),
            // "trước 16/5": of this year.
            (None, ..) => time.raw.contains('/'),
            (Some(Month), ..) | (Some(Annual | HalfYearly | Quarterly | Monthly | Weekly), Some(_), _) => true,
            _ => false,
        }
    }
}

fn doubt_if(is_doubted: bool) -> Verdict {
    if is_doubted { Verdict::Doubt } else { Verdict::Nothing }
}
