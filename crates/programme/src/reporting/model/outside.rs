//! A link by which a body without accounts reports: how long it opens something, and where it stands.

use derive::Code;
use jiff::{ToSpan as _, civil::Date};
use kernel::Ctx;

/// Days after the due day for which a link is good, where nobody says otherwise; and the most.
pub const USUAL_DAYS: i64 = 10;
pub const MOST_DAYS: i64 = 90;

/// Why a link opens nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "outside-over")]
pub enum Ended {
    /// A newer one took its place.
    Replaced,
    Revoked,
    Expired,
    /// The body that got it is no more: its successor gets a link of its own.
    Merged,
    /// People of the body have posts here by now: it reports inside, through its own four eyes.
    Staffed,
}

/// Where a body stands in the list of who is sent links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum OutsideStage {
    /// No link was sent.
    None,
    Sent,
    /// Its letter did not arrive.
    Refused,
    Opened,
    /// It reported.
    Done,
    Replaced,
    Revoked,
    Expired,
    Merged,
    Staffed,
}

impl From<Ended> for OutsideStage {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Replaced => Self::Replaced,
            Ended::Revoked => Self::Revoked,
            Ended::Expired => Self::Expired,
            Ended::Merged => Self::Merged,
            Ended::Staffed => Self::Staffed,
        }
    }
}

/// What is known of a link when somebody comes with it.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    pub state: &'a str,
    pub at: i64,
    pub until: i64,
    /// Its body is another one today.
    pub is_merged: bool,
    /// Somebody has a post in that body.
    pub is_staffed: bool,
}

impl Standing<'_> {
    /// None while it opens its report. One that was made under a clock that was ahead is over.
    pub fn ended(&self, ctx: &Ctx) -> Option<Ended> {
        match self.state {
            "revoked" => Some(Ended::Revoked),
            "live" if self.is_merged => Some(Ended::Merged),
            "live" if self.until <= ctx.now().as_microsecond() || ctx.is_ahead(self.at) => Some(Ended::Expired),
            "live" if self.is_staffed => Some(Ended::Staffed),
            "live" => None,
            _ => Some(Ended::Replaced),
        }
    }
}

/// The last moment of the day so many days after the due day, or after today where that is over, in microseconds.
pub fn until(due: Option<Date>, today: Date, days: i64) -> i64 {
    let from = due.map_or(today, |due| due.max(today));
    let day = from.saturating_add(days.clamp(1, MOST_DAYS).days()).saturating_add(1.day());
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));
    day.to_zoned(zone).map_or(0, |start| start.timestamp().as_microsecond())
}

/// Where a body stands: what it did weighs more than what became of its link, which is why that has ended and whether it was
/// opened.
pub fn stage(link: Option<(Option<Ended>, bool)>, is_sent: bool) -> OutsideStage {
    match link {
        _ if is_sent => OutsideStage::Done,
        None => OutsideStage::None,
        Some((Some(ended), _)) => ended.into(),
        Some((None, true)) => OutsideStage::Opened,
        Some((None, false)) => OutsideStage::Sent,
    }
}

/// The same where it is known whether its letter came back: then nobody has it, and it is sent anew.
pub fn unless_lost(stage: OutsideStage, is_lost: bool) -> OutsideStage {
    if is_lost && stage == OutsideStage::Sent { OutsideStage::Refused } else { stage }
}

/// Of what a body is reminded by letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reminder {
    /// Its report falls due, or is late.
    Due,
    Late,
    /// What it sent was returned, and is to be sent anew.
    Again,
}

/// Of what a body is reminded whose report is in this state, when that is what became of the last version that it sent before.
/// What has come and was not returned is not owed: a newer version is a correction of its own.
pub fn reminder(state: &str, sent_before: Option<&str>, is_late: bool) -> Option<Reminder> {
    let sent = if matches!(state, "issued" | "accepted" | "returned") { Some(state) } else { sent_before };
    match sent {
        Some("returned") => Some(Reminder::Again),
        Some(_) => None,
        None if is_late => Some(Reminder::Late),
        None => Some(Reminder::Due),
    }
}

