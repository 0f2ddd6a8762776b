//! Our macros against the package's own fixtures: the same DOM for the same options.

use std::path::{Path, PathBuf};

use minijinja::{Value, context, value::Serde};
use scraper::{ElementRef, Html, Node};
use serde::Deserialize;

use crate::{Locales, Templates};

#[derive(Deserialize)]
struct Fixtures {
    fixtures: Vec<Fixture>,
}

#[derive(Deserialize)]
struct Fixture {
    name: String,
    options: serde_json::Value,
    html: String,
}

const INTERRUPTIONS: [&str; 9] = [
    "interruption",
    "interruption-with-content-with-long-line-length",
    "interruption-with-headings-content-and-lists",
    "interruption with custom classes",
    "interruption, with actions classes and attributes",
    "interruption, submit action",
    "interruption, button link",
    "interruption, no actions",
    "interruption, no actions items",
];

/// Component, macro, and the fixtures that do not hold here; the lists only shrink.
const COMPONENTS: [(&str, &str, &[&str]); 28] = [
    ("back-link", "back_link", &[]),
    ("breadcrumbs", "breadcrumbs", &[]),
    ("button", "button", &[]),
    ("checkboxes", "checkboxes", &[]),
    // Without a day or a year: said by listing `items` here, not by null.
    ("date-input", "date_input", &["day and month", "month and year"]),
    ("details", "details", &[]),
    ("error-message", "error_message", &[]),
    ("error-summary", "error_summary", &[]),
    ("fieldset", "fieldset", &[]),
    ("file-upload", "file_upload", &[]),
    ("hint", "hint", &[]),
    ("input", "input", &[]),
    ("inset-text", "inset_text", &[]),
    ("label", "label", &[]),
    ("notification-banner", "notification_banner", &[]),
    ("pagination", "pagination", &[]),
    // Interruptions are not used.
    ("panel", "panel", &INTERRUPTIONS),
    ("password-input", "password_input", &[]),
    ("radios", "radios", &[]),
    ("select", "select", &[]),
    ("skip-link", "skip_link", &[]),
    ("summary-list", "summary_list", &[]),
    ("table", "table", &[]),
    ("tabs", "tabs", &[]),
    ("tag", "tag", &[]),
    ("task-list", "task_list", &[]),
    ("textarea", "textarea", &[]),
    ("warning-text", "warning_text", &[]),
];

fn package() -> Option<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/node_modules/govuk-frontend/dist/govuk/components");
    folder.is_dir().then_some(folder)
}

/// One line per element and text, attributes sorted, white space that does not show collapsed.
fn outline(html: &str) -> String {
    let mut out = String::new();
    walk(Html::parse_fragment(html).root_element(), 0, &mut out);
    out
}

fn walk(element: ElementRef<'_>, depth: usize, out: &mut String) {
    let squash = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for child in element.children() {
        match child.value() {
            Node::Text(text) if !text.trim().is_empty() => {
                out.push_str(&format!("{}{}\n", "  ".repeat(depth), squash(text)));
            }
            Node::Element(tag) => {
                let mut attributes: Vec<String> =
                    tag.attrs().map(|(name, value)| format!("{name}={:?}", squash(value))).collect();
                attributes.sort();
                out.push_str(&format!("{}<{} {}>\n", "  ".repeat(depth), tag.name(), attributes.join(" ")));
                walk(ElementRef::wrap(child).unwrap(), depth + 1, out);
            }
            _ => {}
        }
    }
}

#[test]
fn components_have_the_dom_of_the_package() {
    let Some(package) = package() else {
        assert!(std::env::var_os("CI").is_none(), "cargo xtask test runs npm ci in web/");
        println!("SKIPPED: web/node_modules is not installed");
        return;
    };
    let templates = Templates::new([], &Locales::new([]).unwrap()).unwrap();
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for (component, name, except) in COMPONENTS {
        let text = std::fs::read_to_string(package.join(component).join("fixtures.json")).unwrap();
        let read: Fixtures = serde_json::from_str(&text).unwrap();
        for fixture in read.fixtures {
            let source = format!("{{% import 'webkit/govuk.html' as g %}}{{{{ g.{name}(params) }}}}");
            let page = context! { params => Value::from(Serde(fixture.options)), lang => "en" };
            let ours = match templates.env().render_named_str("fixture.html", &source, page) {
                Ok(html) => outline(&html),
                Err(error) => format!("{error:#}\n"),
            };
            let theirs = outline(&fixture.html);
            let excepted = except.contains(&fixture.name.as_str());
            compared += 1;
            if (ours == theirs) == excepted {
                wrong.push(format!("== {component}: {}\n-- ours\n{ours}-- theirs\n{theirs}", fixture.name));
            }
        }
    }
    println!("{compared} fixtures compared");
    assert!(wrong.is_empty(), "{} of {compared} differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn moj_parts_snapshot() {
    let templates = Templates::new([], &Locales::new([]).unwrap()).unwrap();
    let source = "{% extends 'webkit/layout.html' %}{% import 'webkit/parts.html' as p %}{% block main %}{{ p.history(rows) }}{% endblock %}";
    let entry =
        |name: &str, on: bool| context! { label => format!("nav-{name}"), href => format!("/{name}"), on, count => 0 };
    let page = context! {
        lang => "vi", signed_in => true, account_name => "Ví Dụ", account_unit => "Sở Mẫu", province => "Tỉnh Mẫu", here => "/", done => "", training => false, insecure => false, warnings => Value::from(Vec::<String>::new()), ledger_warning => Value::from(()), failures => 0, training_url => Value::from(()),
        nav => context! {
            area => "work",
            areas => [context! { area => "work", href => "/account", on => true, count => 3 }, context! { area => "data", href => "/data", on => false, count => 0 }],
            entries => [entry("account", true), entry("home", false)], more => [entry("last", false)],
        },
        rows => [context! { action => "plan.approve", at => 1_795_000_000_000_000_i64 }],
    };
    let html = templates.env().render_named_str("page.html", source, page).unwrap();
    let shown = Html::parse_document(&html);
    let part = |selector: &str| {
        let found = shown.select(&scraper::Selector::parse(selector).unwrap()).next().unwrap();
        outline(&found.html())
    };
    insta::assert_snapshot!("areas", part(".areas"));
    insta::assert_snapshot!("moj-side-navigation", part(".moj-side-navigation"));
    insta::assert_snapshot!("moj-timeline", part(".moj-timeline"));
}
