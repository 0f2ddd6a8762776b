//! Lists and sheets as offices keep them, from their bytes or cells to rows.

mod lists;
mod shared;
