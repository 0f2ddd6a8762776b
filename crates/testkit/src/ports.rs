//! What other domains would answer: the plain calendar, two indicators, and that nobody was told of anything.

use std::sync::Arc;

use async_trait::async_trait;
use kernel::{
    Bodies, Calendar, Colleagues, Deadlines, Hours, Indicator, Indicators, Ports, Problem, Reminded, SourceClass,
    Suggestion, Told, UnitId, WorkCalendar,
};

/// The answers of nobody in particular, over these bodies and people.
pub fn ports(bodies: Arc<dyn Bodies>, colleagues: Arc<dyn Colleagues>) -> Ports {
    Ports {
        bodies,
        colleagues,
        times: Arc::new(Times),
        indicators: Arc::new(Catalogue),
        reminded: Arc::new(Nobody),
        dues: vec![],
        deadlines: vec![Arc::new(Times)],
        waiting: vec![],
        erasing: vec![],
        figures: vec![],
        stated: vec![],
    }
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

/// Two indicators, suggested where a sentence has their name, or what it stands in.
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

    fn suggest(&self, sentence: &str, about: &str) -> Vec<Suggestion> {
        let named = |text: &str, certain: bool| -> Vec<Suggestion> {
            let named = INDICATORS.iter().filter(|indicator| text.contains(indicator.name_vi));
            named.map(|indicator| Suggestion { code: indicator.code, certain }).collect()
        };
        let own = named(sentence, true);
        if own.is_empty() { named(about, false) } else { own }
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
