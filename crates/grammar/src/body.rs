//! Names and lists of bodies, by how names are built and not by what the bodies do.
//!
//! A name is a head ("Sở", "UBND", "các đơn vị") with the words that a head may have behind it: compounds with a
//! capital, levels and places, what says which ones. It ends where these end, so that any predicate may follow: no verb
//! is listed. What heads and compounds there are is data with weights (`body/*.txt`).
//!
//! ```
//! let text = "Sở Tài chính, Công an tỉnh và các sở, ngành liên quan thành lập tổ công tác";
//! let found = grammar::body::at(text, 0).unwrap();
//! let names: Vec<&str> = found.bodies.iter().map(|body| body.name.as_str()).collect();
//! assert_eq!(names, ["Sở Tài chính", "Công an tỉnh", "các sở, ngành liên quan"]);
//! assert_eq!(&text[found.span.end..], " thành lập tổ công tác");
//! ```

mod cited;
mod fold;
mod group;
mod lexicon;
mod list;
mod model;
mod name;
mod named;
mod person;
mod piece;
mod proper;
mod split;
mod starts;
mod tail;
mod words;

#[cfg(test)]
mod tests;

pub use model::{Body, Found, Kind};
use starts::Place;
use words::Words;

/// The longest list of bodies that begins at a byte of the text (white space before it is passed over). Nothing where
/// no body begins there. Reads no further than the list and a few words.
pub fn at(text: &str, from: usize) -> Option<Found> {
    begun(text, from, Place::First)
}

/// The same behind words that say that bodies follow ("phối hợp với"), where a common noun is one ("ngành Y tế").
pub fn behind(text: &str, from: usize) -> Option<Found> {
    begun(text, from, Place::Listed)
}

fn begun(text: &str, from: usize, place: Place) -> Option<Found> {
    let mut words = Words::new(text, from);
    let list = list::list(&mut words, 0, place)?;
    Some(list::found(&mut words, 0, &list))
}

/// Every list of bodies in the text, wherever it stands, in order and apart.
pub fn scan(text: &str) -> Vec<Found> {
    list::scan(&mut Words::new(text, 0))
}

/// The bodies of a text that holds nothing else: a cell, the value of a label. Words that are not understood stay with
/// the body before them and make it less sure; none are dropped but what parts bodies.
pub fn split(text: &str) -> Vec<Body> {
    split::split(&mut Words::new(text, 0))
}

/// Whether the text is a body or a list of bodies and nothing else but the end of a heading ("có trách nhiệm:").
pub fn is_body(text: &str) -> bool {
    list::is_all(&mut Words::new(text, 0))
}

/// Whether a body begins the text, whatever follows.
pub fn heads_with(text: &str) -> bool {
    at(text, 0).is_some()
}
