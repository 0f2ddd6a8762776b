//! What is hashed: canonical JSON text (RFC 8785).

use std::io::Write as _;

use kernel::Problem;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use crate::DbError;

pub(super) fn canonical(value: &Json) -> Result<String, Problem> {
    serde_json_canonicalizer::to_string(value).map_err(Problem::internal)
}

/// Up to here a number is the same as JSON's, which is a double.
const EXACT: u64 = 1 << 53;

/// The same text of a row, whose values are no lists and no objects. The library reads and sorts each name by itself: of tens of
/// thousands of rows that is most of what an act takes.
pub(super) fn canonical_row(row: &Map<String, Json>) -> Result<Vec<u8>, Problem> {
    plain(row).map_or_else(|| canonical(&Json::Object(row.clone())).map(String::into_bytes), Ok)
}

/// None where a name or a value is not as simple as this writes it.
fn plain(row: &Map<String, Json>) -> Option<Vec<u8>> {
    let is_plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    let mut fields: Vec<(&String, &Json)> = row.iter().collect();
    fields.sort_unstable_by_key(|(name, _)| *name);
    let mut out = vec![b'{'];
    for (at, (name, value)) in fields.into_iter().enumerate() {
        if !name.bytes().all(is_plain) {
            return None;
        }
        write!(out, "{}\"{name}\":", if at == 0 { "" } else { "," }).ok()?;
        match value {
            Json::Null => out.extend_from_slice(b"null"),
            Json::Bool(is_so) => write!(out, "{is_so}").ok()?,
            Json::Number(number) => {
                let whole = number.as_i64().filter(|whole| whole.unsigned_abs() <= EXACT)?;
                write!(out, "{whole}").ok()?;
            }
            Json::String(text) => serde_json::to_writer(&mut out, text).ok()?,
            Json::Array(_) | Json::Object(_) => return None,
        }
    }
    out.push(b'}');
    Some(out)
}

/// SHA-256 of a row as it was read.
pub(super) fn image_hash(image: &Json) -> Result<String, DbError> {
    let text = match image {
        Json::Object(row) => canonical_row(row),
        other => canonical(other).map(String::into_bytes),
    };
    let text = text.map_err(|problem| DbError::Other(problem.to_string()))?;
    Ok(hex::encode(Sha256::digest(&text)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn both(row: &Json) -> (String, String) {
        let own = canonical_row(row.as_object().unwrap()).unwrap();
        (String::from_utf8(own).unwrap(), canonical(row).unwrap())
    }

    /// Hashes of before stay what they were.
    #[test]
    fn a_row_is_written_as_the_library_writes_it() {
        let every: String =
            (0..0x250).filter_map(char::from_u32).chain("ạ/\u{2028}\u{feff}\u{ffff}🏛".chars()).collect();
        let big = i64::try_from(EXACT).unwrap();
        for row in [
            json!({}),
            json!({ "rev": 3, "id": "0193", "name": every, "note": null, "by_hand": true, "is_1": false, "a": "" }),
            json!({ "most": big, "least": -big, "none": 0, "minus": -1 }),
            json!({ "beyond": big + 1, "less": -big - 1, "largest": i64::MAX, "least": i64::MIN, "not": u64::MAX }),
            json!({ "part": 0.5, "zero": -0.0 }),
            json!({ "Đình": 1, "a b": "c", "\u{1f3db}": 2, "\u{ffff}": 3 }),
            json!({ "list": ["b", "a"], "of": { "b": 1, "a": 2 } }),
        ] {
            let (own, library) = both(&row);
            assert_eq!(own, library);
        }
    }

    #[test]
    fn most_rows_need_no_library() {
        let row = json!({ "rev": 3, "name": "Đình \"mẫu\"\n", "note": null, "by_hand": true });
        assert!(plain(row.as_object().unwrap()).is_some());
        for other in [json!({ "A": 1 }), json!({ "a": 0.5 }), json!({ "a": [] }), json!({ "a": u64::MAX })] {
            assert!(plain(other.as_object().unwrap()).is_none(), "{other}");
        }
    }
}
