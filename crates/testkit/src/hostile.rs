//! Documents that somebody made to hurt: small files that ask for much. Each is made here, none is kept.

use std::io::Write as _;

/// A name, the name of the file, and its bytes.
pub type Hostile = (&'static str, &'static str, Vec<u8>);

/// Those that are taken in as documents.
pub fn documents() -> Vec<Hostile> {
    vec![
        ("a page of a million by a million points", "trang.pdf", huge_page()),
        ("a page of A4 whose box says otherwise", "hop.pdf", huge_media_box()),
        ("a JPEG 2000 picture of 2^31 dots", "jpx.pdf", jpx()),
        ("a thousand pages of pictures", "nhieu-trang.pdf", picture_pages(1000)),
        ("arrays in arrays, 200,000 deep", "sau.pdf", deep_pdf()),
        ("elements in elements, 200,000 deep", "sau.docx", deep_docx()),
        ("a paragraph that unpacks to 300 MB", "bom.docx", bomb_docx()),
        ("entities of entities (billion laughs)", "cuoi.docx", laughs_docx()),
        ("a Word file that was cut off", "cut.docx", cut(&word(&paragraphs(2000)))),
        ("a PDF that was cut off", "cut.pdf", cut(&picture_pages(20))),
        ("a picture that says it is 100,000 dots wide", "anh.tif", tiff()),
        ("eight thousand leads that nobody knows", "chu-tri.txt", unknown_leads(8000)),
        ("a picture linked in a text for Word", "lien-ket.doc", linked("127.0.0.1:9")),
    ]
}

/// Those that are taken in as sheets.
pub fn sheets() -> Vec<Hostile> {
    vec![
        ("a million shared strings", "chuoi.xlsx", shared_strings(1_000_000)),
        ("one string of 30 kB in every cell", "lap.xlsx", repeated(20, 1000)),
        ("a filled cell in the last corner", "goc.xlsx", far_cell()),
        ("a cell that unpacks to 300 MB", "bom.xlsx", bomb_xlsx()),
        ("entities of entities in a sheet", "cuoi.xlsx", laughs_xlsx()),
        ("a sheet that was cut off", "cut.xlsx", cut(&repeated(5, 50))),
    ]
}

fn cut(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() * 2 / 3].to_vec()
}

/// A PDF of these objects, numbered from 1; the first is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).as_bytes(),
    );
    out
}

