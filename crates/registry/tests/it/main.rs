//! The registry in a house of its own: made-up people and units, and no other domain.

#![expect(clippy::unwrap_used, reason = "tests")]

mod appraise;
mod systems;

async fn house() -> testkit::House {
    testkit::house([registry::module()]).await
}
