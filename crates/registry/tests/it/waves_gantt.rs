//! The waves and their systems in time: bars on their days, and rows that are dragged to where the forms lead, too.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::json;

use crate::{
    house,
    moves::{act, open, plan},
    waves::{TERMS, planned},
};

/// What the picture of the page draws for the system of this name.
fn line<'a>(page: &'a str, name: &str) -> &'a str {
    let picture = page.split("<svg class=\"gantt\"").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap();
    picture.split("<g><rect class=\"hit\"").find(|line| line.contains(&format!("<title>{name}</title>"))).unwrap()
}

#[tokio::test]
async fn a_system_stands_on_the_days_of_its_wave_until_its_project_has_a_window() {
    let house = house().await;
    let (officer, steering, ids) = planned(&house, &["Trục", "Một cửa"], &[]).await;
    let seen = house.count("SELECT rev FROM registry_wave_plan").await.to_string();
    let closed = [("rev", seen.as_str()), ("blackouts", "30/01/2027 - 20/02/2027")];
    let kept = steering.form("/systems/waves/terms", &[closed.as_slice(), &TERMS].concat()).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let own = json!({"closed_days": "10/01/2027 - 12/01/2027"});
    let path = format!("/api/v1/systems/{}/assessment", ids[1]);
    assert_eq!(officer.header("if-match", "\"1\"").json(Method::PATCH, &path, &own).await.status, StatusCode::OK);
    let of_wave = async || officer.get("/migrations/waves?wave=1").await.body.replace("&#x2f;", "/");
    // January and February are drawn, 59 days; the wave lies from the 4th to the 2nd.
    let page = of_wave().await;
    let whole = "<rect class=\"gantt-bar none whole\" x=\"371\" y=\"36\" width=\"315\"";
    assert!(line(&page, "Trục").contains(whole) || line(&page, "Một cửa").contains(whole), "{page}");
    assert_eq!(page.matches("gantt-bar none whole").count(), 2, "{page}");
    assert!(line(&page, "Trục").contains("Chưa lập dự án: 04/01/2027 – 02/02/2027"), "{page}");
    assert!(page.contains("Nền sẫm là ngày không được chuyển: 30/01/2027 – 20/02/2027."), "{page}");
    // What is closed for one alone is shaded in its line only.
    let shades = |name: &str| line(&page, name).matches("class=\"closed\"").count();
    assert_eq!((shades("Một cửa"), shades("Trục")), (1, 0), "{page}");
    let mut said = plan();
    for (key, value) in [("window_begins", "2027-01-11"), ("window_ends", "2027-01-13")] {
        said[key] = json!(value);
    }
    let id = open(&officer, &ids[0], &said).await;
    let page = of_wave().await;
    let drawn = line(&page, "Trục");
    assert!(drawn.contains("Dự kiến: 11/01/2027 – 13/01/2027"), "{drawn}");
    assert!(drawn.contains("class=\"gantt-bar none\" x=\"445\"") && drawn.contains("width=\"31\""), "{drawn}");
    for href in [format!("/systems/{}", ids[0]), format!("/migrations/{id}")] {
        assert!(drawn.contains(&format!("<a href=\"{href}\">")), "{href}: {drawn}");
    }
    assert!(page.contains(">11/01/2027 – 13/01/2027</td>"), "the table says it, too: {page}");
    assert_eq!(act(&officer, &id, "start", "").await.0, StatusCode::OK);
    let page = of_wave().await;
    let drawn = line(&page, "Trục");
    assert!(drawn.contains("Đang thực hiện: ") && drawn.contains("class=\"gantt-bar run\""), "{drawn}");
    // A window that lies far off is drawn at the edge, and said.
    said["window_begins"] = json!("2031-01-11");
    said["window_ends"] = json!("2031-01-13");
    open(&officer, &ids[1], &said).await;
    let page = of_wave().await;
    let drawn = line(&page, "Một cửa");
    assert!(drawn.contains("11/01/2031 – 13/01/2031") && drawn.contains("x=\"956\""), "{drawn}");
    // Whoever sees none of the systems sees no picture.
    let doctor = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let page = doctor.get("/migrations/waves?wave=1").await.body;
    assert!(!page.contains("class=\"gantt\"") && !page.contains(&ids[0]), "{page}");
}

#[tokio::test]
async fn a_large_wave_is_drawn_page_by_page_and_says_how_many_there_are() {
    let house = house().await;
    let names: Vec<String> = (0..103).map(|n| format!("Phần mềm {n:03}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (officer, ..) = planned(&house, &names, &[("most_systems", "200"), ("most_effort", "9000")]).await;
    let first = officer.get("/migrations/waves?wave=1").await.body;
    assert_eq!(first.matches("class=\"gantt-bar ").count(), 100);
    assert!(first.contains("100 trên 103 hệ thống của đợt"), "{first}");
    assert!(first.contains("after=100#wave"), "{first}");
    let second = officer.get("/migrations/waves?wave=1&after=100").await.body;
    assert_eq!(second.matches("class=\"gantt-bar ").count(), 3);
    let odd = officer.get("/migrations/waves?wave=1&after=x").await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY, "no cursor");
}

#[tokio::test]
async fn waves_are_lanes_that_take_a_row_from_who_may_place_it() {
    let house = house().await;
    let (officer, steering, ids) = planned(&house, &["Trục", "Một cửa"], &[("most_systems", "1")]).await;
    let page = steering.get("/systems/waves").await.body.replace("&#x2f;", "/");
    let picture = page.split("<svg class=\"gantt\"").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap();
    // Two waves, and the next one, which is empty.
    assert_eq!(picture.matches("<g data-wave=").count(), 3, "{picture}");
    assert!(picture.contains("href=\"#wave-2\"") && !picture.contains("wave=3"), "{picture}");
    assert!(picture.contains("<title>Đợt 3: từ 05/03/2027 đến 03/04/2027</title>"), "{picture}");
    assert!(picture.contains("gantt-bar none whole"), "{picture}");
    for id in &ids {
        // By its row it is known which box the wave goes into.
        assert!(page.contains(&format!("data-moves=\"to-{id}\" data-from=")), "{page}");
        assert!(page.contains(&format!("id=\"to-{id}\" name=\"to\"")), "{page}");
    }
    assert!(page.contains("<div data-wave=\"2\">") && !page.contains("drag-handle"), "{page}");
    let one = steering.get("/systems/waves?wave=2").await.body;
    assert!(one.contains("<g data-wave=\"1\">") && one.contains("href=\"/systems/waves?wave=1\""), "{one}");
    // Where a row is dropped nothing is kept: it is the page of consequences.
    let rows = house.count("SELECT COUNT(*) FROM registry_wave_item WHERE by_hand").await;
    let asked = steering.get(&format!("/systems/waves/move?system={}&to=3", ids[0])).await;
    assert!(asked.status == StatusCode::OK && asked.body.contains("class=\"says\""), "{}", asked.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_wave_item WHERE by_hand").await, rows);
    // Who does not place systems drags none.
    let page = officer.get("/systems/waves").await.body;
    assert!(page.contains("class=\"gantt\""), "{page}");
    for sign in ["data-wave", "data-moves", "data-drag"] {
        assert!(!page.contains(sign), "{sign}: {page}");
    }
    let refused = officer.get(&format!("/systems/waves/move?system={}&to=3", ids[0])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
