//! Decrees and their appendices order nothing of anybody in particular; read where their folder stands beside the project.

use std::{fs, path::Path};

#[test]
fn legal_texts_give_no_task() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/rules");
    let mut folders = vec![rules];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                let plan = plan_reader::read(&fs::read(&path).unwrap()).unwrap().plan;
                let tasks: Vec<&str> = plan.tasks.iter().map(|task| task.text.as_str()).collect();
                assert_eq!(tasks, Vec::<&str>::new(), "{}", path.display());
                read += 1;
            }
        }
    }
    if read == 0 {
        println!("SKIPPED: ../shared/rules is absent");
    }
}

#[test]
fn a_blank_form_is_no_task() {
    let form = "MẪU PHIẾU GIAO VIỆC\n- ……………………… 3 …………………………………………… (4) …………\n+ Đơn vị chủ trì: …………………\n+ Thời gian: …………………\n";
    assert_eq!(plan_reader::read(form.as_bytes()).unwrap().plan.tasks.len(), 0);
}
