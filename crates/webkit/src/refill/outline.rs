//! The forms of a page: their fields in the order in which a browser sends them, and which of them was sent.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use lol_html::{
    ElementContentHandlers, RewriteStrSettings, Selector, element, end_tag, errors::RewritingError,
    html_content::Element, rewrite_str, text,
};
use quick_xml::escape::unescape;
use serde::Serialize;

use crate::{refused::Fault, sent::Sent};

/// The revision over which a form is sent.
pub(crate) const REV: &str = "rev";

/// Hidden fields that are others each time a page is shown.
const NEW_EACH_TIME: [&str; 4] = [REV, "once", "draft", "kept"];

/// By which attribute a form says that what is written into it is kept as a draft.
pub(crate) const DRAFT: &str = "data-draft";

/// Fields that are never shown again, where nothing but their name is known.
pub(crate) const SECRET: [&str; 6] = ["password", "current", "again", "code", "secret", "once"];

/// What holds a field together with its button or label: a fault is said before the whole of it.
pub(super) const GROUPS: &str = ".govuk-input__wrapper, .govuk-checkboxes, .govuk-radios, .govuk-file-upload-wrapper";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Hidden(String),
    /// Sent only where it is chosen.
    Choice,
    Secret,
    Open,
}

#[derive(Debug, Clone)]
pub(crate) struct Control {
    pub name: String,
    pub id: String,
    pub(super) kind: Kind,
    /// Which folds of the page it is within.
    pub folds: Vec<usize>,
    /// Which group of the page it is within.
    pub group: Option<usize>,
    /// The page itself says what is wrong with it.
    pub is_said: bool,
    /// What can be chosen in it, each with its words.
    choices: Vec<(String, String)>,
    /// What the page shows in it; of a choice, whether it is chosen.
    pub(super) now: String,
}

/// What somebody typed, and beside which label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Word {
    pub label: String,
    pub text: String,
}

/// A field in which what was typed is not what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Difference {
    pub label: String,
    pub mine: String,
    pub now: String,
}

/// A form of the page.
#[derive(Debug, Default)]
pub(crate) struct Form {
    action: String,
    /// It names no address: it is sent to that of its page, whatever stands behind it.
    is_own: bool,
    /// It changes nothing: words that are looked for are nobody's loss.
    asks: bool,
    /// It takes files.
    pub is_multipart: bool,
    /// What tells its draft from those of other forms that are sent to the same address; none where none is kept.
    draft: Option<String>,
    buttons: Vec<(String, String)>,
    pub(super) controls: Vec<Control>,
    /// Which folds of the page it is within.
    pub(super) folds: Vec<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub forms: Vec<Form>,
    folds: usize,
    open: Vec<usize>,
    groups: usize,
    group: Option<usize>,
    /// The words of labels, by the field that they are of.
    labels: BTreeMap<String, String>,
    label: String,
}

