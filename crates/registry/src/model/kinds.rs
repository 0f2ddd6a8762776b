//! Closed sets: what a system is, in which state, where it stands, and what is known of it.

use derive::Code;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum SystemKind {
    InformationSystem,
    Database,
    Platform,
    Service,
    Server,
    VirtualMachine,
    Network,
    DataCentre,
    Component,
    Contract,
    CloudService,
    Provider,
}

impl SystemKind {
    /// What the plans' share of converted systems counts.
    pub const COUNTED: [Self; 2] = [Self::InformationSystem, Self::Service];
    /// What bodies own and use, and confirm each year.
    pub const MAIN: [Self; 4] = [Self::InformationSystem, Self::Database, Self::Platform, Self::Service];
    /// What a system may be provided by.
    pub const PROVIDING: [Self; 3] = [Self::Provider, Self::CloudService, Self::DataCentre];

    pub fn is_counted(self) -> bool {
        Self::COUNTED.contains(&self)
    }

    pub fn is_main(self) -> bool {
        Self::MAIN.contains(&self)
    }

    /// Servers, machines, networks, data centres.
    pub fn is_infrastructure(self) -> bool {
        matches!(self, Self::Server | Self::VirtualMachine | Self::Network | Self::DataCentre)
    }

    /// Networks and machines are known to those who must know them.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Server | Self::VirtualMachine | Self::Network)
    }

    pub fn is_providing(self) -> bool {
        Self::PROVIDING.contains(&self)
    }

    /// The state of a new entry that says none: a new system does not operate yet, what it stands on is there.
    pub fn usual_state(self) -> SystemState {
        if self.is_main() { SystemState::Planned } else { SystemState::Operating }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum SystemState {
    #[code(look = "run")]
    Planned,
    #[code(look = "run")]
    Building,
    #[code(look = "done")]
    Operating,
    Retiring,
    Retired,
    /// Entered by mistake: kept, and counted nowhere.
    Mistaken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum SystemHosting {
    Unknown,
    OwnRoom,
    ProvincialDataCentre,
    ProvincialCloud,
    DomesticCloud,
    ForeignCloud,
    Hybrid,
}

impl SystemHosting {
    /// A foreign or a mixed hosting does not count as the cloud of the plans.
    pub fn is_cloud(self) -> bool {
        matches!(self, Self::ProvincialCloud | Self::DomesticCloud)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-personal-data")]
pub enum PersonalData {
    /// Nobody was asked: not the same as none.
    Unknown,
    None,
    Basic,
    Sensitive,
}

impl PersonalData {
    /// Whether somebody has said that there is some.
    pub fn is_held(self) -> bool {
        matches!(self, Self::Basic | Self::Sensitive)
    }
}

/// A question of which the answer may not be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-known", none = Unknown)]
pub enum Known {
    Unknown,
    No,
    Yes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Code)]
#[code(key = "system-criticality", none = Unknown)]
pub enum Criticality {
    Unknown,
    Ordinary,
    Important,
    Critical,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Code)]
#[code(key = "system-ai-potential", none = Unknown)]
pub enum AiPotential {
    Unknown,
    Low,
    Medium,
    High,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-ipv6", none = Unknown)]
pub enum Ipv6 {
    Unknown,
    No,
    Partly,
    Yes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-backup", none = Unknown)]
pub enum Backup {
    Unknown,
    None,
    Kept,
    /// Brought back from it, on a day.
    Proven,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-interfaces", none = Unknown)]
pub enum Interfaces {
    Unknown,
    None,
    /// Of its own, for some.
    Own,
    Open,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-packaging", none = Unknown)]
pub enum Packaging {
    Unknown,
    Physical,
    Virtual,
    Container,
}

/// How one system stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-link")]
pub enum LinkKind {
    RunsOn,
    DependsOn,
    SharesData,
    Stores,
    Replaces,
    /// By which contract it is provided or kept up.
    CoveredBy,
}
