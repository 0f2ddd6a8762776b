//! What holds state secrets does not enter: that there is one, and whose, is all that is kept.

use db::Words;
use kernel::{Problem, ProblemKind};
use webkit::Reading;

use super::{
    done::check_done,
    kinds::{
        AiPotential, Backup, Criticality, Interfaces, Ipv6, Known, Packaging, PersonalData, SystemHosting, SystemKind,
        SystemState,
    },
    system::System,
};

/// How such an entry is called; its number tells it from the others.
const NAME: &str = "Hệ thống chứa bí mật nhà nước";

impl System {
    /// What makes a row right: a secret without its name and detail, a proven backup with its day.
    pub(super) fn settled(self, reading: &mut Reading<'_>, over: Option<&Self>) -> Self {
        if self.state_secret == Known::Yes {
            return self.veiled();
        }
        let is_unsaid = over.is_none() && !reading.says("state");
        let state = if is_unsaid { self.kind.usual_state() } else { self.state };
        if over.is_some_and(|old| old.state_secret == Known::Yes) {
            // Nothing that was veiled comes back by itself: whoever says that it was no secret enters it anew.
            reading.refuse("state_secret", Problem::bad_input("system-veiled"));
        }
        if self.backup == Backup::Proven && self.backup_proven_on.is_none() {
            reading.refuse("backup_proven_on", Problem::bad_input("backup-day-missing"));
        }
        // What was written before this was asked stays until somebody writes another day.
        let is_new = over.is_none_or(|old| old.backup_proven_on != self.backup_proven_on);
        let proven = self.backup_proven_on.filter(|_| is_new);
        if let Err(problem) = check_done("backup_proven_on", proven, reading.today()) {
            reading.refuse("backup_proven_on", problem);
        }
        self.contract(reading);
        let begins = over.is_some_and(|old| self.begins(old));
        if let Some(old) = over.filter(|_| begins) {
            self.no_day_to_come(reading, old);
        }
        // Offered to all anew, it waits for its owner's word.
        let is_new = self.is_offered() && !over.is_some_and(Self::is_offered);
        let confirmed_on = self.confirmed_on.filter(|_| !is_new);
        let row = Self { state, confirmed_on, ..self };
        if begins { row.begun(reading.today()) } else { row }
    }

    /// It begins to operate on no day to come: whoever says one now is told. What a plan said of that gives way.
    fn no_day_to_come(&self, reading: &mut Reading<'_>, old: &Self) {
        let said = self.operating_since.filter(|_| old.operating_since != self.operating_since);
        if let Err(problem) = check_done("operating_since", said, reading.today()) {
            reading.refuse("operating_since", problem);
        }
        let this_year = i64::from(reading.today().year());
        if let Some(year) = self.since.filter(|year| old.since != Some(*year) && *year > this_year) {
            reading.refuse("since", Problem::bad_input("operating-year-to-come").with("year", year));
        }
    }

    /// Whether its owner's officers say that all may use it.
    fn is_offered(&self) -> bool {
        self.is_shared == Known::Yes && matches!(self.kind, SystemKind::Platform | SystemKind::Database)
    }

    /// What is said of a contract is said of one, and it ends after it begins.
    fn contract(&self, reading: &mut Reading<'_>) {
        let said = [
            ("contract_value", self.contract_value.is_some()),
            ("contract_from", self.contract_from.is_some()),
            ("contract_until", self.contract_until.is_some()),
        ];
        for (field, _) in said.into_iter().filter(|(_, is_said)| *is_said && self.kind != SystemKind::Contract) {
            reading.refuse(field, Problem::bad_input("contract-of-none"));
        }
        if self.contract_from.zip(self.contract_until).is_some_and(|(from, until)| until < from) {
            reading.refuse("contract_until", Problem::bad_input("contract-backwards"));
        }
    }

    /// Whether it is only counted.
    pub fn is_veiled(&self) -> bool {
        self.state_secret == Known::Yes
    }

    /// Asked inside an act that writes something beside it.
    ///
    /// # Errors
    /// Where it is only counted.
    pub fn check_open(&self) -> Result<(), Problem> {
        if self.is_veiled() { Err(Problem::new(ProblemKind::Conflict, "system-only-counted")) } else { Ok(()) }
    }

    /// How it is called once it is only counted. One that comes back with the list that it was written to is the same.
    pub fn veil(&self) -> Words {
        if is_veil(&self.name) {
            return self.name.clone();
        }
        // In letters: a long number would be masked as somebody's.
        let letter = |byte: &u8| [b'A' + (byte >> 4), b'A' + (byte & 15)].map(char::from);
        let number: String = self.id.uuid().as_bytes().iter().skip(12).flat_map(letter).collect();
        Words::new(format!("{NAME} {number}"))
    }

    /// The same as it is then.
    #[must_use]
    pub fn veiled(self) -> Self {
        Self {
            name: self.veil(),
            state_secret: Known::Yes,
            operator_id: None,
            code: None,
            kind: SystemKind::InformationSystem,
            hosting: SystemHosting::Unknown,
            personal_data: PersonalData::Unknown,
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
            deviates: Known::Unknown,
            deviations: None,
            contract_value: None,
            contract_from: None,
            contract_until: None,
            is_domestic: Known::Unknown,
            provider_id: None,
            level: None,
            level_until: None,
            strategy: None,
            state: if self.state == SystemState::Mistaken { self.state } else { SystemState::Operating },
            ..self
        }
    }
}

/// Whether a name says nothing but that there is such a system.
fn is_veil(name: &str) -> bool {
    let number = name.strip_prefix(NAME).and_then(|rest| rest.strip_prefix(' '));
    number.is_some_and(|number| number.len() == 8 && number.chars().all(|c| ('A'..='P').contains(&c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_behind_the_veil_is_no_veil() {
        assert!(is_veil(&format!("{NAME} ABCDMNOP")));
        for name in [NAME.to_owned(), format!("{NAME} Kế hoạch A"), format!("{NAME} abcdmnop"), "Ngân sách".into()]
        {
            assert!(!is_veil(&name), "{name}");
        }
    }
}
