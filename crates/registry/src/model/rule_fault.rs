//! What is wrong with an edition of rules or weights that somebody brings.

use portfolio::{
    priority::{WeightFault, Weights},
    questions::{QuestionFault, Questionnaire, SHIPPED},
    strategy::{NotAStrategyTable, Strategies},
    table::{Defect, Draft, Fault},
};

use super::{appraiser::Appraiser, rules::RulesKind};

#[derive(Debug, Clone)]
pub enum RuleFault {
    Shape(Fault),
    Logic(Defect),
    Strategy(NotAStrategyTable),
    /// The questions would not fit this table.
    Question(QuestionFault),
    Weight(WeightFault),
}

impl RuleFault {
    /// Where in the table it is seen: the part, and the rule where it is of one.
    pub fn places(&self) -> Vec<(&str, Option<&str>)> {
        match self {
            Self::Logic(Defect::Gap { part, .. } | Defect::TooLarge { part, .. }) => vec![(part.as_str(), None)],
            Self::Logic(Defect::Contradiction { part, rules, .. }) => {
                rules.iter().map(|rule| (part.as_str(), Some(rule.as_str()))).collect()
            }
            Self::Shape(_) | Self::Strategy(_) | Self::Question(_) | Self::Weight(_) => Vec::new(),
        }
    }
}

/// An edition that is not taken: all that is wrong, and the table as far as it was understood, so that an example can be told
/// in its own words.
#[derive(Debug)]
pub struct RulesRefused {
    pub faults: Vec<RuleFault>,
    pub draft: Option<Box<Draft>>,
}

impl From<Vec<Fault>> for RulesRefused {
    fn from(faults: Vec<Fault>) -> Self {
        Self { faults: all(faults, RuleFault::Shape), draft: None }
    }
}

impl From<Vec<WeightFault>> for RulesRefused {
    fn from(faults: Vec<WeightFault>) -> Self {
        Self { faults: faults.into_iter().map(RuleFault::Weight).collect(), draft: None }
    }
}

impl Appraiser {
    /// By this table and these weights; what is not given is as the program brings it.
    pub fn of(table: Option<&str>, weights: Option<&str>) -> Result<Self, RulesRefused> {
        let (strategies, questionnaire) = table.map_or_else(|| Ok(shipped()), with_questions)?;
        let weights = weights.map_or_else(|| Ok(Weights::shipped()), Weights::read)?;
        Ok(Self { strategies, questionnaire, weights, unfit: Vec::new() })
    }

    /// The same of editions that were sound when they were kept: one that does not fit any more gives way to what the program
    /// brings.
    pub fn fitting(table: Option<&str>, weights: Option<&str>) -> Self {
        let mut unfit = Vec::new();
        let found = table.map_or_else(|| Ok(shipped()), with_questions);
        let (strategies, questionnaire) = found.unwrap_or_else(|_| {
            unfit.push(RulesKind::Strategy);
            shipped()
        });
        let weights = weights.map_or_else(|| Ok(Weights::shipped()), Weights::read).unwrap_or_else(|_| {
            unfit.push(RulesKind::Priority);
            Weights::shipped()
        });
        Self { strategies, questionnaire, weights, unfit }
    }
}

/// Whether a file, as it was sent, has the shape of its kind: of a name that stands in it twice, JSON that was read once keeps
/// the last and says nothing.
pub fn check_shape(kind: RulesKind, file: &str) -> Result<(), RulesRefused> {
    match kind {
        RulesKind::Strategy => draft(file).map(|_| ()),
        RulesKind::Priority => Weights::read(file).map(|_| ()).map_err(RulesRefused::from),
    }
}

fn shipped() -> (Strategies, Questionnaire) {
    let shipped = Appraiser::shipped();
    (shipped.strategies.clone(), shipped.questionnaire.clone())
}

fn draft(json: &str) -> Result<Draft, RulesRefused> {
    Draft::read(json).map_err(RulesRefused::from)
}

fn with_questions(json: &str) -> Result<(Strategies, Questionnaire), RulesRefused> {
    let draft = draft(json)?;
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
