//! Roles of posts: modules declare them, posts name one by its code.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};

/// What somebody with such a post is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Calling {
    /// Decides for the unit, and hears of what is long overdue.
    Decides,
    /// Does the unit's work, and hears of what falls due.
    Works,
    /// Looks on: reads, checks, and is reminded of nothing.
    Watches,
    /// Keeps people or the house: a short idle time, and care in giving such a post.
    Keeps,
}

/// What a post lets its holder do inside its unit and the units below it. Its words are `role-<code>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Role {
    calling: Calling,
    code: &'static str,
}

impl Role {
    /// lãnh đạo: sees everything of the unit, decides
    pub const LEADER: Self = Self::new("leader", Calling::Decides);
    /// chuyên viên, cán bộ: works on the unit's tasks
    pub const OFFICER: Self = Self::new("officer", Calling::Works);
    /// chuyên viên theo dõi: imports, reviews and approves plans
    pub const PROGRAMME: Self = Self::new("programme", Calling::Works);
    /// trưởng phòng: does the unit's work, and checks its papers before a leader sees them
    pub const HEAD: Self = Self::new("head", Calling::Works);
    /// văn thư: gives papers their number and day, issues them, and enters those that come in
    pub const CLERK: Self = Self::new("clerk", Calling::Works);
    /// quản trị đơn vị: people and posts of the unit
    pub const UNIT_ADMIN: Self = Self::new("unit_admin", Calling::Keeps);
    /// quản trị hệ thống: units, accounts, tokens, ledger
    pub const SYSTEM_ADMIN: Self = Self::new("system_admin", Calling::Keeps);

    pub const fn new(code: &'static str, calling: Calling) -> Self {
        Self { calling, code }
    }

    pub fn code(self) -> &'static str {
        self.code
    }

    pub fn calling(self) -> Calling {
        self.calling
    }

    /// The key of its words.
    pub fn words(self) -> String {
        crate::code::words_key("role", self.code)
    }

    /// What policies call the units in which somebody has this role: `leaderOf`, `unitAdminOf`.
    pub fn units(self) -> String {
        let mut parts = self.code.split('_');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| out + &part[..1].to_uppercase() + &part[1..]) + "Of"
    }

    /// Who keeps people or the house.
    pub fn administers(self) -> bool {
        self.calling == Calling::Keeps
    }

    /// Whose account is worth stealing: a password alone does not let them in.
    pub fn needs_second_factor(self) -> bool {
        matches!(self.calling, Calling::Decides | Calling::Keeps)
    }
}

impl fmt::Debug for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

/// The roles that the modules of this program declare.
#[derive(Debug, Clone, Default)]
pub struct Roles(Arc<[Role]>);

impl Roles {
    /// By calling, then by code; one that several modules name is one.
    pub fn new(declared: impl IntoIterator<Item = Role>) -> Self {
        let mut roles: Vec<Role> = declared.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        Self(roles.into())
    }

    pub fn all(&self) -> &[Role] {
        &self.0
    }

    /// None for a role that no module here declares: such a post gives nothing.
    pub fn find(&self, code: &str) -> Option<Role> {
        self.0.iter().copied().find(|role| role.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_name_the_units_of_a_role() {
        assert_eq!(Role::LEADER.units(), "leaderOf");
        assert_eq!(Role::SYSTEM_ADMIN.units(), "systemAdminOf");
    }

    #[test]
    fn a_role_that_two_modules_name_is_one() {
        let roles = Roles::new([Role::OFFICER, Role::LEADER, Role::OFFICER]);
        assert_eq!(roles.all(), [Role::LEADER, Role::OFFICER]);
        assert_eq!(roles.find("officer"), Some(Role::OFFICER));
        assert_eq!(roles.find("Officer"), None);
    }
}
