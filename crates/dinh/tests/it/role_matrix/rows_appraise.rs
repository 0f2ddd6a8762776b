//! Assessment, rules and waves: the department's officers answer about its systems, its programme officer reviews; rules and
//! waves are for the programme officer of the whole province.

use super::row::{NOBODY, Row};

const OFFICER: &[&str] = &["so.chuyenvien"];

pub const APPRAISE: &[Row] = &[
    ("POST /systems/assessment", NOBODY),
    ("POST /systems/{id}/assessment/{group}", OFFICER),
    ("POST /systems/{id}/copy", OFFICER),
    ("POST /systems/{id}/review", NOBODY),
    ("POST /systems/rules/new", NOBODY),
    ("POST /systems/rules/draft", NOBODY),
    ("POST /systems/rules/{id}", NOBODY),
    ("POST /systems/rules/{id}/rule", NOBODY),
    ("POST /systems/rules/{id}/use", NOBODY),
    ("POST /systems/weights", NOBODY),
    ("POST /systems/waves", NOBODY),
    ("POST /systems/waves/terms", NOBODY),
    ("POST /systems/waves/move", NOBODY),
    ("POST /systems/waves/loose", NOBODY),
    ("PATCH /api/v1/systems/{id}/assessment", OFFICER),
    ("POST /api/v1/systems/{id}/review", NOBODY),
    ("POST /api/v1/systems/classify", NOBODY),
    ("POST /api/v1/systems/rules", NOBODY),
    ("POST /api/v1/systems/rules/{id}/use", NOBODY),
    ("POST /api/v1/systems/{id}/copy", OFFICER),
    ("POST /api/v1/systems/waves", NOBODY),
    ("POST /api/v1/systems/waves/terms", NOBODY),
    ("POST /api/v1/systems/waves/move", NOBODY),
    ("POST /api/v1/systems/waves/loose", NOBODY),
    ("POST /undo/{seq}: of an answered assessment", OFFICER),
    ("POST /undo/{seq}: of answers taken over", OFFICER),
    ("POST /undo/{seq}: of an overruled assessment", NOBODY),
    ("POST /undo/{seq}: of an accepted assessment", NOBODY),
    ("POST /undo/{seq}: of a classification", NOBODY),
    ("POST /undo/{seq}: of an edition brought", NOBODY),
    ("POST /undo/{seq}: of a draft of the rules", NOBODY),
    ("POST /undo/{seq}: of a changed draft", NOBODY),
    ("POST /undo/{seq}: of a draft let go", NOBODY),
    ("POST /undo/{seq}: of rules in force", NOBODY),
    ("POST /undo/{seq}: of a plan of waves", NOBODY),
    ("POST /undo/{seq}: of a move to another wave", NOBODY),
    ("POST /undo/{seq}: of a place let loose", NOBODY),
    ("POST /undo/{seq}: of terms of waves", NOBODY),
];
