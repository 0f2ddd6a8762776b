//! A form that a page shows once more: because it was refused, or because what was written into it before is taken up again.

use std::sync::Arc;

use db::DraftRow;
use kernel::{Lang, PersonId, Problem, ProblemKind};
use lol_html::errors::RewritingError;
use minijinja::{Value, context};

use crate::{
    App,
    page_fields::{KEY, draft_key},
    refill::{Beside, DRAFT, Outline, REV, Realigned, outline, refill, said_above, said_before},
    refused::Refused,
    sent::Sent,
    view,
};

/// By which a page is asked to take up again what was written, and that it is to stand over what was changed meanwhile.
pub(crate) const RESUME: &str = "resume";
pub(crate) const MINE: &str = "mine";

/// The address of a page that takes up again what is kept under this key.
pub(crate) fn taken_up(page: &str, key: &str, is_mine: bool) -> String {
    let page = page.split('#').next().unwrap_or_default();
    let mark = if page.contains('?') { '&' } else { '?' };
    let mine = if is_mine { format!("&{MINE}=1") } else { String::new() };
    format!("{page}{mark}{RESUME}={key}{mine}#resumed")
}

/// Where a page is shown, and to whom.
pub(crate) struct Place {
    pub app: App,
    pub lang: Lang,
    pub path: String,
    /// With its query.
    pub here: String,
    /// Where a draft is let go of that is no account's.
    pub drop: Option<String>,
}

/// What somebody wrote into a form and did not save.
pub(crate) struct Resumed {
    pub key: String,
    /// It is a draft, whose form its key tells; else the form is the one of that address.
    pub is_draft: bool,
    pub sent: Sent,
    pub at: i64,
    /// It is all that was written; of the rest, what is there already is not saved over.
    pub is_whole: bool,
    /// Who wrote it saw what was changed meanwhile.
    pub is_mine: bool,
    /// The page was asked for it: its address leads to it. Of what is only offered there may be several on a page.
    pub is_asked: bool,
}

pub(crate) enum Again {
    Refused(Arc<Refused>),
    Resumed(Resumed),
}

impl Again {
    /// The page with the form as it was sent or written.
    pub fn put(&self, place: &Place, page: &str) -> Result<String, Problem> {
        let outline = outline(page, &place.path).map_err(Problem::internal)?;
        match self {
            Self::Refused(refused) => place.refused(page, &outline, refused),
            Self::Resumed(resumed) => place.resumed(page, &outline, resumed),
        }
    }
}

fn put(done: Result<String, RewritingError>) -> Result<String, Problem> {
    done.map_err(Problem::internal)
}

impl Place {
    fn part(&self, template: &str, part: Value) -> Result<String, Problem> {
        self.app.templates().render(template, &context! { lang => self.lang.code(), ..part })
    }

    fn words(&self, outline: &Outline, sent: &Sent) -> Result<String, Problem> {
        self.part("webkit/typed.html", context! { words => view(outline.words(sent)) })
    }

    fn refused(&self, page: &str, outline: &Outline, refused: &Refused) -> Result<String, Problem> {
        let Some(at) = outline.sent(&refused.sent) else {
            return put(said_above(page, &self.words(outline, &refused.sent)?));
        };
        if refused.is_stale() {
            return put(said_above(page, &self.both_texts(outline, at, refused)?));
        }
        let file = match &refused.file {
            Some(file) => self.part("webkit/still_there.html", context! { file => view(file) })?,
            None if outline.takes_files(at) && !refused.sent.typed.is_empty() => {
                self.part("webkit/still_there.html", context! { file => () })?
            }
            None => String::new(),
        };
        let faults = refused.faults(self.app.locales(), self.lang);
        let is_cut = refused.problem.kind == ProblemKind::TooLarge;
        let optional = self.app.locales().text(self.lang, "optional", &[]);
        let beside = Beside { faults: &faults, optional: &optional, before: "", at_file: &file, is_cut };
        put(refill(page, outline, at, &refused.sent, &beside))
    }

    /// What was typed beside what is kept now, who changed it, and the way to send one's own all the same.
    fn both_texts(&self, outline: &Outline, at: usize, refused: &Refused) -> Result<String, Problem> {
        let differences = outline.differences(at, &refused.sent.typed);
        let mut fields = outline.over_present(at, &refused.sent).filter(|_| !differences.is_empty());
        if let (Some(fields), Some(key)) = (&mut fields, outline.draft_of(at, draft_key)) {
            // Sent by this way, the act takes the draft in too.
            fields.push((KEY.to_owned(), key));
        }
        let part = context! {
            differences => view(differences), changed => view(&refused.changed),
            action => &refused.sent.action, is_multipart => outline.forms[at].is_multipart,
            fields => view(fields),
        };
        self.part("webkit/conflict.html", part)
    }

