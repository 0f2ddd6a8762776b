//! PDF files as programs write them that care for the look only. The files are made here, object by object.

use std::{collections::BTreeMap, fmt::Write as _};

use plan_reader::{Plan, ProblemKind, Refusal, ScannedPage, read, read_mixed};

use super::letters::{PLAN, TASKS, tasks};

const SIZE: f64 = 10.0;

/// A table by its lines, and the places of its columns.
const UNRULED: [[&str; 4]; 6] = [
    ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"],
    ["1", "Thả cá giống xuống", "Sở Một", "Quý II/2026"],
    ["", "hồ lớn ven rừng", "", ""],
    ["2", "Đắp lại bờ kè", "Sở Hai", "Tháng"],
    ["", "", "", "9/2026"],
    ["3", "Đo độ sâu của hồ", "Sở Ba", "Năm 2026"],
];
const COLUMNS: [f64; 4] = [60.0, 85.0, 190.0, 300.0];

const JUSTIFIED: &str = "Nhiệm vụ của Sở Một là đắp lại bờ kè và thả cá giống xuống hồ lớn ven rừng trước mùa mưa và đo độ sâu \
của hồ lớn trong thời gian tới theo kế hoạch của Sở Hai";

/// A page by what is drawn on it, with its `/Rotate`.
#[derive(Default)]
struct Sheet {
    drawn: String,
    rotate: u32,
}

impl Sheet {
    /// A line of text; letters that `other` holds are drawn after it, from another font.
    fn line(&mut self, font: &Font, x: f64, y: f64, text: &str, other: &str) {
        let mut later = Vec::new();
        for (at, c) in (0_u32..).zip(text.chars()) {
            let x = x + f64::from(at) * SIZE / 2.0;
            if other.contains(c) { later.push((c, x)) } else { self.letter(font, c, x, y) }
        }
        for (c, x) in later {
            self.letter(font, c, x, y);
        }
    }

    fn letter(&mut self, font: &Font, c: char, x: f64, y: f64) {
        writeln!(self.drawn, "BT /F {SIZE} Tf 1 0 0 1 {x} {y} Tm <{:04x}> Tj ET", font.code(c)).unwrap();
    }

    fn picture(&mut self, width: f64, height: f64) {
        writeln!(self.drawn, "q {width} 0 0 {height} 0 0 cm /I Do Q").unwrap();
    }
}

/// A font of which each letter has the code that it has in `letters`, and half a square.
struct Font {
    letters: Vec<char>,
    /// Called by the letters that stand so far behind the right ones.
    shifted: usize,
}

impl Font {
    fn new() -> Self {
        Self::with("")
    }

    fn with(more: &str) -> Self {
        let mut letters: Vec<char> =
            format!("{PLAN}{more}ýABCDEGHIKLMNOPQRSTUVXY:.,;/-()0123456789").chars().filter(|c| *c != '\n').collect();
        letters.sort_unstable();
        letters.dedup();
        Self { letters, shifted: 0 }
    }

    fn code(&self, c: char) -> usize {
        self.letters.iter().position(|known| *known == c).expect("a letter of the font") + 1
    }

    fn names(&self) -> String {
        let mut map =
            "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n"
                .to_owned();
        for at in 0..self.letters.len() {
            let named = self.letters[(at + self.shifted) % self.letters.len()];
            writeln!(map, "1 beginbfchar <{:04x}> <{:04x}> endbfchar", at + 1, u32::from(named)).unwrap();
        }
        map + "endcmap end"
    }
}

fn pdf(font: &Font, pages: &[Sheet]) -> Vec<u8> {
    let stream = |dict: &str, text: &str| format!("<< {dict} /Length {} >> stream\n{text}\nendstream", text.len());
    let first = 7;
    let kids = (0..pages.len()).map(|at| format!("{} 0 R", first + 2 * at)).collect::<Vec<_>>().join(" ");
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".into(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>".into(),
        stream("", &font.names()),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x"),
    ];
    for (at, page) in pages.iter().enumerate() {
        let content = first + 2 * at + 1;
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {} /Resources << /Font << /F 3 0 R >> /XObject << /I 6 0 R >> >> /Contents {content} 0 R >>", page.rotate));
        objects.push(stream("", &page.drawn));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj {object} endobj").unwrap();
    }
    let start = file.len();
    let table = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect::<Vec<_>>().concat();
    write!(
        file,
        "xref\n0 {}\n0000000000 65535 f \n{table}trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF",
        places.len() + 1,
        places.len() + 1
    )
    .unwrap();
    file.into_bytes()
}

