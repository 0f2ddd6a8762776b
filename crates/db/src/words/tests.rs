use sha2::{Digest, Sha256};

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
fn numbers_written_close_to_other_signs_or_in_groups_are_masked() {
    for (text, masked) in [
        ("ĐT.0905123456", "ĐT.090*******"),
        ("SĐT0905123456", "SĐT090*******"),
        ("a/0905123456", "a/090*******"),
        (",0905123456", ",090*******"),
        ("liên hệ: ./0905 123 456", "liên hệ: ./090* *** ***"),
        ("0905123456/0912345678, 0987654321", "090*******/**********, 098*******"),
        ("048 123 456 789", "048 *** *** ***"),
        ("số 0481.2345.6789", "số 048*.****.****"),
        ("CMND 201 234 567", "CMND 201 *** ***"),
        ("CCCD 048.123.456.789", "CCCD 048.***.***.***"),
        ("09 05 123 456", "09 ** *** ***"),
        ("gọi 84905123456", "gọi 849********"),
        ("84905123456/0912345678 đồng chí", "849********/********** đồng chí"),
    ] {
        assert_eq!(words(text), masked);
    }
}

#[test]
fn other_numbers_stay() {
    for text in [
        "Kinh phí 123456789 đồng, số 15/BC",
        "1.035.123.456 đồng",
        "1.234.567.890 đồng",
        "1.048.123.456.789 đồng",
        "84.905.123.456 đồng; 84905123456 đồng; 84 905 123 456 đồng",
        "123456789/QĐ, 123456789012/QĐ-UBND",
        "Điện thoại cơ quan 0236 3812 345",
        "ngày 05/09/2026, đạt 0,95",
        "từ 05-09-2026 12:30 đến 03.11.2026 08 giờ",
        "Cấp căn cước: 123.456.789 đồng; 0,0912345678 và 1.0905123456",
        "05\t10\t15\t20\t25\n09 12 34 56 78",
        "mã H48.01.02, số 0123/QĐ-UBND",
    ] {
        assert_eq!(words(text), text);
    }
}

#[test]
fn masking_again_changes_nothing() {
    let once = words("CCCD 048123456789, 0905 123 456, a.b@c.vn, 0905123456/0912345678");
    assert_eq!(words(&once), once);
}

#[test]
fn no_byte_changes_its_place() {
    // A long s and the sign of kelvin are letters to a pattern that does not look at case.
    let text = "ĐT.0905123456; a\u{17f}\u{212a}@example.vn; CCCD 048 123 456 789; hết";
    let masked = mask(text);
    assert_eq!((masked.len(), masked.find("hết")), (text.len(), text.find("hết")));
    assert!(masked.contains("a*****@example.vn"), "{masked}");
}

#[test]
fn numbers_are_masked_however_they_are_written() {
    for (text, masked) in [
        ("(0905) 123 456", "(090*) *** ***"),
        ("(+84) 905 123 456", "(+84) *** *** ***"),
        ("(84) 905 123 456", "(84) *** *** ***"),
        ("+84(0)905123456", "+84(*)*********"),
        ("+84 (905) 123-456", "+84 (***) ***-***"),
        ("0905 – 123 – 456", "090* – *** – ***"),
        ("0905  123  456", "090*  ***  ***"),
        ("0905. 123. 456", "090*. ***. ***"),
        ("0084905123456", "008**********"),
        ("gọi-0905123456", "gọi-090*******"),
        ("_0905123456", "_090*******"),
        ("0905_123_456", "090*_***_***"),
        ("0905/123/456", "090*/***/***"),
        ("số 048-123-456-789", "số 048-***-***-***"),
        ("048123456 789", "048****** ***"),
        ("0481 23456789", "048* ********"),
        ("CCCD 048123 456789", "CCCD 048*** ******"),
        ("CMND cũ của ông ấy là: 201234567", "CMND cũ của ông ấy là: 201******"),
        ("0905\u{200b}123456", "090*\u{200b}******"),
        ("090\u{200b}\u{200b}\u{200b}\u{200b}5123456", "090\u{200b}\u{200b}\u{200b}\u{200b}*******"),
        ("0905123456, 0905123456*", "090*******, 090********"),
        ("nguyễn.an@example.vn", "n*******.**@example.vn"),
        ("0905123456@example.vn", "0*********@example.vn"),
    ] {
        assert_eq!(words(text), masked);
        assert_eq!(words(masked), masked, "again: {text}");
    }
    assert_eq!(words("０９０５１２３４５６"), format!("０９０{}", "*".repeat(21)));
    let apart = words("nguye\u{302}\u{303}n@example.vn");
    assert_eq!(apart, format!("n{}@example.vn", "*".repeat(9)));
}

