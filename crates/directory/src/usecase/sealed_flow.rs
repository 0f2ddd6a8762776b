//! What a browser keeps on its way to the single sign-on, so that only this installation can have given it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use db::Db;
use kernel::{Ctx, Problem};
use ring::hmac::{HMAC_SHA256, Key, sign, verify};

use super::oidc::FLOW_MICROS;
use crate::oidc::Flow;

fn key(db: &Db) -> Key {
    Key::new(HMAC_SHA256, &db.secret_for("single sign-on, the way back"))
}

/// The flow with the moment of its end, under a seal.
pub(crate) fn seal(db: &Db, ctx: &Ctx, flow: &Flow) -> Result<String, Problem> {
    let until = ctx.now().as_microsecond() + FLOW_MICROS;
    let text = format!("{until}.{}", B64.encode(serde_json::to_vec(flow).map_err(Problem::internal)?));
    let seal = B64.encode(sign(&key(db), text.as_bytes()));
    Ok(format!("{text}.{seal}"))
}

/// The flow of a cookie that was sealed here and has not ended.
pub(crate) fn open(db: &Db, ctx: &Ctx, cookie: &str) -> Option<Flow> {
    let (text, seal) = cookie.rsplit_once('.')?;
    verify(&key(db), text.as_bytes(), &B64.decode(seal).ok()?).ok()?;
    let (until, flow) = text.split_once('.')?;
    let until = until.parse::<i64>().ok()?;
    let is_over = until <= ctx.now().as_microsecond() || ctx.is_ahead(until - FLOW_MICROS);
    serde_json::from_slice(&B64.decode(flow).ok()?).ok().filter(|_| !is_over)
}
