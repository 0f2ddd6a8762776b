//! What may stand as public evidence: words, or one address to which readers of a government's page may be sent.

/// The host of an address of https, with nobody's name before it and no letters that look like others in it; none where
/// the text is no such address.
pub fn host(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://")?;
    let at = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = at.split_once(':').unwrap_or((at, "443"));
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let is_whole = host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty());
    let is_port = !port.is_empty() && port.chars().all(|c| c.is_ascii_digit());
    let is_plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\');
    (is_plain && is_whole && is_port && host.chars().all(is_host)).then_some(host)
}

/// Words that lead nowhere, or an address that has a host.
pub fn is_evidence(text: &str) -> bool {
    host(text).is_some() || !is_address(text)
}

/// Whether it begins as an address does, of whatever kind (`javascript:`), or names one.
fn is_address(text: &str) -> bool {
    let is_scheme = |before: &str| {
        before.starts_with(|c: char| c.is_ascii_alphabetic())
            && before.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
    };
    let begins = |(before, after): (&str, &str)| is_scheme(before) && !after.starts_with(char::is_whitespace);
    text.contains("://") || text.split_once(':').is_some_and(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_https_and_names_its_host() {
        for (text, is) in [
            ("https://kho.tinhmau.example/sao-luu?a=b:c@d", "kho.tinhmau.example"),
            ("https://kho.tinhmau.example:8443#x", "kho.tinhmau.example"),
        ] {
            assert_eq!(host(text), Some(is), "{text}");
            assert!(is_evidence(text), "{text}");
        }
        for text in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "http://kho.tinhmau.example",
            "https://chinhphu.vn@kho.example/",
            "https://kho.example\\@chinhphu.vn",
            "https://kho .example",
            "https://khò.example",
            "https://kho",
            "https://kho.example:x",
            "https://",
            "xem https://kho.example",
        ] {
            assert!(host(text).is_none() && !is_evidence(text), "{text}");
        }
        for words in ["15/BC-STC", "Biên bản số 4: đạt", "Báo cáo: quý I", "BC: 15", "12:30 ngày 5/3"] {
            assert!(host(words).is_none() && is_evidence(words), "{words}");
        }
    }
}
