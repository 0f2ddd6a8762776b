//! The plan of waves, for forms and programs: its terms, who moves when and why, and what somebody places by hand.

use derive::Schema;
use jiff::civil::Date;
use kernel::Problem;
use portfolio::waves::Span;
use serde::Serialize;
use webkit::{Answers, Form, ListPage, Outcome, Req};

use super::paged::page;
use crate::{
    model::{
        SystemId,
        assessment::{Decision, MoveStrategy},
        wave::{UsualTerms, WaveItem, WavePlan},
    },
    pages::wave_told::told,
    store::{
        seen::{self, Seen},
        wave,
    },
    usecase::{
        wave_hand::{self as hand, ByHand},
        waves::{self as planning, Planned},
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(waves, items, plan, terms, terms_save, moved, loose))]
pub struct Documented;

/// A wave with the systems that the caller may see.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WaveJson {
    number: u32,
    #[schema(value_type = Vec<String>)]
    systems: Vec<SystemId>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WavesJson {
    /// Kept, or as they would be.
    is_planned: bool,
    waves: Vec<WaveJson>,
}

/// The waves of the move.
#[utoipa::path(get, path = "/api/v1/systems/waves", responses((status = 200, body = WavesJson)))]
pub async fn waves(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let seen: Seen = seen::all(&req.app, &req.ctx, &conn).await?;
    let (is_planned, waves) = planning::short(&req.app, &req.ctx).await?;
    let wave = |(number, systems): (u32, Vec<SystemId>)| WaveJson {
        number,
        systems: systems.into_iter().filter(|id| seen.has(*id)).collect(),
    };
    Req::json(&WavesJson { is_planned, waves: waves.into_iter().map(wave).collect() })
}

/// A system in the plan that is kept.
#[derive(Debug, Serialize, Schema)]
pub struct WavePlace {
    system: SystemId,
    name: String,
    /// None where no wave was found for it.
    wave: Option<i64>,
    strategy: Option<MoveStrategy>,
    /// In person-days.
    effort: Option<i64>,
    by_hand: bool,
    /// Its wave is over, and nobody has begun to move it: the next planning places it in one that is open.
    left_over: bool,
    /// Why there, or why nowhere, in words.
    why: String,
}

/// The plan that is kept, system by system in the order of the waves, of those that the caller may see; 100 a page.
#[utoipa::path(get, path = "/api/v1/systems/waves/items", params(("wave" = Option<String>, Query, description = "the number of a wave; `none`: without one; `hand`: placed by hand; `left`: left over of waves that have ended"), ("after" = Option<String>, Query)), responses((status = 200, body = ListPage<WavePlace>), (status = 404)))]
pub async fn items(req: Req) -> Outcome {
    let Some(standing) = planning::standing(&req.app).await? else {
        return Req::json(&page(&req, Vec::<WavePlace>::new())?);
    };
    let (told, asked, today) = (told(&req, &standing).await?, req.query("wave"), req.ctx.today());
    let is_asked = |item: &WaveItem, wave: Option<i64>| match asked.as_deref() {
        None => true,
        Some("none") => wave.is_none(),
        Some("hand") => item.by_hand,
        Some("left") => standing.is_left_over(item, today),
        Some(number) => wave.is_some_and(|wave| wave.to_string() == number),
    };
    let place = |(item, wave): (&WaveItem, Option<i64>)| WavePlace {
        system: item.system_id,
        name: told.name(item.system_id),
        wave,
        strategy: standing.decision(item.system_id).map(Decision::decided),
        effort: standing.efforts.get(&item.system_id).copied(),
        by_hand: item.by_hand,
        left_over: standing.is_left_over(item, today),
        why: told.why(item),
    };
    let meant = standing.moving().filter(|(item, wave)| told.seen.has(item.system_id) && is_asked(item, *wave));
    Req::json(&page(&req, meant.map(place))?)
}

/// Places everything again, round what was placed by hand.
#[utoipa::path(post, path = "/api/v1/systems/waves", responses((status = 200, body = Planned)))]
pub async fn plan(req: Req) -> Outcome {
    let done = planning::waves_plan(&req.app, &req.ctx).await?;
    req.done_rev(&done, done.rev, "/systems/waves", "waves-planned")
}

/// Days on which nothing is cut over.
#[derive(Debug, Serialize, Schema)]
pub struct ClosedDays {
    from: Date,
    to: Date,
}

impl From<Span> for ClosedDays {
    fn from(Span { from, to }: Span) -> Self {
        Self { from, to }
    }
}

