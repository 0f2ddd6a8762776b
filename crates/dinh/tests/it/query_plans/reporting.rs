//! Addresses of the registers of reports and of duties.

use testkit::Client;

use crate::house::House;

/// Views of the register of reports beside those of one body: every filter, every order, and some together.
const REPORTS: [&str; 25] = [
    "",
    "sort=due",
    "sort=period",
    "state=draft",
    "state=accepted",
    "state=returned",
    "state=checking",
    "to_do=1",
    "late=1",
    "period=2026-M10",
    "period=2026-M11",
    "consolidated=1",
    "state=accepted&sort=due",
    "state=returned&late=1",
    "consolidated=1&sort=period",
    "q=thang+10",
    "q=khong+co+ky+nay",
    "q=2026&state=returned",
    "late=1&period=2024-M10&sort=due",
    "sort=issued",
    "sort=-due",
    "sort=-period",
    "sort=unit",
    "sort=-unit",
    "late=1&sort=unit",
];

/// Views of the register of duties.
const DUTIES: [&str; 12] = [
    "",
    "sort=duty-name",
    "state=proposed",
    "state=active",
    "state=ended&sort=duty-name",
    "period=once",
    "period=month",
    "period=year",
    "q=dot+3",
    "q=bao+cao+1234",
    "q=khong+co+che+do+nay",
    "q=dot+3&state=proposed",
];

/// Addresses of a register: these views and those of some bodies, as a page and for programs, the second page of each order,
/// the row beside it, and files.
async fn views_of(client: &Client, page: &str, views: &[&str], of_units: Vec<String>, sorts: &[&str]) -> Vec<String> {
    let mut views: Vec<String> = views.iter().map(ToString::to_string).chain(of_units).collect();
    let mut paths = vec![format!("{page}.csv?q=2026"), format!("{page}.csv?{}", views[3])];
    for sort in sorts {
        let list = client.get(&format!("/api/v1{page}?sort={sort}")).await.json();
        views.extend(list["next"].as_str().map(|next| format!("sort={sort}&after={next}")));
        let first = list["items"][0]["id"].as_str().map(|id| format!("{page}?sort={sort}&open={id}"));
        paths.extend(first);
    }
    let both = |view: &String| [page.to_owned(), format!("/api/v1{page}")].map(|address| format!("{address}?{view}"));
    paths.extend(views.iter().flat_map(both));
    paths
}

pub async fn addresses(house: &House, client: &Client) -> Vec<String> {
    let units = [house.unit("Sở Khoa học và Công nghệ", None), house.unit("UBND xã Sông Mẫu", None)];
    let reports = units.iter().flat_map(|unit| {
        [
            format!("unit={unit}"),
            format!("receiver={unit}"),
            format!("receiver={unit}&late=1"),
            format!("unit={unit}&state=accepted&sort=due"),
            format!("unit={unit}&q=2026"),
        ]
    });
    let duties = units.iter().flat_map(|unit| {
        [
            format!("reports={unit}"),
            format!("owner={unit}"),
            format!("owner={unit}&state=ended"),
            format!("reports={unit}&q=dot+3&sort=duty-name"),
        ]
    });
    let mut paths = views_of(
        client,
        "/reports",
        &REPORTS,
        reports.collect(),
        &["to_do", "due", "period", "issued", "-due", "unit"],
    )
    .await;
    paths.extend(views_of(client, "/duties", &DUTIES, duties.collect(), &["duty-state", "duty-name"]).await);
    paths
}
