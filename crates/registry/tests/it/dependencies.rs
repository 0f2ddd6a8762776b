//! What follows from relations: the order of the waves, and what breaks when a system is switched off.

use axum::http::{Method, StatusCode};
use kernel::Role;
use registry::{
    model::SystemId,
    usecase::impact::{impact, nearest},
};
use serde_json::{Value as Json, json};
use testkit::{Client, House};

use crate::{
    appraise::{OWNER, add, both},
    house,
};

async fn needs(client: &Client, from: &str, to: &str, kind: &str) {
    let answer = client.form(&format!("/systems/{from}/links"), &[("kind", kind), ("other", to)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// A platform, what runs on it, and two that stand on each other.
async fn four(officer: &Client) -> [String; 4] {
    let name = |name: &str, more: Json| {
        let mut said = json!({"name": name, "packaging": "physical", "code": format!("H.{}", name.len())});
        said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        said
    };
    let base = add(officer, name("Trục", json!({"kind": "platform", "criticality": "ordinary"}))).await;
    let upper = add(officer, name("Một cửa", json!({"criticality": "critical"}))).await;
    let one = add(officer, name("Văn bản đến", json!({}))).await;
    let other = add(officer, name("Văn bản đi", json!({}))).await;
    needs(officer, &upper, &base, "runs_on").await;
    needs(officer, &one, &other, "depends_on").await;
    needs(officer, &other, &one, "depends_on").await;
    [base, upper, one, other]
}

const TERMS: [(&str, &str); 8] = [
    ("rev", "0"),
    ("start_on", "04/01/2027"),
    ("days", "30"),
    ("most_systems", "3"),
    ("most_effort", "100"),
    ("most_waves", "12"),
    ("free_days", "10"),
    ("usual_effort", "20"),
];

/// The revision of the plan that stands on its pages now.
async fn seen_rev(house: &House) -> String {
    house.count("SELECT rev FROM registry_wave_plan").await.to_string()
}

async fn by_hand(house: &House, client: &Client, system: &str, to: &str) -> testkit::Answer {
    let rev = seen_rev(house).await;
    client.form("/systems/waves/move", &[("rev", &rev), ("system", system), ("to", to)]).await
}

#[tokio::test]
async fn a_project_is_opened_from_its_wave_and_counts_there() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let [base, ..] = four(&officer).await;
    assert_eq!(province.get("/api/v1/migrations/waves").await.json(), json!([]));
    province.form("/systems/assessment", &[]).await;
    province.form("/systems/waves/terms", &TERMS).await;
    province.form("/systems/waves", &[]).await;
    let sum = async |client: &Client, of: &str| {
        let all = client.get("/api/v1/migrations/waves").await.json();
        all.as_array().unwrap().iter().map(|wave| wave[of].as_i64().unwrap()).sum::<i64>()
    };
    assert_eq!((sum(&officer, "systems").await, sum(&officer, "unopened").await), (4, 4));
    let first = officer.get("/api/v1/migrations/waves").await.json()[0].clone();
    let days = ["from", "to"].map(|day| first[day].as_str().unwrap());
    assert_eq!((first["wave"].as_i64(), days), (Some(1), ["2027-01-04", "2027-02-02"]));
    // Whoever sees none of the systems counts none.
    let stranger = house.person("yte2", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(stranger.get("/api/v1/migrations/waves").await.json(), json!([]));
    let form = officer.get(&format!("/systems/{base}/migrate")).await.body.replace("&#x2f;", "/");
    let filled = [
        ("wave", ["1", "1"]),
        ("window_begins", ["2027-01-04", "04/01/2027"]),
        ("window_ends", ["2027-01-13", "13/01/2027"]),
    ];
    for (name, values) in filled {
        let is_filled = form.split("<input").any(|input| {
            let input = input.split('>').next().unwrap();
            let is_so = |value: &str| input.contains(&format!("value=\"{value}\""));
            input.contains(&format!("name=\"{name}\"")) && values.into_iter().any(is_so)
        });
        assert!(is_filled, "{name}: {form}");
    }
    let page = officer.get("/migrations/waves?wave=1").await.body.replace("&#x2f;", "/");
    assert!(page.contains(&format!("href=\"/systems/{base}/migrate\"")), "{page}");
    let plan = json!({"strategy": "rehost", "to_hosting": "provincial_cloud", "wave": 1});
    let opened = officer.json(Method::POST, &format!("/api/v1/systems/{base}/migrations"), &plan).await;
    let id = opened.json()["id"].as_str().unwrap().to_owned();
    assert_eq!((sum(&officer, "planned").await, sum(&officer, "unopened").await), (1, 3));
    let page = officer.get("/migrations/waves?wave=1").await.body.replace("&#x2f;", "/");
    assert!(page.contains(&format!("href=\"/migrations/{id}\"")), "{page}");
    assert!(!page.contains(&format!("/systems/{base}/migrate")), "{page}");
    // What was cancelled is no project.
    let cancel = json!({"act": "cancel", "rev": 1, "reason": "Chờ kinh phí"});
    officer.json(Method::POST, &format!("/api/v1/migrations/{id}/acts"), &cancel).await;
    assert_eq!((sum(&officer, "planned").await, sum(&officer, "unopened").await), (0, 4));
}

#[tokio::test]
async fn waves_follow_dependencies_and_a_change_by_hand_says_what_it_breaks() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let [base, upper, one, other] = four(&officer).await;
    province.form("/systems/assessment", &[]).await;
    assert_eq!(province.form("/systems/waves", &[]).await.status, StatusCode::CONFLICT, "no terms yet");
    assert_eq!(officer.form("/systems/waves/terms", &TERMS).await.status, StatusCode::FORBIDDEN);
    let mut wrong = TERMS;
    wrong[7] = ("blackouts", "tết");
    let refused = province.form("/systems/waves/terms", &wrong).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("tết"), "{}", refused.body);
    assert_eq!(province.form("/systems/waves/terms", &TERMS).await.status, StatusCode::SEE_OTHER);
    assert_eq!(province.form("/systems/waves", &[]).await.status, StatusCode::SEE_OTHER);
    let waves = async || {
        let all = province.get("/api/v1/systems/waves").await.json();
        let of = |id: &String| {
            let waves = all["waves"].as_array().unwrap().iter();
            waves
                .clone()
                .find(|wave| wave["systems"].as_array().unwrap().contains(&json!(id)))
                .map(|wave| wave["number"].clone())
        };
        [&base, &upper, &one, &other].map(|id| of(id).and_then(|number| number.as_i64()))
    };
    let planned = waves().await;
    assert!(planned[0] < planned[1], "what is needed moves first: {planned:?}");
    assert_eq!(planned[2], planned[3], "a ring moves together");
    let page = province.get("/systems/waves").await.body;
    assert!(
        page.contains("Nhóm phụ thuộc vòng, phải chuyển cùng nhau: 1") && page.contains("Sau Trục ở đợt 1"),
        "{page}"
    );
    // The same inventory gives the same plan: planned again, no place changes.
    let rows = house.count("SELECT COUNT(*) FROM registry_wave_item").await;
    province.form("/systems/waves", &[]).await;
    assert_eq!((waves().await, house.count("SELECT COUNT(*) FROM registry_wave_item").await), (planned, rows));
    // Before it is done it is said what it breaks.
    let ask = province.get(&format!("/systems/waves/move?system={upper}&to=1")).await.body;
    assert!(ask.contains("Một cửa chuyển trước hoặc cùng lúc với Trục"), "{ask}");
    let rev = seen_rev(&house).await;
    assert!(ask.contains(&format!("name=\"rev\" value=\"{rev}\"")), "{ask}");
    let change = [("rev", rev.as_str()), ("system", upper.as_str()), ("to", "1")];
    assert_eq!(officer.form("/systems/waves/move", &change).await.status, StatusCode::FORBIDDEN);
    assert_eq!(province.form("/systems/waves/move", &change).await.status, StatusCode::SEE_OTHER);
    assert_eq!(waves().await[1], Some(1));
    assert!(province.get("/systems/waves").await.body.contains("Kế hoạch vi phạm"));
    province.form(&format!("/undo/{}", house.newest("waves.move").await), &[]).await;
    assert_eq!(waves().await, planned);
    // A ring is moved as one.
    let ask = province.get(&format!("/systems/waves/move?system={one}&to=5")).await.body;
    assert!(ask.contains("Cùng chuyển vì phụ thuộc vòng: Văn bản đến, Văn bản đi"), "{ask}");
    assert_eq!(by_hand(&house, &province, &one, "5").await.status, StatusCode::SEE_OTHER);
    assert_eq!((waves().await[2], waves().await[3]), (Some(5), Some(5)));
    let no_wave = by_hand(&house, &province, &one, "99").await;
    assert_eq!(no_wave.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Who sees none of these systems sees no names in the plan, nor in the workbook.
    let doctor = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let page = doctor.get("/systems/waves").await.body;
    assert!(!page.contains("Một cửa") && !page.contains("một hệ thống bạn không được xem"), "{page}");
    assert!(page.contains("Không liệt kê 4 hệ thống bạn không được xem"), "{page}");
    assert!(!province.get("/systems/waves").await.body.contains("Không liệt kê"), "whoever sees all is told of none");
    assert!(province.get("/systems/waves").await.body.contains(">20</td>") && !page.contains(">20</td>"), "{page}");
    assert_eq!(&province.get_bytes("/systems/waves.xlsx").await[..2], b"PK");
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn only_what_is_to_move_stands_in_the_waves_and_none_of_it_gets_lost() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let [base, upper, ..] = four(&officer).await;
    let (base_row, upper_row) = (format!("/systems/{base}/assessment\""), format!("/systems/{upper}/assessment\""));
    province.form("/systems/assessment", &[]).await;
    province.form("/systems/waves/terms", &TERMS).await;
    province.form("/systems/waves", &[]).await;
    let page = async || province.get("/systems/waves").await.body;
    assert!(page().await.contains(&base_row));
    // What a reviewer leaves where it is has no place any more, though the plan is of before.
    let stays = [("strategy", "retain"), ("reason", "Sẽ thay bằng trục của bộ.")];
    province.form(&format!("/systems/{base}/review"), &stays).await;
    assert!(!page().await.contains(&base_row));
    // Of fewer waves than there were, the systems of those that are gone stand among those without one.
    by_hand(&house, &province, &upper, "9").await;
    let rev = house.count("SELECT rev FROM registry_wave_plan").await.to_string();
    let mut fewer = TERMS;
    fewer[0] = ("rev", rev.as_str());
    fewer[5] = ("most_waves", "5");
    assert_eq!(province.form("/systems/waves/terms", &fewer).await.status, StatusCode::SEE_OTHER);
    let shown = page().await;
    let without = shown.split("<h2>Chưa xếp được</h2>").nth(1);
    assert!(without.is_some_and(|rows| rows.contains(&upper_row)), "{shown}");
    // What was placed by hand stays so until somebody says otherwise.
    province.form("/systems/waves", &[]).await;
    assert!(page().await.contains("<h2>Chưa xếp được</h2>") && page().await.contains("1 hệ thống xếp tay"));
    let loose = [("rev", seen_rev(&house).await), ("system", String::new())];
    let loose = loose.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(province.form("/systems/waves/loose", &loose).await.status, StatusCode::SEE_OTHER);
    province.form("/systems/waves", &[]).await;
    let shown = page().await;
    assert!(!shown.contains("<h2>Chưa xếp được</h2>") && !shown.contains("hệ thống xếp tay"), "{shown}");
    assert!(shown.contains(&upper_row), "{shown}");
}

#[tokio::test]
async fn what_breaks_is_told_with_its_chain_to_those_who_must_know() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let [base, upper, one, _] = four(&officer).await;
    needs(&officer, &upper, &one, "shares_data").await;
    let doctor = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let theirs = add(&doctor, json!({"name": "Bệnh án", "owner": "Sở Y tế"})).await;
    officer.form(&format!("/systems/{base}/links"), &[("kind", "used_by"), ("other", "Sở Y tế")]).await;
    needs(&doctor, &theirs, &base, "depends_on").await;
    let path = format!("/api/v1/systems/{base}/impact");
    let said = province.get(&path).await.json();
    assert_eq!(
        (said["stops"].as_i64(), said["degraded"].as_i64(), said["unseen"].as_i64()),
        (Some(2), Some(1), Some(0)),
        "{said}"
    );
    let chain = |name: &str| {
        let struck = said["struck"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
        (struck["effect"].as_str().unwrap().to_owned(), struck["chain"].as_str().unwrap().to_owned())
    };
    let shared = "Một cửa chạy trên Trục; Một cửa chia sẻ dữ liệu với Văn bản đến";
    assert_eq!(chain("Văn bản đến"), ("degraded".into(), shared.into()));
    assert_eq!(chain("Bệnh án").0, "stops");
    // Whoever uses it, or what falls with it, loses it.
    officer.form(&format!("/systems/{upper}/links"), &[("kind", "used_by"), ("other", "UBND xã Sông Mẫu")]).await;
    let users = |said: &Json| {
        let all = said["users"].as_array().unwrap().clone();
        all.iter().map(|one| (one["name"].as_str().unwrap().to_owned(), one["uses"].clone())).collect::<Vec<_>>()
    };
    let both = [("Sở Y tế".to_owned(), json!(["Trục"])), ("Xã Sông Mẫu".to_owned(), json!(["Một cửa"]))];
    let mut told = users(&province.get(&path).await.json());
    told.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(told, both);
    let page = province.get(&format!("/systems/{base}/impact")).await.body;
    assert!(page.contains("Đơn vị mất hệ thống đang dùng") && page.contains("Xã Sông Mẫu"), "{page}");
    // The owner learns that another body's system is struck, and not which.
    let own = officer.get(&path).await.json();
    assert_eq!(own["unseen"], 1, "{own}");
    assert!(!own.to_string().contains("Bệnh án") && !own.to_string().contains(&theirs), "{own}");
    // A page tells of the nearest, and counts all.
    let (ctx, conn, id) = (house.ctx("so"), house.app.db().read(), base.parse::<SystemId>().unwrap());
    let all = impact(&house.app, &ctx, &conn, id).await.unwrap();
    let near = nearest(&house.app, &ctx, &conn, id, (0, 2)).await.unwrap();
    assert_eq!((near.stops, near.degraded, near.unseen), (all.stops, all.degraded, all.unseen));
    assert_eq!((all.struck.len(), json!(near.struck)), (3, json!(all.struck[..2])));
    // Behind it are those that it left out, each with its whole chain.
    let rest = nearest(&house.app, &ctx, &conn, id, (2, 2)).await.unwrap();
    assert_eq!((near.next.as_deref(), rest.next, json!(rest.struck)), (Some("2"), None, json!(all.struck[2..])));
    let behind = province.get(&format!("{path}?after=2")).await.json();
    assert_eq!((behind["struck"].as_array().unwrap().len(), &behind["stops"]), (1, &said["stops"]), "{behind}");
    assert_eq!(province.get(&format!("{path}?after=x")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Who only uses it sees the system and not what hangs on it.
    assert_eq!(doctor.get(&format!("/api/v1/systems/{base}")).await.status, StatusCode::OK);
    for path in [path.clone(), format!("/systems/{base}/impact")] {
        assert_eq!(doctor.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(officer.get(&format!("/systems/{base}/impact")).await.body.contains("Nếu tắt Trục"));
    // What is gone is struck by nothing.
    let edit = [("rev", "1"), ("name", "Văn bản đến"), ("owner", OWNER), ("state", "retired")];
    let page = officer.form(&format!("/systems/{one}/edit"), &edit).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert_eq!(province.get(&path).await.json()["degraded"], 0);
}

#[tokio::test]
async fn what_is_cut_off_is_further_away_than_what_is_told() {
    let house = house().await;
    let (officer, _) = both(&house).await;
    let [base, upper, _, other] = four(&officer).await;
    // One step away, and degraded; two and three steps away, and stopped.
    let near = add(&officer, json!({"name": "Báo cáo"})).await;
    needs(&officer, &near, &base, "shares_data").await;
    needs(&officer, &other, &upper, "depends_on").await;
    let (ctx, conn, id) = (house.ctx("so"), house.app.db().read(), base.parse::<SystemId>().unwrap());
    let all = impact(&house.app, &ctx, &conn, id).await.unwrap();
    let depths: Vec<i64> = all.struck.iter().map(|one| one.depth).collect();
    assert_eq!(depths, [1, 1, 2, 3]);
    let near = nearest(&house.app, &ctx, &conn, id, (0, 2)).await.unwrap();
    let told: Vec<(&str, i64)> = near.struck.iter().map(|one| (&*one.name, one.depth)).collect();
    assert_eq!(told, [("Một cửa", 1), ("Báo cáo", 1)]);
}
