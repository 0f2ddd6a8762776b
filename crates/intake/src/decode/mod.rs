//! Bytes to text.

mod detect;
mod judge;
mod model;
mod old;
mod pair;
mod stroke;
mod utf16;

pub use detect::decode;
pub use model::{Charset, Decoded, Doubt};
pub use old::OldFont;
pub use pair::has_pair;
