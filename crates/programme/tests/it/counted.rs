//! What another domain counts by itself stands on the page of a target, beside what bodies reported.

use std::sync::Arc;

use db::vals;
use jiff::civil::Date;
use kernel::{Counted, Ctx, Figures, Problem, Role, SourceClass, UnitId};
use programme::ids::TargetId;

use crate::{
    house::{House, building},
    round::words,
};

/// Two of three by one measure, nothing to count by another, and no word on the rest.
#[derive(Debug)]
struct Registers;

#[async_trait::async_trait]
impl Figures for Registers {
    async fn value(&self, _: &Ctx, indicator: &str, unit: UnitId, as_of: Date) -> Result<Option<Counted>, Problem> {
        let (numerator, denominator) = match indicator {
            "X1" => (2, 3),
            "X2" => (0, 0),
            _ => return Ok(None),
        };
        let href = format!("/counted/{indicator}?unit={unit}");
        Ok(Some(Counted {
            numerator,
            denominator,
            on: as_of,
            source: SourceClass::Register,
            href,
            opened_by: ("task.read", "Task"),
        }))
    }
}

#[tokio::test]
async fn a_figure_that_nobody_reported_stands_on_the_page_of_its_target() {
    let house = House::demo_of(building().ports(|ports| ports.figures.push(Arc::new(Registers)))).await;
    let (officer, reader) = (house.as_("vidu").await, house.person("xemtinh", "Tỉnh Mẫu", Role::PROGRAMME).await);
    let target = "SELECT id FROM programme_target WHERE plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND') ORDER BY id LIMIT 1";
    let id = house.one(target, vec![]).await;
    let page = async |indicator: &str| {
        house.exec("UPDATE programme_target SET indicator = $1 WHERE id = $2", vals![indicator, id]).await;
        words(&reader.get(&format!("/targets/{}", TargetId::from_uuid(id))).await.body)
    };
    let committee = house.app.bodies().acts_for(house.unit("UBND tỉnh"));
    let counted = page("X1").await;
    assert!(counted.contains("Tính từ danh mục: 66,7 % (2 / 3)</a>"), "{counted}");
    assert!(counted.contains(&format!("href=\"/counted/X1?unit={committee}\"")), "{counted}");
    // Who reads the target, and not what was counted for it, is told the figure alone.
    let told = words(&officer.get(&format!("/targets/{}", TargetId::from_uuid(id))).await.body);
    assert!(told.contains("66,7 % (2 / 3)") && !told.contains("/counted/"), "{told}");
    let nothing = page("X2").await;
    assert!(nothing.contains("Tính từ danh mục: không áp dụng (chưa có gì để tính)</a>"), "{nothing}");
    assert!(!page("X3").await.contains("Tính từ danh mục"));
}
