//! A tracking sheet of many rows: its documents are looked up together.

use testkit::{Client, Part};

use crate::{heard::during, house::House, round::words};

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
    let parts = [Part::File("so.csv", sheet)];
    let (answer, heard) = during(officer.upload("/tracking", &parts)).await;
    let is_of_documents =
        |sql: &&String| sql.contains(" FROM programme_plan WHERE ") && sql.contains("kind = 'assigned'");
    let documents = heard.iter().filter(is_of_documents).count();
    let tasks = heard.iter().filter(|sql| sql.contains(" FROM programme_task WHERE plan_id ")).count();
    (words(&answer.body), (documents, tasks))
}

#[tokio::test]
async fn the_preview_reads_documents_once_however_many_rows_there_are() {
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
