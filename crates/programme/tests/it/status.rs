//! How an act was answered, in a word.

use axum::http::StatusCode;

pub const OPEN: StatusCode = StatusCode::SEE_OTHER;
pub const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
pub const NO: StatusCode = StatusCode::FORBIDDEN;
pub const LATE: StatusCode = StatusCode::CONFLICT;
pub const STALE: StatusCode = StatusCode::PRECONDITION_FAILED;
