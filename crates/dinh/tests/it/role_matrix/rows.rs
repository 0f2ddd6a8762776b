//! The rows: every mutating route and every act by it, and which of the strangers may all the same, by what they are to the
//! thing of its sample. Beside them there is who the sample is sent by; everybody else may not, and who is not signed in.
//!
//! A new route gets its sample in `samples*.rs` and its row here; an act that asks for another right than its route's sample
//! gets a row `POST /path: act` and its sample in `samples_acts.rs` or `samples_steps.rs`. Who is in a row is not tried:
//! what they do would take the thing from who is.

use super::{
    row::{NOBODY, Row},
    rows_appraise::APPRAISE,
    rows_enterprises::ENTERPRISES,
    rows_plans::PLANS,
    rows_telecom::TELECOM,
    rows_work::WORK,
};

/// Who keeps the posts of the officer's own department, and so what its people come in by.
const KEEPERS: &[&str] = &["so.quantri", "so.hethong"];
/// The department's officers keep its systems, beside its programme officers; its leader says that they are right.
const OFFICER: &[&str] = &["so.chuyenvien"];
const LEADER: &[&str] = &["so.lanhdao"];

fn all() -> impl Iterator<Item = &'static Row> {
    [HOUSE, PLANS, WORK, SYSTEMS, APPRAISE, TELECOM, ENTERPRISES].into_iter().flatten()
}

pub fn rows() -> impl Iterator<Item = &'static Row> {
    all().filter(|(name, _)| !name.contains(": "))
}

/// As the row names it, the route's path, the act, and who may.
pub fn acts() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static [&'static str])> {
    all().filter_map(|(name, may)| {
        let (route, act) = name.split_once(": ")?;
        Some((*name, route.split_once(' ')?.1, act, *may))
    })
}

/// About nothing of anybody else's, and why: whoever asks does it to what is theirs alone, or the secret they know is the
/// right. No route whose gate names an action stands here.
pub const ELSEWHERE: &[(&str, &str)] = &[
    ("POST /sign-in", "public: the password is the right"),
    ("POST /sign-in/second-factor", "public: the password before it and the code are the right"),
    ("POST /link/{secret}", "public: the secret is the right"),
    ("POST /outside/{id}", "public: the link that was sent to its body is the right"),
    ("POST /outside/{id}/sheet", "public: the link that was sent to its body is the right"),
    ("POST /sign-out", "ends the asker's own session"),
    ("POST /account/tie", "ties the asker's own account"),
    ("POST /account/tie/forget", "forgets what waits to be tied to the asker's own account"),
    ("POST /account/feed", "makes the asker's own calendar link"),
    ("POST /account/feed/end", "ends the asker's own calendar link"),
    ("POST /account/password", "changes the asker's own password"),
    ("POST /account/prove", "proves who the asker is"),
    ("POST /account/sessions", "ends the asker's own sessions"),
    ("POST /account/second-factor", "sets the asker's own second factor up"),
    ("POST /notices/choose", "says where the asker is reached"),
    ("POST /notices/read", "marks the asker's own notices"),
    ("POST /notices/trial", "sends a letter to the asker"),
    ("POST /views", "keeps a view of the asker's own"),
    ("POST /api/v1/views", "keeps a view of the asker's own"),
];

