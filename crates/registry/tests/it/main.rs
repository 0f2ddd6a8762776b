//! The registry in a house of its own: made-up people and units, and no other domain.

#![expect(clippy::unwrap_used, reason = "tests")]

mod levels;
mod moves;
mod systems;

use std::sync::Arc;

use nd30::{Error, Paper, Writer};

/// Papers as their HTML: how they become files is not asked here.
#[derive(Debug)]
struct Papers;

impl Writer for Papers {
    fn docx(&self, paper: &Paper) -> Result<Vec<u8>, Error> {
        Ok(nd30::html(paper).into_bytes())
    }

    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, Error> {
        Ok(nd30::html(paper).into_bytes())
    }
}

async fn house() -> testkit::House {
    let papers: Arc<dyn Writer> = Arc::new(Papers);
    let own = registry::Own { version: "thử".into(), has_second_factor: true, ..registry::Own::default() };
    testkit::house([registry::module()]).with(papers).with(own).await
}
