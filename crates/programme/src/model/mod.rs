//! Pure types and rules of the programme.

pub mod alike;
pub mod authority;
pub mod cascade;
pub mod change;
pub mod clock;
pub mod content;
pub mod frame;
pub mod hands;
pub mod outcome;
pub mod period;
pub mod read_target;
pub mod role;
pub mod rollup;
pub mod row;
pub mod seen;
pub mod state;
pub mod trail;
