//! Papers are written and then read back from their files, as a checker of the decree would.

mod paper;
mod read_docx;
mod read_pdf;
