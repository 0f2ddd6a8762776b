//! What of migrations, levels, labels and lists waits for somebody, and what falls due: told to the inbox and to reminders.
//! Nothing of it is kept: a line is there once for each thing, until what it asks for is done.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use db::{Db, Reader};
use jiff::{ToSpan as _, civil::Date};
use kernel::{
    Actor, Bodies, Clock, Colleagues, Ctx, Due, Dues, Lang, Problem, Role, UnitId, Waiting, Waits, WorkCalendar,
    ctx::vietnam,
};

use crate::{
    model::{
        SystemId,
        level::{Dossier, DossierState, Known, due_on, newest, operating_on},
        moves::Checklists,
    },
    store::{
        confirmation,
        label::to_publish,
        level::{self, to_approve, waiting},
        moves::{self, DueStep, to_accept},
    },
    usecase::{
        confirm::last_day,
        hand::{hand, person},
        whose::Leaders,
    },
};

/// How far ahead steps, checks and expiries are shown, in days.
const AHEAD: i64 = 30;

#[derive(Debug, Clone)]
pub struct OpenMoves {
    db: Db,
    bodies: Arc<dyn Bodies>,
    times: Arc<dyn WorkCalendar>,
    colleagues: Arc<dyn Colleagues>,
    clock: Arc<dyn Clock>,
}

