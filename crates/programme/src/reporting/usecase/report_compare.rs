//! The signed file that came back is compared with what was approved: once, in a job; figures that differ are kept.

use crate::ids::ReportId;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use db::{BlobHash, Db, DbError, Entry, Job, JobHandler, Lane, Tx};
use kernel::{Ctx, Problem};
use nd30::{Block, Paper};
use serde::{Deserialize, Serialize};
use serde_json::json;
use webkit::{App, heavy};

use crate::{
    ReadingPort,
    ports::is_busy,
    reporting::{
        store,
        usecase::{report_content::content, report_paper::paper},
    },
};

pub(crate) const COMPARE: &str = "programme.compare_signed";
/// Longer texts are compared roughly.
const PATIENCE: Duration = Duration::from_secs(20);
/// More differences are another document.
const MOST: usize = 500;
/// Words of one stretch that are kept.
const LONGEST: usize = 60;
/// Percent of the paper's words that are in a file which is the same document.
const ANOTHER: usize = 40;
/// Files of earlier versions that are queued on one day.
const AT_ONCE: u64 = 200;

/// A stretch of the paper whose figures are others in the signed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Empty where only the file says it.
    pub approved: String,
    /// Only what the file contains; empty where it does not say it.
    pub signed: String,
}

/// What a comparison found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Hardly a word of the paper is in the file: it is another document.
    pub is_another: bool,
    pub differences: Vec<Difference>,
}

impl Found {
    /// As it was kept; earlier versions kept the list alone.
    pub(crate) fn read(kept: &str) -> Option<Self> {
        let list = serde_json::from_str(kept).map(|differences| Self { is_another: false, differences });
        list.or_else(|_| serde_json::from_str(kept)).ok()
    }
}

/// Queues the comparison inside the act that takes the file.
pub(crate) async fn compare_later(tx: &Tx, report: ReportId, hash: &str) -> Result<(), DbError> {
    store::compared::wait(tx, report, hash, tx.ctx().now().as_microsecond()).await?;
    tx.enqueue(COMPARE, &json!({ "report": report.to_string() })).await?;
    Ok(())
}

/// Files that came before comparing was work of its own are compared by and by.
pub(crate) async fn compare_missing(db: &Db, ctx: &Ctx) -> Result<(), Problem> {
    let missing = &store::compared::missing(&db.read(), AT_ONCE).await?;
    if missing.is_empty() {
        return Ok(());
    }
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        for row in missing {
            compare_later(&tx, ReportId::from_uuid(row.id), &row.blob_hash).await?;
        }
        Ok(())
    })
    .await
}

#[derive(Debug)]
pub(crate) struct CompareSigned {
    pub app: App,
}

fn report_of(job: &Job) -> Result<ReportId, Problem> {
    let id = job.payload["report"].as_str().and_then(|id| id.parse().ok());
    id.ok_or_else(|| Problem::internal("job without report"))
}

