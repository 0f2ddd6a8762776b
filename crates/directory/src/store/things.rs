//! What the ledger calls units, people and posts.

use webkit::Thing;

pub const THINGS: &[Thing] = &[
    Thing { kind: "unit", page: "/units/", named: "SELECT id, name FROM directory_unit WHERE id" },
    Thing { kind: "person", page: "/people/", named: "SELECT id, name FROM directory_person WHERE id" },
    Thing {
        kind: "post",
        page: "/posts/",
        named: "SELECT o.id, p.name FROM directory_post o JOIN directory_person p ON p.id = o.person_id WHERE o.id",
    },
];