/// An address that the mailer takes, as far as its form tells.
pub fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let is_local = local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_sign));
    text.len() <= 254 && is_local && domain.contains('.') && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (1..=63).contains(&label.len()) && label.chars().all(is_sign) && !label.starts_with('-') && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;
    use kernel::{Actor, Code as _, Lang};
    use testkit::{FrozenClock, SeededIds};

    use super::*;

    #[test]
    fn a_link_is_good_for_days_after_what_is_later_of_due_day_and_today() {
        let (due, late) = (Some(date(2026, 11, 20)), date(2026, 12, 1));
        let day = |micros: i64| {
            let at = jiff::Timestamp::from_microsecond(micros - 1).unwrap();
            kernel::ctx::vietnam(at)
        };
        assert_eq!(day(until(due, date(2026, 11, 1), 10)), date(2026, 11, 30), "all of its last day");
        assert_eq!(day(until(due, late, 10)), date(2026, 12, 11), "a link that is sent late is of use too");
        assert_eq!(day(until(None, late, 0)), date(2026, 12, 2), "never none");
        assert_eq!(day(until(due, date(2026, 11, 1), 9999)), date(2027, 2, 18), "nor for ever");
    }

    #[test]
    fn a_link_ends_in_each_way_and_says_which() {
        let clock = Arc::new(FrozenClock::default());
        let ctx = Ctx::new(Actor::Anonymous, Lang::Vi, clock, Arc::new(SeededIds::default()));
        let now = ctx.now().as_microsecond();
        let live = Standing { state: "live", at: now - 1, until: now + 1, is_merged: false, is_staffed: false };
        assert_eq!(live.ended(&ctx), None);
        assert_eq!(Standing { until: now, ..live }.ended(&ctx), Some(Ended::Expired));
        assert_eq!(Standing { is_merged: true, ..live }.ended(&ctx), Some(Ended::Merged));
        assert_eq!(Standing { is_staffed: true, ..live }.ended(&ctx), Some(Ended::Staffed));
        assert_eq!(Standing { is_staffed: true, state: "revoked", ..live }.ended(&ctx), Some(Ended::Revoked));
        assert_eq!(Standing { state: "revoked", until: 0, ..live }.ended(&ctx), Some(Ended::Revoked));
        assert_eq!(Standing { state: "replaced", ..live }.ended(&ctx), Some(Ended::Replaced));
        let ahead = now + 2 * kernel::CLOCK_TOLERANCE_MICROS;
        assert_eq!(Standing { at: ahead, until: ahead + 1, ..live }.ended(&ctx), Some(Ended::Expired));
        assert_eq!(stage(None, false), OutsideStage::None);
        assert_eq!(stage(Some((None, false)), false), OutsideStage::Sent);
        assert_eq!(stage(Some((None, true)), false), OutsideStage::Opened);
        assert_eq!(stage(Some((Some(Ended::Revoked), true)), false), OutsideStage::Revoked);
        assert_eq!(stage(Some((Some(Ended::Expired), true)), true), OutsideStage::Done);
        assert_eq!(unless_lost(OutsideStage::Sent, true), OutsideStage::Refused);
        assert_eq!(unless_lost(OutsideStage::Sent, false), OutsideStage::Sent);
        assert_eq!(unless_lost(OutsideStage::Opened, true), OutsideStage::Opened, "it was passed on by hand");
        for ended in Ended::ALL {
            assert_eq!(OutsideStage::from(*ended).code(), ended.code());
        }
    }

    #[test]
    fn what_came_once_was_not_never_received() {
        assert_eq!(reminder("draft", None, false), Some(Reminder::Due));
        assert_eq!(reminder("draft", None, true), Some(Reminder::Late));
        for is_late in [false, true] {
            for (state, before) in [("returned", None), ("returned", Some("accepted")), ("draft", Some("returned"))] {
                assert_eq!(reminder(state, before, is_late), Some(Reminder::Again), "{state} {before:?}");
            }
            for (state, before) in [("draft", Some("issued")), ("draft", Some("accepted")), ("issued", None)] {
                assert_eq!(reminder(state, before, is_late), None, "{state} {before:?}");
            }
        }
    }

    /// What is taken here is taken by the mailer: else a letter is laid down that nobody ever gets.
    #[test]
    fn every_address_that_is_taken_is_one_for_the_mailer() {
        let parts = ["a", "b1", "-", "_", ".", "@", "vn", "+", "é", " ", "..", "/", "'"];
        let mut taken = 0;
        for n in 0..200_000_usize {
            let at = |place: u32| parts[n / 13_usize.pow(place) % 13];
            let text = format!("a{}{}@b{}{}.{}vn", at(0), at(1), at(2), at(3), at(4));
            if is_address(&text) {
                taken += 1;
                assert!(text.parse::<lettre::message::Mailbox>().is_ok(), "{text}");
            }
        }
        assert!(taken > 100, "{taken}");
    }

    #[test]
    fn addresses_and_telephones_are_told_from_other_words() {
        for good in ["a@b.vn", "vanthu.doanhnghiep+bc@vi-du.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.vn", "a@b.vn, c@d.vn", "a@@b.vn", "A <a@b.vn>", "a@b.vn\nBcc: x@y.vn", "a@.vn"]
        {
            assert!(!is_address(bad), "{bad:?}");
        }
        let long = format!("a@{}.vn", "b".repeat(64));
        for bad in ["a@b..vn", "a@b.vn.", "a@-b.vn", "a@b-.vn", "a@b_c.vn", "a.@b.vn", ".a@b.vn", "a..b@c.vn", &long] {
            assert!(!is_address(bad), "{bad:?}");
        }
    }
}
