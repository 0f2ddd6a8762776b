//! The forms of a page: their fields in the order in which a browser sends them, and which of them was sent.

use std::{borrow::Cow, cell::RefCell, collections::BTreeSet, rc::Rc};

use lol_html::{
    ElementContentHandlers, RewriteStrSettings, Selector, element, end_tag, errors::RewritingError,
    html_content::Element, rewrite_str, text,
};
use quick_xml::escape::unescape;

use crate::refused::{Fault, Refused};

/// Hidden fields that are others each time a page is shown.
const NEW_EACH_TIME: [&str; 2] = ["rev", "once"];

/// Fields that are never shown again, where nothing but their name is known.
const SECRET: [&str; 6] = ["password", "current", "again", "code", "secret", "once"];

/// What holds a field together with its button or label: a fault is said before the whole of it.
pub(super) const GROUPS: &str = ".govuk-input__wrapper, .govuk-checkboxes, .govuk-radios, .govuk-file-upload-wrapper";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Hidden(String),
    /// Sent only where it is chosen.
    Choice,
    Secret,
    Open,
}

#[derive(Debug, Clone)]
pub(super) struct Control {
    pub name: String,
    pub id: String,
    kind: Kind,
    /// Which folds of the page it is within.
    pub folds: Vec<usize>,
    /// Which group of the page it is within.
    pub group: Option<usize>,
    /// The page itself says what is wrong with it.
    pub is_said: bool,
    /// What can be chosen in it, each with its words.
    choices: Vec<(String, String)>,
}

/// A form of the page.
#[derive(Debug, Default)]
pub(super) struct Form {
    action: String,
    /// It names no address: it is sent to that of its page, whatever stands behind it.
    is_own: bool,
    buttons: Vec<(String, String)>,
    pub controls: Vec<Control>,
    /// Which folds of the page it is within.
    pub folds: Vec<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(super) forms: Vec<Form>,
    folds: usize,
    open: Vec<usize>,
    groups: usize,
    group: Option<usize>,
}

/// The forms of a page; one without an address is sent to that of the page.
pub(crate) fn outline(page: &str, path: &str) -> Result<Outline, RewritingError> {
    let outline = Rc::new(RefCell::new(Outline::default()));
    let [folds, groups, forms, controls, choices, said] = std::array::from_fn(|_| Rc::clone(&outline));
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
        let form = Form { action, is_own, folds: outline.open.clone(), ..Form::default() };
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
        let (name, id, choices) = (text("name"), text("id"), vec![]);
        form.controls.push(Control { name, id, kind, folds: open, group, is_said, choices });
        Ok(())
    });
    let choice = element!("form select option", move |el| {
        if let Some(control) = choices.borrow_mut().newest() {
            control.choices.push((attribute(el, "value").unwrap_or_default(), String::new()));
        }
        Ok(())
    });
    let words = text!("form select option", move |chunk| {
        if let Some((_, words)) = said.borrow_mut().newest().and_then(|control| control.choices.last_mut()) {
            words.push_str(chunk.as_str());
        }
        Ok(())
    });
    rewrite_str(page, settings(vec![fold, group, form, control, choice, words]))?;
    Ok(std::mem::take(&mut *outline.borrow_mut()))
}

impl Outline {
    fn newest(&mut self) -> Option<&mut Control> {
        self.forms.last_mut()?.controls.last_mut()
    }

    /// What a person wrote or chose: in the fields of forms with that address where there are such, else whatever is more than a word.
    pub fn words(&self, refused: &Refused) -> Vec<String> {
        let forms = self.forms.iter().filter(|form| form.is_sent_to(refused));
        let fields: Vec<&Control> = forms.flat_map(|form| &form.controls).collect();
        let is = |name: &str, kind: &Kind| fields.iter().any(|field| field.name == name && field.kind == *kind);
        let is_shown = |name: &str, text: &str| {
            if fields.is_empty() {
                return !SECRET.contains(&name) && text.contains(char::is_whitespace);
            }
            is(name, &Kind::Open) && !is(name, &Kind::Secret)
        };
        let typed = refused.typed.iter().map(|(name, text)| (name.as_str(), text.trim()));
        let shown = typed.filter(|(name, text)| !text.is_empty() && is_shown(name, text));
        let said = |(name, text): (&str, &str)| {
            let chosen = fields.iter().filter(|field| field.name == name).find_map(|field| field.words_of(text));
            chosen.unwrap_or_else(|| text.to_owned())
        };
        shown.map(said).collect()
    }

    /// The form that was sent, row by row as it was sent.
    pub(super) fn sent(&self, refused: &Refused) -> Option<usize> {
        self.forms.iter().position(|form| form.is_sent_to(refused) && form.fits(refused))
    }
}

impl Form {
    fn is_sent_to(&self, refused: &Refused) -> bool {
        let sent = refused.action.as_str();
        let sent = if self.is_own { sent.split('?').next().unwrap_or_default() } else { sent };
        self.action == sent && self.controls.iter().any(|control| !matches!(control.kind, Kind::Hidden(_)))
    }

    /// Whether what was sent comes from this form: its button, its hidden fields in their places, no row more or less. A name
    /// that was not sent at all says nothing.
    fn fits(&self, refused: &Refused) -> bool {
        let mut typed = Typed(refused.typed.clone());
        let pressed = |(name, value): &(String, String)| typed.of(name).is_none_or(|sent| sent == value);
        let mut fits = !typed.0.is_empty() && (self.buttons.is_empty() || self.buttons.iter().any(pressed));
        let positions = self.controls.iter().filter(|control| matches!(control.kind, Kind::Hidden(_) | Kind::Open));
        let known: BTreeSet<&str> = refused.typed.iter().map(|(name, _)| name.as_str()).collect();
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

    /// The faults whose field is here. Of several fields of one name it is the first in which was typed what the fault names;
    /// where nothing tells which of them it is, the first.
    pub(super) fn said<'a>(&'a self, refused: &Refused, faults: &'a [Fault]) -> Vec<Said<'a>> {
        let mut typed = Typed(refused.typed.clone());
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
            let named = fields().find(|(at, _)| is_named(*at) && is_free(*at));
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
