//! Closed sets of states, kinds and answers, each with the code under which it is stored, sent and put into words.

/// One of a closed set. `#[derive(derive::Code)]` writes it from an enum.
pub trait Code: Copy + PartialEq + 'static {
    const ALL: &'static [Self];
    /// In the order of [`Self::ALL`].
    const CODES: &'static [&'static str];
    /// What the locale keys of its words begin with.
    const KEY: &'static str;

    fn code(self) -> &'static str;

    /// How it is shown where it is a state: by its colour and mark.
    fn look(self) -> &'static str {
        "none"
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// The locale key of its words: `system-state-in-use`.
    fn words(self) -> String {
        words_key(Self::KEY, self.code())
    }
}

/// The locale key of a code of a set.
pub fn words_key(set: &str, code: &str) -> String {
    format!("{set}-{}", code.replace('_', "-"))
}
