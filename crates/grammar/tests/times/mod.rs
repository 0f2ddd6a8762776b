mod cases;
mod deadlines;
mod properties;
mod show;
