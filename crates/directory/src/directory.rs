//! The directory as a service: the database, the tree in force, the calendar and the hours of offices.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use db::Db;
use kernel::{AccountId, Calendar, Hours, Problem, ProblemKind, Role, Roles, UnitId, UnitTree, WorkCalendar};
use webkit::Pace;

use crate::{
    Tree,
    model::whole::{self, Fault},
    store,
};

/// The directory as a service: the database and the current tree.
#[derive(Debug, Clone)]
pub struct Directory {
    db: Db,
    roles: Roles,
    tree: Arc<RwLock<Arc<Tree>>>,
    times: Arc<RwLock<Times>>,
    broken: Arc<RwLock<Broken>>,
    feeds: Arc<Pace<AccountId>>,
    wrong_feeds: Arc<Pace<String>>,
}

/// Calendars of one account read so often in a minute: a telephone, a computer, and each again.
const FEEDS: u32 = 20;
/// Links of calendars that are nobody's, asked for from one address in a minute.
const WRONG_FEEDS: u32 = 20;

/// Units in the database that are no tree, and the stamp under which they were seen: known, but not served.
type Broken = Option<(i64, Fault)>;

/// The calendar in force and the hours of offices.
#[derive(Debug, Default)]
struct Times {
    calendar: Calendar,
    hours: HashMap<UnitId, Hours>,
}

impl Directory {
    /// Opens over whatever units there are; [`Directory::whole`] says whether they make a tree.
    pub async fn open(db: Db, roles: Roles) -> Result<Self, Problem> {
        let directory = Self {
            db,
            roles,
            tree: Arc::default(),
            times: Arc::default(),
            broken: Arc::default(),
            feeds: Arc::new(Pace::new(FEEDS)),
            wrong_feeds: Arc::new(Pace::new(WRONG_FEEDS)),
        };
        directory.reload().await?;
        Ok(directory)
    }

    /// The same directory over another tree: for asking what a different tree would mean.
    #[must_use]
    pub fn with_tree(&self, tree: Tree) -> Self {
        Self { tree: Arc::new(RwLock::new(Arc::new(tree))), ..self.clone() }
    }

    /// How often calendars read the days of an account.
    pub(crate) fn feeds(&self) -> &Pace<AccountId> {
        &self.feeds
    }

    /// How often an address asks for calendars that are nobody's.
    pub(crate) fn wrong_feeds(&self) -> &Pace<String> {
        &self.wrong_feeds
    }

    /// The roles that a post may have.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The role that somebody named.
    pub fn role(&self, code: &str) -> Result<Role, Problem> {
        self.roles.find(code).ok_or_else(|| Problem::bad_input("unknown-role"))
    }

    pub fn db(&self) -> &Db {
        &self.db
    }

    pub fn tree(&self) -> Arc<Tree> {
        Arc::clone(&self.tree.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads units, calendar and hours anew. Units that are no tree are not taken: the last good ones stay, and
    /// [`Directory::fault`] tells.
    pub async fn reload(&self) -> Result<(), Problem> {
        let conn = self.db.read();
        let stamp = store::unit::stamp(&conn).await?;
        let (units, aliases) = (store::unit::all(&conn).await?, store::alias::all(&conn).await?);
        let calendar = Calendar::built_in().amended(store::calendar::days(&conn).await?);
        let times = Times { calendar, hours: store::calendar::hours(&conn).await? };
        *self.times.write().unwrap_or_else(PoisonError::into_inner) = times;
        let fault = whole::fault(&units);
        if let Some(fault) = &fault {
            tracing::error!(code = fault.kind.code(), units = fault.names(), "the units in the database are no tree");
        }
        if fault.is_none() || self.tree().is_empty() {
            let tree = Arc::new(Tree::new(units, &aliases, stamp));
            *self.tree.write().unwrap_or_else(PoisonError::into_inner) = tree;
        }
        *self.broken.write().unwrap_or_else(PoisonError::into_inner) = fault.map(|fault| (stamp, fault));
        Ok(())
    }

    /// Why the units in the database are no tree, if they are none.
    pub fn fault(&self) -> Option<Fault> {
        self.broken.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(_, fault)| fault.clone())
    }

    /// Refuses to work on units that are no tree, and says what to do.
    pub fn whole(&self) -> Result<(), Problem> {
        self.fault().map_or(Ok(()), |fault| Err(broken("tree-broken", &fault)))
    }

    /// Reloads when another process has changed units since.
    pub async fn refresh(&self) -> Result<(), Problem> {
        let broken = self.broken.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(stamp, _)| *stamp);
        let seen = broken.unwrap_or_else(|| self.tree().stamp);
        if store::unit::stamp(&self.db.read()).await? != seen {
            self.reload().await?;
        }
        Ok(())
    }
}

impl WorkCalendar for Directory {
    fn calendar(&self) -> Calendar {
        self.times.read().unwrap_or_else(PoisonError::into_inner).calendar.clone()
    }

    /// The unit's own, else those of the nearest unit above that has some.
    fn hours(&self, unit: UnitId) -> Hours {
        let times = self.times.read().unwrap_or_else(PoisonError::into_inner);
        self.tree().lineage(unit).iter().find_map(|unit| times.hours.get(unit).copied()).unwrap_or_default()
    }
}

/// Links, and sign-ins that are half gone, of a backup: they were handed out by another day's house.
pub async fn end_ways_in(conn: &db::Writer) -> Result<(), Problem> {
    Ok(store::account::ways_in_drop(conn).await?)
}

/// Refuses units of a backup that are no tree.
pub async fn units_whole(conn: &db::Reader) -> Result<(), Problem> {
    whole::fault(&store::unit::all(conn).await?).map_or(Ok(()), |fault| Err(broken("restore-tree-broken", &fault)))
}

fn broken(code: &'static str, fault: &Fault) -> Problem {
    Problem::new(ProblemKind::Conflict, code).with("names", fault.names()).because(fault.kind.code())
}

impl UnitTree for Directory {
    fn root(&self) -> Option<UnitId> {
        self.tree().root().map(|root| root.id)
    }

    fn lineage(&self, unit: UnitId) -> Vec<UnitId> {
        self.tree().lineage(unit)
    }

    fn subtree(&self, unit: UnitId) -> Vec<UnitId> {
        self.tree().subtree(unit)
    }

    fn merged(&self) -> Vec<(UnitId, UnitId)> {
        self.tree().merged().collect()
    }
}
