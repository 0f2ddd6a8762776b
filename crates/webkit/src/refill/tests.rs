use super::*;

const PAGE: &str = r##"<div id="errors"><a href="#fault-text">x</a><a href="#fault-gone">y</a></div>
<details><form action="/a"><input type="hidden" name="rev" value="7"><input type="hidden" name="unit" value="1"><input name="text" id="t1" value=""></form></details>
<details><summary>s</summary><form action="/a"><input type="hidden" name="rev" value="7"><input type="hidden" name="unit" value="2">
<input class="govuk-input" name="text" id="t2" value="old"><textarea name="note" id="n">old</textarea><input name="day" value="a"><input name="day" value="b">
<select name="kind" id="k"><option value="x" selected>X</option><option value="y">Sắp &lt; dừng</option></select>
<input type="checkbox" name="yes" value="1" checked><input type="password" name="secret"><button name="act" value="go">Go</button></form></details>
<form action="/b"><input name="text" value="other"></form>"##;

fn sent(action: &str, fields: &[(&str, &str)]) -> Sent {
    let typed = fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Sent { action: action.into(), typed }
}

fn words(outline: &Outline, sent: &Sent) -> String {
    outline.words(sent).into_iter().map(|word| word.text).collect::<Vec<_>>().join("|")
}

/// As it comes back: filled in where its form is there, else with its words beside.
fn shown(page: &str, own: &str, sent: &Sent, beside: &Beside<'_>) -> String {
    let outline = outline(page, own).unwrap();
    match outline.sent(sent) {
        Some(at) => refill(page, &outline, at, sent, beside).unwrap(),
        None => said_above(page, &format!("<p>{}</p>", words(&outline, sent))).unwrap(),
    }
}

