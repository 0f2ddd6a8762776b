//! Pure types and rules of the directory.

pub mod ics;
pub mod login;
pub mod name;
pub mod new_login;
pub mod password;
pub mod reference;
pub mod secret;
pub mod totp;
pub mod twins;
pub mod unit;
pub mod whole;