/// The forms of a page; one without an address is sent to that of the page.
pub(crate) fn outline(page: &str, path: &str) -> Result<Outline, RewritingError> {
    let outline = Rc::new(RefCell::new(Outline::default()));
    let [folds, groups, forms, controls, choices, said, labels, label, areas] =
        std::array::from_fn(|_| Rc::clone(&outline));
    let fold = element!("details", move |el| {
        let mut outline = folds.borrow_mut();
        let at = outline.folds;
        outline.open.push(at);
        outline.folds += 1;
        let folds = Rc::clone(&folds);
        el.on_end_tag(end_tag!(move |_| {
            folds.borrow_mut().open.pop();
            Ok(())
        }))
    });
    let group = element!(GROUPS, move |el| {
        let mut outline = groups.borrow_mut();
        outline.group = Some(outline.groups);
        outline.groups += 1;
        let groups = Rc::clone(&groups);
        el.on_end_tag(end_tag!(move |_| {
            groups.borrow_mut().group = None;
            Ok(())
        }))
    });
    let form = element!("form", move |el| {
        let mut outline = forms.borrow_mut();
        let action = attribute(el, "action").filter(|action| !action.is_empty());
        let is_own = action.is_none();
        let action = action.unwrap_or_else(|| path.to_owned());
        let is_multipart = attribute(el, "enctype").is_some_and(|kind| kind.starts_with("multipart/"));
        let (draft, folds) = (attribute(el, DRAFT), outline.open.clone());
        let asks = attribute(el, "method").is_some_and(|method| method == "get");
        let form = Form { action, is_own, asks, is_multipart, draft, folds, ..Form::default() };
        outline.forms.push(form);
        Ok(())
    });
    let control = element!("form input, form textarea, form select, form button[name]", move |el| {
        let text = |name: &str| attribute(el, name).unwrap_or_default();
        let mut outline = controls.borrow_mut();
        let (open, group) = (outline.open.clone(), outline.group);
        let Some(form) = outline.forms.last_mut() else { return Ok(()) };
        if el.tag_name() == "button" {
            form.buttons.push((text("name"), text("value")));
            return Ok(());
        }
        let kind = match text("type").as_str() {
            "hidden" => Kind::Hidden(text("value")),
            "checkbox" | "radio" => Kind::Choice,
            "password" | "file" => Kind::Secret,
            _ => Kind::Open,
        };
        let is_said = text("class").split_whitespace().any(|class| class.ends_with("--error"));
        let now = match kind {
            Kind::Choice => el.get_attribute("checked").map(|_| text("value")).unwrap_or_default(),
            Kind::Open if el.tag_name() == "input" => text("value"),
            _ => String::new(),
        };
        let value = if kind == Kind::Choice { vec![(text("value"), String::new())] } else { vec![] };
        let (name, id) = (text("name"), text("id"));
        form.controls.push(Control { name, id, kind, folds: open, group, is_said, choices: value, now });
        Ok(())
    });
    let choice = element!("form select option", move |el| {
        if let Some(control) = choices.borrow_mut().newest() {
            let value = attribute(el, "value").unwrap_or_default();
            if control.choices.is_empty() || el.get_attribute("selected").is_some() {
                control.now.clone_from(&value);
            }
            control.choices.push((value, String::new()));
        }
        Ok(())
    });
    let label_of = element!("form label[for]", move |el| {
        let mut outline = labels.borrow_mut();
        outline.label = attribute(el, "for").unwrap_or_default();
        let of = outline.label.clone();
        outline.labels.insert(of, String::new());
        Ok(())
    });
    let label_words = text!("form label[for]", move |chunk| {
        let mut outline = label.borrow_mut();
        let of = outline.label.clone();
        if let Some(words) = outline.labels.get_mut(&of) {
            words.push_str(chunk.as_str());
        }
        Ok(())
    });
    let area = text!("form textarea", move |chunk| {
        if let Some(control) = areas.borrow_mut().newest() {
            control.now.push_str(chunk.as_str());
        }
        Ok(())
    });
    let words = text!("form select option", move |chunk| {
        if let Some((_, words)) = said.borrow_mut().newest().and_then(|control| control.choices.last_mut()) {
            words.push_str(chunk.as_str());
        }
        Ok(())
    });
    rewrite_str(page, settings(vec![fold, group, form, control, choice, words, label_of, label_words, area]))?;
    let mut outline = std::mem::take(&mut *outline.borrow_mut());
    for control in outline.forms.iter_mut().flat_map(|form| &mut form.controls) {
        // Of an area the text is as it stands between its tags.
        control.now = plain(&control.now);
    }
    Ok(outline)
}

pub(super) type Fields = Vec<(String, String)>;

/// What was written, as this form would send it now; and what has no place in it any more.
#[derive(Debug, Default)]
pub(crate) struct Realigned {
    pub typed: Fields,
    pub left: Fields,
}

impl Outline {
    fn newest(&mut self) -> Option<&mut Control> {
        self.forms.last_mut()?.controls.last_mut()
    }

