//! A page with a form filled in as it was sent, and what is wrong with it said at its fields.

use std::{borrow::Cow, cell::RefCell, collections::BTreeSet, rc::Rc};

use kernel::ProblemKind;
use lol_html::{
    ElementContentHandlers, HandlerResult, RewriteStrSettings, Selector, element, end_tag,
    errors::RewritingError,
    html_content::{ContentType, Element},
    rewrite_str,
};
use quick_xml::escape::{escape, unescape};

use crate::refused::Refused;

/// What is wrong with a field.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub field: String,
    pub words: String,
    /// The word before it for who does not see its colour.
    pub prefix: String,
}

/// Hidden fields that are others each time a page is shown.
const NEW_EACH_TIME: [&str; 2] = ["rev", "once"];
/// Where the summary of a refusal points, followed by the field's name, until it is known which id that field has.
pub(crate) const WAY: &str = "#fault-";

/// Fields that are never shown again, where nothing but their name is known.
const SECRET: [&str; 6] = ["password", "current", "again", "code", "secret", "once"];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Hidden(String),
    /// Sent only where it is chosen.
    Choice,
    Secret,
    Open,
}

#[derive(Debug, Clone)]
struct Control {
    name: String,
    id: String,
    kind: Kind,
}

/// A form of the page: its fields in their order, as a browser sends them.
#[derive(Debug, Default)]
struct Form {
    action: String,
    buttons: Vec<(String, String)>,
    controls: Vec<Control>,
    /// Which folds of the page it is within.
    folds: Vec<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Outline {
    forms: Vec<Form>,
    folds: usize,
    open: Vec<usize>,
}

/// The page as it comes back: the form that was sent is filled in. Where it is not on the page any more, has other rows than
/// those that were sent, or shows what somebody else changed meanwhile, what was typed is kept below the reason, in `left`:
/// nobody's change is overwritten unseen, and no word stands in another row.
pub(crate) fn refill(
    page: &str,
    outline: &Outline,
    refused: &Refused,
    faults: &[Fault],
    left: &str,
) -> Result<String, RewritingError> {
    let found = outline.sent(refused);
    let Some(at) = found.filter(|_| !refused.is_stale()) else {
        let below = element!("#errors", |el| {
            el.after(left, ContentType::Html);
            Ok(())
        });
        return rewrite_str(page, settings(vec![below, ways(&[])]));
    };
    let form = &outline.forms[at];
    let filling = Rc::new(RefCell::new(Filling::new(refused, faults)));
    let (forms, folds) = (Rc::new(RefCell::new(0)), Rc::new(RefCell::new(0)));
    let in_form = Rc::clone(&filling);
    let mark = element!("form", move |el| {
        let mut seen = forms.borrow_mut();
        if *seen == at {
            in_form.borrow_mut().inside = true;
            let filling = Rc::clone(&in_form);
            el.on_end_tag(end_tag!(move |_| {
                filling.borrow_mut().inside = false;
                Ok(())
            }))?;
        }
        *seen += 1;
        Ok(())
    });
    let unfold = element!("details", |el| {
        let mut seen = folds.borrow_mut();
        if form.folds.contains(&seen) {
            el.set_attribute("open", "")?;
        }
        *seen += 1;
        Ok(())
    });
    let fill = element!("input, textarea, select, option", |el| filling.borrow_mut().fill(el));
    rewrite_str(page, settings(vec![mark, unfold, fill, ways(&form.controls)]))
}

/// Leads from the summary to the fields that are there.
fn ways<'a>(controls: &[Control]) -> Handler<'a> {
    let controls = controls.to_vec();
    element!(format!("a[href^=\"{WAY}\"]"), move |el| {
        let href = el.get_attribute("href").unwrap_or_default();
        let field = href.strip_prefix(WAY).unwrap_or_default();
        match controls.iter().find(|control| control.name == field && !control.id.is_empty()) {
            Some(control) => el.set_attribute("href", &format!("#{}", control.id))?,
            None => el.remove_and_keep_content(),
        }
        Ok(())
    })
}

type Handler<'a> = (Cow<'a, Selector>, ElementContentHandlers<'a>);

fn settings(handlers: Vec<Handler<'_>>) -> RewriteStrSettings<'_, '_> {
    let none = RewriteStrSettings::new();
    handlers.into_iter().fold(none, RewriteStrSettings::append_element_content_handler)
}

/// The forms of a page; one without an address is sent to that of the page.
pub(crate) fn outline(page: &str, path: &str) -> Result<Outline, RewritingError> {
    let outline = Rc::new(RefCell::new(Outline::default()));
    let (folds, forms, controls) = (Rc::clone(&outline), Rc::clone(&outline), Rc::clone(&outline));
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
    let form = element!("form", move |el| {
        let mut outline = forms.borrow_mut();
        let action = attribute(el, "action").filter(|action| !action.is_empty()).unwrap_or_else(|| path.to_owned());
        let form = Form { action, folds: outline.open.clone(), ..Form::default() };
        outline.forms.push(form);
        Ok(())
    });
    let control = element!("form input, form textarea, form select, form button[name]", move |el| {
        let text = |name: &str| attribute(el, name).unwrap_or_default();
        let mut outline = controls.borrow_mut();
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
        form.controls.push(Control { name: text("name"), id: text("id"), kind });
        Ok(())
    });
    rewrite_str(page, settings(vec![fold, form, control]))?;
    Ok(std::mem::take(&mut *outline.borrow_mut()))
}

impl Outline {
    /// What a person wrote: in the fields of forms with that address where there are such, else whatever is more than a word.
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
        typed.filter(|(name, text)| !text.is_empty() && is_shown(name, text)).map(|(_, text)| text.to_owned()).collect()
    }

