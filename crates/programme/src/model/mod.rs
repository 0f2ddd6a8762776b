//! Pure types and rules of the programme.

pub mod alike;
pub mod cascade;
pub mod frame;
pub mod read_target;
pub mod role;
pub mod row;
pub mod state;
pub mod trail;