    fn resumed(&self, page: &str, outline: &Outline, resumed: &Resumed) -> Result<String, Problem> {
        let Some(at) = outline.of_resumed(resumed) else {
            let part = context! { left => view(outline.words(&resumed.sent)), ..self.offer_of(resumed) };
            return put(said_above(page, &self.part("webkit/draft.html", part)?));
        };
        let written = Written::into(outline, at, &resumed.sent);
        if outline.is_over(at, &written.sent) && !resumed.is_mine {
            return put(said_before(page, outline, at, &self.offer(outline, at, &written, resumed)?));
        }
        let left = view(outline.words(&written.left));
        let before =
            self.part("webkit/resumed.html", context! { at => resumed.at, is_whole => resumed.is_whole, left })?;
        put(refill(page, outline, at, &written.sent, &Beside { before: &before, ..Beside::default() }))
    }

    fn offer_of(&self, resumed: &Resumed) -> Value {
        let Resumed { key, at, is_draft, is_asked, .. } = resumed;
        let none: [(); 0] = [];
        context! {
            key, at, is_draft, is_asked, drop => &self.drop, back => &self.here, is_over => false, again => (),
            differences => none.to_vec(),
        }
    }

    /// What was written, to be taken up again or let go; what has no place in the form any more can be read and copied.
    fn offer(&self, outline: &Outline, at: usize, written: &Written, resumed: &Resumed) -> Result<String, Problem> {
        let is_over = outline.is_over(at, &written.sent);
        let differences = if is_over { outline.differences(at, &written.sent.typed) } else { vec![] };
        let left = view(outline.words(&written.left));
        let again = taken_up(&self.here, &resumed.key, is_over);
        let part = context! { is_over, again, differences => view(differences), left, ..self.offer_of(resumed) };
        self.part("webkit/draft.html", part)
    }

    /// The page with what its reader was writing into its forms and has not saved; what is kept as it was written is not
    /// spoken of.
    pub async fn offered(&self, writer: Option<PersonId>, page: String) -> Result<String, Problem> {
        let Some(writer) = writer else { return Ok(page) };
        if !page.contains(DRAFT) {
            return Ok(page);
        }
        let conn = self.app.db().read();
        let keys = db::draft_keys(&conn, writer).await?;
        if keys.is_empty() {
            return Ok(page);
        }
        let outline = outline(&page, &self.path).map_err(Problem::internal)?;
        let mut found: Vec<(usize, Resumed)> = Vec::new();
        for key in keys {
            let Some(at) = outline.of_draft(|path, about| draft_key(path, about) == key) else { continue };
            let Some(DraftRow { at: written, fields }) = db::draft(&conn, writer, &key).await? else { continue };
            let sent = outline.sent_to(at, &Sent { typed: fields, ..Sent::default() });
            let offered =
                Resumed { key, is_draft: true, sent, at: written, is_whole: true, is_mine: false, is_asked: false };
            found.push((at, offered));
        }
        // From the last to the first: what is put before a form is a form itself.
        found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        let mut page = page;
        for (at, resumed) in &found {
            let written = Written::into(&outline, *at, &resumed.sent);
            if !written.left.typed.is_empty() || !outline.differences(*at, &written.sent.typed).is_empty() {
                let offer = self.offer(&outline, *at, &written, resumed)?;
                page = put(said_before(&page, &outline, *at, &offer))?;
            }
        }
        Ok(page)
    }
}

/// What was written into a form, as its rows are now.
struct Written {
    sent: Sent,
    /// What has no place in it any more.
    left: Sent,
}

impl Written {
    fn into(outline: &Outline, at: usize, sent: &Sent) -> Self {
        let sent = outline.sent_to(at, sent);
        let left = Sent { action: sent.action.clone(), typed: vec![] };
        if outline.fits(at, &sent.typed) {
            return Self { sent, left };
        }
        let Realigned { mut typed, left: typed_left } = outline.realigned(at, &sent.typed);
        // Over which revision it was written is told by what was sent.
        for (name, text) in typed.iter_mut().filter(|(name, _)| name == REV) {
            sent.field(name).unwrap_or_default().clone_into(text);
        }
        Self { sent: Sent { typed, ..sent }, left: Sent { typed: typed_left, ..left } }
    }
}

impl Outline {
    fn of_resumed(&self, resumed: &Resumed) -> Option<usize> {
        if resumed.is_draft {
            return self.of_draft(|path, about| draft_key(path, about) == resumed.key);
        }
        // A form that is there once is the one, though its rows may be others now.
        self.sent(&resumed.sent).or_else(|| self.only(&resumed.sent))
    }
}
