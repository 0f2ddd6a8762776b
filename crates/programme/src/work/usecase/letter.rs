//! Letters about what is late: drafted by the program, changed and released by an officer, never sent by itself.

use crate::ids::LetterId;
use db::{Db, Entry, Reader, Row as _};
use jiff::civil::Date;
use kernel::{Colleague, Ctx, Problem, ProblemKind, UnitId};
use nd30::{Block, Kind, Paper, Run, Signer};
use serde_json::json;
use webkit::Core;

use crate::{
    BodiesPort, Error,
    plans::{
        self,
        model::{
            authority::may_give,
            cite::Cited,
            hands,
            naming::{authority, full_name},
        },
    },
    work::{
        model::{
            difficulty::Difficulty,
            letter::{CLERKS, Drafted, Letter, LetterKind, LetterState, READ, release_refusal},
        },
        store,
        usecase::{
            letter_lists::appendices,
            paper::{official, place, superior, symbol},
        },
    },
};

/// A letter that the actor may read.
pub(crate) async fn seen(core: &Core, ctx: &Ctx, conn: &Reader, id: LetterId) -> Result<Letter, Problem> {
    let row = Letter::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, READ.action, &store::letter::resource(conn, &row).await?)?;
    Ok(row)
}

/// Drafts what a late difficulty needs: to an equal or a body below a letter that urges ("công văn đôn đốc"), to a
/// body above a submission note ("phiếu trình"). One draft per difficulty and stop.
pub async fn draft_for_late(
    db: &Db,
    bodies: &BodiesPort,
    ctx: &Ctx,
    late: &Difficulty,
) -> Result<Option<LetterId>, Problem> {
    let (Some(holder), Some(due)) = (late.holder, late.due_on) else { return Ok(None) };
    let (subject, conn) = (late.id.to_string(), db.read());
    let hops = store::difficulty::hops(&conn, late.id).await?;
    let received = hops.last().map_or(late.raised_at, |hop| hop.received_at);
    let plan = plans::store::plan::get(&conn, late.plan).await?.ok_or_else(Problem::not_found)?;
    let from = plan.follower();
    // Only who may give the body work urges it; to anybody else it is a submission.
    let urges = may_give(bodies.as_ref(), from, holder, Some(&plan.standing()));
    let is_above = holder == from || plan.issuer_id == Some(holder.uuid());
    let kind = if urges && !is_above { LetterKind::Urge } else { LetterKind::Submission };
    if store::letter::since(&conn, kind, &subject, received).await? {
        return Ok(None);
    }
    let name = |unit: UnitId| bodies.body(unit).map(|body| body.name).unwrap_or_default();
    let since = kernel::ctx::vietnam(jiff::Timestamp::from_microsecond(late.raised_at).unwrap_or_default());
    let day = |day| kernel::day::show(day, kernel::Lang::Vi);
    let named = |unit: UnitId| whole_name(bodies, unit);
    let issuer = plan.issuer_id.map(|unit| name(UnitId::from_uuid(unit)));
    let plan_words = Cited::of(&plan, issuer.as_deref()).full();
    let proposal = match late.proposal.trim() {
        "" => String::new(),
        words => sentence(&format!("Kiến nghị, đề xuất: {words}")) + "\n",
    };
    let body = format!(
        "Ngày {}, {} có nêu khó khăn, vướng mắc khi thực hiện {plan_words}: {}\n{proposal}Thời hạn trả lời là ngày {}. Đến nay chưa có ý kiến trả lời.\nKính đề nghị {} xem xét, có ý kiến để {} tiếp tục thực hiện nhiệm vụ.",
        day(since),
        named(late.unit),
        sentence(&late.text),
        day(due),
        named(holder),
        named(late.unit),
    );
    let row = &Letter::drafted(
        ctx,
        Drafted {
            kind,
            subject,
            plan: Some(late.plan),
            from,
            to: vec![holder],
            about: format!("trả lời khó khăn, vướng mắc của {}", named(late.unit)),
            body,
            lines: None,
        },
    );
    let id = row.id;
    let drafted = db.write(ctx, |tx| async move {
        row.add(&tx).await?;
        tx.ledger(Entry::new("letter.draft", id).unit(from).detail(json!({ "kind": row.kind, "about": row.subject })));
        Ok(())
    });
    match drafted.await {
        Ok(()) => Ok(Some(id)),
        // Another process was faster, or the officer still has the draft of an earlier stop.
        Err(problem) if problem.code == "letter-drafted" => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// What an officer makes of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterAct {
    Edit {
        about: String,
        body: String,
    },
    /// Released with its number and day, as the records clerk gave them.
    Release {
        number: String,
        day: Date,
    },
    Drop,
    /// Signed, and passed to the records clerk for its number.
    Hand,
    /// The undo of it: there is more to write. So is every edit.
    Fetch,
    /// The undo of drop, and of release by who released it and on the same day, while no body has said that it has it:
    /// afterwards it is with others, and another letter corrects it.
    Draft,
}

impl LetterAct {
    /// Words are of who answers for the body; number and issue are the records clerk's too.
    fn right(&self, state: LetterState) -> &'static str {
        match self {
            Self::Edit { .. } | Self::Drop | Self::Hand | Self::Fetch => "letter.write",
            Self::Draft if state == LetterState::Dropped => "letter.write",
            Self::Release { .. } | Self::Draft => "letter.release",
        }
    }
}

