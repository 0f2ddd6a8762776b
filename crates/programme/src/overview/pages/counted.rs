//! Which work a page counts, in one line: the same rule on the board, on somebody's own page and on an agency's.

use kernel::Problem;
use webkit::{FluentValue, Req};

use crate::{
    overview::store::followed,
    work::{pages::register, store::register::Filter},
};

/// Names of units in the line; of more only how many.
const NAMES: usize = 3;

/// What the address asks for, of the work that the reader answers for.
pub fn filter(req: &Req) -> Filter {
    Filter { ours: true, state: None, ..register::filter(req) }
}

/// The line that says so.
pub async fn words(req: &Req) -> Result<String, Problem> {
    let scope = req.app.authorizer().scope(&req.ctx);
    let said = |key: &str, args: &[(&str, FluentValue<'static>)]| req.app.locales().text(req.ctx.lang, key, args);
    if scope.everything {
        return Ok(said("counted-all", &[]));
    }
    let bodies = req.app.bodies();
    let all = scope.today(&scope.own);
    let mut names: Vec<String> =
        all.iter().filter_map(|unit| bodies.body(*unit)).take(NAMES).map(|body| body.short_name).collect();
    if all.len() > NAMES {
        names.push(said("counted-more", &[("count", i64::try_from(all.len() - NAMES).unwrap_or(0).into())]));
    }
    let units = FluentValue::from(names.join(", "));
    let plans = followed::count(&req.app.db().read(), &scope.own).await?;
    let key = if plans == 0 { "counted-own" } else { "counted-followed" };
    Ok(said(key, &[("units", units), ("plans", plans.into())]))
}
