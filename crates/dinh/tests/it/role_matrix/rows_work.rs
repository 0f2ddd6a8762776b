//! Rows of work and reporting. The parts are other bodies' in a plan that the department follows; the values, the reports and
//! the duties are the department's own.

use super::row::{NOBODY, Row};

/// The department's leader: follows the plan beside its programme officers, asks, obliges, receives.
const LEADER: &[&str] = &["so.lanhdao"];
/// Whoever works for the department answers for it.
const WORKERS: &[&str] = &["so.lanhdao", "so.chuyenvien"];
/// Its officers write its reports.
const WRITERS: &[&str] = &["so.chuyenvien"];
/// Reports are checked by its leader or its administrator.
const CHECKERS: &[&str] = &["so.lanhdao", "so.quantri"];
/// Written down in the committee's name it waits for the committee's word, whoever wrote it.
const WAITS: &[&str] = &["xa.theodoi"];
/// Each body keeps regimes of its own; correcting another's is in the table of `role_matrix`.
const REGIMES: &[&str] = &["so.lanhdao", "xa.lanhdao", "xa.theodoi"];

pub const WORK: &[Row] = &[
    // The work of a part: its body's, or of the programme officers that follow the plan.
    ("POST /parts/{id}/progress", NOBODY),
    ("POST /parts/{id}/done", NOBODY),
    ("POST /parts/{id}/done: reopen", NOBODY),
    ("POST /entries/{id}/undo", NOBODY),
    ("POST /parts/{id}/evidence", NOBODY),
    ("POST /api/v1/parts/{id}/evidence", NOBODY),
    ("POST /evidence/{id}", NOBODY),
    ("POST /evidence/{id}: restore", NOBODY),
    ("POST /parts/{id}/steps", NOBODY),
    ("POST /steps/{id}", NOBODY),
    ("POST /steps/{id}: open", NOBODY),
    ("POST /steps/{id}: drop", NOBODY),
    // Of a step that was dropped.
    ("POST /undo/{seq}", NOBODY),
    ("POST /api/v1/undo/{seq}", NOBODY),
    ("POST /parts/{id}/helpers", NOBODY),
    ("POST /parts/{id}/helpers: remove", NOBODY),
    ("POST /parts/{id}/contact", NOBODY),
    ("POST /parts/{id}/contact/remove", NOBODY),
    ("POST /api/v1/parts/{id}/contact", NOBODY),
    ("POST /api/v1/parts/{id}/contact/remove", NOBODY),
    ("POST /undo/{seq}: of a contact", NOBODY),
    ("POST /parts/{id}/extensions", NOBODY),
    ("POST /extensions/{id}: withdraw", NOBODY),
    ("POST /parts/{id}/difficulties", NOBODY),
    ("POST /api/v1/parts/{id}/difficulties", NOBODY),
    ("POST /api/v1/parts/{id}/acts", NOBODY),
    ("POST /api/v1/parts/{id}/acts: done", NOBODY),
    // Checking it.
    ("POST /parts/{id}/check", LEADER),
    ("POST /work/check", LEADER),
    ("POST /api/v1/parts/check", LEADER),
    ("POST /parts/{id}/check: accept", LEADER),
    ("POST /parts/{id}/check: pause", LEADER),
    ("POST /parts/{id}/check: end", LEADER),
    ("POST /parts/{id}/check: resume", LEADER),
    ("POST /api/v1/parts/{id}/acts: accept", LEADER),
    ("POST /api/v1/parts/{id}/acts: send_back", LEADER),
    ("POST /api/v1/parts/{id}/acts: pause", LEADER),
    ("POST /api/v1/parts/{id}/acts: end", LEADER),
    ("POST /api/v1/parts/{id}/acts: resume", LEADER),
    ("POST /extensions/{id}", LEADER),
    ("POST /extensions/{id}: refuse", LEADER),
    // Who did it takes it back, and no other leader.
    ("POST /entries/{id}/undo: of a check", NOBODY),
    ("POST /parts/{id}/explain", LEADER),
    // New work.
    ("POST /assign", WAITS),
    ("POST /api/v1/tasks", WAITS),
    ("POST /tracking", WAITS),
    // A difficulty that the department holds, or raised itself.
    ("POST /difficulties/{id}", WORKERS),
    ("POST /difficulties/{id}: forward", WORKERS),
    ("POST /difficulties/{id}: withdraw", WORKERS),
    ("POST /difficulties/{id}: back", NOBODY),
    ("POST /api/v1/difficulties/{id}", WORKERS),
    ("POST /targets/{id}/difficulties", WORKERS),
    // A question that the department asked of itself.
    ("POST /questions", LEADER),
    ("POST /questions/{id}/answer", WORKERS),
    ("POST /questions/{id}/close", LEADER),
    ("POST /questions/{id}/close: reopen", LEADER),
    ("POST /api/v1/questions", LEADER),
    ("POST /api/v1/questions/{id}/acts", WORKERS),
    ("POST /api/v1/questions/{id}/acts: close", LEADER),
    ("POST /tasks/chase", LEADER),
    ("POST /api/v1/letters", LEADER),
    // In the department's name, which follows the plan above.
    ("POST /plans/{id}/cascade/letter", WORKERS),
    ("POST /api/v1/plans/{id}/cascade/letter", WORKERS),
    ("POST /letters/{id}/received", WORKERS),
    ("POST /api/v1/letters/{id}/received", WORKERS),
    ("POST /letters/{id}", WORKERS),
    ("POST /letters/{id}: edit", WORKERS),
    ("POST /letters/{id}: drop", WORKERS),
    ("POST /letters/{id}: hand", WORKERS),
    ("POST /letters/{id}: fetch", WORKERS),
    ("POST /letters/{id}: draft", WORKERS),
    ("POST /api/v1/letters/{id}", WORKERS),
    ("POST /board/leaders", LEADER),
    // Values of the department.
    ("POST /targets/{id}/values", WORKERS),
    ("POST /values/{id}/drop", WORKERS),
    ("POST /api/v1/targets/{id}/values", WORKERS),
    // Duties of the department, and what it gathers.
    ("POST /duties/new", LEADER),
    ("POST /duties/{id}", LEADER),
    ("POST /duties/{id}: correct", LEADER),
    ("POST /duties/{id}: start", LEADER),
    ("POST /undo/{seq}: of a corrected duty", LEADER),
    ("POST /duties/{id}/periods", LEADER),
    ("POST /api/v1/duties/{id}/periods", LEADER),
    ("POST /periods/{id}/chase", LEADER),
    ("POST /api/v1/periods/{id}/letters", LEADER),
    ("POST /periods/{id}", LEADER),
    ("POST /periods/{id}: lock", LEADER),
    ("POST /periods/{id}: unlock", LEADER),
    ("POST /api/v1/periods/{id}/acts", LEADER),
    ("POST /api/v1/periods/{id}/acts: consolidate", LEADER),
    ("POST /regimes", REGIMES),
    // Links of bodies without accounts, and the second receiver of what came by one.
    ("POST /periods/{id}/outside", LEADER),
    ("POST /outside/{id}/revoke", LEADER),
    ("POST /api/v1/periods/{id}/outside", LEADER),
    ("POST /api/v1/outside/{id}/revoke", LEADER),
    ("POST /outside/{id}/forget", LEADER),
    ("POST /api/v1/outside/{id}/forget", LEADER),
    ("POST /reports/{id}/receptions", NOBODY),
    ("POST /api/v1/reports/{id}/receptions", NOBODY),
    // A report of the department, which it also receives.
    ("POST /reports/{id}", WRITERS),
    ("POST /reports/{id}/edit", WRITERS),
    ("POST /reports/{id}/sheet", WRITERS),
    ("POST /api/v1/reports/{id}/acts", WRITERS),
    ("POST /reports/{id}: check", CHECKERS),
    ("POST /api/v1/reports/{id}/acts: check", CHECKERS),
    ("POST /reports/{id}: approve", LEADER),
    ("POST /reports/{id}: send_back", CHECKERS),
    ("POST /reports/{id}: send_back of what is approved", LEADER),
    // Their own step each.
    ("POST /reports/{id}: recall", NOBODY),
    ("POST /reports/{id}: reconsider", NOBODY),
    ("POST /reports/{id}: issue", WRITERS),
    ("POST /reports/{id}: accept", LEADER),
    ("POST /reports/{id}: return", LEADER),
    ("POST /reports/{id}: as_before", WRITERS),
    ("POST /reports/{id}: correct", WRITERS),
];