    /// What a person wrote or chose: in the fields of forms with that address where there are such, else whatever is no code.
    pub fn words(&self, sent: &Sent) -> Vec<Word> {
        let forms = self.forms.iter().filter(|form| form.is_sent_to(sent));
        let fields: Vec<&Control> = forms.flat_map(|form| &form.controls).collect();
        let is = |name: &str, kind: &Kind| fields.iter().any(|field| field.name == name && field.kind == *kind);
        let is_shown = |name: &str, text: &str| {
            let is_secret = SECRET.contains(&name) || NEW_EACH_TIME.contains(&name) || is(name, &Kind::Secret);
            // What the form does not show now, or carries unseen, was perhaps written all the same.
            let is_other = || is_written(text) && !is(name, &Kind::Choice) && !is(name, &Kind::Hidden(text.to_owned()));
            !is_secret && (is(name, &Kind::Open) || is_other())
        };
        let typed = sent.typed.iter().map(|(name, text)| (name.as_str(), text.trim()));
        let mut passed: BTreeMap<&str, usize> = BTreeMap::new();
        let mut words = Vec::new();
        for (name, text) in typed {
            let nth = passed.entry(name).or_default();
            let own: Vec<&&Control> = fields.iter().filter(|field| field.name == name).collect();
            let field = own.get(*nth).or(own.last());
            *nth += 1;
            if !text.is_empty() && is_shown(name, text) {
                let chosen = own.iter().find_map(|field| field.words_of(text));
                let label = field.map(|field| self.label(field)).unwrap_or_default();
                words.push(Word { label, text: chosen.unwrap_or_else(|| text.to_owned()) });
            }
        }
        words
    }

