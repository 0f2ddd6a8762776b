//! How far somebody's word reaches: whom they may ask, and whom they may oblige to report.

use axum::http::StatusCode;
use testkit::Client;

pub async fn asks(who: &Client, units: &str) -> StatusCode {
    who.form("/questions", &[("text", "Vì sao?"), ("units", units)]).await.status
}

pub async fn obliges(who: &Client, reports: &str) -> StatusCode {
    let duty =
        [("name", "Báo cáo cho xã"), ("period", "month"), ("due_kind", "after"), ("due", "3"), ("reports", reports)];
    who.form("/duties/new", &duty).await.status
}
