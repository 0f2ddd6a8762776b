//! What the bodies of the programme are reminded of.

use crate::ids::{DifficultyId, PartId, QuestionId, ReportId};
use async_trait::async_trait;
use db::Db;
use jiff::civil::Date;
use kernel::{Due, Dues, Problem, UnitId};
use uuid::Uuid;

use crate::{
    BodiesPort,
    targets::model::period::label_words,
    work::{
        self,
        store::due::{DueRow, What},
    },
};

/// As many letters of a task as one line of a letter holds.
const WORDS: usize = 160;

/// Open tasks, reports, difficulties and questions with their days.
#[derive(Debug)]
pub struct OpenDues {
    db: Db,
    bodies: BodiesPort,
}

impl OpenDues {
    pub fn new(db: Db, bodies: BodiesPort) -> Self {
        Self { db, bodies }
    }

    fn due(&self, kind: &'static str, row: DueRow, page: &str, id: fn(Uuid) -> String) -> Option<Due> {
        let subject = id(row.id);
        let short = row.words.chars().count() > WORDS;
        let words = if short { row.words.chars().take(WORDS - 1).chain(['…']).collect() } else { row.words };
        Some(Due {
            unit: self.bodies.today(UnitId::from_uuid(row.unit_id)),
            kind,
            href: format!("/{page}/{subject}"),
            subject,
            words,
            due: row.due_on.parse().ok()?,
            is_before: row.is_before == 1,
            only: &[],
        })
    }
}

impl OpenDues {
    fn of(&self, what: What, row: DueRow) -> Option<Due> {
        match what {
            What::Part => self.due("part", row, "parts", |id| PartId::from_uuid(id).to_string()),
            What::Report => {
                let row = DueRow { words: label_words(&row.words), ..row };
                self.due("report", row, "reports", |id| ReportId::from_uuid(id).to_string())
            }
            What::Difficulty => {
                self.due("difficulty", row, "difficulties", |id| DifficultyId::from_uuid(id).to_string())
            }
            What::Question => self.due("question", row, "questions", |id| QuestionId::from_uuid(id).to_string()),
        }
    }
}

#[async_trait]
impl Dues for OpenDues {
    async fn due_on(&self, days: &[Date]) -> Result<Vec<Due>, Problem> {
        let (conn, days) = (self.db.read(), days.iter().map(Date::to_string).collect::<Vec<_>>());
        let mut out = Vec::new();
        for what in What::ALL {
            let rows = work::store::due::on_days(&conn, what, &days).await?;
            out.extend(rows.into_iter().filter_map(|row| self.of(what, row)));
        }
        Ok(out)
    }

    async fn of_units(&self, units: &[UnitId], days: (Date, Date)) -> Result<Vec<Due>, Problem> {
        let (conn, first, last) = (self.db.read(), days.0.to_string(), days.1.to_string());
        let mut out = Vec::new();
        for what in What::ALL {
            let rows = work::store::due::of_units(&conn, what, units, (first.as_str(), last.as_str())).await?;
            out.extend(rows.into_iter().filter_map(|row| self.of(what, row)));
        }
        Ok(out)
    }
}