fn plan(font: &Font, other: &str) -> Sheet {
    let mut sheet = Sheet::default();
    for (at, line) in (0_u32..).zip(PLAN.lines()) {
        sheet.line(font, 60.0, 700.0 - f64::from(at) * 16.0, line, other);
    }
    sheet
}

fn read_tasks(bytes: &[u8]) -> Vec<String> {
    let plan: Plan = read(bytes).unwrap().plan;
    tasks(&plan)
}

#[test]
fn letters_of_another_font_stand_in_their_words() {
    let font = Font::new();
    assert_eq!(read_tasks(&pdf(&font, &[plan(&font, "")])), TASKS);
    assert_eq!(read_tasks(&pdf(&font, &[plan(&font, "ươđệụởốaS")])), TASKS);
}

#[test]
fn a_page_is_read_however_it_lies() {
    let font = Font::new();
    for rotate in [0, 90, 180, 270] {
        assert_eq!(read_tasks(&pdf(&font, &[Sheet { rotate, ..plan(&font, "") }])), TASKS, "{rotate}");
    }
}

#[test]
fn a_stamp_on_a_scan_leaves_it_a_scan() {
    let font = Font::new();
    let mut sheet = Sheet::default();
    sheet.picture(600.0, 800.0);
    sheet.line(&font, 300.0, 780.0, "Ký bởi: Sở Nội vụ", "");
    assert_eq!(read(&pdf(&font, &[sheet])).unwrap_err(), Refusal::Scan);
    // Pictures beside the text of a page are pictures beside text.
    let mut signed = plan(&font, "");
    signed.picture(100.0, 100.0);
    assert_eq!(read_tasks(&pdf(&font, &[signed])), TASKS);
}

#[test]
fn letters_with_wrong_names_are_to_be_recognised() {
    let font = Font { shifted: 7, ..Font::new() };
    assert_eq!(read(&pdf(&font, &[plan(&font, "")])).unwrap_err(), Refusal::Scan);
}

#[test]
fn a_picture_among_pages_of_text_is_named_or_recognised() {
    let font = Font::new();
    let mut picture = Sheet::default();
    picture.picture(600.0, 800.0);
    let file = pdf(&font, &[plan(&font, ""), picture, Sheet::default()]);
    let reading = read(&file).unwrap();
    assert_eq!((tasks(&reading.plan), reading.unread_pages), (TASKS.map(str::to_owned).to_vec(), vec![2]));
    let told = reading.plan.problems.iter().find(|problem| problem.kind == ProblemKind::PageUnread).unwrap();
    assert!(told.message_vi.starts_with("Trang 2 là ảnh"), "{}", told.message_vi);

    let word = |line: u32, at: u32, text: &str| {
        format!("5\t1\t1\t1\t{line}\t1\t{}\t{}\t60\t30\t90\t{text}", 200 + at * 80, line * 60)
    };
    let lines = ["3. Làm việc ba.", "- Đơn vị chủ trì: Sở Ba."];
    let words = (1..)
        .zip(lines)
        .flat_map(|(line, text)| (0..).zip(text.split(' ')).map(move |(at, text)| word(line, at, text)));
    let scanned = ScannedPage { tsv: words.collect::<Vec<_>>().join("\n"), resolution: 200.0 };
    let reading = read_mixed(&file, &BTreeMap::from([(2, scanned)])).unwrap();
    assert_eq!(reading.plan.tasks.len(), 3, "{}", reading.text);
    assert_eq!((reading.plan.tasks[2].lead.join(""), reading.plan.tasks[2].source.page), ("Sở Ba".to_owned(), Some(2)));
    assert!(reading.unread_pages.is_empty());
    let kinds: Vec<ProblemKind> = reading.plan.problems.iter().map(|problem| problem.kind).collect();
    assert!(kinds.contains(&ProblemKind::CheckScan) && !kinds.contains(&ProblemKind::PageUnread), "{kinds:?}");
}

