//! State-owned enterprises: kept by programme officers of the department and of the province alone.

use super::row::{NOBODY, Row};

pub const ENTERPRISES: &[Row] = &[
    ("POST /systems/enterprises", NOBODY),
    ("POST /systems/enterprises/{id}", NOBODY),
    ("POST /systems/enterprises/{id}/forms", NOBODY),
    ("POST /api/v1/systems/enterprises", NOBODY),
    ("POST /api/v1/systems/enterprises/{id}", NOBODY),
    ("POST /api/v1/systems/enterprises/{id}/forms", NOBODY),
    ("POST /undo/{seq}: of an added enterprise", NOBODY),
    ("POST /undo/{seq}: of a changed enterprise", NOBODY),
    ("POST /undo/{seq}: of a form of an enterprise", NOBODY),
    ("POST /undo/{seq}: of a changed form of an enterprise", NOBODY),
    ("POST /undo/{seq}: of a mistaken form of an enterprise", NOBODY),
];
