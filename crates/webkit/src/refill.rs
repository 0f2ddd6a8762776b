//! A page with a form filled in as it was sent, and what is wrong with it said at its fields.

mod form;
mod outline;
mod reading;
mod rows;
#[cfg(test)]
mod tests;

use std::{cell::Cell, collections::BTreeSet, rc::Rc};

use lol_html::{
    HandlerResult, element, end_tag,
    errors::RewritingError,
    html_content::{ContentType, Element},
    rewrite_str,
};
use quick_xml::escape::escape;

pub(crate) use self::{
    form::{REV, Realigned, SECRET},
    outline::Outline,
    reading::{DRAFT, outline},
};
use self::{
    form::{Said, Typed},
    reading::{GROUPS, Handler, attribute, settings},
};
use crate::{
    choices,
    refused::{Fault, WAY},
    sent::Sent,
};

/// What is put into the page beside what was typed, as HTML.
#[derive(Debug, Default)]
pub(crate) struct Beside<'a> {
    pub faults: &'a [Fault],
    /// What a label says of a field that may be left empty: a line about its fault does not.
    pub optional: &'a str,
    /// Before the form.
    pub before: &'a str,
    /// Before its field for a file.
    pub at_file: &'a str,
    /// Not all of the form was read: what is not there was perhaps chosen.
    pub is_cut: bool,
}

/// The page with something said below its summary, else at its head: of a form that is not on it any more, has other rows than
/// those that were sent, or stands over what was changed meanwhile. Nobody's change is overwritten unseen, and no word stands
/// in another row.
pub(crate) fn said_above(page: &str, left: &str) -> Result<String, RewritingError> {
    let place = if page.contains("id=\"errors\"") { "#errors" } else { "#main" };
    let above = element!(place, |el| {
        if place == "#main" {
            el.prepend(left, ContentType::Html);
        } else {
            el.after(left, ContentType::Html);
        }
        Ok(())
    });
    rewrite_str(page, settings(vec![above, ways(vec![])]))
}

/// The page with something said before one of its forms, which is unfolded.
pub(crate) fn said_before(page: &str, outline: &Outline, at: usize, words: &str) -> Result<String, RewritingError> {
    let open: BTreeSet<usize> = outline.forms[at].folds.iter().copied().collect();
    let mut forms = 0;
    let form = element!("form", |el| {
        if forms == at {
            el.before(words, ContentType::Html);
        }
        forms += 1;
        Ok(())
    });
    rewrite_str(page, settings(vec![form, unfold(open)]))
}

/// The page as it comes back: this form of it is filled in as it was sent.
pub(crate) fn refill(
    page: &str,
    outline: &Outline,
    at: usize,
    sent: &Sent,
    beside: &Beside<'_>,
) -> Result<String, RewritingError> {
    let form = &outline.forms[at];
    let said = form.said(sent, beside.faults);
    let lines = said.iter().map(|said| Way {
        field: said.fault.field.clone(),
        id: said.control.id.clone(),
        label: outline.label_of_field(said.control, beside.optional),
    });
    let lines = lines.collect();
    let around = said.iter().flat_map(|said| &said.control.folds);
    let open: BTreeSet<usize> = form.folds.iter().chain(around).copied().collect();
    let mut filling = Filling::new(sent, &said, beside);
    let inside = Rc::new(Cell::new(false));
    let (mut forms, mut groups) = (0, 0);
    let mark = element!("form", |el| {
        if forms == at {
            el.before(beside.before, ContentType::Html);
            inside.set(true);
            let inside = Rc::clone(&inside);
            el.on_end_tag(end_tag!(move |_| {
                inside.set(false);
                Ok(())
            }))?;
        }
        forms += 1;
        Ok(())
    });
    let group = element!(GROUPS, |el| {
        if let Some(said) = said.iter().find(|said| said.control.group == Some(groups)) {
            said.before(el);
        }
        groups += 1;
        Ok(())
    });
    let fill =
        element!("input, textarea, select, option", |el| { if inside.get() { filling.fill(el) } else { Ok(()) } });
    rewrite_str(page, settings(vec![mark, unfold(open), group, fill, ways(lines)]))
}

/// Unfolds these of the page's folds.
fn unfold<'a>(open: BTreeSet<usize>) -> Handler<'a> {
    let mut folds = 0;
    element!("details", move |el| {
        if open.contains(&folds) {
            el.set_attribute("open", "")?;
        }
        folds += 1;
        Ok(())
    })
}

/// From a line of the summary to its field.
#[derive(Debug)]
struct Way {
    field: String,
    id: String,
    /// By which the line names it; of rows whose labels are alike only the way tells which.
    label: String,
}

