//! What a person chooses about being told, and what an administrator does about what was not delivered.

use crate::ids::MailId;
use db::Entry;
use kernel::{Ctx, Lang, Problem};
use lettre::Address;
use webkit::App;

use crate::{
    Channels,
    acting::person,
    outbox::wake,
    proof,
    store::{self, PersonRow},
};

/// What a person enters.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Empty: no letters.
    pub address: String,
    pub phone: String,
    pub digest: bool,
    pub lang: Lang,
    pub rev: i64,
}

/// Stores the choice; a corrected address gets letters again.
pub async fn choose(app: &App, ctx: &Ctx, chosen: &Chosen) -> Result<(), Problem> {
    let person = person(ctx)?;
    let (address, phone) = (chosen.address.trim(), chosen.phone.trim());
    if !address.is_empty() && address.parse::<Address>().is_err() {
        return Err(Problem::bad_input("address-wrong").with("address", address).field("address", "address-wrong"));
    }
    if !phone.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.')) || phone.len() > 20 {
        return Err(Problem::bad_input("phone-wrong").field("phone", "phone-wrong"));
    }
    let old = &store::person(&app.db().read(), person).await?;
    let row = &PersonRow {
        address: address.into(),
        phone: phone.into(),
        digest: chosen.digest,
        lang: chosen.lang.code().into(),
        rev: chosen.rev,
        confirmed: old.confirmed.clone(),
        ..PersonRow::of(person)
    };
    let moved = old.address != row.address;
    if moved {
        ctx.must_be_fresh()?;
    }
    let asks = moved && !row.address.is_empty() && !row.is_proved() && app.get::<Channels>()?.has("mail");
    let proof = if asks { Some(proof::letter(app, ctx, row)?) } else { None };
    let farewell = if moved && old.takes_letters() { Some(proof::farewell(app, ctx, old)) } else { None };
    let (proof, farewell) = (proof.as_ref(), farewell.as_ref());
    app.db()
        .write(ctx, |tx| async move {
            if !store::person_set(&tx, row).await? {
                return Err(Problem::stale());
            }
            if let Some(proof) = proof {
                proof::send(&tx, ctx, person, proof).await?;
            }
            if let Some((notice, letter)) = farewell {
                store::notices_insert(&tx, std::slice::from_ref(notice)).await?;
                store::outbox_insert(&tx, letter).await?;
                wake(&tx, ctx.now()).await?;
            }
            // Where a person can be reached is nobody's business but theirs.
            tx.ledger(Entry::new("notify.choose", person));
            Ok(())
        })
        .await
}

/// Marks what the person was told as read.
pub async fn read_all(app: &App, ctx: &Ctx) -> Result<(), Problem> {
    let person = person(ctx)?;
    app.db()
        .write(ctx, |tx| async move {
            store::read_set(&tx, person).await?;
            tx.ledger(Entry::new("notify.read", person));
            Ok(())
        })
        .await
}

/// Sends the acting person a letter of trial, through the outbox like any other; while the address is not proved, the
/// link that proves it.
pub async fn try_mail(app: &App, ctx: &Ctx) -> Result<(), Problem> {
    let person = person(ctx)?;
    if !app.get::<Channels>()?.has("mail") {
        return Err(Problem::bad_input("mail-off"));
    }
    let settings = &store::person(&app.db().read(), person).await?;
    if settings.address.is_empty() {
        return Err(Problem::bad_input("no-address"));
    }
    let proof = if settings.is_proved() { None } else { Some(proof::letter(app, ctx, settings)?) };
    let proof = proof.as_ref();
    let trial = &proof::trial(app, ctx, settings);
    app.db()
        .write(ctx, |tx| async move {
            match proof {
                Some(proof) => proof::send(&tx, ctx, person, proof).await?,
                None => proof::asked(&tx, ctx, person, trial).await?,
            }
            tx.ledger(Entry::new("mail.trial", person));
            Ok(())
        })
        .await
}

/// Tries a letter again at once, or gives it up.
pub async fn retry(app: &App, ctx: &Ctx, id: MailId, again: bool) -> Result<(), Problem> {
    app.authorizer().check_route(ctx, "mail.manage")?;
    app.db()
        .write(ctx, |tx| async move {
            let changed = if again {
                wake(&tx, ctx.now()).await?;
                store::outbox_retry(&tx, id, ctx.now().as_microsecond()).await?
            } else {
                store::outbox_drop(&tx, id).await?
            };
            if !changed {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new(if again { "mail.retry" } else { "mail.give_up" }, id));
            Ok(())
        })
        .await
}
