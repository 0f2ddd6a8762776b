//! How bodies are written on official papers: in full, with the place they sit in, and who signs for them.

use kernel::text::fold;

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

/// The head of a committee or a council.
const CHAIR: &str = "Chủ tịch";
/// The head of a body of no known kind.
const UNKNOWN_HEAD: &str = "Thủ trưởng cơ quan";

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
        return (CHAIR, Some("Ủy ban nhân dân"));
    }
    if is_council(name) {
        return (CHAIR, Some("Hội đồng nhân dân"));
    }
    let known = HEADS.iter().find(|(start, _)| name.starts_with(start));
    (known.map_or(UNKNOWN_HEAD, |(_, head)| *head), None)
}

/// Whoever signs by a mandate, where the post says so: "TUQ. Trưởng phòng Tổng hợp".
fn by_mandate(post: &str) -> Option<&str> {
    let (sign, rest) = post.split_at_checked(4)?;
    sign.eq_ignore_ascii_case("TUQ.").then(|| rest.trim())
}

/// Kinds of bodies that stand within another one, as they are folded, with what offices abbreviate.
const WITHIN: [&str; 27] = [
    "phong",
    "van phong",
    "vp",
    "thanh tra",
    "ban",
    "trung tam",
    "chi cuc",
    "cuc",
    "chi nhanh",
    "tram",
    "hat",
    "vien",
    "benh vien",
    "bv",
    "truong",
    "thu vien",
    "bao tang",
    "nha",
    "quy",
    "cong ty",
    "xi nghiep",
    "cang",
    "ben xe",
    "vuon quoc gia",
    "hoi",
    "hoi dong",
    "uy ban",
];

/// A deputy signs for the chief. Of the body itself that is its head; of an office or a division in it, that one's chief,
/// who signs by order of the head.
fn deputy(members: Vec<String>, (name, head): (&str, &str), post: &str, chief: &str) -> Vec<String> {
    let is_heads = is_of_head(name, head, chief);
    let signs = [format!("KT. {}", if is_heads { head } else { title(chief) }), post.to_owned()];
    // Whose head nobody knows by its name, their deputies are the head's.
    let above = if is_heads || head == UNKNOWN_HEAD { members } else { vec![format!("TL. {head}")] };
    above.into_iter().chain(signs).collect()
}

/// "Chánh Văn phòng" of "Chánh Văn phòng phụ trách": how a deputy works is no part of the chief's title.
fn title(chief: &str) -> &str {
    const WORKS: [&str; 3] = ["phụ trách", "điều hành", "thường trực"];
    let before = |words: &&str| {
        let (title, last) = chief.split_at_checked(chief.len().checked_sub(words.len())?)?;
        (last.to_lowercase() == **words && title.ends_with(' ')).then(|| title.trim_end())
    };
    WORKS.iter().find_map(before).unwrap_or(chief)
}

/// As it is compared: in full, folded.
fn whole(text: &str) -> String {
    fold(&full_name(&text.to_uppercase()))
}

/// What follows the head's title in a post that begins with it.
fn after_title(head: &str, chief: &str) -> Option<String> {
    let chief = whole(chief);
    let rest = chief.strip_prefix(&whole(head)).filter(|rest| rest.is_empty() || rest.starts_with(' '))?;
    Some(rest.trim().to_owned())
}

/// "Giám đốc", "Giám đốc Sở", "Chủ tịch UBND xã", "Chủ tịch Thường trực": the head, and after it nothing but words of the
/// body's own name, however either is abbreviated.
fn is_head_of(name: &str, head: &str, chief: &str) -> bool {
    after_title(head, chief).is_some_and(|rest| is_own_name(name, &rest))
}

fn is_own_name(name: &str, rest: &str) -> bool {
    const STANDING: &str = "thuong truc";
    let rest = rest.trim_start_matches(STANDING).trim_end_matches(STANDING).trim();
    rest.is_empty() || format!(" {} ", whole(name)).contains(&format!(" {rest} "))
}

/// Whether the chief whose deputy signs is the head: whatever follows the title ("phụ trách", "điều hành", the body's name in
/// letters that nobody knows), as long as it is no body within this one.
fn is_of_head(name: &str, head: &str, chief: &str) -> bool {
    let begins =
        |rest: &str, kind: &str| rest.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    // "TT" is a centre, beside a chairman "Thường trực".
    let is_centre = |rest: &str| rest.starts_with("tt ") && head != CHAIR;
    let is_within = |rest: &str| WITHIN.iter().any(|kind| begins(rest, kind)) || is_centre(rest);
    after_title(head, chief).is_some_and(|rest| is_own_name(name, &rest) || !is_within(&rest))
}

