//! The place of a new system in the province's overall digital architecture (Khung kiến trúc tổng thể số), and where it
//! deviates from that: asked of each before it goes on.

use kernel::Problem;

use super::{
    kinds::{Known, SystemState},
    system::System,
};

/// Decided on, and not in operation yet.
fn is_ahead(state: SystemState) -> bool {
    matches!(state, SystemState::Planned | SystemState::Building)
}

impl System {
    /// What is not said of it: the fields, and what is wrong with each. Machines, and what is only counted, have no place.
    fn lacks(&self) -> Vec<(&'static str, &'static str)> {
        if self.is_veiled() || !self.kind.is_main() {
            return vec![];
        }
        let is_unnamed = self.deviates == Known::Yes && self.deviations.is_none();
        let asked = [
            ("architecture", "architecture-missing", self.architecture.is_none()),
            ("deviates", "deviates-missing", self.deviates == Known::Unknown),
            ("deviations", "deviations-missing", is_unnamed),
        ];
        asked.into_iter().filter(|(.., is_lacking)| *is_lacking).map(|(field, code, _)| (field, code)).collect()
    }

    /// Whether it is to be built and nobody has said where it stands; the same as SQL: `store::confirmation::UNPLACED`.
    pub fn is_unplaced(&self) -> bool {
        is_ahead(self.state) && !self.lacks().is_empty()
    }

    /// Asked before it begins to be more than a plan.
    ///
    /// # Errors
    /// All that is not said.
    pub fn check_placed(&self) -> Result<(), Problem> {
        let lacks = self.lacks();
        let Some((_, first)) = lacks.first().copied() else { return Ok(()) };
        Err(lacks.into_iter().fold(Problem::bad_input(first), |problem, (field, code)| problem.field(field, code)))
    }

    /// The same where it is entered as planned or being built, or becomes something else from that; what stays as it was, and
    /// what ends, is not asked.
    ///
    /// # Errors
    /// As of [`Self::check_placed`].
    pub fn check_begun(&self, was: Option<&Self>) -> Result<(), Problem> {
        let from = was.map(|was| was.state);
        let goes_on = from.is_some_and(is_ahead) && self.is_live();
        let is_asked = from != Some(self.state) && (is_ahead(self.state) || goes_on);
        if is_asked { self.check_placed() } else { Ok(()) }
    }
}
