use kernel::Problem;

use super::*;

const PAGE: &str = r##"<div id="errors"><a href="#fault-text">x</a><a href="#fault-gone">y</a></div>
<details><form action="/a"><input type="hidden" name="rev" value="7"><input type="hidden" name="unit" value="1"><input name="text" id="t1" value=""></form></details>
<details><summary>s</summary><form action="/a"><input type="hidden" name="rev" value="7"><input type="hidden" name="unit" value="2">
<input class="govuk-input" name="text" id="t2" value="old"><textarea name="note" id="n">old</textarea><input name="day" value="a"><input name="day" value="b">
<select name="kind" id="k"><option value="x" selected>X</option><option value="y">Sắp &lt; dừng</option></select>
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
    Fault { field: field.into(), words: "1 < 2".into(), prefix: "Lỗi".into(), about: vec![], choices: None }
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
    let said =
        r#"<p id="t2-error" class="govuk-error-message"><span class="govuk-visually-hidden">Lỗi:</span> 1 &lt; 2</p>"#;
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
    let typed = [("rev", "6"), ("text", "của tôi"), ("day", "c"), ("kind", "y"), ("secret", "mật khẩu"), ("act", "go")];
    let page = again(&Refused { problem: Problem::stale(), ..sent("/a", &typed) }, &[]);
    assert!(page.contains("<p>của tôi|c|Sắp < dừng</p>") && page.contains(r#"value="old""#), "{page}");
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

/// Rows of one name: a fault is said where it belongs, and nothing that is wrong stays folded away.
#[test]
fn a_fault_is_said_in_its_row_and_its_fold_is_open() {
    let page = r##"<div id="errors"><a href="#fault-value">1</a><a href="#fault-value">2</a><a href="#fault-value">3</a></div>
<form action="/r"><input type="hidden" name="value" value="x"><input name="value" id="v1"><details><input name="value" id="v2"></details>
<details><input name="value" id="v3"></details><details><input name="value" id="v4"></details></form>"##;
    let typed = ["x", "1", "hai", "hai", "4"].map(|text| ("value", text));
    let (outline, refused) = (outline(page, "/own").unwrap(), sent("/r", &typed));
    let again = |faults: &[Fault]| refill(page, &outline, &refused, faults, "").unwrap();
    // Two that are told by what was typed, and one of which nothing tells where it belongs.
    let named = Fault { about: vec!["x".into(), "hai".into()], ..fault("value") };
    let said = again(&[named.clone(), fault("value"), named]);
    let ids: Vec<&str> = said.match_indices("-error\" class").map(|(at, _)| &said[at - 2..at]).collect();
    assert_eq!(ids, ["v1", "v2", "v3"], "{said}");
    for way in ["<a href=\"#v2\">1", "<a href=\"#v1\">2", "<a href=\"#v3\">3"] {
        assert!(said.contains(way), "{way}: {said}");
    }
    assert_eq!((said.matches("<details open").count(), said.matches("<details>").count()), (2, 1), "{said}");
    assert!(!again(&[fault("value")]).contains("<details open"));
}

/// A box with its label, and a password with its button, are one thing to the eye.
#[test]
fn a_fault_is_said_before_the_whole_of_its_field() {
    let page = r#"<form method="post"><div class="govuk-input__wrapper x"><input type="password" name="again" id="again"></div>
<div class="govuk-checkboxes"><input type="checkbox" name="sure" id="sure" value="1"></div>
<input name="own" class="govuk-input govuk-input--error"></form>"#;
    // Whatever stands behind the address of the page.
    let refused = sent("/link/x?done=y", &[("again", "a"), ("own", "b")]);
    let faults = [fault("again"), fault("sure"), fault("own")];
    let said = refill(page, &outline(page, "/link/x").unwrap(), &refused, &faults, "").unwrap();
    for (field, group) in [("again", "<div class=\"govuk-input__wrapper"), ("sure", "<div class=\"govuk-checkboxes")] {
        let (_, after) = said.split_once(&format!("<p id=\"{field}-error\"")).expect(&said);
        assert!(after.split_once("</p>").unwrap().1.starts_with(group), "{said}");
        assert!(said.contains(&format!("aria-describedby=\"{field}-error\"")), "{said}");
    }
    assert_eq!(said.matches("govuk-error-message").count(), 2, "the page says the third itself: {said}");
}
