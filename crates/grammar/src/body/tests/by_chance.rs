//! Lists made of parts split back; no text whatever makes the reader fall over.

use proptest::prelude::*;

use super::*;

fn names() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Sở Tài chính",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở KH&CN",
        "Công an tỉnh",
        "UBND các xã, phường, đặc khu",
        "UBND xã Bản Mẫu",
        "các sở, ban, ngành tỉnh",
        "Văn phòng UBND tỉnh",
        "Ban Quản lý dự án đầu tư xây dựng số 1",
        "Ban Tổ chức Tỉnh ủy",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "VNPT Mẫu",
        "Giám đốc Sở Y tế",
        "Hội Nông dân tỉnh",
        "các doanh nghiệp viễn thông",
        "Phòng Văn hóa - Xã hội",
        "Thuế tỉnh Mẫu",
    ])
}

/// Syllables that no data of the crate holds stand for predicates of any kind.
const PREDICATES: [&str; 6] =
    ["khuếch trương bờm xờm", "gột rửa", "thoăn thoắt nhổ cỏ", "ăn mừng", "thành lập đội", "bàn giao nhà"];

const JOINTS: [&str; 6] = [", ", "; ", " và ", ", và ", " cùng ", "\n"];

proptest! {
    #[test]
    fn a_list_built_from_parts_splits_back(
        parts in prop::collection::vec((names(), prop::sample::select(JOINTS.to_vec())), 1..7),
        predicate in prop::sample::select(PREDICATES.to_vec()),
    ) {
        let mut text = String::new();
        for (at, (name, joint)) in parts.iter().enumerate() {
            if at > 0 { text.push_str(joint); }
            text.push_str(name);
        }
        let want: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
        let found: Vec<String> = split(&text).into_iter().map(|body| body.name).collect();
        prop_assert_eq!(&found, &want, "{}", text);
        if !text.contains('\n') {
            let clause = format!("{text} {predicate}");
            let list = at(&clause, 0).expect("a list");
            prop_assert_eq!(&clause[list.span.clone()], text.as_str());
            for body in &list.bodies {
                prop_assert_eq!(&clause[body.span.clone()], body.name.as_str());
            }
        }
    }

    #[test]
    fn no_text_makes_it_fall_over(text in "\\PC{0,80}", from in 0usize..40) {
        let _ = (at(&text, from), scan(&text), split(&text), is_body(&text));
    }

    #[test]
    fn words_of_names_in_any_order_are_read_within_the_text(
        words in prop::collection::vec(prop::sample::select(vec![
            "Sở", "sở", "các", "và", ",", ";", "(", ")", "UBND", "tỉnh", "xã", "Tài", "chính", "Mẫu", "Công an",
            "thuộc",
            "Giám đốc", "Trưởng ban", "đồng chí", "doanh nghiệp", "cung cấp", "dịch vụ", ":", "số", "1", "\n", "\n\n",
            "Ban Quản lý dự án", "Văn phòng", "tổ chức", "có liên quan", "phát triển", "khoa học", "-", "“",
            "”", "…",
        ]), 0..40),
    ) {
        let text = words.join(" ");
        let mut end = 0;
        for found in scan(&text) {
            prop_assert!(found.span.start >= end && text.get(found.span.clone()).is_some());
            let said = |body: &Body| text.get(body.span.clone()).is_some_and(|said| !said.is_empty());
            prop_assert!(found.bodies.iter().all(said));
            end = found.span.end;
        }
        for body in split(&text) {
            prop_assert!(text.get(body.span.clone()).is_some() && !body.name.is_empty());
        }
    }
}

/// A megabyte in all of what would be read again and again by a reader that looks back or nests without bound.
#[test]
fn a_megabyte_is_read_once() {
    for unit in [
        "Sở Tài chính, ",
        "sở, ",
        "các sở, ",
        "Văn phòng ",
        "Giám đốc ",
        "Trưởng ban ",
        "các ",
        "(",
        "Ban Chỉ đạo phát triển khoa học, ",
        "thuộc Sở ",
        "doanh nghiệp cung cấp dịch vụ, ",
        "tổ chức, ",
        "và ",
        "Mẫu ",
        "đồng chí ",
        "xã, ",
        "các Sở: Tài chính, ",
        "Trung tâm Y tế thuộc ",
    ] {
        let text = unit.repeat(1_000_000 / unit.len() / 16);
        let _ = (scan(&text).len(), split(&text).len());
    }
}
