//! Views of lists that people keep under names of their own: a list, and what its address asks of it. Opening one leads to
//! that address; what the list no longer understands is left out, and that is said.

mod act;
mod pages;
mod places;
mod shown;
mod store;

pub use pages::{document as saved_document, routes as saved_routes};
pub use places::Viewed;
pub(crate) use places::{Lists, Place};
pub(crate) use shown::found;
pub use shown::saved_views;
pub use store::forget_named as saved_views_forget;
pub(crate) use store::{erase, table};