#[async_trait]
impl JobHandler for CompareSigned {
    fn kind(&self) -> &'static str {
        COMPARE
    }

    fn lane(&self) -> Lane {
        Lane::Long
    }

    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem> {
        let id = report_of(job)?;
        let conn = db.read();
        let row = store::report::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
        let known = store::compared::get(&conn, id).await?.filter(|known| known.state == "waiting");
        let Some(known) = known.filter(|known| row.blob_hash.as_ref() == Some(&known.of_hash)) else { return Ok(()) };
        let hash = BlobHash::parse(&known.of_hash).ok_or_else(|| Problem::internal("bad blob hash"))?;
        let told = |_: usize, _: usize| {};
        let reading = self.app.get::<ReadingPort>()?.read(db.blobs().get(&hash).await?, &told).await?;
        let content = content(&self.app, ctx, &row).await?;
        let approved = text_of(&paper(&self.app, ctx, &row, &content).await?);
        let found = heavy(move || differences(&approved, &reading.text)).await?;
        let (json, count) = (&serde_json::to_string(&found).map_err(Problem::internal)?, found.differences.len());
        let hash = &known.of_hash;
        db.write(ctx, |tx| async move {
            if store::compared::done(&tx, id, hash, json, ctx.now().as_microsecond()).await? {
                let detail = json!({ "sha256": hash, "differences": count });
                tx.ledger(Entry::new("report.compared", id).detail(detail));
            }
            Ok(())
        })
        .await
    }

    fn is_uncounted(&self, problem: &Problem) -> bool {
        is_busy(problem)
    }

    async fn failed(&self, db: &Db, ctx: &Ctx, job: &Job, problem: &Problem) -> Result<(), Problem> {
        let id = report_of(job)?;
        let Some(known) = store::compared::get(&db.read(), id).await? else { return Ok(()) };
        let detail = problem.args.first().map(|(_, value)| value.clone()).unwrap_or_default();
        let (hash, why) = (&known.of_hash, &format!("{}|{detail}", problem.code));
        db.write(ctx, |tx| async move {
            if store::compared::failed(&tx, id, hash, why, ctx.now().as_microsecond()).await? {
                let detail = json!({ "sha256": hash, "problem": problem.code });
                tx.ledger(Entry::new("report.not_compared", id).detail(detail));
            }
            Ok(())
        })
        .await
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
                    out.extend(cell.iter().map(|run| run.text.as_str()));
                    out.push('\n');
                }
            }
        }
    }
    out
}

/// A word as it is compared, and as it stands in the text.
type Word<'a> = (&'a str, &'a str);

fn words(text: &str) -> Vec<Word<'_>> {
    let mark = |c: char| matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '-');
    let words = text.split_whitespace().map(|word| (word.trim_matches(mark), word));
    words.filter(|(compared, _)| !compared.is_empty()).collect()
}

fn compared<'a>(words: &[Word<'a>]) -> Vec<&'a str> {
    words.iter().map(|(word, _)| *word).collect()
}

