//! What an enterprise signed of a year is entered. What was entered wrongly is mended, or taken out as a mistake, with a reason
//! that is kept.

use db::{Reader, Row as _, Tx, Words, vals};
use jiff::civil::Date;
use kernel::{Ctx, Faults, Problem};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use webkit::{Core, Filled as _, Kept as _};

use super::listed::{day, entry, may_keep, proof, words, wrong};
use crate::{
    model::{
        Amount, Known, System, SystemId,
        enterprise::{Enterprise, EnterpriseForm, EnterpriseFormChange, EnterpriseFormId, EnterpriseId},
    },
    store::enterprise,
    usecase::typed,
};

/// A signed form as it is entered.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct EnterpriseFormInput {
    /// The year of which it speaks; it is signed in it.
    pub year: String,
    /// Whether cloud services are used: `yes` or `no`.
    pub uses: String,
    /// Whether a domestic provider gives them: `yes`, `no` or `unknown`.
    pub is_domestic: String,
    /// The id of a provider in the registry, where one is named.
    pub provider: String,
    /// How many services; empty is none.
    pub services: String,
    pub signed_on: String,
    /// The office of who signed.
    pub office: String,
    /// Where the signed form is kept: words, or one address of https.
    pub proof: String,
    /// The form that is changed; none of a new one.
    pub form: String,
    /// `1`: the form that is named was entered by mistake, and goes.
    pub is_mistaken: String,
    /// Why it is changed, or goes.
    pub reason: String,
    /// The revision of the form that was read; of a new one none.
    pub rev: i64,
}

fn year(text: &str) -> Result<i64, Problem> {
    let bad = || wrong("year", "bad-number").with("least", 2000).with("most", 2100);
    text.trim().parse().ok().filter(|year| (2000..=2100).contains(year)).ok_or_else(bad)
}

/// A number of things, not of money: no unit stands behind it.
fn services(text: &str) -> Result<Amount, Problem> {
    const CODE: &str = "enterprise-services-number";
    let text = Some(text.trim()).filter(|text| !text.is_empty()).unwrap_or("0");
    let number = text.parse::<i64>().ok().and_then(Amount::new);
    number.ok_or_else(|| Problem::bad_input(CODE).with("text", text).field("services", CODE))
}

/// Whether cloud services are used: one or the other is said.
fn uses(text: &str) -> Result<Known, Problem> {
    let empty = || wrong("uses", "field-empty");
    let text = Some(text.trim()).filter(|text| !text.is_empty()).ok_or_else(empty)?;
    let said = typed::code::<Known>("uses", text)?;
    Some(said).filter(|said| *said != Known::Unknown).ok_or_else(empty)
}

fn is_domestic(text: &str) -> Result<Known, Problem> {
    match text.trim() {
        "" => Ok(Known::Unknown),
        said => typed::code("is_domestic", said),
    }
}

fn provider(text: &str) -> Result<Option<SystemId>, Problem> {
    let text = Some(text.trim()).filter(|text| !text.is_empty());
    let read: Option<Result<SystemId, _>> = text.map(str::parse);
    read.transpose().map_err(|_| wrong("provider", "enterprise-form-provider"))
}

/// The form that is said, with all that is wrong with it by itself.
fn read(ctx: &Ctx, enterprise_id: EnterpriseId, input: &EnterpriseFormInput) -> (EnterpriseForm, Faults) {
    let mut faults = Faults::default();
    let form = EnterpriseForm {
        id: ctx.new_id(),
        enterprise_id,
        year: faults.or(0, year(&input.year)),
        uses: faults.or(Known::Unknown, uses(&input.uses)),
        is_domestic: faults.or(Known::Unknown, is_domestic(&input.is_domestic)),
        provider_id: faults.or(None, provider(&input.provider)),
        services: faults.or(Amount::blank(), services(&input.services)),
        signed_on: faults.or(Date::ZERO, day("signed_on", &input.signed_on)),
        office: faults.or(Words::default(), words("office", &input.office)),
        proof: faults.or(Words::default(), proof(&input.proof)),
        rev: 1,
    };
    form.check(ctx.today(), &mut faults);
    (form, faults)
}

/// What was done with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Added,
    Changed,
    Mistaken,
}

/// Enters a form of an enterprise; where the input names one that is there, says that anew or takes it out as a mistake.
pub async fn enterprise_form(
    core: &Core,
    ctx: &Ctx,
    id: EnterpriseId,
    input: &EnterpriseFormInput,
) -> Result<(EnterpriseForm, Written), Problem> {
    may_keep(core, ctx)?;
    let of = input.form.trim();
    if of.is_empty() {
        return Ok((add(core, ctx, id, input).await?, Written::Added));
    }
    let of: EnterpriseFormId = of.parse().map_err(|_| Problem::not_found())?;
    if input.is_mistaken.trim().is_empty() {
        Ok((change(core, ctx, (id, of), input).await?, Written::Changed))
    } else {
        let reason = &words("reason", &input.reason)?;
        Ok((mistaken(core, ctx, (id, of, input.rev), reason).await?, Written::Mistaken))
    }
}