    /// The form that was sent, row by row as it was sent.
    fn sent(&self, refused: &Refused) -> Option<usize> {
        self.forms.iter().position(|form| form.is_sent_to(refused) && form.fits(refused))
    }
}

impl Form {
    fn is_sent_to(&self, refused: &Refused) -> bool {
        self.action == refused.action && self.controls.iter().any(|control| !matches!(control.kind, Kind::Hidden(_)))
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
}

/// What was sent and is not used yet, in its order.
#[derive(Debug)]
struct Typed(Vec<(String, String)>);

impl Typed {
    fn of(&self, name: &str) -> Option<&String> {
        self.0.iter().find(|(typed, _)| typed == name).map(|(_, text)| text)
    }

    /// The next value of a name that stands in the form more than once.
    fn next(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(typed, _)| typed == name)?;
        Some(self.0.remove(at).1)
    }
}

/// The value of an attribute as it is meant.
fn attribute(el: &Element<'_, '_>, name: &str) -> Option<String> {
    let text = el.get_attribute(name)?;
    Some(unescape(&text).map_or_else(|_| text.clone(), Cow::into_owned))
}

/// What of the form is still to be filled in.
#[derive(Debug)]
struct Filling {
    inside: bool,
    typed: Typed,
    /// All of the form was read, so that what is not there was not chosen.
    is_whole: bool,
    faults: Vec<Fault>,
    /// Names of which a fault was said.
    seen: BTreeSet<String>,
    /// What is chosen in the select that is open, where it was sent.
    select: Option<String>,
}

impl Filling {
    fn new(refused: &Refused, faults: &[Fault]) -> Self {
        let shown = |text: &str| text.chars().filter(|c| !c.is_control() || "\n\r\t".contains(*c)).collect();
        let typed = Typed(refused.typed.iter().map(|(name, text)| (name.clone(), shown(text))).collect());
        let is_whole = refused.problem.kind != ProblemKind::TooLarge;
        Self { inside: false, typed, is_whole, faults: faults.to_vec(), seen: BTreeSet::new(), select: None }
    }

