//! A tracking sheet of many rows: its documents are looked up together.

use std::cell::Cell;

use db::Value;
use testkit::{Client, Part};

use crate::{house::House, round::words};

thread_local! {
    // A test and all that it asks for run on one thread.
    static READS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// Counts what is read of documents in which tasks were given, and of their tasks.
fn note(sql: &str, _: &[Value]) {
    let (documents, tasks) = READS.get();
    let is_of_documents = sql.contains(" FROM programme_plan WHERE ") && sql.contains("kind = 'assigned'");
    let is_of_tasks = sql.contains(" FROM programme_task WHERE plan_id ");
    READS.set((documents + usize::from(is_of_documents), tasks + usize::from(is_of_tasks)));
}

/// Tasks of as many documents, but that half of them are of one.
fn sheet(rows: usize) -> Vec<u8> {
    let head = "\u{feff}Số văn bản;Ngày ban hành;Cơ quan giao;Nội dung;Chủ trì;Thời hạn\r\n".to_owned();
    let row = |n: usize| {
        let number = if n.is_multiple_of(2) { 500 } else { 500 + n };
        format!("{number}/TB-SKHCN;02/03/2026;;Kiểm kê trạm thứ {n};Sở Khoa học và Công nghệ;30/12/2026\r\n")
    };
    (head + &(0..rows).map(row).collect::<String>()).into_bytes()
}

/// What the sheet shows, and how often documents and tasks were read for it.
async fn shown(officer: &Client, sheet: &[u8]) -> (String, (usize, usize)) {
    READS.set((0, 0));
    let answer = officer.upload("/tracking", &[Part::File("so.csv", sheet)]).await;
    (words(&answer.body), READS.get())
}

#[tokio::test]
async fn the_preview_reads_documents_once_however_many_rows_there_are() {
    db::hear(note);
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let (few, many) = (sheet(4), sheet(60));
    let (page, reads) = shown(&officer, &many).await;
    assert!(page.contains("60 việc mới, 0 việc đã có, 0 việc chưa nạp được"), "{page}");
    assert_eq!(reads, (1, 0));
    let confirm = [Part::Field("confirm", "1"), Part::File("so.csv", &few)];
    let taken = words(&officer.upload("/tracking", &confirm).await.body);
    assert!(taken.contains("Đã nạp 4 việc, 0 việc đã có"), "{taken}");
    // Each row is compared with its own document: of the same words in one of another day nothing is there.
    let (page, reads) = shown(&officer, &many).await;
    assert!(page.contains("56 việc mới, 4 việc đã có, 0 việc chưa nạp được"), "{page}");
    assert_eq!(reads, (1, 1));
    let elsewhere = String::from_utf8(few).unwrap().replace("02/03/2026", "03/03/2026");
    let (page, reads) = shown(&officer, elsewhere.as_bytes()).await;
    assert!(page.contains("4 việc mới, 0 việc đã có"), "{page}");
    assert_eq!(reads, (1, 0));
}