/// Units, people, accounts, the calendar, letters that did not go out. The things are those of other bodies, where a comment
/// does not say otherwise.
const HOUSE: &[Row] = &[
    // To the officer, who alone answers.
    ("POST /invitations/{id}", NOBODY),
    ("POST /invitations/{id}: withdraw", NOBODY),
    // The officer's own, as is the link that proves an address.
    ("POST /tokens/{id}/revoke", KEEPERS),
    ("POST /api/v1/tokens/{id}/revoke", KEEPERS),
    ("POST /accounts/{id}/untie", KEEPERS),
    ("POST /notices/confirm/{secret}", NOBODY),
    ("POST /accounts/{id}/close", NOBODY),
    ("POST /accounts/{id}/open", NOBODY),
    ("POST /accounts/{id}/expect", NOBODY),
    ("POST /api/v1/accounts/{id}/close", NOBODY),
    ("POST /api/v1/accounts/{id}/open", NOBODY),
    ("POST /people/new", NOBODY),
    ("POST /people/import", NOBODY),
    ("POST /people/reset", NOBODY),
    ("POST /people/second-factor", NOBODY),
    ("POST /people/{id}/rename", NOBODY),
    ("POST /people/{id}/erase", NOBODY),
    ("POST /posts/{id}/edit", NOBODY),
    ("PATCH /api/v1/posts/{id}", NOBODY),
    ("POST /posts/{id}/end", NOBODY),
    ("POST /posts/{id}/hand-over", NOBODY),
    // A post in another body to the officer: whose posts the keepers keep, but not that body's.
    ("POST /posts/{id}/another", NOBODY),
    ("POST /posts/{id}/stand-in", KEEPERS),
    // What the officer explained, and only who keeps the whole tree removes besides.
    ("POST /aliases/{id}/remove", NOBODY),
    ("POST /aliases/{id}/restore", NOBODY),
    ("POST /units/new", NOBODY),
    ("POST /units/import", NOBODY),
    ("POST /units/{id}/edit", NOBODY),
    ("POST /units/{id}/hours", NOBODY),
    ("POST /api/v1/units", NOBODY),
    ("PATCH /api/v1/units/{id}", NOBODY),
    ("POST /calendar", NOBODY),
    ("POST /calendar: undo", NOBODY),
    ("POST /api/v1/calendar", NOBODY),
    ("POST /mail/{id}", NOBODY),
    // The officer's own.
    ("POST /views/{id}", NOBODY),
    ("POST /views/{id}/remove", NOBODY),
    ("PATCH /api/v1/views/{id}", NOBODY),
    ("POST /api/v1/views/{id}/remove", NOBODY),
];

