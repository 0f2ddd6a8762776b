//! Typed ids: UUIDv7 inside, TypeID text outside (`task_01jc...`), so an id of the wrong kind is refused when parsed.

use type_safe_id::TypeSafeId;

pub use type_safe_id::StaticType;

/// A typed id. `Id<kinds::Task>` prints as `task_…` and stores as a UUID.
pub type Id<K> = TypeSafeId<K>;

/// A kind of id in the crate that owns its table: `kernel::id!(System SystemId "system");`.
#[macro_export]
macro_rules! id {
    ($kind:ident $alias:ident $prefix:literal) => {
        #[derive(Default, Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $kind;

        impl $crate::ids::StaticType for $kind {
            const TYPE: &'static str = $prefix;
        }

        pub type $alias = $crate::Id<$kind>;
    };
}

macro_rules! kinds {
    ($($name:ident $alias:ident $prefix:literal),* $(,)?) => {
        /// One empty type per kind of thing that has an id.
        pub mod kinds {
            $(#[derive(Default, Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)] pub struct $name;)*
        }
        $(impl StaticType for kinds::$name { const TYPE: &'static str = $prefix; }
        pub type $alias = Id<kinds::$name>;)*
    };
}

kinds! {
    Unit UnitId "unit",
    Alias AliasId "alias",
    Person PersonId "person",
    Post PostId "post",
    Account AccountId "account",
    Token TokenId "token",
    Invitation InvitationId "invitation",
    Plan PlanId "plan",
    ReadRow ReadRowId "row",
    Task TaskId "task",
    Part PartId "part",
    Job JobId "job",
    Request RequestId "req",
    Group GroupId "group",
    Finding FindingId "finding",
    ReadTarget ReadTargetId "readtarget",
    Target TargetId "target",
    Passage PassageId "passage",
    Entry EntryId "entry",
    Evidence EvidenceId "evidence",
    Step StepId "step",
    Extension ExtensionId "extension",
    Difficulty DifficultyId "difficulty",
    Letter LetterId "letter",
    Question QuestionId "question",
    Value ValueId "value",
    Duty DutyId "duty",
    Regime RegimeId "regime",
    Period PeriodId "period",
    Report ReportId "report",
    Notice NoticeId "notice",
    Mail MailId "mail",
    Session SessionId "session",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let task = TaskId::from_uuid(uuid::Uuid::from_u128(7));
        assert!(task.to_string().starts_with("task_"));
        assert!(task.to_string().parse::<TaskId>().is_ok());
        assert!(task.to_string().parse::<PlanId>().is_err());
    }
}
