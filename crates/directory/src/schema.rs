//! The tables `directory_*` and what the lake is told of them.

use db::{Age, Change, Migration, ModuleMigrations, Retention};
use kernel::{Column, ColumnType, FactKind, FactTable};

pub const MIGRATIONS: ModuleMigrations = ModuleMigrations {
    module: "directory",
    steps: &[
        Migration { name: "0001_first", up: first },
        Migration { name: "0002_external", up: external },
        Migration { name: "0003_calendar", up: calendar },
        Migration { name: "0004_sign_in", up: sign_in },
        Migration { name: "0005_accounts", up: accounts },
        Migration { name: "0010_seals", up: seals },
        Migration { name: "0020_aliases", up: aliases },
        Migration { name: "0030_units", up: units },
        Migration { name: "0040_inviters", up: inviters },
        Migration { name: "0050_facts", up: facts },
        Migration { name: "0060_lists", up: lists },
        Migration { name: "0090_post_edit", up: post_edit },
        Migration { name: "0091_slip_codes", up: slip_codes },
        Migration { name: "0072_alias_kinds", up: alias_kinds },
        Migration { name: "0100_alias_removed", up: alias_removed },
        Migration { name: "0110_unit_orders", up: unit_orders },
        Migration { name: "0130_feed", up: feed },
    ],
};

static UNIT: FactTable = FactTable {
    name: "directory_unit",
    version: 2,
    kind: FactKind::State,
    key: &["unit"],
    columns: &[
        Column::new("unit", ColumnType::Id("unit"), "Mã đơn vị trong hệ thống", "Unit").from("id"),
        Column::new("parent", ColumnType::Id("unit"), "Đơn vị cấp trên", "Parent unit").from("parent_id"),
        Column::new("kind", ColumnType::Text, "Loại đơn vị", "Kind of unit"),
        Column::new("name", ColumnType::Text, "Tên đơn vị", "Name"),
        Column::new("code", ColumnType::Identifier, "Mã định danh điện tử", "Agency code"),
        Column::new("valid_from", ColumnType::Day, "Có hiệu lực từ", "Valid from"),
        Column::new("valid_to", ColumnType::Day, "Hết hiệu lực", "Valid to"),
        Column::new("successor", ColumnType::Id("unit"), "Đơn vị kế thừa", "Succeeding unit").from("successor_id"),
    ],
};

/// Who holds it is told by a key that says nothing without the table of people.
static POST: FactTable = FactTable {
    name: "directory_post",
    version: 1,
    kind: FactKind::State,
    key: &["post"],
    columns: &[
        Column::new("post", ColumnType::Id("post"), "Vị trí", "Post").from("id"),
        Column::new("unit", ColumnType::Id("unit"), "Đơn vị", "Unit").from("unit_id"),
        Column::new("person", ColumnType::Id("person"), "Người giữ", "Holder").from("person_id").personal(),
        Column::new("role", ColumnType::Text, "Vai trò", "Role"),
        Column::new("valid_from", ColumnType::Day, "Có hiệu lực từ", "Valid from"),
        Column::new("valid_to", ColumnType::Day, "Hết hiệu lực", "Valid to"),
    ],
};

/// A post that was corrected can be what it was.
fn post_edit(change: &mut Change) {
    change.extend("directory_post", |t| t.rev());
    change.undoes("directory_post");
}

/// The short code of a slip, under a key of this installation: what is typed from paper.
fn slip_codes(change: &mut Change) {
    change.extend("directory_link", |t| t.opt_text("code_hash"));
    change.index("directory_link", &["account_id"]);
}

/// By what the list of units is ordered beside their names.
fn unit_orders(change: &mut Change) {
    change.mend("CREATE INDEX directory_unit_code_order ON directory_unit ((COALESCE(code, area_code, '')), id)");
    change.index("directory_unit", &["valid_from", "id"]);
}

fn lists(change: &mut Change) {
    change.index("directory_account", &["person_id"]);
    change.index("directory_person", &["name_sort", "id"]);
}

