//! Figures as they stand in documents: what is written, and what must be read.

mod numbers;