/// The records clerks of the body that writes it. Where there is one, nobody else numbers and issues its letters.
pub(crate) async fn clerks(core: &Core, ctx: &Ctx, row: &Letter) -> Result<Vec<Colleague>, Problem> {
    let from = core.bodies().today(row.from);
    let mut people = core.colleagues().in_units(ctx.today(), &[from]).await?;
    people.retain(|one| one.posts.iter().any(|post| CLERKS.counts(post.role)));
    Ok(people)
}

/// Refused where the body has a records clerk and the actor is another.
async fn release_by(core: &Core, ctx: &Ctx, row: &Letter) -> Result<(), Problem> {
    let clerks = clerks(core, ctx, row).await?;
    let Some(code) = release_refusal(&clerks, &ctx.actor) else { return Ok(()) };
    let names: Vec<&str> = clerks.iter().map(|one| one.name.as_str()).collect();
    Err(Problem::from(Error::FourEyes(code)).with("names", names.join(", ")))
}

/// A letter that was released is a draft again only for who released it, on that day.
pub(crate) fn may_be_draft(ctx: &Ctx, row: &Letter) -> bool {
    let today = row.released_on == Some(ctx.today());
    row.state != LetterState::Released || (today && hands::is_taker(&ctx.actor, row.released_hand.as_deref(), ""))
}

/// The day on which it is released: not to come, and no day on which the letter was not there.
fn release_day(ctx: &Ctx, row: &Letter, day: Date) -> Result<(), Problem> {
    let drafted = jiff::Timestamp::from_microsecond(row.drafted_at).map_err(Problem::internal)?;
    let code = match () {
        () if day > ctx.today() => "issued-in-future",
        () if day < kernel::ctx::vietnam(drafted) => "issued-before-draft",
        () => return Ok(()),
    };
    Err(Problem::bad_input(code).field("issued_on", code))
}

/// What the act makes of a letter, and the act's name in the ledger.
async fn acted(core: &Core, ctx: &Ctx, row: &mut Letter, act: &LetterAct) -> Result<&'static str, Problem> {
    Ok(match act {
        LetterAct::Edit { about, body } => {
            if about.trim().is_empty() || body.trim().is_empty() {
                return Err(Error::Empty("body").into());
            }
            (row.about, row.body) = (about.trim().into(), body.trim().into());
            row.edited_at = Some(ctx.now().as_microsecond());
            row.handed_at = None;
            "letter.edit"
        }
        LetterAct::Release { number, day } => {
            release_by(core, ctx, row).await?;
            if number.trim().is_empty() {
                return Err(Error::Empty("number").into());
            }
            release_day(ctx, row, *day)?;
            row.state = LetterState::Released;
            (row.released_hand, row.released_on) = (Some(hands::hand(&ctx.actor)), Some(ctx.today()));
            (row.number, row.issued_on) = (Some(number.trim().into()), Some(*day));
            "letter.release"
        }
        LetterAct::Drop => {
            row.state = LetterState::Dropped;
            "letter.drop"
        }
        LetterAct::Hand | LetterAct::Fetch => {
            let is_hand = *act == LetterAct::Hand;
            if row.handed_at.is_some() == is_hand {
                return Err(Error::WrongState.into());
            }
            row.handed_at = is_hand.then(|| ctx.now().as_microsecond());
            if is_hand { "letter.hand" } else { "letter.fetch" }
        }
        LetterAct::Draft if !may_be_draft(ctx, row) => {
            return Err(Problem::new(ProblemKind::Conflict, "letter-is-out"));
        }
        LetterAct::Draft => {
            row.state = LetterState::Draft;
            (row.number, row.issued_on) = (None, None);
            (row.released_hand, row.released_on) = (None, None);
            "letter.back"
        }
    })
}

