//! Who may do what with systems.

use kernel::{Compartment, Ground, Held, Role, Rule};

use super::{figures, label, level, moves};

const KEEPERS: Held = Held::Of(&[Role::OFFICER, Role::PROGRAMME]);

/// Who must know how things hang together at a body: who works there and decides there.
pub const KNOW: &[Role] = &[Role::LEADER, Role::HEAD, Role::OFFICER, Role::PROGRAMME];

/// The department whose matter telecommunications and state-owned enterprises are, where there is one.
pub const SCIENCE: &str = "Sở Khoa học và Công nghệ";

/// Machines, networks, maps of what depends on what, components and faults of security. Whoever only uses or operates a
/// system of another body does not learn them; they are in no lake and on no public page.
pub const NETWORK: &str = "network";

pub const COMPARTMENTS: &[Compartment] = &[Compartment { name: NETWORK, open_to: KNOW }];

/// Read by the owner's house, and by who operates or uses it; kept by the owner's officers; a leader says that it is right.
pub const RULES: &[Rule] = &[
    READ,
    MAP,
    figures::KEEP,
    figures::APPROVE,
    Rule { action: "registry.edit", kind: "System", grounds: &[Ground::Below(KEEPERS)] },
    Rule { action: "registry.import", kind: "System", grounds: &[Ground::Below(KEEPERS)] },
    Rule {
        action: "registry.confirm",
        kind: "System",
        grounds: &[Ground::Below(Held::Of(&[Role::LEADER, Role::PROGRAMME]))],
    },
    moves::READ,
    moves::RUN,
    moves::ACCEPT,
    level::READ,
    level::CONTROLS,
    level::KEEP,
    level::REVIEW,
    level::APPROVE,
    level::OVERRULE,
    label::PUBLISH,
];
pub const READ: Rule =
    Rule { action: "registry.read", kind: "System", grounds: &[Ground::Below(Held::Any), Ground::Involved(Held::Any)] };
/// What lies in the compartment: asked of `System::network`.
pub const MAP: Rule = Rule { action: "registry.map", kind: "System", grounds: &[Ground::Below(Held::Of(KNOW))] };
