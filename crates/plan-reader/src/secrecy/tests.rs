use super::*;

#[test]
fn a_mark_in_words_is_a_line_or_strong_capitals_and_ordinary_words_pass() {
    for marked in [
        "TỐI MẬT",
        "Độ mật: MẬT",
        "Họp về việc TUYỆT MẬT của tỉnh",
        "a\nMẬT\nb",
        "TO\u{302}\u{301}I MA\u{323}\u{302}T",
        "Độ mật: Mật",
        "độ mật : tuyệt mật",
        "ĐỘ MẬT: Tối mật",
        "Đóng dấu MẬT",
        "đóng dấu “MẬT”",
        "Công văn số 5 đóng dấu MẬT, gửi lại sau",
        "M\u{200b}ẬT",
        "M\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}ẬT",
        "ＭẬＴ",
        "\u{41c}ẬT",
        "MA\u{302}\u{323}\u{422}",
        "\u{39c}\u{410}\u{302}\u{323}\u{3a4}",
        "Họp về việc T\u{ad}ỐI MẬ\u{422} của tỉnh",
    ] {
        assert!(in_words(marked).is_some(), "{marked}");
    }
    for plain in [
        "bảo mật",
        "Mật độ dân số",
        "BẢO MẬT THÔNG TIN",
        "Bí mật nhà nước",
        "An toàn, BẢO MẬT",
        "TÀI LIỆU TỐI MẬT VÀ CÁCH LƯU",
        "Mật",
        "mật khẩu",
        "Độ mật: Thường",
        "Mật độ: Mật độ dân số",
        "Đóng dấu mật độ",
        "Nội dung: Mật",
        "đóng dấu giáp lai MẬT ONG",
    ] {
        assert_eq!(in_words(plain), None, "{plain}");
    }
}

#[test]
fn the_weakest_mark_stands_in_the_head_and_not_in_a_table() {
    let head = "UBND TỈNH MẪU\nSố: 12/KH-UBND\n";
    let table = "STT\nTên hệ thống\nĐộ mật\n1\nHộp thư\n";
    let marked = [
        format!("MẬT\n{head}"),
        format!("{head}MẬT\nKẾ HOẠCH\n{table}Thường\n"),
        format!("TT. HĐND TỈNH MẪU\n{head}MẬT\n"),
        format!("ỦY BAN NHÂN DÂN XÃ VĨNH BẢO\nMẬT\n{head}"),
        format!("ỦY BAN NHÂN DÂN PHƯỜNG UÔNG BÍ\nMẬT\n{head}"),
        format!("TT Kiểm soát\n{head}MẬT\n"),
        format!("{head}STT\nTên hệ thống\n1\nHộp thư\nMẬT\n"),
        format!("{head}Số TT\nMẬT\n"),
        format!("{head}STT\nCấp mật khẩu\nMẬT\n"),
        format!("{head}Độ mật\nMẬT\n"),
        format!("{head}{table}Độ mật: MẬT\n"),
        format!("{head}{table}TỐI MẬT\n"),
        "Tên: TUYỆT MẬT\n".into(),
    ];
    let plain = [
        format!("{head}KẾ HOẠCH\n{table}MẬT\n2\nSổ trực\nMẬT\n"),
        format!("{head}TT Tên hệ thống Độ mật\n1 Hộp thư\nMẬT\n"),
        format!("{head}Số TT\nMức độ mật\nMẬT\n"),
        format!("{head}KẾ HOẠCH BẢO VỆ BÍ\nMẬT\nNHÀ NƯỚC\n"),
        format!("{head}CÔNG TÁC AN NINH, BẢO\nMẬT\nNĂM 2027\n"),
        format!("{head}Họ và tên: MẬT\nXã: MẬT\n"),
    ];
    for text in marked {
        assert!(matches!(look(text.as_bytes()), Ok(Look::Marked(_))), "{text}");
        let found = among_recognised(text.lines().enumerate());
        assert!(found.is_some(), "recognised: {text}");
    }
    for text in plain {
        assert_eq!(look(text.as_bytes()), Ok(Look::Clear), "{text}");
        assert_eq!(among_recognised(text.lines().enumerate()), None, "recognised: {text}");
    }
    // A frame of an old Word file stands behind its tables.
    let old: Vec<u8> = "STT\u{7}1\u{7}Hộp thư\rMẬT\r".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(look(&[b"\xd0\xcf\x11\xe0".as_slice(), &old].concat()), Ok(Look::Marked("MẬT")));
}

