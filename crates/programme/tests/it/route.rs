//! The way that a plan's difficulties take: seen on its page, set by who steers it, walked by what is raised.

use db::vals;
use kernel::{PlanId, UnitId};

use crate::{
    house::House,
    round::words,
    status::{LATE, NO, OPEN, WRONG},
};

#[tokio::test]
async fn the_way_of_a_plans_difficulties_is_told_and_set_on_its_page() {
    let house = House::demo().await;
    let (officer, stranger) = (house.as_("vidu").await, house.as_("thu").await);
    let id = PlanId::from_uuid(house.one("SELECT id FROM programme_plan WHERE number = '22/KH-UBND'", vec![]).await);
    let (plan, path) = (format!("/plans/{id}"), format!("/plans/{id}/route"));
    let route = async || programme::work::store::difficulty::route(&house.app.db().read(), id).await.unwrap();
    // Everybody sees the way; only who steers the plan is led to where it is set.
    let page = words(&stranger.get(&plan).await.body);
    assert!(page.contains("id=\"route\"") && !page.contains(&path), "{page}");
    assert_eq!(stranger.get(&path).await.status, NO);
    assert!(words(&officer.get(&plan).await.body).contains(&format!("href=\"{path}\"")));
    let stops = [
        ("unit", "Sở Nội vụ"),
        ("via", ""),
        ("days", "4"),
        ("exceeds", "0"),
        ("unit", ""),
        ("via", ""),
        ("days", "5"),
        ("exceeds", "0"),
        ("unit", "Sở Tài chính"),
        ("via", "Sở Nội vụ"),
        ("days", ""),
        ("exceeds", "1"),
    ];
    assert_eq!(officer.form(&path, &stops).await.status, OPEN);
    let rows = route().await;
    let (first, last) = (house.unit("Sở Nội vụ"), house.unit("Sở Tài chính"));
    let kept: Vec<_> = rows.iter().map(|row| (UnitId::from_uuid(row.unit_id), row.days, row.if_exceeds)).collect();
    assert_eq!(kept, [(first, 4, false), (last, 5, true)], "an empty row is none, days unsaid are the usual ones");
    assert_eq!(rows[1].via_id.map(UnitId::from_uuid), Some(first));
    let page = words(&stranger.get(&plan).await.body);
    assert!(page.contains("qua Sở Nội vụ") && page.contains("chỉ khi vượt thẩm quyền"), "{page}");
    let form = words(&officer.get(&path).await.body);
    assert!(form.contains("value=\"Sở Tài chính\"") && form.contains("value=\"Sở Nội vụ\""), "{form}");
    // No body twice, no body through itself, no day that never comes.
    let twice = [stops[0], stops[2], ("unit", "Sở Nội vụ"), ("days", "3")];
    assert!(words(&officer.form(&path, &twice).await.body).contains("chỉ đứng một lần"));
    for wrong in [[("unit", "Sở Nội vụ"), ("days", "0")], [("unit", "Sở Nội vụ"), ("days", "x")]] {
        assert_eq!(officer.form(&path, &wrong).await.status, WRONG);
    }
    let through_itself = [("unit", "Sở Nội vụ"), ("via", "Sở Nội vụ"), ("days", "3")];
    assert_eq!(officer.form(&path, &through_itself).await.status, WRONG);
    assert_eq!(stranger.form(&path, &stops).await.status, NO);
    assert_eq!(route().await, rows, "what is refused changes nothing");
    // An empty form leaves it to the usual way.
    assert_eq!(officer.form(&path, &[("unit", "")]).await.status, OPEN);
    assert!(route().await.is_empty());
    let page = words(&officer.get(&plan).await.body);
    assert!(page.contains("Kế hoạch không nêu"), "{page}");
    // Of a plan that is over nothing is set.
    house.exec("UPDATE programme_plan SET state = 'replaced' WHERE id = $1", vals![id.uuid()]).await;
    assert_eq!(officer.form(&path, &stops).await.status, LATE);
    assert_eq!(officer.get(&path).await.status, LATE);
}
