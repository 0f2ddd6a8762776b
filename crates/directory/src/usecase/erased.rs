//! Whether an account was erased.

use kernel::AccountId;

use crate::store::account::AccountRow;

/// An erased account bears its own number as login, which no login can be given.
pub(crate) fn is_erased(row: &AccountRow) -> bool {
    bears_number(AccountId::from_uuid(row.id), &row.login)
}

pub(crate) fn bears_number(account: AccountId, login: &str) -> bool {
    login == account.to_string()
}
