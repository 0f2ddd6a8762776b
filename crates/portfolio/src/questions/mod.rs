//! Questionnaires as data: what is asked depends on what was answered, and the answers become facts of a table.

mod answers;
mod ask;
mod fault;
mod feed;
mod read;
#[cfg(test)]
mod tests;
mod text;

pub use answers::Answers;
pub use ask::Asked;
pub use fault::QuestionFault;
pub use read::{Questionnaire, SHIPPED};
pub use text::{FeedText, PrefillText, QuestionText, QuestionnaireText};
