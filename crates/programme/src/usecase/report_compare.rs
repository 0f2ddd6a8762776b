//! The signed file that came back is compared with what was approved: figures that differ are shown.

use kernel::Problem;
use nd30::{Block, Paper};
use serde::Serialize;
use webkit::App;

use crate::{ReadingPort, store::report::ReportRow};

/// A stretch of the paper whose figures are others in the signed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub approved: String,
    pub signed: String,
}

/// None when the file cannot be read as text, for then nothing can be said.
pub async fn compare(app: &App, report: &ReportRow, paper: &Paper) -> Result<Option<Vec<Difference>>, Problem> {
    let Some(hash) = report.blob_hash.as_deref().and_then(db::BlobHash::parse) else { return Ok(None) };
    let bytes = app.db().blobs().get(&hash).await?;
    let told = |_: usize, _: usize| {};
    match app.get::<ReadingPort>()?.read(bytes, &told).await {
        Ok(reading) => Ok(Some(differences(&text_of(paper), &reading.text))),
        Err(problem) => {
            tracing::warn!(%problem, "a signed file cannot be read as text");
            Ok(None)
        }
    }
}

/// The paper's own words, without head and foot, which the records clerk fills in.
pub(crate) fn text_of(paper: &Paper) -> String {
    let mut out = String::new();
    let appendices = paper.appendices.iter().flat_map(|appendix| &appendix.body);
    for block in paper.body.iter().chain(appendices) {
        match block {
            Block::Heading(_, runs) | Block::Paragraph(runs) | Block::Item(runs) => {
                out.extend(runs.iter().map(|run| run.text.as_str()));
                out.push('\n');
            }
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    out.push_str(&cell.text);
                    out.push('\n');
                }
            }
        }
    }
    out
}

fn words(text: &str) -> Vec<&str> {
    let trim = |word: &str| word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '-')).len();
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '-')))
        .filter(|word| trim(word) > 0)
        .collect()
}

/// Stretches that hold a figure and are not the same; the words around say where.
pub(crate) fn differences(approved: &str, signed: &str) -> Vec<Difference> {
    const AROUND: usize = 5;
    let (old, new) = (words(approved), words(signed));
    let diff = similar::capture_diff_slices(similar::Algorithm::Patience, &old, &new);
    let has_figure = |words: &[&str]| words.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
    let mut out = Vec::new();
    for op in diff {
        let (tag, from, to) = op.as_tag_tuple();
        let head_or_foot = from.start == 0 || from.start >= old.len();
        let changed =
            tag != similar::DiffTag::Equal && (has_figure(&old[from.clone()]) || has_figure(&new[to.clone()]));
        // What stands before and after the paper's words is the head and the foot, with their number and day.
        if changed && !(head_or_foot && from.is_empty()) {
            let before = old[from.start.saturating_sub(AROUND)..from.start].join(" ");
            let show = |words: &[&str]| format!("{before} {}", words.join(" ")).trim().to_owned();
            out.push(Difference { approved: show(&old[from]), signed: show(&new[to]) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_figure_is_shown_and_nothing_else() {
        let approved = "Tổng số nhiệm vụ được giao: 12. Trong đó hoàn thành 7.";
        let signed = "Số: 15/BC-SKHCN Mẫu, ngày 03 tháng 02 năm 2026\nTổng số nhiệm vụ được giao: 12. Trong đó\nhoàn thành 9. Nơi nhận: VT";
        let found = differences(approved, signed);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].approved.ends_with('7') && found[0].signed.contains('9'), "{found:?}");
        let same = "Số: 15/BC\nTổng số nhiệm vụ được giao: 12. Trong đó hoàn thành 7. Lưu: VT";
        assert!(differences(approved, same).is_empty());
    }
}
