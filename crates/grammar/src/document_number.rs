//! Numbers of documents of every issuer, with what is said about the document where it is cited: its kind, its day, who
//! issued it, what it is about, and whether the text carries it out, rests on it or only mentions it.
//!
//! ```
//! use grammar::document_number::{Relation, scan};
//! let text = "Thực hiện Quyết định số 12/2026/QĐ-TTg ngày 02/3/2026 của Thủ tướng Chính phủ về chuyển đổi số, \
//!             UBND tỉnh giao:";
//! let cited = &scan(text)[0];
//! assert_eq!((cited.number.as_str(), cited.relation), ("12/2026/QĐ-TTg", Relation::Carries));
//! assert_eq!(cited.issuer.as_deref(), Some("Thủ tướng Chính phủ"));
//! assert_eq!(cited.about.as_deref(), Some("chuyển đổi số"));
//! ```

mod cited;
mod number;
mod relation;

#[cfg(test)]
mod tests;

pub use cited::{Cited, scan};
pub use number::Parts;
pub use relation::Relation;
