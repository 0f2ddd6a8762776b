//! What is signed, what is not signed any more, and what shows when the witness was tampered with.

use std::fs;

use db::{Db, Fault, Standing, Verify, vals};
use sha2::{Digest, Sha256};

use crate::setup::House;

async fn signed(entries: u128) -> House {
    let house = House::new().await;
    for n in 0..entries {
        house.add(n).await.unwrap();
        house.db().checkpoint().await.unwrap();
    }
    assert_eq!(house.faults().await, []);
    house
}

/// As the database was when it had so many entries; the folder stays as it is.
async fn rolled_back(house: &House, entries: i64) {
    house.sql(&format!("DELETE FROM db_ledger WHERE seq > {entries}")).await;
    house.sql("DELETE FROM db_checkpoint").await;
    let rows = format!("DELETE FROM thing_row WHERE id NOT IN (SELECT id FROM thing_row ORDER BY id LIMIT {entries})");
    house.sql(&rows).await;
    house.sql(&format!("UPDATE db_ledger_head SET seq = {entries}, hash = (SELECT hash FROM db_ledger WHERE seq = {entries}), at = (SELECT at FROM db_ledger WHERE seq = {entries})")).await;
}

#[tokio::test]
async fn a_database_of_yesterday_under_todays_checkpoints_is_not_signed() {
    let house = signed(6).await;
    rolled_back(&house, 3).await;
    let db = house.reopened().await;
    db.checkpoint().await.unwrap();
    assert_eq!(db.standing(), Some(Standing::NotDescended { seq: 6 }), "seen at the start");
    assert_eq!(db::verify(&db).await.unwrap().fault, Some(Fault::Truncated { seq: 6 }));
    let before = fs::read(house.checkpoints()).unwrap();
    for n in 10..16 {
        house.add(n).await.unwrap();
        house.db().checkpoint().await.unwrap();
        db.checkpoint().await.unwrap();
    }
    assert_eq!(fs::read(house.checkpoints()).unwrap(), before, "nothing was signed");
    assert_eq!(house.db().standing(), Some(Standing::NotDescended { seq: 6 }), "another process knows it too");
    assert!(house.faults().await.contains(&Fault::BadCheckpoint { seq: 6 }));
    // Somebody answers for it: what was signed is laid aside, and signing goes on.
    assert_eq!(db::accept_head(&db, &house.ctx, " ").await.unwrap_err().code, "reason-needed");
    db::accept_head(&db, &house.ctx, "khôi phục bản sao sau sự cố").await.unwrap();
    assert_eq!(db.standing(), None);
    house.db().checkpoint().await.unwrap();
    assert_eq!(house.db().standing(), None, "the running server signs on too");
    assert_eq!(db::verify(&db).await.unwrap().faults, []);
    let aside = house.test.location.data_dir.join("ledger-checkpoints.before-6.jsonl");
    assert_eq!(fs::read(aside).unwrap(), before);
    let again = db::accept_head(&db, &house.ctx, "khôi phục bản sao sau sự cố").await.unwrap_err();
    assert_eq!(again.code, "head-not-refused");
}

#[tokio::test]
async fn a_checkpoint_file_that_is_gone_or_cut_is_found_and_not_made_anew() {
    let house = signed(4).await;
    let whole = fs::read_to_string(house.checkpoints()).unwrap();
    let cut = whole.lines().take(2).fold(String::new(), |text, line| text + line + "\n");
    for left in [None, Some(cut)] {
        match &left {
            None => fs::remove_file(house.checkpoints()).unwrap(),
            Some(text) => fs::write(house.checkpoints(), text).unwrap(),
        }
        assert_eq!(house.faults().await, [Fault::CheckpointsCut { seq: 4 }]);
        let db = house.reopened().await;
        house.add(9).await.unwrap();
        db.checkpoint().await.unwrap();
        house.db().checkpoint().await.unwrap();
        assert_eq!(db.standing(), Some(Standing::CheckpointsCut { seq: 4 }), "known from the database");
        assert_eq!(house.db().standing(), Some(Standing::CheckpointsCut { seq: 4 }), "remembered");
        assert_eq!(fs::read_to_string(house.checkpoints()).ok(), left);
        fs::write(house.checkpoints(), &whole).unwrap();
    }
    house.db().checkpoint().await.unwrap();
    assert_eq!((house.db().standing(), house.faults().await), (None, vec![]), "put back, it goes on");
}