#[test]
fn what_only_looks_like_such_a_number_stays() {
    for text in [
        "Kế hoạch 035/2024, 123 nhiệm vụ; 038/2021 (150 trang)",
        "từ 035, 040, 0450 đến 09/2026",
        "03551234-1234-4321-0512-048123456789, 0481a345-0905-1234-5678-048123456789",
        "abcd-048123456789, H48-0905123456",
        "Cấp CCCD theo các quyết định đã ban hành số 123456789/QĐ-UBND",
        "CCCD: 100 %, sau đó 123456789 lượt",
        "15 20 25 30 35 40, 05 10 15 20 25 30",
        "(0236) 3812 345",
        "0905123456abc",
    ] {
        assert_eq!(words(text), text);
    }
}

/// Behind the name of a card a number of as many digits as a card has is one, however it is written.
#[test]
fn numbers_behind_the_name_of_a_card_are_masked_however_they_are_grouped() {
    for (text, masked) in [
        ("CCCD (079)200001234", "CCCD (079)*********"),
        ("CCCD 079/200001234", "CCCD 079/*********"),
        ("CCCD: 79200001234", "CCCD: 792********"),
        ("CCCD: 79 200 001 234", "CCCD: 79 *** *** ***"),
        ("CCCD: 079 2000 0 1234", "CCCD: 079 **** * ****"),
        ("CCCD: 07 92 00 00 12 34", "CCCD: 07 ** ** ** ** **"),
        ("CCCD:079200001234abc", "CCCD:079*********abc"),
        ("CCCD của bà Mẫu: 079/2000/01234", "CCCD của bà Mẫu: 079/****/*****"),
        ("CCCD\n079200\n001234", "CCCD\n079***\n******"),
        ("Căn cước công dân số:\r\n079200\r\n001234", "Căn cước công dân số:\r\n079***\r\n******"),
        ("CMND: 24.123.4567", "CMND: 24.***.****"),
        ("CMND: 24/123/4567", "CMND: 24/***/****"),
        ("CMND số 241/234567", "CMND số 241/******"),
        ("chứng minh nhân dân số 24 1234567", "chứng minh nhân dân số 24 *******"),
        ("số079200001234", "số079*********"),
    ] {
        assert_eq!(words(text), masked);
        assert_eq!(words(masked), masked, "again: {text}");
        assert_eq!(identities(text), 1, "{text}");
    }
}

#[test]
fn what_else_stands_behind_the_name_of_a_card_stays() {
    for text in [
        "Luật Căn cước số 26/2023/QH15 ngày 27/11/2023",
        "Căn cước số 1234/56789/QĐ-UBND, CCCD 12/QĐ-UBND",
        "Kinh phí cấp căn cước: 12.345.678.901 và 79,200,001,234",
        "CCCD: 24.123.4567 đồng; căn cước 079/200001234 đồng",
        "Căn cước: 0236 3812 345",
        "CCCD 2025, 12345 thẻ; căn cước 2025: 12345 thẻ",
        "CCCD: 05/11/2024 1234",
        "CCCD: 5/11/2024 12 và 01/06/2025 - 30/06/2025",
        "CCCD đầu số 048, 049, 051, 052",
        "Cấp CCCD 1.250 1.340 1.560; CCCD 1200 1300 5 và CCCD 1200 1300 125",
        "Cấp CCCD\n12\n345\n6789\n05\n10\n15\n20\n25\n30",
        "CCCD 03551234-1234-4321-0512-048123456789",
        "CMND: 24.123.4567abc",
        "hệ số 0792",
        "CCCD: 12/15/20/18/9",
        "Cấp CCCD: 350/400/120",
        "căn cước: 1.2.3.4.5.6.7.8.9",
        "căn cước số 1250/1340/5",
    ] {
        assert_eq!(words(text), text);
    }
}

#[test]
fn numbers_of_passports_are_masked_beside_their_name() {
    for (text, masked) in [
        ("Hộ chiếu số B1234567", "Hộ chiếu số B123****"),
        ("hộ chiếu: P01234567, cấp 2024", "hộ chiếu: P012*****, cấp 2024"),
        ("PASSPORT No. C7654321", "PASSPORT No. C765****"),
    ] {
        assert_eq!(words(text), masked);
        assert_eq!(words(masked), masked, "again: {text}");
    }
    for text in ["Thiết bị B1234567", "Hộ chiếu: 1234567 lượt", "hộ chiếu AB1234567", "hộ chiếu B1234567C"]
    {
        assert_eq!(words(text), text);
    }
}

#[test]
fn identities_are_counted_by_their_structure_or_their_name_and_telephones_are_none() {
    for (text, places) in [
        ("048123456789; 001301234567", 2),
        ("048 123 456 789 và CCCD 048.123.456.789", 2),
        ("CMND 201234567, hộ chiếu B1234567", 2),
        ("Họ tên\tSố CCCD\nNguyễn Văn Mẫu\t096099000123", 1),
        // No province, and no year that can have been: only a name makes them one.
        ("097123456789, 048278456789", 0),
        ("CCCD 097123456789", 1),
        ("0905123456, gọi 84905123456, a.b@c.vn", 0),
        ("201234567 lượt, 123456789 đồng, 123456789012/QĐ-UBND", 0),
        ("Kinh phí 1.048.123.456.789 đồng", 0),
        ("mã 03551234-1234-4321-0512-048123456789", 0),
        ("", 0),
    ] {
        assert_eq!(identities(text), places, "{text}");
    }
}

