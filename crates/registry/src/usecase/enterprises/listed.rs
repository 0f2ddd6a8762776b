//! An enterprise is put into the list by the document that approves it; a line is changed with a reason that is kept.

use std::ops::RangeInclusive;

use db::{Entry, Row as _, Words};
use jiff::civil::Date;
use kernel::{Ctx, Faults, Lang, Problem, Resource, Search, UnitId};
use serde::Deserialize;
use webkit::Core;

use crate::{
    model::{
        SCIENCE,
        enterprise::{Enterprise, EnterpriseChange, EnterpriseForm, EnterpriseId, KEEP, KIND, tax_code},
        evidence::is_evidence,
    },
    store::enterprise,
    usecase::typed,
};

const LINE: usize = 300;
/// The years of days that a paper here bears: since there is this state, and as far ahead as the registry looks.
const YEARS: RangeInclusive<i16> = 1945..=2100;

/// A line as the form says it, in whole.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct EnterpriseInput {
    pub name: String,
    /// 10 digits, or 13.
    pub tax_code: String,
    /// The body that stands for its owner, by its id or name.
    pub body: String,
    /// The number of the document that approves it.
    pub document: String,
    pub document_on: String,
    /// Where that document is kept: words, or one address of https.
    pub proof: String,
    pub valid_from: String,
    /// Empty while it stands in the list.
    pub valid_until: String,
    /// Why the line is changed; of a new one the document says it.
    pub reason: String,
    /// The revision of the line that was read; of a new one none.
    pub rev: i64,
}

pub(super) fn wrong(field: &str, code: &'static str) -> Problem {
    Problem::bad_input(code).field(field, code)
}

pub(super) fn words(field: &'static str, text: &str) -> Result<Words, Problem> {
    typed::words(field, text, LINE)?.and_then(Words::some).ok_or_else(|| wrong(field, "field-empty"))
}

/// Words, or an address that has a host.
pub(super) fn proof(text: &str) -> Result<Words, Problem> {
    let said = words("proof", text)?;
    if is_evidence(&said) { Ok(said) } else { Err(wrong("proof", "enterprise-proof")) }
}

fn some_day(field: &'static str, text: &str) -> Result<Option<Date>, Problem> {
    const CODE: &str = "enterprise-day-years";
    let day = typed::day(field, text)?;
    if day.is_none_or(|day| YEARS.contains(&day.year())) {
        return Ok(day);
    }
    Err(Problem::bad_input(CODE).with("first", YEARS.start()).with("last", YEARS.end()).field(field, CODE))
}

pub(super) fn day(field: &'static str, text: &str) -> Result<Date, Problem> {
    some_day(field, text)?.ok_or_else(|| wrong(field, "field-empty"))
}

/// Whose matter the list is: the department's, and the province's where there is none of this name.
pub fn owner(core: &Core, today: Date) -> Result<UnitId, Problem> {
    let bodies = core.bodies();
    bodies.meant_in_list(SCIENCE, today).or_else(|problem| {
        if problem.code != "unknown-unit" {
            return Err(problem);
        }
        let search = Search { words: "", near: &[], day: today, from: 0, limit: 1 };
        let tops = bodies.search(&search, &|unit| bodies.above(unit).is_none()).bodies;
        tops.first().map(|hit| hit.unit).ok_or_else(Problem::not_found)
    })
}

/// Whether the actor keeps the list, each line of it, whoever owned the matter when that was entered.
pub fn may_keep(core: &Core, ctx: &Ctx) -> Result<(), Problem> {
    core.check_today(ctx, KEEP.action, Resource::kept(KIND, owner(core, ctx.today())?))
}

/// The body that is meant; an id alone may be nobody's.
fn body(core: &Core, text: &str, today: Date) -> Result<UnitId, Problem> {
    let bodies = core.bodies();
    let unknown = || Problem::bad_input("unknown-unit").with("name", text);
    let known = |unit: UnitId| bodies.body(unit).map(|body| body.unit).ok_or_else(unknown);
    bodies.meant(text, today).and_then(known).map_err(|problem| problem.field("body", "unknown-unit-field"))
}

