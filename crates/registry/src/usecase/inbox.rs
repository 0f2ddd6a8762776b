//! What of migrations and level dossiers waits for somebody, and what falls due: told to the inbox and to reminders.

use std::{collections::BTreeMap, sync::Arc};

use db::Db;
use jiff::{ToSpan as _, civil::Date};
use kernel::{Actor, Bodies, Ctx, Due, Dues, Lang, Problem, Role, UnitId, Waiting, Waits, WorkCalendar};

use crate::{
    model::{
        SystemId,
        level::{Dossier, DossierState, due_on, newest},
        moves::{Checklists, Migration},
    },
    store::{
        level::waiting,
        moves::{self, DueStep, to_accept},
    },
    usecase::hand::person,
};

/// How far ahead steps, checks and expiries are shown, in days.
const AHEAD: i64 = 30;

#[derive(Debug, Clone)]
pub struct OpenMoves {
    db: Db,
    bodies: Arc<dyn Bodies>,
    times: Arc<dyn WorkCalendar>,
}

impl OpenMoves {
    pub fn new(db: Db, bodies: Arc<dyn Bodies>, times: Arc<dyn WorkCalendar>) -> Self {
        Self { db, bodies, times }
    }

    /// The step in the reader's language, and of which system.
    fn words(step: &DueStep, lang: Lang) -> String {
        format!("{}: {}", step.system, Checklists::shipped().said(&step.code, &step.step, lang))
    }

    fn due(&self, step: &DueStep) -> Due {
        Due {
            unit: self.bodies.today(step.unit_id.unwrap_or(step.owner_id)),
            kind: "migration-step",
            subject: step.id.to_string(),
            words: Self::words(step, Lang::Vi),
            due: step.due_on,
            is_before: false,
            href: format!("/migrations/{}", step.migration_id),
            only: &[],
        }
    }

    /// What a keeper of the dossier has to do: complete it, check it, renew it.
    fn of_owner(&self, row: &Dossier, today: Date) -> Option<Waits> {
        let soon = today.saturating_add(AHEAD.days());
        let (kind, until) = match row.state {
            DossierState::Returned => ("level-complete", due_on(row, &self.times.calendar())?),
            DossierState::Approved => {
                let by = [row.check_by, row.valid_through].into_iter().flatten().min()?;
                ("level-check", Some(by).filter(|by| *by <= soon)?)
            }
            DossierState::Draft | DossierState::Sent | DossierState::Appraised => return None,
        };
        Some(waits(kind, row, until))
    }
}

fn waits(kind: &'static str, row: &Dossier, until: Date) -> Waits {
    Waits { kind, words: row.name.to_string(), until, href: format!("/levels/{}", row.id) }
}

fn units(ctx: &Ctx, roles: &[Role]) -> Vec<UnitId> {
    let posts = ctx.actor.posts().iter().filter(|post| roles.contains(&post.role));
    let mut units: Vec<UnitId> = posts.map(|post| post.unit).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// Of each system its newest approval alone: what it replaced is checked no more.
fn in_force(rows: Vec<Dossier>) -> Vec<Dossier> {
    let mut of: BTreeMap<SystemId, Vec<Dossier>> = BTreeMap::new();
    for row in rows {
        of.entry(row.system_id).or_default().push(row);
    }
    let of_one = |rows: Vec<Dossier>| {
        let holds = newest(&rows).map(|row| row.id);
        rows.into_iter().filter(move |row| !row.is_approved() || Some(row.id) == holds)
    };
    of.into_values().flat_map(of_one).collect()
}

#[async_trait::async_trait]
impl Waiting for OpenMoves {
    async fn waiting(&self, ctx: &Ctx) -> Result<Vec<Waits>, Problem> {
        if !matches!(ctx.actor, Actor::Person { .. }) {
            return Ok(vec![]);
        }
        let (conn, today, calendar) = (self.db.read(), ctx.today(), self.times.calendar());
        let keepers = units(ctx, &[Role::OFFICER, Role::PROGRAMME]);
        let leaders = units(ctx, &[Role::LEADER]);
        let reviewers = units(ctx, &[Role::OFFICER, Role::PROGRAMME, Role::HEAD]);
        let soon = today.saturating_add(AHEAD.days());
        let mut out: Vec<Waits> = Vec::new();
        for step in moves::due_of(&conn, &keepers, person(&ctx.actor), soon).await? {
            out.push(Waits {
                kind: "migration-step",
                words: Self::words(&step, ctx.lang),
                until: step.due_on,
                href: format!("/migrations/{}", step.migration_id),
            });
        }
        for Migration { id, name, cut_over_on, .. } in to_accept(&conn, &leaders).await? {
            let (kind, until) = ("migration-accept", cut_over_on.unwrap_or(today));
            out.push(Waits { kind, words: name.to_string(), until, href: format!("/migrations/{id}") });
        }
        let own = [DossierState::Returned, DossierState::Approved];
        let own = in_force(waiting(&conn, &keepers, "owner_id", &own).await?);
        out.extend(own.iter().filter_map(|row| self.of_owner(row, today)));
        for row in waiting(&conn, &reviewers, "reviewer_id", &[DossierState::Sent]).await? {
            out.extend(due_on(&row, &calendar).map(|until| waits("level-appraise", &row, until)));
        }
        for row in waiting(&conn, &leaders, "owner_id", &[DossierState::Appraised]).await? {
            out.extend(due_on(&row, &calendar).map(|until| waits("level-approve", &row, until)));
        }
        Ok(out)
    }
}

#[async_trait::async_trait]
impl Dues for OpenMoves {
    async fn due_on(&self, days: &[Date]) -> Result<Vec<Due>, Problem> {
        let steps = moves::due_on(&self.db.read(), days).await?;
        Ok(steps.iter().map(|step| self.due(step)).collect())
    }
}
