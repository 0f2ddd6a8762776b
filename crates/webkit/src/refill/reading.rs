//! Reads the forms of a page.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use lol_html::{
    ElementContentHandlers, RewriteStrSettings, Selector, element, end_tag, errors::RewritingError,
    html_content::Element, rewrite_str, text,
};

use super::{
    form::{Control, Form, Kind, plain},
    outline::Outline,
};

/// By which attribute a form says that what is written into it is kept as a draft.
pub(crate) const DRAFT: &str = "data-draft";

/// What holds a field together with its button or label: a fault is said before the whole of it.
pub(super) const GROUPS: &str = ".govuk-input__wrapper, .govuk-checkboxes, .govuk-radios, .govuk-file-upload-wrapper";

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

/// The value of an attribute as it is meant.
pub(super) fn attribute(el: &Element<'_, '_>, name: &str) -> Option<String> {
    Some(plain(&el.get_attribute(name)?))
}

pub(super) type Handler<'a> = (Cow<'a, Selector>, ElementContentHandlers<'a>);

pub(super) fn settings(handlers: Vec<Handler<'_>>) -> RewriteStrSettings<'_, '_> {
    let none = RewriteStrSettings::new();
    handlers.into_iter().fold(none, RewriteStrSettings::append_element_content_handler)
}
