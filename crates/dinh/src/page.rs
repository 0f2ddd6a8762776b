//! Pages of a PDF as a tool measures them, before anything is drawn; and whether a drawn page is blank.

use std::{fs::File, io::Read, path::Path};

use programme::Error;

/// A scan of this resolution is read well; more only costs time.
pub const DOTS_PER_INCH: f64 = 200.0;
const POINTS_PER_INCH: f64 = 72.0;
/// The longest side of a drawn page in dots: A2 at the full resolution, larger ones coarser.
const MAX_DOTS: f64 = 4_700.0;
/// The longest side that the format allows, in points (5 m).
const MAX_POINTS: f64 = 14_400.0;
/// Fewer dark dots than one letter has are dust.
const DUST: usize = 60;
const DARK: u8 = 160;

/// Width and height of a page in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSize {
    width: f64,
    height: f64,
}

impl PageSize {
    fn long(self) -> f64 {
        self.width.max(self.height)
    }

    pub fn dots(self) -> f64 {
        (MAX_DOTS / self.long() * POINTS_PER_INCH).min(DOTS_PER_INCH)
    }

    /// The longest side in dots.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and MAX_DOTS")]
    pub fn scale(self) -> u32 {
        (self.long() / POINTS_PER_INCH * self.dots()).round().clamp(1.0, MAX_DOTS) as u32
    }
}

/// Reads what `pdfinfo -f 1 -l N` says. More pages than `most` are refused, and so is a page that no press prints.
pub fn boxes(told: &str, most: usize) -> Result<Vec<PageSize>, Error> {
    let refused = |code, detail| Err(Error::FileRefused { code, detail });
    let pages = told.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse::<usize>().ok());
    if let Some(pages) = pages.filter(|pages| *pages > most) {
        return refused("plan-too-many-pages", pages.to_string());
    }
    let boxes: Vec<PageSize> = told.lines().filter_map(of_line).collect();
    let too_large = |page: &PageSize| !(page.long() > 0.0 && page.long() <= MAX_POINTS);
    if let Some((at, page)) = boxes.iter().enumerate().find(|(_, page)| too_large(page)) {
        return refused("plan-page-too-large", format!("{}: {} × {}", at + 1, page.width, page.height));
    }
    if boxes.is_empty() || Some(boxes.len()) != pages {
        return refused("plan-damaged", "PDF".into());
    }
    Ok(boxes)
}

/// `Page    1 size:  595.44 x 842.04 pts (A4)`
fn of_line(line: &str) -> Option<PageSize> {
    let (_, size) = line.strip_prefix("Page ")?.split_once("size:")?;
    let mut words = size.split_whitespace();
    let width = words.next()?.parse().ok()?;
    let height = words.nth(1)?.parse().ok()?;
    Some(PageSize { width, height })
}

/// True for a grey picture (PGM) on which nothing is written. What cannot be told is not blank.
pub fn is_blank(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let most = 64 * 1024 * 1024;
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.is_ok() && dots(&bytes).is_some_and(|dots| dots.iter().filter(|dot| **dot < DARK).count() < DUST)
}

/// The dots behind the head `P5 WIDTH HEIGHT 255`.
fn dots(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    let mut word = || {
        let start = at + bytes.get(at..)?.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let end = start + bytes.get(start..)?.iter().position(u8::is_ascii_whitespace)?;
        at = end;
        std::str::from_utf8(bytes.get(start..end)?).ok()
    };
    let head = (word()?, word()?, word()?, word()?);
    (head.0 == "P5" && head.3 == "255").then(|| bytes.get(at + 1..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(told: &str) -> &'static str {
        match boxes(told, 3).unwrap_err() {
            Error::FileRefused { code, .. } => code,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn pages_are_counted_and_measured_before_they_are_drawn() {
        let page =
            boxes("Pages:           1\nPage    1 size:  595.44 x 842.04 pts (A4)\nPage    1 rot:   0\n", 3).unwrap();
        assert_eq!((page[0].scale(), page[0].dots()), (2339, 200.0));
        assert_eq!(code("Pages: 4\n"), "plan-too-many-pages");
        assert_eq!(code("Pages: 1\nPage    1 size:  1e+06 x 1e+06 pts\n"), "plan-page-too-large");
        assert_eq!(code("Pages: 1\nPage    1 size:  0 x 0 pts\n"), "plan-page-too-large");
        assert_eq!(code("Pages: 2\nPage    1 size:  10 x 10 pts\n"), "plan-damaged");
        let wall = boxes("Pages: 1\nPage    1 size:  14000 x 100 pts\n", 3).unwrap();
        assert_eq!(wall[0].scale(), 4700);
    }

    #[test]
    fn any_output_of_a_tool_is_refused_or_read() {
        bolero::check!().with_iterations(2000).for_each(|noise: &[u8]| {
            let text = String::from_utf8_lossy(noise);
            let _ = boxes(&text, 3);
            let _ = boxes(&format!("Pages: 1\nPage    1 size: {text}"), 3);
            let _ = dots(&[b"P5 1 1 255".as_slice(), noise].concat());
        });
    }

    #[test]
    fn a_page_with_dust_is_blank_and_one_with_a_stamp_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.pgm");
        let mut picture = [b"P5\n100 100\n255\n".as_slice(), &[255; 10_000]].concat();
        picture[50] = 0;
        std::fs::write(&path, &picture).unwrap();
        assert!(is_blank(&path));
        picture[1000..1100].fill(0);
        std::fs::write(&path, &picture).unwrap();
        assert!(!is_blank(&path));
        std::fs::write(&path, b"\x89PNG").unwrap();
        assert!(!is_blank(&path));
    }
}
