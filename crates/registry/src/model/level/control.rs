//! What is said of one control of a dossier.

use db::Words;
use derive::{Row, Schema};
use jiff::civil::Date;
use serde::Serialize;

use super::{ControlState, DossierId};

kernel::id!(OfControl ControlId "control");

/// How a control stands is a matter of need to know: no lake is told.
#[derive(Debug, Clone, PartialEq, Row, Serialize, Schema)]
#[row(table = "registry_dossier_control")]
pub struct Control {
    pub id: ControlId,
    pub dossier_id: DossierId,
    /// Its key among the controls of levels.
    pub code: String,
    pub state: ControlState,
    pub evidence: Option<Words>,
    pub on_day: Option<Date>,
    pub rev: i64,
}
