use grammar::number::{Comparator, Doubt, Figure, Value, of_cell, scan, with_times, with_unit_column};
use proptest::prelude::*;

fn pieces() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        "(trên|tối thiểu|từ|đến|khoảng|đạt|trở lên|tỷ|triệu|xã|ha|năm|cấp độ|điều|số|một|mười|phấn đấu|tương ứng|lên)",
        "[0-9]{1,6}",
        "[-/.,;:()–%≥<>=\n\u{a0} ]",
        "\\PC{0,4}",
    ];
    proptest::collection::vec(words, 0..60).prop_map(|words| words.join(" "))
}

fn holds(text: &str) {
    let mut last = 0;
    for figure in scan(text) {
        assert!(figure.span.start >= last && figure.span.end > figure.span.start, "{text}: {figure:?}");
        assert!(text.get(figure.span.clone()).is_some(), "{text}: {figure:?}");
        last = figure.span.end;
    }
    let _ = with_unit_column(text, text);
    assert_eq!(with_times(text), (scan(text), grammar::time::scan(text)));
}

/// As Vietnamese write it: points between thousands, a comma before decimals.
fn written(whole: u32, decimals: Option<u8>) -> String {
    let digits = whole.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).expect("digits")).collect();
    let decimals = decimals.map(|decimals| format!(",{decimals:02}")).unwrap_or_default();
    format!("{}{decimals}", groups.join("."))
}

fn only(text: &str) -> Figure {
    let found = scan(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.into_iter().next().expect("one figure")
}

proptest! {
    #[test]
    fn any_text_is_read(text in ".{0,200}") {
        holds(&text);
    }

    #[test]
    fn any_words_are_read(text in pieces()) {
        holds(&text);
        holds(&text.replace(' ', ""));
    }

    #[test]
    fn a_number_is_read_as_it_is_written(
        whole in 0_u32..999_999_999,
        decimals in proptest::option::of(0_u8..100),
        unit in "(ha|%|tỷ đồng|hồ sơ|doanh nghiệp|km|lượt khách|MW|điểm|người)",
        said in 0_usize..5,
    ) {
        let (words, comparator) = [
            ("tối thiểu", Comparator::AtLeast),
            ("không quá", Comparator::AtMost),
            ("trên", Comparator::Above),
            ("dưới", Comparator::Below),
            ("khoảng", Comparator::About),
        ][said];
        let number = written(whole, decimals);
        let figure = only(&format!("Toàn tỉnh có {words} {number} {unit}, báo cáo kết quả."));
        let value = f64::from(whole) + f64::from(decimals.unwrap_or(0)) / 100.0;
        let Value::One(read) = figure.value else { panic!("{figure:?}") };
        prop_assert!((read - value).abs() < 1e-6, "{} {}", number, read);
        prop_assert_eq!(figure.comparator, Some(comparator));
        prop_assert_eq!(figure.unit_text(), unit.as_str());
        prop_assert_eq!(figure.doubt, None);
        let text = format!("Toàn tỉnh có {words} {number} {unit}, báo cáo kết quả.");
        prop_assert_eq!(&text[figure.span], format!("{words} {number} {unit}"));
    }

    #[test]
    fn a_cell_reads_as_the_sentence(whole in 0_u32..999_999_999, decimals in proptest::option::of(0_u8..100)) {
        let number = written(whole, decimals);
        let cell = with_unit_column(&number, "ha").unwrap();
        let text = only(&format!("trồng khoảng {number} ha"));
        prop_assert_eq!(cell.value, text.value);
        prop_assert_eq!(cell.unit, text.unit);
    }

    #[test]
    fn a_range_is_read_in_every_form(from in 1_u32..500, more in 1_u32..500, form in 0..5) {
        let to = from + more;
        let text = match form {
            0 => format!("đạt {from}-{to}%"),
            1 => format!("đạt {from} – {to} %"),
            2 => format!("đạt từ {from}% đến {to}%"),
            3 => format!("đạt từ {from} đến {to}%"),
            _ => format!("đạt {from}% - {to}%"),
        };
        let figure = only(&text);
        prop_assert_eq!(figure.value, Value::Range { from: f64::from(from), to: f64::from(to) });
        prop_assert_eq!(figure.unit_text(), "%");
    }

    #[test]
    fn what_may_be_english_is_a_doubt(thousands in 1_u32..999, rest in 0_u32..1000) {
        let figure = only(&format!("có {thousands},{rest:03} hồ sơ"));
        prop_assert_eq!(figure.doubt, Some(Doubt::Comma));
    }

    #[test]
    fn days_are_no_figures(day in 1_u8..=31, month in 1_u8..=12, year in 2020_i16..2050) {
        let text = format!("trước ngày {day}/{month}/{year}");
        prop_assert_eq!(scan(&text), vec![]);
        prop_assert_eq!(of_cell(&format!("{day}/{month}/{year}")), None);
    }
}

/// A long text takes as many steps as it has words; were each looked at from each, this would not end.
#[test]
fn a_long_text_is_read() {
    for part in
        ["trên 2.000 ha ", "1,", "2026 ", "từ 1 đến ", "60% năm 2026, ", "phấn đấu ", "một ", "5 - ", "5/", "tỷ "]
    {
        holds(&part.repeat(200_000 / part.len()));
    }
}

#[test]
fn a_megabyte_of_sentences_is_read() {
    let text = "Năm 2026 đạt 60%, năm 2028 đạt trên 2.000 ha; hoàn thành trước ngày 30/6/2026. Sau khi Bộ Mẫu ban hành \
                hướng dẫn, UBND các xã định kỳ hằng quý báo cáo 12/15 thôn, từ 5 đến 7 mô hình (Nghị quyết số 57-NQ/TW). ";
    holds(&text.repeat(1_000_000 / text.len()));
}