fn again(sent: &Sent, faults: &[Fault]) -> String {
    shown(PAGE, "/own", sent, &Beside { faults, ..Beside::default() })
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

/// The page shows what somebody else changed: what was typed stands beside it, under its labels.
#[test]
fn over_an_older_state_both_texts_are_told_apart() {
    let page = r#"<form action="/a"><input type="hidden" name="rev" value="7"><label for="t">Nội <b>dung</b></label><textarea id="t" name="text">
cũ &amp; mới</textarea><label for="d">Ngày</label><input id="d" name="day" value="a"><label for="k">Loại</label>
<select id="k" name="kind"><option value="x" selected>X</option><option value="y">Sắp &lt; dừng</option></select>
<label for="c">Đồng ý</label><input type="checkbox" id="c" name="yes" value="1" checked></form>"#;
    let sent = sent("/a", &[("rev", "6"), ("text", "của tôi\r\nhai"), ("day", "a"), ("kind", "y"), ("act", "go")]);
    let outline = outline(page, "/own").unwrap();
    let at = outline.sent(&sent).unwrap();
    assert!(outline.is_over(at, &sent));
    let told = outline.differences(at, &sent.typed);
    let told: Vec<_> = told.iter().map(|one| (one.label.as_str(), one.mine.as_str(), one.now.as_str())).collect();
    assert_eq!(told, [("Nội dung", "của tôi\nhai", "cũ & mới"), ("Loại", "Sắp < dừng", "X"), ("Đồng ý", "–", "✓")]);
    let over = outline.over_present(at, &sent).unwrap();
    assert_eq!(over[0], ("rev".into(), "7".into()), "over what is kept now");
    assert_eq!(over.len(), sent.typed.len(), "{over:?}");
    // Nor is what was not sent at all: a draft may keep less than the form has.
    let less = self::sent("/a", &[("rev", "7"), ("text", "cũ & mới"), ("kind", "x"), ("yes", "1")]);
    assert!(outline.differences(at, &less.typed).is_empty());
    // What is the same is no difference, and no conflict.
    let same = [("rev", "7"), ("text", "cũ & mới\r\n"), ("day", "a"), ("kind", "x"), ("yes", "1")];
    let same = self::sent("/a", &same);
    assert!(outline.differences(at, &same.typed).is_empty() && !outline.is_over(at, &same));
}

/// A secret cannot be sent again, nor can a file.
#[test]
fn what_cannot_be_sent_again_is_not_sent_over_what_is_kept() {
    let fields =
        [("", true), (r#"<input type="password" name="p">"#, false), (r#"<input type="file" name="f">"#, false)];
    for (field, may) in fields {
        let page =
            format!(r#"<form action="/a"><input type="hidden" name="rev" value="7"><input name="text">{field}</form>"#);
        let sent = sent("/a", &[("rev", "6"), ("text", "x")]);
        let outline = outline(&page, "/own").unwrap();
        let over = vec![("rev".to_owned(), "7".to_owned()), ("text".to_owned(), "x".to_owned())];
        let found = outline.over_present(outline.sent(&sent).unwrap(), &sent);
        assert_eq!(found, may.then_some(over), "{field}");
    }
}

#[test]
fn a_form_without_an_address_is_that_of_its_page() {
    let page = r#"<form method="post"><input name="name" value=""><input type="password" name="password"></form>"#;
    let sent = sent("/people/new", &[("name", "An"), ("password", "x")]);
    let page = shown(page, "/people/new", &sent, &Beside::default());
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
    shown(&format!("<div id=\"errors\"></div>{page}"), "/own", &sent("/r", fields), &Beside::default())
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
    let sent = sent("/a", &[("rev", "7"), ("unit", "2"), ("text", "lời")]);
    let page = shown(PAGE, "/own", &sent, &Beside { is_cut: true, ..Beside::default() });
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
    let sent = sent("/r", &typed);
    let again = |faults: &[Fault]| shown(page, "/own", &sent, &Beside { faults, ..Beside::default() });
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

/// A label may hold a whole task: the line has its beginning, and no sign before the colon.
#[test]
fn a_line_of_the_summary_is_no_longer_than_a_line() {
    let line = |label: &str| {
        let page = format!(
            "<div id=\"errors\"><a href=\"#fault-name\">x</a></div><form action=\"/a\"><label for=\"n\">{label}</label>\
             <input name=\"name\" id=\"n\"></form>"
        );
        let sent = sent("/a", &[("name", "")]);
        let said = shown(&page, "/own", &sent, &Beside { faults: &[fault("name")], ..Beside::default() });
        said.split_once("#n\">").unwrap().1.split_once("</a>").unwrap().0.to_owned()
    };
    assert_eq!(line(&format!("{};", "ệ".repeat(300))), format!("{}…: x", "ệ".repeat(80)));
    assert_eq!(line(&format!("{};", "ệ".repeat(80))), format!("{}: x", "ệ".repeat(80)));
}

/// The same is wrong with several fields: each line says with which. A box is labelled by what it says, not by its name.
#[test]
fn each_line_of_the_summary_names_its_field() {
    let page = r##"<div id="errors"><a href="#fault-name">x</a><a href="#fault-day">x</a><a href="#fault-why">x</a>
<a href="#fault-sure">x</a></div><form action="/a"><label for="name">Tên &amp; mã</label><input name="name" id="name">
<label for="d">Ngày
  (không bắt buộc)</label><input name="day" id="d"><label for="w">Vì sao?</label><textarea name="why" id="w"></textarea>
<label for="s">Tôi đã đọc</label><input type="checkbox" name="sure" id="s" value="1"></form>"##;
    let sent = sent("/a", &[("name", ""), ("day", ""), ("why", "")]);
    let faults = ["name", "day", "why", "sure"].map(fault);
    let beside = Beside { faults: &faults, optional: "(không bắt buộc)", ..Beside::default() };
    let said = shown(page, "/own", &sent, &beside);
    for line in ["#name\">Tên &amp; mã: x<", "#d\">Ngày: x<", "#w\">Vì sao? x<", "#s\">x<"] {
        assert!(said.contains(&format!("<a href=\"{line}/a>")), "{line}: {said}");
    }
}

/// A box with its label, and a password with its button, are one thing to the eye.
#[test]
fn a_fault_is_said_before_the_whole_of_its_field() {
    let page = r#"<form method="post"><div class="govuk-input__wrapper x"><input type="password" name="again" id="again"></div>
<div class="govuk-checkboxes"><input type="checkbox" name="sure" id="sure" value="1"></div>
<input name="own" class="govuk-input govuk-input--error"></form>"#;
    // Whatever stands behind the address of the page.
    let sent = sent("/link/x?done=y", &[("again", "a"), ("own", "b")]);
    let faults = [fault("again"), fault("sure"), fault("own")];
    let said = shown(page, "/link/x", &sent, &Beside { faults: &faults, ..Beside::default() });
    for (field, group) in [("again", "<div class=\"govuk-input__wrapper"), ("sure", "<div class=\"govuk-checkboxes")] {
        let (_, after) = said.split_once(&format!("<p id=\"{field}-error\"")).expect(&said);
        assert!(after.split_once("</p>").unwrap().1.starts_with(group), "{said}");
        assert!(said.contains(&format!("aria-describedby=\"{field}-error\"")), "{said}");
    }
    assert_eq!(said.matches("govuk-error-message").count(), 2, "the page says the third itself: {said}");
}

/// A form of inputs and areas by turns, each with something in it already.
fn form_of(count: usize) -> String {
    let field = |n: usize| match n % 2 {
        0 => format!("<label for=\"f{n}\">L{n}</label><input id=\"f{n}\" name=\"f\" value=\"cũ\">"),
        _ => format!("<label for=\"f{n}\">L{n}</label><textarea id=\"f{n}\" name=\"f\">cũ</textarea>"),
    };
    let fields: String = (0..count).map(field).collect();
    format!(
        "<p>&lt;</p><form action=\"/o\"><input name=\"f\" value=\"khác\"></form><form action=\"/a\">{fields}</form>"
    )
}

proptest::proptest! {
    /// Whatever is typed, the form comes back as it was sent: read again there is no difference, and nothing beside it changed.
    #[test]
    fn whatever_is_typed_is_what_comes_back(texts in proptest::collection::vec("[^\\pC\n]{0,30}", 1..7)) {
        let page = form_of(texts.len());
        let fields: Vec<(&str, &str)> = texts.iter().map(|text| ("f", text.as_str())).collect();
        let sent = sent("/a", &fields);
        let page = shown(&page, "/own", &sent, &Beside::default());
        let again = outline(&page, "/own").unwrap();
        proptest::prop_assert_eq!(again.differences(1, &sent.typed), vec![], "{}", page);
        proptest::prop_assert!(page.starts_with("<p>&lt;</p><form action=\"/o\"><input name=\"f\" value=\"khác\">"));
    }

    /// What differs is told, field by field under its own label, and nothing else.
    #[test]
    fn exactly_what_differs_is_told(texts in proptest::collection::vec("(cũ|[a-zăêơ <&\"]{1,12}x)", 1..7)) {
        let fields: Vec<(&str, &str)> = texts.iter().map(|text| ("f", text.as_str())).collect();
        let sent = sent("/a", &fields);
        let told = outline(&form_of(texts.len()), "/own").unwrap().differences(1, &sent.typed);
        let told: Vec<_> = told.into_iter().map(|one| (one.label, one.mine, one.now)).collect();
        let other = texts.iter().enumerate().filter(|(_, text)| text.trim() != "cũ");
        let other: Vec<_> = other.map(|(n, text)| (format!("L{n}"), text.trim().to_owned(), "cũ".to_owned())).collect();
        proptest::prop_assert_eq!(told, other);
    }
}

const ONE: &str = "part_01jcqz6y9tfg0v3d8x5m2n7k4b";
const TWO: &str = "part_01jcqz6y9tfg0v3d8x5m2n7k4c";
const THREE: &str = "part_01jcqz6y9tfg0v3d8x5m2n7k4d";

/// A row came and another went since it was written: each word is in its own row, and what has none is left over.
#[test]
fn words_go_back_into_their_rows_when_the_rows_are_others() {
    let row = |id: &str| {
        format!(
            "<input type=\"hidden\" name=\"work\" value=\"{id}\"><textarea name=\"words\">cũ</textarea><input type=\"checkbox\" name=\"none\" value=\"{id}\">"
        )
    };
    let page = format!(
        "<form action=\"/r\" data-draft><input name=\"intro\">{}{}<input name=\"ahead\" value=\"x\"></form>",
        row(THREE),
        row(TWO)
    );
    let typed = [
        ("intro", "đầu"),
        ("work", ONE),
        ("words", "một"),
        ("work", TWO),
        ("words", "hai"),
        ("none", TWO),
        ("ahead", "cuối"),
    ];
    let sent = sent("/r", &typed);
    let outline = outline(&page, "/own").unwrap();
    assert_eq!((outline.sent(&sent), outline.only(&sent)), (None, Some(0)));
    let Realigned { typed, left } = outline.realigned(0, &sent.typed);
    assert!(outline.fits(0, &typed));
    let page = refill(&page, &outline, 0, &Sent { typed, ..sent }, &Beside::default()).unwrap();
    let (before, after) = page.split_once(TWO).unwrap();
    assert!(before.contains("name=\"intro\" value=\"đầu\"") && before.contains(">cũ</textarea>"), "{page}");
    assert!(
        after.contains(">hai</textarea>") && after.contains("checked") && after.contains("value=\"cuối\""),
        "{page}"
    );
    assert_eq!(left, [("words".to_owned(), "một".to_owned())]);
}
