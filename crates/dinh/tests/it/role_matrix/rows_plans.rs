//! Rows of plans. They stand in the name of the province's committee, and the department follows them: its programme
//! officers review and steer them, its leader and its other officers do not, and nobody of it speaks for the committee.

use super::row::{NOBODY, Row};

/// Takes documents in under its own follower: these become a plan of the commune's own, and bind nobody.
const OF_ITS_OWN: &[&str] = &["xa.theodoi"];

pub const PLANS: &[Row] = &[
    ("POST /plans/new", OF_ITS_OWN),
    ("POST /api/v1/plans", OF_ITS_OWN),
    // Under review.
    ("POST /plans/{id}/head", NOBODY),
    ("POST /plans/{id}/name-body", NOBODY),
    ("POST /plans/{id}/name-body: undo", NOBODY),
    ("POST /api/v1/plans/{id}/head", NOBODY),
    ("POST /plans/{id}/read-duties", NOBODY),
    ("POST /api/v1/plans/{id}/read-duties", NOBODY),
    ("POST /api/v1/plans/{id}/name-body", NOBODY),
    ("POST /plans/{id}/set-aside", NOBODY),
    ("POST /plans/{id}/read-rows", NOBODY),
    ("POST /api/v1/plans/{id}/read-rows", NOBODY),
    ("POST /read-rows/{id}", NOBODY),
    ("POST /read-rows/{id}: correct", NOBODY),
    ("POST /read-rows/{id}: split", NOBODY),
    ("POST /read-rows/{id}: merge", NOBODY),
    ("POST /api/v1/read-rows/{id}", NOBODY),
    ("POST /read-targets/{id}", NOBODY),
    ("POST /read-targets/{id}: correct", NOBODY),
    ("POST /api/v1/read-targets/{id}", NOBODY),
    ("POST /findings/{id}", NOBODY),
    ("POST /findings/{id}: aside", NOBODY),
    ("POST /api/v1/findings/{id}", NOBODY),
    ("POST /plans/{id}/approve", NOBODY),
    ("POST /api/v1/plans/{id}/approve", NOBODY),
    // What the committee says of it.
    ("POST /plans/{id}/confirm", NOBODY),
    ("POST /plans/{id}/confirm: refuse", NOBODY),
    ("POST /plans/{id}/confirm: take_back", NOBODY),
    ("POST /api/v1/plans/{id}/confirm", NOBODY),
    // After it was approved. Whoever speaks for the committee, and is none of these, withdraws it too.
    ("POST /plans/{id}/withdraw", NOBODY),
    ("POST /api/v1/plans/{id}/withdraw", NOBODY),
    ("POST /plans/{id}/remove", NOBODY),
    ("POST /api/v1/plans/{id}/remove", NOBODY),
    ("POST /tasks/{id}/amend", NOBODY),
    ("POST /api/v1/tasks/{id}/amend", NOBODY),
    ("POST /tasks/{id}/stop", NOBODY),
    ("POST /api/v1/tasks/{id}/stop", NOBODY),
    ("POST /tasks/{id}/shape", NOBODY),
    ("POST /api/v1/tasks/{id}/shape", NOBODY),
    ("POST /targets/{id}/bodies", NOBODY),
    ("POST /api/v1/targets/{id}/bodies", NOBODY),
    ("POST /changes/{id}/undo", NOBODY),
    ("POST /api/v1/changes/{id}/undo", NOBODY),
    // Beside other plans and bodies, and as everybody sees it.
    ("POST /plans/{id}/roles", NOBODY),
    ("POST /plans/{id}/roles: end", NOBODY),
    ("POST /api/v1/plans/{id}/roles", NOBODY),
    ("POST /plans/{id}/links", NOBODY),
    ("POST /plans/{id}/links: end", NOBODY),
    ("POST /api/v1/plans/{id}/links", NOBODY),
    ("POST /plans/{id}/cascade", NOBODY),
    ("POST /plans/{id}/pairs", NOBODY),
    ("POST /api/v1/plans/{id}/pairs", NOBODY),
    ("POST /plans/{id}/publish", NOBODY),
    ("POST /plans/{id}/publish: end", NOBODY),
    ("POST /plans/{id}/route", NOBODY),
    ("POST /undo/{seq}: of a route", NOBODY),
    ("POST /targets/{id}/plan", NOBODY),
    ("POST /undo/{seq}: of a target's way", NOBODY),
];
