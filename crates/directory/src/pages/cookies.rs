//! Cookies beside the session's: how a browser is known again, what it keeps between password and second factor, and on
//! the way to the single sign-on.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use axum_extra::extract::CookieJar;
use kernel::Problem;
use webkit::{Outcome, Req};

pub const DEVICE: &str = "dinh_device";
pub const HALFWAY: &str = "dinh_halfway";
/// What must come back from the single sign-on.
pub const OIDC: &str = "dinh_oidc";
pub const YEAR: u32 = 365 * 24 * 3600;

/// As much as browsers keep.
const LONGEST: usize = 4096;

pub fn read(req: &Req, cookie: &str) -> Option<String> {
    let jar = CookieJar::from_headers(&req.headers);
    let value = jar.get(&req.app.config().cookie(cookie)).map(|cookie| cookie.value().to_owned());
    value.filter(|value| value.len() <= LONGEST)
}

/// The header that sets a cookie for so many seconds; none: it is taken away.
pub fn put(req: &Req, cookie: &str, value: &str, seconds: Option<u32>) -> String {
    let (name, seconds) = (req.app.config().cookie(cookie), seconds.unwrap_or(0));
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{}", secure(req))
}

/// Cookies never travel in the clear where the site is reached over https.
pub(super) fn secure(req: &Req) -> &'static str {
    if req.app.config().base_url.starts_with("https:") { "; Secure" } else { "" }
}

pub(super) fn cookied(mut response: Response, cookie: &str) -> Outcome {
    response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(cookie).map_err(Problem::internal)?);
    Ok(response)
}
