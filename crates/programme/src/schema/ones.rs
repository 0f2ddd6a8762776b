//! Of what there is one, the database keeps one: rows of earlier versions that came twice are marked first.

use db::Change;

pub fn one_of_each(change: &mut Change) {
    // A part has one open request for more time: the first stands, those after it are withdrawn.
    change.mend(
        "UPDATE programme_extension SET state = 'withdrawn', answered_at = asked_at, rev = rev + 1 WHERE state = 'asked' AND EXISTS \
         (SELECT 1 FROM programme_extension AS o WHERE o.part_id = programme_extension.part_id AND o.state = 'asked' \
          AND (o.asked_at < programme_extension.asked_at OR (o.asked_at = programme_extension.asked_at AND o.id < programme_extension.id)))",
    );
    change.unique_where("programme_extension", &["part_id"], "state = 'asked'");
    // A body asks about a line once at a time: later questions are closed.
    change.mend(
        "UPDATE programme_question SET closed_at = asked_at, rev = rev + 1 WHERE part_id IS NOT NULL AND closed_at IS NULL AND EXISTS \
         (SELECT 1 FROM programme_question AS o WHERE o.part_id = programme_question.part_id AND o.asked_by = programme_question.asked_by \
          AND o.closed_at IS NULL AND (o.asked_at < programme_question.asked_at OR (o.asked_at = programme_question.asked_at AND o.id < programme_question.id)))",
    );
    change.unique_where("programme_question", &["part_id", "asked_by"], "part_id IS NOT NULL AND closed_at IS NULL");
    // A unit has one value per target and period: the latest stands.
    change.mend(
        "UPDATE programme_value SET replaced_at = at WHERE replaced_at IS NULL AND EXISTS \
         (SELECT 1 FROM programme_value AS o WHERE o.target_id = programme_value.target_id AND o.unit_id = programme_value.unit_id \
          AND o.period = programme_value.period AND o.replaced_at IS NULL \
          AND (o.at > programme_value.at OR (o.at = programme_value.at AND o.id > programme_value.id)))",
    );
    change.unique_where("programme_value", &["target_id", "unit_id", "period"], "replaced_at IS NULL");
    // One draft of a letter about a thing to a body: the first stands.
    change.mend(
        "UPDATE programme_letter SET state = 'dropped', rev = rev + 1 WHERE state = 'draft' AND EXISTS \
         (SELECT 1 FROM programme_letter AS o WHERE o.subject = programme_letter.subject AND o.kind = programme_letter.kind \
          AND o.to_ids = programme_letter.to_ids AND o.state = 'draft' \
          AND (o.drafted_at < programme_letter.drafted_at OR (o.drafted_at = programme_letter.drafted_at AND o.id < programme_letter.id)))",
    );
    change.unique_where("programme_letter", &["subject", "kind", "to_ids"], "state = 'draft'");
    documents(change);
    change.mend(RENUMBERED);
    change.mend("UPDATE programme_task SET position = (SELECT at FROM programme_order WHERE programme_order.id = programme_task.id) WHERE id IN (SELECT id FROM programme_order)");
    change.mend("DROP TABLE programme_order");
    change.unique("programme_task", &["plan_id", "position"]);
}

/// Tasks of one number and day belong to one document. Later twins keep their tasks and say whose twin they are.
fn documents(change: &mut Change) {
    change.extend("programme_plan", |t| t.opt_uuid("twin_of"));
    change.mend(
        "UPDATE programme_plan SET twin_of = (SELECT o.id FROM programme_plan AS o WHERE o.kind = 'assigned' AND o.state = 'live' \
           AND o.number = programme_plan.number AND o.issued_on = programme_plan.issued_on AND o.follower_id = programme_plan.follower_id \
           ORDER BY o.created_at, o.id LIMIT 1) \
         WHERE kind = 'assigned' AND state = 'live' AND EXISTS \
         (SELECT 1 FROM programme_plan AS o WHERE o.kind = 'assigned' AND o.state = 'live' AND o.number = programme_plan.number \
          AND o.issued_on = programme_plan.issued_on AND o.follower_id = programme_plan.follower_id \
          AND (o.created_at < programme_plan.created_at OR (o.created_at = programme_plan.created_at AND o.id < programme_plan.id)))",
    );
    change.unique_where(
        "programme_plan",
        &["number", "issued_on", "follower_id"],
        "kind = 'assigned' AND state = 'live' AND twin_of IS NULL",
    );
}

/// New positions for plans in which one stands twice. Read before they are written: a position is counted from others.
const RENUMBERED: &str = "CREATE TABLE programme_order AS SELECT id, ROW_NUMBER() OVER (PARTITION BY plan_id ORDER BY position, id) AS at FROM programme_task \
     WHERE plan_id IN (SELECT plan_id FROM programme_task GROUP BY plan_id, position HAVING COUNT(*) > 1)";

/// Of a letter about many things that are late a body has one draft, whoever was chosen with them.
pub fn urged_once(change: &mut Change) {
    // Of before, none says by its subject which things it is about: two of one period are two letters, and each goes on as
    // one of its own. None is dropped.
    change.mend_by(
        "UPDATE programme_letter SET subject = lower(hex(id)) WHERE state = 'draft' AND lines IS NOT NULL",
        "UPDATE programme_letter SET subject = CAST(id AS text) WHERE state = 'draft' AND lines IS NOT NULL",
    );
    // That of a letter about one thing goes by its receiver: a difficulty that was passed on has another.
    change.mend("DROP INDEX IF EXISTS programme_letter_subject_kind_to_ids_one");
    change.unique_where("programme_letter", &["subject", "kind", "to_ids"], "state = 'draft' AND lines IS NULL");
    change.unique_where("programme_letter", &["kind", "subject", "from_id"], "state = 'draft' AND lines IS NOT NULL");
}

/// What comparing a signed file with what was approved showed.
pub fn compared(change: &mut Change) {
    change.table("programme_compared", |t| {
        t.uuid("report_id");
        t.text("of_hash");
        t.text("state");
        t.opt_text("differences");
        t.opt_text("problem");
        t.integer("at");
        t.primary(&["report_id"]);
        t.refers("report_id", "programme_report");
    });
}
