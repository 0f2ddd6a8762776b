//! Telecommunications: kept by programme officers of the department and of the province alone.

use super::row::{NOBODY, Row};

pub const TELECOM: &[Row] = &[
    ("POST /telecom/coverage/import", NOBODY),
    ("POST /telecom/passive/import", NOBODY),
    ("POST /telecom/network/import", NOBODY),
    ("POST /api/v1/telecom/coverage", NOBODY),
    ("PATCH /api/v1/telecom/coverage/{id}", NOBODY),
    ("POST /api/v1/telecom/passive", NOBODY),
    ("PATCH /api/v1/telecom/passive/{id}", NOBODY),
    ("POST /api/v1/telecom/network", NOBODY),
    ("PATCH /api/v1/telecom/network/{id}", NOBODY),
    ("POST /undo/{seq}: of an import of coverage", NOBODY),
    ("POST /undo/{seq}: of an import of passive infrastructure", NOBODY),
    ("POST /undo/{seq}: of an import of the network", NOBODY),
    ("POST /undo/{seq}: of an edited line of coverage", NOBODY),
    ("POST /undo/{seq}: of an edited line of passive infrastructure", NOBODY),
    ("POST /undo/{seq}: of an edited line of the network", NOBODY),
];
