//! The short code of a slip: what is typed from paper in the place of a password, once. 40 bits are enough where each try goes
//! through the entrance (40 an hour and login), and the slip ends after a week: 7,000 tries of a million million. It is made
//! from the secret of the slip's link, and kept under a key that does not lie in the database.

use db::{Db, Entry};
use kernel::{AccountId, Ctx, Problem};
use ring::hmac::{HMAC_SHA256, Key, sign, verify};

use super::link::{OWN_LIFE_MICROS, RESET};
use crate::{Directory, model::secret, store};

/// Letters and figures that are not taken for one another; 32, so that five bits are one.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH: usize = 8;

fn key(db: &Db, purpose: &str) -> Key {
    Key::new(HMAC_SHA256, &db.secret_for(purpose))
}

/// The code of the slip with this link, in two groups.
pub fn code(db: &Db, link: &str) -> String {
    let seal = sign(&key(db, "slips, the code"), link.as_bytes());
    // A byte for each letter, of which five bits count.
    let letters: String =
        seal.as_ref().iter().take(LENGTH).map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
    format!("{}-{}", &letters[..LENGTH / 2], &letters[LENGTH / 2..])
}

/// A code as it was meant, however it was typed; none where it cannot be one.
fn meant(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .take(LENGTH + 1)
        .collect();
    (code.len() == LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte))).then_some(code)
}

fn sealed(account: AccountId, code: &str) -> String {
    format!("{account} {code}")
}

/// What is kept of a slip's code.
pub(crate) fn kept(db: &Db, account: AccountId, link: &str) -> String {
    let code = code(db, link).replace('-', "");
    hex::encode(sign(&key(db, "slips, what is kept"), sealed(account, &code).as_bytes()))
}

/// Whether this is the code of a slip of the account that has not ended.
pub(crate) async fn fits(directory: &Directory, ctx: &Ctx, account: AccountId, typed: &str) -> Result<bool, Problem> {
    let Some(code) = meant(typed) else { return Ok(false) };
    let (db, now) = (directory.db(), ctx.now().as_microsecond());
    let kept = store::account::slip_codes(&db.read(), account, RESET, now).await?;
    let (key, text) = (key(db, "slips, what is kept"), sealed(account, &code));
    let fits = |kept: &String| hex::decode(kept).is_ok_and(|seal| verify(&key, text.as_bytes(), &seal).is_ok());
    Ok(kept.iter().any(fits))
}

/// A link for who has just typed the code of their slip, to choose a password by. The slip itself is good until that is done.
pub async fn link(directory: &Directory, ctx: &Ctx, account: AccountId) -> Result<String, Problem> {
    let text = secret::fresh("in_")?;
    let (hash, until) = (&secret::hash(&text), ctx.now().as_microsecond() + OWN_LIFE_MICROS);
    directory
        .db()
        .write(ctx, |tx| async move {
            store::account::link_insert(&tx, hash, RESET, Some(account), until, None).await?;
            tx.ledger(Entry::new("account.slip", account));
            Ok(())
        })
        .await?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_as_one_likes() {
        for typed in ["ABCD-EFGH", "abcd efgh", " AbCd-EfGh "] {
            assert_eq!(meant(typed).as_deref(), Some("ABCDEFGH"), "{typed}");
        }
        for wrong in ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFG0", "ABCD-EFGI", "ABCDEFGĐ"] {
            assert_eq!(meant(wrong), None, "{wrong}");
        }
        assert_eq!(LETTERS.iter().collect::<std::collections::HashSet<_>>().len(), 32);
    }
}