    fn label(&self, control: &Control) -> String {
        let words = self.labels.get(&control.id).map(|words| plain(words)).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The form that was sent, row by row as it was sent.
    pub fn sent(&self, sent: &Sent) -> Option<usize> {
        self.forms.iter().position(|form| form.is_sent_to(sent) && form.fits(&sent.typed))
    }

    /// The one form that is sent there and whose draft is kept, whatever its rows.
    pub fn only(&self, sent: &Sent) -> Option<usize> {
        let mut there = (0..self.forms.len()).filter(|at| self.forms[*at].is_sent_to(sent));
        let first = there.next().filter(|at| self.forms[*at].draft.is_some())?;
        there.next().is_none().then_some(first)
    }

    /// The form of a draft, by what makes its key of its path and of what tells it from others.
    pub fn of_draft(&self, is_it: impl Fn(&str, &str) -> bool) -> Option<usize> {
        self.forms.iter().position(|form| form.draft.as_ref().is_some_and(|about| is_it(form.path(), about)))
    }

    /// The key of a form's draft, by what makes it of the same two; none where none is kept.
    pub fn draft_of(&self, at: usize, key: impl Fn(&str, &str) -> String) -> Option<String> {
        let form = self.forms.get(at)?;
        form.draft.as_ref().map(|about| key(form.path(), about))
    }

    /// What was written, as if it had been sent by this form.
    pub fn sent_to(&self, at: usize, sent: &Sent) -> Sent {
        Sent { action: self.forms[at].action.clone(), typed: sent.typed.clone() }
    }

    pub fn takes_files(&self, at: usize) -> bool {
        self.forms[at].is_multipart
    }

    /// Whether this was written into the form as it stands, row by row.
    pub fn fits(&self, at: usize, typed: &[(String, String)]) -> bool {
        self.forms.get(at).is_some_and(|form| form.fits(typed))
    }

    /// What was written, in the rows as they are now.
    pub fn realigned(&self, at: usize, typed: &[(String, String)]) -> Realigned {
        self.forms[at].realigned(typed)
    }

    /// Whether the form stands over another revision now than when this was written.
    pub fn is_over(&self, at: usize, sent: &Sent) -> bool {
        self.rev(at).is_some_and(|rev| sent.field(REV).is_some_and(|typed| typed != rev))
    }

    fn rev(&self, at: usize) -> Option<&str> {
        self.forms.get(at)?.controls.iter().find_map(|control| match &control.kind {
            Kind::Hidden(value) if control.name == REV => Some(value.as_str()),
            _ => None,
        })
    }

    /// Where the form that was sent differs from what is kept now.
    pub fn differences(&self, at: usize, typed: &[(String, String)]) -> Vec<Difference> {
        let Some(form) = self.forms.get(at) else { return vec![] };
        let mut left = Typed(typed.to_vec());
        let mut out = Vec::new();
        for control in &form.controls {
            let mine = match &control.kind {
                Kind::Hidden(_) => {
                    left.next(&control.name);
                    continue;
                }
                Kind::Secret => continue,
                Kind::Open => left.next(&control.name).unwrap_or_default(),
                Kind::Choice => control.chosen_of(typed),
            };
            if even(&mine) != even(&control.now) {
                let (mine, now) = (control.shown(&mine), control.shown(&control.now));
                out.push(Difference { label: self.label(control), mine, now });
            }
        }
        out
    }

    /// The form as it was sent, over the revision that is kept now; none where something of it cannot be sent again.
    pub fn over_present(&self, at: usize, sent: &Sent) -> Option<Vec<(String, String)>> {
        let rev = self.rev(at)?;
        if self.forms[at].controls.iter().any(|control| control.kind == Kind::Secret) {
            return None;
        }
        let one = |(name, text): &(String, String)| (name.clone(), if name == REV { rev.into() } else { text.clone() });
        Some(
            sent.typed
                .iter()
                .filter(|(name, _)| name == REV || !NEW_EACH_TIME.contains(&name.as_str()))
                .map(one)
                .collect(),
        )
    }
}

/// Lines end in more than one way.
fn even(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// Whether a person may have written this: codes and ids are of the program.
fn is_written(text: &str) -> bool {
    let is_code = text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    !is_code && kernel::id_uuid(text).is_none()
}

impl Form {
    /// Its address without a query.
    fn path(&self) -> &str {
        self.action.split('?').next().unwrap_or_default()
    }

    fn is_sent_to(&self, sent: &Sent) -> bool {
        let sent = sent.action.as_str();
        let sent = if self.is_own { sent.split('?').next().unwrap_or_default() } else { sent };
        !self.asks
            && self.action == sent
            && self.controls.iter().any(|control| !matches!(control.kind, Kind::Hidden(_)))
    }

    /// Whether what was sent comes from this form: its button, its hidden fields in their places, no row more or less. A name
    /// that was not sent at all says nothing.
    fn fits(&self, sent: &[(String, String)]) -> bool {
        let mut typed = Typed(sent.to_vec());
        let pressed = |(name, value): &(String, String)| typed.of(name).is_none_or(|sent| sent == value);
        let mut fits = !typed.0.is_empty() && (self.buttons.is_empty() || self.buttons.iter().any(pressed));
        let positions = self.controls.iter().filter(|control| matches!(control.kind, Kind::Hidden(_) | Kind::Open));
        let known: BTreeSet<&str> = sent.iter().map(|(name, _)| name.as_str()).collect();
        for control in positions.clone().filter(|control| known.contains(control.name.as_str())) {
            let sent = typed.next(&control.name);
            let is_new = NEW_EACH_TIME.contains(&control.name.as_str());
            fits &= match (&control.kind, sent) {
                (Kind::Hidden(value), Some(sent)) => is_new || sent == *value,
                (_, sent) => sent.is_some(),
            };
        }
        // A hidden field that was not sent at all belongs to another form.
        let is_foreign = |control: &&Control| {
            let is_new = NEW_EACH_TIME.contains(&control.name.as_str());
            matches!(control.kind, Kind::Hidden(_)) && !is_new && !known.contains(control.name.as_str())
        };
        fits && positions.clone().all(|control| typed.of(&control.name).is_none())
            && !positions.clone().any(|c| is_foreign(&c))
    }

    /// The faults whose field is here. Of several fields of one name it is that of the row that the fault names by its unseen
    /// field, else the first in which was typed what the fault names; where nothing tells which of them it is, the first.
    pub(super) fn said<'a>(&'a self, sent: &Sent, faults: &'a [Fault]) -> Vec<Said<'a>> {
        let mut typed = Typed(sent.typed.clone());
        let sent = self.controls.iter().map(|control| match control.kind {
            Kind::Hidden(_) | Kind::Open => typed.next(&control.name).unwrap_or_default(),
            Kind::Choice | Kind::Secret => String::new(),
        });
        let sent: Vec<String> = sent.collect();
        let mut said: Vec<Said<'a>> = vec![];
        for fault in faults {
            let fields = || self.controls.iter().enumerate().filter(|(_, field)| field.shows(&fault.field));
            let is_free = |at: usize| said.iter().all(|said| said.at != at);
            let is_named = |at: usize| fault.about.iter().any(|text| text.trim() == sent[at].trim());
            let row = self.controls.iter().position(|control| control.is_row_of(&fault.about));
            let in_row = row.and_then(|row| fields().find(|(at, _)| *at > row));
            let named = in_row.or_else(|| fields().find(|(at, _)| is_named(*at) && is_free(*at)));
            said.extend(named.or_else(|| fields().next()).map(|(at, control)| Said { fault, at, control }));
        }
        said
    }
}

impl Control {
    /// The words of a choice.
    fn words_of(&self, value: &str) -> Option<String> {
        let (_, words) = self.choices.iter().find(|(known, _)| known == value)?;
        Some(plain(words.trim()))
    }

    /// Whether a row begins with it that is spoken of: its unseen field bears the row's id.
    fn is_row_of(&self, about: &[String]) -> bool {
        matches!(&self.kind, Kind::Hidden(value) if kernel::id_uuid(value).is_some() && about.contains(value))
    }

    /// Of a choice: whether it was made.
    fn chosen_of(&self, typed: &[(String, String)]) -> String {
        let value = self.choices.first().map(|(value, _)| value.as_str()).unwrap_or_default();
        let is_it = |(name, text): &&(String, String)| *name == self.name && (text == value || value.is_empty());
        typed.iter().find(is_it).map(|_| value.to_owned()).unwrap_or_default()
    }

    /// What is in it, as a reader sees it.
    fn shown(&self, value: &str) -> String {
        match self.kind {
            Kind::Choice if value.is_empty() => "–".into(),
            Kind::Choice => "✓".into(),
            _ => self.words_of(value).unwrap_or_else(|| even(value)),
        }
    }

    fn shows(&self, name: &str) -> bool {
        self.name == name && !matches!(self.kind, Kind::Hidden(_))
    }
}

/// A fault and the field of the form at which it is said.
#[derive(Debug)]
pub(super) struct Said<'a> {
    pub fault: &'a Fault,
    pub at: usize,
    pub control: &'a Control,
}

/// What was sent and is not used yet, in its order.
#[derive(Debug)]
pub(super) struct Typed(pub Vec<(String, String)>);

impl Typed {
    fn of(&self, name: &str) -> Option<&String> {
        self.0.iter().find(|(typed, _)| typed == name).map(|(_, text)| text)
    }

    /// The next value of a name that stands in the form more than once.
    pub fn next(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(typed, _)| typed == name)?;
        Some(self.0.remove(at).1)
    }
}

/// The value of an attribute as it is meant.
pub(super) fn attribute(el: &Element<'_, '_>, name: &str) -> Option<String> {
    Some(plain(&el.get_attribute(name)?))
}

fn plain(text: &str) -> String {
    unescape(text).map_or_else(|_| text.to_owned(), Cow::into_owned)
}

pub(super) type Handler<'a> = (Cow<'a, Selector>, ElementContentHandlers<'a>);

pub(super) fn settings(handlers: Vec<Handler<'_>>) -> RewriteStrSettings<'_, '_> {
    let none = RewriteStrSettings::new();
    handlers.into_iter().fold(none, RewriteStrSettings::append_element_content_handler)
}
