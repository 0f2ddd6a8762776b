//! Pages that lie otherwise in the file than they are shown, or are shown lying: `/Rotate`, by an update at the end of a
//! PDF of LibreOffice.

use std::{collections::BTreeMap, error::Error};

/// Of A4, in points.
const SIZE: (f64, f64) = (595.3, 841.9);

/// Pages in turn, from a place that the file's length gives: as they are; drawn on their side and shown upright, to either
/// side; shown on their head.
pub fn turned(pdf: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let last = |word: &[u8]| pdf.windows(word.len()).rposition(|part| part == word).ok_or("no trailer");
    let trailer = String::from_utf8_lossy(&pdf[last(b"trailer")?..]).into_owned();
    let number = |name: &str| {
        let behind = trailer.split(name).nth(1).unwrap_or_default().trim_start();
        behind.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default().to_owned()
    };
    let (size, root, before) = (number("/Size"), number("/Root"), number("startxref"));
    let mut next: usize = size.parse()?;
    let mut objects: BTreeMap<usize, String> = BTreeMap::new();
    let pages = pages(pdf);
    if pages.is_empty() {
        return Err("no page that LibreOffice wrote".into());
    }
    for (at, (id, page)) in (pdf.len()..).zip(pages) {
        let (wide, high) = SIZE;
        let (turn, draw) = match at % 4 {
            1 => (90, Some(format!("0 1 -1 0 {high} 0"))),
            2 => (180, None),
            3 => (270, Some(format!("0 -1 1 0 0 {wide}"))),
            _ => continue,
        };
        let mut page = page.replacen("<</Type/Page", &format!("<</Type/Page/Rotate {turn}"), 1);
        if let Some(matrix) = draw {
            let contents =
                page.split("/Contents ").nth(1).and_then(|rest| rest.split(" R").next()).ok_or("contents")?;
            let all = format!("/Contents [{next} 0 R {contents} R {} 0 R]", next + 1);
            page = page.replacen(&format!("/Contents {contents} R"), &all, 1);
            let sheet = page.split("/MediaBox[").nth(1).and_then(|rest| rest.split(']').next()).ok_or("size")?;
            page = page.replacen(&format!("/MediaBox[{sheet}]"), &format!("/MediaBox[0 0 {high} {wide}]"), 1);
            for drawn in [format!("q {matrix} cm\n"), "\nQ".to_owned()] {
                objects.insert(next, format!("<</Length {}>>\nstream\n{drawn}\nendstream", drawn.len()));
                next += 1;
            }
        }
        objects.insert(id, page);
    }
    let mut out = [pdf, b"\n"].concat();
    let mut table = String::from("xref\n");
    for (id, object) in &objects {
        table.push_str(&format!("{id} 1\n{:010} 00000 n \n", out.len()));
        out.extend(format!("{id} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = out.len();
    let end = format!("{table}trailer\n<</Size {next}/Root {root} 0 R/Prev {before}>>\nstartxref\n{start}\n%%EOF\n");
    out.extend(end.bytes());
    Ok(out)
}

/// The objects that are pages, in the order of the file, which is theirs.
fn pages(pdf: &[u8]) -> Vec<(usize, String)> {
    const BEGINS: &[u8] = b" 0 obj\n<</Type/Page/Parent";
    let starts = pdf.windows(BEGINS.len()).enumerate().filter(|(_, part)| *part == BEGINS);
    let page = |(at, _): (usize, &[u8])| {
        let digits = pdf[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let id = std::str::from_utf8(&pdf[at - digits..at]).ok()?.parse().ok()?;
        let rest = &pdf[at + " 0 obj\n".len()..];
        let end = rest.windows(b"\nendobj".len()).position(|part| part == b"\nendobj")?;
        Some((id, String::from_utf8_lossy(&rest[..end]).into_owned()))
    };
    starts.filter_map(page).collect()
}
