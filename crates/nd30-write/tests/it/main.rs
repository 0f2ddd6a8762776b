//! Papers are written and then read back from their files, as a checker of the decree would.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod paper;
mod read_docx;
mod read_pdf;
mod signable;
