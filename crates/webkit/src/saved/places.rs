//! The lists whose address is a view, and what they understand of one.

use db::mask;

use crate::Listed;

/// A list that is no [`crate::Register`] and all the same shows what its address asks for.
#[derive(Debug, Clone, Copy)]
pub struct Viewed {
    pub path: &'static str,
    /// Of who reads it.
    pub action: &'static str,
    /// Whether it understands this value of this key.
    pub knows: fn(&str, &str) -> bool,
}

#[derive(Clone, Copy)]
pub(crate) enum Place {
    Register(&'static dyn Listed),
    Other(Viewed),
}

/// What an address asks for, key by key.
pub(super) type Pairs = Vec<(String, String)>;

impl Place {
    pub fn path(self) -> &'static str {
        match self {
            Self::Register(register) => register.path(),
            Self::Other(list) => list.path,
        }
    }

    pub fn action(self) -> &'static str {
        match self {
            Self::Register(register) => register.action(),
            Self::Other(list) => list.action,
        }
    }

    fn knows(self, key: &str, value: &str) -> bool {
        match self {
            Self::Register(register) => register.knows(key, value),
            Self::Other(list) => (list.knows)(key, value),
        }
    }

    /// What it understands of a query, and what it does not.
    pub fn understood(self, query: &str) -> (Pairs, Pairs) {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned().filter(|(_, value)| !value.is_empty());
        pairs.partition(|(key, value)| self.knows(key, value))
    }

    /// The same as it may be kept: words masked, and codes as they are, of which nothing is left when they are.
    pub fn kept(self, pairs: Pairs) -> String {
        let kept = pairs.into_iter().map(|(key, value)| {
            let masked = mask(&value).into_owned();
            let value = if self.knows(&key, &masked) { masked } else { value };
            (key, value)
        });
        query(kept)
    }
}

/// Pairs as they stand in an address.
pub(super) fn query(pairs: impl IntoIterator<Item = (String, String)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// All of this house, as a service.
pub(crate) struct Lists(pub Vec<Place>);

impl Lists {
    pub fn at(&self, path: &str) -> Option<Place> {
        self.0.iter().copied().find(|place| place.path() == path)
    }
}
