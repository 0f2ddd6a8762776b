//! Systems by what a sheet calls them: a code or a name, of the owner's own first, then the only one in the province
//! that the reader may name.

use std::collections::{BTreeMap, HashMap, HashSet};

use db::Reader;
use kernel::{Bodies, Ctx, Problem, text::fold};
use webkit::{Core, Kept as _};

use crate::model::{Known, System, SystemId, SystemState};

/// Why a name leads to no system: the key of its words.
pub type Why = &'static str;

/// What can be named.
pub struct Names<'a> {
    bodies: &'a dyn Bodies,
    known: BTreeMap<SystemId, &'a System>,
    by_key: HashMap<String, Vec<SystemId>>,
    open: HashSet<SystemId>,
}

fn code_key(code: &str) -> String {
    format!("c{}", code.trim().to_lowercase())
}

impl<'a> Names<'a> {
    /// Of what is there, and over it what the sheet itself makes of its lines.
    pub fn new(bodies: &'a dyn Bodies, there: &'a [System], sheet: impl Iterator<Item = &'a System>) -> Self {
        let mut known: BTreeMap<SystemId, &'a System> = there.iter().map(|system| (system.id, system)).collect();
        let mut open = HashSet::new();
        for system in sheet {
            known.insert(system.id, system);
            open.insert(system.id);
        }
        known.retain(|_, system| {
            system.state != SystemState::Mistaken && system.merged_into.is_none() && !system.is_veiled()
        });
        let mut by_key: HashMap<String, Vec<SystemId>> = HashMap::new();
        for system in known.values() {
            by_key.entry(format!("n{}", system.name_key())).or_default().push(system.id);
            if let Some(code) = &system.code {
                by_key.entry(code_key(code)).or_default().push(system.id);
            }
        }
        Self { bodies, known, by_key, open }
    }

    /// All that are called so, each once.
    fn called(&self, text: &str) -> Vec<&'a System> {
        let name = Some(fold(text)).filter(|name| !name.is_empty()).map(|name| format!("n{name}"));
        let keys = [Some(code_key(text)), name];
        let mut ids: Vec<SystemId> =
            keys.iter().flatten().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().filter_map(|id| self.known.get(&id).copied()).collect()
    }

    /// Asks once which of those that these words may mean the reader may name: what they see, what the province shares,
    /// and what systems stand on.
    pub async fn open(&mut self, core: &Core, ctx: &Ctx, conn: &Reader, texts: &[&str]) -> Result<(), Problem> {
        let meant: BTreeMap<SystemId, &'a System> =
            texts.iter().flat_map(|text| self.called(text)).map(|system| (system.id, system)).collect();
        let (shared, others): (Vec<&'a System>, Vec<&'a System>) =
            meant.into_values().partition(|system| system.kind.is_providing() || system.is_shared == Known::Yes);
        self.open.extend(shared.into_iter().map(|system| system.id));
        let seen = System::all_seen(core, ctx, conn, others.into_iter().cloned().collect()).await?;
        self.open.extend(seen.into_iter().map(|system| system.id));
        Ok(())
    }

    /// The one that is meant on a line of this system, among those that are fit for it; one that is gone where no other
    /// is.
    pub fn meant(&self, text: &str, of: &System, is_fit: impl Fn(&System) -> bool) -> Result<SystemId, Why> {
        let fit: Vec<&System> = self.called(text).into_iter().filter(|system| is_fit(system)).collect();
        let owner = self.bodies.today(of.owner_id);
        let found = |is_live: bool| -> Vec<SystemId> {
            let those = || fit.iter().filter(move |system| system.is_live() == is_live);
            let own = those().filter(|system| self.bodies.today(system.owner_id) == owner);
            let own: Vec<SystemId> = own.map(|system| system.id).collect();
            let open = || those().map(|system| system.id).filter(|id| self.open.contains(id)).collect();
            if own.is_empty() { open() } else { own }
        };
        let mut all = found(true);
        if all.is_empty() {
            all = found(false);
        }
        match all.as_slice() {
            [] => Err("relate-unknown"),
            [one] if *one == of.id => Err("relate-itself"),
            [one] => Ok(*one),
            _ => Err("relate-several"),
        }
    }
}
