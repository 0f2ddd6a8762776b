//! The tables `programme_*` and what the lake is told of them.

mod accepted;
mod amend;
mod authority;
mod behalf;
mod cleared;
mod contacts;
mod desks;
mod facts;
mod hands;
mod identities;
mod letters;
mod mended;
mod ones;
mod orders;
pub(crate) mod outside;
mod pairs;
mod papers;
mod registers;
mod reports;
mod reviewed;
mod seals;
mod seeing;
mod work;
mod work_lists;

use db::{Change, Migration, ModuleMigrations};

pub const MIGRATIONS: ModuleMigrations = ModuleMigrations {
    module: "programme",
    steps: &[
        Migration { name: "0001_first", up: first },
        Migration { name: "0002_plan_role", up: plan_role },
        Migration { name: "0003_board", up: board },
        Migration { name: "0004_whole_plans", up: whole_plans },
        Migration { name: "0005_work", up: work::work },
        Migration { name: "0006_reports", up: reports::reports },
        Migration { name: "0007_charge", up: seeing::charge },
        Migration { name: "0008_blobs", up: blobs },
        Migration { name: "0010_seals", up: seals::seals },
        Migration { name: "0010_one_of_each", up: ones::one_of_each },
        Migration { name: "0011_compared", up: ones::compared },
        Migration { name: "0008_cleared", up: cleared::cleared },
        Migration { name: "0020_authority", up: authority::authority },
        Migration { name: "0030_confirmed", up: authority::confirmed },
        Migration { name: "0031_looks", up: cleared::looks },
        Migration { name: "0040_hands", up: hands::hands },
        Migration { name: "0041_documents", up: seals::documents },
        Migration { name: "0050_facts", up: facts::facts },
        Migration { name: "0060_undo", up: undo },
        Migration { name: "0061_lists", up: lists },
        Migration { name: "0062_report_register", up: registers::reports },
        Migration { name: "0063_duty_register", up: registers::duties },
        Migration { name: "0064_work_lists", up: work_lists::work_lists },
        Migration { name: "0065_report_words", up: registers::words },
        Migration { name: "0090_received", up: desks::received },
        Migration { name: "0100_letters", up: letters::letters },
        Migration { name: "0075_amend", up: amend::amend },
        Migration { name: "0070_accepted", up: accepted::accepted },
        Migration { name: "0095_signed", up: papers::signed },
        Migration { name: "0085_read_duties", up: read_duties },
        Migration { name: "0101_task_rev", up: mended::task_rev },
        Migration { name: "0102_counted", up: mended::counted },
        Migration { name: "0103_entry_of", up: mended::entry_of },
        Migration { name: "0104_letters_sealed", up: mended::letters_sealed },
        Migration { name: "0105_plan_words", up: plan_words },
        Migration { name: "0140_letter_edited", up: mended::letter_edited },
        Migration { name: "0130_behalf", up: behalf::behalf },
        Migration { name: "0131_identities", up: identities::identities },
        Migration { name: "0110_outside", up: outside::outside },
        Migration { name: "0111_receptions", up: outside::receptions },
        Migration { name: "0120_contacts", up: contacts::contacts },
        Migration { name: "0121_orders", up: orders::orders },
        Migration { name: "0150_letter_handed", up: letters::handed },
        Migration { name: "0151_report_identities", up: identities::of_reports },
        Migration { name: "0160_outside_maker", up: outside::maker },
        Migration { name: "0161_outside_fillers", up: outside::fillers },
        Migration { name: "0162_value_behalf", up: behalf::values },
        Migration { name: "0170_urged_once", up: ones::urged_once },
        Migration { name: "0171_waits", up: mended::waits },
        Migration { name: "0190_waiting", up: waiting },
        Migration { name: "0180_answer_hand", up: behalf::answered },
        Migration { name: "0210_unit_order", up: orders::of_units },
        Migration { name: "0211_outside_reminded", up: outside::reminded },
        Migration { name: "0220_reviewed", up: reviewed::reviewed },
        Migration { name: "0230_pairs", up: pairs::pairs },
        Migration { name: "0231_pair_rev", up: pairs::revisions },
        Migration { name: "0240_filed", up: reviewed::filed },
    ],
};