/// The line as it stays until the act is over, for whom keeps it.
async fn held(core: &Core, ctx: &Ctx, tx: &Tx, id: EnterpriseId) -> Result<Enterprise, Problem> {
    may_keep(core, ctx)?;
    Enterprise::held(tx, id).await?.ok_or_else(Problem::not_found)
}

/// One of its forms, over the revision that was read.
async fn read_form(tx: &Tx, (id, of, rev): (EnterpriseId, EnterpriseFormId, i64)) -> Result<EnterpriseForm, Problem> {
    let form = EnterpriseForm::held(tx, of).await?.filter(|form| form.enterprise_id == id);
    let form = form.ok_or_else(Problem::not_found)?;
    Problem::stale_unless(form.rev == rev).map(|()| form)
}

/// Whether it may stand beside this line, and name this provider: one that the actor sees, or that stood there before.
async fn check(
    core: &Core,
    ctx: &Ctx,
    tx: &Tx,
    (line, form): (&Enterprise, &EnterpriseForm),
    was: Option<&EnterpriseForm>,
) -> Result<(), Problem> {
    form.check_listed(line)?;
    let Some(provider) = form.provider_id else { return Ok(()) };
    // It may become a secret or a mistake meanwhile.
    tx.keep(System::TABLE, "id = $1", vals![provider.uuid()]).await?;
    let unknown = || wrong("provider", "enterprise-form-provider");
    let provider = if was.is_some_and(|was| was.provider_id == Some(provider)) {
        System::get(tx, provider).await?.ok_or_else(unknown)?
    } else {
        System::seen(core, ctx, tx, provider).await.map_err(|_| unknown())?
    };
    provider.check_open()?;
    form.check_provider(&provider)
}

/// Which one an entry is about.
fn detail(form: &EnterpriseForm) -> Json {
    json!({ "form": form.id.to_string(), "year": form.year, "signed_on": form.signed_on.to_string() })
}

async fn add(core: &Core, ctx: &Ctx, id: EnterpriseId, input: &EnterpriseFormInput) -> Result<EnterpriseForm, Problem> {
    Enterprise::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let (form, faults) = read(ctx, id, input);
    faults.done()?;
    let form = &form;
    core.db()
        .write(ctx, |tx| async move {
            let line = held(core, ctx, &tx, id).await?;
            check(core, ctx, &tx, (&line, form), None).await?;
            form.add(&tx).await?;
            tx.ledger(entry("enterprise.form", &line).detail(detail(form)));
            Ok(form.clone())
        })
        .await
}

/// What is kept of it for good.
fn change_of(ctx: &Ctx, was: &EnterpriseForm, reason: &Words, is_mistaken: bool) -> EnterpriseFormChange {
    let was = was.clone();
    EnterpriseFormChange {
        id: ctx.new_id(),
        enterprise_id: was.enterprise_id,
        form_id: was.id,
        on_day: ctx.today(),
        by_whom: ctx.actor.pseudonym(),
        reason: reason.clone(),
        is_mistaken,
        year: was.year,
        uses: was.uses,
        is_domestic: was.is_domestic,
        provider_id: was.provider_id,
        services: was.services,
        signed_on: was.signed_on,
        office: was.office,
        proof: was.proof,
    }
}

async fn change(
    core: &Core,
    ctx: &Ctx,
    (id, of): (EnterpriseId, EnterpriseFormId),
    input: &EnterpriseFormInput,
) -> Result<EnterpriseForm, Problem> {
    let (said, mut faults) = read(ctx, id, input);
    let reason = &faults.or(Words::default(), words("reason", &input.reason));
    faults.done()?;
    let said = &said;
    core.db()
        .write(ctx, |tx| async move {
            let line = held(core, ctx, &tx, id).await?;
            let was = read_form(&tx, (id, of, input.rev)).await?;
            let form = EnterpriseForm { id: of, rev: was.rev, ..said.clone() };
            check(core, ctx, &tx, (&line, &form), Some(&was)).await?;
            change_of(ctx, &was, reason, false).insert(&tx).await?;
            form.keep(&tx).await?;
            tx.ledger(entry("enterprise.form_change", &line).reason(reason.clone()).detail(detail(&form)));
            EnterpriseForm::get(&tx, of).await?.ok_or_else(Problem::not_found)
        })
        .await
}

async fn mistaken(
    core: &Core,
    ctx: &Ctx,
    (id, of, rev): (EnterpriseId, EnterpriseFormId, i64),
    reason: &Words,
) -> Result<EnterpriseForm, Problem> {
    core.db()
        .write(ctx, |tx| async move {
            let line = held(core, ctx, &tx, id).await?;
            let was = read_form(&tx, (id, of, rev)).await?;
            change_of(ctx, &was, reason, true).insert(&tx).await?;
            EnterpriseForm::delete(&tx, vec![of]).await?;
            tx.ledger(entry("enterprise.form_mistaken", &line).reason(reason.clone()).detail(detail(&was)));
            Ok(was)
        })
        .await
}

/// The providers that a form may name, by name: of those the ones that the actor sees.
pub async fn providers(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Vec<System>, Problem> {
    let mut open = enterprise::providers(conn).await?;
    open.retain(|provider| !provider.is_veiled());
    System::all_seen(core, ctx, conn, open).await
}
