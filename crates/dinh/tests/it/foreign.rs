//! Whatever bytes come in, nothing panics, nothing is stored, and the answer is a refusal or a reading.
//! Plans have their own such test in `plan-reader`; `cargo xtask soak` does many more rounds.

use dinh::{child_process::Readers, sandbox::Sandbox, sheet_child::Sheet};
use directory::usecase::{staff_sheet, unit_import};
use programme::work::usecase::tracking::tracking_preview;
use proptest::{collection::vec, prelude::*};
use registry::{
    model::{
        appraiser::{Appraiser, Asking, Fields, SHIPPED_TABLE},
        materials,
    },
    usecase::import,
};
use serde_json::{Value as Json, json};
use testkit::{TestDb, rounds};
use webkit::Verdict;

use crate::house::House;

fn readers(data: &std::path::Path) -> Readers {
    let scratch = dinh::scratch::Scratch::open(data).unwrap();
    Readers::new(std::path::PathBuf::from(env!("CARGO_BIN_EXE_dinh")), scratch, Sandbox::Require)
}

fn config(cases: usize) -> ProptestConfig {
    ProptestConfig::with_cases(u32::try_from(rounds(cases)).unwrap())
}

/// Something real with some bytes of it overwritten reaches deeper than noise.
fn bent(real: &[u8], noise: &[u8]) -> Vec<u8> {
    let mut bent = real.to_vec();
    for pair in noise.chunks_exact(3) {
        let at = usize::from(pair[0]) * 256 + usize::from(pair[1]);
        let at = at % bent.len();
        bent[at] = pair[2];
    }
    bent
}

/// A file with one or two of its values in the place of another, or with something else there.
fn mixed(real: &Json, noise: &[u8]) -> Json {
    fn leaves(value: &Json, out: &mut Vec<Json>) {
        match value {
            Json::Array(all) => all.iter().for_each(|one| leaves(one, out)),
            Json::Object(all) => all.values().for_each(|one| leaves(one, out)),
            leaf => out.push(leaf.clone()),
        }
    }
    fn put(value: &mut Json, at: &mut usize, new: &Json) {
        match value {
            Json::Array(all) => all.iter_mut().for_each(|one| put(one, at, new)),
            Json::Object(all) => all.values_mut().for_each(|one| put(one, at, new)),
            leaf => {
                if *at == 0 {
                    leaf.clone_from(new);
                }
                *at = at.wrapping_sub(1);
            }
        }
    }
    let mut all = vec![Json::Null, json!(true), json!(-1), json!(i64::MAX), json!(""), json!([]), json!({})];
    leaves(real, &mut all);
    let mut mixed = real.clone();
    for three in noise.chunks_exact(3).take(2) {
        let mut at = (usize::from(three[0]) * 256 + usize::from(three[1])) % all.len();
        put(&mut mixed, &mut at, &all[usize::from(three[2]) % all.len()]);
    }
    mixed
}

#[test]
fn any_bytes_are_refused_or_read_as_a_sheet() {
    let sheet =
        webkit::export::xlsx("S", &["Họ tên".into(), "Tên đăng nhập".into()], &[vec!["A".into(), "a".into()]]).unwrap();
    assert!(matches!(dinh::sheet_child::read(&sheet), Sheet::Read(cells) if cells.rows.len() == 2));
    bolero::check!().with_iterations(rounds(2000)).for_each(|noise: &[u8]| {
        let _ = dinh::sheet_child::read(noise);
        let bent = bent(&sheet, noise);
        let _ = dinh::sheet_child::read(&bent);
        let _ = plan_reader::secrecy::look(&bent);
        let _ = plan_reader::secrecy::picture(&bent, 0);
        let _ = plan_reader::secrecy::look(noise);
    });
}

#[test]
fn any_bytes_are_refused_or_read_as_a_list_of_units() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let house = runtime.block_on(House::people());
    let before = runtime.block_on(house.count("SELECT COUNT(*) FROM directory_unit"));
    proptest!(config(500), |(noise in vec(any::<u8>(), 0..300), line in "[a-zA-Z0-9,\"\n đê]{0,120}")| {
        let _ = runtime.block_on(unit_import::preview(&house.app, &house.system(), noise.into()));
        let list = format!("code,name,kind\n{line}");
        let _ = runtime.block_on(unit_import::preview(&house.app, &house.system(), list.into()));
    });
    assert_eq!(runtime.block_on(house.count("SELECT COUNT(*) FROM directory_unit")), before);
}

