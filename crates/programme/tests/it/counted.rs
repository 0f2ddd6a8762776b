//! What another domain counts by itself stands on the page of a target, beside what bodies reported.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use db::vals;
use jiff::civil::Date;
use kernel::{Counted, Ctx, Figures, Problem, Role, SourceClass, UnitId};
use programme::ids::TargetId;

use crate::{
    house::{House, building},
    round::words,
};

/// How often one measure was asked for, by the one test that has it.
static ASKED: AtomicUsize = AtomicUsize::new(0);

/// Two of three by one measure, nothing to count by another, and no word on the rest.
#[derive(Debug)]
struct Registers;

#[async_trait::async_trait]
impl Figures for Registers {
    async fn value(&self, _: &Ctx, indicator: &str, unit: UnitId, as_of: Date) -> Result<Option<Counted>, Problem> {
        let (numerator, denominator) = match indicator {
            "X1" => (2, 3),
            "X2" => (0, 0),
            "X4" => (1 + i64::try_from(ASKED.fetch_add(1, Ordering::SeqCst)).unwrap(), 4),
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

#[tokio::test]
async fn the_page_of_a_plan_has_what_is_counted_beside_what_was_reported_and_asks_once() {
    let house = House::demo_of(building().ports(|ports| ports.figures.push(Arc::new(Registers)))).await;
    let (officer, reader) = (house.as_("vidu").await, house.person("xemtinh", "Tỉnh Mẫu", Role::PROGRAMME).await);
    let committee = house.person("ubtinh", "UBND tỉnh", Role::PROGRAMME).await;
    let plan = "SELECT id FROM programme_plan WHERE number = '45/KH-UBND'";
    let id = house.one(plan, vec![]).await;
    let (page, of_plan) = (format!("/plans/{}", kernel::PlanId::from_uuid(id)), format!("plan_id = ({plan})"));
    house.exec("UPDATE programme_target SET indicator = 'X4' WHERE plan_id = $1", vals![id]).await;
    let targets = house.count(&format!("SELECT COUNT(*) FROM programme_target WHERE {of_plan}")).await;
    assert!((2..=300).contains(&targets), "{targets}");
    let target =
        format!("SELECT id FROM programme_target WHERE {of_plan} AND counted AND unit = '%' ORDER BY id LIMIT 1");
    let target = house.one(&target, vec![]).await;
    house.exec("DELETE FROM programme_target_body WHERE target_id = $1", vals![target]).await;
    let target = TargetId::from_uuid(target);
    let value = [
        ("unit", "UBND tỉnh"),
        ("period", "2026-M11"),
        ("numerator", "7"),
        ("denominator", "10"),
        ("status", "official"),
        ("evidence", "BC 12"),
    ];
    let given = committee.form(&format!("/targets/{target}/values"), &value).await;
    assert!(given.status.is_redirection(), "{}", words(&given.body));
    let shown = words(&reader.get(&page).await.body);
    assert_eq!(shown.matches("25 % (1 / 4)").count(), usize::try_from(targets).unwrap(), "{shown}");
    assert!(shown.contains("href=\"/counted/X4?unit="), "{shown}");
    let row = shown.split(&format!("href=\"/targets/{target}\"")).nth(1).unwrap_or_else(|| panic!("{shown}"));
    let row = row.split("</tr>").next().unwrap();
    assert!(row.contains("70 %") && row.contains("25 % (1 / 4)"), "{row}");
    assert_eq!(ASKED.load(Ordering::SeqCst), 1, "one indicator is asked for once, whatever the number of its targets");
    // Who reads the plan, and not what was counted for it, is told the figure alone.
    let told = words(&officer.get(&page).await.body);
    assert!(told.contains("50 % (2 / 4)") && !told.contains("/counted/"), "{told}");
}
