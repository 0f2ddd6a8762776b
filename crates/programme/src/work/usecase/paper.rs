//! What every official paper of a body has in its head and foot.

use std::sync::Arc;

use kernel::{Ctx, Lang, Problem, UnitId, day, text::fold};
use nd30::Paper;
use webkit::{Core, heavy};

use crate::{
    PapersPort,
    plans::model::naming::{commune, full_name, is_committee, is_elected},
};

/// A body as papers write it: in full, with the province whose it is.
pub fn official(core: &Core, name: &str) -> String {
    whole(&full_name(name), &core.bodies().province())
}

/// "UBND tỉnh Mẫu" from "UBND tỉnh".
fn whole(name: &str, province: &str) -> String {
    let is_bare = ["tỉnh", "thành phố"].into_iter().any(|kind| name.ends_with(&format!(" {kind}")));
    if is_bare && !province.is_empty() { format!("{name} {province}") } else { name.to_owned() }
}

/// The body right above, abbreviated as the decree allows; none for a people's committee or council, and for the topmost.
pub fn superior(core: &Core, unit: UnitId) -> Option<String> {
    let bodies = core.bodies();
    if bodies.body(unit).is_some_and(|body| is_elected(&body.name)) {
        return None;
    }
    // The province itself is a place, not a body that anything is under.
    let above = bodies.above(unit).filter(|above| bodies.above(*above).is_some())?;
    bodies.body(above).map(|body| whole(&body.name, &bodies.province()))
}

/// The place in front of the day: the commune's in which the body is, else the province's.
pub fn place(core: &Core, unit: UnitId) -> String {
    let bodies = core.bodies();
    let lineage = std::iter::successors(Some(unit), |unit| bodies.above(*unit)).take(16);
    let found = lineage.filter_map(|unit| bodies.body(unit)).find_map(|body| commune(&body.name));
    let place = found.unwrap_or_else(|| bodies.province());
    if place.is_empty() { "……".into() } else { place }
}

/// `BC-SKHCN` from "BC" and "Sở KH&CN": the initials that a body writes of itself, from its short name. People's
/// committees all write UBND.
pub fn symbol(kind: Option<&str>, name: &str, short_name: &str) -> String {
    let letters = |word: &str| {
        let folded = fold(word).replace(' ', "").to_uppercase();
        let short = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) || word.contains('&');
        if short { folded } else { folded.chars().take(1).collect() }
    };
    let own: String =
        if is_committee(name) { "UBND".into() } else { short_name.split_whitespace().map(letters).collect() };
    match kind {
        Some(kind) => format!("{kind}-{own}"),
        None => own,
    }
}

/// The ledger's head at this moment, for the foot of what is printed: a copy on paper tells later whether the ledger
/// still holds what it held then.
pub async fn trace(core: &Core, ctx: &Ctx, lang: Lang) -> Result<Option<String>, Problem> {
    let Some(head) = db::ledger_page(&core.db().read(), None, None, 1).await?.into_iter().next() else {
        return Ok(None);
    };
    let args = [
        ("seq", head.seq.to_string().into()),
        ("hash", head.hash.chars().take(16).collect::<String>().into()),
        ("time", day::show_instant(ctx.now(), lang).into()),
    ];
    Ok(Some(core.locales().text(lang, "ledger-trace", &args)))
}

/// The forms in which a paper leaves the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Docx,
    Pdf,
    Html,
}

impl Form {
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "docx" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            "html" => Some(Self::Html),
            _ => None,
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

/// Writes a paper; typesetting waits for its turn.
pub async fn written(core: &Core, paper: Paper, form: Form) -> Result<Vec<u8>, Problem> {
    let papers = Arc::clone(core.get::<PapersPort>()?);
    let work = move || match form {
        Form::Docx => papers.docx(&paper),
        Form::Html => Ok(nd30::html(&paper).into_bytes()),
        Form::Pdf => papers.pdf(&paper),
    };
    heavy(work).await?.map_err(|error| match error {
        nd30::Error::NoFont => Problem::new(kernel::ProblemKind::Unavailable, "font-missing"),
        other @ (nd30::Error::Typeset(_) | nd30::Error::Pack(_)) => Problem::internal(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_of_the_province_bear_its_name() {
        assert_eq!(whole("Ủy ban nhân dân tỉnh", "Mẫu"), "Ủy ban nhân dân tỉnh Mẫu");
        assert_eq!(whole("Ủy ban nhân dân tỉnh Mẫu", "Mẫu"), "Ủy ban nhân dân tỉnh Mẫu");
        assert_eq!(whole("Sở Tài chính", "Mẫu"), "Sở Tài chính");
    }

    #[test]
    fn bodies_are_abbreviated_as_they_do_it() {
        assert_eq!(symbol(Some("BC"), "Sở Khoa học và Công nghệ", "Sở KH&CN"), "BC-SKHCN");
        assert_eq!(symbol(Some("BC"), "Sở Tài chính", "Sở Tài chính"), "BC-STC");
        assert_eq!(symbol(None, "UBND xã Sông Mẫu", "Xã Sông Mẫu"), "UBND");
    }
}
