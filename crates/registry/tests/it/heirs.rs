//! Bodies that were merged away: what sheets say of them, and what lies under their names.

use std::{pin::Pin, sync::Arc};

use axum::http::{Method, StatusCode};
use jiff::civil::Date;
use kernel::{Bodies, Body, Ctx, Found, Learned, Ports, Problem, Reach, Resolution, Role, Scope, Search, UnitId};
use registry::{model::SystemId, usecase::import};
use serde_json::json;
use testkit::{Client, Part, Units};
use webkit::Verdict;

use crate::{added, house_of, sheets::of};

/// The units of the house, but that one department was merged into another.
#[derive(Debug)]
struct Merged(Units);

impl Merged {
    fn gone() -> UnitId {
        Units::named("Sở Xây dựng")
    }
}

impl Bodies for Merged {
    fn resolve(&self, text: &str, issuer: Option<UnitId>) -> Resolution {
        self.0.resolve(text, issuer)
    }

    fn body(&self, unit: UnitId) -> Option<Body> {
        self.0.body(unit)
    }

    fn meant(&self, text: &str, day: Date) -> Result<UnitId, Problem> {
        let unit = self.0.meant(text, day)?;
        let ended = jiff::civil::date(2026, 1, 1);
        if unit == Self::gone() && day >= ended && text.parse::<UnitId>().is_err() {
            return Err(Problem::bad_input("unknown-unit").with("name", text));
        }
        Ok(unit)
    }

    fn ever(&self, text: &str) -> Vec<UnitId> {
        self.0.meant(text, jiff::civil::date(2025, 1, 1)).into_iter().collect()
    }

    fn names(&self, day: Date) -> Vec<String> {
        self.0.names(day)
    }

    fn written(&self, unit: UnitId, day: Date) -> String {
        self.0.written(unit, day)
    }

    fn today(&self, unit: UnitId) -> UnitId {
        if unit == Self::gone() { Units::named("Sở Tài chính") } else { unit }
    }

    fn answer_for(&self, units: &[UnitId]) -> Vec<UnitId> {
        let merged = vec![(Self::gone(), self.today(Self::gone()))];
        Scope { merged, ..Scope::default() }.today(units)
    }

    fn above(&self, unit: UnitId) -> Option<UnitId> {
        self.0.above(unit)
    }

    fn province(&self) -> String {
        self.0.province()
    }

    fn find(&self, _words: &str, _limit: usize) -> Vec<Body> {
        vec![]
    }

