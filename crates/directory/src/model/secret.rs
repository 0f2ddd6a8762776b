//! Secrets of links, tokens and devices.

pub use webkit::secret::{fresh, hash};