fn facts(change: &mut Change) {
    change.mirrors(&UNIT);
    change.mirrors(&POST);
}

/// What is over: used links and ended ways are gone at once, logins as typed are not kept longer than they are needed.
pub const RETENTION: &[Retention] = &[
    over("links", "directory_link", "secret_hash", "until < $1", 30),
    over("invitations", "directory_invitation", "id", "until < $1", 14),
    over("halfway", "directory_halfway", "token_hash", "until < $1", 1),
    over("attempts", "directory_attempt", "key, hour", "hour * 3600000000 < $1", 2),
    over("devices", "directory_device", "token_hash, account_id", "seen_at < $1", 365),
];

const fn over(name: &'static str, table: &'static str, key: &'static str, old: &'static str, days: u32) -> Retention {
    Retention { name, table, key, old, age: Age::Instant, days }
}

fn first(change: &mut Change) {
    change.table("directory_unit", |t| {
        t.id();
        t.opt_uuid("parent_id");
        t.text("kind");
        t.opt_text("code");
        t.opt_text("legacy_code");
        t.opt_text("area_code");
        t.text("name");
        t.text("short_name");
        t.text("name_fold");
        t.text("name_sort");
        t.text("valid_from");
        t.opt_text("valid_to");
        t.opt_uuid("successor_id");
        t.rev();
        t.refers("parent_id", "directory_unit");
    });
    change.index("directory_unit", &["parent_id"]);
    change.index("directory_unit", &["name_sort", "id"]);
    change.table("directory_alias", |t| {
        t.id();
        t.uuid("unit_id");
        t.text("alias");
        t.refers("unit_id", "directory_unit");
    });
    change.table("directory_stamp", |t| {
        t.text("name");
        t.integer("value");
        t.primary(&["name"]);
    });
    change.table("directory_person", |t| {
        t.id();
        t.text("name");
        t.text("name_sort");
        t.text("name_fold");
        t.rev();
    });
    change.table("directory_post", |t| {
        t.id();
        t.uuid("person_id");
        t.uuid("unit_id");
        t.text("role");
        t.text("title");
        t.text("valid_from");
        t.opt_text("valid_to");
        t.opt_uuid("stands_in_for");
        t.refers("person_id", "directory_person");
        t.refers("unit_id", "directory_unit");
    });
    change.index("directory_post", &["person_id"]);
    change.index("directory_post", &["unit_id"]);
    change.table("directory_account", |t| {
        t.id();
        t.uuid("person_id");
        t.text("login");
        t.opt_text("password_hash");
        t.boolean("disabled");
        t.integer("epoch");
        t.refers("person_id", "directory_person");
    });
    change.unique("directory_account", &["login"]);
    change.table("directory_link", |t| {
        t.text("secret_hash");
        t.text("kind");
        t.opt_uuid("account_id");
        t.integer("until");
        t.primary(&["secret_hash"]);
    });
    change.table("directory_token", |t| {
        t.id();
        t.uuid("account_id");
        t.text("name");
        t.text("secret_hash");
        t.boolean("read_only");
        t.text("valid_to");
        t.boolean("revoked");
        t.refers("account_id", "directory_account");
    });
    change.unique("directory_token", &["secret_hash"]);
}

/// Who somebody is at the single sign-on.
fn external(change: &mut Change) {
    change.table("directory_external", |t| {
        t.text("issuer");
        t.text("subject");
        t.uuid("account_id");
        t.primary(&["issuer", "subject"]);
        t.refers("account_id", "directory_account");
    });
}

/// How far the meaning of words reaches, from which plan it was learned, by whom.
fn aliases(change: &mut Change) {
    change.extend("directory_alias", |t| {
        t.opt_text("reach");
        t.opt_uuid("issuer_id");
        t.opt_uuid("plan_id");
        t.opt_uuid("person_id");
        t.opt_uuid("account_id");
        t.opt_integer("at");
    });
}

