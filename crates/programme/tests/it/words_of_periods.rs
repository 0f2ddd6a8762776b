//! Reports are found by their period as people say it, also those that were there before their words were kept.

use db::vals;
use testkit::{TestDb, steps_before};
use uuid::Uuid;

use crate::{house::House, round::Round};

/// A period as it is written, and as somebody looks for it.
const SAID: [(&str, &str); 7] = [
    ("2026-M03", "tháng 3 năm 2026"),
    ("2026-M11", "Tháng 11"),
    ("2026-Q4", "quý IV năm 2026"),
    ("2026-H1", "6 tháng đầu năm"),
    ("2026-H2", "6 tháng cuối năm 2026"),
    ("2026", "năm 2026"),
    ("2026-L3", "đợt 3"),
];

#[tokio::test]
async fn reports_of_earlier_versions_are_found_by_the_words_of_their_period() {
    let test = TestDb::open().await;
    let all = [webkit::MIGRATIONS, programme::module().migrations];
    db::migrate(&test.db, &steps_before(&all, "programme", "0065_report_words")).await.unwrap();
    for ((label, _), n) in SAID.iter().zip(1..) {
        let sql = "INSERT INTO programme_report (id, unit_id, owner_id, label, consolidated, from_on, to_on, due_on, state, \
            intro, plans_ahead, is_nothing, version, number, opened_at, rev) \
            VALUES ($1, $1, $1, $2, $3, '', '', '', 'issued', '', '', $3, 1, '12/BC-ĐM', 1, 1)";
        let values = vals![Uuid::from_u128(n), *label, false];
        test.db.unguarded().exec(sql, values).await.unwrap();
    }
    db::migrate(&test.db, &all).await.unwrap();
    for (label, said) in SAID {
        for word in db::words(&format!("{said} 12/BC-ĐM {label}")) {
            let sql = "SELECT COUNT(*) FROM programme_report WHERE label = $1 AND fold LIKE $2";
            let found = test.db.read().count(sql, vals![label, format!("%{word}%")]).await.unwrap();
            assert_eq!(found, 1, "{label} is not found by {word}");
        }
    }
}

#[tokio::test]
async fn a_report_is_found_by_its_period_as_people_say_it() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let found = async |words: &str| {
        let answer = round.officer.get(&format!("/api/v1/reports?q={words}")).await.json();
        answer["items"].as_array().unwrap().iter().filter(|one| one["period"] == "2026-M11").count()
    };
    let all = found("").await;
    assert!(all > 0);
    for words in ["2026-M11", "th%C3%A1ng+11", "thang+11+nam+2026"] {
        assert_eq!(found(words).await, all, "{words}");
    }
    assert_eq!(found("thang+12").await, 0);
}