pub async fn letter_act(core: &Core, ctx: &Ctx, id: LetterId, rev: i64, act: &LetterAct) -> Result<(), Problem> {
    let mut row = Letter::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, act.right(row.state), &row.resource())?;
    if (row.state == LetterState::Draft) == (*act == LetterAct::Draft) {
        return Err(Error::WrongState.into());
    }
    Problem::stale_unless(row.rev == rev)?;
    let action = acted(core, ctx, &mut row, act).await?;
    let (row, act) = (&row, &act);
    let to: Vec<_> = row.receivers().map(|unit| (ctx.new_id::<crate::ids::Letter>().uuid(), unit)).collect();
    let to = &to;
    core.db()
        .write(ctx, |tx| async move {
            row.keep(&tx).await?;
            match act {
                LetterAct::Release { .. } => store::letter::send(&tx, to, id).await?,
                LetterAct::Draft => {
                    if !store::letter::fetch_back(&tx, id).await? {
                        return Err(Problem::new(ProblemKind::Conflict, "letter-is-received"));
                    }
                }
                LetterAct::Edit { .. } | LetterAct::Drop | LetterAct::Hand | LetterAct::Fetch => {}
            }
            tx.ledger(Entry::new(action, id).unit(row.from).detail(json!({ "number": row.number })));
            Ok(())
        })
        .await
}

/// Ends as a sentence ends.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', ';', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn whole_name(bodies: &BodiesPort, unit: UnitId) -> String {
    bodies.body(unit).map(|body| full_name(&body.name)).unwrap_or_default()
}

/// More receivers than these stand in the list alone.
const MOST_NAMED: usize = 5;

/// A note inside a house is addressed to its leaders, not to a body that writes to itself.
fn addressed(row: &Letter, name: &dyn Fn(UnitId) -> String) -> Vec<String> {
    if row.receivers().count() > MOST_NAMED && row.lines.is_some() {
        return vec!["Các cơ quan, đơn vị có tên trong danh sách kèm theo".into()];
    }
    let to = |unit| if unit == row.from { format!("Lãnh đạo {}", name(unit)) } else { name(unit) };
    row.receivers().map(to).collect()
}

/// The letter as a paper.
pub fn paper(core: &Core, ctx: &Ctx, row: &Letter) -> Result<Paper, Problem> {
    let from = core.bodies().body(row.from);
    let (name, short) = from.map(|body| (body.name, body.short_name)).unwrap_or_default();
    let named = |unit: UnitId| official(core, &core.bodies().body(unit).map(|body| body.name).unwrap_or_default());
    let about = format!("Về việc {}", row.about);
    // Inside a house its officer submits a note; a body above gets a paper that the head signs.
    let is_inside = row.receivers().all(|unit| unit == row.from);
    let (kind, sign, by) = match row.kind {
        LetterKind::Submission if is_inside => {
            (Kind::Named { name: "Phiếu trình".into(), about }, Some("PTr"), vec!["Người trình".into()])
        }
        LetterKind::Submission => (Kind::Named { name: "Tờ trình".into(), about }, Some("TTr"), authority(&name, "")),
        LetterKind::Urge | LetterKind::Compare => {
            (Kind::Letter { about: row.about.clone().into_string() }, None, authority(&name, ""))
        }
    };
    let number = row.number.as_deref().and_then(|number| number.split('/').next()?.trim().parse().ok());
    let given = row.number.as_deref().and_then(|number| number.split_once('/')).map(|(_, sign)| sign.to_owned());
    let lines = row.body.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(Paper {
        superior: superior(core, row.from),
        issuer: official(core, &name),
        number,
        symbol: given.unwrap_or_else(|| symbol(sign, &name, &short)),
        place: place(core, row.from),
        issued: row.issued_on,
        drafted: Some(ctx.today()),
        kind,
        to: addressed(row, &named),
        body: lines.map(|line| Block::Paragraph(vec![Run::new(sentence(line))])).collect(),
        signer: Signer { authority: by, name: None },
        copies: vec![],
        kept: if row.state == LetterState::Draft { "VT, ……".into() } else { "VT".into() },
        appendices: appendices(row, &named),
        is_draft: row.state == LetterState::Draft,
        trace: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end() {
        assert_eq!(sentence(" Chưa có kinh phí "), "Chưa có kinh phí.");
        for whole in ["Có.", "Như sau:", "Sao?", ""] {
            assert_eq!(sentence(whole), whole);
        }
    }
}
