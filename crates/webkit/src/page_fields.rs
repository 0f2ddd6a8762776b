//! What every form of a page carries unseen: by which key it acts once and whose page it is, and of long ones under which key
//! its draft is kept.

use quick_xml::escape::{escape, unescape};
use sha2::{Digest, Sha256};

use crate::{refill::DRAFT, refused::PAGE};

const FORM: &str = "<form method=\"post\"";
/// The field that names the draft of a form.
pub(crate) const KEY: &str = "draft";

/// The words beside a form whose draft is kept.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub saved: String,
    pub unsaved: String,
}

/// The key of a draft: its form's address, and what tells it from others that are sent there.
pub(crate) fn draft_key(path: &str, about: &str) -> String {
    let digest = Sha256::digest(format!("{path}\0{about}"));
    hex::encode(&digest[..16])
}

/// An attribute of a tag, as templates write it.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next().unwrap_or_default();
    Some(unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned))
}

/// The key of the draft of a form; none where none is kept.
fn key_of(tag: &str, path: &str) -> Option<String> {
    if !tag.contains(&format!(" {DRAFT}")) {
        return None;
    }
    let action = attribute(tag, "action").filter(|action| !action.is_empty()).unwrap_or_else(|| path.to_owned());
    let action = action.split('?').next().unwrap_or_default();
    Some(draft_key(action, &attribute(tag, DRAFT).unwrap_or_default()))
}

/// The page, at this path, with that in each of its forms that change something.
pub(crate) fn with_fields(page: &str, path: &str, mark: &str, beside: &Beside) -> String {
    let mut out = String::with_capacity(page.len() + 1024);
    let mut rest = page;
    while let Some((start, end)) = rest.find(FORM).and_then(|at| Some((at, at + rest[at..].find('>')? + 1))) {
        out.push_str(&rest[..end]);
        out.push_str(&format!("<input type=\"hidden\" name=\"{PAGE}\" value=\"{mark}\">"));
        let key = key_of(&rest[start..end], path);
        rest = &rest[end..];
        let Some((key, inside)) = key.zip(rest.find("</form>")) else { continue };
        let (saved, unsaved) = (escape(&beside.saved), escape(&beside.unsaved));
        out.push_str(&format!("<input type=\"hidden\" name=\"{KEY}\" value=\"{key}\">"));
        out.push_str(&rest[..inside]);
        out.push_str(&format!(
            "<p class=\"draft-said\" role=\"status\" data-saved=\"{saved}\" data-unsaved=\"{unsaved}\"></p>"
        ));
        rest = &rest[inside..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_changing_form_of_a_page_gets_the_key() {
        let page = "<p>é</p><form method=\"get\"></form><form method=\"post\" action=\"/a?b=1\">x</form><form method=\"post\"></form>";
        let done = with_fields(page, "/own", "k", &Beside::default());
        assert_eq!(done.matches("name=\"once\" value=\"k\"").count(), 2);
        assert!(done.contains("action=\"/a?b=1\"><input type=\"hidden\" name=\"once\" value=\"k\">x"));
        assert!(!done.contains("name=\"draft\"") && !done.contains("draft-said"));
        assert_eq!(with_fields("", "/own", "k", &Beside::default()), "");
    }

    #[test]
    fn a_form_whose_draft_is_kept_is_known_by_its_address_and_what_tells_it_from_others() {
        let page = "<form method=\"post\" data-draft action=\"&#x2f;a?b=1\">x</form><form method=\"post\" data-draft=\"2\" action=\"/a\">y</form>\
            <form method=\"post\" data-draft>z</form>";
        let done = with_fields(page, "/own", "k", &Beside { saved: "đã \"lưu\"".into(), unsaved: "chưa".into() });
        for (path, about) in [("/a", ""), ("/a", "2"), ("/own", "")] {
            let field = format!("name=\"draft\" value=\"{}\"", draft_key(path, about));
            assert_eq!(done.matches(&field).count(), 1, "{done}");
        }
        assert!(done.contains("z<p class=\"draft-said\" role=\"status\" data-saved=\"đã &quot;lưu&quot;\" data-unsaved=\"chưa\"></p></form>"), "{done}");
    }
}