fn written(words: &[Word<'_>]) -> String {
    words.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

/// The line at the foot of every print that says where the ledger stood: `#123 · 0123456789abcdef · time`.
fn is_trace(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|word| !word.starts_with('#'));
    let number = words.next().is_some_and(|word| word.len() > 1 && word[1..].chars().all(|c| c.is_ascii_digit()));
    let hash = words.find(|word| *word != "·");
    number && hash.is_some_and(|word| word.len() == 16 && word.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Words of a text with those before them, which say where; nothing where the text has no such words.
fn stretch(words: &[Word<'_>], at: std::ops::Range<usize>) -> String {
    const AROUND: usize = 5;
    if at.is_empty() {
        return String::new();
    }
    let before = written(&words[at.start.saturating_sub(AROUND)..at.start]);
    let rest = if at.len() > LONGEST { " …" } else { "" };
    format!("{before} {}{rest}", written(&words[at.start..at.end.min(at.start + LONGEST)])).trim().to_owned()
}

/// Stretches that hold a figure and are not the same; the words around say where.
pub(crate) fn differences(approved: &str, signed: &str) -> Found {
    let signed = signed.lines().filter(|line| !is_trace(line)).collect::<Vec<_>>().join("\n");
    let (old, new) = (words(approved), words(&signed));
    let until = Some(Instant::now() + PATIENCE);
    let (one, other) = (compared(&old), compared(&new));
    let diff = similar::capture_diff_slices_deadline(similar::Algorithm::Patience, &one, &other, until);
    let has_figure = |words: &[Word<'_>]| words.iter().any(|(word, _)| word.chars().any(|c| c.is_ascii_digit()));
    let (mut out, mut same) = (Vec::new(), 0);
    for op in diff {
        let (tag, from, to) = op.as_tag_tuple();
        if tag == similar::DiffTag::Equal {
            same += from.len();
            continue;
        }
        let head_or_foot = from.start == 0 || from.start >= old.len();
        // What stands before and after the paper's words is the head and the foot, with their number and day.
        let changed = has_figure(&old[from.clone()]) || has_figure(&new[to.clone()]);
        if changed && !(head_or_foot && from.is_empty()) && out.len() < MOST {
            out.push(Difference { approved: stretch(&old, from), signed: stretch(&new, to) });
        }
    }
    Found { is_another: same * 100 < old.len() * ANOTHER, differences: out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_figure_is_shown_and_nothing_else() {
        let approved = "Tổng số nhiệm vụ được giao: 12. Trong đó hoàn thành 7.";
        let signed = "Số: 15/BC-SKHCN Mẫu, ngày 03 tháng 02 năm 2026\nTổng số nhiệm vụ được giao: 12. Trong đó\nhoàn thành 9. Nơi nhận: VT";
        let found = differences(approved, signed);
        let [one] = found.differences.as_slice() else { panic!("{found:?}") };
        assert!(one.approved.ends_with("hoàn thành 7.") && one.signed.contains("9."), "{found:?}");
        assert!(!found.is_another);
        let same = "Số: 15/BC\nTổng số nhiệm vụ được giao: 12. Trong đó hoàn thành 7. Lưu: VT";
        assert!(differences(approved, same).differences.is_empty());
    }

    /// The words shown beside a figure are the file's own, never the paper's.
    #[test]
    fn what_is_not_in_the_file_is_not_shown_as_if_it_were() {
        let approved = "Tỷ lệ hồ sơ trực tuyến 91,7 91,7 so với kế hoạch. Tổng số 12.";
        let signed = "Tỷ lệ hồ sơ trực tuyến so với kế hoạch. Tổng số 12.";
        let found = differences(approved, signed);
        let [one] = found.differences.as_slice() else { panic!("{found:?}") };
        assert!(one.approved.ends_with("91,7 91,7") && one.signed.is_empty(), "{found:?}");
        let found = differences("Đạt chỉ tiêu hoàn thành 7.", "Đạt kế hoạch hoàn thành 9.");
        assert!(found.differences.iter().all(|one| !one.signed.contains("chỉ tiêu")), "{found:?}");
        let found = differences(signed, approved);
        assert!(found.differences[0].approved.is_empty() && found.differences[0].signed.ends_with("91,7 91,7"));
    }

    #[test]
    fn the_foot_of_a_print_is_no_difference() {
        let approved = "Đã hoàn thành 7 nhiệm vụ.\nPhụ lục\nNhiệm vụ 1: 5";
        let signed = "Đã hoàn thành 7 nhiệm vụ.\nNhật ký: #129 · de9201d2966c1092 · 10:42 ngày 21/11/2026\nPhụ lục\nNhiệm vụ 1: 5";
        assert!(differences(approved, signed).differences.is_empty());
        assert!(!is_trace("Việc #12 hoàn thành 5") && !is_trace("Số 129 · de9201d2966c1092"));
    }

    #[test]
    fn another_document_is_called_so_and_a_long_stretch_is_cut() {
        let paper = "Tổng số nhiệm vụ được giao: 12. Trong đó hoàn thành 7.";
        let others = (0..500).map(|n| format!("khác{n}")).collect::<Vec<_>>().join(" ");
        let found = differences(paper, &others);
        assert!(found.is_another, "{found:?}");
        let cut = &found.differences[0].signed;
        assert!(cut.ends_with(" …") && cut.split(' ').count() <= LONGEST + 10, "{cut}");
        let list = r#"[{"approved": "a", "signed": "b"}]"#;
        assert_eq!(Found::read(list).unwrap().differences.len(), 1, "what earlier versions kept");
        assert_eq!(Found::read(&serde_json::to_string(&found).unwrap()), Some(found));
        assert_eq!(Found::read("{"), None);
    }
}
