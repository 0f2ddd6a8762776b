//! The pages of telecommunications in every state.

use axum::http::{Method, StatusCode};
use serde_json::{Value as Json, json};

use crate::{
    house::House,
    places::{Place, open_by},
    places_roads::{id_in, sent},
};

/// Two operators, one line of all, more than there is, nothing at all; two years.
fn lines() -> [(&'static str, Json); 7] {
    let line = |commune: &str, year: i64, company: &str, households: i64, broadband: i64| {
        json!({"commune": commune, "year": year, "company": company, "households": households, "broadband": broadband,
            "population": 4 * households, "covered_4g": 3 * households, "dead_spots": 2})
    };
    let (song, doi, nui) = ("UBND xã Sông Mẫu", "UBND xã Đồi Mẫu", "UBND xã Núi Mẫu");
    [
        ("coverage", line(song, 2025, "Viễn thông Một", 1000, 300)),
        ("coverage", line(song, 2025, "Viễn thông Hai", 1000, 450)),
        ("coverage", line(doi, 2025, "Viễn thông Một", 500, 400)),
        ("coverage", line(doi, 2025, "Viễn thông Hai", 500, 300)),
        ("coverage", line(nui, 2025, "", 0, 0)),
        ("coverage", line(song, 2024, "", 1000, 600)),
        (
            "passive",
            json!({"commune": song, "year": 2025, "company": "Viễn thông Một", "poles": 1200, "pole_length": "45,5",
                "duct_length": "12,75"}),
        ),
    ]
}

pub async fn of_telecom(house: &House) -> Vec<Place> {
    let officer = house.signed_in("vidu").await;
    let (mut coverage, mut passive) = (String::new(), String::new());
    for (list, said) in lines() {
        let id = id_in(&sent(&officer, &format!("/api/v1/telecom/{list}"), &said).await);
        let kept = if list == "passive" { &mut passive } else { &mut coverage };
        *kept = id;
    }
    let day = "2024-03-15";
    let connected = json!({"unit": "Sở Tài chính", "is_connected": "yes", "connected_on": day, "bandwidth": 100});
    let network = id_in(&sent(&officer, "/api/v1/telecom/network", &connected).await);
    // Changed once, so that it has a history.
    let path = format!("/api/v1/telecom/coverage/{coverage}");
    let edited = officer.header("if-match", "\"1\"").json(Method::PATCH, &path, &json!({"dead_spots": 1})).await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    let pages = [
        ("telecom", "/telecom".to_owned()),
        ("telecom-of-a-year", "/telecom?year=2024".into()),
        ("telecom-of-no-year", "/telecom?year=2019".into()),
        ("telecom-coverage", "/telecom/coverage".into()),
        ("telecom-coverage-filtered", "/telecom/coverage?year=2025&q=song".into()),
        ("telecom-coverage-line", format!("/telecom/coverage/{coverage}")),
        ("telecom-coverage-import", "/telecom/coverage/import".into()),
        ("telecom-passive", "/telecom/passive".into()),
        ("telecom-passive-line", format!("/telecom/passive/{passive}")),
        ("telecom-passive-import", "/telecom/passive/import".into()),
        ("telecom-network", "/telecom/network?connected=yes".into()),
        ("telecom-network-line", format!("/telecom/network/{network}")),
        ("telecom-network-import", "/telecom/network/import".into()),
    ];
    let commune = open_by("thu", [("telecom-read-by-a-commune", "/telecom")]);
    open_by("vidu", pages).chain(commune).collect()
}
