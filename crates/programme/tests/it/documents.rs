//! Documents on their way from a file to live work: a file in common with the tests of the whole house.

use axum::http::StatusCode;
use kernel::UnitId;
use programme::{
    ids::{PartId, ReadRowId},
    plans::store::plan,
};
use testkit::{Client, Part, Running};

/// The plan of the committee that most tests read in.
pub const PLAN: &str = include_str!("../../../../examples/plans/dam-may.txt");
/// A report of the committee: it tells what was done, and orders nothing.
pub const REPORT: &str = "ỦY BAN NHÂN DÂN
TỈNH MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 88/BC-UBND
Tỉnh Mẫu, ngày 20 tháng 12 năm 2025

BÁO CÁO
Kết quả công tác thanh tra năm 2025

I. KẾT QUẢ
1. Thanh tra tỉnh đã tổ chức ba cuộc thanh tra.
2. Sở Tài chính đã ban hành bốn văn bản hướng dẫn.
3. Sở Nội vụ rà soát lại kho lưu trữ của các xã.
II. ĐÁNH GIÁ
Các cơ quan đã phối hợp tốt.
";
pub const DOCX: &[u8] = include_bytes!("../../../../examples/plans/chinh-quyen-so.docx");

/// Where the document is after it was read.
pub async fn read_in(house: &Running, officer: &Client, name: &str, bytes: &[u8]) -> String {
    let taken = officer.upload("/plans/new", &[Part::File(name, bytes)]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    house.drain().await;
    taken.location.split('?').next().unwrap().to_owned()
}

pub async fn rev_of(house: &Running, plan: &str) -> String {
    let id = plan.trim_start_matches("/plans/").parse().unwrap();
    plan::get(&house.app.db().read(), id).await.unwrap().unwrap().rev.to_string()
}

/// Who leads the issuer says that this plan is its own, and leaves the follower: `/plans/…`, or its id.
pub async fn confirm(house: &Running, leader: &Client, plan: &str) {
    let id = plan.trim_start_matches("/plans/");
    let row = plan::get(&house.app.db().read(), id.parse().unwrap()).await.unwrap().unwrap();
    let (rev, follower) = (row.rev.to_string(), row.follower().to_string());
    let said = [("rev", rev.as_str()), ("act", "confirm"), ("follower", follower.as_str())];
    let answer = leader.form(&format!("/plans/{id}/confirm"), &said).await;
    assert!(answer.status.is_redirection(), "{} {}", answer.status, answer.body);
}

pub async fn approved(officer: &Client, plan: &str) {
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let live = officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert_eq!(live.status, StatusCode::SEE_OTHER, "{}", live.body);
}

/// The id of the plan with this number.
pub async fn numbered(officer: &Client, number: &str) -> String {
    let plans = officer.get("/api/v1/plans").await.json();
    let plan = plans["items"].as_array().unwrap().iter().find(|plan| plan["number"] == number).unwrap();
    plan["id"].as_str().unwrap().to_owned()
}

/// A part of this unit that is open.
pub async fn part_of(house: &Running, unit: UnitId) -> PartId {
    let sql = "SELECT p.id FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id \
        WHERE p.unit_id = $1 AND l.state = 'live' AND p.done_on IS NULL AND p.stopped_on IS NULL ORDER BY p.id LIMIT 1";
    PartId::from_uuid(house.one(sql, db::vals![unit.uuid()]).await)
}

/// A task that was given in a notice of the committee, as a program sends it.
pub fn task(text: &str) -> serde_json::Value {
    serde_json::json!({"number": "41/TB-UBND", "issued_on": "2026-11-16", "giver": "UBND tỉnh", "text": text, "leads": "Sở Tài chính"})
}

/// The id of the row that was read at this position.
pub async fn row_at(house: &Running, position: i64) -> String {
    let sql = "SELECT id FROM programme_read_row WHERE position = $1";
    ReadRowId::from_uuid(house.one(sql, db::vals![position]).await).to_string()
}
