//! Plans of bodies that were merged away: what is counted for the successor is what they measure, and it has their rights.

use std::{pin::Pin, sync::Arc};

use db::vals;
use jiff::civil::Date;
use kernel::{
    Bodies, Body, Ctx, Found, Learned, Ports, Problem, Reach, Resolution, Role, Scope, Search, Stage, Stated as _,
    UnitId,
};
use programme::{OwnTargets, ids::TargetId};
use testkit::Units;
use uuid::Uuid;

use crate::{
    house::{COMMUNE, House, building},
    reach::{asks, obliges},
    status::{NO, OPEN, WRONG},
};

/// The units of the house, but that one department was merged into another.
#[derive(Debug)]
struct Merged(Units);

fn gone() -> UnitId {
    Units::named("Sở Xây dựng")
}

fn heir() -> UnitId {
    Units::named("Sở Tài chính")
}

impl Bodies for Merged {
    fn resolve(&self, text: &str, issuer: Option<UnitId>) -> Resolution {
        self.0.resolve(text, issuer)
    }

    fn body(&self, unit: UnitId) -> Option<Body> {
        self.0.body(unit)
    }

    fn meant(&self, text: &str, day: Date) -> Result<UnitId, Problem> {
        self.0.meant(text, day)
    }

    fn search(&self, search: &Search<'_>, is_open: &dyn Fn(UnitId) -> bool) -> Found {
        self.0.search(search, is_open)
    }

    fn names(&self, day: Date) -> Vec<String> {
        self.0.names(day)
    }

    fn written(&self, unit: UnitId, day: Date) -> String {
        self.0.written(unit, day)
    }

    fn today(&self, unit: UnitId) -> UnitId {
        if unit == gone() { heir() } else { unit }
    }

    fn answer_for(&self, units: &[UnitId]) -> Vec<UnitId> {
        let merged = vec![(gone(), heir())];
        Scope { merged, ..Scope::default() }.today(units)
    }

    fn above(&self, unit: UnitId) -> Option<UnitId> {
        self.0.above(unit)
    }

    fn province(&self) -> String {
        self.0.province()
    }

    fn find(&self, words: &str, limit: usize) -> Vec<Body> {
        self.0.find(words, limit)
    }

    fn acts_for(&self, unit: UnitId) -> UnitId {
        self.0.acts_for(unit)
    }

    fn learn<'a>(
        &'a self,
        ctx: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<Reach, Problem>> + Send + 'a>> {
        self.0.learn(ctx, learned)
    }

    fn unlearn<'a>(
        &'a self,
        ctx: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
        self.0.unlearn(ctx, learned)
    }
}

/// A percentage of a plan of the one that is gone, by which X9 is measured.
async fn measured(house: &House) -> Uuid {
    let plan = house.one("SELECT id FROM programme_plan WHERE number = '45/KH-UBND'", vec![]).await;
    let target = "SELECT id FROM programme_target WHERE plan_id = $1 AND counted AND unit = '%' ORDER BY id LIMIT 1";
    let target = house.one(target, vals![plan]).await;
    house.exec("UPDATE programme_target SET indicator = 'X9' WHERE id = $1", vals![target]).await;
    house.exec("UPDATE programme_plan SET issuer_id = $2 WHERE id = $1", vals![plan, gone().uuid()]).await;
    target
}

#[tokio::test]
async fn what_a_body_planned_that_is_no_more_is_measured_for_its_successor() {
    let house = House::demo().await;
    measured(&house).await;
    let count = async |bodies: Arc<dyn Bodies>, unit: Option<UnitId>| {
        let targets = OwnTargets::new(house.app.db().clone(), bodies);
        targets.stated("X9", unit, (2, 3)).await.unwrap().len()
    };
    let other = house.unit("Sở Y tế");
    for (unit, before, after) in [(Some(gone()), 1, 1), (Some(heir()), 0, 1), (Some(other), 0, 0), (None, 0, 0)] {
        assert_eq!(count(Arc::new(Units), unit).await, before, "{unit:?}");
        assert_eq!(count(Arc::new(Merged(Units)), unit).await, after, "{unit:?}");
    }
}

/// What was said before bodies were merged stays said.
#[tokio::test]
async fn the_value_of_a_body_that_is_no_more_is_its_successors_word() {
    let house = House::demo().await;
    let target = measured(&house).await;
    house.exec("DELETE FROM programme_target_body WHERE target_id = $1", vals![target]).await;
    let value = [
        ("unit", "Sở Xây dựng"),
        ("period", "2026-M11"),
        ("numerator", "2"),
        ("denominator", "3"),
        ("status", "official"),
        ("evidence", "CV 15"),
    ];
    let officer = house.person("xaydung", "Sở Xây dựng", Role::PROGRAMME).await;
    let given = officer.form(&format!("/targets/{}/values", TargetId::from_uuid(target)), &value).await;
    assert!(given.status.is_redirection(), "{}", given.body);
    let bodies: [(Arc<dyn Bodies>, UnitId); 2] = [(Arc::new(Units), gone()), (Arc::new(Merged(Units)), heir())];
    for (bodies, unit) in bodies {
        let said = OwnTargets::new(house.app.db().clone(), bodies).stated("X9", Some(unit), (2, 3)).await.unwrap();
        let stages: Vec<Stage> = said.iter().map(|one| one.stage).collect();
        assert_eq!(stages, [Stage::Published], "{unit:?}");
    }
}

#[tokio::test]
async fn the_role_of_a_body_that_is_no_more_in_a_plan_is_its_successors() {
    let merged = |ports: &mut Ports| ports.bodies = Arc::new(Merged(Units));
    let house = House::demo_of(building().ports(merged)).await;
    let officer = house.person("tckh", "Sở Tài chính", Role::PROGRAMME).await;
    assert_eq!((asks(&officer, COMMUNE).await, obliges(&officer, COMMUNE).await), (NO, WRONG));
    // The committee's word stands behind the plan, and the commune has a part in it.
    let plan = "SELECT l.id FROM programme_plan l JOIN programme_part p ON p.plan_id = l.id \
        WHERE l.state = 'live' AND l.confirmed_by IS NOT NULL AND p.unit_id = $1 ORDER BY l.id LIMIT 1";
    let plan = house.one(plan, vals![house.unit(COMMUNE).uuid()]).await;
    house.exec("UPDATE programme_plan SET follower_id = $2 WHERE id = $1", vals![plan, gone().uuid()]).await;
    assert_eq!((asks(&officer, COMMUNE).await, obliges(&officer, COMMUNE).await), (OPEN, OPEN));
}
