//! What every official paper of a body has in its head and foot.

use std::sync::Arc;

use kernel::{Ctx, Lang, Problem, UnitId, day, text::fold};
use nd30::Paper;
use webkit::{Core, heavy};

use crate::PapersPort;

/// The direct superior of a body as its papers name it: the body above it in the tree, none for the topmost.
pub fn superior(core: &Core, unit: UnitId) -> Result<Option<String>, Problem> {
    let bodies = core.bodies();
    // The province itself is a place, not a body that anything is under.
    let above = bodies.above(unit).filter(|above| bodies.above(*above).is_some());
    Ok(above.and_then(|above| bodies.body(above)).map(|body| body.name))
}

/// The place in front of the day: the province's own name.
pub fn place(core: &Core) -> Result<String, Problem> {
    let name = core.bodies().province();
    Ok(if name.is_empty() { "……".into() } else { name })
}

/// `BC-SKHCN` from "BC" and "Sở KH&CN": the initials that a body writes of itself, from its short name. People's
/// committees all write UBND.
pub fn symbol(kind: Option<&str>, name: &str, short_name: &str) -> String {
    let letters = |word: &str| {
        let folded = fold(word).replace(' ', "").to_uppercase();
        let short = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) || word.contains('&');
        if short { folded } else { folded.chars().take(1).collect() }
    };
    let committee = name.starts_with("UBND") || name.starts_with("Ủy ban nhân dân");
    let own: String = if committee { "UBND".into() } else { short_name.split_whitespace().map(letters).collect() };
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
    fn bodies_are_abbreviated_as_they_do_it() {
        assert_eq!(symbol(Some("BC"), "Sở Khoa học và Công nghệ", "Sở KH&CN"), "BC-SKHCN");
        assert_eq!(symbol(Some("BC"), "Sở Tài chính", "Sở Tài chính"), "BC-STC");
        assert_eq!(symbol(None, "UBND xã Sông Mẫu", "Xã Sông Mẫu"), "UBND");
    }
}
