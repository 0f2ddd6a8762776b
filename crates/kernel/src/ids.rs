//! Typed ids: UUIDv7 inside, TypeID text outside (`task_01jc...`), so an id of the wrong kind is refused when parsed.

use type_safe_id::TypeSafeId;

pub use type_safe_id::StaticType;

/// A typed id. `Id<kinds::Plan>` prints as `plan_…` and stores as a UUID.
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

// What an actor, a request and the ports name, and posts beside them; every other id stands in the crate that owns its table.
kinds! {
    Unit UnitId "unit",
    Person PersonId "person",
    Post PostId "post",
    Account AccountId "account",
    Token TokenId "token",
    Request RequestId "req",
    Plan PlanId "plan",
    Outside OutsideId "outside",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let person = PersonId::from_uuid(uuid::Uuid::from_u128(7));
        assert!(person.to_string().starts_with("person_"));
        assert!(person.to_string().parse::<PersonId>().is_ok());
        assert!(person.to_string().parse::<PlanId>().is_err());
    }
}
