//! Lists and sheets as offices keep them, from their bytes or cells to rows.

#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod lists;
mod shared;
