//! Beside a value stands what plans make of it: provisional, confirmed, published.

use std::sync::Arc;

use kernel::{Problem, Role, Said, Stage, Stated, UnitId};
use serde_json::json;

use crate::{
    house_of,
    levels::{OWNER, system},
};

/// One target of the province, which is published, and one of a department.
#[derive(Debug)]
struct Plans;

#[async_trait::async_trait]
impl Stated for Plans {
    async fn stated(&self, indicator: &str, unit: Option<UnitId>, counted: (i64, i64)) -> Result<Vec<Said>, Problem> {
        if indicator != "level.approved" || counted != (0, 1) {
            return Ok(vec![]);
        }
        // Words of a period are the other domain's; here any that take some will do.
        let year = ("figures-of", vec![("name", "năm 2025".to_owned())]);
        let (plan, stage, period) = match unit {
            None => ("45/KH-UBND", Stage::Published, Some(year)),
            Some(_) => ("7/KH-STC", Stage::Provisional, None),
        };
        Ok(vec![Said { plan: plan.into(), href: "/targets/one".into(), stage, by: unit, period }])
    }
}

#[tokio::test]
async fn a_value_says_how_far_it_has_come_in_the_plans_that_measure_it() {
    let house = house_of().ports(|ports| ports.stated.push(Arc::new(Plans))).await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    system(&clerk, "Ngân sách", json!({"state": "operating"})).await;
    let unit = house.unit(OWNER);
    for page in ["/systems/figures", "/systems/figures/level.approved"] {
        let whole = province.get(page).await.body.replace("&#x2f;", "/");
        // The same number may have been said of another year.
        let said = "Chỉ tiêu của 45/KH-UBND</a>: đã công bố, số liệu Trong phạm vi năm 2025";
        assert!(whole.contains(said), "{page}: {whole}");
        assert!(whole.contains("href=\"/targets/one\""), "{page}: {whole}");
        let own = clerk.get(&format!("{page}?unit={unit}")).await.body.replace("&#x2f;", "/");
        assert!(own.contains("Chỉ tiêu của 7/KH-STC</a>: tạm tính") && own.contains(OWNER), "{page}: {own}");
        assert!(!own.contains(", số liệu"), "{page}: {own}");
        // What somebody sees of the province is no body's value.
        let some = clerk.get(page).await.body;
        assert!(!some.contains("Chỉ tiêu của"), "{page}: {some}");
    }
    // Another rate of the same indicator is none that a plan measures.
    let part = province.get("/systems/figures/level.approved?part=late").await.body;
    assert!(!part.contains("Chỉ tiêu của"), "{part}");
}
