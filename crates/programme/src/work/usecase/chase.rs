//! Đôn đốc: one letter to all who are late, with the list. The program drafts it, an officer releases it, and each body says
//! that it has it.

use std::collections::BTreeSet;

use db::{Entry, Row as _};
use kernel::{Ctx, Lang, Problem, Resource, UnitId, day::show};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    ids::{LetterId, PartId},
    plans::{model::hands, usecase::behalf},
    work::{
        model::{
            compare_letter,
            letter::{Drafted, Late, Letter, LetterKind, LetterState, READ},
            state::State,
        },
        store::{self, letter::Receiver},
        usecase::{part_act::part_for, question::explainer},
    },
};

/// Lines of one letter.
pub const MOST: usize = 500;
/// Working days in which an answer is asked for.
const DAYS: i32 = 5;

/// What a letter that urges says before its list.
pub(crate) struct Draft {
    pub from: UnitId,
    /// What it is about, so that the same is not drafted twice: see [`subject`].
    pub subject: String,
    pub about: String,
    pub body: String,
    pub late: Vec<Late>,
}

/// The same for the same late things that one body urges, in whatever order they were chosen and whatever else was. Another body that urges them too
/// writes a letter of its own.
pub(crate) fn subject(from: UnitId, mut ids: Vec<String>) -> String {
    ids.sort_unstable();
    ids.dedup();
    db::BlobHash::of(format!("{from} {}", ids.join(" ")).as_bytes()).as_str().to_owned()
}

/// The day by which who is urged is asked to act.
pub(crate) fn answer_by(core: &Core, ctx: &Ctx) -> String {
    show(core.times().calendar().add(ctx.today(), DAYS), Lang::Vi)
}

pub(crate) fn bounded(count: usize) -> Result<(), Problem> {
    match count {
        0 => Err(Problem::bad_input("none-chosen").field("part", "none-chosen")),
        count if count > MOST => Err(Problem::bad_input("too-many-chosen").with("limit", MOST).with("count", count)),
        _ => Ok(()),
    }
}

/// Drafts one letter about parts that are late; those of them that are not are left out.
///
/// # Errors
/// Where none is late, where the actor may not ask one of the bodies, or not all of them in one body's name.
pub async fn chase_parts(core: &Core, ctx: &Ctx, parts: &[PartId]) -> Result<LetterId, Problem> {
    bounded(parts.len())?;
    let (mut late, mut ids, mut from) = (Vec::new(), Vec::new(), None);
    for id in parts {
        let part = part_for(core, ctx, *id, "question.ask").await?;
        let own = explainer(core, ctx, &part).await?;
        if *from.get_or_insert(own) != own {
            return Err(Problem::bad_input("chase-in-many-names").field("part", "chase-in-many-names"));
        }
        if let State::Late(days) = part.state(ctx.today()) {
            late.push(Late { unit: part.unit(), what: part.text.clone(), due: part.due_on.clone(), days });
            ids.push(id.to_string());
        }
    }
    let (Some(from), false) = (from, late.is_empty()) else {
        return Err(Problem::bad_input("none-late").field("part", "none-late"));
    };
    let bodies: BTreeSet<UnitId> = late.iter().map(|line| line.unit).collect();
    let body = format!(
        "Đến hết ngày {}, còn {} phần việc của {} cơ quan, đơn vị đã quá hạn mà chưa báo cáo hoàn thành (danh sách kèm theo).\n\
         {} đề nghị các cơ quan, đơn vị có tên trong danh sách khẩn trương hoàn thành, cập nhật kết quả và minh chứng trên hệ thống chậm nhất ngày {}.\n\
         Trường hợp có khó khăn, vướng mắc, đề nghị nêu rõ nguyên nhân, kiến nghị và thời gian hoàn thành.",
        show(ctx.today(), Lang::Vi),
        late.len(),
        bodies.len(),
        core.bodies().body(from).map(|body| body.name).unwrap_or_default(),
        answer_by(core, ctx),
    );
    let about = "đôn đốc thực hiện các nhiệm vụ đã quá hạn".to_owned();
    let subject = subject(from, ids);
    draft(core, ctx, Draft { from, subject, about, body, late }).await
}

