//! Speed and memory of the reader on the repository's own examples, grown to size. `cargo xtask bench reader` runs it.

#![expect(clippy::print_stdout, reason = "a bench")]

use std::{path::Path, process::Command, time::Instant};

const TEXT: &str = include_str!("../../../examples/plans/dam-may.txt");
const PDF: &[u8] = include_bytes!("../../../examples/plans/chinh-quyen-so.pdf");
const DOCX: &[u8] = include_bytes!("../../../examples/plans/chinh-quyen-so.docx");
const MIB: f64 = 1024.0 * 1024.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let head = TEXT.find("II. NHIỆM VỤ").ok_or("head")?;
    let end = TEXT.find("III. TỔ CHỨC").ok_or("end")?;
    println!("| input | time | speed | memory at its height |\n|---|---|---|---|");
    let same: fn(usize) -> String = |_| ";\n".into();
    let other: fn(usize) -> String = |nth| format!(", UBND xã Mẫu {nth};\n");
    for (bodies, ends, pages) in
        [("the same", same, 1_000), ("other", other, 250), ("other", other, 1_000), ("other", other, 4_000)]
    {
        let text = format!("{}{}", &TEXT[..head], grown(&TEXT[head..end], pages, ends));
        let (seconds, tasks) = best(|| plan_reader::read(text.as_bytes()).map_or(0, |read| read.plan.tasks.len()));
        let size = megabytes(text.len());
        println!(
            "| text, {pages} pages with {bodies} bodies, {size:.1} MB, {tasks} tasks | {seconds:.3} s | {:.1} MB/s | {:.0} MB |",
            size / seconds,
            peak()
        );
    }
    let (seconds, tasks) = best(|| plan_reader::read(DOCX).map_or(0, |read| read.plan.tasks.len()));
    println!(
        "| .docx, 5 pages, {tasks} tasks | {:.1} ms | {:.0} pages/s | {:.0} MB |",
        seconds * 1e3,
        5.0 / seconds,
        peak()
    );
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds/004.pdf");
    let real = std::fs::read(&shared).ok();
    for (name, bytes, pages) in
        [("own example", PDF, 5.0), ("../shared 004", real.as_deref().unwrap_or_default(), 27.0)]
    {
        if bytes.is_empty() {
            println!("| .pdf, {name} | SKIPPED: ../shared is absent | | |");
            continue;
        }
        let (seconds, tasks) = best(|| plan_reader::read(bytes).map_or(0, |read| read.plan.tasks.len()));
        let (peer, _) = best(|| pdftotext(bytes));
        println!(
            "| .pdf, {name}, {pages} pages, {tasks} tasks | {:.1} ms | {:.0} pages/s (pdftotext -layout, text alone: {:.0}) | {:.0} MB |",
            seconds * 1e3,
            pages / seconds,
            pages / peer,
            peak()
        );
    }
    if let Ok(flat) = std::fs::read(shared.with_extension("txt")) {
        let (seconds, tasks) = best(|| plan_reader::read(&flat).map_or(0, |read| read.plan.tasks.len()));
        println!(
            "| .txt, ../shared 004 (columns lost), {tasks} tasks | {:.0} ms | {:.2} MB/s | {:.0} MB |",
            seconds * 1e3,
            megabytes(flat.len()) / seconds,
            peak()
        );
    }
    Ok(())
}

/// A part of a document over and over, each value of a label ended in its own way. A page holds about 2,500 bytes of
/// Vietnamese text.
fn grown(part: &str, pages: usize, ends: fn(usize) -> String) -> String {
    let (mut out, mut nth) = (String::new(), 0);
    while out.len() < pages * 2_500 {
        for (at, value) in part.split(";\n").enumerate() {
            if at > 0 {
                out.push_str(&ends(nth));
            }
            out.push_str(value);
            nth += 1;
        }
    }
    out
}

fn megabytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / MIB
}

/// The best of five: other programs run on this machine.
fn best(mut run: impl FnMut() -> usize) -> (f64, usize) {
    let mut times = Vec::new();
    let mut out = 0;
    for _ in 0..5 {
        let start = Instant::now();
        out = run();
        times.push(start.elapsed().as_secs_f64());
    }
    (times.into_iter().fold(f64::MAX, f64::min), out)
}

fn pdftotext(bytes: &[u8]) -> usize {
    let file = std::env::temp_dir().join("bench-reader.pdf");
    let written = std::fs::write(&file, bytes);
    let output = Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output();
    written.ok().and(output.ok()).map_or(0, |output| output.stdout.len())
}

/// Megabytes that this process held at most so far.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
