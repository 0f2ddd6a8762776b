//! What another domain counts by itself stands on the page of a target, beside what bodies reported.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use db::vals;
use jiff::civil::Date;
use kernel::{Counted, Ctx, Figures, Problem, Role, SourceClass, Stage, Stated as _, UnitId};
use programme::{OwnTargets, ids::TargetId};

use crate::{
    heard::during,
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

#[tokio::test]
async fn what_is_counted_is_provisional_until_the_body_whose_word_it_is_says_it() {
    let house = House::demo_of(building().ports(|ports| ports.figures.push(Arc::new(Registers)))).await;
    let committee = house.person("ubtinh", "UBND tỉnh", Role::PROGRAMME).await;
    let target = "SELECT t.id FROM programme_target t JOIN programme_plan p ON p.id = t.plan_id \
        WHERE p.number = '45/KH-UBND' AND t.counted AND t.unit = '%' ORDER BY t.id LIMIT 1";
    let id = house.one(target, vec![]).await;
    house.exec("DELETE FROM programme_target_body WHERE target_id = $1", vals![id]).await;
    house.exec("UPDATE programme_target SET indicator = 'X1' WHERE id = $1", vals![id]).await;
    let page = format!("/targets/{}", TargetId::from_uuid(id));
    let shown = async || words(&committee.get(&page).await.body);
    let said = async |numerator: &'static str, status: &'static str| {
        let value = [
            ("unit", "UBND tỉnh"),
            ("period", "2026-M11"),
            ("numerator", numerator),
            ("denominator", "3"),
            ("status", status),
            ("evidence", "CV 15"),
        ];
        let given = committee.form(&format!("{page}/values"), &value).await;
        assert!(given.status.is_redirection(), "{}", words(&given.body));
        shown().await
    };
    // The page of the plan says the same, and so do the pages of who counts.
    let plan = house.one("SELECT id FROM programme_plan WHERE number = '45/KH-UBND'", vec![]).await;
    let plan = format!("/plans/{}", kernel::PlanId::from_uuid(plan));
    let row = async || {
        let whole = words(&committee.get(&plan).await.body);
        let row = whole.split(&format!("href=\"{page}\"")).nth(1).unwrap_or_else(|| panic!("{whole}"));
        row.split("</tr>").next().unwrap().to_owned()
    };
    let targets = OwnTargets::new(house.app.db().clone(), Arc::clone(house.app.bodies()));
    let told = async |unit: Option<UnitId>, counted: (i64, i64)| {
        let all = targets.stated("X1", unit, counted).await.unwrap().into_iter();
        all.filter(|one| one.href == page).map(|one| (one.stage, one.by)).collect::<Vec<_>>()
    };
    let province = Some(house.app.bodies().acts_for(house.unit("UBND tỉnh")));
    assert_eq!(told(None, (2, 3)).await, [(Stage::Provisional, None)]);
    assert!(told(Some(house.unit("Sở Tài chính")), (2, 3)).await.is_empty(), "it is measured for the province");
    assert!(row().await.contains("Tạm tính:"), "{}", row().await);
    let begun = shown().await;
    assert!(begun.contains("Tạm tính:") && begun.contains("Đã điền sẵn số đếm hôm nay"), "{begun}");
    // Another number confirms nothing, nor does one that is only an estimate.
    for (numerator, status) in [("1", "official"), ("2", "estimate")] {
        let page = said(numerator, status).await;
        assert!(page.contains("Tạm tính:") && !page.contains("Đã xác nhận:"), "{numerator} {status}: {page}");
    }
    let confirmed = said("2", "preliminary").await;
    assert!(confirmed.contains("Đã xác nhận:") && !confirmed.contains("Tạm tính:"), "{confirmed}");
    let published = said("2", "official").await;
    assert!(published.contains("Đã công bố:") && published.contains("CV 15"), "{published}");
    assert!(row().await.contains("Đã công bố:"), "{}", row().await);
    assert_eq!(told(province, (2, 3)).await, [(Stage::Published, Some(house.unit("UBND tỉnh")))]);
    assert_eq!(told(None, (1, 3)).await, [(Stage::Provisional, None)], "of another number nobody said anything");
    // It is the word of whoever owns the target, where one is named.
    let owner = "INSERT INTO programme_target_body (target_id, unit_id, role) VALUES ($1, $2, 'owns')";
    house.exec(owner, vals![id, house.unit("Sở Tài chính").uuid()]).await;
    assert!(shown().await.contains("Tạm tính:"));
}

#[tokio::test]
async fn of_several_targets_of_one_measure_each_has_its_own_word_and_period() {
    let house = House::demo_of(building().ports(|ports| ports.figures.push(Arc::new(Registers)))).await;
    let committee = house.person("ubtinh", "UBND tỉnh", Role::PROGRAMME).await;
    let of = "SELECT t.id FROM programme_target t JOIN programme_plan p ON p.id = t.plan_id \
        WHERE t.counted AND p.number = ";
    let said = house.one(&format!("{of} '45/KH-UBND' AND t.unit = '%' ORDER BY t.id LIMIT 1"), vec![]).await;
    let unsaid = house.one(&format!("{of} '45/KH-UBND' AND t.id <> $1 ORDER BY t.id LIMIT 1"), vals![said]).await;
    let elsewhere = house.one(&format!("{of} '22/KH-UBND' ORDER BY t.id LIMIT 1"), vec![]).await;
    for id in [said, unsaid, elsewhere] {
        house.exec("DELETE FROM programme_target_body WHERE target_id = $1", vals![id]).await;
        house.exec("UPDATE programme_target SET indicator = 'X9' WHERE id = $1", vals![id]).await;
    }
    let (department, commune) = (house.unit("Sở Tài chính"), house.unit("UBND xã Sông Mẫu"));
    let owner = "INSERT INTO programme_target_body (target_id, unit_id, role) VALUES ($1, $2, 'owns')";
    house.exec(owner, vals![unsaid, department.uuid()]).await;
    let issuer = "UPDATE programme_plan SET issuer_id = $1 WHERE number = '22/KH-UBND'";
    house.exec(issuer, vals![commune.uuid()]).await;
    let href = |id: uuid::Uuid| format!("/targets/{}", TargetId::from_uuid(id));
    let value = [
        ("unit", "UBND tỉnh"),
        ("period", "2026-M11"),
        ("numerator", "2"),
        ("denominator", "3"),
        ("status", "official"),
        ("evidence", "CV 15"),
    ];
    let given = committee.form(&format!("{}/values", href(said)), &value).await;
    assert!(given.status.is_redirection(), "{}", words(&given.body));
    let targets = OwnTargets::new(house.app.db().clone(), Arc::clone(house.app.bodies()));
    let told = async |unit: Option<UnitId>| {
        let mut all = targets.stated("X9", unit, (2, 3)).await.unwrap();
        all.sort_by_key(|one| one.href != href(said));
        all.into_iter().map(|one| (one.href, one.stage, one.by, one.period)).collect::<Vec<_>>()
    };
    let month = [("number", "11"), ("roman", ""), ("year", "2026")].map(|(name, text)| (name, text.to_owned()));
    let first = (href(said), Stage::Published, Some(house.unit("UBND tỉnh")), Some(("period-month", month.to_vec())));
    assert_eq!(told(None).await, [first, (href(unsaid), Stage::Provisional, None, None)]);
    let (_, of_two) = during(told(None)).await;
    house.exec("UPDATE programme_target SET indicator = 'X8' WHERE indicator = 'X9'", vec![]).await;
    house.exec("UPDATE programme_target SET indicator = 'X9' WHERE id = $1", vals![said]).await;
    let (_, of_one) = during(told(None)).await;
    assert_eq!((of_one.len(), of_two.len()), (4, 4), "{of_two:#?}");
    house.exec("UPDATE programme_target SET indicator = 'X9' WHERE indicator = 'X8'", vec![]).await;
    assert_eq!(told(Some(commune)).await, [(href(elsewhere), Stage::Provisional, None, None)]);
    assert!(told(Some(department)).await.is_empty());
}
