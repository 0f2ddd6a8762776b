//! The refusals that a route may answer with: those that its handler names, and those that come of what the route is.

use kernel::ProblemKind;
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder, Responses};

use crate::{Access, Route, problem::ProblemJson, route::BODY_LIMIT};

/// What the answers of all modules refer to.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(ProblemJson)))]
pub(super) struct Shared;

/// Each kind with the name of its response in the document, and what it says. Whoever is told `Internal` has found a
/// fault of ours, which no document promises; `MethodNotAllowed` is of no route.
const KINDS: [(ProblemKind, &str, &str); 9] = [
    (ProblemKind::Unauthenticated, "Unauthenticated", "Nobody is signed in, or the token is none that is in force."),
    (ProblemKind::Forbidden, "Forbidden", "The caller has no right to it."),
    (ProblemKind::NotFound, "NotFound", "There is no such thing, or none that the caller may know of."),
    (ProblemKind::Conflict, "Conflict", "It does not fit what is there now, or the same request is still under way."),
    (ProblemKind::Stale, "Stale", "Somebody else has changed it since it was read."),
    (ProblemKind::TooLarge, "TooLarge", "The body is larger than is taken here."),
    (ProblemKind::BadInput, "BadInput", "Something that was sent cannot be taken; `errors` names the fields."),
    (ProblemKind::Throttled, "Throttled", "The caller has sent as much as is taken in a day."),
    (ProblemKind::Unavailable, "Unavailable", "It cannot be done now; the same request may be sent again."),
];

/// Whether the guard, the reading of the body or the database may refuse so, whatever the handler does.
fn is_of_the_floor(kind: ProblemKind, route: &Route) -> bool {
    match kind {
        ProblemKind::Unauthenticated | ProblemKind::BadInput | ProblemKind::Unavailable => true,
        ProblemKind::Forbidden => route.mutates || matches!(route.access, Access::Action(_)),
        ProblemKind::NotFound => route.path.contains('{'),
        ProblemKind::Conflict | ProblemKind::TooLarge => route.mutates,
        ProblemKind::Throttled => route.body_limit > BODY_LIMIT,
        ProblemKind::Stale | ProblemKind::MethodNotAllowed | ProblemKind::Internal => false,
    }
}

/// Adds the floor's refusals to what an operation answers.
pub(super) fn tell(responses: &mut Responses, route: &Route) {
    for answer in responses.responses.values_mut() {
        if let RefOr::T(answer) = answer
            && answer.description.is_empty()
        {
            answer.description = "OK".into();
        }
    }
    for (kind, name, _) in KINDS {
        let status = kind.status().to_string();
        if responses.responses.contains_key(&status) || is_of_the_floor(kind, route) {
            responses.responses.insert(status, RefOr::Ref(Ref::from_response_name(name)));
        }
    }
}

/// Puts the responses that [`tell`] refers to into the document.
pub(super) fn name(document: &mut OpenApi) {
    let responses = &mut document.components.get_or_insert_default().responses;
    for (_, name, description) in KINDS {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(description).content("application/problem+json", content);
        responses.insert(name.into(), RefOr::T(response.build()));
    }
}
