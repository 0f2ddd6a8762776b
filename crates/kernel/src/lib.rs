//! The ground floor: what every other crate speaks in.
//!
//! Typed ids, the request context ([`Ctx`]: who acts, what time it is, where random bytes for ids come from),
//! problems as the user reads them, the working calendar, fact table declarations, ports, paging and Vietnamese text and day rules.
//! Pure: no I/O, no SQL, no web. Start with [`ctx`].

pub mod authz;
pub mod bodies;
pub mod calendar;
pub mod code;
pub mod ctx;
pub mod day;
pub mod erasing;
pub mod facts;
pub mod faults;
pub mod figures;
pub mod ids;
pub mod indicator;
pub mod notices;
pub mod paging;
pub mod ports;
pub mod problem;
pub mod role;
pub mod rule;
pub mod share;
pub mod text;
pub mod waiting;

pub use authz::{Attribute, AttributeType, Authorizer, Compartment, Kind, Resource, Scope, UnitTree};
pub use bodies::{Bodies, Body, Found, Group, Hit, Learned, Reach, Resolution, Search, listed};
pub use calendar::{Calendar, DayKind, Deadline, Deadlines, Hours, SpecialDay, WorkCalendar};
pub use code::Code;
pub use ctx::{Actor, CLOCK_TOLERANCE_MICROS, Clock, Ctx, IdSource, Lang, Once, Post};
pub use erasing::{Erasing, Erasure};
pub use facts::{Column, ColumnType, ColumnWords, FactKind, FactTable, Personal, id_text, id_uuid};
pub use faults::Faults;
pub use figures::{Counted, Figures, Said, Stage, Stated};
pub use ids::{AccountId, Id, OutsideId, PersonId, PlanId, PostId, TokenId, UnitId};
pub use indicator::{Indicator, Indicators, SourceClass, Suggestion};
pub use notices::{Colleague, Colleagues, Due, Dues, Reminded, Told};
pub use ports::Ports;
pub use problem::{Choices, FieldProblem, Problem, ProblemKind};
pub use role::{Calling, Role, Roles};
pub use rule::{Ground, Held, Rule};
pub use share::{half_up, share};
pub use waiting::{Waiting, Waits};