fn alias_kinds(change: &mut Change) {
    change.extend("directory_alias", |t| {
        t.opt_text("kind");
        t.opt_integer("removed_at");
    });
}

/// By whom words were taken out of use: what the tree's keeper removed stays removed.
fn alias_removed(change: &mut Change) {
    change.extend("directory_alias", |t| t.opt_uuid("removed_by"));
}

/// What an administrator changed of the calendar, and the hours of offices.
fn calendar(change: &mut Change) {
    change.table("directory_calendar_day", |t| {
        t.text("day");
        t.opt_text("kind");
        t.text("name");
        t.text("source");
        t.primary(&["day"]);
    });
    change.table("directory_hours", |t| {
        t.uuid("unit_id");
        t.text("opens");
        t.text("closes");
        t.primary(&["unit_id"]);
    });
}

/// What decides who may do what: a change behind the program's back shows in `dinh ledger verify`.
fn seals(change: &mut Change) {
    let unit = ["parent_id", "kind", "code", "name", "valid_from", "valid_to", "successor_id"];
    change.seals("directory_unit", &["id"], &unit);
    let post = ["person_id", "unit_id", "role", "valid_from", "valid_to", "stands_in_for"];
    change.seals("directory_post", &["id"], &post);
    let account = ["person_id", "login", "password_hash", "disabled", "invented", "expected_until", "second_secret"];
    change.seals("directory_account", &["id"], &account);
    let token = ["account_id", "secret_hash", "read_only", "valid_to", "revoked"];
    change.seals("directory_token", &["id"], &token);
    change.seals("directory_external", &["issuer", "subject"], &["account_id"]);
}

/// What ends by itself or by a word: tokens, ties, invitations.
fn accounts(change: &mut Change) {
    // Until when a first sign-in through the provider may find the account by its name; used up by that sign-in.
    change.extend("directory_account", |t| t.opt_integer("expected_until"));
    change.extend("directory_token", |t| {
        t.opt_integer("made_at");
        t.opt_text("made_by");
        t.opt_text("used_on");
    });
    let cut = |today: &str| format!("UPDATE directory_token SET valid_to = {today} WHERE valid_to > {today}");
    change.mend_by(
        &cut("date('now', '+7 hours', '+90 days')"),
        &cut("to_char((now() AT TIME ZONE 'UTC') + interval '90 days 7 hours', 'YYYY-MM-DD')"),
    );
    change.extend("directory_external", |t| {
        t.opt_text("name");
        t.opt_integer("tied_at");
    });
    // Somebody at the provider who may become an account's other name, once its holder says so with the password.
    change.table("directory_tie_pending", |t| {
        t.uuid("account_id");
        t.text("issuer");
        t.text("subject");
        t.text("name");
        t.integer("until");
        t.primary(&["account_id"]);
        t.refers("account_id", "directory_account");
    });
    // Answers of the provider that were already taken, until they would be too old anyway.
    change.table("directory_oidc_used", |t| {
        t.text("state_hash");
        t.integer("until");
        t.primary(&["state_hash"]);
    });
    // A post that waits for its holder's word. The login is kept as typed: whether it exists is nobody's business.
    change.table("directory_invitation", |t| {
        t.id();
        t.text("login");
        t.opt_uuid("person_id");
        t.uuid("unit_id");
        t.text("role");
        t.text("title");
        t.opt_text("valid_to");
        t.opt_uuid("stands_in_for");
        t.opt_uuid("hands_over");
        t.text("state");
        t.integer("until");
        t.refers("unit_id", "directory_unit");
    });
    change.index("directory_invitation", &["person_id"]);
    change.index("directory_invitation", &["unit_id"]);
    let twice = "UPDATE directory_post SET valid_to = valid_from WHERE valid_to IS NULL AND EXISTS (SELECT 1 FROM directory_post other \
        WHERE other.person_id = directory_post.person_id AND other.unit_id = directory_post.unit_id AND other.role = directory_post.role \
        AND other.valid_to IS NULL AND other.id < directory_post.id)";
    change.mend(twice);
    change.unique_where("directory_post", &["person_id", "unit_id", "role"], "valid_to IS NULL");
}