#[test]
fn a_telephone_with_digits_of_a_house_is_no_citizens_number() {
    for number in ["048123456789", "0481 2345 6789", "(048) 123-456-78-9", "(097) 123-456-789", "097123456789"] {
        assert!(may_be_citizens(number), "{number}");
    }
    for number in ["02363822145-2", "0236 3822145 - 2", "0905 111 222 (12)", "0905111222", "102", ""] {
        assert!(!may_be_citizens(number), "{number}");
    }
}

/// What is left of a number and what stands beside it must be no number together.
#[test]
fn masking_again_changes_nothing_whatever_stands_together() {
    const PARTS: [&str; 20] = [
        "0905",
        "123",
        "456",
        "048",
        "12",
        "9",
        "84",
        "+84",
        " ",
        ".",
        ", ",
        "/",
        "-",
        "(",
        ")",
        "CMND ",
        "a",
        "0905123456",
        "@b.vn",
        "201234567",
    ];
    let mut seed = Sha256::digest(b"parts").to_vec();
    for _ in 0..4_000 {
        seed = Sha256::digest(&seed).to_vec();
        let text: String = seed.iter().take(14).map(|byte| PARTS[usize::from(*byte) % PARTS.len()]).collect();
        let once = mask(&text);
        assert_eq!(once.len(), text.len(), "{text}");
        assert_eq!(mask(&once), once, "{text}");
    }
}

/// However a text is made, twice as much of it takes about twice as long: these would take hours if it were squared.
#[test]
fn long_texts_take_no_long_time() {
    // Ten times as long takes ten times as long, not a hundred: of other work beside it both have their share.
    for part in [
        "Kế hoạch số 123/KH-UBND ngày 05/09/2026. ",
        "0905 ",
        "1",
        "1.",
        "@a",
        "a.",
        ".",
        "1\u{200b}",
        "CMND ",
        "12345678, ",
    ] {
        let took = |length: usize| {
            let text = format!("{}@", part.repeat(length / part.len()));
            let begun = std::time::Instant::now();
            assert_eq!(mask(&text).len(), text.len());
            begun.elapsed()
        };
        let (short, long) = (took(50_000), took(500_000));
        assert!(long < short * 40, "{part:?}: {short:?}, {long:?}");
    }
}

/// What the program writes itself: masking must never reach it.
#[test]
fn ids_hashes_and_days_are_never_masked() {
    let mut seed = Sha256::digest(b"ids").to_vec();
    for n in 0..4_000_usize {
        seed = Sha256::digest(&seed).to_vec();
        let hash = hex::encode(&seed);
        let mut bytes: [u8; 16] = seed[..16].try_into().unwrap();
        if n % 2 == 0 {
            // Digits only, the worst that a UUID can be.
            for byte in &mut bytes {
                *byte = ((*byte % 10) << 4) | ((*byte >> 4) % 10);
            }
            bytes[0] = [0x03, 0x05, 0x09, 0x04][n / 2 % 4];
            bytes[10] = bytes[0];
        }
        let id = uuid::Uuid::from_bytes(bytes);
        let typed = [
            kernel::PlanId::from_uuid(id).to_string(),
            kernel::UnitId::from_uuid(id).to_string(),
            kernel::TokenId::from_uuid(id).to_string(),
        ];
        let digits: String = hash.bytes().map(|byte| char::from(b'0' + byte % 10)).collect();
        let day = format!("20{:02}-{:02}-{:02}", n % 100, n % 12 + 1, n % 28 + 1);
        for text in typed.into_iter().chain([hash, digits, id.to_string(), day.clone(), format!("{day}T08:00:00Z")]) {
            assert_eq!(mask(&text), text);
            assert_eq!(mask(&format!("/plans/{text}?x=1")), format!("/plans/{text}?x=1"));
        }
    }
}

#[test]
fn every_text_of_a_json_is_masked_and_nothing_else() {
    let mut json = serde_json::json!({
        "words": "ĐT.0905123456", "list": [["a@b.vn"], { "x": "048123456789" }], "count": 905_123_456_u64,
        "0905123456": true, "day": "2026-11-20",
    });
    mask_json(&mut json);
    let masked = serde_json::json!({
        "words": "ĐT.090*******", "list": [["*@b.vn"], { "x": "048*********" }], "count": 905_123_456_u64,
        "0905123456": true, "day": "2026-11-20",
    });
    assert_eq!(json, masked);
}