/// The line that is said, with all that is wrong with it: a new one of this owner, or what stands there with all of it said
/// anew.
fn read(core: &Core, ctx: &Ctx, input: &EnterpriseInput, owner_id: UnitId) -> (Enterprise, Faults) {
    let (today, mut faults) = (ctx.today(), Faults::default());
    let stands = Some(input.body.trim()).filter(|text| !text.is_empty());
    let line = Enterprise {
        id: ctx.new_id(),
        name: faults.or(Words::default(), words("name", &input.name)),
        tax_code: faults.or(String::new(), tax_code(&input.tax_code)),
        body_id: faults.or(None, stands.map(|text| body(core, text, today)).transpose()),
        document: faults.or(Words::default(), words("document", &input.document)),
        document_on: faults.or(Date::ZERO, day("document_on", &input.document_on)),
        proof: faults.or(Words::default(), proof(&input.proof)),
        valid_from: faults.or(Date::ZERO, day("valid_from", &input.valid_from)),
        valid_until: faults.or(None, some_day("valid_until", &input.valid_until)),
        owner_id,
        rev: 1,
    };
    if line.document_on > today {
        faults.add(wrong("document_on", "enterprise-future"));
    }
    // A day that could not be read is before all others.
    if line.valid_until.is_some_and(|until| until < line.begins()) {
        faults.add(wrong("valid_until", "enterprise-until"));
    }
    (line, faults)
}

/// What is kept of it for good.
fn change_of(ctx: &Ctx, line: &Enterprise, reason: &Words) -> EnterpriseChange {
    let Enterprise { name, tax_code, body_id, document, document_on, proof, valid_from, valid_until, .. } =
        line.clone();
    EnterpriseChange {
        id: ctx.new_id(),
        enterprise_id: line.id,
        on_day: ctx.today(),
        by_whom: ctx.actor.pseudonym(),
        reason: reason.clone(),
        name,
        tax_code,
        body_id,
        document,
        document_on,
        proof,
        valid_from,
        valid_until,
    }
}

pub(super) fn entry(act: &'static str, line: &Enterprise) -> Entry {
    Entry::new(act, line.id).unit(line.owner_id)
}

/// Puts an enterprise into the list.
pub async fn enterprise_add(core: &Core, ctx: &Ctx, input: &EnterpriseInput) -> Result<Enterprise, Problem> {
    may_keep(core, ctx)?;
    let (line, faults) = read(core, ctx, input, owner(core, ctx.today())?);
    faults.done()?;
    let line = &line;
    let change = &change_of(ctx, line, &line.document);
    core.db()
        .write(ctx, |tx| async move {
            may_keep(core, ctx)?;
            line.add(&tx).await?;
            change.insert(&tx).await?;
            tx.ledger(entry("enterprise.add", line).reason(line.document.clone()));
            Ok(line.clone())
        })
        .await
}

/// What was signed stays within the days of its line; else the day that leaves it out is refused, with the day of the form.
pub(super) fn check_forms(line: &Enterprise, forms: &[EnterpriseForm], lang: Lang) -> Result<(), Problem> {
    let Some(form) = forms.iter().find(|form| !line.stands_on(form.signed_on)) else { return Ok(()) };
    let field = if form.signed_on < line.valid_from {
        "valid_from"
    } else if form.signed_on < line.document_on {
        "document_on"
    } else {
        "valid_until"
    };
    Err(wrong(field, "enterprise-forms-outside").with("day", kernel::day::show(form.signed_on, lang)))
}

/// Says a line anew over the revision that was read.
pub async fn enterprise_change(
    core: &Core,
    ctx: &Ctx,
    id: EnterpriseId,
    input: &EnterpriseInput,
) -> Result<Enterprise, Problem> {
    let there = Enterprise::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    may_keep(core, ctx)?;
    let (said, mut faults) = read(core, ctx, input, there.owner_id);
    let reason = &faults.or(Words::default(), words("reason", &input.reason));
    faults.done()?;
    let said = &said;
    core.db()
        .write(ctx, |tx| async move {
            let there = Enterprise::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            may_keep(core, ctx)?;
            Problem::stale_unless(there.rev == input.rev)?;
            let line = Enterprise { id, owner_id: there.owner_id, rev: there.rev, ..said.clone() };
            check_forms(&line, &enterprise::forms(&tx, id).await?, ctx.lang)?;
            change_of(ctx, &line, reason).insert(&tx).await?;
            line.keep(&tx).await?;
            tx.ledger(entry("enterprise.change", &line).reason(reason.clone()));
            Enterprise::get(&tx, id).await?.ok_or_else(Problem::not_found)
        })
        .await
}
