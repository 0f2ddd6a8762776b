//! The page before an official act: what it will do and to whom, and the one button that does it. The act's own address
//! answers `GET` with this page and `POST` with the act, so that it works without script, a refused form comes back to it,
//! and a program that posts is asked nothing.

use serde::Serialize;

use crate::{Outcome, Req, view};

/// What will happen, in words.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Confirm {
    pub title: String,
    /// Where it leads back to, and how that is called.
    pub above: String,
    pub above_name: String,
    /// Sentences, the weightiest first.
    pub says: Vec<String>,
    /// What must be done first: until then the act would be refused, and its button is not to be pressed.
    pub stops: Vec<Stop>,
    /// What should make somebody stop and look.
    pub warns: Vec<String>,
    /// Names that can be looked at before: bodies, tasks, rows.
    pub lists: Vec<Told>,
    /// Where the form is sent to; empty for this very address.
    pub action: String,
    /// What it carries unseen.
    pub carried: Vec<(&'static str, String)>,
    pub asks: Vec<Ask>,
    /// The words of the button.
    pub button: String,
    /// What can be done about it afterwards.
    pub after: String,
}

/// Why it would be refused, and where that is done away with.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Stop {
    pub text: String,
    pub href: String,
    /// The words of the link.
    pub way: String,
}

/// A list that is folded until somebody opens it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Told {
    pub title: String,
    pub items: Vec<String>,
}

/// A field that has to be filled in with the confirmation.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Ask {
    pub name: &'static str,
    /// `text`, `words`, `date`, `check`, or `choice` among `choices`.
    pub kind: &'static str,
    pub label: String,
    pub hint: String,
    pub value: String,
    pub is_free: bool,
    pub choices: Vec<Choice>,
}

/// What is sent where it is chosen, and how it is called.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Choice {
    pub value: String,
    pub text: String,
}

impl Confirm {
    /// Adds a list, where it has anything in it.
    #[must_use]
    pub fn list(mut self, title: String, items: Vec<String>) -> Self {
        if !items.is_empty() {
            self.lists.push(Told { title, items });
        }
        self
    }

    /// Shows it.
    ///
    /// # Errors
    /// Where the page cannot be rendered.
    pub async fn show(&self, req: &Req) -> Outcome {
        req.page("webkit/confirm.html", view(self)).await
    }
}
