//! What measures a target: proposed of a document by what it is about, said of a live plan, and taken back.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use db::vals;
use jiff::civil::Date;
use kernel::{Counted, Ctx, Figures, Problem, SourceClass, UnitId};
use programme::ids::{ChangeId, TargetId};
use serde_json::json;

use crate::{
    documents::approved,
    house::{House, SCIENCE, building, plan_without_doubts},
    round::words,
    status::{LATE, NO, OPEN, STALE, WRONG},
    target_bodies::{nobodys, target_rev},
};

const FILES: &str = "Tỷ lệ hồ sơ trực tuyến";

/// Two of three by one measure, and no word on the rest.
#[derive(Debug)]
struct Register;

#[async_trait::async_trait]
impl Figures for Register {
    async fn value(&self, _: &Ctx, indicator: &str, _: UnitId, as_of: Date) -> Result<Option<Counted>, Problem> {
        let counted = Counted {
            numerator: 2,
            denominator: 3,
            on: as_of,
            source: SourceClass::Register,
            href: "/counted".into(),
            opened_by: ("task.read", "Task"),
        };
        Ok(Some(counted).filter(|_| indicator == "X1"))
    }
}

async fn house() -> House {
    House::demo_of(building().ports(|ports| ports.figures.push(Arc::new(Register)))).await
}

async fn measured_by(house: &House, target: TargetId, code: &str) -> bool {
    let sql = "SELECT COUNT(*) FROM programme_target WHERE id = $1 AND COALESCE(indicator, '') = $2";
    house.app.db().read().count(sql, vals![target.uuid(), code]).await.unwrap() == 1
}

async fn newest(house: &House) -> String {
    let change = house.one("SELECT id FROM programme_change ORDER BY id DESC LIMIT 1", vec![]).await;
    format!("/changes/{}/undo", ChangeId::from_uuid(change))
}

