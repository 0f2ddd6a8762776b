//! Rows that are made of fields.

use kernel::{Ctx, Problem};

use super::{Answers, Field, Reading, Units};
use crate::Core;

/// A row that people fill in: its fields, what stands in them, and what is made of answers.
pub trait Record: Sized {
    const FIELDS: &'static [Field];

    /// What stands in its fields; units by their ids.
    fn answers(&self) -> Answers;

    /// The row that the answers make: a new one, or `over` with what they change.
    fn read(reading: &mut Reading<'_>, ctx: &Ctx, over: Option<&Self>) -> Self;

    /// The same of answers that need not name every field: over a row, what is not sent stays.
    ///
    /// # Errors
    /// All that is wrong, each fault with its field.
    fn from_answers(core: &Core, ctx: &Ctx, sent: &Answers, over: Option<&Self>) -> Result<Self, Problem> {
        Self::from_answers_with(core, ctx, sent, over, &Units::default())
    }

    /// The same where many lines name the same units.
    ///
    /// # Errors
    /// As of [`Self::from_answers`].
    fn from_answers_with(
        core: &Core,
        ctx: &Ctx,
        sent: &Answers,
        over: Option<&Self>,
        units: &Units,
    ) -> Result<Self, Problem> {
        let whole = over.map(Self::answers).unwrap_or_default().over(sent);
        let mut reading = Reading::new(Self::FIELDS, &whole, core, ctx, units)?;
        let row = Self::read(&mut reading, ctx, over);
        reading.done()?;
        Ok(row)
    }
}
