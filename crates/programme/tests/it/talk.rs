//! Words about work: difficulties, letters and questions. A file in common with the tests of the whole house.

use axum::http::StatusCode;
use db::Row as _;
use kernel::UnitId;
use programme::work::{model::difficulty::Difficulty, usecase::letter::draft_for_late};
use testkit::{Client, Running};

use crate::{documents::part_of, round::id_of};

/// A difficulty of a part of this unit, raised by who follows it.
pub async fn raised(house: &Running, follower: &Client, unit: UnitId, text: &str) -> String {
    let path = format!("/parts/{}/difficulties", part_of(house, unit).await);
    let answer = follower.form(&path, &[("text", text), ("proposal", "Bổ sung dự toán"), ("on_behalf", "true")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    id_of(&answer.location)
}

/// The letter about a difficulty.
pub async fn drafted(house: &Running, difficulty: &str) -> String {
    let row = Difficulty::get(&house.app.db().read(), difficulty.parse().unwrap()).await.unwrap().unwrap();
    let bodies = house.app.bodies();
    draft_for_late(house.app.db(), bodies, &house.system(), &row).await.unwrap().unwrap().to_string()
}

pub async fn asked(client: &Client, text: &str, units: &str) -> String {
    let answer = client.form("/questions", &[("text", text), ("units", units)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    id_of(&answer.location)
}

/// Difficulties of three units, the second of them passed on by the director, a letter about each; questions to one body, to
/// many and within the department.
pub async fn about_work(house: &Running, follower: &Client, leader: &Client, director: &Client, units: [UnitId; 3]) {
    for (unit, is_passed_on) in units.into_iter().zip([false, true, false]) {
        let id = raised(house, follower, unit, "Thiếu kinh phí").await;
        drafted(house, &id).await;
        if is_passed_on {
            let form = [("rev", "1"), ("act", "forward"), ("words", "Vượt thẩm quyền")];
            assert_eq!(director.form(&format!("/difficulties/{id}"), &form).await.status, StatusCode::SEE_OTHER);
        }
    }
    asked(leader, "Có bao nhiêu điểm cầu?", "UBND các xã, phường, đặc khu").await;
    asked(leader, "Đến đâu rồi?", "Sở Tài chính").await;
    asked(director, "Còn việc nào?", "Sở Khoa học và Công nghệ").await;
}
