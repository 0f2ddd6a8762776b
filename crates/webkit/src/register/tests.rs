//! Whose names a register shows, and what is noted of it; and how it is walked.

use axum::{
    body::to_bytes,
    http::{HeaderMap, Method, header},
};
use db::{Change, FromQueryResult, Migration, ModuleMigrations, Personal, vals};
use kernel::{Actor, Ctx, Ground, Held, Lang, Resource, Rule, UnitId};
use serde::Serialize;
use testkit::TestDb;
use uuid::Uuid;

use self::house::{app, ids};
use super::{Cell, Column, Grounds, Listed as _, Register, Related, Sort};
use crate::{App, ClientAddr, Module, Outcome, Req, refused::Typed};

mod house;

const READ: Rule = Rule { action: "thing.read", kind: "Thing", grounds: &[Ground::Everyone] };
const NAME: Rule = Rule { action: "thing.name", kind: "Thing", grounds: &[Ground::Below(Held::Any)] };
const OURS: &str = "Trần Văn Thử";
const THEIRS: &str = "Lê Thị Mẫu";

#[derive(FromQueryResult, Serialize)]
struct Thing {
    id: Uuid,
    keeper: Personal,
    note: String,
}

const BY_NOTE: &[Sort] = &[Sort::rising("note", "note", "web_thing_note_id_idx")];
const BY_KEEPER: &[Sort] = &[Sort::rising("keeper", "keeper", "web_thing_note_id_idx")];

const COLUMNS: &[Column<Thing>] = &[
    Column::new("note", |thing: &Thing| Cell::Text(thing.note.clone())).by("note"),
    Column::personal("keeper", &NAME, |thing: &mut Thing| &mut thing.keeper),
];

static THINGS: Register<Thing> = register(BY_NOTE);
static ORDERED: Register<Thing> = register(BY_KEEPER);

const fn register(sorts: &'static [Sort]) -> Register<Thing> {
    Register {
        paths: crate::register_paths!("/things"),
        rule: &READ,
        grounds: Grounds { unit: Related::Column("unit_id"), follows: &[], involved: &[], compartment: None },
        resource: |_, _, _| Box::pin(async { Ok(Resource::installation()) }),
        from: "web_thing",
        select: "id, keeper, note",
        id: "id",
        folded: "note",
        sorts,
        filters: &[],
        columns: COLUMNS,
        part: None,
        href: |thing| format!("/things/{}", thing.id),
        acts: &[],
    }
}

fn first(change: &mut Change) {
    change.table("web_thing", |t| {
        t.id();
        t.uuid("unit_id");
        t.text("keeper");
        t.text("note");
    });
    change.index("web_thing", &["note", "id"]);
}

const MODULE: Module = Module {
    migrations: ModuleMigrations { module: "thing", steps: &[Migration { name: "0001_first", up: first }] },
    ..Module::new("thing")
};

/// Two things of a unit whose posts the reader has, and one of another.
async fn filled(held: &[UnitId]) -> (TestDb, App) {
    let test = TestDb::open().await;
    db::migrate(&test.db, &[MODULE.migrations]).await.unwrap();
    let app = app(&test.db, MODULE, held.to_vec());
    let ctx = app.ctx(Actor::System("test"), Lang::Vi);
    let written = test.db.write(&ctx, |tx| async move {
        tx.bookkeeping();
        for (unit, keeper, note) in [(1, OURS, "a"), (1, OURS, "b"), (2, THEIRS, "c")] {
            let sql = "INSERT INTO web_thing (id, unit_id, keeper, note) VALUES ($1, $2, $3, $4)";
            tx.exec(sql, vals![Uuid::now_v7(), ids(unit).uuid(), keeper, note]).await?;
        }
        Ok(())
    });
    written.await.unwrap();
    (test, app)
}

fn asked(app: &App, address: &str) -> Req {
    let ctx = app.ctx(Actor::System("test"), Lang::Vi);
    let actor = Actor::Person { account: ctx.new_id(), person: ctx.new_id(), posts: vec![] };
    Req {
        app: app.clone(),
        ctx: ctx.with_actor(actor),
        method: Method::GET,
        uri: address.parse().unwrap(),
        headers: HeaderMap::new(),
        session: None,
        address: ClientAddr::default(),
        typed: Typed::default(),
        refused: None,
        written: None,
    }
}

/// Whether no cache keeps it, and what it says.
async fn said(outcome: Outcome) -> (bool, String) {
    let response = outcome.unwrap();
    let is_kept = response.headers().get(header::CACHE_CONTROL).is_none_or(|value| value != "no-store");
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (is_kept, String::from_utf8_lossy(&bytes).into_owned())
}

/// How many people's data were shown, by request.
async fn noted(app: &App, ctx: &Ctx) -> Vec<i64> {
    app.db().flush_access(ctx).await.unwrap();
    let rows = db::access_page(&app.db().read(), None, 50).await.unwrap();
    let of = |row: db::AccessRow| {
        assert_eq!((row.action.as_str(), row.subject.as_str()), ("thing.read", ""));
        row.people
    };
    rows.into_iter().map(of).collect()
}