fn stream(head: &str, data: &[u8]) -> Vec<u8> {
    [format!("<< {head} /Length {} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// Pages that show one picture each.
fn pictures(count: usize, boxes: &str, image: Vec<u8>) -> Vec<u8> {
    let kids = (0..count).map(|at| format!("{} 0 R ", at + 5)).collect::<Vec<_>>().concat();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Count {count} /Kids [{kids}] >>").into_bytes(),
        image,
        stream("", b"q 595 0 0 842 0 0 cm /I Do Q"),
    ];
    let page =
        format!("<< /Type /Page /Parent 2 0 R {boxes} /Contents 4 0 R /Resources << /XObject << /I 3 0 R >> >> >>");
    objects.extend((0..count).map(|_| page.clone().into_bytes()));
    pdf(&objects)
}

const A4: &str = "/MediaBox [0 0 595 842]";

fn image(head: &str, data: &[u8]) -> Vec<u8> {
    stream(&format!("/Type /XObject /Subtype /Image {head}"), data)
}

fn fax(size: u32) -> Vec<u8> {
    let head = format!(
        "/Width {size} /Height {size} /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {size} /Rows {size} >>"
    );
    image(&head, &[0xff; 1000])
}

fn huge_page() -> Vec<u8> {
    pictures(1, "/MediaBox [0 0 1000000 1000000]", fax(1_000_000))
}

fn huge_media_box() -> Vec<u8> {
    pictures(1, "/MediaBox [0 0 1000000 1000000] /CropBox [0 0 595 842]", fax(1_000_000))
}

pub fn picture_pages(count: usize) -> Vec<u8> {
    pictures(count, A4, image("/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", &[255]))
}

/// The head of a code stream whose SIZ marker says 2^31 - 1 by 2^31 - 1.
fn jpx() -> Vec<u8> {
    let side = 0x7fff_ffff_u32.to_be_bytes();
    let zero = 0_u32.to_be_bytes();
    let siz = [&[0, 41, 0, 0][..], &side, &side, &zero, &zero, &side, &side, &zero, &zero, &[0, 1, 7, 1, 1]].concat();
    let code = [&[0xff, 0x4f, 0xff, 0x51][..], &siz, &[0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 1]].concat();
    let rest = [0xff, 0x5c, 0, 5, 0x40, 0x40, 0x48, 0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0x93];
    let code = [&code[..], &rest, &[0xff, 0xd9]].concat();
    let head = "/Width 2147483647 /Height 2147483647 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /JPXDecode";
    pictures(1, A4, image(head, &code))
}

fn deep_pdf() -> Vec<u8> {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    pdf(&[
        format!("<< /Type /Catalog /Pages 2 0 R /Deep {deep} >>").into_bytes(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R {A4} /Contents 4 0 R >>").into_bytes(),
        stream("", format!("{deep} TJ").as_bytes()),
    ])
}

/// A TIFF of one strip that its sizes go far beyond.
fn tiff() -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    let fields: [(u16, u32); 8] =
        [(256, 100_000), (257, 100_000), (258, 8), (259, 1), (262, 1), (273, 8), (278, 100_000), (279, 64)];
    out.extend_from_slice(&8_u16.to_le_bytes());
    for (tag, value) in fields {
        out.extend_from_slice(&[tag.to_le_bytes(), 4_u16.to_le_bytes()].concat());
        out.extend_from_slice(&[1_u32.to_le_bytes(), value.to_le_bytes()].concat());
    }
    out.extend_from_slice(&0_u32.to_le_bytes());
    out
}

/// A text whose picture is linked, in a form of LibreOffice's own that it follows as it follows one of Word's.
pub fn linked(address: &str) -> Vec<u8> {
    let names = [("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible")]
        .map(|(short, long)| format!("xmlns:{short}=\"urn:oasis:names:tc:opendocument:xmlns:{long}:1.0\""))
        .join(" ");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document {names} xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         office:version=\"1.2\" office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:body><office:text>\
         <text:p>Ke hoach<draw:frame text:anchor-type=\"as-char\" svg:width=\"2cm\" svg:height=\"2cm\">\
         <draw:image xlink:href=\"http://{address}/anh.png\" xlink:type=\"simple\" xlink:show=\"embed\" \
         xlink:actuate=\"onLoad\"/></draw:frame></text:p></office:text></office:body></office:document>"
    )
    .into_bytes()
}

fn unknown_leads(count: usize) -> Vec<u8> {
    let leads: Vec<String> = (0..count).map(|n| format!("Văn phòng Không ai biết số {n}")).collect();
    format!(
        "KẾ HOẠCH\nVề việc mẫu\n\nI. NHIỆM VỤ\n\n1. Làm việc mẫu\n- Chủ trì: {}\n- Thời hạn: năm 2026\n",
        leads.join(", ")
    )
    .into_bytes()
}

/// An archive of these parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const W: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;

pub(crate) fn word(body: &str) -> Vec<u8> {
    archive(&[("word/document.xml", &format!("<?xml version=\"1.0\"?>{W}{body}</w:body></w:document>"))])
}

fn paragraphs(count: usize) -> String {
    (0..count).map(|n| format!("<w:p><w:r><w:t>{n}. Nhiệm vụ số {n}</w:t></w:r></w:p>")).collect::<Vec<_>>().concat()
}

fn deep_docx() -> Vec<u8> {
    word(&format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(70_000), "</w:tc></w:tr></w:tbl>".repeat(70_000)))
}

fn bomb_docx() -> Vec<u8> {
    word(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "x".repeat(300_000_000)))
}

/// Ten entities, each of ten of the one before: 10^10 words.
fn laughs() -> String {
    let mut entities = "<!ENTITY l0 \"ha\">".to_owned();
    for n in 1..11 {
        entities.push_str(&format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)));
    }
    format!("<?xml version=\"1.0\"?><!DOCTYPE d [{entities}]>")
}

fn laughs_docx() -> Vec<u8> {
    let body = "<w:p><w:r><w:t>&l10;</w:t></w:r></w:p>";
    archive(&[("word/document.xml", &format!("{}{W}{body}</w:body></w:document>", laughs()))])
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const S: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
const STRINGS: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#;

fn book(head: &str, rows: &str, strings: &str) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/sharedStrings.xml", &format!("{STRINGS}{strings}</sst>")),
        ("xl/worksheets/sheet1.xml", &format!("{head}{S}{rows}</sheetData></worksheet>")),
    ])
}

fn shared_strings(count: usize) -> Vec<u8> {
    let strings = (0..count).map(|n| format!("<si><t>chuỗi số {n}</t></si>")).collect::<Vec<_>>().concat();
    book("", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>", &strings)
}

fn repeated(columns: usize, rows: usize) -> Vec<u8> {
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(columns);
    let string = format!("<si><t>{}</t></si>", "x".repeat(30_000));
    book("", &format!("<row>{cells}</row>").repeat(rows), &string)
}

fn far_cell() -> Vec<u8> {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    book("", rows, "")
}

fn bomb_xlsx() -> Vec<u8> {
    let cell = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(300_000_000));
    book("", &cell, "")
}

fn laughs_xlsx() -> Vec<u8> {
    book(&laughs(), "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&l10;</t></is></c></row>", "")
}
