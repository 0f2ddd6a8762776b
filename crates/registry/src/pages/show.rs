//! The page of a system: what is known of it, what is not, how it stands to others, its papers.

use axum::extract::Path;
use kernel::Code;
use minijinja::{Value, context};
use webkit::{FieldKind, Kept as _, Outcome, Record as _, Req, told, view};

use super::{
    availability,
    groups::{GROUPS, is_asked},
    proofs::shown,
};
use crate::{
    model::{Amount, CertificateKind, CheckKind, CheckOutcome, LinkKind, System, SystemId},
    usecase::{availability::last, checks, link, merge, papers, proofs},
};

/// What stands in the head of the page.
const APART: [&str; 3] = ["name", "kind", "state"];

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    let system = System::seen(&req.app, &req.ctx, &conn, id).await?;
    let system = System { operator_id: system.operator_id.or(Some(system.owner_id)), ..system };
    let (core, ctx) = (&req.app, &req.ctx);
    let may_know = core.check_today(ctx, "registry.map", system.network()).is_ok();
    let checks = if may_know { checks::of(core, ctx, &conn, &system).await? } else { vec![] };
    let merged = merge::stands_for(core, ctx, &conn, &system).await?;
    let measured = availability::rows(&last(&conn, id).await?, ctx.lang);
    let provider = link::provider_of(core, ctx, &conn, &system).await?;
    let files = proofs::of_system(core, ctx, id).await?;
    let page = context! {
        system => view(&system), look => system.state.look(), kind => system.kind.words(), state => system.state.words(),
        groups => groups(&req, &system), unsaid => unsaid(&req, &system), is_veiled => system.is_veiled(),
        is_unplaced => system.is_unplaced(),
        links => view(link::links_of(core, ctx, &conn, id).await?), provider => view(provider), merged => view(merged),
        kinds => req.choices(LinkKind::KEY, LinkKind::CODES.iter().copied().chain([link::USED_BY, link::PROVIDED_BY])),
        certificates => view(papers::of(&conn, id).await?),
        certificate_kinds => CertificateKind::CODES.to_vec(),
        measured, proofs => shown(&req, &files).await?, today => ctx.today().to_string(), may_know,
        checks => view(checks),
        check_kinds => CheckKind::CODES.to_vec(), outcomes => CheckOutcome::CODES.to_vec(),
        may_edit => system.check(core, ctx).is_ok(), is_assessed => system.kind.is_main(),
        history => view(webkit::history(core, ctx, &id.to_string(), 20).await?),
    };
    req.page("registry/system.html", page).await
}

fn groups(req: &Req, system: &System) -> Vec<Value> {
    let said = system.answers();
    let all: Vec<(&str, Value)> = System::FIELDS.iter().map(|field| field.name).zip(told(req, system, &[])).collect();
    let row = |name: &&'static str| {
        let is_shown = !APART.contains(name) && !merge::is_open(said.text(name));
        all.iter().find(|(known, _)| known == name && is_shown).map(|(name, value)| numbered(system, name, value))
    };
    let group = |one: &super::groups::Group| {
        let rows: Vec<Value> = one.fields.iter().filter_map(row).collect();
        (!rows.is_empty()).then(|| context! { title => one.title, rows })
    };
    GROUPS.iter().filter_map(group).collect()
}

/// What a field says; money and people as pages show numbers.
pub(super) fn numbered(system: &System, field: &str, told: &Value) -> Value {
    let number = match field {
        "cost_per_year" => system.cost_per_year,
        "contract_value" => system.contract_value,
        "users" => system.users,
        _ => return told.clone(),
    };
    context! { number => number.map(Amount::get), kind => "number", ..told.clone() }
}

/// The fields of which nothing is said yet, by the keys of their words.
fn unsaid(req: &Req, system: &System) -> Vec<String> {
    let is_needed = |name: &str| !["backup_proven_on", "deviations", "code", "operating_since"].contains(&name);
    let is_asked = |name: &str| is_needed(name) && is_asked(system.kind, name);
    let fields = System::FIELDS.iter().filter(|field| !matches!(field.kind, FieldKind::Unit) && is_asked(field.name));
    let said = system.answers();
    let unsaid = fields.filter(|field| merge::is_open(said.text(field.name)));
    unsaid.map(|field| req.app.locales().text(req.ctx.lang, field.label, &[])).collect()
}
