//! What a body had in the registry when it was merged away: its successor reads, keeps and confirms it.

use axum::http::{Method, StatusCode};
use jiff::civil::date;
use kernel::{Actor, Lang, Post, Role, UnitId, Waiting as _};
use registry::{
    OpenMoves,
    model::System,
    usecase::{confirm, level::propose::dossier_propose, moves::open::migration_open},
};
use serde_json::json;
use webkit::{Answers, kept_add};

use crate::house::House;

/// A person of this post, as a use case has them.
fn holds(house: &House, unit: UnitId, role: Role) -> kernel::Ctx {
    let system = house.system();
    let posts = vec![Post { unit, role }];
    system.with_actor(Actor::Person { account: system.new_id(), person: system.new_id(), posts })
}

#[tokio::test]
async fn what_a_merged_body_had_is_read_kept_and_confirmed_by_its_successor() {
    let house = House::people().await;
    let (gone, heir) = (house.unit("UBND xã Đồi Mẫu", None), house.unit("UBND xã Sông Mẫu", None));
    let console = house.app.ctx(Actor::Cli("test".into()), Lang::Vi);
    let said = Answers::default().with("name", "Sổ chứng thực").with("owner", gone.to_string());
    let said = said.with("state", "operating").with("since", "2020").with("hosting", "own_room");
    let system: System = kept_add(&house.app, &console, "system.add", &said).await.unwrap();
    let plan = Answers::default().with("strategy", "rehost").with("to_hosting", "provincial_cloud");
    let plan = plan.with("window_begins", "2026-12-10").with("window_ends", "2026-12-11");
    let migration = migration_open(&house.app, &console, system.id, &plan).await.unwrap();
    let facts = Answers::default().with("scope", "internal").with("information", "public_only");
    let dossier = dossier_propose(&house.app, &console, (system.id, 0), &facts).await.unwrap();
    let [clerk, chair, stranger] =
        [house.signed_in("thu").await, house.signed_in("chutichxa").await, house.signed_in("giamdoc").await];
    let api = format!("/api/v1/systems/{}", system.id);
    let (project, level) = (format!("/migrations/{}", migration.id), format!("/levels/{}", dossier.id));
    let pages = [api.as_str(), project.as_str(), level.as_str()];
    for path in pages {
        assert_eq!(clerk.get(path).await.status, StatusCode::NOT_FOUND, "{path}: it is another body's yet");
    }
    let merge = "UPDATE directory_unit SET valid_to = '2026-11-15', successor_id = $2 WHERE id = $1";
    house.exec(merge, db::vals![gone.uuid(), heir.uuid()]).await;
    house.app.get::<directory::Directory>().unwrap().reload().await.unwrap();
    for path in pages {
        let (seen, other) = (clerk.get(path).await, stranger.get(path).await.status);
        assert_eq!((seen.status, other), (StatusCode::OK, StatusCode::NOT_FOUND), "{path}: {}", seen.body);
    }
    for list in ["/systems", "/migrations", "/levels"] {
        assert!(clerk.get(list).await.body.contains("Sổ chứng thực"), "{list}");
        assert!(!stranger.get(list).await.body.contains("Sổ chứng thực"), "{list}");
    }
    // Its officer goes on with all of it.
    let rev = format!("\"{}\"", clerk.get(&api).await.json()["rev"]);
    let words = json!({"purpose": "Tiếp nhận hồ sơ"});
    assert!(!stranger.header("if-match", &rev).json(Method::PATCH, &api, &words).await.status.is_success());
    let edited = clerk.header("if-match", &rev).json(Method::PATCH, &api, &words).await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    let acts = format!("/api/v1/migrations/{}/acts", migration.id);
    let start = json!({"act": "start", "rev": 1});
    assert!(!stranger.json(Method::POST, &acts, &start).await.status.is_success());
    let started = clerk.json(Method::POST, &acts, &start).await;
    assert_eq!(started.status, StatusCode::OK, "{}", started.body);
    assert_eq!(clerk.get(&format!("{level}/controls")).await.status, StatusCode::OK);
    let app = &house.app;
    let (bodies, times, people) = (app.bodies().clone(), app.times().clone(), app.colleagues().clone());
    let inbox = OpenMoves::new(app.db().clone(), bodies, times, people, house.clock.clone());
    let waits = inbox.waiting(&holds(&house, heir, Role::OFFICER)).await.unwrap();
    assert!(waits.iter().any(|one| one.kind == "migration-step" && one.words.contains("Sổ chứng thực")), "{waits:?}");
    assert!(inbox.waiting(&holds(&house, gone, Role::OFFICER)).await.unwrap().is_empty());
    // Its leader gives one word for both lists.
    let rounds = confirm::rounds(&house.app, &console, &house.app.db().read()).await.unwrap();
    let rounds: Vec<_> = rounds.iter().map(|one| (one.owner_id, one.systems, one.unconfirmed)).collect();
    assert_eq!(rounds, [(heir, 1, 1)]);
    let unit = heir.to_string();
    assert_eq!(stranger.form("/systems/confirmations", &[("unit", &unit)]).await.status, StatusCode::FORBIDDEN);
    let said = chair.form("/systems/confirmations", &[("unit", &unit)]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE confirmed_on IS NOT NULL").await, 1);
    let due = registry::OpenRounds::new(house.app.db().clone(), house.app.bodies().clone());
    assert!(kernel::Dues::due_on(&due, &[date(2026, 12, 31)]).await.unwrap().is_empty());
    // What it shares with others is told to its successor.
    let taker = house.unit("Sở Khoa học và Công nghệ", None);
    let said = Answers::default().with("name", "Kho số liệu").with("owner", taker.to_string());
    let said = said.with("architecture", "Lớp ứng dụng").with("deviates", "no");
    let other: System = kept_add(&house.app, &console, "system.add", &said).await.unwrap();
    let link: registry::model::SystemId = console.new_id();
    let shares = "INSERT INTO registry_relation (id, from_id, to_id, kind) VALUES ($1, $2, $3, 'shares_data')";
    house.exec(shares, db::vals![link.uuid(), system.id.uuid(), other.id.uuid()]).await;
    let told = clerk.get("/api/v1/systems/sharing").await.json();
    let pair = json!([{"from": gone.to_string(), "to": taker.to_string(), "count": 1}]);
    assert_eq!(told["items"], pair, "{told}");
    for register in (registry::module().registers)() {
        for (unit, role) in [(heir, Role::OFFICER), (gone, Role::OFFICER), (heir, Role::LEADER)] {
            let (wrong, _) = register.disagreements(&house.app, &holds(&house, unit, role)).await.unwrap();
            assert_eq!(wrong, Vec::<String>::new(), "{role:?}");
        }
    }
}