/// What waits for somebody is asked for on every page.
fn waiting(change: &mut Change) {
    change.unique_where("programme_part", &["done_on", "id"], "done_on IS NOT NULL AND accepted_on IS NULL");
    change.index("programme_entry", &["hand", "part_id"]);
    change.index("programme_evidence", &["hand", "part_id"]);
}

/// What an act replaces or takes away, and somebody may want back.
fn undo(change: &mut Change) {
    for table in [
        "programme_step",
        "programme_route",
        "programme_target",
        "programme_trajectory",
        "programme_duty",
        "programme_duty_body",
    ] {
        change.undoes(table);
    }
}

/// By which words a plan is found.
fn plan_words(change: &mut Change) {
    change.folds("programme_plan", "COALESCE(number, '') || ' ' || COALESCE(title, '') || ' ' || file_name");
}

/// What was said of the duties of a plan under review.
fn read_duties(change: &mut Change) {
    change.table("programme_read_duty", |t| {
        t.uuid("plan_id");
        t.integer("position");
        t.text("body");
        t.primary(&["plan_id", "position"]);
        t.refers("plan_id", "programme_plan");
    });
}

/// The orders in which lists are read, a page at a time.
fn lists(change: &mut Change) {
    change.index("programme_report", &["replaces_id"]);
    change.mend(
        "CREATE INDEX programme_report_to_do ON programme_report \
         ((CASE WHEN state IN ('issued', 'accepted') THEN 1 ELSE 0 END), due_on DESC, id)",
    );
    change.mend(
        "CREATE INDEX programme_part_unaccepted ON programme_part (done_on, id) \
         WHERE done_on IS NOT NULL AND accepted_on IS NULL",
    );
    change.mend(
        "CREATE INDEX programme_part_stopped ON programme_part (sort_due, id) \
         WHERE stopped_on IS NOT NULL AND done_on IS NULL",
    );
    change.index("programme_difficulty", &["state", "due_on", "id"]);
}

/// What the reader read and a person reviews, in the order of the document.
fn read(change: &mut Change, table: &str) {
    change.table(table, |t| {
        t.id();
        t.uuid("plan_id");
        t.integer("position");
        t.text("state");
        t.text("body");
        t.rev();
        t.refers("plan_id", "programme_plan");
    });
    change.index(table, &["plan_id", "position"]);
}

fn first(change: &mut Change) {
    change.table("programme_plan", |t| {
        t.id();
        t.text("state");
        t.text("file_name");
        t.text("blob_hash");
        t.opt_uuid("job_id");
        t.opt_text("refusal");
        t.opt_text("number");
        t.opt_text("issued_on");
        t.opt_text("kind");
        t.opt_text("issuer");
        t.opt_uuid("issuer_id");
        t.opt_text("title");
        t.boolean("draft");
        t.uuid("follower_id");
        t.opt_text("text");
        t.opt_text("reading");
        t.integer("created_at");
        t.opt_integer("approved_at");
        t.rev();
    });
    change.unique("programme_plan", &["blob_hash"]);
    read(change, "programme_read_row");
    change.table("programme_task", |t| {
        t.id();
        t.uuid("plan_id");
        t.integer("position");
        t.text("section");
        t.text("text");
        t.text("time_raw");
        t.text("time_kind");
        t.opt_text("result");
        t.text("quote");
        t.integer("source_start");
        t.integer("source_end");
        t.text("coordinating");
        t.refers("plan_id", "programme_plan");
    });
    change.index("programme_task", &["plan_id", "position"]);
    change.search("programme_task");
    change.table("programme_part", |t| {
        t.id();
        t.uuid("task_id");
        t.uuid("plan_id");
        t.uuid("unit_id");
        t.text("unit_sort");
        t.text("sort_plan");
        t.text("sort_due");
        t.text("time_kind");
        t.opt_text("start_on");
        t.opt_text("due_on");
        t.opt_text("done_on");
        t.opt_text("done_note");
        t.opt_text("stopped_on");
        t.rev();
        t.refers("task_id", "programme_task");
    });
    change.index("programme_part", &["sort_due", "id"]);
    change.index("programme_part", &["sort_plan", "id"]);
    change.index("programme_part", &["unit_id", "sort_due", "id"]);
    change.index("programme_part", &["task_id"]);
    change.index("programme_part", &["plan_id"]);
    change.table("programme_helper", |t| {
        t.uuid("task_id");
        t.uuid("unit_id");
        t.primary(&["task_id", "unit_id"]);
        t.refers("task_id", "programme_task");
    });
    change.index("programme_helper", &["unit_id"]);
}

