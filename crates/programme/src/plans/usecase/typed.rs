//! What a person types into fields: whether they said anything, and the bodies of a row or a target under review.

use kernel::{Ctx, Problem, Resolution, UnitId, listed};
use serde::{Deserialize, Deserializer};

use crate::{
    BodiesPort,
    plans::{
        model::row::Named,
        usecase::names::{at, bounded, understood},
    },
};

/// A field that is there says what is to be, also where it is empty: forms take that for nothing.
pub(crate) fn said<'de, D: Deserializer<'de>>(field: D) -> Result<Option<String>, D::Error> {
    String::deserialize(field).map(Some)
}

/// In whose document, and by whom, it is typed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typed<'a> {
    pub bodies: &'a BodiesPort,
    pub issuer: Option<UnitId>,
    pub ctx: &'a Ctx,
}

impl Typed<'_> {
    /// What stands in the field; words that stood there before keep what they mean.
    pub fn named(&self, field: &str, text: &str, old: &[Named]) -> Result<Vec<Named>, Problem> {
        let mut out = Vec::new();
        for name in bounded(listed(text).map(str::to_owned).collect())? {
            out.extend(self.one(&name, old).map_err(|problem| at(field, problem))?);
        }
        bounded(out.iter().map(|named| named.text.clone()).collect())?;
        Ok(out)
    }

    /// One name, or several that only commas part. Words that are like nobody's name stay as a question.
    fn one(&self, name: &str, old: &[Named]) -> Result<Vec<Named>, Problem> {
        let known = old.iter().find(|named| named.text == name);
        if let Some(known) = known.filter(|named| named.means != Resolution::Unknown) {
            return Ok(vec![known.clone()]);
        }
        let named = |means| Ok(vec![Named { text: name.to_owned(), means }]);
        let problem = match understood(self.bodies, self.ctx, self.issuer, name) {
            Ok(means) => return named(means),
            Err(problem) => problem,
        };
        let pieces = plan_reader::split_bodies(name);
        if pieces.len() > 1 {
            let parts = pieces.iter().map(|piece| self.one(piece, old)).collect::<Result<Vec<_>, _>>()?;
            return Ok(parts.concat());
        }
        match known {
            None if problem.choices.is_some() => Err(problem),
            _ => named(Resolution::Unknown),
        }
    }
}