#[test]
fn a_mark_is_seen_in_a_wide_page_and_by_the_names_of_its_letters() {
    let page = "<html><body><p>TUY&Ouml;T M&Euml;T<p>so 5</body></html>";
    let wide: Vec<u8> = format!("\u{feff}{page}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [page.as_bytes(), &wide] {
        assert_eq!(look(bytes), Ok(Look::Marked("TUYỆT MẬT")));
    }
    assert_eq!(look(br"{\rtf1 so 5\par M\'e1\'ba\'acT\par}"), Ok(Look::Marked("MẬT")));
    assert_eq!(look(br"{\rtf1 b\'e1o m\'e1\'ba\'adt\par}"), Ok(Look::Clear));
}

#[test]
fn a_recognised_mark_may_have_lost_an_accent() {
    assert_eq!(among_recognised([(0, "TÔI MẬT")]), Some("TỐI MẬT"));
    assert_eq!(among_recognised([(3, " |TUYET MÂT. ")]), Some("TUYỆT MẬT"));
    assert_eq!(among_recognised([(3, "Mặt"), (40, "MẶT"), (2, "TÔI MẤT XE")]), None);
}

#[test]
fn a_mark_in_parts_of_an_archive_is_seen_across_runs_and_entities() {
    let xml = "<w:p><w:r><w:t>T&#x1ED0;I</w:t></w:r><w:r><w:t xml:space=\"preserve\"> M&#7852;T</w:t></w:r></w:p><w:p><w:t>a</w:t></w:p>";
    assert_eq!(among(lines(xml).lines().enumerate()), Some("TỐI MẬT"));
    assert_eq!(among(lines("<si><t>Mật độ</t></si><si><t>B&amp;C</t></si>").lines().enumerate()), None);
    let old: Vec<u8> = "\u{7}Độ mật: MẬT\r".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(look(&[b"\xd0\xcf\x11\xe0x".as_slice(), &old].concat()), Ok(Look::Marked("MẬT")));
    assert_eq!(look(b"\x89PNG"), Ok(Look::Pictures));
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_mark_in_pages_and_rtf_is_seen_also_inside_a_document() {
    let rtf = br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard T\u7888?I M\u7852?T\par Bao cao}";
    let page = "<html><body><p>TỐI\nMẬT</p></body></html>".as_bytes();
    let archive = b"MIME-Version: 1.0\r\n\r\n<p>T=E1=BB=90I =\r\nM=E1=BA=ACT</p>\r\n";
    let files = [
        ("afchunk.rtf", rtf.as_slice()),
        ("afchunk.htm", page),
        ("afchunk.mht", archive),
        ("a.dat.xml", rtf),
        ("afchunk.dat", rtf),
        ("afchunk.bin", archive),
    ];
    for (name, bytes) in files {
        let document = zipped(&[("word/document.xml", b"<w:p><w:t>a</w:t></w:p>"), (name, bytes)]);
        assert_eq!(look(&document), Ok(Look::Marked("TỐI MẬT")), "{name}");
        assert_eq!(look(bytes), Ok(Look::Marked("TỐI MẬT")), "{name} by itself");
    }
    assert_eq!(look(br"{\rtf1 Bao m\u7853?t}"), Ok(Look::Clear));
}

