//! The tables `registry_*` and what the lake is told of them.

use db::{Change, Migration, ModuleMigrations};
use kernel::{Code as _, Column, ColumnType, FactKind, FactTable};

use crate::model::{Hosting, Kind, LinkKind, PersonalData, State};

pub const MIGRATIONS: ModuleMigrations =
    ModuleMigrations { module: "registry", steps: &[Migration { name: "0001_systems", up: systems }] };

static SYSTEM: FactTable = FactTable {
    name: "registry_system",
    version: 1,
    kind: FactKind::State,
    key: &["system"],
    columns: &[
        Column::new("system", ColumnType::Id("system"), "Hệ thống", "System").from("id"),
        Column::new("owner", ColumnType::Id("unit"), "Cơ quan chủ quản", "Owner").from("owner_id"),
        Column::new("operator", ColumnType::Id("unit"), "Đơn vị vận hành", "Operator").from("operator_id"),
        Column::new("name", ColumnType::Text, "Tên", "Name"),
        Column::new("code", ColumnType::Identifier, "Mã", "Code"),
        Column::new("kind", ColumnType::Code(Kind::CODES), "Loại", "Kind"),
        Column::new("state", ColumnType::Code(State::CODES), "Trạng thái", "State"),
        Column::new("hosting", ColumnType::Code(Hosting::CODES), "Nơi đặt", "Hosting"),
        Column::new("personal_data", ColumnType::Code(PersonalData::CODES), "Dữ liệu cá nhân", "Personal data"),
        Column::new("since", ColumnType::Integer, "Năm đưa vào vận hành", "In operation since").unit("năm"),
        Column::new("confirmed_on", ColumnType::Day, "Ngày xác nhận", "Confirmed on"),
    ],
};

static RELATION: FactTable = FactTable {
    name: "registry_relation",
    version: 1,
    kind: FactKind::State,
    key: &["link"],
    columns: &[
        Column::new("link", ColumnType::Id("link"), "Quan hệ", "Relation").from("id"),
        Column::new("system", ColumnType::Id("system"), "Hệ thống", "System").from("from_id"),
        Column::new("other", ColumnType::Id("system"), "Hệ thống kia", "Other system").from("to_id"),
        Column::new("kind", ColumnType::Code(LinkKind::CODES), "Loại quan hệ", "Kind of relation").from("kind"),
    ],
};

static CONFIRMATION: FactTable = FactTable {
    name: "registry_confirmation",
    version: 1,
    kind: FactKind::State,
    key: &["confirmation"],
    columns: &[
        Column::new("confirmation", ColumnType::Id("confirmation"), "Xác nhận", "Confirmation").from("id"),
        Column::new("unit", ColumnType::Id("unit"), "Cơ quan", "Body").from("unit_id"),
        Column::new("year", ColumnType::Integer, "Năm", "Year"),
        Column::new("on_day", ColumnType::Day, "Ngày", "Day"),
        Column::new("systems", ColumnType::Integer, "Số hệ thống", "Systems"),
    ],
};

fn systems(change: &mut Change) {
    change.table("registry_system", |t| {
        t.id();
        t.uuid("owner_id");
        t.opt_uuid("operator_id");
        for column in ["name", "kind", "state", "hosting", "personal_data", "fold", "name_sort", "name_key"] {
            t.text(column);
        }
        for column in ["code", "address", "purpose", "confirmed_on"] {
            t.opt_text(column);
        }
        t.opt_integer("since");
        t.rev();
    });
    change.unique("registry_system", &["owner_id", "name_key"]);
    change.index("registry_system", &["name_sort", "id"]);
    change.index("registry_system", &["operator_id"]);
    change.table("registry_relation", |t| {
        t.id();
        t.uuid("from_id");
        t.uuid("to_id");
        t.text("kind");
        t.refers("from_id", "registry_system");
        t.refers("to_id", "registry_system");
    });
    change.unique("registry_relation", &["from_id", "to_id", "kind"]);
    change.index("registry_relation", &["to_id"]);
    change.table("registry_use", |t| {
        t.id();
        t.uuid("system_id");
        t.uuid("unit_id");
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_use", &["system_id", "unit_id"]);
    change.index("registry_use", &["unit_id"]);
    change.table("registry_confirmation", |t| {
        t.id();
        t.uuid("unit_id");
        t.integer("year");
        t.text("on_day");
        t.integer("systems");
        t.rev();
    });
    change.unique("registry_confirmation", &["unit_id", "year"]);
    for facts in [&SYSTEM, &RELATION, &CONFIRMATION] {
        change.mirrors(facts);
    }
    for table in ["registry_system", "registry_relation", "registry_use", "registry_confirmation"] {
        change.undoes(table);
    }
    change.seals("registry_system", &["id"], &["owner_id", "state"]);
    change.seals("registry_confirmation", &["id"], &["unit_id", "year", "on_day", "systems"]);
}