impl OpenMoves {
    pub fn new(
        db: Db,
        bodies: Arc<dyn Bodies>,
        times: Arc<dyn WorkCalendar>,
        colleagues: Arc<dyn Colleagues>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { db, bodies, times, colleagues, clock }
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

    /// Who has to do what about a dossier, and by when: complete it, appraise it, approve it, check or renew it.
    fn by(&self, row: &Dossier) -> Option<(UnitId, &'static str, Date)> {
        let clock = || due_on(row, &self.times.calendar());
        Some(match row.state {
            DossierState::Draft => return None,
            DossierState::Sent => (row.reviewer_id?, "level-appraise", clock()?),
            DossierState::Returned => (row.owner_id, "level-complete", clock()?),
            DossierState::Appraised => (row.owner_id, "level-approve", clock()?),
            DossierState::Approved => {
                (row.owner_id, "level-check", [row.check_by, row.valid_through].into_iter().flatten().min()?)
            }
        })
    }

    fn waits(&self, row: &Dossier) -> Option<Waits> {
        let (_, kind, until) = self.by(row)?;
        Some(Waits { kind, words: row.name.to_string(), until, href: format!("/levels/{}", row.id) })
    }

    fn level(&self, row: &Dossier) -> Option<Due> {
        let (unit, kind, due) = self.by(row)?;
        Some(Due {
            unit: self.bodies.today(unit),
            kind,
            subject: row.id.to_string(),
            words: row.name.to_string(),
            due,
            is_before: false,
            href: format!("/levels/{}", row.id),
            only: &[],
        })
    }

    /// One that operates without an approved level, where the day is known since when.
    fn missing(&self, one: &Known) -> Option<Due> {
        Some(Due {
            unit: self.bodies.today(one.owner_id),
            kind: "level-missing",
            subject: one.id.to_string(),
            words: one.name.clone(),
            due: one.operating_since?,
            is_before: false,
            href: format!("/systems/{}/road", one.id),
            only: &[],
        })
    }

    /// Approvals, each at the body whose leader is asked for it; at the owner where there is no leader who may.
    async fn approvals(&self, conn: &Reader) -> Result<Vec<Due>, Problem> {
        let (rows, today) = (to_approve(conn).await?, vietnam(self.clock.now()));
        let owners = rows.iter().map(|row| row.owner_id).collect();
        let leaders = Leaders::over(self.bodies.as_ref(), self.colleagues.as_ref(), today, owners).await?;
        let due = |row: &Dossier| {
            let due = self.level(row)?;
            let unit = leaders.approves(row).unwrap_or(due.unit);
            Some(Due { unit, words: leaders.said(unit, row.owner_id, &row.name), ..due })
        };
        Ok(rows.iter().filter_map(due).collect())
    }

    /// What is to be done about levels, whenever it is due: of the dossiers and systems of some units, or of all; and every
    /// approval, since it may wait for another body than the owner.
    async fn levels(&self, conn: &Reader, some: Option<&[UnitId]>) -> Result<Vec<Due>, Problem> {
        let rows = in_force(level::live(conn, some).await?);
        let without = level::missing(conn, some).await?;
        let rows = rows.iter().filter(|row| row.state != DossierState::Appraised).filter_map(|row| self.level(row));
        let mut out: Vec<Due> = rows.chain(without.iter().filter_map(|one| self.missing(one))).collect();
        out.extend(self.approvals(conn).await?);
        Ok(out)
    }

    /// Acceptances, approvals and labels that are for a leader of these units to say: of their own body, or of one below in
    /// which no leader may; then with whose it is.
    async fn led(&self, ctx: &Ctx, conn: &Reader, units: &[UnitId]) -> Result<Vec<Waits>, Problem> {
        if units.is_empty() {
            return Ok(vec![]);
        }
        let (today, bodies) = (ctx.today(), self.bodies.as_ref());
        let (moved, appraised, labels) = (to_accept(conn).await?, to_approve(conn).await?, to_publish(conn).await?);
        let owners = moved.iter().map(|row| row.owner_id).chain(appraised.iter().map(|row| row.owner_id));
        let owners: BTreeSet<UnitId> = owners.chain(labels.iter().map(|(system, _)| system.owner_id)).collect();
        let leaders = Leaders::over(bodies, self.colleagues.as_ref(), today, owners).await?;
        let (hand, person) = (hand(&ctx.actor), person(&ctx.actor));
        let mut out: Vec<Waits> = Vec::new();
        for row in moved.iter().filter(|row| !row.is_by(&hand, person)) {
            let Some(asked) = leaders.accepts(row).filter(|unit| units.contains(unit)) else { continue };
            out.push(Waits {
                kind: "migration-accept",
                words: leaders.said(asked, row.owner_id, &row.name),
                until: row.cut_over_on.unwrap_or(today),
                href: format!("/migrations/{}", row.id),
            });
        }
        for row in appraised.iter().filter(|row| !row.is_by(&hand)) {
            let Some(asked) = leaders.approves(row).filter(|unit| units.contains(unit)) else { continue };
            let words = leaders.said(asked, row.owner_id, &row.name);
            out.extend(self.waits(row).map(|waits| Waits { words, ..waits }));
        }
        for (system, lines) in labels.iter().filter(|(_, lines)| !lines.iter().any(|line| line.is_by(&hand))) {
            let asked = leaders.publishes(system.owner_id, lines).filter(|unit| units.contains(unit));
            let Some(asked) = asked else { continue };
            out.push(Waits {
                kind: "label-publish",
                words: leaders.said(asked, system.owner_id, &system.name),
                until: lines.iter().map(|line| line.on_day).max().unwrap_or(today),
                href: format!("/systems/{}/label", system.id),
            });
        }
        Ok(out)
    }

    /// A line for each body, however many of its systems it is about: its name, how many, and the first day.
    fn by_body(
        &self,
        (kind, page): (&'static str, &str),
        rows: impl Iterator<Item = (UnitId, i64, Date)>,
    ) -> Vec<Waits> {
        let mut of: BTreeMap<UnitId, (i64, Date)> = BTreeMap::new();
        for (owner, count, until) in rows {
            let (all, first) = of.entry(self.bodies.today(owner)).or_insert((0, until));
            (*all, *first) = (*all + count, until.min(*first));
        }
        let line = |(unit, (count, until)): (UnitId, (i64, Date))| {
            let name = self.bodies.body(unit).map(|body| body.short_name).unwrap_or_default();
            Waits { kind, words: format!("{name} ({count})"), until, href: format!("{page}={unit}") }
        };
        of.into_iter().map(line).collect()
    }
}

/// The units of such posts, and what was merged into them.
fn units(bodies: &dyn Bodies, ctx: &Ctx, roles: &[Role]) -> Vec<UnitId> {
    let posts = ctx.actor.posts().iter().filter(|post| roles.contains(&post.role));
    let mut units: Vec<UnitId> = posts.map(|post| post.unit).collect();
    units.sort_unstable();
    units.dedup();
    bodies.answer_for(&units)
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
        let (conn, today) = (self.db.read(), ctx.today());
        let of = |roles: &[Role]| units(self.bodies.as_ref(), ctx, roles);
        let (keepers, leaders) = (of(&[Role::OFFICER, Role::PROGRAMME]), of(&[Role::LEADER]));
        let reviewers = of(&[Role::OFFICER, Role::PROGRAMME, Role::HEAD, Role::LEADER]);
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
        out.extend(self.led(ctx, &conn, &leaders).await?);
        let own = [DossierState::Returned, DossierState::Approved];
        let own = in_force(waiting(&conn, &keepers, "owner_id", &own).await?);
        let own = own.iter().filter_map(|row| self.waits(row));
        out.extend(own.filter(|one| one.kind != "level-check" || one.until <= soon));
        for row in waiting(&conn, &reviewers, "reviewer_id", &[DossierState::Sent]).await? {
            out.extend(self.waits(&row));
        }
        let since = |one: &Known| operating_on(one.operating_since, one.since).filter(|on| *on <= today);
        let without = level::missing(&conn, Some(&keepers)).await?;
        let without = without.iter().map(|one| (one.owner_id, 1, since(one).unwrap_or(today)));
        out.extend(self.by_body(("level-missing", "/levels/faults?owner"), without));
        let (last, speakers) = (last_day(today), of(&[Role::LEADER, Role::PROGRAMME]));
        if last <= soon {
            let open = confirmation::open(&conn, today.year()).await?.into_iter();
            let open = open.filter(|(owner, _)| speakers.contains(owner)).map(|(owner, count)| (owner, count, last));
            out.extend(self.by_body(("confirmation", "/systems/ours?unit"), open));
        }
        Ok(out)
    }
}

#[async_trait::async_trait]
impl Dues for OpenMoves {
    async fn due_on(&self, days: &[Date]) -> Result<Vec<Due>, Problem> {
        let conn = self.db.read();
        let steps = moves::due_on(&conn, days).await?;
        let levels = self.levels(&conn, None).await?.into_iter().filter(|due| days.contains(&due.due));
        Ok(steps.iter().map(|step| self.due(step)).chain(levels).collect())
    }

    async fn of_units(&self, units: &[UnitId], (first, last): (Date, Date)) -> Result<Vec<Due>, Problem> {
        let (conn, own) = (self.db.read(), self.bodies.answer_for(units));
        let steps = moves::due_of(&conn, &own, None, last).await?;
        let levels = self.levels(&conn, Some(&own)).await?;
        let mut out: Vec<Due> = steps.iter().map(|step| self.due(step)).chain(levels).collect();
        out.retain(|due| (first..=last).contains(&due.due) && units.contains(&due.unit));
        Ok(out)
    }
}