    fn search(&self, search: &Search<'_>, is_open: &dyn Fn(UnitId) -> bool) -> Found {
        self.0.search(search, is_open)
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

#[tokio::test]
async fn of_a_body_that_was_merged_away_the_successor_is_proposed() {
    let merged = |ports: &mut Ports| ports.bodies = Arc::new(Merged(Units));
    let house = house_of().ports(merged).await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let heads = ["Tên hệ thống", "Cơ quan chủ quản"].map(str::to_owned);
    let rows = [["Cấp phép xây dựng", "Sở Xây dựng"].map(str::to_owned).to_vec()];
    let file = webkit::export::xlsx("S", &heads, &rows).unwrap();
    let shown = clerk.upload("/systems/import", &[Part::File("ds.xlsx", &file)]).await;
    assert!(shown.body.contains("Sở Xây dựng (nay là Sở Tài chính)"), "{}", shown.body);
    let parts = [Part::File("ds.xlsx", &file), Part::Field("confirm", "1")];
    assert_eq!(clerk.upload("/systems/import", &parts).await.status, StatusCode::SEE_OTHER);
    assert_eq!(of(&house, "Sở Tài chính").await, 1);
    // What still lies under the old name is the same, whichever of the two a sheet says; and it stays there.
    let lies = "UPDATE registry_system SET owner_id = $1 WHERE id IS NOT NULL";
    house.exec(lies, db::vals![Merged::gone().uuid()]).await;
    for (owner, hosting, verdict) in
        [("Sở Xây dựng", "Đám mây của tỉnh", Verdict::Changed), ("Sở Tài chính", "Đám mây của tỉnh", Verdict::Same)]
    {
        let heads = ["Tên hệ thống", "Cơ quan chủ quản", "Hạ tầng"].map(str::to_owned);
        let rows = [["Cấp phép xây dựng", owner, hosting].map(str::to_owned).to_vec()];
        let file = webkit::export::xlsx("S", &heads, &rows).unwrap();
        let preview = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
        assert_eq!(preview.lines[0].verdict, verdict, "{owner}: {:?}", preview.lines[0].problem);
        import::systems_import(&house.app, &house.ctx("so"), &preview).await.unwrap();
    }
    assert_eq!((of(&house, "Sở Tài chính").await, of(&house, "Sở Xây dựng").await), (0, 1));
}

/// The names in the register of systems, cut down to one body.
async fn named(client: &Client, filter: &str, unit: UnitId) -> Vec<String> {
    let list = client.get(&format!("/api/v1/systems?{filter}={unit}")).await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.body);
    let items = list.json()["items"].as_array().unwrap().clone();
    items.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_register_cut_down_to_a_body_shows_what_was_merged_into_it() {
    let merged = |ports: &mut Ports| ports.bodies = Arc::new(Merged(Units));
    let house = house_of().ports(merged).await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let (heir, other) = ("Sở Tài chính", "Sở Y tế");
    let mut ids: Vec<SystemId> = Vec::new();
    for (name, owner, operator) in
        [("Cấp phép xây dựng", heir, heir), ("Ngân sách", heir, other), ("Bệnh án", other, other)]
    {
        let said = json!({"name": name, "owner": owner, "operator": operator});
        ids.push(added(&province, &said).await.parse().unwrap());
    }
    province.form(&format!("/systems/{}/links", ids[2]), &[("kind", "used_by"), ("other", heir)]).await;
    // What the merged body had, and what it used, still lies under its name.
    for (lies, id) in [
        ("UPDATE registry_system SET owner_id = $1, operator_id = $1 WHERE id = $2", ids[0]),
        ("UPDATE registry_use SET unit_id = $1 WHERE system_id = $2", ids[2]),
    ] {
        house.exec(lies, db::vals![Merged::gone().uuid(), id.uuid()]).await;
    }
    let [now, far] = [heir, other].map(|name| house.unit(name));
    for (filter, unit, names) in [
        ("owner", now, vec!["Cấp phép xây dựng", "Ngân sách"]),
        ("operator", now, vec!["Cấp phép xây dựng"]),
        ("user", now, vec!["Bệnh án"]),
        ("owner", far, vec!["Bệnh án"]),
        ("operator", far, vec!["Bệnh án", "Ngân sách"]),
        ("user", far, vec![]),
        // An address from before the merger goes on showing what lies under the old name.
        ("owner", Merged::gone(), vec!["Cấp phép xây dựng"]),
    ] {
        assert_eq!(named(&province, filter, unit).await, names, "{filter} {unit}");
    }
    // The list says as many as the sum of costs that leads to it.
    let costs = province.get("/api/v1/systems/costs").await.json();
    let of: Vec<(&str, i64)> = costs["by_owner"].as_array().unwrap().iter().map(counted).collect();
    let (now, far) = (now.to_string(), far.to_string());
    assert!(of.len() == 2 && of.contains(&(now.as_str(), 2)) && of.contains(&(far.as_str(), 1)), "{of:?}");
}

fn counted(one: &serde_json::Value) -> (&str, i64) {
    (one["owner"].as_str().unwrap(), one["sum"]["systems"].as_i64().unwrap())
}

#[tokio::test]
async fn the_dedicated_network_cut_down_to_a_body_shows_what_was_merged_into_it() {
    let merged = |ports: &mut Ports| ports.bodies = Arc::new(Merged(Units));
    let house = house_of().ports(merged).await;
    let keeper = house.person("khcn", "Sở Khoa học và Công nghệ", Role::PROGRAMME).await;
    let [heir, kept, other] = ["Sở Tài chính", "Sở Y tế", "Sở Nội vụ"];
    for unit in [heir, kept, other] {
        let said = json!({"unit": unit, "is_connected": "no"});
        let added = keeper.json(Method::POST, "/api/v1/telecom/network", &said).await;
        assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    }
    let lies = "UPDATE registry_dedicated SET unit_id = $1 WHERE unit_id = $2";
    house.exec(lies, db::vals![Merged::gone().uuid(), house.unit(kept).uuid()]).await;
    for (unit, count) in [(house.unit(heir), 2), (house.unit(other), 1), (house.unit(kept), 0), (Merged::gone(), 1)] {
        let list = keeper.get(&format!("/api/v1/telecom/network?unit={unit}")).await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), count, "{unit}: {list}");
    }
}
