//! Addresses of the lists of difficulties, questions and letters.

use testkit::Client;

use crate::house::House;

/// Views of difficulties, questions and letters beside those of one body, each list with both orders.
const DIFFICULTIES: [&str; 14] = [
    "",
    "sort=due",
    "state=open",
    "state=open&sort=due",
    "state=answered",
    "state=withdrawn",
    "late=1",
    "late=1&sort=due",
    "waiting=1&sort=due",
    "q=dot+3",
    "q=khong+co+kho+khan+nay",
    "sort=unit",
    "sort=-unit",
    "state=open&sort=unit",
];
const QUESTIONS: [&str; 9] = [
    "",
    "sort=due",
    "unclosed=1",
    "late=1&sort=due",
    "waiting=1",
    "waiting=1&sort=due",
    "mine=1",
    "q=dot+3",
    "q=khong+co+cau+hoi+nay",
];
const LETTERS: [&str; 7] =
    ["", "state=draft", "state=released", "kind=urge", "kind=submission", "q=dot+3", "q=khong+co+thu+nay"];

/// Tasks that no body has.
const UNLED: [&str; 4] = ["", "plan=22%2FKH-UBND", "q=dot+3", "q=khong+co+viec+nay"];

/// Addresses of difficulties, questions and letters: every view, as a page, as a file and for programs, of a body with many and
/// of one with few, and the second page of both orders; the row beside each list.
pub async fn addresses(house: &House, client: &Client) -> Vec<String> {
    let units = ["Sở Khoa học và Công nghệ", "UBND xã Sông Mẫu"].map(|name| house.unit(name, None));
    let lists: [(&str, &[&str], &[&str]); 4] = [
        ("unled", &UNLED, &["follower"]),
        ("difficulties", &DIFFICULTIES, &["unit", "holder", "follower"]),
        ("questions", &QUESTIONS, &["asked_by"]),
        ("letters", &LETTERS, &["from"]),
    ];
    let mut paths = Vec::new();
    for (list, views, filters) in lists {
        let mut views: Vec<String> = views.iter().map(ToString::to_string).collect();
        views.extend(units.iter().flat_map(|unit| filters.iter().map(move |filter| format!("{filter}={unit}"))));
        let orders: &[&str] = match list {
            "letters" => &["", "sort=-newest", "sort=issued"],
            "unled" => &["", "sort=newest"],
            "difficulties" => &["", "sort=due", "sort=-due", "sort=unit"],
            _ => &["", "sort=due", "sort=-due"],
        };
        for order in orders {
            let page = client.get(&format!("/api/v1/{list}?{order}")).await.json();
            views.extend(page["next"].as_str().map(|next| format!("{order}&after={next}")));
            let first = page["items"][0]["id"].as_str();
            paths.extend(first.map(|id| format!("/{list}?{order}&open={id}")));
            paths.extend(first.filter(|_| list != "unled").map(|id| format!("/{list}/{id}")));
        }
        paths.push(format!("/{list}.csv?q=dot+3"));
        let at = |view: &String| [format!("/{list}?{view}"), format!("/api/v1/{list}?{view}")];
        paths.extend(views.iter().flat_map(at));
    }
    paths
}
