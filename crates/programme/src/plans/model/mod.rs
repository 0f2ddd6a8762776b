//! Pure types and rules.

pub mod alike;
pub mod authority;
pub mod bound;
pub mod cascade;
pub mod cite;
pub mod frame;
pub mod hands;
pub mod head;
pub mod meanwhile;
pub mod naming;
pub mod pairing;
pub mod placed;
pub mod queue;
pub mod read_duty;
pub mod read_target;
pub mod role;
pub mod row;
