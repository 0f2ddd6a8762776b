//! Telecommunications of the communes, and the dedicated network.

use db::Change;

use crate::model::telecom::{Coverage, Passive};

const TABLES: [&str; 3] = ["registry_coverage", "registry_passive", "registry_dedicated"];

pub fn telecom(change: &mut Change) {
    change.table("registry_coverage", |t| {
        t.id();
        t.uuid("commune_id");
        t.integer("year");
        t.opt_text("company");
        for column in ["households", "broadband", "population", "covered_4g", "covered_5g", "dead_spots"] {
            t.opt_integer(column);
        }
        t.uuid("owner_id");
        t.texts(&["name", "fold", "name_sort", "company_key"]);
        t.rev();
    });
    change.table("registry_passive", |t| {
        t.id();
        t.uuid("commune_id");
        t.integer("year");
        t.opt_text("company");
        for column in ["poles", "pole_length", "chambers", "duct_length"] {
            t.opt_integer(column);
        }
        t.uuid("owner_id");
        t.texts(&["name", "fold", "name_sort", "company_key"]);
        t.rev();
    });
    change.table("registry_dedicated", |t| {
        t.id();
        t.uuid("unit_id");
        t.text("is_connected");
        t.opt_text("connected_on");
        t.opt_integer("bandwidth");
        t.uuid("owner_id");
        t.texts(&["name", "fold", "name_sort", "compartment"]);
        t.rev();
    });
    for table in ["registry_coverage", "registry_passive"] {
        change.unique(table, &["commune_id", "year", "company_key"]);
        change.index(table, &["year", "id"]);
    }
    change.unique("registry_dedicated", &["unit_id"]);
    for table in TABLES {
        change.index(table, &["name_sort", "id"]);
    }
    change.undoes_each(&TABLES);
    // Who stands on the dedicated network is need to know: the lake is not told.
    change.mirrors(Coverage::FACTS);
    change.mirrors(Passive::FACTS);
}
