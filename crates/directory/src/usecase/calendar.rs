//! An administrator amends the calendar: what it moves is told before, and recomputed after, by a job.

use db::Entry;
use jiff::civil::Date;
use kernel::{Ctx, DayKind, Hours, Problem, Resource, SpecialDay, UnitId, WorkCalendar, calendar::CHANGED};
use serde_json::json;
use webkit::Core;

use crate::{Directory, Error, store};

/// One day as it shall be: none as kind makes it what its weekday says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    pub day: Date,
    pub kind: Option<DayKind>,
    pub name: String,
    pub source: String,
}

impl Amendment {
    fn special(&self) -> Option<SpecialDay> {
        self.kind.map(|kind| SpecialDay {
            kind,
            name_vi: self.name.clone(),
            name_en: self.name.clone(),
            source: self.source.clone(),
            status: "amended".into(),
        })
    }
}

/// What the word of a form or a request makes of a day; none is what its weekday says. A word that is no kind is not taken
/// for that.
pub fn kind_of(word: &str) -> Result<Option<DayKind>, Problem> {
    if word == "usual" {
        return Ok(None);
    }
    let unknown = || Problem::bad_input("unknown-day-kind").field("kind", "unknown-day-kind");
    DayKind::parse(word).map(Some).ok_or_else(unknown)
}

fn may(core: &Core, ctx: &Ctx) -> Result<(), Problem> {
    let root = core.get::<Directory>()?.tree().root().map(|root| root.id);
    let resource = Resource { unit: root, ..Resource::installation() };
    core.authorizer().check(ctx, "calendar.edit", &resource)
}

/// How many open deadlines the amendment would move.
pub async fn calendar_preview(core: &Core, ctx: &Ctx, amendment: &Amendment) -> Result<usize, Problem> {
    may(core, ctx)?;
    let calendar = core.get::<Directory>()?.calendar().amended([(amendment.day, amendment.special())]);
    let mut moved = 0;
    for port in core.deadlines() {
        moved += port.moved_by(&calendar).await?;
    }
    Ok(moved)
}

/// Sets a day apart, with the text that says so as source. Deadlines follow in a job, their history kept.
pub async fn calendar_amend(core: &Core, ctx: &Ctx, amendment: &Amendment) -> Result<(), Problem> {
    may(core, ctx)?;
    if amendment.source.trim().is_empty() {
        return Err(Error::Empty("source").into());
    }
    let directory = core.get::<Directory>()?;
    directory
        .db()
        .write(ctx, |tx| async move {
            let Amendment { day, kind, name, source } = amendment;
            store::calendar::day_set(&tx, *day, *kind, name.trim(), source.trim()).await?;
            store::unit::stamp_bump(&tx).await?;
            tx.enqueue(CHANGED, &json!({ "day": day.to_string() })).await?;
            let kind = kind.map(DayKind::code);
            tx.ledger(Entry::new("calendar.amend", day).reason(source.trim()).detail(json!({ "kind": kind })));
            Ok(())
        })
        .await?;
    directory.reload().await
}

/// Takes an amendment back: the inverse of [`calendar_amend`].
pub async fn calendar_restore(core: &Core, ctx: &Ctx, day: Date) -> Result<(), Problem> {
    may(core, ctx)?;
    let directory = core.get::<Directory>()?;
    directory
        .db()
        .write(ctx, |tx| async move {
            if !store::calendar::day_drop(&tx, day).await? {
                return Err(Problem::not_found());
            }
            store::unit::stamp_bump(&tx).await?;
            tx.enqueue(CHANGED, &json!({ "day": day.to_string() })).await?;
            tx.ledger(Entry::new("calendar.restore", day));
            Ok(())
        })
        .await?;
    directory.reload().await
}

/// Sets when an office takes papers in; the unit's administrator does it.
pub async fn hours_set(core: &Core, ctx: &Ctx, unit: UnitId, hours: Hours) -> Result<(), Problem> {
    let directory = core.get::<Directory>()?;
    core.authorizer().check(ctx, "person.edit", &Resource::unit(unit))?;
    directory.tree().unit(unit).ok_or_else(Problem::not_found)?;
    if hours.opens >= hours.closes {
        return Err(Problem::bad_input("hours-wrong").field("closes", "hours-wrong"));
    }
    directory
        .db()
        .write(ctx, |tx| async move {
            store::calendar::hours_set(&tx, unit, hours).await?;
            store::unit::stamp_bump(&tx).await?;
            let detail = json!({ "opens": hours.opens.to_string(), "closes": hours.closes.to_string() });
            tx.ledger(Entry::new("unit.hours", unit).unit(unit).detail(detail));
            Ok(())
        })
        .await?;
    directory.reload().await
}
