//! The registry's part of the invented province: its systems, and what a year makes of them. The year is played apart:
//! every test begins with the systems alone.

mod appraisal;
mod enterprises;
mod hands;
mod levels;
mod lists;
mod measured;
mod more;
mod moves;
mod systems;
mod year;

pub use self::{systems::fill, year::month};
