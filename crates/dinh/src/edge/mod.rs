//! The outer edge: connections, how many and how slow; who is at the other end.
//!
//! Start with [`serve`]. What a request may hold is decided further in, by `webkit`.

mod listener;
mod patience;
mod proxies;
mod traffic;

pub use listener::{Edge, Limits, serve};
pub use patience::Patience;
pub use proxies::Proxies;
pub use traffic::Flow;
