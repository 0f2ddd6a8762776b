//! The page that somebody comes from: where a refusal, or another language, leads back to.

use axum::http::{HeaderName, Method, Uri, header};

use crate::{
    App, Req,
    again::{MINE, RESUME},
    local_path,
};

impl Req {
    /// The page of this site on which the browser says that it stood.
    pub fn referer(&self) -> Option<String> {
        let text = |name: HeaderName| self.headers.get(name).and_then(|value| value.to_str().ok());
        let uri: Uri = text(header::REFERER)?.parse().ok()?;
        let host = text(header::HOST).or_else(|| self.uri.authority().map(|host| host.as_str()));
        if uri.authority().map(|host| host.as_str()) != host || !self.app.shows(uri.path()) {
            return None;
        }
        local_path(&without_done(&uri))
    }

    /// The page to go back to; after a form was sent the one on which it stood, else that of its own address and query, else
    /// the nearest above its address.
    pub fn way_back(&self) -> Option<String> {
        let own = self.uri.path_and_query().map_or("/", |path| path.as_str());
        if self.method == Method::GET {
            return self.referer().filter(|page| page != own);
        }
        self.referer().or_else(|| {
            let above = std::iter::successors(Some(self.uri.path()), |path| path.rsplit_once('/').map(|(up, _)| up));
            let page = |path: &str| if path == self.uri.path() { without_done(&self.uri) } else { path.to_owned() };
            above.filter(|path| self.app.shows(path)).find_map(|path| local_path(&page(path)))
        })
    }
}

/// A page that is come back to does not say once more what was done before, and takes nothing up again.
fn without_done(uri: &Uri) -> String {
    let once = ["done", RESUME, MINE].map(|name| format!("{name}="));
    let is_once = |one: &&str| once.iter().any(|name| one.starts_with(name.as_str()));
    let kept: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(|one| !is_once(one)).collect();
    let query = kept.join("&");
    if query.is_empty() { uri.path().to_owned() } else { format!("{}?{query}", uri.path()) }
}

impl App {
    /// Is there a page at this address? Of two routes that fit, the one with the plainer words is asked.
    fn shows(&self, path: &str) -> bool {
        let fitting = self.addresses().iter().filter(|(pattern, _)| fits(pattern, path));
        let words = |pattern: &str| pattern.split('/').map(|part| !part.starts_with('{')).collect::<Vec<_>>();
        let best = fitting.max_by_key(|(pattern, is_page)| (words(pattern), *is_page));
        best.is_some_and(|(_, is_page)| *is_page)
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one == other || one.starts_with('{') && !other.is_empty() => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_part_by_part() {
        assert!(fits("/plans/{id}", "/plans/plan_1") && fits("/", "/"));
        assert!(!fits("/plans/{id}", "/plans/") && !fits("/plans/{id}", "/plans/a/b") && !fits("/", ""));
    }

    #[test]
    fn what_was_done_is_not_said_twice() {
        let without = |text: &str| without_done(&text.parse().unwrap());
        assert_eq!(without("http://a/plans?done=saved"), "/plans");
        assert_eq!(without("http://a/plans?page=2&done=saved&q=x"), "/plans?page=2&q=x");
        assert_eq!(without("http://a/plans?page=2&resume=k&mine=1"), "/plans?page=2");
    }
}
