//! What the ledger calls the things of this domain, for who reads all of it. Names are of what the whole house reads: what is
//! asked, raised or written between bodies is known there by its page alone, and a plan by its name once it is approved.

use webkit::Thing;

const fn thing(kind: &'static str, page: &'static str, named: &'static str) -> Thing {
    Thing { kind, page, named }
}

pub const THINGS: &[Thing] = &[
    thing(
        "plan",
        "/plans/",
        "SELECT id, COALESCE(number, title) AS name FROM programme_plan WHERE approved_at IS NOT NULL AND id",
    ),
    thing("task", "/tasks/", "SELECT id, text AS name FROM programme_task WHERE id"),
    thing(
        "part",
        "/parts/",
        "SELECT p.id, t.text AS name FROM programme_part p JOIN programme_task t ON t.id = p.task_id WHERE p.id",
    ),
    thing("target", "/targets/", "SELECT id, text AS name FROM programme_target WHERE counted AND id"),
    thing("duty", "/duties/", ""),
    thing("period", "/periods/", "SELECT id, label AS name FROM programme_period WHERE id"),
    thing("report", "/reports/", "SELECT id, label AS name FROM programme_report WHERE id"),
    // Of the body, and of nobody in it: who reads the ledger is not who receives the report.
    thing("outside", "/outside/", "SELECT id, name FROM programme_outside WHERE id"),
    thing("question", "/questions/", ""),
    thing("difficulty", "/difficulties/", ""),
    thing("letter", "/letters/", ""),
];