/// The lines above a signature: on whose behalf, by what right, and the post of who signs. Without a post the head signs.
pub fn authority(name: &str, post: &str) -> Vec<String> {
    let (head, members) = head(name);
    let mut out: Vec<String> = members.map(|members| format!("TM. {members}")).into_iter().collect();
    let post = post.trim();
    let low = post.to_lowercase();
    let is_head = low.is_empty() || is_head_of(name, head, post);
    if is_head {
        out.push(head.to_owned());
    } else if let Some(acting) = low.strip_prefix("quyền ").or_else(|| low.strip_prefix("q. ")) {
        out.push(format!("Q. {acting}"));
    } else if let Some(rest) = by_mandate(post) {
        // By a mandate (thừa ủy quyền), which the head gives: not for the members either.
        out = vec![format!("TUQ. {head}")];
        let is_other = !rest.is_empty() && rest.to_lowercase() != head.to_lowercase();
        out.extend(is_other.then(|| rest.to_owned()));
    } else if let Some((_, chief)) = post.split_once(' ').filter(|_| low.starts_with("phó ")) {
        out = deputy(out, (name, head), post, chief);
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
            // The deputy of an office or a division signs for its chief, and that one by order of the head.
            (
                "UBND tỉnh Mẫu",
                "Phó Chánh Văn phòng",
                vec!["TL. Chủ tịch", "KT. Chánh Văn phòng", "Phó Chánh Văn phòng"],
            ),
            ("Sở Tài chính", "Phó Trưởng phòng", vec!["TL. Giám đốc", "KT. Trưởng phòng", "Phó Trưởng phòng"]),
            ("Văn phòng UBND tỉnh", "Phó Chánh Văn phòng", vec!["KT. Chánh Văn phòng", "Phó Chánh Văn phòng"]),
            ("Phòng Kinh tế", "Phó Trưởng phòng", vec!["KT. Trưởng phòng", "Phó Trưởng phòng"]),
            (
                "UBND tỉnh Mẫu",
                "Phó Chủ tịch Thường trực",
                vec!["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch Thường trực"],
            ),
            ("Phòng Kinh tế", "Phó Trưởng phòng Kinh tế", vec!["KT. Trưởng phòng", "Phó Trưởng phòng Kinh tế"]),
            (
                "Sở Tài chính",
                "Phó Giám đốc Trung tâm",
                vec!["TL. Giám đốc", "KT. Giám đốc Trung tâm", "Phó Giám đốc Trung tâm"],
            ),
            // The name of the body beside the post, in short, in full or in part, is the body's own.
            (
                "UBND xã Sông Mẫu",
                "Phó Chủ tịch UBND xã",
                vec!["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch UBND xã"],
            ),
            (
                "UBND xã Sông Mẫu",
                "Phó Chủ tịch Ủy ban nhân dân xã Sông Mẫu",
                vec!["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch Ủy ban nhân dân xã Sông Mẫu"],
            ),
            (
                "Ủy ban nhân dân xã Sông Mẫu",
                "Phó Chủ tịch Thường trực UBND xã",
                vec!["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch Thường trực UBND xã"],
            ),
            ("UBND xã Sông Mẫu", "Phó Chủ tịch xã", vec!["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch xã"]),
            ("Sở Tài chính", "Phó Giám đốc Sở", vec!["KT. Giám đốc", "Phó Giám đốc Sở"]),
            ("Sở Tài chính", "Phó Giám đốc Sở Tài chính", vec!["KT. Giám đốc", "Phó Giám đốc Sở Tài chính"]),
            ("Công an xã Sông Mẫu", "Phó Trưởng Công an xã", vec!["KT. Trưởng Công an", "Phó Trưởng Công an xã"]),
            ("UBND xã Sông Mẫu", "Chủ tịch UBND xã", vec!["TM. Ủy ban nhân dân", "Chủ tịch"]),
            (
                "Sở Y tế",
                "Phó Giám đốc Trung tâm Y tế",
                vec!["TL. Giám đốc", "KT. Giám đốc Trung tâm Y tế", "Phó Giám đốc Trung tâm Y tế"],
            ),
            ("Hội Nông dân tỉnh", "Phó Chủ tịch", vec!["KT. Chủ tịch", "Phó Chủ tịch"]),
            // A deputy in charge is the head's, and so is one of the body by letters that it is known by.
            ("Sở Tài chính", "Phó Giám đốc phụ trách", vec!["KT. Giám đốc", "Phó Giám đốc phụ trách"]),
            ("Sở Tài chính", "Phó Giám đốc điều hành", vec!["KT. Giám đốc", "Phó Giám đốc điều hành"]),
            ("Sở Tài chính", "Phó Giám đốc Phụ trách Sở", vec!["KT. Giám đốc", "Phó Giám đốc Phụ trách Sở"]),
            (
                "UBND xã Sông Mẫu",
                "Phó Chủ tịch phụ trách",
                vec!["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch phụ trách"],
            ),
            ("UBND xã Sông Mẫu", "Phó Chủ tịch TT", vec!["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch TT"]),
            ("Sở Khoa học và Công nghệ", "Phó Giám đốc Sở KHCN", vec!["KT. Giám đốc", "Phó Giám đốc Sở KHCN"]),
            ("Phòng Kinh tế", "Phó Trưởng phòng phụ trách", vec!["KT. Trưởng phòng", "Phó Trưởng phòng phụ trách"]),
            (
                "UBND tỉnh Mẫu",
                "Phó Chánh Văn phòng phụ trách",
                vec!["TL. Chủ tịch", "KT. Chánh Văn phòng", "Phó Chánh Văn phòng phụ trách"],
            ),
            (
                "Sở Nội vụ",
                "Phó Giám đốc TT Lưu trữ",
                vec!["TL. Giám đốc", "KT. Giám đốc TT Lưu trữ", "Phó Giám đốc TT Lưu trữ"],
            ),
            ("Hội Nông dân tỉnh", "Phó Chủ tịch Thường trực", vec!["KT. Chủ tịch", "Phó Chủ tịch Thường trực"]),
            ("Sở Tài chính", "TUQ. Trưởng phòng Tổng hợp", vec!["TUQ. Giám đốc", "Trưởng phòng Tổng hợp"]),
            ("UBND xã Sông Mẫu", "TUQ. Chủ tịch", vec!["TUQ. Chủ tịch"]),
        ] {
            assert_eq!(authority(name, post), lines, "{name}, {post}");
        }
    }
}
