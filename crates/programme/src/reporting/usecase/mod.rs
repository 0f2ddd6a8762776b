//! One verb per file: authorise, load, decide, store, ledger.

pub mod chase;
pub mod duty;
pub mod outside_door;
pub mod outside_forget;
pub(crate) mod outside_letters;
pub mod outside_link;
pub(crate) mod outside_remind;
pub mod outside_report;
pub mod period;
pub mod reception;
pub(crate) mod report_about;
pub mod report_act;
pub mod report_compare;
pub mod report_consolidate;
pub mod report_content;
pub mod report_correct;
pub mod report_edit;
pub mod report_export;
pub(crate) mod report_notes;
pub mod report_paper;
pub(crate) mod report_paper_all;
mod report_paper_said;
pub mod report_sheet;
pub(crate) mod report_sheet_read;
pub(crate) mod report_turn;
