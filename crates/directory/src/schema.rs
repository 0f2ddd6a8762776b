//! The tables `directory_*` and the facts the directory tells.

use db::{Change, Migration, ModuleMigrations};
use kernel::{Column, ColumnType, FactKind, FactTable};

pub const MIGRATIONS: ModuleMigrations = ModuleMigrations {
    module: "directory",
    steps: &[
        Migration { name: "0001_first", up: first },
        Migration { name: "0002_external", up: external },
        Migration { name: "0003_calendar", up: calendar },
        Migration { name: "0020_aliases", up: aliases },
    ],
};

pub static UNIT_FACTS: FactTable = FactTable {
    name: "directory_unit",
    version: 1,
    kind: FactKind::State,
    key: &["unit"],
    columns: &[
        Column::new("unit", ColumnType::Text, "Mã đơn vị trong hệ thống", "Unit id"),
        Column::new("parent", ColumnType::Text, "Đơn vị cấp trên", "Parent unit id"),
        Column::new("kind", ColumnType::Text, "Loại đơn vị", "Kind of unit"),
        Column::new("name", ColumnType::Text, "Tên đơn vị", "Name"),
        Column::new("code", ColumnType::Text, "Mã định danh điện tử", "Agency code"),
        Column::new("valid_from", ColumnType::Day, "Có hiệu lực từ", "Valid from"),
        Column::new("valid_to", ColumnType::Day, "Hết hiệu lực", "Valid to"),
        Column::new("successor", ColumnType::Text, "Đơn vị kế thừa", "Successor unit id"),
    ],
};

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

pub static FACTS: &[&FactTable] = &[&UNIT_FACTS];
