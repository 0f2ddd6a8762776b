//! The tables `notify_*`.

use db::{Age, Change, Migration, ModuleMigrations, Retention};

pub const MIGRATIONS: ModuleMigrations = ModuleMigrations {
    module: "notify",
    steps: &[
        Migration { name: "0001_first", up: first },
        Migration { name: "0002_confirmed", up: confirmed },
        Migration { name: "0003_open", up: open },
        Migration { name: "0004_carries", up: carries },
    ],
};

/// Which secret a letter carries: its words are kept only while it waits. What was written before is known by its words.
fn carries(change: &mut Change) {
    change.extend("notify_outbox", |t| t.opt_text("carries"));
    change.index("notify_outbox", &["carries"]);
    change.mend(
        "UPDATE notify_outbox SET carries = 'before' \
         WHERE text LIKE '%/r/out~_%' ESCAPE '~' OR text LIKE '%/notices/confirm/mail~_%' ESCAPE '~'",
    );
    change.mend("UPDATE notify_outbox SET text = '', html = '' WHERE carries IS NOT NULL AND state <> 'waiting'");
}

/// Letters that are not delivered, the newest first.
fn open(change: &mut Change) {
    change.mend("CREATE INDEX notify_outbox_open ON notify_outbox (created_at DESC, id) WHERE state <> 'sent'");
}

/// An address is proved before anything else goes there; how many letters a person had sent for that on a day.
fn confirmed(change: &mut Change) {
    change.extend("notify_person", |t| {
        t.text("confirmed");
        t.text("proof_hash");
        t.integer("proof_until");
    });
    change.table("notify_asked", |t| {
        t.uuid("person_id");
        t.text("day");
        t.integer("count");
        t.primary(&["person_id", "day"]);
    });
}

pub const RETENTION: &[Retention] = &[
    Retention {
        name: "notices-read",
        table: "notify_notice",
        key: "id",
        old: "is_read AND day < $1",
        age: Age::Day,
        days: 365,
    },
    Retention { name: "notices", table: "notify_notice", key: "id", old: "day < $1", age: Age::Day, days: 730 },
    Retention {
        name: "mail",
        table: "notify_outbox",
        key: "id",
        old: "state <> 'waiting' AND created_at < $1",
        age: Age::Instant,
        days: 180,
    },
    Retention {
        name: "digests",
        table: "notify_digest",
        key: "person_id, day",
        old: "day < $1",
        age: Age::Day,
        days: 400,
    },
];

fn first(change: &mut Change) {
    // Where and whether a person wants to be told; without a row: in the program only.
    change.table("notify_person", |t| {
        t.uuid("person_id");
        t.text("address");
        t.text("phone");
        t.boolean("digest");
        t.text("lang");
        // What the other side said when it refused the address.
        t.opt_text("refused");
        t.rev();
        t.primary(&["person_id"]);
    });
    // One row per person and day that was looked at, so that nobody is told twice.
    change.table("notify_digest", |t| {
        t.uuid("person_id");
        t.text("day");
        t.primary(&["person_id", "day"]);
    });
    change.table("notify_round", |t| {
        t.text("day");
        t.primary(&["day"]);
    });
    change.table("notify_notice", |t| {
        t.id();
        t.uuid("person_id");
        t.text("day");
        t.text("kind");
        t.text("subject");
        t.text("words");
        t.text("href");
        t.text("due_on");
        t.integer("days");
        t.boolean("by_mail");
        t.boolean("is_read");
    });
    change.index("notify_notice", &["person_id", "day"]);
    change.index("notify_notice", &["subject"]);
    change.table("notify_outbox", |t| {
        t.id();
        t.opt_uuid("person_id");
        t.text("channel");
        t.text("address");
        t.text("subject");
        t.text("text");
        t.text("html");
        t.text("state");
        t.integer("attempts");
        t.integer("next_at");
        t.opt_text("error");
        t.integer("created_at");
        t.opt_integer("sent_at");
    });
    change.index("notify_outbox", &["state", "next_at"]);
    change.echoes("notify_notice", &["subject", "href"]);
    change.echoes("notify_outbox", &["subject", "text", "html"]);
}
