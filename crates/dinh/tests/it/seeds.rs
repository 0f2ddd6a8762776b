//! The real plans beside the repository, where they are: compared with their answer keys.

use std::{path::Path, process::Command};

#[test]
fn real_text_plans_reach_the_bar() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if !shared.join("seeds").is_dir() {
        println!("SKIPPED: ../shared is absent, the real plans were not read");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut score = Command::new("python3");
    score.arg(shared.join("tools/score_plan.py"));
    for name in ["000", "003"] {
        let read = Command::new(env!("CARGO_BIN_EXE_dinh"))
            .args(["plan", "read", "--format", "json"])
            .arg(shared.join(format!("seeds/{name}.txt")))
            .output()
            .unwrap();
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
        let json = folder.path().join(format!("{name}.json"));
        std::fs::write(&json, read.stdout).unwrap();
        score.arg(shared.join(format!("gold/{name}.jsonl"))).arg(json);
    }
    let printed = String::from_utf8(score.output().unwrap().stdout).unwrap();
    let worst = printed.lines().find_map(|line| line.strip_prefix("worst_core ")).unwrap();
    assert!(worst.parse::<f64>().unwrap() >= 0.90, "{printed}");
}