#[test]
fn any_bytes_are_refused_or_read_as_a_tracking_sheet() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let house = runtime.block_on(House::people());
    let tasks = || runtime.block_on(house.count("SELECT COUNT(*) FROM programme_task"));
    let before = tasks();
    let look = |bytes: Vec<u8>| runtime.block_on(tracking_preview(&house.app, &house.system(), bytes.into()));
    proptest!(config(200), |(noise in vec(any::<u8>(), 0..300), rows in "[a-zA-Z0-9;\"\n đê%/.-]{0,120}")| {
        let _ = look(noise);
        let list = format!("Nội dung;Chủ trì;Tỷ lệ;Ngày hoàn thành\nMở lớp;Sở Nội vụ;5;\n{rows}");
        if let Ok(sheet) = look(list.into_bytes()) {
            prop_assert_eq!(sheet.lines.len() + sheet.left.len() + sheet.blank, sheet.rows);
        }
    });
    assert_eq!(tasks(), before);
}

#[test]
fn any_bytes_are_refused_or_read_as_a_sheet_of_systems() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let house = runtime.block_on(House::people());
    let ctx = house.system();
    let systems = || runtime.block_on(house.count("SELECT COUNT(*) FROM registry_system"));
    let look = |bytes: Vec<u8>| runtime.block_on(import::systems_preview(&house.app, &ctx, bytes.into()));
    let owners = ["Sở Tài chính", "Sở Y tế"].map(str::to_owned);
    let sheet = registry::generate::sheet(12, 1, &owners).unwrap().0;
    let line = ("[a-cAđê .\"-]{0,5}", "(20[012][0-9]|[0-9/]{0,6})", "([0-9]{0,4}|[0-9.,-]{0,8})");
    proptest!(config(60), |(noise in vec(any::<u8>(), 0..300), lines in vec(line, 0..6))| {
        let before = systems();
        let _ = look(bent(&sheet, &noise));
        let _ = look(noise);
        prop_assert_eq!(systems(), before);
        let line = |(name, year, cost): &(String, String, String)| format!("{name};Sở Y tế;{year};{cost}");
        let lines = lines.iter().map(line).collect::<Vec<_>>().join("\n");
        let heads = "Tên hệ thống;Cơ quan chủ quản;Năm đưa vào vận hành;Kinh phí mỗi năm (đồng)";
        if let Ok(preview) = look(format!("{heads}\nSổ theo dõi;Sở Y tế;2019;5\n{lines}").into_bytes()) {
            // What the preview says is new is written, whatever it is called.
            let new = i64::try_from(preview.count(Verdict::New)).unwrap();
            runtime.block_on(import::systems_import(&house.app, &ctx, &preview)).unwrap();
            prop_assert_eq!(systems(), before + new);
        }
    });
    assert!(systems() > 0, "no sheet was read");
}

#[test]
fn any_bytes_are_refused_or_read_as_a_list_of_materials() {
    let node = json!({"group": "@vidu", "name": "core", "version": "1.2", "purl": "pkg:npm/core@1.2"});
    let reference = json!({"referenceType": "purl", "referenceLocator": "pkg:npm/left@1"});
    let package = json!({"name": "left", "versionInfo": "1", "externalRefs": [reference]});
    let within = json!({"name": "máy chủ", "components": [node, node]});
    let lists = [
        json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [within, node]}),
        json!({"spdxVersion": "SPDX-2.3", "packages": [package]}),
    ];
    let xml = "<?xml version=\"1.0\"?><!-- thử --><bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"><components>\
        <component><group>@vidu</group><name>core &amp; <![CDATA[một]]></name><purl>pkg:npm/core@1.2</purl><components>\
        <component><name>l&#xF5;i</name></component></components></component></components></bom>";
    let tags = "SPDXVersion: SPDX-2.3\nPackageName: left\nPackageVersion: 1\nPackageComment: <text>một\nhai</text>\n\
        ExternalRef: PACKAGE-MANAGER purl pkg:npm/left@1\nRelationship: a DEPENDS_ON a\nPackageName: right\n";
    let wide: Vec<u8> = format!("\u{feff}{xml}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let written = |list: &Json| list.to_string().into_bytes();
    let mut texts = vec![xml.as_bytes().to_vec(), tags.as_bytes().to_vec(), wide];
    texts.extend(lists.iter().map(written));
    assert!(texts.iter().all(|text| materials::read(text).is_ok()));
    bolero::check!().with_iterations(rounds(2000)).for_each(|noise: &[u8]| {
        let _ = materials::read(noise);
        let others = lists.iter().map(|list| written(&mixed(list, noise)));
        for bytes in texts.iter().map(|text| bent(text, noise)).chain(others) {
            let Ok(read) = materials::read(&bytes) else { continue };
            assert!(!read.all.is_empty() && read.all.iter().all(|one| !one.name.is_empty()));
        }
    });
}

