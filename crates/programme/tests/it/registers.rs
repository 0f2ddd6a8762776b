//! Registers of reports and duties, as their readers cut them down.

use axum::http::StatusCode;

use crate::{
    house::{COMMUNE, House, OTHER_COMMUNE, SCIENCE},
    round::Round,
};

#[tokio::test]
async fn what_is_no_view_of_a_register_is_refused_and_not_left_out() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    for view in ["after=2", "state=late", "period=2026-M13", "unit=2", "late=yes", "sort=no"] {
        assert_eq!(officer.get(&format!("/reports?{view}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{view}");
    }
    for view in ["state=issued", "period=2026-M11", "owner=2"] {
        assert_eq!(officer.get(&format!("/duties?{view}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{view}");
    }
}

#[tokio::test]
async fn reports_are_cut_down_as_their_reader_asks_and_late_ones_are_said_in_red() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (song, doi) = (house.unit(COMMUNE), house.unit(OTHER_COMMUNE));
    let whole = round.officer.form(&format!("/periods/{}", round.period), &[("act", "consolidate")]).await;
    assert!(whole.status.is_redirection(), "{}", whole.body);
    house.exec("UPDATE programme_report SET due_on = '2026-12-31'", vec![]).await;
    let late = "UPDATE programme_report SET due_on = '2025-12-01' WHERE unit_id = $1";
    house.exec(late, db::vals![doi.uuid()]).await;
    let sent = "UPDATE programme_report SET state = 'issued', number = '15/BC-HĐND', fold = fold || ' 15/bc-hdnd', due_on = '2025-11-01' WHERE unit_id = $1";
    house.exec(sent, db::vals![song.uuid()]).await;
    let receiver = house.unit(SCIENCE);
    for (view, count) in [
        (String::new(), 4),
        ("state=draft".into(), 3),
        ("state=issued".into(), 1),
        ("to_do=1".into(), 3),
        ("late=1".into(), 1),
        ("period=2026-M11".into(), 4),
        ("period=2026-Q4".into(), 0),
        (format!("unit={song}"), 1),
        (format!("receiver={receiver}"), 3),
        ("consolidated=1".into(), 1),
        ("q=th%C3%A1ng+11+n%C4%83m+2026".into(), 4),
        ("q=quy+iv".into(), 0),
        ("q=15/bc-hdnd".into(), 1),
    ] {
        for sort in ["to_do", "due", "period"] {
            let list = round.officer.get(&format!("/api/v1/reports?{view}&sort={sort}")).await.json();
            assert_eq!(list["items"].as_array().unwrap().len(), count, "{view} {sort}");
        }
    }
    // What is sent comes last, whatever its day.
    let list = round.officer.get("/api/v1/reports").await.json();
    let units: Vec<&str> = list["items"].as_array().unwrap().iter().filter_map(|one| one["unit"].as_str()).collect();
    assert_eq!((units[2], units[3]), (doi.to_string().as_str(), song.to_string().as_str()));
    let page = round.officer.get("/reports").await.body;
    assert_eq!(page.matches("st late\">Quá hạn báo cáo").count(), 1, "{page}");
    assert!(page.contains("tháng 11 năm 2026") && page.contains("Báo cáo tổng hợp"), "{page}");
    let file = round.officer.get("/reports.csv").await.body;
    assert!(file.contains("Quá hạn báo cáo") && file.contains("15/BC-HĐND") && file.contains("01/12/2025"), "{file}");
    // A duty is found by its words, and by whom it obliges.
    for (view, count) in [("q=duoc+giao".into(), 1), (format!("reports={doi}"), 1), (format!("owner={song}"), 0)] {
        let list = round.officer.get(&format!("/api/v1/duties?state=active&{view}")).await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), count, "{view}");
    }
    let file = round.officer.get("/duties.csv?state=active").await.body;
    assert!(file.contains("3 ngày làm việc sau ngày chốt"), "{file}");
}
