//! What could be meant by words that mean several things: offered at their field, and what is chosen takes their place.
//!
//! The page needs no script for it, and no handler knows of it.

use axum::body::Bytes;
use kernel::Choices;
use quick_xml::escape::escape;

/// What the names of the fields of a choice begin with; behind it stands the name of the field that it is about.
const INSTEAD_OF: &str = "instead-of:";
const CHOSEN: &str = "chosen:";
/// How both begin in a form as it is sent.
const MARKS: [&[u8]; 2] = [b"instead-of%3A", b"instead-of:"];

/// The list to choose from, as it stands at its field.
pub(crate) fn list(field: &str, legend: &str, choices: &Choices) -> String {
    let (field, of) = (escape(field), escape(&choices.instead_of));
    let one = |text: &String| {
        let text = escape(text);
        format!("<label><input type=\"radio\" name=\"{CHOSEN}{field}\" value=\"{text}\"> {text}</label>")
    };
    let all: String = choices.all.iter().map(one).collect();
    format!(
        "<fieldset class=\"choices\"><legend>{}</legend><input type=\"hidden\" name=\"{INSTEAD_OF}{field}\" value=\"{of}\">{all}</fieldset>",
        escape(legend)
    )
}

/// A form as it was sent, what was chosen in the place of what was typed.
pub(crate) fn taken(bytes: Bytes) -> Bytes {
    if !MARKS.iter().any(|mark| bytes.windows(mark.len()).any(|window| window == *mark)) {
        return bytes;
    }
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
    take(&mut fields);
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into()
}

/// The same of fields that were read.
pub(crate) fn take(fields: &mut Vec<(String, String)>) {
    let of = |begin: &str, fields: &[(String, String)]| -> Vec<(String, String)> {
        let named = fields.iter().filter_map(|(name, text)| Some((name.strip_prefix(begin)?.to_owned(), text.clone())));
        named.collect()
    };
    let (instead_of, chosen) = (of(INSTEAD_OF, fields), of(CHOSEN, fields));
    fields.retain(|(name, _)| !name.starts_with(INSTEAD_OF) && !name.starts_with(CHOSEN));
    for (field, words) in instead_of {
        let Some((_, new)) = chosen.iter().find(|(name, _)| *name == field) else { continue };
        for (_, text) in fields.iter_mut().filter(|(name, _)| *name == field) {
            *text = replaced(text, &words, new);
        }
    }
}

/// The whole text, or the one name of a list.
fn replaced(text: &str, words: &str, new: &str) -> String {
    let is_it = |text: &str| text.trim() == words.trim();
    if is_it(text) {
        return new.to_owned();
    }
    let one = |piece: &str| {
        let lines: Vec<String> =
            piece.split(';').map(|name| if is_it(name) { format!(" {new}") } else { name.to_owned() }).collect();
        lines.join(";")
    };
    text.split('\n').map(one).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str) -> String {
        String::from_utf8(taken(Bytes::copy_from_slice(text.as_bytes())).to_vec()).unwrap()
    }

    #[test]
    fn what_is_chosen_takes_the_place_of_what_was_typed() {
        let form = "unit=Phong+A&instead-of%3Aunit=Phong+A&chosen%3Aunit=Phong+A%2C+X&rev=1";
        assert_eq!(sent(form), "unit=Phong+A%2C+X&rev=1");
        let form = "lead=Phong+A%3B+B&instead-of%3Alead=Phong+A&chosen%3Alead=C";
        assert_eq!(sent(form), "lead=C%3B+B");
    }

    #[test]
    fn nothing_chosen_or_something_else_typed_meanwhile_changes_nothing() {
        assert_eq!(sent("unit=A&instead-of%3Aunit=A"), "unit=A");
        assert_eq!(sent("unit=B&instead-of%3Aunit=A&chosen%3Aunit=C"), "unit=B");
        assert_eq!(
            sent("unit=A&rev=%C3%A1"),
            "unit=A&rev=%C3%A1",
            "a form without choices stays as it is, byte by byte"
        );
    }

    #[test]
    fn a_choice_is_text_and_no_markup() {
        let choices = Choices { instead_of: "\"><b>".into(), all: vec!["<script>x</script>".into()] };
        let html = list("unit", "Chọn <một>", &choices);
        assert!(!html.contains("<b>") && !html.contains("<script>") && !html.contains("<một>"), "{html}");
        for said in
            ["value=\"&quot;&gt;&lt;b&gt;\"", "> &lt;script&gt;x&lt;/script&gt;</label>", ">Chọn &lt;một&gt;</legend>"]
        {
            assert!(html.contains(said), "{said}: {html}");
        }
    }
}