/// One unit of a name beside others, one of a code, one post in which somebody stands in for another's. Later twins of
/// earlier versions stay as they are and say whose twin they are.
fn units(change: &mut Change) {
    change.extend("directory_unit", |t| {
        t.opt_uuid("code_twin_of");
        t.opt_uuid("name_twin_of");
    });
    change.extend("directory_post", |t| t.opt_uuid("twin_of"));
    let mut twins = |table: &str, column: &str, same: &str| {
        let first =
            format!("FROM {table} AS o WHERE {} AND o.id < {table}.id", same.replace("own.", &format!("{table}.")));
        change.mend(&format!(
            "UPDATE {table} SET {column} = (SELECT o.id {first} ORDER BY o.id LIMIT 1) WHERE EXISTS (SELECT 1 {first})"
        ));
    };
    twins("directory_unit", "code_twin_of", "own.code <> '' AND o.code = own.code");
    let beside =
        "o.parent_id = own.parent_id AND o.name_sort = own.name_sort AND o.valid_to IS NULL AND own.valid_to IS NULL";
    twins("directory_unit", "name_twin_of", beside);
    let stands_in = "o.person_id = own.person_id AND o.stands_in_for = own.stands_in_for AND o.valid_from = own.valid_from \
        AND o.valid_to >= o.valid_from AND own.valid_to >= own.valid_from";
    twins("directory_post", "twin_of", stands_in);
    change.unique_where("directory_unit", &["code"], "code <> '' AND code_twin_of IS NULL");
    change.unique_where("directory_unit", &["parent_id", "name_sort"], "valid_to IS NULL AND name_twin_of IS NULL");
    let held = "stands_in_for IS NOT NULL AND valid_to >= valid_from AND twin_of IS NULL";
    change.unique_where("directory_post", &["person_id", "stands_in_for", "valid_from"], held);
}

/// Who asked: an invitation is worth what its sender may still give.
fn inviters(change: &mut Change) {
    change.extend("directory_invitation", |t| t.opt_uuid("invited_by"));
}

/// What signing in remembers. Nothing in it signs anybody in, but for the secrets of second factors.
fn sign_in(change: &mut Change) {
    change.extend("directory_account", |t| {
        t.boolean("invented");
        t.integer("failures");
        t.integer("password_at");
        t.text("second_secret");
        t.integer("second_step");
        t.integer("second_at");
    });
    change.table("directory_attempt", |t| {
        t.text("key");
        t.integer("hour");
        t.integer("count");
        t.primary(&["key", "hour"]);
    });
    change.table("directory_device", |t| {
        t.text("token_hash");
        t.uuid("account_id");
        t.integer("seen_at");
        t.primary(&["token_hash", "account_id"]);
        t.refers("account_id", "directory_account");
    });
    change.index("directory_device", &["account_id"]);
    change.table("directory_halfway", |t| {
        t.text("token_hash");
        t.uuid("account_id");
        t.opt_text("secret");
        t.text("next");
        t.integer("tries");
        t.integer("until");
        t.primary(&["token_hash"]);
        t.refers("account_id", "directory_account");
    });
    change.table("directory_recovery", |t| {
        t.uuid("account_id");
        t.text("code_hash");
        t.primary(&["account_id", "code_hash"]);
        t.refers("account_id", "directory_account");
    });
}

/// The link by which a calendar reads the days of an account's person.
fn feed(change: &mut Change) {
    change.table("directory_feed", |t| {
        t.uuid("account_id");
        t.text("secret_hash");
        t.integer("made_at");
        t.primary(&["account_id"]);
        t.refers("account_id", "directory_account");
    });
    change.unique("directory_feed", &["secret_hash"]);
    change.seals("directory_feed", &["account_id"], &["account_id", "secret_hash"]);
}
