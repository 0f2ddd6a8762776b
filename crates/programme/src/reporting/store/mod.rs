//! The only SQL of it.

pub mod compared;
pub mod duty;
pub mod duty_register;
pub mod outside;
pub mod outside_remind;
pub mod reception;
pub mod report;
pub mod report_register;