#[tokio::test]
async fn a_spoilt_line_is_named_and_a_forged_one_too() {
    let house = signed(3).await;
    let whole = fs::read_to_string(house.checkpoints()).unwrap();
    fs::write(house.checkpoints(), whole.replacen("stream", "streem", 1)).unwrap();
    assert_eq!(house.faults().await, [Fault::CheckpointUnreadable { line: 1 }]);
    let lines: Vec<&str> = whole.lines().collect();
    let last: serde_json::Value = serde_json::from_str(lines[2]).unwrap();
    let forged = lines[2].replace(last["signature"].as_str().unwrap(), &"ab".repeat(64));
    fs::write(house.checkpoints(), format!("{}\n{}\n{forged}\n", lines[0], lines[1])).unwrap();
    assert_eq!(house.faults().await, [Fault::BadCheckpoint { seq: 3 }]);
    // Another key did not sign this.
    fs::write(house.checkpoints(), &whole).unwrap();
    fs::remove_file(house.test.location.data_dir.join("ledger.key")).unwrap();
    let db = house.reopened().await;
    house.add(9).await.unwrap();
    db.checkpoint().await.unwrap();
    assert_eq!(db.standing(), Some(Standing::OtherKey { seq: 3 }));
}

/// Whatever was signed last: it is not known, so nothing is signed on top of what can still be read.
#[tokio::test]
async fn under_a_last_line_that_cannot_be_read_nothing_is_signed() {
    let house = signed(3).await;
    let whole = fs::read_to_string(house.checkpoints()).unwrap();
    let at = whole.rfind("stream").unwrap();
    let spoilt = format!("{}streem{}", &whole[..at], &whole[at + 6..]);
    fs::write(house.checkpoints(), &spoilt).unwrap();
    house.sql("DELETE FROM db_checkpoint").await;
    let db = house.reopened().await;
    house.add(9).await.unwrap();
    db.checkpoint().await.unwrap();
    assert_eq!(db.standing(), Some(Standing::CheckpointsCut { seq: 2 }));
    assert_eq!(fs::read_to_string(house.checkpoints()).unwrap(), spoilt);
    fs::write(house.checkpoints(), &whole).unwrap();
    db.checkpoint().await.unwrap();
    assert_eq!((db.standing(), house.faults().await), (None, vec![]), "put back, it goes on");
}

/// The file and table of the first format: lines without a time, and no checkpoints in the database.
#[tokio::test]
async fn what_an_older_version_signed_still_holds() {
    let house = signed(5).await;
    let whole = fs::read_to_string(house.checkpoints()).unwrap();
    let old = whole.lines().map(|line| {
        let mut point: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(point.as_object_mut().unwrap().remove("at").is_some());
        format!("{point}\n")
    });
    fs::write(house.checkpoints(), old.collect::<String>()).unwrap();
    house.sql("DELETE FROM db_checkpoint").await;
    assert_eq!(house.faults().await, []);
    let db = house.reopened().await;
    house.add(9).await.unwrap();
    db.checkpoint().await.unwrap();
    assert_eq!(db.thin_checkpoints().await.unwrap(), 4, "one in a thousand is kept, and what has a time");
    let report = db::verify(&db).await.unwrap();
    assert_eq!((report.faults, report.checkpoints), (vec![], 2));
    house.add(10).await.unwrap();
    db.checkpoint().await.unwrap();
    assert_eq!((db.standing(), house.faults().await), (None, vec![]));
}