/// Leads from the summary to the fields that are there, of those of which something is said, in its order.
fn ways<'a>(mut lines: Vec<Way>) -> Handler<'a> {
    element!(format!("a[href^=\"{WAY}\"]"), move |el| {
        let href = el.get_attribute("href").unwrap_or_default();
        let field = href.strip_prefix(WAY).unwrap_or_default();
        let at = lines.iter().position(|line| line.field == field);
        match at.map(|at| lines.remove(at)).filter(|line| !line.id.is_empty()) {
            Some(Way { id, label, .. }) => {
                el.set_attribute("href", &format!("#{id}"))?;
                if !label.is_empty() {
                    let stop = if label.ends_with(['?', '!', '.', ':']) { "" } else { ":" };
                    el.prepend(&format!("{label}{stop} "), ContentType::Text);
                }
            }
            None => el.remove_and_keep_content(),
        }
        Ok(())
    })
}

impl Said<'_> {
    fn id(&self) -> String {
        let field = if self.control.id.is_empty() { &self.control.name } else { &self.control.id };
        format!("{field}-error")
    }

    /// The words, before what is shown; nothing where the page has its own.
    fn before(&self, el: &mut Element<'_, '_>) {
        if self.control.is_said {
            return;
        }
        let (id, prefix, words) = (self.id(), escape(&self.fault.prefix), escape(&self.fault.words));
        let hidden = format!("<span class=\"govuk-visually-hidden\">{prefix}:</span>");
        let words = format!("<p id=\"{}\" class=\"govuk-error-message\">{hidden} {words}</p>", escape(id));
        let list = self.fault.choices.as_ref().map(|(legend, all)| choices::list(&self.control.name, legend, all));
        el.before(&(words + &list.unwrap_or_default()), ContentType::Html);
    }

    /// Marks the field as wrong.
    fn mark(&self, el: &mut Element<'_, '_>) -> HandlerResult {
        if self.control.is_said {
            return Ok(());
        }
        let classes = el.get_attribute("class").unwrap_or_default();
        let kind = classes.split_whitespace().find(|class| class.starts_with("govuk-")).unwrap_or("govuk-input");
        el.set_attribute("class", &format!("{classes} {kind}--error"))?;
        let described = [el.get_attribute("aria-describedby").unwrap_or_default(), self.id()].join(" ");
        el.set_attribute("aria-describedby", described.trim())?;
        Ok(())
    }
}

/// What of the form is still to be filled in.
#[derive(Debug)]
struct Filling<'a> {
    typed: Typed,
    /// All of the form was read, so that what is not there was not chosen.
    is_whole: bool,
    said: &'a [Said<'a>],
    at_file: &'a str,
    /// Fields that were passed.
    passed: usize,
    /// What is chosen in the select that is open, where it was sent.
    select: Option<String>,
}

impl<'a> Filling<'a> {
    fn new(sent: &Sent, said: &'a [Said<'a>], beside: &Beside<'a>) -> Self {
        let shown = |text: &str| text.chars().filter(|c| !c.is_control() || "\n\r\t".contains(*c)).collect();
        let typed = Typed(sent.typed.iter().map(|(name, text)| (name.clone(), shown(text))).collect());
        Self { typed, is_whole: !beside.is_cut, said, at_file: beside.at_file, passed: 0, select: None }
    }

    fn fill(&mut self, el: &mut Element<'_, '_>) -> HandlerResult {
        if el.tag_name() == "option" {
            if let (Some(chosen), Some(value)) = (&self.select, attribute(el, "value")) {
                set(el, "selected", *chosen == value)?;
            }
            return Ok(());
        }
        let name = attribute(el, "name").unwrap_or_default();
        match (el.tag_name().as_str(), el.get_attribute("type").unwrap_or_default().as_str()) {
            (_, "hidden") => {
                self.typed.next(&name);
            }
            (_, "file") => el.before(self.at_file, ContentType::Html),
            (_, "password" | "submit") => {}
            ("select", _) => self.select = self.typed.next(&name),
            (_, "checkbox" | "radio") => {
                let value = attribute(el, "value").unwrap_or_else(|| "on".into());
                let is_chosen = self.typed.0.iter().any(|(typed, text)| *typed == name && *text == value);
                if self.is_whole {
                    set(el, "checked", is_chosen)?;
                }
            }
            ("textarea", _) => {
                if let Some(text) = self.typed.next(&name) {
                    el.set_inner_content(&text, ContentType::Text);
                }
            }
            _ => {
                if let Some(text) = self.typed.next(&name) {
                    el.set_attribute("value", &escape(text))?;
                }
            }
        }
        let said = self.said.iter().find(|said| said.at == self.passed);
        self.passed += 1;
        let Some(said) = said else { return Ok(()) };
        if said.control.group.is_none() {
            said.before(el);
        }
        said.mark(el)
    }
}

fn set(el: &mut Element<'_, '_>, name: &str, on: bool) -> HandlerResult {
    if on {
        el.set_attribute(name, "")?;
    } else {
        el.remove_attribute(name);
    }
    Ok(())
}
