//! What other domains would answer, answered by the ten units, the people of the test and the plain calendar.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use kernel::{
    Bodies, Calendar, Colleagues, Deadlines, Dues, Erasing, Hours, Indicator, Indicators, Problem, Reminded,
    SourceClass, Suggestion, Told, UnitId, Waiting, WorkCalendar,
};
use webkit::{Module, Retentions, Scanner, SheetsPort};

use super::{People, Service, Units, sheets::Sheets};

/// The one place where the house wires its ports.
pub(super) fn all(people: &Arc<People>, modules: &[Module]) -> Vec<Service> {
    let bodies: Arc<dyn Bodies> = Arc::new(Units);
    let colleagues: Arc<dyn Colleagues> = people.clone();
    let calendar: Arc<dyn WorkCalendar> = Arc::new(Times);
    let deadlines: Arc<dyn Deadlines> = Arc::new(Times);
    let indicators: Arc<dyn Indicators> = Arc::new(Catalogue);
    let reminded: Arc<dyn Reminded> = Arc::new(Nobody);
    let sheets: SheetsPort = Arc::new(Sheets);
    vec![
        Box::new(bodies),
        Box::new(colleagues),
        Box::new(calendar),
        Box::new(deadlines),
        Box::new(indicators),
        Box::new(reminded),
        Box::new(sheets),
        Box::new(Scanner::new(None)),
        Box::new(Retentions::new(modules, &BTreeMap::new()).unwrap()),
        Box::new(Vec::<Arc<dyn Dues>>::new()),
        Box::new(Vec::<Arc<dyn Waiting>>::new()),
        Box::new(Vec::<Arc<dyn Erasing>>::new()),
    ]
}

/// The calendar as it is built in, and the usual hours.
#[derive(Debug)]
struct Times;

impl WorkCalendar for Times {
    fn calendar(&self) -> Calendar {
        Calendar::built_in()
    }

    fn hours(&self, _unit: UnitId) -> Hours {
        Hours::default()
    }
}

#[async_trait]
impl Deadlines for Times {
    async fn moved_by(&self, _calendar: &Calendar) -> Result<usize, Problem> {
        Ok(0)
    }
}

/// Two indicators, suggested where a sentence has their name.
#[derive(Debug)]
struct Catalogue;

const fn share(code: &'static str, name_vi: &'static str, name_en: &'static str) -> Indicator {
    Indicator { code, name_vi, name_en, unit: "%", higher_is_better: true, sources: &[SourceClass::Staff] }
}

const INDICATORS: &[Indicator] = &[
    share("X1", "Tỷ lệ hồ sơ trực tuyến", "Share of files sent online"),
    share("X2", "Tỷ lệ hệ thống an toàn", "Share of systems that are safe"),
];

impl Indicators for Catalogue {
    fn all(&self) -> &'static [Indicator] {
        INDICATORS
    }

    fn suggest(&self, sentence: &str) -> Vec<Suggestion> {
        let named = INDICATORS.iter().filter(|indicator| sentence.contains(indicator.name_vi));
        named.map(|indicator| Suggestion { code: indicator.code, certain: true }).collect()
    }
}

/// Nobody was told of anything.
#[derive(Debug)]
struct Nobody;

#[async_trait]
impl Reminded for Nobody {
    async fn told(&self, _subjects: &[String]) -> Result<Vec<Told>, Problem> {
        Ok(Vec::new())
    }
}