/// The terms of the plan.
#[derive(Debug, Serialize, Schema)]
pub struct WaveTerms {
    start_on: Date,
    /// Length of a wave.
    days: i64,
    most_systems: i64,
    /// In person-days.
    most_effort: i64,
    most_waves: i64,
    /// Days in a row that must be open in a wave.
    free_days: i64,
    /// Person-days of a system of which nobody has said it.
    usual_effort: i64,
    blackouts: Vec<ClosedDays>,
    planned_on: Option<Date>,
    /// 0 where nobody has said them: these are the usual ones.
    rev: i64,
}

impl From<WavePlan> for WaveTerms {
    fn from(plan: WavePlan) -> Self {
        let blackouts = plan.spans().into_iter().map(ClosedDays::from).collect();
        let WavePlan { start_on, days, most_systems, most_effort, most_waves, free_days, .. } = plan;
        let WavePlan { usual_effort, planned_on, rev, .. } = plan;
        Self {
            start_on,
            days,
            most_systems,
            most_effort,
            most_waves,
            free_days,
            usual_effort,
            blackouts,
            planned_on,
            rev,
        }
    }
}

/// The terms of the plan; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/systems/waves/terms", responses((status = 200, body = WaveTerms)))]
pub async fn terms(req: Req) -> Outcome {
    let usual = || WavePlan { rev: 0, ..UsualTerms::shipped().plan(req.ctx.new_id(), req.ctx.today()) };
    let said = WaveTerms::from(wave::plan(&req.app.db().read()).await?.unwrap_or_else(usual));
    Req::json_rev(&said, said.rev)
}

/// Terms as they are said.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct TermsInput {
    /// `2027-01-04`, or as people write it; not before today, but for the start that the plan has already.
    start_on: String,
    days: i64,
    most_systems: i64,
    most_effort: i64,
    most_waves: i64,
    free_days: i64,
    usual_effort: i64,
    /// Days on which nothing is cut over, a line each: `2027-01-30 - 2027-02-20`, or one day.
    blackouts: Option<String>,
}

/// Says the terms over the revision in If-Match (0 where there are none yet); nothing is placed by that.
#[utoipa::path(post, path = "/api/v1/systems/waves/terms", params(("If-Match" = String, Header)), request_body = TermsInput, responses((status = 200, body = WaveTerms), (status = 412)))]
pub async fn terms_save(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let plan = planning::waves_terms(&req.app, &req.ctx, sent.rev(&req)?, &sent).await?;
    let said = WaveTerms::from(plan);
    req.done_rev(&said, said.rev, "/systems/waves", "waves-terms-kept")
}

/// A system and the wave that is meant for it: none takes it out of all waves.
pub fn asked(system: &str, to: &str) -> Result<(SystemId, Option<u32>), Problem> {
    let id = system.parse().map_err(|_| Problem::not_found())?;
    let no_wave = |_| Problem::bad_input("no-such-wave").field("to", "no-such-wave");
    let to = if to.is_empty() { None } else { Some(to.parse().map_err(no_wave)?) };
    Ok((id, to))
}

/// What is placed by hand.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct MoveInput {
    /// The id of a system.
    system: String,
    /// The number of a wave that is not over; empty takes the system out of all waves.
    to: Option<u32>,
}

/// Places a system by hand, with those that go only together with it, over the revision of the plan in If-Match; they
/// stay there whatever is planned.
#[utoipa::path(post, path = "/api/v1/systems/waves/move", params(("If-Match" = String, Header)), request_body = MoveInput, responses((status = 200, body = ByHand), (status = 409)))]
pub async fn moved(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let (id, to) = asked(sent.text("system"), sent.text("to"))?;
    let done = hand::waves_move(&req.app, &req.ctx, (id, sent.rev(&req)?), to).await?;
    req.done_rev(&done, done.rev, "/systems/waves", "waves-moved")
}

/// What is let loose.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct LooseInput {
    /// The id of a system; empty for all.
    system: Option<String>,
}

/// The next planning places again what was placed by hand: one system, or all where none is named; over the revision
/// of the plan in If-Match.
#[utoipa::path(post, path = "/api/v1/systems/waves/loose", params(("If-Match" = String, Header)), request_body = LooseInput, responses((status = 200, body = ByHand), (status = 409)))]
pub async fn loose(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let one = match sent.text("system") {
        "" => None,
        id => Some(id.parse().map_err(|_| Problem::not_found())?),
    };
    let done = hand::waves_loose(&req.app, &req.ctx, one, sent.rev(&req)?).await?;
    req.done_rev(&done, done.rev, "/systems/waves", "waves-loosened")
}
