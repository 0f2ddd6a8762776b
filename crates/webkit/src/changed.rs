//! Who changed a thing while somebody filled in a form of it.

use kernel::{Ctx, Problem};

use crate::{Core, refused::Changed, undo::acted};

/// As far back as it is looked for.
const BACK: i64 = 20;

/// The thing that an address is of: the first id in it.
fn subject(action: &str) -> Option<&str> {
    let path = action.split('?').next()?;
    path.split('/').find(|part| part.contains('_') && kernel::id_uuid(part).is_some())
}

/// When the page of this mark was shown, in microseconds.
fn shown_at(mark: &str) -> Option<i64> {
    let id = kernel::id_uuid(mark.split('.').next()?)?;
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    i64::try_from(seconds).ok().map(|seconds| seconds * 1_000_000 + i64::from(nanos / 1000))
}

/// The newest change of what the form is about, since its page was shown where that is known: somebody else's before one's own.
pub(crate) async fn changed(
    core: &Core,
    ctx: &Ctx,
    action: &str,
    page: Option<&str>,
) -> Result<Option<Changed>, Problem> {
    let Some(subject) = subject(action) else { return Ok(None) };
    let since = page.and_then(shown_at);
    let mut past = db::ledger_page(&core.db().read(), Some(subject), None, BACK).await?;
    match since {
        Some(since) => past.retain(|one| one.at >= since),
        None => past.truncate(1),
    }
    let me = ctx.actor.pseudonym();
    let Some(found) = past.iter().find(|one| one.actor != me).or(past.first()) else { return Ok(None) };
    let name = core.who(&[acted(found)]).await?.pop().and_then(|who| who.name);
    Ok(Some(Changed { is_own: found.actor == me, name, at: found.at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thing_is_named_in_the_address() {
        let id = "part_01jcqz6y9tfg0v3d8x5m2n7k4b";
        assert_eq!(subject(&format!("/parts/{id}/progress?x=1")), Some(id));
        assert_eq!(subject("/people/new"), None);
        assert_eq!(subject("/a_b"), None);
    }

    #[test]
    fn a_page_says_when_it_was_shown() {
        // 15/11/2024 13:11:45.722 UTC, as the id says.
        assert_eq!(shown_at("request_01jcqz6y9tfg0v3d8x5m2n7k4b.00ff"), Some(1_731_676_305_722_000));
        assert_eq!(shown_at("k"), None);
    }
}
