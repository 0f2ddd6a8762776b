//! Runs and paragraphs of a Word file, in the sizes of the decree.

use docx_rs::{AlignmentType, LineSpacing, LineSpacingType, Paragraph, Run as DocxRun, SpecialIndentType};
use nd30::{Level, Run};

/// Between the margins of an upright sheet, in twentieths of a point.
pub(crate) const UPRIGHT: u32 = 9070;
/// Fourteen points in half points, as Word counts.
pub(crate) const BODY: usize = 28;

pub(crate) fn run(part: &Run, size: usize) -> DocxRun {
    let run = DocxRun::new().add_text(&part.text).size(size);
    let run = if part.bold { run.bold() } else { run };
    if part.italic { run.italic() } else { run }
}

pub(crate) fn plain(text: &str, size: usize) -> DocxRun {
    DocxRun::new().add_text(text).size(size)
}

pub(crate) fn line(text: &str, size: usize, align: AlignmentType) -> Paragraph {
    Paragraph::new().align(align).add_run(plain(text, size))
}

pub(crate) fn bold_line(text: &str, size: usize) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(plain(text, size).bold())
}

/// Justified, first line 1.27 cm in, six points between paragraphs.
pub(crate) fn text(runs: &[Run], before: &str) -> Paragraph {
    let paragraph = Paragraph::new()
        .align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(720)), None, None)
        .line_spacing(LineSpacing::new().before(120).line_rule(LineSpacingType::Auto).line(264));
    let paragraph = if before.is_empty() { paragraph } else { paragraph.add_run(plain(before, BODY)) };
    runs.iter().fold(paragraph, |paragraph, part| paragraph.add_run(run(part, BODY)))
}

/// Parts and sections are bold; a point is set as the text is.
pub(crate) fn heading(level: Level, runs: &[Run]) -> Paragraph {
    let runs: Vec<Run> = runs.iter().map(|run| Run { bold: level != Level::Point, ..run.clone() }).collect();
    text(&runs, "").keep_next(true)
}
