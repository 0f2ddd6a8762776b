//! What this module takes from others.

use std::sync::Arc;

/// Every domain with deadlines, as this module finds them among the services.
pub type DuesPorts = Vec<Arc<dyn kernel::Dues>>;

/// Who works where, as this module finds it among the services.
pub type ColleaguesPort = Arc<dyn kernel::Colleagues>;

/// The working days, as this module finds them among the services.
pub(crate) type CalendarPort = Arc<dyn kernel::WorkCalendar>;