#[tokio::test]
async fn what_measures_a_target_is_said_after_approval_and_its_figure_stands_in_the_plan() {
    let house = house().await;
    let (officer, commune) = (house.as_("vidu").await, house.as_("thu").await);
    let target = nobodys(&house).await;
    let plan = house.one("SELECT plan_id AS id FROM programme_target WHERE id = $1", vals![target.uuid()]).await;
    let (plan, page) = (format!("/plans/{}", kernel::PlanId::from_uuid(plan)), format!("/targets/{target}"));
    let path = format!("{page}/bodies");
    let shown = async |path: &str| words(&officer.get(path).await.body);
    assert!(!shown(&plan).await.contains("66,7 % (2 / 3)"));
    assert!(shown(&page).await.contains("chưa gắn chỉ tiêu đo lường"));
    let form = shown(&path).await;
    assert!(form.contains("name=\"indicator\"") && form.contains("value=\"X1\"") && form.contains(FILES), "{form}");
    let rev = target_rev(&officer, &path).await;
    let said = |code| {
        let more = [("indicator", code), ("reason", "Đo bằng danh mục")];
        [[("rev", rev.as_str()), ("owners", ""), ("reports", "")].as_slice(), &more].concat()
    };
    let entries = house.ledger_length().await;
    assert_eq!(commune.form(&path, &said("X1")).await.status, NO);
    assert_eq!(officer.form(&path, &said("X9")).await.status, WRONG, "not in the catalogue");
    assert_eq!(officer.form(&path, &said("")).await.status, WRONG, "nothing is changed by it");
    assert_eq!(house.ledger_length().await, entries);
    assert_eq!(officer.form(&path, &said("X1")).await.status, OPEN);
    assert_eq!(house.ledger_length().await, entries + 1);
    assert_eq!(officer.form(&path, &said("X2")).await.status, STALE, "over what was said before");
    assert!(measured_by(&house, target, "X1").await);
    assert!(shown(&plan).await.contains("66,7 % (2 / 3)"));
    let now = shown(&page).await;
    assert!(now.contains("66,7 % (2 / 3)") && now.contains(&format!("<ins>{FILES}</ins>")), "{now}");
    assert!(now.contains(&format!("href=\"{path}#indicator\"")) && now.contains("Các lần sửa (1)"), "{now}");
    assert!(!words(&commune.get(&page).await.body).contains("#indicator"), "who may not say it is not led there");
    house.lake_is_as_the_rows().await;
    // Taken back it measures nothing; what somebody changed meanwhile is not overwritten.
    assert_eq!(officer.form(&newest(&house).await, &[]).await.status, OPEN);
    assert!(measured_by(&house, target, "").await);
    assert!(!shown(&plan).await.contains("66,7 % (2 / 3)"));
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_program_names_bodies_and_measure_in_one_act_and_leaves_what_it_does_not_say() {
    let house = house().await;
    let officer = house.as_("vidu").await;
    let target = nobodys(&house).await;
    let path = format!("/targets/{target}/bodies");
    let send = async |owners: &str, reports: &str, indicator: Option<&str>| {
        let rev: i64 = target_rev(&officer, &path).await.parse().unwrap();
        let mut said = json!({"rev": rev, "owners": owners, "reports": reports, "reason": "Theo phân công"});
        if let Some(code) = indicator {
            said["indicator"] = json!(code);
        }
        officer.json(Method::POST, &format!("/api/v1{path}"), &said).await.status
    };
    assert_eq!(send(SCIENCE, "", Some("X2")).await, StatusCode::OK);
    assert!(measured_by(&house, target, "X2").await);
    assert_eq!(send(SCIENCE, SCIENCE, None).await, StatusCode::OK);
    assert!(measured_by(&house, target, "X2").await, "what is not said stays");
    assert_eq!(send(SCIENCE, SCIENCE, Some("X2")).await, WRONG, "nothing is changed by it");
    assert_eq!(send(SCIENCE, SCIENCE, Some("")).await, StatusCode::OK);
    assert!(measured_by(&house, target, "").await);
    // An act is taken back only while the target is as it left it.
    let undo = newest(&house).await;
    house.exec("UPDATE programme_target SET indicator = 'X1' WHERE id = $1", vals![target.uuid()]).await;
    assert_eq!(officer.form(&undo, &[]).await.status, LATE);
    assert!(measured_by(&house, target, "X1").await);
}

#[tokio::test]
async fn the_title_of_a_document_proposes_what_its_targets_measure_and_a_person_confirms_it() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let title = "Sử dụng nền tảng điện toán đám mây trong cơ quan nhà nước";
    let text = plan_without_doubts().replacen(title, &format!("Nâng cao {FILES}"), 1);
    let plan = house.taken_in(&officer, "a.txt", text.as_bytes()).await;
    let rows = officer.get(&format!("/api/v1{plan}/read-rows")).await.json();
    let targets = rows["targets"].as_array().unwrap();
    assert!(!targets.is_empty() && targets.iter().all(|target| target["indicator"] == "X1"), "{rows}");
    let open = words(&officer.get(&format!("{plan}/review?on=target-1")).await.body);
    assert!(open.contains("phải không?"), "{open}");
    // Said to be another one, or none, it is no proposal any more.
    let first = &targets[0];
    let none = json!({"rev": first["rev"], "act": "correct", "text": first["text"], "value": first["value"],
        "unit": first["unit"], "comparator": first["sign"], "to": "2030", "indicator": ""});
    let at = format!("/api/v1/read-targets/{}", first["id"].as_str().unwrap());
    assert_eq!(officer.json(Method::POST, &at, &none).await.status, StatusCode::OK);
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_target WHERE indicator IS NULL").await, 1);
    let proposed = "SELECT COUNT(*) FROM programme_target WHERE indicator = 'X1'";
    assert_eq!(house.count(proposed).await, i64::try_from(targets.len()).unwrap() - 1);
}
