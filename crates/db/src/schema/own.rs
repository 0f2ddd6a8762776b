//! The tables of `db` itself.

use super::{
    change::Change,
    migration::{Migration, ModuleMigrations},
};

pub(super) const OWN: ModuleMigrations = ModuleMigrations {
    module: "db",
    steps: &[
        Migration { name: "0001_first", up: first },
        Migration { name: "0002_access", up: access },
        Migration { name: "0003_scan", up: scan },
        Migration { name: "0004_daily", up: daily },
        Migration { name: "0005_ledger", up: ledger },
        Migration { name: "0006_house", up: house },
        Migration { name: "0007_jobs", up: jobs },
        Migration { name: "0008_facts", up: facts },
        Migration { name: "0009_before", up: before },
        Migration { name: "0010_changed", up: changed },
        Migration { name: "0011_drafts", up: drafts },
        Migration { name: "0012_draft_page", up: draft_page },
        Migration { name: "0013_forgotten", up: forgotten },
        Migration { name: "0014_packed", up: packed },
    ],
};

/// An act on tens of thousands of rows leaves megabytes: PostgreSQL packs them several times as fast this way, where it was
/// built with it.
fn packed(change: &mut Change) {
    for table in ["db_before", "db_fact", "db_ledger"] {
        change.mend_postgres(&format!(
            "DO $$ BEGIN EXECUTE 'ALTER TABLE {table} ALTER COLUMN body SET COMPRESSION lz4'; \
             EXCEPTION WHEN feature_not_supported OR syntax_error THEN NULL; END $$"
        ));
    }
}

/// Facts in the order of the ledger. Those of before were in no order and nobody had taken them: the lake begins with the
/// rows as they are.
fn facts(change: &mut Change) {
    change.drop_table("db_outbox");
    change.table("db_fact", |t| {
        t.text("stream");
        t.integer("seq");
        t.text("fact_table");
        t.integer("version");
        t.integer("at");
        t.text("body");
        t.primary(&["stream", "seq", "fact_table"]);
    });
}

/// What rows were before an act, under the number of its last entry.
fn before(change: &mut Change) {
    change.table("db_before", |t| {
        t.text("stream");
        t.integer("seq");
        t.text("of_table");
        t.integer("at");
        t.text("body");
        t.primary(&["stream", "seq", "of_table"]);
    });
}

/// The newest entry that changed something of each module.
fn changed(change: &mut Change) {
    change.table("db_changed", |t| {
        t.text("stream");
        t.text("module");
        t.integer("seq");
        t.primary(&["stream", "module"]);
    });
}

/// What ties this database to its folder, and what the last look through all files found.
fn house(change: &mut Change) {
    change.table("db_house", |t| {
        t.text("name");
        t.text("value");
        t.primary(&["name"]);
    });
    change.table("db_scrub", |t| {
        t.text("name");
        t.integer("at");
        t.integer("files");
        t.integer("bytes");
        t.primary(&["name"]);
    });
    change.table("db_scrub_fault", |t| {
        t.text("hash");
        t.text("kind");
        t.text("place");
        t.primary(&["hash"]);
    });
}

/// The head as it was signed, the last of each hour, and what the daily check of the ledger found.
fn ledger(change: &mut Change) {
    change.table("db_checkpoint", |t| {
        t.text("stream");
        t.integer("hour");
        t.integer("seq");
        t.text("hash");
        t.integer("at");
        t.text("signature");
        t.primary(&["stream", "hour"]);
    });
    // They belong to the key and the file of one folder.
    change.stays("db_checkpoint");
    change.table("db_ledger_check", |t| {
        t.text("stream");
        t.integer("at");
        t.integer("entries");
        t.integer("rows_compared");
        t.text("faults");
        t.primary(&["stream"]);
    });
    change.stays("db_ledger_check");
}

/// Who asked for a job and when it was taken up, and what a request with a key was.
fn jobs(change: &mut Change) {
    change.extend("db_job", |t| {
        t.opt_text("actor");
        t.opt_integer("taken_at");
        t.opt_integer("ended_at");
    });
    change.index("db_job", &["taken_at"]);
    change.extend("db_idempotency", |t| {
        t.opt_text("method");
        t.opt_text("path");
        t.opt_text("body_hash");
        t.opt_text("headers");
    });
    change.index("db_idempotency", &["at"]);
}

/// What people are writing and have not sent.
fn drafts(change: &mut Change) {
    change.table("db_draft", |t| {
        t.uuid("person_id");
        t.text("key");
        t.integer("at");
        t.text("fields");
        t.primary(&["person_id", "key"]);
    });
    change.index("db_draft", &["at"]);
}

/// On which page it is written: what is forgotten takes what was written about it along.
fn draft_page(change: &mut Change) {
    change.extend("db_draft", |t| t.opt_text("page"));
    change.echoes("db_draft", &["page", "fields"]);
}

/// The ids of what was forgotten: nothing that bears one is kept any more.
fn forgotten(change: &mut Change) {
    change.table("db_forgotten", |t| {
        t.text("id");
        t.primary(&["id"]);
    });
}

/// Which daily work was queued on which day.
fn daily(change: &mut Change) {
    change.table("db_daily", |t| {
        t.text("kind");
        t.text("day");
        t.primary(&["kind", "day"]);
    });
}

/// Files that a virus scanner found clean, and when.
fn scan(change: &mut Change) {
    change.table("db_blob_scan", |t| {
        t.text("hash");
        t.integer("at");
        t.primary(&["hash"]);
    });
}

fn access(change: &mut Change) {
    change.table("db_access", |t| {
        t.id();
        t.integer("at");
        t.text("actor");
        t.text("action");
        t.text("subject");
        t.integer("people");
    });
    change.index("db_access", &["at", "id"]);
}

fn first(change: &mut Change) {
    change.table("db_ledger_head", |t| {
        t.text("stream");
        t.integer("seq");
        t.text("hash");
        t.integer("at");
        t.primary(&["stream"]);
    });
    change.table("db_ledger", |t| {
        t.text("stream");
        t.integer("seq");
        t.integer("at");
        t.text("actor");
        t.text("action");
        t.text("subject");
        t.text("body");
        t.text("hash");
        t.primary(&["stream", "seq"]);
    });
    change.index("db_ledger", &["subject"]);
    change.table("db_outbox", |t| {
        t.uuid("id");
        t.primary(&["id"]);
        t.text("fact_table");
        t.integer("version");
        t.integer("at");
        t.text("body");
    });
    change.table("db_job", |t| {
        t.id();
        t.text("kind");
        t.text("payload");
        t.text("state");
        t.integer("run_at");
        t.integer("attempts");
        t.opt_text("holder");
        t.opt_integer("leased_until");
        t.integer("done");
        t.integer("total");
        t.opt_text("error");
        t.text("lang");
        t.integer("created_at");
    });
    change.index("db_job", &["state", "run_at"]);
    change.table("db_lease", |t| {
        t.text("name");
        t.text("holder");
        t.integer("fence");
        t.integer("until");
        t.primary(&["name"]);
    });
    change.table("db_blob", |t| {
        t.text("hash");
        t.integer("size");
        t.text("media_type");
        t.integer("created_at");
        t.primary(&["hash"]);
    });
    change.table("db_idempotency", |t| {
        t.text("actor");
        t.text("key");
        t.integer("at");
        t.opt_integer("status");
        t.opt_text("body");
        t.primary(&["actor", "key"]);
    });
}
