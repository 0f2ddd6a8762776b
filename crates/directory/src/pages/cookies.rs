//! Cookies beside the session's: how a browser is known again, and what it keeps between password and second factor.

use axum_extra::extract::CookieJar;
use webkit::Req;

use super::access::secure;

pub const DEVICE: &str = "dinh_device";
pub const HALFWAY: &str = "dinh_halfway";
pub const YEAR: u32 = 365 * 24 * 3600;

/// Two sites of one host share their cookies, so each has names of its own.
fn name(req: &Req, name: &str) -> String {
    if req.app.config().is_training { format!("{name}_training") } else { name.to_owned() }
}

pub fn read(req: &Req, cookie: &str) -> Option<String> {
    let jar = CookieJar::from_headers(&req.headers);
    jar.get(&name(req, cookie)).map(|cookie| cookie.value().to_owned()).filter(|value| value.len() <= 100)
}

/// The header that sets a cookie for so many seconds; none: it is taken away.
pub fn put(req: &Req, cookie: &str, value: &str, seconds: Option<u32>) -> String {
    let (name, seconds) = (name(req, cookie), seconds.unwrap_or(0));
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{}", secure(req))
}