/// Systems of the department.
const SYSTEMS: &[Row] = &[
    ("POST /systems/new", OFFICER),
    ("POST /systems/import", OFFICER),
    ("POST /systems/{id}/edit", OFFICER),
    ("POST /systems/{id}/links", OFFICER),
    ("POST /systems/{id}/links: unlink", OFFICER),
    ("POST /systems/confirmations", LEADER),
    ("POST /systems/baselines", OFFICER),
    ("POST /systems/baselines/{id}", OFFICER),
    ("POST /systems/baselines/{id}/systems", OFFICER),
    ("POST /systems/{id}/milestone", OFFICER),
    // Sent by a leader of the department.
    ("POST /systems/baselines/approve", LEADER),
    ("POST /api/v1/systems/baselines", OFFICER),
    ("POST /api/v1/systems/baselines/{id}", OFFICER),
    ("POST /api/v1/systems/baselines/{id}/systems", OFFICER),
    ("POST /api/v1/systems/baselines/approve", LEADER),
    ("POST /api/v1/systems/{id}/milestone", OFFICER),
    ("POST /api/v1/systems", OFFICER),
    ("POST /api/v1/systems/import", OFFICER),
    ("PATCH /api/v1/systems/{id}", OFFICER),
    ("POST /api/v1/systems/{id}/links", OFFICER),
    ("POST /api/v1/systems/{id}/links: unlink", OFFICER),
    ("POST /api/v1/systems/confirmations", LEADER),
    ("POST /systems/secret", OFFICER),
    ("POST /systems/ours", OFFICER),
    ("POST /systems/heads", OFFICER),
    ("POST /systems/heads: remove", OFFICER),
    ("POST /systems/{id}/merge", OFFICER),
    ("POST /systems/{id}/merge: apart", OFFICER),
    ("POST /systems/{id}/certificates", OFFICER),
    ("POST /systems/{id}/certificates: remove", OFFICER),
    ("POST /systems/{id}/checks", OFFICER),
    ("POST /systems/{id}/checks: remove", OFFICER),
    ("POST /systems/{id}/availability", OFFICER),
    ("POST /systems/{id}/availability: remove", OFFICER),
    ("POST /systems/availability/import", OFFICER),
    ("POST /systems/{id}/materials", OFFICER),
    ("POST /systems/{id}/cost", OFFICER),
    ("POST /systems/{id}/label", OFFICER),
    ("POST /systems/{id}/label/publish", LEADER),
    ("POST /api/v1/systems/secret", OFFICER),
    ("POST /api/v1/systems/ours", OFFICER),
    ("POST /api/v1/systems/heads", OFFICER),
    ("POST /api/v1/systems/heads: remove", OFFICER),
    ("POST /api/v1/systems/{id}/merge", OFFICER),
    ("POST /api/v1/systems/{id}/merge: apart", OFFICER),
    ("POST /api/v1/systems/{id}/certificates", OFFICER),
    ("POST /api/v1/systems/{id}/certificates: remove", OFFICER),
    ("POST /api/v1/systems/{id}/checks", OFFICER),
    ("POST /api/v1/systems/{id}/checks: remove", OFFICER),
    ("POST /api/v1/systems/{id}/availability", OFFICER),
    ("POST /api/v1/systems/availability/import", OFFICER),
    ("POST /api/v1/systems/{id}/availability: remove", OFFICER),
    ("POST /api/v1/systems/{id}/materials", OFFICER),
    ("POST /api/v1/systems/{id}/cost", OFFICER),
    ("POST /api/v1/systems/{id}/label", OFFICER),
    ("POST /api/v1/systems/{id}/label/publish", LEADER),
    ("POST /systems/{id}/proofs", OFFICER),
    ("POST /migration-steps/{id}/proofs", OFFICER),
    ("POST /levels/{id}/proofs", OFFICER),
    ("POST /api/v1/systems/{id}/proofs", OFFICER),
    ("POST /api/v1/migration-steps/{id}/proofs", OFFICER),
    ("POST /api/v1/levels/{id}/proofs", OFFICER),
    ("POST /undo/{seq}: of a merger", OFFICER),
    ("POST /undo/{seq}: of two that are two", OFFICER),
    ("POST /undo/{seq}: of a certificate", OFFICER),
    ("POST /undo/{seq}: of a removed certificate", OFFICER),
    ("POST /undo/{seq}: of a check", OFFICER),
    ("POST /undo/{seq}: of a removed check", OFFICER),
    ("POST /undo/{seq}: of an availability", OFFICER),
    ("POST /undo/{seq}: of a removed availability", OFFICER),
    ("POST /undo/{seq}: of a monitoring", OFFICER),
    ("POST /undo/{seq}: of a head", OFFICER),
    ("POST /undo/{seq}: of a forgotten head", OFFICER),
    ("POST /undo/{seq}: of a short form", OFFICER),
    ("POST /undo/{seq}: of counted secrets", OFFICER),
    ("POST /undo/{seq}: of inputs of cost", OFFICER),
    ("POST /undo/{seq}: of a label", OFFICER),
    ("POST /systems/{id}/migrate", OFFICER),
    ("POST /api/v1/systems/{id}/migrations", OFFICER),
    ("POST /migrations/{id}/edit", OFFICER),
    ("PATCH /api/v1/migrations/{id}", OFFICER),
    ("POST /migrations/{id}/acts", OFFICER),
    ("POST /migrations/{id}/acts: accept", LEADER),
    ("POST /api/v1/migrations/{id}/acts", OFFICER),
    ("POST /api/v1/migrations/{id}/acts: accept", LEADER),
    ("POST /migrations/{id}/lead", OFFICER),
    ("POST /api/v1/migrations/{id}/lead", OFFICER),
    ("POST /migration-steps/{id}", OFFICER),
    ("POST /api/v1/migration-steps/{id}", OFFICER),
    ("POST /systems/{id}/level", OFFICER),
    ("POST /api/v1/systems/{id}/level", OFFICER),
    ("POST /systems/{id}/level-decision", LEADER),
    ("POST /api/v1/systems/{id}/level-decision", LEADER),
    ("POST /systems/{id}/overrule", LEADER),
    ("POST /api/v1/systems/{id}/overrule", LEADER),
    ("POST /levels/{id}/controls", OFFICER),
    ("POST /api/v1/levels/{id}/controls", OFFICER),
    // By the body that appraises it.
    ("POST /levels/{id}/acts", NOBODY),
    ("POST /levels/{id}/acts: send", OFFICER),
    ("POST /api/v1/levels/{id}/acts", NOBODY),
    ("POST /undo/{seq}: of an edited system", OFFICER),
    ("POST /undo/{seq}: of a link", OFFICER),
    ("POST /undo/{seq}: of an unlink", OFFICER),
    ("POST /undo/{seq}: of an import of systems", OFFICER),
];
