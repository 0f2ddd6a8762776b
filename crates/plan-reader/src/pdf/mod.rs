//! PDF.
use crate::{Refusal, sheet::Sheet};
pub fn read(_bytes: &[u8]) -> Result<Sheet, Refusal> {
    Err(Refusal::Damaged("PDF"))
}
