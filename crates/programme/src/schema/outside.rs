//! Links by which bodies without accounts report, who filled them in, and what each of several receivers made of a report.

use db::{Age, Change, Retention};

pub fn outside(change: &mut Change) {
    change.table("programme_outside", |t| {
        t.id();
        t.uuid("period_id");
        // The body of the report, and who stood for it when the link was sent.
        t.uuid("unit_id");
        t.uuid("body_id");
        t.text("name");
        t.text("token_hash");
        // "live", "replaced", or "revoked"; that its time is over follows from the time.
        t.text("state");
        t.integer("until");
        t.integer("at");
        t.opt_integer("ended_at");
        t.boolean("by_mail");
        t.refers("period_id", "programme_period");
    });
    change.unique("programme_outside", &["token_hash"]);
    change.unique_where("programme_outside", &["period_id", "unit_id"], "state = 'live'");
    change.index("programme_outside", &["period_id", "unit_id", "at"]);
    change.index("programme_outside", &["unit_id", "at"]);
    let decides = ["period_id", "unit_id", "body_id", "token_hash", "state", "until"];
    change.seals("programme_outside", &["id"], &decides);
    // What is known of people outside stands apart: it is neither sealed nor mirrored, and goes when it is old.
    change.table("programme_outside_contact", |t| {
        t.uuid("link_id");
        t.text("address");
        t.text("name");
        t.text("post");
        t.text("phone");
        t.opt_integer("opened_at");
        t.integer("at");
        t.primary(&["link_id"]);
        t.refers("link_id", "programme_outside");
    });
}

/// What the receivers beside the one that gathers made of a report.
pub fn receptions(change: &mut Change) {
    change.table("programme_reception", |t| {
        t.id();
        t.uuid("report_id");
        t.uuid("unit_id");
        // "waiting", "accepted", or "returned".
        t.text("state");
        t.opt_text("number");
        t.opt_text("received_on");
        t.opt_text("remarks");
        t.opt_text("hand");
        t.integer("at");
        t.rev();
        t.refers("report_id", "programme_report");
    });
    change.unique("programme_reception", &["report_id", "unit_id"]);
    change.index("programme_reception", &["unit_id", "state", "at"]);
    let decides = ["report_id", "unit_id", "state", "number", "received_on"];
    change.seals("programme_reception", &["id"], &decides);
}

/// Whose hand made a link: where no letter carried it, that person had its secret.
pub fn maker(change: &mut Change) {
    change.extend("programme_outside", |t| t.opt_text("maker"));
    change.seals_more("programme_outside", &["maker"]);
}

/// Who filled in each version that was sent by a link: whoever comes with it later changes nothing of that. Kept as the rest
/// of what is known of people outside.
pub fn fillers(change: &mut Change) {
    change.table("programme_outside_filler", |t| {
        t.uuid("report_id");
        t.uuid("link_id");
        t.text("name");
        t.text("post");
        t.text("phone");
        t.integer("at");
        t.primary(&["report_id"]);
        t.refers("report_id", "programme_report");
    });
    change.index("programme_outside_filler", &["link_id"]);
}

/// The day on which the body was last reminded by letter.
pub fn reminded(change: &mut Change) {
    change.extend("programme_outside_contact", |t| t.opt_text("reminded_on"));
}

const fn old(name: &'static str, table: &'static str, key: &'static str) -> Retention {
    Retention { name, table, key, old: "at < $1", age: Age::Instant, days: 1100 }
}

pub const RETENTION: &[Retention] = &[
    old("outside-contacts", "programme_outside_contact", "link_id"),
    old("outside-fillers", "programme_outside_filler", "report_id"),
];
