//! The registry in a house of its own: made-up people and units, and no other domain.

#![expect(clippy::unwrap_used, reason = "tests")]

mod baselines;
mod catalogue;
mod figures;
mod inventories;
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
    testkit::house([registry::module()]).with(papers).await
}
