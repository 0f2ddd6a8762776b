//! Who reads what the reporting makes.

use kernel::{Ground, Held, Rule};

/// A report is read by its body's house and by who receives it, as a draft too: the receiver sees how far each body is and
/// helps before the day. What it says counts only once it is issued.
pub const REPORT_READ: Rule =
    Rule { action: "report.read", kind: "Report", grounds: &[Ground::Below(Held::Any), Ground::Follows(Held::Any)] };

/// A duty is read by its owner's house and by the bodies that it names.
pub const DUTY_READ: Rule =
    Rule { action: "duty.read", kind: "Duty", grounds: &[Ground::Below(Held::Any), Ground::Involved(Held::Any)] };
