//! Work of a job that no page starts, and rows that are kept as long as was set.

use axum::http::StatusCode;
use testkit::{Client, Part};

use crate::{
    house::House,
    round::{Round, step, words},
};

/// A report of a commune, approved.
async fn approved(house: &House, round: &Round<'_>) -> (Client, String) {
    let (clerk, chair) = (house.signed_in("thu").await, house.signed_in("chutichxa").await);
    let id = round.report_of(house.unit("UBND xã Sông Mẫu", None)).await;
    for (who, act) in [(&clerk, "submit"), (&chair, "check"), (&chair, "approve")] {
        let answer = step(who, &id, act, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", answer.body);
    }
    (clerk, id)
}

#[tokio::test]
async fn a_signed_file_is_compared_once_in_a_job_and_no_page_starts_it() {
    let house = House::demo().await;
    let round = Round::open(&house, house.signed_in("vidu").await).await;
    let (clerk, id) = approved(&house, &round).await;
    let page = format!("/reports/{id}");
    let signed = clerk.get_bytes(&format!("{page}/docx")).await;
    let issue =
        [Part::Field("number", "15/BC-UBND"), Part::Field("issued_on", "2026-11-20"), Part::File("bc.docx", &signed)];
    assert_eq!(step(&clerk, &id, "issue", &issue).await.status, StatusCode::SEE_OTHER);
    for _ in 0..3 {
        let waiting = words(&clerk.get(&page).await.body);
        assert!(waiting.contains("Đang đối chiếu bản ký"), "{waiting}");
    }
    house.drain().await;
    let done = words(&clerk.get(&page).await.body);
    assert!(!done.contains("Đang đối chiếu bản ký") && !done.contains("Không đối chiếu được"), "{done}");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_compared WHERE state = 'done'").await, 1);
    // With the file gone the page still knows: it reads no file.
    std::fs::remove_dir_all(house.app.db().data_dir().join("blobs")).unwrap();
    assert_eq!(words(&clerk.get(&page).await.body).matches("as-approved").count(), 0);
    assert_eq!(clerk.get(&page).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_days_that_rows_are_kept_are_set_by_name() {
    let modules = dinh::wiring::modules();
    let set = |name: &str, days: u32| {
        let rules = modules.iter().flat_map(|module| module.retention);
        webkit::Retentions::new(rules, &[(name.to_owned(), days)].into())
    };
    let seven = set("jobs-done", 7).unwrap();
    assert_eq!(seven.0.iter().find(|rule| rule.name == "jobs-done").map(|rule| rule.days), Some(7));
    for (name, count) in [("jobs", 7), ("jobs-done", 0), ("ledger", 1)] {
        assert_eq!(set(name, count).unwrap_err().code, "retention-unknown");
    }
    // Every rule is one that both databases understand.
    let house = House::people().await;
    let rules = &house.app.get::<webkit::Retentions>().unwrap().0;
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 4000));
    db::purge(house.app.db(), &house.system(), rules).await.unwrap();
    for rule in rules {
        assert_eq!(db::kept(house.app.db(), &house.system(), rule).await.unwrap().1, 0, "{}", rule.name);
    }
}