    fn fill(&mut self, el: &mut Element<'_, '_>) -> HandlerResult {
        if !self.inside {
            return Ok(());
        }
        let name = attribute(el, "name").unwrap_or_default();
        match (el.tag_name().as_str(), el.get_attribute("type").unwrap_or_default().as_str()) {
            (_, "hidden") => {
                self.typed.next(&name);
                return Ok(());
            }
            (_, "submit") => return Ok(()),
            (_, "password" | "file") => {}
            ("option", _) => {
                if let (Some(chosen), Some(value)) = (&self.select, attribute(el, "value")) {
                    set(el, "selected", *chosen == value)?;
                }
                return Ok(());
            }
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
        self.say(el, &name)
    }

    /// What is wrong with it, before it, once.
    fn say(&mut self, el: &mut Element<'_, '_>, name: &str) -> HandlerResult {
        let classes = el.get_attribute("class").unwrap_or_default();
        let Some(fault) = self.faults.iter().find(|fault| fault.field == name) else { return Ok(()) };
        let is_said = classes.split_whitespace().any(|class| class.ends_with("--error"));
        if is_said || !self.seen.insert(name.to_owned()) {
            return Ok(());
        }
        let id = format!("{}-error", el.get_attribute("id").unwrap_or_else(|| name.to_owned()));
        let kind = classes.split_whitespace().find(|class| class.starts_with("govuk-")).unwrap_or("govuk-input");
        el.set_attribute("class", &format!("{classes} {kind}--error"))?;
        let described = [el.get_attribute("aria-describedby").unwrap_or_default(), id.clone()].join(" ");
        el.set_attribute("aria-describedby", described.trim())?;
        let (id, prefix, words) = (escape(id), escape(&fault.prefix), escape(&fault.words));
        let hidden = format!("<span class=\"govuk-visually-hidden\">{prefix}:</span>");
        el.before(&format!("<p id=\"{id}\" class=\"govuk-error-message\">{hidden} {words}</p>"), ContentType::Html);
        Ok(())
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

#[cfg(test)]
mod tests {
    use kernel::Problem;

    use super::*;

    const PAGE: &str = r##"<div id="errors"><a href="#fault-text">x</a><a href="#fault-gone">y</a></div>
<details><form action="/a"><input type="hidden" name="rev" value="7"><input type="hidden" name="unit" value="1"><input name="text" id="t1" value=""></form></details>
<details><summary>s</summary><form action="/a"><input type="hidden" name="rev" value="7"><input type="hidden" name="unit" value="2">
<input class="govuk-input" name="text" id="t2" value="old"><textarea name="note" id="n">old</textarea><input name="day" value="a"><input name="day" value="b">
<select name="kind" id="k"><option value="x" selected>X</option><option value="y">Y</option></select>
<input type="checkbox" name="yes" value="1" checked><input type="password" name="secret"><button name="act" value="go">Go</button></form></details>
<form action="/b"><input name="text" value="other"></form>"##;

    fn sent(action: &str, fields: &[(&str, &str)]) -> Refused {
        let typed = fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Refused { action: action.into(), typed, problem: Problem::bad_input("x") }
    }

    fn again(refused: &Refused, faults: &[Fault]) -> String {
        let outline = outline(PAGE, "/own").unwrap();
        let left = format!("<p>{}</p>", outline.words(refused).join("|"));
        refill(PAGE, &outline, refused, faults, &left).unwrap()
    }

    fn fault(field: &str) -> Fault {
        Fault { field: field.into(), words: "1 < 2".into(), prefix: "Lỗi".into() }
    }

    #[test]
    fn the_form_that_was_sent_comes_back_as_it_was_sent_and_no_other() {
        let fields = [
            ("rev", "6"),
            ("unit", "2"),
            ("text", "a \"b\" <c> &lt;"),
            ("note", "1\n2</textarea>"),
            ("day", "c"),
            ("day", "d"),
            ("kind", "y"),
            ("secret", "mật khẩu"),
            ("act", "go"),
        ];
        let page = again(&sent("/a", &fields), &[fault("text"), fault("kind"), fault("gone")]);
        assert!(page.contains(r#"id="t1" value="""#) && page.contains(r#"value="other""#), "{page}");
        assert!(
            page.contains("a &quot;b&quot; &lt;c&gt; &amp;lt;") && page.contains("1\n2&lt;/textarea&gt;</textarea>"),
            "{page}"
        );
        assert!(page.contains(r#"name="day" value="c""#) && page.contains(r#"name="day" value="d""#), "{page}");
        assert!(page.contains(r#"<option value="x">"#) && page.contains(r#"<option value="y" selected"#), "{page}");
        assert!(!page.contains("checked") && !page.contains("mật khẩu"), "{page}");
        assert!(page.contains(r#"name="rev" value="7""#) && !page.contains(r#"value="6""#), "{page}");
        assert_eq!((page.matches("<details open").count(), page.matches("<details>").count()), (1, 1), "{page}");
        let said = r#"<p id="t2-error" class="govuk-error-message"><span class="govuk-visually-hidden">Lỗi:</span> 1 &lt; 2</p>"#;
        assert!(page.contains(said) && page.contains("govuk-input govuk-input--error"), "{page}");
        assert!(page.contains(r##"<a href="#t2">x</a>y"##), "the way leads to what is there: {page}");
    }

    #[test]
    fn what_was_typed_stays_where_its_form_is_gone_but_no_secret_does() {
        let typed = [("text", "lời đã viết"), ("rev", "7"), ("password", "một câu mật khẩu"), ("kind", "x")];
        let page = again(&sent("/c", &typed), &[fault("text")]);
        assert!(page.contains("</div><p>lời đã viết</p>") && page.contains("xy</div>"), "{page}");
        assert!(!page.contains("<details open"), "{page}");
    }

    /// The page shows what somebody else changed: the next press is over what its reader saw.
    #[test]
    fn over_an_older_state_the_form_is_as_it_is_now_and_the_words_stand_beside_it() {
        let typed =
            [("rev", "6"), ("unit", "2"), ("text", "của tôi"), ("day", "c"), ("secret", "mật khẩu"), ("act", "go")];
        let page = again(&Refused { problem: Problem::stale(), ..sent("/a", &typed) }, &[]);
        assert!(page.contains("<p>của tôi|c</p>") && page.contains(r#"value="old""#), "{page}");
        assert!(!page.contains("mật khẩu") && !page.contains(r#"value="c""#), "{page}");
    }

    #[test]
    fn a_form_without_an_address_is_that_of_its_page() {
        let page = r#"<form method="post"><input name="name" value=""><input type="password" name="password"></form>"#;
        let (outline, refused) =
            (outline(page, "/people/new").unwrap(), sent("/people/new", &[("name", "An"), ("password", "x")]));
        let page = refill(page, &outline, &refused, &[], "").unwrap();
        assert!(
            page.contains(r#"name="name" value="An""#) && page.contains(r#"type="password" name="password">"#),
            "{page}"
        );
    }

    /// Rows of a report: what is hidden in one, and each select, has its own value.
    const ROWS: &str = r#"<form action="/r"><input type="hidden" name="target" value="a/b"><input name="part" value="">
<select name="status"><option value="x">X</option><option value="y" selected>Y</option></select>
<input type="hidden" name="target" value="c"><input type="hidden" name="part" value="">
<select name="status"><option value="x">X</option><option value="y">Y</option></select><input type="checkbox" name="yes" value="1" checked></form>"#;

    fn rows(page: &str, fields: &[(&str, &str)]) -> String {
        let (outline, refused) = (outline(page, "/own").unwrap(), sent("/r", fields));
        let left = format!("<p>{}</p>", outline.words(&refused).join("|"));
        refill(&format!("<div id=\"errors\"></div>{page}"), &outline, &refused, &[], &left).unwrap()
    }

    #[test]
    fn each_row_gets_its_own_values_and_a_page_with_other_rows_none() {
        let typed = [("target", "a/b"), ("part", "5"), ("status", "x"), ("target", "c"), ("part", ""), ("status", "y")];
        // As the templates write it.
        let escaped = ROWS.replace("a/b", "a&#x2f;b");
        for page in [ROWS, &escaped] {
            let page = rows(page, &typed);
            assert!(page.contains(r#"name="part" value="5""#) && !page.contains("checked"), "{page}");
            let chosen: Vec<&str> = page.match_indices(" selected").map(|(at, _)| &page[at - 2..at - 1]).collect();
            assert_eq!(chosen, ["x", "y"], "{page}");
        }
        // Another row came, or one went: nothing is filled into the wrong one, and the words stand beside.
        for typed in
            [&[("target", "c"), ("part", "5"), ("status", "x")][..], &[typed.as_slice(), &[("part", "7")]].concat()]
        {
            let page = rows(ROWS, typed);
            assert!(!page.contains(r#"value="5""#) && page.contains("<p>5"), "{page}");
        }
    }

    /// A body that was too large was not read: what the page says stays.
    #[test]
    fn what_was_not_read_changes_nothing() {
        let page = rows(ROWS, &[]);
        assert!(page.contains(r#"value="y" selected"#) && page.contains(" checked"), "{page}");
        let large = Problem::new(ProblemKind::TooLarge, "file-too-large");
        let (outline, refused) = (
            outline(PAGE, "/own").unwrap(),
            Refused { problem: large, ..sent("/a", &[("rev", "7"), ("unit", "2"), ("text", "lời")]) },
        );
        let page = refill(PAGE, &outline, &refused, &[], "").unwrap();
        assert!(
            page.contains(r#"value="lời""#) && page.contains("checked") && page.contains(r#"value="x" selected"#),
            "{page}"
        );
    }

    #[test]
    fn control_characters_are_not_shown_again() {
        let page = again(&sent("/b", &[("text", "a\u{0}\u{1b}b")]), &[]);
        assert!(page.contains(r#"value="ab""#), "{page}");
    }
}