/// Keeps the draft. Of the same subject there is one: that of before, which says what is late by now, in the words of the
/// officer who has written in it.
pub(crate) async fn draft(core: &Core, ctx: &Ctx, draft: Draft) -> Result<LetterId, Problem> {
    let to: BTreeSet<UnitId> = draft.late.iter().map(|line| line.unit).collect();
    let row = &Letter::drafted(
        ctx,
        Drafted {
            kind: LetterKind::Urge,
            subject: draft.subject,
            plan: None,
            from: draft.from,
            to: to.into_iter().collect(),
            about: draft.about,
            body: draft.body,
            lines: Some(serde_json::to_string(&draft.late).map_err(Problem::internal)?),
        },
    );
    let count = draft.late.len();
    keep(core, ctx, row, count).await
}

/// Keeps a draft of `count` lines over the one of before.
pub(crate) async fn keep(core: &Core, ctx: &Ctx, row: &Letter, count: usize) -> Result<LetterId, Problem> {
    match keep_once(core, ctx, row, count).await {
        // Somebody was faster: it is their draft that says how it is by now.
        Err(problem) if problem.code == "letter-drafted" => keep_once(core, ctx, row, count).await,
        kept => kept,
    }
}

async fn keep_once(core: &Core, ctx: &Ctx, row: &Letter, count: usize) -> Result<LetterId, Problem> {
    core.db()
        .write(ctx, |tx| async move {
            let before = store::letter::draft_held(&tx, row.kind, &row.subject, row.from).await?;
            let id = before.as_ref().map_or(row.id, |before| before.id);
            match before {
                None => row.add(&tx).await?,
                Some(before) if row.kind == LetterKind::Compare => {
                    compare_letter::renewed(before, row).keep(&tx).await?;
                }
                Some(before) => before.renewed(row).keep(&tx).await?,
            }
            tx.ledger(
                Entry::new("letter.draft", id).unit(row.from).detail(json!({ "kind": row.kind, "lines": count })),
            );
            Ok(id)
        })
        .await
}

/// Who released a letter does not say that it has come: it proves that somebody else has it.
fn is_sender(ctx: &Ctx, letter: &Letter) -> bool {
    hands::is_own(&ctx.actor, letter.released_hand.as_deref(), "")
}

fn has_right(core: &Core, ctx: &Ctx, letter: &Letter, unit: UnitId) -> bool {
    let of = Resource { kind: "Letter", id: letter.id.to_string(), ..Resource::unit(unit) };
    core.authorizer().check(ctx, "letter.receive", &of).is_ok()
}

/// May the actor say for this body that the letter has come?
pub(crate) fn may_receive(core: &Core, ctx: &Ctx, letter: &Letter, unit: UnitId) -> bool {
    has_right(core, ctx, letter, unit) && !is_sender(ctx, letter)
}

/// The bodies to which it went, each with when somebody there said that it has come.
pub async fn receivers(core: &Core, id: LetterId) -> Result<Vec<Receiver>, Problem> {
    Ok(store::letter::receivers(&core.db().read(), id).await?)
}

/// A body says that it has the letter. Said twice it is said once. `on_behalf`: who says it holds no post there, and chose to
/// say it for them.
pub async fn letter_receive(
    core: &Core,
    ctx: &Ctx,
    id: LetterId,
    unit: UnitId,
    on_behalf: bool,
) -> Result<(), Problem> {
    let letter = Letter::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, READ.action, &store::letter::resource(&core.db().read(), &letter).await?)?;
    if !has_right(core, ctx, &letter, unit) {
        return Err(Problem::forbidden());
    }
    if is_sender(ctx, &letter) {
        return Err(Error::FourEyes("four-eyes-receipt").into());
    }
    let acted_by = behalf::chosen(core, ctx, unit, on_behalf)?;
    if letter.state != LetterState::Released {
        return Err(Error::WrongState.into());
    }
    let (at, by) = (ctx.now().as_microsecond(), &ctx.actor.pseudonym());
    core.db()
        .write(ctx, |tx| async move {
            if !store::letter::received(&tx, id, unit, at, by).await? {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new("letter.receive", id).unit(unit).detail(json!({ "acted_by": acted_by })));
            Ok(())
        })
        .await
}
