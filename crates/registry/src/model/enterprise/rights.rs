//! Who may do what with the list of state-owned enterprises and their forms.

use kernel::{Ground, Held, Role, Rule};

pub const KIND: &str = "Enterprise";

/// Read by the whole house.
pub const READ: Rule = Rule { action: "enterprise.read", kind: KIND, grounds: &[Ground::Everyone] };
/// By programme officers of the department whose matter it is, and of the province above it.
pub const KEEP: Rule =
    Rule { action: "enterprise.keep", kind: KIND, grounds: &[Ground::Below(Held::Of(&[Role::PROGRAMME]))] };

pub const RULES: [Rule; 2] = [READ, KEEP];
