//! What plans make of a value: provisional, confirmed by whom and of which period, published.

use kernel::Problem;
use minijinja::{Value, context};
use webkit::{FluentValue, Req};

use crate::{
    model::figures::Definition,
    usecase::figures::value::{ByBody, Seen},
};

/// At each target that measures this for the body that is looked at; nothing of a part of the province that is no body's.
pub async fn stated(req: &Req, of: &Definition, seen: &Seen, values: &ByBody) -> Result<Vec<Value>, Problem> {
    let Some(first) = of.part("") else { return Ok(vec![]) };
    let counted = seen.total(of, values, first.code).filter(|(_, whole)| *whole > 0);
    let Some(counted) = counted.filter(|_| !of.is_waiting && (seen.top.is_some() || seen.is_all(of))) else {
        return Ok(vec![]);
    };
    let mut out = Vec::new();
    for port in req.app.stated() {
        for one in port.stated(of.code, seen.top, counted).await? {
            let by = one.by.and_then(|unit| req.app.bodies().body(unit)).map(|body| body.name);
            let period = one.period.map(|(key, args)| {
                let args: Vec<(&str, FluentValue<'_>)> =
                    args.into_iter().map(|(name, text)| (name, text.into())).collect();
                req.app.locales().text(req.ctx.lang, key, &args)
            });
            out.push(context! { plan => one.plan, href => one.href, state => one.stage.code(), by, period });
        }
    }
    Ok(out)
}