#[tokio::test]
async fn a_letter_proves_that_the_folder_was_not_put_back() {
    let house = signed(4).await;
    let letter = db::signed_head(house.db()).await.unwrap().unwrap();
    let against = |text: &str| Verify { against: vec![text.parse().unwrap()], ..Verify::default() };
    house.add(7).await.unwrap();
    let whole = db::verify_with(house.db(), &against(&letter.named())).await.unwrap();
    assert_eq!(whole.faults, []);
    // Everything of yesterday: rows, checkpoints, file. Only the letter knows better.
    rolled_back(&house, 2).await;
    let two = fs::read_to_string(house.checkpoints()).unwrap();
    fs::write(house.checkpoints(), two.lines().take(2).fold(String::new(), |text, line| text + line + "\n")).unwrap();
    let db = house.reopened().await;
    assert_eq!(db::verify(&db).await.unwrap().faults, []);
    let lied = db::verify_with(&db, &against(&letter.named())).await.unwrap();
    assert_eq!(lied.fault, Some(Fault::AgainstDiffers { seq: 4 }));
    // Worked on until the number is reached again.
    for n in 20..24 {
        house.add(n).await.unwrap();
    }
    let lied = db::verify_with(&db, &against(&letter.named())).await.unwrap();
    assert_eq!(lied.fault, Some(Fault::AgainstDiffers { seq: 4 }));
    for wrong in ["", "4", "4:abc", "x:0123456789abcdef", "0:0123456789abcdef0"] {
        assert!(wrong.parse::<db::Named>().is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn rows_outside_the_chain_and_an_edited_head_are_found() {
    let house = signed(3).await;
    house.sql("UPDATE db_ledger_head SET at = at + 1").await;
    assert_eq!(house.faults().await, [Fault::HeadDiffers { seq: 3 }]);
    house.sql("UPDATE db_ledger_head SET at = at - 1").await;
    let copy = "INSERT INTO db_ledger (stream, seq, at, actor, action, subject, body, hash) SELECT";
    let rest = "at, actor, action, subject, body, hash FROM db_ledger WHERE seq = 2 AND stream = 'main'";
    house.sql(&format!("{copy} 'main', 0, {rest}")).await;
    house.sql(&format!("{copy} 'other', 2, {rest}")).await;
    let stray = |stream: &str, seq| Fault::Stray { stream: stream.into(), seq };
    assert_eq!(house.faults().await, [stray("main", 0), stray("other", 2)]);
    let page = db::ledger_page(&house.db().read(), None, None, 50).await.unwrap();
    assert_eq!(page.len(), 3, "what is outside the chain is on no page");
}

#[tokio::test]
async fn every_column_of_an_entry_is_compared() {
    for (set, what) in [
        ("at = at + 1", "column"),
        ("actor = 'x'", "column"),
        ("action = 'x'", "column"),
        ("subject = 'x'", "column"),
        ("body = replace(body, 'thing.add', 'thing.odd')", "edited"),
        ("hash = 'x'", "edited"),
    ] {
        let house = signed(3).await;
        house.sql(&format!("UPDATE db_ledger SET {set} WHERE seq = 2")).await;
        let expected = if what == "column" { Fault::ColumnDiffers { seq: 2 } } else { Fault::Edited { seq: 2 } };
        assert_eq!(house.faults().await, [expected], "{set}");
    }
}

/// An entry whose chain is right, written by somebody who knows how.
pub async fn forge_last(db: &Db, edit: impl Fn(&mut serde_json::Value)) {
    let rows = db::ledger_page(&db.read(), None, None, 2).await.unwrap();
    let mut body: serde_json::Value = serde_json::from_str(&rows[0].body).unwrap();
    edit(&mut body);
    // Members of a body are plain words in the order of their names: this is canonical.
    let text = body.to_string();
    let digest = Sha256::digest(format!("{}{text}", rows[1].hash));
    let hash = digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let at = body["at"].as_i64().unwrap();
    let sql = "UPDATE db_ledger SET body = $1, hash = $2, at = $3 WHERE seq = $4";
    db.unguarded().exec(sql, vals![text, hash.as_str(), at, rows[0].seq]).await.unwrap();
    db.unguarded().exec("UPDATE db_ledger_head SET hash = $1, at = $2", vals![hash, at]).await.unwrap();
}
