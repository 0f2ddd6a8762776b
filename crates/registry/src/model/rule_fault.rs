//! What is wrong with an edition of rules or weights that somebody brings.

use portfolio::{
    priority::{WeightFault, Weights},
    questions::{QuestionFault, Questionnaire, SHIPPED},
    strategy::{NotAStrategyTable, Strategies},
    table::{Defect, Draft, Fault},
};

use super::appraiser::Appraiser;

#[derive(Debug, Clone)]
pub enum RuleFault {
    Shape(Fault),
    Logic(Defect),
    Strategy(NotAStrategyTable),
    /// The questions would not fit this table.
    Question(QuestionFault),
    Weight(WeightFault),
}

/// An edition that is not taken: all that is wrong, and the table as far as it was understood, so that an example can be told
/// in its own words.
#[derive(Debug)]
pub struct RulesRefused {
    pub faults: Vec<RuleFault>,
    pub draft: Option<Box<Draft>>,
}

impl From<Vec<WeightFault>> for RulesRefused {
    fn from(faults: Vec<WeightFault>) -> Self {
        Self { faults: faults.into_iter().map(RuleFault::Weight).collect(), draft: None }
    }
}

impl Appraiser {
    /// By this table and these weights; what is not given is as the program brings it.
    pub fn of(table: Option<&str>, weights: Option<&str>) -> Result<Self, RulesRefused> {
        let (strategies, questionnaire) = match table {
            Some(json) => with_questions(json)?,
            None => {
                let shipped = Self::shipped();
                (shipped.strategies.clone(), shipped.questionnaire.clone())
            }
        };
        let weights = match weights {
            Some(json) => Weights::read(json)?,
            None => Weights::shipped(),
        };
        Ok(Self { strategies, questionnaire, weights })
    }
}

fn with_questions(json: &str) -> Result<(Strategies, Questionnaire), RulesRefused> {
    let shape = |faults: Vec<Fault>| RulesRefused { faults: all(faults, RuleFault::Shape), draft: None };
    let draft = Draft::read(json).map_err(shape)?;
    let refused = |faults| RulesRefused { faults, draft: Some(Box::new(draft.clone())) };
    let table = draft.clone().check().map_err(|found| refused(all(found.defects, RuleFault::Logic)))?;
    let strategies = Strategies::new(table).map_err(|faults| refused(all(faults, RuleFault::Strategy)))?;
    let questionnaire = Questionnaire::read(SHIPPED, strategies.table());
    let questionnaire = questionnaire.map_err(|faults| refused(all(faults, RuleFault::Question)))?;
    Ok((strategies, questionnaire))
}

fn all<F>(faults: Vec<F>, of: impl Fn(F) -> RuleFault) -> Vec<RuleFault> {
    faults.into_iter().map(of).collect()
}
