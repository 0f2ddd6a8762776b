//! Reads the PDF back with poppler: fonts, places of the parts, page numbers.

use std::process::Command;

use nd30_write::Fonts;

use crate::paper::sample;

pub fn fonts() -> Option<Fonts> {
    let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/dist");
    let files = ["regular", "bold", "italic", "bold-italic"];
    let read = files.iter().filter_map(|name| std::fs::read(format!("{dist}/tinos-{name}.ttf")).ok());
    Fonts::new(read).ok()
}

fn poppler(program: &str, args: &[&str], pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    command.args(args).arg(&file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let out = command.output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

/// The words of each page; none where there is no poppler.
pub fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let words = poppler("pdftotext", &["-layout"], pdf)?;
    Some(words.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect())
}

/// What the file says of itself.
pub fn pdfinfo(pdf: &[u8]) -> Option<String> {
    poppler("pdfinfo", &[], pdf)
}

/// The first line of each page is its number, but for the first page of the paper and of each appendix.
pub fn page_numbers_are_the_decrees(pdf: &[u8]) {
    let Some(words) = poppler("pdftotext", &["-layout"], pdf) else {
        eprintln!("SKIPPED: no poppler here; cargo xtask test installs it");
        return;
    };
    let pages: Vec<&str> = words.trim_end_matches('\u{c}').split('\u{c}').collect();
    let firsts: Vec<&str> =
        pages.iter().map(|page| page.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim()).collect();
    let mut expected = 1;
    for (page, first) in pages.iter().zip(&firsts) {
        if first.contains("CỘNG HÒA") || first.starts_with("Phụ lục") {
            expected = 1;
        } else {
            expected += 1;
            assert_eq!(*first, expected.to_string(), "{page}");
        }
    }
    assert_eq!(firsts.iter().filter(|first| first.starts_with("Phụ lục")).count(), 2, "{firsts:?}");
    assert!(pages.len() >= 6, "{} pages", pages.len());
}

#[test]
fn the_pdf_carries_its_font_and_counts_its_pages() {
    let Some(fonts) = fonts() else {
        eprintln!("SKIPPED: the fonts were not built; cargo xtask test builds them");
        return;
    };
    let pdf = nd30_write::pdf(&sample(), &fonts).unwrap();
    page_numbers_are_the_decrees(&pdf);
    if let Some(list) = poppler("pdffonts", &[], &pdf) {
        let used: Vec<&str> = list.lines().skip(2).collect();
        assert!(
            !used.is_empty() && used.iter().all(|line| line.contains("Tinos") && line.contains("yes yes")),
            "{list}"
        );
    }
    if let Some(words) = poppler("pdftotext", &["-layout"], &pdf) {
        for part in [
            "Số: 05/BC-SKHCN",
            "Mẫu, ngày 03 tháng 02 năm 2026",
            "Nơi nhận:",
            "Nhật ký: #7 · 0123456789abcdef · 08:00 03/02/2026",
            "- Như trên;",
            "<b>*đậm*</b> #let x = 1.",
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
    }
}

#[test]
fn the_pdf_keeps_the_decrees_margins() {
    let Some(fonts) = fonts() else { return };
    let pdf = nd30_write::pdf(&sample(), &fonts).unwrap();
    let Some(boxes) = poppler("pdftotext", &["-bbox", "-l", "1"], &pdf) else { return };
    let edge = |name: &str| -> Vec<f64> {
        boxes
            .lines()
            .filter_map(|line| {
                line.trim().strip_prefix("<word ")?.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.parse().ok()
            })
            .collect()
    };
    const MM: f64 = 72.0 / 25.4;
    let (left, right) =
        (edge("xMin").into_iter().fold(f64::MAX, f64::min) / MM, edge("xMax").into_iter().fold(0.0, f64::max) / MM);
    let (top, bottom) =
        (edge("yMin").into_iter().fold(f64::MAX, f64::min) / MM, edge("yMax").into_iter().fold(0.0, f64::max) / MM);
    assert!((29.5..=36.0).contains(&left) && (210.0 - right) >= 14.5, "{left} {right}");
    assert!((18.0..=26.0).contains(&top) && (297.0 - bottom) >= 19.0, "{top} {bottom}");
}

/// A paper without a font is refused, not set in nothing.
#[test]
fn no_font_no_pdf() {
    assert!(Fonts::new([b"not a font".to_vec()]).is_err());
}