/// An edition that is taken decides every system, that of which nothing is known, too.
#[test]
fn any_edition_of_rules_or_weights_is_refused_or_decides() {
    fn decide(table: Option<&str>, weights: Option<&str>) -> bool {
        let Ok(appraiser) = Appraiser::of(table, weights) else { return false };
        let nothing = Fields::new();
        appraiser.appraise(Asking { inventory: &nothing, given: &nothing, effort: None }).unwrap();
        true
    }
    let table: Json = serde_json::from_str(SHIPPED_TABLE).unwrap();
    let weights = serde_json::to_value(Appraiser::shipped().weights.text()).unwrap();
    assert!(decide(Some(SHIPPED_TABLE), None) && decide(None, Some(&weights.to_string())));
    bolero::check!().with_iterations(rounds(100)).for_each(|noise: &[u8]| {
        for bytes in [noise.to_vec(), bent(SHIPPED_TABLE.as_bytes(), noise)] {
            let text = String::from_utf8_lossy(&bytes);
            decide(Some(&text), None);
            decide(None, Some(&text));
        }
        decide(Some(&mixed(&table, noise).to_string()), None);
        decide(None, Some(&mixed(&weights, noise).to_string()));
    });
}

#[test]
fn any_text_is_refused_or_read_as_a_cursor_an_id_or_a_day() {
    bolero::check!().with_type::<String>().with_iterations(rounds(5000)).for_each(|noise| {
        let _ = kernel::paging::decode::<(String, uuid::Uuid)>(noise);
        let _ = noise.parse::<kernel::PlanId>();
        let _ = plan_reader::parse_time(noise);
        let _ = plan_reader::secrecy::in_words(noise);
        let _ = kernel::text::file_stem(noise);
        let _ = kernel::text::sort_key(noise);
    });
}

#[test]
fn any_bytes_are_refused_as_a_backup() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dinh.backup");
    let house = runtime.block_on(House::people());
    let steps = dinh::wiring::migrations(house.app.modules());
    runtime.block_on(db::backup(house.app.db(), &steps, &file, None)).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let fresh = runtime.block_on(TestDb::open());
    proptest!(config(60), |(noise in vec(any::<u8>(), 0..300), cut in 0..whole.len())| {
        let bytes = if noise.len() % 2 == 0 { noise } else { whole[..cut].to_vec() };
        std::fs::write(&file, bytes).unwrap();
        let refused = runtime.block_on(db::restore(&fresh.db, &steps, &file, None)).unwrap_err();
        prop_assert_eq!(refused.code, "backup-damaged");
    });
}

/// A sheet of a few kilobytes that unpacks to gigabytes kills the child, not the server.
#[tokio::test]
async fn a_zip_bomb_in_place_of_a_sheet_is_refused() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    for (name, text) in [
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    zip.write_all(br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#)
        .unwrap();
    let row = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(4_000_000));
    for _ in 0..700 {
        zip.write_all(row.as_bytes()).unwrap();
    }
    zip.write_all(b"</sheetData></worksheet>").unwrap();
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 6_000_000);
    let house = House::people().await;
    let answer = staff_sheet::preview(&house.app, &house.system(), bomb.into()).await;
    assert_eq!(answer.err().map(|problem| problem.code), Some("sheet-too-large"));
}

