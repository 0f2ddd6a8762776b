//! What was changed of live work and plans, and tasks that no body has yet.

use db::Change;

pub fn amend(change: &mut Change) {
    change.table("programme_change", |t| {
        t.id();
        t.uuid("plan_id");
        // None where it is about a whole plan.
        t.opt_uuid("task_id");
        t.opt_uuid("target_id");
        t.text("kind");
        t.text("reason");
        t.opt_text("day");
        t.opt_text("number");
        t.integer("at");
        t.text("actor");
        t.opt_text("hand");
        // What was changed, as it was and as it was left, so that it can be shown and undone.
        t.text("was_left");
        t.opt_integer("undone_at");
        t.refers("plan_id", "programme_plan");
    });
    for column in ["plan_id", "task_id", "target_id"] {
        change.index("programme_change", &[column, "id"]);
    }
    let sealed = ["plan_id", "task_id", "target_id", "kind", "reason", "day", "number", "undone_at"];
    change.seals("programme_change", &["id"], &sealed);
    change.extend("programme_task", |t| t.opt_uuid("merged_into"));
    change.seals_more("programme_task", &["merged_into"]);
    // The change by which it was withdrawn.
    change.extend("programme_plan", |t| t.opt_uuid("withdrawal"));
    unled(change);
}

/// Tasks of live plans without a body, under the id of the task.
fn unled(change: &mut Change) {
    const TABLE: &str = "programme_unled";
    change.table(TABLE, |t| {
        t.id();
        t.uuid("plan_id");
        t.text("plan");
        // The plans in their order, and the tasks of each in theirs.
        t.text("place");
        t.text("section");
        t.text("text");
        t.text("time_raw");
        t.integer("since");
        t.refers("id", "programme_task");
    });
    // Of plans that were approved before there was such a list.
    change.mend(
        "INSERT INTO programme_unled (id, plan_id, plan, place, section, text, time_raw, since) \
         SELECT t.id, t.plan_id, COALESCE(l.number, l.title, l.file_name), \
         CAST(1000000000000000000 + l.created_at AS text) || '-' || CAST(1000000 + t.position AS text), \
         t.section, t.text, t.time_raw, COALESCE(l.approved_at, l.created_at) \
         FROM programme_task t JOIN programme_plan l ON l.id = t.plan_id WHERE l.state = 'live' \
         AND NOT EXISTS (SELECT 1 FROM programme_part p WHERE p.task_id = t.id) \
         AND NOT EXISTS (SELECT 1 FROM programme_held h WHERE h.task_id = t.id)",
    );
    change.folds(TABLE, "text || ' ' || section || ' ' || plan");
    change.mend("CREATE INDEX programme_unled_order ON programme_unled (place, id)");
    change.index_each(TABLE, &["plan_id", "plan"], &["place", "id"]);
}
