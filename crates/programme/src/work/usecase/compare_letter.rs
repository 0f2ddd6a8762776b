//! A letter to who follows a plan about how it carries out the plan above it: drafted here, it walks the desk of all letters.

use jiff::civil::Date;
use kernel::{Ctx, Lang, PlanId, Problem, ProblemKind, UnitId, day::show};
use webkit::Core;

use crate::{
    ids::LetterId,
    plans::{
        model::{
            cascade::{Difference, Item, Line, Target},
            cite::Cited,
        },
        store::plan::PlanRow,
        usecase::cascade::{Compared, compare, writer},
    },
    work::{
        model::{
            compare_letter::{Lists, Missing, Taken},
            letter::{Drafted, Letter, LetterKind},
        },
        usecase::{chase::keep, paper::official},
    },
};

/// Lines of one letter: more are sent as the workbook.
const MOST: usize = 500;

/// What the letter will be, before anybody says by which day an answer is asked for.
pub struct Planned {
    pub compared: Compared,
    pub lists: Lists,
    pub from: UnitId,
    pub to: UnitId,
}

/// How the letter would be.
///
/// # Errors
/// For whom may write neither for the follower of the plan above nor for the body in whose name it stands, and where the
/// plan below is nobody else's.
pub async fn planned(core: &Core, ctx: &Ctx, above: PlanId, below: PlanId) -> Result<Planned, Problem> {
    let compared = compare(core, above, below).await?;
    let from = writer(core, ctx, &compared.above).ok_or_else(Problem::forbidden)?;
    let lists = lists(core, &compared);
    let own = std::iter::once(compared.below.follower()).chain(compared.below.issuer_id.map(UnitId::from_uuid));
    let to = own.map(|unit| core.bodies().today(unit)).find(|unit| *unit != from);
    let to = to.ok_or_else(|| Problem::new(ProblemKind::Conflict, "compare-letter-to-itself"))?;
    Ok(Planned { compared, lists, from, to })
}

/// Drafts the letter. Of two plans a body has one draft: that of before, which says how they compare by now and by which day
/// an answer is asked for now, in the words of the officer who has written in it.
///
/// # Errors
/// As [`planned`], and where nothing is to be asked for, the lists are too long for a letter, or the day is past.
pub async fn compare_letter(
    core: &Core,
    ctx: &Ctx,
    above: PlanId,
    below: PlanId,
    answer_by: Option<Date>,
) -> Result<LetterId, Problem> {
    let planned = planned(core, ctx, above, below).await?;
    let wrong = |code| Err(Problem::bad_input(code).field("answer_by", code));
    let Some(day) = answer_by else { return Err(crate::Error::Empty("answer_by").into()) };
    if day < ctx.today() {
        return wrong("answer-day-past");
    }
    if planned.lists.is_as_asked() {
        return Err(Problem::new(ProblemKind::Conflict, "compare-nothing-to-ask"));
    }
    let count = planned.lists.lines();
    if count > MOST {
        return Err(Problem::bad_input("compare-letter-too-long").with("limit", MOST).with("count", count));
    }
    let Words { about, body } = words(core, &planned, day);
    let lists = Lists { answer_by: Some(day), ..planned.lists };
    let row = &Letter::drafted(
        ctx,
        Drafted {
            kind: LetterKind::Compare,
            subject: format!("{above} {below}"),
            plan: Some(below),
            from: planned.from,
            to: vec![planned.to],
            about,
            body,
            lines: Some(serde_json::to_string(&lists).map_err(Problem::internal)?),
        },
    );
    keep(core, ctx, row, count).await
}

fn differences(core: &Core, differences: &[Difference]) -> String {
    let words = |one: &Difference| core.locales().text(Lang::Vi, &format!("differs-{}", one.code()), &[]);
    differences.iter().map(words).collect::<Vec<_>>().join("; ")
}

