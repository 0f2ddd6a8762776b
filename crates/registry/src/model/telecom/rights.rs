//! Who may do what with the figures of telecommunications.

use kernel::{Ground, Held, Role, Rule};

use crate::model::KNOW;

pub const KIND: &str = "Telecom";
/// By programme officers of the department that owns the matter, and of the province above it.
pub const KEEP: &str = "telecom.keep";

/// What communes have is read by the whole house.
pub const READ: Rule = Rule { action: "telecom.read", kind: KIND, grounds: &[Ground::Everyone] };
/// Which body stands on the dedicated network, and how: for who must know it, over the department that owns the matter.
pub const READ_NETWORK: Rule =
    Rule { action: "telecom.network", kind: KIND, grounds: &[Ground::Below(Held::Of(KNOW))] };

pub const RULES: [Rule; 3] =
    [READ, READ_NETWORK, Rule { action: KEEP, kind: KIND, grounds: &[Ground::Below(Held::Of(&[Role::PROGRAMME]))] }];
