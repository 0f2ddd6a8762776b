//! The plan of waves in words, as one reader may be told of it.

use kernel::{Code as _, Problem};
use minijinja::{Value, context};
use portfolio::waves::Fault;
use webkit::Req;

use crate::{
    model::{
        SystemId,
        wave::{Reason, WaveItem},
    },
    store::seen::{self, Seen},
    usecase::{rule_words::Telling, waves::Standing},
};

/// A plan as one reader is told of it: systems by their names where they may be seen.
pub struct Told<'a> {
    pub(super) req: &'a Req,
    standing: &'a Standing,
    pub seen: Seen,
}

/// One wave, or from which to which.
fn waves(from: u32, to: u32) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

impl Told<'_> {
    pub fn text(&self, key: &str, args: &[(&str, webkit::FluentValue<'_>)]) -> String {
        Telling { core: &self.req.app, lang: self.req.ctx.lang }.text(key, args)
    }

    pub fn name(&self, id: SystemId) -> String {
        let place = self.standing.landscape().place(id).filter(|_| self.seen.has(id));
        let case = place.and_then(|place| self.standing.landscape().at(place));
        case.map_or_else(|| self.text("system-not-seen", &[]), |case| case.name.to_string())
    }

    pub fn at(&self, place: u32) -> String {
        self.standing.landscape().id(place).map(|id| self.name(id)).unwrap_or_default()
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Free => self.text("wave-free", &[]),
            Reason::ByHand => self.text("wave-by-hand", &[]),
            Reason::After { system, wave } => {
                self.text("wave-after", &[("system", self.name(*system).into()), ("wave", (*wave).into())])
            }
            Reason::NotYet { from, to, day } => {
                let waves: (&str, webkit::FluentValue<'_>) = ("waves", waves(*from, *to).into());
                let day = day.map(|day| ("day", kernel::day::show(day, self.req.ctx.lang).into()));
                let key = if day.is_some() { "wave-not-before" } else { "wave-not-yet" };
                self.text(key, &std::iter::once(waves).chain(day).collect::<Vec<_>>())
            }
            Reason::Blackout { from, to } => self.text("wave-closed", &[("waves", waves(*from, *to).into())]),
            Reason::Full { from, to } => self.text("wave-full", &[("waves", waves(*from, *to).into())]),
            Reason::Together { systems } => {
                let names: Vec<String> = systems.iter().map(|id| self.name(*id)).collect();
                self.text("wave-together", &[("systems", names.join(", ").into())])
            }
            Reason::NeededBy { system } => self.text("wave-needed-by", &[("system", self.name(*system).into())]),
            Reason::TooLarge { systems, effort } => {
                self.text("wave-too-large", &[("systems", (*systems).into()), ("effort", (*effort).into())])
            }
            Reason::Waits { system } => self.text("wave-waits", &[("system", self.name(*system).into())]),
            Reason::NoWave { closed, full } => {
                self.text("wave-none", &[("closed", (*closed).into()), ("full", (*full).into())])
            }
            Reason::NoWaveAfter { system, wave, closed, full } => {
                let is_last = *closed == 0 && *full == 0;
                let key = if is_last { "wave-none-after" } else { "wave-none-behind" };
                let (system, wave) = (self.name(*system).into(), (*wave).into());
                let (closed, full) = ((*closed).into(), (*full).into());
                self.text(key, &[("system", system), ("wave", wave), ("closed", closed), ("full", full)])
            }
            Reason::AllOver => self.text("wave-all-over", &[]),
            Reason::UnderWay => self.text("wave-under-way", &[]),
            Reason::LeftOver { wave } => self.text("wave-left-over", &[("wave", (*wave).into())]),
            Reason::BeforeNeeded { system } => self.text("wave-hand-before", &[("system", self.name(*system).into())]),
            Reason::OverRoom => self.text("wave-hand-over", &[]),
            Reason::ClosedThere => self.text("wave-hand-closed", &[]),
        }
    }

    pub fn fault(&self, fault: &Fault) -> String {
        match fault {
            Fault::BeforeNeeded { system, needs } => {
                self.text("fault-before", &[("system", self.at(*system).into()), ("needs", self.at(*needs).into())])
            }
            Fault::Apart { systems } => {
                let names: Vec<String> = systems.iter().map(|place| self.at(*place)).collect();
                self.text("fault-apart", &[("systems", names.join(", ").into())])
            }
            Fault::TooManySystems { wave, systems, most } => {
                let args = [("wave", (*wave).into()), ("count", (*systems).into()), ("most", (*most).into())];
                self.text("fault-systems", &args)
            }
            Fault::TooMuchEffort { wave, effort, most } => {
                let args = [("wave", (*wave).into()), ("count", (*effort).into()), ("most", (*most).into())];
                self.text("fault-effort", &args)
            }
            Fault::NotYet { system, wave } | Fault::Blackout { system, wave } => {
                self.text("fault-closed", &[("system", self.at(*system).into()), ("wave", (*wave).into())])
            }
            Fault::NoSuchWave { system, wave } => {
                self.text("fault-no-wave", &[("system", self.at(*system).into()), ("wave", (*wave).into())])
            }
        }
    }

    pub fn why(&self, item: &WaveItem) -> String {
        item.reasons().iter().map(|reason| self.reason(reason)).collect::<Vec<_>>().join(" ")
    }

    /// How many of the systems that move the reader may not see.
    pub fn unseen(&self) -> usize {
        self.standing.moving().filter(|(item, _)| !self.seen.has(item.system_id)).count()
    }

    /// Whether the reader may see one of the systems at these places.
    pub fn sees_one(&self, places: &[u32]) -> bool {
        places.iter().filter_map(|place| self.standing.landscape().id(*place)).any(|id| self.seen.has(id))
    }

    /// Whether a fault is of a whole wave, or of a system that the reader may see.
    pub fn sees_fault(&self, fault: &Fault) -> bool {
        match fault {
            Fault::BeforeNeeded { system, needs } => self.sees_one(&[*system, *needs]),
            Fault::Apart { systems } => self.sees_one(systems),
            Fault::NotYet { system, .. } | Fault::Blackout { system, .. } | Fault::NoSuchWave { system, .. } => {
                self.sees_one(&[*system])
            }
            Fault::TooManySystems { .. } | Fault::TooMuchEffort { .. } => true,
        }
    }

    /// A system in its wave, which the reader may see.
    pub fn row(&self, item: &WaveItem) -> Value {
        let strategy = self.standing.decision(item.system_id).map(|row| row.decided().words());
        context! {
            wave => item.wave, id => item.system_id.to_string(), name => self.name(item.system_id), strategy,
            why => self.why(item), by_hand => item.by_hand, effort => self.standing.efforts.get(&item.system_id),
        }
    }
}

pub async fn told<'a>(req: &'a Req, standing: &'a Standing) -> Result<Told<'a>, Problem> {
    let conn = req.app.db().read();
    let seen = seen::all(&req.app, &req.ctx, &conn).await?;
    Ok(Told { req, standing, seen })
}
