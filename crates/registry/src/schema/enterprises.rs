//! State-owned enterprises, what was changed of their list, and what they sign each year, with what was changed of that.

use db::Change;

use crate::model::enterprise::{Enterprise, EnterpriseForm};

pub fn enterprises(change: &mut Change) {
    change.table("registry_enterprise", |t| {
        t.id();
        t.texts(&["name", "tax_code"]);
        t.opt_uuid("body_id");
        t.texts(&["document", "document_on", "proof", "valid_from"]);
        t.opt_text("valid_until");
        t.uuid("owner_id");
        t.text("name_sort");
        t.rev();
    });
    change.unique("registry_enterprise", &["tax_code"]);
    change.index("registry_enterprise", &["name_sort", "id"]);
    change.table("registry_enterprise_change", |t| {
        t.id();
        t.uuid("enterprise_id");
        t.texts(&["on_day", "by_whom", "reason", "name", "tax_code"]);
        t.opt_uuid("body_id");
        t.texts(&["document", "document_on", "proof", "valid_from"]);
        t.opt_text("valid_until");
        t.refers("enterprise_id", "registry_enterprise");
    });
    change.index("registry_enterprise_change", &["enterprise_id", "id"]);
    change.table("registry_enterprise_form", |t| {
        t.id();
        t.uuid("enterprise_id");
        t.integer("year");
        t.texts(&["uses", "is_domestic"]);
        t.opt_uuid("provider_id");
        t.integer("services");
        t.texts(&["signed_on", "office", "proof"]);
        t.rev();
        t.refers("enterprise_id", "registry_enterprise");
        t.refers("provider_id", "registry_system");
    });
    // The last one signed is one: on a day an enterprise signs once.
    change.unique("registry_enterprise_form", &["enterprise_id", "signed_on"]);
    change.index("registry_enterprise_form", &["provider_id"]);
    change.table("registry_enterprise_form_change", |t| {
        t.id();
        t.uuid("enterprise_id");
        t.uuid("form_id");
        t.texts(&["on_day", "by_whom", "reason"]);
        t.boolean("is_mistaken");
        t.integer("year");
        t.texts(&["uses", "is_domestic"]);
        t.opt_uuid("provider_id");
        t.integer("services");
        t.texts(&["signed_on", "office", "proof"]);
        t.refers("enterprise_id", "registry_enterprise");
        t.refers("provider_id", "registry_system");
    });
    change.index("registry_enterprise_form_change", &["enterprise_id", "id"]);
    change.index("registry_enterprise_form_change", &["provider_id"]);
    change.mirrors(Enterprise::FACTS);
    change.mirrors(EnterpriseForm::FACTS);
    change.undoes_each(&[
        "registry_enterprise",
        "registry_enterprise_change",
        "registry_enterprise_form",
        "registry_enterprise_form_change",
    ]);
    let of_list = ["tax_code", "document", "document_on", "valid_from", "valid_until"];
    change.seals("registry_enterprise", &["id"], &of_list);
    let of_form = ["enterprise_id", "year", "uses", "is_domestic", "provider_id", "services", "signed_on"];
    change.seals("registry_enterprise_form", &["id"], &of_form);
}
