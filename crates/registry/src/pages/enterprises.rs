//! The list of state-owned enterprises with the rate that it makes, and one of them with what it signed.

use std::collections::HashMap;

use axum::extract::Path;
use jiff::civil::Date;
use kernel::{Code as _, UnitId};
use minijinja::{Value, context};
use serde_json::Value as Json;
use webkit::{Acted, Outcome, Req, Who, history_of_parts, view};

use super::figures::shown::{end_of, shown};
use crate::{
    model::{
        System, SystemId,
        enterprise::{Enterprise, EnterpriseChange, EnterpriseForm, EnterpriseFormChange, EnterpriseId},
        figures::{ENTERPRISES, named},
    },
    usecase::enterprises::{
        forms::providers,
        listed::may_keep,
        seen::{EnterpriseTold, listing, provider_names, whole},
    },
};

fn body(req: &Req, unit: Option<UnitId>) -> Option<String> {
    unit.and_then(|unit| req.app.bodies().body(unit)).map(|body| body.name)
}

fn line(req: &Req, one: &Enterprise) -> Value {
    context! {
        id => one.id.to_string(), name => one.name.as_str(), tax_code => &one.tax_code, body => body(req, one.body_id),
        written => one.body_id.map(|unit| req.app.bodies().written(unit, req.ctx.today())),
        document => one.document.as_str(), document_on => one.document_on.to_string(), proof => one.proof.as_str(),
        from => one.valid_from.to_string(), until => one.valid_until.map(|day| day.to_string()), rev => one.rev,
    }
}

pub async fn list(req: Req) -> Outcome {
    let all = listing(&req.app, &req.ctx).await?;
    let row = |told: &EnterpriseTold| {
        let counts = context! { counts => told.is_counted, is_whole => told.is_whole, why => &told.why };
        context! { ..counts, ..line(&req, &told.enterprise) }
    };
    let value = all.is_listed.then(|| (all.numerator.unwrap_or_default(), all.denominator));
    let of = named(ENTERPRISES);
    let page = context! {
        rows => all.items.iter().map(row).collect::<Vec<Value>>(), code => ENTERPRISES, key => of.map(|of| of.key()),
        value => of.map(|of| shown(of, value, req.ctx.lang)), may_keep => may_keep(&req.app, &req.ctx).is_ok(),
    };
    req.page("registry/enterprises.html", page).await
}

/// Which form an entry of the journal is about.
fn about(req: &Req, detail: &Json) -> Option<String> {
    let day: Date = detail["signed_on"].as_str()?.parse().ok()?;
    let (year, lang) = (detail["year"].to_string(), req.ctx.lang);
    Some(req.app.locales().text(
        lang,
        "enterprise-form-of",
        &[("year", year.into()), ("day", kernel::day::show(day, lang).into())],
    ))
}

fn form_shown(one: &EnterpriseForm, names: &HashMap<SystemId, String>) -> Value {
    context! {
        id => one.id.to_string(), year => one.year, signed_on => one.signed_on.to_string(), uses => one.uses.words(),
        is_domestic => one.is_domestic.words(), services => one.services.get(), office => one.office.as_str(),
        proof => one.proof.as_str(), provider => one.provider_id.and_then(|id| names.get(&id)),
    }
}

/// The form that is to be changed.
fn asked_form<'a>(req: &Req, forms: &'a [EnterpriseForm]) -> Option<&'a EnterpriseForm> {
    let asked = req.query("form")?;
    forms.iter().find(|one| one.id.to_string() == asked)
}

/// What the fields hold: the form that is to be changed, or a new one of this year.
fn typed(req: &Req, forms: &[EnterpriseForm]) -> Value {
    match asked_form(req, forms) {
        Some(one) => context! {
            id => one.id.to_string(), rev => one.rev, year => one.year.to_string(), uses => one.uses.code(),
            is_domestic => one.is_domestic.code(), provider => one.provider_id.map(|id| id.to_string()),
            services => one.services.get().to_string(), signed_on => one.signed_on.to_string(),
            office => one.office.as_str(), proof => one.proof.as_str(),
        },
        None => context! {
            id => "", rev => 0, year => req.ctx.today().year().to_string(), uses => "", is_domestic => "unknown",
            provider => "", services => "", signed_on => "", office => "", proof => "",
        },
    }
}

pub async fn show(req: Req, Path(id): Path<EnterpriseId>) -> Outcome {
    let conn = req.app.db().read();
    let all = whole(&req.app, &req.ctx, &conn, id).await?;
    let names = provider_names(&req.app, &req.ctx, &conn, &all.providers()).await?;
    let unit = Some(all.enterprise.owner_id);
    let acts: Vec<Acted> = all.changes.iter().map(|one| Acted::new(&one.by_whom, end_of(one.on_day), unit)).collect();
    let people = req.app.who(&acts).await?;
    let change = |(one, who): (&EnterpriseChange, Who)| {
        context! {
            on => one.on_day.to_string(), who => view(who), name => one.name.as_str(), tax_code => &one.tax_code,
            document => one.document.as_str(), from => one.valid_from.to_string(),
            until => one.valid_until.map(|day| day.to_string()), reason => one.reason.as_str(),
        }
    };
    let acts: Vec<Acted> =
        all.form_changes.iter().map(|one| Acted::new(&one.by_whom, end_of(one.on_day), unit)).collect();
    let hands = req.app.who(&acts).await?;
    let form_change = |(one, who): (&EnterpriseFormChange, Who)| {
        context! {
            on => one.on_day.to_string(), who => view(who), reason => one.reason.as_str(),
            is_mistaken => one.is_mistaken, year => one.year, signed_on => one.signed_on.to_string(),
            uses => one.uses.words(), is_domestic => one.is_domestic.words(), services => one.services.get(),
            provider => one.provider_id.and_then(|id| names.get(&id)), office => one.office.as_str(),
            proof => one.proof.as_str(),
        }
    };
    let may_keep = may_keep(&req.app, &req.ctx).is_ok();
    let open = if may_keep { providers(&req.app, &req.ctx, &conn).await? } else { vec![] };
    let choice = |one: &System| context! { value => one.id.to_string(), text => one.name.as_str() };
    let mut choices: Vec<Value> = open.iter().map(choice).collect();
    // Saving takes away none that the reader is not shown.
    let stands = asked_form(&req, &all.forms).and_then(|form| form.provider_id);
    if let Some(hidden) = stands.filter(|id| may_keep && open.iter().all(|one| one.id != *id)) {
        let text =
            names.get(&hidden).cloned().unwrap_or_else(|| req.app.locales().text(req.ctx.lang, "system-not-seen", &[]));
        choices.push(context! { value => hidden.to_string(), text });
    }
    let past = history_of_parts(&req.app, &req.ctx, &id.to_string(), 20, |detail| about(&req, detail)).await?;
    let page = context! {
        id => id.to_string(), one => line(&req, &all.enterprise), typed => typed(&req, &all.forms), may_keep,
        forms => all.forms.iter().map(|one| form_shown(one, &names)).collect::<Vec<Value>>(), past => view(past),
        changes => all.changes.iter().zip(people).map(change).collect::<Vec<Value>>(),
        form_changes => all.form_changes.iter().zip(hands).map(form_change).collect::<Vec<Value>>(),
        providers => choices,
    };
    req.page("registry/enterprise.html", page).await
}
