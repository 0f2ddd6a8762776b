//! Where each sentence of a plan under review ended, as JSON: as its page colours the document.

use axum::extract::Path;
use kernel::{PlanId, Problem};
use plan_reader::Place;
use serde::Serialize;
use webkit::{Outcome, Req, heavy};

use crate::{
    ids::FindingId,
    plans::{
        model::placed::{self, Sentence},
        usecase::places::{Reviewed, reviewed, sentences},
    },
};

webkit::codes! {
    /// Where a sentence ended; `unplaced` is a sentence of which nobody knows yet.
    SentencePlace = placed::ALL.map(placed::code);
    /// Why a sentence orders nothing.
    NarrativeReason = placed::REASONS.map(placed::reason_code);
}

/// A sentence of the document.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlaceJson {
    #[schema(value_type = SentencePlace)]
    kind: &'static str,
    /// Why it is `narrative`, as it was read.
    #[schema(value_type = Option<NarrativeReason>)]
    reason: Option<&'static str>,
    /// Why it is, in the words of whoever set its doubt aside.
    said: Option<String>,
    /// Byte of the document's text where it begins.
    from: usize,
    /// Byte behind its end.
    to: usize,
    /// Its words in one line.
    text: String,
    /// The doubt about it.
    finding: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlaceList {
    /// How many sentences of the whole document became something or belong to its form.
    placed: usize,
    /// How many ended nowhere.
    unplaced: usize,
    /// How many order nothing, for a reason.
    narrative: usize,
    /// In the order of the document; none of a document that was read before places were kept.
    items: Vec<PlaceJson>,
}

fn place_json(of: &Reviewed, sentence: &Sentence) -> PlaceJson {
    let is_narrative = sentence.place == Place::Narrative;
    let doubt = sentence.doubt.and_then(|index| of.findings.get(index));
    let said = doubt.filter(|_| is_narrative).and_then(|finding| finding.reason.as_ref());
    PlaceJson {
        kind: placed::code(sentence.place),
        reason: sentence.reason.filter(|_| is_narrative).map(placed::reason_code),
        said: said.map(|reason| reason.as_str().to_owned()),
        from: sentence.start,
        to: sentence.end,
        text: placed::in_line(of.text.get(sentence.start..sentence.end).unwrap_or_default()),
        finding: doubt.map(|finding| FindingId::from_uuid(finding.id).to_string()),
    }
}

fn list(of: &Reviewed, only: Option<Place>) -> PlaceList {
    let all = sentences(&of.places, (&of.rows, &of.targets, &of.duties), &of.findings);
    let count = placed::coverage(&all);
    let shown = all.iter().filter(|sentence| only.is_none_or(|place| sentence.place == place));
    PlaceList {
        placed: count.placed,
        unplaced: count.unplaced,
        narrative: count.narrative,
        items: shown.map(|sentence| place_json(of, sentence)).collect(),
    }
}

/// Where each sentence of a plan under review ended, as people decided since; `kind` shows one place alone, the three counts
/// stay those of the whole document.
#[utoipa::path(get, path = "/api/v1/plans/{id}/places", params(("id" = String, Path), ("kind" = Option<String>, Query, description = "`unplaced`, `narrative`, `task` …")), responses((status = 200, body = PlaceList), (status = 409)))]
pub async fn places(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let unknown = |text: String| Problem::bad_input("unknown-choice").with("text", text);
    let only = req.query("kind").map(|kind| placed::parse(&kind).ok_or_else(|| unknown(kind))).transpose()?;
    let of = reviewed(&req.app, &req.ctx, id).await?;
    // As large as the document.
    let found = heavy(move || list(&of, only)).await?;
    Req::json(&found)
}
