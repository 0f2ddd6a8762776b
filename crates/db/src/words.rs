//! Words that people write, as they may be stored: personal numbers, telephones and mail addresses masked.
//!
//! A store that takes [`Words`] cannot be given anything else; there is no way to make them but by masking.

use std::{borrow::Cow, fmt, ops::Deref, sync::LazyLock};

use regex::{Captures, Regex};
use sea_orm::{ColIdx, QueryResult, TryGetError, TryGetable, Value, sea_query::Nullable};
use serde::{Serialize, Serializer};

/// Trimmed text in which no personal number, telephone or mail address is left whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(mask(text.as_ref().trim()).into_owned())
    }

    /// None where nothing is written.
    pub fn some(text: impl AsRef<str>) -> Option<Self> {
        Some(Self::new(text)).filter(|words| !words.is_empty())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.0
    }
}

impl From<&Words> for Value {
    fn from(words: &Words) -> Self {
        Self::from(words.as_str())
    }
}

impl Nullable for Words {
    fn null() -> Value {
        String::null()
    }
}

impl From<Words> for Value {
    fn from(words: Words) -> Self {
        Self::from(words.0)
    }
}

/// What a table holds was masked when it was written.
impl TryGetable for Words {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        String::try_get_by(row, index).map(Self)
    }
}

/// Identity cards (12 digits, or the older 9 after their name), mobile telephones, mail addresses.
const PATTERN: &str = r"(?ix)
    (?P<named> (?:cccd|cmnd|cmt|căn\s+cước(?:\s+công\s+dân)?|chứng\s+minh(?:\s+nhân\s+dân)?) [^\d]{0,12} )
        (?P<card> \d{12} | \d{9} ) \b
    | (?P<edge> ^ | [^\d.,/\w-] )
        (?P<number> 0\d{11} | (?: \+?84 [\s.-]? | 0 ) [35789] (?: [\s.-]? \d ){8} ) \b
    | (?P<mail> \b [a-z0-9] [a-z0-9._%+-]* ) (?P<host> @ [a-z0-9-]+ (?: \. [a-z0-9-]+ )+ )
";

fn mask(text: &str) -> Cow<'_, str> {
    static FOUND: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());
    let Some(found) = FOUND.as_ref() else { return Cow::Borrowed(text) };
    found.replace_all(text, |part: &Captures<'_>| {
        let get = |name| part.name(name).map_or("", |found| found.as_str());
        format!(
            "{}{}{}{}{}{}",
            get("named"),
            covered(get("card"), 3),
            get("edge"),
            covered(get("number"), 3),
            covered(get("mail"), 1),
            get("host"),
        )
    })
}

/// The first characters stay, so that a reader knows which number it was.
fn covered(text: &str, shown: usize) -> String {
    text.chars().enumerate().map(|(at, c)| if at < shown || !c.is_alphanumeric() { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        Words::new(text).into_string()
    }

    #[test]
    fn identity_numbers_telephones_and_addresses_are_masked() {
        assert_eq!(words("Ông A, CCCD: 048123456789."), "Ông A, CCCD: 048*********.");
        assert_eq!(words("CMND số 201234567"), "CMND số 201******");
        assert_eq!(words("căn cước công dân 048123456789"), "căn cước công dân 048*********");
        assert_eq!(words("số 048123456789"), "số 048*********");
        assert_eq!(words("gọi 0905123456 hoặc 0905.123.456"), "gọi 090******* hoặc 090*.***.***");
        assert_eq!(words("(+84 905 123 456)"), "(+84 *** *** ***)");
        assert_eq!(words("gửi nguyen.a@example.vn nhé"), "gửi n*****.*@example.vn nhé");
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "Kinh phí 123456789 đồng, số 15/BC",
            "1.035.123.456 đồng",
            "Điện thoại cơ quan 0236 3812 345",
            "ngày 05/09/2026, đạt 0,95",
            "mã H48.01.02, số 0123/QĐ-UBND",
        ] {
            assert_eq!(words(text), text);
        }
    }

    #[test]
    fn masking_again_changes_nothing() {
        let once = words("CCCD 048123456789, 0905 123 456, a.b@c.vn");
        assert_eq!(words(&once), once);
    }
}
