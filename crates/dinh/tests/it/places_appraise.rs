//! The pages of assessment, rules, waves and impact, over the systems of `places_systems`.

use kernel::{Lang, Role};
use registry::usecase::{classify::classify_all, waves};
use testkit::Client;
use webkit::Answers;

use crate::{
    house::House,
    places::{Place, open_by, path},
    samples_pages::{Shown, reader},
};

/// Who steers the plans of the whole province.
pub async fn steering(house: &House) -> Client {
    house.person("tinh.theodoi", "Tỉnh Mẫu", Role::PROGRAMME).await
}

pub fn before_assessment() -> Vec<Place> {
    let pages = [
        ("assessments-none", "/systems/assessment"),
        ("waves-none", "/systems/waves"),
        ("migration-waves-none", "/migrations/waves"),
        ("rules", "/systems/rules"),
        ("weights", "/systems/weights"),
    ];
    open_by("vidu", pages).collect()
}

/// Once all was classified, reviewed in part, and placed in waves.
pub async fn of_assessment(house: &House, systems: &[Place]) -> Vec<Place> {
    let (app, ctx, page) = (&house.app, house.system(), path(systems, "system").to_owned());
    classify_all(app, &ctx).await.unwrap();
    let terms = [
        ("start_on", "04/01/2027"),
        ("days", "30"),
        ("most_systems", "4"),
        ("most_effort", "90"),
        ("most_waves", "6"),
        ("free_days", "10"),
        ("usual_effort", "20"),
        ("blackouts", "30/01/2027 - 20/02/2027"),
    ];
    let terms = terms.iter().fold(Answers::default(), |all, (name, value)| all.with(name, *value));
    waves::waves_terms(app, &ctx, 0, &terms).await.unwrap();
    waves::waves_plan(app, &ctx).await.unwrap();
    let officer = house.signed_in("vidu").await;
    let own = [("strategy", "refactor"), ("reason", "Sẽ gộp vào nền tảng dùng chung của tỉnh trong năm tới.")];
    assert!(officer.form(&format!("{page}/review"), &own).await.status.is_redirection());
    let cost = [("cpu", "4"), ("memory_gb", "16"), ("storage_gb", "500"), ("servers", "2")];
    assert!(officer.form(&format!("{page}/cost"), &cost).await.status.is_redirection());
    let pages = [
        ("assessments", "/systems/assessment".to_owned()),
        ("assessment", format!("{page}/assessment")),
        ("assessment-questions", format!("{page}/assessment/ground")),
        ("assessment-questions-last", format!("{page}/assessment/choice")),
        ("assessment-review", format!("{page}/review")),
        ("systems-value", "/systems/value".into()),
        ("systems-costs", "/systems/costs".into()),
        ("system-cost", format!("{page}/cost")),
        ("system-impact", format!("{page}/impact")),
        ("waves", "/systems/waves".into()),
        ("migration-waves", "/migrations/waves".into()),
        ("migration-waves-of-one", "/migrations/waves?wave=1".into()),
        ("systems-by-strategy", "/systems?strategy=rehost".into()),
    ];
    open_by("vidu", pages).collect()
}

/// What only who steers is shown.
pub async fn pages(house: &House, client: &Client, lang: Lang) -> Vec<Shown> {
    let client = reader(client, lang);
    let mut table: serde_json::Value = serde_json::from_str(registry::model::appraiser::SHIPPED_TABLE).unwrap();
    table["edition"]["version"] = format!("2-{}", lang.code()).into();
    let kept = client.form("/systems/rules/new", &[("kind", "strategy"), ("body", &table.to_string())]).await;
    let edition = kept.location.split('?').next().unwrap().to_owned();
    let begun = client.form("/systems/rules/draft", &[]).await;
    let draft = begun.location.split('?').next().unwrap().to_owned();
    let sound = client.get(&draft).await;
    client.form(&draft, &[("rev", "1"), ("act", "out strategy/too-little-known")]).await;
    let id = "SELECT system_id AS id FROM registry_wave_item WHERE wave IS NOT NULL ORDER BY turn LIMIT 1";
    let system =
        registry::model::SystemId::from_uuid(house.app.db().read().one::<Key>(id, vec![]).await.unwrap().unwrap().id);
    vec![
        ("rules-new", 200, client.get("/systems/rules/new").await),
        ("rules-new-refused", 422, client.form("/systems/rules/new", &[("kind", "strategy"), ("body", "{}")]).await),
        ("rules-draft", 200, sound),
        ("rules-draft-lacking", 200, client.get(&draft).await),
        ("rules-draft-refused", 422, client.form(&draft, &[("rev", "2"), ("act", "propose")]).await),
        ("rule-form", 200, client.get(&format!("{draft}/rule?part=strategy&rule=there")).await),
        ("rule-form-numbers", 200, client.get(&format!("{draft}/rule?part=strategy&rule=unused")).await),
        ("rule-form-new", 200, client.get(&format!("{draft}/rule?part=eligibility")).await),
        ("rules-edition", 200, client.get(&edition).await),
        ("rules-use", 200, client.get(&format!("{edition}/use")).await),
        ("weights-steering", 200, client.get("/systems/weights").await),
        ("waves-terms", 200, client.get("/systems/waves/terms").await),
        ("waves-steering", 200, client.get("/systems/waves").await),
        ("waves-move", 200, client.get(&format!("/systems/waves/move?system={system}&to=6")).await),
    ]
}

#[derive(db::FromQueryResult)]
struct Key {
    id: uuid::Uuid,
}
