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
    work::{self, store::due::DueRow},
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
        })
    }
}

#[async_trait]
impl Dues for OpenDues {
    async fn due_on(&self, days: &[Date]) -> Result<Vec<Due>, Problem> {
        let (conn, days) = (self.db.read(), days.iter().map(Date::to_string).collect::<Vec<_>>());
        let part = |row| self.due("part", row, "parts", |id| PartId::from_uuid(id).to_string());
        let report = |row: DueRow| {
            let row = DueRow { words: label_words(&row.words), ..row };
            self.due("report", row, "reports", |id| ReportId::from_uuid(id).to_string())
        };
        let difficulty =
            |row| self.due("difficulty", row, "difficulties", |id| DifficultyId::from_uuid(id).to_string());
        let question = |row| self.due("question", row, "questions", |id| QuestionId::from_uuid(id).to_string());
        let mut out = Vec::new();
        out.extend(work::store::due::parts(&conn, &days).await?.into_iter().filter_map(part));
        out.extend(work::store::due::reports(&conn, &days).await?.into_iter().filter_map(report));
        out.extend(work::store::due::difficulties(&conn, &days).await?.into_iter().filter_map(difficulty));
        out.extend(work::store::due::questions(&conn, &days).await?.into_iter().filter_map(question));
        Ok(out)
    }
}