fn plan_role(change: &mut Change) {
    change.table("programme_plan_role", |t| {
        t.uuid("plan_id");
        t.uuid("unit_id");
        t.text("role");
        t.primary(&["plan_id", "unit_id", "role"]);
        t.refers("plan_id", "programme_plan");
    });
    change.index("programme_plan_role", &["unit_id", "plan_id"]);
}

/// Targets, what the reader doubts, how plans belong together, and their text for searching.
fn whole_plans(change: &mut Change) {
    change.table("programme_finding", |t| {
        t.id();
        t.uuid("plan_id");
        t.integer("position");
        t.text("kind");
        t.text("message_vi");
        t.text("message_en");
        t.opt_integer("task_at");
        t.opt_integer("target_at");
        t.opt_integer("span_start");
        t.opt_integer("span_end");
        t.text("state");
        t.opt_text("reason");
        t.rev();
        t.refers("plan_id", "programme_plan");
    });
    change.index("programme_finding", &["plan_id", "position"]);
    read(change, "programme_read_target");
    change.table("programme_target", |t| {
        t.id();
        t.uuid("plan_id");
        t.integer("position");
        t.text("text");
        t.integer("value_milli");
        t.text("unit");
        t.text("comparator");
        t.opt_integer("from_year");
        t.opt_integer("to_year");
        t.opt_integer("stretch_milli");
        t.opt_text("indicator");
        t.boolean("counted");
        t.text("owners");
        t.text("implementers");
        t.text("quote");
        t.integer("source_start");
        t.integer("source_end");
        t.refers("plan_id", "programme_plan");
    });
    change.index("programme_target", &["plan_id", "position"]);
    change.index("programme_target", &["indicator", "to_year"]);
    change.search("programme_target");
    change.table("programme_plan_link", |t| {
        t.uuid("plan_id");
        t.uuid("other_id");
        t.text("kind");
        t.primary(&["plan_id", "other_id", "kind"]);
        t.refers("plan_id", "programme_plan");
    });
    change.index("programme_plan_link", &["other_id", "kind"]);
    change.table("programme_passage", |t| {
        t.id();
        t.uuid("plan_id");
        t.integer("position");
        t.integer("span_start");
        t.text("text");
        t.refers("plan_id", "programme_plan");
    });
    change.index("programme_passage", &["plan_id", "position"]);
    change.search("programme_passage");
    change.table("programme_public", |t| {
        t.uuid("plan_id");
        t.integer("since");
        t.primary(&["plan_id"]);
        t.refers("plan_id", "programme_plan");
    });
    change.table("programme_cascade", |t| {
        t.uuid("child_id");
        t.uuid("item_id");
        t.text("verdict");
        t.text("note");
        t.rev();
        t.primary(&["child_id", "item_id"]);
        t.refers("child_id", "programme_plan");
    });
}

/// Which columns name files, so that nothing sweeps what they name. What was refused lets go of its file.
fn blobs(change: &mut Change) {
    for table in ["programme_plan", "programme_evidence", "programme_report"] {
        change.blob(table, "blob_hash");
    }
    change.index("programme_evidence", &["blob_hash"]);
    change.index("programme_report", &["blob_hash"]);
    change.mend("UPDATE programme_plan SET blob_hash = 'refused:' || blob_hash WHERE state = 'refused'");
}

/// The board counts every part: from this index alone, without the rows.
fn board(change: &mut Change) {
    change.index("programme_part", &["unit_id", "due_on", "done_on", "stopped_on", "start_on"]);
}
