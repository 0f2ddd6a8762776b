use grammar::time::{Bound, Doubt, Every, Time, deadline, scan};
use proptest::prelude::*;

/// What a text of chance is made of, so that it meets the grammar and does not only pass it by.
fn pieces() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        "(ngày|tháng|quý|năm|trước|đến|từ|hằng|định kỳ|giai đoạn|sau khi|kể từ|trong|và|cuối|thứ|lần|6 tháng đầu năm)",
        "[0-9]{1,5}",
        "[-/.,;:()–% \n]",
        "(I|II|III|IV|2026|2030|31|02|một|mười|lăm)",
        "\\PC{0,4}",
    ];
    proptest::collection::vec(words, 0..60).prop_map(|words| words.join(" "))
}

fn holds(text: &str) {
    let mut last = 0;
    for found in scan(text) {
        assert!(found.span.start >= last && found.span.end > found.span.start, "{text}: {found:?}");
        assert!(text.get(found.span.clone()).is_some(), "{text}: {found:?}");
        last = found.span.end;
        let (first, end) = (found.time.first_day(), found.time.last_day());
        if found.doubt.is_none() {
            assert!(first.is_none() || first <= end, "{text}: {found:?}");
        }
    }
    let _ = deadline(text);
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
    fn a_day_is_read_in_every_form(day in 1_u8..=28, month in 1_u8..=12, year in 2020_i16..=2050, form in 0..7, bound in 0_usize..4) {
        let written = match form {
            0 => format!("ngày {day}/{month}/{year}"),
            1 => format!("ngày {day:02}/{month:02}/{year}"),
            2 => format!("ngày {day} tháng {month} năm {year}"),
            3 => format!("{day:02}-{month:02}-{year}"),
            4 => format!("{day}.{month}.{year}"),
            5 => format!("ngày {day}/{month} năm {year}"),
            _ => format!("{day:02} / {month:02} / {year}"),
        };
        let (words, bound) =
            [("trước", Bound::Before), ("chậm nhất", Bound::By), ("vào", Bound::In), ("kể từ", Bound::From)][bound];
        let text = format!("Sở Mẫu thực hiện việc này {words} {written}, báo cáo kết quả.");
        let found = scan(&text);
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        prop_assert_eq!(&found[0].time, &Time::Day { year: Some(year), month, day });
        prop_assert_eq!(found[0].bound, bound);
        prop_assert_eq!(&text[found[0].span.clone()], format!("{words} {written}"));
    }

    #[test]
    fn a_range_is_read_in_every_form(from in 1_u8..=11, more in 1_u8..=11, year in 2020_i16..=2050, form in 0..6) {
        let to = (from + more).min(12);
        let text = match form {
            0 => format!("Tháng {from}-{to}/{year}"),
            1 => format!("từ tháng {from} đến tháng {to} năm {year}"),
            2 => format!("{from:02}/{year} - {to:02}/{year}"),
            3 => format!("tháng {from}/{year} – tháng {to}/{year}"),
            4 => format!("Tháng {from} đến tháng {to}/{year}"),
            _ => format!("tháng {from} - {to} năm {year}"),
        };
        let month = |month| Box::new(Time::Month { year: Some(year), month });
        let found = scan(&text);
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        prop_assert_eq!(&found[0].time, &Time::Range { from: month(from), to: month(to) });
        prop_assert_eq!(&text[found[0].span.clone()], text.as_str());
    }

    #[test]
    fn a_day_that_no_month_has_is_a_doubt(month in 1_u8..=12, year in 2020_i16..=2050) {
        let first = jiff::civil::Date::new(year, i8::try_from(month).unwrap(), 1).unwrap();
        let text = format!("trước ngày {}/{month}/{year}", first.days_in_month() + 1);
        prop_assert_eq!(scan(&text)[0].doubt, Some(Doubt::Impossible));
    }

    #[test]
    fn a_day_of_each_month_is_read(day in 1_u8..=28, before in any::<bool>()) {
        let text = if before { format!("trước ngày {day} hằng tháng") } else { format!("hằng tháng trước ngày {day:02}") };
        let found = scan(&text);
        prop_assert_eq!(found.len(), 1);
        let Time::Recurring { every, on, .. } = &found[0].time else { panic!("{text}: {found:?}") };
        prop_assert_eq!(*every, Every::Month);
        prop_assert_eq!(on[0].day, Some(day));
        prop_assert_eq!(found[0].bound, Bound::Before);
    }
}

/// A long text takes as many steps as it has words; were each looked at from each, this would not end.
#[test]
fn a_long_text_is_read() {
    for part in [
        "trước ngày 30/6/2026 ",
        "sau khi ",
        "ngày ",
        "tháng 5, ",
        "hằng ",
        "từ đến ",
        "năm 2026, ",
        "2026-",
        "quý I, ",
    ] {
        let text = part.repeat(200_000 / part.len());
        let _ = deadline(&text);
        holds(&text);
    }
}

#[test]
fn a_megabyte_of_sentences_is_read() {
    let text = "Năm 2026 đạt 60%, năm 2028 đạt trên 2.000 ha; hoàn thành trước ngày 30/6/2026. Sau khi Bộ Mẫu ban hành \
                hướng dẫn, UBND các xã định kỳ hằng quý báo cáo 12/15 thôn, từ 5 đến 7 mô hình (Nghị quyết số 57-NQ/TW). ";
    holds(&text.repeat(1_000_000 / text.len()));
}
