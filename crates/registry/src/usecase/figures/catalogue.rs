//! The catalogue of what the province shares, as the appendix of a decision.

use kernel::{Code as _, Ctx, Held, Lang, Problem, Resolution, UnitId};
use nd30::{Appendix, Block, Column, Kind, Level, Paper, Run, Signer, Table};
use webkit::{Core, FluentValue};

use crate::store::figures::catalogue::{Shared, shared, unconfirmed};

/// What stands in the catalogue: an officer marks it as shared, and its owner's leader confirms the list.
pub async fn catalogue(core: &Core) -> Result<Vec<Shared>, Problem> {
    Ok(shared(&core.db().read()).await?)
}

/// What does not stand there yet, of the bodies whose lists the actor sees.
pub async fn waiting(core: &Core, ctx: &Ctx) -> Result<Vec<Shared>, Problem> {
    Ok(unconfirmed(&core.db().read(), &core.authorizer().reach(ctx, Held::Any)).await?)
}

/// The committee of the province, which issues it; where none is known the body of whoever asks.
fn issuer(core: &Core, own: Option<UnitId>) -> String {
    let bodies = core.bodies();
    let committee = match bodies.resolve("UBND tỉnh", None) {
        Resolution::Unit { unit, certain: true, .. } => Some(unit),
        _ => None,
    };
    let name = committee.or(own).and_then(|unit| bodies.body(unit)).map(|body| body.name).unwrap_or_default();
    let name = name.strip_prefix("UBND ").map_or(name.clone(), |rest| format!("Ủy ban nhân dân {rest}"));
    let is_bare = ["tỉnh", "thành phố"].into_iter().any(|kind| name.ends_with(&format!(" {kind}")));
    if is_bare { format!("{name} {}", bodies.province()) } else { name }
}

/// A draft of the decision with its appendix. Its grounds and its number are for people.
pub fn paper(core: &Core, ctx: &Ctx, all: &[Shared]) -> Paper {
    let text = |key: &str, args: &[(&str, FluentValue<'_>)]| core.locales().text(Lang::Vi, key, args);
    let own = ctx.actor.posts().first().map(|post| post.unit);
    let issuer = issuer(core, own);
    let count = [("count", FluentValue::from(all.len())), ("issuer", FluentValue::from(issuer.as_str()))];
    let words = |key: &str| vec![Run::new(text(key, &count))];
    let place = core.bodies().province();
    let kind = Kind::Named { name: text("catalogue-decision", &[]), about: text("catalogue-decision-about", &count) };
    Paper {
        issuer: issuer.clone(),
        symbol: "QĐ-UBND".into(),
        place: if place.is_empty() { "……".into() } else { place },
        drafted: Some(ctx.today()),
        kind,
        body: vec![
            Block::Paragraph(vec![Run::new(text("catalogue-decision-grounds", &count)).gap()]),
            Block::Heading(Level::Part, vec![Run::new(text("catalogue-decides", &[])).bold()]),
            Block::Paragraph(words("catalogue-decision-1")),
            Block::Paragraph(words("catalogue-decision-2")),
            Block::Paragraph(words("catalogue-decision-3")),
        ],
        signer: Signer { authority: vec![text("catalogue-decision-signer", &[])], name: None },
        appendices: vec![Appendix {
            title: text("catalogue-appendix", &[]),
            body: vec![Block::Table(table(core, all))],
            landscape: true,
        }],
        is_draft: true,
        ..Paper::default()
    }
}

fn table(core: &Core, all: &[Shared]) -> Table {
    let text = |key: &str| core.locales().text(Lang::Vi, key, &[]);
    let heads = ["catalogue-order", "system-name", "system-kind", "owner", "system-purpose", "system-interfaces"];
    let row = |(at, one): (usize, &Shared)| {
        let owner = core.bodies().body(one.owner_id).map(|body| body.name).unwrap_or_default();
        let cells = [
            (at + 1).to_string(),
            one.name.to_string(),
            text(&one.kind.words()),
            owner,
            one.purpose.as_deref().unwrap_or("–").to_owned(),
            text(&one.interfaces.words()),
        ];
        cells.into_iter().map(|cell| vec![Run::new(cell)]).collect()
    };
    Table {
        head: heads.map(text).to_vec(),
        columns: vec![Column::Order],
        rows: all.iter().enumerate().map(row).collect(),
    }
}