/// A page with a table that has no lines.
fn unruled(rows: &[[&str; 4]]) -> Vec<u8> {
    let font = Font::with(&format!("ThửKẾ HOẠCHNHIỆM VỤ{JUSTIFIED}{}", rows.concat().concat()));
    let mut sheet = Sheet::default();
    let above = ["KẾ HOẠCH", "Thử", "I. NHIỆM VỤ"];
    for (at, line) in (0_u32..).zip(above) {
        sheet.line(&font, 60.0, 700.0 - f64::from(at) * 16.0, line, "");
    }
    for (at, cells) in (3_u32..).zip(rows) {
        for (cell, x) in cells.iter().zip(COLUMNS) {
            sheet.line(&font, x, 700.0 - f64::from(at) * 16.0, cell, "");
        }
    }
    pdf(&font, &[sheet])
}

#[test]
fn a_row_whose_words_stand_in_the_next_column_is_asked_about() {
    let doubted = |rows: &[[&str; 4]]| {
        let reading = read(&unruled(rows)).unwrap();
        let problems = reading.plan.problems.iter().filter(|problem| problem.kind == ProblemKind::TableUnclear);
        let sources = problems.filter_map(|problem| problem.source);
        sources.map(|span| reading.text[span.start..span.end].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(doubted(&UNRULED), Vec::<String>::new());
    let mut pressed = UNRULED;
    pressed[5][2] = "Sở Một, Sở Hai, Sở Ba";
    let rows = doubted(&pressed);
    assert!(rows.len() == 1 && rows[0].contains("Đo độ sâu của hồ"), "{rows:?}");
}

#[test]
fn a_table_without_lines_is_read_by_its_columns() {
    let plan = read(&unruled(&UNRULED)).unwrap().plan;
    let rows: Vec<(&str, String, &str)> =
        plan.tasks.iter().map(|task| (task.text.as_str(), task.lead.concat(), task.time.raw.as_str())).collect();
    let one = |text, lead: &str, time| (text, lead.to_owned(), time);
    let expected = [
        one("Thả cá giống xuống hồ lớn ven rừng", "Sở Một", "Quý II/2026"),
        one("Đắp lại bờ kè", "Sở Hai", "Tháng 9/2026"),
        one("Đo độ sâu của hồ", "Sở Ba", "Năm 2026"),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn justified_text_is_no_table() {
    let font = Font::with(&format!("ThửKẾ HOẠCHNHIỆM VỤ{JUSTIFIED}{}", UNRULED.concat().concat()));
    let mut sheet = Sheet::default();
    for (at, line) in (0_u32..).zip(["KẾ HOẠCH", "Thử"]) {
        sheet.line(&font, 60.0, 700.0 - f64::from(at) * 16.0, line, "");
    }
    // Five words to a line, the room between them as wide as between cells.
    let words: Vec<&str> = JUSTIFIED.split(' ').collect();
    for (at, line) in (2_u32..).zip(words.chunks(5)) {
        let letters: f64 = line.iter().map(|word| f64::from(u32::try_from(word.chars().count()).unwrap())).sum();
        let room = (200.0 - letters * SIZE / 2.0) / 4.0;
        let mut x = 60.0;
        for word in line {
            sheet.line(&font, x, 700.0 - f64::from(at) * 16.0, word, "");
            x += f64::from(u32::try_from(word.chars().count()).unwrap()) * SIZE / 2.0 + room;
        }
    }
    let text = read(&pdf(&font, &[sheet])).unwrap().text;
    assert!(!text.contains('\t'), "{text}");
    assert!(text.contains("Nhiệm vụ của Sở Một là đắp lại bờ kè"), "{text}");
}
