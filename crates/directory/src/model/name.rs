//! When two names mean the same body: spelling, "tỉnh Mẫu" for "tỉnh", "Ủy ban nhân dân" for "UBND".

use kernel::text::same_name_key;

/// The key under which a name is looked up inside one province.
pub fn key(text: &str, province: &str) -> String {
    let mut key = same_name_key(text);
    for (long, short) in [("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"), ("& ", "và "), ("&", " và ")]
    {
        key = key.replace(long, short);
    }
    let province = same_name_key(province);
    for level in ["tỉnh", "thành phố"] {
        key = key.replace(&format!("trên địa bàn {level}"), "").replace(&format!("{level} {province}"), level);
    }
    key.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keys worth trying, the exact one first: without "của tỉnh", "cấp tỉnh", a trailing level.
pub fn candidates(text: &str, province: &str) -> Vec<String> {
    let exact = key(text, province);
    let mut out = vec![exact.clone()];
    for tail in [" của tỉnh", " cấp tỉnh", " tỉnh", " thành phố"] {
        out.extend(exact.strip_suffix(tail).map(str::to_owned));
    }
    out.push(format!("{exact} tỉnh"));
    out.push(format!("{exact} thành phố"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_short_names_meet() {
        assert_eq!(key("Ủy ban nhân dân tỉnh Mẫu", "Mẫu"), key("UBND tỉnh", "Mẫu"));
        assert_eq!(key("Uỷ ban nhân dân các xã, phường, đặc khu", "Mẫu"), key("UBND các xã, phường, đặc khu", "Mẫu"));
        assert!(candidates("Sở Tài chính tỉnh Mẫu", "Mẫu").contains(&key("Sở Tài chính", "Mẫu")));
        assert!(candidates("Công an", "Mẫu").contains(&key("Công an tỉnh", "Mẫu")));
    }
}