/// With its level, and the year by which it is to be reached.
fn target_words(target: &Target) -> String {
    let year = target.to_year.map(|year| format!(", năm {year}")).unwrap_or_default();
    format!("{} ({}{year})", target.text.trim_end_matches('.'), target.level())
}

/// What was taken up of one line, with all its counterparts.
fn taken<T: Item>(core: &Core, line: &Line<T>, said: impl Fn(&T) -> String) -> Taken {
    Taken {
        above: said(&line.above),
        below: line.twins.iter().map(|twin| said(&twin.item)).collect::<Vec<_>>().join("; "),
        differences: differences(core, &line.differences()),
    }
}

/// Of tasks those that concern the body of the plan below, or that it took up all the same; what it explained is not asked
/// for again.
fn lists(core: &Core, compared: &Compared) -> Lists {
    let mut out = Lists::default();
    let beside = &compared.beside;
    let mut all = Vec::new();
    for line in &beside.tasks.lines {
        let above = &line.above;
        if line.is_taken() {
            all.push(taken(core, line, |task| task.text.clone()));
        } else if above.concerns && compared.verdict(&above.id).is_none() {
            let (section, text) = (above.section.clone(), above.text.clone());
            out.missing.push(Missing { section, text, lead: above.lead.clone(), time: above.time.clone() });
        }
    }
    for line in &beside.targets.lines {
        let above = &line.above;
        if line.is_taken() {
            all.push(taken(core, line, target_words));
        } else {
            let time = above.to_year.map(|year| format!("Năm {year}")).unwrap_or_default();
            let section = "Chỉ tiêu".to_owned();
            out.missing.push(Missing { section, text: above.text.clone(), lead: above.level(), time });
        }
    }
    (out.taken, out.differing) = all.into_iter().partition(|one| one.differences.is_empty());
    out
}

struct Words {
    about: String,
    body: String,
}

/// The letter's own words, a paragraph in each line.
fn words(core: &Core, planned: &Planned, day: Date) -> Words {
    let bodies = core.bodies();
    let name = |unit: UnitId| bodies.body(unit).map(|body| body.name).unwrap_or_default();
    let cited = |plan: &PlanRow| {
        let issuer = plan.issuer_id.map(|unit| name(UnitId::from_uuid(unit)));
        Cited::of(plan, issuer.as_deref())
    };
    let (above, below) = (cited(&planned.compared.above), cited(&planned.compared.below));
    let (from, to) = (official(core, &name(planned.from)), official(core, &name(planned.to)));
    let counts = planned.compared.counts();
    let targets = &planned.compared.beside.targets.lines;
    let reached = targets.iter().filter(|line| line.is_taken()).count();
    let mut body = format!(
        "{from} đã đối chiếu {} với {}.\n\
         Trong {} nhiệm vụ kế hoạch cấp trên giao cho đơn vị, kế hoạch đã tiếp nhận {} nhiệm vụ, đơn vị đã giải trình {} nhiệm vụ, \
         còn {} nhiệm vụ chưa được tiếp nhận. Trong {} chỉ tiêu, kế hoạch đã có {} chỉ tiêu, còn thiếu {} chỉ tiêu.\n",
        below.full(),
        above.full(),
        counts.concerned,
        counts.taken,
        counts.said,
        counts.missing,
        targets.len(),
        reached,
        targets.len() - reached,
    );
    let differing = planned.lists.differing.len();
    if differing > 0 {
        body.push_str(&format!("Có {differing} nội dung đã tiếp nhận nhưng có khác biệt so với kế hoạch cấp trên.\n"));
    }
    body.push_str(&format!(
        "Nội dung cụ thể tại danh sách kèm theo.\n\
         {from} đề nghị {to} rà soát, bổ sung kế hoạch hoặc nêu rõ lý do, và trả lời bằng văn bản chậm nhất ngày {}.",
        show(day, Lang::Vi)
    ));
    Words { about: format!("rà soát, bổ sung {} theo {}", below.short(), above.short()), body }
}
