//! How bodies are written on official papers: in full, with the place they sit in, and who signs for them.

/// What offices abbreviate, in full.
const SHORT: [(&str, &str); 6] = [
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
    ("ĐBQH", "đại biểu Quốc hội"),
    ("BQL", "Ban Quản lý"),
];

/// "Ủy ban nhân dân xã Sông Mẫu" from "UBND xã Sông Mẫu".
pub fn full_name(name: &str) -> String {
    let word = |word: &str| {
        SHORT.iter().find(|(short, _)| *short == word).map_or_else(|| word.to_owned(), |(_, full)| (*full).to_owned())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

pub fn is_committee(name: &str) -> bool {
    name.starts_with("UBND") || name.starts_with("Ủy ban nhân dân")
}

/// A people's committee or council: no body stands above it in the head of a paper.
pub fn is_elected(name: &str) -> bool {
    is_committee(name) || is_council(name)
}

fn is_council(name: &str) -> bool {
    name.starts_with("HĐND ") || name.starts_with("Hội đồng nhân dân ")
}

/// "Sông Mẫu" from the name of a body of a commune; none where it names no commune. Places called by a number are written
/// whole.
pub fn commune(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let low = word.to_lowercase();
        let length = match low.as_str() {
            "xã" | "phường" => 1,
            "đặc" if words.get(at + 1).is_some_and(|next| *next == "khu") => 2,
            _ => continue,
        };
        // "Xã hội" is no commune.
        let rest = words.get(at + length..).unwrap_or_default();
        let begins = |letter: fn(char) -> bool| rest.first().is_some_and(|word| word.starts_with(letter));
        if begins(|c| c.is_ascii_digit()) {
            let kind: String =
                low.chars().next().into_iter().flat_map(char::to_uppercase).chain(low.chars().skip(1)).collect();
            return Some(format!("{kind} {}", rest.join(" ")));
        }
        if begins(char::is_uppercase) {
            return Some(rest.join(" "));
        }
    }
    None
}

/// The head of a body, and the body in whose name it signs where it does so for all of its members.
fn head(name: &str) -> (&'static str, Option<&'static str>) {
    const HEADS: [(&str, &str); 22] = [
        ("Văn phòng", "Chánh Văn phòng"),
        ("Thanh tra", "Chánh Thanh tra"),
        ("Sở ", "Giám đốc"),
        ("Công an xã", "Trưởng Công an"),
        ("Công an phường", "Trưởng Công an"),
        ("Công an", "Giám đốc"),
        ("Phòng ", "Trưởng phòng"),
        ("Ban Quản lý", "Trưởng ban"),
        ("Ban ", "Trưởng ban"),
        ("Trung tâm", "Giám đốc"),
        ("Bệnh viện", "Giám đốc"),
        ("Kho bạc", "Giám đốc"),
        ("Bảo hiểm xã hội", "Giám đốc"),
        ("Chi cục", "Chi cục trưởng"),
        ("Cục ", "Cục trưởng"),
        ("Chi nhánh", "Giám đốc"),
        ("Công ty", "Giám đốc"),
        ("Trường Đại học", "Hiệu trưởng"),
        ("Trường", "Hiệu trưởng"),
        ("Thuế", "Trưởng Thuế"),
        ("Thống kê", "Trưởng Thống kê"),
        ("Trạm", "Trạm trưởng"),
    ];
    if is_committee(name) {
        return ("Chủ tịch", Some("Ủy ban nhân dân"));
    }
    if is_council(name) {
        return ("Chủ tịch", Some("Hội đồng nhân dân"));
    }
    let known = HEADS.iter().find(|(start, _)| name.starts_with(start));
    (known.map_or("Thủ trưởng cơ quan", |(_, head)| *head), None)
}

/// The lines above a signature: on whose behalf, by what right, and the post of who signs. Without a post the head signs.
pub fn authority(name: &str, post: &str) -> Vec<String> {
    let (head, members) = head(name);
    let mut out: Vec<String> = members.map(|members| format!("TM. {members}")).into_iter().collect();
    let post = post.trim();
    let low = post.to_lowercase();
    let is_head = low.is_empty() || low == head.to_lowercase();
    if is_head {
        out.push(head.to_owned());
    } else if let Some(acting) = low.strip_prefix("quyền ").or_else(|| low.strip_prefix("q. ")) {
        out.push(format!("Q. {acting}"));
    } else if low.starts_with("phó ") {
        out.extend([format!("KT. {head}"), post.to_owned()]);
    } else {
        // By order: not for the members, but for their head.
        out = vec![format!("TL. {head}"), post.to_owned()];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_written_in_full() {
        assert_eq!(full_name("UBND xã Sông Mẫu"), "Ủy ban nhân dân xã Sông Mẫu");
        assert_eq!(full_name("Văn phòng HĐND và UBND"), "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân");
        assert_eq!(full_name("Sở Khoa học và Công nghệ"), "Sở Khoa học và Công nghệ");
    }

    #[test]
    fn the_place_is_the_communes() {
        for (name, place) in [
            ("UBND xã Sông Mẫu", Some("Sông Mẫu")),
            ("Phường Đồi Mẫu", Some("Đồi Mẫu")),
            ("UBND đặc khu Đảo Mẫu", Some("Đảo Mẫu")),
            ("UBND phường 12", Some("Phường 12")),
            ("Phòng Văn hóa - Xã hội", None),
            ("Phòng Văn hóa - Xã hội xã Chè Mẫu", Some("Chè Mẫu")),
            ("Bảo hiểm xã hội tỉnh", None),
            ("Sở Tài chính", None),
        ] {
            assert_eq!(commune(name).as_deref(), place, "{name}");
        }
    }

    #[test]
    fn who_signs_says_by_what_right() {
        for (name, post, lines) in [
            ("UBND xã Sông Mẫu", "", vec!["TM. Ủy ban nhân dân", "Chủ tịch"]),
            ("UBND xã Sông Mẫu", "Phó Chủ tịch", vec!["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"]),
            ("UBND tỉnh Mẫu", "Chánh Văn phòng", vec!["TL. Chủ tịch", "Chánh Văn phòng"]),
            ("Sở Tài chính", "Phó Giám đốc", vec!["KT. Giám đốc", "Phó Giám đốc"]),
            ("Sở Tài chính", "Quyền Giám đốc", vec!["Q. giám đốc"]),
            ("Sở Tài chính", "Giám đốc", vec!["Giám đốc"]),
            ("Văn phòng UBND tỉnh", "", vec!["Chánh Văn phòng"]),
            ("Phòng Kinh tế", "", vec!["Trưởng phòng"]),
        ] {
            assert_eq!(authority(name, post), lines, "{name}, {post}");
        }
    }
}