#[tokio::test]
async fn whatever_shows_a_personal_column_is_noted_once() {
    let (_test, app) = filled(&[ids(1)]).await;
    let req = asked(&app, "/things");
    for (way, outcome) in [
        ("page", THINGS.page(&req).await),
        ("csv", THINGS.csv(&req).await),
        ("json", THINGS.json(&req).await),
        ("workbook", THINGS.workbook(&req).await),
    ] {
        let (is_kept, text) = said(outcome).await;
        assert!(!is_kept, "{way}");
        if way != "workbook" {
            assert_eq!(text.matches(OURS).count(), 2, "{way}: {text}");
            assert!(!text.contains(THEIRS), "{way}: the other unit's is not for this reader");
        }
    }
    assert_eq!(noted(&app, &req.ctx).await, [2; 4], "one entry for each request, with how many people it showed");
    // The drawer beside the list is the same request.
    let row: serde_json::Value = serde_json::from_str(&said(THINGS.json(&req).await).await.1).unwrap();
    let open = asked(&app, &format!("/things?open={}", row["items"][0]["id"].as_str().unwrap()));
    assert_eq!(said(THINGS.page(&open).await).await.1.matches(OURS).count(), 3);
    assert_eq!(noted(&app, &req.ctx).await, [2; 6], "who stands in both is one of two");
}

#[tokio::test]
async fn a_view_without_the_personal_column_notes_nobody() {
    let (_test, app) = filled(&[ids(1)]).await;
    let req = asked(&app, "/things?col=note");
    for outcome in [THINGS.page(&req).await, THINGS.csv(&req).await] {
        let (_, text) = said(outcome).await;
        assert!(!text.contains(OURS), "{text}");
    }
    assert_eq!(noted(&app, &req.ctx).await, Vec::<i64>::new());
}

#[tokio::test]
async fn who_may_not_see_a_personal_column_does_not_get_it() {
    let (_test, app) = filled(&[]).await;
    for address in ["/things", "/things?col=keeper"] {
        let req = asked(&app, address);
        for outcome in [THINGS.page(&req).await, THINGS.csv(&req).await, THINGS.json(&req).await] {
            let (_, text) = said(outcome).await;
            assert!(!text.contains(OURS) && !text.contains(THEIRS), "{text}");
        }
        let (_, csv) = said(THINGS.csv(&req).await).await;
        assert!(csv.contains("note") && !csv.contains("keeper"), "not even its head: {csv}");
        assert_eq!(noted(&app, &req.ctx).await, Vec::<i64>::new());
    }
}

#[tokio::test]
async fn a_list_that_tells_a_personal_column_by_its_order_is_named() {
    let (_test, app) = filled(&[ids(1)]).await;
    let req = asked(&app, "/things");
    let (wrong, _) = ORDERED.disagreements(&app, &req.ctx).await.unwrap();
    assert!(wrong.iter().any(|one| one.starts_with("keeper of /things")), "{wrong:?}");
    assert!(wrong.contains(&"note of /things is ordered by no order".to_owned()), "{wrong:?}");
    let (wrong, _) = THINGS.disagreements(&app, &req.ctx).await.unwrap();
    assert!(wrong.iter().all(|one| !one.starts_with("keeper")), "{wrong:?}");
}

#[tokio::test]
async fn an_order_is_walked_page_by_page_from_both_ends_and_its_head_says_which() {
    let (test, app) = filled(&[ids(1)]).await;
    let ctx = app.ctx(Actor::System("test"), Lang::Vi);
    // Some pages, of few different notes.
    let written = test.db.write(&ctx, |tx| async move {
        tx.bookkeeping();
        for nth in 0..120 {
            let sql = "INSERT INTO web_thing (id, unit_id, keeper, note) VALUES ($1, $2, $3, $4)";
            tx.exec(sql, vals![Uuid::now_v7(), ids(1).uuid(), OURS, format!("n{}", nth % 3)]).await?;
        }
        Ok(())
    });
    written.await.unwrap();
    let walk = async |sort: &str| {
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let req = asked(&app, &format!("/things?sort={sort}{after}"));
            let page: serde_json::Value = serde_json::from_str(&said(THINGS.json(&req).await).await.1).unwrap();
            let text = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap().to_owned();
            seen.extend(page["items"].as_array().unwrap().iter().map(|row| (text(row, "note"), text(row, "id"))));
            let Some(next) = page["next"].as_str() else { break seen };
            after = format!("&after={next}");
        }
    };
    let (up, mut down) = (walk("note").await, walk("-note").await);
    let mut sorted = up.clone();
    sorted.sort_unstable();
    assert_eq!((up.len(), &up), (123, &sorted), "every row once, also where a page ends among equals");
    down.reverse();
    assert_eq!(up, down);
    let head = async |address: &str| said(THINGS.page(&asked(&app, address)).await).await.1;
    let page = head("/things").await;
    assert!(page.contains("aria-sort=\"ascending\"") && page.contains("things?sort=-note"), "{page}");
    let page = head("/things?sort=-note&q=n").await;
    assert!(page.contains("aria-sort=\"descending\"") && page.contains("things?q=n&amp;sort=note"), "{page}");
    assert!(!said_to_be_sorted(&page, "keeper"), "nobody learns names by an order: {page}");
}

/// Whether the head of this column leads to an order.
fn said_to_be_sorted(page: &str, column: &str) -> bool {
    let head = page.split("<th ").find(|head| head.contains(&format!("c-{column}\"")));
    head.unwrap().split("</th>").next().unwrap().contains("<a ")
}
