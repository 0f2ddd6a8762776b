//! What holds state secrets does not enter: that there is one, and whose, is all that is kept.

use db::Words;
use kernel::Problem;
use webkit::Reading;

use super::{
    AiPotential, Backup, Criticality, Interfaces, Ipv6, Known, Packaging, PersonalData, System, SystemHosting,
    SystemKind, SystemState,
};

/// How such an entry is called; its number tells it from the others.
pub const NAME: &str = "Hệ thống chứa bí mật nhà nước";

impl System {
    /// What makes a row right: a secret without its name and detail, a proven backup with its day, days in their order.
    pub(super) fn settled(self, reading: &mut Reading<'_>, over: Option<&Self>) -> Self {
        if self.state_secret == Known::Yes {
            return self.veiled();
        }
        if over.is_some_and(|old| old.state_secret == Known::Yes) {
            // Nothing that was veiled comes back by itself: whoever says that it was no secret enters it anew.
            reading.refuse("state_secret", Problem::bad_input("system-veiled"));
        }
        if self.backup == Backup::Proven && self.backup_proven_on.is_none() {
            reading.refuse("backup_proven_on", Problem::bad_input("backup-day-missing"));
        }
        self
    }

    /// Whether it is only counted.
    pub fn is_veiled(&self) -> bool {
        self.state_secret == Known::Yes
    }

    fn veiled(self) -> Self {
        let number = self.id.uuid().simple().to_string();
        let number = number.get(24..).unwrap_or_default().to_uppercase();
        Self {
            name: Words::new(format!("{NAME} {number}")),
            operator_id: None,
            code: None,
            kind: SystemKind::InformationSystem,
            hosting: SystemHosting::Unknown,
            personal_data: PersonalData::None,
            address: None,
            purpose: None,
            since: None,
            operating_since: None,
            criticality: Criticality::Unknown,
            users: None,
            cost_per_year: None,
            ai_potential: AiPotential::Unknown,
            ipv6: Ipv6::Unknown,
            is_public: Known::Unknown,
            is_shared: Known::Unknown,
            backup: Backup::Unknown,
            backup_proven_on: None,
            interfaces: Interfaces::Unknown,
            packaging: Packaging::Unknown,
            support_ends_on: None,
            hosting_proof: None,
            architecture: None,
            deviations: None,
            is_domestic: Known::Unknown,
            provider_id: None,
            state: if self.state == SystemState::Mistaken { self.state } else { SystemState::Operating },
            ..self
        }
    }
}
