//! The real plans beside the repository, where they are: compared with their answer keys.

use std::{path::Path, process::Command};

/// The bars of `score_plan.py`: core, rest, lowest core of one document.
const BARS: [(&str, f64); 3] = [("core ", 0.97), ("rest ", 0.90), ("worst_core ", 0.90)];

fn reach_the_bar(format: &str) {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if !shared.join("seeds").is_dir() {
        println!("SKIPPED: ../shared is absent, the real plans were not read");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut score = Command::new("python3");
    score.arg(shared.join("tools/score_plan.py"));
    for name in ["000", "003", "004"] {
        let read = Command::new(env!("CARGO_BIN_EXE_dinh"))
            .args(["plan", "read", "--format", "json"])
            .arg(shared.join(format!("seeds/{name}.{format}")))
            .output()
            .unwrap();
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
        let json = folder.path().join(format!("{name}.json"));
        std::fs::write(&json, read.stdout).unwrap();
        score.arg(shared.join(format!("gold/{name}.jsonl"))).arg(json);
    }
    let printed = String::from_utf8(score.output().unwrap().stdout).unwrap();
    for (name, bar) in BARS {
        let reached: f64 = printed.lines().find_map(|line| line.strip_prefix(name)).unwrap().parse().unwrap();
        assert!(reached >= bar, "{printed}");
    }
}

#[test]
fn real_text_plans_reach_the_bar() {
    reach_the_bar("txt");
}

#[test]
fn real_word_plans_reach_the_bar() {
    reach_the_bar("docx");
}

#[test]
fn real_pdf_plans_reach_the_bar() {
    reach_the_bar("pdf");
}
