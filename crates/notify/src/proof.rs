//! An address for letters is proved by a link that only its owner gets, before anything else is sent there.

use db::{Entry, Tx};
use kernel::{Ctx, PersonId, Problem};
use webkit::{App, secret};

use crate::{
    acting::person,
    digest::outgoing,
    outbox::wake,
    store::{self, NoticeRow, OutboxRow, PersonRow},
    tell,
};

const LIFE: i64 = 3 * 24 * 3600 * 1_000_000;
/// Letters that a person may ask for on a day: links and trials together.
const MOST_A_DAY: i64 = 3;

/// A link on its way, and what is kept of it.
#[derive(Debug)]
pub struct Proof {
    hash: String,
    letter: OutboxRow,
}

/// The letter with the link to the address of now.
pub fn letter(app: &App, ctx: &Ctx, settings: &PersonRow) -> Result<Proof, Problem> {
    let text = secret::fresh("mail_")?;
    let url = format!("{}/notices/confirm/{text}", app.config().base_url);
    let words = |key: &str| app.locales().text(settings.lang(), key, &[("url", url.clone().into())]);
    let words = (words("mail-proof-subject"), words("mail-proof"), String::new());
    let (hash, letter) = (secret::hash(&text), outgoing(ctx, "mail", Some(settings), &settings.address, words));
    Ok(Proof { letter: OutboxRow { carries: Some(hash.clone()), ..letter }, hash })
}

/// Puts a letter that the person asked for into the outbox, unless there were enough today.
pub async fn asked(tx: &Tx, ctx: &Ctx, person: PersonId, letter: &OutboxRow) -> Result<(), Problem> {
    if !store::asked_add(tx, person, &ctx.today().to_string(), MOST_A_DAY).await? {
        let problem = Problem::new(kernel::ProblemKind::Conflict, "letters-enough").with("most", MOST_A_DAY);
        return Err(problem.field("address", "letters-enough"));
    }
    store::outbox_insert(tx, letter).await?;
    Ok(wake(tx, ctx.now()).await?)
}

pub async fn send(tx: &Tx, ctx: &Ctx, person: PersonId, proof: &Proof) -> Result<(), Problem> {
    asked(tx, ctx, person, &proof.letter).await?;
    Ok(store::proof_set(tx, person, &proof.hash, ctx.now().as_microsecond() + LIFE).await?)
}

/// A letter by which a person sees whether letters arrive.
pub fn trial(app: &App, ctx: &Ctx, settings: &PersonRow) -> OutboxRow {
    let words = |key: &str| app.locales().text(settings.lang(), key, &[("url", app.config().base_url.clone().into())]);
    let words = (words("mail-trial-subject"), words("mail-trial"), String::new());
    outgoing(ctx, "mail", Some(settings), &settings.address, words)
}

/// What the old address hears last, and the person in the program: somebody else may have changed it.
pub fn farewell(app: &App, ctx: &Ctx, old: &PersonRow) -> (NoticeRow, OutboxRow) {
    let notice = tell::notice(app, ctx, old, "address", "/notices", true);
    (notice, tell::letter(app, ctx, old, "address", "/notices"))
}

/// Whether a link is good for the acting person.
pub async fn is_good(app: &App, ctx: &Ctx, text: &str) -> Result<bool, Problem> {
    Ok(store::proof_fits(&app.db().read(), person(ctx)?, &secret::hash(text), ends(ctx)).await?)
}

/// Between which moments a link that is good now comes to its end.
fn ends(ctx: &Ctx) -> (i64, i64) {
    let now = ctx.now().as_microsecond();
    (now, now + LIFE)
}

/// The address is the person's: whoever follows the link is signed in as them.
pub async fn confirm(app: &App, ctx: &Ctx, text: &str) -> Result<(), Problem> {
    let (person, hash) = (person(ctx)?, &secret::hash(text));
    app.db()
        .write(ctx, |tx| async move {
            if !store::proof_use(&tx, person, hash, ends(ctx)).await? {
                return Err(ended());
            }
            tx.ledger(Entry::new("notify.confirm", person));
            Ok(())
        })
        .await
}

pub fn ended() -> Problem {
    Problem::new(kernel::ProblemKind::NotFound, "proof-ended")
}
