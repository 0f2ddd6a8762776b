//! The frozen list, what national platforms are due, and the yearly word.

use db::Words;
use jiff::ToSpan as _;
use kernel::{Problem, Role};

use super::hands::{COMMITTEE, COMMUNE, FINANCE, HEALTH, HOME, Hands, OFFICE, SCIENCE};
use crate::{
    store::figures::baseline,
    usecase::{
        confirm::systems_confirm,
        figures::{
            baseline_approve::{baseline_approve, open_lists},
            baseline_change::{ChangeInput, baseline_change},
            baseline_make::{Plan, baseline_make},
            milestone::milestone_set,
        },
    },
};

/// Of all departments, by their coordinator.
pub async fn freeze(hands: &Hands<'_>) -> Result<(), Problem> {
    let plan = Plan { words: Words::some("Kế hoạch số 45/KH-UBND"), id: None, as_of: hands.today() };
    baseline_make(hands.app, &hands.coordinator()?, hands.unit(COMMITTEE)?, &plan).await.map(|_| ())
}

pub async fn approve(hands: &Hands<'_>) -> Result<(), Problem> {
    let (leader, committee) = (hands.leader()?, hands.unit(COMMITTEE)?);
    let (_, seen) = open_lists(hands.app, &leader, committee).await?;
    baseline_approve(hands.app, &leader, committee, &seen).await.map(|_| ())
}

/// After the approval a leader alone takes a system out, and says why.
pub async fn take_out(hands: &Hands<'_>) -> Result<(), Problem> {
    let (system, conn) = (hands.system("Khảo sát ý kiến người dân").await?, hands.app.db().read());
    let lists = baseline::all(&conn).await?;
    let list = lists.iter().find(|list| list.unit_id == system.owner_id).ok_or_else(Problem::not_found)?.id;
    let line = baseline::item(&conn, list, system.id).await?.ok_or_else(Problem::not_found)?;
    let input = ChangeInput {
        system: system.id.to_string(),
        counted: "no".into(),
        eligible: "yes".into(),
        reason: "Hết hợp đồng thuê vào cuối năm, chuyển sang khảo sát trên nền tảng dùng chung của tỉnh".into(),
        rev: line.rev,
        ..ChangeInput::default()
    };
    baseline_change(hands.app, &hands.leader()?, list, &input).await
}

/// One platform that is in use by its day, and one that is not there yet.
pub async fn milestones(hands: &Hands<'_>) -> Result<(), Problem> {
    let officer = hands.of(SCIENCE, Role::PROGRAMME)?;
    for (name, months) in [("Trục liên thông văn bản", 2), ("Họp trực tuyến quốc gia", 8)] {
        let (system, due_on) = (hands.system(name).await?.id, hands.today().saturating_add(months.months()));
        milestone_set(hands.app, &officer, (system, 0), due_on, "Phụ lục 2, Kế hoạch số 45/KH-UBND").await?;
    }
    Ok(())
}

/// Everybody says that the list is right, but for one department.
pub async fn confirm(hands: &Hands<'_>) -> Result<(), Problem> {
    for body in [OFFICE, SCIENCE, FINANCE, HOME, HEALTH] {
        systems_confirm(hands.app, &hands.leader()?, hands.unit(body)?).await?;
    }
    let chair = hands.of(COMMUNE, Role::LEADER)?;
    systems_confirm(hands.app, &chair, hands.unit(COMMUNE)?).await.map(|_| ())
}
