mod cases;
mod cells;
mod properties;
mod show;
