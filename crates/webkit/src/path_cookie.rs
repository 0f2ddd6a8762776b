//! A secret that a browser keeps for one page and what lies below it: several of a kind stand side by side, and no other
//! page is sent it.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use axum_extra::extract::CookieJar;
use kernel::Problem;

use crate::{Outcome, Req};

/// As much as browsers keep.
const LONGEST: usize = 4096;

impl Req {
    /// The host's own mark (`__Host-`) asks for the path of the whole site, which this is not for.
    fn path_cookie(&self, name: &str) -> String {
        let config = self.app.config();
        let prefix = if config.is_https() { "__Secure-" } else { "" };
        let site = if config.is_training { "_training" } else { "" };
        format!("{prefix}{name}{site}")
    }

    /// What the browser keeps under this name for the page that is asked for.
    pub fn path_secret(&self, name: &str) -> Option<String> {
        let jar = CookieJar::from_headers(&self.headers);
        let value = jar.get(&self.path_cookie(name)).map(|cookie| cookie.value().to_owned());
        value.filter(|value| !value.is_empty() && value.len() <= LONGEST)
    }

    /// The answer, with which the browser keeps this for `path` and what lies below it, for so many seconds.
    ///
    /// # Errors
    /// Where name, value or path is none that a head can hold.
    pub fn keep_path_secret(&self, mut answer: Response, name: &str, value: &str, path: &str, seconds: u32) -> Outcome {
        let (name, secure) = (self.path_cookie(name), if self.app.config().is_https() { "; Secure" } else { "" });
        let cookie = format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
        let cookie = HeaderValue::from_str(&cookie).map_err(Problem::internal)?;
        answer.headers_mut().append(header::SET_COOKIE, cookie);
        Ok(answer)
    }

    /// The same answer, of whose address the next page learns nothing, and that nobody keeps.
    ///
    /// # Errors
    /// None: the heads are written here.
    pub fn untold(mut answer: Response) -> Outcome {
        answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        Self::not_kept(answer)
    }
}
