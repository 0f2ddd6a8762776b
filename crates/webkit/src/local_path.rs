//! Where a request may send its reader next: only to this site.

use url::Url;

const LONGEST: usize = 4096;

/// The path (with query and fragment) if it stays on this site; none for anything else.
///
/// Browsers drop tabs and line breaks from addresses and read `\` as `/`, so the parser they share decides, not the
/// beginning of the text.
pub fn local_path(given: &str) -> Option<String> {
    let base = Url::parse("http://this-site.invalid/").ok()?;
    if !given.starts_with('/') || given.len() > LONGEST || given.chars().any(char::is_control) {
        return None;
    }
    let here = |text: &str| base.join(text).ok().filter(|url| url.origin() == base.origin());
    let url = here(given)?;
    let path = &url[url::Position::BeforePath..];
    // "/..//other.example" is a path here and another host when it is read again.
    (here(path)? == url).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_follow() {
        for own in
            ["/", "/tasks?state=late&col=plan#row-3", "/plans/plan_01jc/review", "/search?q=d%E1%BB%AF+li%E1%BB%87u"]
        {
            assert_eq!(local_path(own).as_deref(), Some(own));
        }
        assert_eq!(local_path("/tìm?q=đất").as_deref(), Some("/t%C3%ACm?q=%C4%91%E1%BA%A5t"));
        for other in [
            "",
            "tasks",
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\u{0}",
            "/..//evil.example",
            "/.//evil.example",
            "/a/..//evil.example",
            "/%2e%2e//evil.example",
            "/\u{85}/evil.example",
            "javascript:alert(1)",
        ] {
            assert_eq!(local_path(other), None, "{other:?}");
        }
        assert_eq!(local_path(&format!("/{}", "a".repeat(5000))), None);
    }
}
