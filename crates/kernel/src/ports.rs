//! What domains ask of one another. [`Ports`] has a field for each question, so a house in which nobody answers one that
//! only one domain can answer does not compile.

use std::sync::Arc;

use crate::{
    Bodies, Colleagues, Deadlines, Dues, Erasing, Figures, Indicators, Reminded, Stated, Waiting, WorkCalendar,
};

/// One or many: what only one domain can know is one, and always there; of what every domain may have some, there are many,
/// or none, and who asks asks them all.
///
/// What the program itself gives (readers, writers, settings) and what a domain keeps for itself are no ports: they are
/// services, looked up by type and named among the needs of a module.
#[derive(Debug, Clone)]
pub struct Ports {
    pub bodies: Arc<dyn Bodies>,
    pub times: Arc<dyn WorkCalendar>,
    pub colleagues: Arc<dyn Colleagues>,
    pub indicators: Arc<dyn Indicators>,
    pub reminded: Arc<dyn Reminded>,
    pub dues: Vec<Arc<dyn Dues>>,
    pub deadlines: Vec<Arc<dyn Deadlines>>,
    pub waiting: Vec<Arc<dyn Waiting>>,
    pub erasing: Vec<Arc<dyn Erasing>>,
    pub figures: Vec<Arc<dyn Figures>>,
    pub stated: Vec<Arc<dyn Stated>>,
}