#[test]
fn a_mark_is_seen_whatever_charset_or_font_wrote_the_text() {
    let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
    let marked: [(&str, Vec<u8>, &str); 9] = [
        ("UTF-16 that says so", wide("\u{feff}Sổ trực\nTỐI MẬT\n", u16::to_be_bytes), "TỐI MẬT"),
        ("UTF-16 that does not", wide("Sổ trực\nTỐI MẬT\n", u16::to_le_bytes), "TỐI MẬT"),
        ("Windows-1258", b"S\xf4\xd2 tr\xfd\xf2c ban \xf0\xeam\nT\xd4\xecI M\xc2\xf2T\n".to_vec(), "TỐI MẬT"),
        ("Windows-1258, a few letters", b"so 5\nM\xc2\xf2T".to_vec(), "MẬT"),
        ("TCVN3", b"S\xe6 tr\xf9c ban \xae\xaam\n\xa7\xe9 m\xcbt: TUY\xd6T M\xcbT\n".to_vec(), "TUYỆT MẬT"),
        ("TCVN3, a few letters", b"so 5\nM\xcbT".to_vec(), "MẬT"),
        ("TCVN3 in a font of capitals", b"so 5\ntuy\xd6t m\xcbt".to_vec(), "TUYỆT MẬT"),
        ("VNI", b"so 5\nTUYE\xc4T MA\xc4T".to_vec(), "TUYỆT MẬT"),
        ("copied into a text of today", "Sổ trực ban của xã\nMËT\nKế hoạch tuần".into(), "MẬT"),
    ];
    for (name, bytes, mark) in marked {
        assert_eq!(look(&bytes), Ok(Look::Marked(mark)), "{name}");
        assert_eq!(look(&zipped(&[("a.txt", &bytes)])), Ok(Look::Marked(mark)), "{name}, in an archive");
    }
    let plain: [&[u8]; 4] = [
        b"S\xf4\xd2 b\xe0\xd2o m\xe2\xf2t",
        "Bảo mật dữ liệu\nMật ong\nMẶT BẰNG".as_bytes(),
        b"b\xb6o m\xcbt th\xabng tin\nm\xcbt ong",
        b"MOT MAT\xc4 HANG",
    ];
    for bytes in plain {
        assert_eq!(look(bytes), Ok(Look::Clear), "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_mark_in_an_old_font_is_seen_inside_of_documents() {
    let rtf = br"{\rtf1\ansi{\fonttbl{\f0 .VnTime;}}\pard so 5\par TUY\'d6T M\'cbT\par}";
    let page = b"<html><body><p>so 5</p><p>TUY\xd6T M\xcbT</p></body></html>";
    let word = "<w:p><w:t>so 5</w:t></w:p><w:p><w:r><w:t>TUYÖT </w:t></w:r><w:r><w:t>MËT</w:t></w:r></w:p>";
    let word = zipped(&[("word/document.xml", word.as_bytes())]);
    let with_part =
        |name: &str, part: &[u8]| zipped(&[("word/document.xml", b"<w:p><w:t>a</w:t></w:p>"), (name, part)]);
    let binary = [b"\xd0\xcf\x11\xe0\0\0".as_slice(), b"so 5\rTUY\xd6T M\xcbT\rso 6\0"].concat();
    let files = [rtf.to_vec(), page.to_vec(), word, with_part("a.rtf", rtf), with_part("a.htm", page), binary];
    for file in files {
        assert_eq!(look(&file), Ok(Look::Marked("TUYỆT MẬT")), "{}", String::from_utf8_lossy(&file));
    }
    let plain = br"{\rtf1\ansi b\'b6o m\'cbt th\'abng tin\par m\'cbt ong\par}";
    assert_eq!(look(plain), Ok(Look::Clear));
    // A page of today with a broken byte stays what it is.
    assert_eq!(look("<html><p>TỐI MẬT</p>".as_bytes()), look(&["<html><p>TỐI MẬT</p>".as_bytes(), b"\xff"].concat()));
}

#[test]
fn all_text_of_a_file_is_told_whatever_it_is() {
    let told = |bytes: &[u8]| {
        let mut text = String::new();
        look_and_hear(bytes, &mut |piece| text.push_str(piece.unwrap_or("?"))).unwrap();
        text
    };
    let inside = zipped(&[("word/document.xml", b"<w:p><w:t>048 1</w:t><w:t>23</w:t></w:p>")]);
    assert!(told(&inside).contains("048 123"), "across the runs of a line");
    let sheet = zipped(&[("xl/sharedStrings.xml", b"<si><t>CCCD</t></si><si><t>048123</t></si>")]);
    assert!(told(&sheet).contains("CCCD\n048123"), "a cell is a line");
    let zip = zipped(&[("a.docx", &inside), ("b.txt", b"so 048124")]);
    assert!(told(&zip).contains("048 123") && told(&zip).contains("so 048124"));
    let old: Vec<u8> = "số 048125".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old = [b"\xd0\xcf\x11\xe0x".as_slice(), &old, b"\0so 048126\0"].concat();
    assert!(told(&old).contains("048125") && told(&old).contains("048126"));
    assert!(told(b"so 048127").contains("048127") && told(br"{\rtf1 so 048128}").contains("048128"));
    assert_eq!(told(b"\x89PNG 048129"), "");
    // Lists that sheets write: as text of either width, and with figures in the place of numbers.
    let wide: Vec<u8> = "\u{feff}số 048130".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told(&wide), "số 048130");
    let lists = zipped(&[("a.csv", b"An;48123456789"), ("b.csv", &wide)]);
    assert!(told(&lists).contains("048123456789\n") && told(&lists).contains("số 048130"), "{}", told(&lists));
    let cells = b"<row><c><v>48123456789</v></c><c><v>35000000000</v></c></row>";
    for name in ["xl/worksheets/sheet1.xml", "content.xml"] {
        let told = told(&zipped(&[(name, cells)]));
        assert!(told.contains("\n048123456789") && !told.contains("035000000000"), "{name}: {told}");
    }
    assert!(!told(&zipped(&[("word/document.xml", cells)])).contains("048123456789"));
}

#[test]
fn what_cannot_be_read_is_said_to_be_unread() {
    let unread = |bytes: &[u8]| {
        let mut unread = 0;
        look_and_hear(bytes, &mut |piece| unread += usize::from(piece.is_none())).unwrap();
        unread
    };
    assert_eq!(unread(b"so 048131"), 0);
    let wide: Vec<u8> = "số 048132".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(unread(&wide) > 0, "of either width, and it does not say which");
    assert!(unread(b"s\xf5 048133") > 0);
    let one = zipped(&[("a.txt", b"so 048134")]);
    assert_eq!(unread(&one), 0);
    let four = (0..3).fold(one, |inside, _| zipped(&[("a.zip", &inside)]));
    assert_eq!(unread(&four), 1, "deeper than archives are opened");
    assert_eq!(unread(b"PK\x03\x04 048135"), 1, "an archive that does not open");
    let unopened: [(&str, &[u8]); 8] = [
        ("a.ods", b"so 048136"),
        ("a.odt", b"so 048136"),
        ("a.xls", b"so 048136"),
        ("a.ppt", b"so 048136"),
        ("a.rar", b"so 048136"),
        ("a.dat", b"PK\x03\x04"),
        ("a.dat", b"\xd0\xcf\x11\xe0"),
        ("a.dat", b"%PDF-1.7"),
    ];
    for part in unopened {
        assert_eq!(unread(&zipped(&[("b.txt", b"so 048137"), part])), 1, "{}", part.0);
    }
    assert_eq!(unread(&zipped(&[("word/media/a.png", b"\x89PNG"), ("word/fonts/a.odttf", b"\x01\x02")])), 0);
    let mut broken = zipped(&[("a.txt", b"so 048138")]);
    let entry = broken.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    broken[entry + 16] ^= 1;
    assert_eq!(unread(&broken), 1, "a part that is not what its sum says");
}

#[test]
fn an_archive_of_pictures_with_little_text_is_pictures() {
    let picture = [b"\x89PNG".as_slice(), &[7; 5000]].concat();
    let text = |letters: usize| format!("<w:p><w:t>{}</w:t></w:p>", "chữ ".repeat(letters / 3)).into_bytes();
    let document =
        |letters, media: &[u8]| zipped(&[("word/document.xml", &text(letters)), ("word/media/image1.png", media)]);
    assert_eq!(look(&document(30, &picture)), Ok(Look::Pictures));
    assert_eq!(look(&document(9000, &picture)), Ok(Look::Clear), "pages of text with one picture");
    assert_eq!(look(&document(30, b"\x89PNG of a bullet")), Ok(Look::Clear));
    assert_eq!(look(&zipped(&[("docProps/thumbnail.jpeg", &picture)])), Ok(Look::Clear));
    let inside = document(30, &picture);
    let zip = zipped(&[("a.docx", &inside), ("anh.jpg", &picture), ("b.txt", b"mot")]);
    assert_eq!(look(&zip), Ok(Look::Pictures));
    // Both are taken out, one after the other.
    assert_eq!((picture_at(&zip, 0), picture_at(&zip, 1), picture_at(&zip, 2)), (5004, 5004, 0));
    assert_eq!(super::picture(b"PK\x03\x04", u32::MAX), Ok(None));
}

fn picture_at(zip: &[u8], at: u32) -> usize {
    super::picture(zip, at).unwrap().map_or(0, |picture| picture.len())
}