/// A server without the packages says which ones it lacks; one with them keeps what they start inside of limits.
#[tokio::test]
async fn a_scan_and_an_old_word_file_name_the_packages_that_are_missing() {
    use programme::PlanReading;
    let folder = tempfile::tempdir().unwrap();
    let scratch = dinh::scratch::Scratch::open(folder.path()).unwrap();
    let program = std::path::PathBuf::from(env!("CARGO_BIN_EXE_dinh"));
    let bare = Readers::within(program, scratch, Sandbox::Require, vec![]);
    let scan = include_bytes!("../../../../examples/plans/an-ninh-mang-quet.jpg").to_vec();
    let refused = |read: Result<plan_reader::Reading, programme::Error>| match read.unwrap_err() {
        programme::Error::FileRefused { code, detail } => (code, detail),
        other => panic!("{other:?}"),
    };
    let (code, packages) = refused(bare.read(scan, &|_, _| {}).await);
    assert_eq!((code, packages.as_str()), ("plan-needs-ocr", "tesseract-ocr, tesseract-ocr-vie, poppler-utils"));
    let (code, packages) = refused(bare.read(b"\xd0\xcf\x11\xe0 old".to_vec(), &|_, _| {}).await);
    assert_eq!((code, packages.as_str()), ("plan-needs-office", "libreoffice-writer"));
}

#[tokio::test]
async fn a_picture_that_is_none_ends_in_a_refusal_and_leaves_no_files() {
    use programme::PlanReading;
    let folder = tempfile::tempdir().unwrap();
    let readers = readers(folder.path());
    let left = || {
        let runs =
            std::fs::read_dir(folder.path().join("scratch")).unwrap().flatten().filter(|run| run.path().is_dir());
        runs.flat_map(|run| std::fs::read_dir(run.path()).unwrap()).count()
    };
    let before = left();
    for bytes in [b"\x89PNG\r\n\x1a\n no picture".as_slice(), b"\xff\xd8\xff\xe0 no picture"] {
        assert!(readers.read(bytes.to_vec(), &|_, _| {}).await.is_err());
    }
    assert!(left() <= before, "a folder was left behind");
}

#[tokio::test]
async fn an_old_word_file_is_converted_and_read() {
    use programme::PlanReading;
    // LibreOffice itself makes the old file from text; a table at its end would be lost by that export.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("in.txt"), include_str!("../../../../examples/plans/dam-may.txt")).unwrap();
    let made = std::process::Command::new("soffice")
        .args(["--headless", "--convert-to", "doc:MS Word 97", "in.txt", "--infilter=Text (encoded):UTF8"])
        .env("HOME", folder.path())
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let bytes = std::fs::read(folder.path().join("in.doc")).unwrap();
    let data = tempfile::tempdir().unwrap();
    let readers = readers(data.path());
    let reading = readers.read(bytes, &|_, _| {}).await.unwrap();
    assert_eq!(reading.plan.tasks.len(), 7);
    assert_eq!(reading.plan.document.number.as_deref(), Some("22/KH-UBND"));
}

#[tokio::test]
async fn rtf_and_web_pages_that_are_called_doc_are_converted_and_read() {
    use programme::PlanReading;
    let lines = [
        "KẾ HOẠCH",
        "II. NHIỆM VỤ",
        "1. Đào tạo kỹ năng số.",
        "- Đơn vị chủ trì: Sở Nội vụ.",
        "- Thời gian: Năm 2026.",
    ];
    let escaped = |line: &str| line.encode_utf16().map(|unit| format!("\\u{unit}?")).collect::<Vec<_>>().concat();
    let rtf = lines.iter().map(|line| escaped(line) + "\\par\n").collect::<String>();
    let html = lines.iter().map(|line| format!("<p>{line}</p>")).collect::<Vec<_>>().concat();
    let data = tempfile::tempdir().unwrap();
    let readers = readers(data.path());
    for file in [format!("{{\\rtf1\\ansi {rtf}}}"), format!("<html><body>{html}</body></html>")] {
        let reading = readers.read(file.into_bytes(), &|_, _| {}).await.unwrap();
        let task = &reading.plan.tasks[0];
        assert_eq!(
            (task.text.as_str(), task.lead.join("")),
            ("Đào tạo kỹ năng số.", "Sở Nội vụ".to_owned()),
            "{}",
            reading.text
        );
    }
}
