//! The pages of work and reports in every state, after a year of the demo.

use crate::{
    house::House,
    places::{Place, led, open_by, went},
};

pub async fn of_a_year(house: &House) -> Vec<Place> {
    let one = async |table: &str, more: &str| {
        let id = if table.contains(' ') { "r.id" } else { "id" };
        let row = house.one(&format!("SELECT {id} FROM programme_{table} {more} LIMIT 1"), vec![]).await;
        kernel::PlanId::from_uuid(row).to_string().trim_start_matches("plan_").to_owned()
    };
    let duty = one("duty", "WHERE state = 'active'").await;
    let period = one("period", "ORDER BY label DESC").await;
    let whole = one("report", "WHERE consolidated ORDER BY label DESC").await;
    let (difficulty, letter) = (one("difficulty", "").await, one("letter", "").await);
    let target = one("target", "WHERE counted AND unit = '%'").await;
    let plan = one("plan", "WHERE state = 'live' AND number LIKE '45/%'").await;
    let part = one("part", "WHERE percent > 0 AND done_on IS NULL ORDER BY id").await;
    let officer = house.signed_in("vidu").await;
    let opened = officer.form(&format!("/duties/duty_{duty}/periods"), &[("label", "2026-H2")]).await;
    assert!(opened.location.starts_with("/periods/"), "{}", opened.body);
    house.drain().await;
    let question = went(officer.form(&format!("/parts/part_{part}/explain"), &[("text", "Vì sao chậm?")]).await);
    let draft = "JOIN directory_unit u ON u.id = unit_id WHERE u.name = 'UBND xã Sông Mẫu' AND state = 'draft'";
    let draft = one("report r", draft).await;
    // Work whose plan another one took the place of.
    let replaced = one("part", "WHERE done_on IS NULL AND stopped_on IS NULL ORDER BY id DESC").await;
    let stop = "UPDATE programme_part SET stopped_on = '2026-11-18', stop_kind = 'replaced' WHERE id = $1";
    house.exec(stop, db::vals![format!("part_{replaced}").parse::<programme::ids::PartId>().unwrap().uuid()]).await;
    let reports = officer.get("/api/v1/reports").await.json();
    let reports_next = format!("/reports?after={}", reports["next"].as_str().unwrap());
    let written = [
        ("report-draft", format!("/reports/report_{draft}")),
        ("report-edit", format!("/reports/report_{draft}/edit")),
    ];
    let part = led(officer.get(&format!("/parts/part_{part}")).await);
    let replaced = led(officer.get(&format!("/parts/part_{replaced}")).await);
    let seen = [
        ("part", part),
        ("part-replaced", replaced),
        ("assign", "/assign".into()),
        ("difficulties", "/difficulties".into()),
        ("difficulty", format!("/difficulties/difficulty_{difficulty}")),
        ("questions", "/questions".into()),
        ("question-new", "/questions/new".into()),
        ("question", question),
        ("letters", "/letters".into()),
        ("letter", format!("/letters/letter_{letter}")),
        ("target-page", format!("/targets/target_{target}")),
        ("duties", "/duties".into()),
        ("duty", format!("/duties/duty_{duty}")),
        ("duty-end-ask", format!("/duties/duty_{duty}/end")),
        ("period-open-ask", format!("/duties/duty_{duty}/periods?label=2027-H1")),
        ("period-lock-ask", format!("/periods/period_{period}/lock")),
        ("duty-new", "/duties/new".into()),
        ("regimes", "/regimes".into()),
        ("period", format!("/periods/period_{period}")),
        ("reports", "/reports".into()),
        ("reports-next", reports_next),
        ("report-whole", format!("/reports/report_{whole}")),
        ("calendar", "/calendar?from=2026-04-28T16:00&days=3".into()),
        ("tracking", "/tracking".into()),
        ("work-year", "/work".into()),
        ("board-leaders", "/board?by=leader".into()),
        ("board-paper", "/board/paper".into()),
        ("board-ranking", "/board/ranking".into()),
        ("board-charge", "/board/leaders".into()),
        ("plan-map", format!("/plans/plan_{plan}/map")),
        ("plan-route", format!("/plans/plan_{plan}/route")),
        ("notices", "/notices".into()),
    ];
    let measured = [("systems-figure-stated", "/systems/figures/cloud.migrated")];
    open_by("thu", written).chain(open_by("vidu", seen)).chain(open_by("dieuphoi", measured)).collect()
}
